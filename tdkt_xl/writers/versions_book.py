"""Write chon-ban.xlsx: versions received of one thing beside each other, and where they differ."""

from collections.abc import Mapping, Sequence

from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list


def build_versions_book(
    versions: Sequence[Mapping[str, object]],
    differences: Sequence[Mapping[str, object]],
    organisation: Organisation,
) -> bytes:
    """Build the workbook from the rows of its two sheets, without their running numbers."""
    layout = load_layout("chon-ban")
    with Book(layout.title, organisation) as book:
        for sheet, rows in (("versions", versions), ("differences", differences)):
            numbered = [{"number": number, **row} for number, row in enumerate(rows, start=1)]
            subtitle = "" if rows else "Không có."
            write_list(book, layout, layout.sheet(sheet), ListContent(numbered, subtitle=subtitle))
        return book.content()
