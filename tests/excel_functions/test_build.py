"""The built add-in of worksheet functions: its bytes, its modules, its sheets."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from pyopenvba import ExcelFile, check_file
from pyopenvba.cfb import CFB
from python_calamine import CalamineWorkbook

from tdkt_xl.excel import functions_addin
from tdkt_xl.excel.addin_parts import CONF_SHEET, macros_folder
from tdkt_xl.excel.functions_addin import (
    FUNCTIONS_ADDIN,
    HELP_HEADING,
    HELP_SHEET,
    SETTINGS,
    SUPPORT,
    WRAPPERS,
    Generated,
    build_functions_addin,
    runtime,
    shipped_functions_addin,
)
from tdkt_xl.findings import TdktError
from tests.tools.vba_lint import lint

ROOT = Path(__file__).parents[2]
REBUILD = "macros/tdkt-ham.xlam không khớp nguồn: dựng lại bằng build_functions_addin"
# What our lint cannot know of xlwings' own module on the Mac, where worksheet functions do not work anyway.
OF_XLWINGS = [
    "xlwings [mac] ExecuteMac: AppleScriptTask is not declared",
    "xlwings [mac] GetConfigFromSheet: unknown type Dictionary",
    "xlwings: no Option Explicit",
]


def test_committed_wrappers_are_what_xlwings_generates(generated: Generated) -> None:
    committed = (macros_folder() / f"{WRAPPERS}.bas").read_text(encoding="ascii")
    assert committed == generated.source, "chép generate().source vào macros/TdktUdfs.bas"


def test_two_builds_are_the_same_bytes(addin: Path, tmp_path: Path) -> None:
    assert build_functions_addin(tmp_path / "new" / "b.xlam").read_bytes() == addin.read_bytes()


def test_committed_addin_is_a_fresh_build(addin: Path) -> None:
    assert shipped_functions_addin() == addin.read_bytes(), REBUILD


def test_lost_addin_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions_addin, "macros_folder", lambda: tmp_path)
    with pytest.raises(TdktError, match="KT-809"):
        shipped_functions_addin()


def test_package_is_a_sound_addin_without_ribbon(addin: Path) -> None:
    assert check_file(addin).ok
    with zipfile.ZipFile(addin) as package:
        types = package.read("[Content_Types].xml").decode()
        assert types.count("application/vnd.ms-excel.addin.macroEnabled.main+xml") == 1
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [name for name in package.namelist() if "customUI" in name] == []
        project = CFB.from_bytes(package.read("xl/vbaProject.bin"))
        content = b"".join(package.read(name) for name in package.namelist())
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("cc61ffff000000")
    assert [word for word in (b"/tmp/", b"/home/", str(ROOT).encode(), b"William") if word in content] == []


def test_modules_are_the_sources_and_the_runtime(addin: Path, generated: Generated) -> None:
    support = (macros_folder() / f"{SUPPORT}.bas").read_text(encoding="ascii")
    expected = {"xlwings": runtime(), WRAPPERS: generated.source, SUPPORT: support}
    with ExcelFile(addin) as package:
        assert package.validate() == []
        for name, source in expected.items():
            assert package.get_module(name).replace("\r\n", "\n").strip() == source.strip()
        dictionary = package.get_module("Dictionary")
    assert "License: MIT" in dictionary
    assert "Public Sub Add(" in dictionary


def test_sheets_hold_help_and_settings(addin: Path, generated: Generated) -> None:
    book = CalamineWorkbook.from_path(str(addin))
    assert book.sheet_names == [HELP_SHEET, CONF_SHEET]
    rows = [[cell for cell in row if cell] for row in book.get_sheet_by_name(HELP_SHEET).to_python()]
    assert rows == [list(row) for row in (HELP_HEADING, *generated.help)]
    assert {row[0]: row[1] for row in book.get_sheet_by_name(CONF_SHEET).to_python()} == dict(SETTINGS)


def test_modules_are_clean_for_every_compiler(generated: Generated) -> None:
    support = (macros_folder() / f"{SUPPORT}.bas").read_text(encoding="ascii")
    assert lint({WRAPPERS: generated.source, SUPPORT: support, "xlwings": runtime()}) == OF_XLWINGS


def test_wrappers_name_no_workbook(generated: Generated) -> None:
    assert "Workbook" not in generated.source
    assert generated.source.count("= Err.Description") == 1
    assert generated.source.count("TdktAnswer(XLPy.CallUDF(") == 2 * len(generated.help)


def test_runtime_is_that_of_the_installed_xlwings() -> None:
    shipped, ours = runtime(harden=False).splitlines(), runtime().splitlines()
    assert len(shipped) == len(ours)
    assert sum(old != new for old, new in zip(shipped, ours, strict=True)) == 5
    assert "'xlwings is distributed under a BSD 3-clause license." in ours
    assert 'Public Const PROJECT_NAME As String = "tdkt"' in ours


def test_another_xlwings_breaks_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        runtime(harden=False).replace('NAME As String = "tdkt"', 'NAME As String = "myaddin"').splitlines()
    )
    monkeypatch.setattr(functions_addin, "_xlwings_folder", lambda: tmp_path)
    for old, _, _ in (*functions_addin._HARDENING, ("PROJECT_NAME As String", "", 1)):
        changed = "\n".join(line for line in lines if old not in line)
        (tmp_path / "xlwings_custom_addin.bas").write_text(changed, encoding="ascii")
        with pytest.raises(ValueError, match="in the VBA of xlwings"):
            runtime()


def test_wheel_carries_the_addin_and_its_sources(tmp_path: Path) -> None:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    with zipfile.ZipFile(built) as package:
        assert package.read(f"tdkt_xl/_macros/{FUNCTIONS_ADDIN}") == shipped_functions_addin()
        names = set(package.namelist())
    assert {f"tdkt_xl/_macros/{name}.bas" for name in (WRAPPERS, SUPPORT)} <= names


def test_functions_import_nothing_that_slows_the_first_cell() -> None:
    ask = "import sys, tdkt_xl.excel.functions; print({'pandera', 'openpyxl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"
