"""Print how many planted faults are found: ``python -m tests.rates [--books 2000] [--first 0]``."""

import argparse
import sys

from click import echo

from tdkt_xl.tasks.master import load_master
from tests.rates.run import ROOT, measure, table


def main() -> int:
    """Measure and print; the exit code tells whether every fault was found and nothing else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    master = load_master(ROOT / "workbooks" / "danh-muc.xlsx")
    rates = measure(master, range(given.first, given.first + given.books))
    echo(table(rates))
    echo(f"\n{rates.books} sổ; báo nhầm: {len(rates.alarms)}; bỏ sót: {len(rates.missed)}.")
    for missed in rates.missed[:20]:
        echo(f"bỏ sót: {missed}")
    for alarm in rates.alarms[:20]:
        echo(f"báo nhầm: {alarm}")
    return int(bool(rates.alarms or rates.missed))


if __name__ == "__main__":
    sys.exit(main())
