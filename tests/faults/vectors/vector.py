"""One vector, and the means to write bombs of gigabytes in milliseconds."""

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce

from tdkt_xl.tables.grid import Grid, Position, ReceivedBook
from tests.tools.grids import position
from tests.unit.readers.vectors import MAIN, parts

MEBIBYTE = 1 << 20
BROKEN, PASSWORD, NOT_A_BOOK, WRONG_NAME = "KT-101", "KT-102", "KT-103", "KT-104"
EMPTY, UNSAFE, ACTIVE = "KT-106", "KT-107", "KT-108"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '</numFmts><fonts count="1"><font/></fonts><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="164"/></cellXfs></styleSheet>'
)
"""The format 1 shows a day."""


@dataclass(frozen=True)
class Vector:
    """A file that may harm or mislead whoever reads it.

    ``name`` begins with the number the vector has in the measurements of the safe intake, where it has
    one. A refused file has one finding, ``found`` ("A1 KT-101"; "KT-107" for the whole file). One that is
    read gives ``reads``, by cell or by the words of ``told``, beside the findings. The ceilings are those
    of the whole reading process: bytes resident at its peak, seconds of the processor.
    """

    name: str
    build: Callable[[], bytes]
    found: str = ""
    reads: Mapping[str, object] = field(default_factory=dict)
    file: str = "bai-nop.xlsx"
    memory: int = 192 * MEBIBYTE
    seconds: float = 5


def _cells(grid: Grid, places: Iterable[Position]) -> list[str | None]:
    return [grid.place.at(*place).cell for place in sorted(places)]


def told(book: ReceivedBook, what: str) -> object:
    """What a book says of one thing: a cell of its first sheet, or a word for a fact of it."""
    first = book.grids[0]
    facts: dict[str, Callable[[], object]] = {
        "sheets": lambda: [grid.sheet for grid in book.grids],
        "states": lambda: [grid.state.value for grid in book.grids],
        "cells": lambda: sum(cell is not None for grid in book.grids for row in grid.rows for cell in row),
        "errors": lambda: {first.place.at(*place).cell: error for place, error in first.errors.items()},
        "formulas": lambda: _cells(first, first.formulas),
        "uncached": lambda: _cells(first, first.uncached),
        "hidden rows": lambda: sorted(first.hidden_rows),
        "hidden columns": lambda: sorted(first.hidden_columns),
    }
    if what in facts:
        return facts[what]()
    return first.value(*position(what))


@dataclass(frozen=True)
class Member:
    """A part of a ZIP container, compressed already."""

    packed: bytes
    checksum: int
    size: int


def member(*pieces: bytes | tuple[bytes, int]) -> Member:
    """Compress pieces, each as often as its number says: a gigabyte of one piece takes no time."""
    packed: list[bytes] = []
    checksum = size = 0
    for piece in pieces:
        content, times = piece if isinstance(piece, tuple) else (piece, 1)
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        # A full flush makes the compressed piece independent of what stands before it.
        packed.append((squeeze.compress(content) + squeeze.flush(zlib.Z_FULL_FLUSH)) * times)
        checksum = joined_checksum(checksum, *_repeated(zlib.crc32(content), len(content), times))
        size += len(content) * times
    end = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
    return Member(b"".join(packed) + end, checksum, size)


def _repeated(checksum: int, size: int, times: int) -> tuple[int, int]:
    """Checksum and size of a piece repeated, by doubling."""
    total, length = 0, 0
    while times:
        if times & 1:
            total, length = joined_checksum(total, checksum, size), length + size
        checksum, size, times = joined_checksum(checksum, checksum, size), 2 * size, times >> 1
    return total, length


def joined_checksum(first: int, second: int, size: int) -> int:
    """CRC-32 of two pieces one after the other, ``size`` being the length of the second (as in zlib)."""
    for bit in range(size.bit_length()):
        if size >> bit & 1:
            first = _applied(_moving(bit), first)
    return first ^ second


@cache
def _moving(bit: int) -> tuple[int, ...]:
    """What moves a checksum along by two to the power of ``bit`` zero bytes."""
    if bit > -3:
        return _squared(_moving(bit - 1))
    return 0xEDB88320, *(1 << other for other in range(31))


def _applied(operator: Sequence[int], vector: int) -> int:
    return reduce(lambda total, bit: total ^ operator[bit] if vector >> bit & 1 else total, range(32), 0)


def _squared(operator: Sequence[int]) -> tuple[int, ...]:
    return tuple(_applied(operator, column) for column in operator)


def package(members: Mapping[str, Member], again: Mapping[str, Iterable[str]] | None = None) -> bytes:
    """A ZIP container of compressed members; ``again`` names directory entries that show a member again."""
    body, directory = bytearray(), bytearray()
    count = 0
    for name, content in members.items():
        start = len(body)
        fields = struct.pack(
            "<4HIII", 0, 8, 0, 0x21, content.checksum, len(content.packed), content.size & 0xFFFFFFFF
        )
        body += b"PK\3\4" + struct.pack("<H", 20) + fields + struct.pack("<HH", len(name), 0)
        body += name.encode() + content.packed
        for shown in (name, *(again or {}).get(name, ())):
            directory += b"PK\1\2" + struct.pack("<HH", 20, 20) + fields
            directory += struct.pack("<HHHHHII", len(shown), 0, 0, 0, 0, 0, start) + shown.encode()
            count += 1
    end = struct.pack("<4H2IH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def with_members(**bombs: Member | None) -> bytes:
    """A small workbook some of whose parts, or a further one, are bombs: sheet, strings, styles, media."""
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "media": "xl/media/image1.png",
    }
    members = {name: member(content) for name, content in parts().items()}
    members |= {names[name]: bomb for name, bomb in bombs.items() if bomb is not None}
    return package(members)
