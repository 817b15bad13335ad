"""Read and check everything received for a round: the work shared by validate and consolidate."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.findings import Finding, Outcome, Place, Severity, in_reading_order
from tdkt_xl.findings.codes import between_files
from tdkt_xl.readers.folder import ReceivedFile, find_workbooks
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.readers.received import reader_for
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tasks.across_files import check_across
from tdkt_xl.tasks.checked_files import CheckedFile, FileReport, check_files
from tdkt_xl.tasks.folding import fold_repeated
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.submissions import Kind, Submission

Progress = Callable[[int, int, str], None]
"""Told after each file: done, total, name."""
Opened = tuple[ReceivedFile, Outcome[ReceivedBook]]
_AT_A_TIME = 20


@dataclass(frozen=True)
class Round:
    """Everything read and found; ``standings`` only of files that may be consolidated."""

    files: tuple[FileReport, ...]
    submissions: tuple[Submission, ...]
    standings: tuple[ClusterStandings, ...]
    findings: tuple[Finding, ...]
    unchanged: int = 0
    """How many files were known from an earlier run and not read again."""
    checked: tuple[CheckedFile, ...] = field(default=(), repr=False, compare=False)
    """The files one by one, a file received twice once."""
    found: tuple[Finding, ...] = field(default=(), repr=False, compare=False)
    """What is known of the run as a whole."""


def check_round(
    paths: Sequence[Path],
    master: Master,
    progress: Progress | None = None,
    reading: Reading | None = None,
    kept: KeptFiles | None = None,
    slim: Callable[[CheckedFile], CheckedFile] | None = None,
) -> Round:
    """Read every file below the paths and check it alone, against the master data and the others.

    With ``kept``, files that have not changed since an earlier run are neither read nor checked again;
    passwords and wider limits always read them. ``slim`` leaves of each file what is needed, so that a large
    folder need not be held whole. Raises TdktError KT-801 for a missing path; faults of
    data are findings.
    """
    received, found = find_workbooks(paths)
    known = [
        _slimmed(kept.find(file), slim) if kept and reading in {None, Reading()} else None
        for file in received
    ]
    unread = [file for file, hit in zip(received, known, strict=True) if hit is None]
    with reader_for(reading) as reader:
        opened = zip(unread, reader.read(unread), strict=True)
        told = _told(opened, len(received) - len(unread), len(received), progress)
        checked, loose = _check(told, master, kept, slim)
        notes = [*found, *reader.notes, *loose]
    fresh = iter(checked)
    files = [hit or next(fresh) for hit in known]
    return replace(combine(files, notes), unchanged=len(received) - len(unread))


def _check(
    opened: Iterable[Opened],
    master: Master,
    kept: KeptFiles | None,
    slim: Callable[[CheckedFile], CheckedFile] | None,
) -> tuple[list[CheckedFile], list[Finding]]:
    """Check all files together, or some at a time where not all is held; what is held whole is kept."""
    checked: list[CheckedFile] = []
    loose: list[Finding] = []
    left, size = iter(opened), None if slim is None else _AT_A_TIME
    while True:
        files, more = check_files(islice(left, size), master)
        held = [slim(file) for file in files] if slim else files
        if kept:
            kept.keep(file for file, whole in zip(held, files, strict=True) if file is whole)
        checked += held
        loose += more
        if size is None or len(files) < size:
            return checked, loose


def _slimmed(
    file: CheckedFile | None, slim: Callable[[CheckedFile], CheckedFile] | None
) -> CheckedFile | None:
    return slim(file) if file and slim else file


def _told(opened: Iterable[Opened], already: int, total: int, progress: Progress | None) -> Iterator[Opened]:
    """Pass on the opened files, telling the progress after each."""
    for done, pair in enumerate(opened, start=already + 1):
        yield pair
        if progress:
            progress(done, total, pair[0].name)


def combine(files: Sequence[CheckedFile], found: Iterable[Finding]) -> Round:
    """Check the files against each other; ``found`` is what is known of the run as a whole."""
    kept, run = _without_twins(files), tuple(found)
    submissions = [file.submission for file in kept if file.submission]
    standings = [file.standings for file in kept if file.standings]
    findings = [*run, *(finding for file in kept for finding in (*file.opening, *file.findings))]
    findings += check_across(submissions, standings)
    ordered = tuple(in_reading_order(fold_repeated(findings)))
    return Round(
        _with_status([file.report for file in kept if file.report], ordered),
        tuple(submissions),
        tuple(
            file.standings
            for file in kept
            if file.standings and file.submission and is_consolidated(file.submission)
        ),
        ordered,
        checked=tuple(kept),
        found=run,
    )


def is_consolidated(submission: Submission) -> bool:
    """Tell a book whose units are ranked: it may be counted, and is no sheet of a single unit."""
    return submission.consolidable and submission.kind is not Kind.UNIT_SHEET


def _without_twins(files: Iterable[CheckedFile]) -> list[CheckedFile]:
    """Keep a file received twice once: of its twins only the name stays (KT-501)."""
    first: dict[str, str] = {}
    kept = []
    for file in files:
        digest = file.report.sha256 if file.report else None
        twin = first.setdefault(digest, file.name) if digest else file.name
        if twin != file.name:
            note = between_files.SAME_BYTES.at(Place(file.name), other=twin)
            kept.append(
                CheckedFile(file.name, FileReport(file.name, digest, "Trùng tệp"), file.opening, (note,))
            )
        else:
            kept.append(file)
    return kept


def _with_status(reports: Iterable[FileReport], findings: Iterable[Finding]) -> tuple[FileReport, ...]:
    """Give each file that has no status yet the one its findings make."""
    levels: dict[str, set[Severity]] = {}
    for finding in findings:
        levels.setdefault(finding.place.file, set()).add(finding.severity)
    return tuple(
        report if report.status else replace(report, status=_status(levels.get(report.name, set())))
        for report in reports
    )


def _status(levels: Container[Severity]) -> str:
    if Severity.ERROR in levels:
        return "Có lỗi"
    return "Có cảnh báo" if Severity.WARNING in levels else "Hợp lệ"
