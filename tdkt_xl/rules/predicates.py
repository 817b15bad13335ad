"""Tests a rule may ask for: small pure functions from evidence to a verdict with its numbers.

Every predicate takes the evidence and its own keyword arguments, which the rule packs give. The
numbers of the law stand in the packs, never here.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from tdkt_xl.domain.awards import Discipline, Rating
from tdkt_xl.domain.candidates import FACT_LABELS, REACH_LABELS
from tdkt_xl.findings.render import say
from tdkt_xl.rules.evidence import Answer, Evidence, Verdict, decide, doubtful, missing_facts
from tdkt_xl.rules.parameters import NONE_WORDS
from tdkt_xl.rules.past_predicates import (
    initiatives_since_award,
    penalty_served,
    prior_award,
    rated_since_award,
    rated_times_since_award,
    title_run,
    title_streak,
    titles_since_award,
    years_since_award,
)
from tdkt_xl.vietnamese.text import comparison_key

Reach = Literal["co_so", "tinh", "toan_quoc"]
Comparison = Literal["above", "at_least"]


Predicate = Callable[..., Verdict]


def _percent(share: Fraction) -> str:
    """Write a share as a percentage with at most two decimals."""
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return f"{say(exact.quantize(Decimal('0.01'), ROUND_HALF_UP))}%"


def _yes(evidence: Evidence, name: str, yes: str, no: str) -> Verdict:
    value = evidence.get(name, bool)
    if value is None:
        return missing_facts(evidence, name)
    return decide(value, yes if value else no, name)


def _at_least(evidence: Evidence, name: str, least: int, unit: str) -> Verdict:
    value = evidence.get(name, int)
    if value is None:
        return missing_facts(evidence, name)
    text = f"{value} {unit}, yêu cầu từ {least} {unit}"
    if value < least and (gap := evidence.facts[name].gap):
        return doubtful(f"mới ghi nhận {text}; {gap}", name)
    return decide(value >= least, text, name)


def _numbered(evidence: Evidence, name: str, what: str) -> Verdict:
    """Pass when the cell gives the number of a document; "không" is a no, a bare "có" proves nothing."""
    text = (evidence.get(name, str) or "").strip()
    if not text:
        return missing_facts(evidence, name)
    if comparison_key(text) in NONE_WORDS:
        return decide(False, f"không có {what}", name)
    if not any(character.isdigit() for character in text):
        return doubtful(f"ô ghi “{text}”, cần ghi số của {what}", name)
    return decide(True, f"có {what} {text}", name)


def rating_at_least(evidence: Evidence, *, rating: Rating) -> Verdict:
    """Pass when the year's rating reaches ``rating``."""
    value = evidence.get("rating", Rating)
    if value is None:
        return missing_facts(evidence, "rating")
    return decide(value >= rating, f"xếp loại “{value.label}”, yêu cầu từ “{rating.label}”", "rating")


def months_at_least(evidence: Evidence, *, months: int) -> Verdict:
    """Pass when the person has worked at least ``months`` months."""
    return _at_least(evidence, "months_employed", months, "tháng công tác")


def discipline_below(evidence: Evidence, *, discipline: Discipline) -> Verdict:
    """Pass when no measure of level ``discipline`` or heavier was taken in the year."""
    value = evidence.get("discipline", Discipline)
    if value is None:
        return missing_facts(evidence, "discipline")
    stated = "không bị kỷ luật" if value is Discipline.NONE else f"bị kỷ luật “{value.label}”"
    text = f"{stated}, yêu cầu không bị từ “{discipline.label}” trở lên"
    return decide(value < discipline, text, "discipline")


def not_under_verification(evidence: Evidence) -> Verdict:
    """Pass when no authority is examining a discipline case, an inquiry or a complaint."""
    value = evidence.get("under_verification", bool)
    if value is None:
        return missing_facts(evidence, "under_verification")
    text = "đang bị xem xét, xác minh nên chưa xét" if value else "không bị xem xét, xác minh"
    return decide(not value, text, "under_verification")


def minutes_recorded(evidence: Evidence) -> Verdict:
    """Pass when the dossier has numbered minutes of the review meeting."""
    return _numbered(evidence, "minutes", "biên bản họp xét")


def minutes_confirm(evidence: Evidence, *, what: str) -> Verdict:
    """Pass when there are minutes in which the council must have confirmed ``what``."""
    verdict = _numbered(evidence, "minutes", "biên bản họp xét")
    return Verdict(
        verdict.answer, f"{verdict.text}; biên bản phải xác nhận: {what}", verdict.used, verdict.missing
    )


def initiative_recognised(evidence: Evidence) -> Verdict:
    """Pass when a numbered decision recognises an initiative or accepts a research topic."""
    return _numbered(evidence, "initiative", "quyết định công nhận sáng kiến, đề tài")


def initiative_reaches(evidence: Evidence, *, reach: Reach) -> Verdict:
    """Pass when the initiative's recognised influence is at least ``reach``."""
    value = evidence.get("initiative_reach", str)
    if not value:
        return missing_facts(evidence, "initiative_reach")
    if value not in REACH_LABELS:
        return doubtful(f"phạm vi “{value}” không có trong danh sách", "initiative_reach")
    order = list(REACH_LABELS)
    text = f"sáng kiến có phạm vi {REACH_LABELS[value]}, yêu cầu từ {REACH_LABELS[reach]}"
    return decide(order.index(value) >= order.index(reach), text, "initiative_reach")


def consecutive_titles(evidence: Evidence, *, title: str, times: int) -> Verdict:
    """Pass with ``times`` consecutive titles of one kind, the year under review included.

    Proposals have a cell for CSTĐCS; any other title is counted from the recorded history.
    """
    if title == "CSTDCS":
        return _at_least(evidence, "consecutive_cstdcs", times, "lần liên tục đạt CSTĐCS")
    return title_run(evidence, title=title, times=times)


def htxs_years_at_least(evidence: Evidence, *, years: int) -> Verdict:
    """Pass with ``years`` consecutive years rated HTXSNV, the year under review included."""
    return _at_least(evidence, "htxs_years", years, "năm liên tục HTXSNV")


def initiatives_at_least(evidence: Evidence, *, count: int) -> Verdict:
    """Pass with ``count`` recognised initiatives in the years claimed."""
    return _at_least(evidence, "initiatives_count", count, "sáng kiến được công nhận")


def _members(evidence: Evidence, part: str) -> tuple[int, int] | Verdict:
    """Return (part, members), or the verdict when they are unknown or contradict each other."""
    members, count = evidence.get("members", int), evidence.get(part, int)
    if members is None or count is None:
        return missing_facts(evidence, part, "members")
    if members < 1 or not 0 <= count <= members:
        text = f"“{FACT_LABELS[part]}” ghi {count}, “{FACT_LABELS['members']}” ghi {members}: mâu thuẫn"
        return doubtful(text, part, "members")
    return count, members


def ldtt_share(evidence: Evidence, *, percent: Decimal, comparison: Comparison) -> Verdict:
    """Pass when the share of members with LĐTT is above, or at least, ``percent``; exact."""
    found = _members(evidence, "members_ldtt")
    if isinstance(found, Verdict):
        return found
    share, limit = Fraction(*found), Fraction(percent) / 100
    ok = share > limit if comparison == "above" else share >= limit
    word = "trên" if comparison == "above" else "từ"
    stated = f"{found[0]}/{found[1]} thành viên đạt LĐTT ({_percent(share)})"
    return decide(ok, f"{stated}, yêu cầu {word} {say(percent)}%", "members_ldtt", "members")


def all_members_htnv(evidence: Evidence) -> Verdict:
    """Pass when every member is rated HTNV or better."""
    found = _members(evidence, "members_htnv")
    if isinstance(found, Verdict):
        return found
    share = _percent(Fraction(*found))
    text = f"{found[0]}/{found[1]} thành viên hoàn thành nhiệm vụ trở lên ({share}), yêu cầu 100%"
    return decide(found[0] == found[1], text, "members_htnv", "members")


def cstdcs_members_at_least(evidence: Evidence, *, count: int) -> Verdict:
    """Pass when at least ``count`` members hold CSTĐCS."""
    return _at_least(evidence, "members_cstdcs", count, "thành viên đạt CSTĐCS")


def no_member_disciplined(evidence: Evidence) -> Verdict:
    """Pass when nobody was disciplined at *cảnh cáo* or heavier."""
    value = evidence.get("members_disciplined", int)
    if value is None:
        return missing_facts(evidence, "members_disciplined")
    text = f"{value} thành viên bị kỷ luật từ cảnh cáo trở lên, yêu cầu không có"
    return decide(value == 0, text, "members_disciplined")


def united(evidence: Evidence) -> Verdict:
    """Pass when the collective is stated to be united and law-abiding."""
    yes = "nội bộ đoàn kết, chấp hành pháp luật"
    return _yes(evidence, "united", yes, "nội bộ chưa đoàn kết hoặc chưa chấp hành tốt pháp luật")


def leads_cluster(evidence: Evidence) -> Verdict:
    """Pass when the collective leads its emulation cluster."""
    return _yes(evidence, "leads_cluster", "dẫn đầu cụm thi đua", "không dẫn đầu cụm thi đua")


def leads_province_cluster(evidence: Evidence) -> Verdict:
    """Pass when the collective leads a cluster or block that the province organises."""
    yes = "dẫn đầu cụm, khối thi đua do tỉnh tổ chức"
    return _yes(evidence, "leads_province_cluster", yes, f"không {yes}")


def needs_province_rule(evidence: Evidence, *, entered: str) -> Verdict:
    """Pass once the office has entered the province's rule, which the text shows."""
    return Verdict(Answer.PASS, f"theo quy định của tỉnh đã nhập: {entered}")


def needs_text(evidence: Evidence, *, what: str) -> Verdict:
    """Say that no text found gives the requirement: nobody can be judged by it."""
    return Verdict(Answer.NEEDS_TEXT, f"chưa có văn bản quy định {what}")


def council_may_find(evidence: Evidence, *, what: str) -> Verdict:
    """Stand for a ground that only the council can find; never a pass and never a fail."""
    return Verdict(Answer.MISSING, f"trường hợp khác do hội đồng xét: {what}")


PREDICATES: Mapping[str, Predicate] = {
    function.__name__: function
    for function in (
        rating_at_least,
        months_at_least,
        discipline_below,
        not_under_verification,
        minutes_recorded,
        minutes_confirm,
        initiative_recognised,
        initiative_reaches,
        consecutive_titles,
        htxs_years_at_least,
        initiatives_at_least,
        ldtt_share,
        all_members_htnv,
        cstdcs_members_at_least,
        no_member_disciplined,
        united,
        leads_cluster,
        leads_province_cluster,
        prior_award,
        years_since_award,
        rated_since_award,
        rated_times_since_award,
        titles_since_award,
        initiatives_since_award,
        title_streak,
        penalty_served,
        needs_province_rule,
        needs_text,
        council_may_find,
    )
}
"""The words a rule pack may use for ``predicate``."""
