"""Find proposals that exclude each other: one person in two lists, several awards for one achievement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.rules.model import Nature, RulePack
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.nomination import Nomination

Key = tuple[str, str]


def check_conflicts(nominations: Sequence[Nomination], pack: RulePack) -> list[Finding]:
    """Report KT-743 (two lists), KT-744 (two commendations), KT-745 (title and commendation).

    Refused proposals exclude nothing; a leader of a cluster listed here is one of its proposals.
    """
    groups: dict[Key, list[Nomination]] = defaultdict(list)
    for item in nominations:
        groups[_who(item)].append(item)
    natures = {award.code: award.nature for award in pack.awards}
    findings: list[Finding] = []
    for group in groups.values():
        findings += _in_two_lists(group)
        standing = [item for item in group if item.judgement.outcome is not Outcome.NOT_ELIGIBLE]
        findings += _for_one_achievement(standing, natures)
    return findings


def _who(item: Nomination) -> Key:
    """Whom a proposal is for: the recorded subject, else the name within its unit."""
    if item.subject:
        return item.subject.code, ""
    return comparison_key(item.candidate.subject), item.candidate.unit_code


def _in_two_lists(group: Sequence[Nomination]) -> Iterable[Finding]:
    first: dict[str, Nomination] = {}
    for item in group:
        twin = first.setdefault(item.candidate.award, item)
        if twin is not item and twin.candidate.place.file != item.candidate.place.file:
            yield codes.IN_TWO_LISTS.at(
                item.candidate.place,
                subject=item.candidate.subject,
                award=item.award_name,
                other=str(twin.candidate.place),
            )


def _for_one_achievement(group: Sequence[Nomination], natures: dict[str, Nature]) -> Iterable[Finding]:
    by_nature: dict[Nature, list[Nomination]] = {nature: [] for nature in Nature}
    for item in group:
        nature = natures.get(item.candidate.award)
        if nature and item.award_name not in [other.award_name for other in by_nature[nature]]:
            by_nature[nature].append(item)
    titles, commendations = by_nature[Nature.TITLE], by_nature[Nature.COMMENDATION]
    names = [item.award_name for item in commendations]
    if len(commendations) > 1:
        place, subject = commendations[-1].candidate.place, commendations[-1].candidate.subject
        yield codes.TWO_COMMENDATIONS.at(place, subject=subject, awards=names)
    elif titles and commendations:
        place, subject = commendations[0].candidate.place, commendations[0].candidate.subject
        yield codes.TITLE_AND_COMMENDATION.at(
            place, subject=subject, titles=[item.award_name for item in titles], awards=names
        )
