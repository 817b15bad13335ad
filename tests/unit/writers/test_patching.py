"""A patched workbook differs from the received one in the cells asked for, and in nothing else."""

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from tdkt_xl.findings import Place, Severity
from tdkt_xl.writers.book import Book
from tdkt_xl.writers.package_edit import Package
from tdkt_xl.writers.patch_styles import MARK_STYLES, Restyle
from tdkt_xl.writers.patch_undo import undo
from tdkt_xl.writers.patching import BookPatch, open_patch
from tests.tools.dump import dump
from tests.tools.office import recalculate
from tests.tools.rich_books import (
    BOOKS,
    SHEET,
    dressed,
    pack,
    plain,
    read_parts,
    signed,
    strict,
    with_formulas,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl
NAMES = list(BOOKS)
VALUE, MARKED, FAR = Place("", SHEET, 3, 3), Place("", SHEET, 4, 2), Place("", SHEET, 30, 8)


def opened(content: bytes) -> BookPatch:
    outcome = open_patch(content, "sổ.xlsx")
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value


def finished(patch: BookPatch, *, record: bool = False) -> bytes:
    outcome = patch.finish(record=record)
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value


def changed(content: bytes) -> bytes:
    """Value, two marks (one on a cell that did not exist), a note, a sheet."""
    patch = opened(content)
    patch.set_value(VALUE, Decimal("9.25"))
    patch.restyle(MARKED, Restyle(Severity.ERROR))
    patch.restyle(FAR, Restyle(Severity.WARNING))
    patch.add_note(MARKED, "[TĐ] Lỗi KT-201: “<thử> & sửa”.\nCách sửa: ghi số.")
    patch.add_sheet(_results(), "Kết quả kiểm tra")
    return finished(patch, record=True)


def _results() -> bytes:
    with Book("Kết quả") as book:
        sheet = book.add_sheet("Kết quả kiểm tra")
        book.put(sheet, 0, 0, "[TĐ] KẾT QUẢ", book.style("title"))
        book.put(sheet, 1, 0, 1.5, book.style("score"))
        sheet.write_url(2, 0, f"internal:'{SHEET}'!B4", book.style("link"), "B4")
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, 2, 3)
        return book.content()


@pytest.fixture(scope="module", params=NAMES)
def pair(request: pytest.FixtureRequest) -> tuple[str, bytes, bytes]:
    before = BOOKS[request.param]()
    return request.param, before, changed(before)


def test_other_parts_keep_their_bytes(pair: tuple[str, bytes, bytes]) -> None:
    _, before, after = pair
    old, new = read_parts(before), read_parts(after)
    may_change = re.compile(
        r"\[Content_Types\]\.xml|xl/(workbook|styles|comments\d+|comments/comment1)\.xml|xl/_rels/workbook\.xml\.rels"
        r"|xl/worksheets/(_rels/)?sheet1\.xml(\.rels)?|xl/drawings/(vml|comments)Drawing\d+\.vml"
    )
    assert list(old) == [name for name in new if name in old]
    assert {name for name in old if old[name] != new[name] and not may_change.fullmatch(name)} == set()


def test_the_sheet_around_the_touched_cells_keeps_its_bytes(pair: tuple[str, bytes, bytes]) -> None:
    name, before, after = pair
    touched = re.compile(
        rb'<(x:)?row r="30"><(x:)?c r="H30"[^>]*/></(x:)?row>|<(x:)?c r="(C3|B4)"[^>]*?(/>|>.*?</(x:)?c>)'
        rb"|<(x:)?legacyDrawing xmlns:r[^>]*/>"
    )
    old, new = (read_parts(content)["xl/worksheets/sheet1.xml"] for content in (before, after))
    if name == "minimal":
        assert new.startswith(old.partition(b"<sheetData/>")[0])
        assert new.endswith(b"</worksheet>")
    elif name == "without numbers":  # the third row's third cell and the fourth row's second
        cells = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)")
        kept = [cell for at, cell in enumerate(cells.findall(old)) if at not in {8, 10}]
        assert [cell for at, cell in enumerate(cells.findall(new)[:-1]) if at not in {8, 10}] == kept
        assert cells.sub(b"", touched.sub(b"", new)) == cells.sub(b"", old)
    else:
        assert touched.sub(b"", new) == touched.sub(b"", old)


def test_by_meaning_only_what_was_asked_differs(pair: tuple[str, bytes, bytes]) -> None:
    _, before, after = pair
    address = re.compile(r" at 0x[0-9a-f]+")  # array formulas have no words of their own in openpyxl
    old, new = ([address.sub("", line) for line in dump(content)] for content in (before, after))
    gone = sorted(set(old) - set(new))
    come = sorted(line for line in set(new) - set(old) if not line.startswith("Kết quả kiểm tra"))

    def cells(lines: list[str]) -> set[str]:
        return {line.removeprefix(f"{SHEET} ").split()[0] for line in lines if line.startswith(f"{SHEET} ")}

    assert cells(gone) <= {"C3", "B4", "size", "row"}
    assert cells(come) == {"C3", "B4", "H30"} | (cells(come) & {"size", "row"})
    others = [line for line in [*gone, *come] if not line.startswith((SHEET, "sheets ["))]
    assert others == []


def test_marked_cells_keep_their_own_look(pair: tuple[str, bytes, bytes]) -> None:
    name, before, after = pair
    if name == "minimal":
        return  # it has no looks of its own
    old, new = (openpyxl.load_workbook(io.BytesIO(content))[SHEET]["B4"] for content in (before, after))
    assert new.style == "TĐ_Lỗi"
    assert new.fill.fgColor.rgb == f"FF{MARK_STYLES[Severity.ERROR].colour}"
    assert new.value == old.value
    for part in ("font", "border", "alignment", "protection", "number_format"):
        assert repr(getattr(new, part)) == repr(getattr(old, part))
    assert new.comment.text == "[TĐ] Lỗi KT-201: “<thử> & sửa”.\nCách sửa: ghi số."


def test_other_readers_see_the_value_and_the_sheet(pair: tuple[str, bytes, bytes]) -> None:
    _, _, after = pair
    book = python_calamine.load_workbook(io.BytesIO(after))
    assert 9.25 in [value for row in book.get_sheet_by_name(SHEET).to_python() for value in row]
    results = book.get_sheet_by_name("Kết quả kiểm tra").to_python()
    assert results == [["[TĐ] KẾT QUẢ"], [1.5], ["B4"]]
    sheet = openpyxl.load_workbook(io.BytesIO(after))["Kết quả kiểm tra"]
    assert sheet["A3"].hyperlink.location == f"'{SHEET}'!B4"
    assert (sheet.print_title_rows, sheet.page_setup.paperSize) == ("$1:$1", None)
    assert not sheet.sheet_view.tabSelected


def test_the_record_restores_every_byte(pair: tuple[str, bytes, bytes]) -> None:
    _, before, after = pair
    package = Package(after)
    assert undo(package)
    assert read_parts(package.content()) == read_parts(before)


def test_the_record_does_not_count_once_a_part_was_changed() -> None:
    parts = read_parts(changed(plain()))
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"Times New Roman", b"Arial")
    assert not undo(Package(pack(parts)))


@pytest.mark.libreoffice
def test_libreoffice_opens_all_of_them(tmp_path: Path) -> None:
    sources = [tmp_path / f"{name}.xlsx" for name in NAMES]
    for source in sources:
        source.write_bytes(changed(BOOKS[source.stem]()))
    target = recalculate(sources, tmp_path)
    for source in sources:
        sheet = openpyxl.load_workbook(target / source.name)[SHEET]
        assert (source.stem, sheet["C3"].value) == (source.stem, 9.25)
        assert (source.stem, sheet["B4"].fill.fgColor.rgb) == (source.stem, "FFFFC7CE")
        assert sheet["B4"].comment.text.startswith("[TĐ] Lỗi KT-201")
        if source.stem in {"dressed", "threaded comment"}:
            assert "ghi chú của đơn vị" in sheet["B3"].comment.text


# ---- values


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (Decimal("9.50"), 9.5),
        (3, 3),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("dòng một\nhai & <ba> _x0041_ ", "dòng một\nhai & <ba> _x0041_ "),
        (None, None),
        ("", None),
    ],
)
def test_values_arrive_as_given(given: Decimal | int | str | None, read: object) -> None:
    patch = opened(plain())
    patch.set_value(VALUE, given)
    content = finished(patch)
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(SHEET).to_python()
    assert rows[2][2] == ("" if read is None else read)
    assert openpyxl.load_workbook(io.BytesIO(content))[SHEET]["C3"].data_type != "f"


def test_a_font_or_number_format_is_changed_in_a_clone() -> None:
    patch = opened(plain())
    patch.restyle(VALUE, Restyle(font="Arial", number_format=0))
    sheet = openpyxl.load_workbook(io.BytesIO(finished(patch)))[SHEET]
    assert (sheet["C3"].font.name, sheet["C3"].number_format) == ("Arial", "General")
    assert (sheet["C4"].font.name, sheet["C4"].number_format) == ("Times New Roman", "0.00")


@pytest.mark.parametrize(
    ("cell", "drop", "reason"),
    [
        ("C7", False, "ô là công thức"),
        ("D2", True, "công thức của ô dùng chung cho nhiều ô"),
        ("C7", True, ""),
        ("D3", True, ""),
        ("E2", True, ""),
    ],
)
def test_a_formula_goes_only_when_asked_and_alone(cell: str, drop: bool, reason: str) -> None:
    patch = opened(with_formulas())
    place = Place("", SHEET, int(cell[1]), ord(cell[0]) - 64)
    patch.set_value(place, 1, drop_formula=drop)
    outcome = patch.finish()
    found = [(item.place.cell, item.code.id, item.params["reason"]) for item in outcome.findings]
    assert found == ([(cell, "KT-183", reason)] if reason else [])
    assert outcome.value is not None
    chain = read_parts(outcome.value)["xl/calcChain.xml"].decode()
    left = re.findall(r'r="(\w+)"', chain)
    assert left == [name for name in ("C7", "D2", "D3", "D4", "E2") if reason or name != cell]
    assert re.search(r'<c r="\w+" (l="1" )?i="1"', chain.replace(' i="1" l="1"', ' l="1" i="1"'))


def test_headings_of_excel_tables_and_merged_cells_are_kept() -> None:
    patch = opened(dressed())
    patch.set_value(Place("", SHEET, 1, 10), "Tên khác")
    outcome = patch.finish()
    assert [(item.place.cell, item.code.id) for item in outcome.findings] == [("J1", "KT-183")]


def test_a_new_cell_takes_the_look_of_its_column_or_row() -> None:
    patch = opened(dressed())
    patch.set_value(Place("", SHEET, 20, 4), "a")
    patch.set_value(Place("", SHEET, 9, 6), "b")
    sheet = openpyxl.load_workbook(io.BytesIO(finished(patch)))[SHEET]
    assert (sheet["D20"].number_format, sheet["F9"].fill.fgColor.rgb) == ("@", "FF00FF00")


# ---- refusals


@pytest.mark.parametrize(("make", "code"), [(signed, "KT-180"), (strict, "KT-181")])
def test_a_book_that_cannot_be_changed_is_refused(make: object, code: str) -> None:
    assert callable(make)
    outcome = open_patch(make(), "sổ.xlsx")
    assert outcome.value is None
    assert [(item.place.file, item.code.id) for item in outcome.findings] == [("sổ.xlsx", code)]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b"?>", b'?><!DOCTYPE a [<!ENTITY e "x">]>'),
        ("xl/styles.xml", b"<cellXfs", b"<cellxfs"),
        ("xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="ba"'),
    ],
)
def test_an_odd_part_is_refused(part: str, old: bytes, new: bytes) -> None:
    parts = read_parts(plain())
    parts[part] = parts[part].replace(old, new, 1)
    outcome = open_patch(pack(parts), "sổ.xlsx")
    if outcome.value is not None:
        outcome.value.restyle(VALUE, Restyle(Severity.ERROR))
        outcome = outcome.value.finish()  # type: ignore[assignment]
    assert outcome.value is None
    assert [item.code.id for item in outcome.findings] == ["KT-182"]
