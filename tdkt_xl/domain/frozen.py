"""A cluster frozen before its ranking is used: what it was made from, and what came out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A unit's result as it was frozen."""

    code: str
    name: str
    total: Decimal | None
    base: Decimal | None
    rank: int | None
    tied: bool
    decided: bool
    band: str
    state: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """The manifest of a frozen cluster: the file and its digest, the catalogue's digest, the rulings."""

    cluster: str
    name: str
    period: str
    file: str
    sha256: str
    catalogue: str
    catalogue_sha256: str
    rulings: tuple[str, ...]
    """Applied to the cluster: code of the question and its answer."""
    who: str
    day: date
    why: str
    units: tuple[FrozenUnit, ...]
    aside: tuple[str, ...] = ()
    """Digests of other books of the cluster that lay there and were not chosen."""
    waiting: tuple[str, ...] = ()
    """Codes of the questions about the cluster that nobody had answered."""
