"""The two sides of P10 answer the same question."""

from datetime import date

import pytest

from tdkt_xl.tasks.master import load_master
from tests.benchmarks import people
from tests.benchmarks.timing import ROOT


def test_both_sides_find_the_same_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PEOPLE", 60)
    history = people.make_history()
    assert len(history.subjects) == 60
    assert date(2023, 12, 15) == people.ON
    found = people.judged(history, load_master(ROOT / "workbooks" / "danh-muc.xlsx"))
    assert (found["LDTT"], found["CSTDCS"]) == people.plain_pass(*people.frames(history))
    assert 0 < len(found["CSTDCS"]) < len(found["LDTT"]) < 60
