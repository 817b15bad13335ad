"""Say what the judging found: refusals and missing facts per subject, everything else once per cause."""

from collections.abc import Iterable, Iterator, Sequence

from tdkt_xl.domain.candidates import FACT_LABELS
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Outcome, Reason
from tdkt_xl.writers.nomination import Nomination

Cause = tuple[str, ...]


def tell_judgements(nominations: Sequence[Nomination]) -> list[Finding]:
    """Return the findings of judged proposals.

    KT-709 (refused) and KT-703 (facts missing) stand at each subject. KT-704 (rule without a source), KT-710
    (rule of the province) and KT-714 (no text found) are said once per cause, at the first subject, with
    every subject and its cell. An award the day does not know was told as KT-713.
    """
    known = [item for item in nominations if item.known_award]
    return [*_per_subject(known), *_unconfirmed(known), *_of_the_province(known), *_without_text(known)]


def _per_subject(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    for item in nominations:
        judgement, place, subject = item.judgement, item.candidate.place, item.candidate.subject
        if judgement.outcome is Outcome.NOT_ELIGIBLE:
            reasons = "; ".join(reason.text for reason in judgement.deciding)
            yield codes.NOT_ELIGIBLE.at(place, subject=subject, award=item.award_name, reasons=reasons)
        elif judgement.outcome is Outcome.CANNOT_TELL and judgement.missing:
            facts = [f"“{FACT_LABELS[name]}”" for name in judgement.missing]
            yield codes.FACT_MISSING.at(place, subject=subject, award=item.award_name, facts=facts)


def _unconfirmed(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    groups: dict[Cause, list[Nomination]] = {}
    for item in nominations:
        if item.judgement.outcome is Outcome.UNCONFIRMED:
            for reason in item.judgement.deciding:
                groups.setdefault((reason.rule, reason.citation), []).append(item)
    for (rule, citation), items in groups.items():
        yield codes.UNCONFIRMED_RULE.at(
            items[0].candidate.place,
            rule=rule,
            text=citation,
            awards=_awards(items),
            count=len(items),
            subjects=_subjects(items),
        )


def _of_the_province(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    """What keeps a conclusion open and is neither a missing fact nor a missing text."""
    groups: dict[Cause, list[Nomination]] = {}
    for item in nominations:
        if item.judgement.outcome is Outcome.CANNOT_TELL:
            for text in dict.fromkeys(_province_reasons(item)):
                groups.setdefault((text,), []).append(item)
    for (text,), items in groups.items():
        yield codes.NEEDS_PROVINCE_RULE.at(
            items[0].candidate.place,
            reasons=text,
            awards=_awards(items),
            count=len(items),
            subjects=_subjects(items),
        )


def _province_reasons(item: Nomination) -> list[str]:
    judgement = item.judgement
    asked = [reason.text for reason in judgement.reasons if reason.verdict is Answer.NEEDS_PROVINCE]
    if asked or judgement.missing or _texts(judgement.reasons):
        return asked
    return [reason.text for reason in judgement.deciding]


def _without_text(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    groups: dict[Cause, list[Nomination]] = {}
    for item in nominations:
        texts = _texts(item.judgement.reasons)
        if texts and item.judgement.outcome is Outcome.CANNOT_TELL:
            groups.setdefault((item.award_name, "; ".join(texts)), []).append(item)
    for (award, text), items in groups.items():
        yield codes.NEEDS_TEXT.at(
            items[0].candidate.place, award=award, count=len(items), reasons=text, subjects=_subjects(items)
        )


def _texts(reasons: Iterable[Reason]) -> list[str]:
    return [reason.text for reason in reasons if reason.verdict is Answer.NEEDS_TEXT]


def _awards(items: Iterable[Nomination]) -> list[str]:
    return list(dict.fromkeys(item.award_name for item in items))


def _subjects(items: Iterable[Nomination]) -> list[str]:
    """Every subject with the cell of its proposal, so that one message leads to all of them."""
    return list(dict.fromkeys(f"{item.candidate.subject} ({item.candidate.place})" for item in items))
