"""The general pass over a worksheet part: its bounds, what the reader of values hides, what is wrong."""

import re
from collections.abc import Sequence
from xml.parsers.expat import XMLParserType

from tdkt_xl.readers import limits
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.plain_sheet import Places, scan_plain_sheet
from tdkt_xl.readers.reference import cell_of, merged_range
from tdkt_xl.readers.refusal import RefusedError, broken, unsafe
from tdkt_xl.readers.sheet_setup import sheet_setup
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes, is_plain
from tdkt_xl.tables.grid import Range

_LARGEST = 1.7976931348623157e308
_NUMBER = re.compile(r"[0-9.eE+-]+")
_RAW_START = rb"<(?:[^\s<>/:]+:)?"
_ENTITY_IN_VALUE = re.compile(_RAW_START + rb"v(?:\s[^<>]*)?>[^<&]*&")
_TAGS_BEFORE_VALUE = 3
"""The cell, its formula and the end of the formula."""
_TEXT_RESULT = re.compile(rb"""\st=["']str["']""")
_CELL_TAG = re.compile(_RAW_START + rb"c\s[^<>]*>")


def scan_sheet(name: str, data: bytes, lengths: Sequence[int], places: Places) -> SheetFacts:
    """Facts of the worksheet part with this sheet name.

    ``lengths`` are those of the shared strings; ``places`` is kept for the whole workbook.
    """
    facts = None
    if is_plain(data, f"trang “{name}”"):
        facts = scan_plain_sheet(name, data, lengths, places)
    if facts is None:
        scan = SheetScan(name, lengths)
        scan.scan(data)
        facts = scan.facts
    facts.check_box()
    facts.setup = sheet_setup(data, facts.formulas)
    return facts


class SheetScan(PartScan):
    """One pass with every element; as the reader of values does, it takes any prefix for its own."""

    def __init__(self, name: str, lengths: Sequence[int]) -> None:
        super().__init__()
        self.part = f"trang “{name}”"
        self.facts = SheetFacts(name)
        self._lengths = lengths
        self._data = b""
        self._parser: XMLParserType | None = None
        self._cells_depth = 0
        self._cells_over = False
        self._row = self._column = self._others = 0
        self._spans: list[tuple[int, int]] = []
        self._cell: dict[str, str] | None = None
        self._formula = self._has_value = False
        self._reading = ""
        self._phonetic = 0
        self._text: list[str] = []
        self._covered = 0

    def prepare(self, parser: XMLParserType) -> None:
        """Also watch for what may interrupt a value."""
        parser.CommentHandler = self._interrupted
        parser.ProcessingInstructionHandler = self._interrupted
        parser.StartCdataSectionHandler = self._interrupted

    def scan(self, data: bytes) -> None:
        """Parse the whole part and complete the facts."""
        super().scan(data)
        self.facts.hide_columns(self._spans)
        if b"&" in data:
            self._check_entities(data)

    def fault(self, *, reason: str) -> RefusedError:
        """A refusal at the current cell."""
        return broken(reason=reason, sheet=self.facts.name, row=self._row, column=self._column)

    def element(self, name: str, pairs: Attributes) -> None:
        """See an element start: cells only count between the ends of ``sheetData``."""
        if not self._cells_depth:
            if name == "sheetData":
                self._cells_depth = self.depth
            elif name == "col":
                self._start_column(attributes(pairs))
        elif self._cells_over:
            if name == "mergeCell":
                self._merge(attributes(pairs).get("ref", ""))
            elif name == "hyperlink":
                self._cover(merged_range(attributes(pairs).get("ref", "")))
        elif self._cell is not None:
            self._start_in_cell(name)
        elif name == "c":
            self._start_cell(attributes(pairs))
        elif name == "row":
            self._start_row(attributes(pairs))
        self._others += 1
        if self._others > 5 * limits.CELLS:
            raise unsafe(reason="trang có quá nhiều phần tử", sheet=self.facts.name)

    def closed(self, name: str) -> None:
        """See an element end."""
        if self._cells_depth and self.depth < self._cells_depth:
            self._cells_over = True
            self._cell = None
        elif self._cell is not None:
            if name == "c":
                self._end_cell(self._cell)
            elif name == self._reading:
                self._reading = ""
            elif name == "rPh":
                self._phonetic -= 1

    def _start_row(self, given: dict[str, str]) -> None:
        number = given.get("r", str(self._row + 1))
        if not (number.isascii() and number.isdecimal() and len(number) <= 7):
            raise self.fault(reason="một dòng ghi sai số thứ tự")
        self._column = 0
        if not self._row < int(number) <= limits.ROWS:
            raise self.fault(reason="hai dòng trùng số thứ tự hoặc không theo thứ tự")
        self._row = int(number)
        if given.get("hidden") in {"1", "true"} or given.get("ht") == "0":
            self.facts.hidden_rows.add(self._row)

    def _start_cell(self, given: dict[str, str]) -> None:
        reference = given.get("r")
        place = (self._row, self._column + 1) if reference is None else cell_of(reference)
        if place is None or place[0] != self._row or place[1] > limits.COLUMNS:
            raise self.fault(reason="một ô ghi sai địa chỉ")
        if place[1] <= self._column:
            raise self.fault(reason="hai ô trùng địa chỉ hoặc không theo thứ tự")
        self._column = place[1]
        self._cell = given
        self._formula = self._has_value = False
        self._reading, self._phonetic, self._text = "", 0, []
        self.facts.cells += 1
        if self.facts.cells > limits.CELLS or self.facts.text > limits.TEXT_CHARACTERS:
            raise unsafe(reason="trang có quá nhiều ô hoặc quá nhiều chữ", sheet=self.facts.name)

    def _start_in_cell(self, name: str) -> None:
        if name in {"v", "is"}:
            if self._has_value:
                raise self.fault(reason="một ô có hai giá trị")
            self._has_value = True
            self.facts.bottom = self._row
            self.facts.right = max(self.facts.right, self._column)
        if name == "v" or (name == "t" and not self._phonetic):
            self._reading = name
        elif name == "rPh":
            self._phonetic += 1
        elif name == "f":
            self._formula = True
            if self._has_value:
                raise self.fault(reason="một ô có công thức đứng sau giá trị")
        elif name == "c":
            raise self.fault(reason="một ô nằm trong ô khác")

    def text(self, text: str) -> None:
        """Keep the text of a value."""
        if self._reading:
            self._text.append(text)

    def _end_cell(self, given: dict[str, str]) -> None:
        self._cell = None
        place = self._row, self._column
        kind = given.get("t", "n")
        value = "".join(self._text)
        if self._formula:
            self.facts.formulas.add(place)
            if not value and not (self._has_value and kind in {"str", "inlineStr"}):
                self.facts.uncached.add(place)
        if not value:
            return
        if kind == "e":
            self.facts.errors[place] = value
        elif kind == "s":
            self._shared_string(value)
        elif kind in {"str", "inlineStr"}:
            self._count(solid=not value.isspace())
        else:
            self._check_value(kind, value)
            self._count(solid=True)

    def _count(self, *, solid: bool) -> None:
        self.facts.filled += solid
        self.facts.doubtful += not solid

    def _check_value(self, kind: str, value: str) -> None:
        if kind == "n":
            try:
                good = bool(_NUMBER.fullmatch(value)) and -_LARGEST <= float(value) <= _LARGEST
            except ValueError:
                good = False
            if not good:
                raise self.fault(reason=f"ô kiểu số nhưng ghi “{value[:20]}”")
        elif kind == "b":
            if value not in {"0", "1"}:
                raise self.fault(reason=f"ô kiểu đúng/sai nhưng ghi “{value[:20]}”")
        elif kind != "d":
            raise self.fault(reason="một ô ghi kiểu giá trị lạ")

    def _shared_string(self, value: str) -> None:
        usable = value.isascii() and value.isdecimal() and len(value) < 9
        if not usable or int(value) >= len(self._lengths):
            raise self.fault(reason="một ô trỏ tới chuỗi không có trong bảng chuỗi dùng chung")
        length = self._lengths[int(value)]
        self._count(solid=length > 0)
        self.facts.text += abs(length)

    def _start_column(self, given: dict[str, str]) -> None:
        if given.get("hidden") not in {"1", "true"} and given.get("width") != "0":
            return
        first, last = given.get("min", ""), given.get("max", "")
        if not (first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6):
            raise self.fault(reason="một cột ghi sai số thứ tự")
        self._spans.append((int(first), int(last)))
        if len(self._spans) > limits.COLUMN_RECORDS:
            raise unsafe(reason="trang định nghĩa quá nhiều cột", sheet=self.facts.name)

    def _merge(self, reference: str) -> None:
        found = merged_range(reference)
        if found is not None:
            self.facts.merges.append(found)
        if len(self.facts.merges) > limits.MERGES:
            raise unsafe(reason="trang có quá nhiều vùng gộp ô", sheet=self.facts.name)
        self._cover(found)

    def _cover(self, found: Range | None) -> None:
        """Count the cells of merges and links: programs that visit each of them would never end."""
        self._covered += found.cells if found else 0
        if self._covered > limits.RANGE_CELLS:
            raise unsafe(reason="các vùng gộp ô, liên kết của trang phủ quá rộng", sheet=self.facts.name)

    def _interrupted(self, *_: object) -> None:
        """Refuse a comment or CDATA inside a value: readers disagree on what the value then is."""
        if self._reading:
            raise self.fault(reason="giá trị của một ô bị chèn nội dung lạ")

    def _check_entities(self, data: bytes) -> None:
        """Refuse ``1&#48;`` in a number: the reader of values would take it for 1."""
        for match in _ENTITY_IN_VALUE.finditer(data):
            tag = match.start()
            cell = None
            for _ in range(_TAGS_BEFORE_VALUE):
                tag = data.rfind(b"<", 0, max(tag, 0))
                cell = cell or _CELL_TAG.match(data, max(tag, 0))
            if cell is None or not _TEXT_RESULT.search(cell[0]):
                raise broken(reason="giá trị của một ô viết bằng ký hiệu thay thế", sheet=self.facts.name)
