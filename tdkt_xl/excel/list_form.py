"""The standard lists of nominations as they stand open in Excel: found by their stamps and headings."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tdkt_xl.excel.session import stop
from tdkt_xl.excel.tracing import grid_of
from tdkt_xl.tables.cells import is_blank
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import SheetLayout, load_layout
from tdkt_xl.tables.locate import HEADER_SEARCH_ROWS, Table, find_stamp, find_table, is_ending

if TYPE_CHECKING:
    import xlwings as xw

UNCHANGED = "Chưa có gì thay đổi."
_TOP = f"A1:AZ{HEADER_SEARCH_ROWS}"
_LATER_SHEETS = frozenset({"households", "quotas", "statistics"})
_ROW_OF_DATA = 4
"""A row with so many cells filled is one of the list; a line of signatures has fewer."""


@dataclass(frozen=True)
class Part:
    """One list of the form: where its rows begin and how far they may go."""

    sheet: "xw.Sheet"
    table: Table

    @property
    def first(self) -> int:
        """First row of the list."""
        return self.table.first_row

    @cached_property
    def last(self) -> int:
        """Last row before the signatures and the blank row above them; ``first - 1`` when there is none."""
        grid = self.table.grid
        for row in range(self.first, grid.height + 1):
            if self._ends(row):
                gap = row > self.first and all(is_blank(cell) for cell in grid.row(row - 1))
                return row - 1 - gap
        return max(grid.height, self.first - 1)

    def _ends(self, row: int) -> bool:
        """Signatures may have been reworded: whatever is no row of the list ends it."""
        cells = self.table.grid.row(row)
        if all(is_blank(cell) for cell in cells):
            return False
        if is_ending(cells, self.table.layout.signatures):
            return True
        if re.fullmatch(r"\d+([.,]0+)?", self.table.text(row, "number")):
            return False
        filled = sum(bool(self.table.text(row, field)) for field in self.table.columns)
        return filled < _ROW_OF_DATA

    @property
    def filled(self) -> int:
        """Rows that name somebody now; a row without a number heads the block of an award."""
        rows = range(self.first, self.last + 1)
        return sum(bool(self.table.text(row, "subject") and self.table.text(row, "number")) for row in rows)

    @property
    def has_own_columns(self) -> bool:
        """Tell whether the clerk's own columns hold anything beside the rows."""
        ours = set(self.table.columns.values())
        return any(
            not is_blank(cell)
            for row in range(self.first, self.last + 1)
            for column, cell in enumerate(self.table.grid.row(row), start=1)
            if column not in ours
        )


def is_lists_form(book: "xw.Book") -> bool:
    """Tell the standard lists by the version stamps of their sheets."""
    return bool(_stamped(book))


def _stamped(book: "xw.Book") -> dict[str, list["xw.Sheet"]]:
    """Sheets of the book by identifier of the list whose stamp they carry."""
    forms = {sheet.form: sheet.id for sheet in load_layout("danh-sach-de-nghi").sheets}
    found: dict[str, list[xw.Sheet]] = {}
    for sheet in book.sheets:
        values = sheet[_TOP].options(ndim=2).value
        stamp = find_stamp(Grid(book.name, sheet.name, tuple(map(tuple, values))), HEADER_SEARCH_ROWS)
        if stamp and stamp[0] in forms:
            found.setdefault(forms[stamp[0]], []).append(sheet)
    return found


def find_parts(book: "xw.Book") -> dict[str, Part]:
    """The lists of the form; explains the first thing that keeps them from being filled.

    The approved are written by hand after the vote; forms of before have no statistics, quotas, households.
    """
    stamped = _stamped(book)
    parts = {}
    for layout in load_layout("danh-sach-de-nghi").sheets:
        sheets = stamped.get(layout.id, [])
        if layout.id == "approved" or (layout.id in _LATER_SHEETS and not sheets):
            continue
        if not sheets:
            stop(f"Sổ “{book.name}” thiếu trang “{layout.name}” (dòng “{layout.stamp}”). {UNCHANGED}")
        if len(sheets) > 1:
            names = ", ".join(f"“{sheet.name}”" for sheet in sheets)
            stop(f"Các trang {names} cùng ghi “{layout.stamp}”. Xin chỉ giữ một trang. {UNCHANGED}")
        parts[layout.id] = _part(sheets[0], layout)
    return parts


def _part(sheet: "xw.Sheet", layout: SheetLayout) -> Part:
    table = find_table(grid_of(sheet), [layout]).value
    if table is None:
        stop(f"Chưa thấy dòng tiêu đề cột ở trang “{sheet.name}”. {UNCHANGED}")
    missing = [item.heading for item in layout.columns if item.required and item.field not in table.columns]
    if missing:
        names = ", ".join(f"“{heading}”" for heading in missing)
        stop(
            f"Trang “{sheet.name}” thiếu cột {names} (hoặc có hai cột cùng tên). {UNCHANGED}\n\n"
            "Xin ghi lại tiêu đề cột như trong mẫu rồi bấm lại."
        )
    part = Part(sheet, table)
    if sheet.api.FilterMode:
        stop(f"Trang “{sheet.name}” đang lọc. Xin bỏ lọc (thẻ Dữ liệu, nút Xoá) rồi bấm lại. {UNCHANGED}")
    width = max(table.columns.values())
    if (
        part.last >= part.first
        and sheet[part.first - 1, 0].resize(part.last - part.first + 1, width).merge_cells is not False
    ):
        stop(f"Bảng ở trang “{sheet.name}” có ô gộp. Xin bỏ gộp ô trong bảng rồi bấm lại. {UNCHANGED}")
    return part
