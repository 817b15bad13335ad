"""Change a received workbook in a copy: the named cells, notes and sheets, and not one byte else.

Takes the bytes of an .xlsx or .xlsm file that passed the gate. What openpyxl or another library would drop
when it saves (x14 dropdowns, pictures, printer settings, macros, form buttons) is never touched, because
the parts are changed by splicing their bytes. A signed workbook and one in Strict form are refused.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes.copies import CELL_NOT_PATCHED
from tdkt_xl.writers.package_edit import Package
from tdkt_xl.writers.patch_cells import (
    CellChange,
    CellContent,
    NewValue,
    Position,
    RowKeeper,
    SheetCells,
    area_of,
)
from tdkt_xl.writers.patch_notes import Note, SheetNotes
from tdkt_xl.writers.patch_sheets import SheetPart, WorkbookSheets
from tdkt_xl.writers.patch_styles import Look, Restyle
from tdkt_xl.writers.patch_undo import put_record
from tdkt_xl.writers.xml_spans import UNPATCHABLE, Element, XmlPart, refusal_of


@dataclass
class _SheetChanges:
    cells: dict[Position, CellChange] = field(default_factory=dict)
    notes: dict[Position, str] = field(default_factory=dict)


def open_patch(content: bytes, file: str) -> "Outcome[BookPatch]":
    """Begin to change a copy of a workbook shown to people as ``file``.

    Findings, with no value: KT-180 (signed), KT-181 (Strict form), KT-182 (odd structure).
    """
    try:
        return Outcome(BookPatch(content, file))
    except UNPATCHABLE as fault:
        return Outcome(None, (refusal_of(fault, file),))


class BookPatch:
    """Changes asked for one workbook; nothing happens before ``finish``.

    A change is asked for at the place of a cell; its file name is not looked at.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self._package = Package(content)
        self._file = file
        self._book = WorkbookSheets(self._package)
        self._changes: dict[str, _SheetChanges] = {}
        self._new_sheet: tuple[bytes, str] | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets in their order, chart sheets included."""
        return tuple(sheet.name for sheet in self._book.sheets)

    def notes(self, sheet: str) -> tuple[Note, ...]:
        """Notes a sheet holds; of a threaded comment, the note older versions of Excel show."""
        return SheetNotes(self._package, self._sheet(sheet).part).notes

    def anchors(self, sheet: str) -> Callable[[Position], Position]:
        """From a cell to the one that shows what it holds: the first of a merged area, else itself."""
        content = self._package.read(self._sheet(sheet).part) or b""
        return SheetCells(XmlPart(content, RowKeeper(frozenset()))).anchor

    def looks(self, sheet: str, positions: Collection[Position]) -> dict[Position, Look]:
        """What marks would hide of cells, in reading order."""
        content = self._package.read(self._sheet(sheet).part) or b""
        cells = SheetCells(XmlPart(content, RowKeeper(frozenset(row for row, _ in positions))))
        look_of = self._book.styles.look_of
        return {
            at: replace(look_of(cells.style_at(at)), absent=cells.cell(at) is None)
            for at in sorted(positions)
        }

    def set_value(self, place: Place, content: CellContent, *, drop_formula: bool = False) -> None:
        """Ask for the value of a cell; text is stored as text whatever it looks like, None empties the cell.

        A number in a cell formatted as text gets the General format, or Excel would go on taking it for
        text. ``finish`` keeps the cell and reports KT-183 when it holds a formula (unless ``drop_formula``,
        and even then when other cells share it), lies inside a merged area, holds text in several formats,
        or is a heading of an Excel table.
        """
        self._cell(place).value = NewValue(content, drop_formula)

    def set_result(self, place: Place, result: Decimal) -> None:
        """Ask for another stored result of a formula, which stays; see ``recalculate_when_opened``."""
        self._cell(place).result = result

    def recalculate_when_opened(self) -> None:
        """Ask Excel to compute all formulas anew when it opens the copy: their results are from before."""
        self._book.recalculate_when_opened()

    def restyle(self, place: Place, change: Restyle) -> None:
        """Ask for a clone of the cell's own style with another fill, font or number format."""
        self._cell(place).style = change

    def add_note(self, place: Place, text: str) -> None:
        """Ask for a note on a cell that has none (see ``notes``)."""
        self._of(place.sheet).notes[place.row, place.column] = text

    def add_sheet(self, source: bytes, name: str) -> None:
        """Ask for the first sheet of a workbook written by writers/book.py, as the last sheet."""
        self._new_sheet = (source, name)

    def _of(self, sheet: str) -> _SheetChanges:
        self._sheet(sheet)
        return self._changes.setdefault(sheet, _SheetChanges())

    def _cell(self, place: Place) -> CellChange:
        return self._of(place.sheet).cells.setdefault((place.row, place.column), CellChange())

    def _sheet(self, name: str) -> SheetPart:
        found = self._book.find(name)
        if found is None:
            msg = f"no worksheet {name!r}"
            raise LookupError(msg)
        return found

    # ---- result

    def finish(self, *, record: bool = False) -> Outcome[bytes]:
        """Make the changed workbook; with ``record`` also the way back to the received bytes.

        Findings beside a value: KT-183 for each cell that had to be kept; without one: KT-182.
        """
        kept: list[Finding] = []
        try:
            self._apply(kept)
            if record:
                put_record(self._package, self._book.main)
            return Outcome(self._package.content(), tuple(kept))
        except UNPATCHABLE as fault:
            return Outcome(None, (refusal_of(fault, self._file),))

    def _apply(self, kept: list[Finding]) -> None:
        lost: dict[str, set[str]] = {}
        for name, changes in self._changes.items():
            sheet = self._sheet(name)
            rows = frozenset(row for row, _ in changes.cells)
            cells = SheetCells(self._package.xml(sheet.part, RowKeeper(rows)))
            kept += self._refuse_values(sheet, cells, changes)
            self._as_numbers(cells, changes)
            gone = cells.change(changes.cells, self._restyled)
            lost[self._book.sheet_id(sheet)] = {place.cell or "" for place in _places(name, gone)}
            SheetNotes(self._package, sheet.part).add(changes.notes)
        if self._new_sheet:
            self._book.add_last(*self._new_sheet)
        self._book.finish_styles()
        self._book.forget_formulas(lost)

    def _as_numbers(self, cells: SheetCells, changes: _SheetChanges) -> None:
        """Take the text format, or the apostrophe, from cells that get a number."""
        for position, change in changes.cells.items():
            if change.value is None or isinstance(change.value.content, (str, bool, type(None))):
                continue
            if self._book.link("styles") is None:
                return
            plain = self._book.styles.format_for_numbers(cells.style_at(position))
            if plain is not None:
                change.style = replace(change.style, number_format=plain)

    def _restyled(self, index: int, change: Restyle) -> int:
        return index if change == Restyle() else self._book.styles.restyled(index, change)

    def _refuse_values(self, sheet: SheetPart, cells: SheetCells, changes: _SheetChanges) -> list[Finding]:
        """Withdraw the values that cannot be set, and report them."""
        headings = self._table_headings(sheet)
        findings = []
        for position, change in changes.cells.items():
            if change.value is None:
                continue
            reason = cells.refusal(position, change.value)
            if any(top == position[0] and left <= position[1] <= right for top, left, right in headings):
                reason = "ô là tên cột của một bảng Excel"
            if self._has_runs(cells.cell(position)):
                reason = "chữ trong ô có nhiều kiểu định dạng"
            if reason:
                change.value = None
                place = Place(self._file, sheet.name, *position)
                findings.append(CELL_NOT_PATCHED.at(place, reason=reason))
        return findings

    def _has_runs(self, cell: Element | None) -> bool:
        """Tell a text whose letters do not all look the same: another text would lose that."""
        if cell is None:
            return False
        text, link = cell.first("is"), self._book.link("sharedStrings")
        value = cell.first("v")
        if cell.attributes.get("t") == "s" and value is not None and link is not None:
            text = self._package.xml(link.target).root.all("si")[int(value.text)]
        return text is not None and text.first("r") is not None

    def _table_headings(self, sheet: SheetPart) -> list[tuple[int, int, int]]:
        """Row, first and last column of the headings of each Excel table, which Excel keeps twice."""
        tables = [link.target for link in self._package.links(sheet.part) if link.kind == "table"]
        roots = [self._package.xml(target).root for target in tables]
        shown = [root for root in roots if root.attributes.get("headerRowCount", "1") != "0"]
        areas = [area_of(root.attributes.get("ref", "")) for root in shown]
        return [(area[0][0], area[0][1], area[1][1]) for area in areas if area]


def _places(sheet: str, positions: list[Position]) -> list[Place]:
    return [Place("", sheet, *position) for position in positions]
