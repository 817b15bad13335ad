"""Small sheets for tests: text tables become Grids, Grids become editable, edited sheets become files."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from tdkt_xl.findings import Finding, column_letters
from tdkt_xl.tables.grid import (
    CellValue,
    FormulaText,
    Grid,
    PageSetup,
    Position,
    Range,
    SheetSetup,
    SheetState,
)

FILE = "bai-nop.xlsx"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_BOOLEANS = {"TRUE": True, "FALSE": False}

Move = Callable[[int, int], Position]
Spot = tuple[str, str, str]
"""Sheet, cell ("" for a whole sheet or file, "dòng 5" for a row) and code of a finding."""


def position(cell: str) -> Position:
    """Row and column, 1-based, of an A1 address."""
    row, column = xl_cell_to_rowcol(cell)
    return row + 1, column + 1


def area(text: str) -> Range:
    """A merged range from "F3:F4"."""
    first, _, last = text.partition(":")
    return Range(*position(first), *position(last or first))


def spots(findings: Iterable[Finding]) -> list[Spot]:
    """Where each finding points and what it says, sorted."""
    return sorted(
        (
            item.place.sheet,
            item.place.cell or (f"dòng {item.place.row}" if item.place.row else ""),
            item.code.id,
        )
        for item in findings
    )


@dataclass
class Draft:
    """A sheet being edited; cells are 1-based. A formula is kept as its result, and as text if put as one."""

    name: str
    cells: dict[Position, CellValue] = field(default_factory=dict)
    formulas: set[Position] = field(default_factory=set)
    uncached: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    fonts: dict[Position, str] = field(default_factory=dict)
    state: SheetState = SheetState.VISIBLE
    formula_texts: dict[Position, str] = field(default_factory=dict)
    filtered: Range | None = None
    protected: bool | None = None
    page: PageSetup | None = None
    formats: dict[Position, dict[str, object]] = field(default_factory=dict)
    """Properties of XlsxWriter's formats, where a cell has an unusual look."""

    @classmethod
    def of(cls, grid: Grid) -> "Draft":
        """An editable copy of a grid."""
        cells: dict[Position, CellValue] = {
            (row, column): value
            for row, line in enumerate(grid.rows, start=1)
            for column, value in enumerate(line, start=1)
            if value is not None
        }
        return cls(
            grid.sheet,
            cells,
            set(grid.formulas),
            set(grid.uncached),
            dict(grid.errors),
            list(grid.merges),
            set(grid.hidden_rows),
            set(grid.hidden_columns),
            dict(grid.fonts),
            grid.state,
            filtered=grid.setup.filtered,
            protected=grid.setup.protected,
            page=grid.setup.page,
        )

    def grid(self, file: str = FILE) -> Grid:
        """The sheet as a reader gives it."""
        marks = {*self.cells, *self.formulas, *self.errors}
        height = max((row for row, _ in marks), default=0)
        width = max((column for _, column in marks), default=0)
        rows = tuple(
            tuple(self.cells.get((row, column)) for column in range(1, width + 1))
            for row in range(1, height + 1)
        )
        return Grid(
            file,
            self.name,
            rows,
            self.state,
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            frozenset(self.formulas),
            frozenset(self.uncached),
            dict(self.errors),
            fonts=dict(self.fonts),
            setup=SheetSetup(
                {at: FormulaText(text, at) for at, text in self.formula_texts.items()},
                self.filtered,
                self.protected,
                self.page,
            ),
        )

    def copy(self, name: str) -> "Draft":
        """The same sheet once more, under another name."""
        return replace(Draft.of(self.grid()), name=name)

    def put(self, cell: str, value: CellValue) -> "Draft":
        """Type a value over a cell; None clears it."""
        at = position(cell)
        self._clear(at)
        if value is not None:
            self.cells[at] = value
        return self

    def in_font(self, font: str, *cells: str) -> "Draft":
        """Show cells in a font; all of them when none is named."""
        self.fonts |= dict.fromkeys(map(position, cells) if cells else self.cells, font)
        return self

    def looking(self, *cells: str, **properties: object) -> "Draft":
        """Show cells in a format of XlsxWriter's."""
        self.formats |= {position(cell): properties for cell in cells}
        return self

    def put_result(self, cell: str, value: CellValue) -> "Draft":
        """Make a cell a formula with this stored result (None: without one)."""
        at = position(cell)
        self._clear(at)
        self.formulas.add(at)
        if value is None:
            self.uncached.add(at)
        else:
            self.cells[at] = value
        return self

    def put_formula(self, cell: str, text: str, value: CellValue) -> "Draft":
        """Make a cell this formula, without its equals sign, with its stored result."""
        self.put_result(cell, value)
        self.formula_texts[position(cell)] = text
        return self

    def put_error(self, cell: str, error: str) -> "Draft":
        """Make a cell a formula that gives an Excel error."""
        at = position(cell)
        self._clear(at)
        self.formulas.add(at)
        self.errors[at] = error
        return self

    def merge(self, text: str) -> "Draft":
        """Merge a range; only its first cell keeps a value, as in Excel."""
        new = area(text)
        for row in range(new.top, new.bottom + 1):
            for column in range(new.left, new.right + 1):
                if (row, column) != (new.top, new.left):
                    self._clear((row, column))
        self.merges.append(new)
        return self

    def _clear(self, at: Position) -> None:
        for kept in (self.cells, self.errors, self.fonts, self.formula_texts):
            kept.pop(at, None)
        self.formulas.discard(at)
        self.uncached.discard(at)

    def insert_row(self, before: int) -> "Draft":
        """Insert a blank row; everything from there moves down."""
        self._move(lambda row, column: (row + (row >= before), column))
        self.hidden_rows = {row + (row >= before) for row in self.hidden_rows}
        return self

    def insert_column(self, before: int) -> "Draft":
        """Insert a blank column; everything from there moves right."""
        self._move(lambda row, column: (row, column + (column >= before)))
        self.hidden_columns = {column + (column >= before) for column in self.hidden_columns}
        return self

    def delete_row(self, gone: int) -> "Draft":
        """Delete a row; everything below moves up."""
        for at in [at for at in {*self.cells, *self.formulas, *self.errors} if at[0] == gone]:
            self._clear(at)
        self.merges = [item for item in self.merges if not item.top <= gone <= item.bottom]
        self._move(lambda row, column: (row - (row > gone), column))
        return self

    def delete_column(self, gone: int) -> "Draft":
        """Delete a column; everything to its right moves left (merges over it are undone)."""
        for at in [at for at in {*self.cells, *self.formulas, *self.errors} if at[1] == gone]:
            self._clear(at)
        self.merges = [item for item in self.merges if not item.left <= gone <= item.right]
        self._move(lambda row, column: (row, column - (column > gone)))
        return self

    def _move(self, to: "Move") -> None:
        self.cells = {to(*at): value for at, value in self.cells.items()}
        self.errors = {to(*at): value for at, value in self.errors.items()}
        self.fonts = {to(*at): font for at, font in self.fonts.items()}
        self.formula_texts = {to(*at): value for at, value in self.formula_texts.items()}
        self.formulas = {to(*at) for at in self.formulas}
        self.uncached = {to(*at) for at in self.uncached}
        self.merges = [Range(*to(item.top, item.left), *to(item.bottom, item.right)) for item in self.merges]


def _typed(text: str) -> CellValue:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1]
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    return float(text) if _NUMBER.fullmatch(text) else (text or None)


def draft(text: str, *, at: str = "A1", name: str = "Trang 1") -> Draft:
    """A sheet from a text table whose first cell stands at an address.

    ``9.5`` is a number and ``9,5`` a text, as in Excel; "…" keeps a text as it is; ``2023-05-09`` is a
    date, TRUE a boolean; ``=9.5`` a formula with its result, ``=?`` one without, ``#REF!`` an error.
    """
    top, left = position(at)
    made = Draft(name)
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    for row, line in enumerate(lines, start=top):
        for column, raw in enumerate(line.strip("|").split("|"), start=left):
            item = raw.strip()
            spot = f"{column_letters(column)}{row}"
            if item in _ERRORS:
                made.put_error(spot, item)
            elif item == "=?":
                made.put_result(spot, None)
            elif item.startswith("=") and len(item) > 1:
                made.put_result(spot, _typed(item[1:]))
            else:
                made.put(spot, _typed(item))
    return made


def sheet(text: str, *, at: str = "A1", name: str = "Trang 1") -> Grid:
    """The grid of a text table (see ``draft``)."""
    return draft(text, at=at, name=name).grid()


def write_book(path: Path, drafts: Sequence[Draft]) -> Path:
    """Write sheets as a workbook: values, stored results, merges, what is hidden, how it prints."""
    path.write_bytes(book_bytes(drafts))
    return path


def book_bytes(drafts: Sequence[Draft]) -> bytes:
    """The bytes of that workbook; the same for the same sheets."""
    target = BytesIO()
    options: dict[str, object] = {
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "in_memory": True,
        "default_format_properties": {"font_name": "Times New Roman"},
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": datetime(2023, 1, 1)})  # noqa: DTZ001  # same sheets, same bytes
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for item in drafts:
            page = book.add_worksheet(item.name)
            for merge in item.merges:
                page.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
            fonts = {name: book.add_format({"font_name": name}) for name in sorted({*item.fonts.values()})}
            for at in sorted({*item.cells, *item.formulas, *item.errors}):
                look = book.add_format(item.formats[at]) if at in item.formats else None
                _write_cell(page, item, at, day, look or fonts.get(item.fonts.get(at, "")))
            _set_up(page, item)
            for row in item.hidden_rows:
                page.set_row(row - 1, None, None, {"hidden": True})
            for column in item.hidden_columns:
                page.set_column(column - 1, column - 1, None, None, {"hidden": True})
            if item.state is SheetState.HIDDEN:
                page.hide()
            elif item.state is SheetState.VERY_HIDDEN:
                page.very_hidden()
    return target.getvalue()


def _set_up(page: xlsxwriter.worksheet.Worksheet, item: Draft) -> None:
    """Protection, filter and page as in the draft."""
    if item.protected:
        page.protect()
    if item.filtered:
        area = item.filtered
        page.autofilter(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)
        page.filter_column(area.left - 1, "x == NonBlanks")
    setup = item.page
    if setup is None:
        return
    page.set_paper(setup.paper or 0)
    if setup.landscape:
        page.set_landscape()
    if setup.margins:
        page.set_margins(*setup.margins)
    if setup.one_page_wide:
        page.fit_to_pages(1, 0)
    if setup.repeated_rows:
        page.repeat_rows(0)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, item: Draft, at: Position, day: object, font: object
) -> None:
    row, column = at[0] - 1, at[1] - 1
    value = item.errors.get(at, item.cells.get(at))
    if at in item.formulas:
        text = f"={item.formula_texts.get(at, '1')}"
        page.write_formula(row, column, text, font, "" if value is None else value)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (date, datetime)):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value, font if at in item.formats else None)
    elif isinstance(value, str):
        page.write_string(row, column, value, font)
    else:
        msg = f"cannot write {value!r} at {at}"
        raise TypeError(msg)
