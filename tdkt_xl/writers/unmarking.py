"""Take our marks out of a workbook: those of an annotated copy and those the Excel button put.

A copy that no other program has saved goes back to the received bytes, part by part. Otherwise marks are
taken away one by one: notes that begin with [TĐ], fills that are still ours, the results sheets, our named
styles; what a note does not tell any more stays as it is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes.copies import FORMER_FILL_UNKNOWN
from tdkt_xl.writers.marks import former_look, is_mark
from tdkt_xl.writers.own_marks import is_ours
from tdkt_xl.writers.package_edit import Package
from tdkt_xl.writers.patch_cells import CellChange, Position, RowKeeper, SheetCells
from tdkt_xl.writers.patch_notes import Note, SheetNotes
from tdkt_xl.writers.patch_sheets import SheetPart, WorkbookSheets
from tdkt_xl.writers.patch_styles import Look, Restyle
from tdkt_xl.writers.patch_undo import drop_record, undo
from tdkt_xl.writers.xml_spans import UNPATCHABLE, refusal_of

_USED_STYLE = re.compile(rb'<(?:\w+:)?(?:c|row|col)\b[^>]*?\s(?:s|style)="(\d+)"')


@dataclass(frozen=True, slots=True)
class Unmarked:
    """The workbook without marks; ``exact`` when every part has its received bytes again."""

    content: bytes
    notes: int
    sheets: int
    exact: bool


def take_marks_away(content: bytes, file: str, results: Collection[str]) -> Outcome[Unmarked]:
    """Take the marks out of an .xlsx or .xlsm workbook; ``results`` are the names of its results sheets.

    Findings: KT-187 for a cell whose former fill is not known any more; without a value KT-180 … KT-182.
    """
    try:
        package = Package(content)
        book = WorkbookSheets(package)
        notes = _our_notes(package, book)
        count = sum(len(found) for _, found in notes)
        if undo(package):
            return Outcome(Unmarked(package.content(), count, len(results), exact=True))
        findings = _take_away(package, book, notes, file)
        for sheet in book.sheets:
            if sheet.name in results:
                book.remove(sheet)
        drop_record(package, book)
        return Outcome(Unmarked(package.content(), count, len(results), exact=False), tuple(findings))
    except UNPATCHABLE as fault:
        return Outcome(None, (refusal_of(fault, file),))


def _our_notes(package: Package, book: WorkbookSheets) -> list[tuple[SheetPart, list[Note]]]:
    found = []
    for sheet in book.sheets:
        if sheet.part:
            ours = [note for note in SheetNotes(package, sheet.part).notes if is_ours(note.text)]
            found.append((sheet, ours))
    return [(sheet, ours) for sheet, ours in found if ours]


def _take_away(
    package: Package, book: WorkbookSheets, notes: list[tuple[SheetPart, list[Note]]], file: str
) -> list[Finding]:
    """Take notes and fills away, then our named styles unless a cell of somebody else uses them."""
    findings: list[Finding] = []
    ours = book.styles.mark_formats()
    left = sum(_uses(package, sheet, ours) for sheet in book.sheets)
    for sheet, found in notes:
        rows = frozenset(note.position[0] for note in found)
        cells = SheetCells(package.xml(sheet.part, RowKeeper(rows)))
        changes: dict[Position, Look] = {}
        for note in found:
            style = cells.style_at(note.position)
            look = former_look(note.text)
            if look is None:
                place = Place(file, sheet.name, *note.position)
                findings.append(FORMER_FILL_UNKNOWN.at(place))
            elif look.fill.kind != "other" and is_mark(book.styles.fill_of(style)):
                changes[note.position] = look
                left -= style in ours
        bare = {at for at, look in changes.items() if look.absent and cells.is_bare(at)}
        restored = {
            at: CellChange(style=Restyle(look=look)) for at, look in changes.items() if at not in bare
        }
        cells.change(restored, book.styles.restyled)
        cells.remove_bare(bare)
        SheetNotes(package, sheet.part).take_away(found)
    if not left:
        book.styles.drop_mark_styles()
    return findings


def _uses(package: Package, sheet: SheetPart, formats: frozenset[int]) -> int:
    """How many cells, rows and columns of a sheet have one of the formats."""
    if not formats:
        return 0
    found = _USED_STYLE.findall(package.read(sheet.part) or b"") if sheet.part else []
    return sum(int(number) in formats for number in found)
