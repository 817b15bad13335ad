"""Criteria catalogues (bảng tiêu chí): the tree a sheet is scored against, and its checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property

from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.scoring.terms import NO_TERMS, Terms
from tdkt_xl.findings import NOWHERE, Place

_ZERO = Decimal(0)


class RowKind(Enum):
    """What a row of a catalogue is."""

    GROUP = "group"
    CRITERION = "criterion"
    BONUS_GROUP = "bonus_group"
    BONUS = "bonus"
    PENALTY_GROUP = "penalty_group"
    PENALTY = "penalty"

    @property
    def is_group(self) -> bool:
        """Groups hold no score of their own: theirs is the sum of their children."""
        return self is RowKind.GROUP or self is RowKind.BONUS_GROUP or self is RowKind.PENALTY_GROUP

    @property
    def label(self) -> str:
        """The Vietnamese word used in the master data."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    RowKind.GROUP: "Nhóm",
    RowKind.CRITERION: "Tiêu chí",
    RowKind.BONUS_GROUP: "Nhóm điểm thưởng",
    RowKind.BONUS: "Điểm thưởng",
    RowKind.PENALTY_GROUP: "Nhóm điểm trừ",
    RowKind.PENALTY: "Điểm trừ",
}


class ScoringRule(Enum):
    """How a criterion is scored; what each rule needs stands in its terms."""

    DIRECT = "direct"
    PASS_FAIL = "pass_fail"  # noqa: S105  # a way of scoring, not a password
    QUANTITY = "quantity"
    PROPORTIONAL = "proportional"
    DEDUCTION = "deduction"
    ADDITION = "addition"
    BALANCE = "balance"
    TIERS = "tiers"
    RANK = "rank"
    AWARD = "award"

    @property
    def label(self) -> str:
        """The Vietnamese word used in the master data."""
        return _RULE_LABELS[self]

    @property
    def is_computed(self) -> bool:
        """Tell whether the score follows from a target and a result."""
        return self is not ScoringRule.DIRECT and self is not ScoringRule.PASS_FAIL

    @property
    def needs_cluster(self) -> bool:
        """Tell whether one unit's score depends on the other units of its cluster."""
        return self is ScoringRule.QUANTITY or self is ScoringRule.RANK


_RULE_LABELS = {
    ScoringRule.DIRECT: "Chấm thẳng",
    ScoringRule.PASS_FAIL: "Đạt/không đạt",
    ScoringRule.QUANTITY: "Định lượng",
    ScoringRule.PROPORTIONAL: "Theo tỷ lệ",
    ScoringRule.DEDUCTION: "Trừ dần",
    ScoringRule.ADDITION: "Cộng dần",
    ScoringRule.BALANCE: "Cộng trừ theo lần",
    ScoringRule.TIERS: "Theo bậc",
    ScoringRule.RANK: "Theo hạng",
    ScoringRule.AWARD: "Theo danh hiệu",
}


def parent_of(path: str) -> str:
    """Path of the group above a path, or "" at the top."""
    return path.rpartition("/" if "/" in path else ".")[0]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a catalogue. ``path`` is unique in it (I.1.a); ``number`` is what the STT column shows.

    ``maximum`` is in points; for a penalty it is the negative bound (-2 means 0 down to -2).
    """

    path: str
    number: str
    text: str
    kind: RowKind
    maximum: Decimal
    rule: ScoringRule | None = None
    step: Decimal | None = None
    evidence: bool = False
    place: Place = NOWHERE
    terms: Terms = NO_TERMS

    @property
    def parent_path(self) -> str:
        """Path of the group above, or "" at the top."""
        return parent_of(self.path)

    @property
    def lower(self) -> Decimal:
        """Least score allowed."""
        if self.kind is RowKind.PENALTY:
            return self.maximum
        return self.terms.lowest or _ZERO if self.rule is ScoringRule.BALANCE else _ZERO

    @property
    def upper(self) -> Decimal:
        """Greatest score allowed."""
        return _ZERO if self.kind is RowKind.PENALTY else self.maximum


@dataclass(frozen=True, slots=True)
class Band:
    """A level (xếp loại) reached from its inclusive lower bound up; there is no upper bound to store."""

    name: str
    lower: Decimal
    place: Place = NOWHERE


@dataclass(frozen=True)
class Catalogue:
    """A criteria catalogue for one period, rows in printed order.

    ``unread``: paths of rows that are not among ``rows`` because of a fault already reported, "" for a row
    of which not even the path is known; ``bands_read`` is False when a band is missing for such a reason.
    """

    code: str
    name: str
    period: Period | None
    total: Decimal | None
    rows: tuple[Criterion, ...]
    bands: tuple[Band, ...] = ()
    place: Place = NOWHERE
    unread: frozenset[str] = field(default=frozenset(), compare=False)
    bands_read: bool = field(default=True, compare=False)
    _children: dict[str, list[Criterion]] = field(default_factory=dict, repr=False, compare=False)
    _under: dict[str, tuple[Criterion, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._children.setdefault(row.parent_path, []).append(row)

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """Rows that are scored, bonus and penalty included."""
        return tuple(row for row in self.rows if not row.kind.is_group)

    @cached_property
    def base_leaves(self) -> tuple[Criterion, ...]:
        """Rows that make up the scale: leaves without bonus and penalty."""
        return tuple(row for row in self.rows if row.kind is RowKind.CRITERION)

    def children(self, path: str) -> Sequence[Criterion]:
        """Rows directly under a group; "" for the top."""
        return self._children.get(path, [])

    def leaves_under(self, path: str) -> tuple[Criterion, ...]:
        """All scored rows below a group, any depth."""
        if path not in self._under:
            found: list[Criterion] = []
            for child in self.children(path):
                found += self.leaves_under(child.path) if child.kind.is_group else [child]
            self._under[path] = tuple(found)
        return self._under[path]


def band_of(total: Decimal | Fraction, bands: Iterable[Band]) -> Band | None:
    """Return the band of a total: the one with the greatest lower bound not above it."""
    reached = [band for band in bands if Fraction(band.lower) <= Fraction(total)]
    return max(reached, key=lambda band: band.lower, default=None)
