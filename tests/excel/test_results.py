"""Tổng hợp, truy nguồn, xét đề nghị, khôi phục: from a folder to the lists and back."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.excel.restoring import find_backups
from tests.excel.conftest import Excel
from tests.tools.runs import SAMPLES, District, results_in, tdkt


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Three received cluster books."""
    folder = tmp_path / "Sổ cụm 2023"
    folder.mkdir()
    for name in ("cum-01.xlsx", "cum-03.xlsx", "CUM 4 (gui Phong Noi vu).xlsx"):
        shutil.copyfile(SAMPLES / name, folder / name)
    return folder


def results(received: Path) -> Path:
    return received.with_name(f"{received.name} - kết quả")


@pytest.fixture
def consolidated(excel: Excel, received: Path) -> Any:
    """The consolidated workbook, made by a click and open."""
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    excel.desk.dialogs.clear()
    return excel.app.books.active


def row_of(sheet: Any, text: str) -> int:
    values = sheet.used_range.value
    return next(number for number, row in enumerate(values, start=1) if text in row)


def test_consolidate(excel: Excel, received: Path) -> None:
    before = {path.name: path.read_bytes() for path in received.iterdir()}
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "yes")
    assert "có 3 sổ. Kỳ đang làm: 2023, 2022-2023, 10 cụm" in excel.desk.asked[1]
    assert "Đã tổng hợp 3 cụm, xếp hạng" in excel.desk.told[0]
    assert "7 cụm chưa có sổ" in excel.desk.told[0]
    out = results(received)
    assert results_in(out) == ["ket-qua-kiem-tra.xlsx", "tong-hop-huyen.xlsx"]
    assert excel.app.books.active.name == "tong-hop-huyen.xlsx"
    assert {path.name: path.read_bytes() for path in received.iterdir()} == before
    assert [text for text in excel.desk.status_history if "/3" in str(text)] == [
        "Tổng hợp 1/3: CUM 4 (gui Phong Noi vu).xlsx (giữ phím Esc để dừng)",
        "Tổng hợp 2/3: cum-01.xlsx (giữ phím Esc để dừng)",
        "Tổng hợp 3/3: cum-03.xlsx (giữ phím Esc để dừng)",
    ]
    assert excel.app.status_bar is False
    assert not excel.log


def test_consolidate_can_be_refused(excel: Excel, received: Path) -> None:
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktConsolidate", received, "no")
    assert not results(received).exists()


def test_trace_a_ranking(excel: Excel, consolidated: Any, received: Path) -> None:
    sheet = consolidated.sheets["Xếp hạng"]
    row = row_of(sheet, "Xã Tân Bình")
    sheet.activate()
    sheet[f"H{row}"].select()
    before = (received / "cum-01.xlsx").read_bytes()
    excel.click("tdktTrace", "yes")
    asked = excel.desk.asked[0]
    assert "Cụm: C01\nTệp: cum-01.xlsx\nTrang: Tân Bình\nDòng: 10 (ô C10)" in asked
    assert "Vì sao ra số này:\nXã Tân Bình (" in asked
    assert "Xếp hạng trong cụm theo" in asked
    assert "Từng tiêu chí: chọn một dòng ở trang Điểm chi tiết" in asked
    assert "tdkt " not in asked
    assert "đã thay đổi" not in asked
    source = excel.app.books.active
    assert source.name == "cum-01.xlsx"
    assert source.api.ReadOnly
    assert source.sheets.active.name == "Tân Bình"
    assert excel.app.selection.address == "$C$10"
    assert ("cum-01.xlsx", 3) in excel.desk.macros_when_opening
    assert (received / "cum-01.xlsx").read_bytes() == before


def test_trace_a_score_to_its_very_cell(excel: Excel, consolidated: Any, received: Path) -> None:
    sheet = consolidated.sheets["Điểm chi tiết"]
    values = sheet.used_range.value
    head = next(number for number, row in enumerate(values) if "Mã cụm" in row)
    final = values[head].index("Điểm tính")
    row = next(at for at in range(head + 6, len(values)) if values[at][final]) + 1
    sheet.activate()
    sheet[row - 1, 0].select()
    excel.click("tdktTrace", "yes")
    asked = excel.desk.asked[0]
    path = values[row - 1][values[head].index("Tiêu chí")]
    assert f"\n  {path} · " in asked
    assert "Cách chấm: " in asked
    cell = excel.app.selection
    assert cell.sheet.book.name in {path.name for path in received.iterdir()}
    assert cell.value == values[row - 1][final]


def test_trace_a_proposal_to_its_column(excel: Excel, consolidated: Any) -> None:
    sheet = consolidated.sheets["Đề nghị tập thể"]
    values = sheet.used_range.value
    head = next(number for number, row in enumerate(values) if "Mã cụm" in row)
    column = next(at for at, text in enumerate(values[head]) if text and "Danh hiệu" in text)
    row = head + 2
    sheet.activate()
    sheet[row - 1, column].select()
    excel.click("tdktTrace", "yes")
    assert excel.app.selection.value == values[row - 1][column]


def test_trace_warns_of_a_source_changed_since(excel: Excel, consolidated: Any, received: Path) -> None:
    shutil.copyfile(received / "cum-03.xlsx", received / "cum-01.xlsx")
    sheet = consolidated.sheets["Xếp hạng"]
    sheet.activate()
    sheet[f"H{row_of(sheet, 'Xã Tân Bình')}"].select()
    excel.click("tdktTrace", "no")
    assert "đã thay đổi sau khi tổng hợp" in excel.desk.asked[0]
    assert excel.app.books.active.name == "tong-hop-huyen.xlsx"


def test_trace_a_source_that_is_gone(excel: Excel, consolidated: Any, received: Path) -> None:
    (received / "cum-01.xlsx").unlink()
    sheet = consolidated.sheets["Xếp hạng"]
    sheet.activate()
    sheet[f"H{row_of(sheet, 'Xã Tân Bình')}"].select()
    excel.click("tdktTrace")
    assert "không còn ở chỗ cũ" in excel.desk.told[0]


def test_trace_a_row_the_saved_workbook_does_not_have(excel: Excel, consolidated: Any) -> None:
    sheet = consolidated.sheets["Xếp hạng"]
    row = row_of(sheet, "Xã Tân Bình")
    column = next(at for at, text in enumerate(sheet.used_range.value[row - 1]) if text == "Xã Tân Bình")
    sheet[row - 1, column].value = "Xã không có"
    sheet.activate()
    sheet[f"H{row}"].select()
    excel.click("tdktTrace", "no")
    assert "“Xã không có”" in excel.desk.asked[0]
    assert "Tệp: cum-01.xlsx" in excel.desk.asked[0]


def test_trace_where_there_is_no_source(excel: Excel, consolidated: Any) -> None:
    consolidated.sheets["Xếp hạng"].activate()
    consolidated.sheets["Xếp hạng"]["A1"].select()
    excel.click("tdktTrace")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktTrace")
    assert [text.startswith("Ô đang chọn không có nguồn") for text in excel.desk.told] == [True, True]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples consolidated as a large round, compared with itself."""
    out = tmp_path_factory.mktemp("lon")
    for _ in range(2):
        options = ("--last-round", out) if (out / "tong-hop-lon.xlsx").exists() else ()
        assert tdkt("consolidate", SAMPLES, "--out", out, "--workers", 1, *options).code == 1
    return out / "tong-hop-lon.xlsx"


def test_trace_a_unit_of_a_large_round(excel: Excel, large: Path) -> None:
    sheet = excel.open(large).sheets["So với kỳ trước"]
    sheet.activate()
    sheet[f"F{row_of(sheet, 'Xã Tân Bình')}"].select()
    excel.click("tdktTrace")
    (told,) = excel.desk.told
    assert told.startswith("Vì sao ra số này:\nXã Tân Bình (X-26194)")
    assert "→ 1. Xã Tân Bình: 95,2" in told
    assert "Từng tiêu chí" not in told


def test_trace_a_question_of_a_large_round_to_its_cell(excel: Excel, large: Path) -> None:
    sheet = excel.open(large).sheets["Chờ quyết định"]
    sheet.activate()
    sheet[f"E{row_of(sheet, 'Điểm 0 không có lý do')}"].select()
    excel.click("tdktTrace", "yes")
    asked = excel.desk.asked[0]
    assert "Vì sao ra số này:" in asked
    assert "Cách chấm: " in asked
    assert excel.app.books.active.name in asked
    assert excel.app.selection.address.replace("$", "") in asked


def test_trace_a_question_about_no_one_unit(excel: Excel, large: Path) -> None:
    sheet = excel.open(large).sheets["Chờ quyết định"]
    sheet.activate()
    sheet[f"E{row_of(sheet, 'Đồng hạng')}"].select()
    excel.click("tdktTrace", "no")
    assert "Vì sao ra số này:" not in excel.desk.asked[0]


def test_nominate(excel: Excel, consolidated: Any, received: Path) -> None:
    excel.click("tdktNominate", "ok", "15/12/2023")
    assert "có 10 cụm" in excel.desk.asked[0]
    assert "cá nhân được đề nghị" in excel.desk.asked[0]
    assert "theo quy định của ngày 15/12/2023" in excel.desk.told[0]
    assert excel.app.books.active.name == "danh-sach-de-nghi.xlsx"
    assert (results(received) / "danh-sach-de-nghi.xlsx").is_file()
    assert not excel.log


def test_nominate_from_the_last_result(excel: Excel, consolidated: Any, received: Path) -> None:
    consolidated.close()
    excel.click("tdktNominate", "ok", "15.12.2023")
    assert (results(received) / "danh-sach-de-nghi.xlsx").is_file()


@pytest.mark.parametrize(("given", "said"), [("", "Chưa ghi"), ("31/02/2023", "“31/02/2023”"), ("x", "“x”")])
def test_nominate_needs_a_day(excel: Excel, consolidated: Any, received: Path, given: str, said: str) -> None:
    excel.click("tdktNominate", "ok", given)
    assert excel.desk.told[0].startswith(said)
    assert not (results(received) / "danh-sach-de-nghi.xlsx").exists()


def test_nominate_cancelled(excel: Excel, consolidated: Any, received: Path) -> None:
    excel.click("tdktNominate", "ok", False)
    assert not excel.desk.told
    assert not (results(received) / "danh-sach-de-nghi.xlsx").exists()


def test_nominate_before_the_law_of_the_pack(excel: Excel, consolidated: Any) -> None:
    excel.click("tdktNominate", "ok", "1/1/1990")
    assert excel.desk.told[0].endswith("(KT-611)")


def test_nominate_explains_what_is_missing(excel: Excel) -> None:
    excel.click("tdktNominate")
    excel.open(SAMPLES / "cum-09.xlsx")
    excel.click("tdktNominate")
    assert [text.startswith("Chưa có sổ tổng hợp nào") for text in excel.desk.told] == [True, True]


def test_nominate_judges_what_excel_shows(excel: Excel, consolidated: Any, received: Path) -> None:
    before = (results(received) / "tong-hop-huyen.xlsx").read_bytes()
    sheet = consolidated.sheets["Đề nghị cá nhân"]
    head = next(number for number, row in enumerate(sheet.used_range.value) if "Mã cụm" in row)
    column = sheet.used_range.value[head].index("Họ và tên")
    sheet[head + 1, column].value = "Nguyễn Thị Vừa Sửa"
    assert not consolidated.api.Saved
    excel.click("tdktNominate", "ok", "15/12/2023")
    written = openpyxl.load_workbook(results(received) / "danh-sach-de-nghi.xlsx")
    texts = {cell.value for page in written for row in page.iter_rows() for cell in row}
    assert "Nguyễn Thị Vừa Sửa" in texts
    assert (results(received) / "tong-hop-huyen.xlsx").read_bytes() == before


def test_nominate_wants_a_workbook_on_this_machine(excel: Excel, consolidated: Any) -> None:
    consolidated.api.vba.path = "https://vinhcuu.sharepoint.com/sites/td"
    excel.click("tdktNominate")
    assert "chưa nằm trên máy này" in excel.desk.told[0]


def test_the_lists_are_those_of_the_command_line(excel: Excel, district: District, tmp_path: Path) -> None:
    shutil.copytree(district.out, tmp_path / "ra")
    excel.open(tmp_path / "ra" / "tong-hop-huyen.xlsx")
    (tmp_path / "ra" / "danh-sach-de-nghi.xlsx").unlink()
    excel.click("tdktNominate", "ok", "15/12/2023")
    ours, theirs = (
        [[cell.value for cell in row] for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows()]
        for path in (tmp_path / "ra" / "danh-sach-de-nghi.xlsx", district.out / "danh-sach-de-nghi.xlsx")
    )
    assert ours == theirs


def test_restore(excel: Excel, consolidated: Any, received: Path) -> None:
    target = results(received) / "tong-hop-huyen.xlsx"
    consolidated.close()
    first = target.read_bytes()
    (received / "cum-03.xlsx").unlink()
    excel.click("tdktConsolidate", received, "yes")
    second = target.read_bytes()
    assert second != first
    excel.app.books["tong-hop-huyen.xlsx"].close()
    number = next(
        at
        for at, item in enumerate(find_backups([target.parent]), start=1)
        if item.target.name == target.name
    )
    excel.desk.dialogs.clear()
    excel.click("tdktRestore", "ok", str(number))
    assert "Có 2 bản cũ" in excel.desk.asked[0]
    assert target.read_bytes() == first
    assert second in [item.path.read_bytes() for item in find_backups([target.parent])]
    assert excel.app.books.active.name == target.name


@pytest.mark.parametrize("given", ["0", "99", "hai", ""])
def test_restore_a_number_that_is_not_there(excel: Excel, tmp_path: Path, given: str) -> None:
    from tdkt_xl.excel.settings import Settings, state_folder
    from tdkt_xl.writers.publish import publish

    for content in (b"a", b"b"):
        publish(content, tmp_path / "ra" / "danh-sach-de-nghi.xlsx")
    Settings(state_folder()).keep(results=str(tmp_path / "ra"))
    excel.click("tdktRestore", "ok", given)
    assert excel.desk.told == [f"Không có bản số “{given}”. Chưa có gì thay đổi."]
    assert (tmp_path / "ra" / "danh-sach-de-nghi.xlsx").read_bytes() == b"b"


def test_restore_leaves_an_open_result_alone(excel: Excel, consolidated: Any, received: Path) -> None:
    target = results(received) / "tong-hop-huyen.xlsx"
    (target.parent / "ban-cu").mkdir()
    (target.parent / "ban-cu" / "tong-hop-huyen.20231215-010203.xlsx").write_bytes(b"x")
    before = target.read_bytes()
    excel.click("tdktRestore", "ok", "1")
    assert "đang mở" in excel.desk.told[0]
    assert target.read_bytes() == before


def test_restore_with_no_backup(excel: Excel) -> None:
    excel.click("tdktRestore")
    assert "Chưa có bản cũ nào" in excel.desk.told[0]


def test_backups_are_newest_first(tmp_path: Path) -> None:
    folder = tmp_path / "ban-cu"
    folder.mkdir()
    for name in ("a.20231215-010203.xlsx", "a.20231216-010203 (2).xlsx", "lạ.xlsx"):
        (folder / name).write_bytes(b"")
    found = find_backups([tmp_path])
    assert [item.written for item in found] == [
        datetime(2023, 12, 16, 1, 2, 3, tzinfo=UTC),
        datetime(2023, 12, 15, 1, 2, 3, tzinfo=UTC),
    ]
    assert {item.target.name for item in found} == {"a.xlsx"}
