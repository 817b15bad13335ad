"""Awards of every year by the names they had then."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.packs import Packs, load_packs
from tdkt_xl.tasks import people_rows
from tests.tools.grids import spots
from tests.tools.people import people_tables, read_tables

CHANGE = date(2022, 1, 1)


def two_regimes() -> Packs:
    """A regime without TTLĐTT, then one with it."""
    first = load_packs().packs[0]
    fewer = tuple(award for award in first.awards if award.code != "TTLDTT")
    return Packs(
        (
            replace(first, until=date(2021, 12, 31), awards=fewer),
            replace(first, key="R9", since=CHANGE),
        )
    )


def test_award_is_found_whatever_regime_knows_it() -> None:
    names = AwardNames(two_regimes().packs)
    found = names.find("tập thể lao động tiên tiến")
    assert found is not None
    assert found.code == "TTLDTT"
    assert names.find("Anh hùng xa lộ") is None


@pytest.mark.parametrize(
    ("code", "day", "called"),
    [
        ("TTLDTT", CHANGE, "TTLĐTT"),
        ("TTLDTT", date(2021, 12, 31), "TTLĐTT (chưa có hiệu lực ngày 31/12/2021)"),
        ("GK_HUYEN", date(2025, 7, 1), "GK huyện (không còn áp dụng ngày 01/07/2025)"),
        ("GK_HUYEN", date(2025, 6, 30), "GK huyện"),
        ("CSTDXX", CHANGE, "CSTDXX"),
    ],
    ids=str,
)
def test_award_of_another_time_is_called_by_its_name_with_that_said(
    code: str, day: date, called: str
) -> None:
    packs = two_regimes() if code == "TTLDTT" else load_packs()
    assert AwardNames(packs.packs).called(code, day)[0] == called


@pytest.mark.parametrize(
    ("day", "existed"),
    [(date(2019, 1, 1), False), (date(2021, 12, 31), False), (CHANGE, True), (date(2030, 1, 1), True)],
)
def test_award_exists_from_the_regime_that_made_it(day: date, existed: bool) -> None:
    assert AwardNames(two_regimes().packs).existed("TTLDTT", day) is existed


def test_award_decided_before_it_existed_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_rows, "load_packs", two_regimes)
    tables = people_tables()
    tables["awards"][3].update(period="2021", day="2021-12-31")
    assert spots(read_tables(tmp_path, tables).findings) == [("Khen thưởng", "F10", "KT-336")]
