"""Cells as a worksheet function gets them: errors, numbers as typed here, arguments of one cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from tdkt_xl.vietnamese.numbers import exact, format_number, read_number
from tdkt_xl.vietnamese.text import tidy

VALUE, NUM, NA = 2015, 2036, 2042
_ERROR_NAMES = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": VALUE,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": NUM,
    "#N/A": NA,
}
_FIRST_ERROR = -2146828288  # COM writes an error cell as this plus Excel's own number


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell has no answer, and the number of the Excel error that says so."""

    code: int
    reason: str


Cells: TypeAlias = Sequence[Sequence[object]]
Answer: TypeAlias = list[list[object]]


def fault_of(cell: object) -> Fault | None:
    """Return the fault of a cell that holds an Excel error, to be handed on unchanged."""
    if isinstance(cell, Fault):
        return cell
    code = None
    if isinstance(cell, str):
        code = _ERROR_NAMES.get(cell)
    elif type(cell) is int and _FIRST_ERROR <= cell < _FIRST_ERROR + 0x10000:
        code = cell - _FIRST_ERROR
    return None if code is None else Fault(code, "ô đầu vào đang báo lỗi")


def number_of(cell: object, limit: Decimal | None = None) -> Decimal | Fault | None:
    """Return the number in a cell, None for a blank one; text is read as it is typed here."""
    fault = fault_of(cell)
    if fault or cell is None:
        return fault
    if isinstance(cell, str):
        return _number_typed(tidy(cell), limit)
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        return exact(cell)
    kind = "TRUE/FALSE" if isinstance(cell, bool) else "ngày tháng"
    return Fault(VALUE, f"ô chứa {kind}, không phải số")


def _number_typed(text: str, limit: Decimal | None) -> Decimal | Fault | None:
    if not text:
        return None
    reading = read_number(text, limit=limit)
    if reading.value is not None:
        return reading.value
    if not reading.readings:
        return Fault(VALUE, f"“{text}” không phải là số")
    either = " hoặc ".join(format_number(value) for value in reading.readings)
    return Fault(VALUE, f"“{text}” có thể là {either}; mời gõ lại cho rõ")


def only(cells: Cells | None) -> object:
    """Return the cell of an argument that takes one; None when it was left out."""
    if cells is None:
        return None
    if [len(row) for row in cells] != [1]:
        return Fault(VALUE, "đối số tuỳ chọn chỉ nhận một ô")
    cell = cells[0][0]
    return fault_of(cell) or (tidy(cell) if isinstance(cell, str) else cell)
