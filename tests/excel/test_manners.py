"""Manners that hold for the clicks that write into an open workbook: what the clerk had stays as it was."""

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from tdkt_xl.excel import opening
from tdkt_xl.excel.marks import FIRST_ROW, RESULT_SHEET, count_marks, put_marks
from tdkt_xl.excel.session import CANCEL_FILE, attach
from tdkt_xl.excel.settings import Settings, documents_folder, log_path, state_folder, write_log
from tdkt_xl.findings import Place
from tdkt_xl.findings.codes.cells import NOT_A_NUMBER
from tests.excel.conftest import Excel
from tests.excel.desk import LONGEST_LINE
from tests.tools.runs import SAMPLES

FAULTY = "cum-05 ban chinh thuc.xlsx"


@pytest.fixture
def form(excel: Excel) -> Any:
    """A form being filled here, scrolled and selected in the middle."""
    path = excel.documents / "Biểu = 100% & chị Lễ.xlsx"
    path.write_bytes((SAMPLES / FAULTY).read_bytes())
    Settings(state_folder()).add("own_forms", str(path))
    book = excel.open(path)
    book.sheets["Phòng KT và HT"].activate()
    book.sheets["Phòng KT và HT"]["D20"].select()
    excel.app.api.ActiveWindow.ScrollRow = 11
    return book


def view(excel: Excel) -> tuple[object, ...]:
    app = excel.app
    return (
        app.books.active.name,
        app.books.active.sheets.active.name,
        app.selection.address,
        app.api.ActiveWindow.ScrollRow,
        app.screen_updating,
        app.status_bar,
    )


def permissions(book: Any) -> dict[str, tuple[bool, ...]]:
    names = ("AllowFormattingCells", "AllowSorting", "AllowFiltering", "AllowInsertingRows")
    return {
        sheet.name: (
            bool(sheet.api.ProtectContents),
            *(bool(getattr(sheet.api.Protection, n)) for n in names),
        )
        for sheet in book.sheets
    }


def test_marking_in_place_keeps_view_and_protection(excel: Excel, form: Any) -> None:
    for sheet in form.sheets:
        sheet.api.Unprotect("")
    form.sheets["Tổng hợp"].api.Protect("", True, True, True, False, True, False, False, True)
    before, locks = view(excel), permissions(form)
    assert locks["Tổng hợp"][0]
    excel.click("tdktCheckBook", "yes")
    assert form.sheets["Tổng hợp"]["D15"].note.text.startswith("[TĐ]")
    assert view(excel) == before
    assert {name: lock for name, lock in permissions(form).items() if name in locks} == locks
    excel.click("tdktClearMarks", "yes")
    assert view(excel) == before
    assert permissions(form) == locks


def test_the_clerks_own_undo_of_the_question_changes_nothing(excel: Excel, form: Any) -> None:
    before, saved = view(excel), Path(form.fullname).read_bytes()
    excel.click("tdktCheckBook", "no")
    assert view(excel) == before
    assert Path(form.fullname).read_bytes() == saved
    assert count_marks(form) == (0, 0)


def test_a_failure_while_marking_leaves_one_dialog_and_the_view(
    excel: Excel, form: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.sheets["Tổng hợp"].api.Protect("")
    before, locks = view(excel), permissions(form)
    real = type(form.sheets[0]["A1"]).add_note

    def fail(cell: Any, text: str) -> None:
        if "KT-403" in text:
            form.sheets[0].activate()
            msg = "hết bộ nhớ"
            raise MemoryError(msg)
        real(cell, text)

    monkeypatch.setattr(type(form.sheets[0]["A1"]), "add_note", fail)
    excel.click("tdktCheckBook", "yes")
    assert len(excel.desk.told) == 1
    assert "(MemoryError)" in excel.desk.told[0]
    assert view(excel) == before
    assert permissions(form) == locks


def test_a_received_book_is_never_written(
    excel: Excel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is clicked on it, its bytes and its state in Excel stay."""
    monkeypatch.setattr(opening, "open_outside", lambda _: None)
    source = tmp_path / "nhận" / "Cụm 5 = 100% & cũ.xlsx"
    source.parent.mkdir()
    source.write_bytes((SAMPLES / FAULTY).read_bytes())
    before = source.read_bytes()
    book = excel.open(source)
    for action, answers in (
        ("tdktCheckBook", ("yes",)),
        ("tdktCheckSheet", ()),
        ("tdktClearMarks", ()),
        ("tdktTrace", ()),
        ("tdktConvert", ()),
        ("tdktRepair", ()),
        ("tdktHelp", ()),
        ("tdktRestore", ()),
    ):
        book.activate()
        book.sheets[1].activate()
        excel.click(action, *answers)
        assert book.api.Saved, action
        assert count_marks(book) == (0, 0), action
        assert source.read_bytes() == before, action
    copy = documents_folder() / "danh-dau" / "Cụm 5 = 100% & cũ (đã đánh dấu).xlsx"
    assert copy.is_file()
    assert [path.name for path in source.parent.iterdir()] == [source.name]


def test_a_name_written_with_combining_marks_is_the_same_name(excel: Excel, tmp_path: Path) -> None:
    """Windows keeps a name as it was typed; the command line may bring the other spelling."""
    composed = "Cụm số 5 – tổng hợp.xlsx"
    for name in (normalize("NFD", composed), "khác.xlsx"):
        excel.app.books.add().save(tmp_path / name)
    assert excel.app.books.active.name == "khác.xlsx"
    for form in ("NFC", "NFD"):
        found = attach(normalize(form, composed), excel.app.hwnd).book.name
        assert normalize("NFC", found) == composed


def test_a_request_to_stop_left_from_an_earlier_run_is_forgotten(excel: Excel) -> None:
    found = attach(None, None)
    (excel.state / CANCEL_FILE).write_text("", "utf-8")
    found.progress("Kiểm tra")(1, 2, "a.xlsx")
    assert excel.app.status_bar == "Kiểm tra 1/2: a.xlsx (giữ phím Esc để dừng)"


def test_a_long_name_still_fits_the_status_bar(excel: Excel) -> None:
    name = "thư mục rất dài/" * 30 + "cum-01.xlsx"
    attach(None, None).progress("Kiểm tra")(1, 2, name)
    shown = str(excel.app.status_bar)
    assert len(shown) <= LONGEST_LINE
    assert "cum-01.xlsx (giữ phím Esc để dừng)" in shown


def test_a_copy_of_a_book_from_the_internet_is_marked_as_such(excel: Excel, tmp_path: Path) -> None:
    source = tmp_path / FAULTY
    source.write_bytes((SAMPLES / FAULTY).read_bytes())
    Path(f"{source}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", "ascii")
    excel.open(source)
    excel.click("tdktCheckBook", "yes")
    copy = excel.app.books.active.fullname
    assert Path(f"{copy}:Zone.Identifier").read_text("ascii") == "[ZoneTransfer]\nZoneId=3\n"


def test_names_that_look_like_formulas_stay_texts_in_the_results(excel: Excel) -> None:
    book = excel.app.books.add()
    book.sheets[0].name = "=1+1"
    put_marks(book, [NOT_A_NUMBER.at(Place("", "=1+1", 2, 2), column="Điểm", text="=2+2")])
    cell = book.sheets[RESULT_SHEET][FIRST_ROW - 1, 3]
    assert (cell.value, cell.formula) == ("=1+1", "=1+1")
    assert not cell.api.HasFormula
    assert book.sheets[RESULT_SHEET][FIRST_ROW - 1, 5].value.startswith("Cột “Điểm”: ô chứa “=2+2”")


def test_the_log_does_not_grow_without_end(excel: Excel) -> None:
    path = log_path()
    path.write_text("cũ" * 600_000, "utf-8")
    write_log("tdktCheckBook", ValueError("điểm 98,75 của Nguyễn Thị Kín"))
    assert path.read_text("utf-8").endswith(
        "tdktCheckBook\nTraceback (most recent call last):\nbuiltins.ValueError\n"
    )
    assert "cũcũ" not in path.read_text("utf-8")
    assert path.with_suffix(".cu.log").read_text("utf-8").startswith("cũcũ")


def test_a_disk_that_takes_no_log_is_said(excel: Excel) -> None:
    log_path().mkdir(parents=True)
    assert write_log("tdktCheckBook", ValueError("mới")) == "(không ghi được nhật ký)"
