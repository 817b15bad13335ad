"""Files of a large round against each other: the findings of a small round, cell for cell."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import openpyxl
import polars
import pytest

from tdkt_xl.findings.render import as_records
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks import part_tables, shared_work
from tdkt_xl.tasks.consolidate import Consolidation, consolidate
from tdkt_xl.tasks.executors import Here
from tdkt_xl.tasks.freeze import freeze
from tdkt_xl.tasks.freezing import Word
from tdkt_xl.tasks.large_round import LargeConsolidation, consolidate_large
from tdkt_xl.tasks.master import load_master
from tdkt_xl.writers.master_book import build_master_book
from tdkt_xl.writers.score_parts import COLUMNS, PROPOSALS
from tests.tools.corpus.case import Case, masters
from tests.tools.corpus.of_rounds import _proposed_elsewhere as proposed_elsewhere
from tests.tools.corpus.shelves import all_cases
from tests.tools.forms import OFFICE, BookDraft, Typed, renamed, unit_sheet, write_master
from tests.unit.tasks.test_decisions import answer, book, doubled

FOLDERS = [
    case
    for cases in all_cases().values()
    for case in cases
    if len(case.files) > 1 and case.command in {"validate", "consolidate"}
]
SELF: Typed = {("DV-01", "I.3", "self_score"): 2.5, ("DV-01", "II.1", "self_score"): 7}
SHEET = "[c01.xlsx]An Bình"


@pytest.fixture(autouse=True)
def one_file_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_work, "FILES_A_PART", 1)


class Desk:
    """A folder of received files, consolidated both ways."""

    def __init__(self, folder: Path, master_path: Path) -> None:
        self.folder = folder
        self.master_path = master_path
        self.master = load_master(master_path)
        self.inbox = folder / "nhan"
        self.inbox.mkdir(exist_ok=True)

    def receive(self, *books: BookDraft) -> "Desk":
        for draft in books:
            draft.save(self.inbox)
        return self

    def small(self) -> Consolidation:
        return consolidate(self.inbox, self.master, self.folder / "ra")

    def large(self) -> LargeConsolidation:
        return consolidate_large(
            self.inbox, self.master_path, self.master, self.folder / "lon", Here(), ahead=1,
            decisions=self.folder / "ra" / "tong-hop-huyen.xlsx",
        )  # fmt: skip

    def told(self, *codes: str) -> list[str]:
        """The findings of these codes, when both ways say the same of everything."""
        whole, parted = self.small(), self.large()
        assert as_records(parted.findings) == as_records(whole.findings)
        return spots(parted, codes)


def spots(made: LargeConsolidation, codes: Iterable[str]) -> list[str]:
    return [f"{item.place} {item.code.id}" for item in made.findings if item.code.id in codes]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, write_master(tmp_path))


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_folders_of_the_corpus(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.xlsx"
    path.write_bytes(build_master_book(masters()[case.master], OFFICE))
    desk = Desk(tmp_path, path)
    for name, data in case.files.items():
        (desk.inbox / name).write_bytes(data)
    compared = {"KT-512", "KT-706"}
    expected = [line for line in case.findings if line[-6:] in compared]
    assert sorted(desk.told(*compared)) == sorted(expected)


def test_self_scores_other_than_those_the_unit_sent(desk: Desk) -> None:
    desk.receive(unit_sheet(SELF), book(), unit_sheet(name="binh-hoa.xlsx", code="DV-02"))
    assert desk.told("KT-512") == [f"{SHEET}!F15 KT-512", f"{SHEET}!F17 KT-512"]


def test_first_of_two_sheets_of_a_unit_counts(desk: Desk) -> None:
    desk.receive(book(), unit_sheet(name="a.xlsx"), unit_sheet(SELF, name="b.xlsx"))
    assert desk.told("KT-512", "KT-528") == ["[b.xlsx] KT-528"]


@pytest.mark.parametrize("value", [None, 99, "x"])
def test_self_score_reported_elsewhere_is_not_compared(value: object, desk: Desk) -> None:
    desk.receive(book(), unit_sheet({("DV-01", "I.3", "self_score"): value}))
    assert desk.told("KT-512") == []


def test_file_with_nothing_but_a_difference_needs_a_look(desk: Desk) -> None:
    desk.receive(unit_sheet(SELF), book())
    desk.small()
    (path,) = desk.large().outputs
    rows = openpyxl.load_workbook(path)["Tệp cần xem"].iter_rows(values_only=True)
    assert [row[1] for row in rows if row[0] == "c01.xlsx"] == ["Có lỗi"]


def test_version_that_was_set_aside_is_not_compared(desk: Desk) -> None:
    desk.receive(doubled(), unit_sheet(SELF))
    before = desk.told("KT-512")
    assert len(before) == 4
    answer(desk.folder, {"Loại việc": "Trùng phiếu"}, answer="An Bình")
    assert desk.told("KT-512") == [line for line in before if "(2)" not in line]


def test_frozen_copy_is_compared_in_the_place_of_what_came_since(desk: Desk) -> None:
    desk.receive(book(), unit_sheet(SELF))
    freeze(desk.inbox, desk.folder / "ra", desk.master, ["C01"], Word("A", date(2024, 1, 12), "BB 5"))
    freeze(desk.inbox, desk.folder / "lon", desk.master, ["C01"], Word("A", date(2024, 1, 12), "BB 5"))
    desk.receive(book({("DV-01", "I.3", "self_score"): 2.5}))
    assert desk.told("KT-512") == [f"{SHEET}!F15 KT-512", f"{SHEET}!F17 KT-512"]


TWICE = "[c02.xlsx]Đề nghị cá nhân!B10 KT-706"


def test_proposal_of_two_clusters(desk: Desk) -> None:
    assert desk.receive(book(), proposed_elsewhere()).told("KT-706") == [TWICE]


def test_proposals_that_share_a_number_by_chance_are_told_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_tables, "_digest", lambda key: 7)
    assert desk.receive(book(), proposed_elsewhere()).told("KT-706") == [TWICE]


def test_book_received_twice_proposes_once(desk: Desk) -> None:
    desk.receive(book(), renamed(book(), "c01 (2).xlsx"), proposed_elsewhere())
    assert len(desk.told("KT-706")) == 1


def test_table_of_proposals_is_the_lists_of_a_small_result(desk: Desk) -> None:
    desk.receive(book(), proposed_elsewhere())
    workbook = openpyxl.load_workbook(desk.small().outputs[0])
    made = desk.large()
    table = polars.concat(
        polars.read_parquet(desk.folder / "lon" / part.path)
        for part in made.parts
        if part.path.startswith(f"{PROPOSALS}/")
    )
    for sheet_id, kind in (("collectives", "Tập thể"), ("individuals", "Cá nhân")):
        layout = load_layout("tong-hop-huyen").sheet(sheet_id)
        fields = [column.field for column in layout.columns if column.field != "row"]
        at = [layout.position(field) - 1 for field in fields]
        listed = [
            tuple(row[index] for index in at)
            for row in workbook[layout.name].iter_rows(values_only=True)
            if str(row[0]).startswith("C0")
        ]
        assert listed
        assert table.filter(polars.col("kind") == kind).select(fields).rows() == listed


def test_table_of_proposals_has_every_column_of_the_lists() -> None:
    layouts = [load_layout("tong-hop-huyen").sheet(name) for name in ("collectives", "individuals")]
    wanted = {column.field for layout in layouts for column in layout.columns} - {"row"}
    assert wanted <= COLUMNS[PROPOSALS].keys()


def test_self_scores_are_kept_no_longer_than_needed(desk: Desk) -> None:
    desk.receive(book(), unit_sheet(SELF)).small()
    made = desk.large()
    assert {part.path.split("/")[0] for part in made.parts} == tables_in(desk.folder / "lon")
    assert "tu-cham" not in tables_in(desk.folder / "lon")


def tables_in(out: Path) -> set[str]:
    return {path.parent.name for path in out.rglob("*.parquet")}
