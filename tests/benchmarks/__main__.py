"""Measure everything of manual/hieu-nang.md and print the table; ``--write`` puts it into the page.

About ten minutes with provinces up to 1,000 files; ``--most 10000`` takes as long again and 2 GB of disk.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from click import echo

from tests.benchmarks import click, commands, people, scale, score_checks
from tests.benchmarks.results import Row, machine, table, write_into
from tests.benchmarks.timing import ROOT, Bench, compile_as_installed, processor_time

PAGE = ROOT / "tdkt_xl" / "manual" / "hieu-nang.md"
MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "P1": commands.consolidation,  # and P2
    "P3": score_checks.schema_check,
    "P4": scale.second_run,
    "P5": scale.growth,
    "P6": scale.two_workers,
    "P7": commands.start_up,
    "P8": click.clicking,
    "P9": commands.tracing,
    "P10": people.judging,
}


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side is measured, at least 5")
    parser.add_argument("--most", type=int, default=1000, help="files of the largest province")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--cpu", action="store_true", help="processor time: for a machine that others use")
    parser.add_argument("--write", action="store_true", help="put the whole table into the page")
    given = parser.parse_args()
    if given.write and (given.cpu or given.only != list(MEASURES)):
        parser.error("--write: all measures, by the wall clock")
    compile_as_installed()
    with TemporaryDirectory() as name:
        os.environ.update(LOCALAPPDATA=name, HOME=name)  # nothing of the user's is read or written
        clock = {"clock": processor_time} if given.cpu else {}
        bench = Bench(Path(name), max(5, given.rounds), given.most, **clock)
        lines = [heading(bench, given.cpu), ""]
        echo("\n".join(lines))
        for line in table(row for code in given.only for row in MEASURES[code](bench)):
            echo(line)
            lines.append(line)
    if given.write:
        write_into(PAGE, lines)


def heading(bench: Bench, by_processor: bool) -> str:
    """When, on what and how it was measured."""
    kind = "thời gian xử lý của mọi tiến trình" if by_processor else "thời gian chờ"
    day = datetime.now().astimezone().strftime("%d/%m/%Y")
    return f"Đo ngày {day}: {machine()}.\nTrung vị của {bench.rounds} lần, các bên đo xen kẽ, {kind}."


if __name__ == "__main__":
    main()
