"""Write du-toan-tien-thuong.xlsx: the reward of every proposal, its calculation, the total, the fund."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from tdkt_xl.findings.render import say
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.rules.model import Level
from tdkt_xl.rules.money import Reward, round_money, total
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.vietnamese.words import in_words
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.nomination import Nomination

_LAYOUT = "du-toan-tien-thuong"
_WAYS = {"len": "Làm tròn lên", "gan_nhat": "Làm tròn gần nhất", "khong": "Không làm tròn"}
_SURE = frozenset({Outcome.ELIGIBLE, Outcome.UNCONFIRMED})

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One proposal with its reward; ``aside`` says why it is not paid, "" when it is."""

    nomination: Nomination
    reward: Reward
    level: Level
    aside: str

    @property
    def paid(self) -> Decimal | None:
        """What is paid: the reward, nothing when set aside, None when it is not known."""
        return Decimal(0) if self.aside else self.reward.amount

    @property
    def note(self) -> str:
        """What stands in the note column: why nothing is paid, or the calculation."""
        return self.aside or self.reward.working

    @property
    def sure(self) -> bool:
        """Tell whether the judging has found enough for the award."""
        return self.nomination.judgement.outcome in _SURE


@dataclass(frozen=True, slots=True)
class EstimateGroup:
    """All proposals of one award for one kind of subject."""

    award_name: str
    reward: Reward
    level: Level
    lines: tuple[EstimateLine, ...]

    @property
    def amount(self) -> Decimal:
        """What is paid for them together."""
        return total(line.paid for line in self.lines if line.paid is not None)

    @property
    def waiting(self) -> Decimal:
        """What of it is for proposals that cannot be judged yet."""
        return total(line.paid for line in self.lines if line.paid is not None and not line.sure)


@dataclass(frozen=True)
class Estimate:
    """What the proposals of a list would cost on a day; only ``own_level`` pays from ``fund``."""

    lines: tuple[EstimateLine, ...]
    on: date
    regime: str
    own_level: Level
    fund: Decimal | None
    rounding: str
    salary: str

    @property
    def file_name(self) -> str:
        """The name of the workbook."""
        return load_layout(_LAYOUT).file_name

    @staticmethod
    def way(key: str) -> str:
        """How a way of rounding is called."""
        return _WAYS[key]

    @cached_property
    def groups(self) -> tuple[EstimateGroup, ...]:
        """The lines by award and kind, in the order of the lists."""
        found: dict[tuple[str, str], list[EstimateLine]] = {}
        for line in self.lines:
            found.setdefault((line.reward.award, line.reward.kind.value), []).append(line)
        return tuple(
            EstimateGroup(lines[0].nomination.award_name, lines[0].reward, lines[0].level, tuple(lines))
            for lines in found.values()
        )

    @property
    def total(self) -> Decimal:
        """What all levels would pay."""
        return total(group.amount for group in self.groups)

    @property
    def own_total(self) -> Decimal:
        """What the own fund would pay."""
        return total(group.amount for group in self.groups if group.level is self.own_level)


def build_money_book(estimate: Estimate, organisation: Organisation) -> bytes:
    """Build the estimate: summary with totals in words and fund, every line, and where roundings differ."""
    layout = load_layout(_LAYOUT)
    subtitle = (
        f"Ngày quyết định dự kiến {say(estimate.on)}; lương cơ sở {estimate.salary}; "
        f"{estimate.way(estimate.rounding).lower()} đến chục nghìn đồng. {estimate.regime}. "
        "Tính cho đề nghị chưa bị loại; chưa phải kết quả."
    )
    summary = list(_summary_rows(estimate))
    rows: dict[str, list[Row]] = {
        "summary": summary,
        "money": [_line_row(number, line) for number, line in enumerate(estimate.lines, start=1)],
        "rounding": list(_rounding_rows(estimate)),
    }
    tones = {
        "summary": ["" if "number" in row else "total" for row in summary],
        "money": ["warning" if line.reward.amount is None else "" for line in estimate.lines],
        "rounding": [],
    }
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            same = sheet.id == "rounding" and not rows[sheet.id]
            told = f"{subtitle} Mọi cách làm tròn cho cùng kết quả." if same else subtitle
            content = ListContent(rows[sheet.id], subtitle=told, tones=tones[sheet.id])
            write_list(book, layout, sheet, content)
        return book.content()


def money_in_words(amount: Decimal) -> str:
    """The amount as it is written below a list: ``Hai triệu đồng chẵn``; a fraction is not said."""
    words = in_words(int(amount))
    return f"{words[0].upper()}{words[1:]} đồng"


def _summary_rows(estimate: Estimate) -> Iterable[Row]:
    for number, group in enumerate(estimate.groups, start=1):
        reward = group.reward
        aside = sum(bool(line.aside) for line in group.lines)
        unsure = "" if reward.status.decides else f"hệ số {reward.status.label}"
        notes = [reward.lacking, f"{aside} trường hợp đã nhận mức cao hơn" if aside else "", unsure]
        yield {
            "number": number,
            "award": group.award_name,
            "kind": reward.kind.label.capitalize(),
            "level": group.level.label.capitalize(),
            "count": len(group.lines) - aside,
            "factor": reward.factor,
            "salary": reward.salary.amount if reward.salary else None,
            "reward": reward.amount,
            "amount": None if reward.amount is None else group.amount,
            "waiting": group.waiting or None,
            "note": "; ".join(filter(None, notes)),
        }
    levels = dict.fromkeys(group.level for group in estimate.groups)
    for level in levels if len(levels) > 1 else ():
        amount = total(group.amount for group in estimate.groups if group.level is level)
        yield {"award": f"Cộng {level.label}", "amount": amount}
    yield {
        "award": "Tổng cộng",
        "amount": estimate.total,
        "waiting": total(group.waiting for group in estimate.groups) or None,
        "note": f"Bằng chữ: {money_in_words(estimate.total)}.",
    }
    if estimate.fund is None:
        yield {"award": "Quỹ", "note": "Chưa nhập quỹ thi đua, khen thưởng ở trang Quy định của tỉnh."}
        return
    left = estimate.fund - estimate.own_total
    yield {"award": f"Quỹ {estimate.own_level.label}", "amount": estimate.fund}
    yield {"award": "Còn lại", "amount": left, "note": "Quỹ không đủ." if left < 0 else ""}


def _line_row(number: int, line: EstimateLine) -> Row:
    candidate, reward = line.nomination.candidate, line.reward
    return {
        "number": number,
        "subject": candidate.subject,
        "unit": candidate.unit_name,
        "kind": candidate.kind.label.capitalize(),
        "award": line.nomination.award_name,
        "outcome": line.nomination.judgement.outcome.label,
        "factor": reward.factor,
        "salary": reward.salary.amount if reward.salary else None,
        "exact": reward.exact,
        "amount": line.paid,
        "note": line.note,
        "rule": reward.rule,
        "citation": reward.citation,
        "status": reward.status.label.capitalize(),
        "source": str(candidate.place),
    }


def _rounding_rows(estimate: Estimate) -> Iterable[Row]:
    for group in estimate.groups:
        reward = group.reward
        if reward.exact is None or reward.amount is None:
            continue
        paid = sum(not line.aside for line in group.lines)
        for way, _ in reward.others:
            other = round_money(reward.exact, way)
            yield {
                "award": group.award_name,
                "kind": reward.kind.label.capitalize(),
                "exact": reward.exact,
                "used": estimate.way(estimate.rounding),
                "amount": reward.amount,
                "other": estimate.way(way),
                "other_amount": other,
                "difference": (other - reward.amount) * paid,
            }
