"""Print the ratios of manual/hieu-nang.md. ``--rounds 5`` is how often each side is measured."""

import argparse
import json
import os
import platform
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

from click import echo

from tdkt_xl.domain.scores import CellState
from tdkt_xl.findings import Finding
from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.schemas.scores import LineToCheck, check_scores
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import check_round
from tests.benchmarks.plain_checks import margins_of, pandera_cases, plain_cases, plain_faults
from tests.benchmarks.timing import (
    ROOT,
    compile_as_installed,
    interleaved,
    processor_time,
    row,
    run_python,
    timed,
)
from tests.benchmarks.timing import cold as whole_process

SAMPLES = ROOT / "workbooks" / "samples"
PACKAGES = ("pandas", "pandera", "openpyxl", "python-calamine", "XlsxWriter", "click")
_USER = "import sys; sys.modules['hypothesis'] = None; "
"""hypothesis, which pandera loads where it finds it, is a tool of developers: a clerk has none."""
_TDKT = f"{_USER}from tdkt_xl.cli import main; sys.exit(main())"
"""What the script ``tdkt`` runs."""
_IMPORTS = (
    f"{_USER}from tdkt_xl.cli import collect_rarely; collect_rarely(); "
    "import tdkt_xl.cli.commands, tdkt_xl.tasks.consolidate"
)
_READ_RECORD = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"
_TRACED = "Xã Trị An"


@dataclass
class _Clock:
    read: Callable[[], float] = perf_counter


_CLOCK = _Clock()


def cold(*arguments: str) -> float:
    """Seconds of a whole process by the clock asked for."""
    return whole_process(*arguments, clock=_CLOCK.read)


def consolidation(folder: Path, rounds: int) -> list[tuple[str, str, str, str]]:
    """P1 and P2: the whole cold command against the read floor and the plain loop."""
    files = [str(path) for path in sorted(SAMPLES.iterdir())]
    result = folder / "ra"

    def product() -> float:
        shutil.rmtree(result, ignore_errors=True)
        return cold("-c", _TDKT, "consolidate", str(SAMPLES), "--out", str(result), "--fresh")

    def loop(style: str) -> Callable[[], float]:
        out = str(folder / f"{style}.xlsx")
        return lambda: cold("-m", "tests.benchmarks.plain_loop", style, out, *files)

    taken = interleaved(
        {
            "floor": lambda: cold("-m", "tests.benchmarks.read_floor", *files),
            "product": product,
            "imports": lambda: cold("-c", _IMPORTS),
            "plain": loop("plain"),
            "styled": loop("styled"),
        },
        rounds,
    )
    stages = _stages(folder, rounds)
    floor, whole = taken["floor"], taken["product"]
    parts = {
        "trong đó: trình thông dịch và nạp gói": taken["imports"],
        "trong đó: đọc danh mục": stages["master"],
        "trong đó: đọc và kiểm tra": stages["check"],
        "trong đó: ghi kết quả": stages["write"],
    }
    return [
        (
            "P1",
            "tdkt consolidate, 10 sổ mẫu, cả tiến trình / chỉ đọc bằng calamine",
            _x(whole / floor),
            "≤ 15",
        ),
        *(("", name, _x(seconds / floor), "") for name, seconds in parts.items()),
        ("P2", "vòng lặp pandas + openpyxl không định dạng / tdkt", _x(taken["plain"] / whole), "≥ 3"),
        ("", "vòng lặp pandas + openpyxl có định dạng / tdkt", _x(taken["styled"] / whole), "≥ 8"),
        ("", _seconds({"chỉ đọc": floor, "tdkt": whole, **taken}), "", ""),
    ]


def _seconds(taken: dict[str, float]) -> str:
    names = {"chỉ đọc": "chỉ đọc", "tdkt": "tdkt", "plain": "vòng lặp", "styled": "vòng lặp có định dạng"}
    return "giây: " + ", ".join(f"{names[key]} {taken[key]:.2f}".replace(".", ",") for key in names)


def _stages(folder: Path, rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {}
    for number in range(rounds):
        out = str(folder / f"chang-{number}")
        own = ["cpu"] if _CLOCK.read is processor_time else []
        printed = run_python("-m", "tests.benchmarks.stages", str(SAMPLES), out, *own)
        for name, seconds in json.loads(printed).items():
            taken.setdefault(name, []).append(seconds)
    return {name: median(values) for name, values in taken.items()}


def score_lines() -> list[LineToCheck]:
    """The lines on which all scores of the samples are checked."""
    kept: list[LineToCheck] = []

    def keep(items: Iterable[LineToCheck]) -> list[Finding]:
        kept.extend(items)
        return []

    with patch("tdkt_xl.tasks.checked_files.check_scores", keep):
        check_round([SAMPLES], load_master(ROOT / "workbooks" / "danh-muc.xlsx"))
    return kept


def spoiled_lines(items: Sequence[LineToCheck]) -> list[LineToCheck]:
    """The same with a cluster score above its maximum in every hundredth line."""
    spoiled = list(items)
    for at in range(0, len(spoiled), 100):
        line = spoiled[at].line
        value = line.criterion.upper + 1
        cell = replace(line.cluster_score, state=CellState.NUMBER, value=value)
        spoiled[at] = replace(spoiled[at], line=replace(line, cluster_score=cell))
    return spoiled


def schema_check(rounds: int) -> list[tuple[str, str, str, str]]:
    """P3: the check of all scores against plain pandas, on clean data and with 1% of faults."""
    clean = score_lines()
    return [
        row
        for label, items in (("dữ liệu sạch", clean), ("1% dòng sai", spoiled_lines(clean)))
        for row in _compared(label, items, 4 * rounds)
    ]


def _compared(label: str, items: Sequence[LineToCheck], rounds: int) -> list[tuple[str, str, str, str]]:
    found = Counter((finding.place, finding.code.id) for finding in check_scores(items))
    frame = margins_of(items)
    if found != Counter(plain_faults(items)) or Counter(pandera_cases(frame)) != Counter(plain_cases(frame)):
        raise RuntimeError(label)
    taken = interleaved(
        {
            "product": lambda: timed(lambda: check_scores(items)),
            "pandas": lambda: timed(lambda: plain_faults(items)),
            "pandera": lambda: timed(lambda: pandera_cases(frame)),
            "comparisons": lambda: timed(lambda: plain_cases(frame)),
        },
        rounds,
    )
    each = {name: f"{1000 * seconds:.1f}".replace(".", ",") for name, seconds in taken.items()}
    whole = (
        f"kiểm tra điểm {len(items)} dòng / pandas thường, {label} ({each['product']} / {each['pandas']} ms)"
    )
    part = f"trong đó pandera / phép so sánh ({each['pandera']} / {each['comparisons']} ms)"
    return [
        ("P3", whole, _x(taken["product"] / taken["pandas"]), "≤ 3"),
        ("", part, _x(taken["pandera"] / taken["comparisons"]), ""),
    ]


def start_up(rounds: int) -> list[tuple[str, str, str, str]]:
    """P7: the light commands against the bare interpreter."""
    taken = interleaved(
        {
            "bare": lambda: cold("-c", "pass"),
            "help": lambda: cold("-c", _TDKT, "--help"),
            "explain": lambda: cold("-c", _TDKT, "explain", "KT-201"),
        },
        2 * rounds,
    )
    return [
        ("P7", f"tdkt {name} / python -c pass", _x(taken[key] / taken["bare"]), "≤ 5")
        for key, name in (("help", "--help"), ("explain", "explain KT-201"))
    ]


def tracing(folder: Path, rounds: int) -> list[tuple[str, str, str, str]]:
    """P9: the trace of one score after a run, against the interpreter reading the record of the run."""
    out = folder / "truy"
    run_python("-c", _TDKT, "consolidate", str(SAMPLES), "--out", str(out), "--fresh")
    record = out / RECORDS / "consolidate.json"
    scores = json.loads(run_python("-c", _TDKT, "trace", _TRACED, "--in", str(out), "--json"))
    criterion = scores["units"][0]["scores"][0]["path"]
    taken = interleaved(
        {
            "record": lambda: cold("-c", _READ_RECORD, str(record)),
            "trace": lambda: cold("-c", _TDKT, "trace", _TRACED, criterion, "--in", str(out)),
        },
        2 * rounds,
    )
    name = "tdkt trace một điểm / trình thông dịch đọc một hồ sơ chạy"
    return [("P9", name, _x(taken["trace"] / taken["record"]), "≤ 5")]


def _x(ratio: float) -> str:
    return f"{ratio:.2f}".replace(".", ",")


def machine() -> str:
    """Cores, Python and packages."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} nhân, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}; {packages}"
    )


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cpu", action="store_true", help="processor time: for a machine that others use")
    given = parser.parse_args()
    rounds = max(5, given.rounds)
    if given.cpu:
        _CLOCK.read = processor_time
    kind = "thời gian xử lý của mọi tiến trình" if given.cpu else "thời gian chờ"
    compile_as_installed()
    echo(f"Máy: {machine()}. Trung vị của {rounds} lần, các bên đo xen kẽ, {kind}.\n")
    echo(row(("Mã", "So sánh", "Tỷ số", "Mục tiêu")))
    echo(row(("---", "---", "---", "---")))
    with TemporaryDirectory() as name:
        folder = Path(name)
        for measured in (
            consolidation(folder, rounds),
            schema_check(rounds),
            start_up(rounds),
            tracing(folder, rounds),
        ):
            for cells in measured:
                echo(row(cells))


if __name__ == "__main__":
    main()
