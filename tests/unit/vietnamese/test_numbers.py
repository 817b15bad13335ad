import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.numbers import NumberReading, exact, format_number, read_number, round_half_up

D = Decimal
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)

doubles = st.floats(
    allow_nan=False, allow_infinity=False, allow_subnormal=False, min_value=-1e12, max_value=1e12
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", "0"),
        ("10", "10"),
        ("05", "5"),
        ("9,5", "9.5"),
        ("9.5", "9.5"),
        ("25,67", "25.67"),
        ("5,10", "5.10"),
        ("0.500", "0.5"),
        ("0,500", "0.5"),
        ("05.500", "5.5"),
        ("12.3456", "12.3456"),
        ("1234.567", "1234.567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("–2,5", "-2.5"),
        ("+3", "3"),
        ("(-5)", "-5"),
        ("\u00a09,5\u200b ", "9.5"),
        ("\u20099\u200b,5", "9.5"),
        ("'9,5", "9.5"),
        ("’9,5", "9.5"),
        ("９，５", "9.5"),
        ("－１０", "-10"),
        ("𝟗,𝟱", "9.5"),
    ],
)
def test_a_text_with_one_reading_has_that_value(typed: str, value: str) -> None:
    assert read_number(typed) == NumberReading(D(value), (D(value),))


def test_minus_zero_is_zero() -> None:
    assert str(read_number("-0").value) == "0"
    assert read_number("(0)").readings == (D(0),)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("10 điểm", "10"),
        ("10 điểm.", "10"),
        ("10 ĐIỂM", "10"),
        ("10 điê\u0309m", "10"),
        ("(5 điểm)", "5"),
        ("( 5 điểm. )", "5"),
        ("(-5 điểm)", "-5"),
        ("95đ", "95"),
        ("95 đ.", "95"),
        ("95\u00d0", "95"),
        ("9,5đ", "9.5"),
        ("-2 điểm", "-2"),
    ],
)
def test_words_for_points_are_read_past(typed: str, value: str) -> None:
    assert read_number(typed) == NumberReading(D(value), (D(value),))


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1.234", ("1.234", "1234")),
        ("1,234", ("1.234", "1234")),
        ("9.500", ("9.5", "9500")),
        ("-1.234", ("-1234", "-1.234")),
        ("1.234 điểm", ("1.234", "1234")),
        ("9 5", ("9.5", "95")),
        ("9\u00a05", ("9.5", "95")),
        ("1 234", ("1.234", "1234")),
        ("(5)", ("-5", "5")),
        ("- 5", ("-5", "5")),
    ],
)
def test_a_text_with_several_readings_has_no_value(typed: str, readings: tuple[str, ...]) -> None:
    assert read_number(typed) == NumberReading(None, tuple(map(D, readings)))


@pytest.mark.parametrize(
    ("typed", "limit", "value"),
    [
        ("9.500", "20", "9.5"),
        ("9,500", "20", "9.5"),
        ("1.234", "1000", "1.234"),
        ("-1.234", "1000", "-1.234"),
        ("9 5", "20", "9.5"),
        ("20.000", "20", "20"),
    ],
)
def test_the_limit_decides_when_it_leaves_one_reading(typed: str, limit: str, value: str) -> None:
    assert read_number(typed, limit=D(limit)) == NumberReading(D(value), (D(value),))


@pytest.mark.parametrize(
    ("typed", "limit", "readings"),
    [
        ("1.234", "2000", ("1.234", "1234")),
        ("1.234", "1234", ("1.234", "1234")),
        ("1.234", "1", ("1.234", "1234")),
        ("9 5", "100", ("9.5", "95")),
        ("9 5", "5", ("9.5", "95")),
        ("(5)", "20", ("-5", "5")),
        ("- 5", "20", ("-5", "5")),
    ],
)
def test_the_limit_never_guesses(typed: str, limit: str, readings: tuple[str, ...]) -> None:
    assert read_number(typed, limit=D(limit)) == NumberReading(None, tuple(map(D, readings)))


@pytest.mark.parametrize(("typed", "value"), [("25", "25"), ("-25,5", "-25.5"), ("1.234,5", "1234.5")])
def test_a_single_reading_beyond_the_limit_is_left_to_the_range_check(typed: str, value: str) -> None:
    assert read_number(typed, limit=D(20)).value == D(value)


@pytest.mark.parametrize(
    ("typed", "limit", "value"),
    [
        ("8/10", "10", "8"),
        ("8 / 10", "10.0", "8"),
        ("8,5/10 điểm", "10", "8.5"),
        ("(8/10)", "10", "8"),
        ("10/10", "10", "10"),
        ("800/1.000", "1000", "800"),
        ("9.500/20", "20", "9.5"),
    ],
)
def test_points_out_of_the_limit_are_the_points(typed: str, limit: str, value: str) -> None:
    assert read_number(typed, limit=D(limit)).value == D(value)


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("8/10", None),
        ("8/10", D(20)),
        ("9/5", D(5)),
        ("-8/10", D(10)),
        ("1 1/2", D(2)),
        ("8/", D(8)),
        ("8/10/2023", D(10)),
    ],
)
def test_other_fractions_are_not_numbers_here(typed: str, limit: Decimal | None) -> None:
    assert read_number(typed, limit=limit) == NumberReading(None, ())


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "\u200b", "-", "'", "điểm", "đ", "()", "( điểm)", "mười", "chín phẩy năm",
        "95%", "9,5 %", "５％", "5²", "½", "1e3", "1E+3", "0x10", "NaN", "Infinity", "1_000",
        "9,", ",5", "9.", ".5", "9,,5", "9, 5", "9;5", "1.23.456", "12.34.567", "1.2345.678", "1234.567.890",
        "0.123.456", "1.234,567,890", "1.234.567.8", "9 5 2", "9 5,5", "1 23 456", "--2", "+-2", "2-", "8-10",
        "(5", "5)", "((5))", "(5 điểm", "10 điểmm", "10 người", "đạt 10", "5.10.2023", "2023-10-05",
        "٩", "九", "1,2 tỷ",
    ],
)  # fmt: skip
def test_what_is_not_one_number_has_no_readings(typed: str) -> None:
    assert read_number(typed) == NumberReading(None, ())
    assert read_number(typed, limit=D(20)) == NumberReading(None, ())


@given(st.text(alphabet="0123456789., -+()/đ%'", max_size=10), st.sampled_from([None, D(20), D(1000)]))
def test_there_is_a_value_exactly_when_there_is_one_reading(typed: str, limit: Decimal | None) -> None:
    reading = read_number(typed, limit=limit)
    assert reading.readings == tuple(sorted(set(reading.readings)))
    assert (reading.value,) == reading.readings if len(reading.readings) == 1 else reading.value is None


@given(st.text(alphabet="0123456789., -+()đ", max_size=10), st.integers(0, 2000))
def test_a_limit_only_chooses_among_the_readings_of_the_text(typed: str, limit: int) -> None:
    free, limited = read_number(typed).readings, read_number(typed, limit=D(limit)).readings
    assert set(limited) <= set(free)
    assert bool(limited) == bool(free)


@given(decimals)
@example(D("1.234"))
@example(D("-0.0000"))
def test_a_written_number_is_read_back_unless_three_decimals_make_it_ambiguous(value: Decimal) -> None:
    written = format_number(value)
    reading = read_number(written)
    whole, _, fraction = written.lstrip("-").partition(",")
    if len(fraction) == 3 and len(whole) <= 3 and whole != "0":
        assert reading.value is None
        assert value in reading.readings
    else:
        assert reading.value == value


@given(decimals)
@example(D("27.125"))
@example(D("-1.234"))
def test_a_written_number_is_read_back_where_no_thousands_marks_are_written(value: Decimal) -> None:
    assert read_number(format_number(value), limit=D(999)).value == value


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (96.64999999999999, "96.65"),
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (836.03, "836.03"),
        (10.0, "10"),
        (1e20, "100000000000000000000"),
        (1.5e-7, "0.00000015"),
        (-0.0, "0"),
        (-2.5, "-2.5"),
        (0, "0"),
        (12345678901234567890, "12345678901234567890"),
        (D("9.50"), "9.5"),
        (D("1E+2"), "100"),
        (D("-0.00"), "0"),
        (D("0.12345678901234567890123456789012"), "0.12345678901234567890123456789012"),
    ],
)
def test_a_stored_number_is_the_decimal_excel_shows(stored: float | Decimal, shown: str) -> None:
    assert f"{exact(stored):f}" == shown
    assert exact(stored).as_tuple() == D(shown).as_tuple()


@pytest.mark.parametrize("stored", [math.nan, math.inf, -math.inf, D("NaN"), D("Infinity"), True, False])
def test_what_is_no_finite_number_is_refused(stored: float | Decimal) -> None:
    with pytest.raises(ValueError, match="is not a"):
        exact(stored)


@given(doubles)
def test_exact_is_plain_and_never_further_off_than_the_fifteenth_digit(stored: float) -> None:
    decimal = exact(stored)
    exponent = decimal.as_tuple().exponent
    assert isinstance(exponent, int)
    assert exponent <= 0
    assert exponent == 0 or decimal.as_tuple().digits[-1] != 0
    assert exact(decimal) == decimal
    assert abs(decimal - D(stored)) <= abs(D(stored)) * D("5E-15")
    assert len(decimal.normalize().as_tuple().digits) <= 15


@given(st.integers(1 - 10**15, 10**15 - 1), st.integers(0, 15))
def test_fifteen_digits_survive_a_trip_through_a_double(digits: int, places: int) -> None:
    decimal = D(digits).scaleb(-places)
    assert exact(float(decimal)) == decimal == D(repr(float(decimal)))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1234.5", "1234,5"),
        ("9.50", "9,5"),
        ("10.000", "10"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("-2.5", "-2,5"),
        ("1234567", "1234567"),
        ("0.0000001", "0,0000001"),
    ],
)
def test_numbers_are_written_with_a_decimal_comma_and_nothing_else(value: str, written: str) -> None:
    assert format_number(D(value)) == written


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("71.965", 2, "71.97"),
        ("71.975", 2, "71.98"),
        ("71.9649999", 2, "71.96"),
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("1/3", 2, "0.33"),
        ("87.5", 2, "87.50"),
    ],
)
def test_half_goes_up_as_in_excel(value: str, places: int, rounded: str) -> None:
    found = round_half_up(Fraction(value), places)
    assert (str(found), found.as_tuple().exponent) == (rounded, -places)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_only_finite_numbers_can_be_written(value: str) -> None:
    with pytest.raises(ValueError, match="is not a finite number"):
        format_number(D(value))
