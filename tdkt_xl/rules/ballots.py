"""Judge a vote of a council: secret or open, of whom the share is, what share passes, who must be there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from tdkt_xl.findings.render import say
from tdkt_xl.rules.model import RulePack
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.statements import BallotRule


class BallotAnswer(Enum):
    """Whether the vote passes, fails, could not be held, or only the council's own rules can tell."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"
    NEEDS_RULE = "needs_rule"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {
            "passed": "Đạt",
            "failed": "Không đạt",
            "no_quorum": "Không đủ người để họp",
            "needs_rule": "Chưa đủ căn cứ",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote: members of the council, how many were present, how many agreed, by writing included."""

    members: int
    present: int
    agreed: int

    def __post_init__(self) -> None:
        if not (self.members > 0 and 0 <= self.present <= self.members and 0 <= self.agreed <= self.members):
            msg = f"impossible vote {self}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class BallotResult:
    """``needed`` is the least number of votes that passes, None when it is not known."""

    answer: BallotAnswer
    needed: int | None
    text: str


def ballot_for(award: str, pack: RulePack, office: Office) -> BallotRule | None:
    """Return how a council votes on an award: the law's word, else what the office entered of its rules."""
    law = pack.find_ballot(award)
    if law is None:
        return None
    entered: dict[str, object] = {}
    for key, (name, read) in _GIVEN.items():
        given = office.find_value(key, award)
        if given is not None and getattr(law, name) is None:
            entered[name] = read(given.value)
    return replace(law, **entered)  # type: ignore[arg-type]  # each value is of its field's type


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


_GIVEN: Mapping[str, tuple[str, Callable[[object], object]]] = {
    "vote_mode": ("secret", lambda value: value == "phieu_kin"),
    "vote_base": ("of_all", lambda value: value == "tong_so"),
    "vote_percent": ("threshold", _decimal),
    "vote_comparison": ("strict", lambda value: value == "tren"),
    "vote_absent": ("absent", lambda value: value == "bang_van_ban"),
    "vote_quorum": ("quorum", _decimal),
}


def votes_needed(threshold: Decimal, base: int, *, strict: bool) -> int:
    """Return the least number of votes that reaches, or exceeds, a share of ``base`` in per cent; exact."""
    share = Fraction(threshold) * base / 100
    return floor(share) + 1 if strict else ceil(share)


def check_vote(vote: Vote, ballot: BallotRule) -> BallotResult:
    """Judge a vote; what is neither in the law nor entered by the office is never assumed."""
    if ballot.threshold is None or ballot.of_all is None or ballot.strict is None:
        return BallotResult(
            BallotAnswer.NEEDS_RULE, None, "tỷ lệ phiếu theo Quy chế hoạt động của Hội đồng, chưa nhập"
        )
    if ballot.quorum is not None and vote.present < votes_needed(ballot.quorum, vote.members, strict=False):
        text = f"{vote.present}/{vote.members} có mặt, yêu cầu từ {say(ballot.quorum)}%"
        return BallotResult(BallotAnswer.NO_QUORUM, None, text)
    base = vote.members if ballot.of_all else vote.present
    needed = votes_needed(ballot.threshold, base, strict=ballot.strict)
    word = "trên" if ballot.strict else "từ"
    whom = "tổng số thành viên" if ballot.of_all else "thành viên có mặt"
    text = (
        f"{vote.agreed}/{base} phiếu đồng ý, yêu cầu {word} {say(ballot.threshold)}% {whom} ({needed} phiếu)"
    )
    passed = vote.agreed >= needed and base > 0
    return BallotResult(BallotAnswer.PASSED if passed else BallotAnswer.FAILED, needed, text)
