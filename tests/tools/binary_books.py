"""Write sheets as a binary workbook (.xlsb, [MS-XLSB]): values, stored results of formulas, hidden rows."""

import struct
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tdkt_xl.tables.grid import CellValue, SheetState
from tests.tools.grids import Draft

_STATES = {SheetState.VISIBLE: 0, SheetState.HIDDEN: 1, SheetState.VERY_HIDDEN: 2}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.ms-excel"


def binary_book(drafts: Sequence[Draft]) -> bytes:
    """The bytes of that workbook; the same for the same sheets."""
    texts: dict[str, int] = {}
    sheets = [_sheet(draft, texts) for draft in drafts]
    bundles = b"".join(
        record(0x9C, struct.pack("<II", _STATES[draft.state], at) + wide(f"rId{at}") + wide(draft.name))
        for at, draft in enumerate(drafts, start=1)
    )
    count = struct.pack("<II", len(texts), len(texts))
    strings = record(0x9F, count) + b"".join(record(0x13, b"\0" + wide(text)) for text in texts)
    own = [("worksheet", f"worksheets/sheet{at}.bin") for at in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": record(0x83) + record(0x8F) + bundles + record(0x90) + record(0x84),
        "xl/_rels/workbook.bin.rels": _relations([*own, ("sharedStrings", "sharedStrings.bin")]),
        "xl/sharedStrings.bin": strings + record(0xA0),
        **{f"xl/worksheets/sheet{at}.bin": content for at, content in enumerate(sheets, start=1)},
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return target.getvalue()


def record(kind: int, content: bytes = b"") -> bytes:
    """One record: its kind and length in groups of seven bits, then its content."""
    head = bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    length, rest = b"", len(content)
    while rest >= 0x80:
        length += bytes([(rest & 0x7F) | 0x80])
        rest >>= 7
    return head + length + bytes([rest]) + content


def wide(text: str) -> bytes:
    """A text behind its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _sheet(draft: Draft, texts: dict[str, int]) -> bytes:
    places = sorted({*draft.cells, *draft.formulas})
    last_row, last_column = max(row for row, _ in places), max(column for _, column in places)
    body = b""
    for row in sorted({row for row, _ in places}):
        hidden = 0x10 if row in draft.hidden_rows else 0
        body += record(0, struct.pack("<IIHBB", row - 1, 0, 300, 0, hidden) + bytes(5))
        for at in (at for at in places if at[0] == row):
            body += _cell(at[1] - 1, draft.cells.get(at), at in draft.formulas, texts)
    size = record(0x94, struct.pack("<IIII", 0, last_row - 1, 0, last_column - 1))
    merges = b"".join(
        record(0xB0, struct.pack("<IIII", one.top - 1, one.bottom - 1, one.left - 1, one.right - 1))
        for one in draft.merges
    )
    merged = record(0xB1, struct.pack("<I", len(draft.merges))) + merges + record(0xB2) if merges else b""
    return record(0x81) + size + record(0x91) + body + record(0x92) + merged + record(0x82)


def _cell(column: int, value: CellValue, formula: bool, texts: dict[str, int]) -> bytes:
    head = struct.pack("<II", column, 0)
    tail = struct.pack("<HII", 0, 0, 0) if formula else b""
    if isinstance(value, str):
        if formula:
            return record(8, head + wide(value) + tail)
        return record(7, head + struct.pack("<I", texts.setdefault(value, len(texts))))
    assert isinstance(value, (int, float)), value
    return record(9 if formula else 5, head + struct.pack("<d", value) + tail)


def _relations(links: Sequence[tuple[str, str]]) -> bytes:
    made = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for at, (kind, target) in enumerate(links, start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{made}</Relationships>'.encode()


def _content_types(sheets: int) -> bytes:
    kinds = {"workbook": "sheet.binary.macroEnabled.main", "sharedStrings": "sharedStrings"}
    kinds |= {f"worksheets/sheet{at}": "worksheet" for at in range(1, sheets + 1)}
    made = "".join(
        f'<Override PartName="/xl/{part}.bin" ContentType="{_MAIN}.{kind}"/>' for part, kind in kinds.items()
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'<?xml version="1.0"?><Types xmlns="{_TYPES}">{rels}{made}</Types>'.encode()
