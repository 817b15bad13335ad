"""What changed between two versions of a file, cell by cell, and which findings that settled.

Cells are compared by what they are about (unit, criterion, column), so that inserted rows make nothing else
differ. A change is *asked for* when a finding of the older version stands in its cell (or row), *follows*
when the cell holds a sum, rank or band and a score changed too, is *recalculated* when both versions hold a
formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from tdkt_xl.findings import Finding, Place, column_letters, in_reading_order
from tdkt_xl.findings.codes import between_sheets
from tdkt_xl.findings.render import message
from tdkt_xl.tables.alignment import Alignment, align, is_empty_row
from tdkt_xl.tables.cells import is_blank, plain_text
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tasks.annotate import result_sheets
from tdkt_xl.tasks.meanings import SheetMeaning, meanings_of
from tdkt_xl.tasks.versions import Version
from tdkt_xl.vietnamese.text import comparison_key

_WRONG_SUM = (
    between_sheets.TOTAL_WRONG,
    between_sheets.TOTAL_OMITS_CELL,
    between_sheets.SUMMARY_DIFFERS,
)
_WHOLE_ROW = 8
"""Cells of an added or removed row that are told."""


class Nature(Enum):
    """Why a cell changed, as far as the older version tells; the value is shown to people."""

    ASKED = "Theo yêu cầu"
    FOLLOWS = "Kéo theo"
    RECALCULATED = "Công thức tính lại"
    UNASKED = "Ngoài yêu cầu"


@dataclass(frozen=True, slots=True)
class Change:
    """A changed cell, or a row or sheet that came or went (then one place is None)."""

    old: Place | None
    new: Place | None
    unit: str
    subject: str
    column: str
    before: str
    after: str
    nature: Nature

    @property
    def words(self) -> str:
        """What the cell is about: unit, criterion, column."""
        words = dict.fromkeys((self.unit, self.subject, self.column))  # a unit may be its own subject
        return " · ".join(filter(None, words))

    @property
    def sentence(self) -> str:
        """One line for a console."""
        place = self.new or self.old or Place()
        where = str(Place("", place.sheet, place.row, place.column))
        before, after = (text or "(trống)" for text in (self.before, self.after))
        return f"{self.nature.value} · {where} · {self.words}: {before} → {after}"

    def as_record(self) -> dict[str, object]:
        """The record promised by ``--json``."""
        here = self.new or self.old
        return {
            "sheet": here.sheet if here else None,
            "old_cell": spot_of(self.old),
            "new_cell": spot_of(self.new),
            "unit": self.unit or None,
            "subject": self.subject or None,
            "column": self.column or None,
            "before": self.before,
            "after": self.after,
            "nature": self.nature.name.lower(),
        }


def spot_of(place: Place | None) -> str:
    """The cell or row of a place in words, "" for a whole sheet or none."""
    if place is None:
        return ""
    return place.cell or (f"dòng {place.row}" if place.row else "")


@dataclass
class _SheetPair:
    """A sheet in both versions, with how its rows and columns lie beside each other."""

    old: Grid
    new: Grid
    old_meaning: SheetMeaning
    new_meaning: SheetMeaning
    beside: Alignment = field(init=False)

    def __post_init__(self) -> None:
        self.beside = align(self.old, self.new, self.old_meaning.rows, self.new_meaning.rows)


class Pairs:
    """The sheets of two versions, pair by pair."""

    def __init__(self, old: Version, new: Version) -> None:
        assert old.book is not None
        assert new.book is not None
        self._old, self._new = old, new
        sheets = [_sheets(version) for version in (old, new)]
        both = [key for key in sheets[0] if key in sheets[1]]
        self._pairs = [_SheetPair(*_woven(sheets[0][key], sheets[1][key])) for key in both]
        self._gone = [grid for key, (grid, _) in sheets[0].items() if key not in both]
        self._come = [grid for key, (grid, _) in sheets[1].items() if key not in both]
        self._asked = {
            (item.place.sheet, item.place.row, item.place.column) for item in old.findings if item.place.row
        }

    def changes(self) -> list[Change]:
        """Every change, in the order of the newer version."""
        found = [change for pair in self._pairs for change in self._changes_of(pair)]
        found += [_whole_sheet(grid, came=False) for grid in self._gone]
        found += [_whole_sheet(grid, came=True) for grid in self._come]
        return _with_followers(found, self._pairs)

    def _changes_of(self, pair: _SheetPair) -> list[Change]:
        cells = [
            change
            for old_row, new_row in pair.beside.rows
            for old_column, new_column in pair.beside.columns
            if (change := self._cell(pair, (old_row, old_column), (new_row, new_column)))
        ]
        cells += [
            self._row(pair.old, pair.old_meaning, row, came=False)
            for row in _filled(pair.old, pair.beside.rows_gone)
        ]
        cells += [
            self._row(pair.new, pair.new_meaning, row, came=True)
            for row in _filled(pair.new, pair.beside.rows_come)
        ]
        cells += self._columns(pair)
        cells += self._renamed(pair)
        return sorted(cells, key=lambda item: item.new or item.old or Place())

    def _cell(self, pair: _SheetPair, old: tuple[int, int], new: tuple[int, int]) -> Change | None:
        before, after = _shown(pair.old, *old), _shown(pair.new, *new)
        if _stored(pair.old, *old) == _stored(pair.new, *new):
            return None
        meaning = pair.new_meaning
        formulas = old in pair.old.formulas and new in pair.new.formulas
        nature = Nature.RECALCULATED if formulas else Nature.UNASKED
        if not formulas and {(pair.old.sheet, *old), (pair.old.sheet, old[0], 0)} & self._asked:
            nature = Nature.ASKED
        return Change(
            pair.old.place.at(*old),
            pair.new.place.at(*new),
            meaning.units.get(new[0], meaning.unit),
            meaning.subjects.get(new[0], ""),
            meaning.heading(*new),
            before,
            after,
            nature,
        )

    def _row(self, grid: Grid, meaning: SheetMeaning, row: int, *, came: bool) -> Change:
        place = grid.place.at(row, 0)
        shown = (_shown(grid, row, column) for column in range(1, len(grid.row(row)[:_WHOLE_ROW]) + 1))
        text = " | ".join(filter(None, shown))
        asked = any(sheet == grid.sheet and number == row for sheet, number, _ in self._asked)
        return Change(
            None if came else place,
            place if came else None,
            meaning.units.get(row, meaning.unit),
            meaning.subjects.get(row, ""),
            "(thêm dòng)" if came else "(bỏ dòng)",
            "" if came else text,
            text if came else "",
            Nature.ASKED if asked and not came else Nature.UNASKED,
        )

    def _renamed(self, pair: _SheetPair) -> list[Change]:
        before, after = pair.old.sheet, pair.new.sheet
        if before == after:
            return []
        asked = any(item.place == pair.old.place for item in self._old.findings)
        nature = Nature.ASKED if asked else Nature.UNASKED
        unit = pair.new_meaning.unit
        return [Change(pair.old.place, pair.new.place, unit, "", "(đổi tên trang)", before, after, nature)]

    def _columns(self, pair: _SheetPair) -> list[Change]:
        """Columns of one version only that hold something."""
        found = []
        for grid, columns, came in (
            (pair.old, pair.beside.columns_gone, False),
            (pair.new, pair.beside.columns_come, True),
        ):
            for column in columns:
                shown = [_shown(grid, row, column) for row in range(1, grid.height + 1)]
                text = " | ".join([item for item in shown if item][:_WHOLE_ROW])
                if text:
                    label = f"({'thêm' if came else 'bỏ'} cột {column_letters(column)})"
                    before, after = ("", text) if came else (text, "")
                    found.append(_of_sheet(grid, label, before, after, came=came))
        return found

    # ---- findings

    def findings(self) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
        """Findings settled, left (as they now stand) and new."""
        moved = self._moved()
        new = {_identity(item, item.place): item for item in self._new.findings}
        resolved, remaining = [], []
        for item in self._old.findings:
            match = new.pop(_identity(item, moved.get(_plain(item.place), item.place)), None)
            if match is None:
                resolved.append(item)
            else:
                remaining.append(match)
        return tuple(resolved), tuple(remaining), tuple(in_reading_order(new.values()))

    def _moved(self) -> dict[Place, Place]:
        """Where each cell, row and sheet of the older version stands now."""
        places = {}
        for pair in self._pairs:
            columns = (*pair.beside.columns, (0, 0))
            places[_plain(pair.old.place)] = pair.new.place
            for old_row, new_row in pair.beside.rows:
                for old_column, new_column in columns:
                    places[_plain(pair.old.place.at(old_row, old_column))] = pair.new.place.at(
                        new_row, new_column
                    )
        return places


def _plain(place: Place) -> Place:
    """A place without its file, whose name may differ between versions."""
    return Place("", place.sheet, place.row, place.column)


def _identity(finding: Finding, place: Place) -> tuple[object, ...]:
    """What makes a finding of one version that of the other: its code and cell, else its code and words.

    A sum that is wrong stays that fault when only what explains it was mended.
    """
    what = "a wrong sum" if finding.code in _WRONG_SUM else finding.code.id
    return what, _plain(place), "" if place.cell else message(finding)


def _sheets(version: Version) -> dict[object, tuple[Grid, SheetMeaning]]:
    """Sheets by what they are; of two that are the same thing, and of sheets of no form, by their names."""
    assert version.book is not None
    meanings, ours = meanings_of(version.submission), result_sheets(version.book)
    found: dict[object, tuple[Grid, SheetMeaning]] = {}
    for grid in version.book.grids:
        if grid.sheet in ours:
            continue
        meaning = meanings.get(grid.sheet, SheetMeaning(("other", comparison_key(grid.sheet))))
        key = meaning.key if meaning.key not in found else (meaning.key, comparison_key(grid.sheet))
        found[key] = (grid, meaning)
    return found


def _woven(
    old: tuple[Grid, SheetMeaning], new: tuple[Grid, SheetMeaning]
) -> tuple[Grid, Grid, SheetMeaning, SheetMeaning]:
    return old[0], new[0], old[1], new[1]


def _filled(grid: Grid, rows: Iterable[int]) -> list[int]:
    return [row for row in rows if not is_empty_row(grid, row)]


def _stored(grid: Grid, row: int, column: int) -> tuple[object, ...]:
    """What is compared: kind and value, so that "9,5" and 9.5 differ; whole numbers are numbers."""
    error = grid.errors.get((row, column))
    value = grid.value(row, column)
    if error or is_blank(value):
        return (error or "",)
    kind = (
        "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__
    )
    return kind, value


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shown(grid: Grid, row: int, column: int) -> str:
    """What a person sees, numbers with a comma; digits typed as text are marked, for they look the same."""
    error, value = grid.errors.get((row, column)), grid.value(row, column)
    text = error or plain_text(value)
    if _is_number(value):
        return text.replace(".", ",")
    return f"“{text}” (chữ)" if isinstance(value, str) and text[:1].isdigit() else text


def _whole_sheet(grid: Grid, *, came: bool) -> Change:
    label = "(thêm trang)" if came else "(bỏ trang)"
    before, after = ("", grid.sheet) if came else (grid.sheet, "")
    return _of_sheet(grid, label, before, after, came=came)


def _of_sheet(grid: Grid, label: str, before: str, after: str, *, came: bool) -> Change:
    old, new = (None, grid.place) if came else (grid.place, None)
    return Change(old, new, "", "", label, before, after, Nature.UNASKED)


def _with_followers(changes: Sequence[Change], pairs: Sequence[_SheetPair]) -> list[Change]:
    """Sums, ranks and bands follow from scores: once a score changed, their change needs no asking."""
    sums = {pair.new.place.at(*position) for pair in pairs for position in pair.new_meaning.sums}
    scores = any(item.nature is not Nature.RECALCULATED and item.new not in sums for item in changes)
    return [
        Change(
            item.old, item.new, item.unit, item.subject, item.column, item.before, item.after, Nature.FOLLOWS
        )
        if item.nature is Nature.UNASKED and item.new in sums and scores
        else item
        for item in changes
    ]
