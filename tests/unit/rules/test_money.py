"""Rewards: the table of the fact base (law.md §3.4) cell by cell, and what is paid only once."""

from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.money import Claim, Reward, count_once, find_reward, round_money, total
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.vietnamese.numbers import format_money

from .words import NOTHING_ENTERED, office

PACKS = load_packs()
ONE, MANY, HOME = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE, SubjectKind.HOUSEHOLD
DAYS = {
    "1.49": date(2023, 6, 30),
    "1.80": date(2023, 12, 15),
    "2.34": date(2024, 12, 15),
    "2.53": date(2026, 7, 1),
}
TABLE = """
LDTT            | 447000/450000/450000    | 540000   | 702000/710000/700000    | 759000/760000/760000
TTLDTT          | 1192000/1200000/1190000 | 1440000  | 1872000/1880000/1870000 | 2024000/2030000/2020000
TTLDXS          | 2235000/2240000/2240000 | 2700000  | 3510000                 | 3795000/3800000/3800000
GK_XA           | 223500/230000/220000    | 270000   | 351000/360000/350000    |
CSTDCS          | 1490000                 | 1800000  | 2340000                 | 2530000
CSTDT           | 4470000                 | 5400000  | 7020000                 | 7590000
CO_THI_DUA_TINH | 11920000                | 14400000 | 18720000                | 20240000
"""
"""exact/up/nearest, one number where all agree; the columns are the base salaries of DAYS."""


def cells() -> list[tuple[str, date, Decimal, Decimal, Decimal]]:
    found = []
    for line in TABLE.strip().splitlines():
        award, *columns = (part.strip() for part in line.split("|"))
        for day, text in zip(DAYS.values(), columns, strict=True):
            numbers = [Decimal(part) for part in text.split("/")] if text else []
            if numbers:
                exact, up, nearest = numbers if len(numbers) == 3 else numbers * 3
                found.append((award, day, exact, up, nearest))
    return found


def reward(award: str, day: date, kind: SubjectKind | None = None, **entered: str) -> Reward:
    known = PACKS.on(day).get_award(award)
    assert known is not None
    return find_reward(award, kind or known.kinds[0], day, PACKS, office(entered).as_of(day))


@pytest.mark.parametrize(("award", "day", "exact", "up", "nearest"), cells(), ids=str)
def test_table_of_rewards(award: str, day: date, exact: Decimal, up: Decimal, nearest: Decimal) -> None:
    by_default = reward(award, day)
    assert (by_default.exact, by_default.amount) == (exact, up)
    assert reward(award, day, money_rounding="Làm tròn gần nhất").amount == nearest
    assert reward(award, day, money_rounding="Không làm tròn").amount == exact
    assert dict(by_default.others) == {
        way: value for way, value in (("gan_nhat", nearest), ("khong", exact)) if value != up
    }


def test_every_cell_of_the_table_is_there() -> None:
    assert len(cells()) == 27


@pytest.mark.parametrize(
    ("award", "kind", "day", "factor", "status"),
    [
        ("BK_TINH", ONE, date(2023, 12, 31), "1", "sourced"),
        ("BK_TINH", ONE, date(2024, 1, 1), "1.5", "memory"),
        ("BK_TINH", ONE, date(2025, 6, 30), "1.5", "memory"),
        ("BK_TINH", ONE, date(2025, 7, 1), "1.5", "sourced"),
        ("BK_TINH", MANY, date(2023, 12, 31), "2", "sourced"),
        ("BK_TINH", MANY, date(2025, 7, 1), "3", "memory"),
        ("GK_XA", ONE, date(2025, 6, 30), "0.15", "sourced"),
        ("GK_XA", ONE, date(2025, 7, 1), "0.3", "sourced"),
        ("GK_XA", MANY, date(2023, 12, 31), "0.3", "sourced"),
        ("GK_HUYEN", ONE, date(2023, 12, 31), "0.3", "memory"),
        ("GIA_DINH_VAN_HOA", HOME, date(2023, 12, 31), "0.1", "memory"),
        ("HCLD1", ONE, date(2023, 12, 31), "9", "memory"),
        ("HCLD1", ONE, date(2024, 1, 1), "9", "sourced"),
        ("HCLD3", MANY, date(2024, 1, 1), "9", "memory"),
        ("BKTTG", ONE, date(2023, 12, 31), "3.5", "sourced"),
        ("BKTTG", ONE, date(2024, 1, 1), "3.5", "memory"),
        ("BKTTG", ONE, date(2025, 7, 1), "3.5", "sourced"),
        ("XA_TIEU_BIEU", MANY, date(2024, 1, 1), "2", "sourced"),
        ("CO_THI_DUA_TINH", MANY, date(2025, 7, 1), "8", "memory"),
        ("CO_CHINH_PHU", MANY, date(2025, 7, 1), "12", "sourced"),
        ("CSTDTQ", ONE, date(2025, 7, 1), "4.5", "sourced"),
    ],
    ids=str,
)
def test_multiplier_of_a_day(award: str, kind: SubjectKind, day: date, factor: str, status: str) -> None:
    found = reward(award, day, kind)
    assert (found.factor, found.status.value) == (Decimal(factor), status)


@pytest.mark.parametrize(
    ("award", "kind", "day"),
    [
        ("GK_HUYEN", HOME, date(2023, 12, 31)),
        ("GK_XA", HOME, date(2024, 1, 1)),
        ("GIA_DINH_VAN_HOA", HOME, date(2025, 7, 1)),
        ("HCLD2", MANY, date(2025, 7, 1)),
        ("LDTT", ONE, date(2026, 10, 1)),
    ],
    ids=str,
)
def test_reward_that_no_text_gives_is_not_made_up(award: str, kind: SubjectKind, day: date) -> None:
    found = reward(award, day, kind)
    assert (found.amount, found.exact, found.factor) == (None, None, None)
    assert "chưa" in found.lacking


def test_office_enters_confirms_and_sets_aside_a_multiplier() -> None:
    day = date(2023, 12, 15)
    entered = reward("GK_HUYEN", day, HOME, **{"QT-523": "0,45"})
    assert (entered.amount, entered.status) == (Decimal(810000), Status.OFFICE)
    assert entered.citation == (
        "NĐ 91/2017/NĐ-CP, Điều 73; QĐ 12/QĐ-UBND, Điều 3; NĐ 24/2023/NĐ-CP, mức lương cơ sở"
    )
    assert reward("GK_HUYEN", day, ONE, **{"QT-521": "Áp dụng"}).status is Status.OFFICE
    assert reward("GK_HUYEN", day, ONE, **{"QT-521": "Không áp dụng"}).amount == 0


def test_calculation_is_shown() -> None:
    assert reward("LDTT", date(2024, 12, 15)).working == "0,3 × 2.340.000 = 702.000, làm tròn 710.000"
    assert reward("CSTDCS", date(2024, 12, 15)).working == "1 × 2.340.000 = 2.340.000"


@pytest.mark.parametrize(
    ("exact", "up", "nearest"),
    [
        ("0", "0", "0"),
        ("1", "10000", "0"),
        ("4999", "10000", "0"),
        ("5000", "10000", "10000"),
        ("10000", "10000", "10000"),
        ("14999.5", "20000", "10000"),
    ],
)
def test_rounding_at_its_edges(exact: str, up: str, nearest: str) -> None:
    assert round_money(Decimal(exact), "len") == Decimal(up)
    assert round_money(Decimal(exact), "gan_nhat") == Decimal(nearest)
    assert round_money(Decimal(exact), "khong") == Decimal(exact)


# What is paid once


def paid(day: date, *claims: tuple[str, str]) -> list[bool]:
    pack = PACKS.on(day)
    found = [
        Claim(owner, "2023", find_reward(award, ONE, day, PACKS, NOTHING_ENTERED)) for owner, award in claims
    ]
    aside = count_once(found, pack)
    return [position not in aside for position in range(len(found))]


@pytest.mark.parametrize("day", [date(2023, 12, 15), date(2024, 12, 15), date(2025, 12, 15)], ids=str)
def test_of_two_titles_of_one_year_the_higher_is_paid(day: date) -> None:
    assert paid(day, ("An", "LDTT"), ("An", "CSTDCS")) == [False, True]
    assert paid(day, ("An", "LDTT"), ("Bình", "CSTDCS")) == [True, True]


def test_titles_for_stretches_of_different_length_are_paid_each() -> None:
    assert paid(date(2023, 12, 15), ("An", "CSTDCS"), ("An", "CSTDT")) == [True, True]


def test_title_and_commendation_are_both_paid() -> None:
    assert paid(date(2023, 12, 15), ("An", "LDTT"), ("An", "GK_HUYEN")) == [True, True]


def test_one_achievement_rewarded_at_two_levels_is_paid_at_the_higher() -> None:
    assert paid(date(2023, 12, 15), ("An", "GK_XA"), ("An", "GK_HUYEN")) == [False, True]
    assert paid(date(2023, 12, 15), ("An", "GK_HUYEN"), ("An", "BK_TINH")) == [True, True]


def test_reward_that_is_not_known_sets_nothing_aside() -> None:
    day = date(2026, 12, 15)
    assert paid(day, ("An", "LDTT"), ("An", "CSTDCS")) == [True, True]


def test_sum_is_exact() -> None:
    assert total([Decimal(223500), Decimal("0.5")]) == Decimal("223500.5")
    assert total([]) == 0


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("540000", "540.000"),
        ("1192000", "1.192.000"),
        ("223500.5", "223.500,5"),
        ("-10000", "-10.000"),
    ],
)
def test_amounts_are_written_with_points(amount: str, text: str) -> None:
    assert format_money(Decimal(amount)) == text
