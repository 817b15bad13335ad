"""Every workbook of the corpus gives exactly the findings beside it, and is made anew byte for byte."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tdkt_xl.findings import Finding, Severity
from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.tasks.round import check_round
from tests.tools.corpus.case import Case
from tests.tools.corpus.run import found, line, master_of
from tests.tools.corpus.shelves import FAIL, PASS, ROOT, all_cases, paths_of
from tests.tools.forms import write_master
from tests.tools.measured import STATUS, measured_command
from tests.tools.runs import ROOT as REPOSITORY
from tests.tools.runs import tdkt

CASES = [(folder, case) for folder, cases in all_cases().items() for case in cases]
NOT_RECEIVED = {
    r"KT-16\d|KT-171": "the reading process itself, not what a workbook says",
    r"KT-150|KT-18[0-7]": "writing a changed copy",
    r"KT-545": "a file saved while a command runs, in tests/unit/tasks/test_run_record.py",
    r"KT-61[0-2]": "rule packs of the product",
    r"KT-648": "a rule asked about by hand, in tests/unit/tasks/test_rulebook.py",
    r"KT-7(0[1-4]|0[7-9]|1[01]|2[5-9]|3\d)": "judging proposals, in tests/rules, tests/unit/tasks",
    r"KT-8\d\d": "the machine and the outputs",
    r"KT-9\d\d": "our own faults",
}
"""Codes no received workbook raises when it is checked, and why."""


WAITING = frozenset((ROOT / "waiting.lst").read_text(encoding="utf-8").split())
"""Codes whose workbook is still to be made; a code leaves the list with its workbook."""


def _id(item: object) -> str:
    return item.name if isinstance(item, Case) else str(item)


@pytest.mark.parametrize(("folder", "case"), CASES, ids=_id)
def test_exactly_the_listed_findings(folder: str, case: Case) -> None:
    assert found(case) == sorted(case.findings)


@pytest.mark.parametrize(("folder", "case"), CASES, ids=_id)
def test_committed_files_are_made_anew(folder: str, case: Case) -> None:
    assert [str(path) for path, data in paths_of(folder, case).items() if path.read_bytes() != data] == []


def test_nothing_else_is_committed() -> None:
    made = {path for folder, case in CASES for path in paths_of(folder, case)}
    kept = {path for name in (FAIL, PASS) for path in (ROOT / name).rglob("*") if path.is_file()}
    assert kept == made


def test_clean_workbooks_have_nothing_above_a_note() -> None:
    codes = {line.rpartition(" ")[2] for _, case in CASES if _ == PASS for line in case.findings}
    assert {CATALOGUE[code].severity for code in codes} <= {Severity.NOTE}


def test_every_code_of_a_received_file_has_a_workbook() -> None:
    raised = {line.rpartition(" ")[2] for folder, case in CASES if folder == FAIL for line in case.findings}
    missing = {
        code
        for code in CATALOGUE
        if code not in raised and not any(re.fullmatch(pattern, code) for pattern in NOT_RECEIVED)
    }
    assert missing == WAITING


@pytest.fixture(scope="module")
def every_file(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All single workbooks of the corpus, good and bad, in one folder."""
    folder = tmp_path_factory.mktemp("nhan")
    paths = []
    for number, (_, case) in enumerate(CASES):
        for name, data in case.files.items() if case.command == "validate" and len(case.files) == 1 else ():
            paths.append(folder / f"{number:03}-{name}")
            paths[-1].write_bytes(data)
    return paths


MEBIBYTE = 1024 * 1024
_PROGRAM_MIB, _BOOK_MIB = 220, 1
"""What a run over one book takes (measured 144 MiB), and what may stay of each further one: its findings and
scores (measured 0.35 MiB), never its cells. A process that reads has a hard limit of its own."""


def _alone(findings: Sequence[Finding]) -> list[str]:
    """What files say by themselves; which of two is the first is a matter of order."""
    return sorted(line(item, one_file=False) for item in findings if not item.code.id.startswith("KT-5"))


def test_every_file_gets_its_status_in_any_order(every_file: list[Path]) -> None:
    master = master_of("danh-muc")
    expected = check_round(every_file, master)
    for seed in (1, 2):
        shuffled = Random(seed).sample(every_file, len(every_file))
        checked = check_round(shuffled, master)
        assert {report.name for report in checked.files} == {path.name for path in every_file}
        assert all(report.status for report in checked.files)
        assert _alone(checked.findings) == _alone(expected.findings)


@pytest.mark.skipif(not STATUS.exists(), reason="the operating system does not tell the largest memory")
def test_folder_of_everything_ends_with_its_exit_code_in_bounded_memory(
    every_file: list[Path], tmp_path: Path
) -> None:
    command = measured_command(tmp_path / "bo-nho", "validate", every_file[0].parent, "--json")
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False, timeout=600)
    assert (done.returncode, len(json.loads(done.stdout)["files"])) == (1, len(every_file))
    memory = int((tmp_path / "bo-nho").read_text(encoding="ascii")) / MEBIBYTE
    assert memory < _PROGRAM_MIB + _BOOK_MIB * len(every_file)


@pytest.mark.parametrize(
    ("name", "code"),
    [("so-cum/sach", 0), ("so-cum/hang-sai", 1), ("so-cum/stt-nhay", 0), ("tep/tep-rong", 1)],
)
def test_exit_code_tells_the_gravest_finding(name: str, code: int, tmp_path: Path) -> None:
    (case,) = (case for _, case in CASES if case.name == name)
    for file, data in case.files.items():
        (tmp_path / file).write_bytes(data)
    master = write_master(tmp_path, name="danh-muc.xlsx")
    assert tdkt("validate", *(tmp_path / file for file in case.files), "--master", master).code == code
