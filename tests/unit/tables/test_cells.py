from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from tdkt_xl.domain.scores import CellState, ScoreCell
from tdkt_xl.findings import Finding
from tdkt_xl.tables.cells import find_choice, is_blank, plain_text, read_date, read_integer, read_score
from tdkt_xl.tables.grid import CellValue, Grid
from tests.tools.grids import Spot, sheet, spots


def score(text: str, limit: str | None = None) -> tuple[ScoreCell, list[Finding]]:
    """Read the one cell of a sheet, which stands at H8."""
    found: list[Finding] = []
    bound = None if limit is None else Decimal(limit)
    cell = read_score(sheet(f"| {text} |", at="H8"), 8, 8, "Điểm cụm chấm", bound, found)
    return cell, found


@pytest.mark.parametrize(
    ("text", "value"), [("9.5", "9.5"), ("0", "0"), ("-2", "-2"), ("96.64999999999999", "96.65")]
)
def test_number_is_read_as_excel_shows_it(text: str, value: str) -> None:
    cell, found = score(text)
    assert (cell.state, cell.value, found) == (CellState.NUMBER, Decimal(value), [])


@pytest.mark.parametrize("text", ["", '""', '"  "', '"\u200b\u00a0"'])
def test_blank_is_neither_zero_nor_a_fault(text: str) -> None:
    cell, found = score(text)
    assert (cell.state, cell.value, found) == (CellState.BLANK, None, [])


def test_result_of_a_formula_is_a_number_marked_as_formula() -> None:
    cell, found = score("=12.5")
    assert (cell.state, cell.value, cell.formula, found) == (CellState.NUMBER, Decimal("12.5"), True, [])


@pytest.mark.parametrize(
    ("text", "limit", "value"),
    [
        ("9,5", None, "9.5"),
        ('"10"', None, "10"),
        ("9,5 điểm", None, "9.5"),
        ("9.500đ", "20", "9.5"),
        ('"8/10"', "10", "8"),
        ('"1.234"', "20", "1.234"),
        ('"-2"', "3", "-2"),
        ("25,67", "20", "25.67"),
    ],
)
def test_number_typed_as_text_is_read_and_reported(text: str, limit: str | None, value: str) -> None:
    cell, found = score(text, limit)
    assert spots(found) == [("Trang 1", "H8", "KT-201")]
    assert (cell.state, cell.value, cell.text) == (CellState.TEXT, Decimal(value), text.strip('"'))
    assert found[0].params == {"column": "Điểm cụm chấm", "text": text.strip('"'), "value": Decimal(value)}


BAD = {
    '"1.234"': ("KT-202", {"text": "1.234", "readings": "1,234 hoặc 1234"}),
    "9 5": ("KT-202", {"text": "9 5", "readings": "9,5 hoặc 95"}),
    "mười": ("KT-203", {"text": "mười"}),
    "Đạt": ("KT-203", {"text": "Đạt"}),
    "95%": ("KT-203", {"text": "95%"}),
    "TRUE": ("KT-203", {"text": "ĐÚNG"}),
    "FALSE": ("KT-203", {"text": "SAI"}),
    "2023-05-09": ("KT-204", {"date": "09/05/2023", "likely": "9,5 (hoặc 5,9)"}),
    "#REF!": ("KT-205", {"error": "#REF!"}),
    "#DIV/0!": ("KT-205", {"error": "#DIV/0!"}),
    "=?": ("KT-206", {}),
}


@pytest.mark.parametrize("text", BAD)
def test_cell_that_is_no_number_is_reported_once_and_has_no_value(text: str) -> None:
    code, params = BAD[text]
    cell, found = score(text)
    assert spots(found) == [("Trang 1", "H8", code)]
    assert found[0].params == {"column": "Điểm cụm chấm", **params}
    assert (cell.state, cell.value, cell.place.cell) == (CellState.BAD, None, "H8")


@pytest.mark.parametrize("value", [time(9, 5), timedelta(hours=33)])
def test_time_of_day_is_no_score(value: CellValue) -> None:
    found: list[Finding] = []
    cell = read_score(Grid("a.xlsx", "A", ((value,),)), 1, 1, "Điểm", None, found)
    assert (cell.state, spots(found)) == (CellState.BAD, [("A", "A1", "KT-204")])


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("12", 12, []),
        ("0", 0, []),
        ("", None, []),
        ('"12"', 12, [("Trang 1", "G9", "KT-201")]),
        ("10.5", None, [("Trang 1", "G9", "KT-225")]),
        ("-1", None, [("Trang 1", "G9", "KT-225")]),
        ("mười", None, [("Trang 1", "G9", "KT-203")]),
    ],
)
def test_whole_numbers_from_zero_up(text: str, value: int | None, found: list[Spot]) -> None:
    findings: list[Finding] = []
    assert read_integer(sheet(f"| {text} |", at="G9"), 9, 7, "Số tháng", findings) == value
    assert spots(findings) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-12-31", date(2023, 12, 31)),
        ('"2023-12-31"', date(2023, 12, 31)),
        ("31/12/2023", date(2023, 12, 31)),
        ("1.2.2023", date(2023, 2, 1)),
        ("01 - 02 - 2023", date(2023, 2, 1)),
        ("", None),
    ],
)
def test_day_comes_before_month(text: str, day: date | None) -> None:
    found: list[Finding] = []
    assert read_date(sheet(f"| {text} |"), 1, 1, "Hiệu lực từ", found) == day
    assert found == []


def test_moment_is_read_as_its_day() -> None:
    grid = Grid("a.xlsx", "A", ((datetime(2023, 12, 31, 8, 30),),))  # noqa: DTZ001  # as a reader gives it
    assert read_date(grid, 1, 1, "Hiệu lực từ", []) == date(2023, 12, 31)


@pytest.mark.parametrize("text", ["31/02/2023", "12/31/2023", "quý I", "45291", "31/12/23"])
def test_what_is_no_day_is_reported(text: str) -> None:
    found: list[Finding] = []
    assert read_date(sheet(f"| {text} |", at="F9"), 9, 6, "Hiệu lực từ", found) is None
    assert spots(found) == [("Trang 1", "F9", "KT-223")]
    assert found[0].params == {"column": "Hiệu lực từ", "text": text}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Xã   An Bình ", "Xã An Bình"),
        (2023.0, "2023"),
        (0.5, "0.5"),
        (True, "Có"),
        (False, "Không"),
        (date(2023, 5, 9), "09/05/2023"),
        (datetime(2023, 5, 9), "09/05/2023"),  # noqa: DTZ001  # as a reader gives it
        (time(9, 5), "09:05:00"),
    ],
)
def test_text_of_a_cell_is_what_a_clerk_reads(value: CellValue, text: str) -> None:
    assert plain_text(value) == text


@pytest.mark.parametrize(("value", "blank"), [(None, True), (" \u200b", True), (0, False), ("-", False)])
def test_blank_cells(value: CellValue, blank: bool) -> None:
    assert is_blank(value) is blank


def test_choice_ignores_case_spacing_and_tone_placement() -> None:
    assert find_choice(" xuất  SẮC ", ("Xuất sắc", "Tốt")) == "Xuất sắc"
    assert find_choice("Khoẻ", ("Khỏe",)) == "Khỏe"
    assert find_choice("Tot", ("Xuất sắc", "Tốt")) is None
