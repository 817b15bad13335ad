"""Ranking by total, with ties left explicit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rank:
    """Place in the ranking; ``tied`` when another unit has the same total."""

    rank: int
    tied: bool


def rank_totals(totals: Mapping[str, Decimal]) -> dict[str, Rank]:
    """Rank by descending total, competition style: 1, 1, 3. Ties are never broken.

    No source states a tie rule for clusters, so breaking one is left to the meeting that votes.
    """
    ordered = sorted(totals.values(), reverse=True)
    first_position: dict[Decimal, int] = {}
    for position, total in enumerate(ordered, start=1):
        first_position.setdefault(total, position)
    count = {total: ordered.count(total) for total in first_position}
    return {key: Rank(first_position[total], count[total] > 1) for key, total in totals.items()}
