"""Rows of results: how they are told, whether an aim is met, and where the manual keeps them."""

import os
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("pandas", "pandera", "openpyxl", "python-calamine", "XlsxWriter", "polars", "click")
BEGIN, END = "<!-- bảng do --write ghi: bắt đầu -->", "<!-- bảng do --write ghi: hết -->"
_AIM = re.compile(r"([≤≥]) (\d+(?:,\d+)?)")


@dataclass(frozen=True)
class Row:
    """One measure: a ratio, or a number of some unit, with the aim set for it."""

    code: str
    name: str
    number: float | None = None
    aim: str = ""
    """``≤ 15`` or ``≥ 1,5``, in the unit of the number."""
    unit: str = ""
    digits: int = 2

    @property
    def value(self) -> str:
        """The number as people read it."""
        return "" if self.number is None else f"{decimal(self.number, self.digits)} {self.unit}".rstrip()

    @property
    def verdict(self) -> str:
        """Whether the aim is met by the number, not by what is left of it when shown."""
        aim = _AIM.match(self.aim)
        if aim is None or self.number is None:
            return ""
        bound = float(aim[2].replace(",", "."))
        met = self.number <= bound if aim[1] == "≤" else self.number >= bound
        return "đạt" if met else "chưa đạt"


def decimal(number: float, digits: int = 2) -> str:
    """A number with the decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a Markdown table, one by one."""
    yield _line("Mã", "So sánh", "Kết quả", "Mục tiêu", "")
    yield _line("---", "---", "---", "---", "---")
    for row in rows:
        yield _line(row.code, row.name, row.value, row.aim, row.verdict)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """Cores, Python and packages."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} nhân, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}; {packages}"
    )


def write_into(page: Path, lines: Iterable[str]) -> None:
    """Put the lines in the place of the results the page has."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(page, "the marks of the results are missing")
    page.write_text("\n".join((f"{before}{begin}\n", *lines, f"\n{end}{after}")), "utf-8", newline="\n")
