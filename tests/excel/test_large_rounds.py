"""Tổng hợp, chờ quyết định on more books than one workbook holds: the same buttons, the large form."""

import shutil
from pathlib import Path

import pytest

from tdkt_xl.excel import settings
from tdkt_xl.findings.codes import between_files
from tdkt_xl.tasks import executors
from tests.excel.conftest import Excel
from tests.excel.test_deciding import answer, rows
from tests.excel.test_results import results
from tests.tools.runs import SAMPLES, tdkt


@pytest.fixture
def received(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two books where one workbook holds one."""
    folder = tmp_path / "Sổ cụm 2023"
    folder.mkdir()
    for name in ("cum-01.xlsx", "cum-03.xlsx"):
        shutil.copyfile(SAMPLES / name, folder / name)
    monkeypatch.setattr(executors, "ONE_WORKBOOK", 1)
    return folder


def test_more_books_than_one_workbook_holds(excel: Excel, received: Path) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    assert "Tổng hợp và ghi tong-hop-lon.xlsx và các bảng số liệu vào" in excel.desk.asked[1]
    assert "Đã tổng hợp 2 cụm, xếp hạng 12 đơn vị; 8 cụm chưa có sổ" in excel.desk.told[0]
    assert excel.app.books.active.name == "tong-hop-lon.xlsx"
    assert [text for text in excel.desk.status_history if "/2" in str(text)] == [
        "Tổng hợp 2/2: cum-03.xlsx (giữ phím Esc để dừng)"
    ]
    assert not (results(received) / "tong-hop-huyen.xlsx").exists()
    assert tdkt("verify", results(received)).code == 0
    assert not excel.log


def test_books_of_another_period_than_the_chosen_one(excel: Excel, received: Path) -> None:
    settings.Settings(settings.state_folder()).keep(chosen_period="2022-2023")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    book = excel.app.books.active
    codes = {cell for row in book.sheets["Theo mã"].used_range.value for cell in row}
    assert between_files.OTHER_PERIOD.id in codes


def test_answers_to_a_large_round_make_a_large_round(
    excel: Excel, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    monkeypatch.setattr(executors, "ONE_WORKBOOK", 400)
    book = excel.app.books.active
    answer(book, rows(book)[1][0])
    excel.desk.dialogs.clear()
    excel.click("tdktDecisions", "yes")
    assert "Đã áp dụng 1 quyết định" in excel.desk.told[0]
    assert excel.app.books.active.name == "tong-hop-lon.xlsx"
    assert not (results(received) / "tong-hop-huyen.xlsx").exists()


def test_stopping_a_large_round(excel: Excel, received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tdkt_xl.tasks.shared_work.FILES_A_PART", 1)
    monkeypatch.setattr("tdkt_xl.excel.session.escape_held", lambda app: True)
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    assert excel.desk.told[0].startswith("Đã dừng theo yêu cầu")
    assert not (results(received) / "tong-hop-lon.xlsx").exists()


def test_without_the_package_of_large_rounds(
    excel: Excel, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    assert "“polars”" in excel.desk.told[0]
    assert not results(received).joinpath("tong-hop-lon.xlsx").exists()
