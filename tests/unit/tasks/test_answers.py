"""Answers as typed: checked, kept whatever becomes of their question, and told with their cells."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.findings import TdktError
from tests.tools.forms import BookDraft, cluster_book, filed, write_master
from tests.tools.runs import tdkt
from tests.unit.tasks.test_decisions import OTHER, RESULT, SHEET, answer, book, level, questions, run, unit


def test_unknown_answer_is_reported_at_its_cell_and_kept(tmp_path: Path) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="tuỳ hội đồng")
    made = run(tmp_path)
    (row,) = questions(tmp_path)
    assert filed(made.findings) == [(RESULT, SHEET, f"G{row['row']}", "KT-535")]
    assert (row["Trả lời"], row["Tình trạng"]) == ("tuỳ hội đồng", "Trả lời chưa hợp lệ")


@pytest.mark.parametrize(
    ("gap", "column"), [({"who": None}, "H"), ({"why": None}, "J"), ({"day": None, "who": None}, "H")]
)
def test_ruling_without_who_when_or_why_does_not_count(
    gap: dict[str, object], column: str, tmp_path: Path
) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Không áp dụng", **gap)
    made = run(tmp_path)
    (row,) = questions(tmp_path)
    assert filed(made.findings) == [(RESULT, SHEET, f"{column}{row['row']}", "KT-536")]
    assert unit(made, "DV-03").base == Decimal(20)
    assert row["Trả lời"] == "Không áp dụng"


def test_day_that_is_none_is_reported_once_and_kept_as_typed(tmp_path: Path) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="0 điểm", day="hôm qua")
    made = run(tmp_path)
    (row,) = questions(tmp_path)
    assert filed(made.findings) == [(RESULT, SHEET, f"I{row['row']}", "KT-223")]
    assert row["Ngày"] == "hôm qua"


@pytest.mark.parametrize(("day", "counts"), [(date(2024, 1, 15), True), (date(2024, 1, 16), False)])
def test_ruling_of_a_day_to_come_does_not_count(day: date, counts: bool, tmp_path: Path) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Không áp dụng", day=day)
    made = run(tmp_path, today=date(2024, 1, 15))
    (row,) = questions(tmp_path)
    ahead = [spot for spot in filed(made.findings) if spot[3] == "KT-546"]
    assert ahead == ([] if counts else [(RESULT, SHEET, f"I{row['row']}", "KT-546")])
    assert unit(made, "DV-03").base == Decimal(16 if counts else 20)
    assert row["Ngày"].date() == day


def two_questions() -> BookDraft:
    """DV-01 without a score for I.1, DV-02 without one for I.2."""
    blank = {("DV-01", "I.1", "cluster_score"): None, ("DV-02", "I.2", "cluster_score"): None}
    return book({**blank, ("DV-02", "I.2", "self_score"): None})


def test_findings_about_answers_point_at_the_cells_of_the_new_result(tmp_path: Path) -> None:
    run(tmp_path, two_questions(), OTHER)
    first, second = (row["row"] for row in questions(tmp_path))
    answer(tmp_path, {"row": first}, answer="0 điểm", who=None)
    made = run(tmp_path)
    moved = {row["Trả lời"]: row["row"] for row in questions(tmp_path)}
    assert moved == {None: first, "0 điểm": second}  # what waits comes first
    assert [spot for spot in filed(made.findings) if spot[3] == "KT-536"] == [
        (RESULT, SHEET, f"H{second}", "KT-536")
    ]


def test_findings_about_answers_in_a_file_of_their_own_point_there(tmp_path: Path) -> None:
    run(tmp_path, two_questions(), OTHER)
    first = questions(tmp_path)[0]["row"]
    answer(tmp_path, {"row": first}, answer="0 điểm", who=None)
    kept = tmp_path / "quyet-dinh.xlsx"
    (tmp_path / "ra" / RESULT).rename(kept)
    made = run(tmp_path, decisions=kept)
    assert ("quyet-dinh.xlsx", SHEET, f"H{first}", "KT-536") in filed(made.findings)


@pytest.mark.parametrize("way", [(), ("--workers", 1)], ids=["small", "large"])
def test_command_says_which_answers_do_not_count(way: tuple[object, ...], tmp_path: Path) -> None:
    run(tmp_path, two_questions(), OTHER)
    rows = [row["row"] for row in questions(tmp_path)]
    answer(tmp_path, {"row": rows[0]}, answer="tuỳ")
    answer(tmp_path, {"row": rows[1]}, answer="0 điểm", day=date(2999, 1, 1))
    master = write_master(tmp_path)
    told = tdkt("consolidate", tmp_path / "nhan", "--out", tmp_path / "ra", "--master", master, *way)
    result = "tong-hop-lon.xlsx" if way else RESULT
    assert told.stdout.splitlines()[1 if way else 2 :][:2] == [
        f"2 việc chờ quyết định: xem trang “{SHEET}” của {result}.",
        f"2 câu trả lời chưa hợp lệ nên chưa áp dụng: sửa ô G{rows[0]}, I{rows[1]} ở trang “{SHEET}” của "
        f"{result}, lưu rồi làm lại.",
    ]


def test_answer_whose_question_is_gone_is_kept_and_listed(tmp_path: Path) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Không áp dụng")
    cluster_book(typed={("DV-03", "I.2", "cluster_score"): 4}).save(tmp_path / "nhan")
    for _ in range(2):
        made = run(tmp_path)
        assert [item.code.id for item in made.findings] == ["KT-537"]
        (row,) = questions(tmp_path)
        assert (row["Tình trạng"], row["Trả lời"], row["Người quyết định"]) == (
            "Câu hỏi không còn",
            "Không áp dụng",
            "Hội đồng TĐ-KT",
        )
    cluster_book().save(tmp_path / "nhan")  # the question is back, and so is its answer
    assert unit(run(tmp_path), "DV-03").base == Decimal(16)


def test_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path, cluster_book(typed=level()), OTHER)
    answer(tmp_path, {"Loại việc": "Đồng hạng"}, answer="Xã Bình Hòa")
    results = []
    for _ in range(2):
        run(tmp_path)
        results.append((tmp_path / "ra" / RESULT).read_bytes())
    assert results[0] == results[1]


def test_answers_may_come_from_another_file(tmp_path: Path) -> None:
    run(tmp_path, cluster_book(), OTHER)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Không áp dụng")
    kept = tmp_path / "quyet-dinh.xlsx"
    (tmp_path / "ra" / RESULT).rename(kept)
    assert unit(run(tmp_path, decisions=kept), "DV-03").base == Decimal(16)


def test_missing_file_of_decisions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        run(tmp_path, cluster_book(), OTHER, decisions=tmp_path / "khong-co.xlsx")
    assert caught.value.finding.code.id == "KT-801"


def test_unreadable_earlier_result_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "ra").mkdir()
    (tmp_path / "ra" / RESULT).write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(TdktError) as caught:
        run(tmp_path, cluster_book(), OTHER)
    assert caught.value.finding.code.id == "KT-538"
    assert (tmp_path / "ra" / RESULT).read_bytes() == b"PK\x03\x04 cut short"
