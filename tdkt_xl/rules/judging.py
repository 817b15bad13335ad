"""Judge a candidate by the rules of a day: one outcome, and every reason with article and cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.domain.past import Past
from tdkt_xl.findings import NOWHERE, Place
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.evidence import Answer, Evidence, Verdict
from tdkt_xl.rules.model import Condition, FromOffice, Rule, RulePack
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.predicates import PREDICATES


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
        if self.status.decides:
            return ""
        return f"đối chiếu {self.citation}: {self.requirement} ({self.status.label})"

    @property
    def outcome(self) -> Outcome:
        """What this reason alone would allow to say."""
        decides = self.status.decides
        if self.verdict is Answer.PASS:
            return Outcome.ELIGIBLE if decides else Outcome.UNCONFIRMED
        if self.verdict is Answer.FAIL and decides:
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


def judge(candidate: Candidate, pack: RulePack, office: Office, past: Past | None = None) -> Judgement:
    """Judge a candidate by every rule of the award for its kind.

    ``pack`` and ``office`` are those of the day of decision, ``past`` the candidate's recorded history.
    One failed rule that is sourced, or that the office has entered with its text, decides; then anything
    unknown; then any rule that is not sourced. An award without rules is never eligible.
    """
    rules = pack.rules_for(candidate.award, candidate.kind)
    if not rules:
        return Judgement(Outcome.CANNOT_TELL, (_no_rule(candidate, pack),))
    evidence = Evidence(candidate.facts, office, past, candidate.award, pack.short)
    reasons = tuple(_reason(candidate, rule, evidence) for rule in rules)
    return Judgement(combine(reasons), reasons)


def evaluate(rule: Rule, evidence: Evidence) -> Verdict:
    """Return what a rule says about the evidence: the best of its cases, each as weak as its weakest part."""
    aside = evidence.office.sets_aside(rule.id)
    if aside:
        return Verdict(Answer.PASS, f"cơ quan đã nhập: không áp dụng ({aside.citation})", office=(aside,))
    cases = [_case(case, evidence) for case in rule.cases]
    passed = [verdict for verdict in cases if verdict.answer is Answer.PASS]
    if passed or len(cases) == 1:
        return (passed or cases)[0]
    return _joined(cases, "; hoặc ", _KINDEST_FIRST)


_KINDEST_FIRST = (Answer.PASS, Answer.MISSING, Answer.NEEDS_PROVINCE, Answer.NEEDS_TEXT, Answer.FAIL)


def _case(conditions: Sequence[Condition], evidence: Evidence) -> Verdict:
    """Return what all conditions of a case say together: one that fails decides."""
    verdicts = [_tested(condition, evidence) for condition in conditions]
    failed = [verdict for verdict in verdicts if verdict.answer is Answer.FAIL]
    if failed or len(verdicts) == 1:
        return (failed or verdicts)[0]
    return _joined(verdicts, "; ", _KINDEST_FIRST[::-1])


def _joined(verdicts: Sequence[Verdict], between: str, order: Sequence[Answer]) -> Verdict:
    found = {verdict.answer for verdict in verdicts}
    return Verdict(
        next(answer for answer in order if answer in found),
        between.join(verdict.text for verdict in verdicts),
        *(
            tuple(dict.fromkeys(item for verdict in verdicts for item in getattr(verdict, name)))
            for name in ("used", "missing", "places", "office")
        ),
    )


def _tested(condition: Condition, evidence: Evidence) -> Verdict:
    """Return what one condition says, after putting in what the office has entered."""
    arguments: dict[str, object] = {}
    entered: list[OfficeRule] = []
    for name, value in condition.arguments.items():
        if not isinstance(value, FromOffice):
            arguments[name] = value
            continue
        given = evidence.office.find_value(value.parameter, evidence.award)
        if given is None and value.default is None:
            return _not_entered(value.parameter, evidence)
        arguments[name] = given.value if given else value.default
        entered += [given.rule] if given and given.rule else []
    verdict = PREDICATES[condition.predicate](evidence, **arguments)
    return replace(verdict, office=tuple(entered)) if entered else verdict


def _not_entered(parameter: str, evidence: Evidence) -> Verdict:
    known = evidence.office.parameters.get(parameter)
    what = f"{known.question} (“{known.name}”)" if known else f"“{parameter}”"
    return Verdict(Answer.NEEDS_PROVINCE, f"chưa nhập {what}")


def combine(reasons: Sequence[Reason]) -> Outcome:
    """Return the outcome of several reasons: the heaviest one; nothing at all cannot tell."""
    found = {reason.outcome for reason in reasons}
    return next((outcome for outcome in _HEAVIEST_FIRST if outcome in found), Outcome.CANNOT_TELL)


def _reason(candidate: Candidate, rule: Rule, evidence: Evidence) -> Reason:
    verdict = evaluate(rule, evidence)
    confirmed = None if rule.basis.status.decides else evidence.office.confirms(rule.id)
    office = (*verdict.office, *((confirmed,) if confirmed else ()))
    own = rule.basis.status.decides or not office
    return Reason(
        rule.id,
        "; ".join((rule.basis.citation, *(item.citation for item in office))),
        verdict.text,
        verdict.answer,
        rule.basis.status if own else Status.OFFICE,
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
    known = pack.get_award(candidate.award)
    lacking = f"chưa có quy tắc xét “{known.abbreviation}”" if known else "không có danh hiệu, hình thức này"
    text = f"{pack.name} {lacking} cho {candidate.kind.label}"
    return Reason("", "", text, Answer.NEEDS_PROVINCE, Status.PROVINCE, (candidate.place,))
