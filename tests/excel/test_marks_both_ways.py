"""Marks of the ribbon button and marks of the command take each other away."""

from pathlib import Path

import openpyxl

from tdkt_xl.excel import marks
from tests.excel.conftest import Excel
from tests.excel.test_checking import FAULTS, SUMMARY, marked_cells, own_form, received
from tests.tools.runs import tdkt

__all__ = ["received"]


def looks(path: Path) -> dict[str, tuple[object, object]]:
    sheet = openpyxl.load_workbook(path)[SUMMARY]
    return {
        cell.coordinate: (cell.value, cell.fill.fgColor.rgb if cell.fill.fill_type else None)
        for row in sheet
        for cell in row
        if cell.comment is None or not cell.comment.text.startswith(marks.PREFIX)
    }


def test_the_command_takes_away_what_the_button_put(excel: Excel, received: Path) -> None:
    book = own_form(excel, received)
    path = Path(book.fullname)
    before = looks(path)
    excel.click("tdktCheckBook", "yes")
    book.save()
    assert set(before) - set(looks(path)) == set(FAULTS)
    run = tdkt("unmark", path, "--json")
    assert (run.code, run.document["notes"], run.document["sheets"]) == (0, 6, 1)
    assert looks(Path(run.document["output"])) == before


def test_the_button_takes_away_what_the_command_put(excel: Excel, received: Path, tmp_path: Path) -> None:
    tdkt("validate", received, "--annotate", "--out", tmp_path / "kết quả")
    (copy,) = (tmp_path / "kết quả" / "danh-dau").iterdir()
    book = excel.open(copy)
    assert marked_cells(book, SUMMARY) == FAULTS
    excel.click("tdktClearMarks", "yes")
    assert marked_cells(book, SUMMARY) == []
    assert marks.RESULT_SHEET not in [sheet.name for sheet in book.sheets]
    assert book.sheets[SUMMARY]["D12"].color == (255, 249, 229)
