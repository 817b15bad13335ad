"""Recognise awards of any regime by the names they had, and tell whether one existed on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tdkt_xl.findings.render import say
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

    def called(self, code: str, day: date) -> tuple[str, str]:
        """Short and full name of an award as of a day; of another time's award with that said behind it.

        A code no regime knows is both its names.
        """
        own = next((pack.get_award(code) for pack in self.packs if pack.covers(day)), None)
        award = own or self.awards.get(code)
        if award is None:
            return code, code
        if own:
            return own.abbreviation, own.name
        begins = min(pack.since for pack in self.packs if pack.get_award(code))
        said = "chưa có hiệu lực" if begins > day else "không còn áp dụng"
        note = f" ({said} ngày {say(day)})"
        return award.abbreviation + note, award.name + note

    def existed(self, code: str, day: date) -> bool:
        """Tell whether an award could be given on a day; before the first pack, as the first pack says."""
        pack = next((pack for pack in self.packs if pack.covers(day)), None)
        if pack is None:
            pack = self.packs[0] if day < self.packs[0].since else self.packs[-1]
        return any(award.code == code for award in pack.awards)
