"""Write tong-hop-huyen.xlsx: overview, rankings, charts, every score with its source cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tdkt_xl.domain.scores import ScoreCell, ScoreLine
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Place, Severity, column_letters
from tdkt_xl.tables.layout import SheetLayout, WorkbookLayout, load_layout
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.writers.book import FONT, Book, Organisation, header_row
from tdkt_xl.writers.findings_book import write_findings_sheet
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.list_sheet import ListContent, write_list

_CHART_ROWS = 20
_CHARTS_ACROSS = 2
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


def build_consolidated_book(
    data: Consolidated, findings: Sequence[Finding], links: SourceLinks, organisation: Organisation
) -> bytes:
    """Build the workbook; every row of units, scores and proposals carries cluster, file, sheet, row."""
    layout = load_layout("tong-hop-huyen")
    with Book(layout.title, organisation) as book:
        overview = _write_overview(book, layout, data, findings)
        ranking = [
            _ranking_row(cluster, item, links) for cluster in data.clusters for item in cluster.standings
        ]
        _write_ranking(book, layout, data, ranking)
        _write_charts(book, layout.sheet("ranking"), data)
        _add_overview_chart(book, overview, layout.sheet("overview"), data)
        scores = list(_score_rows(data, links))
        write_list(
            book, layout, layout.sheet("scores"), ListContent(scores, subtitle=f"{len(scores)} dòng điểm")
        )
        write_list(book, layout, layout.sheet("gaps"), ListContent(list(_gap_rows(data, links))))
        for sheet_id in ("collectives", "individuals"):
            rows = [
                _proposal_row(item, links) for item in data.proposals if item.row.table.layout.id == sheet_id
            ]
            write_list(book, layout, layout.sheet(sheet_id), ListContent(rows))
        write_findings_sheet(book, layout, findings, links)
        write_list(book, layout, layout.sheet("sources"), ListContent(list(_source_rows(data))))
        return book.content()


def _source(place: Place, links: SourceLinks) -> dict[str, object]:
    return {
        "file": place.file,
        "sheet": place.sheet,
        "row": links.to(place, str(place.row)) if place.row else "",
    }


def _number(cell: ScoreCell | None) -> Decimal | None:
    return cell.value if cell else None


def _overview_row(cluster: ClusterStandings, findings: Sequence[Finding]) -> dict[str, object]:
    ranked = cluster.ranked
    totals = [item.total for item in ranked if item.total is not None]
    own = [finding.severity for finding in findings if finding.place.file == cluster.file]
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
        "errors": own.count(Severity.ERROR),
        "warnings": own.count(Severity.WARNING),
        "state": "; ".join(state).capitalize() or "Đủ",
    }


def _missing_row(cluster: Cluster) -> dict[str, object]:
    return {
        "cluster": cluster.code,
        "name": cluster.name,
        "period": cluster.period.key,
        "members": len(cluster.members),
        "received": 0,
        "ranked": 0,
        "state": "Chưa nhận được sổ",
    }


def _write_overview(
    book: Book, layout: WorkbookLayout, data: Consolidated, findings: Sequence[Finding]
) -> Any:
    rows = [_overview_row(cluster, findings) for cluster in data.clusters]
    rows += [_missing_row(cluster) for cluster in data.missing]
    tones = ["error" if row["ranked"] == 0 else "" if row["state"] == "Đủ" else "warning" for row in rows]
    units = sum(int(str(row["members"])) for row in rows)
    ranked = sum(int(str(row["ranked"])) for row in rows)
    subtitle = f"{len(rows)} cụm · {units} đơn vị · {ranked} đơn vị đã xếp hạng"
    return write_list(
        book, layout, layout.sheet("overview"), ListContent(rows, subtitle=subtitle, tones=tones)
    )


def _ranking_row(cluster: ClusterStandings, item: Standing, links: SourceLinks) -> dict[str, object]:
    return {
        "cluster": cluster.code,
        "cluster_name": cluster.name,
        "period": cluster.period.key if cluster.period else "",
        "rank": item.rank,
        "tied": "đồng hạng" if item.tied else "",
        "unit_code": item.unit_code,
        "unit": item.unit_name,
        "total": item.total,
        "self_total": item.self_total,
        "typed_total": _number(item.typed_total),
        "typed_rank": _number(item.typed_rank),
        "band": item.band,
        "state": item.state.value,
        **_source(item.place, links),
    }


def _tone(row: Mapping[str, object]) -> str:
    if row["state"] != State.RANKED.value:
        return "error"
    if row["tied"]:
        return "warning"
    return "good" if row["rank"] == 1 else ""


def _write_ranking(
    book: Book, layout: WorkbookLayout, data: Consolidated, rows: Sequence[Mapping[str, object]]
) -> None:
    content = ListContent(rows, subtitle=_RANKING_SUBTITLE, tones=[_tone(row) for row in rows])
    write_list(book, layout, layout.sheet("ranking"), content)


def _write_charts(book: Book, layout: SheetLayout, data: Consolidated) -> None:
    """One bar chart per cluster over the ranking sheet's rows, best unit on top."""
    sheet = book.add_sheet("Biểu đồ")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    # Fixed scale and breaks instead of fitting: two charts across, two down, on each page.
    sheet.set_print_scale(70)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.5)
    sheet.set_h_pagebreaks(
        range(2 * _CHART_ROWS, 2 * _CHART_ROWS * (1 + len(data.clusters) // 4), 2 * _CHART_ROWS)
    )
    row, drawn = header_row(layout, _RANKING_SUBTITLE) + 1, 0
    for cluster in data.clusters:
        count, top = len(cluster.ranked), row
        row += len(cluster.standings)
        if not count:
            continue
        chart = book.workbook.add_chart({"type": "bar"})
        names = [layout.name, top, layout.position("unit") - 1, top + count - 1, layout.position("unit") - 1]
        values = [
            layout.name,
            top,
            layout.position("total") - 1,
            top + count - 1,
            layout.position("total") - 1,
        ]
        chart.add_series(
            {
                "name": "Tổng điểm",
                "categories": names,
                "values": values,
                "fill": {"color": "#4F81BD"},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0.00", "font": {"name": FONT, "size": 9}},
            }
        )
        _style_chart(chart, f"{cluster.name} · kỳ {cluster.period}" if cluster.period else cluster.name)
        # A horizontal bar chart puts the first category at the bottom unless reversed.
        chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 9}})
        chart.set_x_axis(
            {"visible": False, "major_gridlines": {"visible": False}, "min": _axis_start(cluster)}
        )
        chart.set_size({"width": 640, "height": 390})
        sheet.insert_chart(drawn // _CHARTS_ACROSS * _CHART_ROWS, drawn % _CHARTS_ACROSS * 10, chart)
        drawn += 1


def _axis_start(cluster: ClusterStandings) -> float:
    """Start the axis at zero, except where scores are so close that bars would look equal."""
    totals = [item.total for item in cluster.ranked if item.total is not None]
    low, high = min(totals), max(totals)
    return 0.0 if high <= 0 or (high - low) / high > Decimal("0.3") else float(low * Decimal("0.8"))


def _style_chart(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}})
    chart.set_legend({"none": True})


def _add_overview_chart(book: Book, sheet: Any, layout: SheetLayout, data: Consolidated) -> None:
    count = len(data.clusters)
    if not count:
        return
    top = header_row(layout, "có") + 1  # the overview always has a subtitle
    chart = book.workbook.add_chart({"type": "column"})
    for field, name, colour in (
        ("highest", "Điểm cao nhất", "#4F81BD"),
        ("mean", "Điểm bình quân", "#F4B183"),
    ):
        column = layout.position(field) - 1
        chart.add_series(
            {
                "name": name,
                "categories": [layout.name, top, 0, top + count - 1, 0],
                "values": [layout.name, top, column, top + count - 1, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0.0", "font": {"name": FONT, "size": 8}},
            }
        )
    _style_chart(chart, "Điểm cao nhất và điểm bình quân các cụm")
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 10}})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_size({"width": 1080, "height": 320})
    rows = count + len(data.missing)
    sheet.insert_chart(top + rows + 1, 0, chart)
    sheet.print_area(0, 0, top + rows + 18, len(layout.columns) - 1)


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
        **_source(line.final.place, links),
    }


def _score_rows(data: Consolidated, links: SourceLinks) -> Iterable[dict[str, object]]:
    for cluster in data.clusters:
        for item in cluster.standings:
            if item.sheet:
                for line in item.sheet.lines:
                    yield _line_row(cluster, item, line, links)
            if item.wide:
                for path, cell in item.wide.cells:
                    yield {
                        "cluster": cluster.code,
                        "unit_code": item.unit_code,
                        "unit": item.unit_name,
                        "path": path,
                        "cluster_score": cell.value,
                        "final": cell.value,
                        **_source(cell.place, links),
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
                    **_source(item.place, links),
                }
            for row in item.sheet.foreign_rows if item.sheet else ():
                yield {
                    "kind": "Dòng không tính",
                    "cluster": cluster.code,
                    "unit_code": item.unit_code,
                    "unit": f"{item.unit_name}: {row.text}",
                    "points": row.points.get("cluster_score"),
                    "detail": "Dòng không có trong danh mục tiêu chí",
                    **_source(row.place, links),
                }
    for missing in data.missing:
        yield {
            "kind": "Thiếu sổ cụm",
            "cluster": missing.code,
            "unit": missing.name,
            "detail": f"{len(missing.members)} đơn vị chưa có điểm",
        }


def _proposal_row(proposal: Proposal, links: SourceLinks) -> dict[str, object]:
    return {
        **proposal.row.values,
        "cluster": proposal.cluster_code,
        "unit_code": proposal.unit_code,
        "unit": proposal.unit_name,
        **_source(proposal.row.place("subject"), links),
        "source_columns": " ".join(
            f"{field}={column_letters(column)}" for field, column in proposal.row.table.columns.items()
        ),
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
