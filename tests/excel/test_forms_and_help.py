"""Tạo phiếu cho đơn vị, danh mục, mở kết quả, trợ giúp, kiểm tra máy."""

import subprocess
import sys
import types
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.excel import help_page, opening, settings
from tdkt_xl.excel.help_page import build_help
from tdkt_xl.tasks.resources import default_master
from tests.excel.conftest import Excel
from tests.tools.runs import SAMPLES


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system to open."""
    found: list[Path] = []
    monkeypatch.setattr(opening, "open_outside", found.append)
    return found


@pytest.mark.parametrize("given", ["C01", "c01", "1", "Cụm thi đua số 1"])
def test_new_forms(excel: Excel, master: Master, given: str) -> None:
    target = excel.documents / "sổ cụm 1.xlsx"
    excel.click("tdktNewForms", "ok", given, target)
    cluster = next(item for item in master.active_clusters if item.code == "C01")
    members = [master.register.units[code] for code in cluster.members]
    assert f"C01 – Cụm thi đua số 1, kỳ 2023: {len(members)} đơn vị" in excel.desk.asked[0]
    assert f"{len(members)} phiếu, kỳ 2023" in excel.desk.asked[2]
    assert f"gồm {len(members)} phiếu chấm điểm" in excel.desk.told[0]
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[1:-2] == [unit.short_name or unit.name for unit in members]
    sheet = book[book.sheetnames[1]]
    texts = {str(cell.value) for row in sheet["A1:D12"] for cell in row}
    assert {"2023", cluster.name, members[0].code, members[0].name} <= texts
    summary = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {unit.name for unit in members} <= summary
    assert excel.app.books.active.name == target.name
    assert not excel.log


def test_a_new_form_is_ours_to_mark(excel: Excel) -> None:
    target = excel.documents / "sổ cụm 1.xlsx"
    excel.click("tdktNewForms", "ok", "C01", target)
    excel.click("tdktCheckBook", "no")
    assert "ngay trong sổ này" in excel.desk.asked[-1]


def test_new_forms_cancelled_or_unknown(excel: Excel) -> None:
    excel.click("tdktNewForms", "cancel")
    excel.click("tdktNewForms", "ok", False)
    excel.click("tdktNewForms", "ok", "C01", False)
    excel.click("tdktNewForms", "ok", "C77")
    assert excel.desk.told == ["Không có cụm “C77” trong kỳ đang làm. Xin bấm lại và ghi một mã như C01."]
    assert not list(excel.documents.iterdir())


def test_a_book_that_is_there_is_kept_as_backup(excel: Excel) -> None:
    target = excel.documents / "sổ.xlsx"
    target.write_bytes(b"old")
    excel.click("tdktNewForms", "ok", "C01", target, "no")
    assert target.read_bytes() == b"old"
    excel.click("tdktNewForms", "ok", "C01", target, "yes")
    assert [path.read_bytes() for path in (excel.documents / "ban-cu").iterdir()] == [b"old"]


def test_no_form_goes_into_a_received_folder(excel: Excel, tmp_path: Path) -> None:
    settings.Settings(settings.state_folder()).add("received", str(tmp_path))
    excel.click("tdktNewForms", "ok", "C01", tmp_path / "sổ.xlsx")
    assert "thư mục sổ đã nhận" in excel.desk.told[0]
    assert not (tmp_path / "sổ.xlsx").exists()


def test_the_master_data_are_copied_once(excel: Excel) -> None:
    packaged = default_master().read_bytes()
    excel.click("tdktMaster", "yes")
    own = excel.documents / "tdkt" / "danh-muc.xlsx"
    assert str(own) in excel.desk.asked[0]
    assert own.read_bytes() == packaged
    assert excel.app.books.active.fullname == str(own)
    excel.app.books.active.close()
    excel.click("tdktMaster")
    assert excel.app.books.active.fullname == str(own)
    assert len(excel.desk.asked) == 1


def test_the_master_data_can_be_refused(excel: Excel) -> None:
    excel.click("tdktMaster", "no")
    assert not (excel.documents / "tdkt").exists()
    assert not len(excel.app.books)


def test_two_books_of_one_name(excel: Excel, tmp_path: Path) -> None:
    other = tmp_path / "danh-muc.xlsx"
    other.write_bytes(default_master().read_bytes())
    excel.open(other)
    excel.click("tdktMaster", "yes")
    assert "một sổ khác cũng tên “danh-muc.xlsx”" in excel.desk.told[0]


def test_open_results(excel: Excel, opened: list[Path], tmp_path: Path) -> None:
    excel.click("tdktOpenResults")
    assert "Chưa có thư mục kết quả nào" in excel.desk.told[0]
    settings.Settings(settings.state_folder()).keep(results=str(tmp_path))
    excel.click("tdktOpenResults")
    assert opened == [tmp_path]


def test_help_opens_the_manual(excel: Excel, opened: list[Path]) -> None:
    excel.click("tdktHelp")
    assert opened == [excel.state / "tro-giup.html"]
    page = opened[0].read_text("utf-8")
    assert page == build_help()
    assert "KT-201" in page
    assert "<script" not in page


class Page(HTMLParser):
    """The parts of a page that can be wrong."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.pictures += [given["src"] or ""] if "src" in given else []


def test_every_link_and_picture_of_the_help_page_leads_somewhere() -> None:
    page = Page(build_help())
    assert len(page.ids) == len(set(page.ids))
    inside = [unquote(link.removeprefix("#")) for link in page.links if link.startswith("#")]
    assert set(inside) - set(page.ids) == set()
    assert {"excel", "ma-loi", "excel--các-nút", "cham-diem--làm-tròn"} <= set(inside)
    files = [*page.pictures, *(link for link in page.links if link.startswith("file:"))]
    assert len(files) >= 3
    assert [link for link in files if not Path(unquote(urlsplit(link).path)).is_file()] == []


def test_the_help_page_shows_tables_and_no_markdown() -> None:
    text = build_help()
    page = Page(text)
    assert page.tags["table"] > 20
    assert page.tags["h1"] == len(help_page.pages_for_clerks())
    assert [mark for mark in ("| --- |", "**", "&lt;!--", "\n#") if mark in text] == []


def test_what_is_written_in_a_page_is_shown_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "<!-- máy lập -->\n# A & B\n\n<b>x</b> [b](b.md#y-z) [c](hieu-nang.md)\n", "utf-8"
    )
    (tmp_path / "b.md").write_text("# B\n\n## Y z\n", "utf-8")
    text = help_page.build_help(tmp_path)
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "máy lập" not in text
    assert 'href="#b--y-z"' in text
    assert f'href="{(tmp_path / "hieu-nang.md").as_uri()}"' in text
    assert '<p><a href="#a">A &amp; B</a></p>' in text


def test_a_new_page_of_the_manual_is_shown_unless_it_is_not_for_clerks(tmp_path: Path) -> None:
    pages = {path.stem for path in help_page.MANUAL.glob("*.md")}
    assert {*help_page.FIRST, *help_page.NOT_FOR_CLERKS} <= pages
    for name in ("zz", "excel", "aa", "hieu-nang"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    assert help_page.pages_for_clerks(tmp_path) == ["excel", "aa", "zz"]


def test_help_on_a_mark_explains_its_code(excel: Excel, opened: list[Path]) -> None:
    book = excel.open(SAMPLES / "cum-01.xlsx")
    book.sheets[0].api.Unprotect("")
    book.sheets[0]["D10"].add_note("[TĐ] Lỗi KT-403: tổng sai")
    book.sheets[0].activate()
    book.sheets[0]["D10"].select()
    excel.click("tdktHelp")
    assert excel.desk.told[0].startswith("KT-403 · Lỗi")
    assert not opened


def test_doctor(excel: Excel, opened: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    doctor = types.ModuleType("tdkt_xl.excel.doctor")
    monkeypatch.setitem(sys.modules, "tdkt_xl.excel.doctor", doctor)
    doctor.__dict__["doctor_report"] = lambda: "Máy đã sẵn sàng."
    excel.click("tdktDoctor")
    assert excel.desk.told == ["Máy đã sẵn sàng."]
    doctor.__dict__["doctor_report"] = lambda: "Thiếu <b>" * 500
    excel.click("tdktDoctor")
    assert opened == [excel.state / "kiem-tra-may.html"]
    assert "&lt;b&gt;" in opened[0].read_text("utf-8")


@pytest.mark.libreoffice
def test_marked_copy_and_new_form_open_in_libreoffice(excel: Excel, tmp_path: Path) -> None:
    excel.open(SAMPLES / "cum-05 ban chinh thuc.xlsx")
    excel.click("tdktCheckBook", "yes")
    copy = Path(excel.app.books.active.fullname)
    form = excel.documents / "form.xlsx"
    excel.click("tdktNewForms", "ok", "C01", form)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for path in (copy, form):
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    marked = openpyxl.load_workbook(tmp_path / copy.name, data_only=True)
    source = openpyxl.load_workbook(SAMPLES / "cum-05 ban chinh thuc.xlsx", data_only=True)
    assert marked["Tổng hợp"]["D15"].comment.text.startswith("[TĐ] Lỗi KT-403")
    for sheet in source:
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [
            [cell.value for cell in row]
            for row in marked[sheet.title].iter_rows(max_row=sheet.max_row, max_col=sheet.max_column)
        ] == values
    assert openpyxl.load_workbook(tmp_path / "form.xlsx").sheetnames[0] == "Tổng hợp"
