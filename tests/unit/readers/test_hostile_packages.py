"""Files that make readers hang, lie or abort the process: the gate stops them, the test is still alive."""

import zipfile
from pathlib import Path

import pytest

from .vectors import (
    BASIC,
    BOMB,
    MAIN,
    SHEET,
    STRINGS,
    WORKBOOK,
    book,
    found,
    links,
    number,
    opened,
    parts,
    raw_zip,
    row,
    sheet,
    strings,
    workbook,
    zipped,
)

UNSAFE, BROKEN, PASSWORD, NOT_A_BOOK = "KT-107", "KT-101", "KT-102", "KT-103"
FAR = sheet(row(1, number("A1", 1)) + row(1_048_576, number("XFD1048576", 2)))
FLAT = sheet(BASIC + " " * 30_000_000)
SHARED = '<row r="1"><c r="A1" t="s"><v>{}</v></c></row>'
MANY = " ".join(f'a{n}="1"' for n in range(99))
MERGES = "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 50_003)) + "</mergeCells>"
UTF_16 = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE s [<!ENTITY a "b">]><sst xmlns="{MAIN}"/>'
LONG = "A" * 32_767

HOSTILE: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "two far cells": (book(FAR), [("XFD1048576", UNSAFE)]),
    "two far cells, foreign prefix": (
        book(
            f'<worksheet xmlns="{MAIN}" xmlns:q="{MAIN}"><sheetData>'
            '<row r="1"><q:zz/><c r="A1"><v>1</v></c></row>'
            '<q:row r="1048576"><q:c r="XFD1048576"><q:v>1</q:v></q:c></q:row></sheetData></worksheet>'
        ),
        [("XFD1048576", UNSAFE)],
    ),
    "reference hidden behind a prefixed one": (
        book(
            f'<worksheet xmlns="{MAIN}" xmlns:q="q"><sheetData><row r="1"><c r="A1"><v>1</v></c>'
            '<c r="XFD1048576" q:r="B1"><v>1</v></c></row></sheetData></worksheet>'
        ),
        [("A1", BROKEN)],
    ),
    "row beyond any sheet": (book(sheet(BASIC + row(99_999_999_999))), [("B1", BROKEN)]),
    "column beyond any sheet": (book(sheet(row(1, number("ZZZZ1", 1)))), [("Sheet1", BROKEN)]),
    "declared strings": (book(replace={STRINGS: strings("a", declared=4_294_967_295)}), [("", UNSAFE)]),
    "declared strings, general scan": (
        book(replace={STRINGS: strings("a", declared=4_294_967_295).replace("<si>", "<!-- --><si>")}),
        [("", UNSAFE)],
    ),
    "one string in very many cells": (
        book(
            sheet("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 4_000))),
            replace={STRINGS: strings(LONG)},
        ),
        [("", UNSAFE)],
    ),
    "billion laughs in strings": (
        book(replace={STRINGS: f'{BOMB}<sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'}),
        [("", UNSAFE)],
    ),
    "billion laughs in sheet": (
        book(f'{BOMB}<worksheet xmlns="{MAIN}"><sheetData><row r="1"/></sheetData></worksheet>'),
        [("", UNSAFE)],
    ),
    "entity in workbook": (
        book(
            replace={
                WORKBOOK: workbook("&a;").replace("<workbook", '<!DOCTYPE w [<!ENTITY a "b">]><workbook')
            }
        ),
        [("", UNSAFE)],
    ),
    "external DTD in styles": (
        book(
            replace={"xl/styles.xml": f'<!DOCTYPE s SYSTEM "http://127.0.0.1/x"><styleSheet xmlns="{MAIN}"/>'}
        ),
        [("", UNSAFE)],
    ),
    "DTD in UTF-16": (
        book(replace={STRINGS: UTF_16.encode("utf-16")}),
        [("", UNSAFE)],
    ),
    "one tag of megabytes": (
        book(f'<worksheet xmlns="{MAIN}" a="{"x" * 900_000}" b="{"y" * 900_000}"><sheetData/></worksheet>'),
        [("", UNSAFE)],
    ),
    "deep nesting in workbook": (
        book(replace={WORKBOOK: workbook("Sheet1", more="<x>" * 100 + "</x>" * 100)}),
        [("", UNSAFE)],
    ),
    "very many attributes": (
        book(replace={WORKBOOK: workbook("S").replace("<sheets", f"<x {MANY}/><sheets")}),
        [("", UNSAFE)],
    ),
    "too many sheets": (book(replace={WORKBOOK: workbook(*(f"S{n}" for n in range(300)))}), [("", UNSAFE)]),
    "sheets sharing a part": (
        book(
            replace={
                WORKBOOK: workbook("A", "B"),
                "xl/_rels/workbook.xml.rels": links(2).replace("sheet2", "sheet1"),
            }
        ),
        [("", UNSAFE)],
    ),
    "too many names": (
        book(replace={WORKBOOK: workbook("Sheet1", more='<definedName name="n">A1</definedName>' * 20_001)}),
        [("", UNSAFE)],
    ),
    "too many merges": (
        book(sheet(BASIC, after=MERGES)),
        [("Sheet1", UNSAFE)],
    ),
    "merge over the whole sheet": (
        book(sheet(BASIC, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
        [("Sheet1", UNSAFE)],
    ),
    "link over the whole sheet": (
        book(sheet(BASIC, after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>')),
        [("Sheet1", UNSAFE)],
    ),
    "inflates a hundredfold and more": (book(FLAT), [("", UNSAFE)]),
    "declares less than it holds": (
        raw_zip(parts().items(), sizes={SHEET: 50}),
        [("", UNSAFE)],
    ),
    "declares more than it holds": (raw_zip(parts().items(), sizes={SHEET: 5_000}), [("", BROKEN)]),
    "declares gigabytes": (raw_zip(parts().items(), sizes={SHEET: 2**31}), [("", UNSAFE)]),
    "overlapping members": (
        raw_zip(parts().items(), again=[("xl/worksheets/sheet2.xml", SHEET)]),
        [("", UNSAFE)],
    ),
    "member twice": (raw_zip([*parts().items(), (SHEET, b"<x/>")]), [("", UNSAFE)]),
    "member twice but for case": (raw_zip([*parts().items(), (SHEET.upper(), b"<x/>")]), [("", UNSAFE)]),
    "member twice but for slashes": (
        raw_zip([*parts().items(), (SHEET.replace("/", "\\"), b"<x/>")]),
        [("", UNSAFE)],
    ),
    "member outside": (book(replace={"xl/../../evil.xml": "<x/>"}), [("", UNSAFE)]),
    "member with a drive": (book(replace={"C:\\evil.xml": "<x/>"}), [("", UNSAFE)]),
    "too many members": (book(replace={f"xl/media/{n}.png": b"" for n in range(2_001)}), [("", UNSAFE)]),
    "password of the ZIP": (raw_zip(parts().items(), flags=1), [("", PASSWORD)]),
    "other compression": (zipped(parts(), zipfile.ZIP_BZIP2), [("", BROKEN)]),
    "second directory in the comment": (book()[:-2] + b"\x04\x00PK\5\6", [("", BROKEN)]),
    "bytes after the end": (book() + b"\0" * 30, [("", BROKEN)]),
    "cut in half": (book()[: len(book()) // 2], [("", BROKEN)]),
    "last bytes missing": (book()[:-10], [("", BROKEN)]),
    "program before the package": (b"MZ\x90\x00" + b"\0" * 60 + book(), [("", NOT_A_BOOK)]),
    "zip of something else": (zipped({"a.txt": b"a"}), [("", NOT_A_BOOK)]),
    "Word document": (
        zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}),
        [("", NOT_A_BOOK)],
    ),
}


@pytest.mark.parametrize("vector", HOSTILE.values(), ids=HOSTILE.keys())
def test_is_refused(tmp_path: Path, vector: tuple[bytes, list[tuple[str, str]]]) -> None:
    data, expected = vector
    outcome = opened(tmp_path, data)
    assert outcome.value is None
    assert found(outcome) == expected


BROKEN_SHEETS: dict[str, tuple[str, str]] = {
    "cell twice": (row(1, number("A1", 1), number("A1", 999)), "A1"),
    "cells out of order": (row(1, number("C1", 3), number("A1", 1)), "C1"),
    "rows out of order": (row(3, number("A3", 3)) + row(1, number("A1", 1)), "A3"),
    "cell of another row": (row(1, number("A5", 5)), "Sheet1"),
    "row zero": ('<row r="0"/>', "Sheet1"),
    "string index too large": (SHARED.format(1), "A1"),
    "string index negative": (SHARED.format(-1), "A1"),
    "string index with sign": (SHARED.format("+0"), "A1"),
    "infinite number": (row(1, number("A1", "1e400")), "A1"),
    "not a number": (row(1, number("A1", "NaN")), "A1"),
    "decimal comma in a number": (row(1, number("A1", "1,5")), "A1"),
    "underscore in a number": (row(1, number("A1", "1_000")), "A1"),
    "space in a number": (row(1, number("A1", " 5 ")), "A1"),
    "truth value in words": ('<row r="1"><c r="A1" t="b"><v>false</v></c></row>', "A1"),
    "unknown type": ('<row r="1"><c r="A1" t="zzz"><v>5</v></c></row>', "A1"),
    "two values": ('<row r="1"><c r="A1"><v>5</v><v>6</v></c></row>', "A1"),
    "cell in a cell": ('<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>', "A1"),
    "comment in a number": ('<row r="1"><c r="A1"><v>1<!--x-->00</v></c></row>', "A1"),
    "CDATA in a number": ('<row r="1"><c r="A1"><v><![CDATA[100]]></v></c></row>', "A1"),
    "instruction in a text": ('<row r="1"><c r="A1" t="inlineStr"><is><t>a<?b?>c</t></is></c></row>', "A1"),
    "entity in a number": (row(1, number("A1", "1&#48;")), "Sheet1"),
    "value outside any cell": ('<row r="1"><v>5</v><c r="A1"><zz/></c></row>', "Sheet1"),
}


@pytest.mark.parametrize("case", BROKEN_SHEETS.values(), ids=BROKEN_SHEETS.keys())
def test_contradictory_sheet_is_refused_where_it_is(tmp_path: Path, case: tuple[str, str]) -> None:
    rows, cell = case
    outcome = opened(tmp_path, book(sheet(rows)))
    assert outcome.value is None
    assert [
        (place.replace("Sheet1", cell) if cell == "A3" else place, code) for place, code in found(outcome)
    ] == [(cell, BROKEN)]


BROKEN_PACKAGES: dict[str, tuple[bytes, str]] = {
    "no sheets": (book(replace={WORKBOOK: workbook()}), ""),
    "sheet part missing": (zipped({k: v for k, v in parts().items() if k != SHEET}), "Sheet1"),
    "sheet part outside": (
        book(replace={"xl/_rels/workbook.xml.rels": links(1).replace("worksheets/", "../../../etc/")}),
        "Sheet1",
    ),
    "sheet part on the network": (
        book(
            replace={
                "xl/_rels/workbook.xml.rels": links(1)
                .replace("worksheet1.xml", "x")
                .replace('Target="work', 'TargetMode="External" Target="http://127.0.0.1/')
            }
        ),
        "Sheet1",
    ),
    "two sheets of one name": (book(sheet(BASIC), sheet(BASIC), names=("Tổng hợp", "TỔNG HỢP")), ""),
    "only a chart sheet": (
        book(replace={"xl/_rels/workbook.xml.rels": links(1).replace("/worksheet", "/chartsheet")}),
        "",
    ),
    "sheet cut off": (book(sheet(BASIC)[:-20]), ""),
    "invalid UTF-8": (book(replace={STRINGS: strings("a").encode().replace(b"<t>a", b"<t>\xff")}), ""),
    "UTF-16": (book(replace={STRINGS: strings("a").replace("UTF-8", "UTF-16").encode("utf-16")}), ""),
    "other encoding": (book(replace={STRINGS: strings("a").replace("UTF-8", "windows-1258")}), ""),
    "unknown encoding": (book(replace={STRINGS: strings("a").replace("UTF-8", "UTF-99")}), ""),
}


@pytest.mark.parametrize("case", BROKEN_PACKAGES.values(), ids=BROKEN_PACKAGES.keys())
def test_broken_package_is_refused(tmp_path: Path, case: tuple[bytes, str]) -> None:
    data, place = case
    outcome = opened(tmp_path, data)
    assert outcome.value is None
    assert found(outcome) == [(place, BROKEN)]


def test_wrong_checksum_is_refused(tmp_path: Path) -> None:
    data = zipped(parts(), zipfile.ZIP_STORED).replace(b"<v>42</v>", b"<v>99</v>")
    assert found(opened(tmp_path, data)) == [("", BROKEN)]


@pytest.mark.parametrize("size", range(0, 1200, 37))
def test_every_cut_is_refused(tmp_path: Path, size: int) -> None:
    outcome = opened(tmp_path, book()[:size])
    assert outcome.value is None
    assert len(outcome.findings) == 1
