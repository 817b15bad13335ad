"""Where a finding points: a cell of a sheet of a received file."""

from dataclasses import dataclass


def column_letters(column: int) -> str:
    """Return the Excel letters of a 1-based column (1 → A, 28 → AB)."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a received file, made where the file is read and carried along unchanged.

    ``row`` and ``column`` are 1-based as Excel shows them; 0 means "not that precise":
    a place may be a file, a sheet, a row of a sheet, or a cell.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str | None:
        """A1 address, or None when the place is not one cell."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else None

    def at(self, row: int, column: int) -> "Place":
        """Return the place of a cell of the same sheet."""
        return Place(self.file, self.sheet, row, column)

    def __str__(self) -> str:
        file = f"[{self.file}]" if self.file else ""
        sheet = f"{self.sheet}!" if self.sheet and self.row else self.sheet
        spot = self.cell or (f"dòng {self.row}" if self.row else "")
        return f"{file}{sheet}{spot}"


NOWHERE = Place()
