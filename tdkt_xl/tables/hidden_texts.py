"""Characters in any cell of a sheet that hide what the cell says, and texts no cell can hold."""

from collections.abc import Iterable, Iterator

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import intake as codes
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.old_text import shown_text
from tdkt_xl.vietnamese.concealed import (
    controls_in,
    has_concealed,
    reversing_in,
    tagged_text,
    without_concealed,
)

LONGEST_TEXT = 32_767
"""Characters Excel can hold in one cell."""


def check_hidden_texts(grids: Iterable[Grid]) -> list[Finding]:
    """Report each cell, of a form or not, whose text may not be what is seen (KT-188 … KT-191)."""
    return [finding for grid in grids for finding in _of_sheet(grid)]


def _of_sheet(grid: Grid) -> list[Finding]:
    texts = {cell for cells in grid.rows for cell in cells if type(cell) is str}
    suspects = {text for text in texts if len(text) > LONGEST_TEXT}
    if has_concealed("\n".join(texts)):
        suspects |= {text for text in texts if has_concealed(text)}
    if not suspects:
        return []
    return [
        finding
        for row, cells in enumerate(grid.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if isinstance(cell, str) and cell in suspects
        for finding in _told(grid, row, column, cell)
    ]


def _told(grid: Grid, row: int, column: int, text: str) -> Iterator[Finding]:
    place, shown = grid.place.at(row, column), shown_text(without_concealed(text))
    if reversing_in(text):
        yield codes.REVERSING_CHARACTERS.at(place, text=shown, letters=", ".join(reversing_in(text)))
    hidden = tagged_text(text)
    if hidden:
        yield codes.HIDDEN_CHARACTERS.at(place, text=shown, content=hidden)
    if controls_in(text):
        yield codes.CONTROL_CHARACTERS.at(place, text=shown, letters=", ".join(controls_in(text)))
    if len(text) > LONGEST_TEXT:
        yield codes.TEXT_TOO_LONG.at(place, text=shown[:50], count=len(text), limit=LONGEST_TEXT)
