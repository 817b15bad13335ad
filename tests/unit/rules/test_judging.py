from datetime import date

import pytest

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import Fact
from tdkt_xl.findings import Place
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Outcome, Reason, combine, judge
from tdkt_xl.rules.packs import load_packs

from .words import COLUMNS, NOTHING_ENTERED, ROW, candidate, facts, office

PACK = load_packs().on(date(2023, 12, 15))
GOOD = {
    "rating": Rating.HTTNV,
    "months_employed": 12,
    "discipline": Discipline.NONE,
    "under_verification": False,
    "minutes": "12/BB",
}


def reason(verdict: Answer, status: Status) -> Reason:
    return Reason("QT-000", "Luật, Điều 0", "chữ", verdict, status, (ROW,), "yêu cầu")


P, F, M, N = Answer.PASS, Answer.FAIL, Answer.MISSING, Answer.NEEDS_PROVINCE
S, R = Status.SOURCED, Status.MEMORY


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ([(P, S), (P, S)], "eligible"),
        ([(P, S), (F, S)], "not_eligible"),
        ([(F, S), (M, S), (N, Status.PROVINCE), (F, R)], "not_eligible"),
        ([(P, S), (M, S)], "cannot_tell"),
        ([(P, S), (N, Status.PROVINCE)], "cannot_tell"),
        ([(P, S), (F, R)], "cannot_tell"),
        ([(P, S), (F, Status.DRAFT)], "cannot_tell"),
        ([(P, R), (M, R)], "cannot_tell"),
        ([(P, S), (P, R)], "unconfirmed"),
        ([(P, S), (P, Status.PROVINCE)], "unconfirmed"),
        ([(P, S), (P, Status.DRAFT)], "unconfirmed"),
        ([], "cannot_tell"),
    ],
)
def test_combination(given: list[tuple[Answer, Status]], outcome: str) -> None:
    assert combine([reason(*pair) for pair in given]).value == outcome


def test_outcomes_have_their_words() -> None:
    assert {outcome.value: outcome.label for outcome in Outcome} == {
        "eligible": "Đủ điều kiện",
        "not_eligible": "Chưa đủ điều kiện",
        "cannot_tell": "Chưa đủ căn cứ",
        "unconfirmed": "Đủ, cần xác nhận quy định",
    }


def test_every_reason_has_its_article_and_the_cells_looked_at() -> None:
    judgement = judge(candidate("LDTT", SubjectKind.INDIVIDUAL, facts(GOOD)), PACK, NOTHING_ENTERED)
    assert judgement.outcome is Outcome.ELIGIBLE
    found = {item.rule: (item.citation, item.places) for item in judgement.reasons}
    months = ROW.at(7, COLUMNS["months_employed"])
    assert found["QT-102"] == ("NĐ 91/2017/NĐ-CP, Điều 10 khoản 6", (months,))
    assert judgement.missing == ()
    assert all(item.to_confirm == "" for item in judgement.reasons)


def test_share_points_at_both_numbers() -> None:
    given = facts({"members": 20, "members_ldtt": 10})
    judgement = judge(candidate("TTLDTT", SubjectKind.COLLECTIVE, given), PACK, NOTHING_ENTERED)
    places = next(item.places for item in judgement.reasons if item.rule == "QT-202")
    assert [place.column for place in places] == [COLUMNS["members_ldtt"], COLUMNS["members"]]


def test_absent_fact_points_at_the_row_and_blank_cell_at_itself() -> None:
    given = facts({**GOOD, "months_employed": None})
    del given["rating"]
    judgement = judge(candidate("LDTT", SubjectKind.INDIVIDUAL, given), PACK, NOTHING_ENTERED)
    places = {item.rule: item.places for item in judgement.reasons}
    assert places["QT-101"] == (ROW,)
    assert places["QT-102"] == (ROW.at(7, COLUMNS["months_employed"]),)
    assert judgement.missing == ("rating", "months_employed")


def test_fact_without_a_place_falls_back_to_the_row() -> None:
    given = {**facts(GOOD), "rating": Fact[object](Rating.HTNV, Place())}
    judgement = judge(candidate("LDTT", SubjectKind.INDIVIDUAL, given), PACK, NOTHING_ENTERED)
    assert [item.places for item in judgement.deciding] == [(ROW,)]


def test_unsourced_reason_says_what_to_confirm() -> None:
    judgement = judge(
        candidate("GK_HUYEN", SubjectKind.HOUSEHOLD, facts({"minutes": "3/BB"})), PACK, NOTHING_ENTERED
    )
    assert [item.to_confirm for item in judgement.deciding] == [
        "đối chiếu NĐ 91/2017/NĐ-CP, Điều 40: lập thành tích được bình xét trong các phong trào thi đua; "
        "tỉnh có thể quy định thêm (chưa có văn bản nguồn)"
    ]


def test_dossier_of_cstdt_needs_the_certificate() -> None:
    given = {"initiative": "không", "initiative_reach": "tinh", "consecutive_cstdcs": 3}
    proposal = candidate("CSTDT", SubjectKind.INDIVIDUAL, facts({**GOOD, **given}))
    judgement = judge(proposal, PACK, NOTHING_ENTERED)
    assert judgement.outcome is Outcome.NOT_ELIGIBLE
    assert [item.rule for item in judgement.deciding] == ["QT-404"]


@pytest.mark.parametrize("award", ["CSTDXX", "TTLDTT", "CO_THI_DUA_TINH"])
def test_award_without_rules_is_never_eligible(award: str) -> None:
    judgement = judge(candidate(award, SubjectKind.INDIVIDUAL, facts(GOOD)), PACK, NOTHING_ENTERED)
    assert judgement.outcome is Outcome.CANNOT_TELL
    assert [(item.rule, item.verdict, item.places) for item in judgement.reasons] == [("", N, (ROW,))]


def test_no_candidate_without_facts_is_eligible() -> None:
    for award in PACK.awards:
        for kind in award.kinds:
            assert (
                judge(candidate(award.code, kind, {}), PACK, NOTHING_ENTERED).outcome is Outcome.CANNOT_TELL
            )


def test_rule_of_memory_confirmed_by_the_office_decides_and_cites_both_texts() -> None:
    proposal = candidate("GK_HUYEN", SubjectKind.HOUSEHOLD, facts({"minutes": "3/BB"}))
    judgement = judge(proposal, PACK, office({"QT-311": "Áp dụng"}))
    assert judgement.outcome is Outcome.ELIGIBLE
    found = {item.rule: item for item in judgement.reasons}["QT-311"]
    assert (found.status, found.citation, found.to_confirm) == (
        Status.OFFICE,
        "NĐ 91/2017/NĐ-CP, Điều 40; QĐ 12/QĐ-UBND, Điều 3",
        "",
    )


def test_rule_of_memory_confirmed_by_the_office_also_fails() -> None:
    given = facts({"htxs_years": 1, "united": True, "minutes": "3/BB"})
    proposal = candidate("BK_TINH", SubjectKind.COLLECTIVE, given)
    assert judge(proposal, PACK, NOTHING_ENTERED).outcome is Outcome.CANNOT_TELL
    assert judge(proposal, PACK, office({"QT-301": "Áp dụng"})).outcome is Outcome.NOT_ELIGIBLE


def test_rule_of_memory_set_aside_by_the_office_asks_nothing() -> None:
    given = facts({"htxs_years": 1, "united": True, "minutes": "3/BB"})
    proposal = candidate("BK_TINH", SubjectKind.COLLECTIVE, given)
    judgement = judge(proposal, PACK, office({"QT-301": "không áp dụng", "QT-303": "Áp dụng"}))
    assert judgement.outcome is Outcome.ELIGIBLE
    (text,) = (item.text for item in judgement.reasons if item.rule == "QT-301")
    assert text == "cơ quan đã nhập: không áp dụng (QĐ 12/QĐ-UBND, Điều 3)"


def test_word_of_the_office_cannot_change_a_sourced_rule() -> None:
    proposal = candidate("LDTT", SubjectKind.INDIVIDUAL, facts({**GOOD, "months_employed": 9}))
    assert judge(proposal, PACK, office({"QT-102": "Áp dụng"})).outcome is Outcome.NOT_ELIGIBLE
