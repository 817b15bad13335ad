"""Cells in an old encoding: told where they stand, read as meant, kept as typed."""

from tdkt_xl.findings import Finding
from tdkt_xl.findings.render import message, sentence
from tdkt_xl.tables.grid import Grid, ReceivedBook
from tdkt_xl.tables.old_text import restore_book
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.grids import Draft, Spot, draft, spots
from tests.tools.legacy_text import misread, typed


def restored(*drafts: Draft) -> tuple[list[Grid], list[Spot]]:
    findings: list[Finding] = []
    book = restore_book(ReceivedBook("a.xlsx", "", tuple(one.grid("a.xlsx") for one in drafts)), findings)
    assert all(sentence(finding) for finding in findings)
    return list(book.grids), spots(findings)


def old(text: str, encoding: Encoding = Encoding.TCVN3) -> str:
    return typed(text, encoding)


def test_each_kind_at_its_cell() -> None:
    page = draft("| STT | x | 9.5 | y |", at="B2")
    page.put("C3", old("Đơn vị")).put("D3", old("Xã Phú Lý", Encoding.VNI)).put("E3", misread("Thị trấn"))
    page.put("F3", "X\N{REPLACEMENT CHARACTER} Phú Lý")
    (grid,), found = restored(page)
    assert found == [
        ("Trang 1", "C3", "KT-240"),
        ("Trang 1", "D3", "KT-241"),
        ("Trang 1", "E3", "KT-242"),
        ("Trang 1", "F3", "KT-243"),
    ]
    assert grid.row(3) == (None, None, "Đơn vị", "Xã Phú Lý", "Thị trấn", "X\N{REPLACEMENT CHARACTER} Phú Lý")
    assert grid.row(2) == page.grid().row(2)
    assert grid.originals == {
        (3, 3): old("Đơn vị"),
        (3, 4): old("Xã Phú Lý", Encoding.VNI),
        (3, 5): misread("Thị trấn"),
    }


def test_the_font_decides_and_is_named() -> None:
    page = draft("| a |").put("A1", old("Tổng")).in_font(".VnTime", "A1")
    findings: list[Finding] = []
    book = restore_book(ReceivedBook("a.xlsx", "", (page.grid(),)), findings)
    assert book.grids[0].value(1, 1) == "Tổng"
    assert message(findings[0]) == (
        "“Tæng” gõ bằng bảng mã TCVN3 (phông .VnTime). Có phải “Tổng”? Ô đã được đọc theo cách này."
    )


def test_capital_fonts_mean_capitals() -> None:
    (grid,), _ = restored(draft("| a |").put("A1", old("cộng hòa")).in_font(".VnTimeH", "A1"))
    assert grid.value(1, 1) == "CỘNG HÒA"


def test_a_doubtful_cell_is_asked_about_and_left() -> None:
    page = draft("| Phó Lý |").in_font(".VnTime", "A1")
    (grid,), found = restored(page)
    assert found == [("Trang 1", "A1", "KT-249")]
    assert grid == page.grid("a.xlsx")
    beside = draft("| Phó Lý | x |").put("B1", old("Tân Bình")).in_font(".VnTime")
    (grid,), found = restored(beside)
    assert found == [("Trang 1", "A1", "KT-240"), ("Trang 1", "B1", "KT-240")]
    assert grid.value(1, 1) == "Phú Lý"


def test_sheets_do_not_decide_for_each_other() -> None:
    one = draft("| Phó Lý |").in_font(".VnTime")
    other = draft("| x |", name="Trang 2").put("A1", old("Tân Bình")).in_font(".VnTime")
    assert restored(one, other)[1] == [("Trang 1", "A1", "KT-249"), ("Trang 2", "A1", "KT-240")]


def test_unicode_in_an_old_font_is_no_fault() -> None:
    page = draft("| Xã Phú Lý | Điểm | Hà Nội | 5 | STT |").in_font(".VnTime")
    (grid,), found = restored(page)
    assert (grid, found) == (page.grid("a.xlsx"), [])


def test_a_formula_is_read_too() -> None:
    page = draft("| a |").put_result("A1", old("Thị trấn Vĩnh An")).in_font(".VnTime", "A1")
    (grid,), found = restored(page)
    assert found == [("Trang 1", "A1", "KT-240")]
    assert grid.value(1, 1) == "Thị trấn Vĩnh An"
    assert grid.formulas == {(1, 1)}
