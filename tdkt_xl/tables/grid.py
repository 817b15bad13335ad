"""The raw shape of a sheet: a rectangle of cells, with the facts Excel shows beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from tdkt_xl.findings import Place

CellValue = str | int | float | bool | datetime | date | time | timedelta | None
Position = tuple[int, int]
"""Excel row and column, both 1-based."""


class SheetState(Enum):
    """Whether Excel shows the sheet; *very hidden* can only be shown from the VBA editor."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


class Look(Enum):
    """How a cell says that it should not be read, or keeps it from being seen; the value is for people."""

    STRUCK = "bị gạch ngang"
    PARTLY_STRUCK = "bị gạch ngang một phần"
    WHITE = "chữ trắng trên nền trắng"
    TINY = "cỡ chữ quá nhỏ"
    NO_FORMAT = "định dạng số ;;; không hiện gì"
    NO_NUMBER = "định dạng số ;; không hiện số"


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range, corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> int:
        """How many cells the range covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """How a sheet will print, as far as the file says.

    ``paper`` is Excel's number of the paper (9 is A4), ``margins`` are left, right, top and bottom in
    inches; both are None when the file leaves them to the machine.
    """

    paper: int | None = None
    landscape: bool = False
    margins: tuple[float, float, float, float] | None = None
    one_page_wide: bool = False
    repeated_rows: bool = False


@dataclass(frozen=True, slots=True)
class FormulaText:
    """A formula as written at ``origin``; a cell that shares it reads its references moved along."""

    text: str
    origin: Position


@dataclass(frozen=True, slots=True)
class SheetSetup:
    """What a sheet says beside its cells, as far as its format tells.

    ``formula_texts`` is what some of the formulas say, ``filtered`` the range whose rows a filter hides;
    ``protected`` and ``page`` are None where it is not known.
    """

    formula_texts: Mapping[Position, FormulaText] = field(default_factory=dict)
    filtered: Range | None = None
    protected: bool | None = None
    page: PageSetup | None = None


NO_SETUP = SheetSetup()


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one sheet as stored, ``rows[0]`` being Excel row 1; blank cells are None.

    Values are exactly what the file holds (text untouched), but for the texts typed in an old
    encoding: those stand in ``rows`` as read and in ``originals`` as stored. ``errors`` maps the cells
    holding an Excel error (#REF!, …) to that error, ``formulas`` are the cells computed by a formula,
    ``uncached`` those of them without a stored result. ``fonts`` are the fonts of old encodings
    (.VnTime, VNI-Times, …) of the cells with text shown in one; no other font is kept. ``looks`` are
    those of cells struck out or hidden from the eye. ``main_font`` is the font of most texts of an .xlsx or
    .xlsm sheet, "" when unknown. ``percents`` are the cells of such a sheet that show a number as a
    percentage.
    """

    file: str
    sheet: str
    rows: tuple[tuple[CellValue, ...], ...]
    state: SheetState = SheetState.VISIBLE
    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[Position] = frozenset()
    uncached: frozenset[Position] = frozenset()
    errors: Mapping[Position, str] = field(default_factory=dict)
    fonts: Mapping[Position, str] = field(default_factory=dict)
    originals: Mapping[Position, str] = field(default_factory=dict)
    setup: SheetSetup = NO_SETUP
    looks: Mapping[Position, Look] = field(default_factory=dict)
    main_font: str = ""
    percents: frozenset[Position] = frozenset()

    @property
    def place(self) -> Place:
        """The place of the whole sheet."""
        return Place(self.file, self.sheet)

    @property
    def height(self) -> int:
        """Number of the last stored row."""
        return len(self.rows)

    def value(self, row: int, column: int) -> CellValue:
        """Value of a cell by its 1-based row and column; None outside the stored rectangle."""
        if 0 < row <= len(self.rows):
            cells = self.rows[row - 1]
            if 0 < column <= len(cells):
                return cells[column - 1]
        return None

    def row(self, row: int) -> tuple[CellValue, ...]:
        """Cells of a 1-based row."""
        return self.rows[row - 1] if 0 < row <= len(self.rows) else ()

    def with_values(self, values: Mapping[Position, CellValue]) -> "Grid":
        """The same sheet with other values in cells of the stored rectangle."""
        rows = [list(cells) for cells in self.rows]
        for (row, column), value in values.items():
            rows[row - 1][column - 1] = value
        return replace(self, rows=tuple(map(tuple, rows)))


@dataclass(frozen=True, slots=True)
class ReceivedBook:
    """A received workbook after the gate: its sheets in the workbook's order.

    ``sha256`` is the digest of the ``size`` bytes as received; ``name`` is the path shown to people.
    """

    name: str
    sha256: str
    grids: tuple[Grid, ...]
    size: int = 0
    saved_on: date | None = None
    """Day the workbook says it was last saved, in Việt Nam; None where it does not say."""
