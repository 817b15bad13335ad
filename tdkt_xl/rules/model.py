"""The law as data: instruments, awards, rules, quotas and the pack that holds them for a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.vietnamese.text import comparison_key

NOTICE_DAYS = 60
"""How many days ahead a known change of the law is announced."""


class Status(Enum):
    """How well a statement of the law is known; only SOURCED may decide alone."""

    SOURCED = "sourced"
    MEMORY = "memory"
    PROVINCE = "province"
    DRAFT = "draft"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {
            "sourced": "có nguồn",
            "memory": "chưa có văn bản nguồn",
            "province": "theo quy định của tỉnh",
            "draft": "dự thảo",
        }[self.value]


class Level(Enum):
    """The level whose chair decides the award."""

    DISTRICT = "district"
    PROVINCE = "province"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {"district": "cấp huyện", "province": "cấp tỉnh"}[self.value]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One legal text, registered once; ``until`` is its last day in force, None while it stands."""

    id: str
    short: str
    number: str
    title: str
    issuer: str
    in_force: date
    until: date | None
    amended_by: tuple[str, ...]
    replaces: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on: instrument, article, how well it is known, mark in the fact base."""

    instrument: Instrument
    article: str
    status: Status
    source: str

    @property
    def citation(self) -> str:
        """The citation printed with a decision: ``Luật TĐKT 2003, Điều 24``."""
        return f"{self.instrument.short}, {self.article}"


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
    decided_by: str
    authority: Basis
    authority_note: str
    council: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write this award in a cell."""
        return (self.code, self.abbreviation, self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition of one or more awards, tested by a predicate; ``id`` is permanent.

    From ``since`` on the rule holds, and the rule named in ``replaces`` ends the day before.
    """

    id: str
    awards: tuple[str, ...]
    kinds: tuple[SubjectKind, ...]
    predicate: str
    arguments: Mapping[str, object]
    since: date
    basis: Basis
    paraphrase: str
    replaces: str


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``percent`` of the holders of ``base_award`` may receive ``award``.

    ``parameter`` names the office's parameter in which the province may set a lower percentage.
    """

    id: str
    award: str
    base_award: str
    percent: Decimal
    parameter: str
    since: date
    basis: Basis
    paraphrase: str

    def lowered(self, percent: Decimal) -> "Quota":
        """Return the quota with the province's lower percentage; a higher one is a ValueError."""
        if not 0 <= percent <= self.percent:
            msg = f"{percent} is not between 0 and {self.percent}"
            raise ValueError(msg)
        return replace(self, percent=percent)


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

    def covers(self, day: date) -> bool:
        """Tell whether the regime is in force on a day."""
        return self.since <= day <= self.until

    def as_of(self, day: date) -> "RulePack":
        """Return the pack with only the rules and quotas in force on a day."""
        begun = [rule for rule in self.rules if rule.since <= day]
        ended = {rule.replaces for rule in begun}
        rules = tuple(rule for rule in begun if rule.id not in ended)
        return replace(self, rules=rules, quotas=tuple(quota for quota in self.quotas if quota.since <= day))

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

    def pending(self, day: date) -> list[Finding]:
        """Report known changes that begin within sixty days after ``day``."""
        return [
            catalogues.PENDING_CHANGE.at(day=change.day, change=change.change)
            for change in self.expected
            if 0 < (change.day - day).days <= NOTICE_DAYS
        ]
