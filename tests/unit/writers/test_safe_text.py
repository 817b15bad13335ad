import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tdkt_xl.writers.book import Book, Formula, Link, safe_text, sheet_name

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://a.vn";"x")',
    "+84 913 000 111",
    "-",
    "-5",
    "@x",
    "{=1}",
    "http://a.vn",
    "mailto:a@b.vn",
    "internal:A1",
    "external:C:/a.xlsx",
    "0913000111",
    "1e5",
    "TRUE",
    "#REF!",
    "'=1",
    "  hai đầu có dấu cách  ",
    "dòng một\ndòng hai",
    "cột\tcột",
    "<b>&amp;</b>",
    "Đặng Thị Hoà",
    "🏆 giải nhất",
]


def written(*values: object) -> bytes:
    book = Book("Thử")
    sheet = book.add_sheet("Thử")
    for row, value in enumerate(values):
        book.put(sheet, row, 0, value, book.style("text"))
    return book.content()


def openpyxl_cells(content: bytes) -> list[tuple[object, str]]:
    sheet = openpyxl.load_workbook(BytesIO(content))["Thử"]
    return [(row[0].value, row[0].data_type) for row in sheet.iter_rows(max_col=1)]


def calamine_cells(content: bytes) -> list[object]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return [row[0] for row in rows]


@pytest.mark.parametrize("text", DANGEROUS)
def test_received_text_comes_back_as_text(text: str) -> None:
    content = written(text)
    assert openpyxl_cells(content) == [(text, "s")]
    assert calamine_cells(content) == [text]


@pytest.mark.parametrize("text", DANGEROUS)
def test_received_text_is_no_link(text: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(text)))["Thử"]
    assert sheet["A1"].hyperlink is None


def test_received_text_makes_no_formula() -> None:
    package = zipfile.ZipFile(BytesIO(written(*DANGEROUS)))
    assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a□b"),
        ("\x01\x08\x0b\x0c\x0e\x1f", "□□□□□□"),
        ("a\ud800b", "a□b"),
        ("a\ufffeb\uffff", "a□b□"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_characters_no_cell_can_hold_are_shown_as_boxes(text: str, shown: str) -> None:
    assert safe_text(text) == shown
    assert openpyxl_cells(written(text)) == [(shown, "s")]


def test_long_text_is_cut_with_an_ellipsis() -> None:
    shown = safe_text("x" * 40_000)
    assert len(shown) == 32_767
    assert shown.endswith("x…")
    assert calamine_cells(written("x" * 40_000)) == [shown]


def test_length_is_counted_as_excel_does() -> None:
    shown = safe_text("🏆" * 20_000)
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    assert shown == "🏆" * 16_383 + "…"


def test_longest_text_is_kept() -> None:
    assert calamine_cells(written("x" * 32_767)) == ["x" * 32_767]


def test_text_that_looks_like_an_escape_is_escaped() -> None:
    package = zipfile.ZipFile(BytesIO(written("_x0041_")))
    assert "_x005F_x0041_" in package.read("xl/sharedStrings.xml").decode("utf-8")


@given(st.lists(st.text(max_size=30), min_size=1, max_size=30))
def test_any_text_comes_back(texts: list[str]) -> None:
    texts = [f"«{text}»" for text in texts]
    found = calamine_cells(written(*texts))
    assert found == [safe_text(text) for text in texts]


def test_values_keep_their_kind() -> None:
    values = [None, "", True, False, Decimal("9.25"), 7, date(2023, 12, 15), Formula("=1+1", 2)]
    assert openpyxl_cells(written(*values)) == [
        (None, "n"),
        (None, "n"),
        ("Có", "s"),
        ("Không", "s"),
        (9.25, "n"),
        (7, "n"),
        (45275, "n"),  # Excel's number of the day; the column's format shows a date
        ("=1+1", "f"),
    ]


def test_formula_carries_its_result() -> None:
    assert calamine_cells(written(Formula("=SUM(B1:B3)", Decimal("12.5")))) == [12.5]


def test_link_shows_its_text_safely() -> None:
    content = written(Link("internal:'Thử'!A1", "=1\x01"))
    cell = openpyxl.load_workbook(BytesIO(content))["Thử"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink.location) == ("=1□", "s", "'Thử'!A1")


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot write list"):
        written([1])


# Names of sheets


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tân Bình", "Tân Bình"),
        ("a[b]c:d*e?f/g\\h", "a b c d e f g h"),
        ("'tên'", "tên"),
        ("  tên  ", "tên"),
        ("", "Trang"),
        ("***", "Trang"),
        ("x" * 40, "x" * 31),
        ("x" * 30 + "' y", "x" * 30),
        ("🏆" * 20, "🏆" * 15),
        ("một\r\nhai\tba", "một  hai ba"),
        ("a\x01b", "a□b"),
        ("History", "History (2)"),
        ("HISTORY", "HISTORY (2)"),
    ],
)
def test_sheet_name_is_legal(text: str, name: str) -> None:
    assert sheet_name(text, []) == name


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("An", ["An"], "An (2)"),
        ("AN", ["an", "an (2)"], "AN (3)"),
        ("ĐÔNG HÀ", ["Đông Hà"], "ĐÔNG HÀ (2)"),
        ("x" * 31, ["x" * 31], "x" * 27 + " (2)"),
        ("An", ["An", *(f"An ({number})" for number in range(2, 10))], "An (10)"),
    ],
)
def test_sheet_name_is_unique_whatever_the_case(text: str, taken: list[str], name: str) -> None:
    assert sheet_name(text, taken) == name


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_any_names_make_a_workbook(texts: list[str]) -> None:
    book = Book("Thử")
    names = [book.add_sheet(text).get_name() for text in texts]
    assert len({name.casefold() for name in names}) == len(texts)
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert openpyxl.load_workbook(BytesIO(book.content())).sheetnames == names
