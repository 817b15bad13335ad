"""Workbooks as programs write them: read without a finding, the same from every program."""

import datetime as dt
import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tdkt_xl.readers.plain_sheet import Places, scan_plain_sheet
from tdkt_xl.readers.received import open_received
from tdkt_xl.readers.sheet_scan import SheetScan
from tdkt_xl.readers.strings_scan import string_lengths
from tdkt_xl.readers.zip_gate import Package
from tdkt_xl.tables.grid import Grid, Range, SheetState

from .vectors import BASIC, book, found, number, row, sheet

SHEETS = ["Phiếu chấm điểm", "Ẩn", "Rất ẩn"]
ROWS = {
    1: ("Mã", "Nội dung", "Điểm", None, "Ngày", "cột ẩn"),
    2: ("I.1", "Phong trào & thi đua", 9.5, None, dt.date(2023, 12, 31), None),
    3: ("ẩn", None, None, None, None, None),
    4: (None, None, 9.5, None, None, None),
    8: ("Gộp", None, None, None, None, None),
    12: ("  khoảng trắng  ", "   ", None, None, None, None),
    14: ("Đậm và thường", None, -12.25, None, None, None),
}


def with_xlsxwriter(path: Path) -> None:
    out = xlsxwriter.Workbook(str(path))
    bold, day = out.add_format({"bold": True}), out.add_format({"num_format": "dd/mm/yyyy"})
    page = out.add_worksheet(SHEETS[0])
    page.write_row(0, 0, ["Mã", "Nội dung", "Điểm"])
    page.write("E1", "Ngày")
    page.write("F1", "cột ẩn")
    page.write_row(1, 0, ["I.1", "Phong trào & thi đua", 9.5])
    page.write_datetime(1, 4, dt.datetime(2023, 12, 31), day)  # noqa: DTZ001 - Excel has no zones
    page.write("A3", "ẩn")
    page.set_row(2, None, None, {"hidden": True})
    page.set_column("F:G", None, None, {"hidden": True})
    page.write_formula("C4", "=SUM(C2:C3)", None, 9.5)
    page.write_formula("C5", "=1/0", None, "#DIV/0!")
    page.merge_range("A8:C9", "Gộp")
    page.write("A12", "  khoảng trắng  ")
    page.write("B12", "   ")
    page.write_rich_string("A14", bold, "Đậm ", "và thường")
    page.write("C14", -12.25, bold)
    page.write_blank("D14", None, bold)
    page.write_comment("A1", "ghi chú")
    page.write_url("B20", "https://example.org", string="")
    page.insert_checkbox("A30", False)
    page.insert_button("C30", {"caption": "Nút"})
    page.conditional_format("C2:C4", {"type": "data_bar"})
    page.data_validation("C2:C4", {"validate": "decimal", "criteria": ">", "value": 0})
    hidden, deep = out.add_worksheet(SHEETS[1]), out.add_worksheet(SHEETS[2])
    hidden.hide()
    hidden.write("B2", 1)
    deep.very_hidden()
    deep.write("C3", "x")
    chart = out.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SHEETS[0]}'!$C$2:$C$4"})
    out.add_chartsheet("Biểu đồ").set_chart(chart)
    out.close()


def check(grids: tuple[Grid, ...]) -> None:
    first = grids[0]
    for number_, cells in ROWS.items():
        assert tuple(first.value(number_, column) for column in range(1, 7)) == cells
    assert first.errors == {(5, 3): "#DIV/0!"}
    assert {(4, 3), (5, 3)} <= first.formulas
    assert first.merges == (Range(8, 1, 9, 3),)
    assert first.hidden_rows == {3}
    assert {6, 7} <= first.hidden_columns
    assert [grid.sheet for grid in grids][:3] == SHEETS
    assert [grids[1].rows, grids[2].rows] == [
        ((None, None), (None, 1.0)),
        ((None, None, None), (None, None, None), (None, None, "x")),
    ]


def test_xlsxwriter(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with_xlsxwriter(path)
    outcome = open_received(path, "so.xlsx")
    assert found(outcome) == []
    assert outcome.value is not None
    check(outcome.value.grids)
    states = [SheetState.VISIBLE, SheetState.HIDDEN, SheetState.VERY_HIDDEN]
    assert [grid.state for grid in outcome.value.grids] == states


def test_openpyxl(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with_xlsxwriter(path)
    again = openpyxl.load_workbook(path)
    again.save(path)
    outcome = open_received(path, "so.xlsx")
    assert found(outcome) == []
    assert outcome.value is not None
    first = outcome.value.grids[0]
    assert first.value(2, 2) == "Phong trào & thi đua"
    assert first.uncached == {(4, 3), (5, 3)}
    assert (first.value(4, 3), set(first.hidden_rows)) == (None, {3})


@pytest.mark.libreoffice
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_libreoffice(tmp_path: Path, extension: str) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing"
    source = tmp_path / "so.xlsx"
    with_xlsxwriter(source)
    target = tmp_path / "ra"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", extension, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    outcome = open_received(target / f"so.{extension}", f"so.{extension}")
    assert found(outcome) == []
    assert outcome.value is not None
    check(outcome.value.grids)


def random_sheet(choice: random.Random) -> str:
    """A sheet in the usual spelling, with all kinds of cells."""
    bodies = (
        "/>",
        "></c>",
        ' t="s"><v>0</v></c>',
        ' t="s"><v>1</v></c>',
        ' t="s"><v>2</v></c>',
        "><v>42</v></c>",
        ' t="n"><v>-1.5E-3</v></c>',
        "><v>1E+300</v></c>",
        "><v></v></c>",
        ' s="1"/>',
        ' s="2"><v>9</v></c>',
        ' t="b"><v>1</v></c>',
        ' t="e"><v>#N/A</v></c>',
        ' t="d"><v>2023-12-31</v></c>',
        ' t="inlineStr"><is><t>Điểm &amp; chữ</t></is></c>',
        ' t="inlineStr"><is><t xml:space="preserve">  </t></is></c>',
        ' t="inlineStr"><is><t></t></is></c>',
        ' t="str"><f>A1</f><v>a &lt; b</v></c>',
        ' t="str"><f>A1</f><v></v></c>',
        ' t="str"><f>A1</f></c>',
        "><f>A1+1</f><v>3</v></c>",
        '><f t="shared" si="0"/><v>3</v></c>',
        "><f>A1+1</f></c>",
        "><f>A1+1</f><v/></c>",
        ' cm="1"><f t="array" ref="A1">A1</f><v>3</v></c>',
        ' t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    )
    rows = []
    for number_ in sorted(choice.sample(range(1, 60), choice.randrange(8))):
        columns = sorted(choice.sample(range(26), choice.randrange(6)))
        cells = (f'<c r="{chr(65 + column)}{number_}"{choice.choice(bodies)}' for column in columns)
        more = choice.choice(["", ' spans="1:9"', ' hidden="1"', ' ht="0" customHeight="1"', ' hidden="0"'])
        body = "".join(cells)
        empty = "/>" if choice.random() < 0.5 else "></row>"
        rows.append(f'<row r="{number_}"{more}' + (f">{body}</row>" if body else empty))
    before = choice.choice(
        ["", '<cols><col min="2" max="4" hidden="1"/><col min="4" max="5" width="0"/></cols>']
    )
    after = choice.choice(["", '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'])
    return sheet("".join(rows), before=before, after=after)


@pytest.mark.parametrize("seed", range(150))
def test_bulk_and_general_scan_agree(tmp_path: Path, seed: int) -> None:
    text = random_sheet(random.Random(seed))
    lengths = [5, -1, -4]
    plain = scan_plain_sheet("S", text.encode(), lengths, Places())
    general = SheetScan("S", lengths)
    general.scan(text.encode())
    assert plain is not None
    assert plain.bottom >= general.facts.bottom
    assert plain.right >= general.facts.right
    general.facts.bottom, general.facts.right = plain.bottom, plain.right
    assert plain == general.facts
    path = tmp_path / "so.xlsx"
    table = '<?xml version="1.0"?><sst><si><t>chữ số</t></si><si><t/></si><si><t>   </t></si></sst>'
    path.write_bytes(book(text, replace={"xl/sharedStrings.xml": table}))
    assert found(open_received(path, "so.xlsx")) == []


@pytest.mark.parametrize(
    "rows",
    [
        "\n" + BASIC,
        row(1, number("A1", 1)) + row(1, number("B1", 1)),
        row(2, number("A2", 1)) + row(1, number("B1", 1)),
        row(1, number("A1", 1), number("A2", 1)) + row(2, number("B2", 1)),
        row(1, number("A1", 1), number("A2", 1)) + row(3, number("A3", 1)),
        row(1, number("A1", 1), number("A2", 1)),
        row(1) + number("A1", 1),
        '<row r="1"/>' + number("A1", 1),
        number("A1", 1),
        row(1, number("B1", 1), number("A1", 1)),
        row(1, number("XFE1", 1)),
        row(1, number("A1", 1), number("XFE1", 1)),
        row(1_048_577, number("A1048577", 1)),
        row(1_048_577),
        row(1, number("A1", "1e999")),
        row(1, number("A1", "x")),
        row(1, '<c r="A1" t="s"><v>3</v></c>'),
        row(1, '<c t="s" r="A1"><v>0</v></c>'),
        row(1, '<c r="A1"><v>1</v><extLst/></c>'),
        row(1, '<c r="A1" t="b"><v>true</v></c>'),
        row(1, "<v>1</v>", number("A1", 1)),
        row(1, number("A1", 1)) + "<sheetData/>",
    ],
)
def test_bulk_scan_vouches_for_nothing_odd(rows: str) -> None:
    assert scan_plain_sheet("S", sheet(rows).encode(), [5, 5], Places()) is None


def test_usual_workbooks_are_taken_in_bulk(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with_xlsxwriter(path)
    package = Package(path.read_bytes())
    table = package.read("xl/sharedstrings.xml")
    assert table is not None
    lengths = string_lengths(table)
    for name in sorted(name for name in package.names if name.startswith("xl/worksheets/sheet")):
        data = package.read(name)
        assert data is not None
        assert scan_plain_sheet(name, data, lengths, Places()) is not None


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<si><t>abc</t></si><si><t></t></si>", [3, -1]),
        ("<si><t/></si><si/><si><t>a</t></si>", [-1, -1, 1]),
        ('<si><t xml:space="preserve">  </t></si>', [-3]),
        ("<si><r><rPr><b/></rPr><t>ab</t></r><r><t>c</t></r></si><si><t>d</t></si>", [3, 1]),
        ("<si><t>ab</t><rPh sb='0' eb='1'><t>đọc</t></rPh></si>", [2]),
        ("<!-- --><si><t>abc</t></si>", [3]),
        ("<si><t>&#32;</t></si>", [-2]),
    ],
)
def test_string_lengths(items: str, expected: list[int]) -> None:
    assert string_lengths(f'<?xml version="1.0"?><sst uniqueCount="2">{items}</sst>'.encode()) == expected
