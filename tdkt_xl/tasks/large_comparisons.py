"""Files of a large round against each other where scores and proposals are compared: by their tables.

Only what may differ is read: the sheets of units that sent one of their own, a part of the round at a time,
and proposals whose key stands there twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tdkt_xl.domain.scores import ScoreSheet
from tdkt_xl.findings import Finding, Place
from tdkt_xl.readers.reference import cell_of
from tdkt_xl.readers.table_files import Values, read_repeated, read_table
from tdkt_xl.tasks.across_files import (
    Proposed,
    SelfScore,
    books_of,
    differing,
    proposed_twice,
    sheets_sent_too,
)
from tdkt_xl.tasks.large_parts import LargeParts
from tdkt_xl.tasks.submissions import Submission
from tdkt_xl.vietnamese.numbers import exact
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.score_parts import COLUMNS, PROPOSALS, SELF_SCORES

_KEY = ("period", "subject", "unit_typed", "award")


def compare_tables(parts: LargeParts, submissions: Sequence[Submission]) -> list[Finding]:
    """What check_across finds in scores and proposals: KT-512, and KT-706 between clusters."""
    return [*_self_scores(parts, submissions), *_proposals(parts, submissions)]


def _self_scores(parts: LargeParts, submissions: Sequence[Submission]) -> Iterator[Finding]:
    groups: dict[int, list[tuple[ScoreSheet, ScoreSheet]]] = {}
    homes = parts.homes
    for book, own in sheets_sent_too(submissions):
        groups.setdefault(homes[book.place.file], []).append((book, own))
    for pairs in groups.values():
        scores = _scores_of(parts, {sheet.place for pair in pairs for sheet in pair})
        for book, own in pairs:
            yield from differing(scores[book.place], scores[own.place], book.unit_name)


def _scores_of(parts: LargeParts, sheets: set[Place]) -> Mapping[Place, list[SelfScore]]:
    """The self scores of these sheets."""
    found: dict[Place, list[SelfScore]] = {sheet: [] for sheet in sheets}
    files = {sheet.file for sheet in sheets}
    paths = parts.paths(SELF_SCORES, files)
    for row in read_table(paths, list(COLUMNS[SELF_SCORES]), {"file": files}):
        scores = found.get(Place(str(row["file"]), str(row["sheet"]), _whole(row["begins"])))
        if scores is not None:
            place = Place(str(row["file"]), str(row["sheet"]), _whole(row["row"]), _whole(row["column"]))
            value, lower, upper = map(_points, (row["self_score"], row["lower"], row["upper"]))
            assert lower is not None
            assert upper is not None
            scores.append(SelfScore(str(row["path"]), place, value, lower, upper))
    return found


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def _points(value: object) -> Decimal | None:
    return exact(value) if isinstance(value, Decimal) else None


def _proposals(parts: LargeParts, submissions: Sequence[Submission]) -> Iterator[Finding]:
    order = {book.name: at for at, book in enumerate(books_of(submissions))}
    rows = [row for row in read_repeated(parts.paths(PROPOSALS), "key") if row["file"] in order]
    rows.sort(key=lambda row: (order[str(row["file"])], _whole(row["number"])))
    return proposed_twice(map(_proposed, rows))


def _proposed(row: Values) -> Proposed:
    """A proposal by its own words: a number shared by two keys makes no finding."""
    place = Place(str(row["file"]), str(row["sheet"]), *(cell_of(str(row["cell"])) or ()))
    key = tuple(comparison_key(str(row[name] or "")) for name in _KEY)
    return Proposed(key, str(row["cluster"]), str(row["subject"]), str(row["award"] or ""), place)
