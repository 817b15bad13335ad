"""The drop-downs and the status line: the add-in's VBA and the Python actions over the same cells."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyopenvba import ExcelFile, VBAModuleKind

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.periods import Period
from tdkt_xl.excel import ribbon_state, session, settings
from tdkt_xl.excel.addin_parts import ADDIN, macros_folder
from tdkt_xl.findings.codes import between_files
from tests.excel.conftest import Excel
from tests.excel_addin.host import RIBBON_DRIVER, RIBBON_FAKE_CONTROL
from tests.tools.runs import SAMPLES

SCHOOL = "2022-2023"


@pytest.fixture
def vba(excel: Excel) -> Callable[..., Any]:
    """The shipped add-in, open in the same Excel with its macros; runs one of them."""
    path = macros_folder() / ADDIN
    excel.open(path)
    host = excel.app.impl.host
    with ExcelFile(path) as package:
        for module in package.vba_project().modules:
            if module.kind is VBAModuleKind.standard:
                host.add_module(module.source, name=module.name)
    host.add_module(RIBBON_FAKE_CONTROL, name="FakeControl", kind="class")
    host.add_module(RIBBON_DRIVER, name="Driver")
    run: Callable[..., Any] = host.run
    return run


def items(vba: Callable[..., Any], control: str) -> list[tuple[str, str]]:
    return [
        (
            str(vba("AskItem", "TdktItemId", control, index)),
            str(vba("AskItem", "TdktItemLabel", control, index)),
        )
        for index in range(int(vba("Ask", "TdktItemCount", control)))
    ]


def choose(vba: Callable[..., Any], control: str, key: str) -> None:
    index = [item for item, _ in items(vba, control)].index(key)
    vba("Choose", control, key, index)


def chosen(vba: Callable[..., Any], control: str) -> str:
    return items(vba, control)[int(vba("Ask", "TdktItemSelected", control))][0]


def own_master(excel: Excel, monkeypatch: pytest.MonkeyPatch, master: Master) -> None:
    """Let this user's master data be another one."""
    monkeypatch.setattr("tdkt_xl.tasks.kept_master.load_master", lambda *_: master)


def test_lists_of_the_master_data(master: Master) -> None:
    lists = ribbon_state.lists_of(master)
    assert lists["tdktPeriod"] == [
        ("auto", "Theo danh mục"),
        ("2023", "Năm 2023"),
        (SCHOOL, "Năm học 2022-2023"),
    ]
    assert lists["tdktCluster"][:2] == [("all", "Tất cả các cụm"), ("C01", "C01 – Cụm thi đua số 1")]
    assert len(lists["tdktCluster"]) == 11


def test_clusters_of_a_period_that_is_over_come_with_its_choice(master: Master) -> None:
    now = dataclasses.replace(master.parameters, active_periods=(Period(2023, 2023),))
    later = dataclasses.replace(master, parameters=now)
    assert len(ribbon_state.lists_of(later)["tdktCluster"]) == 8
    assert len(ribbon_state.lists_of(later, SCHOOL)["tdktCluster"]) == 11


def test_a_new_addin_shows_the_lists_and_chooses_everything(vba: Callable[..., Any], master: Master) -> None:
    for control, expected in ribbon_state.lists_of(master).items():
        assert items(vba, control) == list(expected)
    assert ribbon_state.read_choice(session.attach(None, None)) == ribbon_state.Choice("auto", "all")


def test_without_the_addin_the_settings_choose(excel: Excel) -> None:
    found = session.attach(None, None)
    assert ribbon_state.read_choice(found) == ribbon_state.Choice("auto", "all")
    found.settings.keep(chosen_period="2023", chosen_cluster="C02")
    assert ribbon_state.read_choice(found) == ribbon_state.Choice("2023", "C02")
    excel.click("tdktNewForms", excel.documents / "a.xlsx")
    assert "Đã lập sổ Cụm thi đua số 2 kỳ 2023" in excel.desk.told[0]


def test_a_workbook_that_is_only_called_like_the_addin(excel: Excel) -> None:
    book = excel.app.books.add()
    book.api.vba.name = ADDIN
    assert ribbon_state.read_choice(session.attach(None, None)) == ribbon_state.Choice()
    excel.click("tdktClearMarks")
    assert not excel.log


def test_the_addin_wins_over_the_settings(excel: Excel, vba: Callable[..., Any]) -> None:
    found = session.attach(None, None)
    found.settings.keep(chosen_period="2023", chosen_cluster="C02")
    choose(vba, "tdktCluster", "C05")
    assert ribbon_state.read_choice(found) == ribbon_state.Choice("auto", "C05")


def test_a_check_writes_the_status_and_asks_for_a_refresh(
    excel: Excel, vba: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    former = type(excel.app).macro

    def macro(app: Any, name: str) -> Any:
        asked.append(name)
        return former(app, name)

    monkeypatch.setattr(type(excel.app), "macro", macro)
    excel.open(SAMPLES / "cum-05 ban chinh thuc.xlsx")
    excel.click("tdktCheckBook", "no")
    assert asked == ["tdkt.xlam!TdktRibbon.TdktRefresh"]
    assert vba("Ask", "TdktGetLabel", "tdktStatus") == "Kiểm tra xong: 6 lỗi, 0 cảnh báo"
    assert excel.app.books[ADDIN].api.Saved
    assert not excel.log
    excel.click("tdktRestore")
    assert vba("Ask", "TdktGetLabel", "tdktStatus") == "Chưa làm xong việc vừa bấm"


def test_a_light_action_leaves_the_lists(excel: Excel, vba: Callable[..., Any]) -> None:
    before = items(vba, "tdktCluster")
    choose(vba, "tdktCluster", "C05")
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktClearMarks")
    assert items(vba, "tdktCluster") == before
    assert chosen(vba, "tdktCluster") == "C05"
    assert vba("Ask", "TdktGetLabel", "tdktStatus") == "Sẵn sàng"


def test_lists_of_other_master_data_keep_a_choice_that_is_still_there(
    excel: Excel, vba: Callable[..., Any], master: Master, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_master(excel, monkeypatch, dataclasses.replace(master, clusters=master.clusters[3:6]))
    choose(vba, "tdktCluster", "C05")
    choose(vba, "tdktPeriod", SCHOOL)
    excel.open(SAMPLES / "cum-05 ban chinh thuc.xlsx")
    excel.click("tdktCheckBook", "no")
    assert [key for key, _ in items(vba, "tdktCluster")] == ["all", "C04", "C05", "C06"]
    assert chosen(vba, "tdktCluster") == "C05"
    assert [key for key, _ in items(vba, "tdktPeriod")] == ["auto", "2023"]
    assert chosen(vba, "tdktPeriod") == "auto"
    assert ribbon_state.read_choice(session.attach(None, None)) == ribbon_state.Choice("auto", "C05")


def test_new_forms_of_the_chosen_cluster_ask_only_where_to_save(
    excel: Excel, vba: Callable[..., Any]
) -> None:
    choose(vba, "tdktCluster", "C09")
    target = excel.documents / "sổ.xlsx"
    excel.click("tdktNewForms", target)
    assert excel.desk.asked == [f"Lưu sổ Cụm thi đua số 9: 19 phiếu, kỳ {SCHOOL}"]
    assert target.is_file()
    assert vba("Ask", "TdktGetLabel", "tdktStatus") == "Đã lập sổ C09: 19 phiếu"


def test_new_forms_of_the_chosen_period_offer_its_clusters(excel: Excel, vba: Callable[..., Any]) -> None:
    choose(vba, "tdktPeriod", SCHOOL)
    excel.click("tdktNewForms", "ok", "C01")
    assert "C08 –" in excel.desk.asked[0]
    assert "C01 –" not in excel.desk.asked[0]
    assert "Không có cụm “C01”" in excel.desk.told[0]


def test_a_cluster_that_is_not_of_the_chosen_period(excel: Excel, vba: Callable[..., Any]) -> None:
    choose(vba, "tdktPeriod", SCHOOL)
    choose(vba, "tdktCluster", "C01")
    excel.click("tdktNewForms")
    assert excel.desk.told == [
        "Cụm “C01” đang chọn ở ô “Cụm” không thuộc kỳ đang làm. Xin chọn lại ô “Kỳ” hoặc ô “Cụm” rồi bấm lại."
    ]
    assert chosen(vba, "tdktCluster") == "C01"


def received(tmp_path: Path) -> Path:
    folder = tmp_path / "Sổ cụm"
    folder.mkdir()
    shutil.copyfile(SAMPLES / "cum-01.xlsx", folder / "cum-01.xlsx")
    return folder


def test_consolidation_of_the_chosen_period(excel: Excel, vba: Callable[..., Any], tmp_path: Path) -> None:
    choose(vba, "tdktPeriod", "2023")
    choose(vba, "tdktCluster", "C05")
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktConsolidate", received(tmp_path), "yes")
    assert "Kỳ đang làm: 2023, 7 cụm. Chỉ làm kỳ 2023, đang chọn ở ô “Kỳ”." in excel.desk.asked[1]
    assert "Đã tổng hợp 1 cụm" in excel.desk.told[0]
    assert "6 cụm chưa có sổ" in excel.desk.told[0]


def test_a_folder_is_checked_against_the_chosen_period(
    excel: Excel, vba: Callable[..., Any], tmp_path: Path
) -> None:
    choose(vba, "tdktPeriod", SCHOOL)
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckFolder", received(tmp_path), "yes")
    assert f"Chỉ làm kỳ {SCHOOL}, đang chọn ở ô “Kỳ”." in excel.desk.asked[1]
    assert "1 sổ có lỗi" in excel.desk.told[0]
    rows = [row for sheet in excel.app.books.active.sheets for row in sheet.used_range.value]
    assert between_files.OTHER_PERIOD.id in {cell for row in rows for cell in row}


def test_a_period_the_master_data_do_not_have(excel: Excel) -> None:
    settings.Settings(settings.state_folder()).keep(chosen_period="2019")
    excel.click("tdktNewForms")
    assert "không có cụm nào của kỳ “2019” đang chọn ở ô “Kỳ”" in excel.desk.told[0]


def test_an_addin_that_refuses_spoils_nothing(
    excel: Excel, vba: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ribbon_state, "_write_state", lambda *_: 1 / 0)
    excel.open(SAMPLES / "cum-01.xlsx")
    excel.click("tdktCheckBook")
    assert "không có lỗi" in excel.desk.told[0]
    assert "ZeroDivisionError" in excel.log
