"""Recompute totals from the leaf cells and compare with what was typed; nothing typed is trusted."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.scores import (
    CellState,
    ScoreCell,
    ScoreSheet,
    SummaryRow,
    TypedTotal,
    WideRow,
    sum_cells,
)
from tdkt_xl.domain.scoring.totals import Excess, find_excess
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import between_sheets as codes
from tdkt_xl.findings.codes.cells import BLANK_SCORE, CONSTANT_FOR_FORMULA
from tdkt_xl.findings.render import say
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.tasks.sum_formulas import Misadded, find_misadded

_COMPARED = {"self_score": "self_total", "cluster_score": "cluster_total"}
"""Typed subtotals are compared for these columns; the appraisal is partial by nature."""


def excess_of(sheet: ScoreSheet, field: str) -> list[Excess]:
    """Bonus and penalty groups whose scores of one column ("final" too) go beyond the cap."""
    if sheet.catalogue is None:
        return []
    cells = {line.criterion.path: getattr(line, field) for line in sheet.lines if line.applies}
    points = {path: cell.value for path, cell in cells.items() if cell.value is not None}
    return find_excess(sheet.catalogue, points)


def _beyond(sheet: ScoreSheet, field: str, path: str) -> Decimal:
    """Points beyond the caps within a group ("" for the whole sheet)."""
    inside = [item for item in excess_of(sheet, field) if path in ("", item.group.path)]
    return sum((item.points for item in inside), Decimal(0))


def check_caps(sheet: ScoreSheet) -> list[Finding]:
    """Say which bonus and penalty points are not counted as they go beyond the cap (KT-430)."""
    typed = {total.path: total.cell.place for total in sheet.typed_totals if total.field == "cluster_score"}
    return [
        codes.BEYOND_CAP.at(
            typed.get(item.group.path, sheet.unit_place),
            unit=sheet.unit_name,
            path=item.group.path,
            computed=item.computed,
            limit=item.group.maximum,
        )
        for item in excess_of(sheet, "final")
    ]


def leaf_cells(sheet: ScoreSheet, field: str, paths: frozenset[str] | None = None) -> list[ScoreCell]:
    """Score cells of one column, of all leaves or of those under some paths.

    Without the blank ones of criteria that do not apply to the unit.
    """
    return [
        getattr(line, field)
        for line in sheet.lines
        if (paths is None or line.criterion.path in paths)
        and (line.applies or getattr(line, field).value is not None)
    ]


def check_sheet_totals(sheet: ScoreSheet, catalogue: Catalogue, layout: SheetLayout) -> list[Finding]:
    """Compare the typed group and grand totals of a unit's sheet with its leaves (KT-401, 402, 408).

    A formula whose result is off only because of cells or rows already reported repairs itself with
    them and is not reported again.
    """
    findings: list[Finding] = []
    for typed in sheet.typed_totals:
        if typed.field not in _COMPARED:
            continue
        paths = frozenset(leaf.path for leaf in catalogue.leaves_under(typed.path))
        cells = leaf_cells(sheet, typed.field, paths)
        if paths - {line.criterion.path for line in sheet.lines}:
            continue  # a row is missing, which is reported: there is nothing to compare with
        heading = layout.column(typed.field).heading
        foreign = sum((row.points.get(typed.field, Decimal(0)) for row in sheet.foreign_rows), Decimal(0))
        computed = _computable(typed.cell, cells)
        if computed is None or typed.cell.value is None:
            continue
        misadded = find_misadded(typed, sheet, catalogue)
        if typed.cell.value == computed:
            findings += _right_for_now(typed, sheet, misadded, heading)
            continue
        if typed.cell.value == computed - _beyond(sheet, typed.field, typed.path):
            continue
        cause = misadded.cause if misadded else ""
        lost = computed - typed.cell.value + _carried(sheet, catalogue, typed.field, typed.path)
        own = frozenset(leaf.path for leaf in catalogue.children(typed.path) if not leaf.kind.is_group)
        if typed.cell.formula and _explained(lost, leaf_cells(sheet, typed.field, own), foreign):
            continue
        if typed.path:
            findings.append(
                codes.SUBTOTAL_WRONG.at(
                    typed.cell.place,
                    column=heading,
                    path=typed.path,
                    typed=typed.cell.value,
                    computed=computed,
                    difference=abs(typed.cell.value - computed),
                    cause=cause,
                )
            )
        else:
            findings += compare_total(typed.cell, cells, heading, Decimal(0), cause=cause)
    return findings


def _right_for_now(
    typed: TypedTotal, sheet: ScoreSheet, misadded: Misadded | None, heading: str
) -> list[Finding]:
    """What will make a total wrong that is still right (KT-416, KT-417, KT-227)."""
    if misadded:
        return [misadded.finding(heading)]
    if not sheet.standard or typed.cell.formula:
        return []
    path = typed.path or "TỔNG CỘNG"
    return [CONSTANT_FOR_FORMULA.at(typed.cell.place, column=heading, path=path, typed=typed.cell.value)]


def _computable(typed: ScoreCell, cells: Sequence[ScoreCell]) -> Decimal | None:
    """Sum of the leaves as Excel shows them (blank is nothing), None when a cell cannot be read."""
    if typed.value is None or any(cell.state is CellState.BAD for cell in cells):
        return None
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0))


def _explained(lost: Decimal, cells: Iterable[ScoreCell], foreign: Decimal) -> bool:
    text = sum((cell.value for cell in cells if cell.state is CellState.TEXT and cell.value), Decimal(0))
    return lost in {Decimal(0), text, -foreign, text - foreign}


def _carried(sheet: ScoreSheet, catalogue: Catalogue, field: str, path: str) -> Decimal:
    """What wrong subtotals, each judged in its own place, bring into a formula above them."""
    typed = {total.path: total.cell for total in sheet.typed_totals if total.field == field}
    carried = Decimal(0)
    for group in (child for child in catalogue.children(path) if child.kind.is_group):
        cell = typed.get(group.path)
        if cell is None or cell.value is None:
            carried += _carried(sheet, catalogue, field, group.path)
            continue
        paths = frozenset(leaf.path for leaf in catalogue.leaves_under(group.path))
        computed = _computable(cell, leaf_cells(sheet, field, paths))
        carried += cell.value - computed if computed is not None else Decimal(0)
    return carried


def compare_total(
    typed: ScoreCell,
    cells: Sequence[ScoreCell],
    heading: str,
    tolerance: Decimal,
    beyond: Decimal = Decimal(0),
    cause: str = "",
) -> list[Finding]:
    """Compare a typed total with its cells: KT-402, KT-407 within the tolerance, KT-408 for lost text.

    ``beyond``: points of the cells that do not count, as they go beyond a cap; ``cause`` is a sentence
    on how a sum went wrong, or "".
    """
    computed = _computable(typed, cells)
    computed = None if computed is None else computed - beyond
    if computed is None or typed.value is None or typed.value == computed:
        return []
    difference = abs(typed.value - computed)
    if difference <= tolerance:
        return [
            codes.ROUNDING_DRIFT.at(
                typed.place,
                column=heading,
                typed=typed.value,
                computed=computed,
                difference=difference,
                tolerance=tolerance,
            )
        ]
    lost = _lost_text_cells(computed - typed.value, cells, tolerance)
    if lost:
        rest = computed - typed.value - sum((cell.value for cell in lost if cell.value), Decimal(0))
        return [
            codes.TOTAL_OMITS_CELL.at(
                typed.place,
                column=heading,
                typed=typed.value,
                computed=computed,
                difference=difference,
                cell=[_named_from(typed.place, cell.place) for cell in lost],
                text=[cell.text for cell in lost],
                rounding=f" (còn lại {say(abs(rest))} do làm tròn hiển thị)" if rest else "",
            )
        ]
    return [
        codes.TOTAL_WRONG.at(
            typed.place,
            column=heading,
            typed=typed.value,
            computed=computed,
            difference=difference,
            cause=cause,
        )
    ]


def _named_from(here: Place, cell: Place) -> str:
    """The cell as a reader standing at ``here`` needs it: with its sheet when that is another one."""
    return str(Place("", "" if cell.sheet == here.sheet else cell.sheet, cell.row, cell.column))


def _lost_text_cells(lost: Decimal, cells: Sequence[ScoreCell], tolerance: Decimal) -> list[ScoreCell]:
    """The text cells whose sum is what the total lacks: one of them, or all."""
    text = [cell for cell in cells if cell.state is CellState.TEXT and cell.value]
    for group in [*([cell] for cell in text), text]:
        total = sum((cell.value for cell in group if cell.value), Decimal(0))
        if group and abs(lost - total) <= tolerance:
            return group
    return []


def check_summary_row(row: SummaryRow, sheet: ScoreSheet, summary: SheetLayout) -> list[Finding]:
    """Compare the totals typed in the cluster's summary with the unit's sheet (KT-403, KT-408)."""
    findings: list[Finding] = []
    for field, total_field in _COMPARED.items():
        typed: ScoreCell = getattr(row, total_field)
        cells = leaf_cells(sheet, field)
        if not cells or not sheet.whole or typed.value is None or sum_cells(cells) is None:
            continue
        heading = summary.column(total_field).heading
        beyond = _beyond(sheet, field, "")
        for finding in compare_total(typed, cells, heading, Decimal(0), beyond):
            if finding.code is codes.TOTAL_WRONG:
                params = {name: finding.params[name] for name in ("typed", "computed", "difference")}
                findings.append(
                    codes.SUMMARY_DIFFERS.at(
                        typed.place, column=heading, unit=sheet.unit_name, sheet=sheet.place.sheet, **params
                    )
                )
            else:
                findings.append(finding)
    return findings


def check_wide_row(row: WideRow, tolerance: Decimal) -> list[Finding]:
    """Report blank scores (KT-207) and compare the printed total with the shown cells."""
    blanks = [
        BLANK_SCORE.at(cell.place, column=path, path=path)
        for path, cell in row.cells
        if cell.state is CellState.BLANK
    ]
    return blanks + compare_total(row.total, [cell for _, cell in row.cells], "Tổng điểm", tolerance)
