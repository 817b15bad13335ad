"""Characters nobody meant: invisible ones, odd spaces, letters of other alphabets that look right."""

import re

from tdkt_xl.vietnamese.letters import LOOK_ALIKES
from tdkt_xl.vietnamese.text import without_invisible

_ODD_SPACES = {ord(space): " " for space in "\t\v\f\x85\xa0\u1680\u202f\u205f\u3000"}
_ODD_SPACES |= dict.fromkeys(range(0x2000, 0x200B), " ")
_AROUND_BREAK = re.compile(" *\n")
# Cyrillic letters that have a Latin twin only as capitals: a small в is no b.
_CAPITAL_TWINS = frozenset("вкмнт")
_EXACT = {
    chr(stranger): twin for stranger, twin in LOOK_ALIKES.items() if chr(stranger) not in _CAPITAL_TWINS
}
_TWINS = str.maketrans(_EXACT | {chr(code).upper(): twin.upper() for code, twin in LOOK_ALIKES.items()})
_STRANGER = re.compile(f"[{''.join(map(chr, _TWINS))}]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ANCHOR = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")


def without_stray(text: str) -> str:
    """Return the text without invisible characters, odd spaces and white space at the ends.

    Line breaks and runs of ordinary spaces inside are the writer's own and stay.
    """
    lines = without_invisible(text).replace("\r\n", "\n").replace("\r", "\n").translate(_ODD_SPACES)
    return _AROUND_BREAK.sub("\n", lines).strip()


def without_look_alikes(text: str) -> str:
    """Return the text with Ð and the Cyrillic letters in it as the Latin letters they are taken for.

    A text in Cyrillic, which holds letters without a twin or none of the Latin ones, is left alone.
    """
    if not _STRANGER.search(text):
        return text
    shown = text.translate(_TWINS)
    mixed = _ANCHOR.search(_STRANGER.sub("", text))
    return text if _CYRILLIC.search(shown) or not mixed else shown
