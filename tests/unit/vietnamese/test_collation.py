import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.vietnamese.text import nfc, tidy

ALPHABETICAL = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


def in_order(*texts: str) -> bool:
    return all(sort_key(before) < sort_key(after) for before, after in pairwise(texts))


def test_the_29_letters_are_in_the_order_of_the_alphabet() -> None:
    assert len(ALPHABETICAL) == 29
    assert in_order(*ALPHABETICAL)
    assert in_order(*(letter.upper() for letter in ALPHABETICAL))


def test_foreign_letters_stand_in_their_latin_places() -> None:
    assert in_order("e", "ê", "f", "g", "i", "j", "k", "v", "w", "x", "y", "z")


@pytest.mark.parametrize("vowel", "aăâeêioôơuưy")
def test_tones_run_ngang_huyen_hoi_nga_sac_nang(vowel: str) -> None:
    assert in_order(*(nfc(vowel + mark) for mark in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")))


@pytest.mark.parametrize(
    "texts",
    [
        ("Anh", "Ân"),
        ("Em", "Ếch"),
        ("An", "Anh", "Ánh", "Ăn", "Ân"),
        ("Da", "Đa"),
        ("Dũng", "Đan"),
        ("ma", "mà", "mả", "mã", "má", "mạ", "mai"),
        ("Hòa An", "Hoa Bình"),
        ("Hoa Bình", "Hòa Bình", "Hóa Bình"),
        ("An Bình", "Anh"),
        ("má", "Má", "mạ"),
        ("an", "An", "AN"),
        ("Thạnh Phú", "Thiện Tân", "Trị An", "Vĩnh An", "Vĩnh Tân"),
        ("Cương", "Cường", "Cưỡng"),
    ],
)
def test_letters_decide_before_tones_and_tones_before_case(texts: tuple[str, ...]) -> None:
    assert in_order(*texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("Ấp 2", "Ấp 10"),
        ("Cụm 1", "Cụm 2", "Cụm 9", "Cụm 10", "Cụm 100"),
        ("1.2", "1.9", "1.10"),
        ("Tổ 0", "Tổ 1"),
        ("Tổ 2", "Tổ 2 mới", "Tổ 3"),
        ("Tổ 2", "Tổ A"),
        ("Mẫu 9a", "Mẫu 9b", "Mẫu 10a"),
        ("Ấp 02", "Ấp 2", "Ấp 03"),
    ],
)
def test_numbers_count_by_value(texts: tuple[str, ...]) -> None:
    assert in_order(*texts)


def test_a_number_of_thousands_of_digits_still_sorts() -> None:
    assert in_order("9" * 5000, "1" + "0" * 5000)


def test_both_tone_placements_share_a_place() -> None:
    assert in_order("Hoa", "Hoà", "Hỏa")
    assert in_order("Hoa", "Hòa", "Hoả")
    assert sort_key("Hoà")[:3] == sort_key("Hòa")[:3]


def test_look_alike_letters_sort_as_the_letter_meant() -> None:
    assert in_order("Dũng", "\u00d0an", "Em")


def test_foreign_marks_come_after_vietnamese_tones_and_other_scripts_after_latin() -> None:
    assert in_order("u", "ụ", "ü", "ư")
    assert in_order("İ", "k")
    assert in_order("z", "한")


def test_unicode_form_white_space_and_loose_marks_do_not_count() -> None:
    assert in_order("qa", "q\u0301b", "qc")
    assert sort_key(unicodedata.normalize("NFD", "Ấp  Bình\u00a0Lục ")) == sort_key("Ấp Bình Lục")


@given(
    st.text(alphabet="aàảbBđĐ 019-\u0301\u200b\u00a0", max_size=4),
    st.text(alphabet="aàảbBđĐ 019", max_size=4),
)
def test_texts_share_a_key_exactly_when_they_are_shown_alike(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (tidy(one) == tidy(other))


@given(st.text())
def test_every_text_has_a_place(text: str) -> None:
    assert sort_key(text) <= sort_key(text + "a")


@given(st.permutations(["An", "Ân", "Ấp 2", "Ấp 10", "Da", "Đa", "em", "Ếch", "Hoa", "Hoà", "Hòa", "Hỏa"]))
def test_the_order_does_not_depend_on_the_order_of_the_input(texts: list[str]) -> None:
    expected = ["An", "Ân", "Ấp 2", "Ấp 10", "Da", "Đa", "em", "Ếch", "Hoa", "Hoà", "Hòa", "Hỏa"]
    assert sorted(texts, key=sort_key) == expected
