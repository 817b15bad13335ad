"""One click on “Kiểm tra tệp này” for a unit sheet: ``python -m tests.benchmarks.click [--rounds 5]``.

Everything a click's process does except talking to Excel (there is none here): start, imports, master data,
reading, checking, words of the dialog. Held against a process that imports pandas and pandera only.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from click import echo

from tests.benchmarks.timing import ROOT, cold, interleaved, row, run_python

SAMPLE = ROOT / "workbooks" / "samples" / "cum-01.xlsx"
_FLOOR = "import pandas, pandera.pandas"
_XLWINGS = "from tdkt_xl.excel.session import load_xlwings; load_xlwings()"
_IMPORTS = (
    f"{_XLWINGS}; import tdkt_xl.excel.run, "
    "tdkt_xl.excel.actions, tdkt_xl.excel.ribbon_state, tdkt_xl.tasks.round, tdkt_xl.tasks.master"
)
_PARTS = {
    "interpreter": "trình thông dịch",
    "xlwings": "nạp xlwings",
    "imports": "nạp pandas, pandera và các gói khác",
    "master": "đọc danh mục",
    "read": "đọc sổ",
    "check": "kiểm tra",
}


def unit_sheet(folder: Path) -> Path:
    """A received workbook of one unit's scoring sheet, cut out of a sample."""
    import openpyxl

    book = openpyxl.load_workbook(SAMPLE, data_only=True)
    for name in [book.sheetnames[0], *book.sheetnames[2:]]:
        del book[name]
    path = folder / "phieu.xlsx"
    book.save(path)
    return path


def one_click(path: Path) -> dict[str, float]:
    """Check the workbook as the button does; seconds of the parts."""
    from tdkt_xl.excel.session import Session, load_xlwings

    load_xlwings()
    from tdkt_xl.excel import checking, marks
    from tdkt_xl.readers.received import open_received
    from tdkt_xl.tasks import master
    from tdkt_xl.tasks import round as rounds

    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            begin = perf_counter()
            result = work(*given)
            seconds[name] = seconds.get(name, 0) + perf_counter() - begin
            return result

        return run

    api = SimpleNamespace(FullName=str(path), Path=str(path.parent), Saved=True)
    session: Any = Session(None, None)
    book: Any = SimpleNamespace(name=path.name, api=api)
    with (
        patch.object(master, "load_master", timed("master", master.load_master)),
        patch.object(rounds, "open_received", timed("read", open_received)),
        patch.object(rounds, "check_round", timed("check", rounds.check_round)),
        patch.object(Session, "progress", lambda *_: None),
    ):
        checked = checking.examine(session, book)
    if checked.status in {"Bỏ qua", "Không đọc được", "Mẫu trống"}:
        raise RuntimeError(checked.status)
    marks.cells_to_mark(checked.findings)
    checking.say_counts(checked.findings)
    seconds["check"] -= seconds["read"]
    return seconds


def measure(rounds: int) -> list[tuple[str, str, str]]:
    """Rows: what, milliseconds, ratio against interpreter and imports of pandas and pandera."""
    parts: dict[str, list[float]] = {}
    with TemporaryDirectory() as name:
        os.environ.update(LOCALAPPDATA=name, HOME=name)
        path = str(unit_sheet(Path(name)))

        def click() -> float:
            begin = perf_counter()
            printed = run_python("-m", "tests.benchmarks.click", "--one", path)
            whole = perf_counter() - begin
            for part, seconds in json.loads(printed).items():
                parts.setdefault(part, []).append(seconds)
            return whole

        taken = interleaved(
            {
                "floor": lambda: cold("-c", _FLOOR),
                "interpreter": lambda: cold("-c", "pass"),
                "xlwings": lambda: cold("-c", _XLWINGS),
                "imports": lambda: cold("-c", _IMPORTS),
                "click": click,
            },
            rounds,
        )
    floor = taken["floor"]
    stages = {
        "interpreter": taken["interpreter"],
        "xlwings": taken["xlwings"] - taken["interpreter"],
        "imports": taken["imports"] - taken["xlwings"],
        **{part: median(values[1:]) for part, values in parts.items()},  # the first round warms up
    }
    found = [
        ("trình thông dịch, nạp pandas và pandera", floor),
        ("một lần bấm “Kiểm tra tệp này”, cả tiến trình", taken["click"]),
        *((f"trong đó: {_PARTS[part]}", seconds) for part, seconds in stages.items()),
    ]
    return [(name, _said(1000 * seconds, 0), _said(seconds / floor, 2)) for name, seconds in found]


def _said(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


def main() -> None:
    """Measure and print a Markdown table, or be the process that is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        sys.stdout.write(json.dumps(one_click(given.one)))
        return
    rounds = max(5, given.rounds)
    echo(f"Trung vị của {rounds} lần, các bên đo xen kẽ. Mục tiêu: cả tiến trình ≤ 1,5.\n")
    for cells in (("Phần", "ms", "Tỷ số"), ("---", "---", "---"), *measure(rounds)):
        echo(row(cells))


if __name__ == "__main__":
    main()
