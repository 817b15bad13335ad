"""Sheets against each other, files against each other, and everything against the master data."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from tdkt_xl.domain.criteria import ScoringRule
from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.master_book import build_master_book
from tests.tools.corpus.case import Shelf, bytes_of, changed, cluster, masters, on, put, slug
from tests.tools.corpus.run import STARTER, master_of
from tests.tools.forms import (
    OFFICE,
    BookDraft,
    Tables,
    Typed,
    cluster_book,
    drafts_of,
    master_from,
    master_tables,
    unit_sheet,
)
from tests.tools.grids import Draft, draft
from tests.tools.sample_district import clean_book, score_cell, set_value, summary_rows
from tests.tools.sample_people import People
from tests.unit.tasks.test_master import FAULTS

_SHEETS = ("An Bình", "Bình Hòa", "Cẩm Sơn")
_TWO_PERIODS = {"c02.xlsx": "C02", "c08.xlsx": "C08"}
_LISTS = ("Tổng hợp", "Đề nghị tập thể", "Đề nghị cá nhân")


def add_cluster_books(shelf: Shelf) -> None:
    """Units, summary and proposals of a cluster book."""
    shelf.book("don-vi-la", cluster(put("An Bình", C8=None, C9="Xã An Bìn")), "An Bình!C9 KT-301")
    shelf.book("don-vi-khong-thuoc-cum", cluster(_foreign), "TH Đông Hà!C9 KT-303")
    names = [put(name, C7="Cụm thi đua số 11") for name in _SHEETS]
    lists = [put(name, C6="Cụm thi đua số 11") for name in _LISTS]
    shelf.book("cum-la", cluster(*names, *lists), "Tổng hợp!C6 KT-304")
    shelf.book("ten-goi-khac", cluster(put("An Bình", C9="UBND xã An Bình")), "An Bình!C9 KT-305")
    decomposed = put("Bình Hòa", C9=unicodedata.normalize("NFD", "Xã Bình Hòa"))
    shelf.book("ten-unicode-to-hop", cluster(decomposed), "Bình Hòa!C9 KT-220")
    shelf.book("tong-hop-khac-phieu", cluster(put("Tổng hợp", E9=18.9)), "Tổng hợp!E9 KT-403")
    shelf.book("hang-sai", cluster(put("Tổng hợp", F11=1)), "Tổng hợp!F11 KT-404")
    upside_down = put("Tổng hợp", F9=3, F10=2, F11=1)
    shelf.book("xep-hang-nguoc", cluster(upside_down), "Tổng hợp!F9 KT-419")
    shelf.book("xep-loai-sai", cluster(put("Tổng hợp", G11="Tốt")), "Tổng hợp!G11 KT-405")
    tie: Typed = {
        ("DV-02", "II.1", "cluster_score"): 8,
        ("DV-02", "III.1", "cluster_score"): 1.5,
        ("DV-02", "I.1", "cluster_score"): 4,
    }
    shelf.book("dong-hang", changed(cluster_book(typed=tie)), "Tổng hợp!F9 KT-406")
    lost: Typed = {("DV-01", "I.3", "cluster_score"): "0,5"}
    shelf.book("tong-bo-sot-o-chu", cluster_book(typed=lost), "An Bình!H15 KT-201", "Tổng hợp!E9 KT-408")
    shelf.book("thieu-phieu", cluster(lambda book: book.drop("Cẩm Sơn")), "Tổng hợp!C11 KT-409")
    shelf.book(
        "thieu-dong-tong-hop", cluster(on("Tổng hợp", lambda page: page.delete_row(11))), "Cẩm Sơn!C9 KT-410"
    )
    shelf.book("mot-don-vi-hai-phieu", cluster(_copied_sheet), "An Bình (2)!C9 KT-411")
    shelf.book("phieu-khac-ky", cluster(put("Bình Hòa", C6="2022")), "Bình Hòa!C6 KT-412")
    other = put("Đề nghị cá nhân", D9="Trường Tiểu học Gia Lộc")
    shelf.book("de-nghi-don-vi-khong-co-phieu", cluster(other), "Đề nghị cá nhân!D9 KT-413")
    shelf.book("ma-va-ten-khong-khop", cluster(put("An Bình", C8="DV-02")), "An Bình!C8 KT-414")
    shelf.book("ten-la-ma-dung", cluster(put("An Bình", C9="Xã An Bìn")), "An Bình!C9 KT-313")
    shelf.book("ma-la-ten-dung", cluster(put("An Bình", C8="DV-91")), "An Bình!C8 KT-314")
    shelf.book(
        "ho-ten-khong-dau", cluster(put("Đề nghị cá nhân", B9="Tran Van Mau")), "Đề nghị cá nhân!B9 KT-239"
    )
    shelf.book("qua-12-thang", cluster(put("Đề nghị cá nhân", G9=15)), "Đề nghị cá nhân!G9 KT-228")
    shelf.book(
        "thieu-don-vi",
        cluster(on("Tổng hợp", lambda page: page.delete_row(11)), lambda book: book.drop("Cẩm Sơn")),
        "KT-504",
    )


def add_large_books(shelf: Shelf) -> None:
    """What only shows in a cluster of some size, or between its sheets."""
    master = master_of(STARTER)
    made = clean_book(master, master.active_clusters[0], 1, People(Random(1)))
    catalogue = master.catalogues[made.cluster.catalogue]
    sheet = made.sheets[3]
    direct = next(
        row.criterion for row in sheet.rows if row.criterion and row.criterion.rule is ScoringRule.DIRECT
    )
    path, step = direct.path, direct.step or Decimal("0.25")
    odd = set_value(set_value(sheet, path, "cluster_score", step), path, "self_score", step)
    far = replace(made, sheets=[*made.sheets[:3], odd, *made.sheets[4:]])
    far.summary = summary_rows(far.sheets, catalogue)
    cell = score_cell(sheet, path, "cluster_score")
    shelf.add("diem-khac-han-cum", far.build(), f"{sheet.name}!{cell} KT-232", master=STARTER)
    given = {
        "I.1": (4.5, 4.25),
        "I.2": (4, 4),
        "I.3": (2.5, 2),
        "II.1": (7.5, 7),
        "III.1": (1, 1),
        "IV.1": (0, 0),
    }
    alike: Typed = {
        (unit, path, field): value
        for unit in ("DV-01", "DV-02")
        for path, scores in given.items()
        for field, value in zip(("self_score", "cluster_score"), scores, strict=True)
    }
    shelf.book(
        "chep-phieu-don-vi-khac", cluster_book(typed=alike), "Bình Hòa!C9 KT-415", "Tổng hợp!F9 KT-406"
    )


def add_proposals(shelf: Shelf) -> None:
    """The lists of proposals in a cluster book."""
    people = "Đề nghị cá nhân"
    shelf.book("gia-tri-ngoai-danh-sach", cluster(put(people, F9="Tốt lắm")), f"{people}!F9 KT-221")
    shelf.book("thieu-ho-ten", cluster(put(people, B9=None)), f"{people}!B9 KT-222")
    shelf.book("thang-le", cluster(put(people, G9=10.5)), f"{people}!G9 KT-225")
    shelf.book("thua-khoang-trang", cluster(put(people, D9="Xã  An Bình ")), f"{people}!D9 KT-246")
    shelf.book("danh-hieu-la", cluster(put(people, E9="CSTDXX")), f"{people}!E9 KT-705")
    shelf.book("de-nghi-hai-lan", cluster(on(people, _proposed_again)), f"{people}!B10 KT-706")
    shelf.book(
        "nhieu-hon-tong-so-thanh-vien",
        cluster(put("Đề nghị tập thể", F9=20, H9=25)),
        "Đề nghị tập thể!H9 KT-759",
    )
    shelf.book("trung-ten-hai-don-vi", cluster(on(people, _homonym)), f"{people}!B10 KT-770")
    shelf.book("ten-gan-giong", cluster(on(people, _near_name)), f"{people}!B10 KT-771")
    shelf.book("danh-hieu-viet-khac", cluster(put(people, E9="Danh hiệu LĐTT")), f"{people}!E9 KT-772")
    shelf.book("don-vi-o-dong-nhom", cluster(on(people, _section)), f"{people}!A9 KT-237")
    empty = on(people, _clear_list), on("Đề nghị tập thể", _clear_list)
    shelf.book("khong-de-nghi-ai", cluster(*empty), "KT-712")


def add_wide_tables(shelf: Shelf) -> None:
    """Tables with units down and criteria across."""
    table = """
        | TT | Đơn vị | TC1 | TC2 | TC3 | Tổng điểm | Xếp hạng |
        | 1  | Xã An Bình | 10 | 9 | 8 | {0} | 1 |
        | 2  | Xã Bình Hòa | 9 | 8 | 7 | 24 | 2 |
        | 3  | Thị trấn Cẩm Sơn | 8 | 8 | 6 | 22 | 3 |
    """
    head = "| Kỳ chấm điểm: | 2023 |\n| Cụm thi đua: | Cụm thi đua số 1 |\n"
    shelf.book("lech-lam-tron", _wide(head, table.format(27.1)), "Bảng!F4 KT-407")


def add_rounds(shelf: Shelf) -> None:
    """Several files of one round."""
    clean = bytes_of(cluster())
    changed_once = bytes_of(cluster_book(typed={("DV-01", "I.1", "cluster_score"): 4.25}))
    shelf.folder("gui-hai-lan", {"c01.xlsx": clean, "c01 (1).xlsx": clean}, "[c01.xlsx] KT-501")
    shelf.folder("hai-tep-khac-nhau", {"a.xlsx": clean, "b.xlsx": changed_once}, "[b.xlsx] KT-502")
    shelf.folder("cum-chua-gui", {"c01.xlsx": clean}, "KT-503", command="consolidate")
    shelf.folder(
        "don-vi-o-hai-cum", {"c01.xlsx": clean, "c02.xlsx": bytes_of(_moved())}, "[c02.xlsx]An Bình!C9 KT-303"
    )
    twice = master_from(masters()["hai-ky"])
    books = {name: bytes_of(cluster_book(code, master=twice)) for name, code in _TWO_PERIODS.items()}
    shelf.folder("don-vi-o-hai-tep", books, "[c08.xlsx]TH Gia Lộc!C9 KT-505", master="hai-ky")
    last_year = bytes_of(cluster(*_all_periods("2022")))
    shelf.add("ky-khac", last_year, "Tổng hợp!C5 KT-506", "Cẩm Sơn!C9 KT-303")
    shelf.add("ky-chua-khai", bytes_of(cluster(*_all_periods("2021"))), "Tổng hợp!C5 KT-601")
    shelf.folder(
        "mot-nguoi-o-hai-cum",
        {"c01.xlsx": clean, "c02.xlsx": bytes_of(_proposed_elsewhere())},
        "[c02.xlsx]Đề nghị cá nhân!D10 KT-413",
        "[c02.xlsx]Đề nghị cá nhân!B10 KT-706",
    )
    lone = bytes_of(unit_sheet())
    shelf.folder(
        "tu-cham-khac-phieu-gui",
        {"a.xlsx": bytes_of(unit_sheet({("DV-01", "I.3", "self_score"): 2.5})), "c01.xlsx": clean},
        "[c01.xlsx]An Bình!F15 KT-512",
    )
    shelf.folder(
        "hai-bang-ngang-khac-cot",
        {"a.xlsx": bytes_of(_wide_of("số 1", 3)), "b.xlsx": bytes_of(_wide_of("số 2", 4))},
        "[b.xlsx] KT-513",
    )
    shelf.add("luu-sau-han-nop", bytes_of(cluster()), "KT-511", master="chat")
    shelf.folder(
        "phieu-le", {"a.xlsx": lone, "c01.xlsx": clean}, "KT-503", "[a.xlsx] KT-507", command="consolidate"
    )
    gone = bytes_of(cluster(_foreign_old))
    shelf.add("don-vi-het-hieu-luc", gone, "Hưng Thịnh!C9 KT-302", "Hưng Thịnh!C9 KT-303")


def add_masters(shelf: Shelf) -> None:
    """Master data that does not fit together."""

    def one(name: str, change: Callable[[Tables], object], *findings: str) -> None:
        tables = master_tables()
        change(tables)
        shelf.add(name, build_master_book(tables, OFFICE), *findings)

    no_day = BookDraft("danh-muc.xlsx", drafts_of(build_master_book(master_tables(), OFFICE)))
    no_day["Đơn vị"].put("F7", "31/02/2023")
    shelf.book("ngay-khong-co-that", no_day, "Danh mục!D7 KT-613", "Đơn vị!F7 KT-223")
    covered: set[str] = set()
    for change, spots in FAULTS.values():
        codes = {code for _, _, code in spots} - {"KT-613"}
        if not codes <= covered:
            title = CATALOGUE[min(codes - covered)].title
            covered |= codes
            one(slug(title), change, *(_line(*spot) for spot in spots))


def _foreign(book: BookDraft) -> None:
    page = book["An Bình"].copy("TH Đông Hà")
    book.sheets.append(page.put("C8", "DV-04").put("C9", "Trường Tiểu học Đông Hà"))


def _foreign_old(book: BookDraft) -> None:
    page = book["An Bình"].copy("Hưng Thịnh")
    book.sheets.append(page.put("C8", "DV-06").put("C9", "Xã Hưng Thịnh"))


def _copied_sheet(book: BookDraft) -> None:
    book.sheets.append(book["An Bình"].copy("An Bình (2)"))


def _proposed_again(page: Draft) -> None:
    for column in range(2, 14):
        page.put(f"{chr(64 + column)}10", page.cells.get((9, column)))
    page.put("A10", 2)


def _homonym(page: Draft) -> None:
    _proposed_again(page)
    page.put("D10", "Xã Bình Hòa")


def _near_name(page: Draft) -> None:
    _proposed_again(page)
    page.put("B10", "Trần Văn Mậu")


def _section(page: Draft) -> None:
    """A row "I. Xã An Bình" over a person whose unit is left blank."""
    page.insert_row(9).put("A9", "I").put("B9", "Xã An Bình").put("D10", None)


def _clear_list(page: Draft) -> None:
    for column in range(1, 14):
        page.put(f"{chr(64 + column)}9", None)


def _wide(head: str, table: str) -> BookDraft:
    return BookDraft("ngang.xlsx", [draft(head + table, name="Bảng")])


def _moved() -> BookDraft:
    book = cluster_book("C02")
    book.sheets.append(cluster_book()["An Bình"].copy("An Bình").put("C7", "Cụm thi đua số 2"))
    return book


def _proposed_elsewhere() -> BookDraft:
    """The book of cluster 2 proposing, after its own, the person cluster 1 proposes."""
    book, first = cluster_book("C02"), cluster_book()
    for column in range(2, 14):
        cell = f"{chr(64 + column)}10"
        book["Đề nghị cá nhân"].put(cell, first["Đề nghị cá nhân"].cells.get((9, column)))
    book["Đề nghị cá nhân"].put("A10", 2).put("B9", "Lê Thị Thử")
    return book


def add_below_wide_tables(shelf: Shelf) -> None:
    """What stands below a wide table in its sheet."""
    first, second = _wide_lines("số 1", 3), _wide_lines("số 2", 3)
    signed = "|  | CỤM TRƯỞNG |  |  |  |  |  |"
    shelf.book("bang-cum-khac-o-duoi", _one_sheet([*first, signed, *second]), "Bảng!B10 KT-154")
    other = "| TT | Đơn vị | TC1 | TC2 | TC3 | TC4 | Tổng điểm |", "| 1 | Xã An Bình | 1 | 1 | 1 | 1 | 4 |"
    shelf.book("bang-cot-khac-o-duoi", _one_sheet([*first, signed, *other]), "Bảng!B8 KT-154")
    headings = [column.heading for column in load_layout("so-cum").sheet("individuals").columns]
    people = f"| {' | '.join(headings)} |", "| 1 | Trần Văn Mẫu | Công chức | Xã An Bình | LĐTT | HTTNV |"
    shelf.book("danh-sach-duoi-bang-ngang", _one_sheet([*first, signed, *people]), "Bảng!A8 KT-154")


def _wide_of(cluster_name: str, criteria: int) -> BookDraft:
    return _one_sheet(_wide_lines(cluster_name, criteria))


def _one_sheet(lines: Sequence[str]) -> BookDraft:
    return BookDraft("ngang.xlsx", [draft("\n".join(lines), name="Bảng")])


def _wide_lines(cluster_name: str, criteria: int) -> list[str]:
    units = {
        "số 1": ("Xã An Bình", "Xã Bình Hòa", "Thị trấn Cẩm Sơn"),
        "số 2": ("Trường Tiểu học Đông Hà", "Trường Tiểu học Gia Lộc"),
    }[cluster_name]
    lines = ["| Kỳ chấm điểm: | 2023 |", f"| Cụm thi đua: | Cụm thi đua {cluster_name} |"]
    lines.append(
        f"| TT | Đơn vị | {' | '.join(f'TC{n}' for n in range(1, criteria + 1))} | Tổng điểm | Xếp hạng |"
    )
    for at, name in enumerate(units):
        score = 9 - at
        lines.append(
            f"| {at + 1} | {name} | {' | '.join([str(score)] * criteria)} | {score * criteria} | {at + 1} |"
        )
    return lines


def _all_periods(period: str) -> list[Any]:
    return [put(name, C6=period) for name in _SHEETS] + [put(name, C5=period) for name in _LISTS]


def _line(sheet: str, cell: str, code: str) -> str:
    place = f"{sheet}!{cell}" if cell else sheet
    return f"{place} {code}".strip()
