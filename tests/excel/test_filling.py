"""Lập danh sách đề nghị inside the open standard workbook: filled, backed up, left for the clerk to save."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.excel.settings import Settings, state_folder
from tdkt_xl.findings import Place
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table
from tdkt_xl.writers import nominations_book
from tdkt_xl.writers.book import Organisation
from tdkt_xl.writers.nominations_book import BLOCK_COLOUR, ROW_COLOURS, build_nominations_book
from tests.excel.conftest import Excel
from tests.excel.stand_ins import ComError
from tests.tools.runs import ROOT, SAMPLES, District

LAYOUT = load_layout("danh-sach-de-nghi")
DAY = "15/12/2023"
FORM = ROOT / "workbooks" / "danh-sach-de-nghi.xlsx"
NAME = "Đề nghị đợt 1 = chị Lễ.xlsx"
Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def results(excel: Excel, district: District, tmp_path: Path) -> Path:
    """The results of the sample district, the last ones of this clerk."""
    folder = tmp_path / "ra"
    folder.mkdir()
    shutil.copyfile(district.out / "tong-hop-huyen.xlsx", folder / "tong-hop-huyen.xlsx")
    Settings(state_folder()).keep(consolidated=str(folder / "tong-hop-huyen.xlsx"))
    return folder


@pytest.fixture
def form(excel: Excel, results: Path) -> Any:
    """The empty form, saved by the clerk under another name and open."""
    shutil.copyfile(FORM, excel.documents / NAME)
    return excel.open(excel.documents / NAME)


def rows_of(path: Path) -> Rows:
    """The lists of a file, by the meaning of their columns, as they are read by anybody."""
    book = openpyxl.load_workbook(path, data_only=True)
    found: Rows = {}
    for layout in LAYOUT.sheets:
        sheet = book[layout.name]
        table = find_table(
            Grid(path.name, sheet.title, tuple(sheet.iter_rows(values_only=True))), [layout]
        ).value
        assert table is not None
        found[layout.id] = [
            {field: table.grid.value(row, column) for field, column in table.columns.items()}
            for row in table.rows()
        ]
    return found


def named(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Rows that name somebody; the others head the block of an award."""
    return [row for row in rows if isinstance(row["number"], int)]


def saved(book: Any, folder: Path) -> Path:
    """The workbook as the clerk saves it, elsewhere."""
    path = folder / "da-luu.xlsx"
    book.api.SaveCopyAs(str(path))
    return path


def backups(home: Path) -> list[Path]:
    folder = home / "ban-cu"
    return sorted(folder.iterdir()) if folder.exists() else []


def content(book: Any) -> list[object]:
    """Values, formats and heights of everything."""
    return [
        [
            (cell.address, cell.value, cell.color, cell.font.name, cell.font.size, cell.row_height)
            for cell in sheet.used_range
        ]
        for sheet in book.sheets
    ]


def heading(sheet: Any, text: str) -> Any:
    return next(cell for cell in sheet["A6:Z7"] if cell.value == text)


def test_same_cells_as_the_command_line(excel: Excel, form: Any, results: Path, district: District) -> None:
    before = (excel.documents / NAME).read_bytes()
    source = (results / "tong-hop-huyen.xlsx").read_bytes()
    excel.click("tdktNominate", DAY, "yes")
    expected = rows_of(district.out / "danh-sach-de-nghi.xlsx")
    assert rows_of(saved(form, results)) == expected
    assert [len(expected[name]) for name in ("leaders", "collectives", "individuals")] != [0, 0, 0]
    asked = excel.desk.asked[1]
    collectives, individuals = (named(expected[name]) for name in ("collectives", "individuals"))
    assert f"{len(collectives)} tập thể, {len(individuals)} cá nhân" in asked
    assert "\n0 dòng đang có" in asked
    assert "CHƯA được lưu" in excel.desk.told[0]
    assert str(backups(excel.documents)[0]) in excel.desk.told[0]
    assert not form.api.Saved
    assert (excel.documents / NAME).read_bytes() == before
    assert (results / "tong-hop-huyen.xlsx").read_bytes() == source
    assert sorted(path.name for path in results.iterdir()) == ["da-luu.xlsx", "tong-hop-huyen.xlsx"]
    assert excel.app.status_bar is False
    assert not excel.log


def test_signatures_filter_and_looks_follow_the_longer_list(excel: Excel, form: Any, results: Path) -> None:
    sheet = form.sheets["Cá nhân"]
    sheet["A7:O11"].font.name = "Arial"
    sheet["A7:O11"].font.size = 14
    sheet["C7"].column_width = 40
    sheet["A14"].value = "CHUYÊN VIÊN THI ĐUA"
    sheet["F14"].value = "KT. CHỦ TỊCH"
    excel.click("tdktNominate", DAY, "yes")
    path = saved(form, results)
    rows = rows_of(path)["individuals"]
    count = max(at for at, row in enumerate(rows, start=1) if row in named(rows))
    assert count > len(named(rows)) > 5
    page = openpyxl.load_workbook(path)["Cá nhân"]
    last = 6 + count
    assert page.cell(last, 1).value == len(named(rows))
    assert page.cell(last + 1, 3).value is None
    assert [page.cell(last + 3, column).value for column in (1, 6)] == ["CHUYÊN VIÊN THI ĐUA", "KT. CHỦ TỊCH"]
    assert f"A{last + 3}:E{last + 3}" in {str(area) for area in page.merged_cells.ranges}
    assert page.auto_filter.ref == f"A6:W{last}"
    for row in (7, 11, last):
        assert (page.cell(row, 3).font.name, page.cell(row, 3).font.size) == ("Arial", 14)
        assert page.cell(row, 3).border.left.style == "thin"
    assert page.column_dimensions["C"].width == pytest.approx(40, abs=1)
    assert page["A6"].font.name == "Times New Roman"


def test_filling_again_replaces_every_row(excel: Excel, form: Any, results: Path, district: District) -> None:
    excel.click("tdktNominate", DAY, "yes")
    first = saved(form, results)
    former = rows_of(first)
    shutil.copyfile(first, results / "truoc.xlsx")
    consolidated = openpyxl.load_workbook(results / "tong-hop-huyen.xlsx")
    people = consolidated["Đề nghị cá nhân"]
    people.delete_rows(people.max_row - 39, 20)
    consolidated.save(results / "tong-hop-huyen.xlsx")
    excel.desk.dialogs.clear()
    excel.click("tdktNominate", DAY, "yes")
    total = sum(len(named(former[name])) for name in ("leaders", "collectives", "individuals"))
    assert f"\n{total} dòng đang có" in excel.desk.asked[1]
    now = rows_of(saved(form, results))
    assert 0 < len(now["individuals"]) < len(former["individuals"])
    people = named(now["individuals"])
    assert [row["number"] for row in people] == list(range(1, len(people) + 1))
    texts = [cell.value for cell in form.sheets["Cá nhân"].used_range if isinstance(cell.value, str)]
    gone = {row["subject"] for row in former["individuals"]} - {row["subject"] for row in now["individuals"]}
    assert gone
    assert not gone & set(texts)
    assert texts.count("NGƯỜI LẬP DANH SÁCH") == 1
    assert len(backups(excel.documents)) == 2
    assert rows_of(backups(excel.documents)[1]) == former
    excel.click("tdktNominate", "16/12/2023", "yes")
    shutil.copyfile(district.out / "tong-hop-huyen.xlsx", results / "tong-hop-huyen.xlsx")
    excel.click("tdktNominate", DAY, "yes")
    assert rows_of(saved(form, results)) == former


def test_moved_and_added_columns(excel: Excel, form: Any, results: Path, district: District) -> None:
    sheet = form.sheets["Tập thể"]
    subject, unit, outcome = (
        heading(sheet, text) for text in ("Tên tập thể/cá nhân/hộ gia đình", "Đơn vị công tác", "Kết luận")
    )
    subject.value, unit.value = unit.value, subject.value
    outcome.value = "kết  LUẬN"
    sheet["R6"].value = "Ghi chú của tôi"
    sheet["R7"].value = "giữ"
    excel.click("tdktNominate", DAY, "yes")
    assert rows_of(saved(form, results)) == rows_of(district.out / "danh-sach-de-nghi.xlsx")
    assert "giữ" in [cell.value for cell in sheet["R7:R200"]]
    assert "cột riêng ở trang Tập thể" in excel.desk.told[0]


@pytest.mark.parametrize("name", ["Dẫn đầu cụm", "Cá nhân", "Căn cứ từng điều kiện"])
def test_missing_column(excel: Excel, form: Any, results: Path, name: str) -> None:
    text = "Diễn giải" if name.startswith("Căn") else "Lý do, căn cứ"
    heading(form.sheets[name], text).value = "Cột khác"
    before = content(form)
    excel.click("tdktNominate")
    assert f"Trang “{name}” thiếu cột “{text}”" in excel.desk.told[0]
    assert "Chưa có gì thay đổi" in excel.desk.told[0]
    assert content(form) == before
    assert not backups(excel.documents)


def test_what_keeps_the_form_from_being_filled(excel: Excel, form: Any, results: Path) -> None:
    sheet = form.sheets["Tập thể"]
    sheet["G3"].value = "Mẫu DS-03 · phiên bản 1"
    excel.click("tdktNominate")
    assert "thiếu trang “Tập thể”" in excel.desk.told[-1]
    form.sheets["Dẫn đầu cụm"]["A1"].value = "Mẫu DS-02 · phiên bản 1"
    excel.click("tdktNominate")
    assert "thiếu trang “Dẫn đầu cụm”" in excel.desk.told[-1]
    form.sheets["Dẫn đầu cụm"]["A1"].value = ""
    sheet["G3"].value = "Mẫu DS-02 · phiên bản 1"
    form.sheets.add("Nháp")["A1"].value = "Mẫu DS-04 · phiên bản 1"
    excel.click("tdktNominate")
    assert "cùng ghi “Mẫu DS-04 · phiên bản 1”" in excel.desk.told[-1]
    form.sheets["Nháp"]["A1"].value = ""
    sheet["C8:D8"].merge()
    excel.click("tdktNominate")
    assert "có ô gộp" in excel.desk.told[-1]
    sheet["C8:D8"].unmerge()
    sheet["A6:O7"].value = None
    excel.click("tdktNominate")
    assert "Chưa thấy dòng tiêu đề" in excel.desk.told[-1]
    Settings(state_folder()).add("received", str(excel.documents))
    excel.click("tdktNominate")
    assert "nằm trong thư mục đã nhận" in excel.desk.told[-1]
    assert not backups(excel.documents)


def propose_household(results: Path) -> str:
    """Propose a household on the first line of the collectives of the consolidated workbook."""
    path, name = results / "tong-hop-huyen.xlsx", "Hộ ông Lê Văn Ba"
    book = openpyxl.load_workbook(path)
    page = book["Đề nghị tập thể"]
    head = next(row for row in page.iter_rows() if any(cell.value == "Tên tập thể" for cell in row))
    columns = {str(cell.value): cell.column for cell in head}
    first = head[0].row + 1
    page.cell(first, columns["Tên tập thể"], name)
    page.cell(first, next(at for text, at in columns.items() if text.startswith("Danh hiệu")), "GK huyện")
    book.save(path)
    return name


def test_household_is_filled_on_its_own_page(excel: Excel, form: Any, results: Path) -> None:
    name = propose_household(results)
    excel.click("tdktNominate", DAY, "yes")
    assert "1 hộ gia đình" in excel.desk.asked[1]
    rows = rows_of(saved(form, results))
    assert [row["subject"] for row in named(rows["households"])] == [name]
    assert name not in {row["subject"] for row in rows["collectives"]}


def test_form_of_before_without_a_page_for_households(excel: Excel, form: Any, results: Path) -> None:
    form.sheets["Hộ gia đình"].delete()
    excel.click("tdktNominate", DAY, "no")
    assert "Điền?" in excel.desk.asked[1]  # nobody of a household is proposed: the old form will do
    propose_household(results)
    excel.click("tdktNominate", DAY)
    assert "chưa có trang “Hộ gia đình”" in excel.desk.told[-1]
    assert not backups(excel.documents)


def test_protected_sheets(excel: Excel, form: Any, results: Path, district: District) -> None:
    form.sheets["Cá nhân"].api.Protect("")
    excel.click("tdktNominate", DAY, "yes")
    assert rows_of(saved(form, results)) == rows_of(district.out / "danh-sach-de-nghi.xlsx")
    assert form.sheets["Cá nhân"].api.ProtectContents
    assert not form.sheets["Tập thể"].api.ProtectContents


def test_a_password_is_respected(excel: Excel, form: Any, results: Path) -> None:
    form.sheets["Dẫn đầu cụm"].api.Protect("")
    form.sheets["Cá nhân"].api.Protect("bí mật")
    before = content(form)
    excel.click("tdktNominate", DAY, "yes")
    assert "“Cá nhân” được khoá bằng mật khẩu" in excel.desk.told[0]
    assert content(form) == before
    assert form.sheets["Dẫn đầu cụm"].api.ProtectContents
    assert not backups(excel.documents)


@pytest.mark.parametrize("answers", [(False,), (DAY, "no"), ("31/02/2023",)])
def test_cancelled(excel: Excel, form: Any, results: Path, answers: tuple[object, ...]) -> None:
    before = content(form)
    excel.click("tdktNominate", *answers)
    assert content(form) == before
    assert form.api.Saved
    assert [path.name for path in results.iterdir()] == ["tong-hop-huyen.xlsx"]


def test_the_clerk_chooses_the_consolidated_book(excel: Excel, form: Any, results: Path) -> None:
    Settings(state_folder()).keep(consolidated="")
    excel.click("tdktNominate", None)
    assert not backups(excel.documents)
    excel.click("tdktNominate", SAMPLES / "cum-09.xlsx", DAY)
    assert "(KT-806)" in excel.desk.told[0]
    excel.click("tdktNominate", results / "tong-hop-huyen.xlsx", DAY, "yes")
    assert len(backups(excel.documents)) == 1
    excel.desk.dialogs.clear()
    excel.click("tdktNominate", DAY, "no")  # remembered


def test_a_filled_form_is_restored_where_it_came_from(excel: Excel, form: Any, results: Path) -> None:
    path = excel.documents / NAME
    empty = rows_of(path)
    excel.click("tdktNominate", DAY, "yes")
    form.save()
    excel.desk.dialogs.clear()
    excel.click("tdktRestore", "ok", "1")
    assert "đang mở" in excel.desk.told[0]
    form.close()
    filled = path.read_bytes()
    excel.desk.dialogs.clear()
    excel.click("tdktRestore", "ok", "1")
    assert f"Có 1 bản cũ trong “{excel.documents}”" in excel.desk.asked[0]
    assert rows_of(path) == empty
    assert filled in [kept.read_bytes() for kept in backups(excel.documents)]
    assert excel.app.books.active.fullname == str(path)
    assert sorted(file.name for file in results.iterdir()) == ["tong-hop-huyen.xlsx"]


def test_restoring_names_the_folder_when_there_are_several(excel: Excel, form: Any, results: Path) -> None:
    (results / "ban-cu").mkdir()
    (results / "ban-cu" / "tong-hop-huyen.20231215-010203.xlsx").write_bytes(b"x")
    excel.click("tdktNominate", DAY, "yes")
    excel.desk.dialogs.clear()
    excel.click("tdktRestore", "cancel")
    first, second = (line for line in excel.desk.asked[0].splitlines() if line[:2] in {"1.", "2."})
    assert first.startswith(f"1. {NAME}, bản lúc ")
    assert first.endswith(f", trong “{excel.documents}”")
    assert second.startswith("2. tong-hop-huyen.xlsx, bản lúc ")
    assert second.endswith(f", trong “{results}”")


def test_a_workbook_never_saved(excel: Excel, form: Any, results: Path) -> None:
    form.sheets["Cá nhân"]["C7"].value = "Dòng đang gõ"
    form.api.vba.path, form.api.vba.name = "", "Book1"
    excel.click("tdktNominate", DAY, "yes")
    (backup,) = backups(results)  # it has no folder of its own
    assert backup.name.startswith("Book1.20")
    assert backup.suffix == ".xlsx"
    assert openpyxl.load_workbook(backup)["Cá nhân"]["C7"].value == "Dòng đang gõ"
    assert "\n1 dòng đang có" in excel.desk.asked[1]


def test_no_backup_no_filling(excel: Excel, form: Any, results: Path) -> None:
    before = content(form)
    excel.desk.broken["savecopyas"] = ComError("đĩa đầy")
    excel.click("tdktNominate", DAY, "yes")
    assert "Chưa sao được bản hiện nay" in excel.desk.told[0]
    assert content(form) == before


def test_a_failure_midway(excel: Excel, form: Any, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tdkt_xl.excel import filling
    from tdkt_xl.excel.list_form import Part
    from tdkt_xl.excel.list_rows import fill_part

    form.sheets["Dẫn đầu cụm"].api.Protect("")

    def fail(part: Part, *rest: Any) -> list[Place]:
        if part.sheet.name == "Cá nhân":
            raise ComError("hết bộ nhớ")
        return fill_part(part, *rest)

    monkeypatch.setattr(filling, "fill_part", fail)
    before = rows_of(FORM)
    excel.click("tdktNominate", DAY, "yes")
    (backup,) = backups(excel.documents)
    assert len(excel.desk.told) == 1
    assert "Chưa điền xong" in excel.desk.told[0]
    assert str(backup) in excel.desk.told[0]
    assert rows_of(backup) == before
    assert form.sheets["Dẫn đầu cụm"].api.ProtectContents
    assert "(hresult -2147352567)" in excel.log
    assert excel.app.status_bar is False


def test_the_rest_of_the_workbook_stays(excel: Excel, form: Any, results: Path) -> None:
    other = form.sheets.add("Việc riêng", after=form.sheets[-1])
    other["A1:B2"].value = [[1, "hai"], ["ba", 4]]
    other["A1"].color = (1, 2, 3)
    sheet = form.sheets["Cá nhân"]
    sheet.activate()
    sheet["D9"].select()
    heads = [
        [(cell.value, cell.font.size, cell.column_width) for cell in page["A1:O6"]] for page in form.sheets
    ]
    excel.click("tdktNominate", DAY, "yes")
    assert [
        [(cell.value, cell.font.size, cell.column_width) for cell in page["A1:O6"]] for page in form.sheets
    ] == heads
    assert other["A1:B2"].value == [[1, "hai"], ["ba", 4]]
    assert other["A1"].color == (1, 2, 3)
    assert excel.app.books.active == form
    assert form.sheets.active == sheet
    assert excel.app.selection.address == "$D$9"


def test_texts_stay_texts(excel: Excel, form: Any, results: Path) -> None:
    consolidated = excel.open(results / "tong-hop-huyen.xlsx")
    sheet = consolidated.sheets["Đề nghị cá nhân"]
    head = next(row for row, cells in enumerate(sheet.used_range.value) if "Mã cụm" in cells)
    column = sheet.used_range.value[head].index("Họ và tên")
    names = ["=1+1", "-2", "1-2", "2023", "TRUE", "May 10", "@a", "+84 90"]
    for number, name in enumerate(names, start=1):
        sheet[head + number, column].value = f"'{name}"
    form.activate()
    excel.click("tdktNominate", DAY, "yes")
    page = openpyxl.load_workbook(saved(form, results))["Cá nhân"]
    found = [(cell.value, cell.data_type) for cell in page["C"]]
    assert sorted(item for item in found if item[0] in names) == sorted((name, "s") for name in names)


def test_text_that_excel_cannot_hold_is_said(
    excel: Excel, form: Any, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = nominations_book.list_rows

    def with_a_bell(*arguments: Any) -> dict[str, list[dict[str, object]]]:
        rows = made(*arguments)
        first = named(rows["individuals"])[0]
        first["subject"] = f"{first['subject']}\x07"
        return rows

    monkeypatch.setattr(nominations_book, "list_rows", with_a_bell)
    excel.click("tdktNominate", DAY, "yes")
    assert "Có 1 ô trong tệp kết quả ghi khác nội dung nhận được" in excel.desk.told[0]


def test_lists_of_an_earlier_run_tell_the_new_conclusions(
    excel: Excel, results: Path, district: District
) -> None:
    path = excel.documents / NAME
    shutil.copyfile(district.out / "danh-sach-de-nghi.xlsx", path)
    book = excel.open(path)
    page = book.sheets["Cá nhân"]
    page["C8:K20"].color = (229, 242, 224)
    page["A5"].value = "Xét theo luật cũ."
    excel.click("tdktNominate", DAY, "yes")
    ours, theirs = (
        openpyxl.load_workbook(item)["Cá nhân"]
        for item in (saved(book, results), district.out / "danh-sach-de-nghi.xlsx")
    )
    looks = [
        [[(cell.value, cell.fill.fgColor.rgb) for cell in row] for row in page] for page in (ours, theirs)
    ]
    assert looks[0] == looks[1]
    colours = {
        tuple(int(cell.fill.fgColor.rgb[at : at + 2], 16) for at in (2, 4, 6)) for cell in theirs["C"][7:-4]
    }
    assert colours <= {*ROW_COLOURS.values(), BLOCK_COLOUR, (0, 0, 0)}


def test_lists_without_a_single_row(excel: Excel, results: Path, district: District) -> None:
    path = excel.documents / NAME
    path.write_bytes(build_nominations_book((), "luật cũ", date(2023, 1, 1), Organisation()))
    book = excel.open(path)
    excel.click("tdktNominate", DAY, "yes")
    assert rows_of(saved(book, results)) == rows_of(district.out / "danh-sach-de-nghi.xlsx")
    assert "15/12/2023" in book.sheets["Cá nhân"]["A5"].value


@pytest.mark.libreoffice
def test_filled_workbook_opens_in_libreoffice(
    excel: Excel, form: Any, results: Path, district: District, tmp_path: Path
) -> None:
    excel.click("tdktNominate", DAY, "yes")
    path = saved(form, results)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert rows_of(tmp_path / path.name) == rows_of(district.out / "danh-sach-de-nghi.xlsx")
