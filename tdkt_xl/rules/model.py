"""The law as data: awards, rules, quotas and the pack that holds everything in force on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.rules.basis import Basis, Instrument
from tdkt_xl.rules.statements import BallotRule, BaseSalary, Dossier, Multiplier, Principle
from tdkt_xl.vietnamese.text import comparison_key

S = TypeVar("S", bound="Statement")

NOTICE_DAYS = 60
"""How many days ahead a known change of the law is announced."""


class Level(Enum):
    """The level whose chair decides the award."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    STATE = "state"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {
            "commune": "cấp xã",
            "district": "cấp huyện",
            "province": "cấp tỉnh",
            "state": "cấp Nhà nước",
        }[self.value]


class Nature(Enum):
    """Title or commendation: both may be given, and paid, for the same work."""

    TITLE = "title"
    COMMENDATION = "commendation"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {"title": "danh hiệu thi đua", "commendation": "hình thức khen thưởng"}[self.value]


@dataclass(frozen=True, slots=True)
class Award:
    """A title or a commendation: its names, who may receive it and who decides it.

    ``authority`` is what ``decided_by`` rests on and ``authority_note`` its exceptions. ``council``
    says what the text also asks for but no fact can show, so that the council judges it.
    """

    code: str
    name: str
    abbreviation: str
    synonyms: tuple[str, ...]
    kinds: tuple[SubjectKind, ...]
    level: Level
    nature: Nature
    decided_by: str
    authority: Basis
    authority_note: str
    council: str
    years: int = 1
    """How many years of work the award rewards; awards for different stretches are paid each."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write this award in a cell."""
        return (self.code, self.abbreviation, self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class FromOffice:
    """A number or text of a rule that the office may enter; without ``default`` it must."""

    parameter: str
    default: object | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of a rule: the name of a predicate and its arguments, some of them ``FromOffice``."""

    predicate: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement of one or more awards; ``id`` is permanent.

    It is met when every condition of one of the ``cases`` is. From ``since`` on the rule holds, to the
    last day of its instrument; the rule named in ``replaces`` ends the day before.
    """

    id: str
    awards: tuple[str, ...]
    kinds: tuple[SubjectKind, ...]
    cases: tuple[tuple[Condition, ...], ...]
    since: date
    basis: Basis
    paraphrase: str
    replaces: str

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of every case."""
        return tuple(condition for case in self.cases for condition in case)

    @property
    def asked(self) -> tuple[FromOffice, ...]:
        """What the rule asks of the office, each parameter once."""
        found = {
            value.parameter: value
            for condition in self.conditions
            for value in condition.arguments.values()
            if isinstance(value, FromOffice)
        }
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``percent`` of the holders of ``base_award`` may receive ``award``.

    ``parameter`` is the office's parameter in which the province may set a lower percentage; where no
    national percentage is known, ``percent`` is None and the province's is needed.
    """

    id: str
    award: str
    base_award: str
    percent: Decimal | None
    parameter: str
    since: date
    basis: Basis
    paraphrase: str


Statement = Rule | Quota | Multiplier | BallotRule | Dossier | Principle | BaseSalary
"""Everything of a pack that has a permanent id, a first day and a citation."""


@dataclass(frozen=True, slots=True)
class ExpectedChange:
    """A change of the law already known: from ``day`` on this pack no longer holds."""

    day: date
    change: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class RulePack:
    """One regime of the law, from ``since`` to ``until``, both days included."""

    key: str
    name: str
    since: date
    until: date
    instruments: Mapping[str, Instrument]
    awards: tuple[Award, ...]
    rules: tuple[Rule, ...]
    quotas: tuple[Quota, ...]
    expected: tuple[ExpectedChange, ...]
    multipliers: tuple[Multiplier, ...] = ()
    ballots: tuple[BallotRule, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    principles: tuple[Principle, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything cited in the pack, by id."""
        every: tuple[Statement, ...] = (
            *self.rules,
            *self.quotas,
            *self.multipliers,
            *self.ballots,
            *self.dossiers,
            *self.principles,
        )
        return tuple(sorted(every, key=lambda item: item.id))

    def covers(self, day: date) -> bool:
        """Tell whether the regime is in force on a day."""
        return self.since <= day <= self.until

    def as_of(self, day: date) -> "RulePack":
        """Return the pack with only the statements in force on a day."""
        ended = {rule.replaces for rule in self.rules if rule.since <= day}
        return replace(
            self,
            rules=tuple(rule for rule in _standing(self.rules, day) if rule.id not in ended),
            quotas=_standing(self.quotas, day),
            multipliers=_standing(self.multipliers, day),
            ballots=_standing(self.ballots, day),
            dossiers=_standing(self.dossiers, day),
            principles=_standing(self.principles, day),
        )

    def get_award(self, code: str) -> Award | None:
        """Return an award by its code; None when the regime does not know it."""
        return next((award for award in self.awards if award.code == code), None)

    def short(self, code: str) -> str:
        """Return how an award is called in short; the code itself when the regime does not know it."""
        award = self.get_award(code)
        return award.abbreviation if award else code

    def find_award(self, text: str) -> Award | None:
        """Return the award a cell names by code, abbreviation, name or synonym; None if unknown."""
        wanted = comparison_key(text)
        for award in self.awards:
            if any(comparison_key(name) == wanted for name in award.names):
                return award
        return None

    def rules_for(self, award: str, kind: SubjectKind) -> tuple[Rule, ...]:
        """Return the conditions of an award for a kind of subject, by id; () when it is not for them."""
        if not any(item.code == award and kind in item.kinds for item in self.awards):
            return ()
        return tuple(rule for rule in self.rules if award in rule.awards and kind in rule.kinds)

    def quotas_for(self, award: str) -> tuple[Quota, ...]:
        """Return the quotas on an award."""
        return tuple(quota for quota in self.quotas if quota.award == award)

    def find_multiplier(self, award: str, kind: SubjectKind) -> Multiplier | None:
        """Return the reward of an award for a kind of subject, or None."""
        return next((item for item in self.multipliers if item.award == award and kind in item.kinds), None)

    def find_ballot(self, award: str) -> BallotRule | None:
        """Return how a council votes on an award, or None when no text found says."""
        return next((item for item in self.ballots if award in item.awards), None)

    def find_principle(self, key: str) -> Principle | None:
        """Return a principle by its key, or None when the regime has none."""
        return next((item for item in self.principles if item.key == key), None)

    def pending(self, day: date) -> list[Finding]:
        """Report known changes that begin within sixty days after ``day``."""
        return [
            catalogues.PENDING_CHANGE.at(day=change.day, change=change.change)
            for change in self.expected
            if 0 < (change.day - day).days <= NOTICE_DAYS
        ]


def _standing(items: Sequence[S], day: date) -> tuple[S, ...]:
    """Return what has begun by a day and whose instrument has not ended before it."""
    return tuple(
        item
        for item in items
        if item.since <= day and (item.basis.instrument.until is None or day <= item.basis.instrument.until)
    )
