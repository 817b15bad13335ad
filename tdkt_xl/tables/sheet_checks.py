"""What a located table shows about how its sheet was handled: columns, rows, filters, merges, stray cells."""

from collections.abc import Iterator
from functools import cached_property

from tdkt_xl.findings import Finding, column_letters
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.tables.cells import is_blank, plain_text
from tdkt_xl.tables.grid import CellValue, Position
from tdkt_xl.tables.locate import Table, is_ending
from tdkt_xl.vietnamese.numbers import read_number
from tdkt_xl.vietnamese.text import comparison_key, tidy


class Body:
    """A table with the rows of its data told from blank ones and from the lines below."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.grid = table.grid
        self.known = frozenset(table.columns.values())

    @cached_property
    def ending(self) -> int:
        """Row of the total or the first signature line; the row after the section when there is none."""
        table = self.table
        rows = range(table.first_row, table.last_row + 1)
        return next(
            (row for row in rows if is_ending(self.grid.row(row), table.layout.signatures)),
            table.last_row + 1,
        )

    @cached_property
    def rows(self) -> list[int]:
        """Rows with data."""
        columns = [at for field, at in self.table.columns.items() if field != "number"]
        return [
            row
            for row in range(self.table.first_row, self.ending)
            if row not in self.table.repeats
            and any(not is_blank(self.grid.value(row, column)) for column in columns)
        ]

    @cached_property
    def filtered_rows(self) -> frozenset[int]:
        """Hidden rows of the table that a filter may bring back."""
        area = self.grid.setup.filtered
        if area is None:
            return frozenset()
        inside = range(max(area.top + 1, self.table.header_row), min(area.bottom, self.table.last_row) + 1)
        return self.grid.hidden_rows.intersection(inside)


def check_sheet(table: Table) -> list[Finding]:
    """Report how the sheet of a table was handled; nothing of it changes what is read.

    May report KT-119 and KT-120 (lists only: a scoring sheet's reader does it), KT-134 … KT-142.
    """
    body = Body(table)
    return [
        *_unread_columns(body),
        *_column_order(table),
        *_merges(body),
        *_filter(body),
        *_blank_rows(body),
        *_stray_numbers(body),
        *_protection(table),
        *(_hidden(body) if table.layout.id != "scores" else ()),
        *(_numbers(body) if table.layout.id != "scores" else ()),
    ]


def _unread_columns(body: Body) -> Iterator[Finding]:
    """Columns beside the known ones: with a heading of their own, or with data and none."""
    table, grid = body.table, body.grid
    header = range(table.header_row, table.header_row + table.header_height)
    width = max((len(grid.row(row)) for row in (*header, *body.rows)), default=0)
    missing = any(column.required and column.field not in table.columns for column in table.layout.columns)
    for column in range(1, width + 1):
        if column in body.known or _under_known_heading(body, header, column):
            continue
        heading = next((text for row in reversed(header) if (text := _text(grid.value(row, column)))), "")
        place = grid.place.at(table.header_row, column)
        if comparison_key(heading) in table.layout.headings:  # a heading given twice, reported as such
            continue
        if heading:
            if not missing:  # else it may be that very column under another name
                yield codes.EXTRA_COLUMN.at(place, found=heading)
            continue
        filled = next((row for row in body.rows if not is_blank(grid.value(row, column))), 0)
        if filled:
            yield codes.NAMELESS_COLUMN.at(place, cell=grid.place.at(filled, column).cell)


def _text(value: CellValue) -> str:
    return tidy(value) if isinstance(value, str) else ""


def _under_known_heading(body: Body, header: range, column: int) -> bool:
    """Tell a column that a merged heading, or merged cells of the data, cover from a known one."""
    rows = {*header, *body.rows}
    return any(
        merge.left < column <= merge.right and merge.left in body.known and merge.top in rows
        for merge in body.grid.merges
    )


def _column_order(table: Table) -> Iterator[Finding]:
    if not table.stamped:
        return
    last = 0
    for column in table.layout.columns:
        at = table.columns.get(column.field, last)
        if at < last:
            place = table.grid.place.at(table.header_row, at)
            yield codes.COLUMN_ORDER.at(place, column=column.heading)
            return
        last = at


def _merges(body: Body) -> Iterator[Finding]:
    table = body.table
    heading_of = {at: table.heading(field) for field, at in table.columns.items()}
    inside = set(body.rows)
    covered: dict[Position, list[int]] = {}
    for (row, _), origin in table.merged.items():
        if row in inside:
            covered.setdefault(origin, []).append(row)
    for (top, left), rows in covered.items():
        text = plain_text(body.grid.value(top, left))
        if text:
            area = f"{column_letters(left)}{top}:{column_letters(left)}{max(rows)}"
            place = body.grid.place.at(top, left)
            yield codes.MERGED_FILLED.at(place, range=area, column=heading_of[left], text=text)


def _filter(body: Body) -> Iterator[Finding]:
    area = body.grid.setup.filtered
    if area is not None and body.filtered_rows:
        place = body.grid.place.at(area.top, area.left)
        yield codes.FILTER_ON.at(place, count=len(body.filtered_rows))


def _blank_rows(body: Body) -> Iterator[Finding]:
    """The first of each run of blank rows between two rows of data."""
    first = min(body.known, default=1)
    for above, below in zip(body.rows, body.rows[1:], strict=False):
        between = [row for row in range(above + 1, below) if row not in body.table.repeats]
        blank = [row for row in between if all(is_blank(cell) for cell in body.grid.row(row))]
        if blank:
            yield codes.BLANK_ROW.at(body.grid.place.at(blank[0], first))


def _stray_numbers(body: Body) -> Iterator[Finding]:
    """Numbers below the table that stand on no total line."""
    grid, table = body.grid, body.table
    number = table.columns.get("number", 0)
    stray = [
        (row, column, cell)
        for row in range(body.ending + 1, table.last_row + 1)
        if not is_ending(grid.row(row), table.layout.signatures)
        for column, cell in enumerate(grid.row(row), start=1)
        if column != number and isinstance(cell, (int, float)) and not isinstance(cell, bool)
    ]
    if stray:
        row, column, value = stray[0]
        shown = plain_text(value).replace(".", ",")
        yield codes.STRAY_NUMBER.at(grid.place.at(row, column), count=len(stray), value=shown)


def _protection(table: Table) -> Iterator[Finding]:
    if table.stamped and table.top == 1 and table.grid.setup.protected is False:
        yield codes.PROTECTION_REMOVED.at(table.grid.place)


def _hidden(body: Body) -> Iterator[Finding]:
    table, grid = body.table, body.grid
    for row in body.rows:
        if row in grid.hidden_rows and row not in body.filtered_rows:
            shown = [table.text(row, field) for field in table.columns if field != "number"]
            text = "; ".join([text for text in shown if text][:3])
            yield codes.HIDDEN_ROW.at(grid.place.at(row, min(body.known)), text=text)
    for field, column in table.columns.items():
        if column in grid.hidden_columns and any(table.text(row, field) for row in body.rows):
            place = grid.place.at(table.header_row, column)
            yield codes.HIDDEN_COLUMN.at(place, column=table.heading(field))


def _numbers(body: Body) -> Iterator[Finding]:
    """Running numbers that do not go on from the row above; a new group may begin with 1 again."""
    table = body.table
    column = table.columns.get("number", 0)
    last_row = last = due = 0
    for row in body.rows if column else ():
        value = _whole(body.grid.value(row, column))
        if value is None:
            continue
        gap = max(row - last_row - 1, 0) if last_row else 0
        due = 1 if value == 1 else due + 1
        if value not in {1, due, last + 1, last + 1 + gap}:
            yield codes.NUMBER_ORDER.at(
                body.grid.place.at(row, column),
                column=table.heading("number"),
                typed=value,
                expected=due,
            )
        last_row, last = row, value


def _whole(value: CellValue) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        number = read_number(value.rstrip(" .")).value
        return int(number) if number is not None and number == int(number) else None
    if isinstance(value, (int, float)):
        return int(value) if value == int(value) else None
    return None
