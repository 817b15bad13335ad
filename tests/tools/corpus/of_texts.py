"""How letters were typed: old encodings, letters gone wrong, letters of others, characters nobody sees."""

from collections.abc import Callable

from tdkt_xl.tables.grid import CellValue
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.corpus.case import Change, Shelf, bytes_of, cluster, on, put, repacked, replaced, unit
from tests.tools.forms import BookDraft
from tests.tools.grids import Draft
from tests.tools.legacy_text import misread, typed

STRINGS = "xl/sharedStrings.xml"
_FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}


def add_texts(shelf: Shelf) -> None:
    """One cell, and whole sheets, not typed in Unicode."""
    for encoding, name, code in ((Encoding.TCVN3, "tcvn3", "KT-240"), (Encoding.VNI, "vni", "KT-241")):
        old = typed("Đạt chuẩn về y tế", encoding)
        by_font = _shown("An Bình", "B14", old, _FONTS[encoding])
        shelf.book(f"{name}-phong-cu", cluster(by_font), f"An Bình!B14 {code}")
        shelf.book(f"{name}-mat-phong", cluster(put("An Bình", B14=old)), f"An Bình!B14 {code}")
        heading = typed("Điểm cụm chấm", encoding)
        title = cluster(_shown("An Bình", "H11", heading, _FONTS[encoding]))
        shelf.book(f"{name}-ten-cot", title, f"An Bình!H11 {code}")
        shelf.book(f"{name}-ca-trang", cluster(on("An Bình", _typed_in(encoding))), "An Bình!A1 KT-247")
    capitals = _shown("An Bình", "C9", typed("xã an bình", Encoding.TCVN3), ".VnTimeH")
    shelf.book("tcvn3-phong-chu-hoa", cluster(capitals), "An Bình!C9 KT-240")
    shelf.book("tcvn3-trang-an", cluster(_hidden_sheet), "Bảng giá KT-130", "Bảng giá!A1 KT-240")
    shelf.book("mo-sai-bang-ma", cluster(put("An Bình", C9=misread("Xã An Bình"))), "An Bình!C9 KT-242")
    lost = put("An Bình", B14="Đạt chuẩn v\N{REPLACEMENT CHARACTER} y tế")
    shelf.book("mat-chu", cluster(lost), "An Bình!B14 KT-123", "An Bình!B14 KT-243")
    shelf.book("ten-khong-dau", cluster(put("An Bình", C9="Xa An Binh")), "An Bình!C9 KT-244")
    shelf.book("chu-giong-nhau", cluster(put("An Bình", C9="Хã An Bình")), "An Bình!C9 KT-245")
    shelf.book("chu-d-la", cluster(put("An Bình", H11="Ðiểm cụm chấm")), "An Bình!H11 KT-245")
    shelf.book("ky-tu-an", cluster(put("Tổng hợp", B9="DV-01\u200b")), "Tổng hợp!B9 KT-246")
    shelf.book("thua-khoang-trang-ca-trang", cluster(on("An Bình", _padded)), "An Bình!C9 KT-248")
    _add_hidden(shelf)
    doubtful = _shown("Đề nghị cá nhân", "B9", "Phó Lý", ".VnTime")
    shelf.book("doc-duoc-hai-cach", cluster(doubtful), "Đề nghị cá nhân!B9 KT-249")


def _add_hidden(shelf: Shelf) -> None:
    """What is in a cell and not seen, or seen and not meant; on other sheets too."""
    shelf.book(
        "dao-chieu-chu", cluster(put("An Bình", B14="Đạt \u202echuẩn\u202c về y tế")), "An Bình!B14 KT-188"
    )
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "5 diem")
    shelf.book("chu-an", cluster(put("An Bình", C9=f"Xã An Bình{tags}")), "An Bình!C9 KT-189")
    shelf.book("ky-tu-dieu-khien", cluster(put("An Bình", C9="Xã An\x07 Bình")), "An Bình!C9 KT-190")
    notes = cluster(lambda book: book.sheets.append(Draft("Ghi chú").put("B2", "a\x01b")))
    shelf.book("ky-tu-dieu-khien-trang-khac", notes, "Ghi chú KT-130", "Ghi chú!B2 KT-190")
    long = repacked(
        bytes_of(unit(put("An Bình", G13="DÀI QUÁ"))), {STRINGS: replaced("DÀI QUÁ", "a" * 40_000)}
    )
    shelf.add("o-qua-dai", long, "An Bình!G13 KT-191")
    struck = cluster(on("An Bình", lambda page: page.looking("F13", "H13", font_strikeout=True)))
    shelf.book("diem-bi-gach-ngang", struck, "An Bình!F13 KT-192")
    white = cluster(on("An Bình", lambda page: page.looking("H14", font_color="#FFFFFF")))
    shelf.book("diem-chu-trang", white, "An Bình!H14 KT-193")
    blank = cluster(on("Tổng hợp", lambda page: page.looking("D9", num_format=";;;")))
    shelf.book("diem-dinh-dang-trong", blank, "Tổng hợp!D9 KT-193")


def _shown(sheet: str, cell: str, value: CellValue, font: str) -> Change:
    """Type a value and show it in a font."""
    return on(sheet, lambda page: page.put(cell, value).in_font(font, cell))


def _typed_in(encoding: Encoding) -> Callable[[Draft], object]:
    def change(page: Draft) -> None:
        for at, cell in page.cells.items():
            page.cells[at] = typed(cell, encoding) if isinstance(cell, str) else cell
        page.in_font(_FONTS[encoding])

    return change


def _hidden_sheet(book: BookDraft) -> None:
    page = Draft("Bảng giá").put("A1", "B¸O GI¸ THIÕT BÞ").in_font(".VnTifani HeavyH", "A1")
    book.sheets.append(page)


def _padded(page: Draft) -> None:
    for row in range(12, 22):
        page.cells[row, 2] = f"{page.cells[row, 2]}\u00a0"
    page.put("C9", f"{page.cells[9, 3]} ")
