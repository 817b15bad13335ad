"""What the commands print: progress on stderr, results on stdout."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tdkt_xl.findings import Finding
    from tdkt_xl.writers.decisions_sheet import DecisionRow

CLEAN, FOUND_ERRORS, COULD_NOT_RUN = 0, 1, 2
_SHOWN_FINDINGS = 30


def progress(label: str) -> Callable[[int, int, str], None]:
    """A progress line on stderr; silent when stderr is not a terminal."""

    def show(done: int, total: int, name: str) -> None:
        if sys.stderr.isatty():
            filled = 20 * done // total
            bar = "█" * filled + "·" * (20 - filled)
            end = "\n" if done == total else ""
            click.echo(f"\r{label} {bar} {done}/{total} {name[:50]:<50}{end}", err=True, nl=False)

    return show


def exit_code(findings: Iterable["Finding"]) -> int:
    """1 when any finding is of level *lỗi*, else 0."""
    from tdkt_xl.findings import has_errors

    return FOUND_ERRORS if has_errors(findings) else CLEAN


def print_json(document: object) -> None:
    """Print one JSON document on stdout."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


@contextmanager
def one_document(as_json: bool, **empty: list[object]) -> Iterator[None]:
    """Keep the promise of ``--json`` when a command cannot run: the same shape, holding why."""
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.render import as_record

    try:
        yield
    except TdktError as error:
        if as_json:
            print_json({**empty, "findings": [as_record(error.finding)]})
        raise


def print_findings(findings: Sequence["Finding"]) -> None:
    """Print the findings, the first ones and those about the run as a whole in full, then the counts."""
    from tdkt_xl.findings import Place, Severity
    from tdkt_xl.findings.render import sentence

    shown = [
        item for number, item in enumerate(findings) if number < _SHOWN_FINDINGS or item.place == Place()
    ]
    for finding in shown:
        click.echo(sentence(finding))
    more = len(findings) - len(shown)
    if more:
        click.echo(f"… và {more} mục nữa: xem tệp kết quả (dùng --out) hoặc thêm --json.")
    counts = [f"{sum(f.severity is level for f in findings)} {level.label.lower()}" for level in Severity]
    click.echo(f"Tổng cộng: {', '.join(counts)}.")


def print_notes(notes: Iterable["Finding"]) -> None:
    """Print what there is to tell of the run itself, where its findings are not printed."""
    from tdkt_xl.findings.render import sentence

    for note in notes:
        click.echo(sentence(note))


def print_outputs(paths: Iterable[Path]) -> None:
    """Print the files that were written."""
    for path in paths:
        click.echo(f"Đã ghi: {path}")


def print_waiting(decisions: "Sequence[DecisionRow]", findings: "Sequence[Finding]", file: str) -> None:
    """Say how many questions wait for an answer, where to give it, and which answers do not count yet."""
    from tdkt_xl.tasks.rulings import not_applied
    from tdkt_xl.writers.decisions_sheet import INVALID, WAITING

    waiting = sum(row.state in {WAITING, INVALID} for row in decisions)
    if waiting:
        click.echo(f"{waiting} việc chờ quyết định: xem trang “Chờ quyết định” của {file}.")
    if words := not_applied(decisions, findings).words:
        click.echo(words)


def print_unchanged(count: int) -> None:
    """Say how many files were known from an earlier run."""
    if count:
        click.echo(f"{count} tệp không đổi từ lần trước, dùng lại kết quả đã kiểm tra (--fresh để đọc lại).")
