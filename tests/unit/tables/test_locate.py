import unicodedata

import pytest

from tdkt_xl.findings import Place
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import (
    Labelled,
    Table,
    find_labels,
    find_stamp,
    find_table,
    is_ending,
    is_ordinal_row,
)
from tests.tools.grids import Spot, draft, sheet, spots

BOOK = load_layout("so-cum")
SUMMARY = BOOK.sheet("summary")
HEAD = """
| Mẫu TĐ-02 · phiên bản 1 | | | | | |
| Kỳ chấm điểm: 2023 | | | | | |
| Cụm thi đua: | Cụm thi đua số 1 | | | | |
| | | | | | |
| STT | Tên đơn vị | Tổng điểm tự chấm | Tổng điểm cụm chấm | Xếp hạng | Ghi chú |
"""
ROW = "| 1 | Xã An Bình | 95 | 94 | 1 | |"


def located(grid: Grid) -> tuple[Table, list[Spot]]:
    outcome = find_table(grid, BOOK.sheets)
    assert outcome.value is not None
    return outcome.value, spots(outcome.findings)


def test_clean_form_is_found_without_a_finding() -> None:
    table, found = located(sheet(HEAD + ROW))
    assert (table.layout.id, table.header_row, table.header_height, table.first_row) == ("summary", 5, 1, 6)
    assert table.columns == {
        "number": 1,
        "unit": 2,
        "self_total": 3,
        "cluster_total": 4,
        "rank": 5,
        "note": 6,
    }
    assert {name: (item.text, item.place.cell) for name, item in table.identity.items()} == {
        "period": ("2023", "A2"),
        "cluster": ("Cụm thi đua số 1", "B3"),
    }
    assert found == []


@pytest.mark.parametrize("at", ["A1", "B6", "D35"])
def test_form_is_found_wherever_it_stands(at: str) -> None:
    grid = sheet(HEAD + ROW, at=at)
    table, found = located(grid)
    assert found == []
    (row,) = table.rows()
    assert table.text(row, "unit") == "Xã An Bình"


def test_header_below_row_forty_is_not_searched() -> None:
    assert find_table(sheet(HEAD + ROW, at="A37"), BOOK.sheets).value is None


def test_sheet_without_a_form_says_nothing() -> None:
    outcome = find_table(sheet("| Họ tên | Điện thoại |\n| Trần Văn A | 0901 |"), BOOK.sheets)
    assert (outcome.value, outcome.findings) == (None, ())


def test_headings_differ_in_case_spacing_and_unicode_form_only() -> None:
    *above, header = HEAD.splitlines()
    spelled = unicodedata.normalize("NFD", header.replace("Xếp hạng", " XẾP   HẠNG"))
    assert located(sheet("\n".join([*above, spelled, ROW])))[1] == []


def test_synonym_is_accepted_and_noted_at_its_heading() -> None:
    table, found = located(sheet(HEAD.replace("Xếp hạng", "Xếp thứ tự") + ROW))
    assert table.columns["rank"] == 5
    assert found == [("Trang 1", "E5", "KT-117")]


def test_missing_column_is_reported_on_the_sheet() -> None:
    table, found = located(sheet(HEAD.replace("Xếp hạng", "Màu cờ") + ROW))
    assert "rank" not in table.columns
    assert found == [("Trang 1", "", "KT-115")]


def test_optional_column_may_be_missing() -> None:
    assert located(sheet(HEAD.replace("Ghi chú", "") + ROW))[1] == []


def test_column_twice_is_reported_at_the_second_and_neither_is_used() -> None:
    outcome = find_table(sheet(HEAD.replace("Ghi chú", "Xếp hạng") + ROW), BOOK.sheets)
    assert outcome.value is not None
    assert "rank" not in outcome.value.columns
    assert spots(outcome.findings) == [("Trang 1", "F5", "KT-116")]
    assert outcome.findings[0].params == {"column": "Xếp hạng", "other": "E5"}


def test_missing_label_is_reported_on_the_sheet() -> None:
    outcome = find_table(sheet(HEAD.replace("Kỳ chấm điểm: 2023", "") + ROW), BOOK.sheets)
    assert spots(outcome.findings) == [("Trang 1", "", "KT-126")]
    assert outcome.findings[0].params == {"label": "Kỳ chấm điểm"}


def test_label_without_a_value_is_missing() -> None:
    assert located(sheet(HEAD.replace("2023", "") + ROW))[1] == [("Trang 1", "", "KT-126")]


def test_sheet_without_a_stamp_is_noted() -> None:
    assert located(sheet(HEAD.replace("Mẫu TĐ-02 · phiên bản 1", "") + ROW))[1] == [("Trang 1", "", "KT-111")]


def test_old_stamp_is_reported_where_it_stands() -> None:
    outcome = find_table(sheet(HEAD.replace("phiên bản 1", "phiên bản 0") + ROW), BOOK.sheets)
    assert spots(outcome.findings) == [("Trang 1", "A1", "KT-112")]
    assert outcome.findings[0].params == {"found": 0, "current": 1}


def test_stamp_holds_form_and_version() -> None:
    grid = sheet("| Huyện Mẫu | |\n| | Mẫu TH-02 · phiên bản 3 |")
    assert find_stamp(grid, 2) == ("TH-02", 3, Place("bai-nop.xlsx", "Trang 1", 2, 2))
    assert find_stamp(grid, 1) is None


TWO_ROWS = """
| Mẫu TĐ-02 · phiên bản 1 | | | | |
| Kỳ: 2023 | | Cụm: Cụm thi đua số 1 | | |
| STT | Tên đơn vị | Tổng điểm | | Xếp hạng |
| | | tự chấm | cụm chấm | |
| (1) | (2) | (3) | (4) | (5) |
| 1 | Xã An Bình | 95 | 94 | 1 |
"""


def test_headings_under_a_group_heading_are_read_together() -> None:
    table, found = located(sheet(TWO_ROWS))
    assert (table.header_row, table.header_height, table.first_row) == (3, 2, 6)
    assert table.columns == {"number": 1, "unit": 2, "self_total": 3, "cluster_total": 4, "rank": 5}
    assert found == []


@pytest.mark.parametrize(
    ("cells", "ordinal"),
    [
        (("(1)", "(2)", "(3)"), True),
        ((1.0, 2.0, 3.0, None), True),
        (("A", "B", "1", "2"), True),
        (("(1)", "(2)"), False),
        ((1.0, "Xã An Bình", 3.0), False),
        ((3.0, 2.0, 1.0), False),
        ((95.0, 95.0, 95.0), False),
        (("TC1", "TC2", "TC3"), False),
    ],
)
def test_row_of_column_numbers(cells: tuple[object, ...], ordinal: bool) -> None:
    assert is_ordinal_row(cells) is ordinal


@pytest.mark.parametrize(
    ("cells", "ending"),
    [
        ((None, "TỔNG CỘNG", 20.0), True),
        (("Tổng cộng:", None, None, 95.0), True),
        ((4.0, "Tổng cộng", 190.0), True),
        (("4", None, "CỘNG:", 190.0), True),
        ((None, "Tổng số", 190.0), True),
        ((None, "Tổng số hộ nghèo giảm", 5.0), False),
        (("NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"), True),
        (("Nơi nhận:", None, None), True),
        ((None, None, "CỤM TRƯỞNG"), True),
        (("TM. BAN THƯỜNG VỤ",), True),
        ((None, None, "Mẫu, ngày 05 tháng 01 năm 2024"), True),
        (("Ngày … tháng … năm 20…",), True),
        (("1", "Họp ngày 05 tháng 01 năm 2024", "Đạt"), False),
        (("Chỉ thị số 3 ngày 05 tháng 01 năm 2024 của tỉnh",), False),
        (("1", "Trần Văn A", "Thủ trưởng cơ quan", "Xã An Bình"), False),
        ((1.0, "Xã An Bình", 95.0), False),
        ((1.0, "Trần Văn A", "Thủ trưởng cơ quan", "Xã An Bình"), False),
        (("1", "Thủ trưởng cơ quan nêu gương", 5.0), False),
        (("2", "Tổng điểm cải cách hành chính", 5.0), False),
        ((2.0, "Cộng đồng dân cư văn hóa", 5.0), False),
        ((None, None), False),
    ],
)
def test_total_line_and_signature_line_end_a_table(cells: tuple[object, ...], ending: bool) -> None:
    assert is_ending(cells, ("TM. Ban Thường vụ",)) is ending


def test_rows_run_to_the_total_and_pass_over_blanks_and_running_numbers() -> None:
    rows = """
| 1 | Xã An Bình | 95 | 94 | 1 | |
| | | | | | |
| 2 | | | | | |
| 3 | Xã Bình Hòa | | | | chưa chấm |
| | Tổng cộng | 190 | 188 | | |
| 4 | Xã Cẩm Sơn | 90 | 90 | 3 | |
"""
    assert list(located(sheet(HEAD + rows.strip()))[0].rows()) == [6, 9]


def test_signature_beside_the_table_ends_it() -> None:
    made = draft(HEAD + ROW).put("H8", "CỤM TRƯỞNG").put("B9", "Nguyễn Văn Ký")
    assert list(located(made.grid())[0].rows()) == [6]


def test_first_of_two_equal_labels_wins() -> None:
    labels = {"đơn vị": "unit"}
    found = find_labels(sheet("| Đơn vị: | | Xã A |\n| Đơn vị: Xã B | | |"), 2, labels)
    assert found == {"unit": Labelled("Xã A", Place("bai-nop.xlsx", "Trang 1", 1, 3), "Xã A")}


def test_label_may_hold_a_number() -> None:
    assert find_labels(sheet("| Kỳ | 2023 |"), 1, {"kỳ": "period"})["period"].text == "2023"
