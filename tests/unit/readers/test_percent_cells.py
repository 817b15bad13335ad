"""Which cells show their number as a percentage reaches the grid."""

from pathlib import Path

import pytest
import xlsxwriter

from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.percent_cells import PercentCells
from tests.tools.forms import read_book

STYLES = b"""<styleSheet xmlns="x"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>"""


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [
        ("0%", True),
        ("0.00%", True),
        ("#,##0.0 %", True),
        ("0%;[Red]-0%", True),
        ("General", False),
        ("0.00", False),
        ('0.0 "%"', False),
        ("0.0\\%", False),
    ],
)
def test_format_of_a_number(number_format: str, percent: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Trang")
        page.write_number(4, 2, 0.87, book.add_format({"num_format": number_format}))
    assert read_book(path).grids[0].percents == (frozenset({(5, 3)}) if percent else frozenset())


def test_texts_and_empty_cells_are_not_noted() -> None:
    facts = SheetFacts()
    data = (
        b'<sheetData><row r="1"><c r="A1" s="1"/><c r="B1" s="1" t="s"><v>0</v></c>'
        b'<c r="C1" s="2"><v>0.5</v></c><c r="D1" s="0"><v>1</v></c><c r="E1" s="1" t="n"><v>1</v></c></row>'
        b"</sheetData>"
    )
    PercentCells(STYLES).note(facts, data)
    assert facts.percents == {(1, 3), (1, 5)}
