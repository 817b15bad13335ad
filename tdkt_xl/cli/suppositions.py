"""What ``--people`` and ``--suppose`` of the command line bring in, and what is printed of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.printing import CLEAN, print_json

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.domain.people import History
    from tdkt_xl.tasks.suppositions import Move


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
    *,
    as_json: bool,
) -> int:
    """Print which conclusions move when facts are as supposed."""
    from tdkt_xl.tasks.nominate import suppose
    from tdkt_xl.tasks.suppositions import read_supposition

    moved = suppose(consolidated, master, on, history, [read_supposition(text) for text in suppositions])
    if as_json:
        print_json({"moves": [_record(item) for item in moved], "findings": []})
        return CLEAN
    for item in moved:
        before, after = item.before, item.after
        click.echo(
            f"{before.candidate.subject} · {before.award_name}: {before.judgement.outcome.label} → "
            f"{after.judgement.outcome.label}"
        )
        old = {reason.rule: reason.text for reason in before.judgement.reasons}
        for reason in after.judgement.reasons:
            if old.get(reason.rule) != reason.text:
                click.echo(
                    f"    {reason.rule} {old.get(reason.rule, '')} → {reason.text} ({reason.citation})"
                )
    click.echo(f"{len(moved)} kết luận hoặc lý do đổi. Không ghi gì.")
    return CLEAN


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
