"""What a unit's scores add up to: caps of bonus and penalty groups, and the base that applies to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind

_CAPPED = frozenset({RowKind.BONUS_GROUP, RowKind.PENALTY_GROUP})


@dataclass(frozen=True, slots=True)
class Excess:
    """Points of a bonus or penalty group beyond its cap: ``points`` is what does not count."""

    group: Criterion
    computed: Decimal

    @property
    def points(self) -> Decimal:
        """The part beyond the cap; negative for penalties."""
        return self.computed - self.group.maximum


def find_excess(catalogue: Catalogue, points: Mapping[str, Decimal]) -> list[Excess]:
    """Groups whose items add up to more than the cap; items outside the cap are left aside.

    ``points``: path of a leaf → its score. Only outermost bonus and penalty groups carry a cap.
    """
    found = []
    for group in capped_groups(catalogue):
        inside = [leaf for leaf in catalogue.leaves_under(group.path) if not leaf.terms.outside_cap]
        total = sum((points.get(leaf.path, Decimal(0)) for leaf in inside), Decimal(0))
        if abs(total) > abs(group.maximum):
            found.append(Excess(group, total))
    return found


def capped_groups(catalogue: Catalogue) -> list[Criterion]:
    """The outermost bonus and penalty groups: the maximum of each is the cap of all its items."""
    kinds = {row.path: row.kind for row in catalogue.rows}
    return [
        row for row in catalogue.rows if row.kind in _CAPPED and kinds.get(row.parent_path) not in _CAPPED
    ]


def base_of(catalogue: Catalogue, dropped: Iterable[str]) -> Decimal:
    """Points the unit could reach: the scale without bonus, penalty and the criteria dropped for it."""
    gone = set(dropped)
    return sum((leaf.maximum for leaf in catalogue.base_leaves if leaf.path not in gone), Decimal(0))


def share_of(total: Decimal, base: Decimal | None) -> Fraction | None:
    """Total as a share of the base; None without a base."""
    return Fraction(total) / Fraction(base) if base else None
