"""What ``--people``, ``--suppose`` and ``--suppose-from`` bring in, and what is printed of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.printing import exit_code, print_findings, print_json
from tdkt_xl.findings import Finding
from tdkt_xl.findings.render import as_records

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.domain.people import History
    from tdkt_xl.tasks.suppositions import Effect, Move


def read_history(path: Path | None, master: "Master") -> "History | None":
    """The history of a workbook that must be without an error (KT-757); None when no workbook is given."""
    if path is None:
        return None
    from tdkt_xl.tasks.people_book import load_usable

    return load_usable(path, master.register).history


def print_moves(
    consolidated: Path,
    master: "Master",
    on: date,
    history: "History | None",
    suppositions: Sequence[str],
    book: Path | None,
    *,
    as_json: bool,
) -> int:
    """Print which conclusions move when facts are as supposed: each alone, then all together."""
    from tdkt_xl.tasks.nominate import suppose
    from tdkt_xl.tasks.supposed_book import load_suppositions
    from tdkt_xl.tasks.suppositions import read_supposition

    typed = [read_supposition(text) for text in suppositions]
    read = load_suppositions(book) if book else None
    findings = read.findings if read else ()
    effects: Sequence[Effect] = ()
    if read is None or read.value is not None:
        every = [*typed, *(read.value or () if read else ())]
        result = suppose(consolidated, master, on, history, every)
        effects, findings = result.value or (), (*findings, *result.findings)
    if as_json:
        print_json(_document(effects, findings))
        return exit_code(findings)
    for effect in effects:
        _print_effect(effect)
    print_findings(findings)
    click.echo("Không ghi gì.")
    return exit_code(findings)


def _print_effect(effect: "Effect") -> None:
    click.echo(f"{effect.text or 'Tất cả giả định cùng lúc'}: {len(effect.moves)} kết luận hoặc lý do đổi.")
    for item in effect.moves:
        before, after = item.before, item.after
        click.echo(
            f"  {before.candidate.subject} · {before.award_name}: {before.judgement.outcome.label} → "
            f"{after.judgement.outcome.label}"
        )
        old = {reason.rule: reason.text for reason in before.judgement.reasons}
        for reason in after.judgement.reasons:
            if old.get(reason.rule) != reason.text:
                click.echo(
                    f"      {reason.rule} {old.get(reason.rule, '')} → {reason.text} ({reason.citation})"
                )


def _document(effects: "Sequence[Effect]", findings: Sequence[Finding]) -> dict[str, object]:
    """The document promised by ``--json``: ``moves`` of all together, ``each`` of every one alone."""
    return {
        "moves": [_record(item) for item in effects[-1].moves] if effects else [],
        "each": [
            {"supposition": effect.text, "moves": [_record(item) for item in effect.moves]}
            for effect in effects
            if effect.text
        ],
        "findings": as_records(findings),
    }


def _record(item: "Move") -> dict[str, object]:
    return {
        "subject": item.before.candidate.subject,
        "award": item.before.award_name,
        "before": item.before.judgement.outcome.value,
        "after": item.after.judgement.outcome.value,
        "reasons": [
            {"rule": reason.rule, "citation": reason.citation, "text": reason.text}
            for reason in item.after.judgement.reasons
        ],
    }
