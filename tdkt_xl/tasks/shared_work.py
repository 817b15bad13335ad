"""Share out the files of a round: parts worked on elsewhere, through the standard Executor interface.

A part is a run of files. Whatever executes it (this process, a pool of processes, a cluster) reads the
files in a reading process of its own, checks them, writes their tables, and gives back what the whole
round needs to know: no scores, so that the memory of the whole stays flat.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.received import reader_for
from tdkt_xl.tasks.checked_files import CheckedFile, check_files
from tdkt_xl.tasks.master import load_master
from tdkt_xl.writers.score_parts import WrittenPart, score_rows, write_part

FILES_A_PART = 20


@dataclass(frozen=True)
class Job:
    """What every part has in common: the master data (by its file) and where tables are written."""

    master: Path
    digest: str
    out: Path


@dataclass(frozen=True)
class Part:
    """One part of the round, checked: files without their scores, which are in ``written``."""

    number: int
    files: tuple[CheckedFile, ...]
    findings: tuple[Finding, ...]
    written: WrittenPart


def parts_of(files: Sequence[ReceivedFile]) -> list[tuple[int, tuple[ReceivedFile, ...]]]:
    """Cut the files into numbered parts, in their order; the same files always give the same parts."""
    starts = range(0, len(files), FILES_A_PART)
    return [(number, tuple(files[start : start + FILES_A_PART])) for number, start in enumerate(starts, 1)]


def check_part(job: Job, number: int, files: tuple[ReceivedFile, ...]) -> Part:
    """Read, check and write one part. Raises TdktError as load_master does, KT-861 for other master data."""
    master = _master(job.master, job.digest)
    with reader_for() as reader:
        checked, loose = check_files(zip(files, reader.read(files), strict=True), master)
        notes = (*reader.notes, *loose)
    rows = score_rows(file.standings for file in checked if file.standings)
    written = write_part(job.out, "diem-chi-tiet", number, rows)
    return Part(number, tuple(_without_scores(file) for file in checked), notes, written)


@lru_cache(maxsize=1)
def _master(path: Path, digest: str) -> Master:
    """The master data, read once in each process; they must be those the round began with."""
    from hashlib import file_digest

    master = load_master(path)
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != digest:
            raise TdktError(machine.MASTER_CHANGED, path=str(path))
    return master


def _without_scores(file: CheckedFile) -> CheckedFile:
    """What the round as a whole needs: whose the file is, its findings, its totals and ranks."""
    standings, submission = file.standings, file.submission
    if standings is not None:
        slim = tuple(replace(item, sheet=None, wide=None, excess=()) for item in standings.standings)
        standings = replace(standings, standings=slim, catalogue=None)
    if submission is not None:
        submission = replace(submission, sheets=(), summary=(), wide_rows=(), proposals=(), catalogue=None)
    return replace(file, standings=standings, submission=submission)


def run_parts(
    job: Job, parts: Sequence[tuple[int, tuple[ReceivedFile, ...]]], executor: Executor, ahead: int
) -> Iterator[Part]:
    """Run the parts, at most ``ahead`` at a time, and yield them in order.

    A part whose process died, or that the cluster gave up, is worked on again in this process and
    reported (KT-860); no part is ever left out.
    """
    waiting: deque[tuple[int, tuple[ReceivedFile, ...], Future[Part] | None]] = deque()
    for number, files in parts:
        waiting.append((number, files, _submit(executor, job, number, files)))
        if len(waiting) >= ahead:
            yield _take(job, *waiting.popleft())
    while waiting:
        yield _take(job, *waiting.popleft())


def _submit(
    executor: Executor, job: Job, number: int, files: tuple[ReceivedFile, ...]
) -> "Future[Part] | None":
    try:
        return executor.submit(check_part, job, number, files)
    except (BrokenExecutor, RuntimeError):  # a pool that lost a process takes no more work
        return None


def _take(job: Job, number: int, files: tuple[ReceivedFile, ...], future: "Future[Part] | None") -> Part:
    if future is not None:
        try:
            return future.result()
        except TdktError:
            raise
        except Exception:  # noqa: S110 - a dead process in any engine's words; a fault of ours comes again below
            pass
    part = check_part(job, number, files)
    note = machine.PART_DONE_HERE.at(number=number, count=len(files))
    return replace(part, findings=(*part.findings, note))
