from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.quotas import QuotaAnswer, check_quota

QUOTA = load_packs().on(date(2023, 12, 15)).quotas_for("CSTDCS")[0]


def test_result_shows_the_exact_limit() -> None:
    result = check_quota(3, 19, QUOTA, None)
    assert (result.exact, result.limit, result.percent) == (Decimal("2.85"), 2, Decimal(15))
    assert result.text == "15% của 19 LDTT là 2,85; đề nghị 3"


def test_province_may_lower_the_percentage_but_not_raise_it() -> None:
    lower = QUOTA.lowered(Decimal("12.5"))
    assert check_quota(3, 20, lower, None).answer is QuotaAnswer.NEEDS_ROUNDING
    assert check_quota(3, 20, lower, "xuong").answer is QuotaAnswer.EXCEEDED
    for percent in ("15.01", "-1"):
        with pytest.raises(ValueError, match="is not between"):
            QUOTA.lowered(Decimal(percent))


@pytest.mark.parametrize(("count", "base"), [(-1, 20), (1, -20)])
def test_negative_numbers_are_a_programming_error(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        check_quota(count, base, QUOTA, None)


def test_unknown_rounding_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        check_quota(1, 19, QUOTA, "tuỳ")


def test_whole_limit_never_needs_a_rounding() -> None:
    for base in range(0, 200, 20):
        answers = {check_quota(count, base, QUOTA, None).answer for count in range(40)}
        assert QuotaAnswer.NEEDS_ROUNDING not in answers
