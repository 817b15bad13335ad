"""Compare a number of proposals with a quota, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum

from tdkt_xl.findings.render import say
from tdkt_xl.rules.model import Quota
from tdkt_xl.rules.office import Office

ROUNDINGS = {"xuong": ROUND_FLOOR, "len": ROUND_CEILING, "gan_nhat": ROUND_HALF_UP}
"""The province's roundings: down, up, nearest (a half goes up)."""


EXEMPTION, EXEMPT = "quota_exempt", "mien"
"""Parameter by which the office exempts a unit or cluster, and its value that does."""
CLUSTER_LIMIT, UNIT_LIMIT = "cluster_limit", "unit_limit"
"""Parameters by which the province or district limits a number for each cluster, each unit."""


class QuotaAnswer(Enum):
    """Whether the number is within the quota, above it, or only the province's rounding can tell."""

    WITHIN = "within"
    EXCEEDED = "exceeded"
    NEEDS_ROUNDING = "needs_rounding"


@dataclass(frozen=True, slots=True)
class QuotaResult:
    """``exact`` is the unrounded limit; ``limit`` the largest number surely or by rounding allowed."""

    answer: QuotaAnswer
    count: int
    base: int
    percent: Decimal
    exact: Decimal
    limit: int
    text: str


def percent_for(quota: Quota, office: Office, scopes: Sequence[str] = ()) -> Decimal | None:
    """Return the percentage that holds: the office's, else the national one; None when neither is known.

    ``scopes`` are codes of the unit, then its cluster.

    Over a sourced national limit the office's percentage does not count (it was reported as KT-643).
    """
    given = office.find_value(quota.parameter, quota.award, scopes)
    entered = given.value if given else None
    if not isinstance(entered, Decimal):
        return quota.percent
    bounded = quota.percent is not None and quota.basis.status.decides
    return min(entered, quota.percent) if bounded and quota.percent is not None else entered


def check_quota(
    count: int, base: int, quota: Quota, percent: Decimal, rounding: str | None, base_name: str = ""
) -> QuotaResult:
    """Compare ``count`` proposals with ``percent`` of ``base`` holders of the base award.

    Without a ``rounding`` (a key of ROUNDINGS) a number between the limit rounded down and the limit
    rounded up cannot be judged: the national text gives no rounding. ``limit`` is then the lower.
    """
    if count < 0 or base < 0:
        msg = f"negative count {count} or base {base}"
        raise ValueError(msg)
    exact = (percent * base).scaleb(-2)
    low, high = _rounded(exact, "xuong"), _rounded(exact, "len")
    limit = low if rounding is None else _rounded(exact, rounding)
    if count <= limit:
        answer = QuotaAnswer.WITHIN
    elif rounding is None and count <= high:
        answer = QuotaAnswer.NEEDS_ROUNDING
    else:
        answer = QuotaAnswer.EXCEEDED
    text = f"{say(percent)}% của {base} {base_name or quota.base_award} là {say(exact)}; đề nghị {count}"
    return QuotaResult(answer, count, base, percent, exact, limit, text)


def _rounded(exact: Decimal, rounding: str) -> int:
    return int(exact.to_integral_value(ROUNDINGS[rounding]))
