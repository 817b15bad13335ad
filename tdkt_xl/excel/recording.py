"""Record what a click or a command writes: the clock and the user of this machine come from here.

The record lies in the folder that is written into.
"""

import getpass
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_xl.findings import Finding
    from tdkt_xl.tasks.run_record import RunRecord, Stamp


def stamp() -> "Stamp":
    """The clock of this machine and the name of its user's account."""
    from tdkt_xl.tasks.run_record import Stamp

    return Stamp(lambda: datetime.now(UTC).astimezone(), _account())


def today() -> date:
    """The day by the clerk's own calendar."""
    return date.today()  # noqa: DTZ011  # the day of this machine, whatever its zone


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return str(os.getpid())


@dataclass(frozen=True, slots=True)
class Recorder:
    """Takes down what a run made; without a results folder nothing was written, so nothing is recorded."""

    record: "RunRecord | None"
    inputs: Sequence[Path]
    master: Path | None

    def __call__(
        self,
        outputs: Sequence[Path],
        findings: Iterable["Finding"] = (),
        *,
        read: Mapping[str, str | None] | None = None,
        arguments: Mapping[str, str] | None = None,
        removed: Sequence[Path] = (),
    ) -> list["Finding"]:
        """Record the run; returns what there is to tell of it (KT-545, KT-840, KT-842 … KT-844)."""
        if self.record is None:
            return []
        from tdkt_xl.tasks.manifest import Ran

        return self.record.done(
            Ran(self.inputs, outputs, tuple(findings), read or {}, self.master, arguments or {}, removed)
        )


@contextmanager
def recorded(
    out: Path | None, task: str, inputs: Sequence[Path] = (), master: Path | None = None, *, about: str = ""
) -> Iterator[Recorder]:
    """Hold the folder ``out`` while a task runs; give the function that records what it did.

    ``about`` names the one file or cluster of a task that works on one of many.
    """
    if out is None:
        yield Recorder(None, inputs, master)
        return
    from tdkt_xl.tasks.run_record import RunRecord, task_name

    with RunRecord(out, task_name(task, about), stamp(), inputs) as record:
        yield Recorder(record, inputs, master)


def said_of_copy(read: Path, path: Path | None) -> dict[str, str]:
    """What to record of a workbook read as Excel shows it, with changes that are not on disk."""
    if read == path:
        return {}
    from tdkt_xl.tasks.manifest import digest_of

    return {"unsaved": digest_of(read) or ""}
