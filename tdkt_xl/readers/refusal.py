"""How the gate leaves a parser callback: an exception that becomes one finding of the file."""

from tdkt_xl.findings import Code, Finding, Place
from tdkt_xl.findings.codes.files import CANNOT_OPEN, UNSAFE_FILE


class RefusedError(Exception):
    """The file cannot be taken; caught by ``open_behind_gate``, never seen outside this package."""

    def __init__(
        self, code: Code, *, sheet: str = "", row: int = 0, column: int = 0, **params: object
    ) -> None:
        super().__init__(code.id, sheet, row, column)
        self.code = code
        self.params = params
        self.sheet = sheet
        self.row = row
        self.column = column

    def finding(self, file: str) -> Finding:
        """The finding of this refusal in the named file."""
        return Finding(self.code, Place(file, self.sheet, self.row, self.column), self.params)


def broken(*, reason: str, sheet: str = "", row: int = 0, column: int = 0) -> RefusedError:
    """Refuse a file that is damaged or contradicts itself; the reason is a Vietnamese phrase."""
    return RefusedError(CANNOT_OPEN, sheet=sheet, row=row, column=column, reason=reason)


def unsafe(*, reason: str, sheet: str = "", row: int = 0, column: int = 0) -> RefusedError:
    """Refuse a file that could harm the machine; the reason is a Vietnamese phrase."""
    return RefusedError(UNSAFE_FILE, sheet=sheet, row=row, column=column, reason=reason)
