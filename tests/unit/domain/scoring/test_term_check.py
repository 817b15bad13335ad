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
    "no rule": (None, Terms(), RowKind.CRITERION),
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
    assert found(None, Terms(target=D(1))) == [("KT-621", column("target"))]


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
