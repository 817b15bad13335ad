"""Small files that ask for rows, columns, merges or names without end, or contradict themselves (1.3)."""

import zipfile
from collections.abc import Iterable

from tests.faults.vectors.vector import BROKEN, MEBIBYTE, STYLES, UNSAFE, Vector
from tests.unit.readers.vectors import (
    BASIC,
    MAIN,
    SHEET,
    STRINGS,
    WORKBOOK,
    book,
    links,
    number,
    parts,
    row,
    sheet,
    strings,
    workbook,
    zipped,
)

_RELS = "xl/_rels/workbook.xml.rels"
_HONEST = {"A1": "xin chào", "B1": 42.0}
_LONGEST = "A" * 32_767
_SHARED = '<row r="1"><c r="A1" t="s"><v>{}</v></c></row>'


def _sheet_with(*rows: str, before: str = "", after: str = "") -> bytes:
    return book(sheet("".join(rows), before=before, after=after))


def _far(cell: str, number_of_row: int) -> bytes:
    return _sheet_with(row(1, number("A1", 1)), row(number_of_row, number(cell, 2)))


def _strings_in(count: int, text: str) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, count + 1))
    return book(sheet(rows), replace={STRINGS: strings(text)})


def _styles_with(group: str, records: Iterable[str]) -> bytes:
    text = "".join(records)
    start, end = STYLES.split(f"<{group} ", 1)
    head, rest = end.split(">", 1)
    return book(replace={"xl/styles.xml": f"{start}<{group} {head}>{text}{rest}"})


def _styled_cells(rows: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(row(n, *(f'<c r="{letter}{n}" s="1"/>' for letter in letters)) for n in range(2, rows + 2))


def _shared_formula(rows: int) -> str:
    first = f'<row r="1"><c r="A1"><f t="shared" ref="A1:A{rows}" si="0">{"B1+" * 500}1</f><v>1</v></c></row>'
    return first + "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>1</v></c></row>' for n in range(2, rows + 1)
    )


def _foreign_prefix() -> bytes:
    return book(
        f'<worksheet xmlns="{MAIN}" xmlns:q="{MAIN}"><sheetData>'
        '<row r="1"><q:zz/><c r="A1"><v>1</v></c></row>'
        '<q:row r="1048576"><q:c r="XFD1048576"><q:v>1</q:v></q:c></q:row></sheetData></worksheet>'
    )


def _prefixed_reference() -> bytes:
    return book(
        f'<worksheet xmlns="{MAIN}" xmlns:q="q"><sheetData><row r="1"><c r="A1"><v>1</v></c>'
        '<c r="XFD1048576" q:r="B1"><v>1</v></c></row></sheetData></worksheet>'
    )


def _dimension(area: str, rows: str = BASIC) -> bytes:
    return _sheet_with(rows, before=f'<dimension ref="{area}"/>')


def _ten_rows() -> str:
    return "".join(row(n, *(number(f"{column}{n}", n) for column in "ABCD")) for n in range(1, 11))


def _widths() -> bytes:
    widths = '<col min="1" max="16384" width="9"/>' * 20_000
    return _sheet_with(BASIC, before=f"<cols>{widths}</cols>")


def _conditions() -> bytes:
    areas = " ".join(f"A{n}:XFD{n}" for n in range(1, 40_000))
    rule = '<cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
    return _sheet_with(BASIC, after=f'<conditionalFormatting sqref="{areas}">{rule}</conditionalFormatting>')


def _long_formula() -> bytes:
    """Stored as it is: compressed, its ratio would already be refused."""
    formula = f"{'(' * 3_000_000}1{')' * 3_000_000}"
    rows = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    return zipped(parts(sheet(rows)), zipfile.ZIP_STORED)


def _merges(count: int) -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, count + 2))
    return _sheet_with(BASIC, after=f"<mergeCells>{ranges}</mergeCells>")


def _names(count: int) -> bytes:
    names = "".join(f'<definedName name="n{n}">A1</definedName>' for n in range(count))
    return book(replace={WORKBOOK: workbook("Sheet1", more=f"<definedNames>{names}</definedNames>")})


def _without(part: str) -> bytes:
    return zipped({name: content for name, content in parts().items() if name != part})


def _target(text: str) -> bytes:
    return book(replace={_RELS: links(1).replace('Target="worksheets/sheet1.xml"', text)})


GEOMETRY = (
    Vector(
        "c01 dimension of a whole sheet, no cell", lambda: _dimension("A1:XFD1048576", ""), reads={"cells": 0}
    ),
    Vector("c02 dimension of a whole sheet, two cells", lambda: _dimension("A1:XFD1048576"), reads=_HONEST),
    Vector(
        "c03 first and last cell of a sheet", lambda: _far("XFD1048576", 1_048_576), f"XFD1048576 {UNSAFE}"
    ),
    Vector("two far cells, a foreign prefix", _foreign_prefix, f"XFD1048576 {UNSAFE}"),
    Vector("reference hidden behind a prefixed one", _prefixed_reference, f"A1 {BROKEN}"),
    Vector(
        "c04 first and last row",
        lambda: _far("A1048576", 1_048_576),
        reads={"A1": 1.0, "A1048576": 2.0, "cells": 2},
        memory=512 * MEBIBYTE,
    ),
    Vector(
        "c05 first and last column",
        lambda: _sheet_with(row(1, number("A1", 1), number("XFD1", 2))),
        reads={"A1": 1.0, "XFD1": 2.0},
    ),
    Vector("c06 rectangle of 100 million cells", lambda: _far("GJH20000", 20_000), f"GJH20000 {UNSAFE}"),
    Vector(
        "c07 a million empty rows with a style",
        lambda: _sheet_with(
            BASIC, "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_048_577))
        ),
        reads=_HONEST,
        memory=640 * MEBIBYTE,
        seconds=12,
    ),
    Vector(
        "c08 a million empty cells with a style",
        lambda: _sheet_with(BASIC, _styled_cells(38_000)),
        reads={**_HONEST, "cells": 2},
        memory=640 * MEBIBYTE,
        seconds=12,
    ),
    Vector("c09 row beyond any sheet", lambda: _sheet_with(BASIC, row(99_999_999_999)), f"B1 {BROKEN}"),
    Vector(
        "c10 column beyond any sheet", lambda: _sheet_with(row(1, number("ZZZZ1", 1))), f"Sheet1 {BROKEN}"
    ),
    Vector("c11 row zero", lambda: _sheet_with('<row r="0"/>'), f"Sheet1 {BROKEN}"),
    Vector(
        "c11 negative row",
        lambda: _sheet_with('<row r="-1"><c r="A-1"><v>8</v></c></row>'),
        f"Sheet1 {BROKEN}",
    ),
    Vector("c12 cell twice", lambda: _sheet_with(row(1, number("A1", 1), number("A1", 999))), f"A1 {BROKEN}"),
    Vector(
        "c13 rows out of order",
        lambda: _sheet_with(row(3, number("A3", 3)), row(1, number("A1", 1)), row(2, number("A2", 2))),
        f"Sheet1 {BROKEN}",
    ),
    Vector(
        "c14 cells and rows without references",
        lambda: _sheet_with("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
        reads={"A1": 1.0, "B1": 2.0, "A2": 3.0},
    ),
    Vector(
        "c15 cells out of order",
        lambda: _sheet_with(row(1, number("C1", 3), number("A1", 1), number("B1", 2))),
        f"C1 {BROKEN}",
    ),
    Vector("c16 cell of another row", lambda: _sheet_with(row(1, number("A5", 5))), f"Sheet1 {BROKEN}"),
    Vector(
        "c17 a million cell formats",
        lambda: _styles_with("cellXfs", ['<xf numFmtId="0" fontId="0"/>' * 1_000_000]),
        UNSAFE,
    ),
    Vector(
        "c18 500,000 number formats",
        lambda: _styles_with(
            "numFmts", (f'<numFmt numFmtId="{1_000 + n}" formatCode="0.{n}"/>' for n in range(500_000))
        ),
        UNSAFE,
    ),
    Vector(
        "c19 one text of megabytes in many cells", lambda: _strings_in(10_000, "A" * (8 * MEBIBYTE)), UNSAFE
    ),
    Vector("c20 the longest text in very many cells", lambda: _strings_in(200_000, _LONGEST), UNSAFE),
    Vector("the longest text in 4,000 cells", lambda: _strings_in(4_000, _LONGEST), UNSAFE),
    Vector(
        "c21 declares four billion strings",
        lambda: book(replace={STRINGS: strings("a", declared=4_294_967_295)}),
        UNSAFE,
    ),
    Vector(
        "declares four billion strings, a comment beside",
        lambda: book(replace={STRINGS: strings("a", declared=4_294_967_295).replace("<si>", "<!-- --><si>")}),
        UNSAFE,
    ),
    Vector("c22 index of a string too large", lambda: _sheet_with(_SHARED.format(99)), f"A1 {BROKEN}"),
    Vector("c23 index of a string negative", lambda: _sheet_with(_SHARED.format(-1)), f"A1 {BROKEN}"),
    Vector("index of a string with a sign", lambda: _sheet_with(_SHARED.format("+0")), f"A1 {BROKEN}"),
    Vector(
        "c24 merge over the whole sheet",
        lambda: _sheet_with(BASIC, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        f"Sheet1 {UNSAFE}",
    ),
    Vector("c25 half a million merges", lambda: _merges(500_000), f"Sheet1 {UNSAFE}"),
    Vector("one merge too many", lambda: _merges(50_001), f"Sheet1 {UNSAFE}"),
    Vector(
        "c26 link over the whole sheet",
        lambda: _sheet_with(
            BASIC, after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
        ),
        f"Sheet1 {UNSAFE}",
    ),
    Vector(
        "c27 array formula over the whole sheet",
        lambda: _sheet_with(
            '<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1+1</f><v>2</v></c></row>'
        ),
        reads={"A1": 2.0, "formulas": ["A1"]},
    ),
    Vector(
        "c28 formula shared by 100,000 cells",
        lambda: _sheet_with(_shared_formula(100_000)),
        reads={"A1": 1.0, "cells": 100_000},
        memory=512 * MEBIBYTE,
    ),
    Vector("c29 20,000 widths of all columns", _widths, reads=_HONEST),
    Vector("c30 condition over 40,000 ranges", _conditions, reads=_HONEST),
    Vector(
        "c31 10,000 sheets",
        lambda: zipped(
            dict.fromkeys((f"xl/worksheets/sheet{n}.xml" for n in range(2, 10_001)), b"x") | parts()
        ),
        UNSAFE,
    ),
    Vector(
        "too many sheets", lambda: book(replace={WORKBOOK: workbook(*(f"S{n}" for n in range(300)))}), UNSAFE
    ),
    Vector(
        "sheets sharing a part",
        lambda: book(replace={WORKBOOK: workbook("A", "B"), _RELS: links(2).replace("sheet2", "sheet1")}),
        UNSAFE,
    ),
    Vector("c32 half a million names", lambda: _names(500_000), UNSAFE),
    Vector("c33 workbook without sheets", lambda: book(replace={WORKBOOK: workbook()}), BROKEN),
    Vector("c34 part of a sheet missing", lambda: _without(SHEET), f"Sheet1 {BROKEN}"),
    Vector(
        "c35 part of a sheet outside", lambda: _target('Target="../../../etc/hostname"'), f"Sheet1 {BROKEN}"
    ),
    Vector(
        "c36 part of a sheet on the network",
        lambda: _target('TargetMode="External" Target="http://127.0.0.1/sheet1.xml"'),
        f"Sheet1 {BROKEN}",
    ),
    Vector("c37 no styles", lambda: book(), reads=_HONEST),
    Vector(
        "c38 style that is not there",
        lambda: _sheet_with('<row r="1"><c r="A1" s="9999"><v>5</v></c></row>'),
        reads={"A1": 5.0},
    ),
    Vector("c39 no strings, a cell shows one", lambda: _without(STRINGS), f"A1 {BROKEN}"),
    Vector(
        "c40 dimension smaller than the cells",
        lambda: _dimension("A1:B3", _ten_rows()),
        reads={"cells": 40, "D10": 10.0},
    ),
    Vector("c41 dimension the wrong way round", lambda: _dimension("B9:A1"), reads=_HONEST),
    Vector(
        "c42 formula of six million characters",
        _long_formula,
        reads={"A1": 1.0, "formulas": ["A1"]},
    ),
    Vector(
        "two values in a cell",
        lambda: _sheet_with('<row r="1"><c r="A1"><v>5</v><v>6</v></c></row>'),
        f"A1 {BROKEN}",
    ),
    Vector(
        "cell in a cell",
        lambda: _sheet_with('<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>'),
        f"A1 {BROKEN}",
    ),
    Vector(
        "value outside any cell",
        lambda: _sheet_with('<row r="1"><v>5</v><c r="A1"><zz/></c></row>'),
        f"Sheet1 {BROKEN}",
    ),
    Vector(
        "two sheets of one name",
        lambda: book(sheet(BASIC), sheet(BASIC), names=("Tổng hợp", "TỔNG HỢP")),
        BROKEN,
    ),
    Vector(
        "only a sheet with a chart",
        lambda: book(replace={_RELS: links(1).replace("/worksheet", "/chartsheet")}),
        BROKEN,
    ),
)
