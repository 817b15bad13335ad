"""P8: one click on “Kiểm tra tệp này” for a unit sheet.

The click is ``one_click``, held against a process that imports pandas and pandera only. The master data are
as the click before left them; the row of the first click has them read and checked from the workbook.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tdkt_xl.cli.inputs import own_folder
from tdkt_xl.tasks.kept_master import KEPT
from tests.benchmarks.results import Row, decimal
from tests.benchmarks.timing import ROOT, Bench, interleaved, run_python

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


def clicking(bench: Bench) -> Iterator[Row]:
    """The rows of P8."""
    parts: dict[str, list[float]] = {}
    path = str(unit_sheet(bench.folder))

    def first() -> float:
        folder = own_folder()
        assert folder
        (folder / KEPT).unlink(missing_ok=True)
        return bench.cold("-m", "tests.benchmarks.one_click", path)

    def click() -> float:
        begin = bench.clock()
        printed = run_python("-m", "tests.benchmarks.one_click", path)
        whole = bench.clock() - begin
        for part, seconds in json.loads(printed).items():
            parts.setdefault(part, []).append(seconds)
        return whole

    taken = interleaved(
        {
            "floor": lambda: bench.cold("-c", _FLOOR),
            "interpreter": lambda: bench.cold("-c", "pass"),
            "xlwings": lambda: bench.cold("-c", _XLWINGS),
            "imports": lambda: bench.cold("-c", _IMPORTS),
            "first": first,
            "click": click,
        },
        2 * bench.rounds,
    )
    floor, whole = taken["floor"], taken["click"]
    stages = {
        "interpreter": taken["interpreter"],
        "xlwings": taken["xlwings"] - taken["interpreter"],
        "imports": taken["imports"] - taken["xlwings"],
        **{part: median(values[1:]) for part, values in parts.items()},  # the first round warms up
    }
    each = f"{decimal(1000 * whole, 0)} / {decimal(1000 * floor, 0)} ms"
    yield Row("P8", f"một lần bấm / nạp pandas, pandera ({each})", whole / floor, "≤ 1,3")
    yield Row("", "lần bấm đầu sau khi danh mục thay đổi", taken["first"] / floor)
    for part, seconds in stages.items():
        yield Row("", f"trong đó: {_PARTS[part]}", seconds / floor)
