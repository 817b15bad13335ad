"""Write the master-data workbook from tables of text."""

from collections.abc import Mapping, Sequence
from datetime import date

from tdkt_xl.tables.layout import Column, load_layout
from tdkt_xl.vietnamese.numbers import read_number
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.office_choices import offer_office_choices

Table = Sequence[Mapping[str, str]]
_SPARE_ROWS = 20


def typed_value(column: Column, text: str) -> object:
    """A text of a starter table as the value its column holds; text that is none stays text."""
    if not text:
        return None
    if column.type in {"number", "score"}:
        value = read_number(text).value
        return text if value is None else value
    if column.type == "integer":
        return int(text) if text.isdigit() else text
    if column.type == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def build_master_book(tables: Mapping[str, Table], organisation: Organisation) -> bytes:
    """Build danh-muc.xlsx: one sheet per table given, in the layout's order."""
    layout = load_layout("danh-muc")
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            if sheet.id not in tables:
                continue
            rows = [
                {column.field: typed_value(column, row.get(column.field, "")) for column in sheet.columns}
                for row in tables[sheet.id]
            ]
            tones = ["group" if str(row.get("kind", "")).startswith("Nhóm") else "" for row in rows]
            spare = 0 if sheet.id == "parameters" else _SPARE_ROWS
            written = write_list(book, layout, sheet, ListContent(rows, tones=tones, spare_rows=spare))
            if sheet.id == "office_rules":
                codes = list(dict.fromkeys(row["code"] for row in tables.get("clusters", ())))
                offer_office_choices(written, sheet, rows, codes, spare)
        return book.content()
