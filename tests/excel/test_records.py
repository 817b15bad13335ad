"""Every button that writes leaves a record that ``tdkt verify`` agrees with.

A new button belongs into ``WRITES``, or into ``WRITES_NOTHING`` with the reason.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.excel.actions import ACTIONS
from tdkt_xl.excel.settings import Settings, state_folder
from tdkt_xl.tasks.build_workbooks import starter_people
from tdkt_xl.tasks.manifest import where_from
from tdkt_xl.vietnamese.legacy import Encoding
from tests.excel.conftest import Excel
from tests.tools.legacy_text import typed
from tests.tools.runs import ROOT, SAMPLES, is_result, tdkt

DAY = "15/12/2023"
_RESULTS = frozenset({".xlsx", ".docx", ".txt", ".json"})
FAULTY = "cum-05 ban chinh thuc.xlsx"


class Clerk:
    """A clerk with a folder of received books; each button as she clicks it, giving the folder written to."""

    def __init__(self, excel: Excel, root: Path) -> None:
        self.excel = excel
        self.root = root
        self.received = root / "Sổ cụm"
        self.received.mkdir()
        for name in ("cum-01.xlsx", FAULTY):
            shutil.copyfile(SAMPLES / name, self.received / name)
        self.results = root / "Sổ cụm - kết quả"

    def consolidated(self) -> Path:
        """A consolidated workbook that is remembered as the last result, made without a record."""
        made = tdkt("consolidate", self.received, "--out", self.root / "a")
        assert made.code < 2
        self.results.mkdir()
        path = shutil.copyfile(self.root / "a" / "tong-hop-huyen.xlsx", self.results / "tong-hop-huyen.xlsx")
        Settings(state_folder()).keep(
            results=str(self.results), consolidated=str(path), consolidated_from=str(self.received)
        )
        return path

    def folder_checked(self) -> Path:
        self.excel.open(SAMPLES / "cum-09.xlsx")
        self.excel.click("tdktCheckFolder", self.received, "yes")
        return self.results

    def marked(self) -> Path:
        Settings(state_folder()).keep(results=str(self.root))
        self.excel.open(self.received / FAULTY)
        self.excel.click("tdktCheckBook", "yes")
        return self.root

    def sheet_marked(self) -> Path:
        Settings(state_folder()).keep(results=str(self.root))
        book = self.excel.open(self.received / FAULTY)
        book.sheets["Tổng hợp"].activate()
        self.excel.click("tdktCheckSheet", "yes")
        return self.root

    def repaired(self) -> Path:
        path = self.received / FAULTY
        book = openpyxl.load_workbook(path)
        book["Tổng hợp"]["D12"].value = "88,5"
        book.save(path)
        self.results.mkdir()
        Settings(state_folder()).keep(results=str(self.results))
        self.excel.open(path)
        self.excel.click("tdktRepair", "yes")
        return self.results

    def form_made(self) -> Path:
        self.excel.click("tdktNewForms", "ok", "C01", self.excel.documents / "sổ cụm 1.xlsx")
        return self.excel.documents

    def converted(self) -> Path:
        book = self.excel.app.books.add()
        sheet = book.sheets[0]
        sheet["B2"].value = typed("Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding.TCVN3)
        sheet["B2"].font.name = ".VnTime"
        home = self.root / "của tôi"
        home.mkdir()
        book.save(home / "danh sách.xlsx")
        again = self.excel.open(home / "danh sách.xlsx")
        again.sheets[0].activate()
        again.sheets[0]["B:B"].select()
        self.excel.click("tdktConvert", "yes")
        return home

    def lettered(self) -> Path:
        self.excel.open(SAMPLES / "cum-09.xlsx")
        self.excel.click("tdktLetters", self.received, "ok", "20/12/2023")
        return self.results

    def compared(self) -> Path:
        self.results.mkdir()
        Settings(state_folder()).keep(results=str(self.results))
        self.excel.open(SAMPLES / "cum-09.xlsx")
        changed = self.root / "gửi lại.xlsx"
        book = openpyxl.load_workbook(self.received / FAULTY)
        book["Tổng hợp"]["D12"].value = 88.5
        book.save(changed)
        self.excel.click("tdktCompare", self.received / FAULTY, changed, "yes")
        return self.results

    def consolidated_by_click(self) -> Path:
        self.excel.open(SAMPLES / "cum-09.xlsx")
        self.excel.click("tdktConsolidate", self.received, "yes")
        return self.results

    def consolidated_compared(self) -> Path:
        last = shutil.move(self.consolidated(), self.root / "tong-hop-huyen.xlsx")
        self.excel.open(SAMPLES / "cum-09.xlsx")
        self.excel.click("tdktConsolidateCompared", last, self.received, "yes")
        return self.results

    def decided(self) -> Path:
        book = self.excel.open(self.consolidated())
        sheet = book.sheets["Chờ quyết định"]
        head = next(row for row in range(1, 12) if "Trả lời" in (sheet[f"A{row}:K{row}"].value or []))
        column = sheet[f"A{head}:K{head}"].value.index("Trả lời")
        sheet[head, column].value = "chưa rõ"
        self.excel.click("tdktDecisions", "yes")
        return self.results

    def nominated(self) -> Path:
        self.excel.open(self.consolidated())
        self.excel.click("tdktNominate", "ok", DAY)
        return self.results

    def filled(self) -> Path:
        self.consolidated()
        home = self.root / "danh sách"
        home.mkdir()
        form = shutil.copyfile(ROOT / "workbooks" / "danh-sach-de-nghi.xlsx", home / "danh sách.xlsx")
        self.excel.open(form)
        self.excel.click("tdktNominate", DAY, "yes")
        return home

    def costed(self) -> Path:
        self.excel.open(self.consolidated())
        self.excel.click("tdktMoney", "ok", DAY)
        return self.results

    def eligible(self) -> Path:
        self.results.mkdir()
        Settings(state_folder()).keep(results=str(self.results))
        self.excel.open(
            shutil.copyfile(ROOT / "workbooks" / "ho-so-khen-thuong.xlsx", self.root / "hồ sơ.xlsx")
        )
        self.excel.click("tdktEligible", "ok", "2023", DAY)
        return self.results

    def restored(self) -> Path:
        old = self.consolidated()
        (self.results / "ban-cu").mkdir()
        old.rename(self.results / "ban-cu" / "tong-hop-huyen.20231215-010203.xlsx")
        self.excel.click("tdktRestore", "ok", "1")
        return self.results


WRITES: dict[str, Callable[[Clerk], Path]] = {
    "tdktCheckFolder": Clerk.folder_checked,
    "tdktCheckBook": Clerk.marked,
    "tdktCheckSheet": Clerk.sheet_marked,
    "tdktRepair": Clerk.repaired,
    "tdktNewForms": Clerk.form_made,
    "tdktConvert": Clerk.converted,
    "tdktLetters": Clerk.lettered,
    "tdktCompare": Clerk.compared,
    "tdktConsolidate": Clerk.consolidated_by_click,
    "tdktConsolidateCompared": Clerk.consolidated_compared,
    "tdktDecisions": Clerk.decided,
    "tdktNominate": Clerk.nominated,
    "tdktNominate (filling)": Clerk.filled,
    "tdktMoney": Clerk.costed,
    "tdktEligible": Clerk.eligible,
    "tdktRestore": Clerk.restored,
}
WRITES_NOTHING = {
    **dict.fromkeys(("tdktMissing", "tdktTrace", "tdktTry", "tdktJudge", "tdktRules"), "only tells"),
    **dict.fromkeys(("tdktOpenResults", "tdktDoctor", "tdktHelp"), "only opens"),
    "tdktMaster": "copies the master data of the product once, to be filled in",
    "tdktClearMarks": "changes the open workbook, which the clerk saves",
}


def test_every_button_is_known_to_write_or_not() -> None:
    assert ACTIONS.keys() == {name.partition(" (")[0] for name in WRITES} | WRITES_NOTHING.keys()


@pytest.mark.parametrize("button", WRITES)
def test_a_click_is_recorded(button: str, excel: Excel, tmp_path: Path) -> None:
    folder = WRITES[button](Clerk(excel, tmp_path))
    assert not excel.log
    (path,) = (folder / "ho-so-chay").glob("*.json")
    record: dict[str, Any] = json.loads(path.read_text("ascii"))
    outputs = [folder / item["path"] for item in record["outputs"]]
    recorded = {path.resolve() for path in outputs if is_result(path)}
    written = {book for book in folder.rglob("*") if book.suffix in _RESULTS and is_result(book)}
    ours = {book.resolve() for book in written if is_ours(book, folder, button)}
    assert recorded == ours
    assert codes(tdkt("verify", folder).stdout) == {"KT-852"}
    changed = max(recorded)
    changed.write_bytes(changed.read_bytes() + b"\0")
    told = tdkt("verify", folder).stdout
    assert codes(told) == {"KT-846"}
    assert f"[{where_from(folder.resolve(), changed)}]" in told


def is_ours(book: Path, folder: Path, button: str) -> bool:
    """Tell what the click wrote from what lay there before."""
    if "(filling)" in button or button == "tdktConvert":
        return "ban-cu" in book.parts  # the open workbook is for the clerk to save
    there = {"Sổ cụm", "a", "ban-cu", "AppData"}
    before = {"hồ sơ.xlsx", "gửi lại.xlsx"}
    if button in {"tdktNominate", "tdktMoney"}:
        before |= {"tong-hop-huyen.xlsx"}
    return there.isdisjoint(book.relative_to(folder).parts) and book.name not in before


def codes(text: str) -> set[str]:
    return set(re.findall(r"KT-\d{3}", text))


def test_the_same_folder_again_says_that_nothing_changed(excel: Excel, tmp_path: Path) -> None:
    clerk = Clerk(excel, tmp_path)
    clerk.folder_checked()
    excel.app.books.active.close()
    assert "không có gì thay đổi" not in excel.desk.told[-1]
    clerk.folder_checked()
    assert "không có gì thay đổi" in excel.desk.told[-1]


def test_a_folder_that_another_run_writes_to_is_left_alone(excel: Excel, tmp_path: Path) -> None:
    from tdkt_xl.excel.recording import recorded

    clerk = Clerk(excel, tmp_path)
    with recorded(clerk.results, "consolidate") as record:
        clerk.lettered()
        record([])
    assert "Một lượt chạy khác đang ghi vào" in excel.desk.told[-1]
    assert excel.desk.told[-1].endswith("(KT-841)")
    assert not clerk.results.exists()


def test_no_person_in_the_records_of_clicks(excel: Excel, tmp_path: Path) -> None:
    clerk = Clerk(excel, tmp_path)
    folder = clerk.eligible()
    people = {str(row["name"]) for row in starter_people()["people"]}
    told = (folder / "nhat-ky.jsonl").read_text("utf-8")
    told += json.dumps(
        json.loads((folder / "ho-so-chay" / "eligible.json").read_text("ascii")), ensure_ascii=False
    )
    assert len(people) > 3
    assert [name for name in people if name in told] == []
