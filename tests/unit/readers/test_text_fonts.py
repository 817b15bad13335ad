"""Fonts of old encodings reach the grid: by cell, by column, by run, from every format."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.received import open_received
from tdkt_xl.readers.text_fonts import TextFonts
from tdkt_xl.tables.grid import Grid, Position
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.legacy_text import typed

from .test_native_reader import record, row_head, wide, xlsb
from .vectors import opened

FONTS: dict[Position, str] = {
    (1, 1): ".VnTime",
    (1, 2): ".VnTimeH",
    (1, 4): ".VnTime",
    (2, 1): "VNI-Times",
    (4, 1): ".VnTime",
    (5, 1): ".VnTime",
}


def write(path: Path) -> Path:
    """A book with texts in old fonts: cells, a column, a formula, two cells of several runs."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Trang 1")
    names = (".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman")
    time, capitals, vni, usual = (book.add_format({"font_name": name}) for name in names)
    unit, town = typed("Đơn vị", Encoding.TCVN3), typed("Thị trấn Vĩnh An", Encoding.TCVN3)
    page.set_column(3, 3, 20, time)
    page.write_string(0, 0, unit, time)
    page.write_string(0, 1, typed("cộng hòa", Encoding.TCVN3), capitals)
    page.write_string(0, 3, unit, time)
    page.write_string(1, 0, typed("Xã Phú Lý", Encoding.VNI), vni)
    page.write_string(1, 1, "Xã Phú Lý", usual)
    page.write_number(2, 0, 5, time)
    page.write_blank(2, 1, None, time)
    page.write_formula(3, 0, '="x"&A1', time, f"x{unit}")
    page.write_rich_string(4, 0, usual, "A: ", time, town, usual, " (1)", usual)
    page.write_rich_string(5, 0, time, "X", usual, "ã Phú Lý", time)
    page.write_string(6, 0, "plain")
    book.close()
    return path


def read(path: Path) -> Grid:
    outcome = open_received(path, path.name)
    assert outcome.value is not None, outcome.findings
    return outcome.value.grids[0]


def converted(source: Path, extension: str, folder: Path) -> Path:
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing"
    target = folder / "ra"
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", extension, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return target / f"{source.stem}.{extension}"


def test_xlsx(tmp_path: Path) -> None:
    grid = read(write(tmp_path / "phong-cu.xlsx"))
    assert dict(grid.fonts) == FONTS
    assert grid.value(2, 1) == typed("Xã Phú Lý", Encoding.VNI)


@pytest.mark.libreoffice
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_saved_by_libreoffice(tmp_path: Path, extension: str) -> None:
    """The runs of a cell are not read in .xls: there the font of the cell counts."""
    grid = read(converted(write(tmp_path / "phong-cu.xlsx"), extension, tmp_path))
    runs = {(5, 1): "", (6, 1): ".VnTime"} if extension == "xls" else {}
    assert dict(grid.fonts) == {place: font for place, font in {**FONTS, **runs}.items() if font}


def test_xlsb(tmp_path: Path) -> None:
    def font(name: str) -> bytes:
        return record(0x2B, bytes(21) + wide(name))

    def text(column: int, style: int) -> bytes:
        return record(6, struct.pack("<II", column, style) + wide("Céng"))

    formats = b"".join(record(0x2F, struct.pack("<HHH", 0, 0, number) + bytes(10)) for number in (0, 1, 2))
    styles = font("Calibri") + font(".VnTimeH") + font("VNI-Times")
    styles += record(0x272) + record(0x2F, bytes(16)) + record(0x273)
    styles += record(0x269, struct.pack("<I", 3)) + formats + record(0x26A)
    body = (row_head(0), text(0, 0), text(1, 1), text(2, 2), record(5, struct.pack("<IId", 3, 1, 9.5)))
    outcome = opened(tmp_path, xlsb(*body, styles=styles), "bai-nop.xlsb")
    assert outcome.value is not None, outcome.findings
    assert outcome.value.grids[0].fonts == {(1, 2): ".VnTimeH", (1, 3): "VNI-Times"}


STYLES = b"""<styleSheet xmlns="x"><fonts><font><name val='.VnTime'/></font><font><name val="Arial"/></font>
</fonts><cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1"/><xf/></cellXfs>
<dxfs><dxf><font><name val="VNI-Times"/></font></dxf></dxfs></styleSheet>"""


@pytest.mark.parametrize(
    ("sheet", "fonts"),
    [
        (b'<row r="3"><c r="B3" t="inlineStr"><is/></c></row>', {(3, 2): ".VnTime"}),
        (b"<x:row><x:c/><x:c t='str'><x:v>a</x:v></x:c></x:row>", {(1, 2): ".VnTime"}),
        (
            b'<row r="2"/><row><c t="str"/><c s="1" t="str"><v>a</v></c><c s="2" t="s"><v>0</v></c></row>',
            {(3, 3): ".VnTime"},
        ),
        (b'<row r="x"><c r="B3" s="x" t="str"/><c s="%s" t="str"><v>a</v></c></row>' % (b"9" * 9), {}),
        (b'<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1" t="n"><v>1</v></c></row>', {}),
    ],
)
def test_ways_to_write_a_cell(sheet: bytes, fonts: dict[Position, str]) -> None:
    """The default format, prefixes, cells and rows without an address, blank and numeric cells."""
    facts = SheetFacts()
    TextFonts(STYLES, b"").note(facts, sheet)
    assert facts.fonts == fonts


def test_nothing_is_noted_without_an_old_font() -> None:
    facts = SheetFacts()
    styles = STYLES.replace(b".VnTime", b"Times").replace(b"VNI-Times", b"Times")
    TextFonts(styles, b"").note(facts, b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    assert facts.fonts == {}
