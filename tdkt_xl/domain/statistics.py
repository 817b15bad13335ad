"""Numbers that describe the scores of a cluster; they judge nobody, they say where to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, ScoringRule
from tdkt_xl.domain.scores import ScoreSheet

_LEAST_UNITS = 5
_SHARE_OF_MAXIMUM = Decimal("0.5")
"""In a small cluster small differences outlie; half of the maximum is the least worth a look."""
_FAR = Fraction(35, 10)
_OF_MEDIAN_DEVIATION = Fraction(6745, 10000)
_OF_MEAN_DEVIATION = Fraction(7979, 10000)


@dataclass(frozen=True, slots=True)
class Spread:
    """How the scores of one criterion lie; all in points, the mean as an exact quotient of 28 digits."""

    count: int
    mean: Decimal
    median: Decimal
    lowest: Decimal
    highest: Decimal


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two in the middle; values must not be empty."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def spread(values: Sequence[Decimal]) -> Spread:
    """Describe one or more scores."""
    mean = sum(values, Decimal(0)) / len(values)
    return Spread(len(values), mean, median(values), min(values), max(values))


def outlying(values: Sequence[Decimal]) -> list[int]:
    """Indexes of the values far from the rest, in order; nothing below five values.

    The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, ASQC, 1993): more
    than 3.5 times the median absolute deviation, scaled by 0.6745; where more than half of the values
    are equal, so that this is zero, the mean absolute deviation scaled by 0.7979 takes its place.
    """
    if len(values) < _LEAST_UNITS:
        return []
    centre = median(values)
    distances = [abs(value - centre) for value in values]
    scale, deviation = _OF_MEDIAN_DEVIATION, Fraction(median(distances))
    if not deviation:
        scale, deviation = _OF_MEAN_DEVIATION, Fraction(sum(distances, Decimal(0))) / len(values)
    return [
        index for index, distance in enumerate(distances) if scale * Fraction(distance) > _FAR * deviation
    ]


def far_from_others(criterion: Criterion, values: Sequence[Decimal]) -> list[int]:
    """Indexes of the scores of one criterion that are worth another look, in order.

    Only scores that people judge, within their bounds: computed ones differ as far as the results do. Such
    a score is ``outlying`` and more than half of the maximum away from the middle.
    """
    if criterion.kind is not RowKind.CRITERION or criterion.rule is not ScoringRule.DIRECT:
        return []
    known = [index for index, value in enumerate(values) if criterion.lower <= value <= criterion.upper]
    inside = [values[index] for index in known]
    centre = median(inside) if inside else Decimal(0)
    far = criterion.maximum * _SHARE_OF_MAXIMUM
    return [known[at] for at in outlying(inside) if abs(inside[at] - centre) > far]


@dataclass(frozen=True, slots=True)
class GroupScore:
    """What a unit reached in one top group of its catalogue; ``points`` is None while a leaf has none.

    ``maximum`` is what the unit could reach: criteria that do not apply to it are left out of both, and it
    is 0 where none applies.
    """

    group: Criterion
    points: Decimal | None
    maximum: Decimal

    @property
    def share(self) -> Decimal | None:
        """Points in percent of what the unit could reach; None when either is not known."""
        return None if self.points is None or not self.maximum else self.points * 100 / self.maximum


def group_scores(sheet: ScoreSheet, catalogue: Catalogue) -> list[GroupScore]:
    """The final points of a unit by the top rows of its catalogue, in printed order."""
    lines = {line.criterion.path: line for line in sheet.lines}
    found = []
    for top in catalogue.children(""):
        leaves = catalogue.leaves_under(top.path) if top.kind.is_group else [top]
        own = [lines.get(leaf.path) for leaf in leaves]
        counted = [line.final.value if line else None for line in own if line is None or line.applies]
        known = [value for value in counted if value is not None]
        points = sum(known, Decimal(0)) if len(known) == len(counted) else None
        dropped = sum((line.criterion.maximum for line in own if line and not line.applies), Decimal(0))
        found.append(GroupScore(top, points, top.maximum - dropped))
    return found
