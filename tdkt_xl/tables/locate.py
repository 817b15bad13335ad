"""Find a form in a sheet by its headings: the header may float, be renamed, span up to three rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.tables.cells import is_blank, plain_text
from tdkt_xl.tables.grid import CellValue, Grid, Position
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.vietnamese.text import comparison_key

HEADER_SEARCH_ROWS = 40
"""Headings of real forms were seen from row 3 to row 19; 40 leaves room for long preambles."""
ENOUGH = 0.6
"""Share of required headings that makes a row the header of a form."""
_HEADER_HEIGHTS = (1, 2, 3)
_TEXT_TYPES = frozenset({"text", "code", "flag", "award"})
_STAMP = re.compile(r"Mẫu\s+([\w\-]+)\s*·\s*phiên bản\s+(\d+)")
_ORDINAL = re.compile(r"\(?(\d{1,2}|[A-ZĐ])\)?")
_TOTALS = tuple(map(comparison_key, ("Tổng cộng", "Tổng điểm", "Cộng điểm")))
_TOTAL_WORDS = frozenset(
    {*_TOTALS, *map(comparison_key, ("Cộng", "Tổng", "Tổng số", "Bình quân", "Điểm bình quân", "Trung bình"))}
)
_SIGNATURES = tuple(map(comparison_key, ("Người lập", "Nơi nhận", "Thủ trưởng", "Cụm trưởng", "Cụm phó")))
_DAY_LINE = re.compile(r"(.{1,40}, ?)?ngày [\d.… ]+tháng [\d.… ]+năm [\d.… ]*")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value found beside its label above a table; ``raw`` keeps the text as typed."""

    text: str
    place: Place
    raw: str = ""


@dataclass(frozen=True)
class Table:
    """A located form: field → Excel column, header rows, and the labelled values above."""

    layout: SheetLayout
    grid: Grid
    header_row: int
    header_height: int
    columns: Mapping[str, int]
    identity: Mapping[str, Labelled]
    top: int = 1
    """First row of the table's part of the sheet: labels and titles stand from here to the header."""
    bottom: int = 0
    """Last row of that part; 0 is the end of the sheet."""
    repeats: frozenset[int] = frozenset()
    """Rows in which the headings are written again further down."""
    stamped: bool = False
    """Whether the sheet carries the version stamp of the form."""
    merged: Mapping[Position, Position] = field(default_factory=dict)
    """Cells of text that a merge covers → the cell that holds their value."""

    @property
    def first_row(self) -> int:
        """First row below the header and its row of column numbers."""
        row = self.header_row + self.header_height
        return row + 1 if is_ordinal_row(self.grid.row(row)) else row

    @property
    def last_row(self) -> int:
        """Last row that can belong to the table."""
        return self.bottom or self.grid.height

    def heading(self, field: str) -> str:
        """The standard heading of a field, for messages."""
        return self.layout.column(field).heading

    def place(self, row: int, field: str) -> Place:
        """Place of a cell of a field; of the row when the column is missing."""
        return self.grid.place.at(row, self.columns.get(field, 0))

    def text(self, row: int, field: str) -> str:
        """Text of a field's cell, tidied, or of the merge over it; "" when blank or without column."""
        column = self.columns.get(field, 0)
        return plain_text(self.grid.value(*self.merged.get((row, column), (row, column))))

    def rows(self) -> Iterator[int]:
        """Rows with more than a running number, down to the total or signature line."""
        for row in range(self.first_row, self.last_row + 1):
            if row in self.repeats:
                continue
            cells = [
                self.grid.value(row, column) for field, column in self.columns.items() if field != "number"
            ]
            if all(is_blank(cell) for cell in cells):
                # The signature block may stand in columns the table does not use.
                if is_ending(self.grid.row(row), self.layout.signatures):
                    return
                continue
            if is_ending(self.grid.row(row), self.layout.signatures):
                return
            yield row


def is_ordinal_row(cells: Sequence[object]) -> bool:
    """Tell a row of column numbers: (1) (2) (3), A B C or 1 2 3, at least three and nothing else."""
    texts = [plain_text(cell) for cell in cells if not is_blank(cell)]  # type: ignore[arg-type]  # any cell value
    if len(texts) < 3 or not all(_ORDINAL.fullmatch(text) for text in texts):
        return False
    numbers = [int(match[1]) for text in texts if (match := _ORDINAL.fullmatch(text)) and match[1].isdigit()]
    return numbers == sorted(set(numbers))


@lru_cache(maxsize=1024)
def is_ending(cells: tuple[CellValue, ...], signatures: tuple[str, ...]) -> bool:
    """Tell a total line, or the first line of a signature block (often a place and a day).

    A total line begins with its words, or has nothing but them after its STT; a signature line has no
    number in it. So a criterion "2 · Tổng điểm khảo sát", or a person whose position is "Thủ trưởng",
    ends nothing. Several checks ask about the rows of one sheet, so the last answers are kept.
    """
    filled = [cell for cell in cells if not is_blank(cell)]
    texts = [comparison_key(cell) for cell in filled if isinstance(cell, str)]
    if not texts:
        return False
    if isinstance(filled[0], str) and texts[0].startswith(_TOTALS):
        return True
    words = [text for text in texts if not text.isdigit()]
    if words and words[0].rstrip(" :.") in _TOTAL_WORDS:
        return True
    if len(words) < len(filled):
        return False
    endings = (*_SIGNATURES, *map(comparison_key, signatures))
    return any(text.startswith(endings) or _DAY_LINE.fullmatch(text) for text in texts[:4])


def find_labels(grid: Grid, last_row: int, labels: Mapping[str, str], top: int = 1) -> dict[str, Labelled]:
    """Find "label: value" pairs in the rows above a table, in one cell or in two; first hit wins."""
    found: dict[str, Labelled] = {}
    for row in range(top, last_row + 1):
        for column, cell in enumerate(grid.row(row), start=1):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            label, colon, rest = cell.partition(":")
            field = labels.get(comparison_key(label))
            if field is None or field in found:
                continue
            if colon and rest.strip():
                found[field] = Labelled(plain_text(rest), grid.place.at(row, column), rest.strip())
                continue
            for at in range(column + 1, len(grid.row(row)) + 1):
                value = grid.value(row, at)
                if not is_blank(value):
                    raw = value if isinstance(value, str) else ""
                    found[field] = Labelled(plain_text(value), grid.place.at(row, at), raw)
                    break
    return found


def _header_texts(grid: Grid, row: int, height: int) -> dict[int, list[str]]:
    """Possible heading texts per column: each cell, and each with the group labels above it."""
    texts: dict[int, list[str]] = {}
    groups = [""] * height
    width = max(len(grid.row(row + level)) for level in range(height))
    for column in range(1, width + 1):
        for level in range(height):
            cell = grid.value(row + level, column)
            if not isinstance(cell, str) or is_blank(cell):
                continue
            groups[level:] = [cell] + [""] * (height - level - 1)
            above = [label for label in groups[:level] if label]
            found = texts.setdefault(column, [])
            found.append(cell)
            found.extend(" ".join((*above[at:], cell)) for at in reversed(range(len(above))))
    return texts


def _match(by_column: Mapping[int, Sequence[str]], layout: SheetLayout) -> dict[int, tuple[str, str]]:
    """Columns of a possible header: column → (field, heading as written)."""
    found: dict[int, tuple[str, str]] = {}
    for column, texts in by_column.items():
        for text in reversed(texts):
            field = layout.headings.get(comparison_key(text))
            if field:
                found[column] = (field, text)
                break
    return found


def _score(matched: Mapping[int, tuple[str, str]], layout: SheetLayout) -> float:
    fields = {field for field, _ in matched.values()}
    required = [column.field for column in layout.columns if column.required]
    return sum(field in fields for field in required) / len(required)


Header = tuple[float, int, int, SheetLayout, dict[int, tuple[str, str]]]
"""Share of required headings, row, height, form and columns of a possible header."""


def header_at(grid: Grid, layouts: Sequence[SheetLayout], row: int, above: float = 0) -> Header | None:
    """The header that begins in a row; one row rather than two, two rather than three."""
    best = None
    for height in _HEADER_HEIGHTS:
        texts = _header_texts(grid, row, height)
        for layout in layouts:
            matched = _match(texts, layout)
            score = _score(matched, layout)
            if score >= ENOUGH and score > (best[0] if best else above) + 1e-9:
                best = (score, row, height, layout, matched)
    return best


def _best_header(grid: Grid, layouts: Sequence[SheetLayout], top: int) -> Header | None:
    """The header that matches best in the first rows; among equals the first."""
    best: Header | None = None
    known = frozenset().union(*(layout.headings for layout in layouts))
    for row in range(top, min(grid.height, top + HEADER_SEARCH_ROWS - 1) + 1):
        if may_be_header(grid.row(row), known):
            best = header_at(grid, layouts, row, best[0] if best else 0) or best
            if best and best[0] == 1:
                return best
    return _with_groups_above(grid, layouts, best, top) if best else None


def _with_groups_above(grid: Grid, layouts: Sequence[SheetLayout], best: Header, top: int) -> Header:
    """The header with the rows of group labels over it, where those make more headings known."""
    for row in range(max(top, best[1] - len(_HEADER_HEIGHTS) + 1), best[1]):
        best = header_at(grid, layouts, row, best[0]) or best
    return best


def may_be_header(cells: Sequence[object], known: frozenset[str]) -> bool:
    """Tell cheaply whether a row has a heading of some form, or the groups of a taller header."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return len(texts) >= 2 and any(comparison_key(text) in known for text in texts)


def find_table(grid: Grid, layouts: Sequence[SheetLayout], top: int = 1) -> Outcome[Table]:
    """Find which of the layouts a sheet holds from row ``top`` on, and its columns.

    Value None with no finding: the sheet holds none of them. May report KT-111, KT-112, KT-115,
    KT-116, KT-117 and KT-126. A missing column is reported and left out of ``columns``.
    """
    best = _best_header(grid, layouts, top)
    if best is None:
        return Outcome(None)
    _, row, height, layout, matched = best
    findings: list[Finding] = []
    columns = _columns(grid, range(row, row + height), layout, matched, findings)
    identity = find_labels(grid, row - 1, layout.labels, top)
    _check_identity(grid, layout, identity, findings)
    stamp = find_stamp(grid, row - 1, top)
    _check_stamp(grid, stamp, layout, findings)
    table = Table(
        layout,
        grid,
        row,
        _full_height(grid, row, height, columns),
        columns,
        identity,
        top,
        stamped=stamp is not None and stamp[0] == layout.form,
        merged=_merged_texts(grid, row + height, layout, columns),
    )
    return Outcome(table, tuple(findings))


def _full_height(grid: Grid, row: int, height: int, columns: Mapping[str, int]) -> int:
    """Height of the header with the rows its headings are merged over."""
    inside = set(columns.values())
    bottoms = [
        merge.bottom for merge in grid.merges if row <= merge.top < row + height and merge.left in inside
    ]
    return max(height, min(max(bottoms, default=0), row + _HEADER_HEIGHTS[-1]) - row + 1)


def _merged_texts(
    grid: Grid, first_row: int, layout: SheetLayout, columns: Mapping[str, int]
) -> dict[Position, Position]:
    """Cells of a text column that a merge over several rows covers; scores and counts are never filled."""
    fillable = {
        at
        for field, at in columns.items()
        if layout.column(field).type in _TEXT_TYPES and field not in {"number", "text"}
    }
    return {
        (row, merge.left): (merge.top, merge.left)
        for merge in grid.merges
        if merge.top >= first_row and merge.left in fillable
        for row in range(merge.top + 1, min(merge.bottom, grid.height) + 1)
    }


def _columns(
    grid: Grid,
    header: range,
    layout: SheetLayout,
    matched: Mapping[int, tuple[str, str]],
    findings: list[Finding],
) -> dict[str, int]:
    def place_of(column: int) -> Place:
        """The lowest cell of the heading, which tells the columns of a group apart."""
        filled = [row for row in header if not is_blank(grid.value(row, column))]
        return grid.place.at(filled[-1] if filled else header[0], column)

    columns: dict[str, int] = {}
    doubled: set[str] = set()
    for at, (name, text) in matched.items():
        heading = layout.column(name).heading
        place = place_of(at)
        if name in columns:
            other = place_of(columns[name]).cell
            findings.append(codes.COLUMN_TWICE.at(place, column=heading, other=other))
            doubled.add(name)
            continue
        columns[name] = at
        if comparison_key(text) != comparison_key(heading):
            findings.append(codes.COLUMN_SYNONYM.at(place, found=plain_text(text), column=heading))
    for name in doubled:
        del columns[name]
    findings.extend(
        codes.COLUMN_MISSING.at(grid.place, column=column.heading)
        for column in layout.columns
        if column.required and column.field not in columns and column.field not in doubled
    )
    return columns


def _check_identity(
    grid: Grid, layout: SheetLayout, identity: Mapping[str, Labelled], findings: list[Finding]
) -> None:
    findings.extend(
        codes.IDENTITY_MISSING.at(grid.place, label=item.label)
        for item in layout.identity
        if item.required and item.field not in identity
    )


def find_stamp(grid: Grid, last_row: int, top: int = 1) -> tuple[str, int, Place] | None:
    """Find the version stamp ("Mẫu TĐ-01 · phiên bản 1") above a table: form, version, place."""
    for row in range(top, last_row + 1):
        for column, cell in enumerate(grid.row(row), start=1):
            stamp = _STAMP.search(plain_text(cell)) if isinstance(cell, str) else None
            if stamp:
                return stamp[1], int(stamp[2]), grid.place.at(row, column)
    return None


def _check_stamp(
    grid: Grid, stamp: tuple[str, int, Place] | None, layout: SheetLayout, findings: list[Finding]
) -> None:
    if not layout.form:
        return
    if stamp is None:
        findings.append(codes.NO_VERSION.at(grid.place))
        return
    form, version, place = stamp
    if form == layout.form and version < layout.version:
        findings.append(codes.OLD_VERSION.at(place, found=version, current=layout.version))
