"""The cells of a worksheet part one after the other, whatever program wrote them.

Prefixes, either kind of quotes and cells without an address are met as the format allows them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tdkt_xl.readers.reference import cell_of
from tdkt_xl.tables.grid import Position

_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(row|c)\b([^<>]*)>(?:<(?:[^\s<>/:]+:)?v(?: [^<>]*)?>([0-9]{1,8})</)?")
_ATTRIBUTE = re.compile(rb"""([A-Za-z]+)=["']([^"']*)["']""")


class CellTag(NamedTuple):
    """A cell that is not empty: its format and kind as written, and its value when that is a whole number."""

    place: Position
    style: bytes
    kind: bytes
    value: bytes


def cell_tags(data: bytes) -> Iterator[CellTag]:
    """Every cell of a worksheet part that holds something."""
    row = column = 0
    for tag, rest, value in _TAG.findall(data):
        given = dict(_ATTRIBUTE.findall(rest))
        if tag == b"row":
            row, column = whole_number(given.get(b"r", b""), row + 1), 0
            continue
        place = cell_of(given[b"r"].decode()) if b"r" in given else (row, column + 1)
        if place is None:
            continue
        row, column = place
        if not rest.endswith(b"/"):
            yield CellTag(place, given.get(b"s", b""), given.get(b"t", b""), value)


def whole_number(digits: bytes, missing: int) -> int:
    """A whole number as an attribute writes it; no format or row has the number −1."""
    if not digits:
        return missing
    return int(digits) if digits.isdigit() and len(digits) < 9 else -1
