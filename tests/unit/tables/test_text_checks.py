"""How the texts of a form are typed: only where they matter, each at its cell."""

import unicodedata

import pytest

from tdkt_xl.findings.render import message
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tables.text_checks import check_texts, check_wide_texts
from tdkt_xl.tables.wide import find_wide_tables
from tests.tools.grids import Spot, draft, spots

SUMMARY = load_layout("so-cum").sheet("summary")
CLEAN = """
| Kỳ chấm điểm: | 2023 | | | | |
| Cụm thi đua: | Cụm thi đua số 1 | | | | |
| STT | Mã đơn vị | Tên đơn vị | Tổng điểm tự chấm | Tổng điểm cụm chấm | Xếp hạng |
| 1 | DV-01 | Xã An Bình | 19 | 18 | 1 |
"""


def found(**cells: str) -> list[Spot]:
    page = draft(CLEAN)
    for cell, text in cells.items():
        page.put(cell, text)
    table = find_table(page.grid(), [SUMMARY]).value
    assert table is not None
    return spots(check_texts(table))


def test_clean_form() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"C4": unicodedata.normalize("NFD", "Xã An Bình")}, "KT-220"),
        ({"B1": unicodedata.normalize("NFD", "năm 2023")}, "KT-220"),
        ({"C3": unicodedata.normalize("NFD", "Tên đơn vị")}, "KT-220"),
        ({"C4": "Хã An Bình"}, "KT-245"),
        ({"C3": "Tên Ðơn vị"}, "KT-245"),
        ({"C4": "Xã An Bình "}, "KT-246"),
        ({"C4": "Xã\u00a0An Bình"}, "KT-246"),
        ({"B4": "\u200bDV-01"}, "KT-246"),
        ({"C3": "Tên đơn vị\n"}, "KT-246"),
    ],
)
def test_one_fault_at_one_cell(cells: dict[str, str], code: str) -> None:
    assert found(**cells) == [("Trang 1", cell, code) for cell in cells]


@pytest.mark.parametrize(
    "cells",
    [
        {"D4": " 19 "},
        {"C3": "Tên\nđơn vị"},
        {"A2": "   Cụm thi đua:"},
        {"H4": "ghi chú ngoài bảng "},
        {"C4": "   "},
        {"C4": "Москва"},
    ],
)
def test_what_is_no_fault_here(cells: dict[str, str]) -> None:
    """Numbers have their own findings; labels and what stands outside the form do not matter."""
    assert found(**cells) == []


def test_the_sentence_says_which_letters() -> None:
    page = draft(CLEAN).put("C4", "Хã Аn Bình\u00a0")
    table = find_table(page.grid(), [SUMMARY]).value
    assert table is not None
    assert list(map(message, check_texts(table))) == [
        "“Хã Аn Bình” có chữ trông giống mà khác mã (А ≠ A, Х ≠ X). Có phải “Xã An Bình”? "
        "Ô đã được so khớp theo cách này.",
        "“Хã Аn Bình” có khoảng trắng thừa; đã so khớp sau khi bỏ phần thừa.",
    ]


def test_wide_tables_too() -> None:
    page = draft("""
    | Đơn vị | TC1 | TC2 | TC3 | Tổng điểm |
    | Xã An Bình | 1 | 2 | 3 | 6 |
    | Xã Bình Hòa | 1 | 2 | 3 | 6 |
    """)
    page.put("A2", "Xã An Bình\u00a0").put("B1", "ТC1")
    (table,) = find_wide_tables(page.grid(), SUMMARY)
    assert spots(check_wide_texts(table)) == [("Trang 1", "A2", "KT-246"), ("Trang 1", "B1", "KT-245")]
