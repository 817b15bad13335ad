"""The two encodings of the years before Unicode: TCVN3 (ABC, fonts ``.Vn…``) and VNI-Windows (``VNI-…``).

Both keep Vietnamese letters in the places of Western ones, so that Excel stores "Céng hßa" or "Coäng
hoøa" and only the font shows "Cộng hòa". Sources: TCVN 5712:1993, VN3 (a test compares the table with
glibc's ``TCVN5712-1``); the VNI-Windows table as input methods ship it (xvnkb, vni.h).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from tdkt_xl.vietnamese.letters import TONE_MARKS, WITH_TONE


class Encoding(Enum):
    """An old encoding; the value is its name for people."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI-Windows"


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What the name of a font says about the text it shows."""

    encoding: Encoding
    capitals: bool
    """True for the ``.Vn…H`` fonts, which show every letter as a capital."""


_VNI_FONT = re.compile(r"vni[- ]", re.IGNORECASE)


def legacy_font(name: str) -> LegacyFont | None:
    """Tell which old encoding a font belongs to, by its name; None for any other font."""
    if name[:3].lower() == ".vn":
        return LegacyFont(Encoding.TCVN3, name.rstrip().endswith("H"))
    return LegacyFont(Encoding.VNI, capitals=False) if _VNI_FONT.match(name) else None


def unicode_font(name: str) -> str:
    """The common font nearest to one of an old encoding."""
    return "Arial" if any(sign in name.lower() for sign in ("arial", "helve")) else "Times New Roman"


# Codes 0xA1 … 0xFE; a space is a code that the fonts leave empty. Capitals with a tone have no code.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
)
TCVN3: Mapping[int, str] = MappingProxyType(
    {code: letter for code, letter in enumerate(_TCVN3_LETTERS, start=0xA1) if letter != " "}
)
"""The 74 codes of TCVN3 → letter."""
_WITHOUT_TCVN3 = dict.fromkeys(TCVN3)

# Marks of VNI in the order of ``TONE_MARKS``; the first stands for no tone.
_VNI_MARKS = {"": "_øûõùï", "â": "âàåãáä", "ă": "êèúüéë"}
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ơ": "ô", "ư": "ö"}
_VNI_HATS = {"â": ("a", "â"), "ê": ("e", "â"), "ô": ("o", "â"), "ă": ("a", "ă")}
_VNI_SINGLE = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}


def _vni_letters() -> dict[str, str]:
    """Each of the 134 letters → one or two characters."""
    letters = dict(_VNI_SINGLE)
    tones = range(1, len(TONE_MARKS))
    for vowel, base in _VNI_BASES.items():
        letters |= {WITH_TONE[vowel, tone]: base + _VNI_MARKS[""][tone] for tone in tones}
    for vowel, (base, mark) in _VNI_HATS.items():
        letters |= {WITH_TONE[vowel, tone]: base + marks for tone, marks in enumerate(_VNI_MARKS[mark])}
    letters["ỵ"] = _VNI_SINGLE["ỵ"]
    return letters | {letter.upper(): typed.upper() for letter, typed in letters.items()}


VNI: Mapping[str, str] = MappingProxyType(_vni_letters())
"""Each of the 134 Vietnamese letters beyond ASCII → how VNI-Windows writes it."""


def _vni_spellings() -> dict[str, str]:
    """What VNI writes → letter; the case of the first character decides (Aù is Á, as AÙ is)."""
    found = {typed: letter for letter, typed in VNI.items()}
    mixed = {typed[0] + typed[1:].swapcase(): letter for typed, letter in found.items() if len(typed) == 2}
    return found | mixed


_FROM_VNI = _vni_spellings()
_VNI_PIECE = re.compile("|".join(sorted(_FROM_VNI, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_ALONE = re.compile(r"(?<!\S)([·©])(?!\S)")
_CASED = frozenset("ĂÂÊÔƠƯĐăâêôơưđ")
"""Letters beyond ASCII with a code of their own for either case."""


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Return the text in Unicode, NFC; characters the encoding does not use are kept.

    VNI is read greedily, two characters before one. A · or © standing alone stays a sign: no word is
    spelled ã or â. TCVN3 has no toned capitals: with ``capitals`` (the
    ``.Vn…H`` fonts) everything becomes a capital, else the letters of a word whose others are capitals:
    "THIÕT BÞ" → "THIẾT BỊ".
    """
    if encoding is Encoding.VNI:
        return _VNI_PIECE.sub(lambda match: _FROM_VNI[match[0]], text)
    shown = "".join(
        part if index % 2 else part.translate(TCVN3) for index, part in enumerate(_SIGN_ALONE.split(text))
    )
    return shown.upper() if capitals else _with_capitals(shown)


def has_other_letters(text: str, encoding: Encoding) -> bool:
    """Tell whether a text holds letters beyond ASCII that the encoding never writes: à in TCVN3."""
    rest = _VNI_PIECE.sub("", text) if encoding is Encoding.VNI else text.translate(_WITHOUT_TCVN3)
    return any(letter.isalpha() and not letter.isascii() for letter in rest)


def _with_capitals(text: str) -> str:
    """Give toned letters the case of their word, and of the text when all of it is in capitals."""
    certain = [letter for letter in text if (letter.isascii() and letter.isalpha()) or letter in _CASED]
    if len(certain) > 1 and all(letter.isupper() for letter in certain):
        return text.upper()
    return _WORD.sub(_capital_word, text)


def _capital_word(match: re.Match[str]) -> str:
    certain = [letter for letter in match[0] if letter.isascii() or letter in _CASED]
    whole = len(certain) > 1 and all(letter.isupper() for letter in certain)
    return match[0].upper() if whole else match[0]
