"""The shorter way of writing plain cells gives the bytes of XlsxWriter's general way."""

from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.writers.book import Book, Formula, Link
from tdkt_xl.writers.official_worksheet import OfficialWorksheet

TEXTS = (None, "", "chữ", "=1+1", " hai đầu ", "dòng\nmới")
NUMBERS = (0, -0.0, 1, 12.5, Decimal("96.65"), 1e-7, 123456789012345.6, 0.1 + 0.2, date(2023, 12, 31))
OTHERS = (True, False, Formula("=1+1", 2), Formula("=A1", "chữ"), Link("internal:'T'!A1", "A1"))
VALUES: tuple[object, ...] = (*TEXTS, *NUMBERS, *OTHERS)


def written() -> bytes:
    """A sheet with every kind of value in every style a list uses."""
    book = Book("thử")
    sheet = book.add_sheet("T")
    sheet.set_row(200, 30)
    sheet.write_comment(40, 50, "ghi chú")
    sheet.write_comment(0, 60, "ghi chú")
    sheet.write_string(100, 3, "không định dạng")
    for row, value in enumerate(VALUES):
        for column, style in enumerate(("text", "text_center", "number", "score", "whole", "date")):
            book.put(sheet, row, column, value, book.style(style))
            book.put(sheet, row, column + 30, value, book.style(style, "input"))
    return book.content()


def test_quick_cells_are_the_general_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = written()
    for name in ("_write_rows", "_calculate_spans"):
        monkeypatch.delattr(OfficialWorksheet, name)
    assert written() == quick


def rows(one_by_one: bool) -> bytes:
    """Rows of every kind of value, written cell by cell or at once."""
    book = Book("thử")
    sheet = book.add_sheet("T")
    styles = [book.style("text"), book.style("score"), *[book.style("text", "good")] * (len(VALUES) - 2)]
    for row in range(20):
        values = [*VALUES[row:], *VALUES[:row]][: len(VALUES)]
        sheet.set_row(row, 20)
        if one_by_one:
            for column, (value, style) in enumerate(zip(values, styles, strict=True)):
                book.put(sheet, row, column, value, style)
        else:
            book.put_row(sheet, row, values, styles)
    return book.content()


def test_rows_at_once_are_those_written_cell_by_cell() -> None:
    assert rows(one_by_one=False) == rows(one_by_one=True)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_row_refuses_what_a_cell_refuses(value: object) -> None:
    book = Book("thử")
    sheet = book.add_sheet("T")
    with pytest.raises(TypeError, match="NAN/INF"):
        book.put_row(sheet, 0, [value], [book.style("text")])
