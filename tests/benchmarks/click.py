"""One click on “Kiểm tra tệp này” for a unit sheet: ``python -m tests.benchmarks.click [--rounds 5]``.

The click is ``one_click``, held against a process that imports pandas and pandera only. The master data are
as the click before left them; the row of the first click has them read and checked from the workbook.
"""

import argparse
import json
import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from click import echo

from tests.benchmarks.timing import ROOT, cold, compile_as_installed, interleaved, row, run_python

SAMPLE = ROOT / "workbooks" / "samples" / "cum-01.xlsx"
_FLOOR = "import pandas, pandera.pandas"
_XLWINGS = "from tdkt_xl.excel.session import load_xlwings; load_xlwings()"
_IMPORTS = (
    f"from tdkt_xl.processes.garbage import collect_rarely; collect_rarely(); {_XLWINGS}; "
    "import tdkt_xl.excel.run, tdkt_xl.excel.actions, tdkt_xl.excel.checking, tdkt_xl.tasks.round, "
    "tdkt_xl.tasks.kept_master"
)
_PARTS = {
    "interpreter": "trình thông dịch",
    "xlwings": "nạp xlwings",
    "imports": "nạp các gói khác (pandas, pandera nạp bên cạnh)",
    "master": "đọc danh mục",
    "check": "đọc sổ (tiến trình riêng) và kiểm tra",
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


def measure(rounds: int) -> list[tuple[str, str, str]]:
    """Rows: what, milliseconds, ratio against interpreter and imports of pandas and pandera."""
    parts: dict[str, list[float]] = {}
    compile_as_installed()
    with TemporaryDirectory() as name:
        os.environ.update(LOCALAPPDATA=name, HOME=name)
        path = str(unit_sheet(Path(name)))

        def first() -> float:
            from tdkt_xl.excel.settings import state_folder
            from tdkt_xl.tasks.kept_master import KEPT

            (state_folder() / KEPT).unlink(missing_ok=True)
            return cold("-m", "tests.benchmarks.one_click", path)

        def click() -> float:
            begin = perf_counter()
            printed = run_python("-m", "tests.benchmarks.one_click", path)
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
                "first": first,
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
        ("lần bấm đầu sau khi danh mục thay đổi", taken["first"]),
        *((f"trong đó: {_PARTS[part]}", seconds) for part, seconds in stages.items()),
    ]
    return [(name, _said(1000 * seconds, 0), _said(seconds / floor, 2)) for name, seconds in found]


def _said(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    rounds = max(5, given.rounds)
    echo(f"Trung vị của {rounds} lần, các bên đo xen kẽ. Mục tiêu: cả tiến trình ≤ 1,3.\n")
    for cells in (("Phần", "ms", "Tỷ số"), ("---", "---", "---"), *measure(rounds)):
        echo(row(cells))


if __name__ == "__main__":
    main()
