"""Binary Excel packages (.xlsb): the records of each sheet are walked before they are read.

Source: MS-XLSB. A record is a code and a size, each 7 bits per byte, then its content.
"""

import re
import struct
from collections.abc import Iterator, Mapping

from tdkt_xl.readers import limits
from tdkt_xl.readers.facts import SheetFacts, check_totals
from tdkt_xl.readers.ooxml_gate import SheetParts, main_part, read_relationships, relationships_of, resolve
from tdkt_xl.readers.refusal import broken, unsafe
from tdkt_xl.readers.zip_gate import Package, pack
from tdkt_xl.vietnamese.legacy import legacy_font

_ROW, _END_DATA, _SHEET, _COLUMN, _MERGE = 0, 0x92, 0x9C, 0x3C, 0xB0
_BEGIN_STRINGS, _STRING = 0x9F, 0x13
_FIRST_CELL, _LAST_CELL, _ERROR, _SHARED, _FORMULA_ERROR = 2, 11, 3, 7, 11
_TEXTS = frozenset({6, 7, 8})
_FIRST_FORMULA = 8
_FONT, _FORMAT, _BEGIN_CELL_FORMATS, _END_CELL_FORMATS = 0x2B, 0x2F, 0x269, 0x26A
_FONT_NAME = 21
_SIGN = re.compile(rb"\.\0v\0n\0|v\0n\0i\0", re.IGNORECASE)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_DAMAGED = "cấu trúc tệp .xlsb bị hỏng"


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of 7 bits per byte, and where it ends."""
    value = 0
    for step in range(longest):
        byte = data[at + step]
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            return value, at + step + 1
    return value, at + longest


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        code = data[at]
        at += 1
        if code & 0x80:
            code = (code & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size, at = _number(data, at, 4)
        content = data[at : at + size]
        if len(content) < size:
            raise broken(reason=_DAMAGED)
        yield code, content
        at += size


def _text(content: bytes, at: int) -> tuple[str, int]:
    (size,) = struct.unpack_from("<I", content, at)
    if size == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * size
    if end > len(content):
        raise broken(reason=_DAMAGED)
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _sheets(workbook: bytes) -> list[tuple[str, str]]:
    """Sheets as (name, relationship id), in order."""
    sheets = []
    for code, content in _records(workbook):
        if code == _SHEET:
            id_, end = _text(content, 8)
            sheets.append((_text(content, end)[0], id_))
            if len(sheets) > limits.SHEETS:
                raise unsafe(reason=f"sổ có quá nhiều trang (trên {limits.SHEETS})")
    return sheets


def _string_lengths(table: bytes) -> list[int]:
    """Lengths of the shared strings."""
    lengths: list[int] = []
    declared = 0
    for code, content in _records(table):
        if code == _BEGIN_STRINGS:
            (declared,) = struct.unpack_from("<I", content, 4)
        elif code == _STRING:
            lengths.append(len(_text(content, 1)[0]))
    if declared > len(lengths):
        raise broken(reason=_DAMAGED)
    if len(lengths) > limits.STRINGS or sum(lengths) > limits.STRING_CHARACTERS:
        raise unsafe(reason="sổ có quá nhiều chữ")
    return lengths


def _legacy_formats(styles: bytes) -> dict[int, str]:
    """Cell formats shown in the font of an old encoding; none is looked for unless its name is there."""
    fonts: list[str] = []
    shown: list[str] = []
    inside = False
    for code, content in _records(styles if _SIGN.search(styles) else b""):
        if code == _FONT:
            fonts.append(_text(content, _FONT_NAME)[0])
        elif code in (_BEGIN_CELL_FORMATS, _END_CELL_FORMATS):
            inside = code == _BEGIN_CELL_FORMATS
        elif code == _FORMAT and inside:
            (number,) = struct.unpack_from("<4xH", content)
            shown.append(fonts[number] if number < len(fonts) else "")
    return {index: font for index, font in enumerate(shown) if legacy_font(font)}


def _scan_sheet(name: str, data: bytes, lengths: list[int], legacy: Mapping[int, str]) -> SheetFacts:
    facts = SheetFacts(name)
    row = 0
    spans: list[tuple[int, int]] = []
    ended = False
    for code, content in _records(data):
        if code == _ROW and not ended:
            (row,) = struct.unpack_from("<I", content)
            row += 1
            if row > limits.ROWS:
                raise broken(reason=_DAMAGED, sheet=name)
            if content[11] & 0x10:
                facts.hidden_rows.add(row)
        elif _FIRST_CELL <= code <= _LAST_CELL and not ended:
            _cell(facts, row, code, content, lengths)
            if legacy and code in _TEXTS:
                column, style = struct.unpack_from("<II", content)
                if style & 0xFFFFFF in legacy:
                    facts.fonts[row, column + 1] = legacy[style & 0xFFFFFF]
        elif code == _COLUMN and len(spans) < limits.COLUMN_RECORDS:
            first, last, _width, _style, flags = struct.unpack_from("<IIIIH", content)
            if flags & 1:
                spans.append((first + 1, last + 1))
        elif code == _END_DATA:
            ended = True
    if not ended:
        raise broken(reason=_DAMAGED, sheet=name)
    facts.hide_columns(spans)
    facts.check_box()
    return facts


def _cell(facts: SheetFacts, row: int, code: int, content: bytes, lengths: list[int]) -> None:
    (column,) = struct.unpack_from("<I", content)
    column += 1
    if not row or column > limits.COLUMNS:
        raise broken(reason=_DAMAGED, sheet=facts.name)
    facts.cells += 1
    facts.bottom = max(facts.bottom, row)
    facts.right = max(facts.right, column)
    if code >= _FIRST_FORMULA:
        facts.formulas.add((row, column))
    if code in (_ERROR, _FORMULA_ERROR):
        facts.errors[row, column] = _ERRORS.get(content[8], "#N/A")
    elif code in _TEXTS:
        facts.doubtful += 1
        if code == _SHARED:
            facts.text += lengths[struct.unpack_from("<I", content, 8)[0]]
    else:
        facts.filled += 1


def check_xlsb(package: Package) -> tuple[bytes, list[SheetFacts]]:
    """Walk an .xlsb package; return what may be read and the facts of each worksheet."""
    try:
        return _check(package)
    except (struct.error, IndexError) as fault:
        raise broken(reason=_DAMAGED) from fault


def _check(package: Package) -> tuple[bytes, list[SheetFacts]]:
    main = main_part(package, "xl/workbook.bin")
    workbook = package.read(main)
    if workbook is None:
        raise broken(reason="tệp không có phần mục lục sổ")
    sheets = SheetParts(main, _sheets(workbook), read_relationships(package, main))
    parts = {
        "_rels/.rels": relationships_of([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": sheets.relationships("bin"),
    }
    for name in ("styles.bin", "sharedStrings.bin"):
        data = package.read(resolve(main, name))
        if data is not None:
            parts[f"xl/{name}"] = data
    lengths = _string_lengths(parts.get("xl/sharedStrings.bin", b""))
    legacy = _legacy_formats(parts.get("xl/styles.bin", b""))
    facts = []
    for number, (name, _, key) in enumerate(sheets.worksheets, 1):
        data = package.read(key)
        if data is None:
            raise broken(reason=f"trang “{name}” không có nội dung trong tệp", sheet=name)
        facts.append(_scan_sheet(name, data, lengths, legacy))
        parts[f"xl/worksheets/sheet{number}.bin"] = data
        check_totals(facts)
    return pack(parts), facts
