"""Which cells a plain sum adds up."""

import pytest

from tdkt_xl.tables.formulas import summed_cells
from tdkt_xl.tables.grid import FormulaText


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("SUM(H13:H15)", [(13, 8), (14, 8), (15, 8)]),
        ("sum( h13 ; h15 )", [(13, 8), (15, 8)]),
        ("H13+H15", [(13, 8), (15, 8)]),
        ("SUM(H13:H14)+H20", [(13, 8), (14, 8), (20, 8)]),
        ("SUM($H$14:H$13)", [(13, 8), (14, 8)]),
        ("SUM(A1:B2)", [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ("SUM(H13,H13)", [(13, 8), (13, 8)]),
        ("SUM(H13:H15)-H14", None),
        ("ROUND(SUM(H13:H15),2)", None),
        ("SUM(Phiếu!H13:H15)", None),
        ("SUMIF(H13:H15,1)", None),
        ("SUM(A1:Z1000)", None),
        ("95,5", None),
    ],
)
def test_cells_of_a_sum(text: str, cells: list[tuple[int, int]] | None) -> None:
    assert summed_cells(FormulaText(text, (12, 8)), (12, 8)) == (cells and tuple(cells))


def test_shared_sum_is_moved_along_except_where_fixed() -> None:
    shared = FormulaText("SUM(H13:$H$14)", (12, 8))
    assert summed_cells(shared, (15, 9)) == ((14, 8), (14, 9), (15, 8), (15, 9), (16, 8), (16, 9))
