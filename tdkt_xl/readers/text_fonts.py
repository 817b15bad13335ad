"""Fonts of an Excel package, where they matter: cells with text shown in a font of an old encoding.

Hardly any workbook has one, so the styles and the shared strings are searched for such a name before
anything is scanned for it. A text of several runs takes the font of most of its characters; runs without
a font of their own, and texts kept inside the sheet, have the font of the cell.
"""

import re
from collections import Counter
from collections.abc import Mapping

from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.reference import cell_of
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes
from tdkt_xl.vietnamese.legacy import legacy_font

_SIGN = re.compile(rb"""["'](?:\.vn|vni[- ])""", re.IGNORECASE)
_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(row|c)\b([^<>]*)>(?:<(?:[^\s<>/:]+:)?v(?: [^<>]*)?>([0-9]{1,8})</)?")
_ATTRIBUTE = re.compile(rb"""([A-Za-z]+)=["']([^"']*)["']""")
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
        formats = _FormatScan()
        if styles:
            formats.scan(styles)
        self._formats = formats.fonts
        if b"rFont" in strings:
            runs = _RunScan()
            runs.scan(strings)
            self._strings = runs.fonts

    def note(self, facts: SheetFacts, data: bytes) -> None:
        """Note the legacy font of each cell of a worksheet part that holds text in one."""
        if not self._formats and not self._strings:
            return
        row = column = 0
        for tag, rest, value in _TAG.findall(data):
            given = dict(_ATTRIBUTE.findall(rest))
            if tag == b"row":
                row, column = int(given.get(b"r", b"%d" % (row + 1))), 0
                continue
            place = cell_of(given[b"r"].decode()) if b"r" in given else (row, column + 1)
            if place is None:
                continue
            row, column = place
            if given.get(b"t") in _TEXTS and not rest.endswith(b"/"):
                font = self._font(given, value)
                if font:
                    facts.fonts[place] = font

    def _font(self, given: Mapping[bytes, bytes], value: bytes) -> str:
        own = self._formats.get(int(given.get(b"s", b"0")), "")
        return self._strings.get(int(value), own) if given[b"t"] == b"s" and value else own


class _FormatScan(PartScan):
    """Collect the cell formats (cellXfs) whose font is a legacy one."""

    part = "phần định dạng"

    def __init__(self) -> None:
        super().__init__()
        self.fonts: dict[int, str] = {}
        self._names: list[str] = []
        self._inside = ""
        self._count = 0

    def element(self, name: str, pairs: Attributes) -> None:
        """Take a font, or a format that uses one."""
        if self.depth == 2:
            self._inside = name
        elif self._inside == "fonts" and self.depth == 3:
            self._names.append("")
        elif self._inside == "fonts" and self.depth == 4 and name == "name":
            self._names[-1] = attributes(pairs).get("val", "")
        elif self._inside == "cellXfs" and self.depth == 3:
            number = attributes(pairs).get("fontId", "0")
            font = self._names[int(number)] if number.isdecimal() and int(number) < len(self._names) else ""
            if legacy_font(font):
                self.fonts[self._count] = font
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
