"""The font of a returned form: told once a sheet, of the standard form only."""

from dataclasses import replace

import pytest

from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import Table, find_table
from tdkt_xl.tables.page_checks import check_page
from tests.tools.forms import unit_sheet

SCORES = load_layout("so-cum").sheet("scores")


def form_in(font: str, *, stamped: bool = True) -> Table:
    """The scoring sheet of the standard form, most of its text in a font."""
    grid = replace(unit_sheet()["An Bình"].grid(), main_font=font)
    table = find_table(grid, [SCORES]).value
    assert table is not None
    assert table.stamped
    return replace(table, stamped=stamped)


def fonts_told(table: Table) -> list[object]:
    return [item.params["found"] for item in check_page(table) if item.code.id == "KT-153"]


def test_another_font_is_told_once_with_its_name() -> None:
    assert fonts_told(form_in("Calibri")) == ["Calibri"]


@pytest.mark.parametrize("font", ["Times New Roman", "times new roman ", "", ".VnTime", "VNI-Times"])
def test_the_right_an_unknown_and_an_old_font_are_not(font: str) -> None:
    """An old font is told at the cells whose text it garbles."""
    assert fonts_told(form_in(font)) == []


def test_a_table_of_the_senders_own_may_have_any_font() -> None:
    assert fonts_told(form_in("Calibri", stamped=False)) == []
