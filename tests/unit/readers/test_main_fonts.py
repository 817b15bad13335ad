"""The font most text of a sheet is written in."""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from tests.tools.forms import read_book


def main_font(folder: Path, *fonts: str, header: str = "Times New Roman") -> str:
    """What is read of a sheet with 12 texts in ``header`` and 10 in each of the fonts."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Trang")
        row = 0
        for font, count in ((header, 12), *((font, 10) for font in fonts)):
            look = book.add_format({"font_name": font})
            for _ in range(count):
                page.write_string(row, 0, f"chữ {row}", look)
                page.write_number(row, 1, row)
                row += 1
    path = folder / "a.xlsx"
    path.write_bytes(target.getvalue())
    return read_book(path).grids[0].main_font


@pytest.mark.parametrize(
    ("fonts", "expected"),
    [
        (("Times New Roman",), "Times New Roman"),
        (("Calibri", "Calibri"), "Calibri"),
        (("Calibri", "Arial"), ""),
        ((), ""),
    ],
    ids=["all of one", "more than half", "no majority", "too few to tell"],
)
def test_font_of_most_texts(fonts: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    assert main_font(tmp_path, *fonts) == expected
