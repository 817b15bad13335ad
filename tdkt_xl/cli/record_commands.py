"""Record the runs of the commands that write: the clock and the user come from here."""

import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.vietnamese import VietnameseCommand

if TYPE_CHECKING:
    from tdkt_xl.findings import Finding
    from tdkt_xl.tasks.run_record import Ran, Stamp

Record = Callable[["Ran"], "list[Finding]"]


def stamp() -> "Stamp":
    """The clock of this machine and the name of its user's account."""
    from tdkt_xl.tasks.run_record import Stamp

    return Stamp(lambda: datetime.now(UTC).astimezone(), _account())


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return str(os.getpid())


@contextmanager
def recorded(out: Path | None, task: str) -> Iterator[Record]:
    """Hold the results folder while a command runs; give the function that records what it did.

    Without a results folder nothing is written, so nothing is recorded.
    """
    if out is None:
        yield lambda _: []
        return
    from tdkt_xl.tasks.run_record import RunRecord

    with RunRecord(out, task, stamp()) as record:
        yield record.done


def what_ran(
    inputs: Sequence[Path],
    outputs: Sequence[Path],
    findings: Iterable["Finding"],
    master: Path | None,
    *,
    read: Mapping[str, str | None] | None = None,
    arguments: Mapping[str, str] | None = None,
) -> "Ran":
    """What a command used and made, for its record."""
    from tdkt_xl.tasks.resources import default_master
    from tdkt_xl.tasks.run_record import Ran

    return Ran(
        inputs,
        outputs,
        tuple(findings),
        read or {},
        master or default_master(),
        arguments or {},
    )


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
def verify(folder: Path) -> int:
    """Đối chiếu bài nộp, kết quả và hồ sơ chạy của một thư mục kết quả.

    Tính lại mã SHA-256 của từng tệp và nêu tên tệp đã khác; không ghi gì.
    """
    from tdkt_xl.cli.printing import exit_code, print_findings
    from tdkt_xl.tasks.verify import verify as run

    found = run(folder).findings
    print_findings(found)
    return exit_code(found)
