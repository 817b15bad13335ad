"""Xét điều kiện, dự toán tiền thưởng, xem quy định: the law behind the lists."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.excel import opening
from tdkt_xl.tables.layout import load_layout
from tests.excel.conftest import Excel
from tests.tools.runs import DAY, ROOT, SAMPLES, District, tdkt


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system to open."""
    found: list[Path] = []
    monkeypatch.setattr(opening, "open_outside", found.append)
    return found


@pytest.fixture
def result(excel: Excel, district: District, tmp_path: Path) -> Path:
    """A copy of the consolidated sample district, open."""
    folder = tmp_path / "ra"
    folder.mkdir()
    shutil.copyfile(district.out / "tong-hop-huyen.xlsx", folder / "tong-hop-huyen.xlsx")
    excel.open(folder / "tong-hop-huyen.xlsx")
    return folder / "tong-hop-huyen.xlsx"


def test_judging_says_everybody_and_writes_nothing(
    excel: Excel, district: District, result: Path, opened: list[Path]
) -> None:
    before = result.read_bytes()
    excel.click("tdktJudge", "15/12/2023")
    (page,) = opened
    text = page.read_text("utf-8")
    found = tdkt("nominate", district.out, "--out", result.parent / "lệnh", "--on", DAY, "--json").document
    nominations = found["nominations"]
    assert f"{len(nominations)} đề nghị, xét theo quy định của ngày 15/12/2023" in text
    assert text.count("• ") == len(nominations)
    for item in nominations[:20]:
        assert f"• {item['subject']} · {item['award']}" in text
    assert "[QT-" in text
    assert [path.name for path in result.parent.iterdir() if path.is_file()] == [result.name]
    assert result.read_bytes() == before
    assert excel.app.books.active.name == result.name
    assert not excel.log


def test_judging_is_compared_with_the_people_beside_the_result(
    excel: Excel, district: District, result: Path, opened: list[Path]
) -> None:
    people = ROOT / "workbooks" / "ho-so-khen-thuong.xlsx"
    shutil.copyfile(people, result.parent / people.name)
    excel.click("tdktJudge", "15/12/2023")
    text = opened[0].read_text("utf-8")
    assert f"Đã đối chiếu với hồ sơ: {result.parent / people.name}" in text
    command = ("nominate", district.out, "--out", result.parent / "lệnh", "--on", DAY, "--people", people)
    found, without = (
        {
            (item["subject"], reason["text"])
            for item in tdkt(*options, "--json").document["nominations"]
            for reason in item["reasons"]
        }
        for options in (command, command[:-2])
    )
    assert found != without
    assert any(f"    {reason} [" in text for _, reason in found - without)


def test_judging_refuses_people_that_cannot_be_used(excel: Excel, result: Path) -> None:
    (result.parent / "ho-so-khen-thuong.xlsx").write_bytes(b"PK\x03\x04")
    excel.click("tdktJudge", "15/12/2023")
    assert excel.desk.told[0].endswith("(KT-757)")


def test_judging_can_be_cancelled_and_needs_a_day(excel: Excel, result: Path, opened: list[Path]) -> None:
    excel.click("tdktJudge", False)
    assert not excel.desk.told
    excel.click("tdktJudge", "31/02/2023")
    assert excel.desk.told[0].startswith("“31/02/2023”")
    assert not opened


def test_the_estimate_is_that_of_the_command_line(excel: Excel, district: District, result: Path) -> None:
    before = result.read_bytes()
    excel.click("tdktMoney", "ok", "15/12/2023")
    found = tdkt("money", district.out, "--out", result.parent / "lệnh", "--on", DAY, "--json").document
    total = f"{int(found['total']):,}".replace(",", ".")
    assert f"{len(found['lines'])} đề nghị, tổng {total} đồng" in excel.desk.told[0]
    assert excel.app.books.active.name == "du-toan-tien-thuong.xlsx"
    ours, theirs = (
        [[cell.value for cell in row] for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows()]
        for path in (
            result.parent / "du-toan-tien-thuong.xlsx",
            result.parent / "lệnh" / "du-toan-tien-thuong.xlsx",
        )
    )
    assert ours == theirs
    assert result.read_bytes() == before
    assert not excel.log


@pytest.mark.parametrize("answers", [("cancel",), ("ok", False)])
def test_the_estimate_can_be_refused(excel: Excel, result: Path, answers: tuple[object, ...]) -> None:
    excel.click("tdktMoney", *answers)
    assert [path.name for path in result.parent.iterdir()] == [result.name]


@pytest.mark.parametrize("action", ["tdktJudge", "tdktMoney"])
def test_without_a_result(excel: Excel, action: str) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click(action)
    assert excel.desk.told[0].startswith("Chưa có sổ tổng hợp nào")


def with_codes(excel: Excel) -> Any:
    sheet = excel.app.books.add().sheets[0]
    sheet["B2"].value = ["Nguyễn Văn A", "QT-101; QT-102", "đạt"]
    sheet["B3"].value = ["Trần Thị B", "", 9.5]
    return sheet


@pytest.mark.parametrize("cell", ["B2", "C2", "D2"])
def test_the_rules_of_the_selected_line(excel: Excel, cell: str) -> None:
    with_codes(excel)[cell].select()
    excel.click("tdktRules")
    told = excel.desk.told[0]
    assert told == "\n\n".join(tdkt("rules", "show", code).stdout.strip() for code in ("QT-101", "QT-102"))
    assert "Căn cứ:" in told
    assert "Độ chắc:" in told


def test_a_code_is_asked_for_where_there_is_none(excel: Excel, opened: list[Path]) -> None:
    with_codes(excel)["C3"].select()
    excel.click("tdktRules", False)
    assert not excel.desk.told
    excel.click("tdktRules", "QT-102")
    assert excel.desk.told[0].startswith("QT-102 ·")
    excel.click("tdktRules", "QT-999999")
    assert excel.desk.told[1].endswith("(KT-648)")
    excel.click("tdktRules", "CSTĐCS")
    assert "QT-102" in opened[0].read_text("utf-8")


def test_every_code_of_the_written_lists_is_known(excel: Excel, district: District, tmp_path: Path) -> None:
    """The line a clerk selects is one of danh-sach-de-nghi.xlsx."""
    path = tmp_path / "danh-sach-de-nghi.xlsx"
    shutil.copyfile(district.out / path.name, path)
    book = excel.open(path)
    sheet = book.sheets[load_layout("danh-sach-de-nghi").sheet("reasons").name]
    row = next(at for at, line in enumerate(sheet.used_range.value, start=1) if "QT-" in str(line))
    sheet.activate()
    sheet[row - 1, 0].select()
    excel.click("tdktRules")
    assert excel.desk.told[0].startswith("QT-")


PEOPLE = ROOT / "workbooks" / "ho-so-khen-thuong.xlsx"


@pytest.mark.parametrize("open_it", [True, False])
def test_who_may_be_eligible_by_the_records(excel: Excel, tmp_path: Path, open_it: bool) -> None:
    excel.open(PEOPLE if open_it else SAMPLES / "cum-09.xlsx")
    excel.click("tdktEligible", *([] if open_it else [PEOPLE]), "ok", "2023", "15/12/2023")
    assert "“ho-so-khen-thuong.xlsx”" in excel.desk.asked[0 if open_it else 1]
    command = ("eligible", PEOPLE, "--period", "2023", "--on", DAY)
    found = tdkt(*command, "--json").document["prospects"]
    refused = sum(item["by_history"] == "not_eligible" for item in found)
    told = excel.desk.told[0]
    assert f"Đã xét {len(found)} trường hợp theo quy định của ngày 15/12/2023" in told
    assert f"{len(found) - refused} có thể đủ điều kiện, {refused} chưa đủ" in told
    assert excel.app.books.active.name == "co-the-de-nghi.xlsx"
    assert (excel.documents / "tdkt" / "co-the-de-nghi.xlsx").is_file()
    assert not excel.log


@pytest.mark.parametrize("answers", [("cancel",), ("ok", False), ("ok", "2023", False)])
def test_looking_for_the_eligible_can_be_refused(excel: Excel, answers: tuple[object, ...]) -> None:
    excel.open(PEOPLE)
    excel.click("tdktEligible", *answers)
    assert not excel.desk.told
    assert not (excel.documents / "tdkt").exists()


def test_what_keeps_the_records_from_being_judged_is_explained(excel: Excel) -> None:
    excel.open(PEOPLE)
    excel.click("tdktEligible", "ok", "năm nay", "15/12/2023")
    assert excel.desk.told[0].endswith("(KT-758)")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktEligible", SAMPLES / "cum-01.xlsx", "ok", "2023", "15/12/2023")
    assert excel.desk.told[1].endswith("(KT-757)")
    assert not (excel.documents / "tdkt").exists()
