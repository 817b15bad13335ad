"""Kiểm tra sổ, kiểm tra trang, kiểm tra thư mục, xoá đánh dấu."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.excel import marks
from tdkt_xl.writers.publish import carry_origin
from tests.excel.conftest import Excel
from tests.tools.runs import SAMPLES

FAULTY = "cum-05 ban chinh thuc.xlsx"
SUMMARY = "Tổng hợp"
FAULTS = ["D12", "D15", "E12", "F12", "F15"]


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Two received cluster books, one with faults."""
    folder = tmp_path / "Sổ đã nhận"
    folder.mkdir()
    for name in ("cum-01.xlsx", FAULTY):
        shutil.copyfile(SAMPLES / name, folder / name)
    return folder


def looks(book: Any) -> dict[tuple[str, str], tuple[Any, Any, Any]]:
    """Formula, fill and note of every cell of the two sheets with faults, and protection of all."""
    cells = {
        (sheet.name, cell.address): (cell.formula, cell.color, cell.note.text if cell.note else None)
        for sheet in (book.sheets[SUMMARY], book.sheets["Phòng KT và HT"])
        for cell in sheet.used_range
    }
    locks = {(sheet.name, "khoá"): (sheet.api.ProtectContents, "", "") for sheet in book.sheets}
    return {**cells, **locks}


def own_form(excel: Excel, received: Path) -> Any:
    """A faulty form that this user made with the button and is filling."""
    from tdkt_xl.excel.settings import Settings, state_folder

    path = excel.documents / "so-cum-C05-2023.xlsx"
    shutil.copyfile(received / FAULTY, path)
    Settings(state_folder()).add("own_forms", str(path))
    return excel.open(path)


def marked_cells(book: Any, sheet: str) -> list[str]:
    return sorted(
        note.location.address.replace("$", "")
        for note in book.sheets[sheet].notes
        if note.text.startswith(marks.PREFIX)
    )


def test_a_received_book_is_marked_in_a_copy_only(excel: Excel, received: Path) -> None:
    source = received / FAULTY
    before = source.read_bytes()
    book = excel.open(source)
    seen = looks(book)
    excel.click("tdktCheckBook", "yes")
    assert source.read_bytes() == before
    assert looks(book) == seen
    copy = excel.documents / "tdkt" / "danh-dau" / f"{source.stem} (đã đánh dấu).xlsx"
    assert "2 lỗi" in excel.desk.asked[0] or "lỗi" in excel.desk.asked[0]
    assert "Tạo bản sao có đánh dấu 6 ô" in excel.desk.asked[0]
    assert str(copy) in excel.desk.asked[0]
    active = excel.app.books.active
    assert active.name == copy.name
    assert marked_cells(active, SUMMARY) == FAULTS
    assert (copy.name, 3) in excel.desk.macros_when_opening
    assert excel.app.api.AutomationSecurity == 1


def test_the_saved_copy_keeps_what_was_marked(excel: Excel, received: Path) -> None:
    excel.open(received / FAULTY)
    excel.click("tdktCheckBook", "yes")
    saved = openpyxl.load_workbook(Path(excel.app.books.active.fullname))
    cell = saved[SUMMARY]["D15"]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert cell.comment is not None
    assert cell.comment.text.startswith("[TĐ] Lỗi KT-403: ")
    results = saved[marks.RESULT_SHEET]
    codes = [row[2].value for row in results.iter_rows(min_row=marks.FIRST_ROW)]
    assert codes.count("KT-403") == 3
    links = {row[4].value: row[4].hyperlink for row in results.iter_rows(min_row=marks.FIRST_ROW)}
    assert links["D15"].location == "'Tổng hợp'!D15"
    assert saved[SUMMARY].protection.sheet


def test_saying_no_changes_and_writes_nothing(excel: Excel, received: Path) -> None:
    book = excel.open(received / FAULTY)
    seen = looks(book)
    excel.click("tdktCheckBook", "no")
    assert looks(book) == seen
    assert len(excel.app.books) == 1
    assert not (excel.documents / "tdkt").exists()


def test_a_form_of_ours_is_marked_and_cleared_exactly(excel: Excel, received: Path) -> None:
    book = own_form(excel, received)
    seen, names = looks(book), [sheet.name for sheet in book.sheets]
    excel.click("tdktCheckBook", "yes")
    assert "Đánh dấu 6 ô" in excel.desk.asked[0]
    assert marked_cells(book, SUMMARY) == FAULTS
    assert book.sheets[SUMMARY]["D15"].color == (255, 199, 206)
    assert book.sheets[-1].name == marks.RESULT_SHEET
    assert looks(book) != seen
    excel.click("tdktClearMarks", "yes")
    assert "Xoá 6 ghi chú [TĐ]" in excel.desk.asked[1]
    assert looks(book) == seen
    assert [sheet.name for sheet in book.sheets] == names
    assert not excel.log


def test_checking_twice_leaves_one_set_of_marks(excel: Excel, received: Path) -> None:
    book = own_form(excel, received)
    excel.click("tdktCheckBook", "yes")
    seen, first = looks(book), excel.desk.asked[0]
    rows = book.sheets[marks.RESULT_SHEET].used_range.value
    excel.click("tdktCheckBook", "yes")
    assert excel.desk.asked[1] == first
    assert looks(book) == seen
    assert book.sheets[marks.RESULT_SHEET].used_range.value == rows


def test_a_repaired_form_loses_its_marks(excel: Excel, received: Path) -> None:
    shutil.copyfile(received / "cum-01.xlsx", received / FAULTY)
    book = own_form(excel, received)
    sheet = book.sheets[SUMMARY]
    sheet.api.Unprotect("")
    sheet["D10"].add_note("[TĐ] Lỗi KT-403: cũ\n(màu cũ: không)")
    sheet.api.Protect("")
    book.save()
    excel.click("tdktCheckBook", "yes")
    assert "không có lỗi. Xoá 1 dấu" in excel.desk.asked[0]
    assert sheet["D10"].note is None


def test_what_is_typed_but_not_saved_is_checked(excel: Excel, received: Path) -> None:
    source = received / "cum-01.xlsx"
    before = source.read_bytes()
    book = excel.open(source)
    excel.click("tdktCheckBook")
    assert "không có lỗi" in excel.desk.told[0]
    sheet = book.sheets[SUMMARY]
    sheet.api.Unprotect("")
    sheet["D10"].value = 12.5
    excel.click("tdktCheckBook", "no")
    assert "Đã kiểm tra “cum-01.xlsx”: 1 lỗi" in excel.desk.asked[0]
    assert not book.api.Saved
    assert source.read_bytes() == before


def test_a_workbook_never_saved_and_without_a_form(excel: Excel) -> None:
    book = excel.app.books.add()
    excel.click("tdktCheckBook")
    assert "“Book1”: 1 lỗi" in excel.desk.told[0]
    assert "Cách sửa:" in excel.desk.told[0]
    assert book.name == "Book1"
    assert not excel.log


def test_a_form_never_saved_is_marked_in_place(excel: Excel, received: Path) -> None:
    book = excel.open(received / FAULTY)
    book.api.vba.path, book.api.vba.name = "", "Book7"
    excel.click("tdktCheckBook", "yes")
    assert "ngay trong sổ này" in excel.desk.asked[0]
    assert marked_cells(book, SUMMARY) == FAULTS
    assert not book.api.Path


def test_a_sheet_alone(excel: Excel, received: Path) -> None:
    book = excel.open(received / FAULTY)
    book.sheets["Phòng KT và HT"].activate()
    excel.click("tdktCheckSheet", "yes")
    assert "trang “Phòng KT và HT”" in excel.desk.asked[0]
    assert "đánh dấu 1 ô" in excel.desk.asked[0]
    copy = excel.app.books.active
    assert marked_cells(copy, "Phòng KT và HT") == ["B16"]
    assert marked_cells(copy, SUMMARY) == []


def test_somebody_elses_note_is_left_alone(excel: Excel, received: Path) -> None:
    book = own_form(excel, received)
    sheet = book.sheets[SUMMARY]
    sheet.api.Unprotect("")
    sheet["D15"].add_note("Chị Hoa: đã hỏi lại cụm")
    colour = sheet["D15"].color
    excel.click("tdktCheckBook", "yes")
    assert sheet["D15"].note.text == "Chị Hoa: đã hỏi lại cụm"
    assert sheet["D15"].color == colour
    assert "1 ô đã có ghi chú của người khác" in excel.desk.told[0]
    excel.click("tdktClearMarks", "yes")
    assert sheet["D15"].note.text == "Chị Hoa: đã hỏi lại cụm"


@pytest.mark.parametrize(
    ("pattern", "theme", "tint"), [(1, 5, 0.4), (1, 9, -0.25), (-4142, None, None), (14, None, None)]
)
def test_every_kind_of_fill_comes_back(
    excel: Excel, received: Path, pattern: int, theme: int | None, tint: float | None
) -> None:
    book = own_form(excel, received)
    cell = book.sheets[SUMMARY]["D15"]
    book.sheets[SUMMARY].api.Unprotect("")
    if theme:
        cell.api.Interior.ThemeColor, cell.api.Interior.TintAndShade = theme, tint
    elif pattern == -4142:
        cell.color = None
    else:
        cell.api.Interior.Pattern = pattern

    def fill() -> tuple[object, ...]:
        inside = cell.api.Interior
        return inside.Pattern, inside.ThemeColor, inside.TintAndShade, cell.color

    former = fill()
    excel.click("tdktCheckBook", "yes")
    assert cell.note.text.startswith(marks.PREFIX)
    excel.click("tdktClearMarks", "yes")
    assert fill() == former


def test_a_password_stops_before_anything_changes(excel: Excel, received: Path) -> None:
    book = own_form(excel, received)
    sheet = book.sheets["Phòng KT và HT"]
    sheet.api.Unprotect("")
    sheet.api.Protect("bí mật")
    seen = looks(book)
    excel.click("tdktCheckBook", "yes")
    assert "khoá bằng mật khẩu" in excel.desk.told[0]
    assert "“Phòng KT và HT”" in excel.desk.told[0]
    assert looks(book) == seen


def test_a_locked_structure_stops_before_anything_changes(excel: Excel, received: Path) -> None:
    book = own_form(excel, received)
    book.api.Protect("", True)
    seen = looks(book)
    excel.click("tdktCheckBook", "yes")
    assert "khoá cấu trúc" in excel.desk.told[0]
    assert looks(book) == seen


def test_marks_in_a_received_book_are_not_cleared(excel: Excel, received: Path) -> None:
    from tdkt_xl.excel.settings import Settings, state_folder

    Settings(state_folder()).add("received", str(received))
    book = excel.open(received / FAULTY)
    book.sheets[SUMMARY].api.Unprotect("")
    book.sheets[SUMMARY]["D10"].add_note("[TĐ] Lỗi KT-403: cũ")
    excel.click("tdktClearMarks")
    assert "được giữ nguyên" in excel.desk.told[0]
    assert book.sheets[SUMMARY]["D10"].note is not None


def test_a_copy_stays_marked_as_from_the_internet(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsm", tmp_path / "b.xlsm"
    carry_origin(source, target)
    assert not list(tmp_path.iterdir())
    (tmp_path / "a.xlsm:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    carry_origin(source, target)
    assert (tmp_path / "b.xlsm:Zone.Identifier").read_bytes().endswith(b"ZoneId=3\r\n")


def test_a_marked_copy_is_checked_again_in_place(excel: Excel, received: Path) -> None:
    excel.open(received / FAULTY)
    excel.click("tdktCheckBook", "yes")
    copy = excel.app.books.active
    excel.click("tdktCheckBook", "yes")
    assert "ngay trong sổ này" in excel.desk.asked[1]
    assert excel.app.books.active.name == copy.name
    assert marked_cells(copy, SUMMARY) == FAULTS


def test_nothing_to_clear(excel: Excel, received: Path) -> None:
    excel.open(received / FAULTY)
    excel.click("tdktClearMarks")
    assert "không có dấu nào" in excel.desk.told[0]


def test_a_result_is_not_checked_as_a_received_book(excel: Excel) -> None:
    excel.open(SAMPLES.parent / "tong-hop-huyen.xlsx")
    excel.click("tdktCheckBook")
    assert "chưa kiểm tra được" in excel.desk.told[0]


def test_a_folder(excel: Excel, received: Path) -> None:
    before = {path.name: path.read_bytes() for path in received.iterdir()}
    (received / "ghi chú.txt").write_text("x", "utf-8")
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckFolder", received, "yes")
    out = received.with_name("Sổ đã nhận - kết quả") / "ket-qua-kiem-tra.xlsx"
    assert "có 2 sổ và 1 tệp khác" in excel.desk.asked[1]
    assert "Đã kiểm tra 2 sổ: 1 sổ có lỗi" in excel.desk.told[0]
    assert str(out) in excel.desk.told[0]
    assert excel.app.books.active.name == out.name
    assert {name: (received / name).read_bytes() for name in before} == before
    assert excel.desk.status_history == [
        "Đang kiểm tra …",
        "Kiểm tra 1/2: cum-01.xlsx (giữ phím Esc để dừng)",
        f"Kiểm tra 2/2: {FAULTY} (giữ phím Esc để dừng)",
        False,
    ]


def test_a_folder_can_be_refused_at_every_question(excel: Excel, received: Path) -> None:
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckFolder", None)
    excel.click("tdktCheckFolder", received, "no")
    assert not received.with_name("Sổ đã nhận - kết quả").exists()
    assert not excel.desk.told


def test_a_folder_without_books(excel: Excel, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckFolder", tmp_path / "trống")
    assert "không có sổ Excel nào" in excel.desk.told[0]


def test_a_run_is_stopped_between_files(
    excel: Excel, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tdkt_xl.excel import session

    monkeypatch.setattr(session, "escape_held", lambda app: True)
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckFolder", received, "yes")
    assert excel.desk.told == ["Đã dừng theo yêu cầu sau 1/2 tệp. Chưa ghi kết quả nào."]
    assert not received.with_name("Sổ đã nhận - kết quả").exists()
    assert excel.app.status_bar is False
