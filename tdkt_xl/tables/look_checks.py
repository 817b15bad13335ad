"""What a form holds in cells that are struck out or cannot be seen: it is read, and that is told."""

from collections.abc import Iterable

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import intake as codes
from tdkt_xl.tables.cells import plain_text
from tdkt_xl.tables.grid import CellValue, Grid, Look, Position
from tdkt_xl.tables.locate import Table
from tdkt_xl.tables.old_text import shown_text
from tdkt_xl.tables.wide import WideTable

_MOST = 10
"""So many rows of a sheet are told one by one."""
_SHOWN = 3
_STRUCK = frozenset({Look.STRUCK, Look.PARTLY_STRUCK})


def check_looks(table: Table) -> list[Finding]:
    """Report struck-out and hidden cells among those read from a form (KT-192, KT-193)."""
    if not table.grid.looks:
        return []
    columns = sorted(table.columns.values())
    body = ((row, column) for row in range(table.header_row, table.last_row + 1) for column in columns)
    labelled = ((item.place.row, item.place.column) for item in table.identity.values())
    return _check(table.grid, [*labelled, *body])


def check_wide_looks(table: WideTable) -> list[Finding]:
    """The same for a wide table."""
    if not table.grid.looks:
        return []
    columns = range(table.unit_column, max(table.criteria) + 1)
    rows = range(table.header_row, table.grid.height + 1)
    return _check(table.grid, [(row, column) for row in rows for column in columns])


def _check(grid: Grid, places: Iterable[Position]) -> list[Finding]:
    rows: dict[Look, dict[int, list[Position]]] = {}
    for place in dict.fromkeys(places):
        look, cell = grid.looks.get(place), grid.value(*place)
        if look and cell is not None and not (look is Look.NO_NUMBER and isinstance(cell, str)):
            rows.setdefault(look, {}).setdefault(place[0], []).append(place)
    found = []
    for look, by_row in rows.items():
        groups = list(by_row.values())
        if len(groups) > _MOST:
            groups = [[place for group in groups for place in group]]
        found += [_told(grid, look, group) for group in groups]
    return found


def _as_shown(value: CellValue) -> str:
    return plain_text(value).replace(".", ",") if isinstance(value, float) else plain_text(value)


def _told(grid: Grid, look: Look, places: list[Position]) -> Finding:
    first = min(places)
    texts = [_as_shown(grid.value(*place)) for place in places[:_SHOWN]]
    text = shown_text("; ".join(texts) + ("; …" if len(places) > len(texts) else ""))
    if look in _STRUCK:
        return codes.STRUCK_OUT.at(grid.place.at(*first), text=text, kind=look.value, count=len(places))
    return codes.NOT_SEEN.at(grid.place.at(*first), text=text, reason=look.value, count=len(places))
