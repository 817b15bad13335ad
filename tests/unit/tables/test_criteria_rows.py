"""Which row is which criterion, by text and by the numbering people type."""

from decimal import Decimal

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, ScoringRule
from tdkt_xl.findings import Finding
from tdkt_xl.findings.render import message
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tables.score_sheet import SheetBody, read_body
from tests.tools.grids import Draft, draft, spots

SCORES = load_layout("so-cum").sheet("scores")
_HEAD = "| STT | Nội dung tiêu chí | Điểm tối đa | Điểm tự chấm | Điểm cụm chấm |\n"
# Texts repeat under their groups, numbers repeat at two levels.
_TREE = """
I | I | Kinh tế
I.1 | 1 | Thu ngân sách
I.1.a | a | Thu đúng hạn
I.1.b | b | Tiêu chí khác
I.2 | 2 | Chi ngân sách
I.2.a | a | Chi đúng mục đích
I.2.b | b | Tiêu chí khác
II | II | Văn hóa
II.1 | 1 | Gia đình văn hóa
II.2 | 2 | Tiêu chí khác
"""


def _catalogue() -> Catalogue:
    rows = [[cell.strip() for cell in line.split("|")] for line in _TREE.strip().splitlines()]
    above = {path.rpartition(".")[0] for path, _, _ in rows}
    return Catalogue(
        "TC-1",
        "Bảng tiêu chí",
        None,
        None,
        tuple(
            Criterion(
                path,
                number,
                text,
                RowKind.GROUP if path in above else RowKind.CRITERION,
                Decimal(5),
                None if path in above else ScoringRule.DIRECT,
            )
            for path, number, text in rows
        ),
    )


CATALOGUE = _catalogue()


def read(rows: str) -> tuple[SheetBody, tuple[Finding, ...]]:
    """The body of a sheet given as "number | text | score" lines below the headings in row 1."""
    made = draft(_HEAD)
    for at, line in enumerate(rows.strip().splitlines(), start=2):
        number, text, score = (cell.strip() for cell in line.split("|"))
        made.put(f"A{at}", float(number) if number.startswith("=") else number or None)
        made.put(f"B{at}", text).put(f"E{at}", float(score) if score else None)
    return _body(made)


def _body(made: Draft) -> tuple[SheetBody, tuple[Finding, ...]]:
    table = find_table(made.grid(), [SCORES]).value
    assert table is not None
    outcome = read_body(table, CATALOGUE)
    assert outcome.value is not None
    return outcome.value, outcome.findings


def scores(body: SheetBody) -> dict[str, Decimal | None]:
    return {line.criterion.path: line.cluster_score.value for line in body.lines}


WHOLE: dict[str, Decimal | None] = {
    "I.1.a": Decimal(1),
    "I.1.b": Decimal(2),
    "I.2.a": Decimal(3),
    "I.2.b": Decimal(4),
    "II.1": Decimal(5),
    "II.2": Decimal("0.5"),
}


def test_sheet_numbered_in_another_way_is_matched_by_text() -> None:
    body, findings = read("""
        A   | Kinh tế           |
        1   | Thu ngân sách     |
        1.1 | Thu đúng hạn      | 1
        1.2 | Tiêu chí khác     | 2
        2   | Chi ngân sách     |
        2.1 | Chi đúng mục đích | 3
        2.2 | Tiêu chí khác     | 4
        B   | Văn hóa           |
        1   | Gia đình văn hóa  | 5
        2   | Tiêu chí khác     | 0.5
    """)
    assert (scores(body), spots(findings)) == (WHOLE, [])


def test_number_typed_before_the_text_is_the_number() -> None:
    body, findings = read("""
        | I. Kinh tế           |
        | 1. Thu ngân sách     |
        | a) Thu đúng hạn      | 1
        | b) Tiêu chí khác     | 2
        | 2. Chi ngân sách     |
        | a) Chi đúng mục đích | 3
        | b) Tiêu chí khác     | 4
        | II. Văn hóa          |
        | 1. Gia đình văn hóa  | 5
        | 2. Tiêu chí khác     | 0.5
    """)
    assert (scores(body), spots(findings)) == (WHOLE, [])


def test_reworded_rows_are_told_apart_by_the_path_of_their_numbers() -> None:
    """I.2 is gone with its rows: its points must not go to the second row of another group."""
    body, findings = read("""
        I  | Phát triển kinh tế      |
        1  | Thu ngân sách xã        |
        a  | Thu trước hạn           | 1
        b  | Việc khác của thu       | 2
        II | Phát triển văn hóa      |
        1  | Gia đình đạt chuẩn      | 5
        2  | Việc khác của văn hóa   | 0.5
    """)
    assert scores(body) == {"I.1.a": 1, "I.1.b": 2, "II.1": 5, "II.2": Decimal("0.5")}
    changed = [("Trang 1", f"B{row}", "KT-123") for row in range(2, 9)]
    missing = [("Trang 1", "A6", "KT-122")] * 3
    assert spots(findings) == sorted(changed + missing)


def test_repeated_text_below_a_missing_row_is_known_by_its_group() -> None:
    body, findings = read("""
        I  | Kinh tế           |
        1  | Thu ngân sách     |
        a  | Thu đúng hạn      | 1
        2  | Chi ngân sách     |
        a  | Chi đúng mục đích | 3
        b  | Tiêu chí khác     | 4
        II | Văn hóa           |
        1  | Gia đình văn hóa  | 5
        2  | Tiêu chí khác     | 0.5
    """)
    assert scores(body) == {path: value for path, value in WHOLE.items() if path != "I.1.b"}
    assert spots(findings) == [("Trang 1", "A5", "KT-122")]


def test_repeated_text_that_nothing_tells_apart_is_asked() -> None:
    body, findings = read("""
        | Kinh tế           |
        | Thu đúng hạn      | 1
        | Chi đúng mục đích | 3
        | Tiêu chí khác     | 4
        | Gia đình văn hóa  | 5
    """)
    assert scores(body) == {"I.1.a": 1, "I.2.a": 3, "II.1": 5}
    (unclear,) = [finding for finding in findings if finding.code.id == "KT-151"]
    assert unclear.place.cell == "B5"
    assert message(unclear) == (
        "Dòng “Tiêu chí khác” có thể là tiêu chí I.1.b hoặc I.2.b hoặc II.2: các tiêu chí này cùng nội dung; "
        "điểm của dòng (điểm cụm chấm 4) không được tính."
    )
    missing = {finding.params["path"] for finding in findings if finding.code.id == "KT-122"}
    assert missing == {"I.1", "I.2", "II"}
    assert [row.points for row in body.foreign_rows] == [{"cluster_score": Decimal(4)}]


def test_text_of_one_criterion_with_the_number_of_another_is_asked() -> None:
    body, findings = read("""
        I  | Kinh tế           |
        1  | Chi ngân sách     |
        a  | Thu đúng hạn      | 1
        b  | Tiêu chí khác     | 2
        2  | Thu ngân sách     |
        a  | Chi đúng mục đích | 3
        b  | Tiêu chí khác     | 4
        II | Văn hóa           |
        1  | Gia đình văn hóa  | 5
        2  | Tiêu chí khác     | 0.5
    """)
    assert spots(findings) == [("Trang 1", "B3", "KT-151"), ("Trang 1", "B6", "KT-151")]
    assert [finding.params["reason"] for finding in findings] == [
        "nội dung là của I.2, số thứ tự là của I.1",
        "nội dung là của I.1, số thứ tự là của I.2",
    ]
    assert scores(body) == WHOLE


def test_text_of_a_group_wins_over_the_number_it_has_after_another_is_left_out() -> None:
    body, findings = read("""
        I  | Kinh tế           |
        1  | Chi ngân sách     |
        a  | Chi đúng mục đích | 3
        b  | Tiêu chí khác     | 4
        II | Văn hóa           |
        1  | Gia đình văn hóa  | 5
        2  | Tiêu chí khác     | 0.5
    """)
    assert scores(body) == {path: WHOLE[path] for path in ("I.2.a", "I.2.b", "II.1", "II.2")}
    assert spots(findings) == [("Trang 1", "A3", "KT-122")] * 3


def test_rows_moved_with_their_numbers_are_still_themselves() -> None:
    body, findings = read("""
        II | Văn hóa           |
        1  | Gia đình văn hóa  | 5
        2  | Tiêu chí khác     | 0.5
        I  | Kinh tế           |
        1  | Thu ngân sách     |
        a  | Thu đúng hạn      | 1
        b  | Tiêu chí khác     | 2
        2  | Chi ngân sách     |
        a  | Chi đúng mục đích | 3
        b  | Tiêu chí khác     | 4
    """)
    assert (scores(body), spots(findings)) == (WHOLE, [])


def test_break_in_the_senders_own_numbering_is_told_at_its_cell() -> None:
    body, findings = read("""
        A   | Kinh tế           |
        1   | Thu ngân sách     |
        1.1 | Thu đúng hạn      | 1
        1.3 | Tiêu chí khác     | 2
        2   | Chi ngân sách     |
        2.1 | Chi đúng mục đích | 3
        2.2 | Tiêu chí khác     | 4
        B   | Văn hóa           |
        1   | Gia đình văn hóa  | 5
        2   | Tiêu chí khác     | 0.5
    """)
    assert (scores(body), spots(findings)) == (WHOLE, [("Trang 1", "A5", "KT-152")])
    assert findings[0].params == {"column": "STT", "typed": "1.3", "expected": "1.2"}
