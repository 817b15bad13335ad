"""Values of a workbook that passed the gate.

``read_cells`` is the only place where the native reader runs. It takes bytes and gives plain data, so
that it can be moved into a process of its own.
"""

import io
import math
from dataclasses import dataclass

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tdkt_xl.findings.codes.files import PASSWORD
from tdkt_xl.readers.refusal import RefusedError, broken
from tdkt_xl.readers.sniff import Kind
from tdkt_xl.tables.grid import CellValue, Range, SheetState

Rows = tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class SheetCells:
    """Values of one worksheet from A1 on, blanks and errors as None; ``filled`` counts the others."""

    name: str
    state: SheetState
    rows: Rows
    merges: tuple[Range, ...]
    filled: int


def read_cells(data: bytes, kind: Kind) -> list[SheetCells]:
    """Read the worksheets in workbook order; raise RefusedError if the reader fails in any way."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    except PasswordError as fault:
        raise RefusedError(PASSWORD) from fault
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of the native reader is not an Exception
        raise broken(reason="cấu trúc sổ bị hỏng") from fault
    return [_read_sheet(book, sheet, kind) for sheet in sheets]


def _read_sheet(book: CalamineWorkbook, metadata: SheetMetadata, kind: Kind) -> SheetCells:
    name = metadata.name
    try:
        sheet = book.get_sheet_by_name(name)
        rows, filled = _rows(sheet)
        merges = () if kind in {Kind.XLSX, Kind.ODS} else _merges(sheet)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of the native reader is not an Exception
        raise broken(reason=f"trang “{name}” bị hỏng", sheet=name) from fault
    if kind in {Kind.XLS, Kind.XLSB}:
        _check_finite(name, rows)
    return SheetCells(name, _state(metadata), rows, merges, filled)


def _state(sheet: SheetMetadata) -> SheetState:
    if sheet.visible == SheetVisibleEnum.Visible:
        return SheetState.VISIBLE
    return SheetState.HIDDEN if sheet.visible == SheetVisibleEnum.Hidden else SheetState.VERY_HIDDEN


def _rows(sheet: CalamineSheet) -> tuple[Rows, int]:
    """Rows from A1 on, with None for blanks, and the number of other cells."""
    rows: list[tuple[CellValue, ...]] = []
    filled = 0
    for row in sheet.to_python(skip_empty_area=False):
        blanks = row.count("")
        filled += len(row) - blanks
        rows.append(tuple([None if value == "" else value for value in row]) if blanks else tuple(row))
    return tuple(rows), filled


def _merges(sheet: CalamineSheet) -> tuple[Range, ...]:
    """Merged ranges as the reader tells them; the gate finds them itself in XML formats."""
    ranges = sheet.merged_cell_ranges or []
    return tuple(Range(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)


def _check_finite(name: str, rows: Rows) -> None:
    """Refuse infinities and the like, which binary formats can hold and Excel never writes."""
    for row_number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, float) and not math.isfinite(value):
                raise broken(reason="một ô ghi số vô hạn", sheet=name, row=row_number, column=column)
