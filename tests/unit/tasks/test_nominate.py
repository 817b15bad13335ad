"""The KT-7xx codes and what a nomination carries, on the tiny organisation of tests/tools/forms.py."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tasks.nominate import nominate
from tests.tools.judged import (
    AN_BINH,
    BINH_HOA,
    LEVEL,
    ON,
    consolidated,
    group,
    master,
    nominated,
    on_day,
    outcome_of,
    params,
    people,
    person,
    told,
)

# The list of leaders


def test_leader_is_the_first_of_the_ranking(tmp_path: Path) -> None:
    result = nominated(tmp_path)
    (leader,) = result.nominations
    assert (leader.candidate.subject, leader.award_name, leader.leads_cluster) == (AN_BINH, "GK huyện", True)
    assert str(leader.candidate.place) == "[cum-01.xlsx]An Bình!dòng 9"


def test_leaders_are_not_proposed_while_no_award_is_set_for_them(tmp_path: Path) -> None:
    result = nominated(tmp_path, chosen=master(""), individuals=[person()])
    assert [item.candidate.subject for item in result.nominations] == ["Trần Văn 1"]
    assert told(result.findings) == [("KT-308", "Tham số")]


def test_leader_takes_the_facts_its_cluster_gave(tmp_path: Path) -> None:
    result = nominated(tmp_path, collectives=[group(award="TTLĐTT", minutes="05/BB")])
    leader = result.nominations[0]
    assert leader.candidate.facts["minutes"].value == "05/BB"
    assert str(leader.candidate.facts["minutes"].place) == "[cum-01.xlsx]Đề nghị tập thể!L9"


def test_leader_proposed_for_the_same_award_stands_once(tmp_path: Path) -> None:
    result = nominated(tmp_path, collectives=[group(award="GK huyện")])
    assert [(item.candidate.subject, item.leads_cluster) for item in result.nominations] == [(AN_BINH, True)]


def test_tied_leaders_are_not_chosen_between(tmp_path: Path) -> None:
    result = nominated(tmp_path, typed=LEVEL)
    assert result.nominations == ()
    assert told(result.findings) == [("KT-707", "[cum-01.xlsx]An Bình!dòng 9")]
    assert params(result.findings, "KT-707") == {
        "cluster": "Cụm thi đua số 1",
        "units": [AN_BINH, BINH_HOA],
    }


def test_leader_of_an_incomplete_cluster_is_provisional(tmp_path: Path) -> None:
    result = nominated(tmp_path, units=("DV-01", "DV-02"))
    assert len(result.nominations) == 1
    assert ("KT-711", "[cum-01.xlsx]An Bình!dòng 9") in told(result.findings)
    assert params(result.findings, "KT-711") == {"cluster": "Cụm thi đua số 1", "missing": 1}


# One proposal


def test_who_meets_every_condition_is_eligible(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=[person()])
    assert outcome_of(result, "Trần Văn 1") is Outcome.ELIGIBLE
    assert "KT-709" not in dict(told(result.findings))


def test_who_fails_a_condition_is_not_eligible(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=[person(months_employed=8)])
    assert outcome_of(result, "Trần Văn 1") is Outcome.NOT_ELIGIBLE
    assert ("KT-709", "[cum-01.xlsx]Đề nghị cá nhân!B9") in told(result.findings)
    found = params(result.findings, "KT-709")
    assert (found["subject"], found["award"]) == ("Trần Văn 1", "LĐTT")
    assert "8" in str(found["reasons"])


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("months_employed", "“Số tháng công tác”"),
        ("rating", "“Mức xếp loại”"),
        ("discipline", "“Kỷ luật”"),
        ("minutes", "“Biên bản họp xét”"),
    ],
)
def test_what_is_not_known_is_asked_for(field: str, label: str, tmp_path: Path) -> None:
    unknown: dict[str, Any] = {field: None}
    result = nominated(tmp_path, individuals=[person(**unknown)])
    assert outcome_of(result, "Trần Văn 1") is Outcome.CANNOT_TELL
    found = next(
        item.params
        for item in result.findings
        if item.code.id == "KT-703" and item.params["subject"] == "Trần Văn 1"
    )
    assert (found["award"], found["facts"]) == ("LĐTT", [label])


def test_rule_known_from_memory_is_to_be_confirmed(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=[person(award="GK huyện")])
    assert outcome_of(result, "Trần Văn 1") is Outcome.UNCONFIRMED
    found = [item for item in result.findings if item.code.id == "KT-704"]
    assert [(str(item.place), item.params["rules"]) for item in found] == [
        ("[cum-01.xlsx]Đề nghị cá nhân!B9", ["QT-311 (NĐ 91/2017/NĐ-CP, Điều 40)"])
    ]


def test_rule_to_be_confirmed_is_said_once_with_everybody_it_bears_on(tmp_path: Path) -> None:
    result = nominated(tmp_path, collectives=[group(award="GK huyện")], individuals=people("GK huyện", 2))
    (found,) = (dict(item.params) for item in result.findings if item.code.id == "KT-704")
    assert (found["count"], found["awards"]) == (3, ["GK huyện"])
    assert found["subjects"] == (
        "[cum-01.xlsx]An Bình: Xã An Bình dòng 9; [cum-01.xlsx]Đề nghị cá nhân: Trần Văn 1 B9, Trần Văn 2 B10"
    )


def test_rules_that_bear_on_the_same_proposals_are_one_cause(tmp_path: Path) -> None:
    result = on_day(
        tmp_path, date(2024, 12, 15), individuals=[person(1), person(2), person(3, award="CSTĐ cấp tỉnh")]
    )
    found = params(result.findings, "KT-704")
    assert found["count"] == 2
    rules = found["rules"]
    assert isinstance(rules, list)
    assert [str(rule).split()[0] for rule in rules] == ["QT-2104", "QT-2401", "QT-2402"]


def test_condition_failed_by_a_rule_without_a_source_leaves_the_conclusion_open(tmp_path: Path) -> None:
    one = [person(discipline="Khiển trách")]
    result = on_day(tmp_path, date(2024, 12, 15), individuals=one)
    assert outcome_of(result, "Trần Văn 1") is Outcome.CANNOT_TELL
    assert ("KT-729", "[cum-01.xlsx]Đề nghị cá nhân!B9") in told(result.findings)
    reasons = str(params(result.findings, "KT-729")["reasons"])
    assert "theo QT-2104 (TT 01/2024/TT-BNV, Điều 1 khoản 5) chưa có văn bản nguồn" in reasons
    assert not [item for item in result.findings if item.code.id == "KT-710" and "Trần" in str(item.params)]


def test_flag_of_the_province_needs_the_rule_of_the_province(tmp_path: Path) -> None:
    result = nominated(tmp_path, collectives=[group(award="Cờ thi đua tỉnh")])
    assert outcome_of(result, AN_BINH) is Outcome.CANNOT_TELL
    assert ("KT-710", "[cum-01.xlsx]Đề nghị tập thể!B9") in told(result.findings)
    found = params(result.findings, "KT-710")
    assert "văn bản của tỉnh" in str(found["reasons"])
    assert (found["count"], found["subjects"]) == (
        1,
        f"[cum-01.xlsx]Đề nghị tập thể: {AN_BINH} B9",
    )


def test_flag_with_the_rule_of_the_province_is_to_be_confirmed(tmp_path: Path) -> None:
    chosen = master(province_flag_rule="12/2023/QĐ-UBND")
    result = nominated(tmp_path, collectives=[group(award="Cờ thi đua tỉnh")], chosen=chosen)
    assert outcome_of(result, AN_BINH) is Outcome.UNCONFIRMED
    assert "KT-710" not in dict(told(result.findings))


def test_flag_is_for_the_leader_only(tmp_path: Path) -> None:
    result = nominated(tmp_path, collectives=[group(BINH_HOA, award="Cờ thi đua tỉnh")])
    assert outcome_of(result, BINH_HOA) is Outcome.NOT_ELIGIBLE


def test_unknown_award_is_not_judged(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=[person(award="CSTDXX")])
    assert [item.candidate.subject for item in result.nominations] == [AN_BINH]
    assert ("KT-705", "[cum-01.xlsx]Đề nghị cá nhân!E9") in told(result.findings)
    assert params(result.findings, "KT-705") == {"text": "CSTDXX", "suggestion": ""}


def test_award_of_another_kind_is_not_judged(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=[person(award="TTLĐTT")])
    assert [item.candidate.subject for item in result.nominations] == [AN_BINH]
    assert ("KT-708", "[cum-01.xlsx]Đề nghị cá nhân!E9") in told(result.findings)
    assert params(result.findings, "KT-708") == {
        "award": "TTLĐTT",
        "expected": ["tập thể"],
        "kind": "cá nhân",
    }


def test_proposal_made_twice_is_an_error_of_the_book(tmp_path: Path) -> None:
    result = consolidated(tmp_path, individuals=[person(1), person(2), person(3, subject="trần văn 1")])
    assert told(result.findings, "KT-503") == [("KT-706", "[cum-01.xlsx]Đề nghị cá nhân!B11")]
    assert params(result.findings, "KT-706") == {
        "subject": "trần văn 1",
        "award": "LĐTT",
        "other": "Đề nghị cá nhân!B9",
    }


def test_book_without_proposals_is_noted(tmp_path: Path) -> None:
    assert told(consolidated(tmp_path).findings, "KT-503") == [("KT-712", "[cum-01.xlsx]")]


def test_coming_change_of_law_is_told(tmp_path: Path) -> None:
    found = params(nominated(tmp_path).findings, "KT-612")
    assert found["day"] == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("subject", "award", "kind"),
    [
        ("Hộ ông Lê Văn Ba", "GK huyện", "household"),
        ("Gia đình bà Trần Thị Tư", "GĐVH", "household"),
        ("Bà Trần Thị Tư, ấp 2", "GĐVH", "household"),
        ("Hội Phụ nữ xã", "GK huyện", "collective"),
        (BINH_HOA, "GK huyện", "collective"),
    ],
)
def test_household_is_told_by_its_award_or_its_name(
    subject: str, award: str, kind: str, tmp_path: Path
) -> None:
    row = {**group(BINH_HOA, award=award), "subject": subject}
    result = nominated(tmp_path, collectives=[row])
    (item,) = (item for item in result.nominations if not item.leads_cluster)
    assert item.candidate.kind.value == kind
    said = [str(finding.place) for finding in result.findings if finding.code.id == "KT-728"]
    assert said == (["[cum-01.xlsx]Đề nghị tập thể!B9"] if kind == "household" else [])
    page = {"household": "Hộ gia đình", "collective": "Tập thể"}[kind]
    sheet = openpyxl.load_workbook(result.outputs[0])[page]
    assert subject in {cell.value for cell in sheet["C"]}


# The input and the output


def test_folder_and_file_give_the_same(tmp_path: Path) -> None:
    given = master()
    consolidated(tmp_path, individuals=[person()], chosen=given)
    folder = nominate(tmp_path / "ra", given, ON, tmp_path / "a")
    file = nominate(tmp_path / "ra" / "tong-hop-huyen.xlsx", given, ON, tmp_path / "b")
    assert folder.nominations == file.nominations
    assert folder.outputs[0].read_bytes() == file.outputs[0].read_bytes()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Tổng quan", ": thiếu trang Tổng quan"),
        ("Xếp hạng", ": thiếu trang Xếp hạng"),
        ("Đề nghị cá nhân", ": thiếu trang Đề nghị cá nhân"),
    ],
)
def test_consolidated_book_must_be_whole(name: str, reason: str, tmp_path: Path) -> None:
    given = master()
    path = consolidated(tmp_path, chosen=given).outputs[0]
    book = openpyxl.load_workbook(path)
    del book[name]
    book.save(path)
    with pytest.raises(TdktError) as caught:
        nominate(path, given, ON, tmp_path / "ra")
    assert caught.value.finding.code.id == "KT-806"
    assert caught.value.finding.params["reason"] == reason


def test_unreadable_book_is_no_consolidated_book(tmp_path: Path) -> None:
    path = tmp_path / "tong-hop-huyen.xlsx"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(TdktError) as caught:
        nominate(path, master(), ON, tmp_path)
    assert caught.value.finding.params["reason"] == ": tệp không đọc được"


def test_facts_keep_the_cells_they_came_from(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=[person()])
    candidate = result.nominations[1].candidate
    assert {name: fact.place.cell for name, fact in candidate.facts.items()} == {
        "rating": "F9",
        "months_employed": "G9",
        "discipline": "H9",
        "under_verification": "I9",
        "initiative": "J9",
        "initiative_reach": "K9",
        "consecutive_cstdcs": "L9",
        "minutes": "M9",
    }


def test_remarks_of_the_master_data_come_first(tmp_path: Path) -> None:
    given = master()
    consolidated(tmp_path, chosen=given)
    remark = nominate(tmp_path / "ra", given, ON, tmp_path / "ra").findings[0]
    again = nominate(tmp_path / "ra", replace(given, remarks=(remark,)), ON, tmp_path / "ra")
    assert again.findings[0] is remark


# Law of other days


def test_what_is_not_entered_is_said_once_before_anything_is_judged(tmp_path: Path) -> None:
    result = nominated(tmp_path, individuals=people("CSTĐCS", 1))
    (finding,) = (item for item in result.findings if item.code.id == "KT-640")
    names = finding.params["names"]
    assert isinstance(names, list)
    assert "Làm tròn tỷ lệ" in names
    assert "Tỷ lệ CSTĐCS (%)" not in names  # the national 15 % holds in 2023
    assert finding.params["count"] == len(names)


def test_nothing_is_said_to_be_missing_once_all_is_entered(tmp_path: Path) -> None:
    entered = {
        "quota_rounding": "Làm tròn xuống",
        "vote_mode": "Biểu quyết",
        "vote_base": "Tổng số thành viên",
        "vote_percent": "70",
        "vote_comparison": "Từ tỷ lệ trở lên",
        "vote_absent": "Không lấy",
        "vote_quorum": "66,7",
        "award_fund": "500000000",
        "dossier_deadline": "trước 05/5",
    }
    result = nominated(tmp_path, chosen=master(**entered), individuals=people("CSTĐCS", 1))
    assert "KT-640" not in {item.code.id for item in result.findings}


def test_percentage_that_nobody_has_set_is_asked_for(tmp_path: Path) -> None:
    case: dict[str, Any] = {
        "individuals": people("CSTĐCS", 1),
        "collectives": [group(members=60, members_ldtt=20)],
    }
    asked = on_day(tmp_path / "a", date(2024, 12, 15), **case)
    assert params(asked.findings, "KT-721")["count"] == 1
    assert "Tỷ lệ CSTĐCS (%)" not in str(params(asked.findings, "KT-640")["names"])  # told once
    chosen = master(cstdcs_percent="15")
    told_of = on_day(tmp_path / "b", date(2024, 12, 15), chosen, **case)
    assert not {"KT-721", "KT-701"} & {item.code.id for item in told_of.findings}


def test_percentage_that_no_proposal_stands_under_is_among_the_rules_missing(tmp_path: Path) -> None:
    refused = people("CSTĐCS", 1, rating="KHTNV")
    asked = on_day(tmp_path, date(2024, 12, 15), individuals=refused)
    assert "KT-721" not in {item.code.id for item in asked.findings}
    assert "Tỷ lệ CSTĐCS (%)" in str(params(asked.findings, "KT-640")["names"])


def test_award_of_an_ended_level_is_named_with_the_regimes_that_knew_it(tmp_path: Path) -> None:
    result = on_day(tmp_path, date(2025, 12, 15), individuals=people("GK huyện", 1))
    ended = [item for item in result.findings if item.code.id == "KT-713"]
    assert [(str(item.place), item.params["current"]) for item in ended] == [
        ("Tham số", "từ ngày 01/01/2020 đến ngày 30/06/2025"),  # what the parameters give the leaders
        ("[cum-01.xlsx]Đề nghị cá nhân!E9", "từ ngày 01/01/2020 đến ngày 30/06/2025"),
    ]
    assert "KT-710" not in {item.code.id for item in result.findings}
    (leader,) = result.nominations
    assert leader.award_name == "GK huyện (không còn áp dụng ngày 15/12/2025)"


def test_law_whose_text_is_not_known_judges_nobody(tmp_path: Path) -> None:
    result = on_day(tmp_path, date(2026, 11, 1), individuals=people("LĐTT", 2))
    assert {outcome_of(result, f"Trần Văn {number}") for number in (1, 2)} == {Outcome.CANNOT_TELL}
    told_of = {
        item.params["award"]: item.params["count"] for item in result.findings if item.code.id == "KT-714"
    }
    assert told_of == {"LĐTT": 2}


@pytest.mark.parametrize(
    ("day", "initiative", "outcome"),
    [
        (date(2023, 12, 31), "Không", Outcome.NOT_ELIGIBLE),
        (date(2024, 1, 1), "Không", Outcome.UNCONFIRMED),
    ],
    ids=str,
)
def test_outstanding_year_stands_for_an_initiative_from_2024_on(
    day: date, initiative: str, outcome: Outcome, tmp_path: Path
) -> None:
    one = [person(award="CSTĐCS", rating="HTXSNV", initiative=initiative)]
    assert outcome_of(on_day(tmp_path, day, individuals=one), "Trần Văn 1") is outcome


def test_achievement_of_one_regime_decided_in_the_next_is_asked_about(tmp_path: Path) -> None:
    one = [person(award="CSTĐCS", rating="HTXSNV", initiative="Không")]
    day = date(2024, 3, 1)
    asked = on_day(tmp_path / "a", day, individuals=one)
    assert params(asked.findings, "KT-724")["period"] == "2023"
    assert outcome_of(asked, "Trần Văn 1") is Outcome.UNCONFIRMED  # R2: HTXSNV stands for the initiative
    by_day = on_day(tmp_path / "b", day, master(criteria_day="Ngày quyết định khen thưởng"), individuals=one)
    assert "KT-724" not in {item.code.id for item in by_day.findings}
    by_year = on_day(tmp_path / "c", day, master(criteria_day="Năm thành tích"), individuals=one)
    assert "KT-724" not in {item.code.id for item in by_year.findings}
    assert outcome_of(by_year, "Trần Văn 1") is Outcome.NOT_ELIGIBLE  # R1 wants the initiative
