"""Rulings and freezes in a large round: the same result as in a round of one workbook."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings
from tdkt_xl.findings.render import as_records
from tdkt_xl.tasks import large_round, shared_work
from tdkt_xl.tasks.consolidate import Consolidation, clusters_document, consolidate, questions_document
from tdkt_xl.tasks.executors import Here
from tdkt_xl.tasks.freeze import freeze
from tdkt_xl.tasks.freezing import Word
from tdkt_xl.tasks.large_round import LargeConsolidation, consolidate_large
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.result_files import LARGE_NAME, SMALL_NAME
from tdkt_xl.tasks.trace import trace
from tdkt_xl.writers.part_files import write_part
from tdkt_xl.writers.score_parts import COLUMNS, SCORES, ranking_rows, score_rows
from tests.tools.forms import BookDraft, Typed, write_master
from tests.unit.tasks.test_decisions import (
    DIFFERENT,
    OTHER,
    SHEET,
    answer,
    book,
    doubled,
    hidden,
    level,
    questions,
    states,
    wide_table,
)

_OWN = {"KT-860", "KT-865"}
"""A process that died, and which of two workbooks of answers was read."""


@pytest.fixture(autouse=True)
def one_file_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_work, "FILES_A_PART", 1)


@pytest.fixture
def master_path(tmp_path: Path) -> Path:
    return write_master(tmp_path)


def save(folder: Path, books: Sequence[BookDraft]) -> Path:
    inbox = folder / "nhan"
    inbox.mkdir(exist_ok=True)
    for draft in books:
        draft.save(inbox)
    return inbox


def small(folder: Path, master: Master) -> Consolidation:
    return consolidate(folder / "nhan", master, folder / "ra")


def large(folder: Path, master_path: Path, out: str = "ra", **more: Any) -> LargeConsolidation:
    return consolidate_large(
        folder / "nhan", master_path, load_master(master_path), folder / out, Here(), ahead=1, **more
    )


def _of_small(record: dict[str, str | None]) -> dict[str, str | None]:
    """A record of a large round; about an answer, it names the workbook the answer stands in now."""
    return {**record, "path": SMALL_NAME} if record["path"] == LARGE_NAME else record


def compare(folder: Path, whole: Consolidation, parted: LargeConsolidation) -> None:
    """The two say the same, and the tables hold what the workbook holds."""
    told = [finding for finding in whole.findings if finding.code.id not in _OWN]
    said = [finding for finding in parted.findings if finding.code.id not in _OWN]
    assert clusters_document(parted.clusters) == clusters_document(whole.consolidated.clusters)
    assert questions_document(parted.decisions) == questions_document(whole.consolidated.decisions)
    assert [_of_small(record) for record in as_records(said)] == as_records(told)
    clusters = whole.consolidated.clusters
    expected = write_part(folder / "doi-chieu", "xep-hang", 1, list(ranking_rows(clusters)))
    ranks = [part for part in parted.parts if part.path.startswith("xep-hang")]
    assert [(part.rows, part.sha256) for part in ranks] == [(expected.rows, expected.sha256)]
    assert scores(folder / "ra", parted) == listed(clusters)
    assert traces(folder / "ra" / LARGE_NAME, clusters) == traces(folder / "ra" / SMALL_NAME, clusters)


def traces(book: Path, clusters: Sequence[ClusterStandings]) -> list[str]:
    """How every total and every score came about, in words."""
    units = {item.unit_code or item.unit_name for cluster in clusters for item in cluster.standings}
    lines: list[str] = []
    for unit in sorted(units):
        found = trace(book, unit)
        lines += found.lines()
        leaves = {score.path for one in found.units for score in one.scores}
        groups = {path.rpartition("." if "." in path else "/")[0] for path in leaves} - {""}
        for path in sorted(leaves | groups):
            lines += trace(book, unit, path).lines()
    return lines


def scores(out: Path, parted: LargeConsolidation) -> list[tuple[object, ...]]:
    frames = [polars.read_parquet(out / part.path) for part in parted.parts if part.path.startswith("diem")]
    return sorted((row for frame in frames for row in frame.iter_rows()), key=str)


def listed(clusters: Sequence[ClusterStandings]) -> list[tuple[object, ...]]:
    rows = [tuple(row.get(name) for name in COLUMNS[SCORES]) for row in score_rows(clusters)]
    return sorted((tuple(map(_exact, row)) for row in rows), key=str)


def _exact(value: object) -> object:
    return value.quantize(Decimal("1e-15")) if isinstance(value, Decimal) else value


BLANK: Typed = {("DV-01", "I.1", "cluster_score"): None}
HIGH: Typed = {("DV-01", "I.1", "cluster_score"): 5.5}
FREE: Typed = {
    ("DV-02", "I.2", "target"): "Không áp dụng",
    ("DV-02", "I.2", "cluster_score"): None,
    ("DV-02", "I.2", "self_score"): None,
}


def twice() -> list[BookDraft]:
    late = book({("DV-01", "I.1", "cluster_score"): 3}, name="c01 (2).xlsx")
    return [book(), late, OTHER]


def doubled_and_blank() -> list[BookDraft]:
    made = doubled()
    made["An Bình (2)"].put("H13", None)
    return [made, OTHER]


CASES: dict[str, tuple[Callable[[], list[BookDraft]], str, str]] = {
    "blank is zero": (lambda: [book(BLANK), OTHER], "Chưa có điểm", "0 điểm"),
    "blank does not apply": (lambda: [book(BLANK), OTHER], "Chưa có điểm", "Không áp dụng"),
    "above the maximum": (lambda: [book(HIGH), OTHER], "Chấp nhận điểm có lỗi", "Chấp nhận"),
    "refused": (lambda: [book(HIGH), OTHER], "Chấp nhận điểm có lỗi", "Không chấp nhận"),
    "computed": (lambda: [book(DIFFERENT), OTHER], "Điểm ghi khác điểm tính", "Lấy điểm tính"),
    "free": (lambda: [book(FREE), OTHER], "Xin không áp dụng", "Không áp dụng"),
    "hidden": (lambda: [hidden(), OTHER], "Số liệu trong ô ẩn", "Chưa tính"),
    "sheet chosen": (lambda: [doubled(), OTHER], "Trùng phiếu", "An Bình (2)"),
    "sheet set aside asks nothing": (doubled_and_blank, "Trùng phiếu", "An Bình"),
    "book chosen": (twice, "Trùng sổ cụm", "c01 (2).xlsx"),
    "book waits": (twice, "Trùng sổ cụm", "Chờ xác minh"),
    "tie": (lambda: [book(level()), OTHER], "Đồng hạng", "Thị trấn Cẩm Sơn"),
    "blank of a wide table": (lambda: [wide_table(blank=True), OTHER], "Chưa có điểm", "0 điểm"),
    "no such answer": (lambda: [book(BLANK), OTHER], "Chưa có điểm", "tuỳ hội đồng"),
}


@pytest.mark.parametrize("case", CASES)
def test_ruling_gives_what_one_workbook_gives(case: str, tmp_path: Path, master_path: Path) -> None:
    books, kind, word = CASES[case]
    master = load_master(master_path)
    save(tmp_path, books())
    compare(tmp_path, small(tmp_path, master), large(tmp_path, master_path))
    (tmp_path / "ra" / "tong-hop-lon.xlsx").unlink()
    answer(tmp_path, {"Loại việc": kind}, answer=word)
    parted = large(tmp_path, master_path)
    compare(tmp_path, small(tmp_path, master), parted)


def test_answers_are_read_from_the_large_workbook_itself(tmp_path: Path, master_path: Path) -> None:
    save(tmp_path, [book(BLANK), OTHER])
    large(tmp_path, master_path)
    path = tmp_path / "ra" / "tong-hop-lon.xlsx"
    path.rename(tmp_path / "ra" / "tong-hop-huyen.xlsx")  # the sheet is the same one
    assert states(tmp_path) == [("Chưa có điểm", "Chờ trả lời")]
    answer(tmp_path, {"Tiêu chí": "I.1"}, answer="0 điểm")
    (tmp_path / "ra" / "tong-hop-huyen.xlsx").rename(path)
    made = large(tmp_path, master_path)
    (first,) = [item for cluster in made.clusters for item in cluster.standings if item.unit_code == "DV-01"]
    assert first.total == Decimal("14.5")
    assert [row.state for row in made.decisions] == ["Đã áp dụng"]
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert any("Đã áp dụng" in row for row in sheet.iter_rows(values_only=True))


def test_two_workbooks_of_answers_are_told(tmp_path: Path, master_path: Path) -> None:
    save(tmp_path, [book(BLANK), OTHER])
    large(tmp_path, master_path)
    small(tmp_path, load_master(master_path))
    for made, other in (
        (large(tmp_path, master_path), SMALL_NAME),
        (small(tmp_path, load_master(master_path)), LARGE_NAME),
    ):
        assert [item.params["other"] for item in made.findings if item.code.id == "KT-865"] == [other]


def test_answers_of_a_large_round_are_read_when_its_folder_has_become_small(
    tmp_path: Path, master_path: Path
) -> None:
    save(tmp_path, [book(BLANK), OTHER])
    large(tmp_path, master_path)
    path = tmp_path / "ra" / LARGE_NAME
    path.rename(tmp_path / "ra" / SMALL_NAME)
    answer(tmp_path, {"Tiêu chí": "I.1"}, answer="0 điểm")
    (tmp_path / "ra" / SMALL_NAME).rename(path)
    made = small(tmp_path, load_master(master_path))
    assert [row.state for row in made.consolidated.decisions] == ["Đã áp dụng"]


WORD = Word("Hội đồng", date(2024, 1, 12), "Biên bản 05")


@pytest.mark.parametrize("late", ["changed", "gone", "two"])
def test_frozen_cluster_stays_as_it_was(late: str, tmp_path: Path, master_path: Path) -> None:
    master = load_master(master_path)
    inbox = save(tmp_path, [book(), OTHER])
    small(tmp_path, master)
    freeze(inbox, tmp_path / "ra", master, ["C01"], WORD)
    if late == "gone":
        (inbox / book().name).unlink()
    else:
        name = "c01 (2).xlsx" if late == "two" else ""
        book({("DV-01", "I.1", "cluster_score"): 1}, name=name).save(inbox)
    parted = large(tmp_path, master_path)
    compare(tmp_path, small(tmp_path, master), parted)
    assert "KT-544" in {item.code.id for item in parted.findings}


def test_large_round_can_be_frozen_by_its_own_answers(tmp_path: Path, master_path: Path) -> None:
    save(tmp_path, [book(BLANK), OTHER])
    large(tmp_path, master_path)
    path = tmp_path / "ra" / "tong-hop-lon.xlsx"
    path.rename(tmp_path / "ra" / "tong-hop-huyen.xlsx")
    answer(tmp_path, {"Tiêu chí": "I.1"}, answer="0 điểm")
    (tmp_path / "ra" / "tong-hop-huyen.xlsx").rename(path)
    (record,) = freeze(tmp_path / "nhan", tmp_path / "ra", load_master(master_path), ["C01"], WORD)
    assert [unit.total for unit in record.units if unit.code == "DV-01"] == [Decimal("14.5")]


def test_questions_that_do_not_fit_are_counted_and_typed_answers_stay(
    tmp_path: Path, master_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blanks: Typed = {("DV-01", path, "cluster_score"): None for path in ("I.1", "I.3", "II.1")}
    save(tmp_path, [book(blanks), OTHER])
    small(tmp_path, load_master(master_path))
    answer(tmp_path, {"Tiêu chí": "II.1"}, answer="0 điểm")
    monkeypatch.setattr(large_round, "MOST_QUESTIONS", 2)
    made = large(tmp_path, master_path)
    (tmp_path / "ra" / "tong-hop-huyen.xlsx").unlink()
    (tmp_path / "ra" / "tong-hop-lon.xlsx").rename(tmp_path / "ra" / "tong-hop-huyen.xlsx")
    assert [row["Tiêu chí"] for row in questions(tmp_path)] == ["I.1", "II.1"]
    assert [item.params for item in made.findings if item.code.id == "KT-866"] == [{"count": 1, "shown": 2}]


def test_reading_parts_again_is_told_as_it_goes(tmp_path: Path, master_path: Path) -> None:
    save(tmp_path, [book(BLANK), OTHER])
    small(tmp_path, load_master(master_path))
    answer(tmp_path, {"Tiêu chí": "I.1"}, answer="0 điểm")
    told: list[tuple[int, int, str]] = []
    large(tmp_path, master_path, progress=lambda *step: told.append(step))
    assert told == [(1, 2, "c01.xlsx"), (2, 2, "c02.xlsx"), (1, 1, "c01.xlsx")]


def test_summary_lists_every_cluster_and_counts_files_only(tmp_path: Path, master_path: Path) -> None:
    changed = book(typed={("DV-01", "II.1", "cluster_score"): Decimal("7.5")})
    save(tmp_path, [changed]).joinpath("c01.xlsx").rename(tmp_path / "nhan" / "c01 sửa.xlsx")
    save(tmp_path, [book()])
    shown = openpyxl.load_workbook(large(tmp_path, master_path).outputs[0])
    states = {row[0]: row[-1] for row in shown["Các cụm"].iter_rows(values_only=True)}
    assert (states["C01"], states["C02"]) == ("Có hai sổ khác nhau, chưa tổng hợp", "Chưa nhận được sổ")
    counts = {row[1]: row[3:] for row in shown["Theo mã"].iter_rows(values_only=True)}
    assert counts["KT-503"] == (1, 0)
    assert counts["KT-502"] == (1, 1)
