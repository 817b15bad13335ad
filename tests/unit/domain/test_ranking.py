from decimal import Decimal

import pytest

from tdkt_xl.domain.ranking import Rank, rank_totals


@pytest.mark.parametrize(
    ("totals", "ranks"),
    [
        ((), ()),
        ((95,), ((1, False),)),
        ((90, 95, 85), ((2, False), (1, False), (3, False))),
        ((95, 95, 90), ((1, True), (1, True), (3, False))),
        ((95, 90, 90, 90, 80), ((1, False), (2, True), (2, True), (2, True), (5, False))),
        ((-1, 0), ((2, False), (1, False))),
    ],
)
def test_ties_share_a_rank_and_the_next_rank_is_skipped(
    totals: tuple[int, ...], ranks: tuple[tuple[int, bool], ...]
) -> None:
    named = {str(at): Decimal(total) for at, total in enumerate(totals)}
    assert rank_totals(named) == {str(at): Rank(*rank) for at, rank in enumerate(ranks)}


def test_equal_numbers_written_differently_are_tied() -> None:
    assert rank_totals({"A": Decimal("95.0"), "B": Decimal(95)}) == {"A": Rank(1, True), "B": Rank(1, True)}


def test_least_difference_decides() -> None:
    ranks = rank_totals({"A": Decimal("94.9999"), "B": Decimal(95)})
    assert (ranks["A"].rank, ranks["B"].rank) == (2, 1)
