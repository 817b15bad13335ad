"""Recognise awards of any regime by the names they had, and tell whether one existed on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tdkt_xl.rules.model import Award, RulePack
from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True)
class AwardNames:
    """Every award of the packs by every name; of two regimes that know an award the later one names it."""

    packs: Sequence[RulePack]
    awards: dict[str, Award] = field(default_factory=dict)
    _by_key: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for pack in self.packs:
            for award in pack.awards:
                self.awards[award.code] = award
                self._by_key.update(dict.fromkeys(map(comparison_key, award.names), award.code))

    def find(self, text: str) -> Award | None:
        """The award a cell of any year names; None when no regime knows it."""
        code = self._by_key.get(comparison_key(text))
        return self.awards[code] if code else None

    def existed(self, code: str, day: date) -> bool:
        """Tell whether an award could be given on a day; before the first pack, as the first pack says."""
        pack = next((pack for pack in self.packs if pack.covers(day)), None)
        if pack is None:
            pack = self.packs[0] if day < self.packs[0].since else self.packs[-1]
        return any(award.code == code for award in pack.awards)
