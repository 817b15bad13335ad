"""Build rule packs from their TOML files, refusing anything unknown, repeated, uncited or undated."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import TypeVar

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.rules.arguments import parse_condition
from tdkt_xl.rules.basis import Instrument, Status
from tdkt_xl.rules.blocks import (
    BASIS,
    STATEMENT,
    Instruments,
    Regime,
    read_award,
    read_awards,
    read_basis,
    read_common,
    read_parameter,
)
from tdkt_xl.rules.model import (
    Award,
    Condition,
    ExpectedChange,
    Level,
    Nature,
    Quota,
    Rule,
    RulePack,
    Statement,
)
from tdkt_xl.rules.parameters import Parameters
from tdkt_xl.rules.source import Block, open_document
from tdkt_xl.rules.statement_loader import load_ballots, load_papers, load_rewards
from tdkt_xl.vietnamese.text import comparison_key

S = TypeVar("S", bound=Statement)

_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_NOT_RULES = frozenset(
    {"regime.toml", "awards.toml", "quotas.toml", "rewards.toml", "ballots.toml", "papers.toml"}
)


def load_instruments(file: Traversable, name: str) -> Instruments:
    """Return the registered legal texts by id."""
    instruments: dict[str, Instrument] = {}
    for block in open_document(file, name).blocks("instrument")["instrument"]:
        required = ("id", "short", "number", "title", "issuer", "in_force", "source")
        block.only(required, ("until", "amended_by", "replaces"))
        instrument = Instrument(
            block.text("id"),
            block.text("short"),
            block.text("number"),
            block.text("title"),
            block.text("issuer"),
            block.day("in_force"),
            block.day("until") if "until" in block.values else None,
            block.texts("amended_by"),
            block.texts("replaces"),
            block.text("source"),
        )
        _check_instrument(block, instrument, instruments)
        instruments[instrument.id] = instrument
    return instruments


def _check_instrument(block: Block, instrument: Instrument, earlier: Instruments) -> None:
    if instrument.id in earlier:
        raise block.fail("id", f"mã văn bản “{instrument.id}” đã dùng")
    if instrument.until and instrument.until < instrument.in_force:
        raise block.fail("until", "ngày hết hiệu lực trước ngày có hiệu lực")
    for old in instrument.replaces:
        if old not in earlier:
            raise block.fail("replaces", f"văn bản bị thay “{old}” chưa khai ở trên")
        if earlier[old].in_force >= instrument.in_force:
            raise block.fail("in_force", f"phải sau ngày có hiệu lực của văn bản bị thay “{old}”")


def load_pack(
    folder: Traversable,
    instruments: Instruments,
    parameters: Parameters,
    earlier: Mapping[str, RulePack],
    place: str,
) -> RulePack:
    """Return the regime kept in a folder; ``place`` is the folder's name in messages.

    A regime that continues an earlier one keeps its statements as long as their instruments stand.
    """
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    for wanted in sorted(_NOT_RULES - {file.name for file in files}):
        raise TdktError(catalogues.BAD_PACK, file=f"{place}/{wanted}", line=1, reason="không có tệp này")
    regime = _load_regime(folder / "regime.toml", f"{place}/regime.toml", instruments, parameters, earlier)
    awards = _load_awards(folder / "awards.toml", f"{place}/awards.toml", regime)
    before = earlier.get(regime.continues)
    carried = _carried(before.rules, regime, awards) if before else ()
    rules: list[Rule] = [*carried]
    for file in files:
        if file.name not in _NOT_RULES:
            for block in open_document(file, f"{place}/{file.name}").blocks("rule")["rule"]:
                rules.append(_build_rule(block, regime, awards, rules))
    quotas = _load_quotas(folder / "quotas.toml", f"{place}/quotas.toml", regime, awards)
    rewards = load_rewards(folder / "rewards.toml", f"{place}/rewards.toml", regime, awards)
    ballots = load_ballots(folder / "ballots.toml", f"{place}/ballots.toml", regime, awards)
    dossiers, principles = load_papers(folder / "papers.toml", f"{place}/papers.toml", regime, awards)
    pack = RulePack(
        regime.key,
        regime.name,
        regime.since,
        regime.until,
        instruments,
        tuple(awards.values()),
        tuple(sorted(rules, key=lambda rule: rule.id)),
        quotas,
        regime.expected,
        rewards,
        ballots,
        dossiers,
        principles,
    )
    return _joined(pack, before, regime) if before else pack


def _carried(rules: Sequence[Rule], regime: Regime, awards: Mapping[str, Award]) -> tuple[Rule, ...]:
    """Return the earlier rules whose instrument still stands, for the awards this regime knows."""
    standing = _standing(rules, regime)
    kept = (replace(rule, awards=tuple(code for code in rule.awards if code in awards)) for rule in standing)
    return tuple(rule for rule in kept if rule.awards)


def _joined(pack: RulePack, before: RulePack, regime: Regime) -> RulePack:
    return replace(
        pack,
        quotas=(*_standing(before.quotas, regime), *pack.quotas),
        multipliers=(*_standing(before.multipliers, regime), *pack.multipliers),
        ballots=(*_standing(before.ballots, regime), *pack.ballots),
        dossiers=(*_standing(before.dossiers, regime), *pack.dossiers),
        principles=(*_standing(before.principles, regime), *pack.principles),
    )


def _standing(items: Sequence[S], regime: Regime) -> tuple[S, ...]:
    ends = ((item, item.basis.instrument.until) for item in items)
    return tuple(item for item, until in ends if until is None or until >= regime.since)


def _load_regime(
    file: Traversable,
    name: str,
    instruments: Instruments,
    parameters: Parameters,
    earlier: Mapping[str, RulePack],
) -> Regime:
    document = open_document(file, name)
    blocks = document.blocks("regime", "expected")
    if len(blocks["regime"]) != 1:
        raise document.fail(1, "tệp phải có đúng một mục [[regime]]")
    head = blocks["regime"][0]
    head.only(("key", "name", "since", "until"), ("continues",))
    since, until = head.day("since"), head.day("until")
    if until < since:
        raise head.fail("until", "ngày kết thúc trước ngày bắt đầu")
    if head.text("continues") and head.text("continues") not in earlier:
        raise head.fail("continues", f"gói “{head.text('continues')}” chưa khai trước gói này")
    expected: list[ExpectedChange] = []
    for block in blocks["expected"]:
        block.only(("day", "change", *BASIS))
        if block.day("day") <= (expected[-1].day if expected else since):
            raise block.fail("day", "ngày thay đổi phải tăng dần và sau ngày bắt đầu")
        expected.append(
            ExpectedChange(block.day("day"), block.text("change"), read_basis(block, instruments))
        )
    taken = {item.id for pack in earlier.values() for item in pack.statements}
    return Regime(
        head.text("key"),
        head.text("name"),
        since,
        until,
        head.text("continues"),
        tuple(expected),
        instruments,
        parameters,
        taken,
    )


def _load_awards(file: Traversable, name: str, regime: Regime) -> dict[str, Award]:
    awards: dict[str, Award] = {}
    taken: dict[str, str] = {}
    for block in open_document(file, name).blocks("award")["award"]:
        award = _build_award(block, regime)
        for key in {comparison_key(text): text for text in award.names}:
            if key in taken:
                raise block.fail("code", f"tên gọi “{key}” đã dùng cho {taken[key]}")
            taken[key] = award.code
        awards[award.code] = award
    return awards


def _build_award(block: Block, regime: Regime) -> Award:
    required = ("code", "name", "abbreviation", "kinds", "level", "nature", "decided_by", *BASIS)
    block.only(required, ("synonyms", "authority_note", "council", "years"))
    code = block.text("code")
    if not _CODE.fullmatch(code):
        raise block.fail("code", f"mã “{code}” phải là chữ hoa không dấu, số và gạch dưới")
    return Award(
        code,
        block.text("name"),
        block.text("abbreviation"),
        block.texts("synonyms"),
        block.choices("kinds", SubjectKind),
        block.choice("level", Level),
        block.choice("nature", Nature),
        block.text("decided_by"),
        read_basis(block, regime.instruments),
        block.text("authority_note"),
        block.text("council"),
        block.whole("years") or 1,
    )


def _build_rule(block: Block, regime: Regime, awards: Mapping[str, Award], earlier: Sequence[Rule]) -> Rule:
    single = "any_of" not in block.values
    required = ("awards", "kinds", *(("predicate",) if single else ("any_of",)), *STATEMENT)
    block.only(required, ("arguments", "replaces") if single else ("replaces",))
    common = read_common(block, regime)
    kinds, codes = block.choices("kinds", SubjectKind), read_awards(block, awards)
    for code in codes:
        if not set(kinds) & set(awards[code].kinds):
            raise block.fail("kinds", f"danh hiệu “{code}” không dành cho đối tượng của quy tắc này")
    rule = Rule(
        common.id,
        codes,
        kinds,
        _read_cases(block, regime, single=single),
        common.since,
        common.basis,
        common.paraphrase,
        block.text("replaces"),
    )
    asks = any(condition.predicate == "needs_province_rule" for condition in rule.conditions)
    if asks and common.basis.status is not Status.PROVINCE:
        raise block.fail("status", "quy định còn thiếu của tỉnh phải có tình trạng “province”")
    for condition in rule.conditions:
        for name in condition.arguments.keys() & {"award", "title"}:
            read_award(block, "arguments", str(condition.arguments[name]), awards)
    _check_replaced(block, rule, earlier)
    return rule


def _read_cases(block: Block, regime: Regime, *, single: bool) -> tuple[tuple[Condition, ...], ...]:
    """Return the cases of a rule: ``predicate`` is one case of one condition, ``any_of`` lists of lists."""
    if single:
        given = {key: block.values[key] for key in ("predicate", "arguments") if key in block.values}
        return ((parse_condition(block, given, regime.parameters),),)
    cases = block.values["any_of"]
    if (
        not isinstance(cases, list)
        or len(cases) < 2
        or not all(isinstance(case, list) and case for case in cases)
    ):
        raise block.fail(
            "any_of", "“any_of” phải là danh sách từ hai trường hợp, mỗi trường hợp một danh sách"
        )
    return tuple(
        tuple(parse_condition(block, item, regime.parameters, "any_of") for item in case) for case in cases
    )


def _check_replaced(block: Block, rule: Rule, earlier: Sequence[Rule]) -> None:
    if not rule.replaces:
        return
    old = next((other for other in earlier if other.id == rule.replaces), None)
    if old is None:
        raise block.fail("replaces", f"quy tắc bị thay “{rule.replaces}” chưa khai ở trên")
    if old.since >= rule.since:
        raise block.fail("since", f"ngày áp dụng phải sau ngày của quy tắc bị thay {old.id}")


def _load_quotas(
    file: Traversable, name: str, regime: Regime, awards: Mapping[str, Award]
) -> tuple[Quota, ...]:
    quotas: list[Quota] = []
    for block in open_document(file, name).blocks("quota")["quota"]:
        block.only(("award", "base_award", "parameter", *STATEMENT), ("percent",))
        common = read_common(block, regime)
        award = read_award(block, "award", block.text("award"), awards)
        base = read_award(block, "base_award", block.text("base_award"), awards)
        percent = block.number("percent") if "percent" in block.values else None
        if percent is not None and not 0 < percent <= 100:
            raise block.fail("percent", "tỷ lệ phải trên 0 và không quá 100")
        if (percent is None) != (common.basis.status is Status.PROVINCE):
            raise block.fail("status", "tỷ lệ để trống khi và chỉ khi tình trạng là “province”")
        parameter = read_parameter(block, "parameter", block.text("parameter"), regime.parameters)
        quotas.append(
            Quota(
                common.id,
                award.code,
                base.code,
                percent,
                parameter,
                common.since,
                common.basis,
                common.paraphrase,
            )
        )
    return tuple(quotas)


def check_sequence(packs: Sequence[RulePack], place: str) -> None:
    """Refuse packs that overlap or leave days without a regime, and repeated keys."""
    for before, after in pairwise(packs):
        if before.key == after.key or before.until + timedelta(days=1) != after.since:
            reason = f"gói {after.key} phải bắt đầu ngay sau ngày cuối của gói {before.key}"
            raise TdktError(catalogues.BAD_PACK, file=place, line=1, reason=reason)
