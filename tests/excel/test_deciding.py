"""Chờ quyết định: the sheet, its numbers, the consolidation with the answers; the round before."""

import datetime as dt
import html
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.findings import column_letters
from tests.excel.conftest import Excel
from tests.excel.test_results import results
from tests.tools.runs import SAMPLES, tdkt

SHEET = "Chờ quyết định"


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A cluster book with a blank score, and another without."""
    folder = tmp_path / "Sổ cụm 2023"
    folder.mkdir()
    for name in ("cum-01.xlsx", "cum-03.xlsx"):
        shutil.copyfile(SAMPLES / name, folder / name)
    return folder


@pytest.fixture
def consolidated(excel: Excel, received: Path) -> Any:
    """The consolidated workbook, made by a click and open."""
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    return excel.app.books.active


def rows(book: Any) -> tuple[dict[str, int], list[int]]:
    """Columns by heading, and the rows of the sheet."""
    values = book.sheets[SHEET].used_range.value
    head = next(at for at, row in enumerate(values) if row[0] == "STT")
    columns = {str(name): at for at, name in enumerate(values[head])}
    return columns, [at for at in range(head + 1, len(values)) if values[at][0] is not None]


def answer(book: Any, row: int, **more: Any) -> str:
    """Type the first possible answer with everything it needs; returns the code of the question."""
    columns, _ = rows(book)
    sheet = book.sheets[SHEET]
    choices = str(sheet[row, columns["Các trả lời"]].value).split("; ")
    word = {
        "Trả lời": choices[0],
        "Người quyết định": "Hội đồng TĐ-KT",
        "Ngày": dt.date(2024, 1, 12),
        "Căn cứ, lý do": "Biên bản số 05/BB",
    } | more
    for heading, value in word.items():
        (column,) = [at for name, at in columns.items() if name.startswith(heading[:4])]
        sheet[row, column].value = value
    return str(sheet[row, columns["Mã việc"]].value) if "Mã việc" in columns else ""


def test_what_waits_is_counted_when_consolidating(excel: Excel, consolidated: Any) -> None:
    _, open_rows = rows(consolidated)
    assert open_rows
    assert f"{len(open_rows)} việc chờ quyết định: bấm “Chờ quyết định”" in excel.desk.told[0]


def test_the_sheet_is_shown_while_nothing_is_answered(excel: Excel, consolidated: Any) -> None:
    _, open_rows = rows(consolidated)
    excel.desk.dialogs.clear()
    consolidated.sheets[0].activate()
    excel.click("tdktDecisions")
    assert consolidated.sheets.active.name == SHEET
    assert f"Có {len(open_rows)} việc chờ quyết định, chưa việc nào được trả lời" in excel.desk.told[0]


def test_answers_are_applied_in_a_new_run(excel: Excel, consolidated: Any, received: Path) -> None:
    before = {path.name: path.read_bytes() for path in received.iterdir()}
    _, open_rows = rows(consolidated)
    answer(consolidated, open_rows[0])
    excel.desk.dialogs.clear()
    excel.click("tdktDecisions", "yes")
    asked = excel.desk.asked[0]
    assert f"Có {len(open_rows)} việc chờ quyết định, 1 việc đã ghi trả lời" in asked
    assert str(received) in asked
    assert "Đã áp dụng 1 quyết định" in excel.desk.told[0]
    book = excel.app.books.active
    assert book.name == "tong-hop-huyen.xlsx"
    assert [item.name for item in excel.app.books].count("tong-hop-huyen.xlsx") == 1
    columns, now = rows(book)
    states = [book.sheets[SHEET][row, columns["Tình trạng"]].value for row in now]
    assert states.count("Đã áp dụng") == 1
    kept = list((results(received) / "ban-cu").glob("tong-hop-huyen.*"))
    assert len(kept) == 1
    said = {cell.value for line in openpyxl.load_workbook(kept[0])[SHEET].iter_rows() for cell in line}
    assert "Hội đồng TĐ-KT" in said
    assert {path.name: path.read_bytes() for path in received.iterdir()} == before
    assert not excel.log


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"Ngày": dt.date(2999, 1, 12)}, "Ngày"), ({"Trả lời": "tuỳ"}, "Trả lời")],
    ids=["day to come", "no such answer"],
)
def test_answers_that_do_not_count_are_told_with_their_cells(
    wrong: dict[str, Any], column: str, excel: Excel, consolidated: Any
) -> None:
    answer(consolidated, rows(consolidated)[1][0], **wrong)
    excel.desk.dialogs.clear()
    excel.click("tdktDecisions", "yes")
    book = excel.app.books.active
    columns, now = rows(book)
    (row,) = [
        at for at in now if book.sheets[SHEET][at, columns["Tình trạng"]].value == "Trả lời chưa hợp lệ"
    ]
    cell = f"{column_letters(columns[column] + 1)}{row + 1}"
    assert f"1 câu trả lời chưa hợp lệ nên chưa áp dụng: sửa ô {cell} ở trang" in excel.desk.told[0]


def test_refusing_leaves_the_answers_as_typed(excel: Excel, consolidated: Any, received: Path) -> None:
    before = (results(received) / "tong-hop-huyen.xlsx").read_bytes()
    answer(consolidated, rows(consolidated)[1][0])
    excel.click("tdktDecisions", "no")
    assert (results(received) / "tong-hop-huyen.xlsx").read_bytes() == before
    assert not consolidated.api.Saved
    assert excel.app.books.active == consolidated


def test_stopping_opens_the_answers_again(
    excel: Excel, consolidated: Any, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(consolidated, rows(consolidated)[1][0])
    shutil.rmtree(excel.state / "so-da-doc")  # or nothing is read, and there is nothing to stop
    monkeypatch.setattr("tdkt_xl.excel.session.escape_held", lambda app: True)
    excel.desk.dialogs.clear()
    excel.click("tdktDecisions", "yes")
    assert excel.desk.told[0].startswith("Đã dừng theo yêu cầu")
    book = excel.app.books.active
    assert book.name == "tong-hop-huyen.xlsx"
    said = {value for line in book.sheets[SHEET].used_range.value for value in line}
    assert "Hội đồng TĐ-KT" in said


def test_a_workbook_of_another_machine_asks_for_the_folder(
    excel: Excel, consolidated: Any, received: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "ra" / "tong-hop-huyen.xlsx"
    elsewhere.parent.mkdir()
    consolidated.save(elsewhere)
    book = excel.app.books["tong-hop-huyen.xlsx"]
    answer(book, rows(book)[1][0])
    excel.click("tdktDecisions", received, "yes")
    assert "Đã áp dụng 1 quyết định" in excel.desk.told[-1]
    assert Path(excel.app.books.active.fullname) == elsewhere


def test_a_read_only_workbook_is_explained(excel: Excel, consolidated: Any) -> None:
    answer(consolidated, rows(consolidated)[1][0])
    excel.desk.read_only.add(id(consolidated.api.vba))
    excel.click("tdktDecisions")
    assert "đang mở chỉ đọc" in excel.desk.told[-1]


def test_without_the_sheet(excel: Excel, consolidated: Any) -> None:
    consolidated.sheets[SHEET].delete()
    excel.click("tdktDecisions")
    assert f"không có trang “{SHEET}”" in excel.desk.told[-1]


def test_without_a_result(excel: Excel) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktDecisions")
    assert excel.desk.told[0].startswith("Chưa có sổ tổng hợp nào")


def test_compared_with_the_round_before(
    excel: Excel, consolidated: Any, received: Path, tmp_path: Path
) -> None:
    last = tmp_path / "kỳ trước.xlsx"
    shutil.copyfile(results(received) / "tong-hop-huyen.xlsx", last)
    consolidated.close()
    excel.desk.dialogs.clear()
    excel.click("tdktConsolidateCompared", last, received, "yes")
    assert f"So với kỳ trước: {last}" in excel.desk.asked[2]
    changes = openpyxl.load_workbook(results(received) / "tong-hop-huyen.xlsx")
    assert any("đổi" in name.casefold() or "so" in name.casefold() for name in changes.sheetnames)
    book = excel.app.books.active
    answer(book, rows(book)[1][0])
    excel.click("tdktDecisions", "yes")
    again = openpyxl.load_workbook(results(received) / "tong-hop-huyen.xlsx")
    assert again.sheetnames == changes.sheetnames


@pytest.mark.parametrize("answers", [(False,), ("last", False), ("last", "folder", "no")])
def test_comparing_can_be_refused(excel: Excel, received: Path, answers: tuple[object, ...]) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    given = {"last": SAMPLES / "cum-01.xlsx", "folder": received}
    excel.click("tdktConsolidateCompared", *(given.get(str(item), item) for item in answers))
    assert not results(received).exists()


def test_a_round_before_that_is_none_is_explained(excel: Excel, received: Path) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidateCompared", SAMPLES / "cum-01.xlsx", received, "yes")
    assert excel.desk.told[0].endswith("(KT-806)")
    assert not results(received).exists()


# ---- Thử thay đổi


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system to open."""
    found: list[Path] = []
    monkeypatch.setattr("tdkt_xl.excel.opening.open_outside", found.append)
    return found


def corrected(tmp_path: Path) -> Path:
    """The first cluster's book with the first unit's first score lowered."""
    path = tmp_path / "cum-01 sửa.xlsx"
    book = openpyxl.load_workbook(SAMPLES / "cum-01.xlsx")
    sheet = book["Tân Bình"]
    spot = next(
        cell for row in sheet.iter_rows(min_row=12, min_col=8, max_col=8) for cell in row if cell.value
    )
    spot.value = 0
    book.save(path)
    return path


def told_of(excel: Excel, opened: list[Path]) -> str:
    return excel.desk.told[-1] if excel.desk.told else html.unescape(opened[-1].read_text("utf-8"))


def test_a_correction_is_tried_and_nothing_is_written(
    excel: Excel, consolidated: Any, received: Path, tmp_path: Path, opened: list[Path]
) -> None:
    path = corrected(tmp_path)
    files = [path, *received.iterdir(), *results(received).rglob("*.*")]
    before = {item: item.read_bytes() for item in files}
    excel.open(path)
    excel.desk.dialogs.clear()
    excel.click("tdktTry", "yes")
    asked = excel.desk.asked[0]
    assert f"Thử thay bằng “cum-01 sửa.xlsx” trong các sổ của “{received}”" in asked
    assert str(results(received) / "tong-hop-huyen.xlsx") in asked
    said = told_of(excel, opened)
    result = results(received) / "tong-hop-huyen.xlsx"
    line = tdkt("what-if", path, "--folder", received, "--decisions", result).stdout.strip()
    assert line in said
    assert "thay cum-01.xlsx bằng cum-01 sửa.xlsx" in said
    assert {item: item.read_bytes() for item in before} == before
    assert not excel.log


def test_what_is_typed_and_not_saved_is_tried(
    excel: Excel, consolidated: Any, received: Path, tmp_path: Path, opened: list[Path]
) -> None:
    path = corrected(tmp_path)
    book = excel.open(SAMPLES / "cum-01.xlsx")
    sheet = book.sheets["Tân Bình"]
    sheet.api.Unprotect("")
    changed = next(
        cell.coordinate
        for row in openpyxl.load_workbook(path)["Tân Bình"].iter_rows(min_row=12, min_col=8, max_col=8)
        for cell in row
        if cell.value == 0
    )
    sheet[changed].value = 0
    excel.desk.dialogs.clear()
    excel.click("tdktTry", "yes")
    assert "Xã Tân Bình" in told_of(excel, opened)
    assert not book.api.Saved


def test_trying_over_the_result_asks_for_the_file(
    excel: Excel, consolidated: Any, tmp_path: Path, opened: list[Path]
) -> None:
    excel.desk.dialogs.clear()
    excel.click("tdktTry", corrected(tmp_path), "yes")
    assert "Xã Tân Bình" in told_of(excel, opened)


def test_without_a_result_the_folder_is_asked_for(
    excel: Excel, received: Path, tmp_path: Path, opened: list[Path]
) -> None:
    excel.open(corrected(tmp_path))
    excel.click("tdktTry", received, "no")
    assert "Áp dụng các quyết định" not in excel.desk.asked[1]
    assert not excel.desk.told
    assert not opened


def test_a_book_that_corrects_nothing_is_explained(excel: Excel, consolidated: Any) -> None:
    excel.open(SAMPLES / "cum-06.xlsx")
    excel.desk.dialogs.clear()
    excel.click("tdktTry", "yes")
    assert excel.desk.told[0].endswith("(KT-541)")
