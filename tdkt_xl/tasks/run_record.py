"""The record of a run: what went in, with which rules and versions, what came out.

``ho-so-chay/<task>.json`` describes the latest run of each task in a results folder, ``nhat-ky.jsonl`` tells
all runs. One run at a time writes into a folder. Faces pass in the clock and the user.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from tdkt_xl import __version__
from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import machine, outputs
from tdkt_xl.readers.own_files import JOURNAL, RECORDS
from tdkt_xl.tasks.journal import Journal
from tdkt_xl.tasks.manifest import Ran, as_bytes, describe, look_at, read_record, still_there, without_times
from tdkt_xl.tasks.put_aside import about_replaced, edited_files
from tdkt_xl.writers.file_names import safe_file_name
from tdkt_xl.writers.publish import publish, reason_of, sweep

_LOCK = ".dang-chay.lock"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who runs, and the clock: ``now`` gives the time with its zone."""

    now: Callable[[], datetime]
    user: str


def task_name(task: str, about: str = "") -> str:
    """The name of a task's record; ``about`` tells apart tasks that work on one file of many."""
    return safe_file_name(f"{task} {about}", "").casefold() if about else task


class RunRecord:
    """Holds a results folder for one run and records it; use as a context manager.

    On entry the ``inputs`` that are there are looked at, the folder is locked (TdktError KT-841 when another
    run holds it) and tidied after a run that was cut off. ``remarks`` then tell what was repaired (KT-842 …
    KT-844).
    """

    def __init__(self, folder: Path, task: str, stamp: Stamp, inputs: Sequence[Path] = ()) -> None:
        self._folder = folder
        self._task = task
        self._stamp = stamp
        self._inputs = inputs
        self._lock = FileLock(folder / _LOCK, timeout=0)
        self.remarks: list[Finding] = []

    def __enter__(self) -> "RunRecord":
        self._before = look_at([path for path in self._inputs if path.exists()])
        self._is_new_folder = not self._folder.exists()
        self._is_first = not (self._folder / JOURNAL).exists()
        self._made_nothing = self._is_new_folder  # until it is known
        self._is_told = False
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
            self._edited = edited_files(self._folder)
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
            if not self._is_told:
                self._tell_failure(error)
        finally:
            self._lock.release()
            if self._made_nothing and self._is_first:
                self._leave_no_trace()

    def _tell_failure(self, error: BaseException | None) -> None:
        """Say that the run did not come to its record: its exception, or a program that forgot it."""
        code = error.finding.code.id if isinstance(error, TdktError) else ""
        kind = type(error).__name__ if error is not None else "Unrecorded"
        with suppress(OSError):  # the first fault is the one to tell
            self._journal.add("failed", self._task, self._stamp.now(), kind=kind, code=code)

    def _leave_no_trace(self) -> None:
        """Take away the journal of a first run that wrote nothing, and the folder made for it."""
        with suppress(OSError):
            if self._is_new_folder and not {path.name for path in self._folder.iterdir()} <= {JOURNAL, _LOCK}:
                return  # something was written before the run failed
            for name in (JOURNAL, _LOCK):
                (self._folder / name).unlink(missing_ok=True)
            if self._is_new_folder:
                self._folder.rmdir()

    def done(self, ran: Ran) -> list[Finding]:
        """Record a finished run; returns what to tell: KT-545, KT-840, KT-886, the remarks of the beginning.

        A run with the same inputs, rules and outputs as the last one changes nothing in the folder but one
        line of the journal.
        """
        self._made_nothing = not ran.outputs
        try:
            replaced = about_replaced(self._folder, self._edited, ran.outputs)
            told = [] if self._made_nothing and self._is_first else self._write(ran)
        except OSError as error:
            raise self._unwritable(error) from error
        self._is_told = True
        return [*self.remarks, *replaced, *told]

    def _write(self, ran: Ran) -> list[Finding]:
        manifest, findings = describe(self._task, ran, self._before, self._folder)
        path = self._folder / RECORDS / f"{self._task}.json"
        last = read_record(path)
        manifest["earlier"] = still_there(last, manifest, self._folder)
        run = hashlib.sha256(as_bytes(manifest)).hexdigest()[:16]
        counts = manifest["findings"]
        if not ran.outputs:  # the earlier result, if any, stays, and so does its record
            self._journal.add("nothing", self._task, self._stamp.now(), findings=counts)
            return findings
        if _same(last, manifest):
            self._journal.add("same", self._task, self._stamp.now(), run=run, findings=counts)
            return [*findings, outputs.NOTHING_CHANGED.at(path=str(self._folder))]
        times = {"started": _moment(self._started), "finished": _moment(self._stamp.now())}
        content = as_bytes({**manifest, **times, "user": self._stamp.user})
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


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _same(last: Mapping[str, Any], manifest: Mapping[str, object]) -> bool:
    """Tell whether the last record of the task says all of this already, times aside."""
    return bool(without_times(last) == without_times(json.loads(as_bytes(manifest))))
