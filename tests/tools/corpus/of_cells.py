"""Single cells of a scoring sheet: what was typed, how, and what the totals make of it; the printed page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tdkt_xl.tables.grid import PageSetup
from tests.tools.corpus.case import Change, Shelf, cluster, on, put, unit
from tests.tools.forms import BookDraft, cluster_book
from tests.tools.grids import Draft


def add_scores(shelf: Shelf) -> None:
    """One score that is not what it should be, in the sheet of a unit."""
    shelf.book("so-dang-chu", unit(put("An Bình", F17="7,5")), "An Bình!F17 KT-201")
    shelf.book("so-hai-cach-doc", unit(put("An Bình", F17="- 5")), "An Bình!F17 KT-202")
    for name, text in (
        ("muoi", "mười"),
        ("dat", "Đạt"),
        ("dau-x", "x"),
        ("gach-ngang", "-"),
        ("khong-co", "K/c"),
    ):
        shelf.book(f"chu-{name}", unit(put("An Bình", F17=text)), "An Bình!F17 KT-203")
    shelf.book("thanh-ngay", unit(put("An Bình", F17=date(2023, 5, 7))), "An Bình!F17 KT-204")
    for error in ("#REF!", "#DIV/0!", "#N/A", "#VALUE!"):
        name = f"loi-{error.strip('#!?').replace('/', '').lower()}"
        shelf.book(name, unit(on("An Bình", _error("F17", error))), "An Bình!F17 KT-205")
    unsaved = on("An Bình", lambda page: page.put_result("F17", None))
    shelf.book("cong-thuc-chua-luu", unit(unsaved), "An Bình!F17 KT-206")
    shelf.book("de-trong", unit(_typed(F15=None)), "An Bình!F15 KT-207")
    shelf.book("diem-am", unit(_typed(F13=-1)), "An Bình!F13 KT-208")
    shelf.book("vuot-toi-da", unit(_typed(F13=6)), "An Bình!F13 KT-209")
    shelf.book("le-buoc", unit(_typed(F13=4.6)), "An Bình!F13 KT-210")
    shelf.book("dat-lung-chung", unit(_typed(F14=3)), "An Bình!F14 KT-211")
    shelf.book("tru-sai-dau", unit(_typed(F21=2)), "An Bình!F21 KT-212")
    shelf.book("tru-qua-muc", unit(_typed(F21=-4)), "An Bình!F21 KT-212")
    shelf.book("tham-dinh-khong-ly-do", cluster(put("An Bình", I13=4)), "An Bình!J13 KT-213")
    shelf.book("thieu-minh-chung", unit(put("An Bình", G17=None)), "An Bình!G17 KT-214")
    formula = on("An Bình", lambda page: page.put_formula("F17", "7+0.5", 7.5))
    shelf.book("cong-thuc-o-nhap", unit(formula), "An Bình!F17 KT-226")
    shelf.book("so-de-len-cong-thuc", unit(put("An Bình", F12=12)), "An Bình!F12 KT-227")
    nought = cluster(put("Cẩm Sơn", G14=None))
    shelf.book("diem-0-khong-giai-trinh", nought, "Cẩm Sơn!J14 KT-230", master="giai-trinh")
    far = cluster_book(
        typed={
            ("DV-01", "I.1", "self_score"): 5,
            ("DV-01", "I.1", "cluster_score"): 2.5,
            ("DV-03", "I.2", "reason"): "không đạt",
        }
    )
    shelf.book("lech-tu-cham", far, "An Bình!J13 KT-231", master="giai-trinh")
    shelf.book("sai-so-may-tinh", unit(put("An Bình", F17=7.500000000000001)), "An Bình!F17 KT-233")
    dragged = _typed(F13="4.8", F14="4.9", F15="4.10")
    shelf.book(
        "chu-keo-o",
        unit(dragged),
        "An Bình!F13 KT-201",
        "An Bình!F13 KT-210",
        "An Bình!F14 KT-201",
        "An Bình!F15 KT-236",
        "An Bình!F14 KT-209",
    )


def add_totals(shelf: Shelf) -> None:
    """Totals of a sheet and the sums that make them."""
    shelf.book("cong-nhom-sai", cluster(put("An Bình", H12=12)), "An Bình!H12 KT-401")
    shelf.book("tong-sai", cluster(put("An Bình", H22=19.9)), "An Bình!H22 KT-402")
    short = on("An Bình", lambda page: page.put_formula("F20", "SUM(F20:F20)", 0))
    shelf.book("sum-bo-sot", unit(short), "An Bình!F20 KT-416")
    double = on("An Bình", lambda page: page.put_formula("F22", "SUM(F12,F16,F18,F20,F21)", 20.5))
    shelf.book("sum-cong-trung", unit(double), "An Bình!F22 KT-417")
    wrong = on("An Bình", lambda page: page.put_formula("F12", "SUM(F13:F14)", 9))
    shelf.book("sum-bo-sot-nen-sai", unit(wrong), "An Bình!F12 KT-401")


def _in_calibri(page: Draft) -> None:
    page.fonts.update(dict.fromkeys(page.cells, "Calibri"))


def add_page(shelf: Shelf) -> None:
    """Whether the returned form can be printed and signed."""
    shelf.book("kho-letter", unit(_page(paper=1)), "An Bình KT-143")
    shelf.book("le-trai-hep", unit(_page(margins=(0.2, 0.6, 0.79, 0.79))), "An Bình KT-144")
    shelf.book("phong-calibri", unit(on("An Bình", _in_calibri)), "An Bình KT-153")
    shelf.book("khong-vua-mot-trang", unit(_page(one_page_wide=False)), "An Bình KT-146")
    shelf.book("khong-lap-ten-cot", cluster(on("Đề nghị cá nhân", _long_list)), "Đề nghị cá nhân KT-147")
    shelf.book("mat-cho-ky", unit(on("An Bình", _no_signatures)), "An Bình KT-148")
    shelf.book(
        "quoc-hieu-sai",
        unit(_text_of("CỘNG HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM.")),
        "An Bình!E1 KT-149",
    )
    shelf.book("tieu-ngu-sai", unit(_text_of("Độc lập", "Độc lập-Tự do-Hạnh phúc")), "An Bình!E2 KT-149")
    shelf.book(
        "ngay-thieu-so-0", unit(put("An Bình", H24="An Bình, ngày 5 tháng 1 năm 2024")), "An Bình!H24 KT-234"
    )
    shelf.book("kt-sai", unit(put("An Bình", H25="K/T CHỦ TỊCH")), "An Bình!H25 KT-235")


def _error(cell: str, error: str) -> Callable[[Draft], object]:
    return lambda page: page.put_error(cell, error)


def _typed(**cells: object) -> Change:
    """Type over self scores, with the group and grand totals Excel then shows."""

    def change(book: BookDraft) -> None:
        page = book["An Bình"]
        for cell, value in cells.items():
            page.put(cell, value)  # type: ignore[arg-type]  # values of cells
        sums = {12: (13, 14, 15), 16: (17,), 18: (19,), 20: (21,)}
        results = {row: sum(_number(page, child) for child in children) for row, children in sums.items()}
        for row, result in {**results, 22: sum(results.values())}.items():
            page.put_result(f"F{row}", result)

    return change


def _number(page: Draft, row: int) -> float:
    value = page.cells.get((row, 6))
    return float(value) if isinstance(value, (int, float)) else 0.0


def _page(**setup: object) -> Change:
    def change(page: Draft) -> None:
        page.page = replace(page.page or PageSetup(), **setup)  # type: ignore[arg-type]  # fields of the page

    return on("An Bình", change)


def _long_list(page: Draft) -> None:
    for extra in range(45):
        page.insert_row(10)
        for column in range(1, 14):
            page.put(f"{chr(64 + column)}10", page.cells.get((9, column)))
        page.put("A10", 46 - extra).put("B10", f"Trần Văn Mẫu {'ABCDEFGHIK'[extra // 10]}{extra % 10}")
    page.page = replace(page.page or PageSetup(), repeated_rows=False)


def _no_signatures(page: Draft) -> None:
    for at in [at for at in page.cells if at[0] > 22]:
        page.put(f"{chr(64 + at[1])}{at[0]}", None)


def _text_of(start: str, text: str) -> Change:
    def change(page: Draft) -> None:
        (at,) = [at for at, value in page.cells.items() if isinstance(value, str) and value.startswith(start)]
        page.put(f"{chr(64 + at[1])}{at[0]}", text)

    return on("An Bình", change)
