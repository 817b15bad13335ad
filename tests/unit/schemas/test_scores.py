from decimal import Decimal

import pandera.pandas as pa
import pytest

from tdkt_xl.domain.criteria import Criterion
from tdkt_xl.domain.scores import CellState, ScoreCell, ScoreLine, TextCell
from tdkt_xl.findings import Finding, Place
from tdkt_xl.schemas import definitions, scores
from tdkt_xl.schemas.scores import LineToCheck, check_scores
from tdkt_xl.tables.layout import load_layout
from tests.tools.forms import tiny_master
from tests.tools.grids import spots

LAYOUT = load_layout("so-cum").sheet("scores")
CRITERIA = {row.path: row for row in tiny_master().catalogues["TD-2023"].rows}
PLACE = Place("a.xlsx", "A")
COLUMNS = {"self_score": 6, "evidence": 7, "cluster_score": 8, "appraised_score": 9, "reason": 10}


def cell(field: str, value: str | None, row: int = 13) -> ScoreCell:
    place = PLACE.at(row, COLUMNS[field])
    if value is None:
        return ScoreCell(place)
    if value == "bad":
        return ScoreCell(place, CellState.BAD, text="mười")
    return ScoreCell(place, CellState.NUMBER, Decimal(value))


def line(
    criterion: Criterion,
    self_score: str | None,
    cluster: str | None = None,
    appraised: str | None = None,
    *,
    evidence: str = "BC 12",
    reason: str = "",
    row: int = 13,
) -> ScoreLine:
    """Scores of one criterion: self in F13, cluster in H13, appraised in I13."""
    return ScoreLine(
        criterion,
        PLACE.at(row, 1),
        cell("self_score", self_score, row),
        cell("cluster_score", cluster, row),
        cell("appraised_score", appraised, row),
        TextCell(PLACE.at(row, COLUMNS["evidence"]), evidence),
        TextCell(PLACE.at(row, COLUMNS["reason"]), reason),
    )


def check(*lines: ScoreLine, book: bool = True) -> list[Finding]:
    """Check lines as in a cluster book (self and cluster due) or in a unit's own sheet (self due)."""
    required = frozenset({"self_score", "cluster_score"} if book else {"self_score"})
    deciding = "cluster_score" if book else "self_score"
    return check_scores(LineToCheck(item, LAYOUT, required, deciding) for item in lines)


def test_nothing_to_check() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("path", "score"),
    [
        ("I.1", "0"),
        ("I.1", "5"),
        ("I.1", "4.75"),
        ("I.2", "0"),
        ("I.2", "4"),
        ("III.1", "2"),
        ("IV.1", "0"),
        ("IV.1", "-3"),
        ("IV.1", "-0.5"),
    ],
)
def test_scores_at_the_bounds_and_on_the_step_are_right(path: str, score: str) -> None:
    assert check(line(CRITERIA[path], score, score)) == []


WRONG = {
    ("I.1", "-0.25"): "KT-208",
    ("I.2", "-4"): "KT-208",
    ("III.1", "-1"): "KT-208",
    ("I.1", "5.01"): "KT-209",
    ("I.1", "45"): "KT-209",
    ("I.2", "8"): "KT-209",
    ("III.1", "2.5"): "KT-209",
    ("I.1", "3.3"): "KT-210",
    ("I.3", "2.75"): "KT-210",
    ("IV.1", "-0.3"): "KT-210",
    ("I.2", "2"): "KT-211",
    ("I.2", "3.9"): "KT-211",
    ("IV.1", "2"): "KT-212",
    ("IV.1", "-3.5"): "KT-212",
}


@pytest.mark.parametrize(("path", "score"), WRONG)
def test_one_wrong_score_gives_one_finding_at_its_cell(path: str, score: str) -> None:
    expected = WRONG[path, score]
    for field, column in (("cluster_score", "H"), ("self_score", "F"), ("appraised_score", "I")):
        values = {
            "self_score": (score, "0", None),
            "cluster_score": ("0", score, None),
            "appraised_score": ("0", "0", score),
        }[field]
        findings = check(line(CRITERIA[path], *values, reason="Họp cụm"))
        assert spots(findings) == [("A", f"{column}13", expected)]
        assert findings[0].params["column"] == LAYOUT.column(field).heading


def test_numbers_said_about_a_wrong_score() -> None:
    said = {
        found.code.id: {key: value for key, value in found.params.items() if key != "column"}
        for path, score in WRONG
        for found in check(line(CRITERIA[path], "0", score))
    }
    assert said == {
        "KT-208": {"path": "III.1", "value": Decimal(-1), "maximum": Decimal(2)},
        "KT-209": {"path": "III.1", "value": Decimal("2.5"), "maximum": Decimal(2)},
        "KT-210": {"path": "IV.1", "value": Decimal("-0.3"), "step": Decimal("0.5")},
        "KT-211": {"path": "I.2", "value": Decimal("3.9"), "maximum": Decimal(4)},
        "KT-212": {"path": "IV.1", "value": Decimal("-3.5"), "minimum": Decimal(-3)},
    }


def test_blank_score_is_reported_where_it_is_due() -> None:
    blank = line(CRITERIA["I.1"], None, None)
    assert spots(check(blank)) == [("A", "F13", "KT-207"), ("A", "H13", "KT-207")]
    assert spots(check(blank, book=False)) == [("A", "F13", "KT-207")]


def test_cell_reported_before_is_not_reported_again() -> None:
    assert check(line(CRITERIA["I.1"], "bad", "bad", "bad")) == []


def test_evidence_is_asked_for_once_beside_the_deciding_score() -> None:
    findings = check(line(CRITERIA["II.1"], "7.5", "7", evidence=""))
    assert spots(findings) == [("A", "G13", "KT-214")]
    assert findings[0].params == {"path": "II.1", "value": Decimal(7), "column": "Minh chứng"}
    assert spots(check(line(CRITERIA["II.1"], "7.5", evidence=""), book=False)) == [("A", "G13", "KT-214")]


@pytest.mark.parametrize(
    "fine",
    [
        line(CRITERIA["II.1"], "7.5", "0", evidence=""),
        line(CRITERIA["I.1"], "5", "5", evidence=""),
        line(CRITERIA["II.1"], "7.5", "7", evidence="BC 12"),
    ],
)
def test_evidence_is_not_asked_for_nothing(fine: ScoreLine) -> None:
    assert check(fine) == []


def test_changed_appraisal_needs_a_reason() -> None:
    findings = check(line(CRITERIA["I.1"], "5", "4.5", "4"))
    assert spots(findings) == [("A", "J13", "KT-213")]
    assert findings[0].params == {
        "path": "I.1",
        "appraised": Decimal(4),
        "cluster": Decimal("4.5"),
        "column": "Lý do",
    }
    assert check(line(CRITERIA["I.1"], "5", "4.5", "4", reason="Nộp muộn")) == []
    assert check(line(CRITERIA["I.1"], "5", "4.5", "4.5")) == []


def test_all_wrong_scores_of_all_lines_are_found_in_one_run() -> None:
    lines = [line(CRITERIA[path], "0", score, row=20 + at) for at, (path, score) in enumerate(WRONG)]
    found = spots(check(*lines))
    assert found == sorted(("A", f"H{20 + at}", code) for at, code in enumerate(WRONG.values()))


def test_exact_decimals_are_not_tripped_by_floats() -> None:
    tenths = Criterion(
        "X", "1", "Bước nhỏ", CRITERIA["I.1"].kind, Decimal("0.7"), None, Decimal("0.1"), place=PLACE
    )
    assert check(*(line(tenths, f"0.{n}", f"0.{n}") for n in range(8))) == []


def test_result_nobody_foresaw_is_said_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = pa.DataFrameSchema({**definitions.SCORES.columns, "phantom": pa.Column(float)}, coerce=False)
    monkeypatch.setattr(definitions, "SCHEMAS", {"scores": odd})
    monkeypatch.setattr(scores, "failure_cases", definitions.run_schema)
    (finding,) = check(line(CRITERIA["I.1"], "5", "5"))
    assert (finding.code.id, finding.place.file) == ("KT-901", "")
    assert finding.params["reason"] == "reason:COLUMN_NOT_IN_DATAFRAME"
