"""Builds honest and hostile workbooks part by part, so that each test shows what is odd about its file."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from tdkt_xl.findings import Outcome
from tdkt_xl.readers.gate import open_behind_gate
from tdkt_xl.tables.grid import Grid, ReceivedBook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BASIC = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>42</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    root = f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">'
    return f"{root}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def number(reference: str, value: object) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def strings(*texts: str, declared: int | None = None) -> str:
    count = len(texts) if declared is None else declared
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{HEAD}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{items}</sst>'


def workbook(*names: str, states: Mapping[str, str] | None = None, more: str = "") -> str:
    shown = {name: f'state="{state}" ' for name, state in (states or {}).items()}
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{index}" {shown.get(name, "")}r:id="rId{index}"/>'
        for index, name in enumerate(names, 1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets>{more}</workbook>'


def links(count: int, more: str = "") -> str:
    sheets = "".join(
        f'<Relationship Id="rId{index}" Type="{LINKS}/worksheet" Target="worksheets/sheet{index}.xml"/>'
        for index in range(1, count + 1)
    )
    table = f'<Relationship Id="rIdT" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{sheets}{table}{more}</Relationships>'


def parts(
    *sheets: str, names: Iterable[str] = (), replace: Mapping[str, str | bytes] | None = None
) -> dict[str, bytes]:
    """Parts of a package with these sheets (one small sheet by default); ``replace`` adds or overrides."""
    sheets = sheets or (sheet(BASIC),)
    titles = tuple(names) or tuple(f"Sheet{index}" for index in range(1, len(sheets) + 1))
    root = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    texts: dict[str, str | bytes] = {
        "[Content_Types].xml": f"{HEAD}<Types/>",
        "_rels/.rels": root,
        WORKBOOK: workbook(*titles),
        "xl/_rels/workbook.xml.rels": links(len(sheets)),
        STRINGS: strings("xin chào"),
        **{f"xl/worksheets/sheet{index}.xml": text for index, text in enumerate(sheets, 1)},
        **(replace or {}),
    }
    return {name: text.encode() if isinstance(text, str) else text for name, text in texts.items()}


def zipped(content: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target.getvalue()


def book(*sheets: str, names: Iterable[str] = (), replace: Mapping[str, str | bytes] | None = None) -> bytes:
    return zipped(parts(*sheets, names=names, replace=replace))


def raw_zip(
    members: Iterable[tuple[str, bytes]],
    *,
    sizes: Mapping[str, int] | None = None,
    again: Iterable[tuple[str, str]] = (),
    flags: int = 0,
) -> bytes:
    """Write a ZIP by hand: with lying ``sizes``, or directory entries ``again`` pointing at one member."""
    body, directory = io.BytesIO(), []
    heads: dict[str, tuple[tuple[int, int, int, int, int, int, int, int], int]] = {}
    for name, data in members:
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = squeeze.compress(data) + squeeze.flush()
        size = (sizes or {}).get(name, len(data))
        fields = (20, flags, 8, 0, 0x21, zlib.crc32(data), len(packed), size)
        heads[name] = fields, body.tell()
        directory.append((name, *heads[name]))
        label = name.encode()
        body.write(struct.pack("<4sHHHHHIIIHH", b"PK\3\4", *fields, len(label), 0) + label + packed)
    directory += [(name, *heads[original]) for name, original in again]
    start = body.tell()
    for name, fields, offset in directory:
        label = name.encode()
        tail = (len(label), 0, 0, 0, 0, 0, offset)
        body.write(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, *fields, *tail) + label)
    size = body.tell() - start
    body.write(struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(directory), len(directory), size, start, 0))
    return body.getvalue()


def compound(streams: Mapping[str, bytes], *, fat: Mapping[int, int] | None = None) -> bytes:
    """Write a small OLE file by hand: sector 0 is the FAT, 1 the directory, then the streams.

    ``fat`` overrides entries of the table of next sectors.
    """
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end]
    directory = _entry("Root Entry", 5, end, 0, child=1)
    body = b""
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % 512)
        first, count = len(table), len(padded) // 512
        more = len(directory) // 128 < len(streams)
        directory += _entry(name, 2, first, len(padded), right=len(directory) // 128 + 1 if more else free)
        table += [*range(first + 1, first + count), end]
        body += padded
    for sector, following in (fat or {}).items():
        table[sector] = following
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<5I", header, 56, 4096, end, 0, end, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    table += [free] * (128 - len(table))
    return bytes(header) + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + body


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    label = (name + "\0").encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(label)] = label
    struct.pack_into("<HBB3I", entry, 64, len(label), kind, 1, 0xFFFFFFFF, right, child)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)


def biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", code, len(content)) + content for code, content in records)


def ods(content: str, **more: bytes) -> bytes:
    """An OpenDocument package around the rows of one sheet named ``S``."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    text = content
    if not content.startswith("<?xml"):
        text = (
            f'<?xml version="1.0"?><office:document-content {spaces} xmlns:calcext="urn:calcext">'
            f'<office:body><office:spreadsheet><table:table table:name="S">{content}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
    manifest = b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:manifest"/>'
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": more.pop("manifest", manifest),
        "content.xml": text.encode(),
        **more,
    }
    return zipped(members)


def opened(folder: Path, data: bytes, name: str = "bai-nop.xlsx") -> Outcome[ReceivedBook]:
    """Write the bytes, open them, and prove that the file was left as it was."""
    path = folder / name
    path.write_bytes(data)
    stamp = path.stat().st_mtime_ns
    outcome = open_behind_gate(path, name)
    assert path.read_bytes() == data
    assert path.stat().st_mtime_ns == stamp
    return outcome


def found(outcome: Outcome[ReceivedBook]) -> list[tuple[str, str]]:
    """The findings as (cell or sheet or "", code)."""
    return [(finding.place.cell or finding.place.sheet, finding.code.id) for finding in outcome.findings]


def grids(outcome: Outcome[ReceivedBook]) -> tuple[Grid, ...]:
    """The grids of a file that was read without any finding."""
    assert found(outcome) == []
    assert outcome.value is not None
    return outcome.value.grids
