"""Measure both sides of a ratio in the same run, interleaved."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from compileall import compile_dir
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]


def compile_as_installed() -> None:
    """Have the modules compiled, as installing the package does, whatever PYTHONDONTWRITEBYTECODE says."""
    for folder in ("tdkt_xl", "tests/benchmarks"):
        compile_dir(ROOT / folder, quiet=1)


def processor_time() -> float:
    """Seconds of processor time of all finished processes started from here, theirs included."""
    import resource  # not on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True)
class Bench:
    """Where to measure, how often each side, and by which clock."""

    folder: Path
    rounds: int = 5
    most: int = 1000
    """Files of the largest province."""
    clock: Callable[[], float] = perf_counter

    def cold(self, *arguments: str) -> float:
        """Seconds of a whole Python process."""
        begin = self.clock()
        run_python(*arguments)
        return self.clock() - begin


def run_python(*arguments: str) -> str:
    """Run Python in the repository; returns what it printed. A command may end with 1: faults found."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode not in {0, 1} or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    return done.stdout


def timed(work: Callable[[], object]) -> float:
    """Seconds of a call in this process."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def interleaved(sides: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Median of each side; one round takes every side once, and a first round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            seconds = side()
            if number:
                taken[name].append(seconds)
    return {name: median(values) for name, values in taken.items()}
