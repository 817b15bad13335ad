"""A click in the interpreter, from the ribbon callback to the command line Windows would run."""

import pytest

from tdkt_xl.excel.addin_parts import TEXTS
from tdkt_xl.excel.run import WITHOUT_BOOK
from tests.excel_addin.conftest import Session
from tests.excel_addin.host import PYTHON, Launch, Windows
from tests.excel_addin.ribbon import BUTTONS


def line(action: str, book: str) -> str:
    return f'"{PYTHON}" -I -m tdkt_xl.excel.run {action} "--wb={book}" --from_xl=1 --hwnd=4711'


@pytest.mark.parametrize("action", BUTTONS)
def test_click_starts_python_hidden_and_waits(session: Session, action: str) -> None:
    excel = session()
    excel.click(action)
    assert excel.windows.launches == [Launch(line(action, "Báo cáo 2023.xlsx"), 0, True)]
    assert excel.windows.popups == []


@pytest.mark.parametrize(
    "name",
    [
        "Cụm 1 & 2 – Nguyễn Thị Đào.xlsx",
        "a=b.xlsx",
        "50%.xlsx",
        "%TEMP% và %LOCALAPPDATA%.xlsx",
        "it's (2).xlsx",
    ],
)
def test_name_arrives_as_it_is(session: Session, name: str) -> None:
    excel = session(name)
    excel.click("tdktCheckBook")
    assert excel.command == line("tdktCheckBook", name)


@pytest.mark.parametrize("action", sorted(WITHOUT_BOOK))
@pytest.mark.parametrize("protected_view", [False, True])
def test_what_needs_no_workbook_starts_without_one(
    session: Session, action: str, protected_view: bool
) -> None:
    excel = session(None, windows=Windows(protected_view=protected_view))
    excel.click(action)
    assert excel.windows.launches == [Launch(line(action, ""), 0, True)]
    assert excel.windows.popups == []


@pytest.mark.parametrize("action", sorted(set(BUTTONS) - WITHOUT_BOOK))
def test_every_other_button_needs_a_workbook(session: Session, action: str) -> None:
    excel = session(None)
    excel.click(action)
    assert excel.windows.launches == []
    assert excel.windows.popups == [(TEXTS["title"], TEXTS["no_workbook"])]


def test_protected_view_is_explained(session: Session) -> None:
    excel = session(None, windows=Windows(protected_view=True))
    excel.click("tdktCheckBook")
    assert excel.windows.launches == []
    assert excel.windows.popups == [(TEXTS["title"], TEXTS["protected_view"])]


def test_foreign_workbook_chooses_nothing(session: Session) -> None:
    evil = r"\\evil\share\python.exe"
    conf = [["INTERPRETER_WIN", evil], ["PYTHONPATH", r"\\evil\share"]]
    texts = [["title", "evil"], ["no_python", "evil"]]
    windows = Windows(files={PYTHON, evil})
    excel = session("gửi.xlsx", windows=windows, sheets={"tdkt.conf": conf, "tdkt.ui": texts, "x.py": []})
    excel.click("tdktCheckBook")
    assert excel.command == line("tdktCheckBook", "gửi.xlsx")
    windows.files.clear()
    excel.click("tdktCheckBook")
    assert windows.popups == [(TEXTS["title"], f"{TEXTS['no_python']}\r\n\r\n{PYTHON}")]


def test_missing_python_is_explained(session: Session) -> None:
    excel = session(windows=Windows(files=set()))
    excel.click("tdktCheckBook")
    assert excel.windows.launches == []
    assert excel.windows.popups == [(TEXTS["title"], f"{TEXTS['no_python']}\r\n\r\n{PYTHON}")]


def test_failing_python_is_explained_once(session: Session) -> None:
    excel = session(windows=Windows(exit_code=3))
    excel.click("tdktCheckBook")
    assert excel.windows.popups == [(TEXTS["title"], f"{TEXTS['python_failed']}\r\n\r\n{PYTHON} (3)")]


def test_forbidden_child_process_is_explained(session: Session) -> None:
    excel = session(windows=Windows(blocked=True))
    excel.click("tdktCheckBook")
    ((title, text),) = excel.windows.popups
    assert title == TEXTS["title"]
    assert text.startswith(f"{TEXTS['not_started']}\r\n\r\n70: ")


def test_error_in_vba_is_shown_and_the_next_click_works(session: Session) -> None:
    windows = Windows(unregistered={"scripting.filesystemobject"})
    excel = session(windows=windows)
    excel.click("tdktCheckBook")
    ((_, text),) = windows.popups
    assert text.startswith(f"{TEXTS['unexpected']}\r\n\r\n429: ")
    windows.unregistered.clear()
    excel.click("tdktCheckBook")
    assert len(windows.launches) == len(windows.popups) == 1


def test_drop_down_reads_its_items_and_keeps_the_choice(session: Session) -> None:
    excel = session()
    items = [("2023", "năm 2023"), ("2022-2023", "năm học 2022-2023"), ("", "")]
    for row, (key, label) in enumerate(items, start=2):
        excel.run("Fill", row, 4, f"'{key}")
        excel.run("Fill", row, 5, label)
    assert excel.run("Ask", "TdktItemCount", "tdktPeriod") == 2  # up to the first blank
    assert excel.run("AskItem", "TdktItemId", "tdktPeriod", 0) == "2023"
    assert excel.run("AskItem", "TdktItemLabel", "tdktPeriod", 1) == "năm học 2022-2023"
    excel.run("Choose", "tdktPeriod", "2022-2023", 1)
    assert excel.run("Ask", "TdktItemSelected", "tdktPeriod") == 1
    assert excel.run("TdktState", "tdktPeriod.id") == "2022-2023"
    excel.run("Choose", "tdktPeriod", "2023", 0)
    assert excel.run("TdktState", "tdktPeriod.id") == "2023"


def test_choice_beyond_a_shorter_list_falls_back_to_the_first(session: Session) -> None:
    excel = session()
    excel.run("Choose", "tdktCluster", "C09", 9)
    assert excel.run("Ask", "TdktItemSelected", "tdktCluster") == 9
    excel.run("Fill", 3, 6, "")
    assert excel.run("Ask", "TdktItemCount", "tdktCluster") == 1
    assert excel.run("Ask", "TdktItemSelected", "tdktCluster") == 0


def test_unknown_control_raises_nothing_while_the_ribbon_loads(session: Session) -> None:
    excel = session(None)
    assert excel.run("Ask", "TdktItemCount", "tdktUnknown") == 0
    assert excel.run("AskItem", "TdktItemLabel", "tdktUnknown", 0) == ""
    assert excel.run("Ask", "TdktGetLabel", "tdktStatus") == "Sẵn sàng"
    assert excel.windows.popups == []
