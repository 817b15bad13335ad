"""The layer over the national packs: what the office has entered, checked, and looked up by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.rules.parameters import Parameters
from tdkt_xl.vietnamese.numbers import read_number
from tdkt_xl.vietnamese.text import comparison_key

APPLIES, SET_ASIDE = "Áp dụng", "Không áp dụng"
"""What the office may say of a rule that is not sourced, by the rule's code."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value for a parameter: what was entered, or the default (``rule`` is then None)."""

    value: object
    rule: OfficeRule | None


@dataclass(frozen=True, slots=True)
class Office:
    """The office's rules; of several for one key the latest begun holds.

    A line for the unit goes before one for its cluster, that before one for all; within these, one for the
    award goes before one for all awards.
    """

    rules: tuple[OfficeRule, ...] = ()
    parameters: Parameters = field(default_factory=dict)

    def as_of(self, day: date) -> "Office":
        """Return the office with only what has begun by a day."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.since <= day))

    def find(self, key: str, award: str = "", scopes: Sequence[str] = ()) -> OfficeRule | None:
        """Return what was entered under a key for an award, or for all awards; None if nothing.

        ``scopes`` are codes of the unit, then its cluster.
        """
        mine = [rule for rule in self.rules if rule.key == key]
        for scope, wanted in product((*scopes, ""), dict.fromkeys((award, ""))):
            found = [rule for rule in mine if (rule.scope, rule.award) == (scope, wanted)]
            if found:
                return max(found, key=lambda rule: rule.since)
        return None

    def find_value(self, parameter: str, award: str = "", scopes: Sequence[str] = ()) -> Given | None:
        """Return the typed value of a parameter, its registered default, or None when nothing holds."""
        known = self.parameters.get(parameter)
        if known is None:
            return None
        rule = self.find(parameter, award, scopes)
        value = known.parse(rule.value) if rule else None
        if value is not None:
            return Given(value, rule)
        return Given(known.parse(known.default), None) if known.default else None

    def name(self, parameter: str) -> str:
        """Return how a parameter is called in the workbook."""
        return self.parameters[parameter].name

    def confirms(self, rule: str) -> OfficeRule | None:
        """Return the office's word that a rule which is not sourced applies, or None."""
        found = self.find(rule)
        return found if found and comparison_key(found.value) == comparison_key(APPLIES) else None

    def sets_aside(self, rule: str) -> OfficeRule | None:
        """Return the office's word that a rule which is not sourced does not apply, or None."""
        found = self.find(rule)
        return found if found and comparison_key(found.value) == comparison_key(SET_ASIDE) else None


def is_word_on_rule(value: str) -> bool:
    """Tell whether a cell says that a rule applies or does not, or gives a number for it."""
    words = {comparison_key(APPLIES), comparison_key(SET_ASIDE)}
    number = read_number(value).value
    return comparison_key(value) in words or (number is not None and number > 0)


def repeated(rules: Sequence[OfficeRule]) -> Iterable[tuple[OfficeRule, OfficeRule]]:
    """Yield every rule that says again what an earlier one says, with that earlier one."""
    first: dict[tuple[str, str, str, date], OfficeRule] = {}
    for rule in rules:
        earlier = first.setdefault((rule.key, rule.award, rule.scope, rule.since), rule)
        if earlier is not rule:
            yield rule, earlier
