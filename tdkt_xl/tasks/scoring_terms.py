"""Read how a criterion is scored from the master data: the terms of its rule, the rounding of results."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from tdkt_xl.domain.scoring.rounding import Rounding, Way
from tdkt_xl.domain.scoring.term_check import HEADINGS
from tdkt_xl.domain.scoring.terms import Direction, Measure, Step, Terms
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import catalogues as codes
from tdkt_xl.findings.codes.master import PARAMETER_INVALID
from tdkt_xl.tables.amounts import read_amount, read_steps
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.vietnamese.numbers import read_number

_STEP_UNIT = "bước điểm"
"""Typed as the unit of rounding: each criterion's own step."""
E = TypeVar("E", bound=Enum)


def by_label(kind: type[E], label: str) -> E | None:
    """The member of an enumeration that people call by this word."""
    return next((item for item in kind if item.label == label), None)  # type: ignore[attr-defined]  # all label


def read_terms(row: ListRow, findings: list[Finding]) -> Terms:
    """Read the columns that state how a criterion is scored; may report KT-622 at the cell."""
    bad = set(row.bad)

    def refuse(name: str, reason: str) -> None:
        bad.add(name)
        findings.append(
            codes.BAD_TERM.at(
                row.place(name),
                catalogue=row.text("catalogue"),
                path=row.text("path"),
                column=HEADINGS[name],
                reason=reason,
            )
        )

    def steps(name: str) -> tuple[Step, ...]:
        read = read_steps(row.text(name)) if row.text(name) else ()
        if read is None:
            refuse(name, f"“{row.text(name)}” không theo dạng “mức: số; mức: số”")
        return read or ()

    target = read_amount(row.table, row.row, "target")
    if target.text and len(target.numbers) != 1:
        refuse("target", f"“{target.text}” không phải là một số")
    return Terms(
        by_label(Direction, row.text("direction")),
        by_label(Measure, row.text("measure")) or Measure.RESULT,
        target.numbers[0] if len(target.numbers) == 1 else None,
        target_percent=target.percent,
        steps=steps("steps"),
        conversion=steps("conversion"),
        outside_cap=bool(row.text("outside_cap")),
        may_not_apply=bool(row.text("may_not_apply")),
        places={
            name: row.place(name)
            for name in (*HEADINGS, "rule", "number", "kind")
            if name in row.table.columns
        },
        bad=frozenset(bad),
        **{
            name: value if isinstance(value := row.values.get(name), Decimal) else None
            for name in ("at_target", "over_percent", "floor_percent", "per_plus", "per_minus", "lowest")
        },
    )


def read_rounding(rows: Mapping[str, ListRow], findings: list[Finding]) -> Rounding | None:
    """Read the rule that rounds computed scores; both parameters blank means no rounding.

    May report KT-309. The note beside the unit is the rule's source.
    """
    unit_row, way_row = rows.get("score_rounding_unit"), rows.get("score_rounding_way")
    unit_text = unit_row.text("value") if unit_row else ""
    way_text = way_row.text("value") if way_row else ""
    if not unit_text and not way_text:
        return None
    unit = read_number(unit_text).value
    way = next((item for item in Way if item.value == way_text), None)
    by_step = unit_text == _STEP_UNIT
    if not by_step and (unit is None or unit <= 0):
        reason = f"cần số điểm lớn hơn 0, ví dụ 0,01, hoặc “{_STEP_UNIT}”"
        findings.append(_invalid(unit_row or way_row, reason))
        return None
    if way is None:
        findings.append(_invalid(way_row or unit_row, "cần " + " | ".join(item.value for item in Way)))
        return None
    return Rounding(None if by_step else unit, way, unit_row.text("note") if unit_row else "")


def _invalid(row: ListRow | None, reason: str) -> Finding:
    assert row is not None  # one of the two parameters was typed
    return PARAMETER_INVALID.at(
        row.place("value"), name=row.text("name"), text=row.text("value"), reason=reason
    )
