"""Work out the scores that follow from targets and results, and compare them with what was typed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tdkt_xl.domain.criteria import Criterion, ScoringRule
from tdkt_xl.domain.scores import (
    Amount,
    CellState,
    ComputedScore,
    Origin,
    ScoreCell,
    ScoreLine,
    ScoreSheet,
)
from tdkt_xl.domain.scoring.engine import Entry, work_out
from tdkt_xl.domain.scoring.expected import expected_entry
from tdkt_xl.domain.scoring.rounding import Rounding, Way, round_points, settle
from tdkt_xl.domain.scoring.worked import Refused, Worked, show
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.tasks.book_forms import SCORES
from tdkt_xl.tasks.submissions import Kind, Submission

Answers = dict[tuple[int, str], Worked | Refused]
"""(number of the sheet in its book, path) → what the rule gives."""


@dataclass(frozen=True)
class _Book:
    """One submission being scored."""

    submission: Submission
    rounding: Rounding | None
    units: Mapping[str, Unit]
    layout: SheetLayout = SCORES
    findings: list[Finding] = field(default_factory=list)
    provisional: set[str] = field(default_factory=set)
    """Paths whose scores rest on part of the cluster: no typed score is called wrong by them."""

    @property
    def deciding(self) -> str:
        """The typed score that counts at this stage: the cluster's, in a unit's own sheet the self score."""
        return "self_score" if self.submission.kind is Kind.UNIT_SHEET else "cluster_score"


def work_out_scores(
    submission: Submission, rounding: Rounding | None, units: Mapping[str, Unit], findings: list[Finding]
) -> Submission:
    """The submission with the computed score of every line whose rule and result give one.

    Typed scores stay as they are. May report KT-238, KT-250 … KT-256, KT-258, KT-259.
    """
    book = _Book(submission, rounding, units)
    answers = _answers(book)
    sheets = []
    for number, sheet in enumerate(submission.sheets):
        lines = [
            _settled_line(book, line, answers.get((number, line.criterion.path))) for line in sheet.lines
        ]
        book.findings.extend(_taken(book, lines))
        sheets.append(replace(sheet, lines=tuple(lines)) if lines != list(sheet.lines) else sheet)
    findings += book.findings
    return replace(submission, sheets=tuple(sheets))


def required_scores(line: ScoreLine, fields: frozenset[str]) -> frozenset[str]:
    """Which typed scores must be there: none where a rule gives the score or the criterion falls away.

    Where the rule gives none, that was reported at the target or result; the blank is no second fault.
    """
    rule = line.criterion.rule
    by_rule = rule is not None and rule.is_computed and line.result.state is not CellState.BLANK
    free = by_rule or line.settled is not None or line.marked_not_applicable
    return frozenset() if free else fields


def _answers(book: _Book) -> Answers:
    catalogue = book.submission.catalogue
    answers: Answers = {}
    open_by: dict[tuple[str, ...], list[str]] = {}
    if catalogue is None:
        return answers
    lines: dict[str, dict[int, ScoreLine]] = {}
    for number, sheet in enumerate(book.submission.sheets):
        for line in sheet.lines:
            if line.applies and line.result.state is not CellState.BLANK and not line.marked_not_applicable:
                lines.setdefault(line.criterion.path, {})[number] = line
    for criterion in catalogue.leaves:
        rule, given = criterion.rule, lines.get(criterion.path)
        if rule is None or not rule.is_computed or not given:
            continue
        if rule.needs_cluster:
            given = {number: given[number] for number in _counted(book.submission) if number in given}
        entries = {str(number): Entry(line.target, line.result) for number, line in given.items()}
        worked = work_out(criterion, entries)
        answers |= {(int(key), criterion.path): answer for key, answer in worked.items()}
        if rule.needs_cluster and (lacking := _lacking(book, criterion, worked)):
            open_by.setdefault(lacking, []).append(criterion.path)
            book.provisional.add(criterion.path)
    book.findings.extend(
        codes.LEADER_OPEN.at(book.submission.place, path=paths, units=units)
        for units, paths in open_by.items()
    )
    return answers


def _counted(submission: Submission) -> list[int]:
    """Sheets that stand for one member each: only these are compared with each other."""
    if submission.kind is Kind.UNIT_SHEET:
        return []
    members = submission.cluster.members if submission.cluster else None
    twice = Counter(sheet.unit.code for sheet in submission.sheets if sheet.unit)
    return [
        number
        for number, sheet in enumerate(submission.sheets)
        if sheet.unit
        and twice[sheet.unit.code] == 1
        and not sheet.misplaced
        and (members is None or sheet.unit.code in members)
    ]


def _lacking(book: _Book, criterion: Criterion, worked: Mapping[str, Worked | Refused]) -> tuple[str, ...]:
    """The units without whom a score that depends on the whole cluster rests on part of it (KT-254)."""
    if not any(isinstance(answer, Worked) for answer in worked.values()):
        return ()
    submission = book.submission
    settled = {int(key) for key, answer in worked.items() if isinstance(answer, Worked)}
    lacking = [
        sheet.unit_name
        for number, sheet in enumerate(submission.sheets)
        if number not in settled and not _free_of(sheet, criterion)
    ]
    present = {sheet.unit.code for sheet in submission.sheets if sheet.unit}
    members = submission.cluster.members if submission.cluster else ()
    lacking += [book.units[code].name for code in members if code not in present]
    return tuple(sorted(set(lacking)))


def _free_of(sheet: ScoreSheet, criterion: Criterion) -> bool:
    return any(line.criterion is criterion and not line.applies for line in sheet.lines)


def _settled_line(book: _Book, line: ScoreLine, answer: Worked | Refused | None) -> ScoreLine:
    """The line with its computed score, after everything odd about it was reported."""
    typed = _typed(book, line)
    book.findings.extend(_not_applicable(book, line))
    if line.criterion.rule is ScoringRule.BALANCE:
        book.findings.extend(_below_lowest(book, line))
    if isinstance(answer, Refused):
        book.findings.append(_refusal(book, line, answer, typed))
    if not isinstance(answer, Worked):
        return line
    points = settle(answer.points, book.rounding, line.criterion.step)
    leader = book.submission.sheets[int(answer.leans_on)] if answer.leans_on else None
    leans_on = leader.unit_name if leader else ""
    words = f"{answer.words}{_rounded(book, line, answer, points)}{_leader(line, leader)}"
    made = replace(line, computed=ComputedScore(answer.points, points, words, leans_on))
    if typed.value is None and made.origin is Origin.COMPUTED and points is None:
        book.findings.append(
            codes.NEEDS_ROUNDING.at(line.result.place, path=line.criterion.path, computed=show(answer.points))
        )
    provisional = line.criterion.path in book.provisional
    if not provisional and _reviewed(book, made) and not _agrees(typed.value, made.computed):
        book.findings.append(_difference(book, made, typed))
    return made


def _leader(line: ScoreLine, leader: ScoreSheet | None) -> str:
    """Say whose result set the scale, and where it stands; "" when nobody else's did."""
    best = [other for other in leader.lines if other.criterion is line.criterion] if leader else []
    if not leader or not best or best[0].result.place == line.result.place:
        return ""
    place = best[0].result.place
    return f"; cao nhất cụm là {leader.unit_name}, ô {place.sheet}!{place.cell}"


def _taken(book: _Book, lines: Iterable[ScoreLine]) -> list[Finding]:
    """Name the blank scores of a sheet that the rules filled (KT-238)."""
    taken = [
        (line, line.final.value)
        for line in lines
        if line.origin is Origin.COMPUTED and _typed(book, line).state is CellState.BLANK
    ]
    items = [f"{line.criterion.path} {show(points)}" for line, points in taken if points is not None]
    if not items:
        return []
    place, heading = _typed(book, taken[0][0]).place, book.layout.column(book.deciding).heading
    return [codes.COMPUTED_TAKEN.at(place, column=heading, count=len(items), items="; ".join(items))]


def _rounded(book: _Book, line: ScoreLine, answer: Worked, points: Decimal | None) -> str:
    """Say how the exact points were rounded, and by whose rule; "" when they were not."""
    rounding = book.rounding
    if rounding is None or points is None or answer.points == points:
        return ""
    unit = show(rounding.unit_for(line.criterion.step) or Decimal(0))
    source = f" ({rounding.source})" if rounding.source else ""
    return f"; làm tròn {rounding.way.label} đến {unit}{source}: {show(points)}"


def _typed(book: _Book, line: ScoreLine) -> ScoreCell:
    cell: ScoreCell = getattr(line, book.deciding)
    return cell


def _reviewed(book: _Book, line: ScoreLine) -> bool:
    """Tell whether the deciding typed score stands by itself, neither appraised nor decided since."""
    if _typed(book, line).value is None or line.settled or not line.applies:
        return False
    return book.submission.kind is Kind.UNIT_SHEET or line.origin is Origin.CLUSTER


def _agrees(typed: Decimal | None, computed: ComputedScore | None) -> bool:
    """Equal after the rule's rounding; without one, equal to as many places as were typed."""
    if typed is None or computed is None:
        return True
    if computed.points is not None:
        return typed == computed.points
    exponent = typed.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return typed == round_points(computed.exact, unit, Way.NEAREST)


def _difference(book: _Book, line: ScoreLine, typed: ScoreCell) -> Finding:
    assert line.computed is not None
    shown = line.computed.points if line.computed.points is not None else show(line.computed.exact)
    return codes.COMPUTED_DIFFERS.at(
        typed.place,
        column=book.layout.column(book.deciding).heading,
        path=line.criterion.path,
        typed=typed.value,
        computed=shown,
        words=line.computed.words,
    )


def _refusal(book: _Book, line: ScoreLine, answer: Refused, typed: ScoreCell) -> Finding:
    amount: Amount = getattr(line, answer.cell)
    where = {"column": book.layout.column(answer.cell).heading, "path": line.criterion.path}
    if answer.zero_target:
        return codes.TARGET_ZERO.at(amount.place, **where)
    code = codes.RESULT_NOT_COMPUTED if typed.value is None else codes.RESULT_NOT_COMPARED
    expected = expected_entry(line.criterion, answer.cell, line.target, line.result)
    return code.at(
        amount.place, text=amount.text or "(trống)", reason=answer.reason, expected=expected, **where
    )


def _not_applicable(book: _Book, line: ScoreLine) -> Iterable[Finding]:
    """A criterion may only fall away where the catalogue or the council says so, and then without points."""
    if not line.marked_not_applicable:
        return
    name = "target" if line.target.not_applicable else "result"
    amount: Amount = getattr(line, name)
    if not line.criterion.terms.may_not_apply and line.settled is None:
        yield codes.NOT_APPLICABLE_UNPLANNED.at(
            amount.place,
            column=book.layout.column(name).heading,
            path=line.criterion.path,
            text=amount.text,
        )
        return
    if line.applies:
        return
    for field_name in ("appraised_score", "cluster_score", "self_score"):
        cell: ScoreCell = getattr(line, field_name)
        if cell.value:
            yield codes.NOT_APPLICABLE_WITH_POINTS.at(
                cell.place,
                column=book.layout.column(field_name).heading,
                path=line.criterion.path,
                value=cell.value,
            )
            return


def _below_lowest(book: _Book, line: ScoreLine) -> Iterable[Finding]:
    lowest = line.criterion.lower
    for name in ("self_score", "cluster_score", "appraised_score"):
        cell: ScoreCell = getattr(line, name)
        if cell.value is not None and cell.value < lowest:
            yield codes.BELOW_LOWEST.at(
                cell.place,
                column=book.layout.column(name).heading,
                path=line.criterion.path,
                value=cell.value,
                minimum=lowest,
                maximum=line.criterion.maximum,
            )
