"""What a target or result cell should hold for the rule of its criterion, in words with an example."""

from tdkt_xl.domain.criteria import Criterion, ScoringRule
from tdkt_xl.domain.scores import Amount
from tdkt_xl.domain.scoring.terms import Measure, Step
from tdkt_xl.domain.scoring.worked import show

_NOTHING = Amount()


def expected_entry(criterion: Criterion, cell: str, target: Amount, result: Amount) -> str:
    """Say what to write into ``cell`` ("target" or "result"), the other of the two being as it is."""
    if cell == "target":
        return f"một số lớn hơn 0, ví dụ {'95%' if result.percent else '95'}"
    terms = criterion.terms
    match criterion.rule:
        case ScoringRule.AWARD:
            named = f", ví dụ “{terms.steps[0].name}”" if terms.steps else ""
            return f"tên danh hiệu như ở bậc điểm{named}"
        case ScoringRule.RANK:
            return "thứ hạng có ở bậc điểm, ví dụ 2; nhiều nơi xếp hạng thì ghi 2; 1"
        case ScoringRule.BALANCE:
            return "số lần cộng; số lần trừ, ví dụ 2; 1"
        case ScoringRule.DEDUCTION | ScoringRule.ADDITION if terms.conversion:
            kinds = "; ".join(step.name or "số lần" for step in terms.conversion)
            example = "; ".join(str(number) for number in range(1, len(terms.conversion) + 1))
            return f"số lần theo thứ tự {kinds}, ví dụ {example}"
        case ScoringRule.DEDUCTION | ScoringRule.ADDITION:
            return "số lần, ví dụ 2"
        case ScoringRule.TIERS if terms.measure is Measure.RESULT:
            percent: bool | None = any(step.name.endswith("%") for step in terms.steps)
        case _:
            percent = _percent_of_target(criterion, target)
    if percent is None:
        return "một số, ví dụ 87; hoặc 87% nếu các đơn vị đều ghi %"
    return "một tỷ lệ, ví dụ 87%" if percent else "một số, ví dụ 87"


def _percent_of_target(criterion: Criterion, target: Amount) -> bool | None:
    """Tell whether the target is a percentage, the unit's own before the common one; None without any."""
    if target.numbers:
        return target.percent
    return criterion.terms.target_percent if criterion.terms.target is not None else None


def how_scored(criterion: Criterion) -> str:
    """Say what the result cell of a criterion holds and what it is worth; "" where no result is asked for."""
    rule, terms = criterion.rule, criterion.terms
    if rule is None or not rule.is_computed:
        return ""
    target = (
        f"{show(terms.target * 100)}%" if terms.target and terms.target_percent else show(terms.target or 0)
    )
    known = [
        ("Chỉ tiêu chung", target if terms.target is not None else ""),
        ("Bậc điểm", _steps(terms.steps)),
        ("Quy đổi", _steps(terms.conversion)),
        ("Mỗi lần cộng", "" if terms.per_plus is None else show(terms.per_plus)),
        ("Mỗi lần trừ", "" if terms.per_minus is None else show(terms.per_minus)),
    ]
    said = [f"{rule.label}: ghi {expected_entry(criterion, 'result', _NOTHING, _NOTHING)}"]
    said += [f"{name} {value}" for name, value in known if value]
    return f"{'. '.join(said)}."


def _steps(steps: tuple[Step, ...]) -> str:
    return "; ".join(f"{step.name}: {show(step.value)}" if step.name else show(step.value) for step in steps)
