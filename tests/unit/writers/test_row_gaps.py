"""Rows nobody marks are not parsed, and nothing of the copy shows it."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.writers import patch_cells
from tdkt_xl.writers.marking import annotate
from tdkt_xl.writers.patch_cells import RowKeeper, SheetCells
from tdkt_xl.writers.patching import open_patch
from tdkt_xl.writers.row_gaps import row_gaps
from tdkt_xl.writers.unmarking import take_marks_away
from tdkt_xl.writers.xml_spans import Element, XmlPart
from tests.tools.corpus.case import repacked
from tests.tools.rich_books import BOOKS, SHEET, read_parts

ROOT = Path(__file__).resolve().parents[3]
RECEIVED = [
    *sorted((ROOT / "workbooks" / "samples").glob("*.xlsx")),
    *sorted((ROOT / "tests" / "workbooks" / "should_pass").rglob("*.xlsx")),
]
_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>'


def row(number: int, cells: bytes = b"") -> bytes:
    return b'<row r="%d" ht="15">%b</row>' % (number, cells or b'<c r="A%d" s="1"/>' % number)


def sheet(*rows: bytes) -> bytes:
    return _HEAD + b"".join(rows) + _TAIL


def left_of(data: bytes, *wanted: int) -> bytes:
    """The rows that are still parsed."""
    for start, end in reversed(row_gaps(data, wanted)):
        data = data[:start] + data[end:]
    return data.removeprefix(_HEAD).removesuffix(_TAIL)


# ---- what is left out


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ((), ()),
        ((1,), (1,)),
        ((9,), (9,)),
        ((2, 7), (2, 7)),
        ((4,), (7,)),  # a new row 4 goes before row 7
        ((4, 5, 7), (7,)),
        ((10,), ()),
    ],
)
def test_only_wanted_rows_and_those_after_a_missing_one_are_parsed(
    wanted: tuple[int, ...], left: tuple[int, ...]
) -> None:
    data = sheet(*map(row, (1, 2, 3, 7, 8, 9)))
    assert left_of(data, *wanted) == b"".join(map(row, left))


def test_a_gap_may_hold_line_breaks_and_rows_of_one_tag() -> None:
    data = sheet(b"\n ", row(1), b"\n", b'<row r="2" s="3" customFormat="1"/>', b"\n", row(3), b"\n")
    assert left_of(data, 3) == b"\n " + row(3) + b"\n"


def test_prefixed_rows_are_known() -> None:
    data = sheet(row(1), row(2)).replace(b"<", b"<x:").replace(b"<x:/", b"</x:")
    assert row_gaps(data, {2}) == [(data.index(b"<x:row"), data.index(b'<x:row r="2"'))]


@pytest.mark.parametrize(
    "data",
    [
        sheet(row(1), b"<!-- <row r='2'/> -->", row(3)),
        sheet(row(1), row(2, b"<c><is><t><![CDATA[<row]]></t></is></c>"), row(3)),
        sheet(row(1), b"<row><c/></row>", row(3)),
        sheet(row(1), b"<row r='2'/>", row(3)),
        sheet(row(1), b'<row r="2" name="a>b"/>', row(3)),
        sheet(row(1), row(3), row(2)),
        sheet(row(1), row(1)),
        sheet(row(1), row(2, b'<c><row xmlns="urn:x" r="9"/></c>'), row(3)),
        sheet(row(1)).replace(b"<sheetData>", b'<sheetData x="1">'),
        b"<!-- <sheetData> -->" + sheet(row(1)),
        _HEAD.replace(b"<sheetData>", b"<sheetData/></worksheet>"),
        sheet(),
        b"<worksheet>",
    ],
    ids=[
        "comment",
        "CDATA",
        "no number",
        "single quotes",
        "a bracket in an attribute",
        "not rising",
        "twice",
        "another name space",
        "attributes of the box",
        "a comment before",
        "empty box",
        "no row",
        "no box",
    ],
)
def test_rows_written_in_an_unusual_way_are_all_parsed(data: bytes) -> None:
    assert row_gaps(data, {3}) == []


# ---- what the tree says


def test_places_of_elements_are_those_in_the_part() -> None:
    data = sheet(*map(row, range(1, 200)))
    part = XmlPart(data, RowKeeper(frozenset({50, 150})))
    cells = SheetCells(part)
    for number in (50, 150):
        cell = cells.cell((number, 1))
        assert cell is not None
        assert part.raw(cell) == b'<c r="A%d" s="1"/>' % number
    box, merged = part.root.children
    assert part.raw(box) == data[len(_HEAD) - len(b"<sheetData>") : data.index(b"<mergeCells")]
    assert part.raw(merged).startswith(b"<mergeCells")


def test_work_grows_with_the_marked_rows_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    wants = RowKeeper.wants

    def counting(self: RowKeeper, element: Element) -> bool:
        seen.append(element.name)
        return wants(self, element)

    monkeypatch.setattr(RowKeeper, "wants", counting)
    for rows in (100, 5_000):
        seen.clear()
        SheetCells(XmlPart(sheet(*map(row, range(1, rows + 1))), RowKeeper(frozenset({7, 60}))))
        assert seen.count("row") == 2


# ---- the copy is the same


def without_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patch_cells, "row_gaps", lambda *_: [])


def fault(name: str, at: tuple[int, int]) -> Finding:
    return codes.NOT_A_NUMBER.at(Place("sổ.xlsx", name, *at), column="Điểm", text="mười")


@pytest.mark.parametrize("path", RECEIVED, ids=lambda path: path.stem)
def test_copies_of_received_books_do_not_differ(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        first = package.read("xl/worksheets/sheet1.xml")
    assert row_gaps(first, {9}), "the usual way of writing rows"
    sheets = names_of(content)
    faults = [fault(name, at) for name in sheets[:3] for at in ((9, 2), (14, 8), (500, 3))]
    quick = annotate(content, "sổ.xlsx", faults).value
    without_gaps(monkeypatch)
    assert annotate(content, "sổ.xlsx", faults).value == quick


@given(
    name=st.sampled_from(sorted(BOOKS)),
    cells=st.sets(st.tuples(st.integers(1, 60), st.integers(1, 12)), min_size=1, max_size=9),
)
@settings(max_examples=40)
def test_copies_and_what_is_taken_back_do_not_differ(name: str, cells: set[tuple[int, int]]) -> None:
    content = BOOKS[name]()
    faults = [fault(SHEET, at) for at in sorted(cells)]

    def both() -> tuple[bytes | None, bytes]:
        made = annotate(content, "sổ.xlsx", faults).value
        assert made is not None
        record = next(part for part, data in read_parts(made).items() if b"urn:tdkt-xl:marks" in data)
        back = take_marks_away(repacked(made, {record: lambda _: b"<other/>"}), "sổ.xlsx", ()).value
        assert back is not None
        assert not back.exact
        return made, back.content

    quick = both()
    with pytest.MonkeyPatch.context() as patched:
        without_gaps(patched)
        assert both() == quick


def names_of(content: bytes) -> list[str]:
    """Names of the sheets of a workbook."""
    patch = open_patch(content, "sổ.xlsx").value
    assert patch is not None
    return list(patch.sheets)
