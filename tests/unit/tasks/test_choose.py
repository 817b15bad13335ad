"""Received twice: the versions side by side, and the choice on record for the next consolidation."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.tasks.choose import Choice, Doubles, choose
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.executors import Here
from tdkt_xl.tasks.large_round import LargeConsolidation, consolidate_large
from tdkt_xl.tasks.round import check_round
from tdkt_xl.writers.publish import publish
from tests.tools.forms import cluster_book, filed, tiny_master, unit_sheet, write_master
from tests.tools.runs import tdkt
from tests.unit.tasks.test_compare import saved_on

CHOICE = Choice("c01 sua.xlsx", "Nguyễn Thị Mẫu", date(2024, 1, 22), "cụm trưởng xác nhận")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two books of cluster 1: the one that came later in the folder was saved earlier."""
    received = tmp_path / "so"
    received.mkdir()
    saved_on(cluster_book().save(received), 9)
    changed = cluster_book(name="c01 sua.xlsx")
    changed["An Bình"].put("H13", 3)
    saved_on(changed.save(received), 12)
    cluster_book("C02").save(received)
    return received


def shown(result: Doubles) -> list[tuple[str, list[str]]]:
    return [(item.question.unit, [one.name for one in item.candidates]) for item in result.doubles]


def test_the_versions_stand_side_by_side(folder: Path, tmp_path: Path) -> None:
    result = choose(folder, tiny_master(), tmp_path / "kq")
    assert shown(result) == [("Cụm thi đua số 1", ["c01 sua.xlsx", "c01.xlsx"])]
    (double,) = result.doubles
    assert double.newest == "c01 sua.xlsx"
    assert [(item.about, item.first_value, item.second_value) for item in double.differences] == [
        ("An Bình!H13 · Xã An Bình · I.1 Thu ngân sách trên địa bàn · Điểm cụm chấm", "3", "4,5")
    ]
    book = openpyxl.load_workbook(tmp_path / "kq" / "chon-ban.xlsx")
    rows = [row for row in book["Các bản"].values if isinstance(row[0], int)]
    assert [(row[2], row[3], row[7]) for row in rows] == [
        ("c01 sua.xlsx", "12/01/2024 08:00", "lưu sau cùng theo nội dung tệp"),
        ("c01.xlsx", "09/01/2024 08:00", None),
    ]


def test_the_choice_is_recorded_and_applied(folder: Path, tmp_path: Path) -> None:
    out, master = tmp_path / "kq", tiny_master()
    before = consolidate(folder, master, out)
    assert "C01" not in {cluster.code for cluster in before.consolidated.clusters}
    choose(folder, master, out, CHOICE)
    after = consolidate(folder, master, out)
    (cluster,) = (item for item in after.consolidated.clusters if item.code == "C01")
    assert cluster.file == "c01 sua.xlsx"
    (note,) = (item for item in after.findings if item.code.id == "KT-539")
    words = ("answer", "who", "day", "reason")
    assert [note.params[name] for name in words] == [CHOICE.version, CHOICE.who, CHOICE.day, CHOICE.why]
    assert "KT-502" not in {item.code.id for item in after.findings}


def large(folder: Path, out: Path, master_path: Path) -> LargeConsolidation:
    return consolidate_large(folder, master_path, tiny_master(), out, Here(), ahead=1)


def test_the_choice_is_recorded_in_a_large_result_and_applied(folder: Path, tmp_path: Path) -> None:
    out, master_path = tmp_path / "kq", write_master(tmp_path)
    large(folder, out, master_path)
    made = choose(folder, tiny_master(), out, CHOICE)
    assert [path.name for path in made.outputs] == ["chon-ban.xlsx", "tong-hop-lon.xlsx"]
    after = large(folder, out, master_path)
    assert [cluster.file for cluster in after.clusters if cluster.code == "C01"] == ["c01 sua.xlsx"]
    assert "KT-539" in {item.code.id for item in after.findings}


def test_a_question_a_large_result_does_not_list_is_not_answered_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    out, late = tmp_path / "kq", folder / CHOICE.version
    content = late.read_bytes()
    late.unlink()
    large(folder, out, write_master(tmp_path))
    late.write_bytes(content)
    with pytest.raises(TdktError) as caught:
        choose(folder, tiny_master(), out, CHOICE)
    finding = caught.value.finding
    assert (finding.code.id, finding.params) == (
        "KT-871",
        {"path": "tong-hop-lon.xlsx", "unit": "Cụm thi đua số 1"},
    )
    assert not (out / "tong-hop-huyen.xlsx").exists()


def test_a_folder_never_consolidated_is_consolidated_first(folder: Path, tmp_path: Path) -> None:
    result = choose(folder, tiny_master(), tmp_path / "kq", CHOICE)
    assert [path.name for path in result.outputs] == [
        "chon-ban.xlsx",
        "tong-hop-huyen.xlsx",
        "ket-qua-kiem-tra.xlsx",
        "dan-nguon.bin",
    ]
    sheet = openpyxl.load_workbook(result.outputs[1])["Chờ quyết định"]
    (row,) = (row for row in sheet.values if row[6] == "c01 sua.xlsx")
    assert (row[6], row[7], row[8].date(), row[9]) == (CHOICE.version, CHOICE.who, CHOICE.day, CHOICE.why)


def test_a_third_version_asks_again(folder: Path, tmp_path: Path) -> None:
    out, master = tmp_path / "kq", tiny_master()
    choose(folder, master, out, CHOICE)
    third = cluster_book(name="c01 moi.xlsx")
    third["An Bình"].put("H13", 4)
    third.save(folder)
    after = consolidate(folder, master, out)
    codes = {item.code.id for item in after.findings}
    assert {"KT-502", "KT-537"} <= codes
    assert "KT-539" not in codes


def test_the_rest_of_the_result_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    out, master = tmp_path / "kq", tiny_master()
    consolidate(folder, master, out)
    result = out / "tong-hop-huyen.xlsx"

    def cells() -> dict[tuple[str, str], object]:
        book = openpyxl.load_workbook(result)
        return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet for cell in row}

    before = cells()
    choose(folder, master, out, CHOICE)
    after = cells()
    changed = [key for key in before if before[key] != after[key]]
    assert {sheet for sheet, _ in changed} == {"Chờ quyết định"}
    assert sorted(cell[0] for _, cell in changed) == ["G", "H", "I", "J"]


def test_a_unit_twice_in_one_book(tmp_path: Path) -> None:
    book = cluster_book()
    copy = book["An Bình"].copy("An Bình (2)").put("H13", 3)
    book.sheets.append(copy)
    received = tmp_path / "so"
    received.mkdir()
    book.save(received)
    result = choose(received, tiny_master(), tmp_path / "kq")
    assert shown(result) == [("Xã An Bình", ["An Bình", "An Bình (2)"])]
    (double,) = result.doubles
    assert [(item.about, item.first_value, item.second_value) for item in double.differences] == [
        ("I.1 Thu ngân sách trên địa bàn · Điểm cụm chấm", "4,5", "3")
    ]
    assert double.newest == ""


def test_what_is_no_version_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        choose(folder, tiny_master(), tmp_path / "kq", Choice("c09.xlsx", "A", CHOICE.day, "b"))
    assert caught.value.finding.code.id == "KT-813"
    assert caught.value.finding.params["allowed"] == ["c01 sua.xlsx", "c01.xlsx"]


def test_a_result_open_in_excel_is_not_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A choice in a copy beside the result would never be read."""
    out, master = tmp_path / "kq", tiny_master()
    consolidate(folder, master, out)

    def locked(content: bytes, target: Path) -> tuple[Path, list[Finding]]:
        if target.name != "tong-hop-huyen.xlsx":
            return publish(content, target)
        beside = target.with_stem("tong-hop-huyen (2)")
        beside.write_bytes(content)
        return beside, []

    monkeypatch.setattr("tdkt_xl.tasks.choose.publish", locked)
    with pytest.raises(TdktError) as caught:
        choose(folder, master, out, CHOICE)
    assert caught.value.finding.code.id == "KT-814"
    assert not (out / "tong-hop-huyen (2).xlsx").exists()


def test_two_files_of_one_unit(tmp_path: Path) -> None:
    other = unit_sheet(name="an-binh (2).xlsx")
    other.sheets[0].put("F13", 4)
    unit_sheet().save(tmp_path)
    other.save(tmp_path)
    found = filed(check_round([tmp_path], tiny_master()).findings)
    assert [item for item in found if "KT-528" in item] == [("an-binh.xlsx", "", "", "KT-528")]


def test_two_units_with_a_file_each(tmp_path: Path) -> None:
    unit_sheet().save(tmp_path)
    unit_sheet(name="khac.xlsx", code="DV-02").save(tmp_path)
    assert "KT-528" not in {item.code.id for item in check_round([tmp_path], tiny_master()).findings}


def test_the_command(folder: Path, tmp_path: Path) -> None:
    common = ("choose", folder, "--out", tmp_path / "kq", "--master", write_master(tmp_path))
    half = tdkt(*common, "--use", "c01 sua.xlsx", "--by", "A", "--json")
    assert (half.code, half.codes) == (2, ["KT-815"])
    plain = tdkt(*common, "--json").document
    assert [item["newest"] for item in plain["doubles"]] == ["c01 sua.xlsx"]
    assert plain["chosen"] is None
    whole = tdkt(*common, "--use", "c01.xlsx", "--by", "A", "--reason", "b", "--on", "2024-01-22")
    assert whole.code == 0
    assert "Đã ghi lựa chọn" in whole.stdout
