"""Make Vietnamese text comparable without ever losing what distinguishes two names."""

import re
import unicodedata
from functools import lru_cache

from tdkt_xl.vietnamese.letters import LOOK_ALIKES, SPLIT_TONE, WITH_TONE

# C0 and C1 controls that are not white space, soft hyphen, grapheme joiner, Arabic and Mongolian format
# marks, zero-width characters, bidi controls, invisible operators, variation selectors, BOM, tag
# characters.
_INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x1C),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        *(0xAD, 0x034F, 0x061C, 0x180E),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        *range(0xE0000, 0xE0080),
        *range(0xE0100, 0xE01F0),
    ]
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―⁃−﹘﹣－"), "-")
_KEY_LETTERS = {**LOOK_ALIKES, **_DASHES}
_PLAIN_D = str.maketrans("đĐðÐ", "dDdD")
_VOWEL_RUN = re.compile(f"[{''.join(SPLIT_TONE)}]{{2,}}")
_AROUND_DASH = re.compile(" *- *")
_CLUSTER_NUMBER = re.compile(r"(?<!\w)(số|cụm|khối) ([ivx]+)(?![\w/-]|\.\w)")


def _roman_numerals() -> dict[str, str]:
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return {"x" * (number // 10) + units[number % 10]: str(number) for number in range(1, 31)}


_ROMAN = _roman_numerals()


def nfc(text: str) -> str:
    """Return the composed form (NFC), the only one written to outputs."""
    return unicodedata.normalize("NFC", text)


def has_decomposed(text: str) -> bool:
    """Tell whether the text is not NFC: NFD, or "Unicode tổ hợp" such as ê + U+0323."""
    return not unicodedata.is_normalized("NFC", text)


def without_invisible(text: str) -> str:
    """Return the text without the characters that show nothing."""
    return text.translate(_INVISIBLE)


@lru_cache(maxsize=65_536)
def tidy(text: str) -> str:
    """Return the text in NFC, without invisible characters, white space collapsed and stripped.

    For matching and for showing names; the caller keeps what was typed.
    """
    return " ".join(nfc(without_invisible(text)).split())


def _tone_first(run: re.Match[str]) -> str:
    end = run.end()
    if end < len(run.string) and unicodedata.combining(run.string[end]):
        return run[0]  # a loose mark belongs to the last vowel: not a Vietnamese spelling
    vowels, tones = zip(*(SPLIT_TONE[letter] for letter in run[0]), strict=True)
    if len(tones) - tones.count(0) != 1:
        return run[0]
    return WITH_TONE[vowels[0], sum(tones)] + "".join(vowels[1:])


def fold_tone_placement(text: str) -> str:
    """Return the text in NFC with each tone on the first vowel of its run: hòa = hoà, quý = qúy.

    The result is for comparison, not a spelling (tiền → tìên). Letters and tones stay, so that
    different syllables stay different. A run with two tones is no syllable and is left alone.
    """
    return _VOWEL_RUN.sub(_tone_first, nfc(text))


def _arabic(match: re.Match[str]) -> str:
    return f"{match[1]} {_ROMAN.get(match[2], match[2])}"


@lru_cache(maxsize=65_536)
def comparison_key(text: str) -> str:
    """Return the key under which two spellings of one heading or name are equal.

    Folded: Unicode form, white space, case, tone placement, dashes and the spaces around them,
    look-alike letters (Ð, Cyrillic а), and Roman numbers up to XXX right after *số*, *cụm* or
    *khối*. Marks and word order always count: Cường ≠ Cương, Bình Tân ≠ Tân Bình.
    """
    # Canonical caseless matching folds the decomposed form; look-alikes must meet their loose marks there.
    letters = unicodedata.normalize("NFD", tidy(text)).casefold().translate(_KEY_LETTERS)
    folded = fold_tone_placement(_AROUND_DASH.sub("-", letters))
    return _CLUSTER_NUMBER.sub(_arabic, folded)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return the text without any mark, đ as d: Đặng → Dang.

    Only for suggestions, identifiers and file names. Never for matching: it makes Cường equal
    to Cương.
    """
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )
    return nfc(bare.translate(_PLAIN_D))
