"""Say one thing once when a whole sheet is typed that way: a finding for all its cells, each named."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tdkt_xl.findings import Finding, Severity, column_letters
from tdkt_xl.findings.codes import texts as codes
from tdkt_xl.findings.codes.cells import NOT_NFC

_FOLDED = frozenset(
    {
        codes.TCVN3_TEXT,
        codes.VNI_TEXT,
        codes.MISREAD_TEXT,
        codes.LOOK_ALIKE_LETTERS,
        codes.STRAY_CHARACTERS,
        NOT_NFC,
    }
)
_MOST = 10
"""So many cells of a sheet are told one by one."""


def fold_repeated(findings: Iterable[Finding]) -> list[Finding]:
    """Put one finding (KT-247, KT-248) for more than ten cells of a sheet typed the same wrong way.

    It stands at the first of them and names all; which letters are meant in each is told by
    ``tdkt repair``.
    """
    kept: list[Finding] = []
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.code in _FOLDED:
            key = finding.place.file, finding.place.sheet, finding.code.id
            groups.setdefault(key, []).append(finding)
        else:
            kept.append(finding)
    for group in groups.values():
        kept += group if len(group) <= _MOST else [_folded(sorted(group, key=lambda one: one.place))]
    return kept


def _folded(group: Sequence[Finding]) -> Finding:
    first = group[0]
    places = [(finding.place.row, finding.place.column) for finding in group]
    title = first.code.title
    given = {
        "count": len(group),
        "kind": title[:1].lower() + title[1:],
        "cells": ", ".join(areas(places)),
        "text": first.params["text"],
        "code": first.code.id,
    }
    if first.severity is Severity.NOTE:
        folded = codes.MANY_LOOSE_TEXTS.at(first.place, **given)
    else:
        folded = codes.MANY_OLD_TEXTS.at(first.place, **given, meant=first.params["meant"])
    return replace(folded, also=tuple(finding.place for finding in group[1:]))


def areas(places: Iterable[tuple[int, int]]) -> list[str]:
    """Write cells (row, column) as few areas: A1:B40, D2; columns with the same rows are joined."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(set(places)):
        rows.setdefault(column, []).append(row)
    blocks: list[list[int]] = []
    for column in sorted(rows):
        for top, bottom in _runs(rows[column]):
            wider = next((one for one in blocks if one[:2] == [top, bottom] and one[3] == column - 1), None)
            if wider:
                wider[3] = column
            else:
                blocks.append([top, bottom, column, column])
    return [_area(*block) for block in sorted(blocks)]


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows, ascending, as runs without a gap."""
    starts = [row for row in rows if row - 1 not in rows]
    ends = [row for row in rows if row + 1 not in rows]
    return list(zip(starts, ends, strict=True))


def _area(top: int, bottom: int, left: int, right: int) -> str:
    first, last = f"{column_letters(left)}{top}", f"{column_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"
