"""Characters that make a text read otherwise than it is written: reversed, hidden, or for machines only."""

import re

_REVERSING = "\u202a-\u202e\u2066-\u2069"
_HIDDEN = "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
"""Tag characters spell Latin letters nobody sees; so do further variation selectors."""
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff"
_TAGS = 0xE0000
_ANY = re.compile(f"[{_REVERSING}{_HIDDEN}{_CONTROL}]")
_EACH_REVERSING, _EACH_HIDDEN, _EACH_CONTROL = (
    re.compile(f"[{kind}]") for kind in (_REVERSING, _HIDDEN, _CONTROL)
)


def has_concealed(text: str) -> bool:
    """Tell whether a text holds such characters."""
    return _ANY.search(text) is not None


def without_concealed(text: str) -> str:
    """The text without such characters."""
    return _ANY.sub("", text)


def reversing_in(text: str) -> list[str]:
    """Names of the characters that turn the direction of writing, each once."""
    return _named(_EACH_REVERSING, text)


def controls_in(text: str) -> list[str]:
    """Names of the control characters, and of halves of characters, each once."""
    return _named(_EACH_CONTROL, text)


def tagged_text(text: str) -> str:
    """What invisible characters spell; "…" stands for those that spell nothing. "" without any."""
    found = "".join(_EACH_HIDDEN.findall(text))
    spelt = "".join(chr(ord(one) - _TAGS) for one in found if 0x20 <= ord(one) - _TAGS < 0x7F)
    return spelt or ("…" if found else "")


def _named(kind: re.Pattern[str], text: str) -> list[str]:
    return sorted({f"U+{ord(one):04X}" for one in kind.findall(text)})
