"""Rows of a catalogue that cannot be meant as they are written: told, and left out of later checks."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, parent_of
from tdkt_xl.domain.scoring.term_check import check_terms
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import catalogues as codes
from tdkt_xl.vietnamese.text import comparison_key

_BETWEEN_NUMBERS = re.compile(r"[\s./()\-–,:]+")
_PENALTIES = frozenset({RowKind.PENALTY, RowKind.PENALTY_GROUP})


def set_aside(catalogue: Catalogue) -> tuple[list[Finding], Catalogue]:
    """Report each row that is wrong in itself, once, and give the catalogue without these rows.

    Their paths are among the unread ones of that catalogue, so that nothing is said to be missing for want
    of them. May report KT-604, KT-618, KT-623, KT-624 and KT-630.
    """
    findings: list[Finding] = []
    kept: dict[str, Criterion] = {}
    unread = set(catalogue.unread)
    for row in catalogue.rows:
        if row.path in kept:
            other = kept[row.path].place.cell or "dòng khác"
            findings.append(
                codes.PATH_TWICE.at(row.place, catalogue=catalogue.code, path=row.path, other=other)
            )
            unread.add(row.path)
            continue
        fault = next(_faults(catalogue, row), None)
        if fault is None or (fault.code is codes.NUMBER_OFF_PATH and not _leads_nowhere(catalogue, row)):
            kept[row.path] = row
        else:
            unread |= {row.path, _meant_path(row)} if fault.code is codes.NUMBER_OFF_PATH else {row.path}
        findings += [fault] if fault else []
    return findings, replace(
        catalogue, rows=tuple(kept.values()), unread=frozenset(unread), _children={}, _under={}
    )


def _faults(catalogue: Catalogue, row: Criterion) -> Iterator[Finding]:
    said = {"catalogue": catalogue.code, "path": row.path}
    children = catalogue.children(row.path)
    if not row.kind.is_group and children:
        yield codes.NOT_A_GROUP.at(_place(row, "kind"), kind=row.kind.label, items=children[0].path, **said)
    if row.kind.is_group and row.rule and not children:
        yield from check_terms(row, catalogue.code)
    if row.maximum > 0 if row.kind in _PENALTIES else row.maximum < 0:
        yield codes.WRONG_SIGN.at(
            row.place,
            kind=row.kind.label,
            maximum=row.maximum,
            expected="từ 0 trở xuống" if row.kind in _PENALTIES else "từ 0 trở lên",
            **said,
        )
    number = _parts(row.number)
    if number and _parts(row.path)[-len(number) :] != number:
        yield codes.NUMBER_OFF_PATH.at(_place(row, "number"), typed=row.number, **said)


def _place(row: Criterion, name: str) -> Place:
    return row.terms.places.get(name, row.place)


def _parts(text: str) -> list[str]:
    return [comparison_key(part) for part in _BETWEEN_NUMBERS.split(text) if part]


def _leads_nowhere(catalogue: Catalogue, row: Criterion) -> bool:
    """Tell whether a group has nothing under its path: the path is wrong then, not the number."""
    return row.kind.is_group and not catalogue.children(row.path)


def _meant_path(row: Criterion) -> str:
    """The path a row would have by its number."""
    above, number = parent_of(row.path), row.number.strip("(). :")
    return f"{above}{'/' if '/' in row.path else '.'}{number}" if above else number
