"""Typed totals, ranks and bands against what the cells add up to."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.scores import CellState, ScoreCell
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.render import message
from tdkt_xl.tables.grid import CellValue
from tdkt_xl.tasks.round import check_round
from tdkt_xl.tasks.totals import compare_total
from tests.tools.forms import BookDraft, Typed, cluster_book, faults, receive, tiny_master
from tests.tools.grids import Spot, draft

PLACE = Place("a.xlsx", "A")


def cells(*values: str) -> list[ScoreCell]:
    """Scores in A1, B1 …; a quote in front means typed as text."""
    made = []
    for column, value in enumerate(values, start=1):
        place, text = PLACE.at(1, column), value.lstrip("'")
        if not text:
            made.append(ScoreCell(place))
        elif text == "bad":
            made.append(ScoreCell(place, CellState.BAD))
        else:
            state = CellState.TEXT if value.startswith("'") else CellState.NUMBER
            made.append(ScoreCell(place, state, Decimal(text), text=text.replace(".", ",")))
    return made


def compared(total: str, *values: str, tolerance: str = "0") -> list[Finding]:
    """Compare a typed total, in Z1, with its cells."""
    (typed,) = cells(total)
    at = ScoreCell(PLACE.at(1, 26), typed.state, typed.value, typed.text)
    return compare_total(at, cells(*values), "Tổng điểm", Decimal(tolerance))


@pytest.mark.parametrize(
    ("total", "values", "tolerance", "code"),
    [
        ("3", ("1", "2"), "0", None),
        ("0.3", ("0.1", "0.1", "0.1"), "0", None),
        ("1", ("1", ""), "0", None),
        ("", ("1", "2"), "0", None),
        ("9", ("1", "bad"), "0", None),
        ("bad", ("1", "2"), "0", None),
        ("4", ("1", "2"), "0", "KT-402"),
        ("3.01", ("1", "2"), "0", "KT-402"),
        ("3.3", ("1", "2"), "0.3", "KT-407"),
        ("2.7", ("1", "2"), "0.3", "KT-407"),
        ("3.31", ("1", "2"), "0.3", "KT-402"),
        ("1", ("1", "'2"), "0", "KT-408"),
        ("1.2", ("1", "'2"), "0.3", "KT-408"),
        ("1.2", ("1", "'2"), "0", "KT-402"),
        ("1", ("1", "'2", "'5"), "0", "KT-408"),
        ("6", ("1", "'2", "'5"), "0", "KT-408"),
        ("5", ("1", "'2"), "0", "KT-402"),
        ("-1", ("1", "'2"), "0", "KT-402"),
    ],
)
def test_typed_total_against_its_cells(
    total: str, values: tuple[str, ...], tolerance: str, code: str | None
) -> None:
    found = compared(total, *values, tolerance=tolerance)
    assert [(item.place.cell, item.code.id) for item in found] == ([("Z1", code)] if code else [])


def test_total_that_lost_a_cell_names_it() -> None:
    (finding,) = compared("1.2", "1", "'2", "'5", tolerance="0.3")
    assert finding.params["cell"] == ["B1", "C1"]
    (finding,) = compared("6.1", "1", "'2", "'5", tolerance="0.3")
    assert (finding.params["cell"], finding.params["text"]) == (["B1"], ["2"])
    assert (finding.params["computed"], finding.params["difference"]) == (Decimal(8), Decimal("1.9"))
    assert finding.params["rounding"] == " (còn lại 0,1 do làm tròn hiển thị)"


def test_total_that_lost_exactly_a_cell_says_nothing_of_rounding() -> None:
    (finding,) = compared("6", "1", "'2", "5")
    assert finding.params["rounding"] == ""


Plant = Callable[[BookDraft], object]


def put(sheet: str, cell: str, value: CellValue) -> Plant:
    return lambda book: book[sheet].put(cell, value)


def put_result(sheet: str, cell: str, value: CellValue) -> Plant:
    return lambda book: book[sheet].put_result(cell, value)


FAULTS: dict[str, tuple[Plant, list[Spot]]] = {
    "subtotal typed": (put("An Bình", "H12", 12), [("An Bình", "H12", "KT-401")]),
    "subtotal by a wrong formula": (put_result("An Bình", "F16", 8), [("An Bình", "F16", "KT-401")]),
    "bonus subtotal": (put("An Bình", "H18", 2), [("An Bình", "H18", "KT-401")]),
    "total typed": (put("An Bình", "H22", 19.9), [("An Bình", "H22", "KT-402")]),
    "total by a wrong formula": (put_result("An Bình", "F22", 12), [("An Bình", "F22", "KT-402")]),
    "total left blank": (put("An Bình", "H22", None), []),
    "appraised total is partial": (put("An Bình", "I22", 4), []),
    "summary of the cluster scores": (put("Tổng hợp", "E9", 19.5), [("Tổng hợp", "E9", "KT-403")]),
    "summary of the self scores": (put("Tổng hợp", "D11", 12), [("Tổng hợp", "D11", "KT-403")]),
    "rank": (put("Tổng hợp", "F10", 3), [("Tổng hợp", "F10", "KT-404")]),
    "band": (put("Tổng hợp", "G9", "Tốt"), [("Tổng hợp", "G9", "KT-405")]),
    "band in another spelling": (put("Tổng hợp", "G9", " xuất SẮC"), [("Tổng hợp", "G9", "KT-246")]),
    "band left blank": (put("Tổng hợp", "G9", None), []),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_wrong_total_rank_or_band(name: str, tmp_path: Path) -> None:
    plant, expected = FAULTS[name]
    book = cluster_book()
    plant(book)
    assert faults(tmp_path, book) == expected


def test_total_that_only_carries_a_wrong_subtotal_on_is_not_reported_again(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-01", "I", "cluster_score"): 12})
    assert book["An Bình"].cells[22, 8] == 20.0
    assert faults(tmp_path, book) == [("An Bình", "H12", "KT-401"), ("Tổng hợp", "E9", "KT-403")]


def test_total_line_of_the_summary_is_no_unit(tmp_path: Path) -> None:
    book = cluster_book()
    book["Tổng hợp"].put("C12", "Cộng").put("E12", 46.25)
    assert faults(tmp_path, book) == []


def test_numbers_said_about_a_wrong_summary(tmp_path: Path) -> None:
    book = cluster_book()
    book["Tổng hợp"].put("E9", 19.5)
    (finding,) = receive(tmp_path, book).findings
    assert finding.params == {
        "column": "Tổng điểm cụm chấm",
        "unit": "Xã An Bình",
        "typed": Decimal("19.5"),
        "computed": Decimal(19),
        "sheet": "An Bình",
        "difference": Decimal("0.5"),
    }


def test_band_starts_at_its_bound(tmp_path: Path) -> None:
    typed: Typed = {("DV-01", "III.1", "cluster_score"): 0, ("DV-01", "III.1", "self_score"): 0}
    book = cluster_book(typed=typed)
    assert book["Tổng hợp"].cells[9, 7] == "Xuất sắc"  # 18 points, the bound of that band
    assert faults(tmp_path, book) == []


def test_text_number_loses_its_points_in_the_summary_only_once(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-03", "I.3", "cluster_score"): "0,5"})
    assert faults(tmp_path, book) == [("Cẩm Sơn", "H15", "KT-201"), ("Tổng hợp", "E11", "KT-408")]


def test_lost_cell_of_another_sheet_is_named_with_its_sheet(tmp_path: Path) -> None:
    path = cluster_book(typed={("DV-03", "I.3", "cluster_score"): "0,5"}).save(tmp_path)
    (lost,) = (item for item in check_round([path], tiny_master()).findings if item.code.id == "KT-408")
    assert "đúng bằng ô Cẩm Sơn!H15 (“0,5”)" in message(lost)


def test_lost_points_that_change_a_rank_are_said_at_both_ranks(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-01", "II.1", "cluster_score"): "7,0"})
    assert faults(tmp_path, book) == [
        ("An Bình", "H17", "KT-201"),
        ("Tổng hợp", "E9", "KT-408"),
        ("Tổng hợp", "F10", "KT-404"),
        ("Tổng hợp", "F9", "KT-404"),
        ("Tổng hợp", "G9", "KT-405"),
    ]


TIE: Typed = {
    ("DV-02", path, field): value
    for path, value in {"I.1": 4.5, "I.3": 2.5, "II.1": 7, "III.1": 1, "IV.1": 0}.items()
    for field in ("self_score", "cluster_score")
}
"""Cluster scores of DV-02 that make its total DV-01's."""


def test_tie_is_reported_once_and_not_broken(tmp_path: Path) -> None:
    checked = receive(tmp_path, cluster_book(typed=TIE))
    (finding,) = checked.findings
    assert (finding.place.sheet, finding.place.cell, finding.code.id) == ("Tổng hợp", "F9", "KT-406")
    assert finding.params == {
        "units": ["Xã An Bình", "Xã Bình Hòa"],
        "level": "19 điểm",
        "rank": 1,
    }
    assert [(item.rank, item.tied) for item in checked.standings[0].standings] == [
        (1, True),
        (1, True),
        (3, False),
    ]


def test_tie_broken_by_the_cluster_is_a_wrong_rank(tmp_path: Path) -> None:
    book = cluster_book(typed=TIE)
    book["Tổng hợp"].put("F10", 2)
    assert faults(tmp_path, book) == [("Tổng hợp", "F10", "KT-404"), ("Tổng hợp", "F9", "KT-406")]


def test_ranks_are_open_while_a_unit_cannot_be_totalled(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-01", "II.1", "cluster_score"): None})
    checked = receive(tmp_path, book)
    assert [(item.place.sheet, item.place.cell, item.code.id) for item in checked.findings] == [
        ("An Bình", "H17", "KT-207")
    ]
    states = {item.unit_code: item.rank for item in checked.standings[0].standings}
    assert states == {"DV-01": None, "DV-02": 1, "DV-03": 2}


WIDE = """
| Bảng điểm Cụm thi đua số 1 năm 2023 | | | | | | |
| Đơn vị | TC1 | TC2 | TC3 | Tổng điểm | Xếp hạng |
| Xã An Bình | 10.04 | 9.5 | 8 | 27.54 | 1 |
| Xã Bình Hòa | 9 | 9.5 | 8 | 26.5 | 2 |
| Thị trấn Cẩm Sơn | 9 | 9 | 8 | 26 | 3 |
"""
WIDE_FAULTS: dict[str, tuple[str, CellValue, list[tuple[str, str]]]] = {
    "clean": ("E3", 27.54, []),
    "rounded": ("E3", 27.5, [("E3", "KT-407")]),
    "wrong": ("E3", 28, [("E3", "KT-402")]),
    "rank": ("F4", 3, [("F4", "KT-404")]),
    "tie": ("D5", 8.5, [("E5", "KT-402"), ("F5", "KT-404"), ("F5", "KT-406")]),
    "text": ("C5", "9,0", [("C5", "KT-201")]),
    "blank": ("C5", None, [("C5", "KT-207"), ("E5", "KT-402")]),
    "unit unknown": ("A5", "Thị trấn Cẩm Sơm", [("A5", "KT-301"), ("", "KT-504")]),
    "unit twice": ("A5", "Xã Bình Hòa", [("A5", "KT-411"), ("", "KT-504")]),
    "foreign unit": ("A5", "Xã Hưng Thịnh", [("A5", "KT-302"), ("A5", "KT-303"), ("", "KT-504")]),
}


@pytest.mark.parametrize("name", WIDE_FAULTS)
def test_one_fault_of_a_wide_table(name: str, tmp_path: Path) -> None:
    cell, value, expected = WIDE_FAULTS[name]
    made = draft(WIDE, name="Bảng điểm").put(cell, value)
    found = faults(tmp_path, BookDraft("bang.xlsx", [made]))
    assert found == sorted(("Bảng điểm" if at else "", at, code) for at, code in expected)
