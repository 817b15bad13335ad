"""A Windows machine of dictionaries; only the files are real, below a temporary folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tdkt_xl.excel.functions_addin import XLWINGS
from tdkt_xl.excel.machine import COMPUTER, USER

OPTIONS = r"Software\Microsoft\Office\16.0\Excel\Options"
MANAGER = r"Software\Microsoft\Office\16.0\Excel\Add-in Manager"
DISABLED = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
ASR = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"


@dataclass
class FakeMachine:
    """See tdkt_xl.excel.machine.Machine."""

    home: Path
    system: str = "Windows"
    python: str = ""
    python_version: str = "3.11.7, 64 bit"
    running: bool = False
    registry: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    short_paths: dict[str, str] = field(default_factory=dict)
    marked: set[Path] = field(default_factory=set)
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.variables.setdefault("APPDATA", str(self.home / "Roaming"))
        if not self.python:
            path = self.home / "tdkt" / "Scripts" / "python.exe"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            for bits in (32, 64):  # where pip puts what the wheel of xlwings carries
                (path.parents[1] / f"xlwings{bits}-{XLWINGS}.dll").touch()
            self.python = str(path)
        self.package = self.home / "tdkt" / "Lib" / "site-packages" / "tdkt_xl"
        self.user_packages = self.home / "Roaming" / "Python" / "Python311" / "site-packages"

    @property
    def addin(self) -> Path:
        return self.home / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "tdkt.xlam"

    def of_user(self, key: str, **values: object) -> None:
        self.registry.setdefault((USER, key), {}).update(values)

    def of_computer(self, key: str, **values: object) -> None:
        self.registry.setdefault((COMPUTER, key), {}).update(values)

    def variable(self, name: str) -> str:
        return self.variables.get(name, "")

    def values(self, hive: str, key: str) -> Mapping[str, object]:
        return dict(self.registry.get((hive, key), {}))

    def set_value(self, hive: str, key: str, name: str, value: str) -> None:
        assert hive == USER
        self.registry[hive, key][name] = value

    def delete_value(self, hive: str, key: str, name: str) -> None:
        assert hive == USER
        del self.registry[hive, key][name]

    def excel_is_running(self) -> bool:
        return self.running

    def short_path(self, path: str) -> str:
        return self.short_paths.get(path, path)

    def has_mark_of_the_web(self, path: Path) -> bool:
        return path in self.marked

    def remove_mark_of_the_web(self, path: Path) -> None:
        self.marked.discard(path)
