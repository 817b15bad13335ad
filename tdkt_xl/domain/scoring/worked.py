"""A score worked out by a rule: exact points and the computation in words."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.findings.render import say
from tdkt_xl.vietnamese.numbers import round_half_up

Number = Decimal | Fraction | int


@dataclass(frozen=True, slots=True)
class Worked:
    """Exact points, how they came about, and the unit whose result set the scale ("" when none did)."""

    points: Fraction
    words: str
    leans_on: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a rule gives no score: ``cell`` is the field to repair ("target" or "result")."""

    cell: str
    reason: str
    zero_target: bool = False


def is_finite_decimal(value: Fraction) -> bool:
    """Tell whether a fraction can be written out in decimals (20/3 cannot)."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def to_decimal(value: Fraction) -> Decimal:
    """The decimal of a fraction that has one, exactly."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return Decimal((value * 10**places).numerator).scaleb(-places)


def show(value: Number) -> str:
    """Write a number for a sentence; a fraction without an end keeps its exact form: 20/3 (≈ 6,6667)."""
    if not isinstance(value, Fraction):
        return say(Decimal(value))
    if is_finite_decimal(value):
        return say(to_decimal(value))
    near = round_half_up(value, 4)
    return f"{value.numerator}/{value.denominator} (≈ {say(near)})"


def percent(value: Fraction) -> str:
    """Write a share as a percentage; one without an end as the fraction it is: 6/11 (≈ 54,55%)."""
    if is_finite_decimal(value):
        return f"{show(value * 100)}%"
    near = round_half_up(value * 100, 2)
    return f"{value.numerator}/{value.denominator} (≈ {say(near)}%)"
