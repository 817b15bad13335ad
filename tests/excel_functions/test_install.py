"""Installing the worksheet functions beside the buttons, on a fake Windows."""

from pathlib import Path

import pytest

from tdkt_xl.excel.addin_parts import INTERPRETER
from tdkt_xl.excel.doctor import examine
from tdkt_xl.excel.functions_addin import FUNCTIONS_ADDIN, SETTINGS, shipped_functions_addin
from tdkt_xl.excel.install import install, installed_settings, startup_path, uninstall, with_settings
from tdkt_xl.excel.machine import USER
from tests.excel_addin.fake_machine import OPTIONS, FakeMachine
from tests.excel_functions.conftest import Session


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path)


@pytest.fixture
def second(machine: FakeMachine) -> Path:
    return startup_path(machine, FUNCTIONS_ADDIN)


def test_functions_are_installed_when_asked_for_only(machine: FakeMachine, second: Path) -> None:
    install(machine)
    assert not second.exists()
    assert install(machine, functions=True).changed
    settings = {**SETTINGS, INTERPRETER: machine.python}
    assert installed_settings(second.read_bytes()) == settings
    assert second.read_bytes() == with_settings(shipped_functions_addin(), settings)
    assert not install(machine, functions=True).changed
    assert examine(machine).findings == ()


def test_installed_functions_are_renewed_with_the_buttons(machine: FakeMachine, second: Path) -> None:
    install(machine, functions=True)
    second.write_bytes(b"old")
    machine.marked.add(second)
    assert install(machine).changed
    assert second.read_bytes()[:2] == b"PK"
    assert machine.marked == set()


def test_uninstall_takes_both(machine: FakeMachine, second: Path) -> None:
    install(machine, functions=True)
    machine.of_user(OPTIONS, OPEN=r'"C:\old\tdkt-ham.xlam"', OPEN1=r'"C:\x\my-tdkt-ham.xlam"')
    assert uninstall(machine).changed
    assert not second.exists()
    assert not machine.addin.exists()
    assert machine.registry[USER, OPTIONS] == {"OPEN": r'"C:\x\my-tdkt-ham.xlam"'}
    assert not uninstall(machine).changed


def test_installed_python_serves_the_functions(session: Session, tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, python=r"D:\R&D <1>\py 'x'\python.exe")
    install(machine, functions=True)
    excel = session(addin=startup_path(machine, FUNCTIONS_ADDIN), runtime=True)
    assert excel.ask("XLPyCommand()").startswith(f'cmd.exe  /K ""{machine.python}" -I -B -c ')
