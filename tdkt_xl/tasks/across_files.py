"""Received files against each other: a cluster, unit or person in two files, a unit's own sheet."""

from collections.abc import Iterator, Sequence

from tdkt_xl.domain.scores import ScoreSheet
from tdkt_xl.domain.standings import ClusterStandings, State
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_files, nominations
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.book_forms import SCORES
from tdkt_xl.tasks.proposal_checks import subject_key
from tdkt_xl.tasks.submissions import Kind, Submission

_SELF_SCORE = SCORES.column("self_score").heading


def check_across(submissions: Sequence[Submission], standings: Sequence[ClusterStandings]) -> list[Finding]:
    """Check the files of a round against each other.

    May report KT-502, KT-505, KT-512, KT-513, KT-528 and KT-706 (one proposal in two files).
    """
    books = [
        item
        for item in submissions
        if item.cluster is not None and item.kind is not Kind.UNIT_SHEET and item.consolidable
    ]
    own_sheets = [item for item in submissions if item.kind is Kind.UNIT_SHEET and item.consolidable]
    return [
        *_clusters_twice(books),
        *_units_twice(submissions),
        *_units_in_two_files(standings),
        *_self_scores(books, own_sheets),
        *_wide_criteria(books),
        *_proposals_in_two_files(books),
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


def _self_scores(books: Sequence[Submission], own_sheets: Sequence[Submission]) -> Iterator[Finding]:
    """Self scores a cluster book gives a unit that are not those of the sheet the unit sent."""
    sent: dict[tuple[object, str], ScoreSheet] = {}
    for item in own_sheets:
        for sheet in item.sheets:
            if sheet.unit is not None:
                sent.setdefault((item.period, sheet.unit.code), sheet)
    for book in books:
        for sheet in book.sheets:
            own = sent.get((book.period, sheet.unit.code)) if sheet.unit else None
            if own is not None:
                yield from _differing(sheet, own)


def _differing(sheet: ScoreSheet, own: ScoreSheet) -> Iterator[Finding]:
    sent = {line.criterion.path: line.self_score for line in own.lines}
    for line in sheet.lines:
        typed, theirs = line.self_score, sent.get(line.criterion.path)
        if theirs is None or typed.value is None or theirs.value is None or typed.value == theirs.value:
            continue
        low, high = line.criterion.lower, line.criterion.upper
        if not (low <= typed.value <= high and low <= theirs.value <= high):
            continue  # reported where it stands
        yield between_files.SELF_SCORE_DIFFERS.at(
            typed.place,
            column=_SELF_SCORE,
            path=line.criterion.path,
            unit=sheet.unit_name,
            typed=typed.value,
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


def _proposals_in_two_files(books: Sequence[Submission]) -> Iterator[Finding]:
    """One subject of one unit proposed for one title by the books of two clusters."""
    first: dict[tuple[object, ...], tuple[ListRow, str]] = {}
    for book in books:
        assert book.cluster is not None
        for row in (row for row in book.proposals if row.text("subject")):
            key = (book.period, *subject_key(row, None))
            twin, cluster = first.setdefault(key, (row, book.cluster.code))
            if cluster != book.cluster.code:
                yield nominations.PROPOSED_TWICE.at(
                    row.place("subject"),
                    subject=row.text("subject"),
                    award=row.text("award"),
                    other=str(twin.place("subject")),
                )
