"""Points per event: deduction (trừ dần), addition (cộng dần), both (cộng trừ theo lần)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.scoring.terms import Step
from tdkt_xl.domain.scoring.worked import Refused, Worked, show

_WHOLE = "số lần phải là số nguyên từ 0 trở lên"


def count_events(counts: Sequence[Decimal], conversion: Sequence[Step]) -> tuple[int, str] | Refused:
    """Turn counts of events into events of the rule: with "3 lates make one", four lates are one.

    ``counts`` stand in the order of ``conversion``; what is left over below a whole one does not count.
    Returns the number and how it was reached.
    """
    if any(count < 0 or count != count.to_integral_value() for count in counts):
        return Refused("result", _WHOLE)
    if not conversion:
        if len(counts) != 1:
            return Refused("result", "cần một số lần")
        return int(counts[0]), f"{show(counts[0])} lần"
    if len(counts) != len(conversion):
        named = "; ".join(step.name or "số lần" for step in conversion)
        return Refused("result", f"cần {len(conversion)} số, theo thứ tự: {named}")
    parts = [int(count) // int(step.value) for count, step in zip(counts, conversion, strict=True)]
    words = " + ".join(
        f"{show(count)} {step.name or 'lần'}"
        + (f" (cứ {show(step.value)} tính 1) = {part}" if step.value != 1 else "")
        for count, step, part in zip(counts, conversion, parts, strict=True)
    )
    return sum(parts), words


def deduction_points(
    start: Decimal,
    per_minus: Decimal,
    counts: Sequence[Decimal],
    conversion: Sequence[Step] = (),
    *,
    lowest: Decimal,
) -> Worked | Refused:
    """``start`` less ``per_minus`` for each event, not below ``lowest``."""
    counted = count_events(counts, conversion)
    if isinstance(counted, Refused):
        return counted
    number, shown = counted
    points = max(Fraction(start) - number * Fraction(per_minus), Fraction(lowest))
    words = f"{shown}: {show(start)} − {number} × {show(per_minus)}"
    return Worked(points, f"{words}, không dưới {show(lowest)} = {show(points)}")


def addition_points(
    per_plus: Decimal, counts: Sequence[Decimal], conversion: Sequence[Step] = (), *, highest: Decimal
) -> Worked | Refused:
    """``per_plus`` for each event, not above ``highest``."""
    counted = count_events(counts, conversion)
    if isinstance(counted, Refused):
        return counted
    number, shown = counted
    points = min(number * Fraction(per_plus), Fraction(highest))
    return Worked(points, f"{shown}: {number} × {show(per_plus)}, không quá {show(highest)} = {show(points)}")


def balance_points(
    per_plus: Decimal, per_minus: Decimal, counts: Sequence[Decimal], *, lowest: Decimal, highest: Decimal
) -> Worked | Refused:
    """n₊ × ``per_plus`` − n₋ × ``per_minus``, kept between ``lowest`` and ``highest``."""
    if len(counts) != 2:
        return Refused("result", "cần hai số: số lần cộng; số lần trừ")
    if any(count < 0 or count != count.to_integral_value() for count in counts):
        return Refused("result", _WHOLE)
    plus, minus = int(counts[0]), int(counts[1])
    points = plus * Fraction(per_plus) - minus * Fraction(per_minus)
    kept = min(max(points, Fraction(lowest)), Fraction(highest))
    words = f"{plus} × {show(per_plus)} − {minus} × {show(per_minus)}"
    return Worked(kept, f"{words}, trong khoảng {show(lowest)} đến {show(highest)} = {show(kept)}")
