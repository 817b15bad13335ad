from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.domain.statistics import group_scores, median, outlying, spread
from tests.tools.forms import cluster_book, receive


def numbers(text: str) -> list[Decimal]:
    return [Decimal(part) for part in text.split()]


POINTS = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(
    ("values", "middle"), [("3", "3"), ("1 9 2", "2"), ("4 1 2 9", "3"), ("0 0.5", "0.25")]
)
def test_median(values: str, middle: str) -> None:
    assert median(numbers(values)) == Decimal(middle)


def test_spread_of_scores() -> None:
    found = spread(numbers("8 10 9 9.5"))
    assert (found.count, found.mean, found.median) == (4, Decimal("9.125"), Decimal("9.25"))
    assert [found.lowest, found.highest] == numbers("8 10")


@pytest.mark.parametrize(
    ("values", "indexes"),
    [
        ("9 9.5 9.25 9.75 2", [4]),
        ("9 9 9 9 9 9 2", [6]),  # more than half equal: the mean deviation decides
        ("1 9 9.5 9.25 9.75 9.5 20", [0, 6]),
        ("9 9.5 9.25 9.75 10", []),
        ("9 9 9 9 9", []),
        ("9 9 9 0", []),  # four values say nothing
    ],
)
def test_far_values_are_found(values: str, indexes: list[int]) -> None:
    assert outlying(numbers(values)) == indexes


@given(st.lists(POINTS, min_size=5, max_size=20), POINTS)
def test_moving_all_scores_moves_no_outlier(values: list[Decimal], by: Decimal) -> None:
    assert outlying([value + by for value in values]) == outlying(values)


def test_top_groups_add_up_to_the_total(tmp_path: Path) -> None:
    (cluster,) = receive(tmp_path, cluster_book()).standings
    assert cluster.catalogue is not None
    for item in cluster.ranked:
        assert item.sheet is not None
        scores = group_scores(item.sheet, cluster.catalogue)
        assert [score.group.path for score in scores] == [row.path for row in cluster.catalogue.children("")]
        assert sum(score.points or Decimal(0) for score in scores) == item.total
