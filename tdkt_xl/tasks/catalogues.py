"""Read the criteria catalogues of the master data, their bands and totals, and check them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tdkt_xl.domain.catalogue_check import check_catalogue
from tdkt_xl.domain.criteria import Band, Catalogue, Criterion, RowKind, ScoringRule
from tdkt_xl.domain.periods import find_period
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes.files import COLUMN_MISSING
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.scoring_terms import by_label, read_terms
from tdkt_xl.tasks.standard_book import Rows, check_references
from tdkt_xl.vietnamese.text import comparison_key

_LAYOUT = load_layout("danh-muc")


@dataclass
class _Parts:
    """What the sheets hold of one catalogue; ``unread`` are paths of rows with a fault already reported."""

    rows: list[Criterion] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    bands: list[Band] = field(default_factory=list)
    bands_read: bool = True


def read_catalogues(rows: Rows, place: Place, findings: list[Finding]) -> dict[str, Catalogue]:
    """Read and check the catalogues by their codes; may report KT-306 and what check_catalogue reports.

    A row of no known catalogue may belong to any: none of them is then taken for whole. What belongs to an
    undeclared catalogue is kept under its code, unchecked.
    """
    declared = {row.text("code"): row for row in rows.get("catalogues", ())}
    parts = _parts(rows, findings)
    strays = [part for code, part in parts.items() if not code or (declared and code not in declared)]
    rows_known = not any(part.rows or part.unread for part in strays) and not _lost(
        "criteria", rows, findings
    )
    bands_known = not any(part.bands or not part.bands_read for part in strays)
    bands_known = bands_known and not _lost("bands", rows, findings)
    catalogues = {}
    for code in [*declared, *(code for code in parts if parts[code].rows and code not in declared)]:
        head, part = declared.get(code), parts.get(code, _Parts())
        total = head.values.get("total") if head else None
        catalogues[code] = Catalogue(
            code,
            head.text("name") if head else code,
            find_period(head.text("period")) if head else None,
            total if isinstance(total, Decimal) else None,
            tuple(part.rows),
            tuple(part.bands),
            head.place("total") if head else place,
            frozenset(part.unread if rows_known else {*part.unread, ""}),
            part.bands_read and bands_known,
        )
    if declared:
        check_references(rows.get("criteria", ()), "catalogue", declared, "Danh mục", findings)
        check_references(rows.get("bands", ()), "catalogue", declared, "Danh mục", findings)
    for code, catalogue in catalogues.items():
        if code in declared or not declared:
            findings += check_catalogue(catalogue)
    return catalogues


def _parts(rows: Rows, findings: list[Finding]) -> dict[str, _Parts]:
    parts: dict[str, _Parts] = {}
    for row in rows.get("criteria", ()):
        part = parts.setdefault(row.text("catalogue"), _Parts())
        criterion = _criterion(row, findings)
        if criterion:
            part.rows.append(criterion)
        else:
            part.unread.add(row.text("path"))
    for row in rows.get("bands", ()):
        part = parts.setdefault(row.text("catalogue"), _Parts())
        lower = row.values.get("lower_bound")
        if isinstance(lower, Decimal):
            part.bands.append(Band(row.text("band"), lower, row.place("lower_bound")))
        else:
            part.bands_read = False
    return parts


def _criterion(row: ListRow, findings: list[Finding]) -> Criterion | None:
    kind = by_label(RowKind, row.text("kind"))
    maximum = row.values.get("maximum")
    if kind is None or not isinstance(maximum, Decimal) or not row.text("path"):
        return None
    step = row.values.get("step")
    return Criterion(
        row.text("path"),
        row.text("number"),
        row.text("text"),
        kind,
        maximum,
        by_label(ScoringRule, row.text("rule")),
        step if isinstance(step, Decimal) else None,
        evidence=bool(row.text("evidence")),
        place=row.place("maximum"),
        terms=read_terms(row, findings),
    )


def _lost(sheet: str, rows: Rows, findings: Iterable[Finding]) -> bool:
    """Tell whether a sheet is not there, or could not be read for want of its headings (KT-115)."""
    if sheet not in rows:
        return True
    name = comparison_key(_LAYOUT.sheet(sheet).name)
    headless = {comparison_key(item.place.sheet) for item in findings if item.code is COLUMN_MISSING}
    return not rows[sheet] and name in headless
