"""The master data (danh mục dùng chung) in meaning: what a round is checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.scoring.rounding import Rounding
from tdkt_xl.domain.units import Cluster, Register
from tdkt_xl.findings import Finding
from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True, slots=True)
class Parameters:
    """The organisation's own settings, typed by the clerk.

    ``by_key`` holds every value as typed, by the parameter's code.
    """

    active_periods: tuple[Period, ...]
    rounding_tolerance: Decimal
    by_key: Mapping[str, str]
    score_rounding: Rounding | None = None
    """How computed scores are rounded; None: they are not."""
    deadline: date | None = None
    """Last day for the sheets to come in."""
    explains_zero: bool = False
    """Whether a score of 0 has to be explained beside it."""
    largest_gap: Decimal | None = None
    """Points by which a review may differ from the self score without a reason; None: it may."""

    def get(self, key: str) -> str:
        """Value of a parameter as typed, "" when blank."""
        return self.by_key.get(key, "")


@dataclass(frozen=True)
class Master:
    """Units, clusters, catalogues and parameters of the organisation."""

    register: Register
    clusters: tuple[Cluster, ...]
    catalogues: Mapping[str, Catalogue]
    parameters: Parameters
    remarks: tuple[Finding, ...] = ()
    """Warnings about the master data itself, repeated with every result made from it."""
    office_rules: tuple[OfficeRule, ...] = ()
    sha256: str = ""
    """Of the workbook they were read from."""

    def clusters_of(self, period: Period) -> tuple[Cluster, ...]:
        """Clusters of one period."""
        return self._by_period.get(period, ())

    @cached_property
    def _by_period(self) -> dict[Period, tuple[Cluster, ...]]:
        found: dict[Period, list[Cluster]] = {}
        for cluster in self.clusters:
            found.setdefault(cluster.period, []).append(cluster)
        return {period: tuple(clusters) for period, clusters in found.items()}

    @property
    def active_clusters(self) -> tuple[Cluster, ...]:
        """Clusters of the periods now being worked on, in master order."""
        return tuple(cluster for cluster in self.clusters if cluster.period in self.parameters.active_periods)

    def for_periods(self, periods: tuple[Period, ...]) -> "Master":
        """The same master data, working on these periods."""
        return replace(self, parameters=replace(self.parameters, active_periods=periods))

    def find_cluster(self, text: str, period: Period | None) -> Cluster | None:
        """Recognise a cluster of a period by its code, name or description."""
        return self._by_name.get((period, comparison_key(text))) if period else None

    @cached_property
    def _by_name(self) -> dict[tuple[Period, str], Cluster]:
        """Every way to name a cluster; where two clusters share one, the first has it."""
        found: dict[tuple[Period, str], Cluster] = {}
        for cluster in self.clusters:
            described = f"{cluster.name} ({cluster.description})"
            for name in (cluster.code, cluster.name, cluster.description, described):
                if name:
                    found.setdefault((cluster.period, comparison_key(name)), cluster)
        return found

    def catalogue_of(self, cluster: Cluster) -> Catalogue | None:
        """The criteria catalogue a cluster is scored by."""
        return self.catalogues.get(cluster.catalogue)
