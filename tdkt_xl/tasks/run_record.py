"""The record of a run: what went in, with which rules and versions, what came out.

``ho-so-chay/<task>.json`` describes the latest run of each task in a results folder, ``nhat-ky.jsonl`` tells
all runs. One run at a time writes into a folder. Faces pass in the clock and the user.
"""

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from tdkt_xl import __version__
from tdkt_xl.findings import Finding, Place, Severity, TdktError
from tdkt_xl.findings.codes import between_files, machine, outputs
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.readers.own_files import JOURNAL, RECORDS
from tdkt_xl.tables.layout import LAYOUT_IDS, load_layout
from tdkt_xl.tasks.journal import Journal
from tdkt_xl.writers.publish import publish, reason_of, sweep

_LOCK = ".dang-chay.lock"
_FORMAT = 1
_LIBRARIES = ("python-calamine", "openpyxl", "XlsxWriter", "pandas", "pandera", "defusedxml", "filelock")
_TIMES = frozenset({"started", "finished", "user"})


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who runs, and the clock: ``now`` gives the time with its zone."""

    now: Callable[[], datetime]
    user: str


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run used and made.

    ``inputs`` are the paths as given (files or folders), ``read`` the SHA-256 of each file by its shown
    name as it was when read; ``master`` is the master-data file; ``arguments`` other choices of the run.
    """

    inputs: Sequence[Path]
    outputs: Sequence[Path]
    findings: Sequence[Finding]
    read: Mapping[str, str | None] = field(default_factory=dict)
    master: Path | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


class RunRecord:
    """Holds a results folder for one run and records it; use as a context manager.

    On entry the folder is locked (TdktError KT-841 when another run holds it) and tidied after a run that
    was cut off. ``remarks`` then tell what was repaired (KT-842 … KT-844).
    """

    def __init__(self, folder: Path, task: str, stamp: Stamp) -> None:
        self._folder = folder
        self._task = task
        self._stamp = stamp
        self._lock = FileLock(folder / _LOCK, timeout=0)
        self.remarks: list[Finding] = []

    def __enter__(self) -> "RunRecord":
        self._made_nothing_in_new = not self._folder.exists()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise TdktError(outputs.RUN_IN_PROGRESS, path=str(self._folder)) from None
        except (OSError, NotImplementedError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "ổ đĩa không khoá được tệp"
            raise TdktError(machine.CANNOT_WRITE, path=str(self._folder), reason=reason) from error
        try:
            self._begin()
        except OSError as error:
            self._lock.release()
            raise self._unwritable(error) from error
        return self

    def _begin(self) -> None:
        sweep(self._folder)
        sweep(self._folder / RECORDS)
        self._journal = Journal(self._folder)
        history = self._journal.history
        if history.torn:
            self.remarks.append(outputs.JOURNAL_TORN.at(path=str(self._folder)))
        if history.broken_line:
            self.remarks.append(outputs.JOURNAL_BROKEN.at(line=history.broken_line))
        if history.events and history.events[-1]["event"] == "start":
            self.remarks.append(outputs.RUN_WAS_CUT_OFF.at(day=str(history.events[-1].get("t", ""))))
        self._started = self._stamp.now()
        self._journal.add("start", self._task, self._started, user=self._stamp.user, version=__version__)

    def _unwritable(self, error: OSError) -> TdktError:
        return TdktError(machine.CANNOT_WRITE, path=str(self._folder), reason=reason_of(error))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is not None:
                code = error.finding.code.id if isinstance(error, TdktError) else ""
                with suppress(OSError):  # the first fault is the one to tell
                    self._journal.add("failed", self._task, self._stamp.now(), kind=kind.__name__, code=code)
        finally:
            self._lock.release()
            if self._made_nothing_in_new:
                self._leave_no_trace()

    def _leave_no_trace(self) -> None:
        """Take away the folder made for a run that then wrote nothing."""
        with suppress(OSError):
            if {path.name for path in self._folder.iterdir()} <= {JOURNAL, _LOCK}:
                for name in (JOURNAL, _LOCK):
                    (self._folder / name).unlink(missing_ok=True)
                self._folder.rmdir()

    def done(self, ran: Ran) -> list[Finding]:
        """Record a finished run; returns what to tell: KT-545, KT-840 and the remarks of the beginning.

        A run with the same inputs, rules and outputs as the last one changes nothing in the folder but one
        line of the journal.
        """
        if self._made_nothing_in_new and not ran.outputs:
            return self.remarks
        self._made_nothing_in_new = False
        try:
            return [*self.remarks, *self._write(ran)]
        except OSError as error:
            raise self._unwritable(error) from error

    def _write(self, ran: Ran) -> list[Finding]:
        manifest, findings = self._describe(ran)
        path = self._folder / RECORDS / f"{self._task}.json"
        run = hashlib.sha256(_text(manifest)).hexdigest()[:16]
        counts = manifest["findings"]
        if not ran.outputs:  # the earlier result, if any, stays, and so does its record
            self._journal.add("nothing", self._task, self._stamp.now(), findings=counts)
            return findings
        if _same(path, manifest):
            self._journal.add("same", self._task, self._stamp.now(), run=run, findings=counts)
            return [*findings, outputs.NOTHING_CHANGED.at(path=str(self._folder))]
        times = {"started": _moment(self._started), "finished": _moment(self._stamp.now())}
        content = _text({**manifest, **times, "user": self._stamp.user})
        publish(content, path)
        self._journal.add(
            "done",
            self._task,
            self._stamp.now(),
            run=run,
            record=hashlib.sha256(content).hexdigest(),
            outputs=sorted(item["name"] for item in manifest["outputs"]),
            findings=counts,
        )
        return findings

    def _describe(self, ran: Ran) -> tuple[dict[str, Any], list[Finding]]:
        received, _ = find_workbooks([path for path in ran.inputs if path.exists()])
        findings: list[Finding] = []
        inputs = []
        for file in received:
            digest = digest_of(file.path)
            seen = ran.read.get(file.name)
            if seen and seen != digest:
                findings.append(between_files.CHANGED_DURING_RUN.at(Place(file.name)))
            if not _lies_in(file.path, ran.outputs):
                inputs.append(_entry(file.name, file.path, seen or digest, self._folder))
        levels = Counter(finding.severity.value for finding in ran.findings)
        manifest: dict[str, Any] = {
            "format": _FORMAT,
            "task": self._task,
            "arguments": dict(ran.arguments),
            "program": _program(),
            "rules": _rules_digest(),
            "forms": _forms(),
            "master": ran.master and _entry(ran.master.name, ran.master, digest_of(ran.master), self._folder),
            "inputs": inputs,
            "findings": {
                **{level.value: levels[level.value] for level in Severity},
                "codes": dict(sorted(Counter(finding.code.id for finding in ran.findings).items())),
            },
            "outputs": [
                _entry(path.name, path, digest_of(path), self._folder) for path in sorted(ran.outputs)
            ],
        }
        return manifest, findings


def _lies_in(path: Path, outputs_: Iterable[Path]) -> bool:
    resolved = path.resolve()
    return any(resolved == output.resolve() for output in outputs_)


def _entry(name: str, path: Path, digest: str | None, folder: Path) -> dict[str, object]:
    """A file by its shown name, where it lies as seen from the results folder, its digest and size."""
    try:
        where = Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        where = path.absolute().as_posix()
    facts = path.stat() if path.exists() else None
    return {
        "name": name,
        "path": where,
        "sha256": digest,
        "bytes": facts.st_size if facts else None,
        "modified_ns": facts.st_mtime_ns if facts else None,
    }


def _program() -> dict[str, object]:
    libraries = {}
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            libraries[name] = version(name)
    return {"tdkt_xl": __version__, "python": platform.python_version(), "libraries": libraries}


@cache
def _rules_digest() -> str:
    """SHA-256 over every file of the shipped rule packs."""
    digest = hashlib.sha256()
    for name, content in sorted(_below(files("tdkt_xl.rules") / "packs", "")):
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _below(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".toml"):
            yield prefix + item.name, item.read_bytes()


def _forms() -> dict[str, int]:
    """Version of each form the program knows."""
    sheets = [sheet for name in LAYOUT_IDS for sheet in load_layout(name).sheets]
    return {sheet.form: sheet.version for sheet in sheets if sheet.form}


def _text(manifest: Mapping[str, object]) -> bytes:
    return json.dumps(manifest, ensure_ascii=True, indent=1, sort_keys=True).encode("ascii") + b"\n"


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _same(path: Path, manifest: Mapping[str, object]) -> bool:
    """Tell whether the last record of the task says all of this already, times aside."""
    try:
        last = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    if not isinstance(last, dict):
        return False
    said = {key: value for key, value in last.items() if key not in _TIMES}
    wanted: dict[str, object] = json.loads(_text(manifest))
    return said == wanted
