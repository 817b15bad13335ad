"""The font most text of a sheet is written in, by the formats of its cells.

Cells are counted as Excel and its like write them; of a sheet written in another way nothing is said. Runs
with fonts of their own inside a text are few and not looked at.
"""

import re
from collections import Counter

from tdkt_xl.readers.text_fonts import FormatFonts

_TEXT = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="([0-9]{1,8})")? t="(?:s|inlineStr)">')
_LEAST_TEXTS = 20
"""Fewer texts say little about how a form is written."""


class MainFonts:
    """The fonts of the cell formats of one workbook."""

    def __init__(self, styles: bytes) -> None:
        formats = FormatFonts()
        if styles:
            formats.scan(styles)
        self._names = formats.names

    def main_font(self, data: bytes) -> str:
        """Name of the font of more than half of the texts of a worksheet part; "" when there is none."""
        formats = Counter(_TEXT.findall(data))
        fonts: Counter[str] = Counter()
        for style, count in formats.items():
            fonts[self._names.get(int(style or 0), "")] += count
        if fonts.total() < _LEAST_TEXTS:
            return ""
        ((name, count),) = fonts.most_common(1)
        return name if count * 2 > fonts.total() else ""
