"""Vietnamese alphabetical order, as in a dictionary and in ICU's ``vi`` collation."""

import re
import unicodedata
from functools import lru_cache

from tdkt_xl.vietnamese.letters import ALPHABET, LOOK_ALIKES, SPLIT_TONE
from tdkt_xl.vietnamese.text import fold_tone_placement, tidy

# Primary weights, in this order: punctuation and spaces by code point, numbers, letters, other scripts.
_NUMBERS = 1 << 32
_LETTERS = 2 << 32
_OTHERS = 3 << 32
_FOREIGN_MARK = 9
_PIECE = re.compile(r"[0-9]+|[^0-9]")


@lru_cache(maxsize=4096)
def _letter_weights(letter: str) -> tuple[int, int, int]:
    small = letter.lower().translate(LOOK_ALIKES)
    base, tone = SPLIT_TONE.get(small, (small, 0))
    if base not in ALPHABET:
        stripped = unicodedata.normalize("NFD", base)[0]
        base, tone = (stripped, _FOREIGN_MARK) if stripped in ALPHABET else (base, 0)
    if base in ALPHABET:
        primary = _LETTERS + ALPHABET.index(base)
    else:
        primary = (_OTHERS if letter.isalpha() else 0) + ord(base[0])
    return primary, tone, int(letter != letter.lower())


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]:
    """Return the key that puts texts in Vietnamese order: letters, then tones, then case.

    The letters of the whole text decide first (a ă â b c d đ e ê …; a space comes before any
    letter), then the tones (ngang huyền hỏi ngã sắc nặng), then small before capital. Numbers
    count by value: Ấp 2 < Ấp 10. Both tone placements share a place; the tidied text breaks the
    last tie, so that the order never depends on how the input was ordered.
    """
    shown = tidy(text)
    primary: list[int] = []
    tones: list[int] = []
    capitals: list[int] = []
    for piece in _PIECE.findall(fold_tone_placement(shown)):
        if piece[0] in "0123456789":
            digits = piece.lstrip("0")
            primary += (_NUMBERS + len(digits), *(_NUMBERS + int(digit) for digit in digits))
        elif not unicodedata.combining(piece):
            weight, tone, capital = _letter_weights(piece)
            primary.append(weight)
            tones.append(tone)
            capitals.append(capital)
    return tuple(primary), tuple(tones), tuple(capitals), shown
