"""What the law says on a day, the article behind a code, and what changed between two days."""

import re
from datetime import date

import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.rules.ballots import BallotAnswer, Vote
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tasks.rulebook import (
    all_statements,
    compare_days,
    judge_vote,
    list_entries,
    list_missing,
    show_entry,
)
from tests.tools.forms import tiny_master

DAY = date(2023, 12, 15)


def test_every_code_is_shown_with_its_article_and_certainty() -> None:
    for code, item in all_statements(load_packs()).items():
        (entry,) = show_entry(code)
        text = "\n".join(entry.lines())
        assert item.basis.citation in text
        assert item.basis.status.label in text
        assert item.paraphrase in text
        assert (entry.since, entry.source) == (item.since, item.basis.source)


def test_code_may_be_typed_in_any_case_and_an_award_by_any_name() -> None:
    assert [entry.code for entry in show_entry("qt-102")] == ["QT-102"]
    codes = {entry.code for entry in show_entry("chiến sỹ thi đua cơ sở")}
    assert {"QT-111", "QT-2111", "QT-901", "QT-2901", "QT-503", "QT-702"} <= codes
    assert "QT-202" not in codes


@pytest.mark.parametrize("text", ["QT-9999", "Lao động xuất sắc", ""])
def test_unknown_code_is_refused(text: str) -> None:
    with pytest.raises(TdktError) as caught:
        show_entry(text)
    assert caught.value.finding.code is catalogues.UNKNOWN_STATEMENT


def test_end_of_a_statement_is_the_day_before_the_next_or_the_end_of_its_text() -> None:
    ends = {code: show_entry(code)[0].until for code in ("QT-102", "QT-2102", "QT-2103", "QT-3102", "QT-001")}
    assert ends == {
        "QT-102": date(2023, 12, 31),
        "QT-2102": date(2024, 2, 23),
        "QT-2103": date(2025, 8, 4),
        "QT-3102": date(2026, 9, 30),
        "QT-001": date(2023, 6, 30),
    }
    assert show_entry("QT-004")[0].until is None
    assert show_entry("QT-4001")[0].until is None


def test_list_of_a_day_holds_what_is_in_force_and_no_more() -> None:
    entries = list_entries(DAY)
    pack = load_packs().on(DAY)
    assert {entry.code for entry in entries} == {item.id for item in pack.statements} | {"QT-002"}
    only = list_entries(DAY, "LĐTT")
    assert {entry.code for entry in only} == {"QT-101", "QT-102", "QT-103", "QT-401", "QT-402"} | {
        "QT-504",
        "QT-602",
        "QT-701",
    }


@pytest.mark.parametrize("award", ["GK huyện", "Lao động xuất sắc"])
def test_award_the_day_does_not_know_is_refused(award: str) -> None:
    for ask in (list_entries, lambda day, text: list_missing(tiny_master(), day, text)):
        with pytest.raises(TdktError) as caught:
            ask(date(2025, 12, 15), award)
        assert caught.value.finding.code is catalogues.UNKNOWN_STATEMENT


def test_difference_between_two_days() -> None:
    found = compare_days(date(2024, 2, 23), date(2024, 2, 24))
    assert [entry.code for entry in found.gone] == ["QT-2102"]
    assert [entry.code for entry in found.new] == ["QT-2103", "QT-2104", "QT-2824"]
    assert found.moved == ()
    assert compare_days(DAY, DAY) == compare_days(date(2023, 12, 1), DAY)


def test_what_says_the_same_by_another_text_is_told_apart_from_what_changed() -> None:
    found = compare_days(date(2025, 6, 30), date(2025, 7, 1))
    moved = {(old.code, new.code) for old, new in found.moved}
    assert ("QT-2504", "QT-3504") in moved  # LĐTT 0,3 by NĐ 98, then by NĐ 152
    new = {entry.code: entry.value for entry in found.new}
    gone = {entry.code: entry.value for entry in found.gone}
    assert (gone["QT-2525"], new["QT-3522"]) == ("0,15", "0,3")  # commune certificate


def test_base_salary_changes_with_the_day() -> None:
    found = compare_days(date(2023, 6, 30), date(2023, 7, 1))
    assert [entry.code for entry in (*found.gone, *found.new)] == ["QT-001", "QT-002"]


def test_day_without_rules_is_refused() -> None:
    with pytest.raises(TdktError, match="chưa có gói quy tắc"):
        list_entries(date(2030, 1, 1))


def test_vote_is_judged_with_the_statement_it_rests_on() -> None:
    result, entry = judge_vote(tiny_master(), DAY, "CSTĐ cấp tỉnh", Vote(11, 11, 10))
    assert (result.answer, entry.code) == (BallotAnswer.PASSED, "QT-601")
    result, entry = judge_vote(tiny_master(), DAY, "LĐTT", Vote(11, 11, 11))
    assert (result.answer, entry.code) == (BallotAnswer.NEEDS_RULE, "QT-602")
    with pytest.raises(TdktError, match="không phải mã quy tắc"):
        judge_vote(tiny_master(), DAY, "CSTDXX", Vote(11, 11, 10))


def test_missing_of_a_day_counts_every_award_when_none_is_named() -> None:
    one = {item.key for item in list_missing(tiny_master(), DAY, "CSTĐCS")}
    every = {item.key for item in list_missing(tiny_master(), DAY)}
    assert one < every
    assert {"QT-523", "QT-322", "province_flag_rule"} <= every


def test_codes_have_one_form() -> None:
    assert all(re.fullmatch(r"QT-\d{3,4}", code) for code in all_statements(load_packs()))
