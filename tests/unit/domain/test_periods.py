from datetime import date

import pytest

from tdkt_xl.domain.periods import Period, find_period


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2023", "2023"),
        ("năm 2023", "2023"),
        ("NĂM 2023 (chính thức)", "2023"),
        ("Từ 01/01/2023 đến 31/12/2023", "2023"),
        ("2022-2023", "2022-2023"),
        ("năm học 2022 – 2023", "2022-2023"),
        ("2022/2023", "2022-2023"),
    ],
)
def test_period_in_a_text(text: str, key: str) -> None:
    period = find_period(text)
    assert period is not None
    assert (period.key, str(period)) == (key, key)


@pytest.mark.parametrize(
    "text", ["", "quý I", "23", "120230", "2022-2024", "2023-2022", "2022 và 2024", "1999"]
)
def test_text_without_one_period(text: str) -> None:
    assert find_period(text) is None


def test_first_and_last_day() -> None:
    year, school = Period(2023, 2023), Period(2022, 2023)
    assert (year.start, year.end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (school.start, school.end) == (date(2022, 9, 1), date(2023, 8, 31))
    assert (year.label, school.label) == ("năm 2023", "năm học 2022-2023")
