"""Points read from a list: tiers of a number (theo bậc), awards held (theo danh hiệu)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.scoring.terms import Direction, Measure, Step
from tdkt_xl.domain.scoring.worked import Refused, Worked, percent, show
from tdkt_xl.vietnamese.text import comparison_key


def tier_points(
    steps: Sequence[Step],
    actual: Decimal,
    target: Decimal | None = None,
    *,
    measure: Measure = Measure.RESULT,
    direction: Direction = Direction.HIGHER,
) -> Worked | Refused:
    """Points of the best tier reached; bounds are inclusive, beyond all of them there are no points.

    A bound is a least value where higher is better, else a greatest one. Compared is the result itself,
    its share of the target, or its change against the target.
    """
    value, shown = Fraction(actual), show(actual)
    if measure is not Measure.RESULT:
        if target is None:
            return Refused("target", "cần chỉ tiêu để tính tỷ lệ")
        if target <= 0:
            return Refused("target", "chỉ tiêu phải lớn hơn 0", zero_target=target == 0)
        value = Fraction(actual) / Fraction(target) - (1 if measure is Measure.CHANGE else 0)
        shown = percent(value)
    sign = 1 if direction is Direction.HIGHER else -1
    reached = [
        step for step in steps if step.bound is not None and sign * value >= sign * Fraction(step.bound)
    ]
    if not reached:
        return Worked(Fraction(0), f"{shown}: chưa tới bậc nào, 0")
    best = max(reached, key=lambda step: sign * Fraction(step.bound or 0))
    edge = "từ" if direction is Direction.HIGHER else "đến"
    return Worked(Fraction(best.value), f"{shown}, bậc {edge} {best.name}: {show(best.value)}")


def award_points(steps: Sequence[Step], text: str) -> Worked | Refused:
    """Points of the award a unit holds; no award is no points, an unlisted one is refused."""
    if not text or comparison_key(text) in {"0", "không", "khong", "không có"}:
        return Worked(Fraction(0), "không có danh hiệu: 0")
    found = next((step for step in steps if comparison_key(step.name) == comparison_key(text)), None)
    if found is None:
        known = ", ".join(step.name for step in steps)
        return Refused("result", f"không có “{text}” trong bậc điểm ({known})")
    return Worked(Fraction(found.value), f"{found.name}: {show(found.value)}")
