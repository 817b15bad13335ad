"""The rows of a consolidated workbook, read from the workbook itself: the long way of ``tdkt trace``."""

from collections.abc import Container, Iterator
from pathlib import Path

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import say
from tdkt_xl.readers.result_book import read_result_sheets
from tdkt_xl.tables.cells import plain_text
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import Table, find_table
from tdkt_xl.tasks.result_files import result_book
from tdkt_xl.vietnamese.numbers import exact

_LAYOUT = load_layout("tong-hop-huyen")
_NEEDED = ("ranking", "scores")
_READ = (*_NEEDED, "findings", "decisions", "sources")
_CHOSEN_BY = {"scores": "unit", "findings": "sheet"}
Row = dict[str, str]


class BookRows:
    """The rows of the sheets of a workbook, as texts; numbers as Vietnamese readers write them."""

    def __init__(self, tables: dict[str, Table]) -> None:
        self._tables = tables

    def rows(self, sheet: str, values: Container[object] = ()) -> Iterator[Row]:
        """The rows of a sheet, if there is one; of a long one only for these units, or about these sheets."""
        if sheet not in self._tables:
            return
        table = self._tables[sheet]
        columns = [(column.field, table.columns.get(column.field, 0)) for column in table.layout.columns]
        key = table.columns.get(_CHOSEN_BY.get(sheet, ""), 0) - 1
        for number in range(table.first_row, table.grid.height + 1):
            cells = table.grid.row(number)
            if key >= 0 and (key >= len(cells) or cells[key] not in values):
                continue
            row = {name: _shown(cells[at - 1]) if 0 < at <= len(cells) else "" for name, at in columns}
            if any(row.values()):
                yield row


def _shown(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return say(exact(value))
    return plain_text(value) if value is not None else ""  # type: ignore[arg-type]  # a cell's value


def read_rows(result: Path) -> BookRows:
    """The rows of a consolidated workbook, or of that of a folder; raises TdktError KT-801, KT-806."""
    path = result_book(result)
    layouts = {name: _LAYOUT.sheet(name) for name in _READ}
    grids = read_result_sheets(path, [layout.name for layout in layouts.values()])
    found = {}
    for name, layout in layouts.items():
        table = find_table(grids[layout.name], [layout]).value if layout.name in grids else None
        if table:
            found[name] = table
    missing = [layouts[name].name for name in _NEEDED if name not in found]
    if missing:
        reason = f": thiếu trang {', '.join(missing)}"
        raise TdktError(machine.NOT_CONSOLIDATED_BOOK, path=str(path), reason=reason)
    return BookRows(found)
