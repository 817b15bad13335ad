"""Ranking by total, with ties left explicit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.scoring.totals import share_of


@dataclass(frozen=True, slots=True)
class Rank:
    """Place in the ranking; ``tied`` when another unit has the same total."""

    rank: int
    tied: bool


def comparable(
    totals: Mapping[str, Decimal], bases: Mapping[str, Decimal | None]
) -> dict[str, Decimal] | dict[str, Fraction]:
    """What units are ranked by: their totals, or shares of their bases where the bases differ.

    A criterion that does not apply to a unit leaves its base (points / (1000 − dropped) in the published
    scheme), so totals of different bases do not compare.
    """
    shares = {key: share_of(total, bases.get(key)) for key, total in totals.items()}
    known = {key: share for key, share in shares.items() if share is not None}
    if len({bases.get(key) for key in totals}) < 2 or len(known) < len(shares):
        return dict(totals)
    return known


def rank_totals(totals: Mapping[str, Decimal] | Mapping[str, Fraction]) -> dict[str, Rank]:
    """Rank by descending total, competition style: 1, 1, 3. Ties are never broken.

    No source states a tie rule for clusters, so breaking one is left to the meeting that votes.
    """
    ordered: list[Decimal | Fraction] = sorted(totals.values(), reverse=True)
    first_position: dict[Decimal | Fraction, int] = {}
    for position, total in enumerate(ordered, start=1):
        first_position.setdefault(total, position)
    count = {total: ordered.count(total) for total in first_position}
    return {key: Rank(first_position[total], count[total] > 1) for key, total in totals.items()}
