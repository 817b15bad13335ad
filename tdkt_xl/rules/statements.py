"""What the law says besides conditions and quotas: rewards, base salary, ballots, dossiers, principles."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.rules.basis import Basis


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The reward of an award for a kind of subject, in base salaries; None when no text found gives it."""

    id: str
    award: str
    kinds: tuple[SubjectKind, ...]
    factor: Decimal | None
    since: date
    basis: Basis
    paraphrase: str


@dataclass(frozen=True, slots=True)
class BaseSalary:
    """The base salary (lương cơ sở) in đồng a month, from ``since`` to the day before the next one."""

    id: str
    amount: Decimal
    since: date
    basis: Basis
    paraphrase: str


@dataclass(frozen=True, slots=True)
class BallotRule:
    """How a council votes on some awards; what is None or "" stands in the council's own rules.

    ``secret``: secret ballot; ``of_all``: the percentage is of all members, not of those present;
    ``strict``: more than the percentage, not at least; ``absent``: absent members vote in writing;
    ``quorum``: least share of members present, in per cent. ``body`` is the council or meeting.
    """

    id: str
    awards: tuple[str, ...]
    body: str
    secret: bool | None
    of_all: bool | None
    threshold: Decimal | None
    strict: bool | None
    absent: bool | None
    quorum: Decimal | None
    since: date
    basis: Basis
    paraphrase: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is sent in for some awards: contents, number of sets, working days to settle it."""

    id: str
    awards: tuple[str, ...]
    contents: tuple[str, ...]
    sets: int | None
    working_days: int | None
    since: date
    basis: Basis
    paraphrase: str


@dataclass(frozen=True, slots=True)
class Principle:
    """A statement that governs lists and money rather than one subject; ``key`` is what the code asks for."""

    id: str
    key: str
    since: date
    basis: Basis
    paraphrase: str
