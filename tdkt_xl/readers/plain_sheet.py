"""Worksheets written the way spreadsheet programs write them, taken in bulk.

Once the parser has proven that a part is well-formed UTF-8 without comments, CDATA, processing
instructions or a document type, every ``<`` starts a tag, and a pattern over the bytes is exact. The
pattern must cover the rows without a gap. Whatever is unusual or faulty gives None and is left to the
general scan, which is five times slower and says what is wrong.
"""

import re
from collections.abc import Sequence
from math import isfinite
from operator import lt

from tdkt_xl.readers import limits
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.reference import column_of, merged_range

_SPACE = rb'(?: xml:space="preserve")?'
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="[0-9]+")?(?: t="([A-Za-z]+)")?(?:/>|>'
    rb"(?:(<f)(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    rb"(?:<v(?:" + _SPACE + rb">([^<]*)</v>| ?(/)>)|<is><t" + _SPACE + rb">([^<]*)</t></is>)?</c>)"
)
_GROUPS = 7
_ROW_START = rb'<row r="([1-9][0-9]{0,6})"([^<>]*)'
_ROW_TAG = re.compile(_ROW_START + rb">")
_BETWEEN = re.compile(
    rb'(?:</row>)?(?:<row r="[1-9][0-9]{0,6}"[^<>]*(?:/>|></row>))*(?:<row r="[1-9][0-9]{0,6}"[^<>]*>)?'
)
_HIDDEN = re.compile(rb' (?:hidden="(?:1|true)"|ht="0")')
_MERGE = re.compile(rb'<mergeCell ref="([^"<>]*)"')
_COLUMN = re.compile(rb"<col ([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)="([^"]*)"')
_NUMBER_BYTES = b"0123456789.eE+-"
_KINDS = frozenset({None, b"n", b"s", b"str", b"inlineStr", b"b", b"e", b"d"})


def scan_plain_sheet(name: str, data: bytes, lengths: Sequence[int]) -> SheetFacts | None:
    """Facts of a worksheet part proven plain; None if it is not written in the usual way."""
    start, end = data.find(b"<sheetData>"), data.find(b"</sheetData>")
    if start < 0 or end < start or data.count(b"sheetData") != 2:
        return None
    pieces = _CELL.split(data[start + len(b"<sheetData>") : end])
    facts = SheetFacts(name)
    step = _GROUPS + 1
    cells = _Cells(facts, lengths, [pieces[group::step] for group in range(1, step)])
    good = (
        cells.place()
        and cells.match_rows(pieces[::step])
        and cells.count_values()
        and cells.note_formulas()
        and _surroundings(facts, data[:start], data[end:])
    )
    return facts if good else None


class _Cells:
    """The cells of a sheet, column-wise: letters, row, type, formula, value, empty value, inline text."""

    def __init__(self, facts: SheetFacts, lengths: Sequence[int], groups: list[list[bytes]]) -> None:
        self.facts = facts
        self.lengths = lengths
        self.letters, self.rows, self.kinds, self.formulas, self.values, self.empties, self.inlines = groups
        self.columns: list[int] = []

    def place(self) -> bool:
        """Number the columns; cells must come in order. Set the bounds of what has content."""
        columns = {letters: column_of(letters.decode()) for letters in set(self.letters)}
        rows = {row: int(row) for row in set(self.rows)}
        self.columns = list(map(columns.__getitem__, self.letters))
        keys = [rows[row] << 15 | column for row, column in zip(self.rows, self.columns, strict=True)]
        if 0 in columns.values() or not all(map(lt, keys, keys[1:])):
            return False
        self.facts.cells = len(keys)
        values = zip(self.values, self.empties, self.inlines, keys, strict=True)
        full = [key for value, empty, inline, key in values if (value or empty or inline) is not None]
        if full:
            self.facts.bottom = full[-1] >> 15
            self.facts.right = max(map((0x7FFF).__and__, full))
        return self.facts.bottom <= limits.ROWS

    def match_rows(self, between: list[bytes]) -> bool:
        """Check that only row tags stand between cells, and each cell in its row."""
        previous, last_row, filled_rows = b"", 0, 0
        for index, piece in enumerate(between):
            if not piece:
                continue
            if not _BETWEEN.fullmatch(piece):
                return False
            number = b""
            for number, rest in _ROW_TAG.findall(piece):
                if int(number) <= last_row:
                    return False
                last_row = int(number)
                if _HIDDEN.search(rest):
                    self.facts.hidden_rows.add(last_row)
            if index < len(self.rows):
                if self.rows[index] != number or number == previous or piece.endswith((b"/>", b"</row>")):
                    return False
                previous = number
                filled_rows += 1
        return filled_rows == len(set(self.rows)) and last_row <= limits.ROWS

    def count_values(self) -> bool:
        """Count what the reader of values must see, and refuse to vouch for odd values."""
        kinds = set(self.kinds)
        if not kinds <= _KINDS:
            return False
        plain = [
            value
            for kind, value in zip(self.kinds, self.values, strict=True)
            if value and (kind is None or kind == b"n")
        ]
        if b"".join(plain).translate(None, _NUMBER_BYTES) or not _finite(plain):
            return False
        self.facts.filled += len(plain)
        return (
            (b"s" not in kinds or self._count_shared())
            and (kinds <= {None, b"n", b"s"} or self._count_others())
            and self._count_inline()
        )

    def _count_shared(self) -> bool:
        shared = [
            value for kind, value in zip(self.kinds, self.values, strict=True) if value and kind == b"s"
        ]
        if not shared:
            return True
        indexes = (
            list(map(int, shared)) if b"".join(shared).isdigit() and len(max(shared, key=len)) < 9 else []
        )
        if not indexes or max(indexes) >= len(self.lengths):
            return False
        for length in map(self.lengths.__getitem__, indexes):
            if length > 0:
                self.facts.filled += 1
                self.facts.text += length
            else:
                self.facts.doubtful += 1
                self.facts.text -= length
        return True

    def _count_others(self) -> bool:
        for index, (kind, value) in enumerate(zip(self.kinds, self.values, strict=True)):
            if not value or kind in {None, b"n", b"s", b"inlineStr"}:
                continue
            if kind == b"e":
                if b"&" in value:
                    return False
                self.facts.errors[int(self.rows[index]), self.columns[index]] = value.decode()
            elif kind == b"b" and value not in {b"0", b"1"}:
                return False
            elif kind == b"str" and not value.strip():
                self.facts.doubtful += 1
            elif b"&#" in value:
                return False
            else:
                self.facts.filled += 1
        return True

    def _count_inline(self) -> bool:
        texts = [text for text in self.inlines if text]
        solid = sum(1 for text in texts if text.strip())
        self.facts.filled += solid
        self.facts.doubtful += len(texts) - solid
        return b"&#" not in b"".join(texts)

    def note_formulas(self) -> bool:
        """Record formulas, and those without a stored result; an empty text is one."""
        if any(self.formulas):
            for index, formula in enumerate(self.formulas):
                if formula:
                    place = int(self.rows[index]), self.columns[index]
                    self.facts.formulas.add(place)
                    empty = self.values[index] is not None or self.empties[index] is not None
                    text = self.inlines[index] is not None or (empty and self.kinds[index] == b"str")
                    if not text and not self.values[index]:
                        self.facts.uncached.add(place)
        return True


def _finite(numbers: list[bytes]) -> bool:
    try:
        return all(map(isfinite, map(float, numbers)))
    except ValueError:
        return False


def _surroundings(facts: SheetFacts, head: bytes, tail: bytes) -> bool:
    """Take hidden columns from before the cells and merged ranges from after them."""
    merges = [merged_range(reference.decode()) for reference in _MERGE.findall(tail)]
    facts.merges = [merge for merge in merges if merge is not None]
    if len(merges) != tail.count(b"<mergeCell ") or len(merges) > limits.MERGES:
        return False
    if b"hidden" not in head and b'width="0"' not in head:
        return True
    spans = []
    for column in _COLUMN.findall(head):
        given = dict(_ATTRIBUTE.findall(column))
        if given.get(b"hidden") in {b"1", b"true"} or given.get(b"width") == b"0":
            first, last = given.get(b"min", b""), given.get(b"max", b"")
            if not (first.isdigit() and last.isdigit() and len(first) < 6 and len(last) < 6):
                return False
            spans.append((int(first), int(last)))
    facts.hide_columns(spans)
    return len(spans) <= limits.COLUMN_RECORDS and head.count(b"<col ") >= len(spans)
