"""UTF-8 once read as Western text: "XÃ£" for "Xã", "Cá»™ng" for "Cộng"."""

import re

from tdkt_xl.vietnamese.syllables import WORD, is_syllable

LOST = "\N{REPLACEMENT CHARACTER}"
"""What stands for a letter that some program could not read; which one it was cannot be told."""

# What the bytes 0x80 … 0xBF look like in Windows-1252, whose five unused places stay controls.
_CONTINUATIONS = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_TO_BYTE = {letter: 0x80 + index for index, letter in enumerate(_CONTINUATIONS)}
_TO_BYTE |= {chr(byte): byte for byte in [*range(0x80, 0xA0), *range(0xC2, 0xF0)]}
_CONTINUATION = f"[\x80-\x9f{re.escape(_CONTINUATIONS)}]"
_SEQUENCE = re.compile(f"[\xc2-\xdf]{_CONTINUATION}|[\xe1-\xef]{_CONTINUATION}{{2}}")
_TWICE = 2


def _decoded(match: re.Match[str]) -> str:
    try:
        return bytes(_TO_BYTE[letter] for letter in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def read_mojibake(text: str) -> str | None:
    """Return the text as it was meant, or None when it is not mojibake.

    Only where every word that changes becomes a Vietnamese syllable, so that «cá»… stays what it is.
    Text that went wrong twice is read twice.
    """
    shown = text
    for _ in range(_TWICE):
        if not _SEQUENCE.search(shown):
            break
        shown = _SEQUENCE.sub(_decoded, shown)
    if shown == text or ("«" in shown) != ("»" in shown):
        return None
    before = set(WORD.findall(text))
    changed = [word for word in WORD.findall(shown) if word not in before and not word.isascii()]
    good = [word for word in changed if is_syllable(word) or (word.isupper() and "Đ" in word)]
    return shown if changed and len(good) == len(changed) else None
