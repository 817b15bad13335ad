"""The facts of a Windows machine that installing needs, behind one small interface."""

import importlib
import os
import platform
import site
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

USER, COMPUTER = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"


class Machine(Protocol):
    """What is asked of a machine, and the few things done to it. Nothing here needs administrator rights."""

    @property
    def system(self) -> str:
        """Name of the system: Windows, Linux, Darwin."""

    @property
    def python(self) -> str:
        """Full path of the interpreter that runs."""

    @property
    def python_version(self) -> str:
        """Version and width of the interpreter: 3.11.7, 64 bit."""

    @property
    def package(self) -> Path:
        """Folder of the installed package."""

    @property
    def user_packages(self) -> Path:
        """Folder of ``pip install --user``, which an isolated interpreter does not read."""

    def variable(self, name: str) -> str:
        """Return an environment variable, empty when it is not set."""

    def values(self, hive: str, key: str) -> Mapping[str, object]:
        """Return the values of a registry key by name, none when it does not exist or may not be read."""

    def set_value(self, hive: str, key: str, name: str, value: str) -> None:
        """Write one registry value of the user as text."""

    def delete_value(self, hive: str, key: str, name: str) -> None:
        """Delete one registry value of the user."""

    def excel_is_running(self) -> bool:
        """Tell whether the user has Excel open."""

    def short_path(self, path: str) -> str:
        """Return the 8.3 spelling of a path, the path itself when the disk keeps none."""

    def has_mark_of_the_web(self, path: Path) -> bool:
        """Tell whether Windows remembers that a file came from the Internet."""

    def remove_mark_of_the_web(self, path: Path) -> None:
        """Forget where a file came from; nothing happens when it carries no mark."""


class ThisMachine:
    """The machine that runs this program."""

    @property
    def system(self) -> str:
        """See Machine."""
        return platform.system()

    @property
    def python(self) -> str:
        """See Machine; python.exe even when this is pythonw.exe, which has no exit for its errors."""
        path = Path(sys.executable)
        return str(path.with_name("python.exe") if path.name.lower() == "pythonw.exe" else path)

    @property
    def python_version(self) -> str:
        """See Machine."""
        return f"{platform.python_version()}, {8 * struct.calcsize('P')} bit"

    @property
    def package(self) -> Path:
        """See Machine."""
        return Path(__file__).resolve().parent.parent

    @property
    def user_packages(self) -> Path:
        """See Machine."""
        return Path(site.getusersitepackages())

    def variable(self, name: str) -> str:
        """See Machine."""
        return os.environ.get(name, "")

    def values(self, hive: str, key: str) -> Mapping[str, object]:
        """See Machine."""
        registry: Any = importlib.import_module("winreg")
        found: dict[str, object] = {}
        with suppress(OSError), registry.OpenKey(getattr(registry, hive), key) as opened:
            while True:  # EnumValue raises OSError after the last value
                name, value, _ = registry.EnumValue(opened, len(found))
                found[name] = value
        return found

    def set_value(self, hive: str, key: str, name: str, value: str) -> None:
        """See Machine."""
        registry: Any = importlib.import_module("winreg")
        with registry.OpenKey(getattr(registry, hive), key, 0, registry.KEY_SET_VALUE) as opened:
            registry.SetValueEx(opened, name, 0, registry.REG_SZ, value)

    def delete_value(self, hive: str, key: str, name: str) -> None:
        """See Machine."""
        registry: Any = importlib.import_module("winreg")
        with registry.OpenKey(getattr(registry, hive), key, 0, registry.KEY_SET_VALUE) as opened:
            registry.DeleteValue(opened, name)

    def excel_is_running(self) -> bool:
        """See Machine."""
        folder = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
        command = [str(folder / "tasklist.exe"), "/FI", "IMAGENAME eq EXCEL.EXE", "/NH"]
        listed = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- fixed command
        return b"EXCEL.EXE" in listed.stdout.upper()

    def short_path(self, path: str) -> str:
        """See Machine."""
        native: Any = importlib.import_module("ctypes")
        buffer = native.create_unicode_buffer(1024)
        length = native.windll.kernel32.GetShortPathNameW(path, buffer, len(buffer))
        return str(buffer.value) if 0 < length < len(buffer) else path

    def has_mark_of_the_web(self, path: Path) -> bool:
        """See Machine."""
        try:
            with Path(f"{path}:Zone.Identifier").open("rb"):
                return True
        except OSError:
            return False

    def remove_mark_of_the_web(self, path: Path) -> None:
        """See Machine."""
        with suppress(OSError):
            Path(f"{path}:Zone.Identifier").unlink()
