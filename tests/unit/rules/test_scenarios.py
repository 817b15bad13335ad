"""The scenarios of tests/rules: written in the clerk's words, with the hand calculation beside them."""

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.rules.evidence import Evidence
from tdkt_xl.rules.judging import evaluate, judge
from tdkt_xl.rules.model import Rule
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.quotas import check_quota

from .words import TESTS, candidate, office, past, stated

PACKS = load_packs()
DAY = date(2023, 12, 15)
KINDS = {kind.label: kind for kind in SubjectKind}
FILES = sorted(
    path.stem for path in (TESTS / "rules").glob("*.toml") if path.stem not in {"ty-le", "tung-quy-tac"}
)
QUOTA_WORDS = {
    "within": "trong tỷ lệ",
    "exceeded": "vượt tỷ lệ",
    "needs_rounding": "cần quy định làm tròn",
}
ANSWER_WORDS = {
    "pass": "đạt",
    "fail": "không đạt",
    "missing": "thiếu thông tin",
    "needs_province": "cần quy định của tỉnh",
    "needs_text": "cần văn bản",
}
ONE_ANSWER = {"needs_text", "council_may_find"}
"""Predicates that say the same whatever the facts."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((TESTS / "rules" / f"{name}.toml").read_text("utf-8"))


CASES = [
    pytest.param(document, scenario, id=f"{name}: {scenario['ten']}")
    for name in FILES
    for document in [read(name)]
    for scenario in document["tinh_huong"]
]
QUOTA_CASES = [pytest.param(case, id=case["ten"]) for case in read("ty-le")["ty_le"]]


@pytest.mark.parametrize(("document", "scenario"), CASES)
def test_scenario(document: dict[str, Any], scenario: dict[str, Any]) -> None:
    assert scenario["tinh_tay"]
    day = scenario.get("ngay", document.get("ngay", DAY))
    pack = PACKS.on(day)
    award = pack.find_award(scenario["danh_hieu"])
    assert award is not None
    kind = KINDS[scenario.get("doi_tuong", document["doi_tuong"])]
    proposal = candidate(award.code, kind, stated({**document["nen"], **scenario.get("khac", {})}))
    entered = office({**document.get("tinh", {}), **scenario.get("tinh", {})}).as_of(day)
    history = past(scenario["ho_so"], day) if "ho_so" in scenario else None
    judgement = judge(proposal, pack, entered, history)
    assert judgement.outcome.label == scenario["ket_luan"]
    if "quyet_dinh_boi" in scenario:
        assert [reason.rule for reason in judgement.deciding] == scenario["quyet_dinh_boi"]
    if "noi" in scenario:
        assert any(scenario["noi"] in reason.text for reason in judgement.reasons)


# One rule at a time

RULES = {rule.id: rule for pack in PACKS.packs for rule in pack.rules}
EACH = [
    (identifier, block, words)
    for block in read("tung-quy-tac")["quy_tac"]
    for identifier in block["ma"]
    for words in block["truong_hop"]
]


@pytest.mark.parametrize(
    ("identifier", "block", "words"), EACH, ids=[f"{code}: {words[1]}" for code, _, words in EACH]
)
def test_rule_alone(identifier: str, block: dict[str, Any], words: list[Any]) -> None:
    answer, calculation, given = words
    rule, day = RULES[identifier], block.get("ngay", RULES[identifier].since)
    told = {name: value for name, value in given.items() if name not in {"tinh", "ho_so"}}
    history = past(given["ho_so"], day) if "ho_so" in given else None
    entered = office(given.get("tinh", {})).as_of(max(day, DAY))
    verdict = evaluate(rule, Evidence(stated(told), entered, history, rule.awards[0]))
    assert ANSWER_WORDS[verdict.answer.value] == answer, verdict.text
    assert calculation


def answers_of(rule: Rule) -> set[str]:
    return {words[0] for code, _, words in EACH if code == rule.id}


def test_every_rule_is_tried_four_times_with_a_pass_and_something_else() -> None:
    tried = Counter(code for code, _, _ in EACH)
    fixed = {
        code for code, rule in RULES.items() if all(test.predicate in ONE_ANSWER for test in rule.conditions)
    }
    assert [code for code, rule in RULES.items() if code not in fixed and tried[code] < 4] == []
    assert [
        code for code, rule in RULES.items() if code not in fixed and not ({"đạt"} < answers_of(rule))
    ] == []
    assert {code: answers_of(RULES[code]) for code in fixed} == {code: {"cần văn bản"} for code in fixed}


def test_no_scenario_names_a_rule_that_is_gone() -> None:
    named = {code for code, _, _ in EACH} | {
        code
        for name in FILES
        for scenario in read(name)["tinh_huong"]
        for code in scenario.get("quyet_dinh_boi", ())
    }
    assert named - RULES.keys() == {""}


@pytest.mark.parametrize("case", QUOTA_CASES)
def test_quota_scenario(case: dict[str, Any]) -> None:
    quota = PACKS.on(DAY).quotas_for("CSTDCS")[0]
    result = check_quota(case["cstdcs"], case["ldtt"], quota, Decimal(15), case.get("lam_tron"))
    assert (QUOTA_WORDS[result.answer.value], result.limit) == (case["ket_qua"], case["muc"])
