"""The schemas themselves: what pandera checks of each column."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa

from tdkt_xl.findings import Code
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.schemas.cases import failure_cases
from tdkt_xl.schemas.columns import Column, ColumnKind, FailureCase


def _not_below(code: Code) -> pa.Check:
    return pa.Check.ge(0, error=code.id)


def _never(code: Code) -> pa.Column:
    return pa.Column(bool, pa.Check.eq(False, error=code.id))


SCORES = pa.DataFrameSchema(
    {
        "above_lower": pa.Column(float, _not_below(codes.NEGATIVE_SCORE), nullable=True),
        "below_upper": pa.Column(float, _not_below(codes.ABOVE_MAXIMUM), nullable=True),
        "within_penalty": pa.Column(float, _not_below(codes.PENALTY_SIGN), nullable=True),
        "step_rest": pa.Column(float, pa.Check.eq(0, error=codes.OFF_STEP.id), nullable=True),
        "half_passed": pa.Column(float, pa.Check.eq(0, error=codes.NOT_PASS_OR_FAIL.id), nullable=True),
        "blank": _never(codes.BLANK_SCORE),
        "evidence_missing": _never(codes.EVIDENCE_MISSING),
        "reason_missing": _never(codes.APPRAISAL_WITHOUT_REASON),
    },
    coerce=False,
)
"""Columns are exact margins as floats: a sign or a zero survives the conversion of a Decimal."""

LISTS = pa.DataFrameSchema(
    {
        "blank": _never(codes.REQUIRED_TEXT_MISSING),
        "key": pa.Column(object, unique=True, nullable=True, report_duplicates="exclude_first"),
    },
    coerce=False,
)
"""One row per cell that must be filled or must not repeat; ``key`` tells list and column apart."""

SCHEMAS: Mapping[str, pa.DataFrameSchema] = {"scores": SCORES, "lists": LISTS}
_TYPES = {ColumnKind.NUMBER: "float64", ColumnKind.FLAG: "bool", ColumnKind.TEXT: "object"}


def run_schema(schema: str, columns: Mapping[str, Column]) -> list[FailureCase]:
    """Check columns against the schema of that name, in this process."""
    return list(failure_cases(SCHEMAS[schema], frame_of(columns)))


def frame_of(columns: Mapping[str, Column]) -> pd.DataFrame:
    """The typed frame of these columns, rows numbered from 0."""
    return pd.DataFrame({name: _series(column) for name, column in columns.items()})


def _series(column: Column) -> "pd.Series[Any]":
    values: Sequence[Any] = column.values
    return pd.Series(values, dtype=_TYPES[column.kind])
