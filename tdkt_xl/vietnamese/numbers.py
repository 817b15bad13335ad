"""Read numbers as Vietnamese clerks type them, and write them back; nothing is guessed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from tdkt_xl.vietnamese.text import tidy


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a text may mean as a number.

    ``readings`` is ascending: none = not a number, one = ``value``, several = ambiguous, and
    then ``value`` is None and a person must say which.
    """

    value: Decimal | None
    readings: tuple[Decimal, ...]


# Full-width ASCII and the styled digits of mathematics, which NFKC also folds. Not all of NFKC:
# it would make 52 of "5²".
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_STYLED = {0x1D7CE + index: ord("0") + index % 10 for index in range(50)}
_MINUS_SIGNS = dict.fromkeys(map(ord, "‐‑–−﹣"), ord("-"))
_TYPED = {**_WIDE, **_STYLED, **_MINUS_SIGNS}

_APOSTROPHE = re.compile("^['’‘ʼ`] ?")  # Word turns the apostrophe into any of these
_WORDED = re.compile(r"(?P<number>.*[0-9]) ?(?:[đð]iểm|[đð])(?: ?\.)?", re.IGNORECASE)
_BRACKETED = re.compile(r"\( ?(?P<inside>.*[^ ]) ?\)")
_SIGNED = re.compile(r"(?P<sign>[+-]?)(?P<gap> ?)(?P<digits>[0-9].*)")
_FRACTION = re.compile(r"(?P<part>[0-9][0-9.,]*) ?/ ?(?P<whole>[0-9][0-9.,]*)")

_WHOLE = re.compile("[0-9]+")
_DECIMAL = re.compile("([0-9]+)[.,]([0-9]+)")
_SPACED = re.compile("([0-9]+) ([0-9]+)")
_ONE_GROUP = re.compile("([1-9][0-9]{0,2})[.,]([0-9]{3})")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})+")
_GROUPS_AND_DECIMALS = re.compile(r"([1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)[.,]([0-9]+)")
_SEPARATORS = str.maketrans("", "", "., ")


def _unsigned(text: str) -> Iterator[Decimal]:
    """Yield every value that digits with separators may have."""
    if _WHOLE.fullmatch(text):
        yield Decimal(text)
    elif match := _DECIMAL.fullmatch(text):
        yield Decimal(f"{match[1]}.{match[2]}")
        if _ONE_GROUP.fullmatch(text):
            yield Decimal(match[1] + match[2])
    elif _GROUPS.fullmatch(text):
        yield Decimal(text.translate(_SEPARATORS))
    elif match := _GROUPS_AND_DECIMALS.fullmatch(text):
        yield Decimal(f"{match[1].translate(_SEPARATORS)}.{match[3]}")
    elif match := _SPACED.fullmatch(text):
        yield Decimal(match[1] + match[2])
        yield Decimal(f"{match[1]}.{match[2]}")


def _opposite(value: Decimal) -> Decimal:
    return value.copy_negate() if value else value


def _signed(text: str) -> Iterator[Decimal]:
    """Yield the values of a number with its sign; a dash and a space may also be a bullet."""
    match = _SIGNED.fullmatch(text)
    if match is None or (match["gap"] and not match["sign"]):
        return
    for value in _unsigned(match["digits"]):
        yield _opposite(value) if match["sign"] == "-" else value
        if match["sign"] == "-" and match["gap"]:
            yield value


def _out_of(text: str, limit: Decimal | None) -> Iterator[Decimal]:
    """Yield the points of "8/10" when 10 is the limit; "9/5" may be a date, and is no number."""
    match = _FRACTION.fullmatch(text)
    if match and limit is not None and limit in set(_unsigned(match["whole"])):
        yield from (value for value in _unsigned(match["part"]) if value <= limit)


def _readings(text: str, limit: Decimal | None) -> Iterator[Decimal]:
    bracketed = _BRACKETED.fullmatch(text)
    inside = bracketed["inside"] if bracketed else text
    worded = _WORDED.fullmatch(inside)
    number = worded["number"] if worded else inside
    yield from _out_of(number, limit)
    for value in _signed(number):
        yield value
        if bracketed and not worded and number[0] not in "+-":  # accountants write −5 as (5)
            yield _opposite(value)


def _settle(readings: Iterable[Decimal], limit: Decimal | None) -> NumberReading:
    possible = tuple(sorted(set(readings)))
    if limit is not None:
        possible = tuple(value for value in possible if value.copy_abs() <= limit) or possible
    return NumberReading(possible[0] if len(possible) == 1 else None, possible)


def read_number(text: str, *, limit: Decimal | None = None) -> NumberReading:
    """Read a cell typed as text: decimal comma or point, thousands, sign, the word *điểm* or *đ*.

    ``limit`` is the largest absolute value that makes sense in the column. It only chooses between
    several readings ("9.500" under 20 is 9.5) and gives "8/10" its meaning; a single reading
    beyond it is returned all the same, for the range check to report.

    Ambiguous without a limit: "1.234" and "1,234" (thousands or decimals), "9 5" (a stray space
    or a lost comma). Always ambiguous: "(5)" and "- 5", which may be negative. Not numbers:
    percentages, dates, unfinished "5," and ",5", groups of other than three digits.
    """
    typed = _APOSTROPHE.sub("", tidy(text).translate(_TYPED))
    return _settle(_readings(typed, limit), limit)


def _digits(value: Decimal) -> str:
    if not value.is_finite():
        msg = f"{value} is not a finite number"
        raise ValueError(msg)
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def exact(value: int | float | Decimal) -> Decimal:
    """Return the decimal that Excel shows for a stored number: 96.64999999999999 → 96.65.

    A float is a double and is rounded to Excel's 15 significant digits; whole numbers and decimals
    are exact already. No exponent, no trailing zeros, no minus zero. Raises ValueError on NaN,
    infinity and TRUE or FALSE, which Python would count as 1 and 0.
    """
    if isinstance(value, bool):
        msg = f"{value} is not a number"
        raise ValueError(msg)  # noqa: TRY004 -- one exception for every cell that holds no number
    return _exact_double(value) if isinstance(value, float) else Decimal(_digits(Decimal(value)))


@lru_cache(maxsize=8192)
def _exact_double(value: float) -> Decimal:
    """The decimal of a double; a district's scores are few different numbers, met again and again."""
    return Decimal(_digits(Decimal(format(value, ".15g"))))


def round_half_up(value: Decimal | Fraction, places: int) -> Decimal:
    """Round to decimal places; a half goes away from zero, as Excel shows it: 71.965 → 71.97."""
    whole = floor(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def format_number(value: Decimal) -> str:
    """Write a number for Vietnamese readers: 1234,5; no thousands marks, no trailing zeros."""
    return _digits(value).replace(".", ",")


def format_money(value: Decimal) -> str:
    """Write an amount in đồng for Vietnamese readers: 1.192.000; a fraction keeps its comma."""
    whole, comma, fraction = format_number(value).partition(",")
    return f"{int(whole):,}".replace(",", ".") + comma + fraction
