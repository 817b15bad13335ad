"""What the functions compute, without Excel."""

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.excel.function_cells import NA, NUM, VALUE, Answer, Fault, number_of
from tdkt_xl.excel.functions import (
    FAULT_MARK,
    amounts,
    levels,
    numbers,
    ranks,
    reasons,
    shown,
    tidied,
    total,
)

BANDS: list[list[object]] = [["Xuất sắc", 90.0], ["Tốt", "80"], [None, None], ["Đạt", 50]]
POINTS = st.decimals(min_value=0, max_value=1000, places=2)


def column(*cells: object) -> list[list[object]]:
    return [[cell] for cell in cells]


def codes(answer: Answer) -> list[list[object]]:
    return [[cell.code if isinstance(cell, Fault) else cell for cell in row] for row in answer]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (9.5, "9.5"),
        (8, "8"),
        (96.64999999999999, "96.65"),
        (Decimal("1.2500"), "1.25"),
        ("9,5", "9.5"),
        ("'9.5 điểm", "9.5"),
        ("1.234.567", "1234567"),
        ("-2", "-2"),
    ],
)
def test_numbers_as_typed_here(cell: object, number: str) -> None:
    assert number_of(cell) == Decimal(number)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u200b"])
def test_blank_is_no_number(cell: object) -> None:
    assert number_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "code", "word"),
    [
        ("chín", VALUE, "không phải là số"),
        ("1.234", VALUE, "1,234 hoặc 1234"),
        ("5%", VALUE, "không phải"),
        (True, VALUE, "TRUE/FALSE"),
        (dt.datetime(2023, 5, 9, tzinfo=dt.UTC), VALUE, "ngày tháng"),
        ("#N/A", NA, "đang báo lỗi"),
        ("#DIV/0!", 2007, "đang báo lỗi"),
        (-2146826243, 2045, "đang báo lỗi"),
    ],
)
def test_what_is_no_number_says_why(cell: object, code: int, word: str) -> None:
    fault = number_of(cell)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert word in fault.reason


def test_total_is_exact() -> None:
    assert total([column(*[0.1] * 10)]) == [[Decimal(1)]]
    assert total([[[9.5, "9,25"], [None, " "]], [[1]], None]) == [[Decimal("19.75")]]


def test_total_of_nothing_is_blank() -> None:
    assert total([column(None, "")]) == [[None]]


def test_total_names_the_cell_it_cannot_read() -> None:
    assert total([[[1]], [[1, 2], [3, "vắng"]]]) == [
        [Fault(VALUE, "vùng 2, dòng 2, cột 2: “vắng” không phải là số")]
    ]


@given(st.lists(POINTS, min_size=1))
def test_total_of_typed_and_stored_numbers_is_the_same(points: list[Decimal]) -> None:
    stored = total([column(*map(float, points))])
    assert stored == total([column(*(f"{point}".replace(".", ",") for point in points))])
    assert stored == [[sum(points)]]


def test_ranks_keep_ties_and_the_shape() -> None:
    assert ranks([[90, "95,5"], [None, 90.0], [80, ""]]) == [[2, 1], [None, 2], [4, None]]


def test_no_rank_while_a_total_is_unknown() -> None:
    answer = ranks([[90, "?"], [None, 80]])
    assert codes(answer) == [[VALUE, VALUE], [None, VALUE]]
    assert "chưa xếp hạng" in reasons([["TDKT_XEPHANG"]], [[[90, "?"]]])[0][0]  # type: ignore[operator]


@given(st.lists(POINTS, min_size=1, max_size=30))
def test_rank_is_one_more_than_the_number_above(points: list[Decimal]) -> None:
    expected = [[1 + sum(other > point for other in points)] for point in points]
    assert ranks(column(*map(float, points))) == expected


def test_levels_take_the_bound_in() -> None:
    assert levels(column(90, "89,99", 80, 50, None), BANDS) == column("Xuất sắc", "Tốt", "Tốt", "Đạt", None)


def test_below_the_lowest_level_is_not_available() -> None:
    assert codes(levels([[49.5, "x"]], BANDS)) == [[NA, VALUE]]


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ([["Tốt"]], "đúng hai cột"),
        ([["Mức", "Từ điểm"], ["Tốt", 80]], "dòng 1 của bảng mức: “Từ điểm” không phải là số"),
        ([["Tốt", 80], ["Khá", "80,0"]], "dòng 2 của bảng mức: điểm 80 đã có"),
        ([["Tốt", None]], "thiếu tên mức hoặc điểm"),
        ([[None, 80]], "thiếu tên mức hoặc điểm"),
        ([[None, None]], "không có mức nào"),
        ([["Tốt", "#REF!"]], "đang báo lỗi"),
    ],
)
def test_unclear_tables_give_no_level(table: list[list[object]], word: str) -> None:
    answer = levels([[90, 80]], table)
    assert [type(cell) for cell in answer[0]] == [Fault, Fault]
    assert word in reasons([["TDKT_XEPLOAI"]], [[[90]], table])[0][0]  # type: ignore[operator]


def test_maximum_decides_between_readings() -> None:
    assert codes(numbers([["9.500", "8/10", 7]])) == [[VALUE, VALUE, Decimal(7)]]
    assert numbers([["9.500", "8/10", 7]], [["10"]]) == [[Decimal("9.5"), Decimal(8), Decimal(7)]]


@pytest.mark.parametrize("maximum", [[[0]], [["mười"]], [["#N/A"]], [[1, 2]], [[1], [2]], []])
def test_unclear_maximum_gives_no_number(maximum: list[list[object]]) -> None:
    assert all(isinstance(cell, Fault) for cell in numbers([[1, "2"]], maximum)[0])


def test_tidied_changes_texts_only() -> None:
    day = dt.datetime(2023, 5, 9, tzinfo=dt.UTC)
    decomposed = unicodedata.normalize("NFD", " Nguyễn  Thị\u200b Đào ")
    assert tidied([[decomposed, 5.0, None, day, True]]) == [["Nguyễn Thị Đào", 5.0, None, day, True]]
    assert codes(tidied([["#N/A"]])) == [[NA]]


def test_amounts_in_words() -> None:
    assert amounts(column(1_050_000, "1.500.000", 0, None, -15)) == column(
        "Một triệu không trăm năm mươi nghìn đồng",
        "Một triệu năm trăm nghìn đồng",
        "Không đồng",
        None,
        "Âm mười lăm đồng",
    )
    assert amounts([[105]], [[" điểm "]], [["lẻ"]]) == [["Một trăm lẻ năm điểm"]]
    assert amounts([[105]], [[" "]]) == [["Một trăm linh năm"]]


def test_amounts_that_cannot_be_said() -> None:
    assert codes(amounts([[1.5, 1e18, "x"]])) == [[NUM, NUM, VALUE]]
    assert codes(amounts([[1]], [["đồng"]], [["lè"]])) == [[VALUE]]
    assert codes(amounts([[1]], [["#N/A"]])) == [[NA]]


def test_reasons_stand_where_the_errors_stand() -> None:
    assert reasons([["tdkt_so"]], [[["1", "x"], [None, 2]]]) == [["", "“x” không phải là số"], ["", ""]]
    assert reasons([["TDKT_TONGDIEM"]], [[[1]], [["x"]]]) == [["vùng 2, dòng 1, cột 1: “x” không phải là số"]]


@pytest.mark.parametrize("name", [[["SUM"]], [[None]], [[5]], [["#N/A"]], [["TDKT_LYDO"]], [["A", "B"]]])
def test_reason_of_an_unknown_function(name: list[list[object]]) -> None:
    assert reasons(name, []) == [['không có hàm tên này; mời gõ, ví dụ, =TDKT_LYDO("TDKT_SO"; A2)']]


@pytest.mark.parametrize("arguments", [[], [None], [[[1]], [[1]], [[1]]]])
def test_reason_with_other_arguments(arguments: list[list[list[object]] | None]) -> None:
    assert reasons([["TDKT_SO"]], arguments) == [["số đối số không đúng với hàm này"]]


def test_only_faults_are_marked() -> None:
    answer: Answer = [[Fault(NA, "vì sao"), Decimal("9.5"), None, "chữ", 3]]
    assert shown(answer) == [[f"{FAULT_MARK}2042", 9.5, "", "chữ", 3]]
    assert shown(tidied([[f"{FAULT_MARK}2042"]])) == [["2042"]]


@given(
    st.lists(
        st.lists(
            st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_cells_are_answered_in_their_shape(cells: list[list[object]]) -> None:
    for answer in (ranks(cells), numbers(cells), tidied(cells), amounts(cells), levels(cells, cells)):
        assert [len(row) for row in answer] == [2] * len(cells)
        assert all(isinstance(cell, (str, float, int, bool)) for row in shown(answer) for cell in row)
    assert len(total([cells])) == 1
