"""The workbook of people: each fault of its rows, and lists of units taken into it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.findings.codes import CATALOGUE
from tests.tools.corpus.case import Change, Shelf, bytes_of, changed, on, put, slug
from tests.tools.forms import BookDraft, Tables, drafts_of
from tests.tools.grids import Draft
from tests.tools.people import NAME, change, people_tables, write_people
from tests.unit.tasks.test_people_book import FAULTS

_LIST = "danh-sach-don-vi.xlsx"
_IMPORT = f"tdkt people import {_LIST} --people {NAME} --master danh-muc.xlsx --json"
_RATING = {"name": "Phạm Văn Cảnh", "period": "2023", "rating": "HTTNV"}


def add_people(shelf: Shelf) -> None:
    """One fault each in an otherwise clean workbook of people; the first of every code."""
    covered: set[str] = set()
    for plant, spots in FAULTS.values():
        (code,) = {code for _, _, code in spots}
        if code not in covered:
            covered.add(code)
            lines = (f"{sheet}!{cell} {code}" for sheet, cell, _ in spots)
            shelf.add(slug(CATALOGUE[code].title), _book(plant), *lines)
    examples = change("people", 0, note="ví dụ, nhân vật hư cấu")
    shelf.add("con-dong-vi-du", _book(examples), "KT-349")


def add_imports(shelf: Shelf) -> None:
    """Lists of a unit that cannot be taken in, or say otherwise than the workbook."""

    def taken_in(name: str, given: dict[str, str], *findings: str, book: bytes = _book()) -> None:
        files = {_LIST: _bytes({"ratings": [given]}), NAME: book}
        shelf.typed(name, files, _IMPORT, *findings)

    taken_in("nguoi-chua-co-ho-so", {**_RATING, "name": "Ngô Văn Lạ"}, f"[{_LIST}]Xếp loại!B7 KT-348")
    differs = {**_RATING, "name": "Lê Thị Bình", "period": "2022", "rating": "HTXSNV"}
    taken_in("xep-loai-khac-ho-so", differs, f"[{_LIST}]Xếp loại!D7 KT-346")
    twins = _book(
        lambda tables: tables["people"].append({"code": "CN-4", "name": "Phạm Văn Cảnh", "unit": "DV-02"})
    )
    taken_in("hai-nguoi-cung-ten", _RATING, f"[{_LIST}]Xếp loại!B7 KT-347", book=twins)


def add_own_parts(shelf: Shelf) -> None:
    """Things of the clerk's own in the workbook, which a new version of it would lose."""

    def kept(name: str, change: Change, finding: str) -> None:
        book = changed(BookDraft(NAME, drafts_of(_book())), change)
        files = {_LIST: _bytes({"ratings": [_RATING]}), NAME: bytes_of(book)}
        shelf.typed(name, files, _IMPORT, f"[{NAME}]{finding}")

    sheet = Draft("Theo dõi riêng").put("A1", "của phòng")
    kept("so-co-trang-rieng", lambda book: book.sheets.append(sheet), " KT-344")
    kept("so-co-cot-rieng", put("Xếp loại", G6="Điểm", G7=90), "Xếp loại!G6 KT-344")
    formula = on("Xếp loại", lambda page: page.put_formula("E7", '"12/"&"QĐ"', "12/QĐ"))
    kept("so-co-cong-thuc", formula, "Xếp loại!E7 KT-344")


def _book(plant: Callable[[Tables], None] = lambda _: None) -> bytes:
    tables = people_tables()
    plant(tables)
    return _bytes(tables)


def _bytes(tables: Tables) -> bytes:
    with TemporaryDirectory() as folder:
        return write_people(Path(folder), tables).read_bytes()
