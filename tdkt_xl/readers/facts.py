"""What a reader of values hides about a sheet, and the limits every format shares."""

from dataclasses import dataclass, field

from tdkt_xl.findings import column_letters
from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import unsafe
from tdkt_xl.tables.grid import NO_SETUP, Look, Position, Range, SheetSetup


@dataclass(slots=True)
class SheetFacts:
    """Facts of one worksheet, gathered by the gate before its values are read.

    ``filled`` cells certainly hold a value, ``doubtful`` ones may hold an empty text: the reader of
    values must see between ``filled`` and ``filled + doubtful`` of them. ``bottom`` and ``right`` are
    the last row and column with content. ``fonts`` names the fonts of old encodings, of cells with text,
    ``main_font`` the font of most texts, "" when unknown. ``percents`` are the cells with a number shown as a
    percentage.
    """

    name: str = ""
    filled: int = 0
    doubtful: int = 0
    cells: int = 0
    text: int = 0
    bottom: int = 0
    right: int = 0
    formulas: set[Position] = field(default_factory=set)
    uncached: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Range] = field(default_factory=list)
    fonts: dict[Position, str] = field(default_factory=dict)
    setup: SheetSetup = NO_SETUP
    looks: dict[Position, Look] = field(default_factory=dict)
    main_font: str = ""
    percents: set[Position] = field(default_factory=set)

    def check_box(self) -> None:
        """Refuse a sheet whose filled cells lie too far apart to be held in memory."""
        if self.bottom * self.right > limits.BOX_CELLS:
            corner = f"{column_letters(self.right)}{self.bottom}"
            raise unsafe(
                reason=f"trang “{self.name}” có số liệu nằm lạc, vùng số liệu kéo tới tận ô {corner}",
                sheet=self.name,
                row=self.bottom,
                column=self.right,
            )

    def hide_columns(self, spans: list[tuple[int, int]]) -> None:
        """Record hidden columns given as spans, each column once however often it is named."""
        done = 0
        for first, last in sorted(spans):
            self.hidden_columns.update(range(max(first, done + 1), min(last, limits.COLUMNS) + 1))
            done = max(done, last)


def check_totals(sheets: list[SheetFacts]) -> None:
    """Refuse a workbook whose sheets together hold too many cells or too much text."""
    if sum(facts.cells for facts in sheets) > limits.CELLS:
        raise unsafe(reason=f"sổ có quá nhiều ô (trên {limits.CELLS} ô)")
    if sum(facts.text for facts in sheets) > limits.TEXT_CHARACTERS:
        raise unsafe(reason="tổng lượng chữ trong các ô quá lớn")
