"""Chuyển mã chữ: the selection's TCVN3 and VNI texts to Unicode, asked first, kept as backup."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.excel.converting import read_selection
from tdkt_xl.excel.settings import Settings, state_folder
from tdkt_xl.vietnamese.legacy import Encoding
from tests.excel.conftest import Excel
from tests.tools.legacy_text import typed
from tests.tools.runs import SAMPLES

TITLE, NAME = "Cộng hòa xã hội chủ nghĩa Việt Nam", "Nguyễn Thị Đào"
OLD_TITLE, OLD_NAME = (typed(text, Encoding.TCVN3) for text in (TITLE, NAME))


@pytest.fixture
def own(excel: Excel, tmp_path: Path) -> Any:
    """A workbook of the clerk's own with a title in an old font, a formula, numbers and Unicode."""
    book = excel.app.books.add()
    sheet = book.sheets[0]
    sheet["B2"].value, sheet["B2"].font.name = OLD_TITLE, ".VnTime"
    sheet["B3"].value, sheet["B3"].font.name = OLD_NAME, ".VnArial"
    sheet["B4"].value = "Trần Văn Bền"
    sheet["B5"].value = 9.5
    sheet["B6"].formula = '="' + OLD_NAME + '"'
    sheet["D9"].value = "ngoài vùng"
    (tmp_path / "của tôi").mkdir()
    book.save(tmp_path / "của tôi" / "danh sách.xlsx")
    return excel.open(tmp_path / "của tôi" / "danh sách.xlsx")


def select(book: Any, address: str) -> None:
    book.sheets[0].activate()
    book.sheets[0][address].select()


def test_the_selection_becomes_unicode(excel: Excel, own: Any, tmp_path: Path) -> None:
    sheet = own.sheets[0]
    before = Path(own.fullname).read_bytes()
    select(own, "B:B")
    excel.click("tdktConvert", "yes")
    asked = excel.desk.asked[0]
    assert "Chuyển 2 ô của vùng B2:B9" in asked
    assert f"B2: “{OLD_TITLE}” → “{TITLE}”" in asked
    assert [sheet[f"B{row}"].value for row in (2, 3, 4, 5)] == [TITLE, NAME, "Trần Văn Bền", 9.5]
    assert sheet["B6"].formula.startswith("=")
    assert [sheet[f"B{row}"].font.name for row in (2, 3)] == ["Times New Roman", "Arial"]
    assert excel.app.selection.address == "$B:$B"
    assert Path(own.fullname).read_bytes() == before
    assert not own.api.Saved
    (backup,) = (tmp_path / "của tôi" / "ban-cu").iterdir()
    assert str(backup) in excel.desk.told[0]
    assert excel.app.books.open(str(backup)).sheets[0]["B2"].value == OLD_TITLE
    assert not excel.log


def test_refusing_changes_nothing(excel: Excel, own: Any, tmp_path: Path) -> None:
    select(own, "B2:B6")
    excel.click("tdktConvert", "no")
    assert own.sheets[0]["B2"].value == OLD_TITLE
    assert own.sheets[0]["B2"].font.name == ".VnTime"
    assert own.api.Saved
    assert not (tmp_path / "của tôi" / "ban-cu").exists()


def test_one_cell(excel: Excel, own: Any) -> None:
    select(own, "B3")
    excel.click("tdktConvert", "yes")
    assert own.sheets[0]["B3"].value == NAME
    assert own.sheets[0]["B2"].value == OLD_TITLE


def test_nothing_to_convert(excel: Excel, own: Any) -> None:
    select(own, "B4:B5")
    excel.click("tdktConvert")
    assert excel.desk.told[0].startswith("Vùng đang chọn không có chữ nào chắc chắn ở bảng mã cũ.")
    assert own.api.Saved


@pytest.mark.parametrize(
    ("address", "said"), [("Z100:Z200", "không có chữ nào"), ("B2,B4", "một vùng ô liền nhau")]
)
def test_what_cannot_be_taken_is_explained(excel: Excel, own: Any, address: str, said: str) -> None:
    select(own, address)
    excel.click("tdktConvert")
    assert said in excel.desk.told[0]


def test_a_doubtful_text_is_left_and_told(excel: Excel, own: Any) -> None:
    sheet = own.sheets[0]
    sheet["F1"].value = "Phó Lý"
    sheet["F2"].value = OLD_TITLE
    readings, mixed = read_selection(sheet, sheet["F1:F2"])
    assert mixed == 0
    assert [(item.row, item.meant.certain) for item in readings if item.meant.certain] == [(2, True)]


def test_a_received_book_is_left_alone(excel: Excel, own: Any, tmp_path: Path) -> None:
    Settings(state_folder()).add("received", str(tmp_path / "của tôi"))
    select(own, "B2:B6")
    excel.click("tdktConvert")
    assert "thư mục đã nhận" in excel.desk.told[0]
    assert own.sheets[0]["B2"].value == OLD_TITLE


def test_a_form_that_was_sent_is_left_alone_wherever_it_lies(excel: Excel, tmp_path: Path) -> None:
    path = tmp_path / "Downloads.xlsx"
    shutil.copyfile(SAMPLES / "cum-01.xlsx", path)
    book = excel.open(path)
    sheet = book.sheets[0]
    sheet.api.Unprotect("")
    sheet["J2"].value, sheet["J2"].font.name = OLD_TITLE, ".VnTime"
    select(book, "J2")
    excel.click("tdktConvert")
    assert "là sổ nhận được" in excel.desk.told[0]
    assert sheet["J2"].value == OLD_TITLE


def test_a_locked_sheet_is_locked_again(excel: Excel, own: Any) -> None:
    own.sheets[0].api.Protect("")
    select(own, "B2:B6")
    excel.click("tdktConvert", "yes")
    assert own.sheets[0]["B2"].value == TITLE
    assert own.sheets[0].api.ProtectContents


def test_without_a_copy_nothing_is_changed(excel: Excel, own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("tdkt_xl.excel.filling.save_copy", full)
    select(own, "B2:B6")
    excel.click("tdktConvert", "yes")
    assert "Chưa sao được bản hiện nay" in excel.desk.told[0]
    assert own.sheets[0]["B2"].value == OLD_TITLE


def test_a_book_never_saved_keeps_its_copy_with_the_documents(excel: Excel) -> None:
    book = excel.app.books.add()
    book.sheets[0]["A1"].value, book.sheets[0]["A1"].font.name = OLD_TITLE, ".VnTime"
    book.sheets[0]["A1"].select()
    excel.click("tdktConvert", "yes")
    assert book.sheets[0]["A1"].value == TITLE
    assert len(list((excel.documents / "tdkt" / "ban-cu").iterdir())) == 1
