"""What passes between the product and its reading process: JSON lines one way, framed JSON the other.

The reading process has seen hostile bytes, so nothing it says is executed (no pickle), and everything is
checked for its shape before it is believed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from tdkt_xl.findings import Code, Finding, Outcome, Place
from tdkt_xl.findings.codes import files, intake
from tdkt_xl.tables.grid import (
    CellValue,
    FormulaText,
    Grid,
    Look,
    PageSetup,
    Position,
    Range,
    ReceivedBook,
    SheetSetup,
    SheetState,
)

READY = b'"ready"'
_CODES = {
    code.id: code for family in (files, intake) for code in vars(family).values() if isinstance(code, Code)
}
_CELL_TYPES = frozenset({str, int, float, bool, type(None), datetime, date, time, timedelta})
_PARAMETER_TYPES = (str, int)
_SHIFT = 15
_MASK = (1 << _SHIFT) - 1


class ProtocolError(Exception):
    """An answer of the reading process that is not one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a run reads: with which passwords, and how many times wider limits than usual."""

    passwords: tuple[str, ...] = field(default=(), repr=False)
    wider: int = 1


def encode_start(reading: Reading) -> bytes:
    """The first line to the reading process."""
    return _line({"passwords": reading.passwords, "wider": reading.wider})


def decode_start(line: bytes) -> Reading:
    """The reverse of ``encode_start``."""
    given = json.loads(line)
    return Reading(tuple(given["passwords"]), given["wider"])


def encode_request(number: int, path: str, name: str) -> bytes:
    """One line asking for one file."""
    return _line([number, path, name])


def decode_request(line: bytes) -> tuple[int, str, str]:
    """The reverse of ``encode_request``."""
    number, path, name = json.loads(line)
    return number, path, name


def _line(document: object) -> bytes:
    return json.dumps(document).encode() + b"\n"


def encode_answer(number: int, outcome: Outcome[ReceivedBook]) -> bytes:
    """The answer to one request."""
    book = outcome.value
    return _document(
        [
            number,
            [_finding(finding) for finding in outcome.findings],
            None
            if book is None
            else [book.sha256, book.size, [_grid(grid) for grid in book.grids], book.saved_on],
        ]
    )


def encode_fault(number: int, kind: str) -> bytes:
    """The answer when the reading process failed by itself; ``kind`` names how, without any data."""
    return _document([number, kind])


def _document(document: object) -> bytes:
    # Lone surrogates in names of files can only travel escaped.
    return json.dumps(document, default=_day, separators=(",", ":")).encode("ascii")


def _day(value: object) -> dict[str, object]:
    if isinstance(value, timedelta):
        return {"s": [value.days, value.seconds, value.microseconds]}
    assert isinstance(value, (date, time))
    kind = "t" if isinstance(value, datetime) else "d" if isinstance(value, date) else "h"
    return {kind: value.isoformat()}


def _finding(finding: Finding) -> list[object]:
    place = finding.place
    return [finding.code.id, place.file, place.sheet, place.row, place.column, dict(finding.params)]


def _places(places: Iterable[Position]) -> list[int]:
    return sorted(row << _SHIFT | column for row, column in places)


def _texts(places: Mapping[Position, str]) -> list[object]:
    return [[row << _SHIFT | column, text] for (row, column), text in places.items()]


def _grid(grid: Grid) -> list[object]:
    return [
        grid.sheet,
        grid.state.value,
        grid.rows,
        [[merge.top, merge.left, merge.bottom, merge.right] for merge in grid.merges],
        sorted(grid.hidden_rows),
        sorted(grid.hidden_columns),
        _places(grid.formulas),
        _places(grid.uncached),
        _texts(grid.errors),
        _texts(grid.fonts),
        _setup(grid.setup),
        _texts({place: look.value for place, look in grid.looks.items()}),
        grid.main_font,
        _places(grid.percents),
    ]


def _setup(setup: SheetSetup) -> list[object]:
    formulas = [
        [row << _SHIFT | column, formula.text, formula.origin[0] << _SHIFT | formula.origin[1]]
        for (row, column), formula in setup.formula_texts.items()
    ]
    area, page = setup.filtered, setup.page
    return [
        formulas,
        [area.top, area.left, area.bottom, area.right] if area else None,
        setup.protected,
        [page.paper, page.landscape, page.margins, page.one_page_wide, page.repeated_rows] if page else None,
    ]


def decode_answer(answer: bytes, name: str) -> tuple[int, Outcome[ReceivedBook] | str]:
    """Number of the request with its outcome, or with the kind of the fault; raises ProtocolError."""
    try:
        number, *rest = json.loads(answer, object_hook=_as_day)
        if len(rest) == 1:
            return number, str(rest[0])
        found, book = rest
        findings = tuple(_as_finding(item) for item in found)
        value = None if book is None else _as_book(name, *book)
        return number, Outcome(value, findings)
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise ProtocolError from fault


def _as_day(given: dict[str, Any]) -> object:
    if len(given) != 1:
        return given
    ((kind, text),) = given.items()
    if kind == "t":
        return datetime.fromisoformat(text)
    if kind == "d":
        return date.fromisoformat(text)
    if kind == "h":
        return time.fromisoformat(text)
    return timedelta(*text) if kind == "s" else given


def _as_finding(given: list[Any]) -> Finding:
    code, file, sheet, row, column, params = given
    if not all(isinstance(value, _PARAMETER_TYPES) for value in params.values()):
        raise TypeError
    return Finding(_CODES[code], Place(str(file), str(sheet), int(row), int(column)), params)


def _as_book(name: str, sha256: str, size: int, grids: list[Any], saved_on: date | None) -> ReceivedBook:
    if not isinstance(saved_on, date | None):
        raise TypeError
    sheets = tuple(_as_grid(name, *grid) for grid in grids)
    return ReceivedBook(name, str(sha256), sheets, int(size), saved_on)


def _as_positions(places: list[int]) -> frozenset[Position]:
    return frozenset((place >> _SHIFT, place & _MASK) for place in places)


def _as_texts(places: list[tuple[int, str]]) -> dict[Position, str]:
    return {(place >> _SHIFT, place & _MASK): str(text) for place, text in places}


def _as_grid(
    name: str,
    sheet: str,
    state: str,
    rows: list[list[CellValue]],
    merges: list[list[int]],
    hidden_rows: list[int],
    hidden_columns: list[int],
    formulas: list[int],
    uncached: list[int],
    errors: list[tuple[int, str]],
    fonts: list[tuple[int, str]],
    setup: list[Any],
    looks: list[tuple[int, str]],
    main_font: str,
    percents: list[int],
) -> Grid:
    kept = tuple(map(tuple, rows))
    if not {kind for row in kept for kind in map(type, row)} <= _CELL_TYPES:
        raise TypeError
    return Grid(
        name,
        str(sheet),
        kept,
        SheetState(state),
        tuple(Range(*merge) for merge in merges),
        frozenset(hidden_rows),
        frozenset(hidden_columns),
        _as_positions(formulas),
        _as_positions(uncached),
        _as_texts(errors),
        fonts=_as_texts(fonts),
        setup=_as_setup(*setup),
        looks={place: Look(text) for place, text in _as_texts(looks).items()},
        main_font=str(main_font),
        percents=_as_positions(percents),
    )


def _as_setup(
    formulas: list[tuple[int, str, int]],
    area: list[int] | None,
    protected: bool | None,
    page: list[Any] | None,
) -> SheetSetup:
    return SheetSetup(
        {
            (place >> _SHIFT, place & _MASK): FormulaText(str(text), (origin >> _SHIFT, origin & _MASK))
            for place, text, origin in formulas
        },
        Range(*map(int, area)) if area else None,
        None if protected is None else bool(protected),
        _as_page(*page) if page else None,
    )


def _as_page(
    paper: int | None, landscape: bool, margins: list[float] | None, one_page_wide: bool, repeated_rows: bool
) -> PageSetup:
    sides = None
    if margins is not None:
        left, right, top, bottom = map(float, margins)
        sides = (left, right, top, bottom)
    return PageSetup(
        None if paper is None else int(paper),
        bool(landscape),
        sides,
        bool(one_page_wide),
        bool(repeated_rows),
    )
