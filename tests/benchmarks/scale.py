"""P4, P5 and P6: second runs, growth, two workers."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from tests.benchmarks.province import CLUSTERS_A_DISTRICT, write_books, write_province_master
from tests.benchmarks.results import Row, decimal
from tests.benchmarks.timing import ROOT, Bench, interleaved
from tests.tools.measured import measured_command

_MOST_FOR_ONE = 1000


class Province:
    """A generated province and the commands run on it, each a whole cold process."""

    def __init__(self, folder: Path, files: int) -> None:
        self.folder = folder
        self.books = folder / "so"
        self.out = folder / "ra"
        self.master = folder / "danh-muc.xlsx"
        self._saved = 0
        folder.mkdir(parents=True)
        write_province_master(self.master, files // CLUSTERS_A_DISTRICT)
        write_books(self.books, files // CLUSTERS_A_DISTRICT)

    def run(self, command: str, *options: str, alone: bool = False) -> tuple[float, int]:
        """Seconds of one command and peak MiB of its largest process; nothing of the user's is touched."""
        report = self.folder / "bo-nho.txt"
        begin = perf_counter()
        done = subprocess.run(
            measured_command(report, command, self.books, "--master", self.master, *options, alone=alone),
            cwd=ROOT,
            env={**os.environ, "LOCALAPPDATA": str(self.folder / "nguoi-dung")},
            capture_output=True,
            check=False,
        )
        seconds = perf_counter() - begin
        if done.returncode not in {0, 1}:
            raise RuntimeError(done.stderr.decode())
        return seconds, int(report.read_text("ascii")) >> 20

    def change_one(self) -> None:
        """Change a byte of one book that says nothing about its cells: the comment of the package."""
        path = next(self.books.rglob("cum-01.xlsx"))
        self._saved += 1
        with zipfile.ZipFile(path, "a") as package:
            package.comment = str(self._saved).encode()


def second_run(bench: Bench) -> Iterator[Row]:
    """P4: one of 100 files changed since the last run, against reading all of them."""
    province = Province(bench.folder / "p4", 100)
    for label, command, options, aim in (
        ("không ghi kết quả", "validate", (), "≤ 0,4"),
        ("có ghi kết quả", "consolidate", ("--out", str(province.out)), "≤ 0,6"),
    ):
        province.run(command, *options)

        def again(command: str = command, options: tuple[str, ...] = options) -> float:
            province.change_one()
            return province.run(command, *options)[0]

        def fresh(command: str = command, options: tuple[str, ...] = options) -> float:
            return province.run(command, *options, "--fresh")[0]

        taken = interleaved({"again": again, "fresh": fresh}, bench.rounds)
        name = f"1 trong 100 tệp thay đổi, {label} / đọc lại tất cả"
        yield Row("P4", name, taken["again"] / taken["fresh"], aim)


def growth(bench: Bench) -> Iterator[Row]:
    """P5: time and peak memory of the largest process from 10 files up.

    One worker up to 1,000 files; more are for as many as the command takes by itself.
    """
    seconds: dict[int, float] = {}
    for files in (size for size in (10, 100, 1000, 10_000) if size <= bench.most):
        workers = () if files > _MOST_FOR_ONE else ("--workers", "1")
        province = Province(bench.folder / f"p5-{files}", files)
        seconds[files], peak = province.run("consolidate", "--out", str(province.out), *workers)
        shutil.rmtree(province.folder)
        count = f"{files:,}".replace(",", ".")
        name = (
            f"{count} tệp{'' if workers else ', số tiến trình mặc định'}: {decimal(seconds[files], 1)} giây"
        )
        aim = {1000: "≤ 200 MiB", 10_000: "≤ 500 MiB"}.get(files, "")
        yield Row("P5", f"{name}; tiến trình lớn nhất", peak, aim, "MiB", 0)
    if {100, 1000} <= seconds.keys():
        yield Row("", "thời gian 1.000 tệp / 100 tệp", seconds[1000] / seconds[100], "≤ 11")


def two_workers(bench: Bench) -> Iterator[Row]:
    """P6: two workers on 300 files, against one thread that does everything, and against one worker.

    One worker is no single thread: a process reads the next file and another holds pandera.
    """
    province = Province(bench.folder / "p6", 300)

    def with_workers(count: int, *, alone: bool = False) -> Callable[[], float]:
        options = ("--out", str(province.out), "--workers", str(count))
        return lambda: province.run("consolidate", *options, alone=alone)[0]

    sides = {"thread": with_workers(1, alone=True), "one": with_workers(1), "two": with_workers(2)}
    taken = interleaved(sides, max(bench.rounds // 2, 1))
    two = taken["two"]
    yield Row("P6", "300 tệp: lần lượt trong một luồng / hai tiến trình", taken["thread"] / two, "≥ 1,5")
    yield Row("", "một tiến trình, có tiến trình đọc sổ bên cạnh / hai tiến trình", taken["one"] / two)
