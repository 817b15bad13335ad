"""Files that are something else than they say, old and other formats, and what could act (intake, 1.5)."""

import io
import random
import struct

from msoffcrypto.format.ooxml import OOXMLFile

from tests.faults.vectors.vector import (
    ACTIVE,
    BROKEN,
    MEBIBYTE,
    NOT_A_BOOK,
    PASSWORD,
    UNSAFE,
    WRONG_NAME,
    Vector,
    member,
    package,
)
from tests.unit.readers.test_kinds_of_file import BOF, CELL, EOF, cell, xls
from tests.unit.readers.test_native_reader import real, record, row_head, xlsb
from tests.unit.readers.test_passwords_and_limits import plain
from tests.unit.readers.vectors import BOMB, HEAD, LINKS, MAIN, PACKAGE, book, compound, links, ods

_HONEST = {"A1": "xin chào", "B1": 42.0}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_REPEAT = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'


def _encrypted(password: str) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(plain())).encrypt(password, target)
    return target.getvalue()


def _noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def _table_bomb() -> bytes:
    """A header whose tables of sectors all begin at sector 0 and claim to be endless."""
    header = bytearray(512)
    header[:8] = _OLE
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 0x7FFFFFFF, 0)
    struct.pack_into("<5I", header, 56, 4_096, 0, 0x7FFFFFFF, 0, 0x7FFFFFFF)
    struct.pack_into("<109I", header, 76, *[0] * 109)
    return bytes(header) + bytes(4_096)


def _number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x0203, struct.pack("<HHHd", row, column, 0, value)


def _active(part: str, content: str | bytes = b"x") -> bytes:
    return book(replace={part: content})


def _dde() -> bytes:
    link = (
        f'{HEAD}<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic=" /C calc"/></externalLink>'
    )
    kind = f'Id="rId1" Type="{LINKS}/externalLinkPath" TargetMode="External"'
    target = f'<Relationships xmlns="{PACKAGE}"><Relationship {kind} Target="file:///C:/x"/></Relationships>'
    web = '<connection id="1"><webPr url="http://127.0.0.1/q"/></connection>'
    return book(
        replace={
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": target,
            "xl/connections.xml": f'<connections xmlns="{MAIN}">{web}</connections>',
        }
    )


def _sparse() -> str:
    blank = '<table:table-cell table:number-columns-repeated="{}"/>'
    return (
        _REPEAT.format(1, cell("a"))
        + _REPEAT.format(1_048_574, blank.format(16_384))
        + _REPEAT.format(1, blank.format(16_383) + cell("z"))
    )


def _trailing() -> str:
    blank = '<table:table-cell table:number-columns-repeated="{}"/>'
    return _REPEAT.format(1, cell("a") + blank.format(16_383)) + _REPEAT.format(
        1_048_575, blank.format(16_384)
    )


def _ods_content_bomb() -> bytes:
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return package(
        {
            "mimetype": member(mimetype),
            "META-INF/manifest.xml": member(b"<m/>"),
            "content.xml": member(b"<a>", (b" " * MEBIBYTE, 1_024), b"</a>"),
        }
    )


_OTHER_PREFIX = (
    _REPEAT.format(1, cell("x"))
    .replace("<table:table-row", '<table:table-row table:number-rows-repeated="9000000" calcext:x="1"', 1)
    .replace(' table:number-rows-repeated="1"', ' calcext:number-rows-repeated="1"')
)
_LARGE_SHEET = 0x0200, struct.pack("<IIHHH", 0, 2**31, 0, 255, 0)

_MACRO_LINK = (
    '<Relationship Id="v" Target="data.bin" '
    'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
)

_PRETENDING = (
    Vector(
        "e01 web page",
        lambda: "<html><body><table><tr><td>Nguyễn A</td></tr></table>".encode(),
        NOT_A_BOOK,
        file="a.xls",
    ),
    Vector("e02 texts with tabs", lambda: b"ho ten\tdiem\nNguyen A\t95\n", NOT_A_BOOK, file="a.xls"),
    Vector("texts with commas", lambda: "Mã,Điểm\nA01,9\n".encode(), NOT_A_BOOK, file="a.xlsx"),
    Vector(
        "e03 Excel's XML of 2003",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        NOT_A_BOOK,
        file="a.xls",
    ),
    Vector("e04 new workbook under an old name", book, WRONG_NAME, _HONEST, "a.xls"),
    Vector("old workbook under a new name", lambda: xls(BOF, CELL, EOF), WRONG_NAME, {"A1": 1.5}, "a.xlsx"),
    Vector("e05 noise", lambda: b"\x01\x02\x00\xff" + _noise(20_000), NOT_A_BOOK),
    Vector("e06 PDF", lambda: b"%PDF-1.4\n" + b"x" * 1_000, NOT_A_BOOK),
    Vector("old Word document", lambda: compound({"WordDocument": b"x"}), NOT_A_BOOK, file="a.xls"),
)
_LOCKED = (
    Vector("e07 encrypted workbook", lambda: _encrypted("secret"), PASSWORD),
    Vector("e08 encrypted with Excel's own password", lambda: _encrypted("VelvetSweatshop"), PASSWORD),
    Vector(
        "encrypted old workbook",
        lambda: xls(BOF, EOF, globals_=((0x002F, b"\1\0\1\0"),)),
        PASSWORD,
        file="a.xls",
    ),
    Vector(
        "encrypted OpenDocument",
        lambda: ods("", manifest=b'<m:m xmlns:m="m"><m:encryption-data/></m:m>'),
        PASSWORD,
        file="a.ods",
    ),
)
_OLD = (
    Vector("e09 noise in an old container", lambda: _OLE + _noise(8_000), BROKEN, file="a.xls"),
    Vector("e10 header of an old container", lambda: _OLE + bytes(504), BROKEN, file="a.xls"),
    Vector("e11 endless tables of sectors", _table_bomb, UNSAFE, file="a.xls"),
    Vector("chain to itself", lambda: compound({"Workbook": b"x"}, fat={4: 2}), UNSAFE, file="a.xls"),
    Vector("directory to itself", lambda: compound({"Workbook": b"x"}, fat={1: 1}), UNSAFE, file="a.xls"),
    Vector(
        "chain beyond the end", lambda: compound({"Workbook": b"x"}, fat={4: 5_000}), BROKEN, file="a.xls"
    ),
    Vector("stream cut", lambda: compound({"Workbook": b"x"}, fat={4: 0xFFFFFFFE}), BROKEN, file="a.xls"),
    Vector("no end of the sheet", lambda: xls(BOF, CELL), BROKEN, file="a.xls"),
    Vector("records zeroed", lambda: xls((0, b""), (0, b""), EOF), BROKEN, file="a.xls"),
    Vector("declared rectangle", lambda: xls(BOF, _LARGE_SHEET, EOF), UNSAFE, file="a.xls"),
    Vector(
        "two far cells, .xls",
        lambda: xls(BOF, CELL, _number(65_535, 255, 1), EOF),
        "IV65536 KT-107",
        file="a.xls",
    ),
    Vector(
        "infinite number, .xls", lambda: xls(BOF, _number(0, 0, float("inf")), EOF), "A1 KT-101", file="a.xls"
    ),
    Vector(
        "macro in an old workbook",
        lambda: compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}),
        BROKEN,
        file="a.xls",
    ),
)
_BINARY = (
    Vector(
        "honest binary workbook", lambda: xlsb(row_head(0), real(0, 9.5)), reads={"A1": 9.5}, file="a.xlsb"
    ),
    Vector(
        "binary workbook without an end",
        lambda: xlsb(row_head(0), real(0, 9.5), ended=False),
        "Phiếu KT-101",
        file="a.xlsb",
    ),
    Vector(
        "two far cells, .xlsb",
        lambda: xlsb(row_head(0), real(0, 1), row_head(1_048_575), real(16_383, 1)),
        "XFD1048576 KT-107",
        file="a.xlsb",
    ),
    Vector(
        "infinite number, .xlsb", lambda: xlsb(row_head(0), real(0, float("inf"))), "A1 KT-101", file="a.xlsb"
    ),
    Vector(
        "row beyond any sheet, .xlsb",
        lambda: xlsb(row_head(4_000_000), real(0, 1)),
        "Phiếu KT-101",
        file="a.xlsb",
    ),
    Vector("record beyond the end, .xlsb", lambda: xlsb(row_head(0), record(5, b"")), BROKEN, file="a.xlsb"),
)
_ACTIVE = (
    Vector("e12 macro", lambda: _active("xl/vbaProject.bin", b"x"), ACTIVE, _HONEST, "a.xlsm"),
    Vector(
        "e13 macro in a workbook without macros",
        lambda: _active("xl/vbaProject.bin", b"x"),
        ACTIVE,
        _HONEST,
    ),
    Vector("e14 link to a program, query to the network", _dde, ACTIVE, _HONEST),
    Vector("Excel 4 macro sheet", lambda: _active("xl/macrosheets/sheet1.xml", "<x/>"), ACTIVE, _HONEST),
    Vector("embedded object", lambda: _active("xl/embeddings/oleObject1.bin", b"x"), ACTIVE, _HONEST),
    Vector("control", lambda: _active("xl/activeX/activeX1.bin", b"x"), ACTIVE, _HONEST),
    Vector("buttons of its own", lambda: _active("customUI/customUI14.xml", "<x/>"), ACTIVE, _HONEST),
    Vector(
        "macro under another name",
        lambda: book(replace={"xl/data.bin": b"x", "xl/_rels/workbook.xml.rels": links(1, _MACRO_LINK)}),
        ACTIVE,
        _HONEST,
    ),
    Vector(
        "macro in an OpenDocument",
        lambda: ods(_REPEAT.format(1, cell("x")), **{"Basic/script-lc.xml": b"x"}),
        ACTIVE,
        {"A1": "x"},
        "a.ods",
    ),
)
_OPEN_DOCUMENT = (
    Vector(
        "e15 whole sheet repeated",
        lambda: ods(_REPEAT.format(1_048_576, cell("x", 'table:number-columns-repeated="16384"'))),
        f"XFD1048576 {UNSAFE}",
        file="a.ods",
    ),
    Vector(
        "e16 50 million cells by repeating",
        lambda: ods(_REPEAT.format(500_000, cell("x", 'table:number-columns-repeated="100"'))),
        f"CV500000 {UNSAFE}",
        file="a.ods",
    ),
    Vector("e17 first and last cell", lambda: ods(_sparse()), "XFD1048576 KT-107", file="a.ods"),
    Vector(
        "e18 blank rest of the sheet", lambda: ods(_trailing()), reads={"A1": "a", "cells": 1}, file="a.ods"
    ),
    Vector("e19 billion laughs", lambda: ods(f"{BOMB}<a>&i;</a>"), UNSAFE, file="a.ods"),
    Vector("content of 1 GiB", _ods_content_bomb, UNSAFE, file="a.ods"),
    Vector(
        "a million cells by repeating",
        lambda: ods(_REPEAT.format(1_000_001, cell("x"))),
        "S KT-107",
        file="a.ods",
    ),
    Vector(
        "repeat beyond any sheet", lambda: ods(_REPEAT.format(10**12, cell("x"))), "S KT-107", file="a.ods"
    ),
    Vector(
        "repeat that is no number", lambda: ods(_REPEAT.format("-1", cell("x"))), "S KT-107", file="a.ods"
    ),
    Vector("repeat behind another prefix", lambda: ods(_OTHER_PREFIX), "S KT-107", file="a.ods"),
    Vector(
        "four billion spaces",
        lambda: ods(_REPEAT.format(1, cell('<text:s text:c="4294967295"/>'))),
        "S KT-107",
        file="a.ods",
    ),
    Vector(
        "long text repeated",
        lambda: ods(_REPEAT.format(100_000, cell("x" * 2_000))),
        "S KT-107",
        file="a.ods",
    ),
    Vector("not well-formed", lambda: ods(_REPEAT.format(1, cell("<x>"))), BROKEN, file="a.ods"),
    Vector(
        "infinite number, .ods",
        lambda: ods(_REPEAT.format(1, '<table:table-cell office:value-type="float" office:value="INF"/>')),
        "A1 KT-101",
        file="a.ods",
    ),
    Vector("no sheets", lambda: ods('<?xml version="1.0"?><a/>'), BROKEN, file="a.ods"),
)
KINDS = (*_PRETENDING, *_LOCKED, *_OLD, *_BINARY, *_ACTIVE, *_OPEN_DOCUMENT)
