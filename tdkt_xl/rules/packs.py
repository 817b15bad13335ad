"""The rule packs shipped with the product, one for each regime of the law."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.findings.render import say
from tdkt_xl.rules.loader import check_sequence, load_instruments, load_pack
from tdkt_xl.rules.model import RulePack


@dataclass(frozen=True, slots=True)
class Packs:
    """All regimes, earliest first, without gap or overlap."""

    packs: tuple[RulePack, ...]

    def find_on(self, day: date) -> RulePack | None:
        """Return the rules in force on a day, or None when no pack covers it."""
        return next((pack.as_of(day) for pack in self.packs if pack.covers(day)), None)

    def on(self, day: date) -> RulePack:
        """Return the rules in force on a day; a day outside the packs is refused (KT-611)."""
        pack = self.find_on(day)
        if pack:
            return pack
        available = [f"{pack.key} từ {say(pack.since)} đến {say(pack.until)}" for pack in self.packs]
        raise TdktError(catalogues.NO_PACK, day=day, available="; ".join(available) or "không có gói nào")


def load_packs(root: Traversable | None = None) -> Packs:
    """Load the national packs from the package, or from another folder of the same shape."""
    return _load(root) if root else _shipped()


@cache
def _shipped() -> Packs:
    return _load(files("tdkt_xl.rules") / "packs")


def _load(root: Traversable) -> Packs:
    national = root / "national"
    instruments = load_instruments(national / "instruments.toml", "national/instruments.toml")
    folders = sorted((item for item in national.iterdir() if item.is_dir()), key=lambda item: item.name)
    packs = [load_pack(folder, instruments, f"national/{folder.name}") for folder in folders]
    packs.sort(key=lambda pack: pack.since)
    check_sequence(packs, "national")
    return Packs(tuple(packs))
