"""The tables of a large round that need the whole of it, cut into files."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from tdkt_xl.findings import Finding
from tdkt_xl.writers import score_parts
from tdkt_xl.writers.large_book import LargeRound
from tdkt_xl.writers.part_files import WrittenPart, write_part
from tdkt_xl.writers.score_parts import Row
from tdkt_xl.writers.statistics_sheets import change_rows

_ROWS_A_PART = 20_000


def write_tables(out: Path, large: LargeRound, findings: Sequence[Finding]) -> list[WrittenPart]:
    """Write the tables of units, findings, questions, received files and, with a last round, of changes."""
    changes = change_rows(large.clusters, large.last) if large.last else None
    return [
        *_in_parts(out, score_parts.RANKING, score_parts.ranking_rows(large.clusters)),
        *(_in_parts(out, score_parts.CHANGES, changes) if changes else ()),
        *_in_parts(out, score_parts.FINDINGS, score_parts.finding_rows(findings)),
        *_in_parts(out, score_parts.DECISIONS, score_parts.decision_rows(large.decisions)),
        *_in_parts(out, score_parts.SOURCES, score_parts.source_rows(large.files)),
    ]


def _in_parts(out: Path, table: str, rows: Iterable[Row]) -> list[WrittenPart]:
    left = iter(rows)
    parts = [write_part(out, table, 1, list(islice(left, _ROWS_A_PART)))]
    while more := list(islice(left, _ROWS_A_PART)):
        parts.append(write_part(out, table, len(parts) + 1, more))
    return parts
