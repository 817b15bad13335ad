"""Worksheets written the way spreadsheet programs write them, taken in bulk.

Once the parser has proven that a part is well-formed UTF-8 without comments, CDATA, processing
instructions or a document type, every ``<`` starts a tag, and a pattern over the bytes is exact. The
pattern must cover the rows without a gap. Whatever is unusual or faulty gives None and is left to the
general scan, which is several times slower and says what is wrong.
"""

import re
from collections.abc import Sequence
from itertools import compress
from math import isfinite
from operator import lt, not_

from tdkt_xl.readers import limits
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.reference import column_of, merged_range
from tdkt_xl.tables.grid import Position

_SPACE = rb'(?: xml:space="preserve")?'
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="[0-9]+")?(?:(/)>'
    rb'| t="s"><v>([0-9]{1,8})</v></c>'
    rb'|(?: t="n")?>(?:(<f)(?: [^<>]*)?(?:/>|>[^<]*</f>))?'
    rb"<v>(-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?)</v></c>"
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>'
    rb"|([^<>/]*>.*?)</c>)",
    re.DOTALL,
)
_GROUPS = 7
_OTHER = re.compile(
    rb'(?: t="([A-Za-z]+)")?(?: cm="[0-9]+")?(?: vm="[0-9]+")?>(?:(<f)(?: [^<>]*)?(?:/>|>[^<]*</f>))?'
    rb"(?:(<v)(?:" + _SPACE + rb">([^<]*)</v>| ?/>)|(<is><t)" + _SPACE + rb">([^<]*)</t></is>)?"
)
_NEXT_ROW = re.compile(rb'(?:</row>)?<row r="([1-9][0-9]{0,6})"[^<>/]*>')
_HIDDEN = re.compile(rb' (?:hidden="(?:1|true)"|ht="0")')
_ROW_TAG = re.compile(rb'<row r="([1-9][0-9]{0,6})"([^<>]*)>')
_BETWEEN = re.compile(
    rb'(?:</row>)?(?:<row r="[1-9][0-9]{0,6}"[^<>]*(?:/>|></row>))*(?:<row r="[1-9][0-9]{0,6}"[^<>]*>)?'
)
_MERGE = re.compile(rb'<mergeCell ref="([^"<>]*)"')
_HYPERLINK = re.compile(rb'<hyperlink [^<>]*?\bref="([^"<>]*)"')
_COLUMN = re.compile(rb"<col ([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)="([^"]*)"')
_NUMBER_BYTES = b"0123456789.eE+-"
_ROW_SHIFT = 15
_COLUMN_MASK = (1 << _ROW_SHIFT) - 1


class Places(dict[bytes, int]):
    """Row and column of each reference as one ordered number; sheets of a workbook repeat them."""

    def __missing__(self, reference: bytes) -> int:
        text = reference.decode()
        letters = text.rstrip("0123456789")
        column = column_of(letters)
        place = int(text[len(letters) :]) << _ROW_SHIFT | column if column else 0
        self[reference] = place
        return place


def scan_plain_sheet(name: str, data: bytes, lengths: Sequence[int], places: Places) -> SheetFacts | None:
    """Facts of a worksheet part proven plain; None if it is not written in the usual way."""
    start, end = data.find(b"<sheetData>"), data.find(b"</sheetData>")
    if start < 0 or end < start or data.count(b"sheetData") != 2 or data.count(b"<c ") > limits.CELLS:
        return None
    pieces = _CELL.split(data[start + len(b"<sheetData>") : end])
    step = _GROUPS + 1
    references, empties, shared, formulas, numbers, inlines, others = (
        pieces[group::step] for group in range(1, step)
    )
    keys = list(map(places.__getitem__, references))
    facts = SheetFacts(name)
    facts.cells = len(keys)
    facts.filled = len(numbers) - numbers.count(None)
    facts.formulas.update((key >> _ROW_SHIFT, key & _COLUMN_MASK) for key in compress(keys, formulas))
    # Places grow and start above 0, which stands for a column outside the sheet.
    good = (
        keys[:1] != [0]
        and all(map(lt, keys, keys[1:]))
        and _match_rows(facts, pieces[::step], keys)
        and _count_shared(facts, list(filter(None, shared)), lengths)
        and _count_inlines(facts, list(filter(None, inlines)))
        and _take_others(facts, keys, others)
        and _surroundings(facts, data[:start], data[end:])
    )
    if not good:
        return None
    _bound(facts, keys, empties)
    return facts


def _match_rows(facts: SheetFacts, between: list[bytes], keys: list[int]) -> bool:
    """Check that only row tags stand between cells, and each cell in its own row."""
    row = filled_row = 0
    last = len(keys)
    for index in [index for index, piece in enumerate(between) if piece]:
        piece = between[index]
        usual = _NEXT_ROW.fullmatch(piece)
        if usual and b"hidden" not in piece and b' ht="0"' not in piece:
            previous, row = row, int(usual[1])
            if row <= previous:
                return False
        elif _BETWEEN.fullmatch(piece):
            row = _take_rows(facts, piece, row)
        else:
            return False
        if index and keys[index - 1] >> _ROW_SHIFT != filled_row:
            return False
        if index < last:
            if keys[index] >> _ROW_SHIFT != row or row == filled_row or piece.endswith((b"/>", b"</row>")):
                return False
            filled_row = row
    return 0 <= row <= limits.ROWS and (not keys or between[-1].startswith(b"</row>"))


def _take_rows(facts: SheetFacts, tags: bytes, row: int) -> int:
    """Note hidden rows; return the last row, or one beyond any sheet if they are out of order."""
    for number, rest in _ROW_TAG.findall(tags):
        if int(number) <= row:
            return limits.ROWS + 1
        row = int(number)
        if _HIDDEN.search(rest):
            facts.hidden_rows.add(row)
    return row


def _count_inlines(facts: SheetFacts, texts: list[bytes]) -> bool:
    solid = sum(map(bool, map(bytes.strip, texts)))
    facts.filled += solid
    facts.doubtful += len(texts) - solid
    return b"&#" not in b"".join(texts)


def _count_shared(facts: SheetFacts, shared: list[bytes], lengths: Sequence[int]) -> bool:
    indexes = list(map(int, shared))
    if not indexes:
        return True
    if max(indexes) >= len(lengths):
        return False
    shown = list(map(lengths.__getitem__, indexes))
    blank = sum(1 for length in shown if length < 0) if min(shown) < 0 else 0
    facts.filled += len(shown) - blank
    facts.doubtful += blank
    facts.text += sum(map(abs, shown))
    return True


def _take_others(facts: SheetFacts, keys: list[int], others: list[bytes]) -> bool:
    """Judge one by one the cells with an own text, a truth value, an error or an odd formula."""
    for index, rest in enumerate(others):
        if rest is None:
            continue
        match = _OTHER.fullmatch(rest)
        place = keys[index] >> _ROW_SHIFT, keys[index] & _COLUMN_MASK
        if match is None or not _take_other(facts, place, *match.groups()):
            return False
    return True


def _take_other(
    facts: SheetFacts,
    place: Position,
    kind: bytes | None,
    formula: bytes | None,
    has_value: bytes | None,
    value: bytes | None,
    has_inline: bytes | None,
    inline: bytes | None,
) -> bool:
    if has_value and kind == b"inlineStr":
        return False
    text = inline if has_inline else value
    if formula:
        facts.formulas.add(place)
        if not text and not (kind == b"str" and has_value) and not has_inline:
            facts.uncached.add(place)
    if not text:
        return True
    if has_inline or kind == b"str":
        solid = bool(text.strip())
        facts.filled += solid
        facts.doubtful += not solid
        return b"&#" not in text
    if kind == b"e":
        facts.errors[place] = text.decode()
        return b"&" not in text
    facts.filled += 1
    return _is_sound(kind, text)


def _is_sound(kind: bytes | None, text: bytes) -> bool:
    """Tell whether a number, day or truth value is written as one; shared strings come here only if odd."""
    if kind == b"b":
        return text in {b"0", b"1"}
    if kind == b"d":
        return b"&" not in text
    try:
        return kind in {None, b"n"} and not text.translate(None, _NUMBER_BYTES) and isfinite(float(text))
    except ValueError:
        return False


def _bound(facts: SheetFacts, keys: list[int], empties: list[bytes]) -> None:
    """Set the last row and column with content; cells that only have a style do not count."""
    full = list(compress(keys, map(not_, empties)))
    if full:
        facts.bottom = full[-1] >> _ROW_SHIFT
        facts.right = max(map(_COLUMN_MASK.__and__, full))


def _surroundings(facts: SheetFacts, head: bytes, tail: bytes) -> bool:
    """Take hidden columns from before the cells and merged ranges from after them."""
    merges = [merged_range(reference.decode()) for reference in _MERGE.findall(tail)]
    facts.merges = [merge for merge in merges if merge is not None]
    linked = [merged_range(reference.decode()) for reference in _HYPERLINK.findall(tail)]
    if len(merges) != tail.count(b"<mergeCell ") or len(merges) > limits.MERGES:
        return False
    covered = sum(found.cells for found in (*facts.merges, *linked) if found is not None)
    if covered > limits.RANGE_CELLS or len(linked) != tail.count(b"<hyperlink "):
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
    return len(spans) <= limits.COLUMN_RECORDS
