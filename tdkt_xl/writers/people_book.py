"""Write the workbook of people, collectives and their history."""

from collections.abc import Mapping, Sequence

from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list

SPARE_ROWS = 20
"""Free rows below every list, for typing."""


def build_people_book(
    tables: Mapping[str, Sequence[Mapping[str, object]]], organisation: Organisation
) -> bytes:
    """Build ho-so-khen-thuong.xlsx: one sheet per table, in the layout's order; field → value."""
    layout = load_layout("ho-so-khen-thuong")
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            rows = tables.get(sheet.id, ())
            write_list(book, layout, sheet, ListContent(rows, spare_rows=SPARE_ROWS))
        return book.content()
