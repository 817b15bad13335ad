"""A button says which package is missing and how to bring it."""

import subprocess
import sys
from typing import NoReturn

import pytest

from tests.excel.conftest import Excel
from tests.tools.runs import ROOT, SAMPLES

_WITHOUT_XLWINGS = """
import runpy, sys
from importlib.machinery import PathFinder

class Hiding(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        hidden = name.partition(".")[0] == "xlwings"
        return None if hidden else PathFinder.find_spec(name, path, target)

sys.meta_path[:] = [Hiding if finder is PathFinder else finder for finder in sys.meta_path]
sys.argv[1:] = ["tdktCheckFolder", "--wb=Sổ.xlsx", "--from_xl=1"]
runpy.run_module("tdkt_xl.excel.run", run_name="__main__")
"""


def test_the_missing_package_of_a_button_is_named(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **named: object) -> NoReturn:
        raise ModuleNotFoundError("No module named 'docx'", name="docx")

    monkeypatch.setattr("tdkt_xl.tasks.round.check_round", fail)
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktCheckBook")
    (told,) = excel.desk.told
    assert "thiếu gói python-docx. Tệp nhận được không bị thay đổi.\n\nCách sửa: máy cần có mạng;" in told
    assert told.endswith("(KT-885)")


def test_without_xlwings_the_system_shows_the_message(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _WITHOUT_XLWINGS],
        cwd=ROOT,
        encoding="utf-8",
        capture_output=True,
        check=False,
        env={"LOCALAPPDATA": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "thiếu gói xlwings. " in done.stderr
    assert "Traceback" not in done.stderr
