"""Files against each other and sheets of a workbook against each other; what cannot be read."""

import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import Standing, State
from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.round import check_round
from tests.tools.forms import (
    BookDraft,
    cluster_book,
    faults,
    filed,
    master_from,
    master_tables,
    receive,
    renamed,
    rows,
    tiny_master,
    write_master,
)
from tests.tools.grids import Spot, position, spots
from tests.unit.readers.vectors import compound

FileSpot = tuple[str, str, str, str]


def folder_of(tmp_path: Path, *books: BookDraft) -> Path:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    for book in books:
        book.save(inbox)
    return inbox


def test_clean_round_is_ranked_without_a_finding(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    inbox = folder_of(tmp_path, cluster_book(), cluster_book("C02"))
    checked = check_round([inbox], tiny_master(), lambda *step: told.append(step))
    assert checked.findings == ()
    assert told == [(1, 2, "c01.xlsx"), (2, 2, "c02.xlsx")]
    assert [(report.name, report.status, report.cluster, report.unit) for report in checked.files] == [
        ("c01.xlsx", "Hợp lệ", "C01", "sổ cụm: 3 đơn vị"),
        ("c02.xlsx", "Hợp lệ", "C02", "sổ cụm: 2 đơn vị"),
    ]
    assert {item.unit_code: (item.total, item.rank) for item in checked.standings[0].standings} == {
        "DV-01": (Decimal(19), 1),
        "DV-02": (Decimal(16), 2),
        "DV-03": (Decimal("11.25"), 3),
    }


def test_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        check_round([tmp_path / "khong-co"], tiny_master())
    assert caught.value.finding.code.id == "KT-801"


# Sheets of one workbook against each other


Plant = Callable[[BookDraft], object]


def without_summary_row(book: BookDraft) -> None:
    for column in "ABCDEFG":
        book["Tổng hợp"].put(f"{column}11", None)


def copy_sheet(book: BookDraft) -> None:
    book.sheets.append(book["An Bình"].copy("An Bình (2)"))


def copy_summary_row(book: BookDraft) -> None:
    summary = book["Tổng hợp"]
    for column in "BCDEFG":
        summary.put(f"{column}12", summary.cells[position(f"{column}9")])


def drop_sheet_and_summary_row(book: BookDraft) -> None:
    book.drop("Cẩm Sơn")
    without_summary_row(book)


def propose_again(book: BookDraft) -> None:
    people = book["Đề nghị cá nhân"]
    for column in "BCDEFGHIJM":
        people.put(f"{column}10", people.cells[position(f"{column}9")])


def clear_proposals(book: BookDraft) -> None:
    for name in ("Đề nghị tập thể", "Đề nghị cá nhân"):
        for row, column in list(book[name].cells):
            if row == 9:
                del book[name].cells[row, column]


BOOK_FAULTS: dict[str, tuple[Plant, list[Spot]]] = {
    "sheet missing": (lambda book: book.drop("Cẩm Sơn"), [("Tổng hợp", "C11", "KT-409")]),
    "summary row missing": (without_summary_row, [("Cẩm Sơn", "C9", "KT-410")]),
    "sheet twice": (copy_sheet, [("An Bình (2)", "C9", "KT-411")]),
    "summary row twice": (copy_summary_row, [("Tổng hợp", "C12", "KT-411")]),
    "unit missing": (drop_sheet_and_summary_row, [("", "", "KT-504")]),
    "proposal of a unit without scores": (
        lambda book: book["Đề nghị cá nhân"].put("D9", "Trường Tiểu học Đông Hà"),
        [("Đề nghị cá nhân", "D9", "KT-413")],
    ),
    "proposal of an unknown unit": (
        lambda book: book["Đề nghị tập thể"].put("C9", "Xã Lạ Hoắc"),
        [("Đề nghị tập thể", "C9", "KT-301")],
    ),
    "unknown award": (
        lambda book: book["Đề nghị tập thể"].put("D9", "CSTDXX"),
        [("Đề nghị tập thể", "D9", "KT-705")],
    ),
    "more members with LĐTT than members": (
        lambda book: book["Đề nghị tập thể"].put("H9", 21),
        [("Đề nghị tập thể", "H9", "KT-759")],
    ),
    "more members disciplined than members": (
        lambda book: book["Đề nghị tập thể"].put("J9", 21),
        [("Đề nghị tập thể", "J9", "KT-759")],
    ),
    "proposed twice": (propose_again, [("Đề nghị cá nhân", "B10", "KT-706")]),
    "no proposals": (clear_proposals, [("", "", "KT-712")]),
    "proposal sheets gone": (
        lambda book: book.drop("Đề nghị tập thể").drop("Đề nghị cá nhân"),
        [("", "", "KT-712")],
    ),
}


@pytest.mark.parametrize("name", BOOK_FAULTS)
def test_one_fault_between_the_sheets_of_a_book(name: str, tmp_path: Path) -> None:
    plant, expected = BOOK_FAULTS[name]
    book = cluster_book()
    plant(book)
    assert faults(tmp_path, book) == expected


def test_unit_twice_in_a_book_is_not_ranked(tmp_path: Path) -> None:
    book = cluster_book()
    copy_sheet(book)
    checked = receive(tmp_path, book)
    assert checked.findings[0].params == {"unit": "Xã An Bình", "other": "An Bình!C9"}
    assert [(item.unit_code, item.rank) for item in checked.standings[0].standings] == [
        ("DV-02", 1),
        ("DV-03", 2),
        ("DV-01", None),
        ("DV-01", None),
    ]


# Files against each other


def test_same_file_sent_twice_counts_once(tmp_path: Path) -> None:
    inbox = folder_of(tmp_path, cluster_book())
    shutil.copy(inbox / "c01.xlsx", inbox / "c01 (1).xlsx")
    checked = check_round([inbox], tiny_master())
    assert filed(checked.findings) == [("c01.xlsx", "", "", "KT-501")]
    assert checked.findings[0].params == {"other": "c01 (1).xlsx"}
    assert len(checked.standings) == 1


def test_two_different_books_of_a_cluster_wait_for_a_choice(tmp_path: Path) -> None:
    other = renamed(cluster_book(typed={("DV-01", "II.1", "cluster_score"): 7.5}), "c01 sửa.xlsx")
    inbox = folder_of(tmp_path, cluster_book(), other, cluster_book("C02"))
    checked = check_round([inbox], tiny_master())
    assert filed(checked.findings) == [("c01.xlsx", "", "", "KT-502")]
    assert checked.findings[0].params == {
        "other": "c01 sửa.xlsx",
        "cluster": "Cụm thi đua số 1",
        "period": "2023",
    }
    made = consolidate(inbox, tiny_master(), tmp_path / "ra")
    assert [cluster.code for cluster in made.consolidated.clusters] == ["C02"]
    assert filed(made.findings) == [("c01.xlsx", "", "", "KT-502")]


def two_periods() -> Master:
    """The tiny master data where the two schools also belong to a cluster of the school year."""
    tables = master_tables()
    tables["parameters"][0]["value"] = "2023; 2022-2023"
    tables["clusters"] += rows("period code name catalogue", "2022-2023 | C08 | Cụm thi đua số 8 | TD-2023")
    tables["members"] += rows("period cluster unit", "2022-2023 | C08 | DV-05")
    return master_from(tables)


def test_unit_scored_in_two_books_waits_for_a_choice(tmp_path: Path) -> None:
    master = two_periods()
    inbox = folder_of(tmp_path, cluster_book("C02", master=master), cluster_book("C08", master=master))
    checked = check_round([inbox], master)
    assert filed(checked.findings) == [("c08.xlsx", "TH Gia Lộc", "C9", "KT-505")]
    assert checked.findings[0].params == {"unit": "Trường Tiểu học Gia Lộc", "other": "c02.xlsx"}
    made = consolidate(inbox, master, tmp_path / "ra")
    waiting = [
        (cluster.code, item.unit_code, item.rank)
        for cluster in made.consolidated.clusters
        for item in cluster.standings
        if item.state is State.DOUBLED
    ]
    assert waiting == [("C02", "DV-05", None), ("C08", "DV-05", None)]


SKIPPED: dict[str, tuple[str, bytes, list[FileSpot]]] = {
    "lock file": ("~$c01.xlsx", b"x", [("~$c01.xlsx", "", "", "KT-105")]),
    "document": ("bien-ban.docx", b"PK", [("bien-ban.docx", "", "", "KT-509")]),
    "hidden file": (".DS_Store", b"x", []),
    "empty file": ("rong.xlsx", b"", [("rong.xlsx", "", "", "KT-106")]),
    "half a file": ("hong.xlsx", b"PK\x03\x04half", [("hong.xlsx", "", "", "KT-101")]),
    "web page": ("bao-cao.xls", b"<html><table></table></html>", [("bao-cao.xls", "", "", "KT-103")]),
}


@pytest.mark.parametrize("name", SKIPPED)
def test_other_file_beside_a_clean_book(name: str, tmp_path: Path) -> None:
    file, content, expected = SKIPPED[name]
    inbox = folder_of(tmp_path, cluster_book())
    (inbox / file).write_bytes(content)
    checked = check_round([inbox], tiny_master())
    assert filed(checked.findings) == expected
    assert len(checked.standings) == 1


def test_workbook_under_another_name_is_read(tmp_path: Path) -> None:
    inbox = folder_of(tmp_path, cluster_book())
    (inbox / "c01.xlsx").rename(inbox / "c01.xls")
    checked = check_round([inbox], tiny_master())
    assert filed(checked.findings) == [("c01.xls", "", "", "KT-104")]
    assert [report.status for report in checked.files] == ["Có cảnh báo"]
    assert len(checked.standings[0].ranked) == 3


def test_macro_is_passed_over_and_the_numbers_read(tmp_path: Path) -> None:
    inbox = folder_of(tmp_path, cluster_book())
    with zipfile.ZipFile(inbox / "c01.xlsx", "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    checked = check_round([inbox], tiny_master())
    assert filed(checked.findings) == [("c01.xlsx", "", "", "KT-108")]
    assert len(checked.standings[0].ranked) == 3


def test_sheet_with_a_cell_far_away_is_refused(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("XFD1048576", 1)
    assert filed(receive(tmp_path, book).findings) == [("c01.xlsx", "An Bình", "XFD1048576", "KT-107")]


def test_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    inbox = folder_of(tmp_path)
    (inbox / "c01.xlsx").write_bytes(compound({"EncryptedPackage": b"x"}))
    assert filed(check_round([inbox], tiny_master()).findings) == [("c01.xlsx", "", "", "KT-102")]


def test_folder_without_workbooks(tmp_path: Path) -> None:
    inbox = folder_of(tmp_path)
    (inbox / "ghi-chu.txt").write_text("x", "utf-8")
    checked = check_round([inbox], tiny_master())
    assert filed(checked.findings) == [("ghi-chu.txt", "", "", "KT-509"), ("nhan", "", "", "KT-508")]
    assert checked.files == ()


def test_master_data_among_the_received_files_is_checked_as_such(tmp_path: Path) -> None:
    inbox = folder_of(tmp_path, cluster_book())
    write_master(inbox)
    checked = check_round([inbox], tiny_master())
    assert spots(checked.findings) == [("Danh mục", "D7", "KT-613")]
    assert [report.unit for report in checked.files] == ["sổ cụm: 3 đơn vị", "danh mục dùng chung"]


def test_same_findings_for_a_folder_and_for_its_files(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("H13", "bốn")
    inbox = folder_of(tmp_path, book, cluster_book("C02"))
    whole = check_round([inbox], tiny_master())
    assert check_round(sorted(inbox.iterdir()), tiny_master()) == whole
    assert check_round([inbox, *inbox.iterdir()], tiny_master()) == whole


# One mistake, one finding; what is in doubt is not ranked


def standing_of(folder: Path, book: BookDraft, unit: str) -> tuple[list[Spot], Standing]:
    """What is found in a book, and where one unit stands."""
    checked = receive(folder, book)
    (cluster,) = checked.standings
    found = [spot for spot in spots(checked.findings) if spot[2] != "KT-712"]
    return found, next(item for item in cluster.standings if item.unit_name == unit)


@pytest.mark.parametrize(("path", "value", "code"), [("I.1", 99, "KT-209"), ("I.1", -1, "KT-208")])
def test_score_out_of_range_is_not_ranked(path: str, value: int, code: str, tmp_path: Path) -> None:
    book = cluster_book("C01", {("DV-03", path, "cluster_score"): Decimal(value)})
    found, standing = standing_of(tmp_path, book, "Thị trấn Cẩm Sơn")
    assert [spot[2] for spot in found] == [code]
    assert (standing.state, standing.rank, standing.total) == (State.INCOMPLETE, None, None)


def test_sheet_of_last_year_in_this_years_book_is_not_ranked(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("C6", "2022")
    found, standing = standing_of(tmp_path, book, "Xã An Bình")
    assert found == [("An Bình", "C6", "KT-412")]
    assert (standing.state, standing.rank) == (State.INCOMPLETE, None)


def test_code_and_name_that_differ_accuse_no_other_row(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("C9", "Xã Bình Hòa")
    found, standing = standing_of(tmp_path, book, "Xã Bình Hòa")
    assert found == [("An Bình", "C8", "KT-414")]
    assert standing.state is not State.MISSING


def test_misspelt_unit_is_not_reported_again_as_missing(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("C8", None).put("C9", "Xã An Bin")
    found, _ = standing_of(tmp_path, book, "Xã An Bình")
    assert found == [("An Bình", "C9", "KT-301")]


def test_error_in_a_score_is_not_reported_again_in_the_sums(tmp_path: Path) -> None:
    book = cluster_book()
    for cell in ("H13", "H12"):
        book["An Bình"].put_error(cell, "#REF!")
    found, _ = standing_of(tmp_path, book, "Xã An Bình")
    assert found == [("An Bình", "H13", "KT-205")]
