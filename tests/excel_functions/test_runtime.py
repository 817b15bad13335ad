"""xlwings' VBA runtime in the add-in, down to the command line of the server it would start.

The characterization of the runtime as shipped is the reason for the hardening; should it fail one day,
xlwings has changed and the hardening is to be looked at again.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from xlwings import utils

from tdkt_xl.excel.addin_parts import INTERPRETER
from tdkt_xl.excel.functions_addin import SETTINGS
from tdkt_xl.excel.install import with_settings
from tests.excel_addin.host import PYTHON
from tests.excel_functions.conftest import Session

EVIL = r"\\evil\share\python.exe"
HOSTILE = {"tdkt.conf": [[INTERPRETER, EVIL], ["PYTHONPATH", r"\\evil\share"], ["LICENSE_KEY", "x"]]}


def installed(addin: Path, folder: Path) -> Path:
    path = folder / "tdkt-ham.xlam"
    path.write_bytes(with_settings(addin.read_bytes(), {**SETTINGS, INTERPRETER: PYTHON}))
    return path


def test_command_line_of_the_server(session: Session, addin: Path, tmp_path: Path) -> None:
    excel = session(addin=installed(addin, tmp_path), runtime=True)
    assert excel.ask("XLPyCommand()") == (
        f'cmd.exe  /K ""{PYTHON}" -I -B -c "import sys, os;import xlwings.utils;'
        'xlwings.utils.prepare_sys_path(\\"false;;;;;\\");import xlwings; xlwings.serve(\'$(CLSID)\')""'
    )


def test_hostile_workbook_chooses_nothing(session: Session, addin: Path, tmp_path: Path) -> None:
    ours = installed(addin, tmp_path)
    quiet = session(addin=ours, runtime=True).ask("XLPyCommand()")
    hostile = session(addin=ours, runtime=True, sheets=HOSTILE)
    assert hostile.ask('SheetExists(ActiveWorkbook, "tdkt.conf")') is True
    assert hostile.ask("XLPyCommand()") == quiet
    assert hostile.ask(f'GetConfig("{INTERPRETER}")') == PYTHON
    assert hostile.ask('GetConfig("LICENSE_KEY")') == ""
    assert hostile.ask('GetConfig("ONEDRIVE_CONSUMER_WIN")') == ""


def test_hostile_workbook_chooses_the_interpreter_as_shipped(
    session: Session, as_shipped: Path, tmp_path: Path
) -> None:
    excel = session(addin=installed(as_shipped, tmp_path), runtime=True, sheets=HOSTILE)
    command = excel.ask("XLPyCommand()")
    assert f'/K ""{EVIL}" -B -c ' in command
    assert 'evil\\\\share\\");import xlwings' in command


@pytest.mark.parametrize("key", sorted(SETTINGS))
def test_every_setting_is_the_addins_own(session: Session, addin: Path, key: str) -> None:
    hostile = {"tdkt.conf": [[name, EVIL] for name in SETTINGS]}
    found = session(addin=addin, runtime=True, sheets=hostile).ask(f'GetConfig("{key}", "default")')
    assert found == SETTINGS[key].replace("%LOCALAPPDATA%", r"C:\Users\Lan\AppData\Local")


def test_empty_part_of_the_path_is_the_current_folder_as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare: Callable[[str], None] = utils.prepare_sys_path
    monkeypatch.setattr(sys, "path", ["site-packages"])
    prepare("false;;;;;")
    assert sys.path == ["site-packages"]
    prepare("false;C:/a.xlsx;C:/b.xlam;;;;")
    assert sys.path == ["", "site-packages"]
