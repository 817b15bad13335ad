"""Native Excel charts of the consolidated workbook."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.writers.book import FONT, PAGE_NUMBER, Book, merge

_ACROSS, _DOWN = 2, 3
_WIDTH, _HEIGHT, _GAP = 560, 480, 20
_ROW_PIXELS = 20
_ROWS_EACH = (_HEIGHT + _GAP) // _ROW_PIXELS
_SMALL = {"name": FONT, "size": 9}
_TITLE = "ĐIỂM CỦA CÁC ĐƠN VỊ TRONG TỪNG CỤM"
_TITLE_ROWS = 2


def write_ranking_charts(
    book: Book, layout: SheetLayout, clusters: Sequence[ClusterStandings], first_row: int
) -> None:
    """One bar chart per cluster over the ranking sheet's rows, best unit on top; six to a printed page.

    ``first_row`` is the 0-based row of the first standing on the ranking sheet. Each page is a sheet of
    its own, fitted to A4: page breaks inside a fitted sheet would cut charts in two.
    """
    row, charts = first_row, []
    for cluster in clusters:
        if cluster.ranked:
            charts.append(_ranking_chart(book, layout, cluster, row))
        row += len(cluster.standings)
    for page in range(0, len(charts), _ACROSS * _DOWN):
        _write_page(book, charts[page : page + _ACROSS * _DOWN])


def _write_page(book: Book, charts: Sequence[Any]) -> None:
    sheet = book.add_sheet("Biểu đồ")
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(left=0.79, right=0.6, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_header(PAGE_NUMBER, {}, 0.4)
    # Columns and rows of a known size, so that the charts lie on the grid whatever the default font.
    sheet.set_column_pixels(0, _ACROSS - 1, _WIDTH + _GAP)
    rows = _TITLE_ROWS - (-len(charts) // _ACROSS) * _ROWS_EACH
    merge(sheet, 0, 0, _ACROSS - 1, _TITLE, book.style("title"))
    for row in range(rows):
        sheet.set_row_pixels(row, _ROW_PIXELS)
    for index, chart in enumerate(charts):
        sheet.insert_chart(_TITLE_ROWS + index // _ACROSS * _ROWS_EACH, index % _ACROSS, chart)
    sheet.print_area(0, 0, rows - 1, _ACROSS - 1)


def _ranking_chart(book: Book, layout: SheetLayout, cluster: ClusterStandings, top: int) -> Any:
    last = top + len(cluster.ranked) - 1
    field = "total" if cluster.same_base else "percent"
    names, totals = layout.position("unit") - 1, layout.position(field) - 1
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Tổng điểm" if cluster.same_base else "Tỷ lệ (%)",
            "categories": [layout.name, top, names, last, names],
            "values": [layout.name, top, totals, last, totals],
            "fill": {"color": "#4F81BD"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.00", "font": _SMALL},
        }
    )
    title = f"{cluster.name} · kỳ {cluster.period}" if cluster.period else cluster.name
    _style(chart, title if cluster.same_base else f"{title} (% thang điểm áp dụng)")
    # A horizontal bar chart puts the first category at the bottom unless reversed.
    chart.set_y_axis({"reverse": True, "num_font": _SMALL})
    # Bars are read by their length: an axis cut short would make a few points look like half the score.
    start = {} if any(value < 0 for value in _shown(cluster)) else {"min": 0}
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **start})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    return chart


def _shown(cluster: ClusterStandings) -> list[Decimal]:
    values = [item.total if cluster.same_base else item.percent for item in cluster.ranked]
    return [value for value in values if value is not None]


def _style(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}})
    chart.set_legend({"none": True})


def add_overview_chart(book: Book, sheet: Any, layout: SheetLayout, top: int, count: int, rows: int) -> None:
    """Columns of the highest and the mean share of the scale in each cluster, below the overview's table.

    Shares, because scales differ between catalogues and between units.

    ``top`` is the 0-based row of the first cluster, ``count`` how many were received, ``rows`` how many
    the table lists.
    """
    if not count:
        return
    chart = book.workbook.add_chart({"type": "column"})
    for field, name, colour in (
        ("highest_share", "Tỷ lệ cao nhất (%)", "#4F81BD"),
        ("mean_share", "Tỷ lệ bình quân (%)", "#F4B183"),
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
    _style(chart, "Mức đạt cao nhất và bình quân các cụm (% thang điểm áp dụng)")
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 10}})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_size({"width": 1080, "height": 320})
    sheet.insert_chart(top + rows + 1, 0, chart)
    sheet.print_area(0, 0, top + rows + 18, len(layout.columns) - 1)
