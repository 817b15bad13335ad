from decimal import Decimal

import pytest

from tdkt_xl.rules import predicates
from tdkt_xl.rules.evidence import Answer, Evidence, Verdict
from tdkt_xl.rules.packs import load_packs

from .words import facts


def evidence(**values: object) -> Evidence:
    return Evidence(facts(values))


def share(count: int, members: int, percent: str = "50") -> Verdict:
    given = evidence(members=members, members_ldtt=count)
    return predicates.ldtt_share(given, percent=Decimal(percent), comparison="above")


def test_share_is_exact_even_when_its_percentage_is_rounded() -> None:
    verdict = share(50_001, 100_000)
    assert (verdict.answer, verdict.text) == (
        Answer.PASS,
        "50001/100000 thành viên đạt LĐTT (50%), yêu cầu trên 50%",
    )
    assert share(11, 17).text == "11/17 thành viên đạt LĐTT (64,71%), yêu cầu trên 50%"
    assert share(1, 3, "33.3").text == "1/3 thành viên đạt LĐTT (33,33%), yêu cầu trên 33,3%"


@pytest.mark.parametrize(("count", "members"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_contradictory_counts_cannot_be_judged(count: int, members: int) -> None:
    verdict = share(count, members)
    assert (verdict.answer, verdict.missing) == (Answer.MISSING, ("members_ldtt", "members"))


def test_only_the_unknown_number_is_reported_missing() -> None:
    verdict = predicates.all_members_htnv(evidence(members=5, members_htnv=None))
    assert (verdict.missing, verdict.text) == (
        ("members_htnv",),
        "chưa có “Số đạt HTNV trở lên”",
    )
    assert predicates.all_members_htnv(evidence(members=5, members_htnv=6)).answer is Answer.MISSING


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("QĐ 45/QĐ-UBND", "pass"),
        ("KHÔNG", "fail"),
        (" chưa có ", "fail"),
        ("có", "missing"),
        ("x", "missing"),
        ("  ", "missing"),
        (None, "missing"),
    ],
)
def test_document_number(cell: str | None, answer: str) -> None:
    assert predicates.initiative_recognised(evidence(initiative=cell)).answer.value == answer
    assert predicates.minutes_recorded(evidence(minutes=cell)).answer.value == answer
    assert predicates.minutes_confirm(evidence(minutes=cell), what="việc").answer.value == answer


@pytest.mark.parametrize(
    ("reach", "answer"), [("co_so", "fail"), ("tinh", "pass"), ("toan_quoc", "pass"), ("huyện", "missing")]
)
def test_reach(reach: str, answer: str) -> None:
    verdict = predicates.initiative_reaches(evidence(initiative_reach=reach), reach="tinh")
    assert verdict.answer.value == answer


@pytest.mark.parametrize("name", ["Không", "  chưa có "])
def test_word_for_nothing_is_no_province_rule(name: str) -> None:
    parameter = load_packs().parameters["province_flag_rule"]
    assert parameter.parse(name) is None
    assert parameter.parse(" 1 cờ mỗi cụm ") == "1 cờ mỗi cụm"


def test_what_is_not_known_is_never_a_pass() -> None:
    assert predicates.needs_text(evidence(), what="tiêu chuẩn").answer is Answer.NEEDS_TEXT
    assert predicates.council_may_find(evidence(), what="đột xuất").answer is Answer.MISSING
