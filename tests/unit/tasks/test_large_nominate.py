"""Nominations and money from a large result: what they are from a small one."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.render import as_records
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.money import money
from tdkt_xl.tasks.nominate import nominate
from tdkt_xl.tasks.proposals import read_consolidated
from tests.tools.forms import cluster_book, write_master
from tests.tools.runs import DAY, SAMPLES, tdkt
from tests.unit.tasks.test_large_comparisons import Desk
from tests.unit.tasks.test_round import clear_proposals

ON = date.fromisoformat(DAY)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples consolidated both ways, as ``nho`` and ``lon``."""
    folder = tmp_path_factory.mktemp("de-nghi")
    assert tdkt("consolidate", SAMPLES, "--out", folder / "nho").code == 1
    assert tdkt("consolidate", SAMPLES, "--out", folder / "lon", "--workers", 1).code == 1
    return folder


LEFT_OUT = {"highest_share", "mean_share", "typed_total", "typed_rank"}
"""What the summary and the ranking of a large round do not tell; nobody is judged by it."""


def told(rows: Sequence[ListRow]) -> list[dict[str, object]]:
    return [{name: row.values[name] for name in row.values.keys() - LEFT_OUT} for row in rows]


def test_rows_are_those_of_a_small_result(results: Path) -> None:
    small, large = (read_consolidated(results / name) for name in ("nho", "lon"))
    assert small.keys() == large.keys()
    for sheet, rows in small.items():
        assert rows
        assert told(large[sheet]) == told(rows)


def test_nominations_are_those_of_a_small_result(results: Path, master: Master, tmp_path: Path) -> None:
    small, large = (nominate(results / name, master, ON, tmp_path / name) for name in ("nho", "lon"))
    assert large.nominations == small.nominations
    assert len(large.nominations) > 100
    assert as_records(large.findings) == as_records(small.findings)


def test_money_is_that_of_a_small_result(results: Path, master: Master, tmp_path: Path) -> None:
    small, large = (money(results / name, master, ON, tmp_path / name) for name in ("nho", "lon"))
    assert large.as_document()["lines"] == small.as_document()["lines"]
    assert large.as_document()["lines"]


def test_command_names_the_workbook_it_read(results: Path, tmp_path: Path) -> None:
    done = tdkt("nominate", results / "lon", "--out", tmp_path, "--on", DAY)
    assert (tmp_path / "danh-sach-de-nghi.xlsx").is_file()
    assert done.stderr == ""
    assert "tong-hop-lon.xlsx" in (tmp_path / "ho-so-chay" / "nominate.json").read_text("ascii")


def test_round_without_proposals_has_no_table_of_them(tmp_path: Path) -> None:
    book = cluster_book()
    clear_proposals(book)
    desk = Desk(tmp_path, write_master(tmp_path)).receive(book)
    desk.small()
    desk.large()
    rows = read_consolidated(tmp_path / "lon")
    assert (rows["collectives"], rows["individuals"]) == ([], [])
    assert rows["ranking"]


def test_proposals_changed_since_are_refused(results: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(results / "lon", tmp_path / "lon"))
    path = next((out / "de-nghi").iterdir())
    polars.read_parquet(path).head(3).write_parquet(path)
    with pytest.raises(TdktError) as caught:
        read_consolidated(out)
    assert caught.value.finding.code.id == "KT-870"
