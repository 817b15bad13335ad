"""tdkt consolidate for rounds too large for one workbook: a province, the country."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.findings import Finding, TdktError, in_reading_order
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_records
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.build_workbooks import organisation_of
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.consolidate import (
    clusters_document,
    missing_clusters,
    missing_findings,
    settle_doubles,
    unit_sheet_notes,
)
from tdkt_xl.tasks.round import Progress, combine
from tdkt_xl.tasks.shared_work import Job, parts_of, run_parts
from tdkt_xl.tasks.validate import file_rows, output_remarks
from tdkt_xl.writers.large_book import LargeRound, build_large_book
from tdkt_xl.writers.publish import publish
from tdkt_xl.writers.score_parts import Row, WrittenPart, finding_rows, ranking_rows, write_part

ONE_WORKBOOK = 400
"""Up to so many files one workbook holds every score and stays quick to open."""
_ROWS_A_PART = 100_000


@dataclass(frozen=True)
class LargeConsolidation:
    """The result of consolidating a large folder."""

    clusters: tuple[ClusterStandings, ...]
    findings: tuple[Finding, ...]
    parts: tuple[WrittenPart, ...]
    outputs: tuple[Path, ...]

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt consolidate --json``, with the tables beside the workbook."""
        return {
            "clusters": clusters_document(self.clusters),
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
) -> LargeConsolidation:
    """Check a folder part by part, rank every cluster, write tables and a summary workbook.

    The tables diem-chi-tiet, xep-hang and ket-qua-kiem-tra are parquet files below ``out``;
    tong-hop-lon.xlsx lists the clusters, the codes, the files that need attention and the tables. At
    most ``ahead`` parts are under way at a time. A folder without a workbook writes nothing. Raises TdktError
    KT-801, KT-803, KT-804, KT-861.
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    received, found = find_workbooks([folder])
    if not received:
        return LargeConsolidation((), tuple(found), (), ())
    with master_path.open("rb") as file:
        job = Job(master_path.resolve(), file_digest(file, "sha256").hexdigest(), out.resolve())
    checked: list[CheckedFile] = []
    notes: list[Finding] = [*found, machine.LARGE_WITHOUT_RULINGS.at()]
    tables: list[WrittenPart] = []
    for part in run_parts(job, parts_of(received), executor, ahead):
        checked += part.files
        notes += part.findings
        tables.append(part.written)
        if progress:
            progress(len(checked), len(received), part.files[-1].name)
    round_ = combine(checked, notes)
    settled = settle_doubles(round_.standings)
    clusters = tuple(sorted(settled, key=lambda item: (item.cluster is None, item.code)))
    said = [*master.remarks, *round_.findings, *unit_sheet_notes(round_), *missing_findings(round_, master)]
    findings = tuple(in_reading_order(said))
    tables += _in_parts(out, "xep-hang", ranking_rows(clusters))
    tables += _in_parts(out, "ket-qua-kiem-tra", finding_rows(findings))
    remove_other_parts(out, tables)
    large = LargeRound(
        clusters, missing_clusters(round_, master), file_rows(round_.files, findings), tuple(tables)
    )
    content = build_large_book(large, findings, organisation_of(master))
    path, remarks = publish(content, out / load_layout("tong-hop-lon").file_name)
    remarks = [*remarks, *output_remarks(out, [folder])]
    return LargeConsolidation(clusters, (*findings, *remarks), tuple(tables), (path,))


def _in_parts(out: Path, table: str, rows: Sequence[Row]) -> list[WrittenPart]:
    starts = range(0, max(len(rows), 1), _ROWS_A_PART)
    return [
        write_part(out, table, number, rows[start : start + _ROWS_A_PART])
        for number, start in enumerate(starts, 1)
    ]


def remove_other_parts(out: Path, parts: Iterable[WrittenPart]) -> None:
    """Remove the parts of an earlier, longer result, which would be read as parts of this one."""
    wanted = {out / part.path for part in parts}
    for folder in {path.parent for path in wanted}:
        for path in folder.glob("phan-*.parquet"):
            if path not in wanted:
                path.unlink()
