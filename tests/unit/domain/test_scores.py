from decimal import Decimal

import pytest

from tdkt_xl.domain.criteria import Criterion, RowKind
from tdkt_xl.domain.scores import CellState, ScoreCell, ScoreLine, ScoreSheet, sum_cells
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import NOWHERE

BLANK, BAD = ScoreCell(NOWHERE), ScoreCell(NOWHERE, CellState.BAD)
CRITERION = Criterion("I.1", "1", "Tiêu chí", RowKind.CRITERION, Decimal(5))


def number(value: str) -> ScoreCell:
    return ScoreCell(NOWHERE, CellState.NUMBER, Decimal(value))


@pytest.mark.parametrize(
    ("cluster", "appraised", "final"),
    [
        (number("4"), BLANK, number("4")),
        (number("4"), number("3"), number("3")),
        (number("4"), number("0"), number("0")),
        (number("4"), BAD, BAD),
        (BLANK, BLANK, BLANK),
        (BLANK, number("3"), number("3")),
    ],
)
def test_last_review_given_counts_and_a_self_score_never_does(
    cluster: ScoreCell, appraised: ScoreCell, final: ScoreCell
) -> None:
    assert ScoreLine(CRITERION, NOWHERE, number("5"), cluster, appraised).final == final


def test_sum_is_exact() -> None:
    assert sum_cells([number("0.1")] * 3) == Decimal("0.3")
    assert sum_cells([]) == 0


@pytest.mark.parametrize("hole", [BLANK, BAD])
def test_sum_over_a_hole_is_unknown(hole: ScoreCell) -> None:
    assert sum_cells([number("1"), hole]) is None


def test_sheet_is_named_as_written_until_its_unit_is_recognised() -> None:
    sheet = ScoreSheet(NOWHERE, "xã an bình", None, "", None, None)
    assert sheet.unit_name == "xã an bình"
    known = ScoreSheet(NOWHERE, "xã an bình", Unit("DV-01", "Xã An Bình"), "", None, None)
    assert known.unit_name == "Xã An Bình"
