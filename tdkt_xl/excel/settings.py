"""What is kept for one user between clicks: settings, the log, and where they lie."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tdkt_xl.findings.crash import traceback_without_data

_LOG_LIMIT = 1_000_000


def state_folder() -> Path:
    """Folder of this user's settings and logs; made on first use."""
    local = os.environ.get("LOCALAPPDATA")
    folder = Path(local) / "tdkt" if local else Path.home() / ".local" / "share" / "tdkt"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def documents_folder() -> Path:
    """Where the clerk's own copies and results go when no better place is known."""
    return Path.home() / "Documents" / "tdkt"


class Settings:
    """What is remembered for this user, as JSON: last folder, kỳ, cluster, forms made here."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "cai-dat.json"

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):  # none yet, or spoilt: the clerk is asked again, nothing is lost
            return {}
        return found if isinstance(found, dict) else {}

    def text(self, key: str) -> str:
        """A remembered text, "" when there is none."""
        value = self._read().get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> list[str]:
        """Remembered texts, newest last."""
        value = self._read().get(key)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def keep(self, **values: str) -> None:
        """Remember values."""
        self._write({**self._read(), **values})

    def add(self, key: str, value: str, most: int = 200) -> None:
        """Add to remembered texts, each once."""
        kept = [item for item in self.texts(key) if item != value]
        self._write({**self._read(), key: [*kept, value][-most:]})

    def _write(self, values: dict[str, Any]) -> None:
        temporary = self._path.with_suffix(".tmp")
        temporary.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
        temporary.replace(self._path)


def log_path() -> Path:
    """Where failures are written for whoever helps the clerk."""
    return state_folder() / "tdkt.log"


def write_log(what: str, error: Exception) -> str:
    """Append where a failure happened, without its words; returns the log, in words when the disk refuses."""
    try:
        path = log_path()
        if path.exists() and path.stat().st_size > _LOG_LIMIT:
            path.replace(path.with_suffix(".cu.log"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"--- {datetime.now(UTC).isoformat(timespec='seconds')} {what}\n")
            file.write(traceback_without_data(error))
    except OSError:
        return "(không ghi được nhật ký)"
    return str(path)
