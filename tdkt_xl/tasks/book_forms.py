"""Recognise the forms of a received workbook: scoring sheets, summary, lists, wide tables."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tdkt_xl.domain.periods import find_period
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_sheets, files, rows
from tdkt_xl.tables.cells import is_blank
from tdkt_xl.tables.grid import Grid, ReceivedBook, SheetState
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import HEADER_SEARCH_ROWS, Labelled, Table, find_stamp
from tdkt_xl.tables.look_checks import check_looks, check_wide_looks
from tdkt_xl.tables.page_checks import check_page
from tdkt_xl.tables.score_sheet import SCORE_FIELDS
from tdkt_xl.tables.sections import find_headings, find_tables
from tdkt_xl.tables.sheet_checks import check_sheet
from tdkt_xl.tables.text_checks import check_texts, check_wide_texts
from tdkt_xl.tables.wide import WideTable, find_wide_tables
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.own_marks import is_result_sheet

BOOK = load_layout("so-cum")
SCORES = BOOK.sheet("scores")
SUMMARY = BOOK.sheet("summary")
_CLUSTER_IN_TITLE = re.compile(r"((?:cụm|khối)\s+(?:thi đua\s+)?số\s+[0-9IVX]+)", re.IGNORECASE)


@dataclass
class Forms:
    """The tables of a workbook, by what they are."""

    scores: list[Table] = field(default_factory=list)
    summary: Table | None = None
    wide: list[WideTable] = field(default_factory=list)
    """Wide tables of one sheet that go on from each other."""
    lists: list[Table] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Forms of the book whose headings are lost, reported as such."""


def find_forms(book: ReceivedBook, findings: list[Finding]) -> Forms:
    """Find the tables of every sheet, and check how they are written, arranged and printed.

    May report KT-113, KT-118, KT-130, KT-131, KT-133, KT-154 and what the checks of texts, looks, sheets and
    pages report.
    """
    forms = Forms()
    wide_tables: list[list[WideTable]] = []
    for grid in book.grids:
        if is_result_sheet(grid):
            continue
        wide = find_wide_tables(grid, SUMMARY)
        if wide:
            wide_tables.append(wide)
            findings += [*check_wide_texts(wide[0]), *check_wide_looks(wide[0]), *_forms_below(wide)]
        else:
            tables = find_tables(grid, BOOK.sheets, findings)
            if not tables:
                if any(not is_blank(cell) for row in grid.rows for cell in row):
                    _unread_sheet(grid, forms, findings)
                continue
            for table in tables:
                findings += [
                    *check_texts(table),
                    *check_sheet(table),
                    *check_looks(table),
                    *check_page(table),
                ]
                _sort_in(forms, table, findings)
        if grid.state is not SheetState.VISIBLE:
            findings.append(files.HIDDEN_SHEET.at(grid.place))
    _choose_wide(forms, wide_tables, findings)
    return forms


def _unread_sheet(grid: Grid, forms: Forms, findings: list[Finding]) -> None:
    """A sheet without headings: of no form (KT-130), or one of ours that lost them (KT-133)."""
    stamp = find_stamp(grid, HEADER_SEARCH_ROWS)
    for layout in BOOK.sheets:
        if comparison_key(layout.name) == comparison_key(grid.sheet) or (stamp and stamp[0] == layout.form):
            forms.unread.add(layout.id)
            findings.append(
                files.HEADER_NOT_FOUND.at(grid.place, sheet=layout.name, count=HEADER_SEARCH_ROWS)
            )
            return
    findings.append(files.SHEET_NOT_A_FORM.at(grid.place))


def _forms_below(wide: Sequence[WideTable]) -> list[Finding]:
    """Say which tables of a form, lower in the sheet of a wide table, are not read (KT-154)."""
    grid = wide[0].grid
    ours = {row for table in wide for row in range(table.header_row, table.first_row)}
    return [
        rows.FURTHER_TABLE.at(
            grid.place.at(row, 1), reason=f"trang đã có bảng ngang; bảng này giống mẫu “{layout.name}”"
        )
        for row, layout in find_headings(grid, BOOK.sheets, wide[0].first_row)
        if row not in ours
    ]


def _choose_wide(forms: Forms, sheets: list[list[WideTable]], findings: list[Finding]) -> None:
    """Use the wide tables of one sheet only, and only where no scoring sheet says the same.

    What is not used is reported.
    """
    if not sheets:
        return
    if forms.scores:
        reason = "sổ đã có phiếu chấm điểm của từng đơn vị"
        findings.extend(files.FORM_NOT_USED.at(tables[0].grid.place, reason=reason) for tables in sheets)
        return
    forms.wide = [sheets[0][0]]
    for before, table in pairwise(sheets[0]):
        reason = _why_apart(forms.wide[0], before, table)
        if reason:
            place = table.grid.place.at(table.header_row, table.unit_column)
            findings.append(rows.FURTHER_TABLE.at(place, reason=reason))
        else:
            forms.wide.append(table)
    reason = f"sổ đã có bảng ngang ở trang “{sheets[0][0].grid.sheet}”"
    findings.extend(files.FORM_NOT_USED.at(tables[0].grid.place, reason=reason) for tables in sheets[1:])
    if forms.summary:
        findings.append(files.FORM_NOT_USED.at(forms.summary.grid.place, reason=reason))
        forms.summary = None


def _why_apart(first: WideTable, before: WideTable, table: WideTable) -> str:
    """Why a further wide table of a sheet does not go on from the first; "" when it does."""
    if list(table.criteria.values()) != list(first.criteria.values()):
        return "tên cột tiêu chí khác bảng phía trên"
    period, cluster = _wide_heading(first)
    own_period, own_cluster = _wide_heading(table, before.first_row + 1)
    if period and own_period and _period_key(period.text) != _period_key(own_period.text):
        return "ghi kỳ khác bảng phía trên"
    if cluster and own_cluster and comparison_key(cluster.text) != comparison_key(own_cluster.text):
        return "ghi cụm khác bảng phía trên"
    return ""


def _sort_in(forms: Forms, table: Table, findings: list[Finding]) -> None:
    layout = table.layout
    if layout.id == "scores":
        forms.scores.append(table)
        return
    if layout.id == "summary" and forms.summary is not None:
        reason = f"sổ đã có trang tổng hợp “{forms.summary.grid.sheet}”"
        findings.append(files.FORM_NOT_USED.at(table.grid.place, reason=reason))
        return
    if table.top == 1 and comparison_key(table.grid.sheet) != comparison_key(layout.name):
        findings.append(
            files.SHEET_RENAMED.at(table.grid.place, sheet=table.grid.sheet, expected=layout.name)
        )
    if layout.id == "summary":
        forms.summary = table
    else:
        forms.lists.append(table)


def is_unfilled(forms: Forms) -> bool:
    """A template nobody filled: no unit named, no score, no row."""
    if forms.wide or any(True for table in forms.lists for _ in table.rows()):
        return False
    if forms.summary and any(True for _ in forms.summary.rows()):
        return False
    return all("unit" not in table.identity and not _has_scores(table) for table in forms.scores)


def _has_scores(table: Table) -> bool:
    rows = range(table.first_row, table.last_row + 1)
    columns = [table.columns[name] for name in SCORE_FIELDS if name in table.columns]
    return any(
        table.grid.value(row, column) is not None and (row, column) not in table.grid.formulas
        for row in rows
        for column in columns
    )


@dataclass(frozen=True)
class Heading:
    """Period and cluster as most sheets of the book write them."""

    period: Labelled | None
    cluster: Labelled | None

    @classmethod
    def of(cls, forms: Forms, findings: list[Finding]) -> "Heading":
        """What the tables agree on; those that differ are reported (KT-412)."""
        if forms.wide:
            return cls(*_wide_heading(forms.wide[0]))
        tables = ([forms.summary] if forms.summary else []) + forms.scores + forms.lists
        return cls(
            _agreed(tables, "period", "Kỳ chấm điểm", _period_key, findings),
            _agreed(tables, "cluster", "Cụm thi đua", comparison_key, findings),
        )


def _period_key(text: str) -> str:
    period = find_period(text)
    return period.key if period else comparison_key(text)


def _agreed(
    tables: Iterable[Table], name: str, label: str, key: "type[str] | object", findings: list[Finding]
) -> Labelled | None:
    """The value most sheets give; each sheet that differs is reported (KT-412)."""
    assert callable(key)
    given = [table.identity[name] for table in tables if name in table.identity]
    if not given:
        return None
    counts = Counter(key(item.text) for item in given)
    winner = counts.most_common(1)[0][0]
    agreed = next(item for item in given if key(item.text) == winner)
    findings.extend(
        between_sheets.IDENTITY_DIFFERS.at(item.place, label=label, found=item.text, expected=agreed.text)
        for item in given
        if key(item.text) != winner
    )
    return agreed


def _wide_heading(wide: WideTable, top: int = 1) -> tuple[Labelled | None, Labelled | None]:
    """Labelled values above a wide table, else a period and a cluster named in its title."""
    period, cluster = wide.identity.get("period"), wide.identity.get("cluster")
    for row in range(top, wide.header_row):
        for column, cell in enumerate(wide.grid.row(row), start=1):
            if not isinstance(cell, str):
                continue
            named = _CLUSTER_IN_TITLE.search(cell)
            if cluster is None and named:
                cluster = Labelled(named[1], wide.grid.place.at(row, column), named[1])
            if period is None and find_period(cell):
                period = Labelled(cell, wide.grid.place.at(row, column), cell)
    return period, cluster
