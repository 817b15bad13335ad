"""Run a pandera schema over a typed frame and bring every failure case back, none dropped."""

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa
from pandera.config import ValidationDepth, config_context

from tdkt_xl.schemas.columns import FailureCase

_VALUE_REASONS = frozenset({"DATAFRAME_CHECK", "SERIES_CONTAINS_NULLS", "SERIES_CONTAINS_DUPLICATES"})


def failure_cases(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> Iterator[FailureCase]:
    """Yield every failure of the schema, in row order.

    The environment cannot switch the checks off: PANDERA_VALIDATION_ENABLED and _DEPTH are
    overridden. Reasons that are not about values come back with ``check`` = "reason:…", for KT-901.
    """
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            yield from _read(errors)


def _read(errors: pa.errors.SchemaErrors) -> Iterator[FailureCase]:
    for error in errors.schema_errors:
        reason = error.reason_code.name if error.reason_code is not None else "UNKNOWN"
        column = str(getattr(error.schema, "name", "") or "")
        cases = error.failure_cases
        if reason not in _VALUE_REASONS or not isinstance(cases, pd.DataFrame):
            yield FailureCase(None, column, f"reason:{reason}")
            continue
        check = getattr(error.check, "error", None) or reason
        for index in cases["index"]:
            yield FailureCase(None if index is None else int(index), column, str(check))
