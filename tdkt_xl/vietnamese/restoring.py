"""Read texts typed in an old encoding: by their font first, by their letters second, never by force.

A text with Vietnamese letters that no Western alphabet has is Unicode, whatever its font. Where a text
makes sense both ways ("Phó Lý" as typed, "Phú Lý" in TCVN3) the other texts beside it decide, and if they
cannot, a person is asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tdkt_xl.vietnamese.legacy import Encoding, LegacyFont, decode, has_other_letters, legacy_font
from tdkt_xl.vietnamese.mojibake import read_mojibake
from tdkt_xl.vietnamese.syllables import is_syllable

_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")
_PIECE = re.compile(r"[0-9A-Za-z\x80-\u024f]+")
_MANY = 3
"""So many texts must surely be in an old encoding, none being Unicode, before doubtful ones follow."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How a text is to be read; ``encoding`` None means UTF-8 once read as Western text.

    If it is not ``certain``, it makes sense as typed too: ask, do not change.
    """

    text: str
    encoding: Encoding | None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A text under one encoding: of the pieces that change, how many make sense after, and before.

    ``strong`` pieces are nothing but the old encoding: no sense before, sense after, and a sign or a
    capital in the middle; ``weak`` ones lack the last. A single sign (· ©) or a piece with digits (95®)
    is ``mute``: it speaks for nothing.
    """

    text: str
    encoding: Encoding
    changed: int = 0
    good: int = 0
    plain: int = 0
    strong: int = 0
    weak: int = 0
    mute: int = 0

    @property
    def sensible(self) -> bool:
        """Every word that changes makes sense."""
        return 0 < self.good == self.changed

    @property
    def sure(self) -> bool:
        """The letters alone prove the encoding."""
        return self.sensible and (self.strong > 0 or self.weak > 1)


def is_unicode_vietnamese(text: str) -> bool:
    """Tell whether a text holds a Vietnamese letter or mark that no Western alphabet has."""
    return bool(_UNICODE.search(text))


def restore_texts(texts: Sequence[str], fonts: Sequence[str]) -> list[Restored | None]:
    """Read the texts of one sheet or selection, each shown in the font beside it ("" = not known).

    None where a text is to be read as it is typed. The answer for a doubtful text depends on the
    others, those in fonts of an old encoding and the rest apart.
    """
    looks = [_look(text, font) for text, font in zip(texts, fonts, strict=True)]
    seen: Counter[tuple[bool, object]] = Counter()
    for look in looks:
        seen[look.by_font, _kind(look)] += 1
    return [_settle(look, seen) for look in looks]


@dataclass(frozen=True, slots=True)
class _Look:
    """What one text looks like by itself; ``asks`` when it is surely not what it seems."""

    by_font: bool = False
    unicode: bool = False
    restored: Restored | None = None
    asks: bool = False


def _kind(look: _Look) -> object:
    if look.unicode:
        return "unicode"
    return look.restored.encoding if look.restored and look.restored.certain else None


def _settle(look: _Look, seen: Counter[tuple[bool, object]]) -> Restored | None:
    restored = look.restored
    if restored is None or restored.certain:
        return restored
    others, rivals = seen[look.by_font, restored.encoding], seen[look.by_font, "unicode"]
    if others >= (1 if look.by_font else _MANY) and not rivals:
        return replace(restored, certain=True)
    return restored if look.asks or (look.by_font and (others or not rivals)) else None


@lru_cache(maxsize=65_536)
def _look(text: str, font: str) -> _Look:
    told = legacy_font(font) if font else None
    by_font = told is not None
    if text.isascii():
        return _Look(by_font)
    if _UNICODE.search(text):
        return _Look(by_font, unicode=True)
    if told is not None:
        return _by_font(text, told)
    meant = read_mojibake(text)
    return _Look(restored=Restored(meant, None)) if meant is not None else _by_letters(text)


def _by_font(text: str, font: LegacyFont) -> _Look:
    weighed = _weigh(text, font)
    if weighed is not None and weighed.changed + weighed.mute == 0:
        return _Look(by_font=True)
    if weighed is not None and weighed.good >= weighed.plain and 2 * weighed.good >= weighed.changed:
        return _Look(
            by_font=True, restored=Restored(weighed.text, font.encoding, weighed.good > weighed.plain)
        )
    other = _by_letters(text)
    sure = other.restored is not None and other.restored.certain
    return replace(other, by_font=True) if sure else _Look(by_font=True, unicode=True)


def _by_letters(text: str) -> _Look:
    """Read a text whose font says nothing; empty where neither encoding makes sense of it."""
    weighed = [_weigh(text, LegacyFont(encoding, capitals=False)) for encoding in Encoding]
    candidates = [candidate for candidate in weighed if candidate is not None and candidate.sensible]
    if not candidates:
        return _Look()
    best = max(candidates, key=lambda candidate: (candidate.strong, candidate.weak))
    certain = best.sure and not best.mute and candidates == [best]
    return _Look(restored=Restored(best.text, best.encoding, certain), asks=best.sure)


def _weigh(text: str, font: LegacyFont) -> _Weighed | None:
    """Weigh a text under an encoding; None when it holds letters the encoding never writes."""
    if has_other_letters(text, font.encoding):
        return None
    counts: Counter[str] = Counter()
    for piece in set(_PIECE.findall(text)):
        decoded = decode(piece, font.encoding)
        if decoded != piece:
            counts.update(_signs(piece, decoded))
    return _Weighed(decode(text, font.encoding, capitals=font.capitals), font.encoding, **counts)


def _signs(piece: str, decoded: str) -> list[str]:
    """What one piece that changes speaks for, as fields of ``_Weighed``."""
    if not decoded.isalpha() or (len(piece) == 1 and not piece.isalpha()):
        return ["mute"]
    before = is_syllable(piece) and not _is_odd(piece)
    after = is_syllable(decoded) or _is_abbreviation(piece, decoded)
    found = ["changed", *["plain"] * before, *["good"] * after]
    if after and not before and len(piece) > 1 and is_syllable(decoded) | ("§" in piece):
        found.append("strong" if _is_odd(piece) else "weak")
    return found


def _is_abbreviation(piece: str, decoded: str) -> bool:
    """HĐND, QĐ: capitals around the Đ that TCVN3 writes as a sign, VNI as Ñ."""
    return decoded.isupper() and "Đ" in decoded and ("§" in piece or "Ñ" in piece)


def _is_odd(piece: str) -> bool:
    """Tell a piece no word looks like: with a sign in it, or a capital after a small letter."""
    if not piece.isalpha():
        return True
    return any(a.islower() and b.isupper() for a, b in pairwise(piece))
