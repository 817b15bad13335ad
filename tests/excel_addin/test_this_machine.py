"""The real machine's code as far as it runs off Windows: the native modules are stand-ins."""

import platform
import subprocess
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.excel.machine import USER, Machine, ThisMachine

MACHINE: Machine = ThisMachine()


class Registry(types.ModuleType):
    """winreg over one dictionary."""

    KEY_SET_VALUE, REG_SZ, HKEY_CURRENT_USER = 2, 1, "HKCU"

    def __init__(self) -> None:
        super().__init__("winreg")
        self.keys: dict[str, dict[str, object]] = {"Key": {"A": 1, "B": "hai"}}

    @contextmanager
    def OpenKey(self, hive: str, key: str, reserved: int = 0, access: int = 1) -> Iterator[dict[str, object]]:  # noqa: N802
        assert (hive, reserved) == ("HKCU", 0)
        if key not in self.keys:
            raise FileNotFoundError(key)
        yield self.keys[key]

    @staticmethod
    def EnumValue(opened: dict[str, object], index: int) -> tuple[str, object, int]:  # noqa: N802
        if index >= len(opened):
            raise OSError(259, "no more data")
        name, value = list(opened.items())[index]
        return name, value, 1

    @staticmethod
    def SetValueEx(opened: dict[str, object], name: str, reserved: int, kind: int, value: object) -> None:  # noqa: N802
        assert (reserved, kind) == (0, 1)
        opened[name] = value

    @staticmethod
    def DeleteValue(opened: dict[str, object], name: str) -> None:  # noqa: N802
        del opened[name]


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    stand_in = Registry()
    monkeypatch.setitem(sys.modules, "winreg", stand_in)
    return stand_in


def test_registry_values(registry: Registry) -> None:
    assert MACHINE.values(USER, "Key") == {"A": 1, "B": "hai"}
    assert MACHINE.values(USER, "No key") == {}
    MACHINE.set_value(USER, "Key", "C", "ba")
    MACHINE.delete_value(USER, "Key", "A")
    assert registry.keys == {"Key": {"B": "hai", "C": "ba"}}


@pytest.mark.parametrize(("length", "expected"), [(8, r"C:\NGUY~1"), (0, r"C:\Nguyễn"), (4096, r"C:\Nguyễn")])
def test_short_path(monkeypatch: pytest.MonkeyPatch, length: int, expected: str) -> None:
    import ctypes

    def short(_: str, buffer: Any, size: int) -> int:
        assert size == 1024
        buffer.value = r"C:\NGUY~1"
        return length

    kernel = types.SimpleNamespace(kernel32=types.SimpleNamespace(GetShortPathNameW=short))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    assert MACHINE.short_path(r"C:\Nguyễn") == expected


@pytest.mark.parametrize(
    ("listed", "running"),
    [(b"\r\nexcel.exe    4711 Console  1  120,000 K\r\n", True), (b"INFO: No tasks are running.\r\n", False)],
)
def test_excel_is_looked_for_by_name(monkeypatch: pytest.MonkeyPatch, listed: bytes, running: bool) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert Path(command[0]).name == "tasklist.exe"
        return subprocess.CompletedProcess(command, 0, listed)

    monkeypatch.setattr(subprocess, "run", run)
    assert MACHINE.excel_is_running() is running


def test_mark_of_the_web(tmp_path: Path) -> None:
    path = tmp_path / "tdkt.xlam"
    assert not MACHINE.has_mark_of_the_web(path)
    MACHINE.remove_mark_of_the_web(path)
    Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    assert MACHINE.has_mark_of_the_web(path)
    MACHINE.remove_mark_of_the_web(path)
    assert not MACHINE.has_mark_of_the_web(path)


def test_facts_of_this_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MACHINE.system == platform.system()
    assert MACHINE.python_version.startswith(platform.python_version())
    assert (MACHINE.package / "excel" / "machine.py").is_file()
    assert MACHINE.user_packages.name
    monkeypatch.setenv("TDKT_X", "1")
    assert (MACHINE.variable("TDKT_X"), MACHINE.variable("TDKT_Y")) == ("1", "")
    monkeypatch.setattr(sys, "executable", "/opt/PythonW.exe")
    assert MACHINE.python == "/opt/python.exe"
