"""What holds for every click: finding the workbook, explaining, failing politely, giving state back."""

import ctypes
import os
import shutil
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.excel import session as sessions
from tdkt_xl.excel.actions import ACTIONS, load_action
from tdkt_xl.excel.calls import is_online, path_of
from tdkt_xl.excel.run import WITHOUT_BOOK, main, parse
from tdkt_xl.excel.settings import Settings, state_folder
from tdkt_xl.tasks.kept_master import load_master
from tdkt_xl.tasks.resources import default_master
from tests.excel.conftest import Excel
from tests.tools.runs import ROOT, SAMPLES

NEEDS_BOOK = [
    "tdktCheckBook",
    "tdktCheckSheet",
    "tdktRepair",
    "tdktConvert",
    "tdktClearMarks",
    "tdktTrace",
    "tdktTry",
]


def test_the_command_line_is_read_whole() -> None:
    click = parse(["tdktCheckBook", "--wb=a=b & 100% – Lễ.xlsx", "--from_xl=1", "--hwnd=4711"])
    assert (click.action, click.book, click.hwnd) == ("tdktCheckBook", "a=b & 100% – Lễ.xlsx", 4711)
    assert parse(["tdktHelp", "--wb=", "--hwnd=x"]).book is None
    assert parse([]).action == ""


@pytest.mark.parametrize("name", ["a=b.xlsx", "a & b.xlsx", "100% xong.xlsx", "Bảng điểm thị trấn.xlsx"])
def test_the_named_book_is_found_among_others(excel: Excel, tmp_path: Path, name: str) -> None:
    for file in (name, "a.xlsx"):
        shutil.copyfile(SAMPLES / "cum-01.xlsx", tmp_path / file)
    excel.open(tmp_path / name)
    excel.open(tmp_path / "a.xlsx")
    assert sessions.attach(name, excel.app.hwnd).book.name == name
    assert sessions.attach(name, None).book.name == name
    assert sessions.attach("không có.xlsx", 1).book.name == "a.xlsx"
    excel.click("tdktCheckBook", book=name)
    assert f"“{name}”" in excel.desk.told[0]


@pytest.mark.parametrize("action", NEEDS_BOOK)
def test_without_a_workbook(excel: Excel, action: str) -> None:
    excel.click(action)
    assert excel.desk.told == ["Chưa có sổ nào đang mở. Xin mở sổ cần làm rồi bấm lại nút này."]
    assert not excel.log


@pytest.mark.parametrize("action", NEEDS_BOOK)
def test_in_protected_view(excel: Excel, action: str) -> None:
    excel.desk.protected_views.append("cum-01.xlsx")
    excel.click(action)
    assert len(excel.desk.told) == 1
    assert "Protected View" in excel.desk.told[0]


def test_a_process_of_its_own_without_excel(excel: Excel) -> None:
    command = [sys.executable, "-I", "-m", "tdkt_xl.excel.run", "tdktTrace", "--wb=a=b.xlsx", "--from_xl=1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=excel.home)
    assert done.returncode == 0
    assert "Chưa thấy Excel đang chạy" in done.stderr


def alone(home: Path, *arguments: str) -> str:
    """Run a click in a process of its own, with no Excel and no screen; what it said."""
    command = [sys.executable, "-I", "-m", "tdkt_xl.excel.run", *arguments]
    settings = {**os.environ, "BROWSER": "true"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=home, env=settings)
    assert done.returncode == 0
    return done.stderr


def test_the_doctor_needs_no_workbook(excel: Excel) -> None:
    said = alone(excel.home, "tdktDoctor", "--wb=", "--from_xl=1", "--hwnd=4711")
    assert "Phiên bản tdkt" in said
    assert "Chưa thấy Excel" not in said


def test_help_needs_no_workbook(excel: Excel) -> None:
    assert alone(excel.home, "tdktHelp", "--wb=", "--from_xl=1", "--hwnd=4711") == ""
    assert "Trợ giúp" in (excel.state / "tro-giup.html").read_text("utf-8")


def test_a_crash_without_excel_is_one_message(
    excel: Excel, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    excel.app.quit()
    monkeypatch.setattr("tdkt_xl.excel.doctor.doctor_report", lambda: 1 / 0)
    assert main(["tdktDoctor", "--wb="]) == 0
    assert "(ZeroDivisionError)" in capsys.readouterr().err
    assert "Traceback" in excel.log


def test_a_message_of_windows_belongs_to_the_window_of_excel(
    excel: Excel, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[object, ...]] = []
    user32 = types.SimpleNamespace(MessageBoxW=lambda *given: shown.append(given))
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(user32=user32), raising=False)
    excel.app.quit()
    monkeypatch.setattr("tdkt_xl.excel.doctor.doctor_report", lambda: "Máy đã sẵn sàng.")
    assert main(["tdktDoctor", "--wb=", "--from_xl=1", "--hwnd=4711"]) == 0
    assert shown == [(4711, "Máy đã sẵn sàng.", "Thi đua", 0x10040)]


@pytest.mark.parametrize("action", sorted(WITHOUT_BOOK))
def test_without_a_workbook_in_an_excel_that_is_found(
    excel: Excel, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("tdkt_xl.excel.opening.open_outside", opened.append)
    excel.click(action)
    assert opened or excel.desk.told[0].startswith("Phiên bản tdkt")
    assert not excel.log


def test_without_excel(excel: Excel, capsys: pytest.CaptureFixture[str]) -> None:
    excel.app.quit()
    assert main(["tdktCheckBook"]) == 0
    assert "Chưa thấy Excel đang chạy" in capsys.readouterr().err


def test_an_action_this_version_does_not_have(excel: Excel) -> None:
    excel.click("tdktBayGio")
    assert "chưa có chức năng “tdktBayGio”" in excel.desk.told[0]


def put_in_odd_state(excel: Excel) -> Any:
    book = excel.open(SAMPLES / "cum-01.xlsx")
    sheet = book.sheets["Bình Lợi"]
    sheet.activate()
    sheet["C15:D16"].select()
    excel.app.api.ActiveWindow.ScrollRow, excel.app.api.ActiveWindow.ScrollColumn = 14, 2
    excel.app.calculation = "manual"
    excel.app.screen_updating = True
    excel.app.status_bar = "của chị Lễ"
    return book


def state(excel: Excel) -> tuple[object, ...]:
    app = excel.app
    return (
        app.books.active.name,
        app.books.active.sheets.active.name,
        app.selection.address,
        (app.api.ActiveWindow.ScrollRow, app.api.ActiveWindow.ScrollColumn),
        app.calculation,
        app.screen_updating,
        app.status_bar,
    )


def test_state_is_given_back(excel: Excel) -> None:
    put_in_odd_state(excel)
    before = state(excel)
    excel.click("tdktCheckBook")
    assert state(excel) == before
    assert excel.desk.status_history[1:] == [
        "Đang kiểm tra cum-01.xlsx …",
        "Kiểm tra 1/1: cum-01.xlsx (giữ phím Esc để dừng)",
        "của chị Lễ",
    ]


def test_state_is_given_back_after_a_crash(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_odd_state(excel)
    before = state(excel)

    def crash(*_: object) -> None:
        excel.app.books.active.sheets.active["B30"].select()
        excel.app.api.ActiveWindow.ScrollRow = 30
        excel.app.books.active.sheets[0].activate()
        excel.app.calculation = "automatic"
        msg = "hỏng giữa chừng"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr("tdkt_xl.tasks.round.check_round", crash)
    excel.click("tdktCheckBook")
    assert state(excel) == before
    assert len(excel.desk.dialogs) == 1
    assert "(ZeroDivisionError)" in excel.desk.told[0]
    assert str(excel.state / "tdkt.log") in excel.desk.told[0]
    assert "Traceback" not in excel.desk.told[0]
    assert "ZeroDivisionError" in excel.log
    assert "hỏng giữa chừng" not in excel.log  # words may hold names and scores


def test_what_cannot_be_given_back_keeps_nothing_else_from_it(excel: Excel) -> None:
    put_in_odd_state(excel)
    found = sessions.attach(None, None)

    def crash() -> None:
        with found.working("…"):
            excel.desk.broken["calculation"] = RuntimeError()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert excel.app.status_bar == "của chị Lễ"
    assert excel.app.screen_updating is True


def test_excel_that_refuses_is_one_dialog(excel: Excel) -> None:
    from tests.excel.stand_ins import ComError

    book = excel.open(SAMPLES / "cum-01.xlsx")
    book.api.vba.saved = False
    excel.desk.broken["savecopyas"] = ComError("call rejected")
    excel.click("tdktCheckBook")
    assert len(excel.desk.dialogs) == 1
    assert "Excel chưa nhận lệnh" in excel.desk.told[0]
    assert "(hresult -2147352567)" in excel.log


def test_faults_of_the_environment_are_their_own_sentence(excel: Excel, tmp_path: Path) -> None:
    spoilt = tmp_path / "danh-muc.xlsx"
    spoilt.write_bytes(b"x")
    Settings(state_folder()).keep(master=str(spoilt))
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckBook")
    assert excel.desk.told[0].endswith("(KT-805)")


def test_an_online_workbook_is_checked_without_being_touched(excel: Excel, tmp_path: Path) -> None:
    book = excel.open(SAMPLES / "cum-01.xlsx")
    book.api.vba.path = "https://vinhcuu.sharepoint.com/sites/td"
    assert is_online(book)
    assert path_of(book) is None
    excel.click("tdktCheckBook")
    assert "không có lỗi" in excel.desk.told[0]


def test_spoilt_settings_are_no_obstacle(excel: Excel) -> None:
    settings = Settings(state_folder())
    (excel.state / "cai-dat.json").write_text("{", "utf-8")
    assert settings.text("cluster") == ""
    settings.keep(cluster="C01")
    settings.add("received", "a")
    settings.add("received", "b")
    settings.add("received", "a")
    assert (settings.text("cluster"), settings.texts("received")) == ("C01", ["b", "a"])


@pytest.mark.parametrize("way", ["file", "none"])
def test_a_stop_can_be_asked_for(excel: Excel, tmp_path: Path, way: str) -> None:
    found = sessions.attach(None, None)
    show = found.progress("Thử")
    if way == "file":
        (excel.state / "huy").write_text("", "utf-8")
    if way == "none":
        show(1, 2, "a.xlsx")
    else:
        with pytest.raises(sessions.CancelledError):
            show(1, 2, "a.xlsx")
    show(2, 2, "b.xlsx")


LIGHT = [
    "tdktClearMarks",
    "tdktConvert",
    "tdktDecisions",
    "tdktTrace",
    "tdktRules",
    "tdktOpenResults",
    "tdktMaster",
    "tdktRestore",
    "tdktHelp",
]
PROBE = """
import sys
from tdkt_xl.excel.calls import without_analysis
sys.path.insert(0, {root!r})
with without_analysis():  # on Windows xlwings imports its engine with itself
    from tests.excel.engine import register
register()
import xlwings as xw
from tdkt_xl.excel import opening
opening.open_outside = lambda path: None
app = xw.App(add_book=False)
app.books.open({book!r})
app.impl.desk.answers.extend(["no"] * 3)
from tdkt_xl.excel.run import main
assert main([{action!r}, "--from_xl=1"]) == 0
assert app.impl.desk.dialogs or {action!r} == "tdktHelp", "no dialog"
print(sorted({{"pandas", "pandera", "numpy", "openpyxl", "xlsxwriter"}} & sys.modules.keys()))
"""


@pytest.mark.parametrize("action", LIGHT)
def test_light_actions_load_no_analysis_package(excel: Excel, action: str) -> None:
    probe = PROBE.format(root=str(ROOT), book=str(SAMPLES / "cum-01.xlsx"), action=action)
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_forms_are_made_without_analysis_packages_once_the_master_is_known(excel: Excel) -> None:
    """The first click reads and checks the master data, which takes pandera; later ones find them kept."""
    load_master(default_master(), state_folder())
    probe = PROBE.format(root=str(ROOT), book=str(SAMPLES / "cum-01.xlsx"), action="tdktNewForms")
    target = str(excel.documents / "so.xlsx")
    probe = probe.replace('["no"] * 3', f'["ok", "C01", Path({target!r})]').replace(
        "import sys\n", "import sys\nfrom pathlib import Path\n", 1
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['xlsxwriter']"
    assert Path(target).is_file()


def test_only_buttons_that_read_at_once_start_the_reading_process(
    excel: Excel, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    excel.open(SAMPLES / "cum-01.xlsx")
    for action in ("tdktCheckBook", "tdktCheckSheet", "tdktRepair", "tdktTrace", "tdktClearMarks"):
        monkeypatch.setattr("tdkt_xl.tasks.prepare.prepare", lambda at=action: started.append(at))
        excel.click(action)
    assert started == ["tdktCheckBook", "tdktCheckSheet", "tdktRepair"]


def test_every_action_is_a_function_of_a_session() -> None:
    assert len(ACTIONS) == len(set(ACTIONS.values()))
    assert all(callable(action) and action.__doc__ for action in map(load_action, ACTIONS))
