"""Fonts of an Excel package, where they matter: cells with text shown in a font of an old encoding.

Hardly any workbook has one, so the styles and the shared strings are searched for such a name before
anything is scanned for it. A text of several runs takes the font of most of its characters; runs without
a font of their own, and texts kept inside the sheet, have the font of the cell.
"""

import re
from collections import Counter
from collections.abc import Mapping

from tdkt_xl.readers.cell_tags import cell_tags, whole_number
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.reference import column_of
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes
from tdkt_xl.vietnamese.legacy import legacy_font

_SIGN = re.compile(rb"""["'](?:\.vn|vni[- ])""", re.IGNORECASE)
_USUAL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,8})")? t="(s|str|inlineStr)">'
    rb"(?:<v>([0-9]{1,8})</v>)?"
)
_KINDS = (b't="s"', b't="str"', b't="inlineStr"')
_TEXTS = frozenset({b"s", b"str", b"inlineStr"})
_THE_CELLS = None
"""Stands for the font of the cell among the fonts of runs."""


class TextFonts:
    """The legacy fonts of one workbook, by cell format and by shared string."""

    def __init__(self, styles: bytes, strings: bytes) -> None:
        self._formats: Mapping[int, str] = {}
        self._strings: Mapping[int, str] = {}
        if not (_SIGN.search(styles) or _SIGN.search(strings)):
            return
        formats = FormatFonts()
        if styles:
            formats.scan(styles)
        self._formats = {index: name for index, name in formats.names.items() if legacy_font(name)}
        if b"rFont" in strings:
            runs = _RunScan()
            runs.scan(strings)
            self._strings = runs.fonts

    def note(self, facts: SheetFacts, data: bytes) -> None:
        """Note the legacy font of each cell of a worksheet part that holds text in one."""
        if not self._formats and not self._strings:
            return
        # Programs write every cell with its address, format and kind, in this order; then only texts are met.
        usual = _USUAL.findall(data)
        if len(usual) == sum(map(data.count, _KINDS)) and b"t='" not in data:
            for letters, row, style, kind, value in usual:
                font = self._font(style, kind, value)
                if font:
                    facts.fonts[int(row), column_of(letters.decode())] = font
            return
        self._note_each(facts, data)

    def _note_each(self, facts: SheetFacts, data: bytes) -> None:
        """The same for cells written in another way: with prefixes, without addresses, in other quotes."""
        for cell in cell_tags(data):
            if cell.kind in _TEXTS:
                font = self._font(cell.style, cell.kind, cell.value)
                if font:
                    facts.fonts[cell.place] = font

    def _font(self, style: bytes, kind: bytes, value: bytes) -> str:
        own = self._formats.get(whole_number(style, 0), "")
        return self._strings.get(int(value), own) if kind == b"s" and value else own


class FormatFonts(PartScan):
    """Collect the fonts of the cell formats (cellXfs): ``names`` maps index → name of the font."""

    part = "phần định dạng"

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[int, str] = {}
        self._fonts: list[str] = []
        self._inside = ""
        self._count = 0

    def element(self, name: str, pairs: Attributes) -> None:
        """Take a font, or a format that uses one."""
        if self.depth == 2:
            self._inside = name
        elif self._inside == "fonts" and self.depth == 3:
            self._fonts.append("")
        elif self._inside == "fonts" and self.depth == 4 and name == "name":
            self._fonts[-1] = attributes(pairs).get("val", "")
        elif self._inside == "cellXfs" and self.depth == 3:
            number = attributes(pairs).get("fontId", "0")
            known = number.isascii() and number.isdecimal() and len(number) < 9
            if known and int(number) < len(self._fonts):
                self.names[self._count] = self._fonts[int(number)]
            self._count += 1


class _RunScan(PartScan):
    """Collect the font most characters of a string have, for strings whose runs name one."""

    part = "phần chuỗi dùng chung"

    def __init__(self) -> None:
        super().__init__()
        self.fonts: dict[int, str] = {}
        self._index = -1
        self._font: str | None = _THE_CELLS
        self._lengths: Counter[str | None] = Counter()
        self._reading = False

    def element(self, name: str, pairs: Attributes) -> None:
        """See a string, a run or its font."""
        if name == "si":
            self._index += 1
            self._lengths.clear()
        elif name == "r":
            self._font = _THE_CELLS
        elif name == "rFont":
            self._font = attributes(pairs).get("val", "")
        self._reading = name == "t"

    def closed(self, name: str) -> None:
        """Judge a string at its end."""
        self._reading = False
        if name == "r":
            self._font = _THE_CELLS
        elif name == "si" and self._lengths:
            font = max(self._lengths, key=lambda one: self._lengths[one])
            if font is not _THE_CELLS:
                self.fonts[self._index] = font if legacy_font(font) else ""

    def text(self, text: str) -> None:
        """Count the characters of a run."""
        if self._reading:
            self._lengths[self._font] += len(text)
