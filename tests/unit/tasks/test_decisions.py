"""Answers typed into "Chờ quyết định", read back, applied, printed and never lost."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import Standing, State
from tdkt_xl.tables.grid import SheetState
from tdkt_xl.tasks.consolidate import Consolidation, consolidate
from tests.tools.forms import BookDraft, Typed, cluster_book, renamed, tiny_master
from tests.tools.grids import draft, spots

RESULT = "tong-hop-huyen.xlsx"
SHEET = "Chờ quyết định"
WORD = {"who": "Hội đồng TĐ-KT", "day": date(2024, 1, 12), "why": "Biên bản số 05/BB"}
COLUMNS = {"answer": 7, "who": 8, "day": 9, "why": 10, "state": 11, "code": 17}


def run(folder: Path, *books: BookDraft, master: Master | None = None, **more: Any) -> Consolidation:
    inbox = folder / "nhan"
    if not inbox.exists():
        inbox.mkdir()
        for book in books:
            book.save(inbox)
    return consolidate(inbox, master or tiny_master(), folder / "ra", **more)


def questions(folder: Path) -> list[dict[str, Any]]:
    """Rows of the sheet, by heading, with their Excel row under "row"."""
    sheet = openpyxl.load_workbook(folder / "ra" / RESULT)[SHEET]
    lines = list(sheet.iter_rows())
    head = next(line for line in lines if line[0].value == "STT")
    names = [cell.value for cell in head]
    return [
        {**dict(zip(names, (cell.value for cell in line), strict=True)), "row": line[0].row}
        for line in lines[head[0].row :]
        if line[0].value is not None
    ]


def answer(folder: Path, at: Mapping[str, str], **typed: object) -> None:
    """Type into the row whose columns hold ``at``; who, day and why are filled unless given."""
    path = folder / "ra" / RESULT
    (row,) = [item for item in questions(folder) if at.items() <= item.items()]
    book = openpyxl.load_workbook(path)
    for field, value in {**WORD, **typed}.items():
        book[SHEET].cell(row["row"], COLUMNS[field], value)
    book.save(path)


def states(folder: Path) -> list[tuple[str, str]]:
    return [(row["Loại việc"], row["Tình trạng"]) for row in questions(folder)]


def unit(made: Consolidation, code: str) -> Standing:
    (found,) = [
        item for cluster in made.consolidated.clusters for item in cluster.standings if item.unit_code == code
    ]
    return found


def book(typed: Typed | None = None, name: str = "") -> BookDraft:
    """A cluster book whose only zeros have a reason, so that nothing is asked of it."""
    explained = {("DV-03", "I.2", "reason"): "không đạt chuẩn"}
    return cluster_book(typed={**explained, **(typed or {})}, name=name)


OTHER = cluster_book("C02")


def test_clean_round_asks_nothing(tmp_path: Path) -> None:
    made = run(tmp_path, book(), OTHER)
    assert made.findings == ()
    assert questions(tmp_path) == []


# Blank and zero


def test_blank_score_decided_as_zero(tmp_path: Path) -> None:
    run(tmp_path, book({("DV-01", "I.1", "cluster_score"): None}), OTHER)
    assert states(tmp_path) == [("Chưa có điểm", "Chờ trả lời")]
    answer(tmp_path, {"Tiêu chí": "I.1"}, answer="0 điểm")
    made = run(tmp_path)
    assert spots(made.findings) == [("An Bình", "H13", "KT-539")]
    assert (unit(made, "DV-01").total, unit(made, "DV-01").state) == (Decimal("14.5"), State.RANKED)
    assert states(tmp_path) == [("Chưa có điểm", "Đã áp dụng")]


def test_blank_score_decided_as_not_applicable_leaves_the_base(tmp_path: Path) -> None:
    run(tmp_path, book({("DV-01", "I.1", "cluster_score"): None}), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.1"}, answer="Không áp dụng")
    first = unit(run(tmp_path), "DV-01")
    assert (first.total, first.base, first.rank) == (Decimal("14.5"), Decimal(15), 1)


def test_zero_without_a_reason_is_asked_about_and_counts_meanwhile(tmp_path: Path) -> None:
    made = run(tmp_path, cluster_book(), OTHER)
    assert states(tmp_path) == [("Điểm 0 không có lý do", "Chờ trả lời")]
    assert unit(made, "DV-03").rank == 3


def test_zero_that_was_never_scored_makes_the_unit_wait(tmp_path: Path) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Chờ chấm")
    assert unit(run(tmp_path), "DV-03").state is State.INCOMPLETE


# Waivers


def test_score_above_its_maximum_is_unblocked_for_that_cell_only(tmp_path: Path) -> None:
    typed = {("DV-01", "I.1", "cluster_score"): 5.5, ("DV-02", "I.1", "cluster_score"): 6}
    made = run(tmp_path, book(typed), OTHER)
    assert unit(made, "DV-01").state is State.INCOMPLETE
    answer(tmp_path, {"Mã đơn vị": "DV-01"}, answer="Chấp nhận")
    made = run(tmp_path)
    assert spots(made.findings) == [("An Bình", "H13", "KT-539"), ("Bình Hòa", "H13", "KT-209")]
    assert (unit(made, "DV-01").total, unit(made, "DV-01").state) == (Decimal(20), State.RANKED)
    assert unit(made, "DV-02").state is State.INCOMPLETE
    (note,) = [item for item in made.findings if item.code.id == "KT-539"]
    assert (note.params["who"], note.params["day"]) == ("Hội đồng TĐ-KT", date(2024, 1, 12))


def test_refused_waiver_changes_nothing_but_is_recorded(tmp_path: Path) -> None:
    run(tmp_path, book({("DV-01", "I.1", "cluster_score"): 5.5}), OTHER)
    answer(tmp_path, {"Mã đơn vị": "DV-01"}, answer="Không chấp nhận")
    made = run(tmp_path)
    assert unit(made, "DV-01").state is State.INCOMPLETE
    assert states(tmp_path) == [("Chấp nhận điểm có lỗi", "Đã áp dụng")]


def test_score_off_its_step_is_accepted(tmp_path: Path) -> None:
    run(tmp_path, book({("DV-01", "I.1", "cluster_score"): 4.6}), OTHER)
    answer(tmp_path, {"Mã đơn vị": "DV-01"}, answer="Chấp nhận")
    assert spots(run(tmp_path).findings) == [("An Bình", "H13", "KT-539")]


DIFFERENT: Typed = {
    (code, "I.3", field): value
    for code, result, score in (("DV-01", 20, 2), ("DV-02", 10, 1.5), ("DV-03", 8, 1.2))
    for field, value in (
        ("target", 10), ("result", result), ("self_score", score), ("cluster_score", score),
    )
}  # fmt: skip


@pytest.mark.parametrize(("word", "total"), [("Lấy điểm đã ghi", "18.5"), ("Lấy điểm tính", "19.5")])
def test_typed_against_computed(word: str, total: str, tmp_path: Path) -> None:
    run(tmp_path, book(DIFFERENT), OTHER)
    answer(tmp_path, {"Loại việc": "Điểm ghi khác điểm tính"}, answer=word)
    made = run(tmp_path)
    assert [spot for spot in spots(made.findings) if spot[2] in {"KT-253", "KT-539"}] == [
        ("An Bình", "H15", "KT-539")
    ]
    assert unit(made, "DV-01").total == Decimal(total)


def test_not_applicable_granted_by_the_council(tmp_path: Path) -> None:
    free = {
        ("DV-02", "I.2", "target"): "Không áp dụng",
        ("DV-02", "I.2", "cluster_score"): None,
        ("DV-02", "I.2", "self_score"): None,
    }
    run(tmp_path, book(free), OTHER)
    answer(tmp_path, {"Loại việc": "Xin không áp dụng"}, answer="Không áp dụng")
    made = run(tmp_path)
    assert spots(made.findings) == [("Bình Hòa", "D14", "KT-539")]
    assert (unit(made, "DV-02").total, unit(made, "DV-02").base) == (Decimal(12), Decimal(16))


# Hidden cells


def hidden() -> BookDraft:
    made = book()
    made["Bình Hòa"].hidden_rows.add(13)
    return made


def test_hidden_row_is_counted_until_told_otherwise(tmp_path: Path) -> None:
    made = run(tmp_path, hidden(), OTHER)
    assert unit(made, "DV-02").state is State.RANKED
    answer(tmp_path, {"Loại việc": "Số liệu trong ô ẩn"}, answer="Tính")
    made = run(tmp_path)
    assert spots(made.findings) == [("Bình Hòa", "A13", "KT-539")]
    assert unit(made, "DV-02").total == Decimal(16)


def test_hidden_row_set_aside_makes_the_unit_wait(tmp_path: Path) -> None:
    run(tmp_path, hidden(), OTHER)
    answer(tmp_path, {"Loại việc": "Số liệu trong ô ẩn"}, answer="Chưa tính")
    assert unit(run(tmp_path), "DV-02").state is State.INCOMPLETE


def test_hidden_sheet_is_asked_about_as_a_whole(tmp_path: Path) -> None:
    made = book()
    made["Bình Hòa"].state = SheetState.HIDDEN
    run(tmp_path, made, OTHER)
    answer(tmp_path, {"Loại việc": "Số liệu trong ô ẩn"}, answer="Chưa tính")
    assert unit(run(tmp_path), "DV-02").state is State.INCOMPLETE


def in_hidden_sheet() -> BookDraft:
    made = book()
    made["Bình Hòa"].state = SheetState.HIDDEN
    return made


def in_hidden_column() -> BookDraft:
    made = book()
    made["Bình Hòa"].hidden_columns.add(8)
    return made


@pytest.mark.parametrize("made", [hidden, in_hidden_sheet, in_hidden_column], ids=["row", "sheet", "column"])
@pytest.mark.parametrize(
    ("cell", "file", "after"),
    [
        ("H13", "c01.xlsx", "Chờ trả lời"),
        ("J14", "c01.xlsx", "Đã áp dụng"),
        ("J14", "c01 (lần 2).xlsx", "Đã áp dụng"),
    ],
    ids=["other number", "visible reason", "other name"],
)
def test_answer_on_hidden_cells_fits_these_numbers_only(
    made: Callable[[], BookDraft], cell: str, file: str, after: str, tmp_path: Path
) -> None:
    if made is in_hidden_sheet and cell == "J14":
        cell = "B2"  # in a hidden sheet every score and reason is hidden
    run(tmp_path, made(), OTHER)
    answer(tmp_path, {"Loại việc": "Số liệu trong ô ẩn"}, answer="Tính")
    resent = made()
    resent["Bình Hòa"].put(cell, 3 if cell == "H13" else "lý do khác")
    (tmp_path / "nhan" / "c01.xlsx").unlink()
    renamed(resent, file).save(tmp_path / "nhan")
    found = run(tmp_path)
    assert ("Số liệu trong ô ẩn", after) in states(tmp_path)
    assert ("KT-537" in {item.code.id for item in found.findings}) is (after == "Chờ trả lời")


# Doubles


def doubled() -> BookDraft:
    made = book()
    made.sheets.append(made["An Bình"].copy("An Bình (2)").put("H13", 3.0))
    return made


@pytest.mark.parametrize(("word", "total"), [("An Bình", "19"), ("An Bình (2)", "17.5")])
def test_version_of_a_unit_s_sheet_is_chosen(word: str, total: str, tmp_path: Path) -> None:
    run(tmp_path, doubled(), OTHER)
    answer(tmp_path, {"Loại việc": "Trùng phiếu"}, answer=word)
    made = run(tmp_path)
    assert unit(made, "DV-01").total == Decimal(total)
    assert "KT-411" not in {item.code.id for item in made.findings}


def test_nothing_is_asked_about_the_version_set_aside(tmp_path: Path) -> None:
    made = doubled()
    made["An Bình (2)"].put("H13", None)
    run(tmp_path, made, OTHER)
    assert states(tmp_path) == [("Trùng phiếu", "Chờ trả lời"), ("Chưa có điểm", "Chờ trả lời")]
    answer(tmp_path, {"Loại việc": "Trùng phiếu"}, answer="An Bình")
    run(tmp_path)
    assert states(tmp_path) == [("Trùng phiếu", "Đã áp dụng")]


def test_waiting_for_a_version_leaves_both_out(tmp_path: Path) -> None:
    run(tmp_path, doubled(), OTHER)
    answer(tmp_path, {"Loại việc": "Trùng phiếu"}, answer="Chờ xác minh")
    made = run(tmp_path)
    states_ = [item.state for item in made.consolidated.clusters[0].standings if item.unit_code == "DV-01"]
    assert states_ == [State.DOUBLED, State.DOUBLED]


def test_book_of_a_cluster_is_chosen(tmp_path: Path) -> None:
    late = book({("DV-01", "I.1", "cluster_score"): 3}, name="c01 (2).xlsx")
    run(tmp_path, book(), late, OTHER)
    answer(tmp_path, {"Loại việc": "Trùng sổ cụm"}, answer="c01 (2).xlsx")
    made = run(tmp_path)
    assert unit(made, "DV-01").total == Decimal("17.5")
    assert "KT-502" not in {item.code.id for item in made.findings}


def test_choosing_a_book_leaves_no_question_about_the_sheets_of_the_other(tmp_path: Path) -> None:
    late = cluster_book(typed={("DV-01", "I.1", "cluster_score"): 3}, name="c01 (2).xlsx")
    late.sheets.append(late["An Bình"].copy("An Bình (2)").put("H13", 2.0))
    run(tmp_path, book(), late, OTHER)
    assert {row["Câu hỏi"] for row in questions(tmp_path) if row["Loại việc"] == "Trùng phiếu"} == {
        "Xã An Bình có 3 phiếu; lấy phiếu nào?"
    }
    answer(tmp_path, {"Loại việc": "Trùng sổ cụm"}, answer="c01 (2).xlsx")
    run(tmp_path)
    assert [row["Câu hỏi"] for row in questions(tmp_path) if row["Loại việc"] == "Trùng phiếu"] == [
        "Xã An Bình có 2 phiếu; lấy phiếu nào?"
    ]


# Blanks and ties of a wide table, units down, criteria across


def wide_table(blank: bool) -> BookDraft:
    """The units of C01 with three criteria; DV-02 and DV-03 level at 9 once the blank counts as 0."""
    head = "| Đơn vị | TC1 | TC2 | TC3 | Tổng điểm | Xếp hạng |"
    scores = {"Xã An Bình": "5 | 4 | 3", "Xã Bình Hòa": f"5 | 4 | {'' if blank else 0}"}
    lines = [
        f"| {name} | {points} | | |" for name, points in {**scores, "Thị trấn Cẩm Sơn": "3 | 3 | 3"}.items()
    ]
    made = draft("\n".join([head, *lines]), name="Bảng", at="A3")
    made.put("A1", "KẾT QUẢ CỤM THI ĐUA SỐ 1 NĂM 2023")
    return BookDraft("bang.xlsx", [made])


def test_blank_of_a_wide_table_is_asked_about_and_decided(tmp_path: Path) -> None:
    made = run(tmp_path, wide_table(blank=True), OTHER)
    assert states(tmp_path) == [("Chưa có điểm", "Chờ trả lời")]
    assert unit(made, "DV-02").state is State.INCOMPLETE
    answer(tmp_path, {"Mã đơn vị": "DV-02"}, answer="0 điểm")
    made = run(tmp_path)
    assert (unit(made, "DV-02").total, unit(made, "DV-02").tied) == (Decimal(9), True)
    assert ("Chưa có điểm", "Đã áp dụng") in states(tmp_path)
    codes = [finding.code.id for finding in made.findings]
    assert ("KT-207" in codes, codes.count("KT-539")) == (False, 1)
    rows = openpyxl.load_workbook(tmp_path / "ra" / RESULT)["Điểm chi tiết"].iter_rows(values_only=True)
    assert [row[9] for row in rows if "Theo quyết định" in row] == [0]


def test_blank_of_a_wide_table_left_open_waits(tmp_path: Path) -> None:
    run(tmp_path, wide_table(blank=True), OTHER)
    answer(tmp_path, {"Mã đơn vị": "DV-02"}, answer="Chờ chấm")
    assert unit(run(tmp_path), "DV-02").state is State.INCOMPLETE
    assert states(tmp_path) == [("Chưa có điểm", "Đã áp dụng")]


def test_tie_of_a_wide_table_is_settled_as_the_council_says(tmp_path: Path) -> None:
    run(tmp_path, wide_table(blank=False), OTHER)
    answer(tmp_path, {"Loại việc": "Đồng hạng"}, answer="Thị trấn Cẩm Sơn")
    made = run(tmp_path)
    assert [unit(made, code).rank for code in ("DV-01", "DV-03", "DV-02")] == [1, 2, 3]


# Ties


def test_tie_is_ranked_as_the_council_says(tmp_path: Path) -> None:
    scores = {"I.1": 5, "I.3": 2.5, "II.1": 8, "IV.1": -0.5}
    typed: Typed = {("DV-02", path, "cluster_score"): score for path, score in scores.items()}
    run(tmp_path, book(typed), OTHER)
    assert states(tmp_path) == [("Đồng hạng", "Chờ trả lời")]
    answer(tmp_path, {"Loại việc": "Đồng hạng"}, answer="Xã Bình Hòa")
    made = run(tmp_path)
    assert [(unit(made, code).rank, unit(made, code).tied) for code in ("DV-01", "DV-02", "DV-03")] == [
        (2, False),
        (1, False),
        (3, False),
    ]
    codes = [item.code.id for item in made.findings]
    assert ("KT-406" in codes, codes.count("KT-539")) == (False, 1)


def level() -> Typed:
    """Three units level at 19 points."""
    scores = {"I.1": 4.5, "I.2": 4, "I.3": 2.5, "II.1": 7, "III.1": 1, "IV.1": 0}
    return {
        (code, path, field): score
        for code in ("DV-01", "DV-02", "DV-03")
        for path, score in scores.items()
        for field in ("self_score", "cluster_score")
    }


def test_three_level_units_are_settled_one_after_the_other(tmp_path: Path) -> None:
    run(tmp_path, book(level()), OTHER)
    answer(tmp_path, {"Loại việc": "Đồng hạng"}, answer="Thị trấn Cẩm Sơn")
    made = run(tmp_path)
    ranks = {code: (unit(made, code).rank, unit(made, code).tied) for code in ("DV-01", "DV-02", "DV-03")}
    assert ranks == {"DV-01": (2, True), "DV-02": (2, True), "DV-03": (1, False)}
    assert states(tmp_path) == [("Đồng hạng", "Chờ trả lời"), ("Đồng hạng", "Đã áp dụng")]
    answer(tmp_path, {"Tình trạng": "Chờ trả lời"}, answer="Xã Bình Hòa")
    made = run(tmp_path)
    assert [unit(made, code).rank for code in ("DV-03", "DV-02", "DV-01")] == [1, 2, 3]


def test_tie_kept_stays_a_tie_without_being_asked_again(tmp_path: Path) -> None:
    run(tmp_path, book(level()), OTHER)
    answer(tmp_path, {"Loại việc": "Đồng hạng"}, answer="Giữ đồng hạng")
    made = run(tmp_path)
    assert {unit(made, code).rank for code in ("DV-01", "DV-02", "DV-03")} == {1}
    assert states(tmp_path) == [("Đồng hạng", "Đã áp dụng")]
