"""Leader-relative quantity (định lượng): half the points at the target, all of them for the best overshoot.

The rule and its worked cases are those of "Điều 6" of a police scheme for commune clusters; the mirrored
form for results that are better when lower, and for such results without a target, is our inference.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.scoring.terms import Direction
from tdkt_xl.domain.scoring.worked import Refused, Worked, is_finite_decimal, percent, show

HALF = Fraction(1, 2)
Pair = tuple[Decimal | None, Decimal]
"""Target (None: none was given) and result of one unit."""


def overshoot(target: Decimal, actual: Decimal, direction: Direction) -> Fraction:
    """v: by how much of the target the result is better than it; negative when it is worse."""
    better = actual - target if direction is Direction.HIGHER else target - actual
    return Fraction(better) / Fraction(target)


def quantity_points(
    maximum: Decimal, pairs: Mapping[str, Pair], direction: Direction = Direction.HIGHER
) -> dict[str, Worked | Refused]:
    """Score every unit of a cluster at once, as one unit's result moves the others' points.

    Units with a target and units without one are two groups that never mix. A target of 0 is refused.
    """
    with_target = {key: (t, a) for key, (t, a) in pairs.items() if t is not None and t > 0 and a >= 0}
    shares = {key: overshoot(t, a, direction) for key, (t, a) in with_target.items()}
    best = max(shares, key=lambda key: shares[key], default="")
    scored: dict[str, Worked | Refused] = {
        key: _with_target(Fraction(maximum), target, actual, shares[key], (best, shares[best]), direction)
        for key, (target, actual) in with_target.items()
    }
    free = {key: actual for key, (target, actual) in pairs.items() if target is None and actual >= 0}
    scored |= _without_target(Fraction(maximum), free, direction)
    for key, (target, actual) in pairs.items():
        if actual < 0:
            scored[key] = Refused("result", "kết quả không được nhỏ hơn 0")
        elif target is not None and target <= 0:
            scored[key] = Refused("target", "chỉ tiêu phải lớn hơn 0", zero_target=target == 0)
    return {key: scored[key] for key in pairs}


def _with_target(
    maximum: Fraction,
    target: Decimal,
    actual: Decimal,
    over: Fraction,
    best: tuple[str, Fraction],
    direction: Direction,
) -> Worked:
    half = f"{show(maximum)}/2"
    if over < 0:
        share = Fraction(actual) / Fraction(target)
        shown = f"{show(actual)}/{show(target)}"
        if direction is Direction.LOWER:
            share, shown = 1 / share, f"{show(target)}/{show(actual)}"
        points = HALF * maximum * share
        return Worked(points, f"chưa đạt chỉ tiêu: {half} × {shown} = {show(points)}")
    if over == 0:
        return Worked(HALF * maximum, f"đúng chỉ tiêu: {half} = {show(HALF * maximum)}")
    leader, most = best
    if over == most:
        return Worked(maximum, f"vượt {percent(over)}, cao nhất cụm: {show(maximum)}", leader)
    points = HALF * maximum + over / most * HALF * maximum
    quotient = f"{percent(over)}/{percent(most)}"
    if not (is_finite_decimal(over) and is_finite_decimal(most)):
        quotient = f"({over})/({most})"
    reached = f"vượt {percent(over)}, cao nhất cụm vượt {percent(most)}"
    return Worked(points, f"{reached}: {half} + {quotient} × {half} = {show(points)}", leader)


def _without_target(
    maximum: Fraction, results: Mapping[str, Decimal], direction: Direction
) -> dict[str, Worked]:
    """Units without a target: A/max(A) of the points, or min(A)/A where lower is better."""
    if not results:
        return {}
    highest = direction is Direction.HIGHER
    best = (max if highest else min)(results, key=lambda key: results[key])
    most = Fraction(results[best])
    scored = {}
    for key, actual in results.items():
        upper, lower = (Fraction(actual), most) if highest else (most, Fraction(actual))
        share = upper / lower if lower else Fraction(0 if highest else 1)
        shown = f"{show(upper)}/{show(lower)} × {show(maximum)}"
        scored[key] = Worked(share * maximum, f"không giao chỉ tiêu: {shown} = {show(share * maximum)}", best)
    return scored
