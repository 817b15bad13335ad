import unicodedata
from datetime import date

import pytest

from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.units import Register, Unit

UNITS = (
    Unit("DV-01", "Xã Bình Hòa", "Bình Hòa"),
    Unit("DV-02", "Xã Tân Bình", "Tân Bình"),
    Unit("DV-03", "Xã Bình Tân"),
    Unit("DV-04", "Xã Phú Cường"),
)
REGISTER = Register.build(UNITS, [("UBND xã Bình Hòa", "DV-01"), ("Xã lạ", "DV-99"), ("Tân Bình", "DV-03")])


@pytest.mark.parametrize(
    ("text", "code", "by_alias"),
    [
        ("DV-01", "DV-01", False),
        ("dv - 01", "DV-01", False),
        ("Xã Bình Hòa", "DV-01", False),
        ("XÃ  BÌNH HOÀ ", "DV-01", False),
        (unicodedata.normalize("NFD", "Xã Bình Hòa"), "DV-01", False),
        ("bình hòa", "DV-01", False),
        ("UBND Xã Bình Hoà", "DV-01", True),
        ("Tân Bình", "DV-02", False),
        ("Xã Bình Tân", "DV-03", False),
    ],
)
def test_unit_is_recognised_by_any_spelling_of_its_names(text: str, code: str, by_alias: bool) -> None:
    known = REGISTER.find(text)
    assert known is not None
    assert (known.unit.code, known.by_alias) == (code, by_alias)


@pytest.mark.parametrize("text", ["", "Xã Phú Cương", "Xa Binh Hoa", "Bình", "Xã lạ", "Hòa Bình xã"])
def test_unit_is_never_guessed(text: str) -> None:
    assert REGISTER.find(text) is None


def test_near_name_is_only_suggested() -> None:
    assert REGISTER.suggest("Xã Phú Cương") == "Xã Phú Cường"
    assert REGISTER.suggest("Công ty TNHH") is None


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [
        (None, None, True),
        (date(2023, 12, 31), None, True),
        (date(2024, 1, 1), None, False),
        (None, date(2023, 1, 1), True),
        (None, date(2022, 12, 31), False),
        (date(2023, 3, 1), date(2023, 4, 1), True),
    ],
)
def test_unit_counts_in_a_period_when_it_existed_on_some_day_of_it(
    start: date | None, end: date | None, valid: bool
) -> None:
    unit = Unit("X", "Xã X", valid_from=start, valid_to=end)
    assert unit.valid_during(Period(2023, 2023)) is valid
