"""Points for a rank given from outside (theo hạng): one rank, or several averaged and ranked."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.scoring.terms import Direction, Step
from tdkt_xl.domain.scoring.worked import Refused, Worked, show


def rank_points(
    steps: Sequence[Step], ratings: Mapping[str, Sequence[Decimal]], direction: Direction = Direction.LOWER
) -> dict[str, Worked | Refused]:
    """Points by rank. One rating each: it is the rank. Several: average, rank the averages, convert.

    Which average is better follows ``direction`` (ranks: lower). Equal averages share the better rank
    (the source is silent on that; it treats units tied for the best alike). A rank the list does not
    hold is refused, never guessed; so is one of several that no rank can be, and the others are ranked
    without that unit.
    """
    points = {step.bound: step.value for step in steps}
    if all(len(given) <= 1 for given in ratings.values()):
        return {key: _converted(given[0], points, f"hạng {show(given[0])}") for key, given in ratings.items()}
    impossible = {
        key: Refused("result", "hạng phải là số nguyên từ 1 trở lên")
        for key, given in ratings.items()
        if direction is Direction.LOWER and any(rank < 1 or rank % 1 for rank in given)
    }
    means = {
        key: sum(map(Fraction, given), Fraction(0)) / len(given)
        for key, given in ratings.items()
        if key not in impossible
    }
    sign = 1 if direction is Direction.HIGHER else -1
    scored: dict[str, Worked | Refused] = {**impossible}
    for key, mean in means.items():
        rank = 1 + sum(sign * other > sign * mean for other in means.values())
        shown = " + ".join(show(item) for item in ratings[key])
        words = f"bình quân ({shown})/{len(ratings[key])} = {show(mean)}, hạng {rank}"
        scored[key] = _converted(Decimal(rank), points, words)
    return scored


def _converted(rank: Decimal, points: Mapping[Decimal | None, Decimal], words: str) -> Worked | Refused:
    if rank not in points:
        return Refused("result", f"hạng {show(rank)} không có trong bậc điểm")
    return Worked(Fraction(points[rank]), f"{words}: {show(points[rank])}")
