"""The estimate of the rewards: what is counted, what is told, what the workbook shows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.findings import Place
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Judgement, Outcome, Reason
from tdkt_xl.rules.model import Level
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tasks.money import check_estimate, estimate_rewards, money, reward_on
from tdkt_xl.writers.money_book import Estimate, build_money_book, money_in_words
from tdkt_xl.writers.nomination import Nomination
from tests.tools.forms import OFFICE
from tests.tools.judged import consolidated, master, people

ON = date(2023, 12, 15)
PLACE = Place("cum-01.xlsx", "Đề nghị cá nhân", 9, 2)


def proposal(
    subject: str,
    award: str,
    kind: SubjectKind = SubjectKind.INDIVIDUAL,
    outcome: Outcome = Outcome.ELIGIBLE,
    day: date = ON,
) -> Nomination:
    pack = load_packs().on(day)
    candidate = Candidate(subject, kind, "DV-01", "Xã An Bình", "C01", award, "", PLACE, {})
    reason = Reason("QT-101", "Luật", "chữ", Answer.PASS, Status.SOURCED, (PLACE,))
    return Nomination(candidate, pack.short(award), Judgement(outcome, (reason,)), leads_cluster=False)


def estimate(*items: Nomination, day: date = ON, entered: Mapping[str, str] | None = None) -> Estimate:
    return estimate_rewards(items, master("GK huyện", **(entered or {})), day)


def told(found: Estimate) -> list[str]:
    return [item.code.id for item in check_estimate(found)]


def test_total_adds_what_is_paid() -> None:
    found = estimate(
        proposal("An", "LDTT"),  # 0,3 × 1.800.000 = 540.000, nhường CSTĐCS
        proposal("An", "CSTDCS"),  # 1.800.000
        proposal("Bình", "LDTT"),  # 540.000
        proposal("Chi", "CSTDT"),  # 5.400.000, cấp tỉnh chi
        proposal("Dũng", "LDTT", outcome=Outcome.NOT_ELIGIBLE),
    )
    assert found.total == Decimal(1_800_000 + 540_000 + 5_400_000)
    assert found.own_total == Decimal(1_800_000 + 540_000)
    assert [line.paid for line in found.lines] == [0, 1_800_000, 540_000, 5_400_000]
    assert told(found) == ["KT-719"]


def test_proposals_that_wait_are_shown_apart() -> None:
    found = estimate(proposal("An", "LDTT"), proposal("Bình", "LDTT", outcome=Outcome.CANNOT_TELL))
    (group,) = found.groups
    assert (group.amount, group.waiting) == (Decimal(1_080_000), Decimal(540_000))


def test_reward_that_is_not_known_is_told_and_not_counted() -> None:
    home = proposal("Hộ ông An", "GK_HUYEN", SubjectKind.HOUSEHOLD)
    found = estimate(home)
    (finding,) = check_estimate(found)
    assert (finding.code.id, found.total) == ("KT-715", Decimal(0))
    assert "mã QT-523" in str(finding.params["expected"])
    entered = estimate(home, entered={"QT-523": "0,45"})
    assert (told(entered), entered.total) == ([], Decimal(810_000))


def test_award_the_day_does_not_know_is_told_and_not_left_out() -> None:
    found = estimate(proposal("An", "GK_HUYEN", day=date(2025, 12, 15)), day=date(2025, 12, 15))
    assert (told(found), len(found.lines), found.total) == (["KT-715"], 1, Decimal(0))


def test_multiplier_of_memory_is_told() -> None:
    (found,) = check_estimate(estimate(proposal("An", "GK_HUYEN")))
    assert (found.code.id, found.params["text"]) == ("KT-720", "NĐ 91/2017/NĐ-CP, Điều 73 khoản 1")
    assert told(estimate(proposal("An", "GK_HUYEN"), entered={"QT-521": "Áp dụng"})) == []


def test_roundings_that_differ_are_told_with_their_amounts() -> None:
    day = date(2024, 12, 15)
    found = estimate(proposal("An", "LDTT", day=day), proposal("Bình", "LDTT", day=day), day=day)
    (finding,) = check_estimate(found)
    assert (finding.code.id, finding.params["exact"], finding.params["value"]) == (
        "KT-716",
        "702.000",
        "710.000",
    )
    assert finding.params["text"] == "làm tròn gần nhất 700.000, không làm tròn 702.000"
    assert found.total == Decimal(1_420_000)


@pytest.mark.parametrize(("fund", "codes"), [("540000", []), ("539999", ["KT-717"])])
def test_fund_pays_the_awards_of_its_own_level(fund: str, codes: list[str]) -> None:
    found = estimate(proposal("An", "LDTT"), proposal("Chi", "CSTDT"), entered={"award_fund": fund})
    assert told(found) == codes


@pytest.mark.parametrize(
    ("day", "level"), [(date(2025, 6, 30), Level.DISTRICT), (date(2025, 7, 1), Level.COMMUNE)], ids=str
)
def test_fund_is_the_communes_once_there_is_no_district(day: date, level: Level) -> None:
    assert estimate(proposal("An", "LDTT", day=day), day=day).own_level is level


@pytest.mark.parametrize(
    ("award", "day", "kind", "amount"),
    [
        ("LĐTT", date(2023, 6, 30), "", "450000"),
        ("LĐTT", date(2023, 7, 1), "", "540000"),
        ("bằng khen tỉnh", date(2023, 12, 31), "Cá nhân", "1800000"),
        ("bằng khen tỉnh", date(2024, 1, 1), "cá nhân", "2700000"),
        ("bằng khen tỉnh", date(2024, 1, 1), "tập thể", "5400000"),
    ],
)
def test_reward_by_the_name_in_a_cell(award: str, day: date, kind: str, amount: str) -> None:
    found = reward_on(award, day, kind)
    assert found is not None
    assert found.amount == Decimal(amount)


@pytest.mark.parametrize(("award", "kind"), [("CSTDXX", ""), ("LĐTT", "tập thể"), ("LĐTT", "người")])
def test_no_reward_for_what_does_not_exist(award: str, kind: str) -> None:
    assert reward_on(award, ON, kind) is None


def test_amount_in_words() -> None:
    assert money_in_words(Decimal(113_760_000)) == ("Một trăm mười ba triệu bảy trăm sáu mươi nghìn đồng")
    assert money_in_words(Decimal(0)) == "Không đồng"


def test_workbook_shows_every_line_its_article_and_the_totals(tmp_path: Path) -> None:
    given = master(award_fund="1000000")
    consolidated(tmp_path, individuals=people("LĐTT", 2), chosen=given)
    result = money(tmp_path / "ra", given, ON, tmp_path / "ra")
    (path,) = result.outputs
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Tổng hợp", "Dự toán tiền thưởng", "Cách làm tròn"]
    lines = texts(book["Dự toán tiền thưởng"])
    assert any("Luật" in row or "NĐ 91/2017/NĐ-CP, Điều 69 khoản 1 điểm d" in row for row in lines)
    summary = texts(book["Tổng hợp"])
    assert any("Bằng chữ: " in row for row in summary)
    assert any(row.startswith("Còn lại") or "| Còn lại |" in f"| {row} |" for row in summary)
    listed = result.as_document()["lines"]
    assert isinstance(listed, list)
    assert [item["amount"] for item in listed][-2:] == ["540000", "540000"]
    assert "KT-717" in {item.code.id for item in result.findings}


def texts(sheet: Any) -> list[str]:
    return [" | ".join(str(cell) for cell in row if cell is not None) for row in sheet.values]


def test_empty_estimate_is_a_workbook_too() -> None:
    assert build_money_book(estimate(), OFFICE)
