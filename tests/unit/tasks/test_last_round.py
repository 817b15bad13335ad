from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.last_round import read_last_round
from tests.tools.forms import cluster_book, tiny_master


def test_totals_and_ranks_of_the_round_before(tmp_path: Path) -> None:
    cluster_book().save(tmp_path)
    made = consolidate(tmp_path, tiny_master(), tmp_path / "ra")
    found = read_last_round(made.outputs[0])
    first = found["DV-01"]
    assert (first.period, first.total, first.rank) == ("2023", Decimal(19), 1)
    assert found["DV-03"].rank == 3


def test_changes_of_total_and_rank_are_told(tmp_path: Path) -> None:
    (tmp_path / "truoc").mkdir()
    (tmp_path / "nay").mkdir()
    cluster_book(typed={("DV-01", "I.1", "cluster_score"): Decimal(0)}).save(tmp_path / "truoc")
    cluster_book().save(tmp_path / "nay")
    before = consolidate(tmp_path / "truoc", tiny_master(), tmp_path / "ra1").outputs[0]
    made = consolidate(tmp_path / "nay", tiny_master(), tmp_path / "ra2", last_round=before)
    assert made.consolidated.last["DV-01"].rank == 2
    sheet = openpyxl.load_workbook(made.outputs[0])["So với kỳ trước"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == "DV-01"]
    assert row[3:] == ("2023", 14.5, 19, 4.5, 2, 1, "Tăng 1 bậc")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        read_last_round(tmp_path / "khong-co.xlsx")
    assert caught.value.finding.code.id == "KT-801"


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        read_last_round(cluster_book().save(tmp_path))
    assert caught.value.finding.code.id == "KT-806"
