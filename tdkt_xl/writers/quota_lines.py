"""What the proposals of a unit, a cluster or the whole list come to against a quota, and how it is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from tdkt_xl.domain.awards import Rating
from tdkt_xl.findings.render import say
from tdkt_xl.writers.nomination import Nomination


class QuotaState(Enum):
    """What can be said of a number of proposals; the values are the words shown to people."""

    WITHIN = "Trong mức"
    EXCEEDED = "Vượt tỷ lệ"
    OVER_LIMIT = "Vượt số lượng"
    NEEDS_ROUNDING = "Cần quy định làm tròn của tỉnh"
    NO_PERCENT = "Cần quy định của tỉnh: chưa có tỷ lệ"
    NO_LIMIT = "Cần quy định của tỉnh: chưa có số lượng"
    NO_BASE = "Thiếu số để tính"
    EXEMPT = "Không tính tỷ lệ, số lượng"

    @property
    def tone(self) -> str:
        """The fill of the row."""
        if self in {QuotaState.WITHIN, QuotaState.EXEMPT}:
            return "good"
        return "error" if self in {QuotaState.EXCEEDED, QuotaState.OVER_LIMIT} else "warning"


_BEYOND = frozenset({QuotaState.EXCEEDED, QuotaState.OVER_LIMIT, QuotaState.NEEDS_ROUNDING})


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One quota or limit for one ``scope`` (unit, cluster, whole list): who counts, how many may stand.

    ``limit`` is None where it is not known; ``exact`` the unrounded share of ``base`` holders of
    ``base_award``. ``asked`` says what is to be entered or stated, ``rule`` the code of the quota.
    """

    state: QuotaState
    scope: str
    award: str
    items: tuple[Nomination, ...]
    rule: str = ""
    citation: str = ""
    limit: int | None = None
    percent: Decimal | None = None
    base: int | None = None
    base_award: str = ""
    exact: Decimal | None = None
    asked: str = ""

    @property
    def working(self) -> str:
        """How the limit comes about."""
        if self.percent is not None and self.base is not None and self.exact is not None:
            return f"{say(self.percent)}% của {self.base} {self.base_award} là {say(self.exact)}"
        if self.limit is not None:
            return f"tối đa {self.limit}"
        return self.asked

    def cut(self) -> tuple[list[str], list[str], list[str]]:
        """Names surely within the limit by rating, those level at the line, and those below it.

        Nobody is chosen: who is level at the line, and every order within a rating, is for the council.
        All are within while the limit is kept or not known.
        """
        if self.state not in _BEYOND or self.limit is None:
            return [item.candidate.subject for item in self.items], [], []
        return cut_line(self.items, self.limit)


def cut_line(proposed: Sequence[Nomination], limit: int) -> tuple[list[str], list[str], list[str]]:
    """Names within ``limit`` by rating, those level at the line, those below it."""
    ranked: dict[int, list[str]] = {}
    order = list(Rating)
    for item in proposed:
        rating = item.candidate.facts.get("rating")
        step = order.index(rating.value) if rating and isinstance(rating.value, Rating) else -1
        ranked.setdefault(step, []).append(item.candidate.subject)
    inside: list[str] = []
    tied: list[str] = []
    outside: list[str] = []
    for step in sorted(ranked, reverse=True):
        names = ranked[step]
        if len(inside) + len(names) <= limit and not tied:
            inside += names
        elif len(inside) < limit and not tied:
            tied = names
        else:
            outside += names
    return inside, tied, outside


def quota_rows(lines: Iterable[QuotaLine]) -> list[dict[str, object]]:
    """The rows of the sheet of quotas: field → value."""
    rows: list[dict[str, object]] = []
    for number, line in enumerate(lines, start=1):
        inside, tied, outside = line.cut()
        shown = line.state in _BEYOND
        rows.append(
            {
                "number": number,
                "award": line.award,
                "subject": line.scope,
                "count": len(line.items),
                "working": line.working,
                "limit": line.limit,
                "outcome": line.state.value,
                "inside": ", ".join(inside) if shown else "",
                "tied": ", ".join(tied),
                "outside": ", ".join(outside),
                "rule": line.rule,
                "citation": line.citation,
            }
        )
    return rows
