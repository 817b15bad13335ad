"""Fonts of an OpenDocument spreadsheet, where they matter: styles that show text in an old encoding."""

import re
from collections import Counter
from collections.abc import Mapping

from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes
from tdkt_xl.vietnamese.legacy import legacy_font

_SIGN = re.compile(rb"""["'](?:\.vn|vni[- ])""", re.IGNORECASE)
_QUOTES = "'\""
_LONGEST_CHAIN = 20


def legacy_styles(styles: bytes, content: bytes) -> Mapping[str, str]:
    """Cell and text styles → their font of an old encoding, "" for another; empty in nearly every file."""
    if not (_SIGN.search(styles) or _SIGN.search(content)):
        return {}
    scan = _StyleScan()
    for part in (styles, content):
        if part:
            scan.depth = 0
            scan.scan(part)
    fonts = {name: scan.font_of(name) for name in (*scan.parents, *scan.own)}
    return {name: font if legacy_font(font) else "" for name, font in fonts.items() if font}


class _StyleScan(PartScan):
    """Collect fonts and parents of styles; the default style of cells is the one without a name."""

    part = "phần định dạng"

    def __init__(self) -> None:
        super().__init__()
        self.parents: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self._faces: dict[str, str] = {}
        self._style: str | None = None

    def element(self, name: str, pairs: Attributes) -> None:
        """Take a font, a style or the font of a style."""
        given = attributes(pairs)
        if name == "font-face":
            family = given.get("svg:font-family", "").strip(_QUOTES)
            self._faces[given.get("style:name", "")] = family
        elif name in {"style", "default-style"}:
            self._style = None
            kind = given.get("style:family")
            style = given.get("style:name", "")
            if kind in {"table-cell", "text"}:
                self._style = style
            if kind == "table-cell":
                self.parents[style] = given.get("style:parent-style-name", "")
        elif name == "text-properties" and self._style is not None:
            face = given.get("style:font-name", "")
            font = self._faces.get(face, face) or given.get("fo:font-family", "").strip(_QUOTES)
            if font:
                self.own[self._style] = font

    def closed(self, name: str) -> None:
        """Leave a style."""
        if name in {"style", "default-style"}:
            self._style = None

    def font_of(self, style: str) -> str:
        """The font of a style: its own, else that of its parents; "" when none says."""
        for _ in range(_LONGEST_CHAIN):
            if style in self.own or not style:
                break
            style = self.parents.get(style, "")
        return self.own.get(style, "")


class TextLengths:
    """How many characters of a cell stand in which font: text outside of spans has the cell's."""

    def __init__(self, fonts: Mapping[str, str]) -> None:
        self._fonts = fonts
        self._open: list[str] = []
        self._lengths: Counter[str | None] = Counter()

    def clear(self) -> None:
        """Begin a cell."""
        self._open.clear()
        self._lengths.clear()

    def open(self, style: str) -> None:
        """Begin a run of characters in a style."""
        self._open.append(style)

    def close(self) -> None:
        """End the run."""
        if self._open:
            self._open.pop()

    def count(self, length: int) -> None:
        """Count characters of the current run."""
        if self._fonts:
            self._lengths[self._open[-1] if self._open else None] += length

    def main_font(self, own: str) -> str:
        """The legacy font of most characters, "" for any other; a run in a style without one has ``own``."""
        if not self._lengths:
            return own
        style = max(self._lengths, key=lambda one: self._lengths[one])
        return own if style is None else self._fonts.get(style, own)
