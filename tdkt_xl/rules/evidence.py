"""What a candidate is judged on, and what a test of it can answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from tdkt_xl.domain.candidates import FACT_LABELS, Fact
from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.domain.past import Past
from tdkt_xl.findings import Place
from tdkt_xl.rules.office import Office

T = TypeVar("T")


class Answer(Enum):
    """What a predicate can answer."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    MISSING = "missing"
    NEEDS_PROVINCE = "needs_province"
    NEEDS_TEXT = "needs_text"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with its explanation.

    ``used`` are the facts looked at, ``missing`` those unknown, ``places`` the cells of the history it
    rests on, ``office`` what the office has entered for it.
    """

    answer: Answer
    text: str
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    office: tuple[OfficeRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a candidate, and what the office has entered.

    ``past`` is what is recorded of the candidate's history, None when no record was found. ``award`` is the
    code of the award asked for; the office may have entered a value for it alone. ``short`` says how an
    award is called in front of people, by its code.
    """

    facts: Mapping[str, Fact[object]]
    office: Office = field(default_factory=Office)
    past: Past | None = None
    award: str = ""
    short: Callable[[str], str] = str

    def get(self, name: str, kind: type[T]) -> T | None:
        """Return a fact's value, or None when it is not known."""
        fact = self.facts.get(name)
        if fact is None or not isinstance(fact.value, kind):
            return None
        return fact.value


def decide(ok: bool, text: str, *used: str) -> Verdict:
    """Return a pass or a fail that rests on facts."""
    return Verdict(Answer.PASS if ok else Answer.FAIL, text, used)


def missing_facts(evidence: Evidence, *names: str) -> Verdict:
    """Return the verdict that says which of the facts needed are not known."""
    facts = evidence.facts
    unknown = tuple(name for name in names if name not in facts or facts[name].value is None)
    labels = ", ".join(f"“{FACT_LABELS[name]}”" for name in unknown)
    return Verdict(Answer.MISSING, f"chưa có {labels}", names, unknown)


def doubtful(text: str, *names: str) -> Verdict:
    """Return the verdict for facts that are given but cannot be relied on."""
    return Verdict(Answer.MISSING, text, names, names)
