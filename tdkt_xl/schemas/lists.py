"""Check list forms: what must be filled, what must not repeat."""

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.findings.codes import ours
from tdkt_xl.schemas.cases import failure_cases
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.vietnamese.text import comparison_key


def _schema(layout: SheetLayout, fields: set[str]) -> pa.DataFrameSchema:
    columns = {}
    for column in layout.columns:
        if column.field not in fields:
            continue
        if column.filled:
            columns[f"{column.field}.blank"] = pa.Column(
                bool, pa.Check.eq(False, error=codes.REQUIRED_TEXT_MISSING.id)
            )
        if column.unique:
            columns[f"{column.field}.key"] = pa.Column(
                object, unique=True, nullable=True, report_duplicates="exclude_first"
            )
    return pa.DataFrameSchema(columns, coerce=False)


def check_list(rows: Sequence[ListRow]) -> list[Finding]:
    """Check the rows of one list; the frame's index is the position in ``rows``.

    May report KT-222 (blank) and KT-224 (repeated, pointing at the first). Texts compare by their
    comparison key, so "Xã Bình Hoà" repeats "Xã Bình Hòa".
    """
    if not rows:
        return []
    layout, fields = rows[0].table.layout, set(rows[0].table.columns)
    schema = _schema(layout, fields)
    if not schema.columns:
        return []
    data: dict[str, list[object]] = {}
    for name in schema.columns:
        field, _, kind = name.partition(".")
        if kind == "blank":
            data[name] = [row.values[field] is None and field not in row.bad for row in rows]
        else:
            data[name] = [_key(row.values[field]) for row in rows]
    frame = pd.DataFrame(
        {
            name: pd.Series(values, dtype=bool if name.endswith(".blank") else object)
            for name, values in data.items()
        }
    )
    findings = []
    for case in failure_cases(schema, frame):
        field = case.column.partition(".")[0]
        if case.index is None:
            findings.append(ours.UNEXPECTED_CHECK_RESULT.at(column=case.column, reason=case.check))
        elif case.check == codes.REQUIRED_TEXT_MISSING.id:
            row = rows[case.index]
            findings.append(
                codes.REQUIRED_TEXT_MISSING.at(row.place(field), column=layout.column(field).heading)
            )
        else:
            findings.append(_repeated(rows, case.index, field, data[f"{field}.key"]))
    return findings


def _key(value: object) -> object:
    return comparison_key(value) if isinstance(value, str) else value


def _repeated(rows: Sequence[ListRow], index: int, field: str, keys: list[object]) -> Finding:
    row = rows[index]
    first = rows[keys.index(keys[index])]
    return codes.REPEATED_VALUE.at(
        row.place(field),
        column=row.table.layout.column(field).heading,
        text=str(row.values[field]),
        other=first.place(field).cell,
    )
