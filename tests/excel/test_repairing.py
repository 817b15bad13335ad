"""Sửa an toàn: what it would mend is said first; the copy and the record; the workbook itself stays."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.excel.settings import Settings, state_folder
from tests.excel.conftest import Excel
from tests.tools.runs import SAMPLES, tdkt


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A received book with a score typed as text and a name with a space too much."""
    path = tmp_path / "nhận" / "cum-01.xlsx"
    path.parent.mkdir()
    book = openpyxl.load_workbook(SAMPLES / "cum-01.xlsx")
    sheet = book["Tân Bình"]
    head = next(row for row in sheet.iter_rows() if row[0].value and "STT" in str(row[0].value))
    names = [str(cell.value) for cell in head]
    column = next(at for at, name in enumerate(names, start=1) if "ụm" in name)
    row = next(
        number
        for number in range(head[0].row + 1, sheet.max_row)
        if isinstance(sheet.cell(number, column).value, (int, float))
    )
    sheet.cell(row, column).value = f"{sheet.cell(row, column).value}".replace(".", ",")
    book.save(path)
    return path


def changed(path: Path) -> int:
    return len(
        tdkt("repair", path, "--out", path.parent.parent / "xem", "--json").document["files"][0]["changes"]
    )


def test_the_copy_is_mended_and_the_book_stays(excel: Excel, sent: Path, tmp_path: Path) -> None:
    before = sent.read_bytes()
    count = changed(sent)
    assert count >= 1
    Settings(state_folder()).keep(results=str(tmp_path))
    book = excel.open(sent)
    excel.click("tdktRepair", "yes")
    assert f"có {count} ô sửa được mà không thể hiểu khác" in excel.desk.asked[0]
    assert "→" in excel.desk.asked[0]
    copy = tmp_path / "da-sua" / "cum-01 (đã sửa).xlsx"
    assert copy.is_file()
    assert excel.app.books.active.fullname == str(copy)
    assert "sua-an-toan.xlsx" in [item.name for item in excel.app.books]
    assert f"Bản sao: {copy}" in excel.desk.told[0]
    assert sent.read_bytes() == before
    assert book.api.Saved
    assert not excel.log


def test_only_the_preview(excel: Excel, sent: Path, tmp_path: Path) -> None:
    Settings(state_folder()).keep(results=str(tmp_path))
    excel.open(sent)
    excel.click("tdktRepair", "no")
    assert excel.app.books.active.name == "sua-an-toan.xlsx"
    assert not (tmp_path / "da-sua").exists()
    assert "chưa ghi bản sao nào" in excel.desk.told[0]


def test_nothing_is_written_when_refused(excel: Excel, sent: Path) -> None:
    excel.open(sent)
    excel.click("tdktRepair", "cancel")
    assert not excel.desk.told
    assert not (excel.documents / "tdkt").exists()


def test_nothing_to_mend(excel: Excel) -> None:
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktRepair")
    assert "không có ô nào sửa an toàn được" in excel.desk.told[0]


def test_what_is_not_saved_does_not_count_and_is_told(excel: Excel, sent: Path) -> None:
    book = excel.open(sent)
    book.sheets[0].api.Unprotect("")
    book.sheets[0]["Z99"].value = "mới gõ"
    excel.click("tdktRepair", "cancel")
    assert "phần sửa chưa lưu không tính" in excel.desk.asked[0]


def test_a_book_never_saved_is_explained(excel: Excel) -> None:
    excel.app.books.add()
    excel.click("tdktRepair")
    assert "chưa nằm trên máy này" in excel.desk.told[0]


def test_mending_the_copy_again_finds_nothing(excel: Excel, sent: Path, tmp_path: Path) -> None:
    Settings(state_folder()).keep(results=str(tmp_path))
    excel.open(sent)
    excel.click("tdktRepair", "yes")
    excel.click("tdktRepair")
    assert "“cum-01 (đã sửa).xlsx” không có ô nào sửa an toàn được" in excel.desk.told[1]


def test_compare_two_versions(excel: Excel, sent: Path, tmp_path: Path) -> None:
    new = tmp_path / "lần 2" / "cum-01.xlsx"
    new.parent.mkdir()
    shutil.copyfile(SAMPLES / "cum-01.xlsx", new)
    Settings(state_folder()).keep(results=str(tmp_path / "lần 2"))
    excel.open(SAMPLES / "cum-09.xlsx")
    before = sent.read_bytes(), new.read_bytes()
    excel.click("tdktCompare", sent, new, "yes")
    assert "(bản trước) với “cum-01.xlsx” (bản gửi lại)" in excel.desk.asked[2]
    found = tdkt("compare", sent, new, "--json").document
    assert f"{len(found['changes'])} chỗ thay đổi" in excel.desk.told[0]
    assert f"{len(found['resolved'])} đã sửa" in excel.desk.told[0]
    assert excel.app.books.active.name == "so-sanh.xlsx"
    assert (sent.read_bytes(), new.read_bytes()) == before
    assert not excel.log


@pytest.mark.parametrize("answers", [(False,), ("old", False), ("old", "new", "no")])
def test_comparing_can_be_refused(
    excel: Excel, sent: Path, tmp_path: Path, answers: tuple[object, ...]
) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    given = {"old": sent, "new": SAMPLES / "cum-01.xlsx"}
    excel.click("tdktCompare", *(given.get(str(item), item) for item in answers))
    assert not excel.desk.told
    assert not (excel.documents / "tdkt").exists()


def test_comparing_a_file_with_itself_says_so(excel: Excel, sent: Path) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktCompare", sent, sent, "yes")
    assert "0 chỗ thay đổi" in excel.desk.told[0]
    assert "Cách sửa" in excel.desk.told[0]


def test_comparing_what_cannot_be_read_is_explained(excel: Excel, sent: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"PK\x03\x04 hong")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktCompare", sent, broken, "yes")
    assert "Cách sửa" in excel.desk.told[0]
    assert not excel.log
