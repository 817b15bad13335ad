"""tdkt consolidate for rounds too large for one workbook: a province, the country."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Place, TdktError, in_reading_order
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_records
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.tasks.consolidate import (
    apply_rulings,
    clusters_document,
    doubled_clusters,
    missing_clusters,
    missing_findings,
    questions_document,
    source_files,
    unit_sheet_notes,
)
from tdkt_xl.tasks.freezing import hold, keep_results, read_frozen
from tdkt_xl.tasks.large_comparisons import compare_tables
from tdkt_xl.tasks.large_parts import LargeParts
from tdkt_xl.tasks.large_tables import write_tables
from tdkt_xl.tasks.last_round import read_last_round
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.result_files import LARGE_NAME, result_in
from tdkt_xl.tasks.round import Progress, combine
from tdkt_xl.tasks.rulings import about_other_answers, follow, read_rulings
from tdkt_xl.tasks.shared_work import Job
from tdkt_xl.tasks.slim_files import without_scores
from tdkt_xl.tasks.validate import file_rows, output_remarks, source_paths
from tdkt_xl.writers.decisions_sheet import DecisionRow
from tdkt_xl.writers.large_book import LargeRound, Listed, build_large_book
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.part_files import WrittenPart, remove_other_parts, sweep_tables
from tdkt_xl.writers.publish import publish

MOST_QUESTIONS = 20_000
"""A sheet with more drop-downs and links than this opens slowly, or with a warning."""


@dataclass(frozen=True)
class LargeConsolidation:
    """The result of consolidating a large folder."""

    clusters: tuple[ClusterStandings, ...]
    findings: tuple[Finding, ...]
    parts: tuple[WrittenPart, ...]
    outputs: tuple[Path, ...]
    decisions: tuple[DecisionRow, ...] = ()
    missing: tuple[Cluster, ...] = ()

    def written(self, out: Path) -> tuple[Path, ...]:
        """Every file written into ``out``."""
        return (*self.outputs, *(out / part.path for part in self.parts))

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt consolidate --json``, with the tables beside the workbook."""
        return {
            "clusters": clusters_document(self.clusters),
            "questions": questions_document(self.decisions),
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
            "parts": [part.path for part in self.parts],
        }


def consolidate_large(
    folder: Path,
    master_path: Path,
    master: Master,
    out: Path,
    executor: Executor,
    *,
    ahead: int,
    progress: Progress | None = None,
    last_round: Path | None = None,
    decisions: Path | None = None,
    reading: Reading | None = None,
    kept: Path | None = None,
    today: date | None = None,
) -> LargeConsolidation:
    """Check a folder part by part, apply rulings and freezes, rank every cluster, write tables and a summary.

    The tables of scores, units, findings, questions and files are parquet files below ``out``;
    tong-hop-lon.xlsx lists the clusters, the open questions, the codes, the files that need attention and
    the tables. ``last_round`` is the result of the round before, for the sheet of changes. ``decisions``
    holds the answers to open questions; by default the earlier result in ``out``. At most ``ahead`` parts
    are under way at a time; ``kept`` is where the processes find the master data already read; of ``master``
    they take over the active periods, the rest is read from ``master_path``. Rulings of a day after ``today``
    do not count. A folder without a workbook writes nothing. Raises TdktError KT-538, KT-801, KT-803, KT-804,
    KT-806, KT-861, KT-870.
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    last = read_last_round(last_round) if last_round else {}
    answers = decisions or result_in(out, LARGE_NAME)
    rulings = read_rulings(answers, must_exist=decisions is not None, today=today)
    frozen = read_frozen(out)
    received, found = find_workbooks([folder])
    if not received:
        return LargeConsolidation((), tuple(found), (), ())
    sweep_tables(out)
    job = Job(
        master_path.resolve(), master.sha256, out.resolve(), reading, kept, master.parameters.active_periods
    )
    parts = LargeParts(job, executor, ahead, progress)
    checked = parts.check(received, master)
    held = hold(combine(checked, [*found, *parts.notes]), frozen, out, master, without_scores)
    parts.notes.clear()
    parts.take_frozen(held)
    round_, clusters, said = apply_rulings(held.round, rulings, master, parts.decide)
    compared = compare_tables(parts, round_.submissions)
    round_ = combine(round_.checked, [*round_.found, *compared]) if compared else round_
    clusters, moved = keep_results(clusters, frozen)
    large = LargeRound(
        tuple(sorted(clusters, key=lambda item: (item.cluster is None, item.code))),
        missing_clusters(round_, master),
        rulings.rows(),
        source_files(round_, frozen),
        last,
        doubled_clusters(round_, clusters),
    )
    findings = [
        *master.remarks,
        *said,
        *parts.notes,
        *held.findings,
        *moved,
        *compared,
        *about_other_answers(out, LARGE_NAME, decisions),
        *unit_sheet_notes(round_),
        *missing_findings(round_, master),
    ]
    shown, more = shown_decisions(large.decisions)
    findings = [*in_reading_order(follow(findings, shown, decisions, out / LARGE_NAME)), *more]
    links = SourceLinks(out.resolve(), {**source_paths([folder]), **held.sources})
    tables = _write_tables(parts, large, findings)
    listed = Listed(shown, file_rows(round_.files, findings), tables)
    content = build_large_book(large, listed, findings, links, organisation_of(master))
    path, remarks = publish(content, out / LARGE_NAME)
    return LargeConsolidation(
        tuple(large.clusters),
        (*findings, *remarks, *output_remarks(out, [folder])),
        tuple(tables),
        (path,),
        tuple(large.decisions),
        tuple(large.missing),
    )


def _write_tables(parts: LargeParts, large: LargeRound, findings: Sequence[Finding]) -> list[WrittenPart]:
    """Write the tables; those of an earlier run that this one did not write are gone then."""
    out = parts.job.out
    tables = [*parts.tables(item.file for item in large.clusters), *write_tables(out, large, findings)]
    remove_other_parts(out, tables)
    return tables


def shown_decisions(rows: Sequence[DecisionRow]) -> tuple[list[DecisionRow], list[Finding]]:
    """The decisions the workbook lists: all that was typed, and the first open questions (KT-866)."""
    typed = sum(row.ruling is not None and not row.ruling.is_blank for row in rows)
    left = max(MOST_QUESTIONS - typed, 0)
    shown = []
    for row in rows:
        is_typed = row.ruling is not None and not row.ruling.is_blank
        if is_typed or left > 0:
            shown.append(row)
            left -= not is_typed
    hidden = len(rows) - len(shown)
    note = machine.QUESTIONS_NOT_SHOWN.at(Place(LARGE_NAME), count=hidden, shown=len(shown))
    return shown, [note] if hidden else []
