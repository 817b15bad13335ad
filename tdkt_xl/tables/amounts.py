"""Read targets, results and lists of steps: numbers with percent signs, several in a cell, or words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from tdkt_xl.domain.scores import Amount, CellState
from tdkt_xl.domain.scoring.terms import Step
from tdkt_xl.findings import Place
from tdkt_xl.findings.render import say
from tdkt_xl.tables.cells import is_blank, plain_text
from tdkt_xl.tables.locate import Table
from tdkt_xl.vietnamese.numbers import exact, read_number
from tdkt_xl.vietnamese.text import comparison_key, tidy

_BOUND_WORDS = re.compile(r"^(≥|>=|=>|≤|<=|=<|từ|đến|hạng|bậc)\s*", re.IGNORECASE)
_NOT_APPLICABLE = frozenset(
    map(comparison_key, ("Không áp dụng", "Không giao", "Không được giao", "KAD", "K/AD", "KÁD"))
)


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    percent: bool


def _read(text: str) -> _Number | None:
    """A number, or a percentage as Excel counts it: 87% is 0.87. None when it is neither, or doubtful."""
    plain = _BOUND_WORDS.sub("", tidy(text))
    percent = plain.endswith("%")
    value = read_number(plain.removesuffix("%").rstrip()).value
    if value is None:
        return None
    return _Number(value / 100 if percent else value, percent)


def read_steps(text: str) -> tuple[Step, ...] | None:
    """Read "95: 10; 85: 8" or "Cờ thi đua tỉnh: 10"; None when a part is not "name: number".

    A part without a name ("1; 3") is a number alone.
    """
    steps = []
    for part in filter(None, map(tidy, re.split(r"[;\n]", text))):
        name, colon, number = part.rpartition(":")
        value = read_number(number).value
        if value is None or (colon and not tidy(name)):
            return None
        bound = _read(name) if colon else None
        steps.append(Step(tidy(name), value, bound.value if bound else None))
    return tuple(steps)


def read_amount(table: Table, row: int, field: str) -> Amount:
    """Read a target or result cell; nothing is reported here, as only some rules need the number.

    A cell of several numbers with one left out ("1; ") gives no number: which one is missing is not known.
    """
    column, grid = table.columns.get(field, 0), table.grid
    place = Place(grid.file, grid.sheet, row, column)
    raw = grid.value(row, column)
    position = (row, column)
    if position in grid.errors or position in grid.uncached:
        return Amount(place, CellState.BAD, text=grid.errors.get(position, "công thức chưa có kết quả"))
    if is_blank(raw):
        return Amount(place)
    text = plain_text(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        percent = position in grid.percents
        shown = f"{say(exact(raw) * 100)}%" if percent else text
        return Amount(place, CellState.NUMBER, (exact(raw),), shown, percent=percent)
    if comparison_key(text) in _NOT_APPLICABLE:
        return Amount(place, CellState.TEXT, text=text, not_applicable=True)
    if not isinstance(raw, str):
        return Amount(place, CellState.BAD, text=text)
    parts = [part.rpartition(":")[2] for line in text.splitlines() if tidy(line) for part in line.split(";")]
    numbers = [_read(part) for part in parts]
    known = [number for number in numbers if number is not None]
    if len(known) < len(parts):
        return Amount(place, CellState.TEXT, text=text)
    percent = any(number.percent for number in known)
    return Amount(place, CellState.NUMBER, tuple(number.value for number in known), text, percent=percent)
