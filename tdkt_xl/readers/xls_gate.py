"""OLE compound files (.xls, encrypted and other old Office files): every chain is walked under a bound.

A chain of sectors that returns to itself, or a count nobody checks, makes readers allocate until the
process dies. Source: MS-CFB.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tdkt_xl.readers.biff_scan import scan_workbook
from tdkt_xl.readers.facts import SheetFacts, check_totals
from tdkt_xl.readers.refusal import broken, unsafe
from tdkt_xl.readers.sniff import OLE_MAGIC, Kind

_HEADER_SIZE = 512
_LAST_SECTOR = 0xFFFFFFF9
_TABLE, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_LARGE_SHIFT = 12
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MINI_SECTOR = 64
_DAMAGED = "cấu trúc tệp .xls bị hỏng"
_CUT = "tệp thiếu phần cuối, có thể tải về hoặc chép dở dang"
_LOOPS = "cấu trúc tệp .xls lặp vòng"


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    siblings: tuple[int, int, int]
    start: int
    size: int


class Compound:
    """The directory of a compound file, and its streams on demand."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 3 * _HEADER_SIZE:
            raise broken(reason=_DAMAGED)
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise broken(reason=_DAMAGED)
        self._sector = 1 << shift
        self._count = -(-len(data) // self._sector) - 1
        fats, directory = struct.unpack_from("<II", data, 44)
        self._cutoff, mini_fat, mini_fats, difat, difats = struct.unpack_from("<5I", data, 56)
        if max(fats, difats, mini_fats) > self._count + 1:
            raise unsafe(reason="tệp .xls khai báo kích thước không có thật")
        self._fat = self._read_fat(difat)
        self._entries = self._read_directory(directory)
        self._mini_fat = mini_fat
        self._streams = self._top()

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        if sector >= self._count:
            raise broken(reason=_DAMAGED)
        return self._data[start : start + self._sector]

    def _words(self, sector: int) -> tuple[int, ...]:
        content = self._at(sector)
        if len(content) < 4:
            raise broken(reason=_DAMAGED)
        return struct.unpack_from(f"<{len(content) // 4}I", content)

    def _read_fat(self, difat: int) -> list[int]:
        """The table of next sectors, from its list in the header and the chain that extends it."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while difat <= _LAST_SECTOR:
            if difat in seen:
                raise unsafe(reason=_LOOPS)
            seen.add(difat)
            *more, difat = self._words(difat)
            listed += more
        used = [sector for sector in listed if sector <= _LAST_SECTOR]
        if len(used) != len(set(used)):
            raise unsafe(reason=_LOOPS)
        return [following for sector in used for following in self._words(sector)]

    def _chain(self, sector: int, table: Sequence[int]) -> Iterator[int]:
        """Sectors of a chain; refuse one that leaves the table or comes back to itself."""
        seen: set[int] = set()
        while sector <= _LAST_SECTOR:
            if sector in seen:
                raise unsafe(reason=_LOOPS)
            if sector >= len(table):
                raise broken(reason=_DAMAGED)
            seen.add(sector)
            yield sector
            sector = table[sector]

    def _content(self, start: int, size: int | None = None) -> bytes:
        """Bytes of a chain: all, or as many as ``size`` needs."""
        chain = self._chain(start, self._fat)
        needed = chain if size is None else islice(chain, -(-size // self._sector))
        return b"".join(self._at(sector) for sector in needed)

    def _read_directory(self, start: int) -> list[_Entry]:
        content = self._content(start)
        entries = []
        for offset in range(0, len(content) - 127, 128):
            name_size, kind = struct.unpack_from("<HB", content, offset + 64)
            name = content[offset : offset + max(0, min(name_size, 64) - 2)]
            siblings = struct.unpack_from("<3I", content, offset + 68)
            first, size = struct.unpack_from("<II", content, offset + 116)
            entries.append(_Entry(name.decode("utf-16-le", "replace").lower(), kind, siblings, first, size))
        if not entries or entries[0].kind != _ROOT:
            raise broken(reason=_DAMAGED)
        return entries

    def _top(self) -> dict[str, _Entry]:
        """Entries of the root storage; those of embedded objects lie deeper."""
        top: dict[str, _Entry] = {}
        seen: set[int] = set()
        waiting = [self._entries[0].siblings[2]]
        while waiting:
            index = waiting.pop()
            if index < len(self._entries) and index not in seen:
                seen.add(index)
                entry = self._entries[index]
                top.setdefault(entry.name, entry)
                waiting += entry.siblings[:2]
        return top

    @property
    def names(self) -> frozenset[str]:
        """Lower-case names of all streams and storages."""
        return frozenset(entry.name for entry in self._entries if entry.kind in (_STORAGE, _STREAM))

    @property
    def kind(self) -> Kind:
        """What the compound file is."""
        names = self._streams
        if "encryptedpackage" in names or "encryptioninfo" in names:
            return Kind.ENCRYPTED
        if "workbook" in names or "book" in names:
            return Kind.XLS
        if "worddocument" in names:
            return Kind.DOC
        return Kind.PPT if "powerpoint document" in names else Kind.OLE

    def stream(self, *names: str) -> bytes:
        """Content of the first of these streams that the root storage has."""
        entry = next(self._streams[name] for name in names if name in self._streams)
        if entry.size > len(self._data):
            raise broken(reason=_CUT)
        if entry.size >= self._cutoff:
            content = self._content(entry.start, entry.size)
        else:
            root = self._entries[0]
            mini = self._content(root.start, min(root.size, len(self._data)))
            table = self._content(self._mini_fat)
            links = struct.unpack_from(f"<{len(table) // 4}I", table)
            chain = islice(self._chain(entry.start, links), -(-entry.size // _MINI_SECTOR))
            content = b"".join(mini[sector * _MINI_SECTOR :][:_MINI_SECTOR] for sector in chain)
        if len(content) < entry.size:
            raise broken(reason=_CUT)
        return content[: entry.size]


def check_xls(compound: Compound) -> tuple[bytes, list[SheetFacts]]:
    """Walk the records of an .xls workbook; return what may be read and the facts of each worksheet."""
    stream = compound.stream("workbook", "book")
    try:
        facts = scan_workbook(stream)
    except (struct.error, IndexError) as fault:
        raise broken(reason=_DAMAGED) from fault
    check_totals(facts)
    return pack_workbook(stream), facts


def pack_workbook(stream: bytes) -> bytes:
    """A new compound file with nothing but this workbook stream: what is read is what was walked.

    Sectors of 4,096 bytes, so that the list of table sectors always fits the header.
    """
    size = 1 << _LARGE_SHIFT
    stream = stream.ljust(size, b"\0")
    count = -(-len(stream) // size)
    tables = -(-(count + 2) // (size // 4 - 1))
    first = tables + 1
    links = [_TABLE] * tables + [_END] + [*range(first + 1, first + count), _END]
    links += [_FREE] * (tables * size // 4 - len(links))
    header = bytearray(size)
    header[:8] = OLE_MAGIC
    struct.pack_into("<5H", header, 24, 0x3E, 4, 0xFFFE, _LARGE_SHIFT, 6)
    struct.pack_into("<III", header, 40, 1, tables, tables)
    struct.pack_into("<5I", header, 56, size, _END, 0, _END, 0)
    struct.pack_into("<109I", header, 76, *range(tables), *[_FREE] * (109 - tables))
    # The root's own start is unused here, but "none" would count as an empty file.
    directory = _entry("Root Entry", _ROOT, 1, 0, 0) + _entry("Workbook", _STREAM, _FREE, first, len(stream))
    table = struct.pack(f"<{len(links)}I", *links)
    return bytes(header) + table + directory.ljust(size, b"\0") + stream.ljust(count * size, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """A directory entry."""
    label = f"{name}\0".encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(label)] = label
    struct.pack_into("<HBB3I", entry, 64, len(label), kind, 1, _FREE, _FREE, child)
    struct.pack_into("<IQ", entry, 116, start, size)
    return bytes(entry)
