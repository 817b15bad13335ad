"""What makes the product fast, as counts: files opened once, one run of each schema, shared formats."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.isolation import IsolatedReader
from tdkt_xl.schemas.apart import CheckingProcess
from tdkt_xl.schemas.columns import Column, FailureCase
from tdkt_xl.tasks.round import check_round
from tests.benchmarks.timing import ROOT
from tests.tools.runs import SAMPLES, District

RUN_AND_LIST = """
import sys
from tdkt_xl.cli import run
run(sys.argv[1:])
print(" ".join(sorted(sys.modules)))
"""


def test_each_received_file_is_asked_for_once(master: Master) -> None:
    asked: list[str] = []
    ask = IsolatedReader._ask

    def counted(self: IsolatedReader, file: ReceivedFile) -> None:
        asked.append(file.path.name)
        ask(self, file)

    with patch.object(IsolatedReader, "_ask", counted):
        check_round([SAMPLES], master)
    assert sorted(asked) == sorted(path.name for path in SAMPLES.iterdir())


def runs_of_schemas(paths: list[Path], master: Master) -> list[int]:
    """Rows given to pandera, run by run."""
    rows: list[int] = []
    ask = CheckingProcess.failure_cases

    def counted(self: CheckingProcess, schema: str, columns: Mapping[str, Column]) -> list[FailureCase]:
        rows.append(len(next(iter(columns.values())).values))
        return ask(self, schema, columns)

    with patch.object(CheckingProcess, "failure_cases", counted):
        check_round(paths, master)
    return rows


def test_pandera_runs_once_for_all_lists_and_once_for_all_scores(master: Master) -> None:
    one = runs_of_schemas([SAMPLES / "cum-01.xlsx"], master)
    all_ten = runs_of_schemas([SAMPLES], master)
    assert (len(one), len(all_ten)) == (2, 2)
    assert all_ten[1] > 10 * one[1]


@pytest.mark.parametrize("name", ["tong-hop-huyen.xlsx", "ket-qua-kiem-tra.xlsx", "danh-sach-de-nghi.xlsx"])
def test_formats_are_shared_by_cells(name: str, district: District) -> None:
    styles = zipfile.ZipFile(district.out / name).read("xl/styles.xml").decode("utf-8")
    count = int(styles.partition('<cellXfs count="')[2].partition('"')[0])
    assert 5 <= count <= 60


def loaded_by_consolidating(folder: Path) -> set[str]:
    command = [sys.executable, "-X", "utf8", "-c", RUN_AND_LIST, "consolidate", str(SAMPLES)]
    done = subprocess.run(
        [*command, "--out", str(folder / "ra")],
        cwd=ROOT,
        env={**os.environ, "LOCALAPPDATA": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_consolidating_loads_no_package_it_does_not_use(tmp_path: Path) -> None:
    loaded = loaded_by_consolidating(tmp_path)
    assert "xlsxwriter" in loaded
    # python_calamine works in the reading process only, pandera in the checking process
    assert {"python_calamine", "pandas", "numpy", "pandera"} & loaded == set()
    assert {"openpyxl", "xlwings", "matplotlib", "scipy", "IPython"} & loaded == set()


def test_consolidating_with_known_master_data_loads_no_law(tmp_path: Path) -> None:
    loaded_by_consolidating(tmp_path)
    again = loaded_by_consolidating(tmp_path)
    assert "tdkt_xl.tasks.consolidate" in again
    assert {name for name in again if name.startswith("tdkt_xl.rules.")} == set()
