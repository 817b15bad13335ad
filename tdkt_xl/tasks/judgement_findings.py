"""Say what the judging found: refusals and missing facts per subject, everything else once per cause."""

from collections.abc import Iterable, Iterator, Sequence

from tdkt_xl.domain.candidates import FACT_LABELS, Candidate
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Outcome, Reason
from tdkt_xl.writers.nomination import Nomination


def tell_judgements(nominations: Sequence[Nomination]) -> list[Finding]:
    """Return the findings of judged proposals.

    KT-709 (refused), KT-703 (facts missing) and KT-729 (recorded history or a rule without a source leaves it
    open) stand at each subject. KT-704 (rule without a source), KT-710
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
            continue
        if judgement.outcome is not Outcome.CANNOT_TELL:
            continue
        facts = [
            f"“{FACT_LABELS[name]}”" for name in judgement.missing if not _is_disputed(name, item.candidate)
        ]
        if facts:
            yield codes.FACT_MISSING.at(place, subject=subject, award=item.award_name, facts=facts)
        left_open = [text for reason in judgement.deciding if (text := _left_open(reason))]
        if left_open:
            yield codes.LEFT_OPEN.at(
                place, subject=subject, award=item.award_name, reasons="; ".join(left_open)
            )


def _is_disputed(name: str, candidate: Candidate) -> bool:
    """Tell a fact left open because proposal and record differ: KT-742 has said so at its cell."""
    fact = candidate.facts.get(name)
    return fact is not None and fact.value is None and bool(fact.also)


def _left_open(reason: Reason) -> str:
    """What keeps a conclusion open and names no fact of the proposal to fill in; "" when nothing does."""
    if reason.verdict is Answer.FAIL:
        return f"{reason.text}, theo {reason.rule} ({reason.citation}) chưa có văn bản nguồn"
    return reason.text if reason.verdict is Answer.MISSING and not reason.missing else ""


def _unconfirmed(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    """Rules that bear on the same proposals are one cause."""
    resting: dict[str, list[Nomination]] = {}
    for item in nominations:
        if item.judgement.outcome is Outcome.UNCONFIRMED:
            for reason in item.judgement.deciding:
                resting.setdefault(f"{reason.rule} ({reason.citation})", []).append(item)
    causes: dict[tuple[Place, ...], list[str]] = {}
    for rule, items in resting.items():
        causes.setdefault(tuple(item.candidate.place for item in items), []).append(rule)
    for rules in causes.values():
        items = resting[rules[0]]
        yield codes.UNCONFIRMED_RULE.at(
            items[0].candidate.place,
            rules=rules,
            awards=_awards(items),
            count=len(items),
            subjects=_subjects(items),
        )


def _of_the_province(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    groups: dict[str, list[Nomination]] = {}
    for item in nominations:
        if item.judgement.outcome is Outcome.CANNOT_TELL:
            for text in dict.fromkeys(_texts(item.judgement.reasons, Answer.NEEDS_PROVINCE)):
                groups.setdefault(text, []).append(item)
    for text, items in groups.items():
        yield codes.NEEDS_PROVINCE_RULE.at(
            items[0].candidate.place,
            reasons=text,
            awards=_awards(items),
            count=len(items),
            subjects=_subjects(items),
        )


def _without_text(nominations: Iterable[Nomination]) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Nomination]] = {}
    for item in nominations:
        texts = _texts(item.judgement.reasons, Answer.NEEDS_TEXT)
        if texts and item.judgement.outcome is Outcome.CANNOT_TELL:
            groups.setdefault((item.award_name, "; ".join(texts)), []).append(item)
    for (award, text), items in groups.items():
        yield codes.NEEDS_TEXT.at(
            items[0].candidate.place, award=award, count=len(items), reasons=text, subjects=_subjects(items)
        )


def _texts(reasons: Iterable[Reason], verdict: Answer) -> list[str]:
    return [reason.text for reason in reasons if reason.verdict is verdict]


def _awards(items: Iterable[Nomination]) -> list[str]:
    return list(dict.fromkeys(item.award_name for item in items))


def _subjects(items: Iterable[Nomination]) -> str:
    """Every subject with the cell of its proposal, sheet by sheet: one message leads to all of them."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for item in items:
        place = item.candidate.place
        spot = place.cell or (f"dòng {place.row}" if place.row else "")
        shown = " ".join(filter(None, (item.candidate.subject, spot)))
        names = sheets.setdefault((place.file, place.sheet), [])
        if shown not in names:
            names.append(shown)
    return "; ".join(f"[{file}]{sheet}: {', '.join(names)}" for (file, sheet), names in sheets.items())
