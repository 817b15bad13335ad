"""The example history: made by its tool, without a fault, and bearing out the sample district."""

import csv
from functools import cache
from pathlib import Path

import pytest

from tdkt_xl.findings import Outcome
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.people_book import PeopleBook, load_people
from tests.tools.grids import spots
from tests.tools.runs import ROOT
from tests.tools.sample_people import STARTER, sample_history

SHEETS = [sheet.id for sheet in load_layout("ho-so-khen-thuong").sheets]


@cache
def shipped() -> Outcome[PeopleBook]:
    workbooks = ROOT / "workbooks"
    master = load_master(workbooks / "danh-muc.xlsx")
    return load_people(workbooks / "ho-so-khen-thuong.xlsx", master.register)


def committed(sheet: str) -> list[dict[str, str]]:
    with (STARTER / f"{sheet}.csv").open(encoding="utf-8", newline="") as stream:
        return [{name: text for name, text in row.items() if text} for row in csv.DictReader(stream)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_committed_rows_are_what_the_tool_makes(sheet: str) -> None:
    made = [{name: text for name, text in row.items() if text} for row in sample_history()[sheet]]
    assert committed(sheet) == made, "chạy: python -m tests.tools.sample_people"


def test_shipped_workbook_has_only_its_homonyms_and_the_mark_of_examples() -> None:
    assert spots(shipped().findings) == [("", "", "KT-349"), ("Cá nhân", "B20", "KT-327")]


def test_every_row_is_marked_as_an_example() -> None:
    assert {row["note"] for sheet in SHEETS for row in committed(sheet)} == {"ví dụ, nhân vật hư cấu"}


def test_every_csv_is_there_once() -> None:
    assert sorted(path.stem for path in Path(STARTER).glob("*.csv")) == sorted(SHEETS)
