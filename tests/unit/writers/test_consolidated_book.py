"""What the consolidated workbook shows beside the rankings: live sums, heat map, charts, statistics."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tdkt_xl.domain.criteria import ScoringRule
from tdkt_xl.findings import column_letters
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.resources import default_master
from tests.tools.forms import Typed, cluster_book, master_from, master_tables, tiny_master
from tests.tools.office import recalculate
from tests.tools.runs import SAMPLES
from tests.tools.sample_district import clean_book, set_value
from tests.tools.sample_people import People

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
    assert cell(sheet, first - 1, 5) == (
        "I. Phát triển kinh tế, ngân sách, đất đai, xây dựng nông thôn mới (tối đa 30)"
    )
    unit, share = cell(sheet, first, 2), cell(sheet, first, 5)
    finals = [
        float(str(row["final"]))
        for row in rows_of(book, "scores")
        if row["unit"] == unit and str(row["path"]).split(".")[0] == "I"
    ]
    assert share == pytest.approx(sum(finals) * 100 / 30)


def test_heat_map_colours_each_group_within_its_cluster(book: Workbook) -> None:
    sheet = book["Bản đồ điểm"]
    areas = [str(area.sqref) for area in sheet.conditional_formatting]
    assert "E9:E14" in areas
    assert len(areas) == len(set(areas)) > 40


def test_heat_map_begins_a_page_with_a_cluster_and_fits_its_width(book: Workbook) -> None:
    sheet = book["Bản đồ điểm"]
    begins = [cell(sheet, item.id + 1, 1) for item in sheet.row_breaks.brk]
    assert len(begins) >= 4
    assert all(str(text).startswith("Cụm thi đua số ") for text in begins)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    widths = [sheet.column_dimensions[column_letters(at)].width or 0 for at in range(1, sheet.max_column + 1)]
    assert sum(widths) * 8 * (sheet.page_setup.scale or 100) / 100 < 989


def test_every_ranked_cluster_has_a_chart_and_six_fill_a_page(book: Workbook) -> None:
    pages = [sheet for sheet in book if sheet.title.startswith("Biểu đồ")]
    assert [len(page._charts) for page in pages] == [6, 4]
    assert all(
        (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1) for page in pages
    )


def test_bars_start_at_zero_so_that_their_lengths_compare(book: Workbook) -> None:
    pages = [sheet for sheet in book if sheet.title.startswith("Biểu đồ")]
    assert {chart.y_axis.scaling.min for page in pages for chart in page._charts} == {0}


def test_pages_of_charts_have_a_title_and_a_number(book: Workbook) -> None:
    pages = [sheet for sheet in book if sheet.title.startswith("Biểu đồ")]
    found = {(page["A1"].value, str(page.oddHeader.center.text)) for page in pages}
    assert found == {("ĐIỂM CỦA CÁC ĐƠN VỊ TRONG TỪNG CỤM", "&P")}


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


def test_outlier_of_the_sheet_is_that_of_the_check(tmp_path: Path) -> None:
    """One rule for KT-232 and the sheet: a score judged by people, far below those of the cluster."""
    master = load_master(default_master())
    cluster = next(item for item in master.active_clusters if item.code == "C01")
    clean = clean_book(master, cluster, 1, People(Random(1)))
    leaves = [row.criterion for row in clean.sheets[3].rows if row.criterion]
    path = next(leaf.path for leaf in leaves if leaf.rule is ScoringRule.DIRECT)
    odd = set_value(
        set_value(clean.sheets[3], path, "cluster_score", Decimal("0.5")), path, "self_score", 0.5
    )
    spoiled = replace(clean, sheets=[*clean.sheets[:3], odd, *clean.sheets[4:]])
    (tmp_path / "cum-01.xlsx").write_bytes(spoiled.build())
    made = consolidate(tmp_path, master, tmp_path / "ra")
    found = [item for item in made.findings if item.code.id == "KT-232"]
    rows = rows_of(openpyxl.load_workbook(made.outputs[0]), "outliers")
    assert [(row["path"], row["final"]) for row in rows] == [(path, 0.5)]
    assert [(item.params["path"], item.params["value"]) for item in found] == [(path, Decimal("0.5"))]
    assert float(str(found[0].params["median"])) == rows[0]["median"]
    assert (rows[0]["file"], rows[0]["sheet"]) == (found[0].place.file, found[0].place.sheet)
    assert str(rows[0]["row"]) == str(found[0].place.row)


# A unit to which a criterion does not apply: 87,5% of its 16 points stand above 80% of the 20 of others


@pytest.fixture
def smaller(tmp_path: Path) -> Workbook:
    tables = master_tables()
    for row in tables["criteria"]:
        if row["path"] == "I.2":
            row["may_not_apply"] = "x"
    scores = {"I.1": 4, "I.2": None, "I.3": 2.5, "II.1": 7.5}
    typed: Typed = {("DV-03", path, field): score for path, score in scores.items() for field in _SCORES}
    typed = {**typed, ("DV-03", "I.2", "target"): "Không áp dụng"}
    cluster_book(typed=typed, master=master_from(tables)).save(tmp_path)
    made = consolidate(tmp_path, master_from(tables), tmp_path / "ra")
    return openpyxl.load_workbook(made.outputs[0])


_SCORES = ("self_score", "cluster_score")


def test_heat_map_of_a_smaller_scale_is_of_that_scale(smaller: Workbook) -> None:
    sheet = smaller["Bản đồ điểm"]
    (row,) = [row for row in range(1, sheet.max_row + 1) if cell(sheet, row, 2) == "Thị trấn Cẩm Sơn"]
    # 14 of 16; group I: 6.5 of the 8 left of 12; group II: 7.5 of 8
    assert [cell(sheet, row, column) for column in range(1, 7)] == [
        2, "Thị trấn Cẩm Sơn", 14, 87.5, pytest.approx(6.5 * 100 / 8), pytest.approx(7.5 * 100 / 8)
    ]  # fmt: skip


def test_overview_and_chart_of_a_smaller_scale_compare_shares(smaller: Workbook) -> None:
    (row,) = [row for row in rows_of(smaller, "overview") if row["cluster"] == "C01"]
    # 19 of 20 = 95%, 14 of 16 = 87,5%, 16 of 20 = 80%
    assert (row["highest"], row["highest_share"], row["mean_share"]) == (19, 95, 87.5)
    (page,) = [sheet for sheet in smaller if sheet.title.startswith("Biểu đồ")]
    values = page._charts[0].series[0].val.numRef.f
    column = column_letters(LAYOUT.sheet("ranking").position("percent"))
    assert values.startswith(f"'Xếp hạng'!${column}$")


def test_statistics_leave_out_units_a_criterion_does_not_apply_to(smaller: Workbook) -> None:
    (row,) = [row for row in rows_of(smaller, "statistics") if row["path"] == "I.2"]
    assert (row["count"], row["lowest"], row["mean"]) == (2, 4, 4)


def test_technical_columns_do_not_stretch_printed_rows(book: Workbook) -> None:
    sheet = book["Đề nghị cá nhân"]
    heights = [sheet.row_dimensions[row].height or 0 for row in range(9, sheet.max_row + 1)]
    assert max(heights) < 100


def test_changes_compare_with_the_round_before(book: Workbook) -> None:
    rows = rows_of(book, "changes")
    assert len(rows) > 90
    assert {(row["change"], row["note"]) for row in rows} == {(0, "Giữ hạng")}


def test_first_round_has_no_sheet_of_changes(tmp_path: Path) -> None:
    cluster_book().save(tmp_path)
    made = consolidate(tmp_path, tiny_master(), tmp_path / "ra")
    assert "So với kỳ trước" not in openpyxl.load_workbook(made.outputs[0]).sheetnames


def test_cluster_with_two_books_stands_in_the_overview(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    first, second = cluster_book(), cluster_book(typed={("DV-01", "II.1", "cluster_score"): Decimal("7.5")})
    second.save(inbox).rename(inbox / "c01 sửa.xlsx")
    first.save(inbox)
    book = openpyxl.load_workbook(consolidate(inbox, tiny_master(), tmp_path / "ra").outputs[0])
    listed = [(row["cluster"], row["ranked"], row["state"]) for row in rows_of(book, "overview")]
    assert listed == [("C01", 0, "Có hai sổ khác nhau, chưa tổng hợp"), ("C02", 0, "Chưa nhận được sổ")]
    gaps = [(row["kind"], row["cluster"], row["detail"]) for row in rows_of(book, "gaps")]
    assert gaps == [
        ("Trùng sổ cụm", "C01", "3 đơn vị chưa có điểm"),
        ("Thiếu sổ cụm", "C02", "2 đơn vị chưa có điểm"),
    ]
