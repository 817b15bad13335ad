"""Print P4, P5 and P6 of manual/hieu-nang.md: second runs, growth, two processes.

``python -m tests.benchmarks.scale --most 1000``; 10000 takes half an hour and 2 GB of disk.
"""

import argparse
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from click import echo

from tests.benchmarks.province import CLUSTERS_A_DISTRICT, write_books, write_province_master
from tests.benchmarks.timing import ROOT, interleaved, row
from tests.tools.measured import measured_command

_ROUNDS = 5


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


def second_run(folder: Path) -> list[tuple[str, str, str, str]]:
    """P4: one of 100 files changed since the last run, against reading all of them."""
    province = Province(folder / "p4", 100)
    rows = []
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

        taken = interleaved({"again": again, "fresh": fresh}, _ROUNDS)
        name = f"chạy lại, 1 trong 100 tệp thay đổi, {label} / đọc lại tất cả"
        rows.append(("P4", name, _x(taken["again"] / taken["fresh"]), aim))
    return rows


def growth(folder: Path, most: int) -> list[tuple[str, str, str, str]]:
    """P5: time and peak memory of one process from 10 files up."""
    rows = []
    seconds: dict[int, float] = {}
    for files in (size for size in (10, 100, 1000, 10_000) if size <= most):
        province = Province(folder / f"p5-{files}", files)
        taken, peak = province.run("consolidate", "--out", str(province.out), "--workers", "1")
        seconds[files] = taken
        shutil.rmtree(province.folder)
        name = f"{files} tệp, một tiến trình: {_x(taken)} giây; bộ nhớ lớn nhất"
        rows.append(("P5", name, f"{peak} MiB", {1000: "≤ 200", 10_000: "≤ 500"}.get(files, "")))
    if {100, 1000} <= seconds.keys():
        rows.append(("P5", "thời gian 1.000 tệp / 100 tệp", _x(seconds[1000] / seconds[100]), "≤ 11"))
    return rows


def two_workers(folder: Path) -> list[tuple[str, str, str, str]]:
    """P6: two workers on 300 files, against one thread that does everything, and against one worker.

    One worker is no single thread: a process reads the next file and another holds pandera.
    """
    province = Province(folder / "p6", 300)

    def with_workers(count: int, *, alone: bool = False) -> Callable[[], float]:
        options = ("--out", str(province.out), "--workers", str(count))
        return lambda: province.run("consolidate", *options, alone=alone)[0]

    sides = {"thread": with_workers(1, alone=True), "one": with_workers(1), "two": with_workers(2)}
    taken = interleaved(sides, 3)
    return [
        (
            "P6",
            "300 tệp: lần lượt trong một luồng / hai tiến trình",
            _x(taken["thread"] / taken["two"]),
            "≥ 1,5",
        ),
        (
            "",
            "một tiến trình, có tiến trình đọc sổ bên cạnh / hai tiến trình",
            _x(taken["one"] / taken["two"]),
            "",
        ),
    ]


def _x(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1000)
    most = parser.parse_args().most
    echo(row(("Mã", "So sánh", "Kết quả", "Mục tiêu")))
    echo(row(("---", "---", "---", "---")))
    with TemporaryDirectory() as name:
        folder = Path(name)
        for measure in (second_run, lambda at: growth(at, most), two_workers):
            for cells in measure(folder):
                echo(row(cells))


if __name__ == "__main__":
    main()
