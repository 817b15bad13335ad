"""Show homonyms and names that may be one person's; nothing is ever merged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tdkt_xl.domain.people import Person
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.vietnamese.text import comparison_key, plain

_SHORTEST = 4
"""Parts of an abbreviated name are shorter than this: "Ng. V. An"."""


def check_names(people: Sequence[Person]) -> list[Finding]:
    """Report homonyms (KT-327), likely doubles (KT-329) and near names of one unit (KT-328)."""
    findings: list[Finding] = []
    same: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        same[comparison_key(person.name)].append(person)
    for namesakes in same.values():
        findings += [_namesake(namesakes[0], other) for other in namesakes[1:]]
    seen: set[tuple[str, str]] = set()
    for group in _near_groups(people).values():
        findings += _near(group, seen)
    return findings


def _namesake(first: Person, other: Person) -> Finding:
    place = other.source.cell("name")
    if first.birth is not None and first.birth == other.birth:
        shown = str(replace(first.source.cell("name"), file=""))
        return codes.PERSON_TWICE.at(place, name=other.name, first=first.code, other=shown)
    codes_of = f"{first.code} ({first.unit_code})", f"{other.code} ({other.unit_code})"
    return codes.HOMONYM.at(place, name=other.name, first=codes_of[0], second=codes_of[1], code=other.code)


def _near_groups(people: Iterable[Person]) -> dict[tuple[str, str], list[Person]]:
    """People who may share a name written differently: within one unit, or born on one day."""
    groups: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        words = plain(person.name).casefold().split()
        if not words:
            continue
        unit_or_day = {person.unit_code, str(person.birth or "")} - {""}
        for where in unit_or_day:
            groups[where, "".join(sorted(word[0] for word in words))].append(person)
    return groups


def _near(group: Sequence[Person], seen: set[tuple[str, str]]) -> Iterable[Finding]:
    for index, other in enumerate(group):
        for first in group[:index]:
            if first.birth and other.birth and first.birth != other.birth:
                continue  # two people
            reason = nearness(first.name, other.name)
            if reason and (first.code, other.code) not in seen:
                seen.add((first.code, other.code))
                shown = str(replace(first.source.cell("name"), file=""))
                yield codes.NEAR_NAME.at(
                    other.source.cell("name"), name=other.name, text=first.name, other=shown, reason=reason
                )


def nearness(first: str, second: str) -> str:
    """Say in what two different names resemble each other; "" when they do not."""
    if comparison_key(first) == comparison_key(second):
        return ""
    one, two = plain(first).casefold().split(), plain(second).casefold().split()
    if one == two:
        return "chỉ khác dấu"
    if sorted(comparison_key(first).split()) == sorted(comparison_key(second).split()):
        return "chỉ khác thứ tự"
    if len(one) == len(two) and _abbreviates(one, two):
        return "một tên viết tắt"
    return ""


def _abbreviates(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether every part equals, or is the start of, the other's: "ng. v. an" and "nguyen van an"."""
    if one[-1].strip(".") != two[-1].strip("."):
        return False
    short = False
    for left, right in zip(one[:-1], two[:-1], strict=True):
        a, b = sorted((left.strip("."), right.strip(".")), key=len)
        if a == b:
            continue
        if len(a) >= _SHORTEST or not a or not b.startswith(a):
            return False
        short = True
    return short
