"""Check the judged proposals together: quotas per unit or over the list, awards without a known text."""

from collections.abc import Iterator, Mapping, Sequence

from tdkt_xl.domain.awards import Rating
from tdkt_xl.domain.candidates import FACT_LABELS
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.rules.model import Level, Quota, RulePack
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.quotas import QuotaAnswer, check_quota, percent_for
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.nomination import Nomination

_STATED = {"LDTT": "members_ldtt", "CSTDCS": "members_cstdcs"}
"""Base award → the fact in which a unit states how many of its people hold it."""

_WHOLE_LIST = "Cả danh sách"


def check_quotas(nominations: Sequence[Nomination], pack: RulePack, office: Office) -> list[Finding]:
    """Check each quota: of the district's own awards per unit, of higher awards over the whole list.

    May report KT-701 (exceeded), KT-702 (rounding not known), KT-703 (base not known), KT-721
    (percentage not known) and KT-749 (who stands where at the line).
    """
    return [finding for quota in pack.quotas for finding in _check(quota, nominations, pack, office)]


def _check(
    quota: Quota, nominations: Sequence[Nomination], pack: RulePack, office: Office
) -> Iterator[Finding]:
    standing = [item for item in nominations if item.judgement.outcome is not Outcome.NOT_ELIGIBLE]
    award = pack.get_award(quota.award)
    own = award is not None and award.level in {Level.COMMUNE, Level.DISTRICT}
    groups: dict[str, list[Nomination]] = {}
    for item in standing:
        if item.candidate.award == quota.award:
            groups.setdefault(item.candidate.unit_name if own else _WHOLE_LIST, []).append(item)
    if groups and percent_for(quota, office) is None:
        yield _unknown(quota, groups, office)
        return
    for scope, proposed in groups.items():
        yield from _check_group(quota, scope, proposed, nominations, pack, office)


def _unknown(quota: Quota, groups: Mapping[str, Sequence[Nomination]], office: Office) -> Finding:
    """Say once for all units that nobody has set the percentage."""
    first = next(iter(groups.values()))[0]
    return codes.QUOTA_UNKNOWN.at(
        first.candidate.place,
        count=sum(map(len, groups.values())),
        award=first.award_name,
        units=len({item.candidate.unit_name for items in groups.values() for item in items}),
        name=f"“{office.name(quota.parameter)}”",
        text=quota.basis.citation,
    )


def _check_group(
    quota: Quota,
    scope: str,
    proposed: Sequence[Nomination],
    nominations: Sequence[Nomination],
    pack: RulePack,
    office: Office,
) -> Iterator[Finding]:
    place, name, count = proposed[0].candidate.place, proposed[0].award_name, len(proposed)
    percent, base = percent_for(quota, office), _base_of(scope, quota.base_award, nominations)
    assert percent is not None  # told for all groups at once
    if base is None:
        fact = FACT_LABELS.get(_STATED.get(quota.base_award, ""), f"Số đạt {pack.short(quota.base_award)}")
        yield codes.FACT_MISSING.at(place, subject=scope, award=name, facts=[f"“{fact}” của đơn vị"])
        return
    given = office.find_value("quota_rounding", quota.award)
    result = check_quota(count, base, quota, percent, str(given.value) if given else None)
    common = {
        "unit": scope,
        "count": count,
        "award": name,
        "percent": percent,
        "base": base,
        "base_award": pack.short(quota.base_award),
    }
    if result.answer is QuotaAnswer.EXCEEDED:
        yield codes.QUOTA_EXCEEDED.at(place, limit=result.limit, **common)
    elif result.answer is QuotaAnswer.NEEDS_ROUNDING:
        yield codes.QUOTA_NEEDS_RULE.at(place, exact=result.exact, **common)
    if result.answer is not QuotaAnswer.WITHIN:
        inside, tied, outside = cut_line(proposed, result.limit)
        yield codes.QUOTA_LINE.at(
            place,
            unit=scope,
            award=name,
            limit=result.limit,
            count=count,
            inside=inside or "không ai",
            tied=tied or "không ai",
            outside=outside or "không ai",
        )


def cut_line(proposed: Sequence[Nomination], limit: int) -> tuple[list[str], list[str], list[str]]:
    """Names surely within the limit by rating, those level at the line, and those below it.

    Nobody is chosen: who is level at the line, and every order within a rating, is for the council.
    """
    ranked: dict[int, list[str]] = {}
    order = list(Rating)
    for item in proposed:
        rating = item.candidate.facts.get("rating")
        step = order.index(rating.value) if rating and isinstance(rating.value, Rating) else -1
        ranked.setdefault(step, []).append(item.candidate.subject)
    inside: list[str] = []
    tied: list[str] = []
    outside: list[str] = []
    for step in sorted(ranked, reverse=True):
        names = ranked[step]
        if len(inside) + len(names) <= limit and not tied:
            inside += names
        elif len(inside) < limit and not tied:
            tied = names
        else:
            outside += names
    return inside, tied, outside


def _base_of(scope: str, base_award: str, nominations: Sequence[Nomination]) -> int | None:
    """Holders of the base award: as the unit states for itself, else as many as stand proposed.

    What a unit states of its people holds also when its own proposal fails. None when it states
    nothing and proposes nobody: then the number is not known, it is not zero.
    """
    if scope == _WHOLE_LIST:
        units = dict.fromkeys(item.candidate.unit_name for item in nominations)
        known = [base for unit in units if (base := _base_of(unit, base_award, nominations)) is not None]
        return sum(known) if known else None
    for item in nominations:
        stated = item.candidate.facts.get(_STATED.get(base_award, ""))
        own = comparison_key(item.candidate.subject) == comparison_key(scope)
        if own and stated and isinstance(stated.value, int):
            return stated.value
    proposed = sum(
        item.candidate.award == base_award
        and item.candidate.unit_name == scope
        and item.judgement.outcome is not Outcome.NOT_ELIGIBLE
        for item in nominations
    )
    return proposed or None
