"""Values that readers lose, change or misread in silence (intake, 1.4)."""

from datetime import date, datetime, time

from tests.faults.vectors.vector import BROKEN, STYLES, Vector
from tests.unit.readers.vectors import (
    BASIC,
    LINKS,
    MAIN,
    STRICT_LINKS,
    STRICT_MAIN,
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

_LETTERS = "ABCDEFGHIJ"
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!", "#BOGUS!")
_FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "'=1+1", "＝1+1", "{=1+1}")
_ODD = ("😀", "Nguye\u0302\u0303n", "a\u200bb", "\u202eabc", "x\u00a0y", "\ufeffz")
_NOT_NUMBERS = ("1e400", "-1e400", "NaN", "INF", "Infinity", "0x10", "1,5", "1_000", " 5 ", "٣")
_NO_VALUES = ("NA", "N/A", "null", "None", "nan", "-", "NULL", "n/a")
_RICH = (
    "<si><r><t xml:space='preserve'>Nguyễn </t></r><r><rPr><strike/></rPr>"
    "<t xml:space='preserve'>bị gạch </t></r><r><t>Văn A</t></r>"
    '<rPh sb="0" eb="1"><t>đọc</t></rPh></si>'
)


def _texts(*texts: str) -> tuple[bytes, dict[str, object]]:
    """A row of texts, and what must be read."""
    places = [f"{letter}1" for letter in _LETTERS[: len(texts)]]
    cells = [f'<c r="{place}" t="s"><v>{at}</v></c>' for at, place in enumerate(places)]
    data = book(sheet(row(1, *cells)), replace={STRINGS: strings(*texts)})
    return data, dict(zip(places, texts, strict=True))


def _typed(kind: str, value: str) -> bytes:
    return book(sheet(f'<row r="1"><c r="A1" t="{kind}"><v>{value}</v></c></row>'))


def _not_a_number(value: str) -> Vector:
    return Vector(f"d04 number written {value!r}", lambda: _typed("n", value), f"A1 {BROKEN}")


def _days(*serials: float, more: str = "") -> bytes:
    cells = [
        f'<c r="{letter}1" s="1"><v>{value}</v></c>' for letter, value in zip(_LETTERS, serials, strict=False)
    ]
    text = workbook("Sheet1").replace("<sheets>", f"{more}<sheets>")
    return book(sheet(row(1, *cells)), replace={"xl/styles.xml": STYLES, WORKBOOK: text})


def _errors() -> bytes:
    rows = (f'<row r="{n}"><c r="A{n}" t="e"><v>{error}</v></c></row>' for n, error in enumerate(_ERRORS, 1))
    return book(sheet("".join(rows)))


def _strict() -> bytes:
    pages = parts(sheet(BASIC.replace("</row>", '<c r="C1" t="d"><v>2020-06-18</v></c></row>')))
    return zipped(
        {
            name: data.replace(MAIN.encode(), STRICT_MAIN.encode()).replace(
                LINKS.encode(), STRICT_LINKS.encode()
            )
            for name, data in pages.items()
        }
    )


def _hidden() -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    rows += '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row>'
    return book(sheet(rows, before='<cols><col min="2" max="2" width="0" hidden="1"/></cols>'))


def _states() -> bytes:
    names = ("Hiện", "Ẩn", "Rất ẩn")
    shown = workbook(*names, states={"Ẩn": "hidden", "Rất ẩn": "veryHidden"})
    return book(*[sheet(BASIC)] * 3, replace={WORKBOOK: shown})


def _sheet_names() -> bytes:
    names = ("../../etc/x", "CON", "a" * 60, "x:y*?", "&lt;b&gt;=1+1")
    return book(*[sheet(BASIC)] * len(names), names=names)


_FORMULA_TEXTS, _FORMULAS_READ = _texts(*(text.replace("'", "&#39;") for text in _FORMULAS))
_ODD_TEXTS, _ODD_READ = _texts(*_ODD)
_NO_VALUE_TEXTS, _NO_VALUES_READ = _texts(*_NO_VALUES)

VALUES = (
    Vector(
        "d01 days counted from 1904",
        lambda: _days(44_000, more='<workbookPr date1904="1"/>'),
        reads={"A1": date(2024, 6, 19)},
    ),
    Vector("d02 days counted from 1900", lambda: _days(44_000), reads={"A1": date(2020, 6, 18)}),
    Vector("d02 day before any, which no column takes", lambda: _days(-5), reads={"A1": time(0, 0)}),
    Vector("d02 day after any", lambda: _days(2_958_466), reads={"A1": 2_958_466.0}),
    Vector(
        "d03 strict OOXML",
        _strict,
        reads={"A1": "xin chào", "B1": 42.0, "C1": date(2020, 6, 18)},
    ),
    *map(_not_a_number, _NOT_NUMBERS),
    Vector("d04 number next to nothing", lambda: _typed("n", "1e-400"), reads={"A1": 0.0}),
    Vector(
        "d04 number of twenty digits",
        lambda: _typed("n", "12345678901234567890"),
        reads={"A1": 1.2345678901234567e19},
    ),
    Vector(
        "d05 errors of formulas, old and new",
        _errors,
        reads={"errors": {f"A{n}": error for n, error in enumerate(_ERRORS, 1)}, "cells": 0},
    ),
    Vector(
        "d06 formula without a stored value",
        lambda: book(
            sheet(row(1, number("A1", 10), '<c r="B1"><f>A1*2</f></c>', '<c r="C1"><f>A1</f><v></v></c>'))
        ),
        reads={"A1": 10.0, "uncached": ["B1", "C1"]},
    ),
    Vector(
        "d07 formula with a stored value that is wrong",
        lambda: book(sheet('<row r="1"><c r="A1"><v>10</v></c><c r="B1"><f>A1*2</f><v>999</v></c></row>')),
        reads={"B1": 999.0, "formulas": ["B1"]},
    ),
    Vector(
        "d08 numbers as texts",
        lambda: _texts("00123", "1.234,56", "9５")[0],
        reads=_texts("00123", "1.234,56", "9５")[1],
    ),
    Vector(
        "d09 text longer than Excel's longest", lambda: _texts("A" * 40_000)[0], reads={"A1": "A" * 40_000}
    ),
    Vector("d10 letters decomposed, hidden and reversed", lambda: _ODD_TEXTS, reads=_ODD_READ),
    Vector("d11 truth value", lambda: _typed("b", "1"), reads={"A1": True}),
    Vector("d11 truth value in words", lambda: _typed("b", "true"), f"A1 {BROKEN}"),
    Vector("d11 truth value 2", lambda: _typed("b", "2"), f"A1 {BROKEN}"),
    Vector("d11 letters in a number", lambda: _typed("n", "abc"), f"A1 {BROKEN}"),
    Vector("d11 kind nobody knows", lambda: _typed("zzz", "5"), f"A1 {BROKEN}"),
    Vector("d11 day in words", lambda: _typed("d", "notadate"), reads={"A1": "notadate"}),
    Vector(
        "d12 text struck out in part, with a phonetic hint",
        lambda: book(replace={STRINGS: strings().replace("</sst>", f"{_RICH}</sst>")}),
        reads={"A1": "Nguyễn bị gạch Văn A"},
    ),
    Vector(
        "d13 hidden row and column", _hidden, reads={"A2": 3.0, "hidden rows": [2], "hidden columns": [2]}
    ),
    Vector(
        "d14 hidden and very hidden sheets", _states, reads={"states": ["visible", "hidden", "very hidden"]}
    ),
    Vector(
        "d15 odd names of sheets",
        _sheet_names,
        reads={"sheets": ["../../etc/x", "CON", "a" * 60, "x:y*?", "<b>=1+1"]},
    ),
    Vector(
        "d15 two sheets of one name", lambda: book(sheet(BASIC), sheet(BASIC), names=("dup", "dup")), BROKEN
    ),
    Vector(
        "d16 texts that look like formulas",
        lambda: _FORMULA_TEXTS,
        reads={place: str(text).replace("&#39;", "'") for place, text in _FORMULAS_READ.items()}
        | {"formulas": []},
    ),
    Vector(
        "d17 numbers at the edge of exactness",
        lambda: book(sheet(row(1, number("A1", "0.30000000000000004"), number("B1", "9007199254740992")))),
        reads={"A1": 0.30000000000000004, "B1": 9007199254740992.0},
    ),
    Vector(
        "d18 absolute targets",
        lambda: book(replace={"xl/_rels/workbook.xml.rels": links(1).replace('Target="', 'Target="/xl/')}),
        reads={"A1": "xin chào", "B1": 42.0},
    ),
    Vector(
        "d19 day with a time",
        lambda: _days(44_000.25),
        reads={"A1": datetime(2020, 6, 18, 6, 0)},  # noqa: DTZ001  # cells have no zone
    ),
    Vector("d20 empty and blank texts", lambda: _texts("", "   ", "x")[0], reads={"A1": None, "C1": "x"}),
    Vector("d21 texts that stand for nothing", lambda: _NO_VALUE_TEXTS, reads=_NO_VALUES_READ),
)
