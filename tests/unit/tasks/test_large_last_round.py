"""A large round against the round before: what a small round shows of it."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars
import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.executors import Here
from tdkt_xl.tasks.large_round import LargeConsolidation, consolidate_large
from tdkt_xl.tasks.last_round import read_last_round
from tdkt_xl.tasks.master import load_master
from tdkt_xl.writers import large_book
from tests.tools.forms import BookDraft, Typed, unit_sheet, write_master
from tests.tools.runs import tdkt
from tests.unit.tasks.test_decisions import OTHER, book

SHEET = "So với kỳ trước"
LOWER: Typed = {("DV-01", "I.1", "cluster_score"): 0}
BLANK: Typed = {("DV-02", "I.1", "cluster_score"): None}
Cells = list[tuple[object, ...]]


class Rounds:
    """Last round and this one, each consolidated in one workbook and in parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.master_path = write_master(folder)
        self.master = load_master(self.master_path)
        self._save("truoc", [book({**LOWER, **BLANK})])
        self._save("nay", [book(), OTHER, unit_sheet()])

    def _save(self, name: str, drafts: Sequence[BookDraft]) -> None:
        (self.folder / name).mkdir()
        for draft in drafts:
            draft.save(self.folder / name)

    def small(self, name: str, last: Path | None = None) -> Path:
        out = self.folder / f"nho-{name}"
        return consolidate(self.folder / name, self.master, out, last_round=last).outputs[0]

    def large(self, name: str, last: Path | None = None) -> LargeConsolidation:
        folder, out = self.folder / name, self.folder / f"lon-{name}"
        return consolidate_large(folder, self.master_path, self.master, out, Here(), ahead=1, last_round=last)


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    return Rounds(tmp_path)


def changes(path: Path) -> Cells:
    rows = openpyxl.load_workbook(path)[SHEET].iter_rows(values_only=True)
    return [row for row in rows if str(row[1]).startswith("DV-")]


def test_sheet_is_that_of_a_small_round(rounds: Rounds) -> None:
    before = rounds.small("truoc")
    (path,) = rounds.large("nay", before).outputs
    shown = changes(path)
    assert shown == changes(rounds.small("nay", before))
    assert [row[3:] for row in shown if row[1] == "DV-01"] == [("2023", 14.5, 19, 4.5, 1, 1, "Giữ hạng")]
    assert [row[9] for row in shown if row[1] == "DV-02"] == ["Kỳ trước chưa xếp hạng"]
    assert {row[9] for row in shown if row[0] == "C02"} == {"Kỳ trước chưa có kết quả"}


def test_large_result_of_the_round_before_serves_both(rounds: Rounds) -> None:
    (before,) = rounds.large("truoc").outputs
    expected = changes(rounds.small("nay", rounds.small("truoc")))
    assert changes(rounds.large("nay", before).outputs[0]) == expected
    assert changes(rounds.large("nay", before.parent).outputs[0]) == expected
    assert changes(rounds.small("nay", before)) == expected


def test_table_holds_every_unit_exactly_when_the_sheet_does_not(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rounds.small("truoc")
    everything = changes(rounds.small("nay", before))
    monkeypatch.setattr(large_book, "MOST_CHANGES", 2)
    made = rounds.large("nay", before)
    (path,) = made.outputs
    assert changes(path) == everything[:2]
    said = f"{len(everything)} đơn vị; trang này nêu 2 dòng đầu, đủ ở các tệp dữ liệu"
    assert said in {cell for row in openpyxl.load_workbook(path)[SHEET].values for cell in row}
    (part,) = [part.path for part in made.parts if part.path.startswith("so-voi-ky-truoc/")]
    table = polars.read_parquet(path.parent / part)
    assert [tuple(map(plain, row)) for row in table.iter_rows()] == everything


def plain(value: object) -> object:
    return value if value is None or isinstance(value, (str, int)) else float(str(value))


def test_without_a_last_round_no_table_of_before_stays(rounds: Rounds) -> None:
    rounds.large("nay", rounds.small("truoc"))
    (path,) = rounds.large("nay").outputs
    assert SHEET not in openpyxl.load_workbook(path).sheetnames
    assert not (path.parent / "so-voi-ky-truoc").exists()


def test_folder_of_a_small_result(rounds: Rounds) -> None:
    assert read_last_round(rounds.small("truoc").parent)["DV-01"].rank == 1


@pytest.mark.parametrize(("there", "code"), [(False, "KT-801"), (True, "KT-870")])
def test_last_round_that_cannot_be_read(there: bool, code: str, rounds: Rounds) -> None:
    path = rounds.folder / "khong-co.xlsx"
    if there:
        made = rounds.large("truoc")
        (path,) = made.outputs
        (path.parent / "xep-hang" / "phan-00001.parquet").write_bytes(b"PAR1")
    with pytest.raises(TdktError) as caught:
        rounds.large("nay", path)
    assert caught.value.finding.code.id == code
    assert not (rounds.folder / "lon-nay").exists()


def test_command_line_takes_the_result_of_the_round_before(rounds: Rounds) -> None:
    (before,) = rounds.large("truoc").outputs
    out = rounds.folder / "ra"
    options = ("--workers", 1, "--master", rounds.master_path, "--last-round", before.parent, "--json")
    done = tdkt("consolidate", rounds.folder / "nay", "--out", out, *options)
    assert "so-voi-ky-truoc/phan-00001.parquet" in done.document["parts"]
    assert changes(out / "tong-hop-lon.xlsx")
