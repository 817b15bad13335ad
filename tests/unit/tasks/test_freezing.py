"""A frozen cluster keeps its result; whatever would change it is reported, never applied silently."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import TdktError
from tdkt_xl.tasks import round as round_
from tdkt_xl.tasks.consolidate import Consolidation, consolidate
from tdkt_xl.tasks.freeze import freeze, unfreeze
from tdkt_xl.tasks.freezing import FOLDER, Word, read_frozen
from tdkt_xl.tasks.round import check_round
from tdkt_xl.tasks.slim_files import slim_unless
from tdkt_xl.tasks.trace import trace
from tests.tools.forms import (
    BookDraft,
    cluster_book,
    filed,
    master_from,
    master_tables,
    renamed,
    tiny_master,
    unit_sheet,
    write_master,
)
from tests.tools.runs import tdkt
from tests.unit.tasks.test_decisions import DIFFERENT, answer, book, doubled

WORD = Word("Hội đồng TĐ-KT", date(2024, 1, 12), "Biên bản số 05/BB")
LATER = {("DV-01", "I.1", "cluster_score"): 2, ("DV-01", "I.1", "self_score"): 2}


def inbox(folder: Path, *books: BookDraft) -> Path:
    made = folder / "nhan"
    made.mkdir(exist_ok=True)
    for item in books:
        item.save(made)
    return made


def run(folder: Path, master: Master | None = None) -> Consolidation:
    return consolidate(folder / "nhan", master or tiny_master(), folder / "ra")


def frozen(folder: Path, *books: BookDraft) -> None:
    received = inbox(folder, *(books or (book(), cluster_book("C02"))))
    freeze(received, folder / "ra", tiny_master(), ["C01"], WORD)


def ranking(made: Consolidation, code: str = "C01") -> dict[str, tuple[Decimal | None, int | None]]:
    cluster = next(item for item in made.consolidated.clusters if item.code == code)
    return {item.unit_code: (item.total, item.rank) for item in cluster.standings}


@pytest.mark.parametrize(("who", "why", "names"), [(" ", "BB 05", ["--who"]), ("", "\t", ["--who", "--why"])])
def test_nobody_freezes_without_a_name_and_a_reason(who: str, why: str, names: list[str]) -> None:
    with pytest.raises(TdktError) as fault:
        Word(who, date(2024, 1, 12), why)
    assert (fault.value.finding.code.id, fault.value.finding.params) == ("KT-890", {"names": names})


CLEAN = {"DV-01": (Decimal(19), 1), "DV-02": (Decimal(16), 2), "DV-03": (Decimal("11.25"), 3)}


def test_manifest_says_what_was_frozen(tmp_path: Path) -> None:
    frozen(tmp_path)
    (record,) = read_frozen(tmp_path / "ra")
    assert (record.cluster, record.period, record.file, record.who, record.day) == (
        "C01",
        "2023",
        "c01.xlsx",
        "Hội đồng TĐ-KT",
        date(2024, 1, 12),
    )
    assert [(unit.code, unit.total, unit.rank) for unit in record.units] == [
        (code, total, rank) for code, (total, rank) in CLEAN.items()
    ]
    copy = tmp_path / "ra" / FOLDER / "2023-C01" / "c01.xlsx"
    assert copy.read_bytes() == (tmp_path / "nhan" / "c01.xlsx").read_bytes()


def test_questions_left_open_are_on_record_and_told(tmp_path: Path) -> None:
    inbox(tmp_path, cluster_book(), cluster_book("C02"))
    run(tmp_path)
    word = ["--who", "Hội đồng", "--why", "BB 05", "--on", "2024-01-12", "--master", write_master(tmp_path)]
    received, out = tmp_path / "nhan", tmp_path / "ra"
    told = tdkt("freeze", "C01", "C02", "--folder", received, "--out", out, *word).stdout.splitlines()
    assert told[:2] == [
        "Đã chốt C01 Cụm thi đua số 1: 3 đơn vị; "
        "còn 1 việc chờ quyết định chưa trả lời, chốt theo số hiện nay",
        "Đã chốt C02 Cụm thi đua số 2: 2 đơn vị",
    ]
    assert [len(record.waiting) for record in read_frozen(out)] == [1, 0]


def test_unchanged_frozen_cluster_says_nothing(tmp_path: Path) -> None:
    frozen(tmp_path)
    made = run(tmp_path)
    assert [item for item in made.findings if item.code.id == "KT-544"] == []
    assert ranking(made) == CLEAN
    status = {file.name: file.status for file in made.consolidated.files}
    assert status["c01.xlsx"].endswith("đã chốt 12/01/2024")
    assert "chốt" not in status["c02.xlsx"]


def test_changed_file_is_reported_and_does_not_move_the_ranking(tmp_path: Path) -> None:
    frozen(tmp_path)
    inbox(tmp_path, cluster_book(typed=LATER))
    for _ in range(2):
        made = run(tmp_path)
        assert filed([item for item in made.findings if item.code.id == "KT-544"]) == [
            ("c01.xlsx", "", "", "KT-544")
        ]
        assert ranking(made) == CLEAN
    reasons = [item.params["reason"] for item in made.findings if item.code.id == "KT-544"]
    assert reasons == ["c01.xlsx khác lúc chốt"]
    first = openpyxl.load_workbook(tmp_path / "ra" / "tong-hop-huyen.xlsx")["Điểm chi tiết"]
    scores = [row for row in first.iter_rows(values_only=True) if row[1] == "DV-01" and row[3] == "I.1"]
    assert [row[9] for row in scores] == [4.5]


def test_file_that_is_gone_is_reported_and_the_copy_counts(tmp_path: Path) -> None:
    frozen(tmp_path)
    (tmp_path / "nhan" / "c01.xlsx").unlink()
    made = run(tmp_path)
    assert {item.code.id for item in made.findings} == {"KT-544"}
    assert ranking(made) == CLEAN


def test_file_in_a_folder_of_its_own_keeps_its_name(tmp_path: Path) -> None:
    home = tmp_path / "nhan" / "cụm 1"
    home.mkdir(parents=True)
    book().save(home)
    frozen(tmp_path, cluster_book("C02"))
    cluster_book(typed=LATER).save(home)
    made = run(tmp_path)
    assert filed([item for item in made.findings if item.code.id == "KT-544"]) == [
        ("cụm 1/c01.xlsx", "", "", "KT-544")
    ]
    assert ranking(made) == CLEAN
    assert [file.name for file in made.consolidated.files] == ["c02.xlsx", "cụm 1/c01.xlsx"]


def test_second_book_of_a_frozen_cluster_does_not_double_it(tmp_path: Path) -> None:
    frozen(tmp_path)
    inbox(tmp_path, renamed(cluster_book(typed=LATER), "c01 (2).xlsx"))
    made = run(tmp_path)
    assert filed([item for item in made.findings if item.code.id == "KT-544"]) == [
        ("c01 (2).xlsx", "", "", "KT-544")
    ]
    assert "KT-502" not in {item.code.id for item in made.findings}
    assert ranking(made) == CLEAN


def test_own_sheet_of_a_unit_is_no_second_book_of_a_frozen_cluster(tmp_path: Path) -> None:
    frozen(tmp_path, book(), cluster_book("C02"), unit_sheet())
    made = run(tmp_path)
    assert {item.code.id for item in made.findings} == {"KT-507"}
    assert ranking(made) == CLEAN


def test_changed_catalogue_is_reported_and_the_frozen_result_stays(tmp_path: Path) -> None:
    frozen(tmp_path)
    tables = master_tables()
    tables["bands"][0]["lower_bound"] = "19.5"
    master = master_from(tables)
    made = run(tmp_path, master)
    (finding,) = [item for item in made.findings if item.code.id == "KT-544"]
    assert finding.params["reason"] == "danh mục TD-2023 đã đổi, tính lại thì khác ở Xã An Bình"
    cluster = made.consolidated.clusters[0]
    assert [item.band for item in cluster.standings] == ["Xuất sắc", "Tốt", "Khá"]


def test_trace_says_why_a_frozen_total_is_not_the_sum_of_today(tmp_path: Path) -> None:
    inbox(tmp_path, book(DIFFERENT), cluster_book("C02"))
    run(tmp_path)
    asked = {"Loại việc": "Điểm ghi khác điểm tính"}
    answer(tmp_path, asked, answer="Lấy điểm đã ghi")
    freeze(tmp_path / "nhan", tmp_path / "ra", tiny_master(), ["C01"], WORD)
    answer(tmp_path, asked, answer="Lấy điểm tính")
    assert "KT-544" in {item.code.id for item in run(tmp_path).findings}
    lines = list(trace(tmp_path / "ra", "DV-01").lines())
    assert lines[2:4] == [
        "  = I 11,5 + II 7 + III 1 + IV 0 = 19,5",
        "  Tổng trong kết quả là 18,5: cụm đã chốt giữ số lúc chốt, hoặc sổ đã bị sửa.",
    ]


def test_other_clusters_still_move(tmp_path: Path) -> None:
    frozen(tmp_path)
    inbox(tmp_path, cluster_book("C02", typed={("DV-04", "I.1", "cluster_score"): 4}))
    assert ranking(run(tmp_path), "C02")["DV-04"] == (Decimal(18), 1)


def test_opened_cluster_moves_again_and_its_record_is_kept(tmp_path: Path) -> None:
    frozen(tmp_path)
    inbox(tmp_path, cluster_book(typed=LATER))
    kept = unfreeze(
        tmp_path / "ra", "C01", Word("Trưởng phòng", date(2024, 2, 1), "cụm báo sai số liệu")
    ).kept
    made = run(tmp_path)
    assert ranking(made)["DV-01"] == (Decimal("16.5"), 1)
    assert "KT-544" not in {item.code.id for item in made.findings}
    text = kept.read_text("utf-8")
    assert "cụm báo sai số liệu" in text
    assert "Biên bản số 05/BB" in text
    freeze(tmp_path / "nhan", tmp_path / "ra", tiny_master(), ["C01"], WORD)
    assert ranking(run(tmp_path))["DV-01"] == (Decimal("16.5"), 1)


def refused(folder: Path, *clusters: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(TdktError) as caught:
        freeze(folder / "nhan", folder / "ra", tiny_master(), clusters, WORD)
    return caught.value.finding.code.id, dict(caught.value.finding.params)


def test_cluster_with_a_unit_that_waits_is_not_frozen(tmp_path: Path) -> None:
    inbox(tmp_path, doubled(), cluster_book("C02"))
    code, params = refused(tmp_path, "C02", "C01")
    assert (code, params["reason"]) == ("KT-540", "Xã An Bình chưa xếp hạng được")
    assert read_frozen(tmp_path / "ra") == []


def test_cluster_with_an_answer_that_does_not_count_is_not_frozen(tmp_path: Path) -> None:
    inbox(tmp_path, cluster_book(), cluster_book("C02"))
    run(tmp_path)
    answer(tmp_path, {"Tiêu chí": "I.2"}, answer="Không áp dụng", why=None)
    code, params = refused(tmp_path, "C01")
    assert code == "KT-540"
    assert params["reason"] == "câu trả lời ở dòng 9 trang Chờ quyết định chưa áp dụng được"
    freeze(tmp_path / "nhan", tmp_path / "ra", tiny_master(), ["C02"], WORD)


def chosen_elsewhere(folder: Path) -> None:
    """C02 has two books, one of them with a unit twice; which count is decided, and so is a zero of C01."""
    late = renamed(cluster_book("C02", typed={("DV-04", "I.1", "cluster_score"): 3}), "c02 (2).xlsx")
    late.sheets.append(late["TH Đông Hà"].copy("TH Đông Hà (2)").put("H13", 2.0))
    inbox(folder, cluster_book(), cluster_book("C02"), late)
    run(folder)
    answer(folder, {"Tiêu chí": "I.2", "Mã cụm": "C01"}, answer="Không áp dụng")
    answer(folder, {"Loại việc": "Trùng sổ cụm"}, answer="c02 (2).xlsx")
    run(folder)
    answer(folder, {"Loại việc": "Trùng phiếu"}, answer="TH Đông Hà (2)")


@pytest.mark.parametrize("clusters", [["C01"], ["C02"], ["C01", "C02"]], ids="+".join)
def test_what_is_frozen_alone_is_what_the_whole_round_says(
    clusters: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_, "_AT_A_TIME", 1)
    chosen_elsewhere(tmp_path)
    whole = run(tmp_path)
    for record in freeze(tmp_path / "nhan", tmp_path / "ra", tiny_master(), clusters, WORD):
        units = {unit.code: (unit.total, unit.rank) for unit in record.units}
        assert units == ranking(whole, record.cluster)
    assert "KT-544" not in {item.code.id for item in run(tmp_path).findings}


def test_scores_of_other_clusters_are_not_held(tmp_path: Path) -> None:
    received = inbox(tmp_path, book(), cluster_book("C02"))
    slim = slim_unless(lambda file: file.name == "c01.xlsx")
    checked = check_round([received], tiny_master(), slim=slim)
    assert [[len(sheet.lines) for sheet in item.sheets] for item in checked.submissions] == [[6] * 3, [0] * 2]


def test_cluster_is_not_opened_before_the_day_it_was_frozen(tmp_path: Path) -> None:
    frozen(tmp_path)
    with pytest.raises(TdktError) as caught:
        unfreeze(tmp_path / "ra", "C01", Word("Hội đồng", date(2024, 1, 11), "BB 06"))
    finding = caught.value.finding
    assert (finding.code.id, finding.params["found"]) == ("KT-896", date(2024, 1, 11))
    assert unfreeze(tmp_path / "ra", "C01", WORD).kept.is_file()


@pytest.mark.parametrize("command", ["freeze", "unfreeze", "choose"])
def test_day_to_come_is_refused(command: str, tmp_path: Path) -> None:
    frozen(tmp_path)
    more: dict[str, list[object]] = {
        "freeze": ["C02", "--folder", tmp_path / "nhan", "--who", "HĐ", "--why", "BB"],
        "unfreeze": ["C01", "--who", "HĐ", "--why", "BB"],
        "choose": [tmp_path / "nhan", "--use", "c01.xlsx", "--by", "HĐ", "--reason", "BB"],
    }
    done = tdkt(command, *more[command], "--out", tmp_path / "ra", "--on", "2999-01-12")
    assert (done.code, "KT-895" in done.stderr) == (2, True)
    assert [record.cluster for record in read_frozen(tmp_path / "ra")] == ["C01"]


def test_cluster_that_is_not_there_or_frozen_already(tmp_path: Path) -> None:
    frozen(tmp_path)
    assert refused(tmp_path, "C09") == ("KT-881", {"cluster": "C09"})
    assert refused(tmp_path, "C01") == (
        "KT-880",
        {"cluster": "Cụm thi đua số 1", "day": WORD.day, "who": WORD.who},
    )
    with pytest.raises(TdktError) as caught:
        unfreeze(tmp_path / "ra", "C02", WORD)
    assert caught.value.finding.code.id == "KT-882"


@pytest.mark.parametrize("damage", ["record", "copy"])
def test_damaged_record_or_copy_stops_the_run(damage: str, tmp_path: Path) -> None:
    frozen(tmp_path)
    inbox(tmp_path, cluster_book(typed=LATER))
    folder = tmp_path / "ra" / FOLDER
    target = folder / "2023-C01.json" if damage == "record" else folder / "2023-C01" / "c01.xlsx"
    target.write_bytes(b"{}")
    with pytest.raises(TdktError) as caught:
        run(tmp_path)
    assert caught.value.finding.code.id == "KT-538"


def test_copies_are_never_taken_for_received_files(tmp_path: Path) -> None:
    received = inbox(tmp_path, book(), cluster_book("C02"))
    freeze(received, received, tiny_master(), ["C01"], WORD)
    made = consolidate(received, tiny_master(), received)
    assert {item.code.id for item in made.findings} == {"KT-810"}


def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.tools.runs import SAMPLES

    out = tmp_path / "ra"
    word: list[Any] = ["--who", "Hội đồng", "--why", "BB 05", "--on", "2024-01-12"]
    done = tdkt("freeze", "C01", "C03", "--folder", SAMPLES, "--out", out, *word)
    assert (done.code, done.stdout.splitlines()[1]) == (0, "Đã chốt C03 Cụm thi đua số 3: 6 đơn vị")
    assert tdkt("freeze", "C10", "--folder", SAMPLES, "--out", out, *word).code == 2
    assert tdkt("freeze", "C02", "--folder", SAMPLES, "--out", out, *word[:-1], "12/01/2024").code == 2
    assert tdkt("unfreeze", "C03", "--out", out, *word).code == 0
    assert [record.cluster for record in read_frozen(out)] == ["C01"]
