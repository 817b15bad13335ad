from dataclasses import replace
from decimal import Decimal

import pytest

from tdkt_xl.domain.scores import CellState
from tdkt_xl.domain.scoring.terms import Step
from tdkt_xl.tables.amounts import read_amount, read_steps
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import Table
from tests.tools.grids import Draft

D = Decimal


def amount(value: object, *, percent: bool = False) -> object:
    grid = Draft("Phiếu").put("A1", value).grid()  # type: ignore[arg-type]  # any cell value
    grid = replace(grid, percents=frozenset({(1, 1)}) if percent else frozenset())
    table = Table(load_layout("so-cum").sheet("scores"), grid, 1, 0, {"result": 1}, {})
    return read_amount(table, 1, "result")


@pytest.mark.parametrize(
    ("value", "numbers", "percent"),
    [
        (87.5, ("87.5",), False),
        ("87,5", ("87.5",), False),
        ("87%", ("0.87",), True),
        ("≥ 95 %", ("0.95",), True),
        ("1; 4", ("1", "4"), False),
        ("nghỉ: 1; đi muộn: 4", ("1", "4"), False),
        ("-5%", ("-0.05",), True),
    ],
)
def test_numbers(value: object, numbers: tuple[str, ...], percent: bool) -> None:
    read = amount(value)
    assert (read.state, read.numbers, read.percent) == (  # type: ignore[attr-defined]
        CellState.NUMBER,
        tuple(map(D, numbers)),
        percent,
    )


def test_number_shown_as_a_percentage_is_one() -> None:
    read = amount(0.875, percent=True)
    assert (read.numbers, read.percent, read.text) == ((D("0.875"),), True, "87,5%")  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["gần đạt", "1.234", "Cờ thi đua tỉnh", "95 hồ sơ", "1;", "1; ; 2", "; 3"])
def test_words_are_kept_as_words(value: str) -> None:
    read = amount(value)
    assert (read.state, read.numbers, read.text) == (CellState.TEXT, (), value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["Không áp dụng", "KHÔNG ÁP DỤNG", "không giao", "KAD"])
def test_not_applicable(value: str) -> None:
    assert amount(value).not_applicable  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "state"), [(None, CellState.BLANK), ("  ", CellState.BLANK), (True, CellState.BAD)]
)
def test_blank_and_odd_cells(value: object, state: CellState) -> None:
    assert amount(value).state is state  # type: ignore[attr-defined]


def test_error_and_unsaved_formula_are_bad() -> None:
    for made in (Draft("P").put_error("A1", "#REF!"), Draft("P").put_result("A1", None)):
        table = Table(load_layout("so-cum").sheet("scores"), made.grid(), 1, 0, {"result": 1}, {})
        assert read_amount(table, 1, "result").state is CellState.BAD


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("95%: 10; từ 85%: 8; 0: 5", (("95%", "10", "0.95"), ("từ 85%", "8", "0.85"), ("0", "5", "0"))),
        ("Cờ Chính phủ: 15\nCờ tỉnh: 10", (("Cờ Chính phủ", "15", None), ("Cờ tỉnh", "10", None))),
        ("1: 60; 2: 45", (("1", "60", "1"), ("2", "45", "2"))),
        ("3", (("", "3", None),)),
        ("nghỉ: 1; muộn: 3", (("nghỉ", "1", None), ("muộn", "3", None))),
        ("", ()),
    ],
)
def test_steps(text: str, steps: tuple[tuple[str, str, str | None], ...]) -> None:
    assert read_steps(text) == tuple(
        Step(name, D(value), None if bound is None else D(bound)) for name, value, bound in steps
    )


@pytest.mark.parametrize("text", ["95% được 10 điểm", ": 5", "95: mười", "95:"])
def test_list_that_is_no_list(text: str) -> None:
    assert read_steps(text) is None
