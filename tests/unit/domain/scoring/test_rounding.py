from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.domain.scoring.rounding import Rounding, Way, round_points, settle
from tdkt_xl.domain.scoring.worked import is_finite_decimal, show, to_decimal

CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("points", "way", "rounded"),
    [
        ("20/3", Way.NEAREST, "6.67"),
        ("20/3", Way.DOWN, "6.66"),
        ("20/3", Way.UP, "6.67"),
        ("1/200", Way.NEAREST, "0.01"),
        ("-1/200", Way.NEAREST, "-0.01"),
        ("10", Way.UP, "10"),
    ],
)
def test_rounding_follows_the_rule(points: str, way: Way, rounded: str) -> None:
    assert round_points(Fraction(points), CENT, way) == Decimal(rounded)


def test_without_a_rule_nothing_is_rounded() -> None:
    assert settle(Fraction(1, 8), None, CENT) == Decimal("0.125")
    assert settle(Fraction(20, 3), None, CENT) is None


def test_unit_may_be_the_step_of_the_criterion() -> None:
    by_step = Rounding(None, Way.NEAREST)
    assert settle(Fraction(20, 3), by_step, Decimal("0.25")) == Decimal("6.75")
    assert settle(Fraction(20, 3), by_step, None) is None
    assert settle(Fraction(20, 3), Rounding(CENT, Way.NEAREST), Decimal("0.25")) == Decimal("6.67")


@given(st.fractions(min_value=-100, max_value=100), st.sampled_from(list(Way)))
def test_rounded_points_are_a_multiple_less_than_a_unit_away(points: Fraction, way: Way) -> None:
    rounded = round_points(points, CENT, way)
    assert rounded % CENT == 0
    assert abs(Fraction(rounded) - points) < Fraction(1, 100)
    assert way is not Way.DOWN or Fraction(rounded) <= points
    assert way is not Way.UP or Fraction(rounded) >= points


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_every_decimal_survives_as_a_fraction(value: Decimal) -> None:
    exact = Fraction(value)
    assert is_finite_decimal(exact)
    assert to_decimal(exact) == value


def test_fraction_without_an_end_is_shown_exactly() -> None:
    assert (show(Fraction(20, 3)), show(Fraction(15, 4)), show(Decimal("2.50"))) == (
        "20/3 (≈ 6,6667)",
        "3,75",
        "2,5",
    )
