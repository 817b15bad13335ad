"""Criteria catalogues (bảng tiêu chí): the tree a sheet is scored against, and its checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import NOWHERE, Finding, Place
from tdkt_xl.findings.codes import catalogues as codes

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
    """How a criterion is scored. Only the two kinds that bind a typed score by themselves."""

    DIRECT = "direct"
    PASS_FAIL = "pass_fail"  # noqa: S105  # a way of scoring, not a password
    QUANTITY = "quantity"
    PROPORTIONAL = "proportional"
    DEDUCTION = "deduction"

    @property
    def label(self) -> str:
        """The Vietnamese word used in the master data."""
        return _RULE_LABELS[self]


_RULE_LABELS = {
    ScoringRule.DIRECT: "Chấm thẳng",
    ScoringRule.PASS_FAIL: "Đạt/không đạt",
    ScoringRule.QUANTITY: "Định lượng",
    ScoringRule.PROPORTIONAL: "Theo tỷ lệ",
    ScoringRule.DEDUCTION: "Trừ dần",
}


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

    @property
    def parent_path(self) -> str:
        """Path of the group above, or "" at the top."""
        return self.path.rpartition("/" if "/" in self.path else ".")[0]

    @property
    def lower(self) -> Decimal:
        """Least score allowed."""
        return self.maximum if self.kind is RowKind.PENALTY else _ZERO

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
    """A criteria catalogue for one period, rows in printed order."""

    code: str
    name: str
    period: Period | None
    total: Decimal | None
    rows: tuple[Criterion, ...]
    bands: tuple[Band, ...] = ()
    place: Place = NOWHERE
    _children: dict[str, list[Criterion]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._children.setdefault(row.parent_path, []).append(row)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """Rows that are scored, bonus and penalty included."""
        return tuple(row for row in self.rows if not row.kind.is_group)

    @property
    def base_leaves(self) -> tuple[Criterion, ...]:
        """Rows that make up the scale: leaves without bonus and penalty."""
        return tuple(row for row in self.rows if row.kind is RowKind.CRITERION)

    def children(self, path: str) -> Sequence[Criterion]:
        """Rows directly under a group; "" for the top."""
        return self._children.get(path, [])

    def leaves_under(self, path: str) -> list[Criterion]:
        """All scored rows below a group, any depth."""
        found: list[Criterion] = []
        for child in self.children(path):
            found += self.leaves_under(child.path) if child.kind.is_group else [child]
        return found


def band_of(total: Decimal, bands: Iterable[Band]) -> Band | None:
    """Return the band of a total: the one with the greatest lower bound not above it."""
    reached = [band for band in bands if band.lower <= total]
    return max(reached, key=lambda band: band.lower, default=None)


def check_catalogue(catalogue: Catalogue) -> list[Finding]:
    """Check the tree, its sums, steps and bands before a round opens.

    May report KT-602 … KT-609; reports KT-613 (a note) with the number of leaves when all is well.
    """
    if not catalogue.rows:
        return [codes.EMPTY_CATALOGUE.at(catalogue.place, catalogue=catalogue.code)]
    findings = (
        _check_tree(catalogue) + _check_sums(catalogue) + _check_steps(catalogue) + _check_bands(catalogue)
    )
    if not findings:
        total = sum((leaf.maximum for leaf in catalogue.base_leaves), Decimal(0))
        findings = [
            codes.CATALOGUE_READ.at(
                catalogue.place, catalogue=catalogue.code, leaves=len(catalogue.leaves), total=total
            )
        ]
    return findings


def _check_tree(catalogue: Catalogue) -> list[Finding]:
    findings = []
    seen: dict[str, Criterion] = {}
    groups = {row.path for row in catalogue.rows if row.kind.is_group}
    for row in catalogue.rows:
        if row.path in seen:
            other = seen[row.path].place.cell or "dòng khác"
            findings.append(
                codes.PATH_TWICE.at(row.place, catalogue=catalogue.code, path=row.path, other=other)
            )
        seen[row.path] = row
        if row.parent_path and row.parent_path not in groups:
            findings.append(
                codes.PARENT_MISSING.at(
                    row.place, catalogue=catalogue.code, path=row.path, parent=row.parent_path
                )
            )
        if row.kind.is_group and not catalogue.children(row.path):
            findings.append(
                codes.GROUP_WITHOUT_CRITERIA.at(row.place, catalogue=catalogue.code, path=row.path)
            )
    return findings


def _check_sums(catalogue: Catalogue) -> list[Finding]:
    findings = []
    for group in catalogue.rows:
        children = catalogue.children(group.path)
        # A bonus or penalty group carries a cap, which may be smaller than the sum of its items.
        if group.kind is RowKind.GROUP and children:
            computed = sum((child.maximum for child in children), Decimal(0))
            if computed != group.maximum:
                findings.append(
                    codes.GROUP_SUM.at(
                        group.place,
                        catalogue=catalogue.code,
                        path=group.path,
                        declared=group.maximum,
                        computed=computed,
                    )
                )
    computed = sum((leaf.maximum for leaf in catalogue.base_leaves), Decimal(0))
    if catalogue.total is not None and computed != catalogue.total:
        findings.append(
            codes.CATALOGUE_SUM.at(
                catalogue.place, catalogue=catalogue.code, declared=catalogue.total, computed=computed
            )
        )
    return findings


def _check_steps(catalogue: Catalogue) -> list[Finding]:
    return [
        codes.BAD_STEP.at(
            row.place, catalogue=catalogue.code, path=row.path, maximum=row.maximum, step=row.step
        )
        for row in catalogue.leaves
        if row.step is not None and (row.step <= 0 or row.maximum % row.step != 0)
    ]


def _check_bands(catalogue: Catalogue) -> list[Finding]:
    findings = []
    bounds: set[Decimal] = set()
    for band in catalogue.bands:
        reason = "trùng cận dưới với mức khác" if band.lower in bounds else ""
        if band.lower < 0:
            reason = "cận dưới nhỏ hơn 0"
        if reason:
            findings.append(
                codes.BAND_ORDER.at(
                    band.place, catalogue=catalogue.code, band=band.name, bound=band.lower, reason=reason
                )
            )
        bounds.add(band.lower)
    if catalogue.bands and min(bounds) > 0:
        lowest = min(catalogue.bands, key=lambda band: band.lower)
        findings.append(
            codes.BAND_ORDER.at(
                lowest.place,
                catalogue=catalogue.code,
                band=lowest.name,
                bound=lowest.lower,
                reason="mức thấp nhất phải có cận dưới 0",
            )
        )
    return findings
