"""Read a unit's scoring sheet against its criteria catalogue, row by row."""

from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from tdkt_xl.domain.criteria import Catalogue, Criterion
from tdkt_xl.domain.scores import CellState, ForeignRow, ScoreCell, ScoreLine, TextCell, TypedTotal
from tdkt_xl.findings import Finding, Outcome, column_letters
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.findings.codes.cells import FORMULA_WITHOUT_VALUE
from tdkt_xl.tables.amounts import read_amount
from tdkt_xl.tables.cells import is_blank, plain_text, read_score
from tdkt_xl.tables.formulas import summed_cells
from tdkt_xl.tables.input_cells import check_inputs
from tdkt_xl.tables.locate import Table, is_ending
from tdkt_xl.tables.sheet_checks import Body
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


@dataclass(frozen=True, slots=True)
class _Entry:
    row: int
    number: str
    text: str

    @property
    def key(self) -> str:
        return comparison_key(self.text)


def read_body(table: Table, catalogue: Catalogue) -> Outcome[SheetBody]:
    """Match the rows to the catalogue by order and text, then read the scores.

    May report KT-119 … KT-125, KT-128 and the cell codes KT-201 … KT-206. Rows that match nothing
    are kept apart with their points, never added.
    """
    findings: list[Finding] = []
    entries, total_row = _entries(table)
    if not entries:
        return Outcome(None, (codes.NO_DATA_ROWS.at(table.grid.place),))
    matched, foreign = _align(table, entries, catalogue, findings)
    _check_hidden(table, [entry.row for entry in entries], findings)
    _check_merges(table, [entry.row for entry in entries], findings)
    lines = []
    total_rows = []
    for criterion, row in matched:
        _check_maximum(table, criterion, row, findings)
        if criterion.kind.is_group:
            total_rows.append((criterion.path, row))
        else:
            lines.append(_read_line(table, criterion, row, findings))
    lines = check_inputs(table, lines, SCORE_FIELDS, findings)
    if total_row:
        total_rows.append((TOTAL, total_row))
    totals = _read_totals(table, catalogue, total_rows, lines, findings)
    rejected = tuple(_read_foreign(table, entry, catalogue, findings) for entry in foreign)
    return Outcome(SheetBody(tuple(lines), tuple(totals), rejected), tuple(findings))


def _entries(table: Table) -> tuple[list[_Entry], int]:
    """Rows of the body and the row of the grand total (0 when there is none)."""
    entries: list[_Entry] = []
    for row in range(table.first_row, table.last_row + 1):
        if row in table.repeats:
            continue
        if is_ending(table.grid.row(row), table.layout.signatures):
            texts = [comparison_key(cell) for cell in table.grid.row(row) if isinstance(cell, str)]
            return entries, row if any(text.startswith(("tổng", "cộng")) for text in texts) else 0
        if any(not is_blank(table.grid.value(row, column)) for column in table.columns.values()):
            entries.append(_Entry(row, table.text(row, "number"), table.text(row, "text")))
    return entries, 0


def _align(
    table: Table, entries: list[_Entry], catalogue: Catalogue, findings: list[Finding]
) -> tuple[list[tuple[Criterion, int]], list[_Entry]]:
    wanted = [comparison_key(row.text) for row in catalogue.rows]
    found = [entry.key for entry in entries]
    if wanted == found:
        return [(row, entry.row) for row, entry in zip(catalogue.rows, entries, strict=True)], []
    matched: list[tuple[Criterion, int]] = []
    foreign: list[_Entry] = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        rows, lines = list(catalogue.rows[a:b]), entries[c:d]
        if tag == "equal":
            matched += [(row, entry.row) for row, entry in zip(rows, lines, strict=True)]
            continue
        pairs = _pair_by_number(rows, lines)
        for row, entry in pairs:
            findings.append(
                codes.CRITERION_CHANGED.at(
                    table.place(entry.row, "text"), path=row.path, text=entry.text, expected=row.text
                )
            )
            matched.append((row, entry.row))
        paired_rows, paired_entries = {row.path for row, _ in pairs}, {entry.row for _, entry in pairs}
        foreign += [entry for entry in lines if entry.row not in paired_entries]
        where = entries[c].row if c < len(entries) else entries[-1].row + 1
        findings.extend(
            codes.CRITERION_MISSING.at(table.place(where, "number"), path=row.path, text=row.text)
            for row in rows
            if row.path not in paired_rows
        )
    return matched, foreign


def _pair_by_number(rows: list[Criterion], entries: list[_Entry]) -> list[tuple[Criterion, _Entry]]:
    """Pair rows whose text was changed: same STT, in order."""
    pairs = []
    start = 0
    for row in rows:
        for at in range(start, len(entries)):
            if comparison_key(entries[at].number) == comparison_key(row.number):
                pairs.append((row, entries[at]))
                start = at + 1
                break
    return pairs


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
    return TypedTotal(path, field, cell, shown, tuple(cells))


def _read_foreign(table: Table, entry: _Entry, catalogue: Catalogue, findings: list[Finding]) -> ForeignRow:
    # Whatever is wrong inside the row is moot: the whole row is refused.
    moot: list[Finding] = []
    cells = {field: _score_cell(table, entry.row, field, None, moot) for field in SCORE_FIELDS}
    points = {field: cell.value for field, cell in cells.items() if cell.value is not None}
    place = table.place(entry.row, "text")
    shown = ", ".join(
        f"{table.heading(field).lower()} {plain_text(float(value)).replace('.', ',')}"
        for field, value in points.items()
    )
    findings.append(
        codes.FOREIGN_ROW.at(
            place, text=entry.text or entry.number, catalogue=catalogue.code, points=shown or "không có điểm"
        )
    )
    return ForeignRow(place, entry.text, points)


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
