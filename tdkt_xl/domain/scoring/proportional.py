"""Points in proportion to the target, up to a cap, with a floor (theo tỷ lệ)."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from tdkt_xl.domain.scoring.terms import Direction
from tdkt_xl.domain.scoring.worked import Refused, Worked, percent, show


def proportional_points(
    maximum: Decimal,
    target: Decimal,
    actual: Decimal,
    *,
    at_target: Decimal | None = None,
    over_percent: Decimal | None = None,
    floor_percent: Decimal | None = None,
    direction: Direction = Direction.HIGHER,
) -> Worked | Refused:
    """Points for ``actual`` of ``target``: ``at_target`` (blank: the maximum) × A/T below the target.

    Each whole percent over the target adds ``over_percent``; never more than the maximum. Under
    ``floor_percent`` of the target there are no points. Where lower is better the share is T/A, and a
    result of 0 is the best there can be (inferred by symmetry). A target of 0 is refused.
    """
    if target <= 0:
        return Refused("target", "chỉ tiêu phải lớn hơn 0", zero_target=target == 0)
    if actual < 0:
        return Refused("result", "kết quả không được nhỏ hơn 0")
    top, base = Fraction(maximum), Fraction(maximum if at_target is None else at_target)
    if direction is Direction.LOWER and actual == 0:
        return Worked(top, f"kết quả 0, tốt nhất có thể: {show(top)}")
    upper, lower = (actual, target) if direction is Direction.HIGHER else (target, actual)
    share = Fraction(upper) / Fraction(lower)
    shown = f"{show(upper)}/{show(lower)}"
    if floor_percent is not None and share * 100 < Fraction(floor_percent):
        return Worked(Fraction(0), f"đạt {percent(share)}, dưới sàn {show(floor_percent)}%: 0")
    if share < 1:
        points = base * share
        return Worked(points, f"{show(base)} × {shown} = {show(points)}")
    whole = floor((share - 1) * 100)
    points = min(top, base + whole * Fraction(over_percent or 0))
    if base >= top or not over_percent or not whole:
        return Worked(points, f"đạt {percent(share)} chỉ tiêu: {show(points)}")
    added = f"{show(base)} + {whole} × {show(over_percent)}"
    return Worked(points, f"vượt {whole}% trọn: {added}, không quá {show(top)} = {show(points)}")
