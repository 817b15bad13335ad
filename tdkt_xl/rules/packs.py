"""The rule packs shipped with the product, one for each regime of the law."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.findings.render import say
from tdkt_xl.rules.loader import check_sequence, load_instruments, load_pack
from tdkt_xl.rules.model import RulePack
from tdkt_xl.rules.parameters import Parameters, load_parameters
from tdkt_xl.rules.statement_loader import load_base_salaries
from tdkt_xl.rules.statements import BaseSalary


@dataclass(frozen=True, slots=True)
class Packs:
    """All regimes, earliest first, without gap or overlap; base salaries and parameters beside them."""

    packs: tuple[RulePack, ...]
    salaries: tuple[BaseSalary, ...] = ()
    parameters: Parameters = field(default_factory=dict)

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

    def find_salary(self, day: date) -> BaseSalary | None:
        """Return the base salary in force on a day, or None before the first one known."""
        return next((item for item in reversed(self.salaries) if item.since <= day), None)


def load_packs(root: Traversable | None = None) -> Packs:
    """Load the national packs from the package, or from another folder of the same shape."""
    return _load(root) if root else _shipped()


@cache
def _shipped() -> Packs:
    return _load(files("tdkt_xl.rules") / "packs")


def _load(root: Traversable) -> Packs:
    national = root / "national"
    instruments = load_instruments(national / "instruments.toml", "national/instruments.toml")
    parameters = load_parameters(national / "parameters.toml", "national/parameters.toml")
    salaries = load_base_salaries(national / "base_salary.toml", "national/base_salary.toml", instruments)
    folders = sorted((item for item in national.iterdir() if item.is_dir()), key=lambda item: item.name)
    packs: dict[str, RulePack] = {}
    for folder in folders:
        pack = load_pack(folder, instruments, parameters, packs, f"national/{folder.name}")
        packs[pack.key] = pack
    ordered = sorted(packs.values(), key=lambda pack: pack.since)
    check_sequence(ordered, "national")
    return Packs(tuple(ordered), salaries, parameters)
