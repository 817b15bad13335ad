"""The sheets of the consolidated workbook that say where to look: per criterion, outliers, last round."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tdkt_xl.domain.scores import ScoreLine
from tdkt_xl.domain.standings import ClusterStandings, Standing
from tdkt_xl.domain.statistics import far_from_others, median, spread
from tdkt_xl.tables.layout import WorkbookLayout
from tdkt_xl.writers.book import Book
from tdkt_xl.writers.links import SourceLinks, source_columns
from tdkt_xl.writers.list_sheet import ListContent, write_list

Scored = tuple[Standing, ScoreLine, Decimal]


@dataclass(frozen=True, slots=True)
class LastResult:
    """What a unit reached in the round before, as its consolidated workbook says."""

    period: str
    total: Decimal | None
    rank: int | None


def write_statistics(book: Book, layout: WorkbookLayout, clusters: Sequence[ClusterStandings]) -> None:
    """Write "Thống kê tiêu chí": how the final scores of each criterion lie over all ranked units."""
    by_criterion: dict[tuple[str, str], list[Scored]] = {}
    for cluster in clusters:
        if cluster.catalogue:
            for path, scored in _by_path(cluster).items():
                by_criterion.setdefault((cluster.catalogue.code, path), []).extend(scored)
    rows = [_statistics_row(code, scored) for (code, _), scored in by_criterion.items()]
    write_list(book, layout, layout.sheet("statistics"), ListContent(rows))


def _by_path(cluster: ClusterStandings) -> dict[str, list[Scored]]:
    """Final scores of the ranked units with a scoring sheet, by criterion, in printed order."""
    found: dict[str, list[Scored]] = {}
    for item in cluster.ranked:
        for line in item.sheet.lines if item.sheet else ():
            if line.final.value is not None:
                found.setdefault(line.criterion.path, []).append((item, line, line.final.value))
    return found


def _statistics_row(catalogue: str, scored: Sequence[Scored]) -> dict[str, object]:
    criterion = scored[0][1].criterion
    values = [value for _, _, value in scored]
    found = spread(values)
    scale = criterion.maximum > 0
    return {
        "catalogue": catalogue,
        "path": criterion.path,
        "text": criterion.text,
        "maximum": criterion.maximum,
        "count": found.count,
        "mean": found.mean,
        "share": found.mean * 100 / criterion.maximum if scale else None,
        "median": found.median,
        "lowest": found.lowest,
        "highest": found.highest,
        "at_maximum": values.count(criterion.maximum) if scale else None,
        "at_zero": values.count(Decimal(0)),
    }


def write_outliers(
    book: Book, layout: WorkbookLayout, clusters: Sequence[ClusterStandings], links: SourceLinks
) -> None:
    """Write "Điểm lệch nhiều": scores far from those of the other units of the cluster."""
    rows = list(_outlier_rows(clusters, links))
    write_list(book, layout, layout.sheet("outliers"), ListContent(rows, subtitle=_said(rows)))


def _said(rows: Sequence[object]) -> str:
    return f"{len(rows)} điểm lệch nhiều." if rows else "Không có điểm nào lệch nhiều."


def _outlier_rows(clusters: Iterable[ClusterStandings], links: SourceLinks) -> Iterable[dict[str, object]]:
    for cluster in clusters:
        for scored in _by_path(cluster).values():
            criterion = scored[0][1].criterion
            kept = [one for one in scored if criterion.lower <= one[2] <= criterion.upper]
            values = [value for _, _, value in kept]
            for index in far_from_others(criterion, values):
                item, line, value = kept[index]
                centre = median(values)
                yield {
                    "cluster": cluster.code,
                    "unit_code": item.unit_code,
                    "unit": item.unit_name,
                    "path": line.criterion.path,
                    "text": line.criterion.text,
                    "maximum": line.criterion.maximum,
                    "final": value,
                    "median": centre,
                    "gap": value - centre,
                    **source_columns(line.final.place, links),
                }


def write_changes(
    book: Book,
    layout: WorkbookLayout,
    clusters: Sequence[ClusterStandings],
    last: Mapping[str, LastResult],
) -> None:
    """Write "So với kỳ trước": one row per ranked unit, with what it had in the round before."""
    write_list(book, layout, layout.sheet("changes"), ListContent(list(change_rows(clusters, last))))


def change_rows(
    clusters: Iterable[ClusterStandings], last: Mapping[str, LastResult]
) -> Iterator[dict[str, object]]:
    """Every ranked unit with what it had in the round before."""
    for cluster in clusters:
        for item in cluster.ranked:
            yield _change_row(cluster.code, item, last)


def _change_row(cluster: str, item: Standing, last: Mapping[str, LastResult]) -> dict[str, object]:
    before = last.get(item.unit_code)
    row: dict[str, object] = {
        "cluster": cluster,
        "unit_code": item.unit_code,
        "unit": item.unit_name,
        "total": item.total,
        "rank": item.rank,
    }
    if before is None:
        return {**row, "note": "Kỳ trước chưa có kết quả"}
    change = None if item.total is None or before.total is None else item.total - before.total
    return {
        **row,
        "last_period": before.period,
        "last_total": before.total,
        "last_rank": before.rank,
        "change": change,
        "note": _moved(before.rank, item.rank),
    }


def _moved(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return "Kỳ trước chưa xếp hạng"
    if before == now:
        return "Giữ hạng"
    return f"{'Tăng' if now < before else 'Giảm'} {abs(now - before)} bậc"
