"""The heat map of the consolidated workbook: per cluster, units against the top groups of the criteria."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tdkt_xl.domain.criteria import Criterion, RowKind
from tdkt_xl.domain.standings import ClusterStandings, Standing
from tdkt_xl.domain.statistics import group_scores
from tdkt_xl.findings.render import say
from tdkt_xl.tables.layout import Column, SheetLayout
from tdkt_xl.writers.book import Book, cell_text, lines_needed, set_up_page, write_heading_block

_FIXED = ("Hạng", "Đơn vị", "Tổng điểm", "So với thang áp dụng (%)")
_FIXED_WIDTHS = (7.0, 40.0, 10.0, 12.0)
_NOT_APPLICABLE = "–"
_GROUP_WIDTH = 17.0
_TITLE_ROW = 3
_ROOM_ACROSS, _ROOM_DOWN = 989, 475
"""Pixels and points between the margins of A4 across."""
_USUAL_ROW = 16.5
_COLOURS = {
    "type": "3_color_scale",
    "mid_type": "percentile",
    "mid_value": 50,
    "min_color": "#F8B4AB",
    "mid_color": "#FFF2CC",
    "max_color": "#B7D7A8",
}


def write_heat_map(book: Book, clusters: Sequence[ClusterStandings]) -> None:
    """Write the sheet "Bản đồ điểm"; nothing when no ranked unit has a scoring sheet.

    A cell is the share of what the unit could reach in the group, in percent, coloured within its own
    column of its own cluster; the numbers stand in every cell, so that colour alone says nothing.
    """
    shown = [(cluster, units) for cluster in clusters if (units := _units(cluster))]
    if not shown:
        return
    groups = max(len(_groups(cluster)) for cluster, _ in shown)
    layout = _layout(groups)
    sheet = book.add_sheet(layout.name)
    for index, column in enumerate(layout.columns):
        sheet.set_column(index, index, column.width)
    row = write_heading_block(book, sheet, layout)
    starts, begin = [], row
    for cluster, units in shown:
        starts.append(row + 1)
        row = _write_cluster(book, sheet, cluster, units, row + 1)
    set_up_page(sheet, layout, _TITLE_ROW, row)
    # A sheet fitted to the page's width ignores page breaks, so the scale is set that makes it fit.
    scale = _scale(layout)
    sheet.set_print_scale(scale)
    sheet.set_h_pagebreaks(_page_breaks(sheet, begin, [*starts, row], scale))


def _scale(layout: SheetLayout) -> int:
    """Percent at which the columns fit the width of A4 across; digits of the default font are 8 pixels."""
    pixels = sum((column.width + 5 / 7) * 8 for column in layout.columns)
    return min(100, int(97 * _ROOM_ACROSS / pixels))


def _page_breaks(sheet: Any, begin: int, starts: Sequence[int], scale: int) -> list[int]:
    """First rows (0-based) of the clusters that begin a page, so that none is cut in two where one fits."""
    room = _ROOM_DOWN * 100 / scale
    title = _height(sheet, _TITLE_ROW)
    used = sum(_height(sheet, row) for row in range(begin))
    breaks = []
    for start, end in pairwise(starts):
        tall = sum(_height(sheet, row) for row in range(start, end)) + _USUAL_ROW
        if used + tall > room and used > title:
            breaks.append(start)
            used = title
        used += tall
    return breaks


def _height(sheet: Any, row: int) -> float:
    """Height of a row in points, as set or the usual one; XlsxWriter keeps it in pixels."""
    info = sheet.row_info.get(row)
    return info.height * 0.75 if info else _USUAL_ROW


def _layout(groups: int) -> SheetLayout:
    columns = [
        Column(f"c{index}", name, width=width)
        for index, (name, width) in enumerate(zip(_FIXED, _FIXED_WIDTHS, strict=True))
    ]
    columns += [Column(f"g{index}", "", width=_GROUP_WIDTH) for index in range(groups)]
    return SheetLayout(
        "heat_map",
        "Bản đồ điểm",
        "MỨC ĐẠT THEO NHÓM TIÊU CHÍ CỦA CÁC ĐƠN VỊ",
        tuple(columns),
        subtitle="Điểm của nhóm so với điểm tối đa áp dụng cho đơn vị (%); xanh là cao, đỏ là thấp "
        "trong cùng cụm, cùng nhóm; “–” là cả nhóm không áp dụng.",
    )


def _units(cluster: ClusterStandings) -> list[Standing]:
    return [item for item in cluster.ranked if item.sheet and cluster.catalogue]


def _groups(cluster: ClusterStandings) -> list[Criterion]:
    """Top rows that make up the scale; bonus and penalty have no maximum to compare with."""
    tops = cluster.catalogue.children("") if cluster.catalogue else ()
    return [top for top in tops if top.maximum > 0 and top.kind in {RowKind.GROUP, RowKind.CRITERION}]


def _write_cluster(
    book: Book, sheet: Any, cluster: ClusterStandings, units: Sequence[Standing], row: int
) -> int:
    """Write one block; returns the first free row below it."""
    groups = _groups(cluster)
    head = f"{cluster.name} · kỳ {cluster.period}" if cluster.period else cluster.name
    sheet.write_string(row, 0, cell_text(sheet, row, 0, head), book.style("plain", "strong"))
    titles = [*_FIXED, *map(_group_title, groups)]
    for index, title in enumerate(titles):
        sheet.write_string(row + 1, index, cell_text(sheet, row + 1, index, title), book.style("heading"))
    sheet.set_row(
        row + 1, 15 * max(lines_needed(title, _GROUP_WIDTH) for title in titles[len(_FIXED) - 1 :]) + 3
    )
    first = row + 2
    for offset, item in enumerate(units):
        _write_unit(book, sheet, cluster, item, first + offset)
    last = first + len(units) - 1
    for index in range(len(groups)):
        column = len(_FIXED) + index
        sheet.conditional_format(first, column, last, column, _COLOURS)
    return last + 1


def _group_title(group: Criterion) -> str:
    number = f"{group.number}. " if group.number else ""
    return f"{number}{group.text} (tối đa {say(group.maximum)})"


def _write_unit(book: Book, sheet: Any, cluster: ClusterStandings, item: Standing, row: int) -> None:
    assert item.sheet is not None  # chosen by _units
    assert cluster.catalogue is not None
    wanted = {group.path for group in _groups(cluster)}
    sheet.set_row(row, 15 * lines_needed(item.unit_name, _FIXED_WIDTHS[1]) + 3)
    for index, (value, style) in enumerate(
        [
            (item.rank, "whole"),
            (item.unit_name, "text"),
            (item.total, "score"),
            (item.percent, "score"),
        ]
    ):
        book.put(sheet, row, index, value, book.style(style))
    scores = [score for score in group_scores(item.sheet, cluster.catalogue) if score.group.path in wanted]
    for index, score in enumerate(scores, start=len(_FIXED)):
        share = score.share if score.maximum else _NOT_APPLICABLE
        book.put(sheet, row, index, share, book.style("share"))
