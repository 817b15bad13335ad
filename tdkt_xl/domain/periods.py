"""Kỳ: the period a round of scoring covers, a calendar year or a school year."""

import re
from dataclasses import dataclass
from datetime import date

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year (``first == last``) or a school year (``last == first + 1``)."""

    first: int
    last: int

    @property
    def key(self) -> str:
        """How the period is written in workbooks: 2023 or 2022-2023."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def label(self) -> str:
        """How the period is read in a sentence."""
        return f"năm {self.key}" if self.first == self.last else f"năm học {self.key}"

    @property
    def start(self) -> date:
        """First day; a school year is counted from 1 September."""
        return date(self.first, 1, 1) if self.first == self.last else date(self.first, 9, 1)

    @property
    def end(self) -> date:
        """Last day; a school year is counted to 31 August."""
        return date(self.last, 12, 31) if self.first == self.last else date(self.last, 8, 31)

    def __str__(self) -> str:
        return self.key


def find_period(text: str) -> Period | None:
    """Read a period from "2023", "năm 2023", "năm học 2022 - 2023"; None when the text holds none.

    Two different years that do not follow each other are no period.
    """
    school = _SCHOOL_YEAR.search(text)
    if school:
        first, last = int(school[1]), int(school[2])
        return Period(first, last) if last == first + 1 else None
    years = set(_YEAR.findall(text))
    if len(years) == 1:
        year = int(years.pop())
        return Period(year, year)
    return None
