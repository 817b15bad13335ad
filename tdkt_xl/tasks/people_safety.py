"""Find what of a workbook of people would be lost if it were written again from its records."""

from collections.abc import Iterable

from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.tables.cells import is_blank
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.people_book import PeopleBook


def own_parts(book: PeopleBook) -> list[Finding]:
    """Report KT-344 for sheets, columns and formulas that are not of the form, and for unread cells."""
    findings: list[Finding] = []
    if book.unused:
        parts = f"có trang riêng: {', '.join(book.unused)}"
        findings.append(codes.CANNOT_REWRITE.at(Place(book.name), parts=parts))
    for rows in book.rows.values():
        findings += [codes.CANNOT_REWRITE.at(place, parts=what) for place, what in _own(rows)]
    return findings


def _own(rows: Iterable[ListRow]) -> Iterable[tuple[Place, str]]:
    items = list(rows)
    if not items:
        return
    table, ours = items[0].table, set(items[0].table.columns.values())
    for at, heading in enumerate(table.grid.row(table.header_row), start=1):
        beside = any(not is_blank(table.grid.value(row.row, at)) for row in items)
        if at not in ours and (beside or not is_blank(heading)):
            name = f"“{heading}”" if heading else "không tên"
            yield table.grid.place.at(table.header_row, at), f"có cột riêng {name}"
    formulas = [at for at in table.grid.formulas if at[0] >= table.first_row]
    if formulas:
        count = f" ({len(formulas)} ô)" if len(formulas) > 1 else ""
        yield table.grid.place.at(*min(formulas)), f"có công thức{count}"
