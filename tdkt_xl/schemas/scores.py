"""Check all typed scores of a round at once: ranges, steps, pass/fail, blanks, reasons, evidence.

One concatenated frame and one pandera run; sheet by sheet costs thirty to sixty times as much.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tdkt_xl.domain.criteria import RowKind, ScoringRule
from tdkt_xl.domain.scores import CellState, ScoreCell, ScoreLine
from tdkt_xl.findings import Code, Finding
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.findings.codes import ours
from tdkt_xl.schemas.apart import failure_cases
from tdkt_xl.schemas.columns import Column, ColumnKind
from tdkt_xl.tables.layout import SheetLayout

_SCORES: dict[str, Callable[[ScoreLine], ScoreCell]] = {
    "self_score": lambda line: line.self_score,
    "cluster_score": lambda line: line.cluster_score,
    "appraised_score": lambda line: line.appraised_score,
}


_COLUMNS: Mapping[str, ColumnKind] = {
    "above_lower": ColumnKind.NUMBER,
    "below_upper": ColumnKind.NUMBER,
    "within_penalty": ColumnKind.NUMBER,
    "step_rest": ColumnKind.NUMBER,
    "half_passed": ColumnKind.NUMBER,
    "blank": ColumnKind.FLAG,
    "evidence_missing": ColumnKind.FLAG,
    "reason_missing": ColumnKind.FLAG,
}
"""The columns of the schema "scores", in the order of ``_margins``."""


@dataclass(frozen=True, slots=True)
class LineToCheck:
    """A line of a sheet, the layout that names its columns, and the scores that must be there.

    ``deciding`` is the score that counts at this stage (self in a unit's own sheet, cluster in a
    cluster book): evidence is asked for once, beside it.
    """

    line: ScoreLine
    layout: SheetLayout
    required: frozenset[str]
    deciding: str


@dataclass(frozen=True, slots=True)
class _Score:
    item: LineToCheck
    field: str
    cell: ScoreCell


def check_scores(items: Iterable[LineToCheck]) -> list[Finding]:
    """Check every score of every line; returns findings at the exact cells.

    May report KT-207 … KT-214. Cells that were already reported (state BAD) are skipped.
    """
    scores = [
        _Score(item, field, read(item.line))
        for item in items
        for field, read in _SCORES.items()
        if _is_checked(item, field, read(item.line).state)
    ]
    if not scores:
        return []
    rows = zip(*map(_margins, scores), strict=True)
    columns = {
        name: Column(kind, values) for (name, kind), values in zip(_COLUMNS.items(), rows, strict=True)
    }
    findings = []
    for case in failure_cases("scores", columns):
        code = _CODES.get(case.check)
        if code is None or case.index is None:
            findings.append(ours.UNEXPECTED_CHECK_RESULT.at(column=case.column, reason=case.check))
        else:
            findings.append(_finding(scores[case.index], code))
    return findings


def _is_checked(item: LineToCheck, field: str, state: CellState) -> bool:
    """Reported cells are skipped, and so are blanks where nothing has to stand."""
    return state is not CellState.BAD and (state is not CellState.BLANK or field in item.required)


def _margins(score: _Score) -> tuple[float | bool | None, ...]:
    """One row of the frame, in the order of ``_COLUMNS``."""
    flags = (
        score.cell.state is CellState.BLANK and score.field in score.item.required,
        _evidence_missing(score),
        _reason_missing(score),
    )
    criterion, value = score.item.line.criterion, score.cell.value
    if value is None:
        return (None, None, None, None, None, *flags)
    low, high = value < criterion.lower, value > criterion.upper
    if criterion.rule is ScoringRule.BALANCE:
        low = False  # a bound of its own, reported as KT-259
    if criterion.kind is RowKind.PENALTY:
        return (None, None, -1.0 if low or high else 0.0, _step_rest(score, low or high), None, *flags)
    above = None if criterion.rule is ScoringRule.BALANCE else float(value - criterion.lower)
    below = float(criterion.upper - value)
    if criterion.rule is ScoringRule.PASS_FAIL:
        return (above, below, None, None, float(_half_passed(value, criterion.maximum)), *flags)
    return (above, below, None, _step_rest(score, low or high), None, *flags)


def _step_rest(score: _Score, out_of_range: bool) -> float | None:
    """What is left of a score after whole steps; a score out of range is reported for that alone."""
    step, value = score.item.line.criterion.step, score.cell.value
    return None if out_of_range or not step or value is None else float(value % step)


def _half_passed(value: Decimal, maximum: Decimal) -> Decimal:
    """Zero for a score that is exactly nothing or everything (or already out of range)."""
    return Decimal(0) if value <= 0 or value >= maximum else value


def _evidence_missing(score: _Score) -> bool:
    line, value = score.item.line, score.cell.value
    deciding = score.field == score.item.deciding
    return (
        deciding and line.criterion.evidence and value is not None and value != 0 and not line.evidence.text
    )


def _reason_missing(score: _Score) -> bool:
    line = score.item.line
    if score.field != "appraised_score" or score.cell.value is None or line.reason.text:
        return False
    return line.cluster_score.value is not None and line.cluster_score.value != score.cell.value


_BESIDE: Mapping[Code, str] = {
    codes.EVIDENCE_MISSING: "evidence",
    codes.APPRAISAL_WITHOUT_REASON: "reason",
}
"""Codes that point at a column beside the score."""

_CODES: Mapping[str, Code] = {code.id: code for code in vars(codes).values() if isinstance(code, Code)}


def _finding(score: _Score, code: Code) -> Finding:
    """Make the finding of a code at the score's cell, or at the cell beside it that should be filled."""
    line, criterion = score.item.line, score.item.line.criterion
    beside = _BESIDE.get(code)
    place = getattr(line, beside).place if beside else score.cell.place
    known: dict[str, object] = {
        "column": score.item.layout.column(beside or score.field).heading,
        "path": criterion.path,
        "value": score.cell.value,
        "minimum": criterion.lower,
        "maximum": criterion.maximum,
        "step": criterion.step,
        "appraised": line.appraised_score.value,
        "cluster": line.cluster_score.value,
    }
    return code.at(place, **{name: known[name] for name in code.params})
