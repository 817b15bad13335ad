"""What an honest workbook gives: values as stored, and the facts readers of values hide."""

from datetime import date
from pathlib import Path

import pytest

from tdkt_xl.tables.grid import Range, SheetState

from .vectors import (
    BASIC,
    LINKS,
    MAIN,
    SHEET,
    STRICT_LINKS,
    STRICT_MAIN,
    STRINGS,
    WORKBOOK,
    book,
    found,
    grids,
    links,
    number,
    opened,
    parts,
    row,
    sheet,
    strings,
    workbook,
    zipped,
)

PHONETIC = '<si><r><t>Nguyễn</t></r><r><t xml:space="preserve"> Văn A</t></r><rPh><t>đọc</t></rPh></si>'


def test_digest_name_and_values(tmp_path: Path) -> None:
    outcome = opened(tmp_path, book())
    assert outcome.value is not None
    assert (outcome.value.name, len(outcome.value.sha256)) == ("bai-nop.xlsx", 64)
    (grid,) = grids(outcome)
    assert (grid.file, grid.sheet, grid.rows) == ("bai-nop.xlsx", "Sheet1", (("xin chào", 42.0),))


def test_first_row_and_column_are_excels(tmp_path: Path) -> None:
    (grid,) = grids(opened(tmp_path, book(sheet(row(3, number("C3", 7))))))
    assert grid.value(3, 3) == 7.0
    assert grid.rows[:2] == ((None, None, None), (None, None, None))


def test_formula_without_stored_value(tmp_path: Path) -> None:
    cells = (
        number("A1", 10),
        '<c r="B1"><f>A1*2</f></c>',
        '<c r="C1"><f>A1*2</f><v></v></c>',
        '<c r="D1"><f>A1*2</f><v/></c>',
        '<c r="E1"><f>A1*2</f><v>20</v></c>',
        '<c r="F1" t="str"><f>""</f><v></v></c>',
        '<c r="G1"><f t="shared" si="0"/><v>3</v></c>',
        '<c r="H1" t="str"><f>"a"&amp;"b"</f><v>a &amp; b</v></c>',
    )
    (grid,) = grids(opened(tmp_path, book(sheet(row(1, *cells)))))
    assert grid.formulas == {(1, column) for column in range(2, 9)}
    assert grid.uncached == {(1, 2), (1, 3), (1, 4)}
    assert grid.rows == ((10.0, None, None, None, 20.0, None, 3.0, "a & b"),)


def test_error_cells(tmp_path: Path) -> None:
    errors = [
        "#REF!",
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
    ]
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="e"><f>1/0</f><v>{error}</v></c><c r="B{n}"><v>1</v></c></row>'
        for n, error in enumerate(errors, 1)
    )
    (grid,) = grids(opened(tmp_path, book(sheet(rows))))
    assert grid.errors == {(n, 1): error for n, error in enumerate(errors, 1)}
    assert grid.rows == ((None, 1.0),) * len(errors)
    assert not grid.uncached


def test_text_that_looks_like_a_new_error_is_kept(tmp_path: Path) -> None:
    rows = row(1, '<c r="A1" t="str"><f>"x"</f><v>#SPILL!</v></c>', '<c r="B1" t="e"><v>#SPILL!</v></c>')
    (grid,) = grids(opened(tmp_path, book(sheet(rows))))
    assert grid.rows[0][0] == "#SPILL!"
    assert grid.errors == {(1, 2): "#SPILL!"}


def test_hidden_rows_columns_and_merges(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="4" spans="1:2" ht="0" customHeight="1"/><row r="5" hidden="0"><c r="A5" s="3"/></row>'
    )
    columns = '<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0"/></cols>'
    merges = '<mergeCells count="2"><mergeCell ref="A7:B9"/><mergeCell ref="C1:C2"/></mergeCells>'
    (grid,) = grids(opened(tmp_path, book(sheet(rows, before=columns, after=merges))))
    assert grid.hidden_rows == {2, 4}
    assert grid.hidden_columns == {2, 3, 5}
    assert grid.merges == (Range(7, 1, 9, 2), Range(1, 3, 2, 3))


def test_hidden_sheets(tmp_path: Path) -> None:
    names = ("Hiện", "Ẩn", "Rất ẩn")
    text = workbook(*names, states={"Ẩn": "hidden", "Rất ẩn": "veryHidden"})
    read = grids(opened(tmp_path, book(*[sheet(BASIC)] * 3, replace={WORKBOOK: text})))
    assert [(grid.sheet, grid.state) for grid in read] == [
        ("Hiện", SheetState.VISIBLE),
        ("Ẩn", SheetState.HIDDEN),
        ("Rất ẩn", SheetState.VERY_HIDDEN),
    ]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("chartsheet", []),
        ("dialogsheet", ["trang hộp thoại"]),
        ("xlMacrosheet", ["trang macro Excel 4.0"]),
    ],
)
def test_sheets_that_are_not_worksheets_are_left_out(tmp_path: Path, kind: str, said: list[str]) -> None:
    others = links(2).replace('/worksheet" Target="worksheets/sheet2', f'/{kind}" Target="{kind}s/sheet1')
    data = book(sheet(BASIC), sheet(BASIC), replace={"xl/_rels/workbook.xml.rels": others})
    outcome = opened(tmp_path, data)
    assert [finding.params["content"] for finding in outcome.findings] == said
    assert outcome.value is not None
    assert [grid.sheet for grid in outcome.value.grids] == ["Sheet1"]


def test_strict_ooxml(tmp_path: Path) -> None:
    content = {
        name: data.decode().replace(MAIN, STRICT_MAIN).replace(LINKS, STRICT_LINKS).encode()
        for name, data in parts(
            sheet(BASIC.replace("</row>", '<c r="C1" t="d"><v>2020-06-18</v></c></row>'))
        ).items()
    }
    (grid,) = grids(opened(tmp_path, zipped(content)))
    assert grid.rows == (("xin chào", 42.0, date(2020, 6, 18)),)


def test_texts_as_stored(tmp_path: Path) -> None:
    texts = ("", "NA", "=1+1", "9５", "a&amp;b", "Nguyễn", "x\u00a0y")
    cells = [f'<c r="{column}1" t="s"><v>{index}</v></c>' for index, column in enumerate("ABCDEFG")]
    inline = '<c r="H1" t="inlineStr"><is><t xml:space="preserve"> 00123 </t></is></c>'
    table = strings(*texts).replace("</sst>", f"{PHONETIC}</sst>")
    data = book(sheet(row(1, *cells, inline, '<c r="I1" t="s"><v>7</v></c>')), replace={STRINGS: table})
    (grid,) = grids(opened(tmp_path, data))
    assert grid.rows[0] == (None, "NA", "=1+1", "9５", "a&b", "Nguyễn", "x\u00a0y", " 00123 ", "Nguyễn Văn A")


def test_blank_texts_are_no_disagreement(tmp_path: Path) -> None:
    cells = (
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="B1" t="s"><v>1</v></c>',
        '<c r="C1" t="inlineStr"><is><t>  </t></is></c>',
        '<c r="D1" t="inlineStr"><is><t/></is></c>',
        '<c r="E1" t="str"><f>" "</f><v> </v></c>',
        number("F1", 1),
    )
    data = book(sheet(row(1, *cells)), replace={STRINGS: strings("", "   ")})
    (grid,) = grids(opened(tmp_path, data))
    assert grid.rows[0][5] == 1.0


def test_cells_and_rows_without_references(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    (grid,) = grids(opened(tmp_path, book(sheet(rows))))
    assert grid.rows == ((1.0, 2.0), (3.0, None))


def test_prefixed_and_indented_sheet(tmp_path: Path) -> None:
    text = (
        f'<?xml version="1.0"?>\n<!-- made by hand -->\n<x:worksheet xmlns:x="{MAIN}">\n <x:cols>'
        '<x:col min="2" max="2" hidden="true"/></x:cols>\n <x:sheetData>\n  <x:row r="1" hidden="true">\n'
        '   <x:c r="A1" t="s">\n    <x:v>0</x:v>\n   </x:c>\n   <x:c r="B1">\n <x:f>1+1</x:f> </x:c>\n'
        '  </x:row>\n </x:sheetData>\n <x:mergeCells><x:mergeCell ref="A2:B2"/></x:mergeCells></x:worksheet>'
    )
    (grid,) = grids(opened(tmp_path, book(text)))
    assert grid.rows == (("xin chào",),)
    assert (set(grid.hidden_rows), set(grid.hidden_columns), set(grid.uncached)) == ({1}, {2}, {(1, 2)})
    assert grid.merges == (Range(2, 1, 2, 2),)


def test_rows_of_drawings_are_not_rows(tmp_path: Path) -> None:
    after = (
        '<controls xmlns:xdr="d"><xdr:from><xdr:col>1</xdr:col><xdr:row>3</xdr:row></xdr:from>'
        '</controls><extLst><x:rule xmlns:x="x" xmlns:xm="m"><xm:f>A1</xm:f></x:rule></extLst>'
    )
    for comment in ("", "<!-- a comment sends it to the general scan -->"):
        (grid,) = grids(opened(tmp_path, book(sheet(BASIC, before=comment, after=after))))
        assert (grid.rows, grid.formulas) == ((("xin chào", 42.0),), frozenset())


def test_backslashes_absolute_targets_and_other_names(tmp_path: Path) -> None:
    backslashes = {name.replace("/", "\\"): data for name, data in parts().items()}
    absolute = links(1).replace('Target="', 'Target="/xl/')
    renamed = {
        name.replace("workbook.xml", "workbook2.xml").replace("sharedStrings", "chuoi"): data.replace(
            b"xl/workbook.xml", b"xl/workbook2.xml"
        ).replace(b"sharedStrings.xml", b"chuoi.xml")
        for name, data in parts().items()
    }
    for data in (
        zipped(backslashes),
        book(replace={"xl/_rels/workbook.xml.rels": absolute}),
        zipped(renamed),
    ):
        (grid,) = grids(opened(tmp_path, data))
        assert grid.rows == (("xin chào", 42.0),)


def test_wide_sheet_and_trailing_styles(tmp_path: Path) -> None:
    far = '<row r="200000"><c r="XFD200000" s="1"/></row>'
    (grid,) = grids(opened(tmp_path, book(sheet(BASIC + far))))
    assert grid.height == 1
    (grid,) = grids(opened(tmp_path, book(sheet(row(1, number("A1", 1), number("XFD1", 2))))))
    assert grid.value(1, 16_384) == 2.0


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/macrosheets/sheet1.xml", "trang macro Excel 4.0"),
        ("xl/externalLinks/externalLink1.xml", "liên kết tới sổ khác"),
        ("xl/connections.xml", "kết nối dữ liệu ngoài"),
        ("xl/embeddings/oleObject1.bin", "tệp nhúng"),
        ("xl/activeX/activeX1.bin", "điều khiển ActiveX"),
        ("customUI/customUI14.xml", "nút lệnh riêng"),
    ],
)
def test_active_content_is_named_and_left_alone(tmp_path: Path, part: str, said: str) -> None:
    outcome = opened(tmp_path, book(replace={part: "<!DOCTYPE not-even-parsed>"}), "bai-nop.xlsm")
    assert found(outcome) == [("", "KT-108")]
    assert outcome.findings[0].params == {"content": said}
    assert outcome.value is not None
    assert outcome.value.grids[0].rows == (("xin chào", 42.0),)


def test_one_warning_names_all_active_content(tmp_path: Path) -> None:
    more = {"xl/vbaProject.bin": "x", "xl/externalLinks/a.xml": "x", "xl/externalLinks/b.xml": "x"}
    outcome = opened(tmp_path, book(replace=more))
    assert [finding.params for finding in outcome.findings] == [{"content": "macro, liên kết tới sổ khác"}]


def test_missing_strings_and_styles(tmp_path: Path) -> None:
    content = parts(sheet(row(1, number("A1", 5))))
    del content[STRINGS]
    (grid,) = grids(opened(tmp_path, zipped(content)))
    assert grid.rows == ((5.0,),)
    assert SHEET in content
