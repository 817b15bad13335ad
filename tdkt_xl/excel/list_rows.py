"""Write rows into one list of the form that is open in Excel.

Rows that do not fit are inserted inside the table, above its last row: Excel then moves the signatures and
widens print area and filter by itself.
"""

import re
from collections.abc import Mapping, Sequence

from tdkt_xl.excel.calls import as_text
from tdkt_xl.excel.list_form import Part
from tdkt_xl.findings import Place
from tdkt_xl.tables.cells import plain_text
from tdkt_xl.writers.book import lines_needed, safe_text

_LIKE_A_VALUE = re.compile(
    r"(?:true|false)$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg|tháng)\w*[\W_]*\d", re.IGNORECASE
)
_LINE, _MARGIN, _TALLEST, _FONT_SIZE = 15.0, 3.0, 400.0, 11.0

Rows = Sequence[Mapping[str, object]]


def fill_part(part: Part, rows: Rows, subtitle: str) -> list[Place]:
    """Put the rows into one list and empty what is left over of an earlier run.

    Returns the cells whose text Excel could not hold as it was.
    """
    made_here = _row_colour(part) is not None
    last = _make_room(part, len(rows))
    height = last - part.first + 1
    if height < 1:
        return []
    altered = []
    for field, column in part.table.columns.items():
        values = [_cell(row.get(field)) for row in rows]
        texts = [(number, row.get(field)) for number, row in enumerate(rows)]
        altered += [
            Place("", part.sheet.name, part.first + number, column)
            for number, text in texts
            if isinstance(text, str) and safe_text(text) != text
        ]
        values += [None] * (height - len(values))
        part.sheet[part.first - 1, column - 1].resize(height, 1).value = [[value] for value in values]
    _set_heights(part, rows)
    if made_here:
        _recolour(part, rows, height)
    _write_subtitle(part, subtitle)
    return altered


def _make_room(part: Part, count: int) -> int:
    """Insert the rows that lack, looking like the first row of the list; returns its last row."""
    lacking = count - (part.last - part.first + 1)
    if lacking <= 0:
        return part.last
    sheet, first = part.sheet, part.first
    at = max(part.last, first)
    sheet[f"{at}:{at + lacking - 1}"].insert("down")
    new = sheet[f"{at}:{at + lacking - 1}"]
    if part.last < first:  # not one row to take the looks from
        new.clear_formats()
        return at + lacking - 1
    width = len(part.table.grid.row(part.table.header_row))
    model = first if at > first else first + lacking
    sheet[model - 1, 0].resize(1, width).copy(sheet[at - 1, 0].resize(lacking, width))
    new.clear_contents()
    for note in list(sheet.notes):
        if at <= note.location.row < at + lacking:
            note.delete()
    return part.last + lacking


def _cell(value: object) -> object:
    """A value as the cell shall show it: Excel reads a typed “=…”, “1-2” or “TRUE” as something else."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return value
    text = safe_text(value)
    if not text[0].isalpha() or _LIKE_A_VALUE.match(text):
        return f"'{text}"
    return as_text(text)


def _set_heights(part: Part, rows: Rows) -> None:
    """Rows high enough for their texts, at the clerk's own widths and size of letters."""
    columns = part.table.columns
    widths = {field: float(part.sheet[0, at - 1].column_width or 0) for field, at in columns.items()}
    size = part.sheet[part.first - 1, columns["subject"] - 1].font.size or _FONT_SIZE
    scale = float(size) / _FONT_SIZE
    for number, row in enumerate(rows):
        texts = [(row.get(field), width) for field, width in widths.items()]
        lines = max(lines_needed(text, width / scale) for text, width in texts if isinstance(text, str))
        part.sheet[part.first - 1 + number, 0].row_height = min(_LINE * scale * lines + _MARGIN, _TALLEST)


def _row_colour(part: Part) -> tuple[int, int, int] | None:
    """A fill of the first rows that tells a conclusion: then the list was written by us.

    The first row may head the block of an award, which has a colour of its own.
    """
    from tdkt_xl.writers.nominations_book import ROW_COLOURS

    for row in (part.first, part.first + 1):
        colour = part.sheet[row - 1, part.table.columns["subject"] - 1].color
        if colour in ROW_COLOURS.values():
            return colour
    return None


def _recolour(part: Part, rows: Rows, height: int) -> None:
    """Colours that tell a conclusion must tell the new one."""
    from tdkt_xl.writers.nominations_book import BLOCK_COLOUR, ROW_COLOURS, heads_block

    for number in range(height):
        row = rows[number] if number < len(rows) else {}
        colour = ROW_COLOURS.get(str(row.get("outcome"))) or (BLOCK_COLOUR if heads_block(row) else None)
        for column in part.table.columns.values():
            part.sheet[part.first - 1 + number, column - 1].color = colour


def _write_subtitle(part: Part, subtitle: str) -> None:
    """Bring the line of an earlier run up to date; the empty form has none."""
    from tdkt_xl.writers.nominations_book import SUBTITLE_START

    grid = part.table.grid
    for row in range(1, part.table.header_row):
        for column, value in enumerate(grid.row(row), start=1):
            if isinstance(value, str) and plain_text(value).startswith(SUBTITLE_START):
                part.sheet[row - 1, column - 1].value = subtitle
                return
