"""Facts counted from the recorded history, and their comparison with what a proposal states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tdkt_xl.domain.awards import Rating, SubjectKind
from tdkt_xl.domain.candidates import REACH_LABELS, Fact
from tdkt_xl.domain.past import Found, Past
from tdkt_xl.findings import NOWHERE

Facts = Mapping[str, Fact[object]]

_FULL_YEAR = 12
"""Proposals state the months of the year: from twelve on, more of them say the same."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stated fact that the history does not bear out."""

    name: str
    stated: Fact[object]
    known: Fact[object]


def facts_of(past: Past) -> dict[str, Fact[object]]:
    """Every fact the records of a subject give, by the names of ``candidates.FACTS``.

    A fact nothing is recorded of is left out; one counted from incomplete records keeps the gap.
    """
    found: dict[str, Found[object]] = {
        "rating": past.rating(),
        "htxs_years": past.rated_run(Rating.HTXSNV),
    }
    if past.subject.kind is SubjectKind.INDIVIDUAL:
        found |= _personal(past)
    return {
        name: Fact(item.value, item.places[0] if item.places else NOWHERE, item.places[1:], item.gap)
        for name, item in found.items()
        if item.value is not None
    }


def _personal(past: Past) -> dict[str, Found[object]]:
    run = past.rated_run(Rating.HTXSNV).value or 0
    titles = past.award_run("CSTDCS")
    works = past.initiatives("co_so", past.year, past.year)
    none = (
        Found("Không", (past.subject.source.cell("known_since"),)) if past.knows(past.year) else Found(None)
    )
    widest = max(works, key=lambda work: list(REACH_LABELS).index(work.reach), default=None)
    direct = getattr(past.subject, "direct_worker", None)
    category = past.subject.source.cell("category")
    return {
        "months_employed": past.months_employed(),
        "discipline": past.discipline(),
        "consecutive_cstdcs": titles if titles.value else past.award_run("CSTDCS", until=past.year - 1),
        "initiatives_count": past.initiative_count("co_so", past.year - max(run, 1) + 1, past.year),
        "initiative": Found(widest.decision or None, (widest.source.cell("decision"),)) if widest else none,
        "initiative_reach": Found(widest.reach, (widest.source.cell("reach"),)) if widest else Found(None),
        "direct_worker": Found(direct, (category,)),
    }


def reconcile(stated: Facts, known: Facts) -> tuple[dict[str, Fact[object]], list[Contradiction]]:
    """Join what a proposal states with what the history gives.

    A fact both agree on keeps the stated cell and shows the others beside it; a fact only one of them
    gives is taken from there. Where they differ the fact is not known, whichever is right.
    """
    joined: dict[str, Fact[object]] = {}
    contradictions: list[Contradiction] = []
    for name in (*stated, *(name for name in known if name not in stated)):
        said, recorded = stated.get(name), known.get(name)
        if said is None or said.value is None:
            joined[name] = recorded or said or Fact(None)
            continue
        if recorded is None or recorded.value is None or name == "initiative":
            joined[name] = said
            continue
        also = tuple(place for place in (recorded.place, *recorded.also) if place != NOWHERE)
        if _agree(name, said.value, recorded):
            joined[name] = replace(said, also=also)
        else:
            joined[name] = Fact(None, said.place, also)
            contradictions.append(Contradiction(name, said, recorded))
    return joined, contradictions


def _agree(name: str, said: object, recorded: Fact[object]) -> bool:
    if name == "initiative_reach":
        return True  # of the one initiative named; the history holds all of the year
    if isinstance(said, bool) or not isinstance(said, int) or not isinstance(recorded.value, int):
        return said == recorded.value
    if name == "months_employed":
        return min(said, _FULL_YEAR) == min(recorded.value, _FULL_YEAR)
    return said >= recorded.value if recorded.gap else said == recorded.value
