"""Write tong-hop-huyen.xlsx: overview, rankings, charts, every score with its source cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tdkt_xl.domain.scores import Origin, ScoreCell, ScoreLine
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Severity, column_letters, severities_by_file
from tdkt_xl.tables.layout import WorkbookLayout, load_layout
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.writers.book import Book, Formula, Organisation, header_row
from tdkt_xl.writers.charts import add_overview_chart, write_ranking_charts
from tdkt_xl.writers.content import BookContent
from tdkt_xl.writers.decisions_sheet import DecisionRow, write_decisions
from tdkt_xl.writers.findings_book import write_findings_sheet
from tdkt_xl.writers.heat_map import write_heat_map
from tdkt_xl.writers.links import SourceLinks, source_columns
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.statistics_sheets import LastResult, write_changes, write_outliers, write_statistics

_RANKING_SUBTITLE = "Tổng điểm cộng lại từ từng ô điểm; đồng hạng giữ nguyên, không tự phân định."


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed subject with the unit recognised for it."""

    cluster_code: str
    unit_code: str
    unit_name: str
    row: ListRow


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A received file as the sources sheet lists it."""

    name: str
    sha256: str | None
    status: str
    cluster: str
    period: str


@dataclass(frozen=True)
class Consolidated:
    """What the consolidated workbook shows."""

    clusters: tuple[ClusterStandings, ...]
    missing: tuple[Cluster, ...]
    files: tuple[SourceFile, ...]
    proposals: tuple[Proposal, ...]
    last: Mapping[str, LastResult] = field(default_factory=dict)
    """Unit code → result of the round before; empty when none was given."""
    decisions: tuple[DecisionRow, ...] = ()
    doubled: tuple[Cluster, ...] = ()
    """Clusters with two books that differ; neither is consolidated."""


def build_consolidated_book(
    data: Consolidated, findings: Sequence[Finding], links: SourceLinks, organisation: Organisation
) -> BookContent:
    """Build the workbook; every row of units, scores and proposals carries cluster, file, sheet, row."""
    layout = load_layout("tong-hop-huyen")
    scores = list(_score_rows(data, links))
    with Book(layout.title, organisation) as book:
        _write_overview(book, layout, data, findings)
        _write_ranking(book, layout, data, scores, links)
        if data.last:
            write_changes(book, layout, data.clusters, data.last)
        write_heat_map(book, data.clusters)
        ranking = layout.sheet("ranking")
        write_ranking_charts(book, ranking, data.clusters, header_row(ranking, _RANKING_SUBTITLE) + 1)
        write_statistics(book, layout, data.clusters)
        write_outliers(book, layout, data.clusters, links)
        write_list(book, layout, layout.sheet("scores"), ListContent(scores, subtitle=_said(scores)))
        write_list(book, layout, layout.sheet("gaps"), ListContent(list(_gap_rows(data, links))))
        write_decisions(book, layout, data.decisions, links)
        for sheet_id in ("collectives", "individuals"):
            rows = [
                _proposal_row(item, links) for item in data.proposals if item.row.table.layout.id == sheet_id
            ]
            write_list(book, layout, layout.sheet(sheet_id), ListContent(rows))
        write_findings_sheet(book, layout, findings, links)
        write_list(book, layout, layout.sheet("sources"), ListContent(list(_source_rows(data))))
        return book.content()


def _said(scores: Sequence[Mapping[str, object]]) -> str:
    return f"{len(scores)} dòng điểm · lọc theo cụm, đơn vị trước khi in"


def _number(cell: ScoreCell | None) -> Decimal | None:
    return cell.value if cell else None


def overview_row(cluster: ClusterStandings, severities: Mapping[str, Counter[Severity]]) -> dict[str, object]:
    """The row of a received cluster."""
    ranked = cluster.ranked
    totals = [item.total for item in ranked if item.total is not None]
    shares = [item.percent for item in ranked if item.percent is not None]
    own = severities.get(cluster.file, Counter())
    missing = sum(item.state is State.MISSING for item in cluster.standings)
    open_states = {item.state for item in cluster.standings} - {State.RANKED, State.MISSING}
    waiting = len(
        {item.unit_code or item.unit_name for item in cluster.standings if item.state in open_states}
    )
    state = [f"thiếu {missing} đơn vị"] if missing else []
    state += [f"{waiting} đơn vị chưa xếp hạng"] if waiting else []
    return {
        "cluster": cluster.code,
        "name": cluster.name,
        "period": cluster.period.key if cluster.period else "",
        "members": len(cluster.cluster.members) if cluster.cluster else len(cluster.standings),
        "received": len(
            {item.unit_code or item.unit_name for item in cluster.standings if item.total is not None}
        ),
        "ranked": len(ranked),
        "leader": ", ".join(item.unit_name for item in cluster.leaders),
        "highest": max(totals, default=None),
        "mean": sum(totals, Decimal(0)) / len(totals) if totals else None,
        "highest_share": max(shares, default=None),
        "mean_share": sum(shares, Decimal(0)) / len(shares) if shares else None,
        "errors": own[Severity.ERROR],
        "warnings": own[Severity.WARNING],
        "state": "; ".join(state).capitalize() or "Đủ",
    }


def empty_rows(missing: Iterable[Cluster], doubled: Iterable[Cluster]) -> Iterator[dict[str, object]]:
    """The rows of clusters nobody sent, and of those with two books that differ."""
    yield from (_empty_row(cluster, "Có hai sổ khác nhau, chưa tổng hợp") for cluster in doubled)
    yield from (_empty_row(cluster, "Chưa nhận được sổ") for cluster in missing)


def _empty_row(cluster: Cluster, state: str) -> dict[str, object]:
    return {
        "cluster": cluster.code,
        "name": cluster.name,
        "period": cluster.period.key,
        "members": len(cluster.members),
        "received": 0,
        "ranked": 0,
        "state": state,
    }


def _write_overview(
    book: Book, layout: WorkbookLayout, data: Consolidated, findings: Sequence[Finding]
) -> None:
    severities = severities_by_file(findings)
    rows = [overview_row(cluster, severities) for cluster in data.clusters]
    rows += empty_rows(data.missing, data.doubled)
    tones = ["error" if row["ranked"] == 0 else "" if row["state"] == "Đủ" else "warning" for row in rows]
    units = sum(int(str(row["members"])) for row in rows)
    ranked = sum(int(str(row["ranked"])) for row in rows)
    subtitle = f"{len(rows)} cụm · {units} đơn vị · {ranked} đơn vị đã xếp hạng"
    overview = layout.sheet("overview")
    sheet = write_list(book, layout, overview, ListContent(rows, subtitle=subtitle, tones=tones))
    top = header_row(overview, subtitle) + 1
    add_overview_chart(book, sheet, overview, top, len(data.clusters), len(rows))


def _ranking_row(cluster: ClusterStandings, item: Standing, links: SourceLinks) -> dict[str, object]:
    return {
        "cluster": cluster.code,
        "cluster_name": cluster.name,
        "period": cluster.period.key if cluster.period else "",
        "rank": item.rank,
        "tied": "đồng hạng" if item.tied else "theo quyết định" if item.decided else "",
        "unit_code": item.unit_code,
        "unit": item.unit_name,
        "total": item.total,
        "base": item.base,
        "percent": item.percent,
        "self_total": item.self_total,
        "typed_total": _number(item.typed_total),
        "typed_rank": _number(item.typed_rank),
        "band": item.band,
        "state": item.state.value,
        **source_columns(item.place, links),
    }


def _tone(row: Mapping[str, object]) -> str:
    if row["state"] != State.RANKED.value:
        return "error"
    if row["tied"]:
        return "warning"
    return "good" if row["rank"] == 1 else ""


def _write_ranking(
    book: Book,
    layout: WorkbookLayout,
    data: Consolidated,
    scores: Sequence[Mapping[str, object]],
    links: SourceLinks,
) -> None:
    rows = [_ranking_row(cluster, item, links) for cluster in data.clusters for item in cluster.standings]
    tones = [_tone(row) for row in rows]
    _add_up(layout, rows, scores)
    content = ListContent(rows, subtitle=_RANKING_SUBTITLE, tones=tones)
    write_list(book, layout, layout.sheet("ranking"), content)


def _add_up(
    layout: WorkbookLayout, rows: Sequence[dict[str, object]], scores: Sequence[Mapping[str, object]]
) -> None:
    """Make a ranked total a live sum of the detail sheet wherever it is the plain sum of its scores.

    By unit and cluster, not by a range of rows, so that sorting the detail sheet changes nothing. A
    total that a rule caps, or takes on another base, stays a number.
    """
    ranking, detail = layout.sheet("ranking"), layout.sheet("scores")
    sums: dict[object, Decimal] = {}
    for score in scores:
        points, key = score.get("final"), (score["cluster"], score["unit_code"])
        sums[key] = sums.get(key, Decimal(0)) + (points if isinstance(points, Decimal) else Decimal(0))
    top = header_row(detail, _said(scores)) + 2
    columns = [
        f"'{detail.name}'!${letters}${top}:${letters}${top + len(scores) - 1}"
        for letters in (column_letters(detail.position(name)) for name in ("final", "cluster", "unit_code"))
    ]
    own = [column_letters(ranking.position(name)) for name in ("cluster", "unit_code")]
    first = header_row(ranking, _RANKING_SUBTITLE) + 2
    for number, row in enumerate(rows, start=first):
        total = row["total"]
        is_sum = row["unit_code"] and sums.get((row["cluster"], row["unit_code"])) == total
        if row["state"] == State.RANKED.value and is_sum and isinstance(total, Decimal):
            cluster, unit = (f"${letters}{number}" for letters in own)
            text = f"=SUMIFS({columns[0]},{columns[1]},{cluster},{columns[2]},{unit})"
            row["total"] = Formula(text, total)


def _line_row(
    cluster: ClusterStandings, item: Standing, line: ScoreLine, links: SourceLinks
) -> dict[str, object]:
    return {
        "cluster": cluster.code,
        "unit_code": item.unit_code,
        "unit": item.unit_name,
        "path": line.criterion.path,
        "text": line.criterion.text,
        "maximum": line.criterion.maximum,
        "self_score": line.self_score.value,
        "cluster_score": line.cluster_score.value,
        "appraised_score": line.appraised_score.value,
        "final": line.final.value,
        "reason": line.reason.text,
        "origin": line.origin.value,
        "rule": line.criterion.rule.label if line.criterion.rule else "",
        "target": line.target.text,
        "result": line.result.text,
        "computed": line.computed.points if line.computed else None,
        "words": line.computed.words if line.computed else "",
        "decision": line.settled.words if line.settled else "",
        **source_columns(line.final.place, links),
        "cell": line.final.place.cell,
        "typed": line.final.text,
    }


def _score_rows(data: Consolidated, links: SourceLinks) -> Iterable[dict[str, object]]:
    for cluster in data.clusters:
        for item in cluster.standings:
            if item.sheet:
                for line in item.sheet.lines:
                    yield _line_row(cluster, item, line, links)
            if item.wide:
                words = dict(item.wide.settled)
                for path, cell in item.wide.cells:
                    word = words.get(path)
                    yield {
                        "cluster": cluster.code,
                        "unit_code": item.unit_code,
                        "unit": item.unit_name,
                        "path": path,
                        "cluster_score": None if word else cell.value,
                        "final": cell.value,
                        "origin": (Origin.DECIDED if word else Origin.CLUSTER).value,
                        "decision": word.words if word else "",
                        **source_columns(cell.place, links),
                        "cell": cell.place.cell,
                        "typed": cell.text,
                    }


def _gap_rows(data: Consolidated, links: SourceLinks) -> Iterable[dict[str, object]]:
    kinds = {
        State.MISSING: "Thiếu phiếu",
        State.DOUBLED: "Trùng",
        State.FOREIGN: "Không thuộc cụm",
        State.UNKNOWN: "Chưa nhận ra đơn vị",
        State.INCOMPLETE: "Chưa đủ điểm",
    }
    for cluster in data.clusters:
        for item in cluster.standings:
            if item.state in kinds:
                yield {
                    "kind": kinds[item.state],
                    "cluster": cluster.code,
                    "unit_code": item.unit_code,
                    "unit": item.unit_name,
                    "points": item.total,
                    "detail": item.state.value,
                    **source_columns(item.place, links),
                }
            for row in item.sheet.foreign_rows if item.sheet else ():
                yield {
                    "kind": "Dòng không tính",
                    "cluster": cluster.code,
                    "unit_code": item.unit_code,
                    "unit": f"{item.unit_name}: {row.text}",
                    "points": row.points.get("cluster_score"),
                    "detail": "Dòng không có trong danh mục tiêu chí",
                    **source_columns(row.place, links),
                }
    for kind, clusters in (("Trùng sổ cụm", data.doubled), ("Thiếu sổ cụm", data.missing)):
        for lacking in clusters:
            yield {
                "kind": kind,
                "cluster": lacking.code,
                "unit": lacking.name,
                "detail": f"{len(lacking.members)} đơn vị chưa có điểm",
            }


def _proposal_row(proposal: Proposal, links: SourceLinks) -> dict[str, object]:
    return {
        **proposal.row.values,
        "cluster": proposal.cluster_code,
        "unit_code": proposal.unit_code,
        "unit": proposal.unit_name,
        **source_columns(proposal.row.place("subject"), links),
        "source_columns": proposal.row.source_columns,
    }


def _source_rows(data: Consolidated) -> Iterable[dict[str, object]]:
    for number, file in enumerate(data.files, start=1):
        yield {
            "number": number,
            "path": file.name,
            "status": file.status,
            "cluster": file.cluster,
            "period": file.period,
            "sha256": file.sha256,
        }
