"""What holds for any facts, any number of proposals, any order of the lists."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import REACH_LABELS, Candidate, Fact
from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.findings import Place
from tdkt_xl.rules.judging import Outcome, judge
from tdkt_xl.rules.money import Claim, count_once, find_reward
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.quotas import QuotaAnswer, check_quota, percent_for
from tdkt_xl.tasks.quota_checks import Measuring, tell_quotas
from tdkt_xl.writers.nomination import Nomination

PACKS = load_packs()
NOBODY = Office((), PACKS.parameters)
DAYS = (date(2023, 12, 15), date(2024, 1, 15), date(2024, 12, 15), date(2025, 12, 15), date(2026, 12, 15))
ROW = Place("cum-01.xlsx", "Đề nghị", 9)
MEMBERS = 20

days = st.sampled_from(DAYS)
numbers = st.integers(0, 15)
counts = st.integers(0, MEMBERS)
flags = st.sampled_from([None, False, True])
FACTS: Mapping[str, st.SearchStrategy[object]] = {
    "rating": st.sampled_from([None, *Rating]),
    "months_employed": st.none() | numbers,
    "discipline": st.sampled_from([None, *Discipline]),
    "under_verification": flags,
    "initiative": st.sampled_from([None, "Không", "có", "QĐ 45"]),
    "initiative_reach": st.sampled_from([None, *REACH_LABELS]),
    "consecutive_cstdcs": st.none() | numbers,
    "htxs_years": st.none() | numbers,
    "initiatives_count": st.none() | numbers,
    "minutes": st.sampled_from([None, "Không", "12/BB"]),
    "members_htnv": st.none() | counts,
    "members_ldtt": st.none() | counts,
    "members_cstdcs": st.none() | counts,
    "members_disciplined": st.none() | counts,
    "united": flags,
    "leads_cluster": flags,
    "leads_province_cluster": flags,
}
BEST: Mapping[str, object] = {
    "rating": Rating.HTXSNV,
    "months_employed": 15,
    "discipline": Discipline.NONE,
    "under_verification": False,
    "initiative": "QĐ 45",
    "initiative_reach": "toan_quoc",
    "consecutive_cstdcs": 15,
    "htxs_years": 15,
    "initiatives_count": 15,
    "minutes": "12/BB",
    "members_htnv": MEMBERS,
    "members_ldtt": MEMBERS,
    "members_cstdcs": MEMBERS,
    "members_disciplined": 0,
    "united": True,
    "leads_cluster": True,
    "leads_province_cluster": True,
}
ORDER = (Outcome.NOT_ELIGIBLE, Outcome.CANNOT_TELL, Outcome.UNCONFIRMED, Outcome.ELIGIBLE)


def proposal(award: str, kind: SubjectKind, facts: Mapping[str, object]) -> Candidate:
    given_facts = {name: Fact[object](value, ROW) for name, value in facts.items()}
    given_facts["members"] = Fact(MEMBERS, ROW)
    return Candidate("Đơn vị mẫu", kind, "XA01", "Xã mẫu", "C01", award, "", ROW, given_facts)


@given(days, st.fixed_dictionaries(dict(FACTS)), st.sampled_from(sorted(FACTS)), st.data())
def test_a_better_fact_never_makes_the_outcome_worse(
    day: date, facts: dict[str, object], name: str, data: st.DataObject
) -> None:
    pack = PACKS.on(day)
    award = data.draw(st.sampled_from(pack.awards))
    kind = data.draw(st.sampled_from(award.kinds))
    before = judge(proposal(award.code, kind, facts), pack, NOBODY).outcome
    after = judge(proposal(award.code, kind, {**facts, name: BEST[name]}), pack, NOBODY).outcome
    if facts[name] is not None or before is not Outcome.CANNOT_TELL:
        assert ORDER.index(after) >= ORDER.index(before)
    else:  # a fact that was not known may only settle what was open
        assert after is not Outcome.NOT_ELIGIBLE


@given(days, st.fixed_dictionaries(dict(FACTS)), st.integers())
def test_order_of_the_facts_does_not_matter(day: date, facts: dict[str, object], seed: int) -> None:
    pack = PACKS.on(day)
    shuffled = list(facts.items())
    Random(seed).shuffle(shuffled)
    for award in pack.awards:
        for kind in award.kinds:
            one, other = (
                judge(proposal(award.code, kind, items), pack, NOBODY) for items in (facts, dict(shuffled))
            )
            assert one == other


@given(
    st.integers(0, 300),
    st.integers(0, 300),
    st.decimals("0.5", "100", places=1),
    st.sampled_from([None, "xuong", "len", "gan_nhat"]),
)
def test_what_is_within_a_quota_never_exceeds_it(
    count: int, base: int, percent: Decimal, rounding: str | None
) -> None:
    quota = PACKS.on(DAYS[0]).quotas_for("CSTDCS")[0]
    result = check_quota(count, base, quota, percent, rounding)
    if result.answer is QuotaAnswer.WITHIN:
        assert count <= result.limit
        assert result.limit - 1 < percent * base / 100
        assert rounding != "xuong" or count * 100 <= percent * base
    if result.answer is QuotaAnswer.EXCEEDED:
        assert count * 100 > percent * base or rounding == "gan_nhat"


def nomination(unit: str, award: str, outcome: Outcome) -> Nomination:
    pack = PACKS.on(DAYS[0])
    subject = replace(proposal(award, SubjectKind.INDIVIDUAL, {}), unit_name=unit, subject=f"{unit} {award}")
    judged = judge(subject, pack, NOBODY)
    return Nomination(subject, award, replace(judged, outcome=outcome), leads_cluster=False)


LISTS = st.lists(
    st.builds(
        nomination,
        st.sampled_from(["Xã A", "Xã B"]),
        st.sampled_from(["LDTT", "CSTDCS"]),
        st.sampled_from([Outcome.ELIGIBLE, Outcome.UNCONFIRMED, Outcome.NOT_ELIGIBLE]),
    ),
    max_size=60,
)


@given(LISTS)
def test_list_without_a_finding_is_within_its_quotas(items: list[Nomination]) -> None:
    pack = PACKS.on(DAYS[0])
    told = {
        str(finding.params.get("unit", finding.params.get("subject")))
        for finding in tell_quotas(Measuring(items, pack, NOBODY).lines())
    }
    percent = percent_for(pack.quotas_for("CSTDCS")[0], NOBODY)
    assert percent is not None
    for unit in ("Xã A", "Xã B"):
        standing = [
            item.candidate.award
            for item in items
            if item.candidate.unit_name == unit and item.judgement.outcome is not Outcome.NOT_ELIGIBLE
        ]
        if unit not in told:
            assert standing.count("CSTDCS") * 100 <= percent * standing.count("LDTT")


LIMITS = st.fixed_dictionaries(
    {
        (parameter, award): st.none() | st.integers(1, 6)
        for parameter in ("unit_limit", "cluster_limit")
        for award in ("LDTT", "CSTDCS")
    }
)


@given(LISTS, LIMITS, st.sampled_from(["", "Xã A"]))
def test_list_without_a_finding_is_within_the_numbers_entered(
    items: list[Nomination], limits: dict[tuple[str, str], int | None], exempt: str
) -> None:
    pack = PACKS.on(date(2024, 12, 15))
    items = [
        replace(item, candidate=replace(item.candidate, unit_code=item.candidate.unit_name)) for item in items
    ]
    entered = [
        OfficeRule(parameter, str(most), "QĐ 1", "Điều 2", date(2024, 1, 1), award)
        for (parameter, award), most in limits.items()
        if most is not None
    ]
    if exempt:
        entered += [
            OfficeRule("quota_exempt", "mien", "QĐ 1", "Điều 2", date(2024, 1, 1), award, scope=exempt)
            for award in ("LDTT", "CSTDCS")
        ]
    found = tell_quotas(Measuring(items, pack, Office(tuple(entered), PACKS.parameters)).lines())
    told = {
        (str(finding.params["unit"]), str(finding.params["award"]))
        for finding in found
        if finding.code.id == "KT-725"
    }
    counts = Counter(
        (item.candidate.unit_name, item.candidate.award)
        for item in items
        if item.judgement.outcome is not Outcome.NOT_ELIGIBLE and item.candidate.unit_name != exempt
    )
    beyond = set()
    for (parameter, award), most in limits.items():
        for unit in ("Xã A", "Xã B") if parameter == "unit_limit" else ():
            if most is not None and counts[unit, award] > most:
                beyond.add((unit, award))
        together = counts["Xã A", award] + counts["Xã B", award]
        if parameter == "cluster_limit" and most is not None and together > most:
            beyond.add(("C01", award))
    assert told == beyond


@given(LISTS, st.integers())
def test_order_of_the_list_changes_no_quota_finding(items: list[Nomination], seed: int) -> None:
    shuffled = list(items)
    Random(seed).shuffle(shuffled)
    pack = PACKS.on(DAYS[0])
    found = [
        sorted(
            (finding.code.id, str(sorted(map(str, finding.params.values()))))
            for finding in tell_quotas(Measuring(part, pack, NOBODY).lines())
        )
        for part in (items, shuffled)
    ]
    assert found[0] == found[1]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["An", "Bình"]), st.sampled_from(["LDTT", "CSTDCS", "CSTDT", "GK_XA", "BK_TINH"])
        ),
        max_size=12,
    ),
    st.integers(),
    days,
)
def test_order_of_the_list_changes_no_sum(claims: list[tuple[str, str]], seed: int, day: date) -> None:
    pack = PACKS.on(day)
    shuffled = list(claims)
    Random(seed).shuffle(shuffled)

    def paid(part: list[tuple[str, str]]) -> Decimal:
        made = [
            Claim(owner, "", find_reward(award, SubjectKind.INDIVIDUAL, day, PACKS, NOBODY))
            for owner, award in part
        ]
        aside = count_once(made, pack)
        amounts = (item.reward.amount for position, item in enumerate(made) if position not in aside)
        return sum((amount for amount in amounts if amount is not None), Decimal(0))

    assert paid(claims) == paid(shuffled)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_best_facts_never_fail(day: date) -> None:
    pack = PACKS.on(day)
    for award in pack.awards:
        for kind in award.kinds:
            assert judge(proposal(award.code, kind, BEST), pack, NOBODY).outcome is not Outcome.NOT_ELIGIBLE
