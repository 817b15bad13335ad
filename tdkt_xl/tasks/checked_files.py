"""Check received files one by one: against themselves and the master data, not yet against each other.

What comes out of one file depends on that file, the master data and the program alone, so that it can be
worked out in another process, or kept for the next run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tdkt_xl.domain.decisions import Question
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.findings import Finding, Outcome, Place, Severity
from tdkt_xl.findings.codes import between_files
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.schemas.lists import check_lists
from tdkt_xl.schemas.scores import LineToCheck, check_scores
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.hidden_texts import check_hidden_texts
from tdkt_xl.tables.old_text import restore_book
from tdkt_xl.tasks.book_checks import check_book
from tdkt_xl.tasks.book_forms import SCORES
from tdkt_xl.tasks.other_books import holds_master_data, holds_people
from tdkt_xl.tasks.scoring import required_scores, work_out_scores
from tdkt_xl.tasks.standings import sheet_totals
from tdkt_xl.tasks.submissions import Kind, Submission, interpret, is_own_output
from tdkt_xl.writers.publish import BACKUP_FOLDER

UNREADABLE, PASSED_OVER, BLANK = "Không đọc được", "Bỏ qua", "Mẫu trống"


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
class Asked:
    """What is asked about a file's own scores, and what tells its sheets apart from other versions."""

    questions: tuple[Question, ...]
    versions: tuple[str, ...]
    """The scores of each sheet, in words."""


@dataclass(frozen=True)
class CheckedFile:
    """One received file, checked alone.

    ``opening`` is what was found while the file was opened, ``findings`` what its content says;
    ``standings`` are there for every filled form. ``report`` is None for a kept old result of ours.
    ``asked`` is there once the scores themselves have been left behind, in a large round.
    """

    name: str
    report: FileReport | None
    opening: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    submission: Submission | None = None
    standings: ClusterStandings | None = None
    asked: Asked | None = None


@dataclass
class _Draft:
    """A file while it is being checked."""

    file: CheckedFile
    findings: list[Finding] = field(default_factory=list)

    def done(self) -> CheckedFile:
        return replace(self.file, findings=tuple(self.findings))


def check_files(
    opened: Iterable[tuple[ReceivedFile, Outcome[ReceivedBook]]], master: Master
) -> tuple[list[CheckedFile], list[Finding]]:
    """Check opened files in their order; pandera runs once over the scores of all of them.

    Returns the files and what no file can be named for (KT-901).
    """
    drafts = [_take_in(file, outcome, master) for file, outcome in opened]
    filled = [draft for draft in drafts if draft.file.submission]
    judged, loose = judge([draft.file.submission for draft in filled if draft.file.submission], master)
    for draft, found in zip(filled, judged, strict=True):
        draft.findings += found.findings
        draft.file = replace(draft.file, submission=found.submission, standings=found.standings)
    return [draft.done() for draft in drafts], loose


@dataclass
class Judged:
    """A submission with the scores its rules make, its standings, and what judging it found."""

    submission: Submission
    standings: ClusterStandings | None = None
    findings: list[Finding] = field(default_factory=list)


def judge(
    submissions: Sequence[Submission], master: Master, accepted: frozenset[tuple[str, Place]] = frozenset()
) -> tuple[list[Judged], list[Finding]]:
    """Work out, check, total and rank read submissions; also what no file can be named for (KT-901).

    ``accepted``: faults of scores, as code and place, that a ruling has taken the block from.
    """
    remarks: list[Finding] = []
    rounding = master.parameters.score_rounding
    judged = [Judged(work_out_scores(item, rounding, master.register.units, remarks)) for item in submissions]
    scored = [item.submission for item in judged]
    repeats = check_lists([item.proposals for item in scored])
    faults = [*remarks, *check_scores(_lines(scored))]
    faults = [fault for fault in faults if (fault.code.id, fault.place) not in accepted]
    loose = _hand_out([*repeats, *faults], judged)
    refused = frozenset(fault.place for fault in faults if fault.severity is Severity.ERROR)
    totals = sheet_totals(scored, refused)
    for item in judged:
        if item.submission.kind is not Kind.BLANK:
            item.standings = check_book(item.submission, totals, master, item.findings)
    return judged, loose


def _hand_out(findings: Iterable[Finding], judged: Sequence[Judged]) -> list[Finding]:
    """Give each finding to its file; returns those of no file."""
    by_name = {item.submission.name: item for item in judged}
    loose: list[Finding] = []
    for finding in findings:
        item = by_name.get(finding.place.file)
        (item.findings if item else loose).append(finding)
    return loose


def _take_in(file: ReceivedFile, outcome: Outcome[ReceivedBook], master: Master) -> _Draft:
    book = outcome.value
    draft = _Draft(CheckedFile(file.name, FileReport(file.name, None, UNREADABLE), outcome.findings))
    if book is None:
        return draft
    if is_own_output(book):
        return _pass_over(draft)
    book = restore_book(book, draft.findings)
    draft.findings += check_hidden_texts(book.grids)
    report = FileReport(file.name, book.sha256, "")
    if holds_master_data(book):
        from tdkt_xl.tasks.master import read_master  # brings the law, which no other file needs

        draft.findings += read_master(book).findings
        draft.file = replace(draft.file, report=replace(report, unit="danh mục dùng chung"))
        return draft
    if holds_people(book):
        from tdkt_xl.tasks.people_book import read_people

        draft.findings += read_people(book, master.register).findings
        draft.file = replace(draft.file, report=replace(report, unit="hồ sơ khen thưởng"))
        return draft
    submission = interpret(book, master, draft.findings)
    if submission is not None:
        report = _report_of(submission, report)
        draft.findings += _late(book, submission, master.parameters.deadline)
    draft.file = replace(draft.file, report=report, submission=submission)
    return draft


def _late(book: ReceivedBook, submission: Submission, deadline: date | None) -> list[Finding]:
    """Warn of a filled form last saved after the deadline (KT-511): the file's own word, no proof."""
    if (
        submission.kind is Kind.BLANK
        or deadline is None
        or book.saved_on is None
        or book.saved_on <= deadline
    ):
        return []
    return [between_files.SAVED_AFTER_DEADLINE.at(Place(book.name), found=book.saved_on, limit=deadline)]


def _pass_over(draft: _Draft) -> _Draft:
    """Note a result of ours among the received files; the versions kept in ban-cu/ are not even noted.

    Its digest is not reported: it would make the next result differ, and the one after that.
    """
    name = draft.file.name
    if BACKUP_FOLDER in Path(name).parts[:-1]:
        return _Draft(replace(draft.file, report=None))
    note = between_files.OWN_OUTPUT.at(Place(name))
    return _Draft(replace(draft.file, report=FileReport(name, None, PASSED_OVER)), [note])


def _report_of(submission: Submission, report: FileReport) -> FileReport:
    return replace(
        report,
        status=BLANK if submission.kind is Kind.BLANK else "",
        unit=_what(submission),
        cluster=submission.cluster.code if submission.cluster else submission.cluster_text,
        period=submission.period.key if submission.period else "",
    )


def _what(submission: Submission) -> str:
    if submission.kind is Kind.UNIT_SHEET:
        return submission.sheets[0].unit_name
    count = len(submission.wide_rows) or len(submission.sheets)
    return f"{submission.kind.value}: {count} đơn vị" if count else submission.kind.value


def _lines(submissions: Iterable[Submission]) -> list[LineToCheck]:
    unit_rule = (frozenset({"self_score"}), "self_score")
    book_rule = (frozenset({"self_score", "cluster_score"}), "cluster_score")
    items = []
    for submission in submissions:
        required, deciding = unit_rule if submission.kind is Kind.UNIT_SHEET else book_rule
        items += [
            LineToCheck(line, SCORES, required_scores(line, required), deciding)
            for sheet in submission.sheets
            for line in sheet.lines
        ]
    return items
