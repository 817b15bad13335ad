"""Write any list-shaped sheet from its layout: heading, table, drop-downs, protection, signatures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tdkt_xl.tables.layout import Column, SheetLayout, WorkbookLayout
from tdkt_xl.writers.book import (
    Book,
    header_row,
    lines_needed,
    set_up_page,
    write_heading_block,
    write_identity,
    write_signatures,
)

_STYLE_OF_TYPE = {
    "score": "score",
    "number": "number",
    "integer": "whole",
    "money": "money",
    "date": "date",
    "code": "text_center",
    "flag": "text_center",
    "award": "text_center",
}
_CENTRED = frozenset(
    {"number", "cell", "row", "code", "severity", "rank", "tied", "cluster", "period", "band"}
)
_TALLEST = 400.0
_LONGEST_CHOICES = 255
_PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "insert_rows": True,
    "delete_rows": True,
}


@dataclass(frozen=True)
class ListContent:
    """What a list sheet shows. ``rows`` map field → value; ``tones`` colour rows by variant name."""

    rows: Sequence[Mapping[str, object]]
    identity: Mapping[str, str] = field(default_factory=dict)
    subtitle: str = ""
    tones: Sequence[str] = ()
    spare_rows: int = 0
    """Empty input rows below the data, for a form to fill."""
    office: str = ""
    """Who fills the form, when that is not the organisation's own office."""


def column_style(book: Book, column: Column, *variants: str) -> Any:
    """The shared format of a column's cells."""
    name = _STYLE_OF_TYPE.get(column.type, "text_center" if column.field in _CENTRED else "text")
    return book.style(name, *variants)


def write_table_head(book: Book, sheet: Any, layout: SheetLayout, row: int) -> None:
    """Write widths, headings and the notes that explain columns."""
    for index, column in enumerate(layout.columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(row, index, column.heading, book.style("heading"))
        if column.help:
            sheet.write_comment(row, index, column.help, {"author": "tdkt_xl", "x_scale": 1.5})
    longest = max(len(column.heading) / max(column.width - 1, 4) for column in layout.columns)
    sheet.set_row(row, 18 * max(2, round(longest + 0.9)))


def write_list(
    book: Book, workbook: WorkbookLayout, layout: SheetLayout, content: ListContent, name: str = ""
) -> Any:
    """Write a list sheet and return it; the table starts below the heading block.

    Forms (layouts with input columns) are protected without a password, inputs unlocked.
    """
    sheet = book.add_sheet(name or layout.name)
    book.lists[layout.id] = content.rows
    row = write_heading_block(book, sheet, layout, content.subtitle, content.office)
    write_identity(book, sheet, layout, dict(content.identity), row)
    header = header_row(layout, content.subtitle)
    write_table_head(book, sheet, layout, header)
    first = header + 1
    _write_rows(book, sheet, layout, content, first)
    last = first + len(content.rows) + content.spare_rows - 1
    _add_choices(sheet, workbook, layout, first, max(last, first))
    bottom = write_signatures(book, sheet, layout, max(last, header) + 2)
    set_up_page(sheet, layout, header, bottom)
    sheet.freeze_panes(first, min(3, len(layout.columns) - 1))
    sheet.autofilter(header, 0, max(last, header), len(layout.columns) - 1)
    if any(column.input for column in layout.columns):
        sheet.protect("", _PROTECTION)
    return sheet


def _aside(layout: SheetLayout) -> tuple[Column, ...]:
    """Columns beside the printed ones that nobody fills in."""
    return tuple(column for column in layout.columns[layout.printed_width :] if not column.input)


def _wrapped(layout: SheetLayout) -> list[tuple[str, float]]:
    """Fields and widths of the columns whose texts wrap.

    Columns of our own that are not printed do not: what they hold must not stretch rows on paper.
    """
    aside = _aside(layout)
    return [(column.field, column.width) for column in layout.columns if column not in aside]


def _row_height(wrapped: Sequence[tuple[str, float]], values: Mapping[str, object]) -> float:
    """Height in points: neither Excel nor LibreOffice fits wrapped rows of a file made outside them."""
    lines = 1
    for name, width in wrapped:
        text = values.get(name)
        if type(text) is str and (len(text) > width or "\n" in text):
            lines = max(lines, lines_needed(text, width))
    return min(15.0 * lines + 3, _TALLEST)


def _write_rows(book: Book, sheet: Any, layout: SheetLayout, content: ListContent, first: int) -> None:
    aside = _aside(layout)
    styles = {
        tone: [
            column_style(
                book,
                column,
                *([tone] if tone else ["input"] if column.input else []),
                *(["aside"] if column in aside else []),
            )
            for column in layout.columns
        ]
        for tone in {"", *content.tones}
    }
    fields = [column.field for column in layout.columns]
    wrapped = _wrapped(layout)
    for offset, values in enumerate(content.rows):
        tone = content.tones[offset] if offset < len(content.tones) else ""
        sheet.set_row(first + offset, _row_height(wrapped, values))
        book.put_row(sheet, first + offset, [values.get(name) for name in fields], styles[tone])
    start = first + len(content.rows)
    for row in range(start, start + content.spare_rows):
        for index, column in enumerate(layout.columns):
            style = column_style(book, column, *(["input"] if column.input else []))
            number = row - first + 1 if column.field == "number" and not column.input else None
            book.put(sheet, row, index, number, style)


def _add_choices(sheet: Any, workbook: WorkbookLayout, layout: SheetLayout, first: int, last: int) -> None:
    for index, column in enumerate(layout.columns):
        if column.choices:
            sheet.data_validation(
                first, index, last, index, choice_list(workbook.choices[column.choices], column.heading)
            )


def fit_a_choice_list(values: Iterable[str]) -> bool:
    """Tell whether Excel holds these values in a drop-down typed into the cell."""
    return len(",".join(values)) <= _LONGEST_CHOICES


def choice_list(values: Iterable[str], heading: str) -> dict[str, object]:
    """A drop-down with a Vietnamese message; XlsxWriter refuses lists over 255 characters."""
    return {
        "validate": "list",
        "source": list(values),
        "error_title": "Giá trị ngoài danh sách",
        "error_message": f"Xin chọn một giá trị trong danh sách của cột “{heading}”.",
    }
