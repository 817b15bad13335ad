"""Standings: the recomputed result of a cluster, every row traceable to a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.scores import ScoreCell, ScoreSheet, WideRow
from tdkt_xl.domain.scoring.totals import Excess, share_of
from tdkt_xl.domain.scoring.worked import percent
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Place
from tdkt_xl.findings.render import say
from tdkt_xl.vietnamese.numbers import round_half_up


class State(Enum):
    """Why a unit is ranked or not; the value is shown to people."""

    RANKED = "Đã xếp hạng"
    INCOMPLETE = "Chưa xếp: còn điểm trống, sai hoặc phiếu khác kỳ, cụm"
    DOUBLED = "Chưa xếp: có hai bản, chờ chọn"
    FOREIGN = "Không xếp: không thuộc cụm"
    UNKNOWN = "Chưa xếp: chưa nhận ra đơn vị"
    MISSING = "Chưa có phiếu"


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit of one cluster. Totals are in points, exact; None when they cannot be computed."""

    unit_code: str
    unit_name: str
    state: State
    place: Place
    total: Decimal | None = None
    self_total: Decimal | None = None
    cluster_total: Decimal | None = None
    base: Decimal | None = None
    """Points the unit could reach; less than the scale where criteria do not apply to it."""
    rank: int | None = None
    tied: bool = False
    band: str = ""
    typed_total: ScoreCell | None = None
    typed_rank: ScoreCell | None = None
    sheet: ScoreSheet | None = None
    wide: WideRow | None = None
    decided: bool = False
    """True when the council ranked the unit among others with the same total."""
    excess: tuple[Excess, ...] = ()
    """Bonus and penalty points beyond their caps, left out of ``total``."""

    @property
    def share(self) -> Fraction | None:
        """Total as a share of the base; None when either is not known."""
        return None if self.total is None else share_of(self.total, self.base)

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, to more places than are shown; ranks use the exact share."""
        return None if self.share is None else round_half_up(self.share * 100, 10)


def level_in_words(tied: Sequence[Standing]) -> str:
    """What units of one rank have in common: their total, or the share of their bases where those differ."""
    first = tied[0]
    if first.share is None or all(item.total == first.total for item in tied):
        return f"{say(first.total)} điểm"
    each = "; ".join(f"{say(item.total)}/{say(item.base)}" for item in tied)
    return f"{percent(first.share)} thang điểm áp dụng: {each}"


@dataclass(frozen=True)
class ClusterStandings:
    """The standings of a cluster in one round; ``cluster`` is None when it is not in the master data."""

    code: str
    name: str
    period: Period | None
    cluster: Cluster | None
    catalogue: Catalogue | None
    file: str
    standings: tuple[Standing, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """Ranked units, best first."""
        return tuple(item for item in self.standings if item.state is State.RANKED)

    @property
    def same_base(self) -> bool:
        """Tell whether the ranked units could all reach the same points, so that totals compare."""
        return len({item.base for item in self.ranked}) <= 1

    @property
    def leaders(self) -> tuple[Standing, ...]:
        """Units at rank 1: more than one when tied."""
        return tuple(item for item in self.ranked if item.rank == 1)
