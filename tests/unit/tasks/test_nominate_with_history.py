"""Proposals judged beside the recorded history: who is meant, what contradicts, what is given already."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.domain.awards import Rating
from tdkt_xl.findings import TdktError
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tasks.conflicts import check_conflicts
from tdkt_xl.tasks.nominate import Nominating, suppose
from tdkt_xl.tasks.suppositions import Move, read_supposition
from tdkt_xl.writers.quota_lines import cut_line
from tests.tools.judged import (
    AN,
    AN_BINH,
    ON,
    Row,
    consolidated,
    group,
    history,
    master,
    person,
    told,
    with_history,
)
from tests.tools.people import Plant, Tables, add, change


def codes(result: Nominating) -> list[tuple[str, str]]:
    """(code, cell) of what the history gave rise to."""
    return [(code, place.rpartition("!")[2]) for code, place in told(result.findings) if "KT-74" in code]


def outcome(result: Nominating, award: str) -> Outcome:
    (found,) = (item for item in result.nominations if item.award_name == award and not item.leads_cluster)
    return found.judgement.outcome


def test_facts_both_agree_on_keep_both_cells(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(**AN, rating="HTXSNV"))
    assert codes(result) == []
    (item,) = (item for item in result.nominations if not item.leads_cluster)
    fact = item.candidate.facts["rating"]
    assert fact.value is Rating.HTXSNV
    assert [str(fact.place), *map(str, fact.also)] == [
        "[cum-01.xlsx]Đề nghị cá nhân!F9",
        "[ho-so-khen-thuong.xlsx]Xếp loại!D9",
    ]
    assert item.subject is not None
    assert item.subject.code == "CN-1"


def test_blank_fact_is_taken_from_the_history(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(**AN, rating=None))
    assert outcome(result, "LĐTT") is Outcome.ELIGIBLE
    (item,) = (item for item in result.nominations if not item.leads_cluster)
    assert str(item.candidate.facts["rating"].place) == "[ho-so-khen-thuong.xlsx]Xếp loại!D9"


def test_contradiction_is_told_and_neither_is_used(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(**AN, rating="HTTNV"))
    assert codes(result) == [("KT-742", "F9")]
    assert outcome(result, "LĐTT") is Outcome.CANNOT_TELL


def test_contradicted_fact_is_not_told_missing_as_well(tmp_path: Path) -> None:
    given = {**AN, "rating": "HTTNV", "minutes": None}
    (found,) = (
        item
        for item in with_history(tmp_path, person(**given)).findings
        if item.code.id == "KT-703" and item.place.cell
    )
    assert found.params["facts"] == ["“Biên bản họp xét”"]


def test_months_of_a_full_year_are_no_contradiction(tmp_path: Path) -> None:
    assert codes(with_history(tmp_path, person(**AN, rating="HTXSNV", months_employed=12))) == []


def test_too_few_months_contradict_the_recorded_service(tmp_path: Path) -> None:
    assert codes(with_history(tmp_path, person(**AN, rating="HTXSNV", months_employed=8))) == [
        ("KT-742", "G9")
    ]


def test_nobody_recorded_is_a_note_and_judged_as_stated(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(subject="Người Lạ", unit=AN_BINH))
    assert codes(result) == [("KT-740", "B9")]
    assert outcome(result, "LĐTT") is Outcome.ELIGIBLE


def homonym(tables: Tables) -> None:
    add("people", code="CN-4", name="Trần Văn An", unit="DV-01", birth="1991-01-01")(tables)


def test_homonyms_are_not_chosen_between(tmp_path: Path) -> None:
    assert codes(with_history(tmp_path, person(**AN, rating="HTTNV"), plants=[homonym])) == [("KT-741", "B9")]


@pytest.mark.parametrize("mark", ["CN-1", "02/05/1980"])
def test_code_or_birth_date_behind_the_name_tells_homonyms_apart(mark: str, tmp_path: Path) -> None:
    given = {**AN, "subject": f"Trần Văn An ({mark})", "rating": "HTXSNV"}
    result = with_history(tmp_path, person(**given), plants=[homonym])
    assert codes(result) == []
    (item,) = (item for item in result.nominations if not item.leads_cluster)
    assert item.subject is not None
    assert (item.subject.code, item.candidate.subject) == ("CN-1", "Trần Văn An")


def test_title_given_for_the_period_is_not_given_again(tmp_path: Path) -> None:
    given = add(
        "awards", subject="CN-1", award="LĐTT", period="2023", decision="99/QĐ-UBND", day="2023-12-10"
    )
    result = with_history(tmp_path, person(**AN, rating="HTXSNV"), plants=[given])
    assert codes(result) == [("KT-746", "B9")]


WORK = {
    "work": "SK-2",
    "title": "Sổ tay điện tử",
    "kind": "Sáng kiến",
    "reach": "Cơ sở",
    "period": "2023",
    "decision": "91/QĐ-UBND",
    "day": "2023-11-01",
}


def test_initiative_of_a_colleague_is_an_error(tmp_path: Path) -> None:
    owned = add("initiatives", **WORK, subject="CN-2", share="100")
    given = {**AN, "rating": "HTXSNV", "award": "CSTĐCS", "initiative": "91/QĐ-UBND"}
    assert codes(with_history(tmp_path, person(**given), plants=[owned])) == [("KT-747", "J9")]


def test_own_initiative_is_no_fault(tmp_path: Path) -> None:
    owned = add("initiatives", **WORK, subject="CN-1", share="100")
    given = {**AN, "rating": "HTXSNV", "award": "CSTĐCS", "initiative": "91/QĐ-UBND"}
    assert codes(with_history(tmp_path, person(**given), plants=[owned])) == []


def test_initiative_used_for_the_same_title_before_is_told(tmp_path: Path) -> None:
    given = {**AN, "rating": "HTXSNV", "award": "CSTĐCS", "initiative": "90/QĐ-UBND"}
    assert codes(with_history(tmp_path, person(**given))) == [("KT-748", "J9")]


# What bears on each other

PRIOR: list[Plant] = [
    add("awards", subject="CN-1", award="CSTĐCS", period="2021", decision="8/QĐ-UBND", day="2022-01-21"),
    add("initiatives", **{**WORK, "reach": "Tỉnh"}, subject="CN-1", share="100"),
    add(
        "initiatives",
        work="SK-3",
        title="Mẫu đơn chung",
        kind="Sáng kiến",
        reach="Cơ sở",
        period="2021",
        decision="70/QĐ-UBND",
        subject="CN-1",
        share="100",
    ),
]
GRADE = {"initiative": "91/QĐ-UBND", "initiative_reach": "Tỉnh", "rating": "HTXSNV"}


def test_title_proposed_together_counts_for_the_next_one(tmp_path: Path) -> None:
    both = [person(1, **AN, **GRADE, award="CSTĐCS"), person(2, **AN, **GRADE, award="CSTĐ cấp tỉnh")]
    result = with_history(tmp_path, *both, plants=PRIOR)
    (higher,) = (item for item in result.nominations if item.award_name == "CSTĐ cấp tỉnh")
    (titles,) = (reason for reason in higher.judgement.reasons if reason.rule == "QT-121")
    assert titles.outcome is Outcome.ELIGIBLE
    assert titles.text.startswith("3 lần liên tục")
    assert "[cum-01.xlsx]Đề nghị cá nhân!B9" in [str(place) for place in titles.places]


def test_refused_title_does_not_count_for_the_next_one(tmp_path: Path) -> None:
    lower = person(1, **AN, **{**GRADE, "discipline": "Khiển trách"}, award="CSTĐCS")
    higher = person(2, **AN, **GRADE, award="CSTĐ cấp tỉnh")
    punished = [
        *PRIOR,
        add("penalties", subject="CN-1", level="Khiển trách", decision="5/QĐ", start="2023-05-01"),
    ]
    result = with_history(tmp_path, lower, {**higher, "discipline": "Khiển trách"}, plants=punished)
    assert outcome(result, "CSTĐCS") is Outcome.NOT_ELIGIBLE
    (item,) = (item for item in result.nominations if item.award_name == "CSTĐ cấp tỉnh")
    assert item.past is not None
    assert item.past.pending == {}


def test_two_commendations_for_one_period_are_asked_about(tmp_path: Path) -> None:
    result = with_history(
        tmp_path,
        person(1, **AN, rating="HTXSNV", award="GK huyện"),
        person(2, **AN, rating="HTXSNV", award="BK tỉnh"),
    )
    assert codes(result) == [("KT-744", "B10")]


def test_title_and_commendation_of_one_period_are_noted(tmp_path: Path) -> None:
    result = with_history(
        tmp_path,
        person(1, **AN, rating="HTXSNV", award="LĐTT"),
        person(2, **AN, rating="HTXSNV", award="GK huyện"),
    )
    assert codes(result) == [("KT-745", "B10")]


def test_one_person_in_two_lists_is_an_error(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(1, **AN, rating="HTXSNV"))
    (item,) = (item for item in result.nominations if not item.leads_cluster)
    other = replace(
        item, candidate=replace(item.candidate, place=replace(item.candidate.place, file="cum-02.xlsx"))
    )
    found = check_conflicts([item, other], load_packs().on(ON))
    assert [(finding.code.id, finding.place.file) for finding in found] == [("KT-743", "cum-02.xlsx")]


def test_line_of_a_quota_shows_ties_and_chooses_nobody(tmp_path: Path) -> None:
    ratings = ["HTXSNV", "HTTNV", "HTTNV", "HTTNV", "HTNV"]
    people = [
        person(number, unit=AN_BINH, rating=rating, award="GK huyện")
        for number, rating in enumerate(ratings, start=1)
    ]
    result = with_history(tmp_path, *people)
    proposed = [item for item in result.nominations if not item.leads_cluster]
    names = [item.candidate.subject for item in proposed]
    assert cut_line(proposed, 2) == (names[:1], names[1:4], names[4:])
    assert cut_line(proposed, 4) == (names[:4], [], names[4:])
    assert cut_line(proposed, 0) == ([], [], names)


def test_exceeded_quota_shows_its_line(tmp_path: Path) -> None:
    people = [
        person(number, unit=AN_BINH, award="CSTĐCS", initiative="12/QĐ-UBND", initiative_reach="Cơ sở")
        for number in range(1, 5)
    ]
    result = with_history(
        tmp_path, *people, collectives=[group(award="GK huyện", members=60, members_ldtt=20)]
    )
    (found,) = (item for item in result.findings if item.code.id == "KT-749")
    assert (found.params["limit"], found.params["count"]) == (3, 4)
    assert found.params["tied"] == [f"Trần Văn {number}" for number in range(1, 5)]


# Collectives


def test_collective_is_found_by_its_name(tmp_path: Path) -> None:
    rated = add("ratings", subject="TT-1", period="2023", rating="HTTNV")
    result = with_history(tmp_path, collectives=[group(award="TTLĐTT", rating="HTXSNV")], plants=[rated])
    assert codes(result) == [("KT-742", "E9"), ("KT-745", "dòng 9")]


def test_discipline_of_a_member_contradicts_a_clean_statement(tmp_path: Path) -> None:
    punished = add("penalties", subject="CN-1", level="Cảnh cáo", decision="5/QĐ", start="2023-05-01")
    result = with_history(tmp_path, collectives=[group(award="TTLĐTT")], plants=[punished])
    found = [item for item in result.findings if item.code.id == "KT-753"]
    assert [(item.place.cell, item.params["names"]) for item in found] == [("J9", ["Trần Văn An"])]


# Suppositions


def moved_by(folder: Path, text: str) -> tuple[Move, ...]:
    result = suppose(folder / "ra", master(), ON, history(folder), [read_supposition(text)])
    assert result.value is not None
    (effect,) = result.value
    return effect.moves


def supposed(folder: Path, text: str, *individuals: Row) -> list[tuple[str, str, str]]:
    consolidated(folder, individuals=list(individuals))
    moved = moved_by(folder, text)
    return [
        (item.before.award_name, item.before.judgement.outcome.value, item.after.judgement.outcome.value)
        for item in moved
    ]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Trần Văn An: Mức xếp loại=HTNV", "not_eligible"),
        ("CN-1: rating=HTNV", "not_eligible"),
        ("trần văn an: Kỷ luật=Khiển trách", "not_eligible"),
        ("Trần Văn An: Biên bản họp xét=Không", "not_eligible"),
    ],
)
def test_supposed_fact_moves_the_outcome(text: str, after: str, tmp_path: Path) -> None:
    assert supposed(tmp_path, text, person(**AN, rating="HTXSNV")) == [("LĐTT", "eligible", after)]


def test_what_changes_nothing_moves_nothing(tmp_path: Path) -> None:
    text = "Trần Văn An: Mức xếp loại=HTXSNV"
    assert supposed(tmp_path, text, person(**AN, rating="HTXSNV")) == []


def test_supposed_award_of_another_year_moves_the_run(tmp_path: Path) -> None:
    grade: dict[str, Any] = {**GRADE, "initiative": None}
    given = person(**AN, **grade, award="CSTĐ cấp tỉnh", consecutive_cstdcs=None)
    consolidated(tmp_path, individuals=[given])
    (item,) = moved_by(tmp_path, "CN-1: CSTĐCS 2021=có")
    texts = [
        next(reason.text for reason in side.judgement.reasons if reason.rule == "QT-121")
        for side in (item.before, item.after)
    ]
    assert ["1 lần" in texts[0], "2 lần" in texts[1]] == [True, True]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Trần Văn An HTXSNV", "chưa đủ tên, thông tin, giá trị"),
        ("An: Chiều cao=170", "không có thông tin “Chiều cao”"),
        ("An: Mức xếp loại=Giỏi", "“Giỏi” không phải giá trị của “Mức xếp loại”"),
        ("An: Huy hiệu 2021=có", "không có danh hiệu “Huy hiệu”"),
        ("An: CSTĐCS 2021=chắc", "danh hiệu của một năm ghi có hoặc không"),
    ],
)
def test_supposition_that_is_not_understood_is_refused(text: str, reason: str) -> None:
    with pytest.raises(TdktError) as caught:
        read_supposition(text)
    assert (caught.value.finding.code.id, caught.value.finding.params["reason"]) == ("KT-755", reason)


def test_supposition_about_nobody_is_reported_and_nothing_is_judged(tmp_path: Path) -> None:
    consolidated(tmp_path, individuals=[person(**AN)])
    given = [read_supposition("Ai Đó: Kỷ luật=Không")]
    result = suppose(tmp_path / "ra", master(), ON, history(tmp_path), given)
    assert result.value is None
    (finding,) = result.findings
    assert (finding.code.id, finding.params["reason"]) == ("KT-755", "không có đề nghị nào của “Ai Đó”")


def test_each_supposition_is_tried_alone_then_all_together(tmp_path: Path) -> None:
    consolidated(tmp_path, individuals=[person(**AN, rating="HTNV", months_employed=8)])
    texts = ["Trần Văn An: Mức xếp loại=HTXSNV", "Trần Văn An: Số tháng công tác=12"]
    result = suppose(tmp_path / "ra", master(), ON, None, [read_supposition(text) for text in texts])
    outcomes = [
        (effect.text, [item.after.judgement.outcome for item in effect.moves])
        for effect in result.value or ()
    ]
    assert outcomes == [
        (texts[0], [Outcome.NOT_ELIGIBLE]),
        (texts[1], [Outcome.NOT_ELIGIBLE]),
        ("", [Outcome.ELIGIBLE]),
    ]


def test_workbook_with_an_error_is_not_judged_by(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        history(tmp_path, change("ratings", 0, rating="Giỏi"))
    assert (caught.value.finding.code.id, caught.value.finding.params["count"]) == ("KT-757", 1)
