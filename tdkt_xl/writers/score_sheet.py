"""Write a unit's scoring sheet: identity, criteria, input cells, live subtotals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind
from tdkt_xl.findings import column_letters
from tdkt_xl.findings.render import say
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.writers.book import (
    Book,
    Formula,
    header_row,
    lines_needed,
    set_up_page,
    write_heading_block,
    write_identity,
    write_signatures,
)
from tdkt_xl.writers.list_sheet import column_style, write_table_head

SUMMED = ("self_score", "cluster_score")
_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True}
_LONGEST_TITLE, _LONGEST_HINT = 32, 255
"""Characters Excel accepts in the message of a selected cell."""


@dataclass(frozen=True)
class SheetRow:
    """A row to write: a criterion (or None for a row of the sender's own) and the values typed in it."""

    criterion: Criterion | None
    values: Mapping[str, object] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True)
class SheetContent:
    """A scoring sheet to write. ``totals`` overrides the total row (typed over the formulas)."""

    name: str
    identity: Mapping[str, str]
    rows: Sequence[SheetRow]
    totals: Mapping[str, object] = field(default_factory=dict)
    subtitle: str = ""
    office: str = ""
    """Who fills the sheet; printed where an official paper names its issuer."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Path of a criterion → what Excel says when its result cell is selected."""


def blank_rows(catalogue: Catalogue) -> list[SheetRow]:
    """The rows of an unfilled sheet."""
    return [SheetRow(criterion) for criterion in catalogue.rows]


def write_score_sheet(book: Book, layout: SheetLayout, content: SheetContent) -> Any:
    """Write one scoring sheet; subtotals are formulas with the results Excel would show."""
    sheet = book.add_sheet(content.name)
    row = write_heading_block(book, sheet, layout, content.subtitle, content.office)
    write_identity(book, sheet, layout, dict(content.identity), row)
    header = header_row(layout, content.subtitle)
    write_table_head(book, sheet, layout, header)
    first = header + 1
    rows_of = {item.criterion.path: first + at for at, item in enumerate(content.rows) if item.criterion}
    for at, item in enumerate(content.rows):
        _write_row(book, sheet, layout, content, item, first + at, rows_of)
    total_row = first + len(content.rows)
    _write_total(book, sheet, layout, content, total_row, rows_of)
    bottom = write_signatures(book, sheet, layout, total_row + 2)
    set_up_page(sheet, layout, header, bottom)
    sheet.freeze_panes(first, 2)
    sheet.protect("", _PROTECTION)
    _add_validations(sheet, layout, content, first)
    _add_hints(sheet, layout, content, first)
    _define_names(book, sheet, layout, header, total_row)
    return sheet


def _write_row(
    book: Book,
    sheet: Any,
    layout: SheetLayout,
    content: SheetContent,
    item: SheetRow,
    row: int,
    rows_of: Mapping[str, int],
) -> None:
    criterion = item.criterion
    group = criterion is not None and criterion.kind.is_group
    for index, column in enumerate(layout.columns):
        value = item.values.get(column.field)
        if criterion is not None and column.field in {"number", "text", "maximum"}:
            value = value if value is not None else getattr(criterion, column.field)
        if group and column.field in SUMMED and value is None and criterion is not None:
            value = _formula(content, criterion, column.field, index, rows_of)
        variants = ["group"] if group else (["input"] if column.input else [])
        style = column_style(book, column, *variants)
        if column.field == "number":
            style = book.style("text_center", *variants)
        book.put(sheet, row, index, value, style)
    text = str(item.values.get("text") or (criterion.text if criterion else ""))
    evidence = str(item.values.get("evidence") or "")
    lines = max(
        lines_needed(text, layout.column("text").width),
        lines_needed(evidence, layout.column("evidence").width),
    )
    sheet.set_row(row, 15 * lines + 3, None, {"hidden": item.hidden})


def typed_value(value: object) -> Decimal:
    """What SUM makes of a cell: text and blanks count as nothing."""
    return Decimal(str(value)) if isinstance(value, (int, float, Decimal)) else Decimal(0)


def _children(content: SheetContent, path: str) -> list[SheetRow]:
    return [item for item in content.rows if item.criterion and item.criterion.parent_path == path]


def group_sum(content: SheetContent, path: str, field_: str) -> Decimal:
    """The result Excel shows for a group: its children, groups summed in turn; "" is the whole sheet.

    A row without criterion counts in the group above it, as an inserted row extends a SUM range. A group
    of bonus or penalty points stops at its cap; items outside the cap come on top.
    """
    group = next(
        (item.criterion for item in content.rows if item.criterion and item.criterion.path == path), None
    )
    total, outside = _inserted(content, path, field_), Decimal(0)
    for item in _children(content, path):
        assert item.criterion is not None
        typed = item.values.get(field_)
        if item.criterion.kind.is_group and typed is None:
            total += group_sum(content, item.criterion.path, field_)
        elif item.criterion.terms.outside_cap:
            outside += typed_value(typed)
        else:
            total += typed_value(typed)
    if group and group.kind is RowKind.BONUS_GROUP:
        total = min(total, group.maximum)
    elif group and group.kind is RowKind.PENALTY_GROUP:
        total = max(total, group.maximum)
    return total + outside


def _inserted(content: SheetContent, path: str, field_: str) -> Decimal:
    """Points of foreign rows standing between two children of a group."""
    total, rows = Decimal(0), list(content.rows)
    for at, item in enumerate(rows):
        if item.criterion is None and 0 < at < len(rows) - 1:
            above, below = rows[at - 1].criterion, rows[at + 1].criterion
            if above and below and above.parent_path == below.parent_path == path:
                total += typed_value(item.values.get(field_))
    return total


def _ranges(rows: Sequence[int], letter: str) -> str:
    """SUM arguments for 0-based rows, neighbours joined into ranges."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ",".join(
        f"{letter}{top + 1}" if top == bottom else f"{letter}{top + 1}:{letter}{bottom + 1}"
        for top, bottom in parts
    )


def _formula(
    content: SheetContent, criterion: Criterion | None, field_: str, index: int, rows_of: Mapping[str, int]
) -> Formula:
    """The live subtotal of a group, or of the whole sheet: bonus and penalty groups stop at their caps."""
    path = criterion.path if criterion else ""
    items = [item.criterion for item in _children(content, path) if item.criterion]
    capped = criterion is not None and criterion.kind in {RowKind.BONUS_GROUP, RowKind.PENALTY_GROUP}
    outside = [rows_of[item.path] for item in items if capped and item.terms.outside_cap]
    children = [rows_of[item.path] for item in items if rows_of[item.path] not in outside]
    rows = set(children)
    first = min(rows_of.values(), default=0)
    for row in range(min(children, default=0), max(children, default=-1)):
        if content.rows[row - first].criterion is None and {row - 1, row + 1} <= set(children):
            rows.add(row)
    letter = column_letters(index + 1)
    text = f"SUM({_ranges(sorted(rows), letter)})" if rows else "0"
    if capped and criterion:
        stop = "MIN" if criterion.kind is RowKind.BONUS_GROUP else "MAX"
        text = f"{stop}({criterion.maximum:f},{text})"
    if outside:
        text += f"+SUM({_ranges(outside, letter)})"
    return Formula(f"={text}", group_sum(content, path, field_))


def _write_total(
    book: Book, sheet: Any, layout: SheetLayout, content: SheetContent, row: int, rows_of: Mapping[str, int]
) -> None:
    base = [
        item.criterion for item in content.rows if item.criterion and item.criterion.kind is RowKind.CRITERION
    ]
    for index, column in enumerate(layout.columns):
        value: object = content.totals.get(column.field)
        if column.field == "text":
            value = "TỔNG CỘNG"
        elif column.field == "maximum":
            value = sum((criterion.maximum for criterion in base), Decimal(0))
        elif column.field in SUMMED and value is None:
            value = _formula(content, None, column.field, index, rows_of)
        book.put(sheet, row, index, value, column_style(book, column, "total"))
    sheet.set_row(row, 20)


def _add_validations(sheet: Any, layout: SheetLayout, content: SheetContent, first: int) -> None:
    for index, column in enumerate(layout.columns):
        if column.type != "score" or not column.input:
            continue
        for at, item in enumerate(content.rows):
            criterion = item.criterion
            if criterion is None or criterion.kind.is_group:
                continue
            sheet.data_validation(
                first + at,
                index,
                first + at,
                index,
                {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": float(criterion.lower),
                    "maximum": float(criterion.upper),
                    "error_title": "Điểm ngoài khoảng cho phép",
                    "error_message": f"Tiêu chí {criterion.path}: nhập số từ {say(criterion.lower)} "
                    f"đến {say(criterion.upper)}.",
                },
            )


def _add_hints(sheet: Any, layout: SheetLayout, content: SheetContent, first: int) -> None:
    index = [column.field for column in layout.columns].index("result")
    for at, item in enumerate(content.rows):
        hint = content.hints.get(item.criterion.path) if item.criterion else ""
        if item.criterion and hint:
            shown = hint if len(hint) <= _LONGEST_HINT else f"{hint[: _LONGEST_HINT - 1]}…"
            title = f"Tiêu chí {item.criterion.path}"[:_LONGEST_TITLE]
            told = {"validate": "any", "input_title": title, "input_message": shown}
            sheet.data_validation(first + at, index, first + at, index, told)


def _define_names(book: Book, sheet: Any, layout: SheetLayout, header: int, total_row: int) -> None:
    quoted = sheet.get_name().replace("'", "''")
    last = column_letters(len(layout.columns))
    book.workbook.define_name(f"'{quoted}'!TD_Bang", f"='{quoted}'!$A${header + 1}:${last}${total_row + 1}")
