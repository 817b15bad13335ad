"""Read a list form (one subject a row) into typed values that keep their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.tables.cells import find_choice, read_date, read_integer, read_score
from tdkt_xl.tables.layout import Column
from tdkt_xl.tables.locate import Table


@dataclass(frozen=True)
class ListRow:
    """A row of a list: field → value (text, Decimal, int, date, bool or None when blank or wrong)."""

    table: Table
    row: int
    values: Mapping[str, object]
    bad: frozenset[str]
    """Fields already reported: later stages skip them."""

    def place(self, field: str) -> Place:
        """Place of a field's cell."""
        return self.table.place(self.row, field)

    def text(self, field: str) -> str:
        """Text of a field, "" when blank."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""


def read_rows(table: Table, choices: Mapping[str, tuple[str, ...]], findings: list[Finding]) -> list[ListRow]:
    """Read every row of a list form by its columns' types; may report KT-201 … KT-206, KT-221 … KT-225."""
    rows = []
    for row in table.rows():
        values: dict[str, object] = {}
        bad = set()
        for column in table.layout.columns:
            if column.field not in table.columns:
                continue
            before = len(findings)
            values[column.field] = _value(table, row, column, choices, findings)
            if len(findings) > before and values[column.field] is None:
                bad.add(column.field)
        rows.append(ListRow(table, row, values, frozenset(bad)))
    return rows


def _value(
    table: Table, row: int, column: Column, choices: Mapping[str, tuple[str, ...]], findings: list[Finding]
) -> object:
    at = table.columns[column.field]
    if column.type in {"score", "number", "money"}:
        return read_score(table.grid, row, at, column.heading, None, findings).value
    if column.type == "integer":
        return read_integer(table.grid, row, at, column.heading, findings)
    if column.type == "date":
        return read_date(table.grid, row, at, column.heading, findings)
    text = table.text(row, column.field)
    if not text:
        return None
    if column.choices and column.type != "award":
        allowed = choices[column.choices]
        choice = find_choice(text, allowed)
        if choice is None:
            findings.append(
                codes.VALUE_NOT_IN_LIST.at(
                    table.place(row, column.field), column=column.heading, text=text, allowed=allowed
                )
            )
            return None
        return choice == allowed[0] if column.type == "flag" else choice
    return text
