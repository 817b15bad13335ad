from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.quotas import QuotaAnswer, check_quota, percent_for

from .words import NOTHING_ENTERED, office

FIFTEEN = Decimal(15)
QUOTA = load_packs().on(date(2023, 12, 15)).quotas_for("CSTDCS")[0]


def test_result_shows_the_exact_limit() -> None:
    result = check_quota(3, 19, QUOTA, FIFTEEN, None, "LĐTT")
    assert (result.exact, result.limit, result.percent) == (Decimal("2.85"), 2, Decimal(15))
    assert result.text == "15% của 19 LĐTT là 2,85; đề nghị 3"


def test_province_may_lower_the_percentage_but_not_raise_it() -> None:
    entered = office({"Tỷ lệ CSTĐCS (%)": "12,5"})
    lower = percent_for(QUOTA, entered)
    assert lower == Decimal("12.5")
    assert check_quota(3, 20, QUOTA, lower, None).answer is QuotaAnswer.NEEDS_ROUNDING
    assert check_quota(3, 20, QUOTA, lower, "xuong").answer is QuotaAnswer.EXCEEDED
    assert percent_for(QUOTA, office({"Tỷ lệ CSTĐCS (%)": "18"})) == FIFTEEN


def test_where_no_national_percentage_is_known_the_province_is_asked() -> None:
    quota = load_packs().on(date(2024, 1, 1)).quotas_for("CSTDCS")[0]
    assert percent_for(quota, NOTHING_ENTERED) is None
    assert percent_for(quota, office({"Tỷ lệ CSTĐCS (%)": "18"})) == 18


@pytest.mark.parametrize(("count", "base"), [(-1, 20), (1, -20)])
def test_negative_numbers_are_a_programming_error(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        check_quota(count, base, QUOTA, FIFTEEN, None)


def test_unknown_rounding_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        check_quota(1, 19, QUOTA, FIFTEEN, "tuỳ")


def test_whole_limit_never_needs_a_rounding() -> None:
    for base in range(0, 200, 20):
        answers = {check_quota(count, base, QUOTA, FIFTEEN, None).answer for count in range(40)}
        assert QuotaAnswer.NEEDS_ROUNDING not in answers
