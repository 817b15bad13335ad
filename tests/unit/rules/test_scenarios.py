"""The scenarios of tests/rules: written in the clerk's words, with the hand calculation beside them."""

import tomllib
from datetime import date
from typing import Any

import pytest

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.rules.judging import judge
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.quotas import check_quota

from .words import TESTS, candidate, stated

PACK = load_packs().on(date(2023, 12, 15))
FILES = {
    "ca-nhan": SubjectKind.INDIVIDUAL,
    "tap-the": SubjectKind.COLLECTIVE,
    "ho-gia-dinh": SubjectKind.HOUSEHOLD,
}
QUOTA_WORDS = {
    "within": "trong tỷ lệ",
    "exceeded": "vượt tỷ lệ",
    "needs_rounding": "cần quy định làm tròn",
}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((TESTS / "rules" / f"{name}.toml").read_text("utf-8"))


CASES = [
    pytest.param(kind, read(name)["nen"], scenario, id=f"{name}: {scenario['ten']}")
    for name, kind in FILES.items()
    for scenario in read(name)["tinh_huong"]
]
QUOTA_CASES = [pytest.param(case, id=case["ten"]) for case in read("ty-le")["ty_le"]]


@pytest.mark.parametrize(("kind", "base", "scenario"), CASES)
def test_scenario(kind: SubjectKind, base: dict[str, Any], scenario: dict[str, Any]) -> None:
    assert scenario["tinh_tay"]
    award = PACK.find_award(scenario["danh_hieu"])
    assert award is not None
    proposal = candidate(award.code, kind, stated({**base, **scenario.get("khac", {})}))
    judgement = judge(proposal, PACK, scenario.get("tinh", {}))
    assert judgement.outcome.label == scenario["ket_luan"]
    if "quyet_dinh_boi" in scenario:
        assert [reason.rule for reason in judgement.deciding] == scenario["quyet_dinh_boi"]
    if "noi" in scenario:
        assert any(scenario["noi"] in reason.text for reason in judgement.reasons)


def test_every_rule_decides_some_scenario() -> None:
    decided = {
        rule
        for name in FILES
        for scenario in read(name)["tinh_huong"]
        for rule in scenario.get("quyet_dinh_boi", [])
    }
    assert {rule.id for rule in PACK.rules} - decided == {"QT-404"}  # shown in test_judging


@pytest.mark.parametrize("case", QUOTA_CASES)
def test_quota_scenario(case: dict[str, Any]) -> None:
    quota = PACK.quotas_for("CSTDCS")[0]
    result = check_quota(case["cstdcs"], case["ldtt"], quota, case.get("lam_tron"))
    assert (QUOTA_WORDS[result.answer.value], result.limit) == (case["ket_qua"], case["muc"])
