"""How to repair a target or a result is said by the rule of the criterion."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tdkt_xl.domain.criteria import Criterion, RowKind, ScoringRule
from tdkt_xl.domain.scores import Amount, CellState
from tdkt_xl.domain.scoring.expected import expected_entry, how_scored
from tdkt_xl.domain.scoring.terms import Measure, Step, Terms

D = Decimal
ROW = Criterion("I.1", "1", "Tiêu chí", RowKind.CRITERION, D(10))
BLANK = Amount()
PLAIN = Amount(state=CellState.NUMBER, numbers=(D(100),), text="100")
PERCENT = Amount(state=CellState.NUMBER, numbers=(D(1),), text="100%", percent=True)
WORDS = Amount(state=CellState.TEXT, text="gần đạt")
TWO_KINDS = (Step("nghỉ", D(1)), Step("đi muộn", D(3)))
A_NUMBER, A_SHARE = "một số, ví dụ 87", "một tỷ lệ, ví dụ 87%"
EITHER = "một số, ví dụ 87; hoặc 87% nếu các đơn vị đều ghi %"

RESULTS: dict[str, tuple[ScoringRule, Terms, Amount, str]] = {
    "award": (
        ScoringRule.AWARD,
        Terms(steps=(Step("Cờ thi đua tỉnh", D(10)),)),
        BLANK,
        "tên danh hiệu như ở bậc điểm, ví dụ “Cờ thi đua tỉnh”",
    ),
    "rank": (
        ScoringRule.RANK,
        Terms(),
        BLANK,
        "thứ hạng có ở bậc điểm, ví dụ 2; nhiều nơi xếp hạng thì ghi 2; 1",
    ),
    "count": (ScoringRule.DEDUCTION, Terms(), BLANK, "số lần, ví dụ 2"),
    "counts": (
        ScoringRule.ADDITION,
        Terms(conversion=TWO_KINDS),
        BLANK,
        "số lần theo thứ tự nghỉ; đi muộn, ví dụ 1; 2",
    ),
    "plus and minus": (ScoringRule.BALANCE, Terms(), BLANK, "số lần cộng; số lần trừ, ví dụ 2; 1"),
    "tiers in percent": (ScoringRule.TIERS, Terms(steps=(Step("90%", D(5)),)), BLANK, A_SHARE),
    "tiers of numbers": (ScoringRule.TIERS, Terms(steps=(Step("90", D(5)),)), PERCENT, A_NUMBER),
    "tiers of a target": (
        ScoringRule.TIERS,
        Terms(measure=Measure.OF_TARGET, steps=(Step("90%", D(5)),)),
        PLAIN,
        A_NUMBER,
    ),
    "plain target": (ScoringRule.PROPORTIONAL, Terms(), PLAIN, A_NUMBER),
    "target in percent": (ScoringRule.PROPORTIONAL, Terms(), PERCENT, A_SHARE),
    "common target in percent": (
        ScoringRule.QUANTITY,
        Terms(target=D("0.95"), target_percent=True),
        BLANK,
        A_SHARE,
    ),
    "own target before the common one": (
        ScoringRule.QUANTITY,
        Terms(target=D("0.95"), target_percent=True),
        PLAIN,
        A_NUMBER,
    ),
    "no target at all": (ScoringRule.QUANTITY, Terms(), BLANK, EITHER),
}


@pytest.mark.parametrize("name", RESULTS)
def test_result_is_asked_for_as_the_rule_reads_it(name: str) -> None:
    rule, terms, target, expected = RESULTS[name]
    row = replace(ROW, rule=rule, terms=terms)
    assert expected_entry(row, "result", target, WORDS) == expected


@pytest.mark.parametrize(("result", "example"), [(PLAIN, "95"), (PERCENT, "95%"), (BLANK, "95")])
def test_target_is_asked_for_as_the_result_is_written(result: Amount, example: str) -> None:
    row = replace(ROW, rule=ScoringRule.PROPORTIONAL)
    assert expected_entry(row, "target", BLANK, result) == f"một số lớn hơn 0, ví dụ {example}"


TOLD: dict[str, tuple[ScoringRule | None, Terms, str]] = {
    "group": (None, Terms(), ""),
    "direct": (ScoringRule.DIRECT, Terms(), ""),
    "pass or fail": (ScoringRule.PASS_FAIL, Terms(), ""),
    "proportional": (
        ScoringRule.PROPORTIONAL,
        Terms(target=D("0.95"), target_percent=True),
        "Theo tỷ lệ: ghi một tỷ lệ, ví dụ 87%. Chỉ tiêu chung 95%.",
    ),
    "quantity": (
        ScoringRule.QUANTITY,
        Terms(target=D(12)),
        "Định lượng: ghi một số, ví dụ 87. Chỉ tiêu chung 12.",
    ),
    "tiers": (
        ScoringRule.TIERS,
        Terms(steps=(Step("90%", D(10)), Step("0", D("2.5")))),
        "Theo bậc: ghi một tỷ lệ, ví dụ 87%. Bậc điểm 90%: 10; 0: 2,5.",
    ),
    "counts": (
        ScoringRule.DEDUCTION,
        Terms(per_minus=D("0.5"), conversion=TWO_KINDS),
        "Trừ dần: ghi số lần theo thứ tự nghỉ; đi muộn, ví dụ 1; 2. "
        "Quy đổi nghỉ: 1; đi muộn: 3. Mỗi lần trừ 0,5.",
    ),
    "plus and minus": (
        ScoringRule.BALANCE,
        Terms(per_plus=D(2), per_minus=D(3)),
        "Cộng trừ theo lần: ghi số lần cộng; số lần trừ, ví dụ 2; 1. Mỗi lần cộng 2. Mỗi lần trừ 3.",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_how_a_criterion_is_scored_is_told_in_its_result_cell(name: str) -> None:
    rule, terms, told = TOLD[name]
    assert how_scored(replace(ROW, rule=rule, terms=terms)) == told
