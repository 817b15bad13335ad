"""Cells of an Excel package that show a number as a percentage: the file holds 0.87, people read 87%.

Few formats do, so the cells are only walked where the styles hold one.
"""

import re

from tdkt_xl.readers.cell_tags import cell_tags, whole_number
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes

_SIGN = re.compile(rb"%|numFmtId=[\"'](?:9|10)[\"']")
_BUILT_IN = frozenset({"9", "10"})
"""Numbers of the formats 0% and 0.00%, which no file spells out."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_NUMBERS = frozenset({b"", b"n"})


class PercentCells:
    """The percentage formats of one workbook."""

    def __init__(self, styles: bytes) -> None:
        self._formats: frozenset[int] = frozenset()
        if _SIGN.search(styles):
            scan = _FormatScan()
            scan.scan(styles)
            self._formats = frozenset(scan.formats)

    def note(self, facts: SheetFacts, data: bytes) -> None:
        """Note each cell of a worksheet part that holds a number shown as a percentage."""
        if self._formats:
            facts.percents.update(
                cell.place
                for cell in cell_tags(data)
                if cell.kind in _NUMBERS and whole_number(cell.style, 0) in self._formats
            )


class _FormatScan(PartScan):
    """Collect the cell formats whose number format multiplies by a hundred."""

    part = "phần định dạng"

    def __init__(self) -> None:
        super().__init__()
        self.formats: set[int] = set()
        self._codes = set(_BUILT_IN)
        self._inside = ""
        self._index = -1

    def element(self, name: str, pairs: Attributes) -> None:
        """See a number format or a cell format."""
        if self.depth == 2:
            self._inside = name
        elif self.depth == 3 and self._inside == "numFmts":
            given = attributes(pairs)
            if "%" in _QUOTED.sub("", given.get("formatCode", "")):
                self._codes.add(given.get("numFmtId", ""))
        elif self.depth == 3 and self._inside == "cellXfs":
            self._index += 1
            if attributes(pairs).get("numFmtId") in self._codes:
                self.formats.add(self._index)
