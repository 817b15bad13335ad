"""P1, P2, P7 and P9: whole commands, each a cold process, against the least they could cost."""

import json
import shutil
from collections.abc import Callable, Iterator
from statistics import median

from tdkt_xl.cli.inputs import own_folder
from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.tasks.kept_master import KEPT
from tests.benchmarks.results import Row, decimal
from tests.benchmarks.timing import ROOT, Bench, interleaved, processor_time, run_python

SAMPLES = ROOT / "workbooks" / "samples"
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
_SECONDS = {"floor": "chỉ đọc", "product": "tdkt", "plain": "vòng lặp", "styled": "vòng lặp có định dạng"}


def consolidation(bench: Bench) -> Iterator[Row]:
    """P1 and P2: the whole cold command against the read floor and the plain loop."""
    files = [str(path) for path in sorted(SAMPLES.iterdir())]
    result = bench.folder / "ra"

    def product() -> float:
        shutil.rmtree(result, ignore_errors=True)
        return bench.cold("-c", _TDKT, "consolidate", str(SAMPLES), "--out", str(result), "--fresh")

    def first() -> float:
        folder = own_folder()
        assert folder
        (folder / KEPT).unlink(missing_ok=True)
        return product()

    def loop(style: str) -> Callable[[], float]:
        out = str(bench.folder / f"{style}.xlsx")
        return lambda: bench.cold("-m", "tests.benchmarks.plain_loop", style, out, *files)

    taken = interleaved(
        {
            "floor": lambda: bench.cold("-m", "tests.benchmarks.read_floor", *files),
            "first": first,
            "product": product,
            "imports": lambda: bench.cold("-c", _IMPORTS),
            "plain": loop("plain"),
            "styled": loop("styled"),
        },
        bench.rounds,
    )
    stages = _stages(bench)
    floor, whole = taken["floor"], taken["product"]
    yield Row("P1", "`tdkt consolidate`, 10 sổ mẫu / chỉ đọc bằng calamine", whole / floor, "≤ 15")
    for name, seconds in (
        ("lần đầu, danh mục còn phải đọc từ sổ", taken["first"]),
        ("trong đó: trình thông dịch và nạp gói", taken["imports"]),
        ("trong đó: lấy danh mục", stages["master"]),
        ("trong đó: đọc và kiểm tra", stages["check"]),
        ("trong đó: ghi kết quả", stages["write"]),
    ):
        yield Row("", name, seconds / floor)
    yield Row("P2", "vòng lặp pandas + openpyxl, không định dạng / `tdkt`", taken["plain"] / whole, "≥ 3")
    yield Row("", "vòng lặp pandas + openpyxl, có định dạng / `tdkt`", taken["styled"] / whole, "≥ 8")
    yield Row("", "giây: " + "; ".join(f"{name} {decimal(taken[side])}" for side, name in _SECONDS.items()))


def _stages(bench: Bench) -> dict[str, float]:
    taken: dict[str, list[float]] = {}
    own = ["cpu"] if bench.clock is processor_time else []
    for number in range(bench.rounds):
        out = str(bench.folder / f"chang-{number}")
        printed = run_python("-m", "tests.benchmarks.stages", str(SAMPLES), out, *own)
        for name, seconds in json.loads(printed).items():
            taken.setdefault(name, []).append(seconds)
    return {name: median(values) for name, values in taken.items()}


def start_up(bench: Bench) -> Iterator[Row]:
    """P7: the light commands against the bare interpreter."""
    taken = interleaved(
        {
            "bare": lambda: bench.cold("-c", "pass"),
            "help": lambda: bench.cold("-c", _TDKT, "--help"),
            "explain": lambda: bench.cold("-c", _TDKT, "explain", "KT-201"),
        },
        2 * bench.rounds,
    )
    for side, name in (("help", "--help"), ("explain", "explain KT-201")):
        yield Row("P7", f"`tdkt {name}` / `python -c pass`", taken[side] / taken["bare"], "≤ 5")


def tracing(bench: Bench) -> Iterator[Row]:
    """P9: the trace of one score after a run, against the interpreter reading the record of the run."""
    out = bench.folder / "truy"
    run_python("-c", _TDKT, "consolidate", str(SAMPLES), "--out", str(out), "--fresh")
    record = out / RECORDS / "consolidate.json"
    scores = json.loads(run_python("-c", _TDKT, "trace", _TRACED, "--in", str(out), "--json"))
    criterion = scores["units"][0]["scores"][0]["path"]
    taken = interleaved(
        {
            "record": lambda: bench.cold("-c", _READ_RECORD, str(record)),
            "trace": lambda: bench.cold("-c", _TDKT, "trace", _TRACED, criterion, "--in", str(out)),
        },
        2 * bench.rounds,
    )
    name = "`tdkt trace` một điểm / trình thông dịch đọc một hồ sơ chạy"
    yield Row("P9", name, taken["trace"] / taken["record"], "≤ 5")
