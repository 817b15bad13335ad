"""Rounding of computed scores: a rule of the organisation, never a habit of the software."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from tdkt_xl.domain.scoring.worked import is_finite_decimal, to_decimal


class Way(Enum):
    """How a computed score is brought to the unit of rounding; the value is what the clerk types."""

    NEAREST = "gan_nhat"
    DOWN = "xuong"
    UP = "len"

    @property
    def label(self) -> str:
        """How it is read in a sentence."""
        return {"gan_nhat": "gần nhất (nửa thì lên)", "xuong": "xuống", "len": "lên"}[self.value]


@dataclass(frozen=True, slots=True)
class Rounding:
    """The rule: ``unit`` is a step of points, None for each criterion's own step; ``source`` is cited."""

    unit: Decimal | None
    way: Way
    source: str = ""

    def unit_for(self, step: Decimal | None) -> Decimal | None:
        """The unit for a criterion with this step; None when there is nothing to round to."""
        return self.unit or step


def round_points(points: Fraction, unit: Decimal, way: Way) -> Decimal:
    """Round exact points to a multiple of ``unit``; halves of "nearest" go away from zero."""
    count = points / Fraction(unit)
    if way is Way.DOWN:
        whole = floor(count)
    elif way is Way.UP:
        whole = ceil(count)
    else:
        whole = floor(abs(count) + Fraction(1, 2)) * (1 if count >= 0 else -1)
    return unit * whole


def settle(points: Fraction, rounding: Rounding | None, step: Decimal | None) -> Decimal | None:
    """The score that counts: rounded by the rule; without one, exact, or None when it has no end."""
    unit = rounding.unit_for(step) if rounding else None
    if rounding and unit:
        return round_points(points, unit, rounding.way)
    return to_decimal(points) if is_finite_decimal(points) else None
