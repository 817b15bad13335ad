"""The comparisons of ``check_scores`` as somebody would write them in pandas: floats, no schema, no words."""

from collections.abc import Mapping, Sequence
from unittest.mock import patch

import pandas as pd

from tdkt_xl.domain.criteria import RowKind, ScoringRule
from tdkt_xl.domain.scores import CellState
from tdkt_xl.findings import Place
from tdkt_xl.schemas.cases import failure_cases
from tdkt_xl.schemas.columns import Column, FailureCase
from tdkt_xl.schemas.definitions import SCORES, frame_of
from tdkt_xl.schemas.scores import LineToCheck, check_scores

_ROUNDING = 1e-9
_COLUMNS = [
    *("value", "lower", "upper", "maximum", "step", "cluster", "penalty", "balance", "pass_fail"),
    *("blank", "required", "deciding", "evidence", "unreasoned"),
]
_FIELDS = ("self_score", "cluster_score", "appraised_score")


def plain_faults(items: Sequence[LineToCheck]) -> list[tuple[Place, str]]:
    """Cell and code of every fault."""
    frame, places = _frame(items)
    value, penalty = frame["value"], frame["penalty"]
    balance, half = frame["balance"], frame["pass_fail"] & ~frame["penalty"]
    low, high = (value < frame["lower"]) & ~balance, value > frame["upper"]
    rest = value % frame["step"].where(frame["step"] > 0)
    rest = pd.concat([rest.abs(), (frame["step"] - rest).abs()], axis=1).min(axis=1)
    nothing = frame["blank"] & frame["required"]
    faults = {
        "KT-207": nothing,
        "KT-208": low & ~penalty,
        "KT-209": high & ~penalty,
        "KT-210": (rest > _ROUNDING) & ~low & ~high & ~half,
        "KT-211": half & (value > 0) & (value < frame["maximum"]),
        "KT-212": (low | high) & penalty,
        "KT-213": frame["unreasoned"] & frame["cluster"].notna() & (frame["cluster"] != value),
        "KT-214": frame["deciding"] & frame["evidence"] & (value != 0) & value.notna(),
    }
    column = {"KT-213": "reason", "KT-214": "evidence"}
    return [
        (places[at][column.get(code, "score")], code)
        for code, fault in faults.items()
        for at in frame.index[fault]
    ]


def _frame(items: Sequence[LineToCheck]) -> tuple[pd.DataFrame, list[dict[str, Place]]]:
    rows, places = [], []
    for item in items:
        line, criterion = item.line, item.line.criterion
        cluster = line.cluster_score.value
        for field in _FIELDS:
            cell = getattr(line, field)
            blank = cell.state is CellState.BLANK
            if cell.state is CellState.BAD or (blank and field not in item.required):
                continue
            known = cell.value is not None
            rows.append(
                (
                    float(cell.value) if known else None,
                    float(criterion.lower),
                    float(criterion.upper),
                    float(criterion.maximum),
                    float(criterion.step or 0),
                    None if cluster is None else float(cluster),
                    criterion.kind is RowKind.PENALTY,
                    criterion.rule is ScoringRule.BALANCE,
                    criterion.rule is ScoringRule.PASS_FAIL,
                    blank,
                    field in item.required,
                    field == item.deciding,
                    criterion.evidence and not line.evidence.text,
                    field == "appraised_score" and known and not line.reason.text,
                )
            )
            places.append({"score": cell.place, "evidence": line.evidence.place, "reason": line.reason.place})
    names = (
        "value lower upper maximum step cluster penalty balance pass_fail blank required deciding evidence"
    )
    frame = pd.DataFrame(rows, columns=[*names.split(), "unreasoned"])
    return frame.astype({"value": float, "cluster": float}), places


def plain_cases(frame: pd.DataFrame) -> list[tuple[int, str]]:
    """The comparisons of the schema in plain pandas."""
    faults = {
        "above_lower": frame["above_lower"] < 0,
        "below_upper": frame["below_upper"] < 0,
        "within_penalty": frame["within_penalty"] < 0,
        "step_rest": frame["step_rest"].notna() & (frame["step_rest"] != 0),
        "half_passed": frame["half_passed"].notna() & (frame["half_passed"] != 0),
        **{name: frame[name] for name in ("blank", "evidence_missing", "reason_missing")},
    }
    return [(index, column) for column, fault in faults.items() for index in frame.index[fault]]


def pandera_cases(frame: pd.DataFrame) -> list[tuple[int | None, str]]:
    """The same through the schema."""
    return [(case.index, case.column) for case in failure_cases(SCORES, frame)]


def margins_of(items: Sequence[LineToCheck]) -> pd.DataFrame:
    """The frame that ``check_scores`` gives to pandera."""
    frames: list[pd.DataFrame] = []

    def keep(_schema: str, columns: Mapping[str, Column]) -> list[FailureCase]:
        frames.append(frame_of(columns))
        return []

    with patch("tdkt_xl.schemas.scores.failure_cases", keep):
        check_scores(items)
    (frame,) = frames
    return frame
