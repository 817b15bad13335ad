"""How the scores of a sheet were typed: formulas where numbers belong, texts dragged down, stored noise."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tdkt_xl.domain.scores import CellState, ScoreCell, ScoreLine
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.findings.render import say
from tdkt_xl.tables.locate import Table

_COUNTED = re.compile(r"([0-9]+)([.,])([1-9][0-9]*)")
_LEAST_RUN = 3
"""Cells a dragged text must fill: two texts in a row may well be typed."""


def check_inputs(
    table: Table, lines: Sequence[ScoreLine], fields: Sequence[str], findings: list[Finding]
) -> list[ScoreLine]:
    """Look at how each score was typed; lines come back with the dragged texts refused.

    May report KT-226 and KT-233; KT-236 takes the place of KT-201. Formulas are only odd in the
    standard form, whose score cells are for numbers.
    """
    dragged: dict[Place, Finding] = {}
    for field in fields:
        cells = [getattr(line, field) for line in lines]
        heading = table.heading(field)
        dragged |= _dragged(cells, heading)
        for cell in cells:
            if cell.state is CellState.NUMBER:
                findings += _odd_number(table, cell, heading)
    if not dragged:
        return list(lines)
    findings[:] = [item for item in findings if item.place not in dragged] + list(dragged.values())
    return [_refused(line, fields, dragged) for line in lines]


def _odd_number(table: Table, cell: ScoreCell, heading: str) -> list[Finding]:
    at = (cell.place.row, cell.place.column)
    if cell.formula:
        known = table.grid.setup.formula_texts.get(at)
        shown = f" “={known.text}”" if known and known.origin == at else ""
        odd = codes.FORMULA_IN_INPUT.at(cell.place, column=heading, formula=shown, value=cell.value)
        return [odd] if table.stamped else []
    stored = table.grid.value(*at)
    if not isinstance(stored, float) or cell.value is None or stored == float(cell.value):
        return []
    shown = repr(stored).replace(".", ",")
    return [codes.FLOAT_NOISE.at(cell.place, column=heading, stored=shown, value=cell.value)]


def _dragged(cells: Sequence[ScoreCell], heading: str) -> dict[Place, Finding]:
    """Texts such as 5.10 below 5.8 and 5.9: the fill handle counted on, so they may stand for 6 or 5.1."""
    found: dict[Place, Finding] = {}
    run: list[tuple[ScoreCell, int, str, int]] = []
    for cell in cells:
        match = _COUNTED.fullmatch(cell.text) if cell.state is CellState.TEXT else None
        if match is None:
            run = []
            continue
        item = (cell, int(match[1]), match[2], int(match[3]))
        goes_on = run and _follows(run[-1], item)
        run = [*run, item] if goes_on else [item]
        if len(run) >= _LEAST_RUN and run[0][3] < 10 <= item[3]:
            whole, tenths = Decimal(item[1]), Decimal(item[3]) / 10
            found[cell.place] = codes.DRAGGED_TEXT.at(
                cell.place,
                column=heading,
                text=cell.text,
                cell=run[0][0].place.cell,
                readings=f"{say(cell.value)} hoặc {say(whole + tenths)}",
            )
    return found


def _follows(above: tuple[ScoreCell, int, str, int], below: tuple[ScoreCell, int, str, int]) -> bool:
    next_row = below[0].place.row == above[0].place.row + 1
    return next_row and below[1:3] == above[1:3] and below[3] == above[3] + 1


def _refused(line: ScoreLine, fields: Sequence[str], dragged: dict[Place, Finding]) -> ScoreLine:
    cells: dict[str, ScoreCell] = {field: getattr(line, field) for field in fields}
    bad = {
        field: ScoreCell(cell.place, CellState.BAD, text=cell.text)
        for field, cell in cells.items()
        if cell.place in dragged
    }
    return replace(line, **bad) if bad else line  # type: ignore[arg-type]  # only fields of scores
