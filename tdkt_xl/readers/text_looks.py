"""Cells of an Excel package that are struck out, or shown so that nobody can see what they hold.

A score struck out, or white on white, is read like any other. Hardly any workbook has such formats, so the
cells are only walked where the styles or the shared strings show one.
"""

import re
from collections.abc import Iterator, Mapping

from tdkt_xl.readers.cell_tags import cell_tags, whole_number
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes
from tdkt_xl.tables.grid import Look, Position

_SIGN = re.compile(
    rb"strike|;;|[\"'](?:FF)?FFFFFF[\"']|theme=[\"']0[\"']|indexed=[\"'](?:1|9)[\"']"
    rb"|<(?:[A-Za-z0-9]+:)?sz val=[\"'][0-3](?:\.[0-9]+)?[\"']",
    re.IGNORECASE,
)
_SMALL = 4
"""Points below which no printed text is read."""
_WHITE = {("rgb", "FFFFFFFF"), ("rgb", "FFFFFF"), ("theme", "0"), ("indexed", "1"), ("indexed", "9")}
_HIDING = {";;;": Look.NO_FORMAT, ";;": Look.NO_NUMBER}
_FALSE = frozenset({"0", "false"})


class TextLooks:
    """The looks that hide, by cell format and by shared string, of one workbook."""

    def __init__(self, styles: bytes, strings: bytes) -> None:
        self._formats: Mapping[int, Look] = {}
        self._strings: Mapping[int, Look] = {}
        if _SIGN.search(styles):
            formats = _FormatScan()
            formats.scan(styles)
            self._formats = formats.looks()
        if b"strike" in strings:
            runs = _RunScan()
            runs.scan(strings)
            self._strings = runs.looks

    def note(self, facts: SheetFacts, data: bytes) -> None:
        """Note the look of each cell of a worksheet part that has one."""
        if self._formats or self._strings:
            facts.looks.update(self._found(data))

    def _found(self, data: bytes) -> Iterator[tuple[Position, Look]]:
        for cell in cell_tags(data):
            look = self._formats.get(whole_number(cell.style, 0))
            if look is None and cell.value and cell.kind == b"s":
                look = self._strings.get(int(cell.value))
            if look is not None:
                yield cell.place, look


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


class _FormatScan(PartScan):
    """Collect fonts, fills, number formats and the cell formats made of them."""

    part = "phần định dạng"

    def __init__(self) -> None:
        super().__init__()
        self._struck: set[int] = set()
        self._tiny: set[int] = set()
        self._white: set[int] = set()
        self._coloured: set[int] = set()
        self._codes: dict[int, Look] = {}
        self._cells: list[tuple[int, int, int]] = []
        self._inside = ""
        self._at = -1

    def element(self, name: str, pairs: Attributes) -> None:
        """See a part of a font or fill, a number format, or a cell format."""
        if self.depth == 2:
            self._inside, self._at = name, -1
        elif self._inside == "fonts":
            self._font(name, attributes(pairs))
        elif self._inside == "fills":
            self._fill(name, attributes(pairs))
        elif self._inside == "numFmts" and self.depth == 3:
            given = attributes(pairs)
            look = _HIDING.get(given.get("formatCode", "").replace('""', "").replace(" ", ""))
            if look:
                self._codes[_number(given.get("numFmtId", ""))] = look
        elif self._inside == "cellXfs" and self.depth == 3:
            given = attributes(pairs)
            font, fill, code = (_number(given.get(key, "0")) for key in ("fontId", "fillId", "numFmtId"))
            self._cells.append((font, fill, code))

    def _font(self, name: str, given: dict[str, str]) -> None:
        if self.depth == 3:
            self._at += 1
        elif name == "strike" and given.get("val") not in _FALSE:
            self._struck.add(self._at)
        elif name == "sz" and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", given.get("val", "")):
            if float(given["val"]) < _SMALL:
                self._tiny.add(self._at)
        elif name == "color" and _is_white(given):
            self._white.add(self._at)

    def _fill(self, name: str, given: dict[str, str]) -> None:
        if self.depth == 3:
            self._at += 1
        elif (name == "patternFill" and given.get("patternType", "none") != "none") or name == "gradientFill":
            self._coloured.add(self._at)
        elif name == "fgColor" and _is_white(given):
            self._coloured.discard(self._at)

    def looks(self) -> dict[int, Look]:
        """Cell format → how it hides what the cell holds."""
        found = {}
        for index, (font, fill, code) in enumerate(self._cells):
            look = self._look(font, fill) or self._codes.get(code)
            if look:
                found[index] = look
        return found

    def _look(self, font: int, fill: int) -> Look | None:
        if font in self._struck:
            return Look.STRUCK
        if font in self._white and fill not in self._coloured:
            return Look.WHITE
        return Look.TINY if font in self._tiny else None


def _is_white(given: dict[str, str]) -> bool:
    return not given.get("tint") and any((key, value.upper()) in _WHITE for key, value in given.items())


class _RunScan(PartScan):
    """Collect the shared strings with runs that are struck out."""

    part = "phần chuỗi dùng chung"

    def __init__(self) -> None:
        super().__init__()
        self.looks: dict[int, Look] = {}
        self._index = -1
        self._struck = self._reading = False
        self._lengths = [0, 0]

    def element(self, name: str, pairs: Attributes) -> None:
        """See a string, a run or its strike-through."""
        if name == "si":
            self._index += 1
            self._lengths = [0, 0]
        elif name == "r":
            self._struck = False
        elif name == "strike":
            self._struck = attributes(pairs).get("val") not in _FALSE
        self._reading = name == "t"

    def closed(self, name: str) -> None:
        """Judge a string at its end."""
        self._reading = False
        if name == "r":
            self._struck = False
        elif name == "si" and self._lengths[1]:
            self.looks[self._index] = Look.PARTLY_STRUCK if self._lengths[0] else Look.STRUCK

    def text(self, text: str) -> None:
        """Count the characters that show something."""
        if self._reading:
            self._lengths[self._struck] += len(text.strip())
