"""The journal of a results folder, nhat-ky.jsonl: one line an event, each sealed with the one before.

A line is one write at the end of the file, flushed to disk, so a power cut can only tear the last one; a
torn line is moved to nhat-ky.jsonl.torn. It holds codes, names of files and counts, never names of people
or scores. Order is by number, never by clock.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_xl.readers.own_files import JOURNAL

_FIRST = "0" * 64
Event = Mapping[str, Any]


def seal(document: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON of a document."""
    text = json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class History:
    """What a journal says: its events, the bytes after the last whole line, the first line that lies."""

    events: tuple[Event, ...]
    torn: bytes = b""
    broken_line: int = 0

    @property
    def head(self) -> str:
        """The seal of the last event."""
        return str(self.events[-1]["h"]) if self.events else _FIRST


def read_journal(folder: Path) -> History:
    """Read the journal of a folder; an empty history when there is none. Raises OSError."""
    try:
        content = (folder / JOURNAL).read_bytes()
    except FileNotFoundError:
        return History(())
    *lines, torn = content.split(b"\n")
    events: list[Event] = []
    previous = _FIRST
    broken = 0
    for number, line in enumerate(lines, start=1):
        event = _event(line)
        if event is None:
            broken = broken or number
            continue
        unsealed = {key: value for key, value in event.items() if key != "h"}
        good = event.get("h") == seal(unsealed) and event.get("p") == previous and event.get("n") == number
        broken = broken or (0 if good else number)
        previous = str(event.get("h"))
        events.append(event)
    return History(tuple(events), torn, broken)


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and {"h", "n", "event", "task"} <= event.keys() else None


class Journal:
    """Adds events to the journal of a folder; only for the run that holds the folder's lock."""

    def __init__(self, folder: Path) -> None:
        """Read the journal and cut off a torn last line. Raises OSError."""
        self._path = folder / JOURNAL
        self.history = read_journal(folder)
        self._lines = len(self._path.read_bytes().split(b"\n")) - 1 if self._path.exists() else 0
        self._head = self.history.head
        if self.history.torn:
            self._cut()

    def _cut(self) -> None:
        torn = self.history.torn
        _append(self._path.with_name(f"{JOURNAL}.torn"), torn + b"\n")
        with self._path.open("r+b") as file:
            file.truncate(self._path.stat().st_size - len(torn))
            os.fsync(file.fileno())

    def add(self, event: str, task: str, when: datetime, **facts: object) -> None:
        """Append one event. Raises OSError when it cannot be written whole."""
        unsealed = {
            "n": self._lines + 1,
            "t": when.isoformat(timespec="milliseconds"),
            "event": event,
            "task": task,
            **facts,
            "p": self._head,
        }
        line = json.dumps({**unsealed, "h": seal(unsealed)}, ensure_ascii=False)
        length = self._path.stat().st_size if self._path.exists() else 0
        try:
            _append(self._path, line.encode("utf-8", "backslashreplace") + b"\n")
        except OSError:
            with suppress(OSError):  # a line that may not be on disk must not stand before the next one
                os.truncate(self._path, length)
            raise
        self._lines += 1
        self._head = seal(unsealed)


def _append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    try:
        if os.write(handle, line) != len(line):
            raise OSError(28, "short write")
        os.fsync(handle)
    finally:
        os.close(handle)
