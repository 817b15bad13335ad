"""Received files against each other: a cluster, unit or person in two files, a unit's own sheet."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.scores import ScoreSheet
from tdkt_xl.domain.standings import ClusterStandings, State
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import between_files, nominations
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.book_forms import SCORES
from tdkt_xl.tasks.proposal_checks import subject_key
from tdkt_xl.tasks.submissions import Kind, Submission

_SELF_SCORE = SCORES.column("self_score").heading


@dataclass(frozen=True, slots=True)
class SelfScore:
    """A self score and the bounds of its criterion; ``value`` is None for a blank or unreadable one."""

    path: str
    place: Place
    value: Decimal | None
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal of a cluster's book; one subject of one unit for one title in one period has one key."""

    key: Hashable
    cluster: str
    subject: str
    award: str
    place: Place


def check_across(submissions: Sequence[Submission], standings: Sequence[ClusterStandings]) -> list[Finding]:
    """Check the files of a round against each other.

    May report KT-502, KT-505, KT-512, KT-513, KT-528 and KT-706 (one proposal in two files).
    """
    books = books_of(submissions)
    return [
        *_clusters_twice(books),
        *_units_twice(submissions),
        *_units_in_two_files(standings),
        *_self_scores(submissions),
        *_wide_criteria(books),
        *proposed_twice(proposed for book in books for proposed in _proposals(book)),
    ]


def books_of(submissions: Sequence[Submission]) -> list[Submission]:
    """The books of known clusters that may be consolidated."""
    return [
        item
        for item in submissions
        if item.cluster is not None and item.kind is not Kind.UNIT_SHEET and item.consolidable
    ]


def _clusters_twice(books: Sequence[Submission]) -> Iterator[Finding]:
    first: dict[str, Submission] = {}
    for book in books:
        assert book.cluster is not None
        twin = first.setdefault(book.cluster.code, book)
        if twin is not book:
            yield between_files.CLUSTER_TWICE.at(
                book.place, other=twin.name, cluster=book.cluster.name, period=book.cluster.period.key
            )


def _units_twice(submissions: Sequence[Submission]) -> Iterator[Finding]:
    """Report different files that each hold the sheet of one and the same unit (KT-528)."""
    first: dict[tuple[str, str], Submission] = {}
    for submission in submissions:
        unit = submission.sheets[0].unit if submission.kind is Kind.UNIT_SHEET else None
        if unit is None or submission.period is None:
            continue
        other = first.setdefault((unit.code, submission.period.key), submission)
        if other is not submission:
            yield between_files.UNIT_SHEET_TWICE.at(
                submission.place, other=other.name, unit=unit.name, period=submission.period.key
            )


def _units_in_two_files(standings: Sequence[ClusterStandings]) -> Iterator[Finding]:
    homes: dict[str, ClusterStandings] = {}
    for cluster in standings:
        for item in cluster.standings if cluster.cluster is not None else ():
            if item.state in {State.MISSING, State.FOREIGN, State.DOUBLED} or not item.unit_code:
                continue
            home = homes.setdefault(item.unit_code, cluster)
            if home is not cluster and home.code != cluster.code:
                yield between_files.UNIT_IN_TWO_FILES.at(item.place, unit=item.unit_name, other=home.file)


def sheets_sent_too(submissions: Sequence[Submission]) -> Iterator[tuple[ScoreSheet, ScoreSheet]]:
    """Each sheet of a cluster book whose unit sent its own sheet as well, with that one."""
    sent: dict[tuple[object, str], ScoreSheet] = {}
    for item in submissions:
        for sheet in item.sheets if item.kind is Kind.UNIT_SHEET and item.consolidable else ():
            if sheet.unit is not None:
                sent.setdefault((item.period, sheet.unit.code), sheet)
    for book in books_of(submissions):
        for sheet in book.sheets:
            own = sent.get((book.period, sheet.unit.code)) if sheet.unit else None
            if own is not None:
                yield sheet, own


def _self_scores(submissions: Sequence[Submission]) -> Iterator[Finding]:
    """Self scores a cluster book gives a unit that are not those of the sheet the unit sent."""
    for sheet, own in sheets_sent_too(submissions):
        yield from differing(self_scores(sheet), self_scores(own), sheet.unit_name)


def self_scores(sheet: ScoreSheet) -> list[SelfScore]:
    """The self scores of a sheet, one per criterion."""
    return [
        SelfScore(
            line.criterion.path,
            line.self_score.place,
            line.self_score.value,
            line.criterion.lower,
            line.criterion.upper,
        )
        for line in sheet.lines
    ]


def differing(typed: Iterable[SelfScore], sent: Iterable[SelfScore], unit: str) -> Iterator[Finding]:
    """Report the self scores of a book that are not those the unit sent (KT-512)."""
    by_path = {score.path: score for score in sent}
    for score in typed:
        theirs = by_path.get(score.path)
        if theirs is None or score.value is None or theirs.value is None or score.value == theirs.value:
            continue
        if not all(score.lower <= value <= score.upper for value in (score.value, theirs.value)):
            continue  # reported where it stands
        yield between_files.SELF_SCORE_DIFFERS.at(
            score.place,
            column=_SELF_SCORE,
            path=score.path,
            unit=unit,
            typed=score.value,
            computed=theirs.value,
            other=str(theirs.place),
        )


def _wide_criteria(books: Sequence[Submission]) -> Iterator[Finding]:
    """Wide tables of clusters with one catalogue that do not have the same columns."""
    first: dict[str, Submission] = {}
    for book in books:
        if not book.wide_rows or book.catalogue is None:
            continue
        twin = first.setdefault(book.catalogue.code, book)
        if [path for path, _ in twin.wide_rows[0].cells] != [path for path, _ in book.wide_rows[0].cells]:
            yield between_files.WIDE_CRITERIA_DIFFER.at(
                book.place,
                count=len(book.wide_rows[0].cells),
                other=twin.name,
                catalogue=book.catalogue.code,
            )


def proposal_key(period: Period | None, row: ListRow) -> tuple[str, ...]:
    """What one proposal shares with the same one in another book."""
    return (period.key if period else "", *subject_key(row, None))


def _proposals(book: Submission) -> Iterator[Proposed]:
    assert book.cluster is not None
    for row in book.proposals:
        if row.text("subject"):
            key, place = proposal_key(book.period, row), row.place("subject")
            yield Proposed(key, book.cluster.code, row.text("subject"), row.text("award"), place)


def proposed_twice(proposals: Iterable[Proposed]) -> Iterator[Finding]:
    """Report one subject of one unit proposed for one title by the books of two clusters (KT-706)."""
    first: dict[Hashable, Proposed] = {}
    for proposed in proposals:
        twin = first.setdefault(proposed.key, proposed)
        if twin.cluster != proposed.cluster:
            yield nominations.PROPOSED_TWICE.at(
                proposed.place, subject=proposed.subject, award=proposed.award, other=str(twin.place)
            )
