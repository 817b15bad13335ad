"""From a number of the result back to the cell, the rule and the ruling behind it."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.trace import trace
from tests.tools.forms import (
    BookDraft,
    Typed,
    cluster_book,
    criteria,
    master_from,
    master_tables,
    tiny_master,
)
from tests.tools.runs import tdkt
from tests.unit.tasks.test_scoring import (
    LEADS,
    SEVENTHS,
    bonus_of,
    by_cents,
    capped,
    given,
    tiny_scores,
    with_terms,
)


def result(folder: Path, *books: BookDraft, **more: object) -> Path:
    inbox = folder / "nhan"
    inbox.mkdir(exist_ok=True)
    for book in books:
        book.save(inbox)
    consolidate(inbox, more.get("master") or tiny_master(), folder / "ra")  # type: ignore[arg-type]
    return folder / "ra"


def told(out: Path, unit: str, criterion: str = "") -> str:
    return "\n".join(trace(out, unit, criterion).lines())


def test_total_and_rank_with_the_whole_cluster(tmp_path: Path) -> None:
    text = told(result(tmp_path, cluster_book()), "DV-02")
    assert "Xã Bình Hòa (DV-02) · Cụm thi đua số 1 · kỳ 2023 · Đã xếp hạng" in text
    assert "Tổng 16 trên 20 (80%) · hạng 2 · Tốt" in text
    assert "= I 10 + II 6,5 + III 0 + IV -0,5 = 16" in text
    assert "Nguồn: [c01.xlsx]Bình Hòa · SHA-256 " in text
    assert "1. Xã An Bình: 19\n   → 2. Xã Bình Hòa: 16\n     3. Thị trấn Cẩm Sơn: 11,25" in text
    assert "II.1        6,5 / 8     Cụm chấm · [c01.xlsx]Bình Hòa!H17" in text


def test_computed_score_down_to_the_rule(tmp_path: Path) -> None:
    text = told(result(tmp_path, cluster_book(typed=given("I.3", **LEADS))), "Xã Bình Hòa", "I.3")
    assert "I.3 · Giải quyết việc làm mới (tối đa 3)" in text
    assert "Điểm tính: 2,25 · nguồn: Tính theo cách chấm · ô [c01.xlsx]Bình Hòa!E15" in text
    assert "Tự chấm — · cụm chấm — · thẩm định — · theo cách chấm 2,25" in text
    assert "Cách chấm: Định lượng" in text
    assert "Chỉ tiêu 10 · kết quả 15" in text
    assert (
        "Cách tính: vượt 50%, cao nhất cụm vượt 100%: 3/2 + 50%/100% × 3/2 = 2,25; "
        "cao nhất cụm là Xã An Bình, ô An Bình!E15" in text
    )


def test_score_of_the_leader_names_nobody_else(tmp_path: Path) -> None:
    text = told(result(tmp_path, cluster_book(typed=given("I.3", **LEADS))), "Xã An Bình", "I.3")
    assert "cao nhất cụm là" not in text


def test_criterion_that_does_not_apply_says_what_falls_away(tmp_path: Path) -> None:
    master = with_terms("I.2", may_not_apply="x")
    book = cluster_book(typed=given("I.2", DV_03=("Không áp dụng", None, None)), master=master)
    text = told(result(tmp_path, book, master=master), "DV-03", "I.2")
    assert "Không áp dụng: 4 điểm tối đa bỏ khỏi cả điểm và thang điểm của đơn vị" in text
    assert "Tổng 11,25 trên 16 (70,31%) · hạng 3" in text


def test_rounding_is_told(tmp_path: Path) -> None:
    book = cluster_book(typed=given("I.3", **SEVENTHS), master=by_cents())
    text = told(result(tmp_path, book, master=by_cents()), "DV-02", "I.3")
    assert "5/7 × 3 = 15/7 (≈ 2,1429); làm tròn gần nhất (nửa thì lên) đến 0,01: 2,14" in text


def test_text_typed_in_the_cell_and_what_was_found_there(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].put("H13", "4,5")
    text = told(result(tmp_path, book), "dv-01", "i.1")
    assert "Ô ghi: 4,5" in text
    assert "Kết quả kiểm tra: KT-201 ở ô H13" in text


def test_other_bases_are_told_with_the_ranking(tmp_path: Path) -> None:
    master = with_terms("I.2", may_not_apply="x")
    book = cluster_book(typed=given("I.2", DV_03=("Không áp dụng", None, None)), master=master)
    text = told(result(tmp_path, book, master=master), "DV-03")
    assert "Tổng 11,25 trên 16 (70,31%) · hạng 3" in text
    assert "theo tỷ lệ điểm trên thang áp dụng" in text
    assert "I.2           — / 4     Không áp dụng" in text


def test_points_beyond_a_cap_are_told(tmp_path: Path) -> None:
    book = cluster_book(typed={**tiny_scores(), **bonus_of(2, 1, None)}, master=capped())
    text = told(result(tmp_path, book, master=capped()), "DV-01")
    assert "  Phần vượt trần không tính (KT-430): nhóm III cộng 3, trần 2: − 1\n  = 21 − 1 = 20\n" in text


def two_caps(folder: Path) -> Path:
    """DV-01 with 3 points of bonus over a cap of 2, and 4 of penalty over a cap of 3."""
    tables = master_tables()
    at = next(number for number, row in enumerate(tables["criteria"]) if row["path"] == "IV")
    bonus = criteria("TD-2023", "III.2 | Sáng kiến | bonus | direct | 2 | 0.5 | ")
    penalty = criteria("TD-2023", "IV.2 | Để xảy ra cháy | penalty | deduction | -2 | 0.5 | ")
    tables["criteria"] = [*tables["criteria"][:at], *bonus, *tables["criteria"][at:], *penalty]
    scores = {"III.1": 2, "III.2": 1, "IV.1": -2.5, "IV.2": -1.5}
    typed: Typed = {
        (code, path, field): score if code == "DV-01" else 0
        for code in ("DV-01", "DV-02", "DV-03")
        for path, score in scores.items()
        for field in ("self_score", "cluster_score")
    }
    master = master_from(tables)
    return result(folder, cluster_book(typed={**tiny_scores(), **typed}, master=master), master=master)


def test_each_cap_has_its_line(tmp_path: Path) -> None:
    lines = told(two_caps(tmp_path), "DV-01").splitlines()
    at = lines.index("  = I 11 + II 7 + III 3 + IV -4 = 17")
    assert lines[at + 1 : at + 4] == [
        "  Phần vượt trần không tính (KT-430): nhóm III cộng 3, trần 2: − 1",
        "  Phần vượt trần không tính (KT-430): nhóm IV cộng -4, trần -3: + 1",
        "  = 17 − 1 + 1 = 17",
    ]


def test_group_with_its_scores_their_sum_and_its_cap(tmp_path: Path) -> None:
    out = two_caps(tmp_path)
    lines = told(out, "DV-01", "iv").splitlines()
    at = lines.index("  Nhóm iv: 2 tiêu chí (xem một tiêu chí: thêm mã, ví dụ IV.1)")
    assert lines[at + 1 :] == [
        "    IV.1       -2,5 / -3    Cụm chấm · [c01.xlsx]An Bình!H22",
        "    IV.2       -1,5 / -2    Cụm chấm · [c01.xlsx]An Bình!H23",
        "    Cộng: -2,5 + -1,5 = -4",
        "    Phần vượt trần không tính (KT-430): nhóm IV cộng -4, trần -3: + 1",
        "    Điểm của nhóm: -4 + 1 = -3",
    ]
    document = tdkt("trace", "DV-01", "IV", "--in", out, "--json").document
    assert document["units"][0]["caps"] == [
        {"group": "III", "computed": "3", "limit": "2"},
        {"group": "IV", "computed": "-4", "limit": "-3"},
    ]


def test_group_within_its_cap_is_a_plain_sum(tmp_path: Path) -> None:
    lines = told(two_caps(tmp_path), "DV-02", "I").splitlines()
    assert lines[-2:] == [
        "    I.3           2 / 3     Cụm chấm · [c01.xlsx]Bình Hòa!H15",
        "    Cộng: 4 + 4 + 2 = 10",
    ]
    assert not any(" II.1 " in line for line in lines)


def test_group_names_what_has_no_score_yet(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-01", "I.1", "cluster_score"): None})
    lines = told(result(tmp_path, book), "DV-01", "I").splitlines()
    assert lines[-2:] == ["    Cộng: 4 + 2,5 = 6,5", "    Chưa có điểm: I.1"]


@pytest.mark.parametrize(("path", "code"), [("V", "KT-543"), ("I.", "KT-543"), ("I.1.a", "KT-543")])
def test_no_such_group(path: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        trace(result(tmp_path, cluster_book()), "DV-01", path)
    assert caught.value.finding.code.id == code


def test_ruling_is_told_with_the_score_and_the_unit(tmp_path: Path) -> None:
    out = result(tmp_path, cluster_book())
    path = out / "tong-hop-huyen.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Chờ quyết định"]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == 1)
    for column, value in zip("GHIJ", ("0 điểm", "Hội đồng", date(2024, 1, 12), "BB số 5"), strict=True):
        sheet[f"{column}{row}"] = value
    book.save(path)
    text = told(result(tmp_path), "DV-03", "I.2")
    assert "nguồn: Theo quyết định" in text
    assert "Quyết định: 0 điểm (Hội đồng, 12/01/2024: BB số 5)" in text
    assert "Quyết định · Tiêu chí I.2 được 0 điểm" in text
    assert "Quyết định ·" not in told(tmp_path / "ra", "DV-02")


def _edited(tmp_path: Path, sheet: str, field: str, value: str) -> Path:
    """A result in which somebody typed over the first number of a column."""
    out = result(tmp_path, cluster_book())
    book = openpyxl.load_workbook(out / "tong-hop-huyen.xlsx")
    layout = load_layout("tong-hop-huyen").sheet(sheet)
    column = layout.position(field)
    cells = [row[column - 1] for row in book[layout.name].iter_rows()]
    next(cell for cell in cells if isinstance(cell.value, (int, float))).value = value
    book.save(out / "tong-hop-huyen.xlsx")
    return out


def test_score_typed_over_as_text_is_read_as_everywhere_else(tmp_path: Path) -> None:
    out = _edited(tmp_path, "scores", "final", "4,5 điểm")
    (unit,) = trace(out, "DV-01").units
    assert dict(unit.groups) == {"I": 11, "II": 7, "III": 1, "IV": 0}


def test_percentage_is_rounded_as_the_workbook_shows_it(tmp_path: Path) -> None:
    master = with_terms("I.2", may_not_apply="x")
    raised = {("DV-03", "I.1", field): 4.5 for field in ("self_score", "cluster_score")}
    typed = {**given("I.2", DV_03=("Không áp dụng", None, None)), **raised}
    text = told(result(tmp_path, cluster_book(typed=typed, master=master), master=master), "DV-03")
    assert "Tổng 12,5 trên 16 (78,13%)" in text  # 78,125: a half goes up, not to the even 78,12


def test_rank_that_is_no_number_is_said_not_a_crash(tmp_path: Path) -> None:
    out = _edited(tmp_path, "ranking", "rank", "nhất")
    with pytest.raises(TdktError, match="ghi “nhất”") as raised:
        trace(out, "DV-01")
    assert raised.value.finding.code.id == "KT-806"


def test_unit_that_waits_says_why(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-01", "I.1", "cluster_score"): None})
    text = told(result(tmp_path, book), "DV-01")
    assert "Chưa xếp: còn điểm trống" in text
    assert "I.1           — / 5     Chưa có điểm · [c01.xlsx]An Bình!H13" in text


@pytest.mark.parametrize(
    ("unit", "criterion", "code"),
    [("Xã Lạ", "", "KT-542"), ("DV-01", "IX.9", "KT-543"), ("Bình", "", "KT-542")],
)
def test_what_is_not_there(unit: str, criterion: str, code: str, tmp_path: Path) -> None:
    out = result(tmp_path, cluster_book())
    with pytest.raises(TdktError) as caught:
        trace(out, unit, criterion)
    assert caught.value.finding.code.id == code


def test_near_name_is_suggested(tmp_path: Path) -> None:
    out = result(tmp_path, cluster_book())
    with pytest.raises(TdktError) as caught:
        trace(out, "Cẩm Sơn")
    assert caught.value.finding.params["suggestion"] == " Có phải ý ông/bà là “Thị trấn Cẩm Sơn”?"


@pytest.mark.parametrize(("content", "code"), [(None, "KT-801"), (b"PK\x03\x04", "KT-806"), (b"", "KT-806")])
def test_no_result_to_look_into(content: bytes | None, code: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "tong-hop-huyen.xlsx").write_bytes(content)
    with pytest.raises(TdktError) as caught:
        trace(tmp_path, "DV-01")
    assert caught.value.finding.code.id == code


def test_another_workbook_is_no_result(tmp_path: Path) -> None:
    path = cluster_book().save(tmp_path)
    with pytest.raises(TdktError) as caught:
        trace(path, "DV-01")
    assert caught.value.finding.code.id == "KT-806"


def test_command_line(tmp_path: Path) -> None:
    out = result(tmp_path, cluster_book())
    run = tdkt("trace", "DV-01", "I.1", "--in", out)
    assert (run.code, run.stderr) == (0, "")
    assert "Điểm tính: 4,5 · nguồn: Cụm chấm · ô [c01.xlsx]An Bình!H13" in run.stdout
    document = tdkt("trace", "DV-01", "I.1", "--in", out, "--json").document
    (score,) = document["units"][0]["scores"]
    assert (score["path"], score["final"], score["source"]) == ("I.1", "4,5", "[c01.xlsx]An Bình!H13")
    assert tdkt("trace", "DV-99", "--in", out).code == 2


def test_no_frame_package_is_loaded(tmp_path: Path) -> None:
    out = result(tmp_path, cluster_book())
    heavy = "{'pandas', 'numpy', 'pandera', 'openpyxl', 'xlsxwriter', 'xlwings'}"
    code = (
        "import sys; from tdkt_xl.cli import run; "
        f"assert run(['trace', 'DV-01', '--in', {str(out)!r}]) == 0; "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
