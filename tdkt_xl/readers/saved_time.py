"""When a workbook says it was last saved, and by whom: a file's own time changes with every download."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tdkt_xl.readers.refusal import RefusedError
from tdkt_xl.readers.xml_scan import Attributes, PartScan
from tdkt_xl.readers.zip_gate import Package

_PARTS = ("docprops/core.xml", "meta.xml")
_TIME, _NAMES = frozenset({"modified", "date"}), frozenset({"lastModifiedBy", "creator"})


@dataclass(frozen=True, slots=True)
class Saved:
    """Time of the last save in UTC and the name written beside it; None and "" when the file is silent."""

    time: datetime | None = None
    by: str = ""


class _PropertiesScan(PartScan):
    part = "phần thuộc tính của tệp"

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._reading = ""

    def element(self, name: str, pairs: Attributes) -> None:
        self._reading = name if name in _TIME | _NAMES else ""

    def closed(self, name: str) -> None:
        self._reading = ""

    def text(self, text: str) -> None:
        if self._reading:
            self.found[self._reading] = self.found.get(self._reading, "") + text


def saved_time(content: bytes) -> Saved:
    """What the properties of an .xlsx, .xlsm, .xlsb or .ods file say; nothing for other or odd files."""
    try:
        package = Package(content)
        package.check()
        scan = _PropertiesScan()
        for part in _PARTS:
            scan.scan(package.read(part) or b"<none/>")
    except RefusedError:
        return Saved()
    found = scan.found
    return Saved(
        _read(found.get("modified") or found.get("date", "")),
        (found.get("lastModifiedBy") or found.get("creator", "")).strip(),
    )


def _read(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text.strip().partition(".")[0].removesuffix("Z"))
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
