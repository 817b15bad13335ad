"""tdkt money: what the proposals would cost on the day of decision, with every number's article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.people import History
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import quotas as codes
from tdkt_xl.findings.render import as_records
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.rules.model import Level, RulePack
from tdkt_xl.rules.money import Claim, Reward, count_once, find_reward
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.packs import Packs, load_packs
from tdkt_xl.tasks.nominate import judge_consolidated
from tdkt_xl.tasks.office_rules import office_of
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.vietnamese.numbers import format_money
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.money_book import Estimate, EstimateLine, build_money_book
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.publish import publish


@dataclass(frozen=True)
class Costing:
    """The estimate and the outputs written."""

    estimate: Estimate
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt money --json``; amounts are texts of whole đồng."""
        return {
            "lines": [
                {
                    "subject": line.nomination.candidate.subject,
                    "award": line.nomination.award_name,
                    "kind": line.nomination.candidate.kind.value,
                    "factor": _text(line.reward.factor),
                    "amount": _text(line.paid),
                    "rule": line.reward.rule,
                    "citation": line.reward.citation,
                    "note": line.note,
                }
                for line in self.estimate.lines
            ],
            "total": str(self.estimate.total),
            "own_total": str(self.estimate.own_total),
            "fund": _text(self.estimate.fund),
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def money(consolidated: Path, master: Master, on: date, out: Path, history: History | None = None) -> Costing:
    """Judge the proposals of a consolidated workbook and write du-toan-tien-thuong.xlsx.

    ``history`` is what is recorded of people and collectives, as for ``nominate``.
    Raises as ``nominate`` does. What the judging found is told by ``nominate``; here are KT-612 and
    KT-715 … KT-720.
    """
    judged = judge_consolidated(consolidated, master, on, history)
    estimate = estimate_rewards(judged.nominations, master, on)
    content = build_money_book(estimate, organisation_of(master))
    written, notes = publish(content, out / estimate.file_name)
    pending = load_packs().on(on).pending(on)
    findings = (*master.remarks, *pending, *check_estimate(estimate), *notes)
    return Costing(estimate, findings, (written,))


def reward_on(award: str, day: date, kind: str = "", master: Master | None = None) -> Reward | None:
    """Return what an award, named as in a cell, is worth when decided on a day; None if no such award.

    ``kind`` is cá nhân, tập thể or hộ gia đình; "" takes the award's first kind. Raises TdktError KT-611
    for a day without rules.
    """
    packs = load_packs()
    known = packs.on(day).find_award(award)
    wanted = comparison_key(kind)
    kinds = [
        item for item in (known.kinds if known else ()) if not wanted or comparison_key(item.label) == wanted
    ]
    if known is None or not kinds:
        return None
    office = office_of(master, day, packs) if master else Office((), packs.parameters)
    return find_reward(known.code, kinds[0], day, packs, office)


def estimate_rewards(nominations: Sequence[Nomination], master: Master, on: date) -> Estimate:
    """Return what the proposals that stand would cost, each subject counted as the law of the day says."""
    packs = load_packs()
    pack, office = packs.on(on), office_of(master, on, packs)
    own = _own_level(pack)
    standing = [item for item in nominations if item.judgement.outcome is not Outcome.NOT_ELIGIBLE]
    rewards = [find_reward(item.candidate.award, item.candidate.kind, on, packs, office) for item in standing]
    aside = count_once(
        [Claim(_owner(item), "", reward) for item, reward in zip(standing, rewards, strict=True)], pack
    )
    lines = tuple(
        EstimateLine(item, reward, _level(item, pack) or own, aside.get(position, ""))
        for position, (item, reward) in enumerate(zip(standing, rewards, strict=True))
    )
    return Estimate(
        lines, on, pack.name, _own_level(pack), _fund(office), _rounding(office), _salary(packs, on)
    )


def _owner(item: Nomination) -> str:
    candidate = item.candidate
    return f"{candidate.kind.value}|{candidate.unit_code}|{comparison_key(candidate.subject)}"


def _level(item: Nomination, pack: RulePack) -> Level | None:
    """The level that decides and pays; None for an award the day does not know."""
    award = pack.get_award(item.candidate.award)
    return award.level if award else None


def _own_level(pack: RulePack) -> Level:
    """The level whose fund pays here: the district's, the commune's once there is no district level."""
    levels = {award.level for award in pack.awards}
    return Level.DISTRICT if Level.DISTRICT in levels else Level.COMMUNE


def _fund(office: Office) -> Decimal | None:
    given = office.find_value("award_fund")
    return given.value if given and isinstance(given.value, Decimal) else None


def _rounding(office: Office) -> str:
    given = office.find_value("money_rounding")
    return str(given.value) if given else "len"


def _salary(packs: Packs, on: date) -> str:
    salary = packs.find_salary(on)
    return f"{format_money(salary.amount)} đồng ({salary.basis.instrument.short})" if salary else "chưa có"


def _way_in(reward: Reward) -> str:
    """What to do with a reward once its text is found: only one with a code can be entered."""
    if not reward.rule:
        return "báo nhóm phát triển bổ sung vào gói quy tắc"
    return f"nhập hệ số cho mã {reward.rule} ở trang Quy định của tỉnh của danh-muc.xlsx"


def check_estimate(estimate: Estimate) -> Iterator[Finding]:
    """Tell what the estimate rests on: unknown and unconfirmed rewards, roundings, the fund."""
    for group in estimate.groups:
        reward, name, kind = group.reward, group.award_name, group.reward.kind.label
        if reward.amount is None:
            yield codes.REWARD_UNKNOWN.at(
                award=name, kind=kind, count=len(group.lines), reason=reward.lacking, expected=_way_in(reward)
            )
            continue
        if not reward.status.decides:
            yield codes.REWARD_UNCONFIRMED.at(
                award=name, kind=kind, value=reward.factor, text=reward.factor_citation, code=reward.rule
            )
        if reward.others and reward.exact is not None:
            others = ", ".join(
                f"{estimate.way(way).lower()} {format_money(value)}" for way, value in reward.others
            )
            yield codes.REWARD_ROUNDED.at(
                award=name,
                kind=kind,
                exact=format_money(reward.exact),
                value=format_money(reward.amount),
                text=others,
            )
    for line in estimate.lines:
        if line.aside and line.reward.amount is not None:
            candidate = line.nomination.candidate
            yield codes.PAID_ONCE.at(
                candidate.place,
                subject=candidate.subject,
                award=line.nomination.award_name,
                reason=line.aside,
                value=format_money(line.reward.amount),
            )
    if estimate.fund is not None and estimate.own_total > estimate.fund:
        yield codes.FUND_EXCEEDED.at(
            text=estimate.own_level.label,
            total=format_money(estimate.own_total),
            limit=format_money(estimate.fund),
            difference=format_money(estimate.own_total - estimate.fund),
        )
