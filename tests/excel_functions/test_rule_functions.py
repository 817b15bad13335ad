"""Functions that rest on a rule: the same answers as the rule itself, and a reason wherever there is none."""

import datetime as dt
from decimal import Decimal

import pytest

from tdkt_xl.domain.scoring.proportional import proportional_points
from tdkt_xl.domain.scoring.worked import Worked, to_decimal
from tdkt_xl.excel.function_cells import NA, NUM, VALUE, Fault
from tdkt_xl.excel.rule_functions import day_of, decoded, proportional, rewards
from tdkt_xl.tasks.money import reward_on
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.legacy_text import typed

DAY = dt.datetime(2023, 12, 15, tzinfo=dt.UTC)
AWARDS = ("LĐTT", "CSTĐCS", "TTLĐTT", "TTLĐXS")


def fault(answer: list[list[object]]) -> tuple[int, str]:
    ((cell,),) = answer
    assert isinstance(cell, Fault)
    return cell.code, cell.reason


# ---- TDKT_TCVN3


@pytest.mark.parametrize("text", ["Nguyễn Thị Đào", "Ủy ban nhân dân huyện Vĩnh Cửu", "kỷ luật"])
def test_old_encodings_become_unicode(text: str) -> None:
    assert decoded([[typed(text.lower(), Encoding.TCVN3)]]) == [[text.lower()]]
    assert decoded([[typed(text, Encoding.VNI)]], [["vni"]]) == [[text]]


def test_what_is_unicode_or_no_text_stays() -> None:
    row: list[object] = ["Trần Văn Bền", 9.5, None, True, "ABC 123"]
    assert decoded([row]) == [row]
    assert decoded([["#N/A"]]) == [[Fault(NA, "ô đầu vào đang báo lỗi")]]


def test_letters_of_another_encoding_are_refused() -> None:
    code, reason = fault(decoded([["Ï ± ÿ"]]))
    assert code == VALUE
    assert "không thuộc bảng mã TCVN3" in reason


@pytest.mark.parametrize("encoding", [[["VISCII"]], [[5]]])
def test_an_unknown_encoding_is_a_fault(encoding: list[list[object]]) -> None:
    assert fault(decoded([["a"]], encoding)) == (VALUE, "bảng mã phải ghi là TCVN3 hoặc VNI")


# ---- TDKT_DIEMTYLE


@pytest.mark.parametrize(
    ("result", "target"), [("95", "100"), ("107.9", "100"), ("69.99", "100"), ("2", "3")]
)
def test_points_are_those_of_the_rule(result: str, target: str) -> None:
    expected = proportional_points(
        Decimal(10),
        Decimal(target),
        Decimal(result),
        at_target=Decimal(8),
        over_percent=Decimal("0.2"),
        floor_percent=Decimal(70),
    )
    assert isinstance(expected, Worked)
    answer = proportional(
        [[10]], [[target.replace(".", ",")]], [[result.replace(".", ",")]], [[8]], [["0,2"]], [[70]]
    )
    assert answer == [[to_decimal(expected.points)]]


def test_points_over_ranges() -> None:
    assert proportional([[10]], [[100], [50]], [[50], [50]]) == [[Decimal(5)], [Decimal(10)]]
    assert proportional([[10]], [[100]], [[50, None]]) == [[Decimal(5), None]]
    assert fault(proportional([[10]], [[None]], [[5]])) == (NA, "chưa có chỉ tiêu")
    answer = proportional([[10]], [[1], [2], [3]], [[5], [6]])
    assert answer == [[Fault(VALUE, "hai vùng phải cùng số dòng, số cột")]] * 2


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (([[10]], [[0]], [[5]]), NUM, "lớn hơn 0"),
        (([[10]], [[5]], [[-1]]), NUM, "nhỏ hơn 0"),
        (([[0]], [[5]], [[5]]), VALUE, "điểm tối đa"),
        (([[None]], [[5]], [[5]]), VALUE, "điểm tối đa"),
        (([["x"]], [[5]], [[5]]), VALUE, "không phải là số"),
        (([[10]], [["x"]], [[5]]), VALUE, "không phải là số"),
        (([[10]], [[5]], [["#DIV/0!"]]), 2007, "đang báo lỗi"),
        (([[10]], [[5]], [[5]], [["x"]]), VALUE, "không phải là số"),
        (([[10, 20]], [[5]], [[5]]), VALUE, "chỉ nhận một ô"),
    ],
)
def test_no_points_without_a_reason(arguments: tuple[list[list[object]], ...], code: int, word: str) -> None:
    found, reason = fault(proportional(*arguments))
    assert found == code
    assert word in reason


# ---- TDKT_TIENTHUONG


@pytest.mark.parametrize("award", AWARDS)
@pytest.mark.parametrize("day", [dt.date(2023, 6, 30), dt.date(2023, 7, 1), dt.date(2024, 7, 1)])
def test_money_is_that_of_the_law(award: str, day: dt.date) -> None:
    expected = reward_on(award, day)
    assert expected is not None
    ((found,),) = rewards([[award]], [[dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)]])
    if expected.status.decides and expected.amount is not None:
        assert found == expected.amount
    else:
        assert isinstance(found, Fault)
        assert found.code == NA


def test_money_over_ranges() -> None:
    same = reward_on("LĐTT", dt.date(2023, 12, 15))
    assert same is not None
    assert rewards([["LĐTT"], [None], [" "]], [[DAY]]) == [[same.amount], [None], [None]]
    assert rewards([["LĐTT", "#N/A"]], [[DAY, DAY]])[0][1] == Fault(NA, "ô đầu vào đang báo lỗi")


def test_a_number_without_a_source_is_never_given() -> None:
    answers = rewards([[name] for name in ("Bằng khen của Bộ", "BK tỉnh", "Giấy khen", "GK")], [[DAY]])
    for (answer,) in answers:
        assert isinstance(answer, (Decimal, Fault))
    code, reason = fault(rewards([["Danh hiệu lạ"]], [[DAY]]))
    assert code == NA
    assert "“Danh hiệu lạ” vào ngày 15/12/2023" in reason
    assert fault(rewards([["LĐTT"]], [[DAY]], [["hộ gia đình"]]))[0] == NA
    assert "(KT" not in fault(rewards([["LĐTT"]], [["1/1/1990"]]))[1]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (DAY, dt.date(2023, 12, 15)),
        (45275.0, dt.date(2023, 12, 15)),
        (45275, dt.date(2023, 12, 15)),
        ("15/12/2023", dt.date(2023, 12, 15)),
        (" 1-7-2023 ", dt.date(2023, 7, 1)),
    ],
)
def test_days(cell: object, day: dt.date) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", [None, "", "31/02/2023", "hôm nay", True, 5, 3e6, "#N/A"])
def test_no_days(cell: object) -> None:
    assert isinstance(day_of(cell), Fault)
