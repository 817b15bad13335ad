"""An official-looking workbook: fonts, header block, page set-up, safe text (Nghị định 30/2020/NĐ-CP)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from math import ceil
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple

from tdkt_xl.findings import Place
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.tables.page_checks import MOTTO, NATION
from tdkt_xl.writers.content import BookContent
from tdkt_xl.writers.official_worksheet import OfficialWorksheet

FONT = "Times New Roman"
PAGE_NUMBER = f'&C&"{FONT},Regular"&13&P'
"""Header that numbers printed pages at the top, in the middle."""
_DAY_TO_FILL = "ngày …… tháng …… năm ………"
_CREATED = datetime(2023, 1, 1)  # noqa: DTZ001  # a fixed stamp: same content, same bytes; xlsx stores no zone
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_TEXT = 32_767
_BAD_SHEET_NAME = re.compile(r"[\[\]:*?/\\\t\r\n]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours with the result we computed; never built from received text."""

    text: str
    result: Decimal | int | str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: ``url`` in XlsxWriter's form (internal:… or external:…), shown as ``text``."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who issues the workbook, from the master data's parameters."""

    parent: str = ""
    office: str = ""
    place_name: str = ""


_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
_BOX: dict[str, Any] = {**_BASE, "font_size": 11, "border": 1, "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "plain": _BASE,
    "parent": {**_BASE, "align": "center"},
    "office": {**_BASE, "bold": True, "align": "center", "bottom": 0},
    "nation": {**_BASE, "bold": True, "align": "center"},
    "motto": {**_BASE, "font_size": 13, "bold": True, "underline": 1, "align": "center"},
    "title": {**_BASE, "font_size": 14, "bold": True, "align": "center", "text_wrap": True},
    "title_left": {**_BASE, "font_size": 14, "bold": True},
    "subtitle": {**_BASE, "italic": True, "align": "center", "text_wrap": True},
    "stamp": {**_BASE, "font_size": 9, "italic": True, "align": "right", "font_color": "#595959"},
    "label": {**_BASE, "bold": True, "align": "right", "indent": 1},
    "identity": {**_BASE, "bg_color": "#FFF9E5", "locked": False, "bottom": 4, "align": "left"},
    "heading": {**_BOX, "bold": True, "align": "center", "bg_color": "#DCE6F1"},
    "ordinal": {**_BOX, "font_size": 9, "italic": True, "align": "center", "bg_color": "#F2F2F2"},
    "text": _BOX,
    "text_center": {**_BOX, "align": "center"},
    "number": {**_BOX, "align": "center", "num_format": "0.##;-0.##;0"},
    "whole": {**_BOX, "align": "center", "num_format": "0"},
    "score": {**_BOX, "align": "center", "num_format": "0.00"},
    "share": {**_BOX, "align": "center", "num_format": "0.0"},
    "money": {**_BOX, "align": "right", "indent": 1, "num_format": "#,##0"},
    "date": {**_BOX, "align": "center", "num_format": "dd/mm/yyyy"},
    "link": {**_BOX, "font_color": "#0563C1", "underline": 1, "align": "center"},
    "signature": {**_BASE, "font_size": 13, "bold": True, "align": "center", "text_wrap": True},
    "subject": {**_BASE, "align": "center", "valign": "top", "text_wrap": True},
    "addressee": {**_BASE, "font_size": 14, "align": "center"},
    "paragraph": {**_BASE, "align": "justify", "text_wrap": True},
    "receivers_head": {**_BASE, "bold": True, "italic": True},
    "receivers": {**_BASE, "font_size": 11},
    "signature_note": {**_BASE, "italic": True, "align": "center"},
}
_VARIANTS: dict[str, dict[str, Any]] = {
    "input": {"bg_color": "#FFF9E5", "locked": False},
    "strong": {"bold": True},
    "group": {"bold": True, "bg_color": "#EEF3FA"},
    "total": {"bold": True, "bg_color": "#DCE6F1"},
    "error": {"bg_color": "#FBE3E1"},
    "warning": {"bg_color": "#FFF2CC"},
    "good": {"bg_color": "#E5F2E0"},
    "aside": {"text_wrap": False},
}


def safe_text(text: str) -> str:
    """Text a cell can hold: control characters and lone surrogates shown as □, length within Excel's."""
    shown = text if text.isprintable() else _ILLEGAL.sub("□", text)
    kept = _start(shown, _LONGEST_TEXT)
    return kept if len(kept) == len(shown) else _start(shown, _LONGEST_TEXT - 1) + "…"


def cell_text(sheet: Any, row: int, column: int, text: str) -> str:
    """``safe_text`` for a cell (0-based) of a sheet, which remembers it when the text had to change."""
    shown = safe_text(text)
    if shown != text:
        sheet.altered.append((row, column))
    return shown


def _start(text: str, length: int) -> str:
    """The longest start of a text that Excel counts as ``length`` characters: 🏆 is two."""
    if 2 * len(text) <= length:
        return text
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """A legal, unique Excel sheet name close to the text (31 characters, no brackets, colons, slashes …)."""
    base = _start(_BAD_SHEET_NAME.sub(" ", safe_text(text)).strip("' "), 31).rstrip("' ") or "Trang"
    used = {name.casefold() for name in taken}
    name, number = base, 2
    while name.casefold() in used or name.casefold() == "history":
        suffix = f" ({number})"
        name, number = _start(base, 31 - len(suffix)) + suffix, number + 1
    return name


class Book:
    """A workbook in memory; ``content()`` closes it and returns the bytes."""

    def __init__(self, title: str, organisation: Organisation | None = None) -> None:
        self.organisation = organisation or Organisation()
        self._buffer = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 12},
        }
        self.workbook = xlsxwriter.Workbook(self._buffer, options)
        self.workbook.set_properties({"title": title, "author": "tdkt_xl", "created": _CREATED})
        self._formats: dict[tuple[str, ...], Any] = {}
        self._renamed: list[tuple[str, str]] = []
        self.lists: dict[str, Sequence[Mapping[str, object]]] = {}

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def style(self, name: str, *variants: str) -> Any:
        """Return the shared format of a style with variants; formats are never made per cell."""
        key = (name, *variants)
        if key not in self._formats:
            properties = dict(_STYLES[name])
            for variant in variants:
                properties |= _VARIANTS[variant]
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def add_sheet(self, name: str) -> Any:
        """Add a sheet whose name is made legal and unique."""
        taken = [sheet.get_name() for sheet in self.workbook.worksheets()]
        legal = sheet_name(name, taken)
        if sheet_name(name, []) != name:  # a number after a name used before is no change of the name
            self._renamed.append((name, legal))
        return self.workbook.add_worksheet(legal, worksheet_class=OfficialWorksheet)

    def put(self, sheet: Any, row: int, column: int, value: object, style: Any) -> None:
        """Write one value (0-based row and column); received text always stays text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, cell_text(sheet, row, column, value), style)
        elif isinstance(value, bool):
            sheet.write_string(row, column, "Có" if value else "Không", style)
        elif isinstance(value, (Decimal, int, float)):
            sheet.write_number(row, column, float(value), style)
        elif isinstance(value, Formula):
            result = float(value.result) if isinstance(value.result, Decimal) else value.result
            sheet.write_formula(row, column, value.text, style, result)
        elif isinstance(value, Link):
            text = cell_text(sheet, row, column, value.text)
            sheet.write_url(row, column, value.url, self.style("link"), text)
        elif isinstance(value, (date, datetime)):
            sheet.write_datetime(row, column, value, style)
        else:
            msg = f"cannot write {type(value).__name__}"
            raise TypeError(msg)

    def put_row(self, sheet: Any, row: int, values: Sequence[object], styles: Sequence[Any]) -> None:
        """Write a row of values from the first column on: as ``put`` would, at a third of its cost.

        Plain values go straight into XlsxWriter's own table of cells, past the checks it makes for each
        cell of the shapes of its arguments; a test compares the bytes.
        """
        sheet._check_dimensions(row, 0)
        sheet._check_dimensions(row, len(values) - 1)
        cells, shared = sheet.table[row], sheet.str_table
        known = shared.string_table
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            if value is None or value == "":
                cells[column] = CellBlankTuple(style)
            elif type(value) is str:
                if value in known:  # a text in the table is safe already
                    shared.count += 1
                    cells[column] = CellStringTuple(known[value], style)
                else:
                    text = cell_text(sheet, row, column, value)
                    cells[column] = CellStringTuple(shared._get_shared_string_index(text), style)
            elif isinstance(value, Decimal) and value.is_finite():
                cells[column] = CellNumberTuple(float(value), style)
            else:
                self.put(sheet, row, column, value, style)

    def content(self) -> BookContent:
        """Close the workbook and return the file's bytes, with what had to be changed to write it."""
        self.workbook.close()
        content = BookContent(self._buffer.getvalue())
        content.renamed = tuple(self._renamed)
        content.lists = self.lists
        content.altered = tuple(
            Place("", sheet.get_name(), row + 1, column + 1)
            for sheet in self.workbook.worksheets()
            for row, column in getattr(sheet, "altered", ())
        )
        return content


def stored_value(value: object) -> str | float | int | None:
    """What reading the written cell gives back: text as shown, a number, None for a blank one."""
    if value is None:
        return None
    if isinstance(value, str):
        return safe_text(value) or None
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, Formula):
        return stored_value(value.result)
    if isinstance(value, Link):
        return stored_value(value.text)
    if isinstance(value, (date, datetime)):
        return value.strftime("%d/%m/%Y")
    msg = f"cannot write {type(value).__name__}"
    raise TypeError(msg)


def stored_rows(
    rows: Iterable[Mapping[str, object]], fields: Sequence[str]
) -> list[list[str | float | int | None]]:
    """Rows as reading gives them back; a text that comes again is made safe once."""
    known: dict[type, Callable[[Any], str | float | int | None]] = {
        str: lru_cache(maxsize=None)(stored_value),
        Decimal: float,
    }
    usual = known.get
    return [[usual(type(value), stored_value)(value) for value in map(row.get, fields)] for row in rows]


def set_up_page(sheet: Any, layout: SheetLayout, header_row: int, last_row: int) -> None:
    """A4, margins of NĐ 30, one page wide, headings repeated, number centred on top from page 2."""
    sheet.set_paper(9)
    if layout.landscape:
        sheet.set_landscape()
        sheet.set_margins(left=0.79, right=0.6, top=0.79, bottom=0.79)
    else:
        sheet.set_margins(left=1.18, right=0.6, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.repeat_rows(header_row)
    sheet.set_header(PAGE_NUMBER, {}, 0.4)
    sheet.print_area(0, 0, last_row, layout.printed_width - 1)


def split_columns(layout: SheetLayout) -> int:
    """Column index at which the right half of the header block begins: as near the middle as can be."""
    widths = [column.width for column in layout.columns[: layout.printed_width]]
    middle = sum(widths) / 2
    return min(range(1, len(widths)), key=lambda index: abs(sum(widths[:index]) - middle))


def merge(sheet: Any, row: int, first: int, last: int, text: str, style: Any) -> None:
    """Write text over columns ``first`` … ``last`` of a row (merged when more than one)."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, cell_text(sheet, row, first, text), style)


@lru_cache(maxsize=65_536)
def lines_needed(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column of that width (characters of 11 pt)."""
    room = max(width * 1.12, 4)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(part) / room)) for part in text.split("\n"))


def header_row(layout: SheetLayout, subtitle: str = "") -> int:
    """0-based row of the column headings of a sheet written with this subtitle."""
    return 4 + bool(subtitle) + bool(layout.subtitle) + len(layout.identity) + 1


def write_heading_block(
    book: Book, sheet: Any, layout: SheetLayout, subtitle: str = "", office: str = ""
) -> int:
    """Write issuer, nation and motto, title; returns the next free row index.

    ``office`` is who fills the form, when that is not the organisation's own office.
    """
    last, right = layout.printed_width - 1, split_columns(layout)
    organisation = book.organisation
    merge(sheet, 0, 0, right - 1, organisation.parent, book.style("parent"))
    merge(sheet, 1, 0, right - 1, office or organisation.office, book.style("office"))
    merge(sheet, 0, right, last, NATION, book.style("nation"))
    merge(sheet, 1, right, last, MOTTO, book.style("motto"))
    if layout.form:
        merge(sheet, 2, right, last, layout.stamp, book.style("stamp"))
    merge(sheet, 3, 0, last, layout.title, book.style("title"))
    sheet.set_row(3, 24)
    row = 4
    width = sum(column.width for column in layout.columns[: layout.printed_width])
    for line in (subtitle, layout.subtitle):
        if line:
            merge(sheet, row, 0, last, line, book.style("subtitle"))
            sheet.set_row(row, 17 * lines_needed(line, width * 0.9))
            row += 1
    return row


def write_identity(
    book: Book, sheet: Any, layout: SheetLayout, values: dict[str, str], row: int, *, locked: bool = False
) -> int:
    """Write the labelled values, label on the left, value beside it; returns the next free row index."""
    style = book.style("plain") if locked else book.style("identity")
    value_column = 2 if len(layout.columns) > 3 else 1
    last = max(value_column, split_columns(layout) - 1)
    for item in layout.identity:
        merge(sheet, row, 0, value_column - 1, f"{item.label}:", book.style("label"))
        merge(sheet, row, value_column, last, values.get(item.field, ""), style)
        row += 1
    return row


def write_signatures(book: Book, sheet: Any, layout: SheetLayout, row: int) -> int:
    """Write the signature block below the table, kept off the last data row; returns its last row."""
    titles = layout.signatures
    if not titles:
        return row
    width = layout.printed_width
    if layout.dated:
        place = f"{book.organisation.place_name}, " if book.organisation.place_name else ""
        first = width * (len(titles) - 1) // len(titles)
        merge(sheet, row, first, width - 1, f"{place}{_DAY_TO_FILL}", book.style("signature_note"))
        row += 1
    for index, title in enumerate(titles):
        first = width * index // len(titles)
        last = width * (index + 1) // len(titles) - 1
        merge(sheet, row, first, last, title, book.style("signature"))
        merge(sheet, row + 1, first, last, "(Ký, ghi rõ họ tên)", book.style("signature_note"))
    return row + 5
