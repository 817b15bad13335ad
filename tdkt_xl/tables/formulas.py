"""What a plain sum of a received sheet adds up; any other formula is not understood, and never guessed."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tdkt_xl.tables.grid import FormulaText, Position

_CELL = r"(?:\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})"
_AREA = rf"{_CELL}(?::{_CELL})?"
_TERM = rf"(?:SUM\({_AREA}(?:[,;]{_AREA})*\)|{_CELL})"
_SUM = re.compile(rf"{_TERM}(?:\+{_TERM})*")
_CORNER = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})")
_MOST_CELLS = 10_000
"""Cells of one sum worth listing; a criteria table has some hundreds of rows."""


@lru_cache(maxsize=4096)
def summed_cells(formula: FormulaText, at: Position) -> tuple[Position, ...] | None:
    """The cells that the formula of a cell adds up, one as often as it counts; None for other formulas.

    The sheets of one form have the same sums in the same cells, so answers are remembered.
    Understood: SUM over cells and ranges of the same sheet, cells joined by +, and both together.
    """
    text = formula.text.replace(" ", "").upper().lstrip("=")
    if not _SUM.fullmatch(text):
        return None
    cells: list[Position] = []
    for area in re.findall(_AREA, text):
        corners = [_corner(match, formula.origin, at) for match in _CORNER.findall(area)]
        (top, left), (bottom, right) = min(corners), max(corners)
        left, right = min(left, right), max(left, right)
        if (bottom - top + 1) * (right - left + 1) + len(cells) > _MOST_CELLS:
            return None
        cells.extend(_inside(top, left, bottom, right))
    return tuple(cells)


def _inside(top: int, left: int, bottom: int, right: int) -> Iterator[Position]:
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _corner(match: tuple[str, str, str, str], origin: Position, at: Position) -> Position:
    """A reference moved from where the formula was written to the cell that shares it."""
    fixed_column, letters, fixed_row, digits = match
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    row = int(digits)
    return (
        row if fixed_row else row + at[0] - origin[0],
        column if fixed_column else column + at[1] - origin[1],
    )
