"""Checks of a criteria catalogue before a round opens: tree, sums, steps, bands, signs, terms."""

from decimal import Decimal

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, ScoringRule
from tdkt_xl.domain.scoring.term_check import check_terms
from tdkt_xl.domain.scoring.terms import Direction
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import catalogues as codes


def check_catalogue(catalogue: Catalogue) -> list[Finding]:
    """Check the tree, its sums, steps, bands and the terms of its rules before a round opens.

    May report KT-602 … KT-609 and KT-620 … KT-624; when all is well, reports the notes KT-613
    with the number of leaves and KT-625 for rules that still need a source.
    """
    if not catalogue.rows:
        return [codes.EMPTY_CATALOGUE.at(catalogue.place, catalogue=catalogue.code)]
    findings = [
        *_check_tree(catalogue),
        *_check_sums(catalogue),
        *_check_steps(catalogue),
        *_check_bands(catalogue),
        *_check_signs(catalogue),
        *(finding for row in catalogue.rows for finding in check_terms(row, catalogue.code)),
    ]
    if not findings:
        total = sum((leaf.maximum for leaf in catalogue.base_leaves), Decimal(0))
        findings = [
            codes.CATALOGUE_READ.at(
                catalogue.place, catalogue=catalogue.code, leaves=len(catalogue.leaves), total=total
            )
        ]
        findings += _unsourced(catalogue)
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
    findings = []
    seen: dict[str, Criterion] = {}
    groups = {row.path for row in catalogue.rows if row.kind.is_group}
    for row in catalogue.rows:
        if row.path in seen:
            other = seen[row.path].place.cell or "dòng khác"
            findings.append(
                codes.PATH_TWICE.at(row.place, catalogue=catalogue.code, path=row.path, other=other)
            )
        seen[row.path] = row
        if row.parent_path and row.parent_path not in groups:
            findings.append(
                codes.PARENT_MISSING.at(
                    row.place, catalogue=catalogue.code, path=row.path, parent=row.parent_path
                )
            )
        if row.kind.is_group and not catalogue.children(row.path):
            findings.append(
                codes.GROUP_WITHOUT_CRITERIA.at(row.place, catalogue=catalogue.code, path=row.path)
            )
    return findings


def _check_sums(catalogue: Catalogue) -> list[Finding]:
    findings = []
    for group in catalogue.rows:
        children = catalogue.children(group.path)
        # A bonus or penalty group carries a cap, which may be smaller than the sum of its items.
        if group.kind is RowKind.GROUP and children:
            computed = sum((child.maximum for child in children), Decimal(0))
            if computed != group.maximum:
                findings.append(
                    codes.GROUP_SUM.at(
                        group.place,
                        catalogue=catalogue.code,
                        path=group.path,
                        declared=group.maximum,
                        computed=computed,
                    )
                )
    computed = sum((leaf.maximum for leaf in catalogue.base_leaves), Decimal(0))
    if catalogue.total is not None and computed != catalogue.total:
        findings.append(
            codes.CATALOGUE_SUM.at(
                catalogue.place, catalogue=catalogue.code, declared=catalogue.total, computed=computed
            )
        )
    return findings


def _check_steps(catalogue: Catalogue) -> list[Finding]:
    return [
        codes.BAD_STEP.at(
            row.place, catalogue=catalogue.code, path=row.path, maximum=row.maximum, step=row.step
        )
        for row in catalogue.leaves
        if row.step is not None and (row.step <= 0 or row.maximum % row.step != 0)
    ]


def _check_bands(catalogue: Catalogue) -> list[Finding]:
    findings = []
    bounds: set[Decimal] = set()
    for band in catalogue.bands:
        reason = "trùng cận dưới với mức khác" if band.lower in bounds else ""
        if band.lower < 0:
            reason = "cận dưới nhỏ hơn 0"
        if reason:
            findings.append(
                codes.BAND_ORDER.at(
                    band.place, catalogue=catalogue.code, band=band.name, bound=band.lower, reason=reason
                )
            )
        bounds.add(band.lower)
    if catalogue.bands and min(bounds) > 0:
        lowest = min(catalogue.bands, key=lambda band: band.lower)
        findings.append(
            codes.BAND_ORDER.at(
                lowest.place,
                catalogue=catalogue.code,
                band=lowest.name,
                bound=lowest.lower,
                reason="mức thấp nhất phải có cận dưới 0",
            )
        )
    return findings


def _check_signs(catalogue: Catalogue) -> list[Finding]:
    """Penalties go down from 0, everything else up from it."""
    penalties = {RowKind.PENALTY, RowKind.PENALTY_GROUP}
    return [
        codes.WRONG_SIGN.at(
            row.place,
            catalogue=catalogue.code,
            path=row.path,
            kind=row.kind.label,
            maximum=row.maximum,
            expected="từ 0 trở xuống" if row.kind in penalties else "từ 0 trở lên",
        )
        for row in catalogue.rows
        if (row.maximum > 0 if row.kind in penalties else row.maximum < 0)
    ]
