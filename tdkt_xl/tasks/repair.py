"""tdkt repair: say every change that is safe to make, then make them in copies, each change recorded."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, count
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, Outcome, Place, Severity, in_reading_order
from tdkt_xl.findings.codes import between_sheets, cells, copies
from tdkt_xl.findings.codes.machine import CHANGED_MEANWHILE
from tdkt_xl.findings.render import as_records, say
from tdkt_xl.readers.folder import ReceivedFile, find_workbooks
from tdkt_xl.readers.received import reader_for
from tdkt_xl.readers.sniff import Kind
from tdkt_xl.tables.cells import plain_text
from tdkt_xl.tables.grid import CellValue, Grid, Position, ReceivedBook
from tdkt_xl.tables.hidden_texts import check_hidden_texts
from tdkt_xl.tables.old_text import restore_book
from tdkt_xl.tasks.annotate import extension_of, kind_of
from tdkt_xl.tasks.checked_files import check_files
from tdkt_xl.tasks.other_books import holds_master_data
from tdkt_xl.tasks.repair_rules import NUMBERS, RULES
from tdkt_xl.tasks.round import Progress
from tdkt_xl.tasks.submissions import interpret, is_own_output
from tdkt_xl.vietnamese.legacy import unicode_font
from tdkt_xl.writers.patch_styles import Restyle
from tdkt_xl.writers.patching import BookPatch, open_patch
from tdkt_xl.writers.publish import carry_origin, publish

FOLDER = "da-sua"
SUFFIX = " (đã sửa)"
_MOST_ROUNDS = 500
"""A repair may uncover the next (each running number that follows a wrong one); mostly two or three do."""
_REPAIRED = frozenset({*RULES, *NUMBERS})
_NO_COPY = frozenset(
    {
        copies.NOT_REPAIRED,
        copies.SIGNED_BOOK,
        copies.STRICT_BOOK,
        copies.CANNOT_PATCH,
        CHANGED_MEANWHILE,
    }
)
_TOTALS = frozenset(
    {
        between_sheets.SUBTOTAL_WRONG,
        between_sheets.TOTAL_WRONG,
        between_sheets.SUMMARY_DIFFERS,
        between_sheets.RANK_WRONG,
    }
)
"""Findings about a number a formula may have computed; each tells the right one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: what it holds, what it shall hold, and the findings this answers, by their codes."""

    place: Place
    before: str
    after: str | Decimal
    codes: tuple[str, ...]
    font: str = ""
    """The Unicode font the cell gets in place of one of an old encoding."""
    formula: bool = False
    """True when the cell keeps its formula and only the stored result is brought up to date."""


@dataclass(frozen=True)
class FileRepair:
    """A received file with the changes that are safe; ``findings`` tell what must be left to people."""

    name: str
    path: Path
    sha256: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...] = ()
    copy: Path | None = None
    """Where the repaired copy was written."""

    @property
    def can_be_copied(self) -> bool:
        """Tell whether nothing stands in the way of a copy."""
        return not any(finding.code in _NO_COPY for finding in self.findings)


@dataclass(frozen=True)
class Repairs:
    """A preview, or what was done: every file with something to say about it."""

    files: tuple[FileRepair, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Finding, ...] = ()
    """Those of ``findings`` that say why a file or folder could not be looked at."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, file by file, in sheet order."""
        return tuple(change for file in self.files for change in file.changes)

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The copies written."""
        return tuple(file.copy for file in self.files if file.copy)

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt repair --json``, also written beside the copies."""
        return {
            "files": [
                {
                    "path": file.name,
                    "sha256": file.sha256,
                    "copy": file.copy.name if file.copy else None,
                    "changes": [
                        {
                            "sheet": change.place.sheet,
                            "cell": change.place.cell,
                            "before": change.before,
                            "after": say(change.after),
                            "codes": list(change.codes),
                            "formula": change.formula,
                        }
                        for change in file.changes
                    ],
                }
                for file in self.files
            ],
            "findings": as_records(self.findings),
        }


# ---- preview


def plan_repairs(paths: Sequence[Path], master: Master, progress: Progress | None = None) -> Repairs:
    """Find every safe change in the received files; nothing is written.

    A change is safe when one reading only is possible and the meaning stays: see ``repair_rules``. Results
    of ours and master data are passed over. Findings: those of a file that cannot be read or a
    folder without workbooks, KT-150 for a format whose copy cannot be written, KT-183 for cells to be
    changed by hand. Raises TdktError KT-801.
    """
    received, found = find_workbooks(paths)
    files: list[FileRepair] = []
    unread = [finding for finding in found if finding.severity is Severity.ERROR]
    with reader_for() as reader:
        for done, (file, outcome) in enumerate(zip(received, reader.read(received), strict=True), start=1):
            if outcome.value is None:
                unread += outcome.findings
            elif not is_own_output(outcome.value):
                files.append(_plan(file, outcome.value, master))
            if progress:
                progress(done, len(received), file.name)
    told = [file for file in files if file.changes or file.findings]
    said = (finding for file in told for finding in file.findings)
    return Repairs(tuple(told), (*unread, *said), tuple(unread))


def _plan(file: ReceivedFile, book: ReceivedBook, master: Master) -> FileRepair:
    plan = FileRepair(file.name, file.path, book.sha256, ())
    if holds_master_data(book):
        return plan
    settled = _Settled(file, book, master)
    if not settled.changes:
        return plan
    content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != book.sha256:
        return replace(plan, findings=(CHANGED_MEANWHILE.at(Place(file.name)),))
    kind = kind_of(content)
    if kind is not Kind.XLSX:
        note = copies.NOT_REPAIRED.at(Place(file.name), content=kind.value, count=len(settled.changes))
        return replace(plan, changes=settled.changes, findings=(note,))
    outcome = _patched(content, file.name, settled.changes)
    kept = {finding.place for finding in outcome.findings if finding.code is copies.CELL_NOT_PATCHED}
    left = _Settled(file, book, master, kept).changes if kept else settled.changes
    return replace(plan, changes=left, findings=outcome.findings)


class _Settled:
    """All changes of a workbook that follow from each other: repair, look again, until nothing is left.

    Cells in ``kept`` are left alone. A repaired number makes totals computed by a formula out of date: the
    stored result is brought up to date too, so that the copy does not look wrong until Excel opens it.
    """

    def __init__(
        self, file: ReceivedFile, book: ReceivedBook, master: Master, kept: Collection[Place] = ()
    ) -> None:
        self._file, self._master, self._kept = file, master, kept
        self._made: dict[Place, Change] = {}
        self._book = book
        self._repair()
        if any(isinstance(change.after, Decimal) for change in self._made.values()):
            self._recalculate(book)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes in sheet order."""
        return tuple(self._made[place] for place in sorted(self._made))

    def _repair(self) -> None:
        for _ in range(_MOST_ROUNDS):
            found: list[Finding] = []
            restored = restore_book(self._book, found)
            found += check_hidden_texts(restored.grids)
            interpret(restored, self._master, found)
            new = _changes(self._book, restored, found)
            if not self._take(change for change in new if change.place not in self._kept):
                break

    def _take(self, changes: Iterable[Change]) -> bool:
        """Make changes in the book as it will be read from the copy; tell whether there were any."""
        new = list(changes)
        self._book = replace(self._book, grids=tuple(_changed(grid, new) for grid in self._book.grids))
        for change in new:
            first = self._made.get(change.place, change)
            codes = tuple(dict.fromkeys((*first.codes, *change.codes)))
            font = first.font or change.font
            self._made[change.place] = replace(change, before=first.before, codes=codes, font=font)
        return bool(new)

    def _recalculate(self, received: ReceivedBook) -> None:
        """Bring results of formulas up to date that only the repaired numbers made wrong."""
        wrong = {finding.place for finding in self._totals(received)}
        while new := [finding for finding in self._totals(self._book) if finding.place not in wrong]:
            wrong |= {finding.place for finding in new}
            self._take(self._result(finding) for finding in new if self._is_formula(finding.place))

    def _totals(self, book: ReceivedBook) -> list[Finding]:
        files, _ = check_files([(self._file, Outcome(book))], self._master)
        return [finding for file in files for finding in file.findings if finding.code in _TOTALS]

    def _grid(self, place: Place) -> Grid:
        return next(grid for grid in self._book.grids if grid.sheet == place.sheet)

    def _is_formula(self, place: Place) -> bool:
        return (place.row, place.column) in self._grid(place).formulas

    def _result(self, finding: Finding) -> Change:
        place = finding.place
        before = plain_text(self._grid(place).value(place.row, place.column)).replace(".", ",")
        result = Decimal(str(finding.params["computed"]))
        return Change(place, before, result, (cells.NUMBER_AS_TEXT.id,), formula=True)


def _changes(book: ReceivedBook, restored: ReceivedBook, findings: Iterable[Finding]) -> list[Change]:
    """The changes the findings call for, those of one cell put together."""
    by_place: dict[Place, list[Finding]] = {}
    told = in_reading_order(findings)
    dragged = {_column(one.place) for one in told if one.code is cells.DRAGGED_TEXT}
    for finding in told:
        if finding.code is cells.NUMBER_AS_TEXT and _column(finding.place) in dragged:
            continue  # 4.8, 4.9, 4.10: whether any of them is meant is for the sender to say
        if finding.code in _REPAIRED and finding.place.cell:
            by_place.setdefault(finding.place, []).append(finding)
    read = {grid.sheet: grid for grid in restored.grids}
    stored = {grid.sheet: grid for grid in book.grids}
    made = (_change(place, own, stored[place.sheet], read[place.sheet]) for place, own in by_place.items())
    return [change for change in made if change is not None]


def _column(place: Place) -> tuple[str, int]:
    return place.sheet, place.column


def _change(place: Place, findings: Sequence[Finding], stored: Grid, read: Grid) -> Change | None:
    at = place.row, place.column
    before = stored.value(*at)
    if isinstance(before, str):
        value, codes = _corrected(str(read.value(*at)), findings)
        font = stored.fonts.get(at, "")
        own_font = unicode_font(font) if font else ""
        return None if value == before else Change(place, before, value, codes, own_font)
    numbers = [finding for finding in findings if finding.code in NUMBERS]
    if not numbers or isinstance(before, bool) or not isinstance(before, (int, float)):
        return None
    shown = repr(before).removesuffix(".0").replace(".", ",")
    return Change(place, shown, NUMBERS[numbers[-1].code](numbers[-1]), (numbers[-1].code.id,))


def _corrected(text: str, findings: Sequence[Finding]) -> tuple[str | Decimal, tuple[str, ...]]:
    """A text after every rule its findings call for, and their codes."""
    value: str | Decimal = text
    codes: list[str] = []
    for code, rule in RULES.items():
        for finding in findings:
            meant = rule(finding, value) if finding.code is code and isinstance(value, str) else None
            if meant is not None:
                value = meant
                codes.append(code.id)
    return value, tuple(dict.fromkeys(codes))


def _changed(grid: Grid, changes: Iterable[Change]) -> Grid:
    """The sheet as it will be read from the copy."""
    own = {(one.place.row, one.place.column): one for one in changes if one.place.sheet == grid.sheet}
    if not own:
        return grid
    values: dict[Position, CellValue] = {
        at: float(one.after) if isinstance(one.after, Decimal) else one.after for at, one in own.items()
    }
    fonts = {at: font for at, font in grid.fonts.items() if at not in own}
    return replace(grid.with_values(values), fonts=fonts)


# ---- copies


def apply_repairs(plan: Repairs, out: Path) -> Repairs:
    """Write a copy "<tên> (đã sửa)" of every file with changes to ``out/da-sua``; the originals stay.

    Returns the plan with the copies written. Findings besides those of the plan: KT-811 for a file that
    changed since. Raises TdktError KT-803.
    """
    taken = {file.path.resolve() for file in plan.files}
    files = [_write(file, out, taken) if file.changes and file.can_be_copied else file for file in plan.files]
    said = (finding for file in files for finding in file.findings)
    return Repairs(tuple(files), (*plan.unread, *said), plan.unread)


def _write(file: FileRepair, out: Path, taken: set[Path]) -> FileRepair:
    content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        return replace(file, findings=(*file.findings, CHANGED_MEANWHILE.at(Place(file.name))))
    outcome = _patched(content, file.name, file.changes)
    if outcome.value is None:  # said so by the plan
        return file
    copy, notes = publish(outcome.value, _target(file.name, content, out, taken))
    carry_origin(file.path, copy)
    return replace(file, copy=copy, findings=(*file.findings, *notes))


def _target(name: str, content: bytes, out: Path, taken: set[Path]) -> Path:
    """Where a copy goes: never over a received file, nor over the copy of another."""
    own = Path(name)
    stem, suffix = own.stem.removesuffix(SUFFIX), extension_of(content, own.suffix)
    numbers = chain([""], (f" ({number})" for number in count(2)))
    names = (f"{stem}{number}{SUFFIX}{suffix}" for number in numbers)
    target = next(path for one in names if (path := out / FOLDER / own.parent / one).resolve() not in taken)
    taken.add(target.resolve())
    return target


def _patched(content: bytes, name: str, changes: Sequence[Change]) -> Outcome[bytes]:
    """The bytes of the copy; without a value when no copy of this workbook can be written safely."""
    opened = open_patch(content, name)
    if opened.value is None:
        return Outcome(None, opened.findings)
    for change in changes:
        _ask(opened.value, change)
    if any(isinstance(change.after, Decimal) for change in changes):
        opened.value.recalculate_when_opened()
    return opened.value.finish()


def _ask(patch: BookPatch, change: Change) -> None:
    if change.formula and isinstance(change.after, Decimal):
        patch.set_result(change.place, change.after)
    else:
        patch.set_value(change.place, change.after)
    if change.font:
        patch.restyle(change.place, Restyle(font=change.font))
