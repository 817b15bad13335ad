"""Apply the rule of a criterion to the targets and results of a cluster's units."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tdkt_xl.domain.criteria import Criterion, RowKind, ScoringRule
from tdkt_xl.domain.scores import Amount, CellState
from tdkt_xl.domain.scoring.events import addition_points, balance_points, deduction_points
from tdkt_xl.domain.scoring.proportional import proportional_points
from tdkt_xl.domain.scoring.quantity import quantity_points
from tdkt_xl.domain.scoring.ranks import rank_points
from tdkt_xl.domain.scoring.terms import Direction, Measure
from tdkt_xl.domain.scoring.tiers import award_points, tier_points
from tdkt_xl.domain.scoring.worked import Refused, Worked

_MOST_SHARE = 2
"""A plain number above this beside a percentage is probably meant as a percentage too: ask."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Target and result of one unit as its sheet gives them."""

    target: Amount
    result: Amount


def work_out(criterion: Criterion, entries: Mapping[str, Entry]) -> dict[str, Worked | Refused]:
    """Points of every unit that gives a result, or why the rule gives none.

    Units whose result is blank are left out: their score is whatever was typed. Rules that compare
    units see all entries at once, so call it with the whole cluster.
    """
    if criterion.rule is None or not criterion.rule.is_computed:
        return {}
    given = {key: entry for key, entry in entries.items() if entry.result.state is not CellState.BLANK}
    refused: dict[str, Worked | Refused] = {}
    for key, entry in given.items():
        reason = _unreadable(criterion, entry)
        if reason:
            refused[key] = reason
    ready = {key: entry for key, entry in given.items() if key not in refused}
    if criterion.rule is ScoringRule.QUANTITY:
        unlike = _unlike(criterion, ready)
        refused |= unlike
        ready = {key: entry for key, entry in ready.items() if key not in unlike}
        pairs = {key: (_target(criterion, entry), entry.result.numbers[0]) for key, entry in ready.items()}
        worked = quantity_points(criterion.maximum, pairs, criterion.terms.direction or Direction.HIGHER)
    elif criterion.rule is ScoringRule.RANK:
        ratings = {key: entry.result.numbers for key, entry in ready.items()}
        worked = rank_points(criterion.terms.steps, ratings, criterion.terms.direction or Direction.LOWER)
    else:
        worked = {key: _alone(criterion, entry) for key, entry in ready.items()}
    return {key: {**refused, **worked}[key] for key in given}


def _alone(criterion: Criterion, entry: Entry) -> Worked | Refused:
    """Rules that look at one unit only."""
    terms, rule, maximum = criterion.terms, criterion.rule, criterion.maximum
    counts, zero = entry.result.numbers, Decimal(0)
    if rule is ScoringRule.AWARD:
        return award_points(terms.steps, entry.result.text)
    if rule is ScoringRule.DEDUCTION:
        penalty = criterion.kind is RowKind.PENALTY
        start, lowest = (zero, maximum) if penalty else (maximum, zero)
        return deduction_points(start, terms.per_minus or zero, counts, terms.conversion, lowest=lowest)
    if rule is ScoringRule.ADDITION:
        return addition_points(terms.per_plus or zero, counts, terms.conversion, highest=maximum)
    if rule is ScoringRule.BALANCE:
        lowest = terms.lowest or zero
        plus, minus = terms.per_plus or zero, terms.per_minus or zero
        return balance_points(plus, minus, counts, lowest=lowest, highest=maximum)
    target = _target(criterion, entry)
    direction = terms.direction or Direction.HIGHER
    if rule is ScoringRule.TIERS:
        return tier_points(terms.steps, counts[0], target, measure=terms.measure, direction=direction)
    if target is None:
        return Refused("target", "cần chỉ tiêu để tính tỷ lệ")
    return proportional_points(
        maximum,
        target,
        counts[0],
        at_target=terms.at_target,
        over_percent=terms.over_percent,
        floor_percent=terms.floor_percent,
        direction=direction,
    )


def _target(criterion: Criterion, entry: Entry) -> Decimal | None:
    """The unit's own target, else the catalogue's."""
    return entry.target.numbers[0] if entry.target.numbers else criterion.terms.target


def _unreadable(criterion: Criterion, entry: Entry) -> Refused | None:
    """Why target and result cannot be taken as numbers, if they cannot."""
    if criterion.rule is ScoringRule.AWARD:
        return None if entry.result.state is not CellState.BAD else Refused("result", "cần tên danh hiệu")
    if not entry.result.numbers:
        left_out = any(not part.strip() for part in entry.result.text.split(";"))
        return Refused("result", "thiếu một số bên dấu chấm phẩy" if left_out else "cần một số")
    several = {ScoringRule.RANK, ScoringRule.DEDUCTION, ScoringRule.ADDITION, ScoringRule.BALANCE}
    if criterion.rule in several:
        return None
    if len(entry.result.numbers) > 1:
        return Refused("result", "cần một số, ô có nhiều số")
    uses_target = criterion.rule is not ScoringRule.TIERS or criterion.terms.measure is not Measure.RESULT
    if uses_target and entry.target.state is not CellState.BLANK and len(entry.target.numbers) != 1:
        return Refused("target", "cần một số")
    if _mixed_percent(criterion, entry, uses_target=uses_target):
        return Refused("result", "một bên ghi %, một bên không; ghi thống nhất")
    return None


def _mixed_percent(criterion: Criterion, entry: Entry, *, uses_target: bool) -> bool:
    """Tell a percentage beside a plain number too large to be one: "100%" and 95."""
    result = entry.result
    target = _target(criterion, entry) if uses_target else None
    if target is not None:
        percent = entry.target.percent if entry.target.numbers else criterion.terms.target_percent
        return percent != result.percent and _is_plain(target if result.percent else result.numbers[0])
    in_percent = [step for step in criterion.terms.steps if step.name.endswith("%")]
    if result.percent:
        bounds = [step.bound for step in criterion.terms.steps if step not in in_percent]
        return any(bound is not None and _is_plain(bound) for bound in bounds)
    return bool(in_percent) and _is_plain(result.numbers[0])


def _is_plain(number: Decimal) -> bool:
    return abs(number) > _MOST_SHARE


def _unlike(criterion: Criterion, entries: Mapping[str, Entry]) -> dict[str, Refused]:
    """Results without a target that cannot be compared: plain numbers where another unit has a percentage."""
    free = {key: entry.result for key, entry in entries.items() if _target(criterion, entry) is None}
    if not any(result.percent for result in free.values()):
        return {}
    reason = "đơn vị khác trong cụm ghi %, ô này không; ghi thống nhất"
    plain = [key for key, result in free.items() if not result.percent and _is_plain(result.numbers[0])]
    return {key: Refused("result", reason) for key in plain}
