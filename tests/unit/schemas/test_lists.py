import unicodedata

import pandera.pandas as pa
import pytest

from tdkt_xl.findings import Finding
from tdkt_xl.schemas import definitions, lists
from tdkt_xl.schemas.lists import check_lists
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import find_table
from tests.tools.grids import sheet, spots

MASTER = load_layout("danh-muc")
HEAD = "| Mã đơn vị | Tên đơn vị | Loại đơn vị |\n"


def units(*lines: str, name: str = "Đơn vị") -> list[ListRow]:
    """Rows of a list of units whose headings stand in row 1; bad cells are reported before."""
    table = find_table(sheet(HEAD + "\n".join(lines), name=name), [MASTER.sheet("units")]).value
    assert table is not None
    return read_rows(table, MASTER.choices, [])


def found(*rows: list[ListRow]) -> list[Finding]:
    return check_lists(rows)


def test_nothing_to_check() -> None:
    assert found() == found([]) == []


def test_filled_list_without_repeats_is_right() -> None:
    assert found(units("| A | Xã An Bình | Mầm non |", "| B | Xã Bình Hòa | Mầm non |")) == []


def test_blank_cell_that_must_be_filled() -> None:
    findings = found(units("| A | | Mầm non |", "| | Xã Bình Hòa | |"))
    assert spots(findings) == [("Đơn vị", "A3", "KT-222"), ("Đơn vị", "B2", "KT-222")]
    assert {finding.params["column"] for finding in findings} == {"Mã đơn vị", "Tên đơn vị"}


@pytest.mark.parametrize(
    "again", ["Xã Bình Hòa", "xã  BÌNH Hoà", unicodedata.normalize("NFD", "Xã Bình Hòa"), "Xã Bình Hoà "]
)
def test_repeat_points_at_the_first_in_any_spelling(again: str) -> None:
    (finding,) = found(units("| A | Xã Bình Hòa | |", "| B | Xã An Bình | |", f"| C | {again} | |"))
    assert spots([finding]) == [("Đơn vị", "B4", "KT-224")]
    assert finding.params["other"] == "B2"


def test_every_repeat_after_the_first_is_reported() -> None:
    rows = units("| A | Xã 1 | |", "| A | Xã 2 | |", "| A | Xã 3 | |")
    assert spots(found(rows)) == [("Đơn vị", "A3", "KT-224"), ("Đơn vị", "A4", "KT-224")]


def test_marks_tell_names_apart() -> None:
    assert found(units("| A | Xã Phú Cường | |", "| B | Xã Phú Cương | |")) == []


def test_blanks_do_not_repeat_each_other() -> None:
    rows = units("| A | Xã 1 | |", "| | Xã 2 | |", "| | Xã 3 | |")
    assert [finding.code.id for finding in found(rows)] == ["KT-222", "KT-222"]


def test_two_lists_do_not_repeat_each_other() -> None:
    line = "| A | Xã An Bình | |"
    assert found(units(line), units(line, name="Đơn vị (2)")) == []


def test_cell_reported_before_is_not_called_blank() -> None:
    table = find_table(
        sheet("| Mã danh mục | Mức | Từ điểm |\n| TD | Tốt | tám mươi |"), [MASTER.sheet("bands")]
    ).value
    assert table is not None
    before: list[Finding] = []
    rows = read_rows(table, MASTER.choices, before)
    assert [finding.code.id for finding in before] == ["KT-203"]
    assert found(rows) == []


def test_result_nobody_foresaw_is_said_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = pa.DataFrameSchema({**definitions.LISTS.columns, "blank": pa.Column(float)}, coerce=False)
    monkeypatch.setattr(definitions, "SCHEMAS", {"lists": odd})
    monkeypatch.setattr(lists, "failure_cases", definitions.run_schema)
    (finding,) = found(units("| A | Xã An Bình | |"))
    assert (finding.code.id, finding.params) == (
        "KT-901",
        {"column": "blank", "reason": "reason:WRONG_DATATYPE"},
    )
