"""Installing and removing on a fake Windows, down to the command line the installed copy starts."""

from pathlib import Path

import pytest

from tdkt_xl.excel.addin_parts import INTERPRETER, shipped_addin
from tdkt_xl.excel.install import install, installed_settings, settings_of, uninstall, with_settings
from tdkt_xl.excel.machine import USER
from tdkt_xl.findings import TdktError
from tests.excel_addin.conftest import Session
from tests.excel_addin.fake_machine import MANAGER, OPTIONS, FakeMachine
from tests.excel_addin.host import Windows

VIETNAMESE = r"C:\Users\Nguyễn Lan\tdkt\Scripts\python.exe"
SHORT = r"C:\Users\NGUYNL~1\tdkt\Scripts\python.exe"


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path)


def codes(error: pytest.ExceptionInfo[TdktError]) -> str:
    return error.value.finding.code.id


def test_install_writes_the_addin_with_its_python(machine: FakeMachine) -> None:
    done = install(machine)
    assert done.path == machine.addin
    assert done.changed
    assert done.findings == ()
    assert installed_settings(machine.addin.read_bytes()) == {INTERPRETER: machine.python}
    assert [path.name for path in machine.addin.parent.parent.rglob("*")] == ["XLSTART", "tdkt.xlam"]


def test_second_install_changes_nothing(machine: FakeMachine) -> None:
    install(machine)
    before = machine.addin.stat().st_mtime_ns
    assert not install(machine).changed
    assert machine.addin.stat().st_mtime_ns == before


def test_new_version_replaces_the_old(machine: FakeMachine) -> None:
    machine.addin.parent.mkdir(parents=True)
    machine.addin.write_bytes(b"old")
    assert install(machine).changed
    assert machine.addin.read_bytes() == with_settings(shipped_addin(), settings_of(machine))


def test_mark_of_the_web_goes(machine: FakeMachine) -> None:
    install(machine)
    machine.marked.add(machine.addin)
    assert install(machine).changed
    assert machine.marked == set()


def test_old_copies_go_and_other_addins_close_the_gap(machine: FakeMachine) -> None:
    old = r'"C:\old\tdkt.xlam"'
    machine.of_user(
        OPTIONS, OPEN=r'"C:\a.xlam"', OPEN1=old, OPEN2=r'/R "C:\b.xlam"', OPEN10=r"x\mytdkt.xlam", Pos="1"
    )
    machine.of_user(MANAGER, **{r"C:\old\TDKT.xlam": "", r"C:\a.xlam": ""})
    assert install(machine).changed
    assert machine.registry[USER, OPTIONS] == {
        "OPEN": r'"C:\a.xlam"',
        "OPEN1": r'/R "C:\b.xlam"',
        "OPEN2": r"x\mytdkt.xlam",
        "Pos": "1",
    }
    assert machine.registry[USER, MANAGER] == {r"C:\a.xlam": ""}
    assert not install(machine).changed


def test_untouched_keys_are_not_rewritten(machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.of_user(OPTIONS, OPEN=r'"C:\a.xlam"', OPEN3=r'"C:\b.xlam"')
    monkeypatch.delattr(FakeMachine, "set_value")
    monkeypatch.delattr(FakeMachine, "delete_value")
    install(machine)


def test_uninstall_takes_everything_away_and_can_be_repeated(machine: FakeMachine) -> None:
    install(machine)
    machine.of_user(OPTIONS, OPEN="tdkt.xlam")
    assert uninstall(machine).changed
    assert not machine.addin.exists()
    assert machine.registry[USER, OPTIONS] == {}
    assert not uninstall(machine).changed


@pytest.mark.parametrize("act", [install, uninstall])
def test_running_excel_refuses(machine: FakeMachine, act: object) -> None:
    machine.running = True
    assert callable(act)
    with pytest.raises(TdktError) as error:
        act(machine)
    assert codes(error) == "KT-820"
    assert not machine.addin.parent.exists()


@pytest.mark.parametrize("act", [install, uninstall])
def test_other_systems_refuse(tmp_path: Path, act: object) -> None:
    assert callable(act)
    with pytest.raises(TdktError) as error:
        act(FakeMachine(tmp_path, system="Linux"))
    assert codes(error) == "KT-827"


def test_package_of_one_user_only_refuses(machine: FakeMachine) -> None:
    machine.package = machine.user_packages / "tdkt_xl"
    with pytest.raises(TdktError) as error:
        install(machine)
    assert codes(error) == "KT-830"
    assert not machine.addin.exists()


def test_folder_that_cannot_be_written_is_one_sentence(machine: FakeMachine) -> None:
    machine.addin.parent.parent.mkdir(parents=True)
    machine.addin.parent.write_bytes(b"a file where the folder should be")
    with pytest.raises(TdktError) as error:
        install(machine)
    assert codes(error) == "KT-803"
    assert [path.name for path in machine.addin.parent.parent.iterdir()] == ["XLSTART"]


def test_unknown_profile_is_one_sentence(machine: FakeMachine) -> None:
    machine.variables["APPDATA"] = ""
    with pytest.raises(TdktError) as error:
        install(machine)
    assert codes(error) == "KT-801"


def test_vietnamese_path_is_written_short(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, python=VIETNAMESE, short_paths={VIETNAMESE: SHORT})
    assert install(machine).findings == ()
    assert installed_settings(machine.addin.read_bytes()) == {INTERPRETER: SHORT}


def test_vietnamese_path_without_short_name_is_told(tmp_path: Path) -> None:
    done = install(FakeMachine(tmp_path, python=VIETNAMESE))
    assert [finding.code.id for finding in done.findings] == ["KT-823"]


@pytest.mark.parametrize("python", [VIETNAMESE, r"D:\R&D <1>\py 'x'\python.exe"])
def test_installed_python_reaches_the_command_line(session: Session, tmp_path: Path, python: str) -> None:
    machine = FakeMachine(tmp_path, python=python, short_paths={python: python})
    install(machine)
    excel = session(windows=Windows(files={python}), addin=machine.addin)
    excel.click("tdktHelp")
    assert excel.command.startswith(f'"{python}" -I -m tdkt_xl.excel.run tdktHelp ')
