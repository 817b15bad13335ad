"""Parts of an Excel package other than worksheets: relationships, workbook, styles, shared strings."""

import re
from dataclasses import dataclass

from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import unsafe
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes

_ROWS = re.compile(r"\$[0-9]+:\$[0-9]+")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: ``kind`` is the last word of its type."""

    id: str
    kind: str
    target: str
    external: bool


class RelationshipScan(PartScan):
    """Collect the relationships of a part, in order."""

    part = "phần liên kết nội bộ"

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Relationship] = []

    def element(self, name: str, pairs: Attributes) -> None:
        """Take one relationship."""
        if name == "Relationship":
            given = attributes(pairs)
            kind = given.get("Type", "").rpartition("/")[2]
            external = given.get("TargetMode", "") == "External"
            self.found.append(Relationship(given.get("Id", ""), kind, given.get("Target", ""), external))


class WorkbookScan(PartScan):
    """Collect the sheets of a workbook as (name, relationship id), in order.

    ``repeating`` are the 0-based numbers of the sheets that repeat rows on every printed page.
    """

    part = "phần mục lục sổ"

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.repeating: set[int] = set()
        self._names = 0
        self._titles_of = ""
        self._text: list[str] = []

    def element(self, name: str, pairs: Attributes) -> None:
        """Take one sheet, count one defined name."""
        if name == "sheet":
            ids = [value for key, value in attributes(pairs).items() if key.rpartition(":")[2] == "id"]
            self.sheets.append((attributes(pairs).get("name", ""), ids[-1] if ids else ""))
            if len(self.sheets) > limits.SHEETS:
                raise unsafe(reason=f"sổ có quá nhiều trang (trên {limits.SHEETS})")
        elif name == "definedName":
            self._names += 1
            if self._names > limits.NAMES:
                raise unsafe(reason=f"sổ có quá nhiều tên vùng (trên {limits.NAMES})")
            given = attributes(pairs)
            if given.get("name") == "_xlnm.Print_Titles":
                self._titles_of = given.get("localSheetId", "")

    def text(self, text: str) -> None:
        """Keep the range of rows or columns repeated on every page."""
        if self._titles_of:
            self._text.append(text)

    def closed(self, name: str) -> None:
        """Take the rows repeated on every page of a sheet."""
        if name == "definedName" and self._titles_of:
            number = self._titles_of
            if (
                _ROWS.search("".join(self._text))
                and number.isascii()
                and number.isdecimal()
                and len(number) < 6
            ):
                self.repeating.add(int(number))
            self._titles_of, self._text = "", []


class StylesScan(PartScan):
    """Count style records: a million of them stall any reader."""

    part = "phần định dạng"
    _COUNTED = frozenset({"xf", "numFmt", "font", "fill", "border", "dxf", "cellStyle"})

    def __init__(self) -> None:
        super().__init__()
        self._records = 0

    def element(self, name: str, pairs: Attributes) -> None:
        """Count one record."""
        if name in self._COUNTED:
            self._records += 1
            if self._records > limits.STYLE_RECORDS:
                raise unsafe(reason="sổ có quá nhiều kiểu định dạng")
