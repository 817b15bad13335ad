"""Suppositions written into the form gia-dinh.xlsx: what is read, and each fault at its cell."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.domain.awards import Rating
from tdkt_xl.findings import Outcome, TdktError
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.supposed_book import load_suppositions
from tdkt_xl.tasks.suppositions import Supposition
from tdkt_xl.writers.book import Book
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tests.tools.forms import OFFICE
from tests.tools.grids import spots

LAYOUT = load_layout("gia-dinh")
SHEET = "Giả định"
FIRST = {"subject": "Trần Văn An", "fact": "Mức xếp loại", "value": "HTXSNV"}


def load(folder: Path, *rows: Mapping[str, object]) -> Outcome[list[Supposition]]:
    path = folder / "gia-dinh.xlsx"
    with Book(LAYOUT.title, OFFICE) as book:
        write_list(book, LAYOUT, LAYOUT.sheets[0], ListContent(rows, spare_rows=5))
        path.write_bytes(book.content())
    return load_suppositions(path)


def test_every_row_is_one_supposition_with_its_cell(tmp_path: Path) -> None:
    outcome = load(
        tmp_path,
        FIRST,
        {"subject": "CN-1", "fact": "CSTĐCS", "year": 2021, "value": "Có"},
        {"subject": "CN-1", "fact": "Xếp loại", "year": 2022, "value": "HTNV"},
        {"subject": "CN-1", "fact": "Số tháng công tác", "value": 8},
    )
    assert outcome.findings == ()
    assert [
        (item.subject, item.fact, item.award, item.year, item.value, item.place.cell)
        for item in outcome.value or ()
    ] == [
        ("Trần Văn An", "rating", "", 0, Rating.HTXSNV, "A8"),
        ("CN-1", "", "CSTDCS", 2021, True, "A9"),
        ("CN-1", "rating", "", 2022, Rating.HTNV, "A10"),
        ("CN-1", "months_employed", "", 0, 8, "A11"),
    ]


@pytest.mark.parametrize(
    ("change", "spot"),
    [
        ({"fact": "Chiều cao"}, "B8 KT-755"),
        ({"value": "Giỏi"}, "D8 KT-755"),
        ({"fact": "Huy hiệu", "year": 2021}, "B8 KT-755"),
        ({"fact": "CSTĐCS", "year": 2021, "value": "chắc"}, "D8 KT-755"),
        ({"fact": "Số tháng công tác", "value": "8,5"}, "D8 KT-755"),
        ({"value": None}, "D8 KT-222"),
        ({"subject": None}, "A8 KT-222"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_fault_is_told_at_its_cell_and_all_are_told(
    change: dict[str, object], spot: str, tmp_path: Path
) -> None:
    cell, code = spot.split()
    outcome = load(tmp_path, {**FIRST, **change}, {**FIRST, "fact": "Màu tóc"})
    assert outcome.value is None
    assert spots(outcome.findings) == sorted([(SHEET, cell, code), (SHEET, "B9", "KT-755")])


def test_workbook_without_the_sheet_is_said(tmp_path: Path) -> None:
    path = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(path)
    assert "KT-114" in {finding.code.id for finding in load_suppositions(path).findings}


def test_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        load_suppositions(tmp_path / "khong-co.xlsx")
    assert caught.value.finding.code.id == "KT-801"
