"""Checks of a criteria catalogue before a round opens: tree, sums, steps, bands, signs, terms, caps.

What cannot be judged for want of a row that was reported already is not judged: one mistake, one finding.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from tdkt_xl.domain.cap_check import check_caps, greatest_total
from tdkt_xl.domain.catalogue_rows import set_aside
from tdkt_xl.domain.criteria import Band, Catalogue, Criterion, ScoringRule, parent_of
from tdkt_xl.domain.scoring.term_check import check_terms
from tdkt_xl.domain.scoring.terms import Direction
from tdkt_xl.domain.scoring.totals import capped_groups
from tdkt_xl.domain.scoring.worked import show
from tdkt_xl.findings import Finding, Severity
from tdkt_xl.findings.codes import catalogues as codes


def check_catalogue(catalogue: Catalogue) -> list[Finding]:
    """Check the tree, its sums, steps, bands, caps and the terms of its rules before a round opens.

    May report KT-602 … KT-609, KT-614 … KT-616, KT-618, KT-620 … KT-624, and the notes KT-617, KT-619; when
    all is well, reports the notes KT-613 with the number of leaves and KT-625 for rules that still need a
    source.
    """
    if not catalogue.rows:
        return (
            [] if catalogue.unread else [codes.EMPTY_CATALOGUE.at(catalogue.place, catalogue=catalogue.code)]
        )
    told, catalogue = set_aside(catalogue)
    findings = [
        *told,
        *_check_tree(catalogue),
        *_check_sums(catalogue),
        *_check_steps(catalogue),
        *_check_bands(catalogue),
        *check_caps(catalogue),
        *(finding for row in catalogue.rows for finding in check_terms(row, catalogue.code)),
    ]
    if not catalogue.unread and all(finding.severity is Severity.NOTE for finding in findings):
        total = sum((leaf.maximum for leaf in catalogue.base_leaves), Decimal(0))
        read = codes.CATALOGUE_READ.at(
            catalogue.place, catalogue=catalogue.code, leaves=len(catalogue.leaves), total=total
        )
        findings = [read, *findings, *_unsourced(catalogue)]
    return findings


def _unsourced(catalogue: Catalogue) -> list[Finding]:
    """Note the rules whose formula no text we read prescribes: the office must confirm them (KT-625)."""
    named: dict[str, list[str]] = {}
    for row in catalogue.leaves:
        if row.rule is ScoringRule.PROPORTIONAL:
            named.setdefault(f"“{row.rule.label}”", []).append(row.path)
        elif row.rule is ScoringRule.QUANTITY and row.terms.direction is Direction.LOWER:
            named.setdefault(f"“{row.rule.label}”, {row.terms.direction.label.lower()}", []).append(row.path)
    return [
        codes.RULE_WITHOUT_SOURCE.at(catalogue.place, catalogue=catalogue.code, rule=rule, codes=paths)
        for rule, paths in named.items()
    ]


def _check_tree(catalogue: Catalogue) -> list[Finding]:
    with_children = {parent_of(path) for path in catalogue.unread if path}
    empty = [
        codes.GROUP_WITHOUT_CRITERIA.at(row.place, catalogue=catalogue.code, path=row.path)
        for row in catalogue.rows
        if row.kind.is_group
        and not catalogue.children(row.path)
        and row.path not in with_children
        and "" not in catalogue.unread
    ]
    orphans = [
        codes.PARENT_MISSING.at(rows[0].place, catalogue=catalogue.code, path=rows[0].path, parent=parent)
        for parent, rows in _without_group(catalogue).items()
    ]
    return empty + orphans


def _without_group(catalogue: Catalogue) -> dict[str, list[Criterion]]:
    """The rows whose group has no row, by its path; none while a row without a path may be the group."""
    groups = {row.path for row in catalogue.rows if row.kind.is_group} | catalogue.unread
    found: dict[str, list[Criterion]] = {}
    for row in catalogue.rows:
        if row.parent_path and row.parent_path not in groups and "" not in catalogue.unread:
            found.setdefault(row.parent_path, []).append(row)
    return found


def _check_sums(catalogue: Catalogue) -> list[Finding]:
    findings = []
    lacking = {parent_of(path) for path in catalogue.unread}
    elsewhere = {_sum(rows) for rows in _without_group(catalogue).values()}
    capped = capped_groups(catalogue)
    for group in catalogue.rows:
        children = catalogue.children(group.path)
        known = "" not in catalogue.unread and group.path not in lacking
        # The cap of a bonus or penalty group may be smaller than the sum of its items.
        if not group.kind.is_group or group in capped or not children or not known:
            continue
        computed = _sum(children)
        if group.maximum - computed not in {0, *elsewhere}:
            findings.append(
                codes.GROUP_SUM.at(
                    group.place,
                    catalogue=catalogue.code,
                    path=group.path,
                    declared=group.maximum,
                    computed=computed,
                )
            )
    computed = _sum(catalogue.base_leaves)
    if catalogue.total is not None and computed != catalogue.total and not catalogue.unread:
        findings.append(
            codes.CATALOGUE_SUM.at(
                catalogue.place, catalogue=catalogue.code, declared=catalogue.total, computed=computed
            )
        )
    return findings


def _sum(rows: Iterable[Criterion]) -> Decimal:
    return sum((row.maximum for row in rows), Decimal(0))


def _check_steps(catalogue: Catalogue) -> list[Finding]:
    return [
        codes.BAD_STEP.at(
            row.place, catalogue=catalogue.code, path=row.path, maximum=row.maximum, step=row.step
        )
        for row in catalogue.leaves
        if row.step is not None and (row.step <= 0 or row.maximum % row.step != 0)
    ]


def _check_bands(catalogue: Catalogue) -> list[Finding]:
    if not catalogue.bands and catalogue.bands_read:
        return [codes.NO_BANDS.at(catalogue.place, catalogue=catalogue.code)]
    return [
        codes.BAND_ORDER.at(
            band.place, catalogue=catalogue.code, band=band.name, bound=band.lower, reason=reason
        )
        for band, reason in _band_faults(catalogue)
    ]


def _band_faults(catalogue: Catalogue) -> Iterator[tuple[Band, str]]:
    greatest = greatest_total(catalogue)
    bounds: set[Decimal] = set()
    for band in catalogue.bands:
        if band.lower < 0:
            yield band, "cận dưới nhỏ hơn 0"
        elif band.lower in bounds:
            yield band, "trùng cận dưới với mức khác"
        elif greatest is not None and band.lower > greatest:
            yield band, f"không đơn vị nào đạt được, điểm cao nhất là {show(greatest)}"
        bounds.add(band.lower)
    if catalogue.bands_read and bounds and min(bounds) > 0:
        yield min(catalogue.bands, key=lambda band: band.lower), "mức thấp nhất phải có cận dưới 0"
