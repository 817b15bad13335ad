"""The sample cluster whose scores follow from targets and results: quantity, deduction, not applicable."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tdkt_xl.domain.criteria import Criterion, ScoringRule
from tdkt_xl.domain.scoring.quantity import quantity_points
from tdkt_xl.domain.scoring.rounding import Way, round_points
from tdkt_xl.domain.scoring.worked import Worked
from tdkt_xl.writers.score_sheet import SheetContent, SheetRow

SCORED_BY_RULE = "C01"
FREE = "Không áp dụng"
_FREE_UNIT, _FREE_PATH = 3, "II.3"
_OVER = (3, -1, 6, 0, 2, 4)
"""By how much each unit of the cluster passes its target, or misses it."""
_WITHOUT_TARGET = 4


def score_by_rule(sheets: Sequence[SheetContent]) -> list[SheetContent]:
    """The sheets with targets, results and the scores that follow from them."""
    criteria = [row.criterion for row in sheets[0].rows if row.criterion]
    values: dict[tuple[int, str], dict[str, object]] = {}
    for at, criterion in enumerate(criteria):
        if criterion.rule is ScoringRule.QUANTITY:
            values |= _quantity(criterion, len(sheets), at)
    made = []
    for number, sheet in enumerate(sheets):
        rows = [
            _with(row, values.get((number, row.criterion.path if row.criterion else "")))
            for row in sheet.rows
        ]
        rows = [_deducted(row) for row in rows]
        if number == _FREE_UNIT:
            rows = [_freed(row) for row in rows]
        made.append(replace(sheet, rows=rows))
    return made


def _quantity(criterion: Criterion, units: int, at: int) -> dict[tuple[int, str], dict[str, object]]:
    pairs: dict[str, tuple[Decimal | None, Decimal]] = {}
    for number in range(units):
        target = Decimal(8 + (number + at) % 5)
        given = None if number == _WITHOUT_TARGET else target
        pairs[str(number)] = (given, target + _OVER[(number + at) % len(_OVER)])
    found: dict[tuple[int, str], dict[str, object]] = {}
    for key, worked in quantity_points(criterion.maximum, pairs).items():
        assert isinstance(worked, Worked)
        score = round_points(worked.points, Decimal("0.01"), Way.NEAREST)
        given, result = pairs[key]
        found[int(key), criterion.path] = {
            "target": given, "result": result, "self_score": score, "cluster_score": score,
        }  # fmt: skip
    return found


def _with(row: SheetRow, values: dict[str, object] | None) -> SheetRow:
    return replace(row, values={**row.values, **values}) if values else row


def _deducted(row: SheetRow) -> SheetRow:
    """A whole number of deductions, as near to the score drawn as can be."""
    criterion = row.criterion
    if criterion is None or criterion.rule is not ScoringRule.DEDUCTION or criterion.terms.per_minus is None:
        return row
    drawn = row.values["cluster_score"]
    assert isinstance(drawn, Decimal)
    events = int((criterion.maximum - drawn) / criterion.terms.per_minus)
    score = criterion.maximum - events * criterion.terms.per_minus
    return _with(row, {"result": Decimal(events), "self_score": score, "cluster_score": score})


def _freed(row: SheetRow) -> SheetRow:
    if row.criterion is None or row.criterion.path != _FREE_PATH:
        return row
    return replace(row, values={"target": FREE})
