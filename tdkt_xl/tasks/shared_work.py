"""Share out the files of a round: parts worked on elsewhere, through the standard Executor interface.

A part is a run of files. Whatever executes it (this process, a pool of processes, a cluster) reads the
files in a reading process of its own, checks them, writes their tables, and gives back what the whole
round needs to know: no scores, so that the memory of the whole stays flat. A part with a file that a
ruling or a freeze is about is worked on once more, with the rulings.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tdkt_xl.domain.decisions import Answered
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.readers.received import reader_for
from tdkt_xl.tasks.checked_files import CheckedFile, check_files
from tdkt_xl.tasks.deciding import decide
from tdkt_xl.tasks.kept_master import load_master
from tdkt_xl.tasks.part_tables import tables_of
from tdkt_xl.tasks.slim_files import without_scores
from tdkt_xl.writers.part_files import WrittenPart, write_part

FILES_A_PART = 20


@dataclass(frozen=True)
class Job:
    """What every part has in common: the master data (by its file), where tables go, how files are read.

    ``kept`` is where master data read before are kept, so that each process need not read the workbook;
    ``periods`` are those worked on, where they are not the ones of the master data.
    """

    master: Path
    digest: str
    out: Path
    reading: Reading | None = None
    kept: Path | None = None
    periods: tuple[Period, ...] | None = None


@dataclass(frozen=True)
class Batch:
    """Rulings to apply together: answers, and the sheets the whole round sets aside because of them."""

    answers: tuple[Answered, ...]
    dropped: frozenset[Place]


@dataclass(frozen=True)
class Task:
    """One part to work on: its number, its files, and the rulings on them, in the order they are applied."""

    number: int
    files: tuple[ReceivedFile, ...]
    batches: tuple[Batch, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of the round, checked: files without their scores, which are in ``written``."""

    number: int
    files: tuple[CheckedFile, ...]
    findings: tuple[Finding, ...]
    written: Mapping[str, WrittenPart]
    """Table → its part."""


def parts_of(files: Sequence[ReceivedFile]) -> list[Task]:
    """Cut the files into numbered parts, in their order; the same files always give the same parts."""
    starts = range(0, len(files), FILES_A_PART)
    return [
        Task(number, tuple(files[start : start + FILES_A_PART])) for number, start in enumerate(starts, 1)
    ]


def check_part(job: Job, task: Task) -> Part:
    """Read, check and write one part. Raises TdktError as load_master does, KT-861 for other master data."""
    master = _master(job.master, job.digest, job.kept, job.periods)
    with reader_for(job.reading) as reader:
        checked, loose = check_files(zip(task.files, reader.read(task.files), strict=True), master)
        notes = (*reader.notes, *loose)
    for batch in task.batches:
        checked = decide(checked, batch.answers, master, batch.dropped)
    written = {
        table: write_part(job.out, table, task.number, rows)
        for table, rows in tables_of(checked, master).items()
    }
    return Part(task.number, tuple(map(without_scores, checked)), notes, written)


@lru_cache(maxsize=1)
def _master(path: Path, digest: str, kept: Path | None, periods: tuple[Period, ...] | None) -> Master:
    """The master data, read once in each process; they must be those the round began with."""
    from hashlib import file_digest

    master = load_master(path, kept)
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != digest:
            raise TdktError(machine.MASTER_CHANGED, path=str(path))
    return master if periods is None else master.for_periods(periods)


def run_parts(job: Job, tasks: Iterable[Task], executor: Executor, ahead: int) -> Iterator[Part]:
    """Run the parts, at most ``ahead`` at a time, and yield them in order.

    A part whose process died, or that the cluster gave up, is worked on again in this process and
    reported (KT-860); no part is ever left out.
    """
    waiting: deque[tuple[Task, Future[Part] | None]] = deque()
    for task in tasks:
        waiting.append((task, _submit(executor, job, task)))
        if len(waiting) >= ahead:
            yield _take(job, *waiting.popleft())
    while waiting:
        yield _take(job, *waiting.popleft())


def _submit(executor: Executor, job: Job, task: Task) -> "Future[Part] | None":
    try:
        return executor.submit(check_part, job, task)
    except (BrokenExecutor, RuntimeError):  # a pool that lost a process takes no more work
        return None


def _take(job: Job, task: Task, future: "Future[Part] | None") -> Part:
    if future is not None:
        try:
            return future.result()
        except TdktError:
            raise
        except Exception:  # noqa: S110 - a dead process in any engine's words; a fault of ours comes again below
            pass
    part = check_part(job, task)
    note = machine.PART_DONE_HERE.at(number=task.number, count=len(task.files))
    return replace(part, findings=(*part.findings, note))
