"""Several tables in one sheet: units below each other, a list below a summary, headings written again."""

from collections.abc import Sequence
from dataclasses import replace

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.tables.locate import (
    HEADER_SEARCH_ROWS,
    Header,
    Table,
    find_labels,
    find_table,
    header_at,
    is_ending,
    may_be_header,
)

_OF_ONE_UNIT = frozenset({"unit", "unit_code"})
"""Labels a later table of the sheet does not take over from the first."""


def find_tables(grid: Grid, layouts: Sequence[SheetLayout], findings: list[Finding]) -> list[Table]:
    """Find every table of a sheet from top to bottom; the findings are those of ``find_table``."""
    outcome = find_table(grid, layouts)
    findings += outcome.findings
    if outcome.value is None:
        return []
    tables = [outcome.value]
    row = tables[0].first_row
    while (header := _next_header(grid, layouts, row)) is not None:
        row = header[1] + header[2]
        last = tables[-1]
        top = _top_of_next(last, header)
        if not top:
            tables[-1] = replace(last, repeats=last.repeats | set(range(header[1], row)))
            continue
        tables[-1] = replace(last, bottom=top - 1)
        # A signature block may be longer than the rows searched for a header.
        near = max(top, row - HEADER_SEARCH_ROWS)
        below = _table_below(grid, header[3], near, tables[0], findings)
        if below is not None:
            tables.append(below)
            row = below.first_row
    return tables


def find_headings(grid: Grid, layouts: Sequence[SheetLayout], first: int) -> list[tuple[int, SheetLayout]]:
    """Rows from ``first`` on that look like the headings of a form, with the form."""
    found = []
    while (header := _next_header(grid, layouts, first)) is not None:
        found.append((header[1], header[3]))
        first = header[1] + header[2]
    return found


def _next_header(grid: Grid, layouts: Sequence[SheetLayout], first: int) -> Header | None:
    """The first header from a row on; of rows that follow each other, the one that matches best."""
    known = frozenset().union(*(layout.headings for layout in layouts))
    best: Header | None = None
    for row in range(first, grid.height + 1):
        if best and row > best[1] + 2:
            return best
        if may_be_header(grid.row(row), known):
            best = header_at(grid, layouts, row, best[0] if best else 0) or best
    return best


def _top_of_next(table: Table, header: Header) -> int:
    """First row of the part a further header begins; 0 when it only repeats the headings of the table.

    A new part has a total or signature line, or labels of its own, between the two headers.
    """
    row, layout = header[1], header[3]
    between = range(table.first_row, row)
    endings = [at for at in between if is_ending(table.grid.row(at), table.layout.signatures)]
    if endings:
        return endings[-1] + 1
    labels = find_labels(table.grid, row - 1, layout.labels, table.first_row)
    if labels:
        return min(label.place.row for label in labels.values())
    return 0 if layout is table.layout else row


def _table_below(
    grid: Grid, layout: SheetLayout, top: int, first: Table, findings: list[Finding]
) -> Table | None:
    """The table of a further part; what it does not label anew is as at the top of the sheet."""
    outcome = find_table(grid, [layout], top)
    if outcome.value is None:
        return None
    table = outcome.value
    kept = {name: item for name, item in first.identity.items() if name not in _OF_ONE_UNIT}
    missing = {item.label for item in layout.identity if item.field in kept}
    findings.extend(
        finding
        for finding in outcome.findings
        if not (finding.code is codes.IDENTITY_MISSING and finding.params["label"] in missing)
        and finding.code is not codes.NO_VERSION
    )
    stamped = table.stamped or (first.stamped and first.layout is layout)
    return replace(table, identity={**kept, **table.identity}, stamped=stamped)
