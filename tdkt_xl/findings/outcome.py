"""The result of a stage: a value or nothing, and everything that was found on the way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tdkt_xl.findings.code import Finding, Severity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """``value`` is None when the stage could not produce anything usable; findings say why."""

    value: T | None
    findings: tuple[Finding, ...] = ()


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is of level *lỗi*."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings as a reader meets them: file, sheet, row, column, code.

    Sheets keep their names' order, not the workbook's, so that the order depends on the
    findings alone.
    """
    return sorted(findings, key=lambda finding: (finding.place, finding.code.id))


def severities_by_file(findings: Iterable[Finding]) -> dict[str, Counter[Severity]]:
    """How many findings of each level each file has."""
    counts: dict[str, Counter[Severity]] = {}
    for finding in findings:
        counts.setdefault(finding.place.file, Counter())[finding.severity] += 1
    return counts
