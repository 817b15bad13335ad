"""Every planted fault is found at its exact place, and nothing else: 100 generated books.

More with TDKT_RATE_BOOKS=2000; the whole table with ``python -m tests.rates``.
"""

import os
from pathlib import Path

from tdkt_xl.findings import Severity
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import check_round
from tests.rates.draft import Spoiled
from tests.rates.faults import FAULTS
from tests.rates.run import ROOT, measure, table

MASTER = load_master(ROOT / "workbooks" / "danh-muc.xlsx")
BOOKS = int(os.environ.get("TDKT_RATE_BOOKS", "100"))


def test_planted_faults_are_found_and_nothing_else() -> None:
    rates = measure(MASTER, range(BOOKS))
    assert (rates.missed, rates.alarms) == ([], []), table(rates)
    assert [kind for kind in FAULTS if not rates.planted[kind]] == []


def test_clean_books_have_nothing_above_a_note(tmp_path: Path) -> None:
    for seed in range(20):
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(Spoiled.clean(MASTER, seed).build())
        findings = check_round([path], MASTER).findings
        assert [item for item in findings if item.severity is not Severity.NOTE] == []
