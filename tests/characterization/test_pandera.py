"""What pandera does, as far as the checks rely on it: an upgrade that changes it breaks here first."""

import os
import subprocess
import sys

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.config import ValidationDepth, config_context

from tdkt_xl.schemas.cases import failure_cases
from tdkt_xl.schemas.columns import FailureCase

MAXIMUM = pa.DataFrameSchema({"score": pa.Column(float, pa.Check.le(10, error="KT-209"))}, coerce=False)


def errors_of(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pa.errors.SchemaErrors:
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        schema.validate(frame, lazy=True)
    return caught.value


def test_index_arrives_unchanged_in_the_failure_cases() -> None:
    frame = pd.DataFrame({"score": [11.0, 9.0, 12.0]}, index=[308, 17, 9])
    cases = errors_of(MAXIMUM, frame).failure_cases
    assert list(cases["index"]) == [308, 9]
    assert list(cases["failure_case"]) == [11.0, 12.0]


def test_error_of_a_check_comes_back_with_its_reason() -> None:
    (error,) = errors_of(MAXIMUM, pd.DataFrame({"score": [11.0]})).schema_errors
    assert (error.check.error, error.reason_code.name, error.schema.name) == (
        "KT-209",
        "DATAFRAME_CHECK",
        "score",
    )


def test_lazy_validation_brings_every_failure_of_every_column() -> None:
    schema = pa.DataFrameSchema(
        {
            "a": pa.Column(float, [pa.Check.ge(0, error="LOW"), pa.Check.ne(-2, error="TWO")]),
            "b": pa.Column(float, pa.Check.ge(0, error="LOW")),
        }
    )
    found = list(failure_cases(schema, pd.DataFrame({"a": [-1.0, -2.0], "b": [1.0, -1.0]})))
    assert found == [
        FailureCase(0, "a", "LOW"),
        FailureCase(1, "a", "LOW"),
        FailureCase(1, "a", "TWO"),
        FailureCase(1, "b", "LOW"),
    ]


def test_missing_value_of_a_nullable_column_is_not_checked() -> None:
    schema = pa.DataFrameSchema({"score": pa.Column(float, pa.Check.ge(0, error="LOW"), nullable=True)})
    assert list(failure_cases(schema, pd.DataFrame({"score": [None, 1.0]}, dtype="float64"))) == []


def test_missing_value_of_another_column_is_a_failure_with_pandera_s_own_name() -> None:
    frame = pd.DataFrame({"score": [None, 1.0]}, index=[7, 8], dtype="float64")
    assert list(failure_cases(MAXIMUM, frame)) == [FailureCase(7, "score", "SERIES_CONTAINS_NULLS")]


def test_repeats_after_the_first_are_reported() -> None:
    schema = pa.DataFrameSchema(
        {"key": pa.Column(object, unique=True, nullable=True, report_duplicates="exclude_first")}
    )
    frame = pd.DataFrame({"key": pd.Series(["a", "b", "a", None, None, "a"], dtype=object)})
    assert [case.index for case in failure_cases(schema, frame)] == [2, 5]  # blanks do not repeat
    assert {case.check for case in failure_cases(schema, frame)} == {"SERIES_CONTAINS_DUPLICATES"}


def test_coercion_hides_a_bad_score_behind_a_text() -> None:
    """With coerce=True one text cell kills the range check of its column; so we parse first."""
    coercing = pa.DataFrameSchema({"score": pa.Column(float, pa.Check.le(10, error="KT-209"), coerce=True)})
    frame = pd.DataFrame({"score": pd.Series(["mười", 12.0, 9.0], dtype=object)})
    errors = errors_of(coercing, frame)
    assert {error.reason_code.name for error in errors.schema_errors} == {
        "DATATYPE_COERCION",
        "WRONG_DATATYPE",
        "CHECK_ERROR",
    }
    assert 12.0 not in set(errors.failure_cases["failure_case"])


def test_wrong_type_and_missing_column_come_back_as_reasons_not_as_values() -> None:
    schema = pa.DataFrameSchema({"score": pa.Column(float), "gone": pa.Column(float)}, coerce=False)
    found = list(failure_cases(schema, pd.DataFrame({"score": ["x"]})))
    assert {case.check for case in found} == {"reason:WRONG_DATATYPE", "reason:COLUMN_NOT_IN_DATAFRAME"}
    assert {case.index for case in found} == {None}


def test_configuration_switches_checks_off_and_ours_stay_on() -> None:
    frame = pd.DataFrame({"score": [11.0]})
    with config_context(validation_enabled=False):
        MAXIMUM.validate(frame, lazy=True)
        assert list(failure_cases(MAXIMUM, frame)) == [FailureCase(0, "score", "KT-209")]
    with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
        MAXIMUM.validate(frame, lazy=True)
        assert list(failure_cases(MAXIMUM, frame)) == [FailureCase(0, "score", "KT-209")]


PROGRAM = """
import pandas as pd
import pandera.pandas as pa
from tdkt_xl.schemas.cases import failure_cases
schema = pa.DataFrameSchema({"score": pa.Column(float, pa.Check.le(10, error="KT-209"))})
frame = pd.DataFrame({"score": [11.0]})
try:
    schema.validate(frame, lazy=True)
    print("off")
except pa.errors.SchemaErrors:
    print("on")
print([case.check for case in failure_cases(schema, frame)])
"""


@pytest.mark.parametrize(
    "setting",
    [{"PANDERA_VALIDATION_ENABLED": "false"}, {"PANDERA_VALIDATION_DEPTH": "SCHEMA_ONLY"}],
    ids=lambda setting: next(iter(setting)),
)
def test_environment_switches_pandera_off_but_not_our_checks(setting: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **setting},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["off", "['KT-209']"]
