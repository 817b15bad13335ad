"""Terms of a rule in the catalogue: complete, used, meant."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tdkt_xl.domain.criteria import Criterion, RowKind, ScoringRule
from tdkt_xl.domain.scoring.term_check import HEADINGS, check_terms
from tdkt_xl.domain.scoring.terms import Direction, Step, Terms
from tdkt_xl.findings import Place
from tdkt_xl.tables.layout import load_layout

D = Decimal
PLACES = {
    name: Place("danh-muc.xlsx", "Tiêu chí", 7, at) for at, name in enumerate((*HEADINGS, "rule"), start=11)
}
ROW = Criterion("I.1", "1", "Tiêu chí", RowKind.CRITERION, D(10))


def steps(*pairs: tuple[str, str]) -> tuple[Step, ...]:
    return tuple(
        Step(name, D(value), D(name) if name.lstrip("-").isdigit() else None) for name, value in pairs
    )


def found(rule: ScoringRule | None, terms: Terms, kind: RowKind = RowKind.CRITERION) -> list[tuple[str, int]]:
    row = replace(ROW, kind=kind, rule=rule, maximum=D(-10) if kind is RowKind.PENALTY else D(10))
    return [
        (finding.code.id, finding.place.column)
        for finding in check_terms(replace(row, terms=replace(terms, places=PLACES)), "TD")
    ]


def column(name: str) -> int:
    return PLACES[name].column


GOOD: dict[str, tuple[ScoringRule | None, Terms, RowKind]] = {
    "direct": (ScoringRule.DIRECT, Terms(may_not_apply=True), RowKind.CRITERION),
    "quantity": (ScoringRule.QUANTITY, Terms(direction=Direction.LOWER, target=D(5)), RowKind.CRITERION),
    "proportional": (
        ScoringRule.PROPORTIONAL,
        Terms(at_target=D(8), over_percent=D("0.1"), floor_percent=D(70)),
        RowKind.CRITERION,
    ),
    "tiers": (ScoringRule.TIERS, Terms(steps=steps(("90", "10"), ("80", "5"))), RowKind.CRITERION),
    "ranks": (ScoringRule.RANK, Terms(steps=steps(("1", "10"), ("2", "5"))), RowKind.BONUS),
    "awards": (ScoringRule.AWARD, Terms(steps=steps(("Cờ", "10")), outside_cap=True), RowKind.BONUS),
    "deduction": (
        ScoringRule.DEDUCTION,
        Terms(per_minus=D(1), conversion=steps(("a", "3"))),
        RowKind.PENALTY,
    ),
    "addition": (ScoringRule.ADDITION, Terms(per_plus=D(1)), RowKind.BONUS),
    "balance": (ScoringRule.BALANCE, Terms(per_plus=D(3), per_minus=D(3), lowest=D(-6)), RowKind.CRITERION),
}


@pytest.mark.parametrize("name", GOOD)
def test_complete_terms_are_silent(name: str) -> None:
    assert found(*GOOD[name]) == []


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        (ScoringRule.DEDUCTION, ["per_minus"]),
        (ScoringRule.ADDITION, ["per_plus"]),
        (ScoringRule.BALANCE, ["per_plus", "per_minus", "lowest"]),
        (ScoringRule.TIERS, ["steps"]),
        (ScoringRule.RANK, ["steps"]),
        (ScoringRule.AWARD, ["steps"]),
    ],
)
def test_missing_term_is_reported_at_its_cell(rule: ScoringRule, missing: list[str]) -> None:
    assert found(rule, Terms()) == [("KT-620", column(name)) for name in missing]


def test_term_reported_as_unreadable_is_not_missing_too() -> None:
    assert found(ScoringRule.TIERS, Terms(bad=frozenset({"steps"}))) == []


def test_unused_term_is_a_warning() -> None:
    assert found(ScoringRule.DIRECT, Terms(per_minus=D(1))) == [("KT-621", column("per_minus"))]


def test_term_of_a_group_is_a_warning() -> None:
    assert found(None, Terms(target=D(1)), RowKind.GROUP) == [("KT-621", column("target"))]


def test_blank_rule_is_reported_once_whatever_terms_stand_beside_it() -> None:
    assert found(None, Terms()) == [("KT-614", column("rule"))]
    assert found(None, Terms(per_minus=D(1))) == [("KT-614", column("rule"))]


def test_rule_reported_as_unknown_is_not_blank_too() -> None:
    assert found(None, Terms(bad=frozenset({"rule"}))) == []


BAD: dict[str, tuple[ScoringRule, Terms, str]] = {
    "target of nothing": (ScoringRule.QUANTITY, Terms(target=D(0)), "target"),
    "deduction upwards": (ScoringRule.DEDUCTION, Terms(per_minus=D(-1)), "per_minus"),
    "floor over the target": (ScoringRule.PROPORTIONAL, Terms(floor_percent=D(101)), "floor_percent"),
    "at target over the maximum": (ScoringRule.PROPORTIONAL, Terms(at_target=D(11)), "at_target"),
    "nothing left above the target": (ScoringRule.PROPORTIONAL, Terms(over_percent=D(1)), "over_percent"),
    "lowest at the maximum": (
        ScoringRule.BALANCE,
        Terms(per_plus=D(1), per_minus=D(1), lowest=D(10)),
        "lowest",
    ),
    "half an event": (
        ScoringRule.DEDUCTION,
        Terms(per_minus=D(1), conversion=(Step("a", D("0.5")),)),
        "conversion",
    ),
    "bonus outside the cap of a plain criterion": (
        ScoringRule.DIRECT,
        Terms(outside_cap=True),
        "outside_cap",
    ),
    "tier over the maximum": (ScoringRule.TIERS, Terms(steps=steps(("90", "11"))), "steps"),
    "better tier, fewer points": (ScoringRule.TIERS, Terms(steps=steps(("90", "5"), ("80", "8"))), "steps"),
    "tier twice": (ScoringRule.TIERS, Terms(steps=steps(("90", "5"), ("90", "8"))), "steps"),
    "tier by name": (ScoringRule.TIERS, Terms(steps=steps(("Tốt", "5"))), "steps"),
    "rank nought": (ScoringRule.RANK, Terms(steps=steps(("0", "10"), ("1", "5"))), "steps"),
    "second rank over the first": (ScoringRule.RANK, Terms(steps=steps(("1", "5"), ("2", "8"))), "steps"),
}


@pytest.mark.parametrize("name", BAD)
def test_term_that_cannot_be_meant(name: str) -> None:
    rule, terms, field = BAD[name]
    assert found(rule, terms) == [("KT-622", column(field))]


OFF_STEP: dict[str, tuple[ScoringRule, Terms, str, str]] = {
    "per event": (ScoringRule.ADDITION, Terms(per_plus=D("1.25")), "per_plus", "1,25"),
    "per deduction": (ScoringRule.DEDUCTION, Terms(per_minus=D("0.3")), "per_minus", "0,3"),
    "lowest": (
        ScoringRule.BALANCE,
        Terms(per_plus=D(1), per_minus=D(1), lowest=D("-1.2")),
        "lowest",
        "-1,2",
    ),
    "tier": (ScoringRule.TIERS, Terms(steps=steps(("90", "10"), ("80", "7.3"))), "steps", "7,3"),
    "award": (ScoringRule.AWARD, Terms(steps=steps(("Cờ", "2.25"))), "steps", "2,25"),
}


@pytest.mark.parametrize("name", OFF_STEP)
def test_points_that_the_step_does_not_allow(name: str) -> None:
    rule, terms, field, shown = OFF_STEP[name]
    row = replace(ROW, rule=rule, step=D("0.5"), terms=replace(terms, places=PLACES))
    (finding,) = check_terms(row, "TD")
    assert (finding.code.id, finding.place.column) == ("KT-622", column(field))
    assert finding.params["reason"] == f"{shown} không chia hết cho bước điểm 0,5"
    assert check_terms(replace(row, step=D("0.05")), "TD") == []


@pytest.mark.parametrize("step", [None, D(0), D("0.3")])
def test_step_that_is_blank_or_wrong_itself_judges_no_term(step: Decimal | None) -> None:
    row = replace(ROW, rule=ScoringRule.ADDITION, step=step, terms=Terms(per_plus=D("1.25")))
    assert check_terms(row, "TD") == []


def test_term_with_two_faults_is_reported_once() -> None:
    row = replace(ROW, rule=ScoringRule.ADDITION, step=D("0.5"), terms=Terms(per_plus=D("-1.25")))
    assert [item.params["reason"] for item in check_terms(row, "TD")] == ["phải lớn hơn 0"]


def test_not_applicable_is_for_plain_criteria() -> None:
    terms = Terms(may_not_apply=True)
    assert found(ScoringRule.DIRECT, terms, RowKind.BONUS) == [("KT-622", column("may_not_apply"))]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (ScoringRule.QUANTITY, RowKind.PENALTY),
        (ScoringRule.DEDUCTION, RowKind.BONUS),
        (ScoringRule.DIRECT, RowKind.GROUP),
    ],
)
def test_rule_must_suit_the_row(rule: ScoringRule, kind: RowKind) -> None:
    assert found(rule, Terms(), kind) == [("KT-623", column("rule"))]


def test_headings_are_the_catalogue_s() -> None:
    sheet = load_layout("danh-muc").sheet("criteria")
    assert {name: sheet.column(name).heading for name in HEADINGS} == dict(HEADINGS)
