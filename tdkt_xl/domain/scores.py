"""Scores as read from a unit's sheet: every number keeps the place it came from."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tdkt_xl.domain.criteria import Catalogue, Criterion
from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import NOWHERE, Place
from tdkt_xl.findings.render import say


class CellState(Enum):
    """Why a score has a value or not."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    """A number typed as text, read without doubt; Excel's own sums leave it out."""
    BAD = "bad"
    """Reported already; later stages skip it."""


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One typed score in points."""

    place: Place
    state: CellState = CellState.BLANK
    value: Decimal | None = None
    text: str = ""
    formula: bool = False


@dataclass(frozen=True, slots=True)
class TextCell:
    """Text beside a score, with its place so that a missing one can be pointed at."""

    place: Place = NOWHERE
    text: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a target or result cell says: its numbers in order, or words.

    A percentage is a share of one, as Excel stores it (87% is 0.87). ``not_applicable`` when the cell
    says that the criterion does not apply to the unit.
    """

    place: Place = NOWHERE
    state: CellState = CellState.BLANK
    numbers: tuple[Decimal, ...] = ()
    text: str = ""
    percent: bool = False
    not_applicable: bool = False


class Origin(Enum):
    """Where the score that counts comes from; the value is shown to people."""

    APPRAISED = "Thẩm định"
    CLUSTER = "Cụm chấm"
    COMPUTED = "Tính theo cách chấm"
    DECIDED = "Theo quyết định"
    NOT_APPLICABLE = "Không áp dụng"
    NONE = "Chưa có điểm"


@dataclass(frozen=True, slots=True)
class ComputedScore:
    """What the rule of a criterion gives: exact, and as it counts after rounding (None: not roundable)."""

    exact: Fraction
    points: Decimal | None
    words: str
    leans_on: str = ""


class Verdict(Enum):
    """What was decided about one score."""

    POINTS = "points"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"
    """Not counted for now: the unit waits."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The council's word on one score, by whom, when, why; ``points`` only with the verdict POINTS."""

    verdict: Verdict
    answer: str
    who: str
    day: date
    why: str
    points: Decimal | None = None

    @property
    def words(self) -> str:
        """The word as lists of scores show it."""
        return f"{self.answer} ({self.who}, {say(self.day)}: {self.why})"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The scores of one criterion: self, cluster and appraised stay apart."""

    criterion: Criterion
    place: Place
    self_score: ScoreCell
    cluster_score: ScoreCell
    appraised_score: ScoreCell
    evidence: TextCell = TextCell()
    reason: TextCell = TextCell()
    target: Amount = Amount()
    result: Amount = Amount()
    computed: ComputedScore | None = None
    settled: Settled | None = None

    @property
    def marked_not_applicable(self) -> bool:
        """Tell whether the sheet says the criterion does not apply to the unit."""
        return self.target.not_applicable or self.result.not_applicable

    @property
    def applies(self) -> bool:
        """Tell whether the criterion counts for the unit; if not, it leaves points and base alike.

        The catalogue must allow it, or the council.
        """
        if self.settled:
            return self.settled.verdict is not Verdict.NOT_APPLICABLE
        return not (self.criterion.terms.may_not_apply and self.marked_not_applicable)

    @property
    def origin(self) -> Origin:
        """Which of the four numbers counts: the council's word, else the last review, else the rule's."""
        if not self.applies:
            return Origin.NOT_APPLICABLE
        if self.settled:
            return Origin.NONE if self.settled.verdict is Verdict.WITHHELD else Origin.DECIDED
        if self.appraised_score.state is not CellState.BLANK:
            return Origin.APPRAISED
        if self.cluster_score.state is not CellState.BLANK:
            return Origin.CLUSTER
        return Origin.COMPUTED if self.computed else Origin.NONE

    @property
    def final(self) -> ScoreCell:
        """The score that counts, with the cell it rests on; without a value when there is none.

        A self score never stands in for a missing review.
        """
        match self.origin:
            case Origin.APPRAISED:
                return self.appraised_score
            case Origin.COMPUTED if self.computed:
                return ScoreCell(self.result.place, CellState.NUMBER, self.computed.points)
            case Origin.DECIDED if self.settled:
                return replace(self.last_review, state=CellState.NUMBER, value=self.settled.points)
            case Origin.NOT_APPLICABLE | Origin.NONE:
                return replace(self.last_review, state=CellState.BLANK, value=None)
            case _:
                return self.cluster_score

    @property
    def last_review(self) -> ScoreCell:
        """The last score a person gave: appraised when filled, else the cluster's."""
        return self.cluster_score if self.appraised_score.state is CellState.BLANK else self.appraised_score


@dataclass(frozen=True, slots=True)
class TypedTotal:
    """A subtotal or total as typed (or computed by a formula) in a sheet.

    ``formula`` is the text of a plain sum and ``summed`` the rows and columns of the cells it adds up;
    None when the cell holds no formula, or one that is not understood.
    """

    path: str
    field: str
    cell: ScoreCell
    formula: str = ""
    summed: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row with points that belongs to no criterion: kept out of totals, and listed."""

    place: Place
    text: str
    points: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One unit's scoring sheet after reading."""

    place: Place
    unit_text: str
    unit: Unit | None
    cluster_text: str
    period: Period | None
    catalogue: Catalogue | None
    lines: tuple[ScoreLine, ...] = ()
    typed_totals: tuple[TypedTotal, ...] = ()
    foreign_rows: tuple[ForeignRow, ...] = ()
    unit_place: Place = field(default_factory=Place)
    likely: frozenset[str] = frozenset()
    """Codes of the units an unrecognised sheet may belong to."""
    misplaced: bool = False
    """True when its own kỳ or cluster is not the book's: not counted until that is settled."""
    standard: bool = False
    """True when the sheet is the standard form, by its version stamp."""

    @property
    def unit_name(self) -> str:
        """Official name when recognised, else as written."""
        return self.unit.name if self.unit else self.unit_text

    @property
    def whole(self) -> bool:
        """Tell whether every criterion has its row; without one, no total means anything."""
        return self.catalogue is None or len(self.lines) == len(self.catalogue.leaves)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A unit's row in the cluster's summary: what the cluster typed, compared but never trusted."""

    place: Place
    unit_text: str
    unit: Unit | None
    self_total: ScoreCell
    cluster_total: ScoreCell
    rank: ScoreCell
    band: str
    band_place: Place


@dataclass(frozen=True, slots=True)
class WideRow:
    """A unit's row of a wide table (units × criteria)."""

    place: Place
    unit_text: str
    unit: Unit | None
    cells: tuple[tuple[str, ScoreCell], ...]
    total: ScoreCell
    rank: ScoreCell
    settled: tuple[tuple[str, Settled], ...] = ()
    """Criteria whose score was decided, the cell holding what was decided."""


def sum_cells(cells: list[ScoreCell]) -> Decimal | None:
    """Sum of the values, or None when any of them is blank or unreadable."""
    total = Decimal(0)
    for cell in cells:
        if cell.value is None:
            return None
        total += cell.value
    return total
