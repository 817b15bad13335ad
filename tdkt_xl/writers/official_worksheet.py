"""A worksheet as XlsxWriter writes it, quicker, and without a page number on its first page."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

_ROWS_OF_A_SPAN = 16
_PLAIN_CELLS = frozenset({CellStringTuple, CellBlankTuple, CellNumberTuple, CellDatetimeTuple})


class OfficialWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet whose first page has no page number (NĐ 30, phụ lục I, mục II).

    Its rows and plain cells are written by a shorter way than XlsxWriter's general one, to the same bytes;
    a test compares the two.
    """

    def __init__(self) -> None:
        super().__init__()
        self.altered: list[tuple[int, int]] = []

    def _write_rows(self) -> None:
        self._calculate_spans()
        names = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, info = self.table.get(row), self.row_info.get(row)
            span = self.row_spans.get(row // _ROWS_OF_A_SPAN)
            if cells:
                self._write_row(row, span, info)
                self._write_cells(row, cells, names)
                self._xml_end_tag("row")
            elif info or row in self.comments:
                self._write_empty_row(row, span, info)

    def _write_cells(self, row: int, cells: dict[int, Any], names: Sequence[str]) -> None:
        number = row + 1
        for column in sorted(cells):
            cell = cells[column]
            kind = type(cell)
            if cell.format is None or kind not in _PLAIN_CELLS:
                self._write_cell(row, column, cell)
                continue
            head = f'<c r="{names[column]}{number}" s="{cell.format._get_xf_index()}"'
            if kind is CellStringTuple:
                self.fh.write(f'{head} t="s"><v>{cell.string}</v></c>')
            elif kind is CellBlankTuple:
                self.fh.write(f"{head}/>")
            else:
                self.fh.write(f"{head}><v>{cell.number:.16G}</v></c>")

    def _calculate_spans(self) -> None:
        columns: dict[int, set[int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    columns.setdefault(row // _ROWS_OF_A_SPAN, set()).update((min(cells), max(cells)))
        self.row_spans = {block: f"{min(found) + 1}:{max(found) + 1}" for block, found in columns.items()}

    def _write_header_footer(self) -> None:
        if self.header_footer_changed:
            self._xml_start_tag("headerFooter", [("differentFirst", 1)])
            if self.header:
                self._write_odd_header()
            self._xml_end_tag("headerFooter")
