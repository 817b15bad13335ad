"""Checks of the caps of bonus and penalty groups, and the greatest total a catalogue lets a unit reach."""

from collections.abc import Iterator
from decimal import Decimal

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, parent_of
from tdkt_xl.domain.scoring.totals import capped_groups
from tdkt_xl.domain.scoring.worked import show
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import catalogues as codes

_ITEMS = {RowKind.BONUS_GROUP: RowKind.BONUS, RowKind.PENALTY_GROUP: RowKind.PENALTY}


def check_caps(catalogue: Catalogue) -> Iterator[Finding]:
    """Compare each cap with the items under it; may report KT-615, KT-616 and the note KT-617.

    A group with a sign or a row reported otherwise is left to that.
    """
    for group in capped_groups(catalogue):
        items = _under_cap(catalogue, group)
        if not items or not _can_be_judged(catalogue, group, items):
            continue
        said = {"catalogue": catalogue.code, "path": group.path}
        if group.maximum == 0:
            yield codes.CAP_OF_NOTHING.at(group.place, **said)
            continue
        above = [item for item in items if abs(item.maximum) > abs(group.maximum)]
        if above:
            # One item is probably wrong itself; with several, the cap is.
            place = above[0].place if len(above) == 1 else group.place
            named = [f"{item.path} ({show(item.maximum)})" for item in above]
            yield codes.ITEM_ABOVE_CAP.at(place, limit=group.maximum, items=named, **said)
        computed = sum((item.maximum for item in items), Decimal(0))
        if abs(computed) < abs(group.maximum):
            yield codes.CAP_OUT_OF_REACH.at(group.place, limit=group.maximum, computed=computed, **said)


def greatest_total(catalogue: Catalogue) -> Decimal | None:
    """The most points a unit can have, bonus included; None while a row of the catalogue is not known."""
    if catalogue.unread:
        return None
    base = sum((leaf.maximum for leaf in catalogue.base_leaves), Decimal(0))
    free = {leaf.path: leaf.maximum for leaf in catalogue.leaves if leaf.kind is RowKind.BONUS}
    capped = Decimal(0)
    for group in capped_groups(catalogue):
        if group.kind is RowKind.BONUS_GROUP:
            items = [free.pop(item.path, Decimal(0)) for item in _under_cap(catalogue, group)]
            capped += min(sum(items, Decimal(0)), group.maximum)
    return max(base, catalogue.total or base) + capped + sum(free.values(), Decimal(0))


def _under_cap(catalogue: Catalogue, group: Criterion) -> list[Criterion]:
    return [leaf for leaf in catalogue.leaves_under(group.path) if not leaf.terms.outside_cap]


def _can_be_judged(catalogue: Catalogue, group: Criterion, items: list[Criterion]) -> bool:
    unread = any(not path or _is_under(path, group.path) for path in catalogue.unread)
    sign = -1 if group.kind is RowKind.PENALTY_GROUP else 1
    signed = all(row.maximum * sign >= 0 for row in (group, *items))
    return not unread and signed and all(item.kind is _ITEMS[group.kind] for item in items)


def _is_under(path: str, group: str) -> bool:
    while path := parent_of(path):
        if path == group:
            return True
    return False
