"""Marked copies of received workbooks, and the way back."""

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.findings.codes import texts
from tdkt_xl.tasks.annotate import FOLDER, annotate
from tdkt_xl.tasks.folding import fold_repeated
from tdkt_xl.tasks.validate import validate
from tdkt_xl.writers.marking import annotate as write_marks
from tdkt_xl.writers.own_marks import RESULT_SHEET
from tdkt_xl.writers.unmarking import Unmarked, take_marks_away
from tests.tools.dump import dump
from tests.tools.office import recalculate
from tests.tools.rich_books import BOOKS, SHEET, dressed, pack, plain, read_parts
from tests.tools.runs import SAMPLES, tdkt
from tests.unit.readers.vectors import ods

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl
FAULTY = "cum-05 ban chinh thuc.xlsx"


def fault(sheet: str, row: int, column: int, *, warn: bool = False) -> Finding:
    place = Place("sổ.xlsx", sheet, row, column)
    if warn:
        return codes.NUMBER_AS_TEXT.at(place, column="Điểm", text="9,5", value=9)
    return codes.NOT_A_NUMBER.at(place, column="Điểm", text="mười")


FAULTS = [fault(SHEET, 4, 2), fault(SHEET, 3, 3, warn=True), fault(SHEET, 3, 3), fault(SHEET, 40, 9)]


def marked(content: bytes, faults: list[Finding] = FAULTS) -> bytes:
    outcome = write_marks(content, "sổ.xlsx", faults)
    assert outcome.value is not None
    return outcome.value


def unmarked(content: bytes) -> Unmarked:
    outcome = take_marks_away(content, "sổ.xlsx", {RESULT_SHEET})
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value


def lines(content: bytes) -> set[str]:
    """What an unmarked workbook must have in common with the received one; sizes of boxes are not kept."""
    return {line for line in dump(content) if " at 0x" not in line}


# ---- the command


def test_every_cell_of_a_finding_for_many_is_marked() -> None:
    told = [
        texts.TCVN3_TEXT.at(Place("sổ.xlsx", SHEET, row, 2), text="Xin chµo", meant="Xin chào", reason="")
        for row in range(30, 41)
    ]
    (folded,) = fold_repeated(told)
    before = plain()
    content = marked(before, [folded])
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    noted = [sheet.cell(row, 2).comment for row in range(30, 41)]
    assert [note is not None and note.text.startswith("[TĐ] Cảnh báo KT-247") for note in noted] == [
        True
    ] * 11
    assert unmarked(content).content == before


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nhận") / "Sổ đã nhận"
    (folder / "xa").mkdir(parents=True)
    shutil.copyfile(SAMPLES / FAULTY, folder / "xa" / FAULTY)
    shutil.copyfile(SAMPLES / "cum-01.xlsx", folder / "cum-01.xlsx")
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="9"/></table:table-row>'
    (folder / "bang.ods").write_bytes(ods(row))
    return folder


def test_every_book_with_findings_gets_a_marked_copy(received: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in received.rglob("*.*")}
    run = tdkt("validate", received, "--annotate", "--out", tmp_path, "--json")
    assert {path: path.read_bytes() for path in received.rglob("*.*")} == before
    copies = sorted(
        path.relative_to(tmp_path / FOLDER).as_posix() for path in (tmp_path / FOLDER).rglob("*.xlsx")
    )
    assert copies == ["xa/cum-05 ban chinh thuc (đã đánh dấu).xlsx"]
    assert [item["path"] for item in run.document["findings"] if item["code"] == "KT-184"] == ["bang.ods"]
    book = openpyxl.load_workbook(tmp_path / FOLDER / copies[0])
    found = [item for item in run.document["findings"] if item["path"] == f"xa/{FAULTY}"]
    for item in found:
        note = book[item["sheet"]][item["cell"]].comment.text
        assert f"{item['code']}: {item['message']} Cách sửa: {item['fix']}" in note
    listed = [
        (row[2].value, row[3].value, row[4].value)
        for row in book[RESULT_SHEET].iter_rows(min_row=5, max_col=7)
    ]
    assert listed == [(item["code"], item["sheet"], item["cell"]) for item in found]


def test_the_copy_goes_back_to_the_received_bytes(received: Path, tmp_path: Path) -> None:
    tdkt("validate", received, "--annotate", "--out", tmp_path)
    copy = tmp_path / FOLDER / "xa" / "cum-05 ban chinh thuc (đã đánh dấu).xlsx"
    run = tdkt("unmark", copy, "--out", tmp_path / "lại", "--json")
    assert (run.code, run.document["notes"], run.document["sheets"], run.document["exact"]) == (0, 6, 1, True)
    back = tmp_path / "lại" / "cum-05 ban chinh thuc (đã bỏ đánh dấu).xlsx"
    assert run.document["output"] == str(back)
    assert read_parts(back.read_bytes()) == read_parts((SAMPLES / FAULTY).read_bytes())


def test_a_marked_copy_that_comes_back_is_marked_anew(received: Path, tmp_path: Path) -> None:
    tdkt("validate", received, "--annotate", "--out", tmp_path / "a")
    again = tdkt("validate", tmp_path / "a" / FOLDER, "--annotate", "--out", tmp_path / "b", "--json")
    (first,), (second,) = ((tmp_path / name / FOLDER).rglob("*.xlsx") for name in "ab")
    assert second.name == first.name
    book = openpyxl.load_workbook(second)
    assert [name for name in book.sheetnames if name.startswith(RESULT_SHEET)] == [RESULT_SHEET]
    notes = [cell.comment.text for row in book["Tổng hợp"] for cell in row if cell.comment]
    assert len(notes) == 5
    assert all(note.count("[TĐ]") == 1 for note in notes)
    original = tdkt("validate", received / "xa" / FAULTY, "--json").document["findings"]
    told = [
        [(item["code"], item["sheet"], item["cell"]) for item in found]
        for found in (again.document["findings"], original)
    ]
    assert told[0] == told[1]


def test_a_file_that_changed_since_the_check_gets_no_copy(tmp_path: Path, master: Master) -> None:
    source = tmp_path / FAULTY
    shutil.copyfile(SAMPLES / FAULTY, source)
    checked = validate([source], master, None)
    shutil.copyfile(SAMPLES / "cum-09.xlsx", source)
    done = annotate(checked, [source], tmp_path / "ra")
    assert (done.copies, [(item.place.file, item.code.id) for item in done.findings]) == (
        {},
        [(FAULTY, "KT-811")],
    )


def test_marking_needs_a_folder(received: Path) -> None:
    run = tdkt("validate", received, "--annotate", "--json")
    assert (run.code, run.codes) == (2, ["KT-812"])


def test_there_may_be_nothing_to_take_away(tmp_path: Path) -> None:
    run = tdkt("unmark", SAMPLES / "cum-01.xlsx", "--out", tmp_path, "--json")
    assert (run.code, run.codes, run.document["output"]) == (0, ["KT-186"], None)
    assert list(tmp_path.iterdir()) == []


# ---- marks


@pytest.mark.parametrize("name", BOOKS)
def test_any_book_goes_back_to_its_bytes(name: str) -> None:
    before = BOOKS[name]()
    after = unmarked(marked(before))
    assert (after.notes, after.sheets, after.exact) == (3, 1, True)
    assert read_parts(after.content) == read_parts(before)


def test_findings_of_one_cell_share_a_note_and_the_gravest_colours_it() -> None:
    cell = openpyxl.load_workbook(io.BytesIO(marked(plain())))[SHEET]["C3"]
    assert [line.partition(":")[0] for line in cell.comment.text.split("\n")] == [
        "[TĐ] Cảnh báo KT-201",
        "Lỗi KT-203",
        "(màu cũ",
    ]
    assert (cell.style, cell.fill.fgColor.rgb) == ("TĐ_Lỗi", "FFFFC7CE")


def test_somebody_elses_note_is_left_and_listed() -> None:
    outcome = write_marks(dressed(), "sổ.xlsx", [fault(SHEET, 3, 2), fault(SHEET, 4, 2)])
    assert [(item.place.cell, item.code.id) for item in outcome.findings] == [("B3", "KT-185")]
    book = openpyxl.load_workbook(io.BytesIO(outcome.value or b""))
    assert book[SHEET]["B3"].comment.text.endswith("ghi chú của đơn vị")
    assert book[SHEET]["B3"].fill.fgColor.rgb == "FFFFFF00"
    assert "1 ô đã có ghi chú của người khác" in book[RESULT_SHEET]["A2"].value


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    parts = read_parts(plain())
    sheet = "xl/worksheets/sheet1.xml"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="B4:B6"/></mergeCells>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", merge)
    found = openpyxl.load_workbook(io.BytesIO(marked(pack(parts), [fault(SHEET, 6, 2)])))[SHEET]["B4"]
    assert found.comment.text.startswith("[TĐ]")


def test_a_patterned_fill_is_not_replaced() -> None:
    book = openpyxl.load_workbook(io.BytesIO(plain()))
    book[SHEET]["B4"].fill = PatternFill("darkGrid", fgColor="FF00FF00")
    before = io.BytesIO()
    book.save(before)
    after = openpyxl.load_workbook(io.BytesIO(marked(before.getvalue())))[SHEET]["B4"]
    assert (after.fill.fill_type, after.comment.text.endswith("(màu cũ: giữ nguyên)")) == ("darkGrid", True)


def with_drawing(change: Callable[[bytes], bytes]) -> bytes:
    """The dressed book with its drawing of notes and buttons rewritten."""
    parts = read_parts(dressed())
    name = next(name for name in parts if name.endswith("vmlDrawing1.vml"))
    return pack({**parts, name: change(parts[name])})


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"</v:textbox>", b"<br></v:textbox>", 1),
        lambda data: data.rstrip() + b"\r\n\r\n",
        lambda data: re.sub(rb"(</?|xmlns:)([vox])\b", rb"\1n\2", data),
        lambda data: data.replace(b"_x0000_s1025", b"_x0000_s2046").replace(b"_x0000_t202", b"_x0000_t999"),
    ],
    ids=[
        "not well-formed",
        "blank lines at the end",
        "other prefixes",
        "numbers at their end, no shape type",
    ],
)
def test_drawings_as_other_programs_write_them(change: Callable[[bytes], bytes]) -> None:
    before = with_drawing(change)
    after = marked(before)
    name = next(name for name in read_parts(before) if name.endswith("vmlDrawing1.vml"))
    ids = re.findall(rb'id="_x0000_s(\d+)"', read_parts(after)[name])
    assert len(ids) == len(set(ids)) == len(re.findall(rb'id="_x0000_s(\d+)"', read_parts(before)[name])) + 3
    assert read_parts(unmarked(after).content) == read_parts(before)


def test_more_notes_than_one_block_of_numbers_holds() -> None:
    faults = [fault(SHEET, row, 2) for row in range(2, 1102)]
    after = marked(plain(), faults)
    drawing = next(part for name, part in read_parts(after).items() if name.endswith(".vml"))
    assert b'data="1,2"' in drawing
    assert unmarked(after).notes == 1100


@given(
    name=st.sampled_from(sorted(BOOKS)),
    cells=st.sets(st.tuples(st.integers(1, 60), st.integers(1, 30)), min_size=1, max_size=12),
)
@settings(max_examples=40)
def test_any_cells_can_be_marked_and_unmarked(name: str, cells: set[tuple[int, int]]) -> None:
    before = BOOKS[name]()
    outcome = write_marks(before, "sổ.xlsx", [fault(SHEET, *cell) for cell in sorted(cells)])
    assert outcome.value is not None
    left = {(item.place.row, item.place.column) for item in outcome.findings}
    sheet = openpyxl.load_workbook(io.BytesIO(outcome.value))[SHEET]
    found = {
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.comment.text.startswith("[TĐ]")
    }
    assert found == cells - left
    assert read_parts(unmarked(outcome.value).content) == read_parts(before)


def test_a_book_without_a_sheet_of_ours_is_not_read_again(
    tmp_path: Path, master: Master, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = validate([SAMPLES / FAULTY], master, None)
    monkeypatch.delattr("tdkt_xl.tasks.annotate.open_received")
    assert list(annotate(checked, [SAMPLES / FAULTY], tmp_path).copies) == [FAULTY]


def test_a_copy_from_the_internet_stays_one(tmp_path: Path) -> None:
    source = tmp_path / FAULTY
    shutil.copyfile(SAMPLES / FAULTY, source)
    Path(f"{source}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    tdkt("validate", source, "--annotate", "--out", tmp_path / "ra")
    (copy,) = (tmp_path / "ra" / FOLDER).glob("*.xlsx")
    assert Path(f"{copy}:Zone.Identifier").read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"


def test_a_book_under_a_wrong_ending_gets_the_right_one(tmp_path: Path) -> None:
    shutil.copyfile(SAMPLES / FAULTY, tmp_path / "cum-05.xls")
    tdkt("validate", tmp_path / "cum-05.xls", "--annotate", "--out", tmp_path / "ra")
    assert [path.name for path in (tmp_path / "ra" / FOLDER).iterdir()] == ["cum-05 (đã đánh dấu).xlsx"]


# ---- after another program saved the copy


@pytest.mark.libreoffice
@pytest.mark.parametrize("names", [list(BOOKS)])
def test_marks_go_after_libreoffice_saved_the_copy(names: list[str], tmp_path: Path) -> None:
    sources = []
    for name in names:
        for kind, content in (("trước", BOOKS[name]()), ("sau", marked(BOOKS[name]()))):
            sources.append(tmp_path / f"{name} {kind}.xlsx")
            sources[-1].write_bytes(content)
    saved = recalculate(sources, tmp_path)
    for name in names:
        before, after = ((saved / f"{name} {kind}.xlsx").read_bytes() for kind in ("trước", "sau"))
        back = unmarked(after)
        assert (name, back.notes, back.exact) == (name, 3, False)
        assert (name, lines(back.content) ^ lines(before)) == (name, set())


def button_marked() -> bytes:
    """A copy as the Excel button marks it: fill and note, no named style, no record."""
    book = openpyxl.load_workbook(io.BytesIO(plain()))
    sheet = book[SHEET]
    for cell, colour, former in (
        ("B4", "FFC7CE", "RGB 255 255 0"),
        ("C3", "FFEB9C", "không"),
        ("C4", "FFEB9C", "chủ đề 5 0.4"),
    ):
        sheet[cell].comment = Comment(f"[TĐ] Lỗi KT-203: sai. Cách sửa: sửa.\n(màu cũ: {former})", "Cán bộ")
        sheet[cell].fill = PatternFill("solid", fgColor=f"FF{colour}")
    sheet["B2"].comment = Comment("của xã", "Xã A")
    book.create_sheet(RESULT_SHEET, 0)["A1"] = "[TĐ] KẾT QUẢ KIỂM TRA"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_marks_of_the_excel_button_go() -> None:
    back = unmarked(button_marked())
    assert (back.notes, back.sheets, back.exact) == (3, 1, False)
    book = openpyxl.load_workbook(io.BytesIO(back.content))
    sheet = book[SHEET]
    assert book.sheetnames == [SHEET, "Trang khác"]
    assert sheet["B4"].fill.fgColor.rgb == "FFFFFF00"
    assert sheet["C3"].fill.fill_type is None
    assert (sheet["C4"].fill.fgColor.theme, sheet["C4"].fill.fgColor.tint) == (4, 0.4)
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["B2"]


def test_a_colour_changed_since_is_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(button_marked()))
    book[SHEET]["B4"].fill = PatternFill("solid", fgColor="FF0000FF")
    saved = io.BytesIO()
    book.save(saved)
    back = openpyxl.load_workbook(io.BytesIO(unmarked(saved.getvalue()).content))
    assert back[SHEET]["B4"].fill.fgColor.rgb == "FF0000FF"


def test_a_note_that_lost_its_last_line_is_reported() -> None:
    book = openpyxl.load_workbook(io.BytesIO(button_marked()))
    book[SHEET]["B4"].comment = Comment("[TĐ] đã sửa", "Xã A")
    saved = io.BytesIO()
    book.save(saved)
    outcome = take_marks_away(saved.getvalue(), "sổ.xlsx", {RESULT_SHEET})
    assert [(item.place.cell, item.code.id) for item in outcome.findings] == [("B4", "KT-187")]
