from decimal import Decimal

import pytest

from tdkt_xl.domain.scores import CellState
from tdkt_xl.findings import Finding
from tdkt_xl.findings.render import message
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tables.score_sheet import SheetBody, read_body
from tests.tools.forms import tiny_master
from tests.tools.grids import Draft, Spot, draft, spots

SCORES = load_layout("so-cum").sheet("scores")
CATALOGUE = tiny_master().catalogues["TD-2023"]
CLEAN = """
| STT | Nội dung tiêu chí | Điểm tối đa | Điểm tự chấm | Minh chứng | Điểm cụm chấm | Điểm thẩm định | Lý do |
| I   | Phát triển kinh tế, xã hội      | 12 | =12  |  | =11  |   |   |
| 1   | Thu ngân sách trên địa bàn      | 5  | 5    |  | 4.5  | 4 | Nộp muộn |
| 2   | Đạt chuẩn về y tế               | 4  | 4    |  | 4    |   |   |
| 3   | Giải quyết việc làm mới         | 3  | 3    |  | 2.5  |   |   |
| II  | Cải cách hành chính             | 8  | =7.5 |  | =7   |   |   |
| 1   | Giải quyết hồ sơ đúng hạn       | 8  | 7.5  | BC 12 | 7 |  |   |
| III | Điểm thưởng                     | 2  | =1   |  | =1   |   |   |
| 1   | Mô hình mới được tỉnh công nhận | 2  | 1    | BC 13 | 1 |  |   |
| IV  | Điểm trừ                        | -3 | =0   |  | =0   |   |   |
| 1   | Nộp báo cáo muộn                | -3 | 0    |  | 0    |   |   |
|     | TỔNG CỘNG                       | 20 | =20.5|  | =19  |   |   |
| NGƯỜI LẬP PHIẾU | | | CỤM TRƯỞNG | | | | |
"""


def clean() -> Draft:
    """The header in row 1, I.1 in row 3, the total in row 12."""
    return draft(CLEAN)


def body_of(grid: Grid) -> tuple[SheetBody, tuple[Finding, ...]]:
    table = find_table(grid, [SCORES]).value
    assert table is not None
    outcome = read_body(table, CATALOGUE)
    assert outcome.value is not None
    return outcome.value, outcome.findings


def found(made: Draft) -> list[Spot]:
    return spots(body_of(made.grid())[1])


def test_clean_sheet_is_read_whole() -> None:
    body, findings = body_of(clean().grid())
    assert findings == ()
    assert [line.criterion.path for line in body.lines] == ["I.1", "I.2", "I.3", "II.1", "III.1", "IV.1"]
    first = body.lines[0]
    scores = (first.self_score, first.cluster_score, first.appraised_score)
    assert [(cell.place.cell, cell.value) for cell in scores] == [
        ("D3", Decimal(5)),
        ("F3", Decimal("4.5")),
        ("G3", Decimal(4)),
    ]
    assert (first.reason.text, first.reason.place.cell, first.evidence.text) == ("Nộp muộn", "H3", "")
    assert {(item.path, item.field): item.cell.value for item in body.typed_totals} == {
        ("I", "self_score"): Decimal(12),
        ("I", "cluster_score"): Decimal(11),
        ("II", "self_score"): Decimal("7.5"),
        ("II", "cluster_score"): Decimal(7),
        ("III", "self_score"): Decimal(1),
        ("III", "cluster_score"): Decimal(1),
        ("IV", "self_score"): Decimal(0),
        ("IV", "cluster_score"): Decimal(0),
        ("", "self_score"): Decimal("20.5"),
        ("", "cluster_score"): Decimal(19),
    }
    assert body.foreign_rows == ()


def test_last_review_given_is_the_score_that_counts() -> None:
    body, _ = body_of(clean().put("G4", "bỏ").grid())
    finals = {line.criterion.path: line.final for line in body.lines}
    assert (finals["I.1"].value, finals["I.3"].value) == (Decimal(4), Decimal("2.5"))
    assert (finals["I.2"].state, finals["I.2"].value) == (CellState.BAD, None)


def test_form_without_rows_is_reported_on_the_sheet() -> None:
    made = draft(CLEAN.splitlines()[1])
    table = find_table(made.grid(), [SCORES]).value
    assert table is not None
    outcome = read_body(table, CATALOGUE)
    assert outcome.value is None
    assert spots(outcome.findings) == [("Trang 1", "", "KT-128")]


def test_hidden_row_with_points_is_reported_and_still_read() -> None:
    made = clean()
    made.hidden_rows = {4}
    body, findings = body_of(made.grid())
    assert spots(findings) == [("Trang 1", "A4", "KT-119")]
    assert findings[0].params == {"text": "điểm tự chấm 4; điểm cụm chấm 4"}
    assert body.lines[1].cluster_score.value == 4


def test_hidden_row_without_points_is_nobodys_business() -> None:
    made = clean().put("D4", None).put("F4", None)
    made.hidden_rows = {4, 13}
    assert found(made) == []


def test_hidden_column_with_data_is_reported_at_its_heading() -> None:
    made = clean()
    made.hidden_columns = {6, 20}
    assert found(made) == [("Trang 1", "F1", "KT-120")]


def test_hidden_column_without_data_is_nobodys_business() -> None:
    made = clean().put("G3", None).put("H3", None)
    made.hidden_columns = {7}
    assert found(made) == []


def test_row_of_the_senders_own_is_kept_apart_with_its_points() -> None:
    made = clean().insert_row(5).put("B5", "Phong trào tự đề xuất").put("D5", 2).put("F5", 1.5)
    body, findings = body_of(made.grid())
    assert spots(findings) == [("Trang 1", "B5", "KT-121")]
    assert findings[0].params == {
        "text": "Phong trào tự đề xuất",
        "catalogue": "TD-2023",
        "points": "điểm tự chấm 2, điểm cụm chấm 1,5",
    }
    (row,) = body.foreign_rows
    assert (row.place.cell, row.points) == (
        "B5",
        {"self_score": Decimal(2), "cluster_score": Decimal("1.5")},
    )
    assert len(body.lines) == 6


def test_what_is_wrong_inside_a_refused_row_is_not_reported_again() -> None:
    made = clean().insert_row(5).put("B5", "Phong trào tự đề xuất").put("D5", "hai").put("F5", "1,5")
    body, findings = body_of(made.grid())
    assert spots(findings) == [("Trang 1", "B5", "KT-121")]
    assert body.foreign_rows[0].points == {"cluster_score": Decimal("1.5")}
    assert "điểm cụm chấm 1,5" in message(findings[0])


def test_same_criterion_twice_counts_once() -> None:
    made = clean().insert_row(5)
    made.put("A5", 2).put("B5", "Đạt chuẩn về y tế").put("C5", 4).put("D5", 4).put("F5", 4)
    body, findings = body_of(made.grid())
    assert [line.criterion.path for line in body.lines].count("I.2") == 1
    (spot,) = spots(findings)
    assert spot in {("Trang 1", "B4", "KT-121"), ("Trang 1", "B5", "KT-121")}


def test_missing_criterion_is_reported_where_it_should_stand() -> None:
    made = clean().delete_row(5)
    body, findings = body_of(made.grid())
    assert spots(findings) == [("Trang 1", "A5", "KT-122")]
    assert findings[0].params == {"path": "I.3", "text": "Giải quyết việc làm mới"}
    assert [line.criterion.path for line in body.lines] == ["I.1", "I.2", "II.1", "III.1", "IV.1"]


def test_missing_last_criterion_is_reported_below_the_last_row() -> None:
    assert found(clean().delete_row(11)) == [("Trang 1", "A11", "KT-122")]


def test_reworded_criterion_is_recognised_by_its_number() -> None:
    body, findings = body_of(clean().put("B4", "Y tế đạt chuẩn").grid())
    assert spots(findings) == [("Trang 1", "B4", "KT-123")]
    assert findings[0].params == {"path": "I.2", "text": "Y tế đạt chuẩn", "expected": "Đạt chuẩn về y tế"}
    assert body.lines[1].cluster_score.value == 4


def test_wording_differs_in_case_and_spacing_only() -> None:
    assert found(clean().put("B4", "  đạt  CHUẨN về y tế")) == []


def test_changed_maximum_is_reported_at_its_cell() -> None:
    body, findings = body_of(clean().put("C3", 6).grid())
    assert spots(findings) == [("Trang 1", "C3", "KT-124")]
    assert findings[0].params == {"path": "I.1", "found": Decimal(6), "expected": Decimal(5)}
    assert body.lines[0].criterion.maximum == 5


def test_changed_maximum_of_a_group_is_reported_too() -> None:
    assert found(clean().put("C2", 13)) == [("Trang 1", "C2", "KT-124")]


def test_blank_maximum_says_nothing() -> None:
    assert found(clean().put("C3", None)) == []


def test_merged_scores_are_reported_and_only_the_first_has_a_value() -> None:
    body, findings = body_of(clean().merge("F3:F4").grid())
    assert spots(findings) == [("Trang 1", "F3", "KT-125")]
    assert findings[0].params == {"range": "F3:F4"}
    assert body.lines[1].cluster_score.state is CellState.BLANK


def test_merge_within_one_row_or_beside_the_scores_is_harmless() -> None:
    assert found(clean().merge("G4:H4").merge("E4:E5").merge("A13:C13")) == []


CELLS = {
    "KT-201": "4,5",
    "KT-202": "(4)",
    "KT-203": "Đạt",
    "KT-204": "2023-05-04",
    "KT-205": "#VALUE!",
    "KT-206": "=?",
}


@pytest.mark.parametrize("code", CELLS)
def test_cell_that_is_no_plain_number_is_reported_once(code: str) -> None:
    text = CLEAN.replace("|  | 4.5  | 4 |", f"|  | {CELLS[code]} | 4 |")
    assert found(draft(text)) == [("Trang 1", "F3", code)]


def test_maximum_of_the_criterion_settles_thousands_and_fractions() -> None:
    body, findings = body_of(clean().put("F3", "4.500").put("D3", "4/5").grid())
    assert spots(findings) == [("Trang 1", "D3", "KT-201"), ("Trang 1", "F3", "KT-201")]
    assert (body.lines[0].cluster_score.value, body.lines[0].self_score.value) == (Decimal("4.5"), Decimal(4))


def test_total_typed_as_text_is_reported_as_any_number() -> None:
    assert found(clean().put("F12", "19,0")) == [("Trang 1", "F12", "KT-201")]


def test_blank_row_and_row_of_column_numbers_change_nothing() -> None:
    made = clean().insert_row(8).insert_row(2)
    for column, letter in enumerate("ABCDEFGH", start=1):
        made.put(f"{letter}2", f"({column})")
    body, findings = body_of(made.grid())
    assert findings == ()
    assert [line.cluster_score.place.cell for line in body.lines] == ["F4", "F5", "F6", "F8", "F11", "F13"]


def test_sheet_without_total_line_ends_at_the_signatures() -> None:
    body, findings = body_of(clean().delete_row(12).put("F12", "Mẫu, ngày 05 tháng 01 năm 2024").grid())
    assert findings == ()
    assert {item.path for item in body.typed_totals} == {"I", "II", "III", "IV"}


def test_criterion_that_begins_like_a_total_or_a_signature_is_read() -> None:
    made = clean().put("B4", "Tổng điểm khảo sát hài lòng").put("B5", "Thủ trưởng nêu gương")
    body, findings = body_of(made.grid())
    assert spots(findings) == [("Trang 1", "B4", "KT-123"), ("Trang 1", "B5", "KT-123")]
    assert len(body.lines) == 6


def test_column_that_is_missing_leaves_its_scores_blank() -> None:
    body, findings = body_of(clean().delete_column(7).grid())
    assert findings == ()
    assert {line.appraised_score.state for line in body.lines} == {CellState.BLANK}
