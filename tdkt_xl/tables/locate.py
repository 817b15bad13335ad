"""Find a form in a sheet by its headings: the header may float, be renamed, span two rows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.tables.cells import is_blank, plain_text
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.vietnamese.text import comparison_key

HEADER_SEARCH_ROWS = 40
"""Headings of real forms were seen from row 3 to row 19; 40 leaves room for long preambles."""
_ENOUGH = 0.6
"""Share of required headings that makes a row the header of a form."""
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

    @property
    def first_row(self) -> int:
        """First row below the header and its row of column numbers."""
        row = self.header_row + self.header_height
        return row + 1 if is_ordinal_row(self.grid.row(row)) else row

    def heading(self, field: str) -> str:
        """The standard heading of a field, for messages."""
        return self.layout.column(field).heading

    def place(self, row: int, field: str) -> Place:
        """Place of a cell of a field; of the row when the column is missing."""
        return self.grid.place.at(row, self.columns.get(field, 0))

    def text(self, row: int, field: str) -> str:
        """Text of a cell of a field, tidied; "" when blank or the column is missing."""
        return plain_text(self.grid.value(row, self.columns.get(field, 0)))

    def rows(self) -> Iterator[int]:
        """Rows with more than a running number, down to the total or signature line."""
        for row in range(self.first_row, self.grid.height + 1):
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


def is_ending(cells: Sequence[object], signatures: Iterable[str]) -> bool:
    """Tell a total line, or the first line of a signature block (often a place and a day).

    A total line begins with its words, or has nothing but them after its STT; a signature line has no
    number in it. So a criterion "2 · Tổng điểm khảo sát", or a person whose position is "Thủ trưởng",
    ends nothing.
    """
    filled = [cell for cell in cells if not is_blank(cell)]  # type: ignore[arg-type]  # any cell value
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


def find_labels(grid: Grid, last_row: int, labels: Mapping[str, str]) -> dict[str, Labelled]:
    """Find "label: value" pairs above a table, in one cell or in two; first hit wins."""
    found: dict[str, Labelled] = {}
    for row in range(1, last_row + 1):
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
    """Possible heading texts per column: the cell, the cell below, and group label plus below."""
    texts: dict[int, list[str]] = {}
    group = ""
    width = max(len(grid.row(row)), len(grid.row(row + 1)) if height == 2 else 0)
    for column in range(1, width + 1):
        top = grid.value(row, column)
        if isinstance(top, str) and not is_blank(top):
            group = top
            texts.setdefault(column, []).append(top)
        below = grid.value(row + 1, column) if height == 2 else None
        if isinstance(below, str) and not is_blank(below):
            texts.setdefault(column, []).extend([below, f"{group} {below}"])
    return texts


def _match(grid: Grid, row: int, height: int, layout: SheetLayout) -> dict[int, tuple[str, str]]:
    """Columns of a possible header: column → (field, heading as written)."""
    found: dict[int, tuple[str, str]] = {}
    for column, texts in _header_texts(grid, row, height).items():
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


def _best_header(
    grid: Grid, layouts: Sequence[SheetLayout]
) -> tuple[float, int, int, SheetLayout, dict[int, tuple[str, str]]] | None:
    """The header that matches best; among equals the first, and one row rather than two."""
    best = None
    known = frozenset().union(*(layout.headings for layout in layouts))
    for row in range(1, min(grid.height, HEADER_SEARCH_ROWS) + 1):
        if not _may_be_header(grid.row(row), known):
            continue
        for height in (1, 2):
            for layout in layouts:
                matched = _match(grid, row, height, layout)
                score = _score(matched, layout)
                if score >= _ENOUGH and (best is None or score > best[0] + 1e-9):
                    best = (score, row, height, layout, matched)
            if best and best[0] == 1:
                return best
    return best


def _may_be_header(cells: Sequence[object], known: frozenset[str]) -> bool:
    """Tell cheaply whether a row has a heading of some form, or the groups of a two-row header."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return len(texts) >= 2 and any(comparison_key(text) in known for text in texts)


def find_table(grid: Grid, layouts: Sequence[SheetLayout]) -> Outcome[Table]:
    """Find which of the layouts a sheet holds, and its columns.

    Value None with no finding: the sheet holds none of them. May report KT-111, KT-112, KT-115,
    KT-116, KT-117 and KT-126. A missing column is reported and left out of ``columns``.
    """
    best = _best_header(grid, layouts)
    if best is None:
        return Outcome(None)
    _, row, height, layout, matched = best
    findings: list[Finding] = []
    columns = _columns(grid, row, layout, matched, findings)
    identity = find_labels(grid, row - 1, layout.labels)
    _check_identity(grid, layout, identity, findings)
    _check_stamp(grid, row, layout, findings)
    return Outcome(Table(layout, grid, row, height, columns, identity), tuple(findings))


def _columns(
    grid: Grid, row: int, layout: SheetLayout, matched: Mapping[int, tuple[str, str]], findings: list[Finding]
) -> dict[str, int]:
    columns: dict[str, int] = {}
    doubled: set[str] = set()
    for at, (field, text) in matched.items():
        heading = layout.column(field).heading
        place = grid.place.at(row, at)
        if field in columns:
            other = grid.place.at(row, columns[field]).cell
            findings.append(codes.COLUMN_TWICE.at(place, column=heading, other=other))
            doubled.add(field)
            continue
        columns[field] = at
        if comparison_key(text) != comparison_key(heading):
            findings.append(codes.COLUMN_SYNONYM.at(place, found=plain_text(text), column=heading))
    for field in doubled:
        del columns[field]
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


def find_stamp(grid: Grid, last_row: int) -> tuple[str, int, Place] | None:
    """Find the version stamp ("Mẫu TĐ-01 · phiên bản 1") in the first rows: form, version, place."""
    for row in range(1, last_row + 1):
        for column, cell in enumerate(grid.row(row), start=1):
            stamp = _STAMP.search(plain_text(cell)) if isinstance(cell, str) else None
            if stamp:
                return stamp[1], int(stamp[2]), grid.place.at(row, column)
    return None


def _check_stamp(grid: Grid, header_row: int, layout: SheetLayout, findings: list[Finding]) -> None:
    if not layout.form:
        return
    stamp = find_stamp(grid, header_row - 1)
    if stamp is None:
        findings.append(codes.NO_VERSION.at(grid.place))
        return
    form, version, place = stamp
    if form == layout.form and version < layout.version:
        findings.append(codes.OLD_VERSION.at(place, found=version, current=layout.version))
