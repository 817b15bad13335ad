"""Scores as read from a unit's sheet: every number keeps the place it came from."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from tdkt_xl.domain.criteria import Catalogue, Criterion
from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import NOWHERE, Place


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
class ScoreLine:
    """The scores of one criterion: self, cluster and appraised stay apart."""

    criterion: Criterion
    place: Place
    self_score: ScoreCell
    cluster_score: ScoreCell
    appraised_score: ScoreCell
    evidence: TextCell = TextCell()
    reason: TextCell = TextCell()

    @property
    def final(self) -> ScoreCell:
        """The score that counts: the last review given, so appraised when filled, else the cluster's.

        A self score never stands in for a missing review.
        """
        return self.cluster_score if self.appraised_score.state is CellState.BLANK else self.appraised_score


@dataclass(frozen=True, slots=True)
class TypedTotal:
    """A subtotal or total as typed (or computed by a formula) in a sheet."""

    path: str
    field: str
    cell: ScoreCell


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row with points that belongs to no criterion: kept out of totals, and listed."""

    place: Place
    text: str
    points: dict[str, Decimal]


@dataclass(frozen=True)
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


def sum_cells(cells: list[ScoreCell]) -> Decimal | None:
    """Sum of the values, or None when any of them is blank or unreadable."""
    total = Decimal(0)
    for cell in cells:
        if cell.value is None:
            return None
        total += cell.value
    return total
