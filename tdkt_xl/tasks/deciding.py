"""Apply rulings to checked files: choose among doubles, settle scores, then judge those files again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tdkt_xl.domain import decisions as say_what
from tdkt_xl.domain.decisions import Answered, QuestionKind
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scores import CellState, ScoreLine, ScoreSheet, Settled, Verdict
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import between_files, files
from tdkt_xl.findings.codes.between_sheets import TIE
from tdkt_xl.tasks.checked_files import CheckedFile, judge
from tdkt_xl.tasks.questions import ask_tie, version_names
from tdkt_xl.tasks.rulings import Rulings
from tdkt_xl.tasks.submissions import Kind, Submission

Key = tuple[str, str, str]
"""File, sheet and path of a criterion ("" for the sheet as a whole)."""
_HIDDEN = frozenset({files.HIDDEN_ROW.id, files.HIDDEN_COLUMN.id, files.HIDDEN_SHEET.id})


def applied(answered: Answered) -> Finding:
    """The note printed with the result (KT-539), at the cell the question was about."""
    return between_files.RULING_APPLIED.at(
        answered.question.place,
        question=answered.question.text,
        answer=answered.answer,
        who=answered.ruling.who,
        day=answered.day,
        reason=answered.ruling.why,
    )


def decide(
    checked: Sequence[CheckedFile],
    answers: Sequence[Answered],
    master: Master,
    dropped: frozenset[Place] | None = None,
) -> list[CheckedFile]:
    """The files as they stand after the rulings; files no ruling is about stay the same objects.

    ``dropped``: the sheets set aside, where ``checked`` is only part of the round.
    """
    dropped = dropped_sheets(checked, answers) if dropped is None else dropped
    refused = refused_books(answers)
    settled = {_key(item): _settled(item) for item in answers if _settled(item)}
    by_cell = {item.question.place: word for item in answers if (word := _settled(item))}
    accepted = frozenset(
        (item.question.code, item.question.place)
        for item in answers
        if item.question.code and item.answer not in {say_what.REFUSE, say_what.MUST_SCORE}
    )
    decided = []
    for file in checked:
        submission = file.submission
        if submission is None:
            decided.append(file)
            continue
        changed = _changed(submission, settled, dropped)
        if submission.wide_rows:
            changed = _changed_rows(changed, by_cell)
        if file.name in refused:
            changed = replace(changed, consolidable=False)
        touched = changed is not submission or any(place.file == file.name for _, place in accepted)
        decided.append(_judged_again(file, changed, accepted, master) if touched else file)
    return decided


def _key(item: Answered) -> Key:
    place = item.question.place
    return place.file, place.sheet, item.question.path


def _settled(item: Answered) -> Settled | None:
    """What a ruling says about a score, or about all scores of a sheet; None when it is about neither."""
    kind, answer = item.question.kind, item.answer
    word = Settled(Verdict.POINTS, answer, item.ruling.who, item.day, item.ruling.why)
    if kind in {QuestionKind.BLANK, QuestionKind.ZERO}:
        if answer == say_what.ZERO_POINTS:
            return replace(word, points=Decimal(0))
        if answer == say_what.NOT_APPLICABLE:
            return replace(word, verdict=Verdict.NOT_APPLICABLE)
        return replace(word, verdict=Verdict.WITHHELD)
    if kind is QuestionKind.FREE and answer == say_what.NOT_APPLICABLE:
        return replace(word, verdict=Verdict.NOT_APPLICABLE)
    if kind is QuestionKind.HIDDEN:
        return word if answer == say_what.COUNT else replace(word, verdict=Verdict.WITHHELD)
    if kind is QuestionKind.WAIVER and answer == say_what.ACCEPT:
        return word
    return word if kind is QuestionKind.DIFFERENCE else None


def _changed(
    submission: Submission, settled: Mapping[Key, Settled | None], dropped: frozenset[Place]
) -> Submission:
    sheets = []
    for sheet in submission.sheets:
        if sheet.place in dropped:
            continue
        whole = settled.get((sheet.place.file, sheet.place.sheet, ""))
        lines = tuple(
            _line(line, settled.get((sheet.place.file, sheet.place.sheet, line.criterion.path)) or whole)
            for line in sheet.lines
        )
        sheets.append(sheet if lines == sheet.lines else replace(sheet, lines=lines))
    if len(sheets) == len(submission.sheets) and all(
        new is old for new, old in zip(sheets, submission.sheets, strict=True)
    ):
        return submission
    return replace(submission, sheets=tuple(sheets))


def _changed_rows(submission: Submission, by_cell: Mapping[Place, Settled]) -> Submission:
    """The wide table with what was decided about its blanks; a score still awaited stays blank."""
    rows = []
    for row in submission.wide_rows:
        words = {
            path: word
            for path, cell in row.cells
            if (word := by_cell.get(cell.place)) and word.points is not None
        }
        cells = tuple(
            (path, replace(cell, state=CellState.NUMBER, value=words[path].points) if path in words else cell)
            for path, cell in row.cells
        )
        rows.append(replace(row, cells=cells, settled=tuple(words.items())) if words else row)
    changed = any(new is not old for new, old in zip(rows, submission.wide_rows, strict=True))
    return replace(submission, wide_rows=tuple(rows)) if changed else submission


def _line(line: ScoreLine, word: Settled | None) -> ScoreLine:
    """The line with the word on it; a score that is counted as it stands keeps its value."""
    if word is None or (
        word.verdict is Verdict.POINTS and word.answer == say_what.COUNT and line.final.value is None
    ):
        return line
    if word.verdict is not Verdict.POINTS or word.points is not None:
        return replace(line, settled=word)
    by_rule = line.computed.points if line.computed and word.answer == say_what.COMPUTED else None
    points = by_rule if by_rule is not None else line.final.value
    return replace(line, settled=replace(word, points=points))


def dropped_sheets(checked: Sequence[CheckedFile], answers: Iterable[Answered]) -> frozenset[Place]:
    """Sheets set aside because another version of the unit's sheet was chosen."""
    gone: set[Place] = set()
    for item in answers:
        if item.question.kind is not QuestionKind.DOUBLE or item.answer == say_what.WAIT:
            continue
        versions = [
            sheet
            for file in checked
            if file.submission and file.submission.kind is Kind.CLUSTER_BOOK and file.submission.consolidable
            for sheet in file.submission.sheets
            if sheet.unit
            and sheet.unit.code == item.question.unit_code
            and _is_member(sheet, file.submission)
        ]
        names = version_names(versions)
        gone |= {sheet.place for name, sheet in zip(names, versions, strict=True) if name != item.answer}
    return frozenset(gone)


def _is_member(sheet: ScoreSheet, submission: Submission) -> bool:
    cluster = submission.cluster
    return cluster is None or (sheet.unit is not None and sheet.unit.code in cluster.members)


def refused_books(answers: Iterable[Answered]) -> frozenset[str]:
    """Books set aside because another book of the cluster was chosen."""
    gone: set[str] = set()
    for item in answers:
        if item.question.kind is QuestionKind.CLUSTER_TWICE and item.answer != say_what.WAIT:
            gone |= set(item.question.answers) - {item.answer, say_what.WAIT}
    return frozenset(gone)


def _judged_again(
    file: CheckedFile, submission: Submission, accepted: frozenset[tuple[str, Place]], master: Master
) -> CheckedFile:
    """Judge a file anew: what reading found stays, what judging found is found again."""
    assert file.submission is not None
    (before,), _ = judge([file.submission], master)
    (after,), _ = judge([submission], master, accepted)
    findings = list(file.findings)
    for finding in before.findings:
        if finding in findings:
            findings.remove(finding)
    findings = [
        finding
        for finding in findings
        if not (finding.code.id in _HIDDEN and (finding.code.id, finding.place) in accepted)
    ]
    return replace(
        file,
        findings=(*findings, *after.findings),
        submission=after.submission,
        standings=after.standings,
    )


def settle_ties(
    clusters: Sequence[ClusterStandings], rulings: Rulings, findings: Iterable[Finding]
) -> tuple[list[ClusterStandings], list[Finding]]:
    """Rank tied units as the council says; a tie it has not settled stays a tie.

    The note of a tie (KT-406) gives way to the note of the ruling on it.
    """
    kept = list(findings)
    made = []
    for cluster in clusters:
        standings = list(cluster.standings)
        for group in _tied_groups(standings):
            _settle_tie(cluster, group, standings, rulings, kept)
        made.append(replace(cluster, standings=tuple(sorted(standings, key=_by_rank))))
    return made, kept


def _by_rank(item: Standing) -> tuple[bool, int]:
    """Ranked units first; a stable sort keeps the order of the others."""
    return item.rank is None, item.rank or 0


def _tied_groups(standings: Iterable[Standing]) -> list[list[Standing]]:
    groups: dict[int, list[Standing]] = {}
    for item in standings:
        if item.state is State.RANKED and item.tied and item.rank is not None:
            groups.setdefault(item.rank, []).append(item)
    return list(groups.values())


def _settle_tie(
    cluster: ClusterStandings,
    group: list[Standing],
    standings: list[Standing],
    rulings: Rulings,
    findings: list[Finding],
) -> None:
    """Take the chosen unit out of the tie, then ask about the rest, until nothing is said any more."""
    first = True
    while len(group) > 1:
        (answered,) = rulings.match([ask_tie(cluster, group)]) or (None,)
        if answered is None:
            return
        if first:
            findings[:] = [item for item in findings if not _is_note_of(item, cluster, group)]
        findings.append(applied(answered))
        first = False
        if answered.answer == say_what.KEEP_TIE:
            return
        chosen = next(item for item in group if item.unit_name == answered.answer)
        rest = [item for item in group if item is not chosen]
        assert chosen.rank is not None
        _replace(standings, chosen, replace(chosen, tied=False, decided=True))
        lower = [replace(item, rank=chosen.rank + 1, tied=len(rest) > 1, decided=True) for item in rest]
        for old, new in zip(rest, lower, strict=True):
            _replace(standings, old, new)
        group = lower


def _replace(standings: list[Standing], old: Standing, new: Standing) -> None:
    standings[next(at for at, item in enumerate(standings) if item is old)] = new


def _is_note_of(finding: Finding, cluster: ClusterStandings, group: Sequence[Standing]) -> bool:
    names = [item.unit_name for item in group]
    return finding.code is TIE and finding.place.file == cluster.file and finding.params["units"] == names
