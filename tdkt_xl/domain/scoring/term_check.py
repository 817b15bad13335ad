"""Checks of a rule's terms: complete, used, within what the rule can mean."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from tdkt_xl.domain.criteria import Criterion, RowKind, ScoringRule
from tdkt_xl.domain.scoring.terms import NO_TERMS, Direction, Step
from tdkt_xl.domain.scoring.worked import show
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import catalogues as codes

HEADINGS: Mapping[str, str] = {
    "direction": "Chiều",
    "measure": "Tính theo",
    "target": "Chỉ tiêu chung",
    "at_target": "Điểm khi đạt chỉ tiêu",
    "over_percent": "Mỗi 1% vượt cộng",
    "floor_percent": "Sàn (% chỉ tiêu)",
    "steps": "Bậc điểm",
    "per_plus": "Mỗi lần cộng",
    "per_minus": "Mỗi lần trừ",
    "conversion": "Quy đổi số lần",
    "lowest": "Điểm thấp nhất",
    "outside_cap": "Ngoài trần",
    "may_not_apply": "Có thể không áp dụng",
}
"""Term → heading of its column in the catalogue."""

_NEEDED: Mapping[ScoringRule, tuple[str, ...]] = {
    ScoringRule.DEDUCTION: ("per_minus",),
    ScoringRule.ADDITION: ("per_plus",),
    ScoringRule.BALANCE: ("per_plus", "per_minus", "lowest"),
    ScoringRule.TIERS: ("steps",),
    ScoringRule.RANK: ("steps",),
    ScoringRule.AWARD: ("steps",),
}
_USED: Mapping[ScoringRule, tuple[str, ...]] = {
    ScoringRule.QUANTITY: ("direction", "target"),
    ScoringRule.PROPORTIONAL: ("direction", "target", "at_target", "over_percent", "floor_percent"),
    ScoringRule.DEDUCTION: ("conversion",),
    ScoringRule.ADDITION: ("conversion",),
    ScoringRule.TIERS: ("direction", "measure", "target"),
    ScoringRule.RANK: ("direction",),
}
_ANY_ROW = frozenset({"outside_cap", "may_not_apply"})
_RULES_OF_KIND: Mapping[RowKind, frozenset[ScoringRule]] = {
    RowKind.CRITERION: frozenset(ScoringRule),
    RowKind.BONUS: frozenset(
        {
            ScoringRule.DIRECT,
            ScoringRule.PASS_FAIL,
            ScoringRule.ADDITION,
            ScoringRule.TIERS,
            ScoringRule.RANK,
            ScoringRule.AWARD,
        }
    ),
    RowKind.PENALTY: frozenset({ScoringRule.DIRECT, ScoringRule.DEDUCTION}),
}


def check_terms(row: Criterion, catalogue: str) -> list[Finding]:
    """Check one row; may report KT-614 and KT-620 … KT-623, each at the cell of the term."""
    rule, terms = row.rule, row.terms
    if rule is None and not row.kind.is_group:
        # A rule that is no word of the list was reported as such.
        said_before = "rule" in terms.bad
        return (
            []
            if said_before
            else [codes.RULE_BLANK.at(_place(row, "rule"), catalogue=catalogue, path=row.path)]
        )
    given = [name for name in HEADINGS if getattr(terms, name) != getattr(NO_TERMS, name)]
    if rule is not None and rule not in _RULES_OF_KIND.get(row.kind, frozenset()):
        return [
            codes.RULE_ON_WRONG_ROW.at(
                _place(row, "rule"), catalogue=catalogue, path=row.path, rule=rule.label, kind=row.kind.label
            )
        ]
    needed = _NEEDED.get(rule, ()) if rule else ()
    used = {*needed, *(_USED.get(rule, ()) if rule else ()), *_ANY_ROW}
    said = {"catalogue": catalogue, "path": row.path, "rule": rule.label if rule else "(trống)"}
    findings = [
        codes.TERM_MISSING.at(_place(row, name), column=HEADINGS[name], **said)
        for name in needed
        if name not in given and name not in terms.bad
    ]
    findings += [
        codes.TERM_NOT_USED.at(_place(row, name), column=HEADINGS[name], **said)
        for name in given
        if name not in used
    ]
    findings += [
        codes.BAD_TERM.at(
            _place(row, name), catalogue=catalogue, path=row.path, column=HEADINGS[name], reason=reason
        )
        for name, reason in _first_of_each(_faults(row))
        if name in used
    ]
    return findings


def _place(row: Criterion, name: str) -> Place:
    return row.terms.places.get(name, row.place)


def _first_of_each(faults: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for name, reason in faults:
        found.setdefault(name, reason)
    return found.items()


def _faults(row: Criterion) -> Iterator[tuple[str, str]]:
    """Terms whose value cannot be meant, with the reason."""
    terms, zero = row.terms, Decimal(0)
    for name in ("target", "per_plus", "per_minus", "over_percent"):
        value = getattr(terms, name)
        if value is not None and value <= zero:
            yield name, "phải lớn hơn 0"
    if terms.floor_percent is not None and not zero < terms.floor_percent <= 100:
        yield "floor_percent", "phải lớn hơn 0 và không quá 100"
    if terms.at_target is not None and not zero < terms.at_target <= row.maximum:
        yield "at_target", "phải lớn hơn 0 và không quá điểm tối đa"
    if terms.over_percent and (terms.at_target is None or terms.at_target == row.maximum):
        yield "over_percent", "chỉ có nghĩa khi “Điểm khi đạt chỉ tiêu” nhỏ hơn điểm tối đa"
    if terms.lowest is not None and terms.lowest >= row.maximum:
        yield "lowest", "phải nhỏ hơn điểm tối đa"
    if any(step.value < 1 or step.value != step.value.to_integral_value() for step in terms.conversion):
        yield "conversion", "số lần quy đổi phải là số nguyên từ 1 trở lên"
    if terms.outside_cap and row.kind is not RowKind.BONUS:
        yield "outside_cap", "chỉ dùng cho dòng Điểm thưởng"
    if terms.may_not_apply and row.kind is not RowKind.CRITERION:
        yield "may_not_apply", "chỉ dùng cho dòng Tiêu chí"
    if terms.steps:
        reason = _step_fault(row)
        if reason:
            yield "steps", reason
    yield from _off_step(row)


def _off_step(row: Criterion) -> Iterator[tuple[str, str]]:
    """Points of one event, of a tier, of a rank that the step of the criterion does not allow."""
    step, terms = row.step, row.terms
    if step is None or step <= 0 or row.maximum % step:
        return
    points = [(name, getattr(terms, name)) for name in ("per_plus", "per_minus", "lowest")]
    points += [("steps", item.value) for item in terms.steps]
    for name, value in points:
        if value is not None and value % step:
            yield name, f"{show(value)} không chia hết cho bước điểm {show(step)}"


def _step_fault(row: Criterion) -> str:
    """What is wrong with a list of steps, "" when nothing is."""
    steps = row.terms.steps
    if any(not Decimal(0) <= step.value <= row.maximum for step in steps):
        return "mỗi bậc có điểm từ 0 đến điểm tối đa"
    if row.rule is ScoringRule.AWARD:
        return ""
    bounds = [step.bound for step in steps]
    if None in bounds:
        return "đầu mỗi bậc phải là số"
    if len(set(bounds)) != len(bounds):
        return "hai bậc trùng nhau"
    if row.rule is ScoringRule.RANK:
        whole = all(bound is not None and bound >= 1 and bound % 1 == 0 for bound in bounds)
        return (
            ""
            if whole and _improves(steps, Direction.LOWER)
            else "hạng là số nguyên từ 1, hạng trên không ít điểm hơn"
        )
    return (
        ""
        if _improves(steps, row.terms.direction or Direction.HIGHER)
        else "bậc tốt hơn không được ít điểm hơn"
    )


def _improves(steps: tuple[Step, ...], direction: Direction) -> bool:
    ordered = sorted(steps, key=lambda step: step.bound or Decimal(0), reverse=direction is Direction.LOWER)
    points = [step.value for step in ordered]
    return points == sorted(points)
