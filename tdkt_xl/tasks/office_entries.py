"""What the office entered under a code of the sheet "Quy định của tỉnh", as ``tdkt rules show`` prints it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tdkt_xl.domain.master import Master
from tdkt_xl.findings.render import say
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.parameters import Parameter
from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """One line entered under a parameter; without a value nothing was entered."""

    code: str
    name: str
    question: str
    value: str = ""
    since: date | None = None
    award: str = ""
    scope: str = ""
    citation: str = ""
    source: str = ""

    def as_record(self) -> dict[str, object]:
        """The record promised by ``--json``."""
        return {
            "rule": self.code,
            "kind": "Quy định của tỉnh",
            "awards": [self.award] if self.award else [],
            "value": self.value or None,
            "since": self.since.isoformat() if self.since else None,
            "until": None,
            "citation": self.citation,
            "text": self.question,
            "status": "cơ quan đã nhập" if self.value else "chưa nhập",
            "source": self.source,
        }

    def lines(self) -> Iterator[str]:
        """The whole entry for a console."""
        yield f"{self.code} · {self.name}"
        yield f"  Nội dung:   {self.question}"
        if self.since is None:
            yield "  Giá trị:    chưa nhập: nhập ở trang Quy định của tỉnh của danh-muc.xlsx"
            return
        yield f"  Giá trị:    {self.value}"
        award, scope = self.award or "mọi danh hiệu, hình thức", self.scope or "mọi nơi"
        yield f"  Áp dụng:    từ {say(self.since)}, {award}, {scope}"
        yield f"  Căn cứ:     {self.citation}"
        yield f"  Nơi ghi:    {self.source}"


def show_office(text: str, load: Callable[[], Master]) -> tuple[OfficeEntry, ...]:
    """Return what was entered under a parameter named by code or name, the latest first; () for no parameter.

    ``load`` gives the master data; it is asked only when a parameter is meant.
    """
    wanted = comparison_key(text)
    for known in load_packs().parameters.values():
        if wanted in {comparison_key(known.id), comparison_key(known.name)}:
            return tuple(_entries(known, load())) or (OfficeEntry(known.id, known.name, known.question),)
    return ()


def _entries(parameter: Parameter, master: Master) -> Iterator[OfficeEntry]:
    packs = load_packs()
    mine = [rule for rule in master.office_rules if rule.key == parameter.id]
    for rule in sorted(mine, key=lambda item: item.since, reverse=True):
        pack = packs.find_on(rule.since) or packs.packs[-1]
        unit = master.register.units.get(rule.scope)
        yield OfficeEntry(
            parameter.id,
            parameter.name,
            parameter.question,
            rule.value,
            rule.since,
            pack.short(rule.award) if rule.award else "",
            unit.name if unit else rule.scope,
            rule.citation,
            str(rule.place),
        )
