"""How the texts that matter in a form were typed: decomposed letters, look-alikes, stray characters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import texts as codes
from tdkt_xl.findings.codes.cells import NOT_NFC
from tdkt_xl.tables.grid import Grid, Position
from tdkt_xl.tables.locate import Labelled, Table
from tdkt_xl.tables.old_text import shown_text
from tdkt_xl.tables.wide import WideTable
from tdkt_xl.vietnamese.cleaning import without_look_alikes, without_stray
from tdkt_xl.vietnamese.concealed import without_concealed
from tdkt_xl.vietnamese.text import has_decomposed, without_invisible

_NUMBERS = frozenset({"score", "number", "integer"})
_BREAK = re.compile("[\r\n]")


def check_texts(table: Table) -> list[Finding]:
    """Check headings, labelled values and the cells of text columns of a form.

    May report KT-220, KT-245 and KT-246; a cell of a number column has its own findings.
    """
    header = range(table.header_row, table.header_row + table.header_height)
    columns = sorted(table.columns.values())
    names = sorted(
        at for field, at in table.columns.items() if table.layout.column(field).type not in _NUMBERS
    )
    places = [*_labelled(table.identity.values()), *((row, column) for row in header for column in columns)]
    below = list(_suspects(table.grid, range(table.first_row, table.grid.height + 1), names))
    if below:  # where the table ends is only worth finding out then
        rows = set(table.rows())
        places += [place for place in below if place[0] in rows]
    return _check(table.grid, places)


def check_wide_texts(table: WideTable) -> list[Finding]:
    """Check headings, labelled values and the names of units of a wide table, as ``check_texts`` does."""
    width = max(table.criteria)
    header = [
        (row, column)
        for row in range(table.header_row, table.first_row)
        for column in range(table.unit_column, width + 1)
    ]
    names = [(row, table.unit_column) for row in range(table.first_row, table.grid.height + 1)]
    return _check(table.grid, [*_labelled(table.identity.values()), *header, *names])


def _suspects(grid: Grid, rows: Iterable[int], columns: Sequence[int]) -> Iterator[Position]:
    """Cells with a text something is to be said about."""
    for row in rows:
        cells = grid.row(row)
        for column in columns:
            cell = cells[column - 1] if column <= len(cells) else None
            if isinstance(cell, str) and not _is_clean(cell):
                yield row, column


def _labelled(found: Iterable[Labelled]) -> Iterator[Position]:
    return ((item.place.row, item.place.column) for item in found)


def _check(grid: Grid, places: Iterable[Position]) -> list[Finding]:
    findings: list[Finding] = []
    for row, column in dict.fromkeys(places):
        cell = grid.value(row, column)
        if isinstance(cell, str) and not _is_clean(cell):
            findings += _check_text(cell, grid, row, column)
    return findings


@lru_cache(maxsize=65_536)
def _is_clean(text: str) -> bool:
    """Tell whether nothing is to be said about a text; sheets of a round share most of theirs."""
    text = without_concealed(text)  # told of any sheet, see hidden_texts
    return not has_decomposed(text) and without_look_alikes(text) == text == without_stray(text)


def _check_text(text: str, grid: Grid, row: int, column: int) -> Iterator[Finding]:
    text = without_concealed(text)
    place, shown = grid.place.at(row, column), shown_text(text)
    if has_decomposed(text):
        yield NOT_NFC.at(place, text=shown)
    latin = without_look_alikes(text)
    if latin != text:
        letters = ", ".join(
            sorted({f"{old} ≠ {new}" for old, new in zip(text, latin, strict=True) if old != new})
        )
        yield codes.LOOK_ALIKE_LETTERS.at(place, text=shown, letters=letters, meant=shown_text(latin))
    if without_stray(text) != text and text.strip():
        yield codes.STRAY_CHARACTERS.at(place, text=shown, reason=_stray(text))


def _stray(text: str) -> str:
    """What is too much, in Vietnamese."""
    kept = without_invisible(text)
    found = []
    if kept != text:
        found.append("ký tự ẩn")
    if kept != kept.strip():
        found.append("xuống dòng thừa" if _BREAK.search(kept[len(kept.rstrip()) :]) else "khoảng trắng thừa")
    if without_stray(kept.strip()) != kept.strip():
        found.append("khoảng trắng lạ")
    return ", ".join(found)
