"""Read the workbook of people, collectives and their history (ho-so-khen-thuong.xlsx)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.domain.units import Register
from tdkt_xl.findings import Finding, Outcome, Place, Severity, TdktError
from tdkt_xl.findings.codes import cells, files, machine, nominations
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.findings.render import message
from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.standard_book import Rows, read_sheets
from tdkt_xl.vietnamese.text import comparison_key

if TYPE_CHECKING:
    from tdkt_xl.domain.people import History
    from tdkt_xl.tasks.people_rows import Interpreted

LAYOUT = load_layout("ho-so-khen-thuong")


@dataclass(frozen=True)
class PeopleBook:
    """The workbook as read: its meaning, its rows, and the awards it names by code."""

    name: str
    history: "History"
    rows: Rows
    records: "Interpreted"
    unused: tuple[str, ...] = ()
    """Sheets that are none of the form's."""


def load_people(path: Path, register: Register) -> Outcome[PeopleBook]:
    """Open, read and check a workbook of people; raises TdktError KT-801 when there is no such file."""
    if not path.is_file():
        raise TdktError(machine.PATH_MISSING, path=str(path))
    received = open_received(path, path.name)
    if received.value is None:
        return Outcome(None, received.findings)
    outcome = read_people(received.value, register)
    return Outcome(outcome.value, (*received.findings, *outcome.findings))


def load_usable(path: Path, register: Register) -> PeopleBook:
    """Load a workbook that nominations may be judged by; raises TdktError KT-757 naming the first error."""
    outcome = load_people(path, register)
    errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    if outcome.value is None or errors:
        first = f"{errors[0].place}: {message(errors[0])}" if errors else ""
        raise TdktError(nominations.PEOPLE_UNUSABLE, path=str(path), count=len(errors), first=first)
    warnings = tuple(finding for finding in outcome.findings if finding.severity is Severity.WARNING)
    return replace(outcome.value, history=replace(outcome.value.history, remarks=warnings))


def read_people(book: ReceivedBook, register: Register) -> Outcome[PeopleBook]:
    """Read and check the whole workbook.

    May report KT-11x, KT-2xx, KT-301, KT-307, KT-325 … KT-342, KT-705, KT-708. A record with a wrong cell
    is left out of the history; the finding says so.
    """
    from tdkt_xl.tasks.people_checks import check_records  # every check of a book comes past this module
    from tdkt_xl.tasks.people_rows import interpret_rows

    findings: list[Finding] = []
    rows = read_sheets(book, LAYOUT, findings)
    findings += [
        files.SHEET_MISSING.at(Place(book.name), expected=sheet.name)
        for sheet in LAYOUT.sheets
        if sheet.id not in rows
    ]
    findings += _codes_missing(rows)
    findings += _samples(book.name, rows)
    records = interpret_rows(rows, register, findings)
    check_records(records, rows)
    return Outcome(
        PeopleBook(book.name, records.history(), rows, records, _unused(book, rows)), tuple(findings)
    )


def _unused(book: ReceivedBook, rows: Rows) -> tuple[str, ...]:
    used = {row.table.grid.sheet for items in rows.values() for row in items}
    names = {comparison_key(LAYOUT.sheet(sheet).name) for sheet in rows}
    return tuple(
        grid.sheet
        for grid in book.grids
        if grid.sheet not in used and comparison_key(grid.sheet) not in names
    )


def _samples(name: str, rows: Rows) -> Iterable[Finding]:
    marked = {
        LAYOUT.sheet(sheet).name: sum(row.text("note").startswith("ví dụ") for row in items)
        for sheet, items in rows.items()
    }
    if any(marked.values()):
        sheets = [sheet for sheet, count in marked.items() if count]
        yield codes.SAMPLE_PEOPLE.at(Place(name), count=sum(marked.values()), sheets=sheets)


def _codes_missing(rows: Rows) -> Iterable[Finding]:
    """In the workbook itself every row names its subject by code; only lists to import may lack it."""
    for sheet, items in rows.items():
        name = "code" if sheet in {"people", "collectives"} else "subject"
        for row in items:
            if not row.text(name) and name not in row.bad:
                yield cells.REQUIRED_TEXT_MISSING.at(
                    row.place(name), column=row.table.layout.column(name).heading
                )
