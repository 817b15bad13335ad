"""Read a list form (one subject a row) into typed values that keep their places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tdkt_xl.findings import Finding, Place, column_letters
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.tables.cells import find_choice, is_blank, read_date, read_integer, read_score
from tdkt_xl.tables.layout import Column
from tdkt_xl.tables.locate import Table

_ROMAN = re.compile(r"[IVXLC]+\.?")
_SECTION_NUMBER = re.compile(r"^(?:[IVXLC]+|[0-9]+|[A-ZĐ])[.):]? +")


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

    @property
    def source_columns(self) -> str:
        """The columns its fields stand in, as results list them: subject=B unit=C."""
        return " ".join(f"{field}={column_letters(at)}" for field, at in self.table.columns.items())


def read_rows(table: Table, choices: Mapping[str, tuple[str, ...]], findings: list[Finding]) -> list[ListRow]:
    """Read every row of a list form by its columns' types.

    May report KT-201 … KT-206, KT-221 … KT-225 and KT-237.
    """
    rows = []
    section = _Section()
    for row in table.rows():
        text = section_text(table, row)
        if text:
            section.close(table, findings)
            section = _Section(row, text)
            continue
        values: dict[str, object] = {}
        bad = set()
        for column in table.layout.columns:
            if column.field not in table.columns:
                continue
            before = len(findings)
            values[column.field] = _value(table, row, column, choices, findings)
            if len(findings) > before and values[column.field] is None:
                bad.add(column.field)
        section.fill(values)
        rows.append(ListRow(table, row, values, frozenset(bad)))
    section.close(table, findings)
    return rows


def section_text(table: Table, row: int) -> str:
    """The unit a whole row names for the rows below it; "" for any other row.

    Such a row has one text, and either a Roman number before it or cells merged over several columns.
    """
    if not {"unit", "subject"} <= table.columns.keys():
        return ""
    filled = [
        (field, at)
        for field, at in table.columns.items()
        if field != "number" and not is_blank(table.grid.value(row, at))
    ]
    number = table.text(row, "number")
    if not filled and number and _spans(table, row, table.columns.get("number", 0)):
        return _SECTION_NUMBER.sub("", number)
    if len(filled) != 1 or filled[0][0] not in {"subject", "unit"}:
        return ""
    roman = bool(_ROMAN.fullmatch(number))
    return table.text(row, filled[0][0]) if roman or _spans(table, row, filled[0][1]) else ""


def _spans(table: Table, row: int, column: int) -> bool:
    return any(
        merge.top == merge.bottom == row and merge.left == column and merge.right > column
        for merge in table.grid.merges
    )


@dataclass
class _Section:
    """The rows below a row that names their unit."""

    row: int = 0
    text: str = ""
    count: int = 0

    def fill(self, values: dict[str, object]) -> None:
        """Give a row without a unit the unit of its section."""
        if self.text and values.get("unit") is None:
            values["unit"] = self.text
            self.count += 1

    def close(self, table: Table, findings: list[Finding]) -> None:
        """Say how many rows took their unit from the section (KT-237)."""
        if self.count:
            place = table.grid.place.at(self.row, min(table.columns.values()))
            findings.append(
                codes.UNIT_FROM_SECTION.at(
                    place, column=table.heading("unit"), count=self.count, text=self.text
                )
            )


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
