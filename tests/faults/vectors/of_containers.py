"""Containers that inflate, overlap, lie or stop (intake, 1.1)."""

import io
import stat
import struct
import zipfile
import zlib

from tests.faults.vectors.vector import (
    ACTIVE,
    BROKEN,
    EMPTY,
    MEBIBYTE,
    NOT_A_BOOK,
    PASSWORD,
    UNSAFE,
    Member,
    Vector,
    joined_checksum,
    member,
    package,
    with_members,
)
from tests.unit.readers.vectors import (
    BASIC,
    HEAD,
    LINKS,
    MAIN,
    PACKAGE,
    SHEET,
    STRINGS,
    WORKBOOK,
    book,
    links,
    parts,
    raw_zip,
    sheet,
    workbook,
    zipped,
)

_START = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode()
_END = f"{BASIC}</sheetData></worksheet>".encode()
_STRINGS = f'{HEAD}<sst xmlns="{MAIN}"><si><t>x</t></si>'.encode()
_SPACES = b" " * MEBIBYTE, 1_023
_CELLS_OF_A_ROW = "".join(f"<c><v>{number * 7919 % 10_000}</v></c>" for number in range(1_000))
_HONEST = {"A1": "xin chào", "B1": 42.0}


def _nested() -> bytes:
    inner = zipped({"x": bytes(50_000_000)})
    for _ in range(3):
        inner = zipped({f"{number}.zip": inner for number in range(16)})
    return book(replace={"xl/embeddings/oleObject1.zip": inner})


def _lying() -> bytes:
    bomb = member(_START, _SPACES, _END)
    return with_members(sheet=Member(bomb.packed, bomb.checksum, 2_000))


def _overlapping() -> bytes:
    """500 entries of the directory show one sheet of 30 MB."""
    count = 500
    members = {name: member(content) for name, content in _many_sheets(count, one_part=False).items()}
    members[SHEET] = member(_START, (b" " * MEBIBYTE, 30), _END)
    return package(members, {SHEET: [f"xl/worksheets/sheet{n}.xml" for n in range(2, count + 1)]})


def _many_sheets(count: int, *, one_part: bool) -> dict[str, bytes]:
    names = [f"S{number}" for number in range(1, count + 1)]
    rels = links(count)
    if one_part:
        target = 'Target="worksheets/sheet1.xml"'
        ids = "".join(
            f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" {target}/>' for n in range(1, count + 1)
        )
        rels = f'{HEAD}<Relationships xmlns="{PACKAGE}">{ids}</Relationships>'
    return parts(replace={WORKBOOK: workbook(*names), "xl/_rels/workbook.xml.rels": rels})


def _quoted_overlap() -> bytes:
    """Each member's stream quotes the header of the next one, so that all inflate the same 20 MB.

    After D. Fifield, A better zip bomb, 2019; CPython inflates it before 3.11.8 and 3.12.2.
    """
    names = [f"xl/worksheets/sheet{number}.xml".encode() for number in range(1, 201)]
    kernel = member((b"0" * MEBIBYTE, 20))
    checksum, size, packed = kernel.checksum, kernel.size, len(kernel.packed)
    heads: list[tuple[bytes, bytes, tuple[int, int, int]]] = []
    for name in reversed(names):
        if heads:
            quoted = heads[-1][1]
            checksum = joined_checksum(zlib.crc32(quoted), checksum, size)
            size += len(quoted)
            packed += 5 + len(quoted)
        facts = checksum, packed, size
        head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0x21, *facts, len(name), 0) + name
        heads.append((name, head, facts))
    body, directory = bytearray(), bytearray()
    for index, (name, head, facts) in enumerate(reversed(heads)):
        if index:
            body += struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF)
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0x21, *facts, len(name), 0, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += head
    body += kernel.packed
    whole = {name: content for name, content in parts().items() if name != SHEET}
    count = len(names) + len(whole)
    for label, content in whole.items():
        part = member(content)
        facts = part.checksum, len(part.packed), part.size
        at = len(body)
        body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0x21, *facts, len(label), 0)
        body += label.encode() + part.packed
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0x21, *facts, len(label), 0, 0, 0, 0, 0, at
        )
        directory += label.encode()
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def _wrong_checksum() -> bytes:
    good = zlib.crc32(parts()[SHEET]).to_bytes(4, "little")
    return raw_zip(parts().items()).replace(good, b"\xde\xad\xbe\xef")


def _damaged() -> bytes:
    data = bytearray(book())
    for at in range(len(data) // 3, len(data) // 3 + 200):
        data[at] ^= 0x55
    return bytes(data)


def _zip64(*, offset: int) -> bytes:
    """An end record that sends readers to a ZIP64 record, which then says something else."""
    data = book()
    end = data.rfind(b"PK\5\6")
    count, size, start = struct.unpack_from("<HII", data, end + 10)
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset or start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:end] + record + locator + last


def _link_member() -> bytes:
    """A member marked as a symbolic link to a file of the machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts().items():
            archive.writestr(name, data)
        link = zipfile.ZipInfo("xl/media/image1.png")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


def _other_name_in_place() -> bytes:
    data = raw_zip(parts().items())
    return data.replace(SHEET.encode(), SHEET.replace("sheet1", "sheet9").encode(), 1)


CONTAINERS = (
    Vector(
        "a01 1 GiB of spaces in a sheet", lambda: with_members(sheet=member(_START, _SPACES, _END)), UNSAFE
    ),
    Vector(
        "a02 millions of real cells",
        lambda: zipped(parts(sheet(f"<row>{_CELLS_OF_A_ROW}</row>" * 2_000))),
        f"Sheet1 {UNSAFE}",
        seconds=12,
    ),
    Vector(
        "a03 one shared string of 1 GiB",
        lambda: with_members(strings=member(_STRINGS[:-9], (b"A" * MEBIBYTE, 1_024), b"</t></si></sst>")),
        UNSAFE,
    ),
    Vector(
        "a04 20 million shared strings",
        lambda: with_members(strings=member(_STRINGS, (b"<si><t>abc</t></si>" * 10_000, 2_000), b"</sst>")),
        UNSAFE,
    ),
    Vector(
        "a05 picture of 2 GiB nobody refers to",
        lambda: with_members(media=member((bytes(MEBIBYTE), 2_000))),
        UNSAFE,
    ),
    Vector("a06 containers in containers", _nested, ACTIVE, _HONEST),
    Vector("a07 declares 2 kB, inflates to 1 GiB", _lying, UNSAFE),
    Vector("a08 500 entries show one sheet of 30 MB", _overlapping, UNSAFE),
    Vector("a09 500 sheets point at one part", lambda: zipped(_many_sheets(500, one_part=True)), UNSAFE),
    Vector("a10 member twice", lambda: raw_zip([*parts().items(), (SHEET, b"<x/>")]), UNSAFE),
    Vector(
        "a11 member twice but for case",
        lambda: raw_zip([*parts().items(), (SHEET.upper(), b"<x/>")]),
        UNSAFE,
    ),
    Vector("a12 member outside", lambda: book(replace={"xl/../../evil.xml": "<x/>"}), UNSAFE),
    Vector("a12 member with a root", lambda: book(replace={"/evil.xml": "<x/>"}), UNSAFE),
    Vector("a12 member with a drive", lambda: book(replace={"C:\\evil.xml": "<x/>"}), UNSAFE),
    Vector(
        "a13 65,000 members",
        lambda: package(
            {name: member(content) for name, content in parts().items()},
            {SHEET: [f"xl/junk/{number}.bin" for number in range(65_000)]},
        ),
        UNSAFE,
    ),
    Vector(
        "too many members", lambda: book(replace={f"xl/media/{n}.png": b"" for n in range(2_001)}), UNSAFE
    ),
    Vector("a14 cut in half", lambda: book()[: len(book()) // 2], BROKEN),
    Vector("a15 last bytes missing", lambda: book()[:-10], BROKEN),
    Vector("a16 checksum of a sheet wrong", _wrong_checksum, BROKEN),
    Vector(
        "a17 one digit flipped, stored",
        lambda: zipped(parts(), zipfile.ZIP_STORED).replace(b"<v>42</v>", b"<v>82</v>"),
        BROKEN,
    ),
    Vector("a18 password of the container", lambda: raw_zip(parts().items(), flags=1), PASSWORD),
    Vector("a19 compressed by LZMA", lambda: zipped(parts(), zipfile.ZIP_LZMA), BROKEN),
    Vector("a20 compressed by bzip2", lambda: zipped(parts(), zipfile.ZIP_BZIP2), BROKEN),
    Vector("a21 program before the package", lambda: b"MZ" + b"\x90" * 4_094 + book(), NOT_A_BOOK),
    Vector("bytes before the package", lambda: b"PK\3\4" + bytes(60) + book(), UNSAFE),
    Vector("a22 bytes after the end", lambda: book() + bytes(2_000), BROKEN),
    Vector("second directory in the comment", lambda: book()[:-2] + b"\x04\x00PK\5\6", BROKEN),
    Vector("a23 empty file", bytes, EMPTY),
    Vector("nothing but zeros", lambda: bytes(5_000), BROKEN),
    Vector("a24 container of something else", lambda: zipped({"a.txt": b"a"}), NOT_A_BOOK),
    Vector(
        "Word document",
        lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}),
        NOT_A_BOOK,
    ),
    Vector(
        "a25 names with backslashes",
        lambda: zipped({name.replace("/", "\\"): data for name, data in parts().items()}),
        reads=_HONEST,
    ),
    Vector(
        "member twice but for slashes",
        lambda: raw_zip([*parts().items(), (SHEET.replace("/", "\\"), b"<x/>")]),
        UNSAFE,
    ),
    Vector("a26 bytes flipped in the middle", _damaged, BROKEN),
    Vector("a27 streams that quote each other", _quoted_overlap, UNSAFE),
    Vector(
        "two entries for one stream", lambda: raw_zip(parts().items(), again=[("xl/x.xml", SHEET)]), UNSAFE
    ),
    Vector("name in place unlike the directory's", _other_name_in_place, UNSAFE),
    Vector("declares less than it holds", lambda: raw_zip(parts().items(), sizes={SHEET: 50}), UNSAFE),
    Vector("declares more than it holds", lambda: raw_zip(parts().items(), sizes={SHEET: 5_000}), BROKEN),
    Vector("declares gigabytes", lambda: raw_zip(parts().items(), sizes={SHEET: 2**31}), UNSAFE),
    Vector("inflates a hundredfold and more", lambda: book(sheet(BASIC + " " * 30_000_000)), UNSAFE),
    Vector("ZIP64 end record that agrees", lambda: _zip64(offset=0), reads=_HONEST),
    Vector("ZIP64 end record that lies", lambda: _zip64(offset=2**40), BROKEN),
    Vector("member that is a link to a file of the machine", _link_member, reads=_HONEST),
    Vector("table of strings under a second name", lambda: book(replace={STRINGS.upper(): "<x/>"}), UNSAFE),
)
