"""Checks of a criteria catalogue before a round opens: tree, sums, steps, bands, signs, terms, caps.

What cannot be judged for want of a row that was reported already is not judged: one mistake, one finding.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tdkt_xl.domain.cap_check import check_caps, greatest_total
from tdkt_xl.domain.criteria import Band, Catalogue, Criterion, RowKind, ScoringRule, parent_of
from tdkt_xl.domain.scoring.term_check import check_terms
from tdkt_xl.domain.scoring.terms import Direction
from tdkt_xl.domain.scoring.totals import capped_groups
from tdkt_xl.domain.scoring.worked import show
from tdkt_xl.findings import Finding, Severity
from tdkt_xl.findings.codes import catalogues as codes
from tdkt_xl.vietnamese.text import comparison_key

_BETWEEN_NUMBERS = re.compile(r"[\s./()\-–,:]+")


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
    findings = [
        *_check_tree(catalogue),
        *_check_numbers(catalogue),
        *_check_sums(catalogue),
        *_check_steps(catalogue),
        *_check_bands(catalogue),
        *_check_signs(catalogue),
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
    findings = []
    seen: dict[str, Criterion] = {}
    unread = catalogue.unread
    with_children = {parent_of(path) for path in unread if path}
    for row in catalogue.rows:
        if row.path in seen:
            other = seen[row.path].place.cell or "dòng khác"
            findings.append(
                codes.PATH_TWICE.at(row.place, catalogue=catalogue.code, path=row.path, other=other)
            )
        seen[row.path] = row
        known_empty = "" not in unread and row.path not in with_children
        if row.kind.is_group and not catalogue.children(row.path) and known_empty:
            findings.append(
                codes.GROUP_WITHOUT_CRITERIA.at(row.place, catalogue=catalogue.code, path=row.path)
            )
    findings += [
        codes.PARENT_MISSING.at(rows[0].place, catalogue=catalogue.code, path=rows[0].path, parent=parent)
        for parent, rows in _without_group(catalogue).items()
    ]
    return findings


def _without_group(catalogue: Catalogue) -> dict[str, list[Criterion]]:
    """The rows whose group has no row, by its path; none while a row without a path may be the group."""
    groups = {row.path for row in catalogue.rows if row.kind.is_group} | catalogue.unread
    found: dict[str, list[Criterion]] = {}
    for row in catalogue.rows:
        if row.parent_path and row.parent_path not in groups and "" not in catalogue.unread:
            found.setdefault(row.parent_path, []).append(row)
    return found


def _check_numbers(catalogue: Catalogue) -> list[Finding]:
    """The number a form prints is the end of the path that findings name; it may be left out."""
    times = Counter(row.path for row in catalogue.rows)
    return [
        codes.NUMBER_OFF_PATH.at(
            row.terms.places.get("number", row.place),
            catalogue=catalogue.code,
            path=row.path,
            typed=row.number,
        )
        for row in catalogue.rows
        if times[row.path] == 1 and not _ends_with(_parts(row.path), _parts(row.number))
    ]


def _parts(text: str) -> list[str]:
    return [comparison_key(part) for part in _BETWEEN_NUMBERS.split(text) if part]


def _ends_with(path: list[str], number: list[str]) -> bool:
    return not number or path[-len(number) :] == number


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
        explained = group.maximum == _sum(_once(children)) or group.maximum - computed in elsewhere
        if computed != group.maximum and not explained:
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
    explained = bool(catalogue.unread) or catalogue.total == _sum(_once(catalogue.base_leaves))
    if catalogue.total is not None and computed != catalogue.total and not explained:
        findings.append(
            codes.CATALOGUE_SUM.at(
                catalogue.place, catalogue=catalogue.code, declared=catalogue.total, computed=computed
            )
        )
    return findings


def _sum(rows: Iterable[Criterion]) -> Decimal:
    return sum((row.maximum for row in rows), Decimal(0))


def _once(rows: Iterable[Criterion]) -> Iterable[Criterion]:
    """The rows without those that repeat a path: a row copied by mistake was reported as that."""
    return {row.path: row for row in reversed([*rows])}.values()


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
