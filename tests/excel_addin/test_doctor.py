"""The examination of a fake Windows: each trouble alone gives exactly its finding."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tdkt_xl.excel.doctor import doctor_report, examine
from tdkt_xl.excel.install import install
from tests.excel_addin.fake_machine import ASR, DISABLED, MANAGER, OPTIONS, POLICY, FakeMachine

CHILD = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
OWN_SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
COMMON = r"Software\Policies\Microsoft\Office\16.0\Common"


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    machine = FakeMachine(tmp_path)
    install(machine)
    return machine


def found(machine: FakeMachine) -> list[str]:
    return [finding.code.id for finding in examine(machine).findings]


def test_sound_machine_has_no_findings(machine: FakeMachine) -> None:
    app_paths = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
    machine.of_computer(app_paths, **{"": r"C:\Office16\EXCEL.EXE"})
    machine.of_computer(
        r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", Platform="x64", VersionToReport="16.0.1"
    )
    report = examine(machine)
    assert report.findings == ()
    assert report.lines[-1] == "Không thấy vấn đề nào: thẻ Thi đua sẵn sàng."
    assert r"Excel: C:\Office16\EXCEL.EXE, 16.0.1, 64 bit" in report.lines
    assert "Excel đang mở: không" in report.lines


TROUBLES: list[tuple[str, Callable[[FakeMachine], object]]] = [
    ("KT-821", lambda m: m.of_user(POLICY, VBAWarnings=4)),
    ("KT-821", lambda m: m.of_user(OWN_SECURITY, VBAWarnings=3)),
    ("KT-821", lambda m: m.of_user(POLICY + r"\Trusted Locations", AllLocationsDisabled=1)),
    ("KT-821", lambda m: m.of_user(COMMON, VBAOff=1)),
    ("KT-822", lambda m: m.of_computer(ASR, **{CHILD: "1"})),
    ("KT-822", lambda m: m.of_computer(ASR.replace("Policies\\", ""), **{CHILD.lower(): 1})),
    ("KT-824", lambda m: m.addin.unlink()),
    ("KT-824", lambda m: m.addin.write_bytes(m.addin.read_bytes()[:-200])),
    ("KT-824", lambda m: m.addin.write_bytes(m.addin.read_bytes() + b"x")),
    ("KT-824", lambda m: Path(m.python).unlink()),
    ("KT-825", lambda m: m.marked.add(m.addin)),
    ("KT-826", lambda m: m.of_user(OPTIONS, OPEN1=r'"C:\old\tdkt.xlam"')),
    ("KT-826", lambda m: m.of_user(MANAGER, **{r"C:\old\tdkt.xlam": ""})),
    ("KT-828", lambda m: m.of_user(POLICY, RequireAddinSig=1)),
    ("KT-828", lambda m: m.of_user(POLICY, DisableAllAddins=1)),
    ("KT-829", lambda m: m.of_user(DISABLED, A=b"\x01\x02" + r"c:\x\TDKT.xlam".encode("utf-16-le"))),
    ("KT-830", lambda m: setattr(m, "package", m.user_packages / "tdkt_xl")),
]


@pytest.mark.parametrize(("code", "spoil"), TROUBLES)
def test_each_trouble_is_told_alone(
    machine: FakeMachine, code: str, spoil: Callable[[FakeMachine], object]
) -> None:
    spoil(machine)
    assert found(machine) == [code]


@pytest.mark.parametrize(
    ("code", "spoil"), [pair for pair in TROUBLES if pair[0] in ("KT-824", "KT-825", "KT-826")]
)
def test_installing_repairs_what_it_says_it_repairs(
    machine: FakeMachine, code: str, spoil: Callable[[FakeMachine], object]
) -> None:
    spoil(machine)
    Path(machine.python).touch()
    install(machine)
    assert found(machine) == []


HARMLESS: list[Callable[[FakeMachine], object]] = [
    lambda m: m.of_computer(ASR, **{CHILD: "2"}),
    lambda m: m.of_user(POLICY, VBAWarnings=2, RequireAddinSig=0),
    lambda m: m.of_user(OPTIONS, OPEN=r'"C:\other.xlam"', Note="tdkt.xlam"),
    lambda m: m.of_user(DISABLED, A="c:\\other.xlam".encode("utf-16-le")),
]


@pytest.mark.parametrize("change", HARMLESS)
def test_harmless_settings_are_not_told(
    machine: FakeMachine, change: Callable[[FakeMachine], object]
) -> None:
    change(machine)
    assert found(machine) == []


def test_python_with_marks_is_a_warning(tmp_path: Path) -> None:
    python = tmp_path / "Nguyễn" / "python.exe"
    python.parent.mkdir()
    python.touch()
    machine = FakeMachine(tmp_path, python=str(python))
    install(machine)
    assert found(machine) == ["KT-823"]
    assert examine(machine).lines[-1] == "Thẻ Thi đua dùng được; nên xem các cảnh báo trên."


def test_running_excel_is_a_fact_not_a_fault(machine: FakeMachine) -> None:
    machine.running = True
    assert "Excel đang mở: có" in examine(machine).lines
    assert found(machine) == []


def test_this_machine_is_examined_off_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert "KT-827" in doctor_report().splitlines()[-1]


def test_other_systems_have_one_finding(tmp_path: Path) -> None:
    report = examine(FakeMachine(tmp_path, system="Linux"))
    assert [finding.code.id for finding in report.findings] == ["KT-827"]
    assert all(line == " ".join(line.split()) for line in report.lines)
