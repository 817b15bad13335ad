"""The sheet “Kết quả kiểm tra” in a checked workbook: how it reads and how it prints."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.excel.marks import FIRST_ROW, RESULT_SHEET
from tests.excel.conftest import Excel
from tests.excel.stand_ins import ComError
from tests.tools.runs import SAMPLES

HEADINGS = ["STT", "Mức", "Mã", "Trang", "Ô", "Vấn đề", "Cách sửa"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "cum-05 ban chinh thuc.xlsx", tmp_path))


def results_of(excel: Excel, source: Path) -> Any:
    excel.open(source)
    excel.click("tdktCheckBook", "yes")
    return excel.app.books.active.sheets[RESULT_SHEET]


def test_it_prints_on_a4_across_with_its_headings_on_every_page(excel: Excel, source: Path) -> None:
    sheet = results_of(excel, source)
    page = sheet.api.PageSetup
    assert (page.PaperSize, page.Orientation) == (9, 2)
    assert (page.Zoom, page.FitToPagesWide, page.FitToPagesTall) == (False, 1, False)
    assert sheet[page.PrintTitleRows.replace("$", "")].row == FIRST_ROW - 1
    assert sheet[FIRST_ROW - 2, 0].resize(1, len(HEADINGS)).value == HEADINGS
    millimetres = {
        name: round(getattr(page, f"{name}Margin") / 72 * 25.4) for name in ("Top", "Bottom", "Left", "Right")
    }
    assert millimetres == {"Top": 20, "Bottom": 20, "Left": 20, "Right": 15}
    assert page.CenterHeader == '&"Times New Roman,Regular"&13&P'
    assert page.DifferentFirstPageHeaderFooter is True


def test_its_columns_fit_the_paper_without_shrinking_the_letters(excel: Excel, source: Path) -> None:
    sheet = results_of(excel, source)
    letters = sum(sheet[0, column].column_width for column in range(len(HEADINGS)))
    width = (letters * 7 + 5 * len(HEADINGS)) / 96 * 25.4  # pixels of Excel's ordinary letters
    assert width <= 297 - 20 - 15 + 10, "shrinks by more than a twentieth"


def test_a_machine_without_a_printer_is_marked_all_the_same(excel: Excel, source: Path) -> None:
    excel.desk.broken["pagesetup"] = ComError("Unable to set the PaperSize property")
    sheet = results_of(excel, source)
    assert sheet[FIRST_ROW - 1, 2].value == "KT-121"
    assert excel.desk.told == []
    assert excel.log == ""


def test_a_repair_alone_in_its_cell_is_a_sentence(excel: Excel, source: Path) -> None:
    sheet = results_of(excel, source)
    repairs = sheet[FIRST_ROW - 1, 6].resize(6, 1).value
    assert repairs[0].startswith("Xoá dòng; nếu là tiêu chí mới")
    assert all(text[0].isupper() and text.endswith(".") for text in repairs)
    note = sheet.book.sheets["Tổng hợp"]["D15"].note.text
    assert "Cách sửa: sửa trang tổng hợp" in note, "goes on after the colon"
