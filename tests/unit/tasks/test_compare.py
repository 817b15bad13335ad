"""Two versions of one file: what changed by meaning, what that settled, what nobody asked for."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.findings import Place
from tdkt_xl.tasks.changes import Nature
from tdkt_xl.tasks.compare import Comparison, compare
from tdkt_xl.writers.patching import open_patch
from tests.tools.forms import BookDraft, Typed, cluster_book, tiny_master, unit_sheet
from tests.tools.rich_books import pack, read_parts
from tests.tools.runs import SAMPLES, tdkt

SUMMARY, UNIT = "Tổng hợp", "An Bình"
Change = tuple[str | None, str | None, str, str]


def compared(folder: Path, old: BookDraft, new: BookDraft) -> Comparison:
    for name in ("cũ", "mới"):
        (folder / name).mkdir()
    return compare(old.save(folder / "cũ"), new.save(folder / "mới"), tiny_master())


def cells(result: Comparison) -> list[Change]:
    def spot(place: Place | None) -> str | None:
        return None if place is None else str(Place("", place.sheet, place.row, place.column))

    return [(spot(item.old), spot(item.new), item.after, item.nature.name) for item in result.changes]


def codes(result: Comparison) -> list[tuple[str | None, str]]:
    return [(item.place.cell, item.code.id) for item in result.findings]


def wrong(book: BookDraft) -> BookDraft:
    """A score that is no number, in F13."""
    book[UNIT].put("F13", "mười")
    return book


def test_what_was_asked_for_and_what_was_not(tmp_path: Path) -> None:
    new = cluster_book()
    old = wrong(cluster_book())
    new[UNIT].put("H14", 1)
    result = compared(tmp_path, old, new)
    assert cells(result) == [
        (f"{UNIT}!F13", f"{UNIT}!F13", "5", "ASKED"),
        (f"{UNIT}!H14", f"{UNIT}!H14", "1", "UNASKED"),
    ]
    assert codes(result) == [("H14", "KT-530")]
    assert result.changes[0].before == "mười"
    assert result.changes[1].words.startswith("Xã An Bình · I.2 ")
    assert result.changes[1].words.endswith(" · Điểm cụm chấm")
    assert [(item.place.cell, item.code.id) for item in result.resolved] == [("F13", "KT-203")]
    assert result.remaining == ()
    assert "KT-203" not in {item.code.id for item in result.fresh}


@pytest.mark.parametrize(
    "shift",
    [
        lambda book: book[UNIT].insert_row(11),
        lambda book: book[UNIT].insert_row(2),
        lambda book: book[UNIT].insert_column(5),
        lambda book: book[SUMMARY].insert_row(8),
        lambda book: book.sheets.reverse(),
    ],
    ids=["row above the heading", "row on top", "column", "row in the summary", "order of sheets"],
)
def test_what_only_moved_did_not_change(tmp_path: Path, shift: Callable[[BookDraft], object]) -> None:
    old, new = wrong(cluster_book()), wrong(cluster_book())
    shift(new)
    result = compared(tmp_path, old, new)
    assert cells(result) == []
    assert [item.code.id for item in result.remaining].count("KT-203") == 1
    assert (result.resolved, [item for item in result.fresh if item.code.id == "KT-203"]) == ((), [])


def test_rows_of_the_summary_may_change_their_order(tmp_path: Path) -> None:
    new = cluster_book()
    places = {9: 11, 11: 9}
    summary = new[SUMMARY]
    summary.cells = {(places.get(row, row), column): value for (row, column), value in summary.cells.items()}
    assert cells(compared(tmp_path, cluster_book(), new)) == []


def test_cell_above_a_list_is_not_named_by_a_column_of_it(tmp_path: Path) -> None:
    new = cluster_book()
    new["Đề nghị cá nhân"].put("A2", "CỤM SỐ MỘT")
    (change,) = compared(tmp_path, cluster_book(), new).changes
    assert (change.words, change.after) == ("", "CỤM SỐ MỘT")


def test_row_that_is_gone_is_told_as_people_read_it(tmp_path: Path) -> None:
    new = cluster_book()
    new[SUMMARY].delete_row(11)
    (gone,) = (item for item in compared(tmp_path, cluster_book(), new).changes if item.new is None)
    assert gone.before == "3 | DV-03 | Thị trấn Cẩm Sơn | 11,5 | 11,25 | 3 | Khá"


def test_sums_follow_from_scores(tmp_path: Path) -> None:
    new = cluster_book()
    new[UNIT].put("H13", 3)
    new[SUMMARY].put("E9", 15.5)
    result = compared(tmp_path, cluster_book(), new)
    natures = [item.nature for item in result.changes if item.new and item.new.sheet == SUMMARY]
    assert natures == [Nature.FOLLOWS]
    assert codes(result) == [("H13", "KT-530")]


def test_a_sum_alone_is_not_excused(tmp_path: Path) -> None:
    new = cluster_book()
    new[SUMMARY].put("E9", 15.5)
    result = compared(tmp_path, cluster_book(), new)
    assert codes(result) == [("E9", "KT-530")]


def test_a_row_taken_out_on_demand(tmp_path: Path) -> None:
    old = cluster_book()
    old[UNIT].insert_row(16).put("B16", "Phong trào tự đề xuất").put("F16", 2).put("H16", 1.5)
    result = compared(tmp_path, old, cluster_book())
    assert [(item.old, item.column, item.nature) for item in result.changes] == [
        (Place("c01.xlsx", UNIT, 16, 0), "(bỏ dòng)", Nature.ASKED)
    ]
    assert result.findings == ()
    assert [item.code.id for item in result.resolved] == ["KT-121"]


def test_rows_columns_and_sheets_that_came(tmp_path: Path) -> None:
    new = cluster_book()
    new[UNIT].insert_row(16).put("B16", "Phong trào tự đề xuất").put("F16", 2)
    new[UNIT].put("M11", "Ý kiến khác").put("M13", "đồng ý")
    new.sheets.append(new["An Bình"].copy("Nháp"))
    new["Nháp"].cells = {(1, 1): "ghi chú"}
    new["Nháp"].formulas, new["Nháp"].merges = set(), []
    result = compared(tmp_path, cluster_book(), new)
    assert [(item.column, item.after) for item in result.changes] == [
        ("(thêm cột M)", "Ý kiến khác | đồng ý"),
        ("(thêm dòng)", "Phong trào tự đề xuất | 2"),
        ("(thêm trang)", "Nháp"),
    ]
    assert {item.code.id for item in result.findings} == {"KT-530"}


def test_a_renamed_sheet_is_told(tmp_path: Path) -> None:
    new = cluster_book()
    new[UNIT].name = "Xã An Bình (sửa)"
    result = compared(tmp_path, cluster_book(), new)
    assert [(item.column, item.before, item.after) for item in result.changes] == [
        ("(đổi tên trang)", UNIT, "Xã An Bình (sửa)")
    ]


def test_text_and_number_are_told_apart(tmp_path: Path) -> None:
    old, new = cluster_book(), cluster_book()
    old[UNIT].put("F13", "5")
    result = compared(tmp_path, old, new)
    assert [(item.before, item.after, item.nature) for item in result.changes] == [
        ("“5” (chữ)", "5", Nature.ASKED)
    ]


def test_a_wrong_sum_stays_that_fault_when_only_its_cause_is_mended(tmp_path: Path) -> None:
    """The sum typed without the text cell is as wrong as before, though no text is left to explain it."""
    lost: Typed = {("DV-01", "I.3", "cluster_score"): "0,5"}
    old, new = cluster_book(typed=lost), cluster_book(typed=lost)
    new[UNIT].put("H15", 0.5)
    result = compared(tmp_path, old, new)
    assert [(item.place.cell, item.code.id) for item in result.resolved] == [("H15", "KT-201")]
    assert [(item.place.cell, item.code.id) for item in result.remaining] == [("E9", "KT-403")]
    assert SUMMARY not in {item.place.sheet for item in result.fresh}


# ---- about the two files


def test_the_same_bytes(tmp_path: Path) -> None:
    path = cluster_book().save(tmp_path)
    result = compare(path, path, tiny_master())
    assert (result.changes, codes(result)) == ((), [(None, "KT-529")])


def test_files_of_two_senders(tmp_path: Path) -> None:
    result = compared(tmp_path, cluster_book(), cluster_book("C02"))
    assert codes(result) == [(None, "KT-531")]
    assert Nature.UNASKED in {item.nature for item in result.changes}


def test_sheets_of_two_units(tmp_path: Path) -> None:
    result = compared(tmp_path, unit_sheet(), unit_sheet(code="DV-02", name="khac.xlsx"))
    assert codes(result) == [(None, "KT-531")]


def saved_on(path: Path, day: int) -> Path:
    parts = read_parts(path.read_bytes())
    time = f"<dcterms:modified>2024-01-{day:02d}T08:00:00Z</dcterms:modified>"
    spaces = 'xmlns:cp="urn:core" xmlns:dcterms="http://purl.org/dc/terms/"'
    core = f"<cp:coreProperties {spaces}>{time}</cp:coreProperties>"
    path.write_bytes(pack({**parts, "docProps/core.xml": core.encode()}))
    return path


def test_versions_in_the_wrong_order(tmp_path: Path) -> None:
    """By the time written in the files, not that of the disk."""
    changed = cluster_book()
    changed[UNIT].put("H13", 3)
    old = saved_on(cluster_book(name="a.xlsx").save(tmp_path), 9)
    changed.name = "b.xlsx"
    new = saved_on(changed.save(tmp_path), 5)
    result = compare(old, new, tiny_master())
    assert result.new.saved.time == datetime.fromisoformat("2024-01-05T08:00:00+00:00")
    assert codes(result) == [(None, "KT-532"), ("H13", "KT-530")]
    assert "KT-532" not in [code for _, code in codes(compare(new, old, tiny_master()))]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    result = compare(cluster_book().save(tmp_path), broken, tiny_master(), tmp_path / "ra")
    assert (codes(result), result.outputs) == ([(None, "KT-101")], ())


# ---- the command


def corrected(folder: Path) -> Path:
    """The sample of cluster 5 with its five faults of the summary mended, and one score raised besides."""
    source = SAMPLES / "cum-05 ban chinh thuc.xlsx"
    patch = open_patch(source.read_bytes(), source.name).value
    assert patch is not None
    for cell, value in {(12, 4): 88.5, (12, 5): 88, (12, 6): 7, (15, 4): 89.5, (15, 6): 6}.items():
        patch.set_value(Place("", SUMMARY, *cell), value)
    patch.set_value(Place("", "Thanh tra huyện", 16, 8), 7.7)
    outcome = patch.finish()
    assert outcome.value is not None
    path = folder / "cum-05 (sua).xlsx"
    path.write_bytes(outcome.value)
    return path


def test_the_command(tmp_path: Path) -> None:
    new = corrected(tmp_path)
    run = tdkt("compare", SAMPLES / "cum-05 ban chinh thuc.xlsx", new, "--out", tmp_path / "ra", "--json")
    document = run.document
    natures = [item["nature"] for item in document["changes"]]
    assert (natures.count("asked"), natures.count("unasked")) == (5, 1)
    assert [(item["sheet"], item["cell"], item["code"]) for item in document["findings"]] == [
        ("Thanh tra huyện", "H16", "KT-530")
    ]
    assert [item["cell"] for item in document["resolved"]] == ["D12", "E12", "F12", "D15", "F15"]
    assert [item["code"] for item in document["remaining"]] == ["KT-121"]
    assert run.code == 1
    book = openpyxl.load_workbook(tmp_path / "ra" / "so-sanh.xlsx")
    rows = [[cell for cell in row if cell is not None] for row in book["Ô thay đổi"].values]
    assert [row[-1] for row in rows if row and row[0] in range(1, 7)].count("Ngoài yêu cầu") == 1
    states = [row[1] for row in book["Vấn đề"].values if isinstance(row[0], int)]
    assert (states.count("Đã sửa"), states.count("Còn")) == (5, 1)


def test_the_command_speaks(tmp_path: Path) -> None:
    run = tdkt("compare", SAMPLES / "cum-05 ban chinh thuc.xlsx", corrected(tmp_path))
    words = "Phòng Kinh tế và Hạ tầng · Tổng điểm tự chấm: 90,5 → 88,5"
    assert f"Theo yêu cầu · Tổng hợp!D12 · {words}" in run.stdout
    assert "vấn đề: 5 đã sửa, 1 còn" in run.stdout


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    run = tdkt("compare", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--json")
    assert (run.code, run.codes) == (2, ["KT-801"])
