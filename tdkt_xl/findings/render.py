"""Turn findings into Vietnamese sentences and JSON records."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from tdkt_xl.findings.code import Finding


def say(value: object) -> str:
    """Write one parameter as Vietnamese readers expect: 9,5 · 31/12/2023 · lists with commas."""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        return "0" if plain == "-0" else plain.replace(".", ",")
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (list, tuple)):
        return ", ".join(say(item) for item in value)
    return str(value)


def _fill(template: str, params: Mapping[str, object]) -> str:
    return template.format_map({name: say(value) for name, value in params.items()})


def message(finding: Finding) -> str:
    """Return the sentence that says what is wrong, without its place."""
    return _fill(finding.code.message, finding.params)


def fix(finding: Finding) -> str:
    """Return the sentence that says what to do next."""
    return _fill(finding.code.fix, finding.params)


def repair(finding: Finding) -> str:
    """Return what to do next as a sentence of its own, for a cell without "Cách sửa:" before it."""
    text = fix(finding)
    return text[:1].upper() + text[1:]


def sentence(finding: Finding) -> str:
    """Return the full line for a console: place, message, repair."""
    place = str(finding.place)
    head = f"{place}: " if place else ""
    return f"{finding.severity.label} {finding.code.id} · {head}{message(finding)} Cách sửa: {fix(finding)}"


def as_record(finding: Finding) -> dict[str, str | None]:
    """Return the JSON record promised by ``--json``."""
    return {
        "code": finding.code.id,
        "severity": finding.severity.value,
        "path": finding.place.file or None,
        "sheet": finding.place.sheet or None,
        "cell": finding.place.cell,
        "message": message(finding),
        "fix": fix(finding),
    }


def as_records(findings: Iterable[Finding]) -> list[dict[str, str | None]]:
    """Return the JSON records of many findings, order kept."""
    return [as_record(finding) for finding in findings]
