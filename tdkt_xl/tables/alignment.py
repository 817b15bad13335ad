"""Lay one sheet beside another: which row and column of one is which of the other.

Rows and columns are known by what they say, not by their number, so that an inserted row makes nothing
else differ.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tdkt_xl.tables.cells import is_blank
from tdkt_xl.tables.grid import CellValue, Grid
from tdkt_xl.vietnamese.text import comparison_key

_HEADING_ROWS = 15
"""Rows whose texts tell the columns of a sheet apart."""
_LONGEST = 4_000
"""Rows beyond which a sheet is compared row by row: laying beside takes the square of their number."""

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Alignment:
    """Pairs of rows and of columns (old, new), and what stands in one sheet only; all from 1."""

    rows: Pairs
    columns: Pairs
    rows_gone: tuple[int, ...]
    rows_come: tuple[int, ...]
    columns_gone: tuple[int, ...]
    columns_come: tuple[int, ...]


def align(
    old: Grid, new: Grid, old_keys: Mapping[int, Hashable], new_keys: Mapping[int, Hashable]
) -> Alignment:
    """Lay two sheets beside each other; ``keys`` tell rows whose meaning is known, by their number."""
    old_keys, new_keys = _single(old_keys), _single(new_keys)
    rows = _match(_row_labels(old, old_keys), _row_labels(new, new_keys))
    rows = _moved(rows, old_keys, new_keys)
    columns = _match(_column_labels(old), _column_labels(new))
    return Alignment(
        tuple(rows),
        tuple(columns),
        _rest(old.height, [first for first, _ in rows]),
        _rest(new.height, [second for _, second in rows]),
        _rest(_width(old), [first for first, _ in columns]),
        _rest(_width(new), [second for _, second in columns]),
    )


def _single(keys: Mapping[int, Hashable]) -> dict[int, Hashable]:
    """Keys that stand in one row only."""
    times = Counter(keys.values())
    return {number: key for number, key in keys.items() if times[key] == 1}


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def _rest(count: int, used: Sequence[int]) -> tuple[int, ...]:
    return tuple(number for number in range(1, count + 1) if number not in set(used))


def _said(cell: CellValue) -> str:
    """What a cell tells about its row: its text, or that it holds a number."""
    if isinstance(cell, str):
        return comparison_key(cell)
    return "" if cell is None else "#"


def _row_labels(grid: Grid, keys: Mapping[int, Hashable]) -> list[Hashable]:
    return [
        keys.get(number) or tuple(said for cell in row if (said := _said(cell)))
        for number, row in enumerate(grid.rows, start=1)
    ]


def _column_labels(grid: Grid) -> list[Hashable]:
    rows = grid.rows[:_HEADING_ROWS]
    return [
        tuple(_said(row[index]) for row in rows if index < len(row) and isinstance(row[index], str))
        for index in range(_width(grid))
    ]


def _match(old: list[Hashable], new: list[Hashable]) -> list[tuple[int, int]]:
    """Pairs of equal labels in order; stretches of equal length between them are paired one by one."""
    if old == new or max(len(old), len(new)) > _LONGEST:
        return [(number, number) for number in range(1, min(len(old), len(new)) + 1)]
    pairs = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            pairs += [(a + step + 1, c + step + 1) for step in range(b - a)]
    return pairs


def _moved(
    rows: list[tuple[int, int]], old_keys: Mapping[int, Hashable], new_keys: Mapping[int, Hashable]
) -> list[tuple[int, int]]:
    """Also pair rows of one meaning that changed their place; they are no part of any other pair."""
    by_key = {key: number for number, key in new_keys.items()}
    known = {number: by_key[key] for number, key in old_keys.items() if key in by_key}
    taken = set(known.values())
    kept = [(first, second) for first, second in rows if first not in known and second not in taken]
    return sorted([*kept, *known.items()])


def is_empty_row(grid: Grid, row: int) -> bool:
    """Tell a row that shows nothing."""
    return all(is_blank(cell) for cell in grid.row(row))
