"""The terms (tham số) of a scoring rule, as the criteria catalogue writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from tdkt_xl.findings import Place


class Direction(Enum):
    """Which results are better."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def label(self) -> str:
        """The Vietnamese words used in the master data."""
        return {"higher": "Càng cao càng tốt", "lower": "Càng thấp càng tốt"}[self.value]


class Measure(Enum):
    """What the bounds of a tiered rule are compared with."""

    RESULT = "result"
    OF_TARGET = "of_target"
    CHANGE = "change"

    @property
    def label(self) -> str:
        """The Vietnamese words used in the master data."""
        return {"result": "Kết quả", "of_target": "% chỉ tiêu", "change": "% tăng giảm"}[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a list such as "95: 10": what is reached (a number or a name) and its number.

    For tiers and ranks the number is points; for event conversion it is how many events make one.
    """

    name: str
    value: Decimal
    bound: Decimal | None = None
    """The name as a number, percentages as fractions of one; None when it is a word."""


@dataclass(frozen=True)
class Terms:
    """Everything a rule may need; what it does not need stays empty.

    ``target``: one target for all units, used where a sheet gives none; ``target_percent`` when it is a
    percentage. ``at_target``: points at exactly the target (blank: the maximum). ``over_percent``:
    points for each whole percent over it.
    ``floor_percent``: below this percent of the target nothing is given. ``steps``: tiers, ranks or
    awards with their points. ``per_plus``, ``per_minus``: points of one event. ``conversion``: how
    many events of each kind make one. ``lowest``: least score of a plus-minus rule. ``direction``
    blank: higher is better, for ranks lower. ``places`` leads from a field to its cell in the
    catalogue; ``bad`` are the fields already reported there.
    """

    direction: Direction | None = None
    measure: Measure = Measure.RESULT
    target: Decimal | None = None
    at_target: Decimal | None = None
    over_percent: Decimal | None = None
    floor_percent: Decimal | None = None
    steps: tuple[Step, ...] = ()
    per_plus: Decimal | None = None
    per_minus: Decimal | None = None
    conversion: tuple[Step, ...] = ()
    lowest: Decimal | None = None
    outside_cap: bool = False
    may_not_apply: bool = False
    target_percent: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    bad: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


NO_TERMS = Terms()
