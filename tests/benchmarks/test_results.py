"""A result says whether its aim is met, and goes where the page keeps results."""

from pathlib import Path

import pytest

from tests.benchmarks.results import BEGIN, END, Row, table, write_into


@pytest.mark.parametrize(
    ("number", "aim", "verdict"),
    [
        (15.0, "≤ 15", "đạt"),
        (15.001, "≤ 15", "chưa đạt"),
        (1.5, "≥ 1,5", "đạt"),
        (1.499, "≥ 1,5", "chưa đạt"),
        (201, "≤ 200 MiB", "chưa đạt"),
        (3.0, "", ""),
    ],
)
def test_aim_is_held_against_the_number_itself(number: float, aim: str, verdict: str) -> None:
    assert Row("P", "so sánh", number, aim).verdict == verdict


def test_row_is_told_in_vietnamese() -> None:
    lines = list(table([Row("P5", "10 tệp", 154.6, "≤ 200 MiB", "MiB", 0), Row("", "giây: 1,2")]))
    assert lines[2:] == ["| P5 | 10 tệp | 155 MiB | ≤ 200 MiB | đạt |", "|  | giây: 1,2 |  |  |  |"]


def test_only_the_results_of_the_page_change(tmp_path: Path) -> None:
    page = tmp_path / "hieu-nang.md"
    page.write_text(f"Trước\n\n{BEGIN}\ncũ\n{END}\n\nSau\n", "utf-8")
    write_into(page, ["mới", "nữa"])
    write_into(page, ["mới", "nữa"])
    assert page.read_text("utf-8") == f"Trước\n\n{BEGIN}\n\nmới\nnữa\n\n{END}\n\nSau\n"
    page.write_text("Trang khác", "utf-8")
    with pytest.raises(ValueError, match="missing"):
        write_into(page, ["mới"])
