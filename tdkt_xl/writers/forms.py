"""Write the empty standard forms: a unit's sheet, a cluster book, the result books."""

from collections.abc import Mapping, Sequence

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.score_sheet import SheetContent, blank_rows, write_score_sheet

_TO_FILL = "……………………"
_SPARE_ROWS = {"summary": 16, "collectives": 16, "individuals": 16}
"""Rows of an empty form: with them, table and signatures fit on one page."""
_MORE_ROWS = 3
"""Rows left free below a filled list."""


def blank_sheet(name: str, catalogue: Catalogue) -> SheetContent:
    """An unfilled scoring sheet of a catalogue."""
    return SheetContent(name, {}, blank_rows(catalogue), subtitle=catalogue.name, office=_TO_FILL)


def build_unit_form(catalogue: Catalogue, organisation: Organisation) -> bytes:
    """Build phieu-cham-diem.xlsx: one empty scoring sheet of a catalogue."""
    layout = load_layout("phieu-cham-diem")
    with Book(layout.title, organisation) as book:
        write_score_sheet(book, layout.sheets[0], blank_sheet(layout.sheets[0].name, catalogue))
        return book.content()


def build_cluster_book(
    identity: Mapping[str, str],
    sheets: Sequence[SheetContent],
    lists: Mapping[str, Sequence[Mapping[str, object]]],
    organisation: Organisation,
    sheet_names: Mapping[str, str] | None = None,
    subtitle: str = "",
) -> bytes:
    """Build a cluster book: summary, one scoring sheet per unit, two proposal lists.

    ``lists`` maps summary, collectives, individuals → rows; ``sheet_names`` renames list sheets, as
    senders do.
    """
    layout = load_layout("so-cum")
    names = sheet_names or {}
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            if sheet.id == "scores":
                for content in sheets:
                    write_score_sheet(book, sheet, content)
                continue
            rows = lists.get(sheet.id, ())
            spare = _MORE_ROWS if rows else _SPARE_ROWS[sheet.id]
            rows_and_room = ListContent(
                rows, identity, subtitle, spare_rows=spare, office=identity.get("cluster", _TO_FILL).upper()
            )
            write_list(book, layout, sheet, rows_and_room, names.get(sheet.id, ""))
        return book.content()


def build_empty_result(layout_id: str, organisation: Organisation) -> bytes:
    """Build an empty result book, so that its columns can be seen and documented."""
    layout = load_layout(layout_id)
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            write_list(book, layout, sheet, ListContent([], spare_rows=5))
        return book.content()
