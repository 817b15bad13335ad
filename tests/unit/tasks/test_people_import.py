"""A unit's own list taken into the workbook of people: previewed, checked, never overwritten silently."""

from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.tasks.people_book import load_people
from tdkt_xl.tasks.people_import import Import, import_people
from tests.tools.forms import OFFICE, tiny_master
from tests.tools.grids import spots
from tests.tools.people import NAME, Tables, people_tables, write_people

REGISTER = tiny_master().register


def run(folder: Path, given: Tables, *, update: bool = False, apply: bool = True) -> Import:
    """Import a list with these rows into the tiny workbook."""
    book = folder / NAME
    if not book.exists():
        write_people(folder)
    source = write_people(folder, given, "danh-sach-don-vi.xlsx")
    return import_people([source], book, REGISTER, OFFICE, update=update, apply=apply)


def said(result: Import) -> list[tuple[str, str, str]]:
    return [(item.kind, item.sheet, item.what) for item in result.changes]


RATING = {"name": "Phạm Văn Cảnh", "period": "2023", "rating": "HTTNV"}


def test_new_record_of_a_known_person_is_added_by_name(tmp_path: Path) -> None:
    result = run(tmp_path, {"ratings": [RATING]})
    assert said(result) == [("thêm", "Xếp loại", "2023 · HTTNV")]
    assert result.findings == ()
    read = load_people(tmp_path / NAME, REGISTER).value
    assert read is not None
    assert read.history.subjects["CN-3"].ratings[2023].rating.code == "HTTNV"
    assert len(list((tmp_path / "ban-cu").iterdir())) == 1


def test_preview_writes_nothing(tmp_path: Path) -> None:
    before = write_people(tmp_path).read_bytes()
    result = run(tmp_path, {"ratings": [RATING]}, apply=False)
    assert (len(result.changes), result.outputs) == (1, ())
    assert (tmp_path / NAME).read_bytes() == before


def test_new_person_gets_the_next_code(tmp_path: Path) -> None:
    new = {"name": "Vũ Đức Dũng", "unit": "Xã Bình Hòa", "birth": "1991-02-03"}
    run(tmp_path, {"people": [new], "ratings": [{**RATING, "name": "Vũ Đức Dũng"}]})
    read = load_people(tmp_path / NAME, REGISTER).value
    assert read is not None
    subject = read.history.subjects["CN-0004"].subject
    assert (subject.name, subject.unit_code) == ("Vũ Đức Dũng", "DV-02")
    assert 2023 in read.history.subjects["CN-0004"].ratings


def test_same_list_again_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, {"ratings": [RATING]})
    again = run(tmp_path, {"ratings": [RATING]})
    assert (again.changes, again.findings, again.outputs) == ((), (), ())


def test_blank_is_filled(tmp_path: Path) -> None:
    given = {"name": "Phạm Văn Cảnh", "unit": "DV-01", "ethnicity": "Chơ Ro"}
    result = run(tmp_path, {"people": [given]})
    assert said(result) == [("bổ sung", "Cá nhân", "Dân tộc: (trống) → Chơ Ro")]


def test_what_differs_is_told_and_kept(tmp_path: Path) -> None:
    given = {"name": "Lê Thị Bình", "period": "2022", "rating": "HTXSNV"}
    result = run(tmp_path, {"ratings": [given]})
    assert said(result) == []
    assert spots(result.findings) == [("Xếp loại", "D7", "KT-346")]
    assert result.outputs == ()


def test_what_differs_is_changed_on_demand_only(tmp_path: Path) -> None:
    given = {"name": "Lê Thị Bình", "period": "2022", "rating": "HTXSNV"}
    result = run(tmp_path, {"ratings": [given]}, update=True)
    assert said(result) == [("thay", "Xếp loại", "Mức xếp loại: HTTNV → HTXSNV")]
    read = load_people(tmp_path / NAME, REGISTER).value
    assert read is not None
    assert read.history.subjects["CN-2"].ratings[2022].rating.code == "HTXSNV"


def test_homonyms_are_asked_about(tmp_path: Path) -> None:
    tables = people_tables()
    tables["people"].append({"code": "CN-4", "name": "Phạm Văn Cảnh", "unit": "DV-02"})
    write_people(tmp_path, tables)
    result = run(tmp_path, {"ratings": [RATING]})
    assert spots(result.findings) == [("Xếp loại", "B7", "KT-347")]
    assert result.outputs == ()


def test_unknown_person_is_not_invented(tmp_path: Path) -> None:
    result = run(tmp_path, {"ratings": [{**RATING, "name": "Người Lạ"}]})
    assert spots(result.findings) == [("Xếp loại", "B7", "KT-348")]


def test_fault_of_the_merged_workbook_points_at_the_list(tmp_path: Path) -> None:
    given = {
        "name": "Lê Thị Bình",
        "award": "CSTĐCS",
        "period": "2022",
        "decision": "1/QĐ",
        "day": "2021-01-05",
    }
    result = run(tmp_path, {"awards": [given]})
    assert [(item.place.file, item.place.cell, item.code.id) for item in result.findings] == [
        ("danh-sach-don-vi.xlsx", "F7", "KT-263")
    ]
    assert (result.is_refused, result.outputs) == (True, ())


def test_what_the_list_breaks_in_the_workbook_is_told_there(tmp_path: Path) -> None:
    tables = people_tables()
    del tables["ratings"][4]
    write_people(tmp_path, tables)
    given = {"name": "Lê Thị Bình", "period": "2022", "rating": "HTNV"}
    result = run(tmp_path, {"ratings": [given]})
    assert [(item.place.file, item.place.cell, item.code.id) for item in result.findings] == [
        (NAME, "C9", "KT-332")
    ]
    assert result.outputs == ()


def spoil(folder: Path, what: str) -> None:
    """Add something of the clerk's own to the workbook."""
    path = write_people(folder)
    book = openpyxl.load_workbook(path)
    if what == "sheet":
        book.create_sheet("Theo dõi riêng")["A1"] = "của tôi"
    elif what == "column":
        book["Xếp loại"]["G6"], book["Xếp loại"]["G7"] = "Điểm", 90
    else:
        book["Xếp loại"]["E7"] = '="12/"&"QĐ"'
    book.save(path)


@pytest.mark.parametrize(
    ("what", "place"), [("sheet", ""), ("column", "Xếp loại!G6"), ("formula", "Xếp loại!E7")]
)
def test_what_would_be_lost_keeps_the_workbook_as_it_is(what: str, place: str, tmp_path: Path) -> None:
    spoil(tmp_path, what)
    before = (tmp_path / NAME).read_bytes()
    result = run(tmp_path, {"ratings": [RATING]})
    assert [str(item.place) for item in result.findings if item.code.id == "KT-344"] == [f"[{NAME}]{place}"]
    assert (tmp_path / NAME).read_bytes() == before


def test_workbook_is_made_when_there_is_none(tmp_path: Path) -> None:
    source = write_people(tmp_path, people_tables(), "danh-sach-don-vi.xlsx")
    result = import_people([source], tmp_path / "moi" / NAME, REGISTER, OFFICE, apply=True)
    assert result.findings == ()
    read = load_people(tmp_path / "moi" / NAME, REGISTER)
    assert read.findings == ()
