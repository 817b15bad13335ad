"""Records of an .xls workbook stream: complete, bounded, and what the reader of values hides.

Source: MS-XLS. Each sheet is a run of records from BOF to EOF; a truncated file has no EOF.
"""

import struct
from collections.abc import Iterator, Mapping

from tdkt_xl.findings.codes.files import PASSWORD
from tdkt_xl.readers import limits
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.refusal import RefusedError, broken, unsafe
from tdkt_xl.vietnamese.legacy import legacy_font

_BOF, _EOF = 0x0809, 0x000A
_FILEPASS, _BOUNDSHEET = 0x002F, 0x0085
_FONT, _FORMAT = 0x0031, 0x00E0
_DIMENSIONS, _ROW, _COLINFO = 0x0200, 0x0208, 0x007D
_FORMULA, _BOOLERR, _MULRK = 0x0006, 0x0205, 0x00BD
_NUMBERS = frozenset({0x0203, 0x027E})
_TEXTS = frozenset({0x0204, 0x00D6, 0x00FD})
_BLANKS = frozenset({0x0201, 0x00BE})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_CUT = "tệp thiếu phần cuối, có thể tải về hoặc chép dở dang"
_CELL_HEAD = struct.Struct("<HH")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records of the substream at ``start`` up to its EOF; those of charts inside it are left out."""
    depth = 0
    while True:
        if start + 4 > len(stream):
            raise broken(reason=_CUT)
        code, size = struct.unpack_from("<HH", stream, start)
        content = stream[start + 4 : start + 4 + size]
        if len(content) < size:
            raise broken(reason=_CUT)
        start += 4 + size
        if code == _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 0:
            raise broken(reason="cấu trúc tệp .xls bị hỏng")
        elif depth == 1:
            yield code, content


def scan_workbook(stream: bytes) -> list[SheetFacts]:
    """Facts of each worksheet, in workbook order."""
    places: list[tuple[int, int]] = []
    fonts: list[str] = []
    formats: list[int] = []
    for code, content in _records(stream, 0):
        if code == _FILEPASS:
            raise RefusedError(PASSWORD)
        if code == _FONT:
            fonts.append(_font_name(content))
        elif code == _FORMAT:
            formats.append(struct.unpack_from("<H", content)[0])
        if code == _BOUNDSHEET:
            place, _state, kind = struct.unpack_from("<IBB", content)
            places.append((place, kind))
    if not places:
        raise broken(reason="sổ không có trang nào")
    if len(places) > limits.SHEETS:
        raise unsafe(reason=f"sổ có quá nhiều trang (trên {limits.SHEETS})")
    if len({place for place, _ in places}) != len(places):
        raise unsafe(reason="nhiều trang cùng trỏ tới một nội dung")
    legacy = _legacy_formats(fonts, formats)
    return [facts for place, kind in places for facts in [_scan_sheet(stream, place, legacy)] if kind == 0]


def _font_name(content: bytes) -> str:
    """Name in a FONT record: with a flag byte before its characters since Excel 97."""
    if len(content) < 16:
        return ""
    length, wide = content[14], content[15] & 1
    modern = len(content) == 16 + (length << wide)
    name = content[16:] if modern else content[15 : 15 + length]
    return name.decode("utf-16-le" if modern and wide else "latin-1", "replace")


def _legacy_formats(fonts: list[str], formats: list[int]) -> dict[int, str]:
    """Cell formats shown in the font of an old encoding; no font has the number 4 (MS-XLS, FontIndex)."""
    numbered = dict(enumerate([*fonts[:4], "", *fonts[4:]]))
    shown = {index: numbered.get(number, "") for index, number in enumerate(formats)}
    return {index: font for index, font in shown.items() if legacy_font(font)}


def _scan_sheet(stream: bytes, start: int, legacy: Mapping[int, str]) -> SheetFacts:
    facts = SheetFacts()
    spans: list[tuple[int, int]] = []
    for code, content in _records(stream, start):
        if code == _DIMENSIONS:
            _check_dimensions(content)
        elif code == _ROW:
            if content[12] & 0x20:
                facts.hidden_rows.add(struct.unpack_from("<H", content)[0] + 1)
        elif code == _COLINFO:
            first, last, _width, _style, flags = struct.unpack_from("<5H", content)
            if flags & 1 and len(spans) < limits.COLUMN_RECORDS:
                spans.append((first + 1, last + 1))
        else:
            _cell(facts, code, content)
            if legacy and (code in _TEXTS or code == _FORMULA):
                _note_font(facts, content, legacy)
        if facts.cells > limits.CELLS:
            raise unsafe(reason="trang có quá nhiều ô")
    facts.hide_columns(spans)
    facts.check_box()
    return facts


def _check_dimensions(content: bytes) -> None:
    """Readers reserve the declared rectangle before they see a cell."""
    if len(content) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", content)
    else:
        top, bottom, left, right = struct.unpack_from("<HHHH", content)
    if bottom > 65_536 or right > 256 or top > bottom or left > right:
        raise unsafe(reason="tệp .xls khai báo kích thước không có thật")


def _note_font(facts: SheetFacts, content: bytes, legacy: Mapping[int, str]) -> None:
    """Note the font of a cell that may hold text, as its format tells; fonts of single runs are not read."""
    row, column, index = struct.unpack_from("<HHH", content)
    if index in legacy:
        facts.fonts[row + 1, column + 1] = legacy[index]


def _cell(facts: SheetFacts, code: int, content: bytes) -> None:
    """Take a record if it is a cell."""
    width = 1
    if code in _NUMBERS:
        facts.filled += 1
    elif code in _TEXTS:
        facts.doubtful += 1
    elif code == _MULRK:
        width = (len(content) - 6) // 6
        facts.filled += width
    elif code in (_FORMULA, _BOOLERR):
        _special_cell(facts, code, content)
    elif code in _BLANKS:
        facts.cells += 1
        return
    else:
        return
    row, column = _CELL_HEAD.unpack_from(content)
    facts.cells += width
    facts.bottom = max(facts.bottom, row + 1)
    facts.right = max(facts.right, column + width)


def _special_cell(facts: SheetFacts, code: int, content: bytes) -> None:
    """A formula, whose result may be an error, or a stored truth value or error."""
    row, column = _CELL_HEAD.unpack_from(content)
    place = row + 1, column + 1
    error: int | None = None
    if code == _FORMULA:
        facts.formulas.add(place)
        result = content[6:14]
        if result[6:8] != b"\xff\xff" or result[0] == 1:
            facts.filled += 1
        elif result[0] == 2:
            error = result[2]
        else:
            facts.doubtful += 1
    elif content[7]:
        error = content[6]
    else:
        facts.filled += 1
    if error is not None:
        facts.errors[place] = _ERRORS.get(error, "#N/A")
