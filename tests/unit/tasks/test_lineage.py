"""The lineage tells what the workbook tells, and is believed only while both are as the run left them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.lineage import LINEAGE, LINEAGE_SHEETS, read_lineage
from tdkt_xl.tasks.result_files import LARGE_NAME, SMALL_NAME
from tdkt_xl.tasks.result_rows import read_rows
from tests.tools.forms import cluster_book
from tests.tools.runs import SAMPLES, District, tdkt


class Everything:
    """Holds every value: asks for all rows of a list."""

    def __contains__(self, _: object) -> bool:
        return True


ALL = Everything()


def in_one_order(rows: Iterator[dict[str, str]]) -> list[str]:
    return sorted(json.dumps(row, ensure_ascii=False) for row in rows)


@pytest.mark.parametrize("sheet", LINEAGE_SHEETS)
def test_it_tells_what_the_workbook_tells(sheet: str, district: District) -> None:
    lineage = read_lineage(district.out)
    assert lineage is not None
    rows = in_one_order(lineage.rows(sheet, ALL))
    assert rows == in_one_order(read_rows(district.out).rows(sheet, ALL))
    assert rows


@pytest.mark.parametrize("text", ["=1+1", "Điện\x0b Biên", " hai  dấu cách ", "dòng 1\ndòng 2", "_x000D_"])
def test_odd_texts_read_as_in_the_workbook(text: str, tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("H13", "4,5 điểm").put("I13", text)
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    book.save(inbox)
    tdkt("consolidate", inbox, "--out", tmp_path / "ra")
    lineage = read_lineage(tmp_path / "ra")
    assert lineage is not None
    for sheet in ("scores", "findings"):
        told = in_one_order(lineage.rows(sheet, ALL))
        assert told == in_one_order(read_rows(tmp_path / "ra").rows(sheet, ALL))


def test_a_ruling_with_its_day_reads_as_in_the_workbook(out: Path) -> None:
    path = out / SMALL_NAME
    book = openpyxl.load_workbook(path)
    sheet = book[load_layout("tong-hop-huyen").sheet("decisions").name]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == 1)
    for column, value in zip("GHIJ", ("0 điểm", "Hội đồng", date(2024, 1, 12), "BB số 5"), strict=True):
        sheet[f"{column}{row}"] = value
    book.save(path)
    tdkt("consolidate", out.parent / "nhan", "--out", out)
    lineage = read_lineage(out)
    assert lineage is not None
    rows = list(lineage.rows("decisions"))
    assert rows == list(read_rows(out).rows("decisions"))
    assert "12/01/2024" in {row["day"] for row in rows}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    shutil.copy(SAMPLES / "cum-01.xlsx", inbox)
    assert tdkt("consolidate", inbox, "--out", tmp_path / "ra").stderr == ""
    return tmp_path / "ra"


def test_found_by_the_folder_and_by_the_workbook(out: Path) -> None:
    assert read_lineage(out) is not None
    assert read_lineage(out / SMALL_NAME) is not None


def altered(name: str) -> Callable[[Path], object]:
    def alter(out: Path) -> None:
        path = out / name
        path.write_bytes(path.read_bytes() + b" ")

    return alter


def renamed(out: Path) -> None:
    (out / SMALL_NAME).rename(out / "khac.xlsx")
    (out / SMALL_NAME).write_bytes(b"PK")


@pytest.mark.parametrize(
    "deed",
    [
        altered(SMALL_NAME),
        altered(f"{RECORDS}/{LINEAGE}"),
        renamed,
        lambda out: (out / SMALL_NAME).unlink(),
        lambda out: (out / RECORDS / LINEAGE).unlink(),
        lambda out: (out / RECORDS / "consolidate.json").unlink(),
        lambda out: (out / RECORDS / "consolidate.json").write_text("[]"),
        lambda out: (out / RECORDS / "consolidate.json").write_text("{"),
    ],
    ids=["workbook", "lineage", "renamed", "no workbook", "no lineage", "no record", "list", "torn record"],
)
def test_not_believed_when_something_changed(deed: Callable[[Path], object], out: Path) -> None:
    deed(out)
    assert read_lineage(out) is None
    assert read_lineage(out / "khac.xlsx") is None


def test_a_changed_workbook_is_read_itself(out: Path) -> None:
    book = openpyxl.load_workbook(out / SMALL_NAME)
    layout = load_layout("tong-hop-huyen").sheet("scores")
    column = layout.position("final")
    cells = [row[column - 1] for row in book[layout.name].iter_rows()]
    next(cell for cell in cells if isinstance(cell.value, (int, float))).value = 3.25
    book.save(out / SMALL_NAME)
    unit, path = (next(read_rows(out).rows("scores", ALL))[name] for name in ("unit", "path"))
    assert "Điểm tính: 3,25" in tdkt("trace", unit, path, "--in", out).stdout


def test_verify_guards_it(out: Path) -> None:
    altered(f"{RECORDS}/{LINEAGE}")(out)
    run = tdkt("verify", out)
    assert run.code == 1
    assert LINEAGE in run.stdout


def test_trace_opens_no_workbook(out: Path) -> None:
    row = next(read_rows(out).rows("scores", ALL))
    code = (
        "import sys; from tdkt_xl.cli import run; "
        f"assert run(['trace', {row['unit']!r}, {row['path']!r}, '--in', {str(out)!r}]) == 0; "
        "print(*(name for name in sys.modules if name.startswith(('tdkt_xl.', 'python_calamine'))))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    heavy = (
        "tdkt_xl.tables",
        "tdkt_xl.domain",
        "tdkt_xl.writers",
        "tdkt_xl.findings.codes",
        "python_calamine",
    )
    assert not {name for name in loaded if name.startswith(heavy)}


def test_names_of_the_results_are_those_of_the_layouts() -> None:
    assert load_layout("tong-hop-huyen").file_name == SMALL_NAME
    assert load_layout("tong-hop-lon").file_name == LARGE_NAME
