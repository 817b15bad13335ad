import unicodedata
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.letters import SPLIT_TONE, TONE_MARKS, VOWELS
from tdkt_xl.vietnamese.text import comparison_key, fold_tone_placement, has_decomposed, nfc, plain, tidy

SYLLABLES = [
    "hòa", "bình", "thủy", "khỏe", "quý", "của", "mùa", "tiền", "nguyễn", "đường", "thuở", "giường",
    "hoàn", "toàn", "khuyến", "nghĩa", "việt", "cường", "cương", "đặng", "huyện", "xã", "ấp", "ngoài",
    "xuống", "rượu", "yếu", "người", "khuỷu",
]  # fmt: skip
vietnamese = st.lists(
    st.sampled_from([*SYLLABLES, *(word.upper() for word in SYLLABLES), "–", "-", "số", "II", "2", "Ð", "а"]),
    max_size=8,
).map(" ".join)


def combined(text: str) -> str:
    """ "Unicode tổ hợp": composed letter, loose tone mark."""
    parts = (SPLIT_TONE.get(letter, (letter, 0)) for letter in nfc(text))
    return "".join(letter + TONE_MARKS[tone] for letter, tone in parts)


def test_every_vowel_with_every_tone_has_one_key_in_all_unicode_forms() -> None:
    keys = set()
    for vowel in VOWELS:
        for mark in TONE_MARKS:
            loose = vowel + mark
            spellings = {loose, nfc(loose), unicodedata.normalize("NFD", loose)}
            assert {comparison_key(spelling) for spelling in spellings} == {nfc(loose)}
            assert {comparison_key(spelling.upper()) for spelling in spellings} == {nfc(loose)}
            keys.add(comparison_key(loose))
    assert len(keys) == len(VOWELS) * len(TONE_MARKS) == 72


def test_marks_typed_in_any_canonical_order_have_one_key() -> None:
    assert comparison_key("Viê\u0323t") == comparison_key("Vie\u0323\u0302t") == comparison_key("Việt")


@given(vietnamese)
def test_the_key_does_not_depend_on_the_unicode_form(text: str) -> None:
    spellings = {nfc(text), unicodedata.normalize("NFD", text), combined(text)}
    assert len({comparison_key(spelling) for spelling in spellings}) == 1


@given(vietnamese)
def test_the_key_does_not_depend_on_case(text: str) -> None:
    assert comparison_key(text.upper()) == comparison_key(text.lower()) == comparison_key(text)


@given(st.one_of(vietnamese, st.text()))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = comparison_key(text)
    assert comparison_key(key) == key


@given(st.text())
def test_tidy_and_fold_change_nothing_the_second_time(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold_tone_placement(fold_tone_placement(text)) == fold_tone_placement(text)


def test_only_composed_text_counts_as_composed() -> None:
    assert not has_decomposed("Việt Nam")
    assert has_decomposed(combined("Việt Nam"))
    assert has_decomposed(unicodedata.normalize("NFD", "Việt Nam"))
    assert not has_decomposed(nfc(combined("Việt Nam")))


@pytest.mark.parametrize(
    "typed",
    [
        "  xã  Vĩnh Tân ",
        "xã\u00a0Vĩnh\u00a0Tân",
        "\ufeffxã\u202fVĩnh\tTân\r\n",
        "x\u200bã Vĩnh\u200d \u2060Tân",
        "\u202axã Vĩnh Tân\u202c\u200e",
        "xã\u3000Vĩnh\u2009Tân\x07",
        "xã Vi\u200b\u0303nh Tân",
        "xã Vĩnh Tân\U000e0041\U000e0100",
    ],
)
def test_tidy_leaves_single_ordinary_spaces_and_nothing_invisible(typed: str) -> None:
    assert tidy(typed) == "xã Vĩnh Tân"


def test_tidy_keeps_case_marks_and_dashes() -> None:
    assert tidy("Thi đua – KHEN thưởng") == "Thi đua – KHEN thưởng"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Hóa", "Hoá"),
        ("HÒA", "HOÀ"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("quý", "qúy"),
        ("QUÝ", "QÚY"),
        ("mùa", "muà"),
        ("của", "cuả"),
        ("hoàn", "hòan"),
        ("ngoài", "ngòai"),
        ("giường", "giừơng"),
        ("nguyễn", "ngũyên"),
        ("Hòa-Bình", "Hoà-Bình"),
        ("HòaBình", "HoàBình"),
    ],
)
def test_both_tone_placements_fold_to_one_string(one: str, other: str) -> None:
    assert one != other
    assert fold_tone_placement(one) == fold_tone_placement(other)
    assert fold_tone_placement(unicodedata.normalize("NFD", one)) == fold_tone_placement(other)


def test_syllables_with_other_letters_or_another_tone_stay_apart() -> None:
    syllables = [*SYLLABLES, "hoa", "hóa", "hoã", "hoạ", "hỏa", "hao", "thúy", "mưa", "muá", "ngoại", "Hòa"]
    for one, other in combinations(syllables, 2):
        assert fold_tone_placement(one) != fold_tone_placement(other), (one, other)


@given(st.text(alphabet="aăâeêioôơuưybcd" + "".join(TONE_MARKS) + "HòàÌ", max_size=12))
def test_folding_keeps_every_letter_and_every_tone(text: str) -> None:
    assert sorted(unicodedata.normalize("NFD", fold_tone_placement(text))) == sorted(
        unicodedata.normalize("NFD", text)
    )


@pytest.mark.parametrize("text", ["café", "résumé", "oạ\u0300", "hóà", "Excel 2021", ""])
def test_folding_leaves_alone_what_is_no_vietnamese_vowel_run(text: str) -> None:
    assert fold_tone_placement(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cụm thi đua số II", "Cụm thi đua số 2"),
        ("Khối thi đua số xxx", "khối thi đua số 30"),
        ("CỤM IX", "cụm 9"),
        ("Khối V.", "khối 5."),
        ("Cụm số IV, khối I", "cụm số 4, khối 1"),
        ("Thi đua – Khen thưởng", "thi đua - khen thưởng"),
        ("Thi đua — Khen thưởng", "Thi đua-Khen thưởng"),
        ("Thi đua − Khen thưởng", "Thi đua- Khen thưởng"),
        ("Xã  Bình\u00a0Hòa", "xã bình hoà"),
        ("\u00d0ồng Nai", "đồng nai"),
        ("\u0189ồng Nai", "ĐỒNG NAI"),
        ("\u0430n h\u043e\u0300\u0430", "An Hòa"),
        ("h\u0450", "Hè"),
        ("\u0422\u0440\u0443\u0441\u0445\u0456\u0435\u0440", "Tpycxiep"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cường", "Cương"),
        ("Đặng", "Dặng"),
        ("xã Bình Tân", "xã Tân Bình"),
        ("Hòa", "Hóa"),
        ("Thạnh Phú", "Thanh Phú"),
        ("cụm số II", "cụm số III"),
        ("cụm số XXXI", "cụm số 31"),
        ("cụm số IIII", "cụm số 4"),
        ("cụm số IIX", "cụm số 8"),
        ("tổ II", "tổ 2"),
        ("cụm số I-V", "cụm số 1-V"),
        ("cụm số V/2023", "cụm số 5/2023"),
        ("cụm số I.V", "cụm số 1.V"),
        ("cụm số IVa", "cụm số 4a"),
        ("hằngsố V", "hằngsố 5"),
        ("5 m²", "5 m2"),
        ("Thi đua - Khen thưởng", "Thi đua Khen thưởng"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)


def test_no_two_orders_of_the_words_of_a_name_share_a_key() -> None:
    orders = [" ".join(words) for words in permutations(["thị", "trấn", "Vĩnh", "An"])]
    assert len({comparison_key(name) for name in orders}) == len(orders) == 24


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đặng Thị Thủy", "Dang Thi Thuy"),
        ("đường Cường ≠ Cương", "duong Cuong = Cuong"),
        ("\u00d0ỗ", "Do"),
        (unicodedata.normalize("NFD", "Ưởng"), "Uong"),
        ("LĐTT 2023", "LDTT 2023"),
        ("한국", "한국"),
    ],
)
def test_plain_text_has_no_marks(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(vietnamese)
def test_plain_vietnamese_is_ascii_whatever_the_form(text: str) -> None:
    text = text.replace("–", "-").replace("а", "a")
    assert plain(text).isascii()
    assert plain(unicodedata.normalize("NFD", text)) == plain(text)
