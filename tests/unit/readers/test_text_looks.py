"""Cells struck out, or shown so that nobody sees what they hold, reach the grid."""

from pathlib import Path

import pytest
import xlsxwriter

from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.received import open_received
from tdkt_xl.readers.text_looks import TextLooks
from tdkt_xl.tables.grid import Grid, Look, Position

STYLES = b"""<styleSheet xmlns="x"><numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts>
<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><fills><fill/></fills>
<cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf numFmtId="164"/></cellXfs></styleSheet>"""


def read(folder: Path, **formats: dict[str, object]) -> Grid:
    """A sheet with the number 5 in row 1, one column for each format."""
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Trang")
        for column, properties in enumerate(formats.values()):
            page.write_number(0, column, 5, book.add_format(properties))
    outcome = open_received(path, path.name)
    assert outcome.value is not None, outcome.findings
    return outcome.value.grids[0]


@pytest.mark.parametrize(
    ("properties", "look"),
    [
        ({"font_strikeout": True}, Look.STRUCK),
        ({"font_color": "#FFFFFF"}, Look.WHITE),
        ({"font_color": "#FFFFFF", "bg_color": "#FFFFFF"}, Look.WHITE),
        ({"font_color": "#FFFFFF", "bg_color": "#1F4E78"}, None),
        ({"font_size": 1}, Look.TINY),
        ({"font_size": 8}, None),
        ({"num_format": ";;;"}, Look.NO_FORMAT),
        ({"num_format": '"";"";"";""'}, Look.NO_FORMAT),
        ({"num_format": ";;"}, Look.NO_NUMBER),
        ({"num_format": "0;-0;;@"}, None),
        ({"bold": True}, None),
    ],
)
def test_format_of_a_cell(tmp_path: Path, properties: dict[str, object], look: Look | None) -> None:
    # Beside it stands a struck-out cell, so that the formats are looked at in every case.
    grid = read(tmp_path, one=properties, other={"font_strikeout": True})
    assert dict(grid.looks) == {(1, 2): Look.STRUCK} | ({(1, 1): look} if look else {})


def test_runs_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page, struck, usual = (
            book.add_worksheet("Trang"),
            book.add_format({"font_strikeout": True}),
            book.add_format({"bold": True}),
        )
        page.write_rich_string(0, 0, usual, "Nguyễn ", struck, "Văn", usual, " A")
        page.write_rich_string(1, 0, struck, "Nguyễn ", struck, "Văn A")
        page.write_string(2, 0, "Trần Văn B")
    outcome = open_received(path, path.name)
    assert outcome.value is not None
    assert dict(outcome.value.grids[0].looks) == {(1, 1): Look.PARTLY_STRUCK, (2, 1): Look.STRUCK}


@pytest.mark.parametrize(
    ("sheet", "looks"),
    [
        (b'<row r="3"><c r="B3" s="1"><v>5</v></c></row>', {(3, 2): Look.STRUCK}),
        (b'<row r="3"><c r="B3" s="1"/></row>', {}),
        (b'<row r="3"><c r="B3" s="2"><v>5</v></c></row>', {}),
        (b"<x:row><x:c/><x:c s='3'><x:v>5</x:v></x:c></x:row>", {(1, 2): Look.NO_FORMAT}),
        (b'<row r="1"><c r="A1" s="%s"><v>5</v></c></row>' % (b"9" * 9), {}),
    ],
)
def test_ways_to_write_a_cell(sheet: bytes, looks: dict[Position, Look]) -> None:
    facts = SheetFacts()
    TextLooks(STYLES, b"").note(facts, sheet)
    assert facts.looks == looks
