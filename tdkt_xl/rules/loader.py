"""Build rule packs from their TOML files, refusing anything unknown, repeated, uncited or undated."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from itertools import pairwise

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.rules.arguments import parse_arguments
from tdkt_xl.rules.model import Award, Basis, ExpectedChange, Instrument, Level, Quota, Rule, RulePack, Status
from tdkt_xl.rules.source import Block, open_document
from tdkt_xl.vietnamese.text import comparison_key

_RULE_ID = re.compile(r"QT-\d{3}")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_MARKS = {
    Status.SOURCED: re.compile(r"S\d+b?( S\d+b?)*"),
    Status.MEMORY: re.compile(r"mem-[HM]"),
    Status.PROVINCE: re.compile(r"NOT FOUND|[^ ].*"),
    Status.DRAFT: re.compile(r"S\d+b?( S\d+b?)*"),
}
_BASIS = ("instrument", "article", "status", "source")
_NOT_RULES = frozenset({"regime.toml", "awards.toml", "quotas.toml"})

Instruments = Mapping[str, Instrument]


@dataclass(frozen=True, slots=True)
class _Regime:
    """Head of a pack, read before the files that must agree with it."""

    key: str
    name: str
    since: date
    until: date
    expected: tuple[ExpectedChange, ...]
    instruments: Instruments


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


def load_pack(folder: Traversable, instruments: Instruments, place: str) -> RulePack:
    """Return the regime kept in a folder; ``place`` is the folder's name in messages."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    for wanted in sorted(_NOT_RULES - {file.name for file in files}):
        raise TdktError(catalogues.BAD_PACK, file=f"{place}/{wanted}", line=1, reason="không có tệp này")
    regime = _load_regime(folder / "regime.toml", f"{place}/regime.toml", instruments)
    awards = _load_awards(folder / "awards.toml", f"{place}/awards.toml", regime)
    rules: list[Rule] = []
    for file in files:
        if file.name not in _NOT_RULES:
            for block in open_document(file, f"{place}/{file.name}").blocks("rule")["rule"]:
                rules.append(_build_rule(block, regime, awards, rules))
    quotas = _load_quotas(folder / "quotas.toml", f"{place}/quotas.toml", regime, awards, rules)
    return RulePack(
        regime.key,
        regime.name,
        regime.since,
        regime.until,
        instruments,
        tuple(awards.values()),
        tuple(sorted(rules, key=lambda rule: rule.id)),
        quotas,
        regime.expected,
    )


def _load_regime(file: Traversable, name: str, instruments: Instruments) -> _Regime:
    document = open_document(file, name)
    blocks = document.blocks("regime", "expected")
    if len(blocks["regime"]) != 1:
        raise document.fail(1, "tệp phải có đúng một mục [[regime]]")
    head = blocks["regime"][0]
    head.only(("key", "name", "since", "until"))
    since, until = head.day("since"), head.day("until")
    if until < since:
        raise head.fail("until", "ngày kết thúc trước ngày bắt đầu")
    expected: list[ExpectedChange] = []
    for block in blocks["expected"]:
        block.only(("day", "change", *_BASIS))
        if block.day("day") <= (expected[-1].day if expected else since):
            raise block.fail("day", "ngày thay đổi phải tăng dần và sau ngày bắt đầu")
        expected.append(ExpectedChange(block.day("day"), block.text("change"), _basis(block, instruments)))
    return _Regime(head.text("key"), head.text("name"), since, until, tuple(expected), instruments)


def _basis(block: Block, instruments: Instruments) -> Basis:
    """Return what a block rests on; the source mark must agree with the status."""
    instrument, source = block.text("instrument"), block.text("source")
    if instrument not in instruments:
        raise block.fail("instrument", f"văn bản “{instrument}” chưa khai trong instruments.toml")
    status = block.choice("status", Status)
    if not _MARKS[status].fullmatch(source):
        raise block.fail("source", f"dấu nguồn “{source}” không hợp với tình trạng “{status.value}”")
    return Basis(instruments[instrument], block.text("article"), status, source)


def _load_awards(file: Traversable, name: str, regime: _Regime) -> dict[str, Award]:
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


def _build_award(block: Block, regime: _Regime) -> Award:
    required = ("code", "name", "abbreviation", "kinds", "level", "decided_by", *_BASIS)
    block.only(required, ("synonyms", "authority_note", "council"))
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
        block.text("decided_by"),
        _basis(block, regime.instruments),
        block.text("authority_note"),
        block.text("council"),
    )


def _rule_id(block: Block, taken: Sequence[str]) -> str:
    identifier = block.text("id")
    if not _RULE_ID.fullmatch(identifier):
        raise block.fail("id", f"mã “{identifier}” phải có dạng QT-101")
    if identifier in taken:
        raise block.fail("id", f"mã {identifier} đã dùng")
    return identifier


def _since(block: Block, regime: _Regime, basis: Basis) -> date:
    since = block.day("since")
    if since < basis.instrument.in_force:
        raise block.fail("since", f"ngày áp dụng trước ngày {basis.instrument.short} có hiệu lực")
    if since > regime.until:
        raise block.fail("since", "ngày áp dụng sau ngày cuối của gói quy tắc")
    if basis.instrument.until and basis.instrument.until < max(since, regime.since):
        raise block.fail("instrument", f"{basis.instrument.short} đã hết hiệu lực trước ngày áp dụng")
    return since


def _known_award(block: Block, key: str, code: str, awards: Mapping[str, Award]) -> Award:
    if code not in awards:
        raise block.fail(key, f"danh hiệu “{code}” chưa khai trong awards.toml")
    return awards[code]


def _build_rule(block: Block, regime: _Regime, awards: Mapping[str, Award], earlier: Sequence[Rule]) -> Rule:
    required = ("id", "awards", "kinds", "predicate", "since", "paraphrase", *_BASIS)
    block.only(required, ("arguments", "replaces"))
    identifier = _rule_id(block, [rule.id for rule in earlier])
    kinds, basis = block.choices("kinds", SubjectKind), _basis(block, regime.instruments)
    for code in block.choices("awards", str):
        if not set(kinds) & set(_known_award(block, "awards", code, awards).kinds):
            raise block.fail("kinds", f"danh hiệu “{code}” không dành cho đối tượng của quy tắc này")
    rule = Rule(
        identifier,
        block.texts("awards"),
        kinds,
        block.text("predicate"),
        parse_arguments(block),
        _since(block, regime, basis),
        basis,
        block.text("paraphrase"),
        block.text("replaces"),
    )
    if rule.predicate == "needs_province_rule" and basis.status is not Status.PROVINCE:
        raise block.fail("status", "quy định còn thiếu của tỉnh phải có tình trạng “province”")
    _check_replaced(block, rule, earlier)
    return rule


def _check_replaced(block: Block, rule: Rule, earlier: Sequence[Rule]) -> None:
    if not rule.replaces:
        return
    old = next((other for other in earlier if other.id == rule.replaces), None)
    if old is None:
        raise block.fail("replaces", f"quy tắc bị thay “{rule.replaces}” chưa khai ở trên")
    if old.since >= rule.since:
        raise block.fail("since", f"ngày áp dụng phải sau ngày của quy tắc bị thay {old.id}")


def _load_quotas(
    file: Traversable, name: str, regime: _Regime, awards: Mapping[str, Award], rules: Sequence[Rule]
) -> tuple[Quota, ...]:
    quotas: list[Quota] = []
    for block in open_document(file, name).blocks("quota")["quota"]:
        required = ("id", "award", "base_award", "percent", "parameter", "since", "paraphrase", *_BASIS)
        block.only(required)
        identifier = _rule_id(block, [*(rule.id for rule in rules), *(quota.id for quota in quotas)])
        award = _known_award(block, "award", block.text("award"), awards)
        base = _known_award(block, "base_award", block.text("base_award"), awards)
        percent, basis = block.number("percent"), _basis(block, regime.instruments)
        if not 0 < percent <= 100:
            raise block.fail("percent", "tỷ lệ phải trên 0 và không quá 100")
        since, parameter = _since(block, regime, basis), block.text("parameter")
        paraphrase = block.text("paraphrase")
        quotas.append(Quota(identifier, award.code, base.code, percent, parameter, since, basis, paraphrase))
    return tuple(quotas)


def check_sequence(packs: Sequence[RulePack], place: str) -> None:
    """Refuse packs that overlap or leave days without a regime, and repeated keys."""
    for before, after in pairwise(packs):
        if before.key == after.key or before.until + timedelta(days=1) != after.since:
            reason = f"gói {after.key} phải bắt đầu ngay sau ngày cuối của gói {before.key}"
            raise TdktError(catalogues.BAD_PACK, file=place, line=1, reason=reason)
