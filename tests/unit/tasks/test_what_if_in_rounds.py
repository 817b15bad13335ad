"""A correction tried in a round with rulings, frozen clusters and books sent twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.what_if import what_if
from tests.tools.forms import cluster_book, filed, renamed, tiny_master
from tests.unit.tasks.test_decisions import answer, book
from tests.unit.tasks.test_freezing import LATER, chosen_elsewhere, frozen, inbox, ranking, run


def test_preview_with_doubles_elsewhere_is_that_of_the_whole_round(tmp_path: Path) -> None:
    chosen_elsewhere(tmp_path)
    whole = run(tmp_path)
    later = cluster_book(typed=LATER, name="c01 (sửa).xlsx").save(tmp_path)
    found = what_if(later, tmp_path / "nhan", tiny_master(), tmp_path / "ra" / "tong-hop-huyen.xlsx")
    before = {
        move.before.unit_code: (move.before.total, move.before.rank) for move in found.moves if move.before
    }
    assert before == ranking(whole)
    assert found.leaders_after == ("Xã An Bình",)


@pytest.mark.parametrize("chosen", ["c01.xlsx", "c01 (2).xlsx"])
def test_preview_replaces_the_book_that_was_chosen(chosen: str, tmp_path: Path) -> None:
    low = {("DV-01", "I.1", "cluster_score"): 3, ("DV-01", "I.1", "self_score"): 3}
    received = inbox(tmp_path, book(), renamed(book(low), "c01 (2).xlsx"), cluster_book("C02"))
    result = tmp_path / "ra" / "tong-hop-huyen.xlsx"
    later = renamed(book(LATER), "sửa.xlsx").save(tmp_path)
    run(tmp_path)
    with pytest.raises(TdktError) as fault:
        what_if(later, received, tiny_master(), result)
    assert fault.value.finding.params["reason"] == (
        "thư mục có nhiều sổ tương ứng mà chưa chọn (c01 (2).xlsx, c01.xlsx); xin chọn bằng tdkt choose"
    )
    answer(tmp_path, {"Loại việc": "Trùng sổ cụm"}, answer=chosen)
    found = what_if(later, received, tiny_master(), result)
    total = Decimal(19) if chosen == "c01.xlsx" else Decimal("17.5")
    moved = [(move.name, move.before, move.after) for move in found.moves if not move.is_still]
    assert found.replaced == chosen
    assert [(name, old and old.total, new and new.total) for name, old, new in moved] == [
        ("Xã An Bình", total, Decimal("16.5"))
    ]
    with pytest.raises(TdktError) as fault:
        what_if(received / chosen, received, tiny_master(), result)
    assert "đang được tính" in str(fault.value.finding.params["reason"])


def test_preview_of_a_correction_that_lies_beside_the_original(tmp_path: Path) -> None:
    received = inbox(tmp_path, book(), renamed(book(LATER), "c01 (2).xlsx"), cluster_book("C02"))
    found = what_if(received / "c01 (2).xlsx", received, tiny_master())
    assert found.replaced == "c01.xlsx"
    assert [move.name for move in found.moves if not move.is_still] == ["Xã An Bình"]


def test_what_if_names_the_answers_that_count_on_neither_side(tmp_path: Path) -> None:
    inbox(tmp_path, cluster_book(), cluster_book("C02"))
    run(tmp_path)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Không áp dụng", day=date(2024, 1, 16))
    later = cluster_book(typed=LATER, name="c01 (sửa).xlsx").save(tmp_path)
    result = tmp_path / "ra" / "tong-hop-huyen.xlsx"
    found = what_if(later, tmp_path / "nhan", tiny_master(), result, today=date(2024, 1, 15))
    assert filed(found.unread) == [("tong-hop-huyen.xlsx", "Chờ quyết định", "I9", "KT-546")]
    assert "  Câu trả lời chưa áp dụng được ở cả hai bên:" in list(found.lines())


def test_what_if_compares_a_resent_book_with_the_frozen_one(tmp_path: Path) -> None:
    frozen(tmp_path)
    run(tmp_path)
    received = inbox(tmp_path, book(LATER))
    found = what_if(received / "c01.xlsx", received, tiny_master(), tmp_path / "ra" / "tong-hop-huyen.xlsx")
    assert [
        (move.name, move.before and move.before.total, move.after and move.after.total)
        for move in found.moves
        if not move.is_still
    ] == [("Xã An Bình", Decimal(19), Decimal("16.5"))]
    assert list(found.lines())[1] == (
        "  Cụm đã chốt ngày 12/01/2024 (Hội đồng TĐ-KT): "
        "sổ sửa chỉ được tính sau khi mở chốt (tdkt unfreeze)."
    )
