"""Print the ratios of manual/hieu-nang.md. ``--rounds 5`` is how often each side is measured."""

import argparse
import json
import os
import platform
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pandas as pd
from click import echo
from pandera.pandas import DataFrameSchema

from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.schemas.cases import FailureCase, failure_cases
from tdkt_xl.schemas.scores import SCHEMA
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import check_round
from tests.benchmarks.timing import ROOT, cold, interleaved, row, run_python, timed

SAMPLES = ROOT / "workbooks" / "samples"
PACKAGES = ("pandas", "pandera", "openpyxl", "python-calamine", "XlsxWriter", "click")
_IMPORTS = "import tdkt_xl.cli, tdkt_xl.tasks.consolidate"
_READ_RECORD = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"
_TRACED = "Xã Trị An"


def consolidation(folder: Path, rounds: int) -> list[tuple[str, str, str, str]]:
    """P1 and P2: the whole cold command against the read floor and the plain loop."""
    files = [str(path) for path in sorted(SAMPLES.iterdir())]
    result = folder / "ra"

    def product() -> float:
        shutil.rmtree(result, ignore_errors=True)
        return cold("-m", "tdkt_xl.cli", "consolidate", str(SAMPLES), "--out", str(result), "--fresh")

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
        printed = run_python("-m", "tests.benchmarks.stages", str(SAMPLES), out)
        for name, seconds in json.loads(printed).items():
            taken.setdefault(name, []).append(seconds)
    return {name: median(values) for name, values in taken.items()}


def score_frame() -> pd.DataFrame:
    """The frame on which all scores of the samples are checked."""
    frames: list[pd.DataFrame] = []

    def keep(schema: DataFrameSchema, frame: pd.DataFrame) -> Iterator[FailureCase]:
        frames.append(frame)
        return failure_cases(schema, frame)

    with patch("tdkt_xl.schemas.scores.failure_cases", keep):
        check_round([SAMPLES], load_master(ROOT / "workbooks" / "danh-muc.xlsx"))
    (frame,) = frames
    return frame


def plain_cases(frame: pd.DataFrame) -> list[tuple[int, str]]:
    """The comparisons of the schema in plain pandas."""
    faults = {
        "above_lower": frame["above_lower"] < 0,
        "below_upper": frame["below_upper"] < 0,
        "within_penalty": frame["within_penalty"] < 0,
        "step_rest": frame["step_rest"].notna() & (frame["step_rest"] != 0),
        "half_passed": frame["half_passed"].notna() & (frame["half_passed"] != 0),
        **{name: frame[name] for name in ("blank", "evidence_missing", "reason_missing")},
    }
    return [(index, column) for column, fault in faults.items() for index in frame.index[fault]]


def pandera_cases(frame: pd.DataFrame) -> list[tuple[int | None, str]]:
    """The same through the schema."""
    return [(case.index, case.column) for case in failure_cases(SCHEMA, frame)]


def schema_check(rounds: int) -> list[tuple[str, str, str, str]]:
    """P3: pandera on all score lines against plain pandas, on clean data and with 1% of faults."""
    clean = score_frame()
    spoiled = clean.copy()
    spoiled.loc[::100, "below_upper"] = -1.0
    return [
        _compared("dữ liệu sạch", clean, 4 * rounds),
        _compared("1% ô sai", spoiled, 4 * rounds),
    ]


def _compared(label: str, frame: pd.DataFrame, rounds: int) -> tuple[str, str, str, str]:
    if Counter(pandera_cases(frame)) != Counter(plain_cases(frame)):
        raise RuntimeError(label)
    taken = interleaved(
        {
            "pandera": lambda: timed(lambda: pandera_cases(frame)),
            "pandas": lambda: timed(lambda: plain_cases(frame)),
        },
        rounds,
    )
    each = f"{1000 * taken['pandera']:.0f} / {1000 * taken['pandas']:.1f} ms".replace(".", ",")
    name = f"pandera / pandas trên {len(frame)} điểm, {label} ({each})"
    return ("P3", name, _x(taken["pandera"] / taken["pandas"]), "≤ 3")


def start_up(rounds: int) -> list[tuple[str, str, str, str]]:
    """P7: the light commands against the bare interpreter."""
    taken = interleaved(
        {
            "bare": lambda: cold("-c", "pass"),
            "help": lambda: cold("-m", "tdkt_xl.cli", "--help"),
            "explain": lambda: cold("-m", "tdkt_xl.cli", "explain", "KT-201"),
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
    run_python("-m", "tdkt_xl.cli", "consolidate", str(SAMPLES), "--out", str(out), "--fresh")
    record = out / RECORDS / "consolidate.json"
    scores = json.loads(run_python("-m", "tdkt_xl.cli", "trace", _TRACED, "--in", str(out), "--json"))
    criterion = scores["units"][0]["scores"][0]["path"]
    taken = interleaved(
        {
            "record": lambda: cold("-c", _READ_RECORD, str(record)),
            "trace": lambda: cold("-m", "tdkt_xl.cli", "trace", _TRACED, criterion, "--in", str(out)),
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
    rounds = max(5, parser.parse_args().rounds)
    echo(f"Máy: {machine()}. Trung vị của {rounds} lần, các bên đo xen kẽ.\n")
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
