"""Read the numbering of a table as people type it (I, 1, 1.1, a … đ, "-"): which row stands under which.

A row is known by the ordinals on the way to it: the second "a)" group of "1." under "II" is (2, 1, 2).
What a mark may mean is decided by the marks around it; where they do not decide, the row has no path.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tdkt_xl.vietnamese.text import tidy

ALPHABETS = (
    "abcdđeghiklmnopqrstuvxy",
    "abcdđeêghiklmnopqrstuvxy",
    "abcdeghiklmnopqrstuvxy",
    "abcdefghijklmnopqrstuvwxyz",
    "aăâbcdđeêghiklmnoôơpqrstuưvxy",
)
"""Orders of letters in use: as in legal texts, with ê, without đ, English, the whole alphabet."""
_BULLETS = frozenset("-+*•")
_DASHES = str.maketrans("–—−", "---")
_ROMANS = ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)
_ROMAN = re.compile("x{0,3}(?:ix|iv|v?i{0,3})")
_MARK = re.compile(
    r"(?P<parts>[0-9A-Za-zĐđÊêĂăÂâÔôƠơƯư]{1,7}(?:[.)] ?[0-9A-Za-zĐđÊê]{1,7})*) ?(?P<end>[.):/]{0,2})"
)
_BETWEEN = re.compile("[.)] ?")
_MOST = 999

_NUMBER, _ROMAN_STYLE, _LETTER = "1", "i", "a"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number as a cell holds it; ``numeric`` when the cell is a number, where 1.10 is stored as 1.1."""

    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the numbering says about a row.

    ``path`` are the ordinals on the way to the row; None when the marks do not tell. ``counted`` is
    False when one of them is a bullet, whose ordinal only counts. ``expected`` is the mark that would
    go on from the rows above, when this one does not.
    """

    path: tuple[int, ...] | None = None
    counted: bool = True
    expected: str = ""


NOT_NUMBERED = Numbered()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One meaning of a mark: its style (with case), its ordinal, and for letters the alphabets that fit."""

    style: str
    ordinal: int
    letter: str = ""
    prefix: tuple[int, ...] = ()
    end: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    """An open level: its last row, and the alphabets its letters have kept to so far."""

    last: _Reading
    ordinal: int
    alphabets: tuple[str, ...] = ALPHABETS
    lost: bool = False

    @property
    def name(self) -> int:
        """What the prefix of a mark below calls its last row."""
        return -self.ordinal if self.last.letter else self.ordinal


def read_numbering(marks: Sequence[Mark]) -> list[Numbered]:
    """What the numbering of a table says about each row, from top to bottom; blank marks say nothing."""
    read = [_readings(mark) for mark in marks]
    reader = _Reader(read)
    return [reader.place(at, mark) if read[at] else NOT_NUMBERED for at, mark in enumerate(marks)]


def split_mark(text: str) -> tuple[str, str]:
    """The number typed before a text ("1.1. Kinh tế", "- Y tế") and the rest; ("", text) without one."""
    plain = tidy(text)
    if plain[:1].translate(_DASHES) in _BULLETS and plain[1:2] == " ":
        return plain[0], plain[2:]
    first, _, rest = plain.partition(" ")
    pointed = first.endswith((".", ")", "/")) or re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2})+", first)
    return (first, rest) if rest and pointed and _readings(Mark(first)) else ("", plain)


def _readings(mark: Mark) -> tuple[_Reading, ...]:
    """Everything a mark may mean by itself; nothing for a blank or for words."""
    text = tidy(mark.text).translate(_DASHES).removeprefix("(")
    if text in _BULLETS:
        return (_Reading(text, 0),)
    match = _MARK.fullmatch(text.replace(",", "."))
    if match is None:
        return ()
    *above, own = _BETWEEN.split(match["parts"])
    prefix = tuple(_name_of(part) for part in above)
    if 0 in prefix:
        return ()
    return tuple(replace(reading, prefix=prefix, end=match["end"]) for reading in _own(own))


def _own(part: str) -> list[_Reading]:
    if part.isdigit():
        return [_Reading(_NUMBER, int(part))] if 0 < int(part) <= _MOST else []
    if not part.isalpha() or part not in {part.lower(), part.upper()}:
        return []
    capital, small = "^" if part == part.upper() else "", part.lower()
    found = [_Reading(_ROMAN_STYLE + capital, _roman(small))] if _ROMAN.fullmatch(small) else []
    if len(small) == 1:
        found.append(_Reading(_LETTER + capital, 0, small))
    return found


def _name_of(part: str) -> int:
    """What names a row above: a number, Roman or not, or a letter (as a negative number); 0 for neither."""
    for reading in _own(part):
        return reading.ordinal or -1 - ALPHABETS[0].find(reading.letter)
    return 0


def _roman(text: str) -> int:
    total = 0
    for letters, value in _ROMANS:
        while text.startswith(letters):
            total, text = total + value, text.removeprefix(letters)
    return total


def _roman_text(number: int) -> str:
    text = ""
    for letters, value in _ROMANS:
        while number >= value:
            text, number = text + letters, number - value
    return text


class _Reader:
    """The levels open at a row of a table."""

    def __init__(self, read: Sequence[Sequence[_Reading]]) -> None:
        self._read = read
        self._at = 0
        self._levels: list[_Level] = []
        self._closed: dict[int, _Level] = {}

    def place(self, at: int, mark: Mark) -> Numbered:
        """Place a row, with the mark it bears; rows come in order."""
        self._at = at
        readings = self._read[at]
        if readings[0].style in _BULLETS:
            return self._bullet(readings[0])
        if readings[0].prefix:
            return self._dotted(mark, readings)
        open_ = [(depth, level) for depth, level in enumerate(self._levels) if not level.last.prefix]
        return self._choose(readings, open_) or self._broken(readings)

    def _choose(self, readings: Sequence[_Reading], open_: Sequence[tuple[int, _Level]]) -> Numbered | None:
        """The list a mark goes on in, or begins; None when there is none."""
        below = len(self._levels)
        lists = [*reversed(open_), *((below, level) for level in (self._closed.get(below),) if level)]
        going_on = [(at, level, one) for at, level in lists for one in readings if _follows(level, one)]
        alike = [item for item in going_on if item[1].last.end == item[2].end]
        used = {(level.last.style, level.last.end) for _, level in open_}
        beginning = [one for one in readings if _is_first(one) and (one.style, one.end) not in used]
        choices = [(at, one) for at, _, one in alike or going_on] + [(below, one) for one in beginning]
        if not choices:
            return None
        gaps = [self._gap(one) for _, one in choices] if len(choices) > 1 else [0]
        nearest = [choice for choice, gap in zip(choices, gaps, strict=True) if gap == min(gaps)]
        # After "h" a lone "i" goes on: nobody numbers a list of one row.
        certain = len(nearest) == 1 or {one.style for _, one in nearest} != {nearest[0][1].style}
        return self._put(*nearest[0], lost=not certain)

    def _gap(self, reading: _Reading) -> int:
        """How many rows further down a list goes on; beyond the last row when it never does."""
        level = _Level(reading, reading.ordinal)
        rest = range(self._at + 1, len(self._read))
        return next(
            (at for at in rest if any(_follows(level, other) for other in self._read[at])), len(self._read)
        )

    def _broken(self, readings: Sequence[_Reading]) -> Numbered:
        """A mark that goes on from nothing: it stays where its style was last used."""
        for depth in reversed(range(len(self._levels))):
            level = self._levels[depth]
            for reading in readings:
                if reading.style == level.last.style and not level.last.prefix:
                    # The list begins anew although nothing above went on: whose rows follow is not known.
                    lost = _is_first(reading)
                    return self._put(depth, reading, lost=lost, expected="" if lost else _next_text(level))
        if len(readings) > 1:
            return self._put(len(self._levels), readings[0], lost=True)
        return self._put(len(self._levels), readings[0], expected=_first_text(readings[0]))

    def _dotted(self, mark: Mark, readings: Sequence[_Reading]) -> Numbered:
        """Place a mark that names the rows above it: 1.1, I.2, 2. b)."""
        prefix = readings[0].prefix
        depth = self._depth_of(prefix)
        if depth is None:
            return self._stray(readings[0])
        if depth < len(self._levels) and self._levels[depth].last.prefix == prefix:
            level = self._levels[depth]
            following = [one for one in _as_typed(mark, level, readings) if _follows(level, one)]
            expected = "" if following else _with_prefix(readings[0], _next_text(level))
            return self._put(depth, (following or readings)[0], expected=expected)
        del self._levels[depth:]
        closed = self._closed.get(depth)
        fitting = [
            one for one in readings if _is_first(one) or (closed is not None and _follows(closed, one))
        ]
        expected = "" if fitting else _with_prefix(readings[0], _first_text(readings[0]))
        return self._put(depth, (fitting or readings)[0], expected=expected)

    def _depth_of(self, prefix: tuple[int, ...]) -> int | None:
        """Depth of the rows below the open row a prefix names; 0 when no row above is numbered."""
        if not self._levels:
            return 0
        if self._levels[0].last.prefix and len(self._levels[0].last.prefix) == len(prefix):
            return 0  # 1.1, 1.2, 2.1: the rows 1 and 2 have no number of their own
        for depth in reversed(range(len(self._levels))):
            own = self._levels[depth]
            typed = (*own.last.prefix, own.name)
            chain = tuple(level.name for level in self._levels[: depth + 1])
            if typed == prefix or (len(prefix) > len(typed) and chain[-len(prefix) :] == prefix):
                return depth + 1
        return 1 if prefix == (self._levels[0].ordinal,) else None  # A, 1.1, 1.2, B, 2.1

    def _stray(self, reading: _Reading) -> Numbered:
        """A mark below a row that is not there: where it belongs is not known."""
        level = self._levels[-1]
        if level.last.prefix:
            return Numbered(None, expected=_with_prefix(level.last, _next_text(level)))
        return Numbered(None, expected=f"{level.ordinal}.{_first_text(reading)}")

    def _bullet(self, reading: _Reading) -> Numbered:
        """Place a bullet: among its like, else below the row above."""
        for depth in reversed(range(len(self._levels))):
            level = self._levels[depth]
            if level.last.style == reading.style:
                return self._put(depth, replace(reading, ordinal=level.ordinal + 1))
        return self._put(len(self._levels), replace(reading, ordinal=1))

    def _put(self, depth: int, reading: _Reading, *, lost: bool = False, expected: str = "") -> Numbered:
        """Open a row at a depth; deeper levels end here."""
        for closing in range(depth + 1, len(self._levels)):
            self._closed[closing] = self._levels[closing]
        before = self._levels[depth] if depth < len(self._levels) else self._closed.get(depth)
        goes_on = before is not None and before.last.style == reading.style and not _is_first(reading)
        alphabets = _alphabets(before, reading) if before is not None and goes_on else ALPHABETS
        if reading.letter:
            alphabets = alphabets or tuple(one for one in ALPHABETS if reading.letter in one)
        ordinal = 1 + alphabets[0].index(reading.letter) if reading.letter else reading.ordinal
        lost = lost or (depth < len(self._levels) and self._levels[depth].lost)
        del self._levels[depth:]
        self._levels.append(_Level(reading, ordinal, alphabets, lost))
        known = not any(level.lost for level in self._levels)
        return Numbered(
            (*map(abs, self._levels[0].last.prefix), *(level.ordinal for level in self._levels))
            if known
            else None,
            all(level.last.style not in _BULLETS for level in self._levels),
            expected,
        )


def _alphabets(level: _Level, reading: _Reading) -> tuple[str, ...]:
    """The alphabets of a level in which a letter comes right after its last; none for another mark."""
    if not reading.letter or not level.last.letter:
        return ()
    return tuple(one for one in level.alphabets if level.last.letter + reading.letter in one)


def _follows(level: _Level, reading: _Reading) -> bool:
    if level.last.style != reading.style:
        return False
    if reading.letter:
        return bool(_alphabets(level, reading))
    return reading.ordinal == level.last.ordinal + 1


def _is_first(reading: _Reading) -> bool:
    return reading.letter == "a" if reading.letter else reading.ordinal == 1


def _as_typed(mark: Mark, level: _Level, readings: Sequence[_Reading]) -> Sequence[_Reading]:
    """The readings of a mark, with 1.1 below 1.9 in a number cell taken for the 1.10 that was typed."""
    own = readings[0]
    if mark.numeric and own.style == _NUMBER and own.ordinal * 10 == level.last.ordinal + 1:
        return [replace(own, ordinal=own.ordinal * 10)]
    return readings


def _case(reading: _Reading) -> Callable[[str], str]:
    return str.upper if reading.style.endswith("^") else str.lower


def _first_text(reading: _Reading) -> str:
    return "1" if reading.style == _NUMBER else _case(reading)("a" if reading.letter else "i")


def _next_text(level: _Level) -> str:
    """The mark that would go on in a level; of several alphabets the one of legal texts."""
    last = level.last
    if last.letter:
        followed = [one[one.index(last.letter) + 1 :][:1] for one in level.alphabets]
        return _case(last)(next((letter for letter in followed if letter), ""))
    number = last.ordinal + 1
    return str(number) if last.style == _NUMBER else _case(last)(_roman_text(number))


def _with_prefix(reading: _Reading, text: str) -> str:
    return ".".join((*map(str, reading.prefix), text))
