"""The tables of one part of a large round: its scores, its proposals, and the self scores to be compared."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from hashlib import sha256

from tdkt_xl.domain.master import Master
from tdkt_xl.tasks.across_files import proposal_key, self_scores
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.proposal_checks import proposal_unit
from tdkt_xl.tasks.round import is_consolidated
from tdkt_xl.tasks.submissions import Submission
from tdkt_xl.writers.score_parts import KINDS, PROPOSALS, SCORES, SELF_SCORES, Row, score_rows


def tables_of(checked: Sequence[CheckedFile], master: Master) -> Mapping[str, list[Row]]:
    """Table → rows; of proposals and self scores only where there are any."""
    submissions = [file.submission for file in checked if file.submission]
    books = [file for file in checked if file.submission and is_consolidated(file.submission)]
    tables = {
        SCORES: score_rows(file.standings for file in books if file.standings),
        PROPOSALS: [row for item in submissions for row in _proposals(item, master)],
        SELF_SCORES: [row for item in submissions for row in _self_scores(item)],
    }
    return {name: rows for name, rows in tables.items() if rows or name == SCORES}


def _proposals(submission: Submission, master: Master) -> Iterator[Row]:
    """The proposals of a book, in its order."""
    cluster, period = submission.cluster, submission.period
    for number, row in enumerate(submission.proposals, start=1):
        unit, place = proposal_unit(row, master), row.place("subject")
        yield {
            **{name: _shown(value) for name, value in row.values.items()},
            "kind": KINDS[row.table.layout.id],
            "number": number,
            "cluster": cluster.code if cluster else submission.cluster_text,
            "period": period.key if period else "",
            "unit_code": unit.code if unit else "",
            "unit": unit.name if unit else row.text("unit"),
            "unit_typed": row.text("unit"),
            "file": place.file,
            "sheet": place.sheet,
            "cell": place.cell,
            "source_columns": row.source_columns,
            "key": _digest(proposal_key(period, row)) if row.text("subject") else None,
        }


def _shown(value: object) -> object:
    return ("Có" if value else "Không") if isinstance(value, bool) else value


def _digest(key: Hashable) -> int:
    """A number a table can hold in the place of a key; two keys that share one are told apart afterwards."""
    return int.from_bytes(sha256(repr(key).encode()).digest()[:8], signed=True)


def _self_scores(submission: Submission) -> Iterator[Row]:
    for sheet in submission.sheets if submission.consolidable else ():
        for score in self_scores(sheet) if sheet.unit else ():
            yield {
                "path": score.path,
                "self_score": score.value,
                "lower": score.lower,
                "upper": score.upper,
                "file": sheet.place.file,
                "sheet": sheet.place.sheet,
                "begins": sheet.place.row,
                "row": score.place.row,
                "column": score.place.column,
            }
