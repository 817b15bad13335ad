from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.findings import Finding
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import find_table
from tests.tools.grids import Spot, sheet, spots

BOOK = load_layout("so-cum")
MASTER = load_layout("danh-muc")
HEAD = (
    "| STT | Họ và tên | Đơn vị công tác | Danh hiệu, hình thức đề nghị | Mức xếp loại | Số tháng công tác "
    "| Kỷ luật | Đang bị xem xét, xác minh | Sáng kiến, đề tài (số QĐ công nhận) | Biên bản họp xét |\n"
)
ROW = ["1", "Trần Văn A", "Xã An Bình", "LĐTT", "HTTNV", "12", "Không", "Không", "", "06/BB"]


def individuals(*lines: list[str]) -> tuple[list[ListRow], list[Finding]]:
    """Rows of a list of individuals whose headings stand in row 1."""
    text = HEAD + "\n".join(f"| {' | '.join(line)} |" for line in lines)
    table = find_table(sheet(text), [BOOK.sheet("individuals")]).value
    assert table is not None
    found: list[Finding] = []
    return read_rows(table, BOOK.choices, found), found


def changed(column: int, text: str) -> list[str]:
    return [*ROW[:column], text, *ROW[column + 1 :]]


def test_row_is_read_by_the_types_of_its_columns() -> None:
    (row,), found = individuals(ROW)
    assert found == []
    assert row.values == {
        "number": "1",
        "subject": "Trần Văn A",
        "unit": "Xã An Bình",
        "award": "LĐTT",
        "rating": "HTTNV",
        "months_employed": 12,
        "discipline": "Không",
        "under_verification": False,
        "initiative": None,
        "minutes": "06/BB",
    }
    assert (row.text("subject"), row.text("initiative"), row.text("months_employed")) == (
        "Trần Văn A",
        "",
        "",
    )
    assert row.place("award").cell == "D2"
    assert row.place("position").cell is None  # the sheet has no such column


@pytest.mark.parametrize(
    ("column", "text", "spot"),
    [
        (4, "Tốt lắm", ("Trang 1", "E2", "KT-221")),
        (6, "Phê bình", ("Trang 1", "G2", "KT-221")),
        (7, "chưa rõ", ("Trang 1", "H2", "KT-221")),
        (5, "10.5", ("Trang 1", "F2", "KT-225")),
        (5, "cả năm", ("Trang 1", "F2", "KT-203")),
        (5, "=?", ("Trang 1", "F2", "KT-206")),
        (5, "#N/A", ("Trang 1", "F2", "KT-205")),
        (5, "2023-10-12", ("Trang 1", "F2", "KT-204")),
    ],
)
def test_wrong_cell_is_reported_and_left_without_a_value(column: int, text: str, spot: Spot) -> None:
    (row,), found = individuals(changed(column, text))
    assert spots(found) == [spot]
    (field,) = row.bad
    assert (row.values[field], row.place(field).cell) == (None, spot[1])


def test_choice_is_read_in_any_spelling_and_kept_in_the_official_one() -> None:
    (row,), found = individuals([*ROW[:6], "khiển  trách", "CÓ", *ROW[8:]])
    assert found == []
    assert (row.values["discipline"], row.values["under_verification"]) == ("Khiển trách", True)


def test_award_is_free_text_here_and_judged_by_the_rule_pack() -> None:
    (row,), found = individuals(changed(3, "Lao động tiên tiến"))
    assert (row.text("award"), found) == ("Lao động tiên tiến", [])


def test_number_as_text_is_read_and_reported() -> None:
    (row,), found = individuals(changed(5, '"12"'))
    assert spots(found) == [("Trang 1", "F2", "KT-201")]
    assert (row.values["months_employed"], row.bad) == (12, frozenset())


def test_position_named_like_a_signature_does_not_end_the_list() -> None:
    rows, found = individuals(changed(1, "Thủ trưởng Trần Văn A"), ROW)
    assert (len(rows), found) == (2, [])


def test_day_line_above_the_signatures_is_no_row() -> None:
    rows, found = individuals(ROW, ["", "", "Mẫu, ngày 05 tháng 01 năm 2024", *[""] * 7])
    assert (len(rows), found) == (1, [])


def test_days_and_numbers_of_the_master_data() -> None:
    text = """
| Mã đơn vị | Tên đơn vị | Loại đơn vị | Hiệu lực từ | Hiệu lực đến |
| DV-01 | Xã An Bình | xã và  thị trấn | 2011-01-01 | 31/02/2023 |
| 26170 | Xã Bình Hòa | Xã và thị trấn | 1/7/2011 | |
"""
    table = find_table(sheet(text), [MASTER.sheet("units")]).value
    assert table is not None
    found: list[Finding] = []
    first, second = read_rows(table, MASTER.choices, found)
    assert spots(found) == [("Trang 1", "E2", "KT-223")]
    assert (first.values["valid_from"], first.values["kind"]) == (date(2011, 1, 1), "Xã và thị trấn")
    assert (second.values["code"], second.values["valid_from"]) == ("26170", date(2011, 7, 1))


def test_numbers_stay_exact() -> None:
    text = "| Mã danh mục | Mức | Từ điểm |\n| TD | Tốt | 84.65 |"
    table = find_table(sheet(text), [MASTER.sheet("bands")]).value
    assert table is not None
    (row,) = read_rows(table, MASTER.choices, [])
    assert row.values["lower_bound"] == Decimal("84.65")
