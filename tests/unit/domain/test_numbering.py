"""Numbering as people type it: every row under the right one, and nothing where the marks do not tell."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.domain.numbering import ALPHABETS, Mark, Numbered, read_numbering, split_mark

Tree = list["Tree"]
_ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"]


def paths(marks: str) -> list[tuple[int, ...] | None]:
    return [item.path for item in read_numbering([Mark(mark) for mark in marks.split()])]


def expected(marks: str) -> list[str]:
    return [item.expected for item in read_numbering([Mark(mark) for mark in marks.split()])]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ("I 1 2 II 1", [(1,), (1, 1), (1, 2), (2,), (2, 1)]),
        ("I 1 1.1 1.2 2 2.1", [(1,), (1, 1), (1, 1, 1), (1, 1, 2), (1, 2), (1, 2, 1)]),
        ("I 1.1 1.2 II 2.1", [(1,), (1, 1), (1, 2), (2,), (2, 1)]),
        ("A 1.1 1.2 B 2.1", [(1,), (1, 1), (1, 2), (2,), (2, 1)]),
        ("1.1 1.2 2.1", [(1, 1), (1, 2), (2, 1)]),
        ("I.1 I.2 II.1", [(1, 1), (1, 2), (2, 1)]),
        ("I I.1 I.1.a I.1.b I.2", [(1,), (1, 1), (1, 1, 1), (1, 1, 2), (1, 2)]),
        ("A I 1. a) b) B I", [(1,), (1, 1), (1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 2), (2,), (2, 1)]),
        ("I 1. a) - - + b) -", [(1,), (1, 1), (1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 2), (1, 1, 1, 2, 1),
                                (1, 1, 2), (1, 1, 2, 1)]),
        ("I - – — II", [(1,), (1, 1), (1, 2), (1, 3), (2,)]),
        # A group "1." and a leaf "1" are told apart by the point, as in a published scale of points.
        ("I 1. 1 2 2. 3 4 II 1. 5", [(1,), (1, 1), (1, 1, 1), (1, 1, 2), (1, 2), (1, 2, 3), (1, 2, 4), (2,),
                                     (2, 1), (2, 1, 5)]),
        ("(1) (2) (3)", [(1,), (2,), (3,)]),
    ],
)  # fmt: skip
def test_rows_stand_under_the_right_ones(marks: str, found: list[tuple[int, ...]]) -> None:
    assert paths(marks) == found


@pytest.mark.parametrize(
    "letters",
    [
        "a b c d đ e g h i k l",
        "a b c d đ e ê g h i k",
        "a b c d e g h i k",
        "a b c d e f g h i j k",
        "A B C D Đ E",
    ],
)
def test_every_order_of_letters_in_use_is_accepted(letters: str) -> None:
    read = read_numbering([Mark("1."), *(Mark(f"{one})") for one in letters.split())])
    assert [item.path for item in read[1:]] == [(1, at + 1) for at in range(len(letters.split()))]
    assert {item.expected for item in read} == {""}


def test_two_orders_of_letters_in_one_list_are_told() -> None:
    assert expected("a b c d đ e f") == ["", "", "", "", "", "", "g"]
    assert expected("a b c d e f g h k") == ["", "", "", "", "", "", "", "", "i"]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ("I 1 II 1 III 1 IV 1 V", [(1,), (1, 1), (2,), (2, 1), (3,), (3, 1), (4,), (4, 1), (5,)]),
        ("1 a b c d đ e g h i k", [(1,), *((1, at) for at in range(1, 11))]),
        ("a b c d đ e g h i", [(at,) for at in range(1, 10)]),
        ("1 i ii iii iv v 2", [(1,), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2,)]),
        ("A B C D Đ E G H I II I K", [*((at,) for at in range(1, 9)), (8, 1), (8, 2), (9,), (10,)]),
    ],
)
def test_roman_number_or_letter_is_decided_by_the_sequence(marks: str, found: list[tuple[int, ...]]) -> None:
    assert paths(marks) == found


def test_what_the_sequence_does_not_decide_has_no_path() -> None:
    assert paths("I 1 1 2")[2:] == [None, None]
    assert paths("A 1 B 1 1 C 1")[4:] == [None, (3,), (3, 1)]


@pytest.mark.parametrize(
    ("marks", "at", "mark"),
    [
        ("I 1 2 4", 3, "3"),
        ("I II IV", 2, "III"),
        ("1 a b d", 3, "c"),
        ("I 1 1.1 1.3", 3, "1.2"),
        ("I 2", 1, "1"),
        ("I 1.1 II 1.2", 3, "2.1"),
        ("i ii ii", 2, "iii"),
    ],
)
def test_break_in_the_sequence_is_told_where_it_is(marks: str, at: int, mark: str) -> None:
    told = expected(marks)
    assert (told.index(mark), [text for text in told if text]) == (at, [mark])


def test_row_behind_a_gap_keeps_the_number_it_bears() -> None:
    assert paths("I 1 2 4 5")[-2:] == [(1, 4), (1, 5)]


def test_ten_that_a_number_cell_stores_as_one() -> None:
    marks = [Mark("1"), *(Mark(f"1.{at}", numeric=True) for at in range(1, 10)), Mark("1.1", numeric=True)]
    assert read_numbering(marks)[-1] == Numbered((1, 10))
    assert read_numbering([*marks[:-1], Mark("1.1")])[-1].expected == "1.10"


@pytest.mark.parametrize("text", ["", "  ", "TC1", "ab", "Mục", "0", "1000000", "01/02/2023", "5 năm", "đ đ"])
def test_words_are_no_numbers(text: str) -> None:
    assert read_numbering([Mark(text)]) == [Numbered()]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("1. Thu ngân sách", ("1.", "Thu ngân sách")),
        ("1.2 Thu ngân sách", ("1.2", "Thu ngân sách")),
        ("a) Thu ngân sách", ("a)", "Thu ngân sách")),
        ("- Thu ngân sách", ("-", "Thu ngân sách")),
        ("II. Thu", ("II.", "Thu")),
        ("5 năm liền đạt chuẩn", ("", "5 năm liền đạt chuẩn")),
        ("Y tế", ("", "Y tế")),
        ("-", ("", "-")),
        ("TP. Biên Hòa", ("", "TP. Biên Hòa")),
    ],
)
def test_number_typed_before_the_text(text: str, split: tuple[str, str]) -> None:
    assert split_mark(text) == split


def _trees(depth: int) -> st.SearchStrategy[Tree]:
    below = _trees(depth - 1) if depth > 1 else st.just([])
    return st.lists(below, min_size=1 if depth > 1 else 0, max_size=11 if depth == 1 else 4)


def _number(style: str, at: int, above: str) -> str:
    if style == "1.1":
        return f"{above}.{at + 1}"
    if style in "iI":
        return _ROMANS[at] if style == "I" else _ROMANS[at].lower()
    if style in "aA":
        letter = ALPHABETS[0][at]
        return letter.upper() if style == "A" else letter
    return style if style in "-+" else str(at + 1)


def _numbered(
    tree: Tree, styles: list[str], above: str = "", way: tuple[int, ...] = ()
) -> Iterator[tuple[str, tuple[int, ...]]]:
    for at, child in enumerate(tree):
        mark = _number(styles[0], at, above)
        yield mark, (*way, at + 1)
        yield from _numbered(child, styles[1:], mark, (*way, at + 1))


_STYLES = [
    ["I", "1", "1.1", "a", "-"],
    ["A", "1", "a", "-", "+"],
    ["I", "1", "a", "-", "+"],
    ["1", "1.1", "1.1", "a", "-"],
    ["1", "a", "-", "+", "-"],
    ["A", "1", "a", "1.1", "-"],
    ["I", "A", "1", "a", "-"],
    ["I", "1", "i", "-", "+"],
]


@given(_trees(4), st.sampled_from(_STYLES))
def test_tree_numbered_and_read_is_the_same_tree(tree: Tree, styles: list[str]) -> None:
    given_rows = list(_numbered(tree, styles))
    read = read_numbering([Mark(mark) for mark, _ in given_rows])
    assert [item.path for item in read] == [way for _, way in given_rows]
    assert {item.expected for item in read} <= {""}
