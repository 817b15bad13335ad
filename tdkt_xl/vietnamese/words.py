"""Write whole numbers in Vietnamese words, as on money orders: 1 005 → một nghìn không trăm linh năm."""

from collections.abc import Iterator
from typing import Literal

Odd = Literal["linh", "lẻ"]

LIMIT = 10**18
"""Numbers from here on have no reading that everybody shares."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION, _MILLION, _THOUSAND = 10**9, 10**6, 10**3


def in_words(number: int, *, odd: Odd = "linh") -> str:
    """Return the number in lower-case words: 21 → hai mươi mốt, -15 → âm mười lăm.

    *mốt*, *tư* and *lăm* stand after *mươi*, *lăm* also after *mười*; *odd* is said for a missing ten
    (105 → một trăm linh năm; in the South *lẻ*). Once a number has begun, the hundreds of every later
    group that is not 000 are said: 1 005 → một nghìn không trăm linh năm. Above a billion the words
    start over before *tỷ*. Raises ValueError from a billion billions on.
    """
    if abs(number) >= LIMIT:
        msg = f"{number} is too long to be said"
        raise ValueError(msg)
    said = _DIGITS[0] if number == 0 else " ".join(_said(abs(number), odd, full=False))
    return f"âm {said}" if number < 0 else said


def _said(number: int, odd: Odd, *, full: bool) -> Iterator[str]:
    """Yield the words of a positive number; ``full`` says the hundreds of its first group too."""
    for unit, name in ((_BILLION, "tỷ"), (_MILLION, "triệu"), (_THOUSAND, "nghìn")):
        many, number = divmod(number, unit)
        if many:
            yield from _said(many, odd, full=full)
            yield name
            full = True
    if number:
        yield from _group(number, odd, full=full)


def _group(number: int, odd: Odd, *, full: bool) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    if hundreds or full:
        yield from (_DIGITS[hundreds], "trăm")
        if rest and not tens:
            yield odd
    if tens == 1:
        yield "mười"
    elif tens:
        yield from (_DIGITS[tens], "mươi")
    if units:
        yield (
            "lăm"
            if tens == 1 and units == 5
            else (_AFTER_TENS if tens > 1 else {}).get(units, _DIGITS[units])
        )
