"""Stray characters go, look-alike letters turn Latin, everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.cleaning import without_look_alikes, without_stray
from tdkt_xl.vietnamese.text import comparison_key, tidy
from tests.tools.legacy_text import fragments, real_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Xã Phú Lý \n", "Xã Phú Lý"),
        ("\u00a0Xã\u00a0Phú Lý", "Xã Phú Lý"),
        ("\u200bA01\ufeff", "A01"),
        ("một\r\nhai  ba \nbốn", "một\nhai  ba\nbốn"),
        ("\tX\u3000Y", "X Y"),
    ],
)
def test_stray_characters_go(text: str, shown: str) -> None:
    assert without_stray(text) == shown


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_matching_never_sees_it(text: str) -> None:
    once = without_stray(text)
    assert without_stray(once) == once
    assert tidy(once) == tidy(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ðồng Nai", "Đồng Nai"),
        ("Хã Phú Lý", "Xã Phú Lý"),
        ("А01", "A01"),
        ("Тân Вình", "Tân Bình"),
        ("ðơn vị", "đơn vị"),
    ],
)
def test_look_alikes_turn_latin(text: str, shown: str) -> None:
    assert without_look_alikes(text) == shown
    assert comparison_key(text) == comparison_key(shown)


@pytest.mark.parametrize("text", ["Москва", "Москва và Hà Nội", "СССР", "кí", "Xã", "", "Ðð"])
def test_foreign_words_stay(text: str) -> None:
    assert without_look_alikes(text) == text


def test_real_lines_hold_neither() -> None:
    for text in fragments(real_lines(), longest=2):
        assert without_look_alikes(text) == text
        assert without_stray(text) == text
