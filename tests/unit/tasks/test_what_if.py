"""What a corrected file moves: its own unit, and every unit measured against it."""

from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.what_if import WhatIf, what_if
from tests.tools.forms import BookDraft, Typed, cluster_book, renamed, tiny_master, unit_sheet
from tests.tools.grids import spots
from tests.tools.runs import tdkt
from tests.unit.tasks.test_scoring import LEADS, given

BETTER = given("I.3", **{**LEADS, "DV_01": (10, 30, None)})


def compare(folder: Path, received: BookDraft, correction: BookDraft) -> WhatIf:
    inbox = folder / "nhan"
    inbox.mkdir()
    for book in (received, cluster_book("C02")):
        book.save(inbox)
    return what_if(correction.save(folder), inbox, tiny_master())


def moves(found: WhatIf) -> dict[str, list[tuple[str, Decimal | None, Decimal | None, str]]]:
    return {
        move.name: [(score.path, score.before, score.after, score.why) for score in move.scores]
        for move in found.moves
        if not move.is_still
    }


def test_correction_moves_the_units_measured_against_it(tmp_path: Path) -> None:
    received = cluster_book(typed=given("I.3", **LEADS))
    found = compare(tmp_path, received, cluster_book(typed=BETTER, name="c01 (sửa).xlsx"))
    # DV-01 leads with 200% instead of 100% over the target: DV-02's 50% is a quarter of it, not half.
    assert moves(found) == {
        "Xã Bình Hòa": [("I.3", Decimal("2.25"), Decimal("1.875"), "tính lại theo Xã An Bình")]
    }
    text = "\n".join(found.lines())
    assert "Cụm thi đua số 1: thay c01.xlsx bằng c01 (sửa).xlsx" in text
    assert "1 đơn vị thay đổi, 0 đổi hạng; 2 không đổi" in text
    assert "Xã Bình Hòa: 16,25 → 15,875 (−0,375)" in text


def test_book_that_counts_already_is_no_correction(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    path = cluster_book().save(inbox)
    with pytest.raises(TdktError) as fault:
        what_if(path, inbox, tiny_master())
    assert fault.value.finding.code.id == "KT-541"


def test_rank_band_and_leader(tmp_path: Path) -> None:
    typed: Typed = {("DV-01", "II.1", "cluster_score"): 1, ("DV-01", "II.1", "self_score"): 1}
    found = compare(tmp_path, cluster_book(), cluster_book(typed=typed, name="c01-sua.xlsx"))
    text = "\n".join(found.lines())
    assert "Dẫn đầu: Xã An Bình → Xã Bình Hòa" in text
    assert "Xã An Bình: 19 → 13 (−6) · hạng 1 → 2 · xếp loại Xuất sắc → Khá" in text
    assert "II.1: 7 → 1 (số liệu của đơn vị sửa)" in text
    assert "Xã Bình Hòa: 16 · hạng 2 → 1" in text


def test_sheet_of_one_unit_takes_the_place_of_its_sheet(tmp_path: Path) -> None:
    typed = {
        ("DV-01", "I.3", "target"): 10,
        ("DV-01", "I.3", "result"): 30,
        ("DV-01", "I.3", "self_score"): None,
    }
    typed |= {("DV-01", "I.3", "cluster_score"): None}
    found = compare(
        tmp_path, cluster_book(typed=given("I.3", **LEADS)), unit_sheet(typed, name="an-binh (sửa).xlsx")
    )
    assert list(moves(found)) == ["Xã Bình Hòa"]
    assert found.replaced == "c01.xlsx"


def test_same_book_moves_nothing(tmp_path: Path) -> None:
    found = compare(tmp_path, cluster_book(), renamed(cluster_book(), "c01 (2).xlsx"))
    assert moves(found) == {}
    assert (found.findings, found.leaders_before) == ((), ("Xã An Bình",))


def test_new_fault_is_told_and_the_unit_falls_out(tmp_path: Path) -> None:
    typed: Typed = {("DV-01", "I.1", "cluster_score"): 6}
    found = compare(tmp_path, cluster_book(), cluster_book(typed=typed, name="c01-sua.xlsx"))
    assert spots(found.findings) == [("An Bình", "H13", "KT-209")]
    first = next(move for move in found.moves if move.name == "Xã An Bình")
    assert first.after is not None
    assert first.after.rank is None


def test_unit_that_is_gone(tmp_path: Path) -> None:
    found = compare(tmp_path, cluster_book(), renamed(cluster_book().drop("Cẩm Sơn"), "c01-sua.xlsx"))
    assert "Thị trấn Cẩm Sơn" in moves(found)


def test_nothing_is_written_and_nothing_received_is_touched(tmp_path: Path) -> None:
    compare(tmp_path, cluster_book(), cluster_book(typed=BETTER, name="c01 (sửa).xlsx"))
    assert sorted(path.name for path in tmp_path.rglob("*.xlsx")) == [
        "c01 (sửa).xlsx",
        "c01.xlsx",
        "c02.xlsx",
    ]


def test_file_that_corrects_nothing(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    cluster_book("C02").save(inbox)
    for path in (cluster_book().save(tmp_path), unit_sheet().save(tmp_path)):
        with pytest.raises(TdktError) as caught:
            what_if(path, inbox, tiny_master())
        assert caught.value.finding.code.id == "KT-541"
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(TdktError) as caught:
        what_if(tmp_path / "x.xlsx", inbox, tiny_master())
    assert caught.value.finding.code.id == "KT-541"


@pytest.mark.parametrize(
    ("file", "folder", "code"), [("khong-co.xlsx", "nhan", "KT-801"), ("c01.xlsx", "c01.xlsx", "KT-804")]
)
def test_wrong_paths(file: str, folder: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "nhan").mkdir()
    cluster_book().save(tmp_path)
    with pytest.raises(TdktError) as caught:
        what_if(tmp_path / file, tmp_path / folder, tiny_master())
    assert caught.value.finding.code.id == code


def test_command_line(tmp_path: Path) -> None:
    from tests.tools.runs import SAMPLES

    source = next(path for path in SAMPLES.iterdir() if path.name == "cum-01.xlsx")
    copy = tmp_path / "cum-01 (lần 2).xlsx"
    copy.write_bytes(source.read_bytes())
    document = tdkt("what-if", copy, "--folder", SAMPLES, "--json").document
    assert (document["replaced"], document["units"]) == ("cum-01.xlsx", [])
    assert tdkt("what-if", copy, "--folder", tmp_path / "khong-co").code == 2
