"""Judge a candidate by the rules of a day: one outcome, and every reason with article and cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.domain.past import Past
from tdkt_xl.findings import NOWHERE, Place
from tdkt_xl.rules.model import Rule, RulePack, Status
from tdkt_xl.rules.predicates import PREDICATES, Answer, Evidence, Verdict


class Outcome(Enum):
    """What may be said about a candidate; the values are the words of the JSON output."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    CANNOT_TELL = "cannot_tell"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {
            "eligible": "Đủ điều kiện",
            "not_eligible": "Chưa đủ điều kiện",
            "cannot_tell": "Chưa đủ căn cứ",
            "unconfirmed": "Đủ, cần xác nhận quy định",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule says about the candidate.

    ``requirement`` is the rule in short, ``text`` what was found with its numbers, ``missing`` the
    names of unknown facts, ``places`` the cells looked at. ``rule`` and ``citation`` are empty only
    when the pack has no rule at all for the award.
    """

    rule: str
    citation: str
    text: str
    verdict: Answer
    status: Status
    places: tuple[Place, ...]
    requirement: str = ""
    missing: tuple[str, ...] = ()

    @property
    def to_confirm(self) -> str:
        """What a person must check before relying on this reason; "" for a sourced rule."""
        if self.status is Status.SOURCED:
            return ""
        return f"đối chiếu {self.citation}: {self.requirement} ({self.status.label})"

    @property
    def outcome(self) -> Outcome:
        """What this reason alone would allow to say."""
        sourced = self.status is Status.SOURCED
        if self.verdict is Answer.PASS:
            return Outcome.ELIGIBLE if sourced else Outcome.UNCONFIRMED
        if self.verdict is Answer.FAIL and sourced:
            return Outcome.NOT_ELIGIBLE
        return Outcome.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome with all reasons, in the order of the pack."""

    outcome: Outcome
    reasons: tuple[Reason, ...]

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that led to the outcome."""
        return tuple(reason for reason in self.reasons if reason.outcome is self.outcome)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts that are not known, each once."""
        return tuple(dict.fromkeys(name for reason in self.reasons for name in reason.missing))


_HEAVIEST_FIRST = (Outcome.NOT_ELIGIBLE, Outcome.CANNOT_TELL, Outcome.UNCONFIRMED, Outcome.ELIGIBLE)


def judge(
    candidate: Candidate, pack: RulePack, province: Mapping[str, str], past: Past | None = None
) -> Judgement:
    """Judge a candidate by every rule of the award for its kind.

    ``pack`` is the pack of the day of decision, ``province`` what the office has entered of the
    province's own rules, by parameter name, ``past`` the candidate's recorded history. One failed sourced
    rule decides; then anything unknown; then any rule that is not sourced. An award without rules is
    never eligible.
    """
    rules = pack.rules_for(candidate.award, candidate.kind)
    if not rules:
        return Judgement(Outcome.CANNOT_TELL, (_no_rule(candidate, pack),))
    evidence = Evidence(candidate.facts, province, past)
    reasons = tuple(_reason(candidate, rule, evaluate(rule, evidence)) for rule in rules)
    return Judgement(combine(reasons), reasons)


def evaluate(rule: Rule, evidence: Evidence) -> Verdict:
    """Return what a rule's predicate says about the evidence."""
    return PREDICATES[rule.predicate](evidence, **rule.arguments)


def combine(reasons: Sequence[Reason]) -> Outcome:
    """Return the outcome of several reasons: the heaviest one; nothing at all cannot tell."""
    found = {reason.outcome for reason in reasons}
    return next((outcome for outcome in _HEAVIEST_FIRST if outcome in found), Outcome.CANNOT_TELL)


def _reason(candidate: Candidate, rule: Rule, verdict: Verdict) -> Reason:
    return Reason(
        rule.id,
        rule.basis.citation,
        verdict.text,
        verdict.answer,
        rule.basis.status,
        _places(candidate, verdict),
        rule.paraphrase,
        verdict.missing,
    )


def _places(candidate: Candidate, verdict: Verdict) -> tuple[Place, ...]:
    """Return the cells looked at; the row of the proposal stands in for an unknown cell."""
    places = list(verdict.places)
    for fact in (candidate.facts.get(name) for name in verdict.used):
        stated = () if fact is None else (fact.place, *fact.also)
        places += [place for place in stated if place != NOWHERE] or [candidate.place]
    return tuple(dict.fromkeys(places)) or (candidate.place,)


def _no_rule(candidate: Candidate, pack: RulePack) -> Reason:
    award = next((award for award in pack.awards if award.code == candidate.award), None)
    name = award.abbreviation if award else candidate.award
    text = f"{pack.name} chưa có quy tắc xét “{name}” cho {candidate.kind.label}"
    return Reason("", "", text, Answer.NEEDS_PROVINCE, Status.PROVINCE, (candidate.place,))
