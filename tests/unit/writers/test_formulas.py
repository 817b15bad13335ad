"""Subtotals: the results stored in our workbooks are those a spreadsheet program computes."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tdkt_xl.writers.book import Book, Formula
from tdkt_xl.writers.score_sheet import SheetRow, group_sum
from tests.tools.forms import content_of
from tests.tools.office import recalculate
from tests.tools.runs import ROOT, SAMPLES
from tests.tools.sample_district import FILE_NAMES

# C02 holds a number typed as text, C05 an inserted row inside a sum, C08 a hidden row.
BOOKS = [SAMPLES / FILE_NAMES[code] for code in ("C01", "C02", "C05", "C08")]
BOOKS += [ROOT / "workbooks" / name for name in ("phieu-cham-diem.xlsx", "so-cum.xlsx")]


def wrong_result(path: Path) -> Path:
    """A workbook whose stored result is not what its formula gives."""
    book = Book("Sai")
    book.put(book.add_sheet("Sai"), 0, 0, Formula("=SUM(1,2)", 99), book.style("score"))
    path.write_bytes(book.content())
    return path


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tinh-lai")
    return recalculate([*BOOKS, wrong_result(folder / "sai.xlsx")], folder)


def formula_cells(path: Path) -> list[tuple[str, int, int]]:
    """Sheet, row and column of every formula."""
    return [
        (sheet.title, cell.row, cell.column)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def values(path: Path, cells: list[tuple[str, int, int]]) -> list[Decimal]:
    """The stored results of some cells, as far as a float carries them."""
    book = CalamineWorkbook.from_path(path)
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in {sheet for sheet, _, _ in cells}
    }
    return [round(Decimal(str(sheets[sheet][row - 1][column - 1])), 9) for sheet, row, column in cells]


@pytest.mark.libreoffice
def test_program_does_recalculate(recalculated: Path) -> None:
    assert values(recalculated / "sai.xlsx", [("Sai", 1, 1)]) == [3]


@pytest.mark.libreoffice
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_stored_results_are_what_a_program_computes(path: Path, recalculated: Path) -> None:
    cells = formula_cells(path)
    assert len(cells) >= 10
    assert values(recalculated / path.name, cells) == values(path, cells)


def test_result_of_a_group_counts_an_inserted_row() -> None:
    content = content_of("DV-01")
    rows = list(content.rows)
    rows.insert(2, SheetRow(None, {"cluster_score": Decimal("1.5")}))
    before = group_sum(content, "I", "cluster_score")
    assert group_sum(replace(content, rows=rows), "I", "cluster_score") == (before + Decimal("1.5"))


def test_text_in_a_sum_counts_as_nothing() -> None:
    clean = content_of("DV-01")
    spoiled = content_of("DV-01", {("DV-01", "I.1", "cluster_score"): "4,5"})
    difference = group_sum(clean, "I", "cluster_score") - group_sum(spoiled, "I", "cluster_score")
    assert difference == Decimal("4.5")
