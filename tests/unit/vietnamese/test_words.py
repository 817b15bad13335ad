"""Numbers in words: a table of known readings, and a reader of the words as the opposite direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.words import LIMIT, in_words

READINGS = {
    0: "không",
    1: "một",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    144: "một trăm bốn mươi tư",
    555: "năm trăm năm mươi lăm",
    1_000: "một nghìn",
    1_005: "một nghìn không trăm linh năm",
    1_015: "một nghìn không trăm mười lăm",
    1_050: "một nghìn không trăm năm mươi",
    1_500: "một nghìn năm trăm",
    10_000: "mười nghìn",
    21_000: "hai mươi mốt nghìn",
    100_001: "một trăm nghìn không trăm linh một",
    2_340_000: "hai triệu ba trăm bốn mươi nghìn",
    1_000_105: "một triệu một trăm linh năm",
    1_000_005: "một triệu không trăm linh năm",
    1_001_000: "một triệu không trăm linh một nghìn",
    1_000_000_000: "một tỷ",
    1_000_000_005: "một tỷ không trăm linh năm",
    15_024_000_000: "mười lăm tỷ không trăm hai mươi tư triệu",
    1_000_000_000_000: "một nghìn tỷ",
    5_001_000_000_000: "năm nghìn không trăm linh một tỷ",
    1_000_000_000_000_000: "một triệu tỷ",
    -15: "âm mười lăm",
}


@pytest.mark.parametrize(("number", "words"), READINGS.items())
def test_known_readings(number: int, words: str) -> None:
    assert in_words(number) == words


def test_the_south_says_le() -> None:
    assert in_words(1_105, odd="lẻ") == "một nghìn một trăm lẻ năm"


@pytest.mark.parametrize("number", [LIMIT, -LIMIT])
def test_too_long_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="too long"):
        in_words(number)
    assert in_words(LIMIT - 1).count(" tỷ") == 1


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
DIGIT = {
    **{word: digit for digit, word in enumerate(_DIGITS)},
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
}
UNIT = {"mươi": 10, "trăm": 100}
SCALE = {"nghìn": 10**3, "triệu": 10**6}


def read_back(words: str) -> int:
    """The number said, by a reader that shares nothing with the writer."""
    sign, billions, total, group, digit = 1, 0, 0, 0, 0
    for word in words.split():
        if word == "âm":
            sign = -1
        elif word == "mười":
            group += 10
        elif word in UNIT:
            group, digit = group + digit * UNIT[word], 0
        elif word in SCALE:
            total, group, digit = total + (group + digit) * SCALE[word], 0, 0
        elif word == "tỷ":
            billions, total, group, digit = total + group + digit, 0, 0, 0
        elif word not in ("linh", "lẻ"):
            digit = DIGIT[word]
    return sign * (billions * 10**9 + total + group + digit)


@given(st.integers(1 - LIMIT, LIMIT - 1))
def test_words_say_the_number(number: int) -> None:
    assert read_back(in_words(number)) == number


@given(st.integers(0, LIMIT - 1))
def test_words_of_tens_keep_their_form(number: int) -> None:
    words = in_words(number)
    assert not {"mươi một", "mươi bốn", "mươi năm", "mười năm", "mười mốt", "mười tư"} & {
        " ".join(pair) for pair in zip(words.split(), words.split()[1:], strict=False)
    }
    assert words == words.strip().lower()


def test_every_number_below_ten_thousand_is_said_differently() -> None:
    assert len({in_words(number) for number in range(10_000)}) == 10_000
