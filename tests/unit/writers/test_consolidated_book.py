"""What the consolidated workbook shows beside the rankings: live sums, heat map, charts, statistics."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.resources import default_master
from tests.tools.forms import cluster_book, tiny_master
from tests.tools.office import recalculate
from tests.tools.runs import SAMPLES

LAYOUT = load_layout("tong-hop-huyen")


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The consolidated sample district, compared with itself as the round before."""
    folder, master = tmp_path_factory.mktemp("huyen"), load_master(default_master())
    first = consolidate(SAMPLES, master, folder / "truoc").outputs[0]
    return consolidate(SAMPLES, master, folder / "nay", last_round=first).outputs[0]


@pytest.fixture(scope="module")
def book(district: Path) -> Workbook:
    return openpyxl.load_workbook(district)


def rows_of(book: Workbook, sheet_id: str) -> list[dict[str, object]]:
    """Rows of a sheet by field."""
    layout = LAYOUT.sheet(sheet_id)
    sheet = book[layout.name]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(index for index, row in enumerate(rows) if row[0] == layout.columns[0].heading)
    fields = [column.field for column in layout.columns]
    return [dict(zip(fields, row, strict=False)) for row in rows[head + 1 :] if row[0]]


def cell(sheet: Worksheet, row: int, column: int) -> object:
    value: object = sheet.cell(row, column).value
    return value


def test_ranked_totals_are_live_sums(book: Workbook) -> None:
    rows = rows_of(book, "ranking")
    live = {row["state"] for row in rows if str(row["total"]).startswith("=SUMIFS(")}
    assert live == {"Đã xếp hạng"}
    assert all(str(row["total"]).startswith("=") for row in rows if row["state"] == "Đã xếp hạng")


@pytest.mark.libreoffice
def test_totals_recalculated_are_those_we_ranked_by(district: Path, tmp_path: Path) -> None:
    again = recalculate([district], tmp_path) / district.name
    column = LAYOUT.sheet("ranking").position("total") - 1

    def totals(path: Path) -> list[Decimal]:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Xếp hạng").to_python()
        numbers = [row[column] for row in sheet if len(row) > column and isinstance(row[column], float)]
        return [round(Decimal(str(number)), 9) for number in numbers]

    assert len(totals(district)) > 90
    assert totals(again) == totals(district)


def test_heat_map_shows_shares_of_the_maximum(book: Workbook) -> None:
    sheet = book["Bản đồ điểm"]
    heads = [row for row in range(1, sheet.max_row + 1) if cell(sheet, row, 1) == "Hạng"]
    assert len(heads) == 10
    first = heads[0] + 1
    assert cell(sheet, first - 1, 4) == (
        "I. Phát triển kinh tế, ngân sách, đất đai, xây dựng nông thôn mới (tối đa 30)"
    )
    unit, share = cell(sheet, first, 2), cell(sheet, first, 4)
    finals = [
        float(str(row["final"]))
        for row in rows_of(book, "scores")
        if row["unit"] == unit and str(row["path"]).split(".")[0] == "I"
    ]
    assert share == pytest.approx(sum(finals) * 100 / 30)


def test_heat_map_colours_each_group_within_its_cluster(book: Workbook) -> None:
    sheet = book["Bản đồ điểm"]
    areas = [str(area.sqref) for area in sheet.conditional_formatting]
    assert "D9:D14" in areas
    assert len(areas) == len(set(areas)) > 40


def test_every_ranked_cluster_has_a_chart_and_six_fill_a_page(book: Workbook) -> None:
    pages = [sheet for sheet in book if sheet.title.startswith("Biểu đồ")]
    assert [len(page._charts) for page in pages] == [6, 4]
    assert all(
        (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1) for page in pages
    )


def test_statistics_follow_from_the_detail_sheet(book: Workbook) -> None:
    scores = [
        row for row in rows_of(book, "scores") if row["path"] == "I.2" and row["cluster"] in {"C01", "C02"}
    ]
    ranked = {row["unit_code"] for row in rows_of(book, "ranking") if row["state"] == "Đã xếp hạng"}
    finals = [float(str(row["final"])) for row in scores if row["unit_code"] in ranked]
    (row,) = [
        row for row in rows_of(book, "statistics") if (row["catalogue"], row["path"]) == ("XA-2023", "I.2")
    ]
    assert (row["count"], row["lowest"], row["highest"]) == (len(finals), min(finals), max(finals))
    assert row["mean"] == pytest.approx(sum(finals) / len(finals))


def test_outliers_lead_to_their_source(book: Workbook) -> None:
    rows = rows_of(book, "outliers")
    finals = {(row["unit"], row["path"]): row["final"] for row in rows_of(book, "scores")}
    assert rows
    assert all(finals[row["unit"], row["path"]] == row["final"] for row in rows)
    assert all(row["file"] and row["row"] for row in rows)


def test_changes_compare_with_the_round_before(book: Workbook) -> None:
    rows = rows_of(book, "changes")
    assert len(rows) > 90
    assert {(row["change"], row["note"]) for row in rows} == {(0, "Giữ hạng")}


def test_first_round_has_no_sheet_of_changes(tmp_path: Path) -> None:
    cluster_book().save(tmp_path)
    made = consolidate(tmp_path, tiny_master(), tmp_path / "ra")
    assert "So với kỳ trước" not in openpyxl.load_workbook(made.outputs[0]).sheetnames
