"""Votes: the 90 % of the decree of 2017, and the council's own rules where the law has none."""

from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.rules.ballots import BallotAnswer, BallotResult, Vote, ballot_for, check_vote, votes_needed
from tdkt_xl.rules.packs import load_packs

from .words import NOTHING_ENTERED, office

PACKS = load_packs()
R1, R2 = PACKS.on(date(2023, 12, 15)), PACKS.on(date(2024, 12, 15))
OWN = {
    "vote_base": "Số thành viên có mặt",
    "vote_percent": "50",
    "vote_comparison": "Trên tỷ lệ",
    "vote_quorum": "66,7",
}


def vote(agreed: int, members: int, award: str = "CSTDT") -> BallotResult:
    ballot = ballot_for(award, R1, NOTHING_ENTERED)
    assert ballot is not None
    return check_vote(Vote(members, members, agreed), ballot)


@pytest.mark.parametrize(
    ("agreed", "members", "answer"),
    [
        (10, 11, "passed"),  # 9,9 phiếu → 10
        (9, 11, "failed"),
        (9, 10, "passed"),  # đúng 90%
        (899, 1000, "failed"),  # 89,9%
        (900, 1000, "passed"),
        (80, 89, "failed"),  # 89,89%
        (0, 9, "failed"),
    ],
)
def test_ninety_per_cent_of_all_members(agreed: int, members: int, answer: str) -> None:
    assert vote(agreed, members).answer.value == answer


def test_votes_needed_are_told() -> None:
    found = vote(9, 11)
    assert (found.needed, found.text) == (
        10,
        "9/11 phiếu đồng ý, yêu cầu từ 90% tổng số thành viên (10 phiếu)",
    )


@pytest.mark.parametrize(
    ("threshold", "base", "strict", "needed"),
    [
        ("50", 10, False, 5),
        ("50", 10, True, 6),
        ("50", 11, True, 6),
        ("66.7", 12, False, 9),
        ("100", 7, False, 7),
    ],
)
def test_least_number_of_votes(threshold: str, base: int, strict: bool, needed: int) -> None:
    assert votes_needed(Decimal(threshold), base, strict=strict) == needed


def test_ballot_is_secret_and_absent_members_write() -> None:
    for award in ("CSTDT", "CSTDTQ"):
        ballot = ballot_for(award, R1, NOTHING_ENTERED)
        assert ballot is not None
        assert (ballot.secret, ballot.of_all, ballot.absent, ballot.quorum) == (True, True, True, None)


@pytest.mark.parametrize("award", ["LDTT", "CSTDCS", "TTLDTT", "GK_HUYEN", "BK_TINH"])
def test_threshold_of_other_awards_stands_in_the_rules_of_the_council(award: str) -> None:
    for pack in (R1, R2):
        ballot = ballot_for(award, pack, NOTHING_ENTERED)
        assert ballot is not None
        assert check_vote(Vote(11, 11, 11), ballot).answer is BallotAnswer.NEEDS_RULE


@pytest.mark.parametrize(
    ("members", "present", "agreed", "answer"),
    [
        (11, 8, 5, "passed"),  # 66,7% của 11 = 7,337 → 8 có mặt; trên 50% của 8 → 5
        (11, 8, 4, "failed"),
        (11, 7, 7, "no_quorum"),
    ],
)
def test_rules_of_the_council_entered_by_the_office(
    members: int, present: int, agreed: int, answer: str
) -> None:
    ballot = ballot_for("CSTDCS", R2, office(OWN))
    assert ballot is not None
    assert check_vote(Vote(members, present, agreed), ballot).answer.value == answer


def test_rules_of_the_council_do_not_change_the_decree() -> None:
    ballot = ballot_for("CSTDT", R1, office(OWN))
    assert ballot is not None
    assert (ballot.threshold, ballot.of_all, ballot.quorum) == (Decimal(90), True, Decimal("66.7"))


def test_meeting_on_family_culture() -> None:
    ballot = ballot_for("GIA_DINH_VAN_HOA", R1, NOTHING_ENTERED)
    assert ballot is not None
    answers = [
        check_vote(Vote(10, present, agreed), ballot).answer.value
        for present, agreed in ((6, 4), (6, 3), (5, 5))
    ]
    assert answers == ["passed", "failed", "no_quorum"]


@pytest.mark.parametrize(("members", "present", "agreed"), [(0, 0, 0), (5, 6, 1), (5, 5, 6), (5, -1, 0)])
def test_impossible_vote_is_a_programming_error(members: int, present: int, agreed: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        Vote(members, present, agreed)


def test_award_nobody_votes_on_has_no_ballot() -> None:
    assert ballot_for("CSTDXX", R1, NOTHING_ENTERED) is None
