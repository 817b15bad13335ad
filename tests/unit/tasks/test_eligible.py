"""Fourteen cases of the sample district, worked out by hand against the fact base of the law.

Each case names the person, the award, the day of decision, the outcome the history alone allows, and for
the conditions that decide: rule, what is concluded, the number reckoned by hand, and the article.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO

import openpyxl
import pytest

from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.eligible import chosen_awards, chosen_units, find_prospects, read_chosen_period
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.people_book import load_usable
from tdkt_xl.writers.prospects_book import Prospect, build_prospects_book
from tests.tools.forms import OFFICE, tiny_master
from tests.tools.runs import ROOT

YEAR = Period(2023, 2023)
R1, R2 = date(2023, 12, 15), date(2024, 3, 15)


@dataclass(frozen=True)
class Case:
    """One hand calculation; ``deciding`` holds (rule, outcome, start of the text, article)."""

    code: str
    award: str
    day: date
    by_history: str
    deciding: tuple[tuple[str, str, str, str], ...]
    because: str


CASES = [
    Case(
        "CN-0001", "CSTDT", R1, "unconfirmed",
        (
            ("QT-121", "eligible", "3 lần liên tục đạt CSTĐCS", "Luật TĐKT 2003, Điều 22"),
            ("QT-122", "unconfirmed", "sáng kiến có phạm vi toàn tỉnh", "NĐ 91/2017/NĐ-CP, Điều 9 khoản 2"),
        ),
        "CSTĐCS 2020, 2021, 2022: ba lần liên tục (§2.1, S39); sáng kiến phạm vi tỉnh, điều này chỉ mem-H",
    ),
    Case(
        "CN-0001", "CSTDT", R2, "eligible",
        (
            ("QT-2121", "eligible", "3 lần liên tục đạt CSTĐCS", "Luật TĐKT 2022, Điều 22"),
            ("QT-2122", "eligible", "sáng kiến có phạm vi toàn tỉnh", "Luật TĐKT 2022, Điều 22"),
        ),
        "như trên, nhưng từ 01/01/2024 cả hai điều kiện có nguồn (§2.1, S40)",
    ),
    Case(
        "CN-0002", "CSTDCS", R1, "eligible",
        (
            ("QT-101", "eligible", "xếp loại “Hoàn thành tốt nhiệm vụ”", "Luật TĐKT 2003, Điều 24"),
            ("QT-102", "eligible", "136 tháng công tác", "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),
            ("QT-103", "eligible", "không bị kỷ luật", "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),
            ("QT-111", "eligible", "có quyết định công nhận sáng kiến", "Luật TĐKT 2003, Điều 23"),
        ),
        "HTTNV; 01/9/2012 đến 31/12/2023 là 11 năm 4 tháng = 136 tháng; có sáng kiến năm 2023",
    ),
    Case(
        "CN-0002", "CSTDT", R1, "not_eligible",
        (("QT-121", "not_eligible", "2 lần liên tục đạt CSTĐCS", "Luật TĐKT 2003, Điều 22"),),
        "CSTĐCS 2021, 2022; năm 2020 chỉ LĐTT, hồ sơ đủ từ 2019 nên 2020 chắc chắn không có",
    ),
    Case(
        "CN-0003", "CSTDCS", R1, "not_eligible",
        (("QT-111", "not_eligible", "không có quyết định công nhận sáng kiến", "Luật TĐKT 2003, Điều 23"),),
        "HTXSNV nhưng năm 2023 không có sáng kiến; R1 bắt buộc sáng kiến, HTXSNV không thay được (S32, S33)",
    ),
    Case(
        "CN-0003", "CSTDCS", R2, "unconfirmed",
        (
            ("QT-2111", "eligible", "xếp loại “Hoàn thành xuất sắc nhiệm vụ”", "Luật TĐKT 2022, Điều 23"),
            ("QT-2104", "unconfirmed", "không bị kỷ luật", "TT 01/2024/TT-BNV, Điều 1 khoản 5"),
        ),
        "từ 01/01/2024 HTXSNV là đủ, không cần sáng kiến (S34); điều về kỷ luật chỉ mem-M nên phải xác nhận",
    ),
    Case(
        "CN-0004", "CSTDT", R1, "unconfirmed",
        (("QT-121", "eligible", "3 lần liên tục đạt CSTĐCS", "Luật TĐKT 2003, Điều 22"),),
        "giáo viên: năm học 2019-2020, 2020-2021, 2021-2022, tính là 2020, 2021, 2022",
    ),
    Case(
        "CN-0005", "LDTT", R1, "not_eligible",
        (("QT-103", "not_eligible", "bị kỷ luật “Khiển trách”", "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),),
        "khiển trách ngày 12/6/2023, trong năm xét (§7, S105 S107)",
    ),
    Case(
        "CN-0006", "LDTT", R1, "eligible",
        (("QT-102", "eligible", "84 tháng công tác", "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),),
        "01/9/2016 đến 31/8/2023 là 7 năm = 84 tháng; thai sản 03/10/2022-02/4/2023 vẫn tính (S109)",
    ),
    Case(
        "CN-0007", "CSTDT", R1, "not_eligible",
        (("QT-121", "not_eligible", "1 lần liên tục đạt CSTĐCS", "Luật TĐKT 2003, Điều 22"),),
        "CSTĐCS 2020 và 2022, đứt ở 2021: chuỗi gần nhất chỉ một lần",
    ),
    Case(
        "CN-0008", "LDTT", R1, "eligible",
        (("QT-102", "eligible", "10 tháng công tác", "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),),
        "tuyển dụng 01/3/2023: đủ đúng 10 tháng ở ngày 31/12/2023",
    ),
    Case(
        "CN-0009", "LDTT", R1, "not_eligible",
        (("QT-102", "not_eligible", "9 tháng công tác", "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),),
        "hợp đồng từ 02/3/2023 cùng cơ quan rồi tuyển dụng 01/6/2023: thiếu một ngày mới đủ 10 tháng",
    ),
    Case(
        "CN-0009", "LDTT", R2, "unconfirmed",
        (("QT-2103", "eligible", "9 tháng công tác", "TT 01/2024/TT-BNV, Điều 1 khoản 5 điểm d"),),
        "từ 2024 chỉ loại người dưới 6 tháng (S106)",
    ),
    Case(
        "CN-0010", "BK_TINH", R2, "eligible",
        (
            (
                "QT-2301", "eligible", "4 năm liên tục HTXSNV, yêu cầu từ 2 năm liên tục HTXSNV; 2 sáng kiến",
                "Luật TĐKT 2022, Điều 74 khoản 1 điểm d",
            ),
        ),
        "HTXSNV 2020-2023; sáng kiến 2022, 2023 trong thời gian đó (S58)",
    ),
    Case(
        "CN-0011", "LDTT", R1, "cannot_tell",
        (("QT-101", "cannot_tell", "chưa có “Mức xếp loại”", "Luật TĐKT 2003, Điều 24"),),
        "năm học 2022-2023 chưa ghi xếp loại: không đoán",
    ),
    Case(
        "CN-0012", "LDTT", R1, "not_eligible",
        (("QT-101", "not_eligible", "xếp loại “Hoàn thành nhiệm vụ”", "Luật TĐKT 2003, Điều 24"),),
        "HTNV thấp hơn HTTNV",
    ),
    Case(
        "TT-0001", "BK_TINH", R2, "unconfirmed",
        (("QT-2302", "unconfirmed", "3 năm liên tục HTXSNV", "Luật TĐKT 2022, Điều 74"),),
        "HTXSNV 2021, 2022, 2023; điều cho tập thể chỉ mem-M",
    ),
    Case(
        "TT-0002", "TTLDXS", R1, "not_eligible",
        (("QT-211", "not_eligible", "xếp loại “Hoàn thành tốt nhiệm vụ”", "Luật TĐKT 2003, Điều 27"),),
        "năm 2023 chỉ HTTNV, TTLĐXS cần HTXSNV (S45)",
    ),
]  # fmt: skip


@cache
def prospects(day: date) -> dict[tuple[str, str], Prospect]:
    master = load_master(ROOT / "workbooks" / "danh-muc.xlsx")
    people = load_usable(ROOT / "workbooks" / "ho-so-khen-thuong.xlsx", master.register)
    return {
        (item.nomination.subject.code, item.nomination.candidate.award): item
        for item in find_prospects(people.history, master, YEAR, day)
        if item.nomination.subject
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.award}-{case.day}")
def test_hand_calculation(case: Case) -> None:
    found = prospects(case.day)[case.code, case.award]
    assert found.by_history.value == case.by_history, case.because
    given = {
        reason.rule: (reason.outcome.value, reason.text, reason.citation)
        for reason in found.nomination.judgement.reasons
    }
    for rule, outcome, text, article in case.deciding:
        said = given[rule]
        assert (said[0], said[1][: len(text)], said[2]) == (outcome, text, article), case.because


def test_at_least_ten_subjects_are_worked_out() -> None:
    assert len({case.code for case in CASES}) >= 10


def test_every_reason_shows_cells_of_the_workbook() -> None:
    for item in prospects(R1).values():
        for reason in item.nomination.judgement.reasons:
            assert reason.places
            assert all(place.file == "ho-so-khen-thuong.xlsx" and place.row for place in reason.places)


def test_only_a_dossier_can_make_a_prospect_eligible() -> None:
    found = prospects(R1)["CN-0002", "CSTDCS"]
    assert found.nomination.judgement.outcome.value == "cannot_tell"
    assert found.needed_labels == ("Đang bị xem xét, xác minh", "Biên bản họp xét")


def test_title_given_for_the_period_is_left_out() -> None:
    master = load_master(ROOT / "workbooks" / "danh-muc.xlsx")
    people = load_usable(ROOT / "workbooks" / "ho-so-khen-thuong.xlsx", master.register)
    found = find_prospects(people.history, master, Period(2022, 2022), R1, ["CSTDCS", "LDTT"], ["CQ-08"])
    awards = [item.award_name for item in (one.nomination for one in found) if item.subject]
    assert "CSTĐCS" not in [
        item.nomination.award_name
        for item in found
        if item.nomination.subject and item.nomination.subject.code == "CN-0001"
    ]
    assert "LĐTT" in awards


def test_choices_are_read_by_name() -> None:
    assert read_chosen_period("2022-2023") == Period(2022, 2023)
    assert chosen_awards(["lđtt", "Chiến sĩ thi đua cơ sở"]) == ["LDTT", "CSTDCS"]
    assert chosen_units(["xã an bình"], tiny_master()) == ["DV-01"]


def test_choice_that_is_none_is_refused() -> None:
    refused = []
    with pytest.raises(TdktError) as caught:
        read_chosen_period("kỳ này")
    refused.append(caught.value.finding)
    with pytest.raises(TdktError) as caught:
        chosen_awards(["LĐTTX"])
    refused.append(caught.value.finding)
    with pytest.raises(TdktError) as caught:
        chosen_units(["Xã Lạ"], tiny_master())
    refused.append(caught.value.finding)
    assert {finding.code.id for finding in refused} == {"KT-758"}
    assert [finding.params["text"] for finding in refused] == ["kỳ này", "LĐTTX", "Xã Lạ"]


def test_workbook_lists_the_surest_first_and_leaves_out_the_refused() -> None:
    items = [item for (code, _), item in prospects(R1).items() if code in {"CN-0002", "CN-0003", "CN-0010"}]
    content = build_prospects_book(items, "R1", R1, OFFICE)
    page = openpyxl.load_workbook(BytesIO(content))["Có thể đề nghị"]
    outcomes = [row[5].value for row in page.iter_rows() if isinstance(row[0].value, int)]
    order = ["Đủ điều kiện", "Đủ, cần xác nhận quy định", "Chưa đủ căn cứ"]
    assert outcomes == sorted(outcomes, key=lambda text: order.index(str(text)))
    assert set(outcomes) == set(order)
