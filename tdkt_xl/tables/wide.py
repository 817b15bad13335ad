"""Find a wide table: units down, criteria across under stacked group headings (TC1 … repeating)."""

from dataclasses import dataclass, replace

from tdkt_xl.domain.scores import CellState, WideRow
from tdkt_xl.findings import Finding
from tdkt_xl.tables.cells import is_blank, plain_text, read_score
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.tables.locate import HEADER_SEARCH_ROWS, Labelled, find_labels, is_ending, is_ordinal_row
from tdkt_xl.vietnamese.text import comparison_key

_UNIT_HEADINGS = frozenset(
    map(
        comparison_key,
        ("Đơn vị", "Tên đơn vị", "Đơn vị thi đua", "Địa phương", "Xã, thị trấn", "Công an tỉnh"),
    )
)
_TOTAL_HEADINGS = frozenset(map(comparison_key, ("Tổng điểm", "Tổng cộng", "Tổng số điểm", "Cộng điểm")))
_RANK_HEADINGS = frozenset(
    map(comparison_key, ("Xếp thứ tự", "Xếp thứ", "Xếp hạng", "Thứ hạng", "Hạng", "Thứ tự xếp hạng"))
)
_LEAST_CRITERIA = 3
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True)
class WideTable:
    """A located wide table. ``criteria`` maps Excel column → path of stacked labels, unique.

    ``last_row`` is the last row before the next wide table of the sheet, or of the sheet.
    """

    grid: Grid
    header_row: int
    first_row: int
    last_row: int
    unit_column: int
    criteria: dict[int, str]
    total_column: int
    rank_column: int
    identity: dict[str, Labelled]


def _find_in_header(grid: Grid, keys: frozenset[str], first: int, last: int) -> tuple[int, int] | None:
    for row in range(first, min(last, grid.height) + 1):
        for column, cell in enumerate(grid.row(row), start=1):
            if isinstance(cell, str) and comparison_key(cell) in keys:
                return row, column
    return None


def _is_data_row(grid: Grid, row: int, unit_column: int, last_column: int) -> bool:
    name = grid.value(row, unit_column)
    if not isinstance(name, str) or is_blank(name) or is_ordinal_row(grid.row(row)):
        return False
    cells = [grid.value(row, column) for column in range(unit_column + 1, last_column + 1)]
    numeric = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    return len(numeric) >= _LEAST_CRITERIA


def _paths(grid: Grid, rows: range, first: int, last: int) -> dict[int, str]:
    """Join the labels stacked over each column; a label on the left covers the columns after it."""
    current: list[str] = [""] * len(rows)
    paths: dict[int, str] = {}
    for column in range(first, last + 1):
        own_label = False
        for level, row in enumerate(rows):
            cell = grid.value(row, column)
            if (isinstance(cell, str) and not is_blank(cell)) or isinstance(cell, (int, float)):
                current[level] = plain_text(cell)
                current[level + 1 :] = [""] * (len(rows) - level - 1)
                own_label = True
        if own_label:
            paths[column] = " / ".join(label for label in current if label)
    return paths


def find_wide_tables(grid: Grid, summary: SheetLayout) -> list[WideTable]:
    """Find every wide table of a sheet, from top to bottom.

    One has a unit heading, three or more criteria, then a total heading. Columns whose heading belongs
    to the summary form are no criteria, so a plain summary sheet is never taken for a wide table.
    """
    unit = _find_in_header(grid, _UNIT_HEADINGS, 1, HEADER_SEARCH_ROWS)
    first = _table_at(grid, summary, unit, 1) if unit else None
    tables = [first] if first else []
    while tables and (further := _next_table(grid, summary, tables[-1].first_row + 1)):
        tables[-1] = replace(tables[-1], last_row=further.header_row - 1)
        tables.append(further)
    return tables


def _next_table(grid: Grid, summary: SheetLayout, top: int) -> WideTable | None:
    row = top
    while unit := _find_in_header(grid, _UNIT_HEADINGS, row, grid.height):
        table = _table_at(grid, summary, unit, top)
        if table:
            return table
        row = unit[0] + 1
    return None


def _table_at(grid: Grid, summary: SheetLayout, unit: tuple[int, int], lowest: int) -> WideTable | None:
    """The table with its unit heading in a cell, if there is one; ``lowest`` is the first row it may use."""
    top = max(lowest, unit[0] - _MOST_HEADER_ROWS + 1)
    total = _find_in_header(grid, _TOTAL_HEADINGS, top, unit[0] + _MOST_HEADER_ROWS - 1)
    if total is None or total[1] <= unit[1] + _LEAST_CRITERIA:
        return None
    header_row = min(unit[0], total[0])
    rows = range(max(unit[0], total[0]) + 1, grid.height + 1)
    first = next((row for row in rows if _is_data_row(grid, row, unit[1], total[1] - 1)), 0)
    if not first:
        return None
    header = [row for row in range(header_row, first) if not is_ordinal_row(grid.row(row))]
    paths = _paths(grid, range(header[0], header[-1] + 1), unit[1] + 1, total[1] - 1)
    criteria = {
        column: path for column, path in paths.items() if comparison_key(path) not in summary.headings
    }
    if len(criteria) < _LEAST_CRITERIA:
        return None
    rank = _find_in_header(grid, _RANK_HEADINGS, header_row, first - 1)
    return WideTable(
        grid,
        header_row,
        first,
        grid.height,
        unit[1],
        criteria,
        total[1],
        rank[1] if rank else 0,
        find_labels(grid, header_row - 1, summary.labels, lowest),
    )


def read_wide_rows(table: WideTable, findings: list[Finding]) -> list[WideRow]:
    """Read every unit row; may report KT-201 … KT-206 at the exact cell."""
    grid = table.grid
    rows = []
    for row in range(table.first_row, table.last_row + 1):
        name = plain_text(grid.value(row, table.unit_column))
        if is_ending(grid.row(row), ()):
            break
        if not name:
            continue
        cells = tuple(
            (path, read_score(grid, row, column, path, None, findings))
            for column, path in table.criteria.items()
        )
        if all(cell.state is CellState.BLANK for _, cell in cells):
            continue
        total = read_score(grid, row, table.total_column, "Tổng điểm", None, findings)
        rank = read_score(grid, row, table.rank_column, "Xếp hạng", None, findings)
        rows.append(WideRow(grid.place.at(row, table.unit_column), name, None, cells, total, rank))
    return rows
