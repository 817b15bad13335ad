"""What an award is worth: multiplier × base salary on the day of decision, rounded as the office says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.findings.render import say
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.model import RulePack
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.packs import Packs
from tdkt_xl.rules.statements import BaseSalary, Multiplier
from tdkt_xl.vietnamese.numbers import format_money, read_number

STEP = Decimal(10_000)
"""Rewards are rounded to tens of thousands of đồng (NĐ 91/2017, Điều 68.2)."""

ROUNDINGS = {"len": ROUND_CEILING, "gan_nhat": ROUND_HALF_UP, "khong": ""}
"""The ways found in practice: up as the text says, to the nearest, not at all."""


def round_money(exact: Decimal, way: str) -> Decimal:
    """Round an amount by one of the ROUNDINGS, to tens of thousands of đồng."""
    rounding = ROUNDINGS[way]
    return exact if not rounding else (exact / STEP).to_integral_value(rounding) * STEP


@dataclass(frozen=True, slots=True)
class Reward:
    """What one award is worth on a day; ``amount`` is None, with ``lacking`` saying why, when not known.

    ``exact`` is the amount before rounding, ``others`` what the other ways of rounding would give where
    they differ, ``rule`` the code of the multiplier, ``citation`` the articles of multiplier and salary.
    """

    award: str
    kind: SubjectKind
    factor: Decimal | None
    salary: BaseSalary | None
    exact: Decimal | None
    amount: Decimal | None
    others: tuple[tuple[str, Decimal], ...]
    rule: str
    citation: str
    status: Status
    lacking: str = ""

    @property
    def factor_citation(self) -> str:
        """The articles of the multiplier alone."""
        salary = f"; {self.salary.basis.citation}" if self.salary else ""
        return self.citation.removesuffix(salary)

    @property
    def working(self) -> str:
        """The calculation in words: ``0,3 × 1.490.000 = 447.000, làm tròn 450.000``."""
        if self.amount is None or self.factor is None or self.salary is None or self.exact is None:
            return self.lacking
        text = f"{say(self.factor)} × {format_money(self.salary.amount)} = {format_money(self.exact)}"
        return text if self.exact == self.amount else f"{text}, làm tròn {format_money(self.amount)}"


def find_reward(award: str, kind: SubjectKind, day: date, packs: Packs, office: Office) -> Reward:
    """Return what an award is worth when decided on ``day``; ``office`` as of that day.

    The office may confirm, change or set aside a multiplier that is not sourced, by its code.
    """
    pack, salary = packs.on(day), packs.find_salary(day)
    multiplier = pack.find_multiplier(award, kind)
    if multiplier is None:
        what = "chưa có mức tiền thưởng" if pack.get_award(award) else "không có hình thức này"
        lacking = f"{pack.name} {what}"
        return Reward(award, kind, None, salary, None, None, (), "", "", Status.PROVINCE, lacking)
    factor, status, citation = _factor(multiplier, office)
    cited = "; ".join((citation, *((salary.basis.citation,) if salary else ())))
    if factor is None or salary is None:
        lacking = f"{multiplier.paraphrase} ({multiplier.id})" if salary else "chưa có mức lương cơ sở"
        return Reward(award, kind, factor, salary, None, None, (), multiplier.id, cited, status, lacking)
    exact = factor * salary.amount
    given = office.find_value("money_rounding", award)
    way = str(given.value) if given else "len"
    amount = round_money(exact, way)
    others = ((other, round_money(exact, other)) for other in ROUNDINGS if other != way)
    differing = tuple((other, value) for other, value in others if value != amount)
    return Reward(award, kind, factor, salary, exact, amount, differing, multiplier.id, cited, status)


def _factor(multiplier: Multiplier, office: Office) -> tuple[Decimal | None, Status, str]:
    """Return the multiplier that holds, how well it is known, and its citation."""
    own = multiplier.basis
    entered = None if own.status.decides else office.find(multiplier.id)
    if entered is None:
        return multiplier.factor, own.status, own.citation
    citation = f"{own.citation}; {entered.citation}"
    number = read_number(entered.value).value
    if number is not None:
        return number, Status.OFFICE, citation
    applies = office.confirms(multiplier.id) is not None
    return multiplier.factor if applies else Decimal(0), Status.OFFICE, citation


@dataclass(frozen=True, slots=True)
class Claim:
    """One reward claimed for a subject: ``owner`` is who receives it, ``period`` the key of the round."""

    owner: str
    period: str
    reward: Reward


def count_once(claims: Sequence[Claim], pack: RulePack) -> dict[int, str]:
    """Return which claims are not paid, by position, with the reason.

    Of several titles, or several commendations, for the same stretch of work of one subject only the
    highest is paid; a title and a commendation are both paid, and so are awards for stretches of different
    length (law.md §3.3). Equal amounts: the first stays. A reward that is not known is never set aside.
    """
    groups: dict[tuple[str, str, str, int], list[int]] = {}
    for position, claim in enumerate(claims):
        award = pack.get_award(claim.reward.award)
        if award is not None and claim.reward.amount is not None:
            key = (claim.owner, claim.period, award.nature.value, award.years)
            groups.setdefault(key, []).append(position)
    principle = pack.find_principle("highest_title")
    cited = f" ({principle.id}, {principle.basis.citation})" if principle else ""
    aside: dict[int, str] = {}
    for positions in groups.values():
        best = max(positions, key=lambda position: (claims[position].reward.amount, -position))
        name = pack.short(claims[best].reward.award)
        aside |= {
            position: f"đã nhận mức cao hơn của {name} cho cùng thành tích{cited}"
            for position in positions
            if position != best
        }
    return aside


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts exactly."""
    return sum(amounts, Decimal(0))
