"""The Vietnamese alphabet as tables: letters, tones, and the strangers that look like them."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # f j w z: foreign names, in their Latin places
VOWELS = "aăâeêioôơuưy"
TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng


def _toned_vowels() -> dict[str, tuple[str, int]]:
    return {
        unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
        for vowel in VOWELS + VOWELS.upper()
        for tone, mark in enumerate(TONE_MARKS)
    }


SPLIT_TONE: Mapping[str, tuple[str, int]] = MappingProxyType(_toned_vowels())
"""Each of the 144 NFC vowels → (vowel without tone, index in ``TONE_MARKS``); case is kept."""

WITH_TONE: Mapping[tuple[str, int], str] = MappingProxyType(
    {parts: vowel for vowel, parts in SPLIT_TONE.items()}
)
"""The inverse of ``SPLIT_TONE``."""

# Eth and African d, as small letters; then the Cyrillic letters with a Latin twin. Those whose twin is only
# a capital (В К М Н Т) are here too, so that case never changes a key.
_STRANGERS = "ðɖ" + "аеорсухіјѕһвкмнт"
_TWINS = "đđ" + "aeopcyxijshbkmht"

LOOK_ALIKES: Mapping[int, str] = MappingProxyType(
    {ord(stranger): twin for stranger, twin in zip(_STRANGERS, _TWINS, strict=True)}
)
"""Case-folded stranger → the Latin letter it is taken for."""
