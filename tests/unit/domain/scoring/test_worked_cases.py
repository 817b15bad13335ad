"""The worked cases printed with the published rules, and the edges around them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tdkt_xl.domain.scoring.events import addition_points, balance_points, deduction_points
from tdkt_xl.domain.scoring.proportional import proportional_points
from tdkt_xl.domain.scoring.quantity import quantity_points
from tdkt_xl.domain.scoring.ranks import rank_points
from tdkt_xl.domain.scoring.terms import Direction, Measure, Step
from tdkt_xl.domain.scoring.tiers import award_points, tier_points
from tdkt_xl.domain.scoring.worked import Refused, Worked

D = Decimal


def points(worked: Worked | Refused) -> Fraction:
    assert isinstance(worked, Worked), worked
    return worked.points


def steps(text: str) -> tuple[Step, ...]:
    """Steps written "bound: value", or "name: value" when the bound is no number."""
    made = []
    for part in text.split(";"):
        name, _, value = map(str.strip, part.rpartition(":"))
        number = name.lstrip("-").replace(".", "").isdigit()
        made.append(Step(name, D(value), D(name) if number else None))
    return tuple(made)


# Leader-relative quantity: "Điều 6" of the 1,000-point police scheme (Mo ta de tai.bs.docx)

Units = dict[str, tuple[str | None, str]]
QUANTITY: dict[str, tuple[int, Units, dict[str, str]]] = {
    "below the target: 8 of 10": (5, {"a": ("10", "8")}, {"a": "2"}),
    "at the target: 10 of 10": (5, {"a": ("10", "10")}, {"a": "5/2"}),
    "best overshoot: 20 of 10": (5, {"a": ("10", "20")}, {"a": "5"}),
    "overshoot, not the best: 15 of 10, best 100%": (
        5,
        {"a": ("10", "15"), "b": ("10", "20")},
        {"a": "15/4", "b": "5"},
    ),
    "two units tie for the best": (10, {"a": ("100", "120"), "b": ("50", "60")}, {"a": "10", "b": "10"}),
    "no target: 150/150, 100/150, 75/150": (
        10,
        {"a": (None, "150"), "b": (None, "100"), "c": (None, "75")},
        {"a": "10", "b": "20/3", "c": "5"},
    ),
    "groups with and without a target never mix": (
        10,
        {"a": ("10", "12"), "b": (None, "1000"), "c": (None, "500")},
        {"a": "10", "b": "10", "c": "5"},
    ),
    "nobody without a target did anything": (10, {"a": (None, "0"), "b": (None, "0")}, {"a": "0", "b": "0"}),
    "nothing done of a target": (10, {"a": ("10", "0"), "b": ("10", "11")}, {"a": "0", "b": "10"}),
    "one third over half the leader's": (
        10,
        {"a": ("3", "4"), "b": ("2", "3")},
        {"a": "25/3", "b": "10"},
    ),
}


@pytest.mark.parametrize("name", QUANTITY)
def test_quantity(name: str) -> None:
    maximum, units, expected = QUANTITY[name]
    pairs = {key: (None if t is None else D(t), D(a)) for key, (t, a) in units.items()}
    scored = {key: points(worked) for key, worked in quantity_points(D(maximum), pairs).items()}
    assert scored == {key: Fraction(value) for key, value in expected.items()}


LOWER: dict[str, tuple[Units, dict[str, str]]] = {
    "worse than the target: 20 where 10 are allowed": ({"a": ("10", "20")}, {"a": "5/2"}),
    "at the target": ({"a": ("10", "10")}, {"a": "5"}),
    "best reduction, and half of it": ({"a": ("10", "5"), "b": ("10", "0")}, {"a": "15/2", "b": "10"}),
    "no target: least is best": ({"a": (None, "2"), "b": (None, "4")}, {"a": "10", "b": "5"}),
    "no target: none at all is best": ({"a": (None, "0"), "b": (None, "4")}, {"a": "10", "b": "0"}),
}


@pytest.mark.parametrize("name", LOWER)
def test_quantity_where_lower_is_better(name: str) -> None:
    units, expected = LOWER[name]
    pairs = {key: (None if t is None else D(t), D(a)) for key, (t, a) in units.items()}
    scored = {key: points(worked) for key, worked in quantity_points(D(10), pairs, Direction.LOWER).items()}
    assert scored == {key: Fraction(value) for key, value in expected.items()}


def test_target_zero_is_refused_and_leaves_the_others_alone() -> None:
    scored = quantity_points(D(5), {"a": (D(0), D(3)), "b": (D(10), D(20))})
    assert scored["a"] == Refused("target", "chỉ tiêu phải lớn hơn 0", zero_target=True)
    assert points(scored["b"]) == 5


def test_negative_result_is_refused_and_sets_no_scale() -> None:
    scored = quantity_points(D(5), {"a": (None, D(-3)), "b": (None, D(10))})
    assert scored["a"] == Refused("result", "kết quả không được nhỏ hơn 0")
    assert points(scored["b"]) == 5


def test_quantity_says_how_it_was_worked_out_and_who_set_the_scale() -> None:
    scored = quantity_points(D(5), {"a": (D(10), D(15)), "b": (D(10), D(20)), "c": (D(10), D(8))})
    assert scored["a"] == Worked(
        Fraction(15, 4),
        "vượt 50%, cao nhất cụm vượt 100%: 5/2 + 50%/100% × 5/2 = 3,75",
        "b",
    )
    assert scored["c"] == Worked(Fraction(2), "chưa đạt chỉ tiêu: 5/2 × 8/10 = 2")


# Proportional: common in provincial tables (no source read); cap, floor, per percent over

PROPORTIONAL: dict[str, tuple[dict[str, object], str]] = {
    "below": ({"target": "600", "actual": "525"}, "21/4"),
    "at the target": ({"target": "95", "actual": "95"}, "6"),
    "above, capped": ({"target": "95", "actual": "120"}, "6"),
    "one third": ({"target": "3", "actual": "1"}, "2"),
    "just under the floor": ({"target": "100", "actual": "69.99", "floor_percent": D(70)}, "0"),
    "at the floor": ({"target": "100", "actual": "70", "floor_percent": D(70)}, "21/5"),
    "12.9% over counts 12": (
        {"target": "100", "actual": "112.9", "at_target": D(4), "over_percent": D("0.1")},
        "26/5",
    ),
    "over, capped": ({"target": "100", "actual": "130", "at_target": D(4), "over_percent": D("0.1")}, "6"),
    "at, below the maximum": ({"target": "100", "actual": "100", "at_target": D(4)}, "4"),
    "lower: twice the target": ({"target": "5", "actual": "10", "direction": Direction.LOWER}, "3"),
    "lower: none": ({"target": "5", "actual": "0", "direction": Direction.LOWER}, "6"),
    "lower: under the target": ({"target": "5", "actual": "4", "direction": Direction.LOWER}, "6"),
}


@pytest.mark.parametrize("name", PROPORTIONAL)
def test_proportional(name: str) -> None:
    given, expected = PROPORTIONAL[name]
    target, actual = D(str(given["target"])), D(str(given["actual"]))
    more = {key: value for key, value in given.items() if key not in {"target", "actual"}}
    worked = proportional_points(D(6), target, actual, **more)  # type: ignore[arg-type]  # from the table
    assert points(worked) == Fraction(expected)


@pytest.mark.parametrize(
    ("target", "actual", "cell"), [("0", "5", "target"), ("-1", "5", "target"), ("5", "-1", "result")]
)
def test_proportional_refuses(target: str, actual: str, cell: str) -> None:
    worked = proportional_points(D(6), D(target), D(actual))
    assert isinstance(worked, Refused)
    assert (worked.cell, worked.zero_target) == (cell, target == "0")


# Tiers: bands of the youth branches (≥85, ≥70, ≥50) and rank-like lists; bounds belong to their tier

BANDS = steps("85: 10; 70: 8; 50: 5")


@pytest.mark.parametrize(
    ("actual", "expected"), [("100", 10), ("85", 10), ("84.99", 8), ("70", 8), ("50", 5), ("49.99", 0)]
)
def test_tiers(actual: str, expected: int) -> None:
    assert points(tier_points(BANDS, D(actual))) == expected


CHANGES = (Step("-5%", D(3), D("-0.05")), Step("-0,01%", D(2), D("-0.0001")), Step("0", D(1), D(0)))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [("100", "95", 3), ("100", "90", 3), ("100", "96", 2), ("100", "100", 1), ("100", "101", 0)],
)
def test_tiers_of_change_where_lower_is_better(before: str, now: str, expected: int) -> None:
    worked = tier_points(CHANGES, D(now), D(before), measure=Measure.CHANGE, direction=Direction.LOWER)
    assert points(worked) == expected


def test_tiers_of_a_share_need_a_target() -> None:
    assert tier_points(BANDS, D(5), None, measure=Measure.OF_TARGET) == Refused(
        "target", "cần chỉ tiêu để tính tỷ lệ"
    )
    zero = tier_points(BANDS, D(5), D(0), measure=Measure.OF_TARGET)
    assert isinstance(zero, Refused)
    assert zero.zero_target


# Award bonus: +10 for a city or ministry flag, +15 for the Government's (Bảng biểu 4, TP.HCM)

FLAGS = steps("Cờ thi đua của thành phố: 10; Cờ thi đua của Chính phủ: 15")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Cờ thi đua của thành phố", 10), ("cờ thi đua của  Chính phủ", 15), ("", 0), ("Không", 0)],
)
def test_award(text: str, expected: int) -> None:
    assert points(award_points(FLAGS, text)) == expected


def test_unlisted_award_is_refused() -> None:
    worked = award_points(FLAGS, "Bằng khen")
    assert isinstance(worked, Refused)
    assert "Bằng khen" in worked.reason


# Events: working days of a primary school: 10 points, −2 a day, three late arrivals are one day

DAYS = (Step("nghỉ không phép", D(1)), Step("đi muộn", D(3)))


@pytest.mark.parametrize(
    ("days", "late", "expected"),
    [(0, 0, 10), (1, 0, 8), (0, 2, 10), (0, 3, 8), (1, 4, 6), (4, 6, 0), (9, 9, 0)],
)
def test_deduction_with_conversion(days: int, late: int, expected: int) -> None:
    worked = deduction_points(D(10), D(2), (D(days), D(late)), DAYS, lowest=D(0))
    assert points(worked) == expected


def test_penalty_goes_down_from_nothing_to_its_bound() -> None:
    assert points(deduction_points(D(0), D("0.5"), (D(3),), lowest=D(-2))) == Fraction(-3, 2)
    assert points(deduction_points(D(0), D("0.5"), (D(9),), lowest=D(-2))) == -2


def test_addition_stops_at_the_maximum() -> None:
    assert points(addition_points(D("2.5"), (D(3),), highest=D(10))) == Fraction(15, 2)
    assert points(addition_points(D("2.5"), (D(9),), highest=D(10))) == 10


@pytest.mark.parametrize(
    ("plus", "minus", "expected"), [(1, 0, 3), (0, 1, -3), (2, 1, 3), (5, 0, 6), (0, 5, -6), (0, 0, 0)]
)
def test_plus_and_minus_three_each_within_bounds(plus: int, minus: int, expected: int) -> None:
    worked = balance_points(D(3), D(3), (D(plus), D(minus)), lowest=D(-6), highest=D(6))
    assert points(worked) == expected


@pytest.mark.parametrize("counts", [("1.5",), ("-1",), ("1", "2")])
def test_counts_are_whole_and_as_many_as_asked(counts: tuple[str, ...]) -> None:
    worked = deduction_points(D(10), D(1), tuple(map(D, counts)), lowest=D(0))
    assert isinstance(worked, Refused)
    assert worked.cell == "result"


@pytest.mark.parametrize("counts", [("1",), ("1", "0.5"), ("1", "2", "3")])
def test_balance_needs_two_whole_counts(counts: tuple[str, ...]) -> None:
    worked = balance_points(D(3), D(3), tuple(map(D, counts)), lowest=D(-6), highest=D(6))
    assert isinstance(worked, Refused)


def test_conversion_needs_a_count_of_each_kind() -> None:
    worked = deduction_points(D(10), D(2), (D(1),), DAYS, lowest=D(0))
    assert worked == Refused("result", "cần 2 số, theo thứ tự: nghỉ không phép; đi muộn")


# External rank: 1→60, 2→45, 3→30, 4→15, 5→0; several raters: average, rank, then convert

RANKS = steps("1: 60; 2: 45; 3: 30; 4: 15; 5: 0")


def ranked(**given: str) -> dict[str, Fraction]:
    ratings = {key: tuple(map(D, text.split())) for key, text in given.items()}
    return {key: points(worked) for key, worked in rank_points(RANKS, ratings).items()}


def test_rank_of_one_rater_is_converted() -> None:
    assert ranked(a="1", b="2", c="3", d="4", e="5") == {"a": 60, "b": 45, "c": 30, "d": 15, "e": 0}


def test_ranks_of_several_raters_are_averaged_and_ranked() -> None:
    assert ranked(a="1 2", b="2 1 1", c="3 3") == {"a": 45, "b": 60, "c": 30}


def test_equal_averages_share_the_better_rank() -> None:
    assert ranked(a="1 2", b="2 1", c="3 3") == {"a": 60, "b": 60, "c": 30}


@pytest.mark.parametrize("rank", ["0", "-1", "1.5"])
def test_rank_that_cannot_be_is_refused_and_moves_nobody(rank: str) -> None:
    given = {"a": (D(rank), D(1)), "b": (D(1), D(2)), "c": (D(3), D(3))}
    worked = rank_points(RANKS, given)
    assert worked["a"] == Refused("result", "hạng phải là số nguyên từ 1 trở lên")
    assert [points(worked[key]) for key in "bc"] == [60, 45]


def test_points_of_raters_need_not_be_whole() -> None:
    given = {"a": (D(0), D("1.5")), "b": (D("9.5"), D(8))}
    assert {key: points(worked) for key, worked in rank_points(RANKS, given, Direction.HIGHER).items()} == {
        "a": 45,
        "b": 60,
    }


def test_rank_outside_the_list_is_refused() -> None:
    assert rank_points(RANKS, {"a": (D(6),)})["a"] == Refused("result", "hạng 6 không có trong bậc điểm")
