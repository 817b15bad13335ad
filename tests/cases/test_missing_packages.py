"""A package that is missing or broken is named with the command that brings it, on the command line."""

import importlib.metadata
import importlib.util
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tdkt_xl.excel import packages
from tdkt_xl.excel.packages import declared_packages, missing_package, repair_command
from tests.tools.runs import ROOT, SAMPLES

_HIDDEN = """
import sys
from importlib.machinery import PathFinder

class Hiding(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        hidden = name.partition(".")[0] in {hidden!r}
        return None if hidden else PathFinder.find_spec(name, path, target)

sys.meta_path[:] = [Hiding if finder is PathFinder else finder for finder in sys.meta_path]
sys.frozen = True  # no process of its own, which would find them: their work is done here
from tdkt_xl.cli import run
sys.exit(run({arguments!r}))
"""


def run_without(hidden: tuple[str, ...], *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command where these modules are not found."""
    code = _HIDDEN.format(hidden=hidden, arguments=[str(item) for item in arguments])
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT,
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


def test_missing_packages_are_all_named_with_one_command(tmp_path: Path) -> None:
    done = run_without(
        ("docx", "markdown_it"), "letters", SAMPLES, "--out", tmp_path / "ra", "--deadline", "2024-01-20"
    )
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"Lỗi KT-885 · Phần mềm cài chưa xong: Python ở “{sys.executable}” thiếu gói python-docx, "
        "markdown-it-py. Tệp nhận được không bị thay đổi. Cách sửa: máy cần có mạng;"
    )
    assert "'python-docx<2,>=1.1.2'" in done.stderr
    assert "'markdown-it-py<" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("hidden", "named"), [("numpy", "numpy"), ("pandas", "pandas"), ("filelock", "filelock")]
)
def test_what_a_package_itself_needs_is_named(hidden: str, named: str, tmp_path: Path) -> None:
    done = run_without((hidden,), "validate", SAMPLES / "cum-09.xlsx", "--fresh", "--out", tmp_path / "ra")
    assert (done.returncode, f"thiếu gói {named}. " in done.stderr) == (2, True), done.stderr


def test_the_doctor_names_them_before_anything_is_done(tmp_path: Path) -> None:
    done = run_without(("docx", "xlwings"), "doctor")
    assert "thiếu gói python-docx, xlwings. " in done.stdout


def test_help_needs_no_package_but_click() -> None:
    hidden = tuple(name for name in declared_packages() if name != "click")
    done = run_without(hidden, "--help")
    assert (done.returncode, done.stderr) == (0, "")


def test_every_declared_package_is_known_by_its_module() -> None:
    """A new dependency whose module has another name fails here."""
    assert len(declared_packages()) >= 10
    assert [name for name in declared_packages() if importlib.util.find_spec(name) is None] == []


def test_extras_are_not_declared_as_needed() -> None:
    assert not {"pytest", "distributed", "msoffcrypto", "polars"} & set(declared_packages())


# ---- what is not a missing package


def test_our_own_modules_and_those_of_python_are_our_fault() -> None:
    faults = [
        ModuleNotFoundError("No module named 'x'", name=name) for name in ("tdkt_xl.tasks.x", "tkinter", "")
    ]
    assert [missing_package(fault) for fault in [*faults, ImportError("x"), ValueError("x")]] == [None] * 5


def test_a_package_missing_in_the_middle_of_other_work_is_our_fault() -> None:
    """Only what an import error came from is looked at: a fault of data is never called a missing package."""
    fault = ValueError("x")
    fault.__cause__ = ModuleNotFoundError("No module named 'numpy'", name="numpy")
    assert missing_package(fault) is None


# ---- the command


def test_command_reinstalls_what_pip_takes_for_installed() -> None:
    assert "--force-reinstall" in repair_command(["python-docx<2,>=1.1.2"])


def test_command_installs_what_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(packages, "distribution", absent)
    words = shlex.split(repair_command(["python-docx<2,>=1.1.2", "numpy"]))
    assert words == [sys.executable, "-m", "pip", "install", "python-docx<2,>=1.1.2", "numpy"]


def test_command_as_powershell_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Windows:
        python = r"C:\Phần mềm\.venv\Scripts\python.exe"

    monkeypatch.setattr(packages, "ThisMachine", Windows)
    monkeypatch.setattr("tdkt_xl.excel.packages.os.name", "nt")
    assert repair_command(["khong-co>=1,<2"]) == (
        r'& "C:\Phần mềm\.venv\Scripts\python.exe" -m pip install "khong-co>=1,<2"'
    )


def test_without_the_note_of_the_installation_the_module_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(packages, "requires", absent)
    finding = missing_package(ModuleNotFoundError("No module named 'docx'", name="docx.oxml"))
    assert finding is not None
    assert finding.params["names"] == "docx"
