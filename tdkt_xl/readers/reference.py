"""A1 references of XML workbooks: capital letters, no dollar signs."""

import re
from functools import cache

from tdkt_xl.readers import limits
from tdkt_xl.tables.grid import Range

_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


@cache
def column_of(letters: str) -> int:
    """Number of a column from at most three capital letters; 0 beyond the last column."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column if column <= limits.COLUMNS else 0


def cell_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell inside the sheet, else None."""
    found = merged_range(reference)
    return None if found is None or ":" in reference else (found.top, found.left)


def merged_range(reference: str) -> Range | None:
    """The range of a reference such as ``A1`` or ``A1:B2`` inside the sheet, else None."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top, right, bottom = match.groups(default="")
    found = Range(int(top), column_of(left), int(bottom or top), column_of(right or left))
    inside = 0 < found.left <= found.right and found.top <= found.bottom <= limits.ROWS
    return found if inside else None
