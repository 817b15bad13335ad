"""The rows of a worksheet part that need not be parsed to change a few others, found by their bytes.

A sheet with styled rows down to its end holds a million cells; parsing what is only copied takes longer
than all the rest. Only the plain way of writing rows is taken, that of Excel, LibreOffice and the usual
libraries; any other part is parsed whole.
"""

import re
from bisect import bisect_right
from collections.abc import Collection
from itertools import pairwise

Gap = tuple[int, int]
"""First byte, and the byte after the last."""
_SHEET_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\s*>")
_NOT_PLAIN = re.compile(rb"<[!?]|xmlns")
_NUMBER = re.compile(rb'\sr="([1-9]\d{0,6})"')


def row_gaps(data: bytes, wanted: Collection[int]) -> list[Gap]:
    """Where rows lie that are not wanted, in order; none when rows are written in an unusual way.

    Of a wanted row that is missing the next one is left, for a new row goes before it.
    """
    opened = _SHEET_DATA.search(data)
    if opened is None or b"<!" in data[: opened.start()]:
        return []
    closing = data.find(b"</%bsheetData" % opened[1], opened.end())
    if closing < 0 or _NOT_PLAIN.search(data, opened.end(), closing):
        return []
    found = _rows(data, opened.end(), closing, opened[1])
    if not found:
        return []
    starts, numbers = found
    kept = sorted(index for row in wanted if (index := _place_of(row, numbers)) < len(numbers))
    edges = [-1, *dict.fromkeys(kept), len(numbers)]
    starts.append(closing)
    return [(starts[one + 1], starts[other]) for one, other in pairwise(edges) if other > one + 1]


def _rows(data: bytes, first: int, last: int, prefix: bytes) -> tuple[list[int], list[int]] | None:
    """Where the rows start, and their numbers, which rise; None for any other rows."""
    name = re.escape(prefix) + rb"row"
    plain = re.compile(rb'<%b((?:\s+[\w:.-]+="[^"<>]*")*)\s*/?>' % name)
    starts: list[int] = []
    numbers: list[int] = []
    for match in plain.finditer(data, first, last):
        number = _NUMBER.search(match[1])
        if number is None or (numbers and int(number[1]) <= numbers[-1]):
            return None
        starts.append(match.start())
        numbers.append(int(number[1]))
    every = sum(1 for _ in re.finditer(rb"<%b[\s/>]" % name, data[first:last]))
    return (starts, numbers) if every == len(starts) else None


def _place_of(row: int, numbers: list[int]) -> int:
    """The index of a row, or of the next one when it is missing."""
    at = bisect_right(numbers, row)
    return at - 1 if at and numbers[at - 1] == row else at
