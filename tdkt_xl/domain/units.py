"""Units (đơn vị) and clusters (cụm thi đua), with the register that recognises their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from tdkt_xl.domain.periods import Period
from tdkt_xl.vietnamese.text import comparison_key, plain


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune, agency, organisation or school; ``code`` is stable, names change."""

    code: str
    name: str
    short_name: str = ""
    kind: str = ""
    gso_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    work_field: str = ""
    """What the provincial software calls "lĩnh vực hoạt động"; "" when the office has not said."""

    def valid_during(self, period: Period) -> bool:
        """Tell whether the unit existed on some day of the period."""
        begins_in_time = self.valid_from is None or self.valid_from <= period.end
        return begins_in_time and (self.valid_to is None or self.valid_to >= period.start)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster for one period: members, leader and deputy are yearly data."""

    period: Period
    code: str
    name: str
    description: str
    catalogue: str
    leader: str
    deputy: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A unit found from text; ``by_alias`` when the text is neither its code nor a name of it."""

    unit: Unit
    by_alias: bool


@dataclass(frozen=True)
class Register:
    """All units with every name that leads to them; lookups fold spelling, never strip marks."""

    units: Mapping[str, Unit]
    by_key: dict[str, Recognised] = field(default_factory=dict, repr=False)
    """What each name leads to, by its comparison key."""

    @classmethod
    def build(cls, units: Iterable[Unit], aliases: Iterable[tuple[str, str]] = ()) -> "Register":
        """Index units by code, name and short name, then by alias (alias text, unit code)."""
        register = cls({unit.code: unit for unit in units})
        for unit in register.units.values():
            for text in (unit.code, unit.name, unit.short_name):
                if text:
                    register.by_key.setdefault(comparison_key(text), Recognised(unit, by_alias=False))
        for text, code in aliases:
            owner = register.units.get(code)
            if owner:
                register.by_key.setdefault(comparison_key(text), Recognised(owner, by_alias=True))
        return register

    def find(self, text: str) -> Recognised | None:
        """Recognise a unit by code, official name, short name or alias."""
        return self.by_key.get(comparison_key(text))

    def is_without_marks(self, text: str, unit: Unit) -> bool:
        """Tell whether a text is a name of the unit typed without any mark (Xa Phu Ly)."""
        bare = comparison_key(text)
        return any(known.unit == unit and plain(key) == bare != key for key, known in self.by_key.items())

    def suggest(self, text: str) -> str | None:
        """Nearest official name, for a question only ("Có phải ý ông/bà là …?").

        A name typed without marks is the one unit that is called so without them, if there is one.
        """
        bare = comparison_key(text)
        meant = {known.unit.code for key, known in self.by_key.items() if plain(key) == bare}
        if len(meant) == 1:
            return self.units[meant.pop()].name
        near = get_close_matches(comparison_key(text), self.by_key, n=1, cutoff=0.75)
        return self.by_key[near[0]].unit.name if near else None
