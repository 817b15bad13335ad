"""Compare the judged proposals with every quota and limit: per unit, per cluster or over the whole list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tdkt_xl.domain.candidates import FACT_LABELS
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import nominations
from tdkt_xl.findings.codes import quotas as codes
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.rules.model import Level, Quota, RulePack
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.quotas import (
    CLUSTER_LIMIT,
    EXEMPT,
    EXEMPTION,
    UNIT_LIMIT,
    QuotaAnswer,
    check_quota,
    percent_for,
)
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.quota_lines import QuotaLine, QuotaState

_STATED = {"LDTT": "members_ldtt", "CSTDCS": "members_cstdcs"}
"""Base award → the fact in which a unit states how many of its people hold it."""

_WHOLE_LIST = "Cả danh sách"
_STATES = {
    QuotaAnswer.WITHIN: QuotaState.WITHIN,
    QuotaAnswer.EXCEEDED: QuotaState.EXCEEDED,
    QuotaAnswer.NEEDS_ROUNDING: QuotaState.NEEDS_ROUNDING,
}


@dataclass(frozen=True)
class Measuring:
    """The judged proposals beside the law of the day and what the office entered."""

    nominations: Sequence[Nomination]
    pack: RulePack
    office: Office
    cluster_names: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> list[QuotaLine]:
        """Every quota and limit with what the proposals come to, in the order of the law and the list."""
        found = [line for quota in self.pack.quotas for line in self._of_quota(quota)]
        awards = dict.fromkeys(item.candidate.award for item in self._standing())
        found += [line for award in awards for line in self._of_limits(award)]
        return found

    def _standing(self, award: str = "") -> list[Nomination]:
        return [
            item
            for item in self.nominations
            if item.judgement.outcome is not Outcome.NOT_ELIGIBLE and award in {"", item.candidate.award}
        ]

    def _is_exempt(self, item: Nomination, award: str) -> bool:
        given = self.office.find_value(EXEMPTION, award, _scopes(item))
        return given is not None and given.value == EXEMPT

    def _of_quota(self, quota: Quota) -> Iterator[QuotaLine]:
        """District awards are measured per unit, higher ones over the whole list."""
        award = self.pack.get_award(quota.award)
        own = award is not None and award.level in {Level.COMMUNE, Level.DISTRICT}
        counted = [item for item in self._standing(quota.award) if not self._is_exempt(item, quota.award)]
        for scope, items in _grouped(counted, own=own).items():
            yield self._measured(quota, scope, items, _scopes(items[0]) if own else ())

    def _measured(
        self, quota: Quota, scope: str, items: Sequence[Nomination], scopes: Sequence[str]
    ) -> QuotaLine:
        name, base_award = items[0].award_name, self.pack.short(quota.base_award)
        given = self.office.find_value(quota.parameter, quota.award, scopes)
        entered = [given.rule.citation] if given and given.rule else []
        citation = "; ".join((quota.basis.citation, *entered))
        percent = percent_for(quota, self.office, scopes)
        if percent is None:
            asked = f"“{self.office.name(quota.parameter)}”"
            return QuotaLine(
                QuotaState.NO_PERCENT, scope, name, tuple(items), quota.id, citation, asked=asked
            )
        base = self._base_of(scope, quota)
        if base is None:
            fact = FACT_LABELS.get(_STATED.get(quota.base_award, ""), f"Số đạt {base_award}")
            asked = f"“{fact}” của đơn vị"
            return QuotaLine(QuotaState.NO_BASE, scope, name, tuple(items), quota.id, citation, asked=asked)
        rounding = self.office.find_value("quota_rounding", quota.award)
        result = check_quota(len(items), base, quota, percent, str(rounding.value) if rounding else None)
        return QuotaLine(
            _STATES[result.answer],
            scope,
            name,
            tuple(items),
            quota.id,
            citation,
            result.limit,
            percent,
            base,
            base_award,
            result.exact,
        )

    def _base_of(self, scope: str, quota: Quota) -> int | None:
        """Holders of the base award: as the unit states for itself, else as many as stand proposed.

        What a unit states of its people holds also when its own proposal fails. None when it states
        nothing and proposes nobody: then the number is not known, it is not zero.
        """
        if scope == _WHOLE_LIST:
            units = dict.fromkeys(
                item.candidate.unit_name
                for item in self.nominations
                if not self._is_exempt(item, quota.award)
            )
            known = [base for unit in units if (base := self._base_of(unit, quota)) is not None]
            return sum(known) if known else None
        for item in self.nominations:
            stated = item.candidate.facts.get(_STATED.get(quota.base_award, ""))
            own = comparison_key(item.candidate.subject) == comparison_key(scope)
            if own and stated and isinstance(stated.value, int):
                return stated.value
        return sum(item.candidate.unit_name == scope for item in self._standing(quota.base_award)) or None

    def _of_limits(self, award: str) -> Iterator[QuotaLine]:
        """The numbers the province or the district allows each unit and each cluster; who is exempt."""
        every = self._standing(award)
        exempt = [item for item in every if self._is_exempt(item, award)]
        counted = [item for item in every if item not in exempt]
        for items in _grouped(exempt, own=True).values():
            given = self.office.find_value(EXEMPTION, award, _scopes(items[0]))
            citation = given.rule.citation if given and given.rule else ""
            scope = items[0].candidate.unit_name
            yield QuotaLine(QuotaState.EXEMPT, scope, items[0].award_name, tuple(items), EXEMPTION, citation)
        clusters: dict[str, list[Nomination]] = {}
        for item in counted:
            clusters.setdefault(item.candidate.cluster_code, []).append(item)
        for code, items in clusters.items():
            yield from self._limited(CLUSTER_LIMIT, self.cluster_names.get(code, code), items, (code,))
        for scope, items in _grouped(counted, own=True).items():
            yield from self._limited(UNIT_LIMIT, scope, items, _scopes(items[0]))

    def _limited(
        self, parameter: str, scope: str, items: Sequence[Nomination], scopes: Sequence[str]
    ) -> Iterator[QuotaLine]:
        given = self.office.find_value(parameter, items[0].candidate.award, scopes)
        known, award = self.office.parameters.get(parameter), items[0].candidate.award
        if given is None and known and award in known.needed_for:
            asked = f"“{known.name}”"
            yield QuotaLine(
                QuotaState.NO_LIMIT, scope, items[0].award_name, tuple(items), parameter, asked=asked
            )
        if given is None or given.rule is None or not isinstance(given.value, int):
            return
        state = QuotaState.OVER_LIMIT if len(items) > given.value else QuotaState.WITHIN
        yield QuotaLine(
            state,
            scope,
            items[0].award_name,
            tuple(items),
            parameter,
            given.rule.citation,
            limit=given.value,
        )


def _scopes(item: Nomination) -> tuple[str, str]:
    return item.candidate.unit_code, item.candidate.cluster_code


def _grouped(items: Iterable[Nomination], *, own: bool) -> dict[str, list[Nomination]]:
    groups: dict[str, list[Nomination]] = {}
    for item in items:
        groups.setdefault(item.candidate.unit_name if own else _WHOLE_LIST, []).append(item)
    return groups


def tell_quotas(lines: Sequence[QuotaLine]) -> list[Finding]:
    """Return the findings of measured quotas.

    KT-701 (exceeded), KT-702 (rounding not known), KT-703 (base not known), KT-725 (number exceeded), each
    with KT-749 (who stands where at the line) where there is one; once for all units KT-721 (percentage not
    known) and KT-726 (exempt).
    """
    return [
        *(finding for line in lines for finding in _at_the_unit(line)),
        *_without_percent(lines),
        *_exempt(lines),
    ]


def percentages_told(lines: Iterable[QuotaLine], pack: RulePack) -> set[str]:
    """The parameters of percentages that KT-721 asks for at the proposals concerned."""
    rules = {line.rule for line in lines if line.state is QuotaState.NO_PERCENT}
    return {quota.parameter for quota in pack.quotas if quota.id in rules}


def _at_the_unit(line: QuotaLine) -> Iterator[Finding]:
    place, count = line.items[0].candidate.place, len(line.items)
    common = {
        "unit": line.scope,
        "count": count,
        "award": line.award,
        "percent": line.percent,
        "base": line.base,
        "base_award": line.base_award,
    }
    if line.state is QuotaState.NO_BASE:
        yield nominations.FACT_MISSING.at(place, subject=line.scope, award=line.award, facts=[line.asked])
    elif line.state is QuotaState.EXCEEDED:
        yield codes.QUOTA_EXCEEDED.at(place, limit=line.limit, **common)
    elif line.state is QuotaState.NEEDS_ROUNDING:
        yield codes.QUOTA_NEEDS_RULE.at(place, exact=line.exact, **common)
    elif line.state is QuotaState.OVER_LIMIT:
        yield codes.LIMIT_EXCEEDED.at(
            place, unit=line.scope, count=count, award=line.award, limit=line.limit, text=line.citation
        )
    if line.state in {QuotaState.EXCEEDED, QuotaState.NEEDS_ROUNDING, QuotaState.OVER_LIMIT}:
        inside, tied, outside = line.cut()
        yield codes.QUOTA_LINE.at(
            place,
            unit=line.scope,
            award=line.award,
            limit=line.limit,
            count=count,
            inside=inside or "không ai",
            tied=tied or "không ai",
            outside=outside or "không ai",
        )


def _without_percent(lines: Iterable[QuotaLine]) -> Iterator[Finding]:
    """Say once for all units that nobody has set the percentage."""
    for group in _alike(lines, QuotaState.NO_PERCENT):
        items = [item for line in group for item in line.items]
        yield codes.QUOTA_UNKNOWN.at(
            items[0].candidate.place,
            count=len(items),
            award=group[0].award,
            units=len({item.candidate.unit_name for item in items}),
            name=group[0].asked,
            text=group[0].citation,
        )


def _exempt(lines: Iterable[QuotaLine]) -> Iterator[Finding]:
    for group in _alike(lines, QuotaState.EXEMPT):
        items = [item for line in group for item in line.items]
        yield codes.QUOTA_EXEMPT.at(
            items[0].candidate.place,
            units=[line.scope for line in group],
            count=len(items),
            award=group[0].award,
            text=group[0].citation,
        )


def _alike(lines: Iterable[QuotaLine], state: QuotaState) -> list[list[QuotaLine]]:
    """Lines of one state that rest on the same text, for one award."""
    groups: dict[tuple[str, str], list[QuotaLine]] = {}
    for line in lines:
        if line.state is state:
            groups.setdefault((line.award, line.citation), []).append(line)
    return list(groups.values())
