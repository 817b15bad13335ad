"""The workbooks offices receive: what may be typed where, how they print, which version they are."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.master import Master
from tdkt_xl.tables.layout import LAYOUT_IDS, Column, SheetLayout, load_layout
from tests.tools.runs import ROOT, District

FONT = "Times New Roman"
FORMS = ("danh-muc", "ho-so-khen-thuong", "phieu-cham-diem", "so-cum")
SHEETS = [(name, sheet) for name in LAYOUT_IDS for sheet in load_layout(name).sheets]
INPUT_SHEETS = [(name, sheet) for name, sheet in SHEETS if name in FORMS]
LIST_SHEETS = [(name, sheet) for name, sheet in INPUT_SHEETS if sheet.id != "scores"]
CATALOGUE = "XA-2023"


@cache
def book(name: str) -> Workbook:
    return openpyxl.load_workbook(ROOT / "workbooks" / load_layout(name).file_name)


def page(name: str, layout: SheetLayout) -> Worksheet:
    found = book(name)[layout.name]
    assert isinstance(found, Worksheet)
    return found


def heading_row(sheet: Worksheet, layout: SheetLayout) -> int:
    rows: list[int] = [
        row[0].row for row in sheet.iter_rows(max_row=20) if row[0].value == layout.columns[0].heading
    ]
    return rows[0]


def area(rule: DataValidation) -> CellRange:
    """The one range a validation covers."""
    (found,) = rule.sqref.ranges
    assert isinstance(found, CellRange)
    return found


def cells_below(sheet: Worksheet, layout: SheetLayout) -> Iterator[tuple[Column, Cell]]:
    """Bordered cells of the table: rows of data and rows to fill."""
    first = heading_row(sheet, layout) + 1
    for row in sheet.iter_rows(min_row=first, max_col=len(layout.columns)):
        if row[0].border.left.style:
            yield from zip(layout.columns, row, strict=True)


def of(pairs: list[tuple[str, SheetLayout]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("name", "layout"), pairs, ids=[f"{name}-{layout.id}" for name, layout in pairs]
    )


# Every sheet


@of(SHEETS)
def test_prints_on_a4_one_page_wide(name: str, layout: SheetLayout) -> None:
    sheet = page(name, layout)
    setup = sheet.page_setup
    assert (int(setup.paperSize), setup.fitToWidth or 1, setup.fitToHeight) == (9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert setup.orientation == ("landscape" if layout.landscape else "portrait")
    assert not sheet.sheet_view.showGridLines


@of(SHEETS)
def test_heading_row_is_repeated_on_every_page(name: str, layout: SheetLayout) -> None:
    sheet = page(name, layout)
    row = heading_row(sheet, layout)
    assert sheet.print_title_rows == f"${row}:${row}"


@of(SHEETS)
def test_pages_are_numbered_from_the_second(name: str, layout: SheetLayout) -> None:
    header = page(name, layout).HeaderFooter
    assert header.differentFirst
    assert header.oddHeader.center.text == "&P"
    assert header.firstHeader.center.text is None


@of(SHEETS)
def test_margins_are_those_of_the_decree(name: str, layout: SheetLayout) -> None:
    """Nghị định 30/2020, phụ lục I: top, bottom 20–25 mm, left 30–35 (wide pages turn), right 15–20."""
    margins = page(name, layout).page_margins
    inches = (margins.top, margins.bottom, margins.left, margins.right)
    low = (20, 20, 20 if layout.landscape else 29.9, 15)
    assert [side * 25.4 >= least for side, least in zip(inches, low, strict=True)] == [True] * 4


@of(SHEETS)
def test_all_text_is_times_new_roman(name: str, layout: SheetLayout) -> None:
    fonts = {cell.font.name for row in page(name, layout).iter_rows() for cell in row}
    assert fonts == {FONT}


@of([(name, sheet) for name, sheet in SHEETS if sheet.form])
def test_version_stamp_is_printed(name: str, layout: SheetLayout) -> None:
    shown = [cell.value for row in page(name, layout).iter_rows(max_row=4) for cell in row]
    assert f"Mẫu {layout.form} · phiên bản {layout.version}" in shown


@of(SHEETS)
def test_official_heading(name: str, layout: SheetLayout) -> None:
    shown = {cell.value for row in page(name, layout).iter_rows(max_row=4) for cell in row}
    assert {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        layout.title,
    } <= shown


@of(SHEETS)
def test_headings_are_those_of_the_layout(name: str, layout: SheetLayout) -> None:
    sheet = page(name, layout)
    row = next(sheet.iter_rows(min_row=heading_row(sheet, layout), max_col=len(layout.columns)))
    assert [cell.value for cell in row] == [column.heading for column in layout.columns]


# Forms: what is typed where


@of(INPUT_SHEETS)
def test_form_is_protected_without_a_password(name: str, layout: SheetLayout) -> None:
    lock = page(name, layout).protection
    assert lock.sheet
    assert lock.password is None
    assert lock.hashValue is None


COMMON_CHOICES = [item for item in LIST_SHEETS if item[1].id != "office_rules"]
"""Lists whose drop-downs belong to the column; those of "Quy định của tỉnh" belong to the line."""


@of(LIST_SHEETS)
def test_input_columns_of_a_list_are_open_and_the_others_locked(name: str, layout: SheetLayout) -> None:
    odd = [
        cell.coordinate
        for column, cell in cells_below(page(name, layout), layout)
        if cell.protection.locked == column.input and cell.fill.fgColor.rgb != "FFEEF3FA"
    ]
    assert odd == []


@of(COMMON_CHOICES)
def test_choices_are_drop_downs(name: str, layout: SheetLayout) -> None:
    sheet = page(name, layout)
    choices = load_layout(name).choices
    expected = {
        column.field: '"' + ",".join(choices[column.choices]) + '"'
        for column in layout.columns
        if column.choices
    }
    found = {
        layout.columns[area(rule).min_col - 1].field: rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert found == expected


@of(COMMON_CHOICES)
def test_drop_downs_reach_every_row(name: str, layout: SheetLayout) -> None:
    sheet = page(name, layout)
    rows = {cell.row for _, cell in cells_below(sheet, layout)}
    for rule in sheet.data_validations.dataValidation:
        assert set(range(area(rule).min_row, area(rule).max_row + 1)) == rows
        assert rule.error


SCORE_SHEETS = [(name, sheet) for name, sheet in INPUT_SHEETS if sheet.id == "scores"]


@of(SCORE_SHEETS)
def test_formulas_are_locked(name: str, layout: SheetLayout) -> None:
    formulas = [cell for _, cell in cells_below(page(name, layout), layout) if cell.data_type == "f"]
    assert formulas
    assert all(cell.protection.locked for cell in formulas)


@pytest.fixture
def catalogue(master: Master) -> Catalogue:
    return master.catalogues[CATALOGUE]


@of(SCORE_SHEETS)
def test_only_scored_rows_can_be_filled(name: str, layout: SheetLayout, catalogue: Catalogue) -> None:
    sheet = page(name, layout)
    first = heading_row(sheet, layout) + 1
    leaves = {first + at for at, row in enumerate(catalogue.rows) if not row.kind.is_group}
    columns = {at for at, column in enumerate(layout.columns, start=1) if column.input}
    table = cells_below(sheet, layout)
    opened = {(cell.row, cell.column) for _, cell in table if not cell.protection.locked}
    assert opened == {(row, column) for row in leaves for column in columns}


@of(SCORE_SHEETS)
def test_identity_can_be_filled(name: str, layout: SheetLayout) -> None:
    sheet = page(name, layout)
    labels = {f"{item.label}:": item for item in layout.identity}
    rows = [row for row in sheet.iter_rows(max_row=heading_row(sheet, layout)) if row[0].value in labels]
    assert len(rows) == len(labels)
    assert all(not row[2].protection.locked for row in rows)


@of(SCORE_SHEETS)
def test_scores_are_held_within_their_bounds(name: str, layout: SheetLayout, catalogue: Catalogue) -> None:
    sheet = page(name, layout)
    first = heading_row(sheet, layout) + 1
    found = {
        (area(rule).min_row, area(rule).min_col): (
            float(rule.formula1),
            float(rule.formula2),
        )
        for rule in sheet.data_validations.dataValidation
        if (rule.type, rule.operator) == ("decimal", None)  # None: between
    }
    columns = [
        at for at, column in enumerate(layout.columns, start=1) if column.type == "score" and column.input
    ]
    assert found == {
        (first + at, column): (float(row.lower), float(row.upper))
        for at, row in enumerate(catalogue.rows)
        if not row.kind.is_group
        for column in columns
    }


@of(SCORE_SHEETS)
def test_table_has_a_defined_name(name: str, layout: SheetLayout, catalogue: Catalogue) -> None:
    sheet = page(name, layout)
    head = heading_row(sheet, layout)
    last = head + len(catalogue.rows) + 1
    letters = openpyxl.utils.get_column_letter(len(layout.columns))
    assert sheet.defined_names["TD_Bang"].value == f"'{sheet.title}'!$A${head}:${letters}${last}"


# Results


RESULTS = ("tong-hop-huyen.xlsx", "ket-qua-kiem-tra.xlsx", "danh-sach-de-nghi.xlsx")


@pytest.fixture(scope="module")
def results(district: District) -> dict[str, Workbook]:
    return {name: openpyxl.load_workbook(district.out / name) for name in RESULTS}


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_times_new_roman(name: str, results: dict[str, Workbook]) -> None:
    fonts = {cell.font.name for sheet in results[name] for row in sheet.iter_rows() for cell in row}
    assert fonts == {FONT}


@pytest.mark.parametrize("name", RESULTS)
def test_results_hold_no_formula_but_live_totals(name: str, results: dict[str, Workbook]) -> None:
    formulas = [
        (sheet.title, cell.column, str(cell.value).partition("(")[0])
        for sheet in results[name]
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    total = load_layout("tong-hop-huyen").sheet("ranking").position("total")
    live = {("Xếp hạng", total, "=SUMIFS")} if name == "tong-hop-huyen.xlsx" else set()
    assert set(formulas) == live


@pytest.mark.parametrize("name", RESULTS)
def test_results_print_as_the_forms_do(name: str, results: dict[str, Workbook]) -> None:
    for layout in load_layout(Path(name).stem).sheets:
        if layout.id == "changes":  # there is no round before
            continue
        sheet = results[name][layout.name]
        row = heading_row(sheet, layout)
        assert (int(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth or 1) == (9, 1)
        assert sheet.print_title_rows == f"${row}:${row}"
        assert sheet.HeaderFooter.differentFirst


def ranked_rows(sheet: Worksheet) -> dict[str, list[int]]:
    """Rows of the ranked units of each cluster."""
    layout = load_layout("tong-hop-huyen").sheet("ranking")
    rank, code = layout.position("rank") - 1, layout.position("cluster") - 1
    found: dict[str, list[int]] = {}
    for row in sheet.iter_rows(min_row=heading_row(sheet, layout) + 1):
        if isinstance(row[rank].value, int):
            found.setdefault(str(row[code].value), []).append(row[0].row)
    return found


def ranking_charts(book: Workbook) -> list[Any]:
    """The charts of the rankings, page after page."""
    return [chart for sheet in book if sheet.title.startswith("Biểu đồ") for chart in sheet._charts]


def test_one_chart_per_cluster_over_its_ranked_units(consolidated_book: Workbook) -> None:
    layout = load_layout("tong-hop-huyen").sheet("ranking")
    unit, total, percent = (
        openpyxl.utils.get_column_letter(layout.position(name)) for name in ("unit", "total", "percent")
    )
    charts = ranking_charts(consolidated_book)
    found = [(chart.series[0].cat.strRef.f, chart.series[0].val.numRef.f) for chart in charts]
    assert found == [
        (
            f"'Xếp hạng'!${unit}${rows[0]}:${unit}${rows[-1]}",
            f"'Xếp hạng'!${column}${rows[0]}:${column}${rows[-1]}",
        )
        for cluster, rows in ranked_rows(consolidated_book["Xếp hạng"]).items()
        for column in (percent if cluster == "C01" else total,)  # a criterion does not apply to one of C01
    ]
    assert len(found) == 10


def test_each_chart_is_titled_with_its_cluster(consolidated_book: Workbook) -> None:
    titles = [
        "".join(run.t for part in chart.title.tx.rich.p for run in part.r or ())
        for chart in ranking_charts(consolidated_book)
    ]
    assert titles[0] == "Cụm thi đua số 1 · kỳ 2023 (% thang điểm áp dụng)"
    assert titles[7] == "Cụm thi đua số 8 · kỳ 2022-2023"


def test_overview_has_a_chart_of_all_clusters(consolidated_book: Workbook) -> None:
    sheet = consolidated_book["Tổng quan"]
    (chart,) = sheet._charts
    layout = load_layout("tong-hop-huyen").sheet("overview")
    first = heading_row(sheet, layout) + 1
    letters = [
        openpyxl.utils.get_column_letter(layout.position(name)) for name in ("highest_share", "mean_share")
    ]
    assert [series.val.numRef.f for series in chart.series] == [
        f"'Tổng quan'!${letter}${first}:${letter}${first + 9}" for letter in letters
    ]
