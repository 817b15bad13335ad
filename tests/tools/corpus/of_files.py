"""Files that cannot be read, or not all of them; sheets of a workbook as a whole."""

import struct

from tdkt_xl.tables.grid import SheetState
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.forms import build_unit_form
from tests.tools.corpus.case import Change, Shelf, bytes_of, cluster, on, put, repacked, unit
from tests.tools.excel_tables import table_part, with_table
from tests.tools.forms import OFFICE, BookDraft, tiny_master
from tests.tools.grids import Draft, area, draft
from tests.unit.readers.vectors import compound

SHEETS = ("An Bình", "Bình Hòa", "Cẩm Sơn")
_BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
_WEB_PAGE = "<html><body><table><tr><td>Đơn vị</td><td>Điểm</td></tr></table></body></html>"


def add_files(shelf: Shelf) -> None:
    """What arrives and is no workbook, or a workbook that must not be read."""
    clean = bytes_of(unit())
    shelf.add("hong-tai-ve-do-dang", clean[: len(clean) // 2], "KT-101")
    shelf.add("co-mat-khau-mo", compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "KT-102")
    endless = b'<e><k><p:encryptedKey xmlns:p="p" spinCount="4000000000"/></k></e>'
    info = struct.pack("<HHI", 4, 4, 0x40) + endless
    slow = compound({"EncryptionInfo": info, "EncryptedPackage": b"x"})
    shelf.folder("mat-khau-bat-thuong", {"mat-khau-bat-thuong.xlsx": slow}, "KT-170", command="password")
    shelf.add("trang-web-luu-thanh-xls", _WEB_PAGE.encode(), "KT-103", extension=".xls")
    shelf.add("csv-luu-thanh-xls", "STT;Đơn vị;Điểm\n1;Xã An Bình;19\n".encode(), "KT-103", extension=".xls")
    shelf.add("xlsx-doi-duoi-thanh-xls", clean, "KT-104", extension=".xls")
    shelf.add("tep-rong", b"", "KT-106")
    bomb = repacked(clean, {"xl/worksheets/sheet1.xml": lambda _: _BOMB})
    shelf.add("khai-bao-dtd", bomb, "KT-107")
    macro = repacked(clean, {}, [("xl/vbaProject.bin", b"macro")])
    shelf.add("co-macro", macro, "KT-108", extension=".xlsm")
    link = repacked(clean, {}, [("xl/externalLinks/externalLink1.xml", b"<externalLink/>")])
    shelf.add("lien-ket-so-khac", link, "KT-108")
    phones = BookDraft("a.xlsx", [draft("| Họ tên | Điện thoại |\n| Lan | 123456 |")])
    shelf.book("khong-nhan-ra-mau", phones, "KT-110")
    catalogue = tiny_master().catalogues["TD-2023"]
    shelf.add("mau-trong", build_unit_form(catalogue, OFFICE), "KT-129")


def add_folders(shelf: Shelf) -> None:
    """Files that only mean something beside others."""
    clean = bytes_of(cluster())
    shelf.folder("tep-tam-cua-excel", {"c01.xlsx": clean, "~$c01.xlsx": b"tam"}, "[~$c01.xlsx] KT-105")
    shelf.folder("bien-ban-word", {"c01.xlsx": clean, "bien-ban.docx": b"PK"}, "[bien-ban.docx] KT-509")
    shelf.folder("thu-muc-khong-co-so", {"bien-ban.docx": b"PK"}, "KT-508", "KT-509", command="folder")
    form = load_layout("tong-hop-huyen").sheets[0].form
    stamped = Draft("Xếp hạng").put("A1", f"Mẫu {form} · phiên bản 1").put("A3", "Kết quả lần trước")
    own = bytes_of(BookDraft("ra.xlsx", [stamped]))
    shelf.folder("ket-qua-lan-truoc", {"c01.xlsx": clean, "ra.xlsx": own}, "[ra.xlsx] KT-510")


def add_sheets(shelf: Shelf) -> None:
    """Sheets and headings of a cluster book."""
    shelf.book("khong-dau-phien-ban", cluster(put("An Bình", E3=None)), "An Bình KT-111")
    shelf.book("mau-phien-ban-cu", cluster(put("An Bình", E3="Mẫu TĐ-01 · phiên bản 0")), "An Bình!E3 KT-112")
    shelf.book("trang-doi-ten", cluster(_rename("Tổng hợp", "Sheet1 (2)")), "Sheet1 (2) KT-113")
    shelf.book("thieu-trang-tong-hop", cluster(lambda book: book.drop("Tổng hợp")), "KT-114")
    shelf.book("thieu-cot", cluster(put("An Bình", H11="Màu cờ")), "An Bình KT-115")
    shelf.book("trung-cot", cluster(put("An Bình", J11="Điểm cụm chấm")), "An Bình!J11 KT-116")
    shelf.book("ten-cot-khac", cluster(put("An Bình", H11="Cụm chấm")), "An Bình!H11 KT-117")
    shelf.book("trang-an", cluster(_hide(SheetState.HIDDEN)), "Cẩm Sơn KT-118")
    shelf.book("trang-an-sau", cluster(_hide(SheetState.VERY_HIDDEN)), "Cẩm Sơn KT-118")
    shelf.book("thieu-ky-dau-phieu", cluster(put("An Bình", C6=None)), "An Bình KT-126")
    period = [put(name, C6="quý I") for name in SHEETS]
    lists = [put(name, C5="quý I") for name in ("Tổng hợp", "Đề nghị tập thể", "Đề nghị cá nhân")]
    shelf.book("ky-khong-doc-duoc", cluster(*period, *lists), "Tổng hợp!C5 KT-127")
    shelf.book("phieu-khong-dong", cluster(on("An Bình", _clear_rows)), "An Bình KT-128")
    note = Draft("Ghi chú").put("A1", "gọi lại xã An Bình")
    shelf.book("trang-ghi-chu-rieng", cluster(lambda book: book.sheets.append(note)), "Ghi chú KT-130")
    shelf.book("hai-trang-tong-hop", cluster(_second_summary), "Tổng hợp (2) KT-131")
    shelf.book("o-cong-chua-co-ket-qua", cluster(_unsaved_totals), "An Bình KT-132")
    shelf.book(
        "mat-dong-ten-cot", cluster(on("Tổng hợp", lambda page: page.delete_row(8))), "Tổng hợp KT-133"
    )
    shelf.book("cot-tu-them", cluster(put("An Bình", K11="Năm trước", K13=4)), "An Bình!K11 KT-134")
    shelf.book("cot-khong-ten", cluster(put("Tổng hợp", I10=4.5)), "Tổng hợp!I8 KT-135")
    shelf.book("doi-cho-hai-cot", cluster(on("Tổng hợp", _swap_totals)), "Tổng hợp!D8 KT-136")


def add_rows(shelf: Shelf) -> None:
    """Rows of a scoring sheet and of lists: hidden, inserted, deleted, merged, filtered, numbered."""
    hide = on("An Bình", lambda page: page.hidden_rows.add(14))
    shelf.book("dong-an", cluster(hide), "An Bình!A14 KT-119")
    hide_unit = on("Tổng hợp", lambda page: page.hidden_rows.add(10))
    shelf.book("dong-an-o-tong-hop", cluster(hide_unit), "Tổng hợp!A10 KT-119")
    shelf.book(
        "cot-an", cluster(on("An Bình", lambda page: page.hidden_columns.add(7))), "An Bình!G11 KT-120"
    )
    insert = on("An Bình", lambda page: page.insert_row(14).put("B14", "Tiêu chí tự thêm"))
    shelf.book("dong-tu-chen", cluster(insert), "An Bình!B14 KT-121")
    shelf.book("dong-bi-xoa", unit(on("An Bình", lambda page: page.delete_row(14))), "An Bình!A14 KT-122")
    shelf.book("sua-noi-dung", cluster(put("An Bình", B14="Y tế đạt chuẩn")), "An Bình!B14 KT-123")
    shelf.book("sua-diem-toi-da", cluster(put("An Bình", C13=6)), "An Bình!C13 KT-124")
    merge = on("An Bình", lambda page: page.merge("F14:F15"))
    shelf.book("gop-o-diem", unit(merge), "An Bình!F14 KT-125", "An Bình!F15 KT-207", "An Bình!F12 KT-401")
    shelf.book("gop-o-don-vi", cluster(on("Đề nghị cá nhân", _merged_unit)), "Đề nghị cá nhân!D9 KT-137")
    shelf.book("dang-loc", cluster(on("An Bình", _filtered)), "An Bình!A11 KT-138")
    shelf.add("dang-loc-trong-bang", _filtered_in_a_table(), "An Bình!A11 KT-138")
    blank = on("Tổng hợp", lambda page: page.insert_row(10))
    shelf.book("dong-trong", cluster(blank), "Tổng hợp!A10 KT-139")
    shelf.book("so-ngoai-bang", cluster(put("An Bình", H30=4.5)), "An Bình!H30 KT-140")
    shelf.book("bo-khoa", cluster(on("An Bình", _unprotect)), "An Bình KT-141")
    swapped = put("An Bình", B13="Đạt chuẩn về y tế", C13=4, B14="Thu ngân sách trên địa bàn", C14=5)
    shelf.book("chu-mot-dong-so-mot-dong", unit(swapped), "An Bình!B13 KT-151")
    jump = put("An Bình", A13="1.1", A14="1.3", A15="1.4")
    shelf.book("stt-tieu-chi-nhay", unit(jump), "An Bình!A14 KT-152")
    shelf.book("stt-nhay", cluster(put("Tổng hợp", A11=5)), "Tổng hợp!A11 KT-142")


def _rename(sheet: str, name: str) -> Change:
    def change(book: BookDraft) -> None:
        book[sheet].name = name

    return change


def _hide(state: SheetState) -> Change:
    def change(book: BookDraft) -> None:
        book["Cẩm Sơn"].state = state

    return change


def _clear_rows(page: Draft) -> None:
    for at in [at for at in (*page.cells, *page.formulas) if 12 <= at[0] <= 21]:
        page.put(_address(*at), None)


def _address(row: int, column: int) -> str:
    return f"{chr(64 + column)}{row}"


def _second_summary(book: BookDraft) -> None:
    book.sheets.append(book["Tổng hợp"].copy("Tổng hợp (2)"))


def _unsaved_totals(book: BookDraft) -> None:
    for cell in ("F22", "H22"):
        book["An Bình"].put_result(cell, None)


def _swap_totals(page: Draft) -> None:
    for row in (8, 9, 10, 11):
        left, right = page.cells.get((row, 4)), page.cells.get((row, 5))
        page.put(f"D{row}", right).put(f"E{row}", left)


def _merged_unit(page: Draft) -> None:
    for column in range(1, 14):
        value = page.cells.get((9, column))
        page.put(_address(10, column), value)
    page.put("A10", 2).put("B10", "Lê Thị Thử").merge("D9:D10")


def _filtered(page: Draft) -> None:
    page.filtered = area("A11:J21")
    page.hidden_rows |= {13, 14}


def _filtered_in_a_table() -> bytes:
    """The scores of An Bình made a table of Excel's, whose filter hides two rows."""
    book = cluster(on("An Bình", lambda page: page.hidden_rows.update({13, 14})))
    page = book["An Bình"]
    headings = [str(page.cells[11, column]) for column in range(1, 11)]
    at = book.sheets.index(page) + 1
    return with_table(bytes_of(book), at, table_part("A11:J21", headings, condition='<filter val="1"/>'))


def _unprotect(page: Draft) -> None:
    page.protected = False
