"""The doctor on the worksheet functions: each trouble alone gives exactly its finding, with its repair."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from tdkt_xl.excel.addin_parts import INTERPRETER
from tdkt_xl.excel.doctor import examine
from tdkt_xl.excel.functions_addin import (
    FUNCTIONS_ADDIN,
    SETTINGS,
    XLWINGS,
    runtime,
    shipped_functions_addin,
)
from tdkt_xl.excel.install import install, startup_path, with_settings
from tdkt_xl.findings.render import message
from tests.excel_addin.fake_machine import DISABLED, MANAGER, OPTIONS, FakeMachine

CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
OUTLOOK = r"SOFTWARE\Microsoft\Office\16.0\Outlook"
Spoil = Callable[[FakeMachine], object]


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    machine = FakeMachine(tmp_path)
    install(machine, functions=True)
    return machine


def ham(machine: FakeMachine) -> Path:
    return startup_path(machine, FUNCTIONS_ADDIN)


def dll(machine: FakeMachine, bits: int) -> Path:
    return Path(machine.python).parents[1] / f"xlwings{bits}-{XLWINGS}.dll"


def rewrite(machine: FakeMachine, **settings: str) -> None:
    """An installation whose settings sheet is another one."""
    ham(machine).write_bytes(
        with_settings(shipped_functions_addin(), {**SETTINGS, INTERPRETER: machine.python, **settings})
    )


def found(machine: FakeMachine) -> list[str]:
    return [finding.code.id for finding in examine(machine).findings]


def test_sound_functions_have_no_findings(machine: FakeMachine) -> None:
    assert found(machine) == []
    assert f"Hàm trang tính TDKT: {ham(machine)}" in examine(machine).lines


def test_functions_that_are_not_installed_are_no_fault(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    install(machine)
    for bits in (32, 64):
        dll(machine, bits).unlink()
    assert found(machine) == []
    assert "Hàm trang tính TDKT: chưa cài (không bắt buộc)" in examine(machine).lines


TROUBLES: list[tuple[str, Spoil]] = [
    ("KT-832", lambda m: ham(m).write_bytes(b"old")),
    ("KT-832", lambda m: ham(m).write_bytes(ham(m).read_bytes() + b"x")),
    ("KT-832", lambda m: rewrite(m, ADD_WORKBOOK_TO_PYTHONPATH="true")),
    ("KT-832", lambda m: rewrite(m, **{INTERPRETER: str(m.home / "gone" / "python.exe")})),
    ("KT-833", lambda m: dll(m, 64).unlink()),
    ("KT-833", lambda m: dll(m, 32).unlink()),
    ("KT-825", lambda m: m.marked.add(ham(m))),
    ("KT-826", lambda m: m.of_user(OPTIONS, OPEN=r'"C:\old\tdkt-ham.xlam"')),
    ("KT-826", lambda m: m.of_user(MANAGER, **{r"C:\old\tdkt-ham.xlam": ""})),
    ("KT-829", lambda m: m.of_user(DISABLED, A=r"c:\x\TDKT-HAM.xlam".encode("utf-16-le"))),
]


@pytest.mark.parametrize(("code", "spoil"), TROUBLES)
def test_each_trouble_is_told_alone(machine: FakeMachine, code: str, spoil: Spoil) -> None:
    spoil(machine)
    assert found(machine) == [code]


@pytest.mark.parametrize(
    ("code", "spoil"), [pair for pair in TROUBLES if pair[0] in ("KT-832", "KT-825", "KT-826")]
)
def test_installing_repairs_what_it_says_it_repairs(machine: FakeMachine, code: str, spoil: Spoil) -> None:
    spoil(machine)
    install(machine, functions=True)
    assert found(machine) == []


@pytest.mark.parametrize(
    ("key", "values", "needed"),
    [
        (CLICK_TO_RUN, {"Platform": "x64"}, 64),
        (CLICK_TO_RUN, {"Platform": "x86"}, 32),
        (OUTLOOK, {"Bitness": "x86"}, 32),
        (OUTLOOK, {"Bitness": "x64"}, 64),
    ],
)
def test_only_the_dll_of_excels_own_width_is_needed(
    machine: FakeMachine, key: str, values: dict[str, str], needed: int
) -> None:
    machine.of_computer(key, **values)
    other = dll(machine, 96 - needed)
    other.unlink()
    assert found(machine) == []
    other.touch()
    dll(machine, needed).unlink()
    (finding,) = examine(machine).findings
    assert finding.code.id == "KT-833"
    assert f"xlwings{needed}-{XLWINGS}.dll" in message(finding)


def test_the_dll_may_lie_beside_python_itself(machine: FakeMachine) -> None:
    for bits in (32, 64):
        dll(machine, bits).rename(Path(machine.python).parent / dll(machine, bits).name)
    assert found(machine) == []


def test_a_dll_of_another_version_is_not_the_one(machine: FakeMachine) -> None:
    machine.of_computer(CLICK_TO_RUN, Platform="x64")
    dll(machine, 64).rename(dll(machine, 64).with_name("xlwings64-0.99.0.dll"))
    assert found(machine) == ["KT-833"]


def test_a_disabled_addin_is_named(machine: FakeMachine) -> None:
    machine.of_user(DISABLED, A=r"c:\x\tdkt-ham.xlam".encode("utf-16-le"))
    (finding,) = examine(machine).findings
    assert message(finding) == "Excel đã tự tắt tdkt-ham.xlam sau một lần treo (A)."


def test_troubles_of_the_functions_leave_the_ribbon_usable(machine: FakeMachine) -> None:
    dll(machine, 64).unlink()
    assert examine(machine).lines[-1] == "Thẻ Thi đua dùng được; nên xem các cảnh báo trên."


def test_the_runtime_is_of_the_version_the_doctor_looks_for() -> None:
    assert version("xlwings") == XLWINGS
    assert f'"xlwings64-{XLWINGS}.dll"' in runtime()
    assert f'"xlwings32-{XLWINGS}.dll"' in runtime()
