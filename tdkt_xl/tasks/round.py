"""Read and check everything received for a round: the work shared by validate and consolidate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings, State
from tdkt_xl.findings import Finding, Outcome, Place, Severity, in_reading_order
from tdkt_xl.findings.codes import between_files
from tdkt_xl.readers.folder import ReceivedFile, find_workbooks
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.readers.received import reader_for
from tdkt_xl.schemas.lists import check_lists
from tdkt_xl.schemas.scores import LineToCheck, check_scores
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tasks.book_checks import check_book
from tdkt_xl.tasks.master import holds_master_data, read_master
from tdkt_xl.tasks.standings import sheet_totals
from tdkt_xl.tasks.submissions import SCORES, Kind, Submission, interpret, is_own_output
from tdkt_xl.writers.publish import BACKUP_FOLDER

Progress = Callable[[int, int, str], None]
"""Told after each file: done, total, name."""


@dataclass(frozen=True)
class FileReport:
    """What became of one received file."""

    name: str
    sha256: str | None
    status: str
    unit: str = ""
    cluster: str = ""
    period: str = ""


@dataclass(frozen=True)
class Round:
    """Everything read and found; ``standings`` only of files that may be consolidated."""

    files: tuple[FileReport, ...]
    submissions: tuple[Submission, ...]
    standings: tuple[ClusterStandings, ...]
    findings: tuple[Finding, ...]


@dataclass
class _Intake:
    files: list[FileReport]
    submissions: list[Submission]
    findings: list[Finding]
    digests: dict[str, str]


def check_round(
    paths: Sequence[Path],
    master: Master,
    progress: Progress | None = None,
    reading: Reading | None = None,
) -> Round:
    """Read every file below the paths and check it alone, against the master data and the others.

    Raises TdktError KT-801 for a missing path; faults of data are findings.
    """
    received, found = find_workbooks(paths)
    intake = _Intake([], [], list(found), {})
    with reader_for(reading) as reader:
        outcomes = zip(received, reader.read(received), strict=True)
        for done, (file, outcome) in enumerate(outcomes, start=1):
            _take_in(file, outcome, master, intake)
            if progress:
                progress(done, len(received), file.name)
        intake.findings += reader.notes
    submissions, findings = intake.submissions, intake.findings
    findings += check_lists([item.proposals for item in submissions])
    faults = check_scores(_lines(submissions))
    findings += faults
    refused = frozenset(fault.place for fault in faults if fault.severity is Severity.ERROR)
    totals = sheet_totals(submissions, refused)
    filled = [item for item in submissions if item.kind is not Kind.BLANK]
    standings = [check_book(item, totals, master, findings) for item in filled]
    findings += _check_between_files(submissions, standings)
    kept = tuple(
        cluster
        for cluster, submission in zip(standings, filled, strict=True)
        if submission.consolidable and submission.kind is not Kind.UNIT_SHEET
    )
    ordered = tuple(in_reading_order(findings))
    files = tuple(replace(report, status=_status(report, ordered)) for report in intake.files)
    return Round(files, tuple(submissions), kept, ordered)


def _take_in(file: ReceivedFile, outcome: Outcome[ReceivedBook], master: Master, intake: _Intake) -> None:
    intake.findings += outcome.findings
    book = outcome.value
    if book is None:
        intake.files.append(FileReport(file.name, None, "Không đọc được"))
        return
    if is_own_output(book):
        _pass_over(file, intake)
        return
    twin = intake.digests.setdefault(book.sha256, file.name)
    if twin != file.name:
        intake.findings.append(between_files.SAME_BYTES.at(Place(file.name), other=twin))
        intake.files.append(FileReport(file.name, book.sha256, "Trùng tệp"))
        return
    if holds_master_data(book):
        intake.findings += read_master(book).findings
        intake.files.append(FileReport(file.name, book.sha256, "", unit="danh mục dùng chung"))
        return
    submission = interpret(book, master, intake.findings)
    if submission is None:
        intake.files.append(FileReport(file.name, book.sha256, ""))
        return
    intake.submissions.append(submission)
    intake.files.append(
        FileReport(
            file.name,
            book.sha256,
            "Mẫu trống" if submission.kind is Kind.BLANK else "",
            _what(submission),
            submission.cluster.code if submission.cluster else submission.cluster_text,
            submission.period.key if submission.period else "",
        )
    )


def _pass_over(file: ReceivedFile, intake: _Intake) -> None:
    """Note a result of ours among the received files; the versions kept in ban-cu/ are not even noted.

    Its digest is not reported: it would make the next result differ, and the one after that.
    """
    if BACKUP_FOLDER not in Path(file.name).parts[:-1]:
        intake.findings.append(between_files.OWN_OUTPUT.at(Place(file.name)))
        intake.files.append(FileReport(file.name, None, "Bỏ qua"))


def _what(submission: Submission) -> str:
    if submission.kind is Kind.UNIT_SHEET:
        return submission.sheets[0].unit_name
    count = len(submission.wide_rows) or len(submission.sheets)
    return f"{submission.kind.value}: {count} đơn vị" if count else submission.kind.value


def _status(report: FileReport, findings: Iterable[Finding]) -> str:
    if report.status:
        return report.status
    levels = {finding.severity for finding in findings if finding.place.file == report.name}
    if Severity.ERROR in levels:
        return "Có lỗi"
    return "Có cảnh báo" if Severity.WARNING in levels else "Hợp lệ"


def _lines(submissions: Iterable[Submission]) -> list[LineToCheck]:
    unit_rule = (frozenset({"self_score"}), "self_score")
    book_rule = (frozenset({"self_score", "cluster_score"}), "cluster_score")
    items = []
    for submission in submissions:
        required, deciding = unit_rule if submission.kind is Kind.UNIT_SHEET else book_rule
        items += [
            LineToCheck(line, SCORES, required, deciding)
            for sheet in submission.sheets
            for line in sheet.lines
        ]
    return items


def _check_between_files(
    submissions: Sequence[Submission], standings: Sequence[ClusterStandings]
) -> list[Finding]:
    findings: list[Finding] = []
    books: dict[str, Submission] = {}
    for submission in submissions:
        if submission.cluster is None or submission.kind is Kind.UNIT_SHEET or not submission.consolidable:
            continue
        first = books.setdefault(submission.cluster.code, submission)
        if first is not submission:
            findings.append(
                between_files.CLUSTER_TWICE.at(
                    submission.place,
                    other=first.name,
                    cluster=submission.cluster.name,
                    period=submission.cluster.period.key,
                )
            )
    homes: dict[str, ClusterStandings] = {}
    for cluster in standings:
        if cluster.cluster is None:
            continue
        for item in cluster.standings:
            if item.state in {State.MISSING, State.FOREIGN, State.DOUBLED} or not item.unit_code:
                continue
            home = homes.setdefault(item.unit_code, cluster)
            if home is not cluster and home.code != cluster.code:
                findings.append(
                    between_files.UNIT_IN_TWO_FILES.at(item.place, unit=item.unit_name, other=home.file)
                )
    return findings
