"""Read a unit's scoring sheet against its criteria catalogue, row by row."""

from dataclasses import dataclass
from decimal import Decimal

from tdkt_xl.domain.criteria import Catalogue, Criterion
from tdkt_xl.domain.scores import CellState, ForeignRow, ScoreCell, ScoreLine, TextCell, TypedTotal
from tdkt_xl.findings import Finding, Outcome, column_letters
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.findings.codes.cells import FORMULA_WITHOUT_VALUE
from tdkt_xl.findings.codes.rows import CRITERION_UNCLEAR
from tdkt_xl.tables.amounts import read_amount
from tdkt_xl.tables.cells import is_blank, read_score
from tdkt_xl.tables.criteria_rows import Entry, Unclear, match_rows
from tdkt_xl.tables.formulas import summed_cells
from tdkt_xl.tables.input_cells import check_inputs
from tdkt_xl.tables.locate import Table, is_ending
from tdkt_xl.tables.sheet_checks import Body
from tdkt_xl.vietnamese.numbers import format_number
from tdkt_xl.vietnamese.text import comparison_key

SCORE_FIELDS = ("self_score", "cluster_score", "appraised_score")
TOTAL = ""
"""Path of the grand total among typed totals."""


@dataclass(frozen=True)
class SheetBody:
    """What stands between the header and the signatures of a scoring sheet."""

    lines: tuple[ScoreLine, ...]
    typed_totals: tuple[TypedTotal, ...]
    foreign_rows: tuple[ForeignRow, ...]


def read_body(table: Table, catalogue: Catalogue) -> Outcome[SheetBody]:
    """Match the rows to the catalogue by text and number, then read the scores.

    May report KT-119 … KT-125, KT-128, KT-151, KT-152 and the cell codes KT-201 … KT-206. Rows that are
    no criterion, or not surely one, are kept apart with their points, never added.
    """
    findings: list[Finding] = []
    entries, total_row = _entries(table)
    if not entries:
        return Outcome(None, (codes.NO_DATA_ROWS.at(table.grid.place),))
    matching = match_rows(table, entries, catalogue, findings)
    _check_hidden(table, [entry.row for entry in entries], findings)
    _check_merges(table, [entry.row for entry in entries], findings)
    lines = []
    total_rows = []
    for criterion, row in matching.rows:
        _check_maximum(table, criterion, row, findings)
        if criterion.kind.is_group:
            total_rows.append((criterion.path, row))
        else:
            lines.append(_read_line(table, criterion, row, findings))
    lines = check_inputs(table, lines, SCORE_FIELDS, findings)
    if total_row:
        total_rows.append((TOTAL, total_row))
    totals = _read_totals(table, catalogue, total_rows, lines, findings)
    refused = [
        *(_read_foreign(table, entry, catalogue, findings) for entry in matching.foreign),
        *(_read_unclear(table, unclear, findings) for unclear in matching.unclear),
    ]
    return Outcome(SheetBody(tuple(lines), tuple(totals), tuple(refused)), tuple(findings))


def _entries(table: Table) -> tuple[list[Entry], int]:
    """Rows of the body and the row of the grand total (0 when there is none)."""
    entries: list[Entry] = []
    for row in range(table.first_row, table.last_row + 1):
        if row in table.repeats:
            continue
        if is_ending(table.grid.row(row), table.layout.signatures):
            texts = [comparison_key(cell) for cell in table.grid.row(row) if isinstance(cell, str)]
            return entries, row if any(text.startswith(("tổng", "cộng")) for text in texts) else 0
        if any(not is_blank(table.grid.value(row, column)) for column in table.columns.values()):
            number = table.grid.value(row, table.columns.get("number", 0))
            numeric = isinstance(number, (int, float)) and not isinstance(number, bool)
            entries.append(Entry(row, table.text(row, "number"), table.text(row, "text"), numeric))
    return entries, 0


def _check_maximum(table: Table, criterion: Criterion, row: int, findings: list[Finding]) -> None:
    column = table.columns.get("maximum", 0)
    if not column:
        return
    cell = read_score(table.grid, row, column, table.heading("maximum"), criterion.maximum, findings)
    if cell.value is not None and cell.value != criterion.maximum:
        findings.append(
            codes.MAXIMUM_CHANGED.at(
                cell.place, path=criterion.path, found=cell.value, expected=criterion.maximum
            )
        )


def _score_cell(
    table: Table, row: int, field: str, limit: Decimal | None, findings: list[Finding]
) -> ScoreCell:
    column = table.columns.get(field, 0)
    if not column:
        # A missing required column is reported once, for the sheet; its cells are not blank but unknown.
        state = CellState.BAD if table.layout.column(field).required else CellState.BLANK
        return ScoreCell(table.grid.place.at(row, 0), state)
    return read_score(table.grid, row, column, table.heading(field), limit, findings)


def _read_line(table: Table, criterion: Criterion, row: int, findings: list[Finding]) -> ScoreLine:
    limit = abs(criterion.maximum)
    return ScoreLine(
        criterion,
        table.place(row, "number"),
        self_score=_score_cell(table, row, "self_score", limit, findings),
        cluster_score=_score_cell(table, row, "cluster_score", limit, findings),
        appraised_score=_score_cell(table, row, "appraised_score", limit, findings),
        evidence=TextCell(table.place(row, "evidence"), table.text(row, "evidence")),
        reason=TextCell(table.place(row, "reason"), table.text(row, "reason")),
        target=read_amount(table, row, "target"),
        result=read_amount(table, row, "result"),
    )


def _read_totals(
    table: Table,
    catalogue: Catalogue,
    rows: list[tuple[str, int]],
    lines: list[ScoreLine],
    findings: list[Finding],
) -> list[TypedTotal]:
    """Read the typed subtotals. Nothing rests on them, so what only follows from a leaf is not reported.

    Formulas without a stored result are counted into one finding (KT-132); a formula that fails because
    a leaf below it does is passed over.
    """
    totals, unsaved = [], 0
    for path, row in rows:
        below = {leaf.path for leaf in catalogue.leaves_under(path)}
        for field in SCORE_FIELDS:
            found: list[Finding] = []
            cell = _score_cell(table, row, field, None, found)
            if any(finding.code is FORMULA_WITHOUT_VALUE for finding in found):
                unsaved += 1
                continue
            carried = cell.formula and any(
                getattr(line, field).state is CellState.BAD for line in lines if line.criterion.path in below
            )
            if not (cell.state is CellState.BAD and carried):
                findings += found
            if cell.state is not CellState.BLANK:
                totals.append(_typed_total(table, path, field, cell))
    if unsaved:
        findings.append(codes.TOTALS_WITHOUT_RESULT.at(table.grid.place, count=unsaved))
    return totals


def _typed_total(table: Table, path: str, field: str, cell: ScoreCell) -> TypedTotal:
    at = (cell.place.row, cell.place.column)
    formula = table.grid.setup.formula_texts.get(at)
    cells = summed_cells(formula, at) if formula else None
    if formula is None or cells is None:
        return TypedTotal(path, field, cell)
    shown = (
        f"={formula.text}"
        if formula.origin == at
        else f"chép từ ô {table.grid.place.at(*formula.origin).cell}"
    )
    return TypedTotal(path, field, cell, shown, cells)


def _read_foreign(table: Table, entry: Entry, catalogue: Catalogue, findings: list[Finding]) -> ForeignRow:
    row, shown = _refused(table, entry)
    findings.append(
        codes.FOREIGN_ROW.at(
            row.place, text=entry.text or entry.number, catalogue=catalogue.code, points=shown
        )
    )
    return row


def _read_unclear(table: Table, unclear: Unclear, findings: list[Finding]) -> ForeignRow:
    row, shown = _refused(table, unclear.entry)
    findings.append(
        CRITERION_UNCLEAR.at(
            row.place,
            text=unclear.entry.text or unclear.entry.number,
            readings=" hoặc ".join(criterion.path for criterion in unclear.criteria),
            reason=unclear.reason,
            points=shown,
        )
    )
    return row


def _refused(table: Table, entry: Entry) -> tuple[ForeignRow, str]:
    """A row that is not counted, with its points in words."""
    # Whatever is wrong inside the row is moot: the whole row is refused.
    moot: list[Finding] = []
    cells = {field: _score_cell(table, entry.row, field, None, moot) for field in SCORE_FIELDS}
    points = {field: cell.value for field, cell in cells.items() if cell.value is not None}
    shown = ", ".join(
        f"{table.heading(field).lower()} {format_number(value)}" for field, value in points.items()
    )
    return ForeignRow(table.place(entry.row, "text"), entry.text, points), shown or "không có điểm"


def _check_hidden(table: Table, rows: list[int], findings: list[Finding]) -> None:
    filtered = Body(table).filtered_rows
    for row in rows:
        if row in table.grid.hidden_rows and row not in filtered:
            shown = [
                f"{table.heading(field).lower()} {table.text(row, field).replace('.', ',')}"
                for field in SCORE_FIELDS
                if table.text(row, field)
            ]
            if shown:
                findings.append(codes.HIDDEN_ROW.at(table.place(row, "number"), text="; ".join(shown)))
    for field, column in table.columns.items():
        if column in table.grid.hidden_columns and any(table.text(row, field) for row in rows):
            findings.append(
                codes.HIDDEN_COLUMN.at(
                    table.grid.place.at(table.header_row, column), column=table.heading(field)
                )
            )


def _check_merges(table: Table, rows: list[int], findings: list[Finding]) -> None:
    score_columns = {table.columns[field] for field in SCORE_FIELDS if field in table.columns}
    body = set(rows)
    for merge in table.grid.merges:
        touches_scores = any(merge.left <= column <= merge.right for column in score_columns)
        if touches_scores and merge.bottom > merge.top and merge.top in body:
            shown = f"{column_letters(merge.left)}{merge.top}:{column_letters(merge.right)}{merge.bottom}"
            findings.append(codes.MERGED_SCORES.at(table.grid.place.at(merge.top, merge.left), range=shown))
