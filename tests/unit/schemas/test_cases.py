"""Every failure of a schema comes back: values with their row, anything odd with its reason."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest

from tdkt_xl.schemas.cases import failure_cases
from tdkt_xl.schemas.columns import FailureCase

ROOT = Path(__file__).parents[3]
FRAME = pd.DataFrame({"points": [1.0, -1.0, None, -2.0]}, index=pd.Index([12, 13, 14, 15]))


def cases(**columns: pa.Column) -> list[FailureCase]:
    return list(failure_cases(pa.DataFrameSchema(columns, coerce=False), FRAME))


def test_failed_values_come_with_row_column_and_code() -> None:
    found = cases(points=pa.Column(float, pa.Check.ge(0, error="KT-208"), nullable=True))
    assert found == [FailureCase(13, "points", "KT-208"), FailureCase(15, "points", "KT-208")]


def test_blanks_come_with_their_row() -> None:
    assert cases(points=pa.Column(float)) == [FailureCase(14, "points", "SERIES_CONTAINS_NULLS")]


def test_check_without_a_code_comes_with_its_reason() -> None:
    (found, *_) = cases(points=pa.Column(float, pa.Check.ge(0), nullable=True))
    assert (found.index, found.column) == (13, "points")
    assert not found.check.startswith("KT-")


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"gone": pa.Column(float)}, "reason:COLUMN_NOT_IN_DATAFRAME"),
        ({"points": pa.Column(int, nullable=True)}, "reason:WRONG_DATATYPE"),
        (
            {"points": pa.Column(float, pa.Check(lambda value: value["x"], error="KT-208"), nullable=True)},
            "reason:CHECK_ERROR",
        ),
    ],
)
def test_what_is_not_about_a_value_comes_with_its_reason(columns: dict[str, pa.Column], reason: str) -> None:
    (found,) = cases(**columns)
    assert (found.index, found.check) == (None, reason)


def test_an_odd_reason_hides_no_other_failure() -> None:
    found = cases(
        points=pa.Column(float, pa.Check.ge(0, error="KT-208"), nullable=True), gone=pa.Column(float)
    )
    assert {case.check for case in found} == {"KT-208", "reason:COLUMN_NOT_IN_DATAFRAME"}


def test_clean_frame_has_no_case() -> None:
    assert cases(points=pa.Column(float, nullable=True)) == []


PROGRAM = """
import pandas as pd, pandera.pandas as pa
from tdkt_xl.schemas.cases import failure_cases
schema = pa.DataFrameSchema({"points": pa.Column(float, pa.Check.ge(0, error="KT-208"))}, coerce=False)
print([case.check for case in failure_cases(schema, pd.DataFrame({"points": [-1.0]}))])
"""


@pytest.mark.parametrize(
    "setting", [{"PANDERA_VALIDATION_ENABLED": "False"}, {"PANDERA_VALIDATION_DEPTH": "SCHEMA_ONLY"}]
)
def test_environment_cannot_switch_the_checks_off(setting: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, **setting},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout == "['KT-208']\n"
