"""Read single cells: the one place where raw values become numbers, dates, codes and text."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tdkt_xl.domain.scores import CellState, ScoreCell
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.tables.grid import CellValue, Grid
from tdkt_xl.vietnamese.numbers import exact, read_number
from tdkt_xl.vietnamese.text import comparison_key, tidy

_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def plain_text(value: CellValue) -> str:
    """Text of a cell as a clerk would read it: 2023.0 is "2023", a date is day/month/year."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, (int, float)):
        return f"{exact(value):f}"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell shows nothing."""
    if not isinstance(value, str):
        return value is None
    # Only a text without letters or digits may turn out to hold nothing but invisible characters.
    return not value or (not value[0].isalnum() and not tidy(value))


def _likely_score(value: date | time | timedelta) -> str:
    if isinstance(value, date):
        return f"{value.day},{value.month} (hoặc {value.month},{value.day})"
    return "một số thập phân"


def read_score(
    grid: Grid, row: int, column: int, heading: str, limit: Decimal | None, findings: list[Finding]
) -> ScoreCell:
    """Read a number of points, adding what is wrong to ``findings``.

    ``limit`` is the largest absolute value that makes sense there; it decides "9.500" under a
    maximum of 20. May report KT-201 … KT-206.
    """
    place = Place(grid.file, grid.sheet, row, column)
    position = (row, column)
    formula = position in grid.formulas
    error = grid.errors.get(position) if grid.errors else None
    if error:
        findings.append(codes.ERROR_VALUE.at(place, column=heading, error=error))
        return ScoreCell(place, CellState.BAD, text=error, formula=formula)
    if position in grid.uncached:
        findings.append(codes.FORMULA_WITHOUT_VALUE.at(place, column=heading))
        return ScoreCell(place, CellState.BAD, formula=True)
    value = grid.value(row, column)
    if isinstance(value, float):
        return ScoreCell(place, CellState.NUMBER, exact(value), formula=formula)
    if is_blank(value):
        return ScoreCell(place)
    if isinstance(value, str):
        return _read_text_score(
            value, place_cell=ScoreCell(place), heading=heading, limit=limit, out=findings
        )
    if isinstance(value, (date, time, timedelta)):
        findings.append(
            codes.DATE_FOR_NUMBER.at(
                place, column=heading, date=plain_text(value), likely=_likely_score(value)
            )
        )
        return ScoreCell(place, CellState.BAD, text=plain_text(value), formula=formula)
    if isinstance(value, bool):
        findings.append(codes.NOT_A_NUMBER.at(place, column=heading, text="ĐÚNG" if value else "SAI"))
        return ScoreCell(place, CellState.BAD, formula=formula)
    assert value is not None
    return ScoreCell(place, CellState.NUMBER, exact(value), formula=formula)


def _read_text_score(
    text: str, *, place_cell: ScoreCell, heading: str, limit: Decimal | None, out: list[Finding]
) -> ScoreCell:
    place = place_cell.place
    shown = tidy(text)
    reading = read_number(text, limit=limit)
    if reading.value is not None:
        out.append(codes.NUMBER_AS_TEXT.at(place, column=heading, text=shown, value=reading.value))
        return ScoreCell(place, CellState.TEXT, reading.value, text=shown)
    if reading.readings:
        out.append(
            codes.AMBIGUOUS_NUMBER.at(
                place,
                column=heading,
                text=shown,
                readings=" hoặc ".join(f"{n:f}".replace(".", ",") for n in reading.readings),
            )
        )
    else:
        out.append(codes.NOT_A_NUMBER.at(place, column=heading, text=shown))
    return ScoreCell(place, CellState.BAD, text=shown)


def read_integer(grid: Grid, row: int, column: int, heading: str, findings: list[Finding]) -> int | None:
    """Read a whole number from 0 up; None when blank or wrong (reported)."""
    cell = read_score(grid, row, column, heading, None, findings)
    if cell.value is None:
        return None
    if cell.value < 0 or cell.value != cell.value.to_integral_value():
        findings.append(codes.NOT_POSITIVE_WHOLE.at(cell.place, column=heading, value=cell.value))
        return None
    return int(cell.value)


def find_day(text: str) -> date | None:
    """The day of a text day/month/year or year-month-day; None for anything else."""
    day_first, iso = _DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    try:
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    return None


def read_date(grid: Grid, row: int, column: int, heading: str, findings: list[Finding]) -> date | None:
    """Read a day: an Excel date, or text day/month/year; never month first."""
    value = grid.value(row, column)
    if is_blank(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = plain_text(value)
    day = find_day(text)
    if day is not None:
        return day
    findings.append(codes.BAD_DATE.at(grid.place.at(row, column), column=heading, text=text))
    return None


def find_choice(text: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed value a text stands for, ignoring case, spacing and tone placement."""
    key = comparison_key(text)
    return next((choice for choice in allowed if comparison_key(choice) == key), None)
