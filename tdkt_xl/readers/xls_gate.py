"""OLE compound files (.xls, encrypted and other old Office files): every chain is walked under a bound.

A chain of sectors that returns to itself, or a count nobody checks, makes readers allocate until the
process dies. Source: MS-CFB.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_xl.readers.biff_scan import scan_workbook
from tdkt_xl.readers.facts import SheetFacts, check_totals
from tdkt_xl.readers.refusal import broken, unsafe
from tdkt_xl.readers.sniff import Kind

_HEADER_SIZE = 512
_LAST_SECTOR = 0xFFFFFFF9
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MINI_SECTOR = 64
_DAMAGED = "cấu trúc tệp .xls bị hỏng"
_LOOPS = "cấu trúc tệp .xls lặp vòng"


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class Compound:
    """The streams of a compound file, by lower-case name."""

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
        # Readers reserve memory for the mini sector count; each of its sectors serves 16 others.
        if max(fats, difats) > self._count + 1 or mini_fats > self._count // 16 + 1:
            raise unsafe(reason="tệp .xls khai báo kích thước không có thật")
        self._fat = self._read_fat(difat)
        self._entries = self._read_directory(directory)
        self._mini_fat = self._numbers(mini_fat)
        self._mini_stream: bytes | None = None
        self._check_streams()

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        if sector >= self._count:
            raise broken(reason=_DAMAGED)
        return self._data[start : start + self._sector]

    def _words(self, sector: int) -> tuple[int, ...]:
        content = self._at(sector)
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

    def _chain(self, sector: int, table: list[int]) -> Iterator[int]:
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

    def _content(self, start: int) -> bytes:
        return b"".join(self._at(sector) for sector in self._chain(start, self._fat))

    def _numbers(self, start: int) -> list[int]:
        content = self._content(start)
        return list(struct.unpack_from(f"<{len(content) // 4}I", content))

    def _read_directory(self, start: int) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        content = self._content(start)
        for offset in range(0, len(content) - 127, 128):
            name_size, kind = struct.unpack_from("<HB", content, offset + 64)
            if kind not in (_STORAGE, _STREAM, _ROOT) or not 2 <= name_size <= 64:
                continue
            name = content[offset : offset + name_size - 2].decode("utf-16-le", "replace").lower()
            first, size = struct.unpack_from("<II", content, offset + 116)
            entries.setdefault("" if kind == _ROOT else name, _Entry(kind, first, size))
        if "" not in entries:
            raise broken(reason=_DAMAGED)
        return entries

    def _check_streams(self) -> None:
        """Walk every stream once, whoever reads it later."""
        for name, entry in self._entries.items():
            if entry.kind == _STREAM and entry.size:
                self.stream(name)

    @property
    def names(self) -> frozenset[str]:
        """Lower-case names of streams and storages."""
        return frozenset(self._entries)

    @property
    def kind(self) -> Kind:
        """What the compound file is."""
        names = self._entries
        if "encryptedpackage" in names or "encryptioninfo" in names:
            return Kind.ENCRYPTED
        if "workbook" in names or "book" in names:
            return Kind.XLS
        if "worddocument" in names:
            return Kind.DOC
        return Kind.PPT if "powerpoint document" in names else Kind.OLE

    def stream(self, name: str) -> bytes:
        """Content of a stream, whole."""
        entry = self._entries[name]
        if entry.size > len(self._data):
            raise broken(reason=_DAMAGED)
        if entry.size >= self._cutoff:
            content = self._content(entry.start)
        else:
            if self._mini_stream is None:
                self._mini_stream = self._content(self._entries[""].start)
            mini = self._mini_stream
            places = (sector * _MINI_SECTOR for sector in self._chain(entry.start, self._mini_fat))
            content = b"".join(mini[place : place + _MINI_SECTOR] for place in places)
        if len(content) < entry.size:
            raise broken(reason="tệp thiếu phần cuối, có thể tải về hoặc chép dở dang")
        return content[: entry.size]


def check_xls(compound: Compound) -> list[SheetFacts]:
    """Walk the records of an .xls workbook; return the facts of each worksheet."""
    stream = compound.stream("workbook" if "workbook" in compound.names else "book")
    try:
        facts = scan_workbook(stream)
    except (struct.error, IndexError) as fault:
        raise broken(reason=_DAMAGED) from fault
    check_totals(facts)
    return facts
