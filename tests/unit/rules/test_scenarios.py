"""The scenarios of tests/rules: written in the clerk's words, with the hand calculation beside them."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

import pytest

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.rules.evidence import Evidence
from tdkt_xl.rules.judging import evaluate, judge
from tdkt_xl.rules.model import Rule
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.predicates import PREDICATES
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
QUOTA_CASES = [
    pytest.param(identifier, case, id=f"{identifier}: {case['ten']}")
    for case in read("ty-le")["ty_le"]
    for identifier in case.get("ma", ["QT-901"])
]


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


QUOTAS = {quota.id: quota for pack in PACKS.packs for quota in pack.quotas}


@pytest.mark.parametrize(("identifier", "case"), QUOTA_CASES)
def test_quota_scenario(identifier: str, case: dict[str, Any]) -> None:
    quota = QUOTAS[identifier]
    percent = Decimal(str(case["ty_le"])) if "ty_le" in case else quota.percent
    assert percent is not None
    result = check_quota(case["de_nghi"], case["co_so"], quota, percent, case.get("lam_tron"))
    assert case["tinh_tay"]
    assert (QUOTA_WORDS[result.answer.value], result.limit) == (case["ket_qua"], case["muc"])


def test_every_quota_is_tried_four_times() -> None:
    tried = Counter(identifier for identifier, _ in map(attrgetter("values"), QUOTA_CASES))
    assert {identifier: tried[identifier] for identifier in QUOTAS if tried[identifier] < 4} == {}
    assert tried.keys() <= QUOTAS.keys()


def test_every_predicate_is_tried_four_times() -> None:
    tried = Counter(
        predicate
        for code, _, _ in EACH
        for predicate in {condition.predicate for condition in RULES[code].conditions}
    )
    assert {name: tried[name] for name in PREDICATES if tried[name] < 4 and name not in ONE_ANSWER} == {}


# The day before and the day of each change

TRIED_DAYS = {
    scenario.get("ngay", document.get("ngay", DAY)) for document, scenario in map(attrgetter("values"), CASES)
}
CHANGES = sorted(
    {rule.since for rule in RULES.values()}
    | {pack.since for pack in PACKS.packs}
    | {end + timedelta(days=1) for rule in RULES.values() if (end := rule.basis.instrument.until) is not None}
)


@pytest.mark.parametrize(
    "change", [day for day in CHANGES if PACKS.packs[0].since < day <= PACKS.packs[-1].until], ids=str
)
def test_scenarios_stand_on_the_day_before_and_the_day_of_each_change(change: date) -> None:
    assert {change - timedelta(days=1), change} - TRIED_DAYS == set()
