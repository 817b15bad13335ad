"""What can be a Vietnamese syllable."""

import pytest

from tdkt_xl.vietnamese.syllables import WORD, is_syllable
from tests.tools.legacy_text import real_lines
from tests.unit.vietnamese.test_text import SYLLABLES


@pytest.mark.parametrize(
    "word", ["gió", "gì", "giếng", "quý", "quốc", "khuỷu", "nghiêng", "THUỶ", "hoà", "hòa", "ở"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["xaõ", "haì", "hoc", "hỗp", "cế", "ngê", "bỡnh", "zỹ", "việtn", "Hòà", "é2", "", "HĐND"]
)
def test_not_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_real_words_are_syllables() -> None:
    words = {word for line in real_lines() for word in WORD.findall(line) if not word.isascii()}
    odd = {word for word in words if not is_syllable(word)}
    assert len(words) > 500
    assert {word for word in odd if not word.isupper() and len(word) > 1} == set()


def test_listed_syllables() -> None:
    assert [word for word in SYLLABLES if not is_syllable(word)] == []
