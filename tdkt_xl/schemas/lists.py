"""Check list forms: what must be filled, what must not repeat."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.findings.codes import ours
from tdkt_xl.schemas.apart import failure_cases
from tdkt_xl.schemas.columns import Column, ColumnKind, FailureCase
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True, slots=True)
class _Cell:
    row: ListRow
    field: str
    blank: bool
    key: str | None


def check_lists(lists: Iterable[Sequence[ListRow]]) -> list[Finding]:
    """Check the rows of several lists in one run.

    May report KT-222 (blank) and KT-224 (repeated, pointing at the first). Texts compare by their
    comparison key, so "Xã Bình Hoà" repeats "Xã Bình Hòa".
    """
    cells = [cell for number, rows in enumerate(lists) for cell in _cells(number, rows)]
    if not cells:
        return []
    columns = {
        "blank": Column(ColumnKind.FLAG, [cell.blank for cell in cells]),
        "key": Column(ColumnKind.TEXT, [cell.key for cell in cells]),
    }
    first: dict[str, _Cell] = {}
    for cell in cells:
        if cell.key is not None:
            first.setdefault(cell.key, cell)
    return [_finding(cells, first, case) for case in failure_cases("lists", columns)]


def _cells(number: int, rows: Sequence[ListRow]) -> Iterator[_Cell]:
    for row in rows:
        for column in row.table.layout.columns:
            if column.field not in row.values or not (column.filled or column.unique):
                continue
            value = row.values[column.field]
            blank = column.filled and value is None and column.field not in row.bad
            unique = column.unique and value is not None
            text = comparison_key(value) if isinstance(value, str) else str(value)
            yield _Cell(row, column.field, blank, f"{number}.{column.field}.{text}" if unique else None)


def _finding(cells: Sequence[_Cell], first: dict[str, _Cell], case: FailureCase) -> Finding:
    if case.index is None:
        return ours.UNEXPECTED_CHECK_RESULT.at(column=case.column, reason=case.check)
    cell = cells[case.index]
    heading = cell.row.table.layout.column(cell.field).heading
    place = cell.row.place(cell.field)
    if case.column == "blank":
        return codes.REQUIRED_TEXT_MISSING.at(place, column=heading)
    assert cell.key is not None
    origin = first[cell.key]
    return codes.REPEATED_VALUE.at(
        place,
        column=heading,
        text=str(cell.row.values[cell.field]),
        other=origin.row.place(origin.field).cell,
    )
