"""TCVN3 and VNI: the tables against independent sources, and there and back again."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.legacy import TCVN3, VNI, Encoding, decode, has_other_letters, legacy_font
from tdkt_xl.vietnamese.letters import TONE_MARKS, VOWELS
from tdkt_xl.vietnamese.syllables import SPELLINGS
from tdkt_xl.vietnamese.text import nfc
from tests.tools.legacy_text import fragments, real_lines, typed
from tests.unit.vietnamese.test_text import SYLLABLES

# The published table of VNI-Windows, row by row: no tone, then sắc huyền hỏi ngã nặng.
VNI_CHART = """
A AÙ AØ AÛ AÕ AÏ | A Á À Ả Ã Ạ
AÂ AÁ AÀ AÅ AÃ AÄ | Â Ấ Ầ Ẩ Ẫ Ậ
AÊ AÉ AÈ AÚ AÜ AË | Ă Ắ Ằ Ẳ Ẵ Ặ
E EÙ EØ EÛ EÕ EÏ | E É È Ẻ Ẽ Ẹ
EÂ EÁ EÀ EÅ EÃ EÄ | Ê Ế Ề Ể Ễ Ệ
O OÙ OØ OÛ OÕ OÏ | O Ó Ò Ỏ Õ Ọ
OÂ OÁ OÀ OÅ OÃ OÄ | Ô Ố Ồ Ổ Ỗ Ộ
Ô ÔÙ ÔØ ÔÛ ÔÕ ÔÏ | Ơ Ớ Ờ Ở Ỡ Ợ
U UÙ UØ UÛ UÕ UÏ | U Ú Ù Ủ Ũ Ụ
Ö ÖÙ ÖØ ÖÛ ÖÕ ÖÏ | Ư Ứ Ừ Ử Ữ Ự
I Í Ì Æ Ó Ò | I Í Ì Ỉ Ĩ Ị
Y YÙ YØ YÛ YÕ Î | Y Ý Ỳ Ỷ Ỹ Ỵ
D Ñ | D Đ
"""


def test_tcvn3_has_74_codes_and_glibc_agrees() -> None:
    assert len(TCVN3) == len(set(TCVN3.values())) == 74
    if shutil.which("iconv") is None:
        pytest.skip("iconv is not on this machine: the table was not compared with TCVN5712-1")
    # The space keeps iconv from waiting for a combining mark.
    codes = b"".join(bytes([code]) + b" " for code in TCVN3)
    run = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=False
    )
    if run.returncode:
        pytest.skip("this iconv does not know TCVN5712-1: the table was not compared with it")
    assert run.stdout.decode("utf-8").split() == list(TCVN3.values())


def test_vni_agrees_with_the_published_chart() -> None:
    rows = [line.split(" | ") for line in VNI_CHART.strip().splitlines()]
    pairs = [pair for left, right in rows for pair in zip(left.split(), right.split(), strict=True)]
    for shown, letter in pairs:
        assert decode(shown, Encoding.VNI) == letter
        assert decode(shown.lower(), Encoding.VNI) == letter.lower()
    assert len(VNI) == 134
    assert {letter for _, letter in pairs if not letter.isascii()} == {one for one in VNI if one.isupper()}


@pytest.mark.parametrize("encoding", Encoding)
def test_every_syllable_survives_there_and_back(encoding: Encoding) -> None:
    for word in SYLLABLES:
        assert decode(typed(word, encoding), encoding) == word
        assert decode(typed(word.upper(), encoding), encoding, capitals=True).upper() == word.upper()
        if encoding is Encoding.VNI:
            assert decode(typed(word.upper(), encoding), encoding) == word.upper()
            assert decode(typed(word.title(), encoding), encoding) == word.title()


def test_every_possible_word_survives_there_and_back() -> None:
    for spelling in SPELLINGS:
        vowel = next(letter for letter in spelling if letter in VOWELS)
        for mark in TONE_MARKS:
            word = nfc(spelling.replace(vowel, vowel + mark, 1))
            if word in {"ã", "â"}:  # no words; their codes alone are the signs · and ©
                continue
            assert decode(typed(word, Encoding.TCVN3), Encoding.TCVN3) == word
            for form in (word, word.upper(), word.capitalize()):
                assert decode(typed(form, Encoding.VNI), Encoding.VNI) == form
                assert decode(typed(form, Encoding.TCVN3), Encoding.TCVN3, capitals=True) == form.upper()


@given(st.lists(st.sampled_from([*SYLLABLES, "2023", "-", "A.1", "(5)", "UBND"]), max_size=6))
def test_sentences_survive_there_and_back(words: list[str]) -> None:
    sentence = " ".join(words)
    for encoding in Encoding:
        assert decode(typed(sentence, encoding), encoding).lower() == sentence.lower()


def test_real_sentences_survive_in_vni() -> None:
    for text in fragments(real_lines(), longest=1):
        if text.isascii() or any(letter in "øæñöÖÑ" for letter in text):
            continue
        assert decode(typed(text, Encoding.VNI), Encoding.VNI) == text


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnTimeH", Encoding.TCVN3, True),
        (".VnTifani HeavyH", Encoding.TCVN3, True),
        (".vnarial", Encoding.TCVN3, False),
        ("VNI-Times", Encoding.VNI, False),
        ("VNI-Helve-Condense", Encoding.VNI, False),
    ],
)
def test_font_names_tell_the_encoding(name: str, encoding: Encoding, capitals: bool) -> None:
    font = legacy_font(name)
    assert font is not None
    assert (font.encoding, font.capitals) == (encoding, capitals)


@pytest.mark.parametrize("name", ["", "Times New Roman", "Arial", "UVnTime", "Vnitest", "Calibri"])
def test_other_fonts_tell_nothing(name: str) -> None:
    assert legacy_font(name) is None


def test_letters_take_the_case_of_their_word() -> None:
    assert decode("B¸O GI¸ THIÕT BÞ", Encoding.TCVN3) == "BÁO GIÁ THIẾT BỊ"
    assert decode("X· Phó Lý", Encoding.TCVN3) == "Xã Phú Lý"
    assert decode("UBND x·", Encoding.TCVN3) == "UBND xã"
    assert decode("céng hßa", Encoding.TCVN3, capitals=True) == "CỘNG HÒA"
    assert decode("AÙn Aùn aùn", Encoding.VNI) == "Án Án án"


def test_the_soft_hyphen_is_a_letter() -> None:
    assert decode("th\u00ad viÖn", Encoding.TCVN3) == "thư viện"


def test_signs_alone_stay_signs() -> None:
    assert decode("TuÇn · 3", Encoding.TCVN3) == "Tuần · 3"
    assert decode("©", Encoding.TCVN3) == "©"
    assert decode("X· «", Encoding.TCVN3) == "Xã ô"


def test_letters_an_encoding_never_writes() -> None:
    assert has_other_letters("Hà", Encoding.TCVN3)
    assert not has_other_letters("Hµ", Encoding.TCVN3)
    assert has_other_letters("Hà", Encoding.VNI)
    assert not has_other_letters("Haø", Encoding.VNI)
