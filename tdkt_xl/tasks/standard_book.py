"""Read the sheets of a workbook that is kept in a standard form of ours, by name or by headings."""

from collections.abc import Iterable, Mapping

from tdkt_xl.domain.periods import Period, find_period
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import files
from tdkt_xl.findings.codes.master import UNKNOWN_REFERENCE
from tdkt_xl.schemas.lists import check_lists
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.layout import WorkbookLayout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import find_table
from tdkt_xl.vietnamese.text import comparison_key

Rows = Mapping[str, list[ListRow]]
"""Rows of a standard workbook by sheet identifier."""


def read_sheets(
    book: ReceivedBook, layout: WorkbookLayout, findings: list[Finding]
) -> dict[str, list[ListRow]]:
    """Read every sheet of the layout that the workbook holds, checked as lists.

    A sheet is known by its name, else by its headings. One known by name that lacks its headings reads as
    empty, with KT-115 for each. May report KT-11x, KT-201 … KT-206 and KT-221 … KT-225.
    """
    by_name = {comparison_key(sheet.name): sheet for sheet in layout.sheets}
    found: dict[str, list[ListRow]] = {}
    for grid in book.grids:
        named = by_name.get(comparison_key(grid.sheet))
        candidates = [named] if named else [sheet for sheet in layout.sheets if sheet.id not in found]
        table = find_table(grid, candidates)
        if table.value is None and named and named.id not in found:
            # The sheet is there by name; what it lacks is its headings.
            found[named.id] = []
            findings += [
                files.COLUMN_MISSING.at(grid.place, column=column.heading)
                for column in named.columns
                if column.required
            ]
        if table.value is None or table.value.layout.id in found:
            continue
        findings += table.findings
        found[table.value.layout.id] = read_rows(table.value, layout.choices, findings)
    findings += check_lists(found.values())
    return found


def read_period(row: ListRow, findings: list[Finding], field: str = "period") -> Period | None:
    """Read a period from a cell; None when blank or unreadable (KT-127 then)."""
    period = find_period(row.text(field))
    if period is None and row.text(field):
        findings.append(files.PERIOD_UNREADABLE.at(row.place(field), text=row.text(field)))
    return period


def check_references(
    rows: Iterable[ListRow], field: str, known: Iterable[str], sheet: str, findings: list[Finding]
) -> None:
    """Report each value of a column that is no code of the sheet it refers to (KT-306)."""
    allowed = set(known)
    for row in rows:
        code = row.text(field)
        if code and code not in allowed:
            column = row.table.heading(field)
            findings.append(UNKNOWN_REFERENCE.at(row.place(field), column=column, text=code, sheet=sheet))
