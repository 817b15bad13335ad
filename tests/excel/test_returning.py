"""Phiếu trả lại, đơn vị chưa nộp: the way back to the sender."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.excel.conftest import Excel
from tests.tools.runs import SAMPLES, tdkt

FAULTY = "cum-05 ban chinh thuc.xlsx"


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Two received cluster books, one with faults."""
    folder = tmp_path / "Sổ đã nhận"
    folder.mkdir()
    for name in ("cum-01.xlsx", FAULTY):
        shutil.copyfile(SAMPLES / name, folder / name)
    return folder


def results(received: Path) -> Path:
    return received.with_name(f"{received.name} - kết quả")


def texts(path: Path) -> list[list[object]]:
    return [
        [cell.value for cell in row] for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows()
    ]


def test_letters_are_those_of_the_command_line(excel: Excel, received: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in received.iterdir()}
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktLetters", received, "ok", "20/12/2023")
    out = results(received)
    assert "có 2 sổ" in excel.desk.asked[1]
    assert "Hạn gửi lại" in excel.desk.asked[2]
    told = excel.desk.told[0]
    assert "hạn gửi lại 20/12/2023; 8 nơi chưa gửi" in told
    assert excel.app.books.active.name == "phieu-tra-lai.xlsx"
    ours = tdkt("letters", received, "--out", tmp_path / "lệnh", "--deadline", "2023-12-20")
    assert ours.code == 1
    assert texts(out / "phieu-tra-lai.xlsx") == texts(tmp_path / "lệnh" / "phieu-tra-lai.xlsx")
    written = sorted(path.name for path in (out / "phieu-tra-lai").iterdir())
    assert written == sorted(path.name for path in (tmp_path / "lệnh" / "phieu-tra-lai").iterdir())
    assert f"Đã lập {len(written)} phiếu" in told
    assert (out / "tin-nhan.txt").is_file()
    assert {path.name: path.read_bytes() for path in received.iterdir()} == before
    assert excel.app.status_bar is False
    assert not excel.log


def test_old_letters_are_told_of(excel: Excel, received: Path) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktLetters", received, "ok", "20/12/2023")
    letters = results(received) / "phieu-tra-lai"
    before = {path.name for path in letters.iterdir()}
    shutil.copyfile(SAMPLES / "cum-09.xlsx", received / "cum-09.xlsx")
    (received / FAULTY).unlink()
    excel.click("tdktLetters", received, "ok", "20/12/2023")
    left = {path.name for path in letters.iterdir() if path.is_file()}
    assert not before & left
    assert "tệp của lượt chạy trước không còn thuộc kết quả này" in excel.desk.told[-1]
    assert not excel.log


@pytest.mark.parametrize("answers", [(False,), ("cancel",), ("ok", False)])
def test_letters_can_be_refused_at_each_step(
    excel: Excel, received: Path, answers: tuple[object, ...]
) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktLetters", *([received] if answers != (False,) else []), *answers)
    assert not results(received).exists()
    assert not excel.desk.told


@pytest.mark.parametrize(("given", "said"), [("31/02/2023", "“31/02/2023”"), ("", "Chưa ghi")])
def test_letters_need_a_deadline(excel: Excel, received: Path, given: str, said: str) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktLetters", received, "ok", given)
    assert excel.desk.told[0].startswith(said)
    assert excel.desk.told[0].endswith("ghi hạn gửi lại.")
    assert not results(received).exists()


def test_stopping_the_letters_writes_nothing(
    excel: Excel, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tdkt_xl.excel.session.escape_held", lambda app: True)
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktLetters", received, "ok", "20/12/2023")
    assert excel.desk.told == ["Đã dừng theo yêu cầu sau 1/2 tệp. Chưa ghi kết quả nào."]
    assert not results(received).exists()


def test_who_has_not_sent(excel: Excel, received: Path) -> None:
    book = excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktMissing", received)
    told = excel.desk.told[0]
    assert "có 2 sổ" in told
    assert "8 nơi chưa gửi" in told
    assert "• Cụm thi đua số 2: sổ chấm điểm của cụm năm 2023 – " in told
    assert told.count("(Cụm trưởng)") == 8
    assert "“Phiếu trả lại”" in told
    assert not results(received).exists()
    assert excel.app.books.active == book
    assert len(excel.app.books) == 1
    assert not excel.log


def test_a_unit_without_a_sheet_is_named(excel: Excel, tmp_path: Path) -> None:
    folder = tmp_path / "nhận"
    folder.mkdir()
    book = openpyxl.load_workbook(SAMPLES / "cum-01.xlsx")
    del book["Tân Bình"]
    row = next(row for row in book["Tổng hợp"].iter_rows() if "Xã Tân Bình" in {cell.value for cell in row})
    for cell in row:
        cell.value = None
    book.save(folder / "cum-01.xlsx")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktMissing", folder)
    assert "• Xã Tân Bình: phiếu chấm điểm năm 2023 – Xã Tân Bình và " in excel.desk.told[0]
    assert "10 nơi chưa gửi" in excel.desk.told[0]


def test_everybody_has_sent(excel: Excel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tdkt_xl.tasks.letters.find_missing", lambda checked, master: ())
    shutil.copyfile(SAMPLES / "cum-01.xlsx", tmp_path / "cum-01.xlsx")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktMissing", tmp_path)
    assert excel.desk.told[0].endswith("Mọi cụm, đơn vị đã gửi.")


def test_a_folder_without_books(excel: Excel, tmp_path: Path) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    for action in ("tdktMissing", "tdktLetters"):
        excel.click(action, tmp_path)
    assert [text.endswith("các sổ đã nhận.") for text in excel.desk.told] == [True, True]
