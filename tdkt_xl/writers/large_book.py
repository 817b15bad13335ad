"""Write tong-hop-lon.xlsx: what a large round comes to, within what one workbook can show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Severity, severities_by_file
from tdkt_xl.tables.layout import WorkbookLayout, load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.consolidated_book import SourceFile, empty_rows, overview_row
from tdkt_xl.writers.decisions_sheet import DecisionRow, write_decisions
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.part_files import WrittenPart
from tdkt_xl.writers.statistics_sheets import LastResult, change_rows

_MOST_ROWS = 50_000
MOST_CHANGES = 20_000
"""Units compared with the round before: more than any province has; 65,000 would take 200 MiB to write."""
_WORDS = {
    "clusters": "cụm",
    "changes": "đơn vị",
    "codes": "mã",
    "files": "tệp cần xem",
    "parts": "tệp dữ liệu",
}
_FINE = frozenset({"Hợp lệ", "Bỏ qua"})


@dataclass(frozen=True)
class LargeRound:
    """What a large round comes to."""

    clusters: Sequence[ClusterStandings]
    missing: Sequence[Cluster]
    decisions: Sequence[DecisionRow]
    files: Sequence[SourceFile]
    last: Mapping[str, LastResult] = field(default_factory=dict)
    """Unit code → result of the round before; empty when none was given."""
    doubled: Sequence[Cluster] = ()
    """Clusters with two books that differ; neither is consolidated."""


@dataclass(frozen=True)
class Listed:
    """What of it fits the workbook; ``files`` are rows of the overview of received files."""

    decisions: Sequence[DecisionRow]
    files: Sequence[Mapping[str, object]]
    parts: Sequence[WrittenPart]


def build_large_book(
    data: LargeRound,
    listed: Listed,
    findings: Sequence[Finding],
    links: SourceLinks,
    organisation: Organisation,
) -> bytes:
    """Build the workbook: clusters, questions, findings by code, files to look at, the tables beside it."""
    layout = load_layout("tong-hop-lon")
    with Book(layout.title, organisation) as book:
        severities = severities_by_file(findings)
        clusters = [overview_row(cluster, severities) for cluster in data.clusters]
        clusters += empty_rows(data.missing, data.doubled)
        worrying = [row for row in listed.files if row["status"] not in _FINE]
        _write(book, layout, "clusters", list(clusters))
        if data.last:
            _write_changes(book, layout, data)
        write_decisions(book, layout, listed.decisions, links)
        sheets: dict[str, list[Mapping[str, object]]] = {
            "codes": list(_code_rows(findings)),
            "files": list(worrying),
            "parts": [{"path": part.path, "rows": part.rows, "sha256": part.sha256} for part in listed.parts],
        }
        for sheet_id, rows in sheets.items():
            _write(book, layout, sheet_id, rows)
        return book.content()


def _write(book: Book, layout: WorkbookLayout, sheet_id: str, rows: list[Mapping[str, object]]) -> None:
    shown = ListContent(rows[:_MOST_ROWS], subtitle=_said(sheet_id, len(rows), _MOST_ROWS))
    write_list(book, layout, layout.sheet(sheet_id), shown)


def _write_changes(book: Book, layout: WorkbookLayout, data: LargeRound) -> None:
    count = sum(len(cluster.ranked) for cluster in data.clusters)
    rows = list(islice(change_rows(data.clusters, data.last), MOST_CHANGES))
    shown = ListContent(rows, subtitle=_said("changes", count, MOST_CHANGES))
    write_list(book, layout, layout.sheet("changes"), shown)


def _said(sheet_id: str, count: int, most: int) -> str:
    more = f"; trang này nêu {most} dòng đầu, đủ ở các tệp dữ liệu" if count > most else ""
    return f"{count} {_WORDS[sheet_id]}{more}"


def _code_rows(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """One row per code, errors first, the most frequent first."""
    counts = Counter(finding.code.id for finding in findings)
    codes = {finding.code.id: finding.code for finding in findings}
    files: dict[str, set[str]] = {}
    for finding in findings:
        files.setdefault(finding.code.id, set()).update(filter(None, [finding.place.file]))
    levels = list(Severity)
    ordered = sorted(
        codes.values(), key=lambda code: (levels.index(code.severity), -counts[code.id], code.id)
    )
    return [
        {
            "severity": code.severity.label,
            "code": code.id,
            "title": code.title,
            "count": counts[code.id],
            "files": len(files[code.id]),
        }
        for code in ordered
    ]
