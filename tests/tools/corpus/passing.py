"""Clean workbooks as people really arrange them: nothing above a note may be found in them."""

from tdkt_xl.tables.grid import CellValue
from tests.tools.corpus.case import Case, Shelf, cluster, on, put, unit
from tests.tools.forms import BookDraft, cluster_book
from tests.tools.grids import Draft, draft

_NAMES = ("An Bình", "Bình Hòa", "Cẩm Sơn")


def cases() -> list[Case]:
    """Clean unit sheets, cluster books and wide tables."""
    sheets, books, wide = Shelf("phieu-cham-diem"), Shelf("so-cum"), Shelf("bang-ngang")
    sheets.book("sach", unit())
    sheets.book("dong-ten-cot-o-dong-37", unit(on("An Bình", _pushed_down)))
    sheets.book("ten-cot-ba-tang", unit(on("An Bình", _three_levels)), "An Bình!F13 KT-117")
    sheets.book("cot-va-dong-trong", unit(on("An Bình", _spread)), "An Bình!B15 KT-139")
    sheets.book("vung-dung-ao", unit(on("An Bình", lambda page: page.put("AMJ1040", " "))))
    sheets.book("danh-so-kieu-khac", unit(put("An Bình", **_OTHER_NUMBERS)))
    sheets.book("so-viet-lien-noi-dung", unit(on("An Bình", _numbers_in_texts)))
    books.book("sach", cluster())
    books.book("ba-don-vi-mot-trang", _stacked())
    books.book("tong-hop-va-de-nghi-mot-trang", _lists_below_each_other())
    wide.book("sach", BookDraft("a.xlsx", [draft(_WIDE, name="Bảng")]))
    wide.book("ten-cot-ghi-lai", BookDraft("a.xlsx", [draft(_WIDE_AGAIN, name="Bảng")]))
    return [*sheets.cases, *books.cases, *wide.cases]


_WIDE = """
    | Kỳ chấm điểm: | 2023 |
    | Cụm thi đua: | Cụm thi đua số 1 |
    | TT | Đơn vị | Kinh tế | | | Tổng điểm | Xếp hạng |
    |    |        | TC1 | TC2 | TC3 | | |
    | (1) | (2) | (3) | (4) | (5) | (6) | (7) |
    | 1  | Xã An Bình | 10 | 9 | 8 | 27 | 1 |
    | 2  | Xã Bình Hòa | 9 | 8 | 7 | 24 | 2 |
    | 3  | Thị trấn Cẩm Sơn | 8 | 8 | 6 | 22 | 3 |
    |    | Tổng cộng | 27 | 25 | 21 | 73 | |
"""


_WIDE_AGAIN = """
    | Kỳ chấm điểm: | 2023 |
    | Cụm thi đua: | Cụm thi đua số 1 |
    | TT | Đơn vị | TC1 | TC2 | TC3 | Tổng điểm | Xếp hạng |
    | 1  | Xã An Bình | 10 | 9 | 8 | 27 | 1 |
    | TT | Đơn vị | TC1 | TC2 | TC3 | Tổng điểm | Xếp hạng |
    | 2  | Xã Bình Hòa | 9 | 8 | 7 | 24 | 2 |
    | 3  | Thị trấn Cẩm Sơn | 8 | 8 | 6 | 22 | 3 |
"""


_OTHER_NUMBERS: dict[str, CellValue] = {
    "A12": "A", "A13": "1.1", "A14": "1.2", "A15": "1.3", "A16": "B", "A17": "2.1", "A18": "C", "A19": "-",
    "A20": "D", "A21": "a)",
}  # fmt: skip


def _numbers_in_texts(page: Draft) -> None:
    """The number typed before the text, and none in its own column."""
    for row in range(12, 22):
        number, text = page.cells[row, 1], page.cells[row, 2]
        page.put(f"A{row}", None).put(f"B{row}", f"{number}. {text}")


def _pushed_down(page: Draft) -> None:
    for _ in range(26):
        page.insert_row(5)


def _three_levels(page: Draft) -> None:
    """Headings in the third of three rows, some of them only whole with the groups over them."""
    page.insert_row(11).insert_row(11)
    page.put("A11", "Bảng chấm điểm của đơn vị và của cụm")
    page.put("F12", "Điểm đơn vị").put("F13", "tự chấm").put("H12", "Điểm cụm").put("H13", "chấm")


def _spread(page: Draft) -> None:
    page.insert_row(15).insert_column(1)


def _stacked() -> BookDraft:
    """The scoring sheets of three units below each other in one sheet, with the summary beside it."""
    book = cluster_book()
    page = Draft("Phiếu các đơn vị", protected=True)
    below = 0
    for name in _NAMES:
        below = _append(page, book[name], below)
        book.drop(name)
    book.sheets.insert(1, page)
    return book


def _lists_below_each_other() -> BookDraft:
    book = cluster_book()
    page = book["Tổng hợp"]
    below = max(row for row, _ in page.cells) + 2
    _append(page, book["Đề nghị tập thể"], below)
    return book.drop("Đề nghị tập thể")


def _append(page: Draft, part: Draft, below: int) -> int:
    """Copy a sheet below what a page holds; returns the last row."""
    last = below
    for (row, column), value in part.cells.items():
        page.cells[row + below, column] = value
        last = max(last, row + below)
    page.formulas |= {(row + below, column) for row, column in part.formulas}
    page.page = page.page or part.page
    return last + 2
