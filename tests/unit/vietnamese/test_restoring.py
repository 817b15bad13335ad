"""Which texts are in an old encoding: all that are, none that is not, and a question where none can tell."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.vietnamese.legacy import Encoding
from tdkt_xl.vietnamese.restoring import Restored, is_unicode_vietnamese, restore_texts
from tests.tools.legacy_text import fragments, misread, real_lines, typed
from tests.unit.vietnamese.test_text import SYLLABLES

FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}


def restore(text: str, font: str = "") -> Restored | None:
    return restore_texts([text], [font])[0]


@pytest.mark.parametrize(
    ("text", "font", "shown", "encoding"),
    [
        ("Céng hßa X· héi chñ nghÜa ViÖt Nam", "", "Cộng hòa Xã hội chủ nghĩa Việt Nam", Encoding.TCVN3),
        ("§¬n vÞ", "", "Đơn vị", Encoding.TCVN3),
        ("H§ND", "", "HĐND", Encoding.TCVN3),
        ("X· Phó Lý", "", "Xã Phú Lý", Encoding.TCVN3),
        ("X· Phó Lý", ".VnTime", "Xã Phú Lý", Encoding.TCVN3),
        ("B¸O GI¸ THIÕT BÞ", ".VnTifani HeavyH", "BÁO GIÁ THIẾT BỊ", Encoding.TCVN3),
        ("céng hßa", ".VnTimeH", "CỘNG HÒA", Encoding.TCVN3),
        ("Tæng", ".VnTime", "Tổng", Encoding.TCVN3),
        ("th\u00ad viÖn", "", "thư viện", Encoding.TCVN3),
        ("Coäng hoøa xaõ hoäi", "", "Cộng hòa xã hội", Encoding.VNI),
        ("Xaõ Phuù Lyù", "", "Xã Phú Lý", Encoding.VNI),
        ("Coäng", "VNI-Times", "Cộng", Encoding.VNI),
        ("QÑ-UBND huyeän", "VNI-Times", "QĐ-UBND huyện", Encoding.VNI),
        ("Céng hßa", "VNI-Times", "Cộng hòa", Encoding.TCVN3),
        ("XÃ£ Phú Lý", "", "Xã Phú Lý", None),
        ("Cá»™ng hÃ²a xÃ£ há»™i", "", "Cộng hòa xã hội", None),
    ],
)
def test_old_texts_are_read(text: str, font: str, shown: str, encoding: Encoding | None) -> None:
    assert restore(text, font) == Restored(shown, encoding)


@pytest.mark.parametrize(
    "text",
    [
        *("Hà Nội", "Xã Phú Lý", "Phó Chủ tịch", "Có", "Không", "TÂN BÌNH", "Lý", "à", "ô", "nhân dân"),
        *("Zürich Müller", "Café à la crème", "naïve", "señor niño", "ESPAÑA", "Citroën", "Caïn Caïn"),
        *("5×3", "200 k×26", "1 M×16", "m²", "20°C", "± 0,5", "© 2023", "Windows®", "US£", "§ 5", "· mục"),
        *(
            "«má»",
            "«cá»…",
            "“Xã”",
            "C:\\Tài liệu\\Đơn vị\\báo cáo.xlsx",
            "/home/nhà/tệp.xlsx",
            "9,5",
            "1.234",
        ),
        *("https://vinhcuu.dongnai.gov.vn/?q=%C4%91", "A01 · 2023", "", " ", "-", "STT"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ordinary_texts_are_left_alone(text: str, form: str) -> None:
    assert restore(unicodedata.normalize(form, text)) is None  # type: ignore[arg-type]  # a name of a form


def test_nothing_people_really_wrote_is_taken_for_an_old_encoding() -> None:
    texts = fragments(real_lines())
    wrong = [text for text in texts if restore(text) is not None]
    assert len(texts) > 20_000
    assert wrong == []


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times"])
def test_unicode_in_an_old_font_is_never_changed(font: str) -> None:
    for text in fragments(real_lines()):
        found = restore(text, font)
        assert found is None or not found.certain
        assert found is None or not is_unicode_vietnamese(text)


@pytest.mark.parametrize("encoding", Encoding)
def test_nothing_in_an_old_encoding_is_read_wrong(encoding: Encoding) -> None:
    """With and without the font: read right or asked about, and by the font hardly ever missed."""
    texts = [
        text
        for text in fragments(real_lines(), longest=3)
        if not text.isascii() and not set(text) & set("«»§→·×…") and typed(text, encoding) != text
    ]
    for font in ("", FONTS[encoding]):
        found = [restore(typed(text, encoding), font) for text in texts]
        wrong = [
            (text, one)
            for text, one in zip(texts, found, strict=True)
            if one and one.certain and one.text.lower() != text.lower()
        ]
        assert wrong == []
        if font:
            assert sum(one is None for one in found) < len(texts) / 500


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5), st.sampled_from(["Xã", "Đ", "Việt"]))
def test_unicode_beside_old_letters_is_never_touched(words: list[str], sign: str) -> None:
    text = " ".join([*(typed(word, Encoding.TCVN3) for word in words), "Việt" if sign == "Xã" else sign])
    assert restore(text, ".VnTime") is None
    assert restore(text) is None


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6))
def test_misread_utf8_is_read(words: list[str]) -> None:
    text = " ".join(words)
    found = restore(misread(text))
    assert text.isascii() or found == Restored(text, None)
    assert restore(misread(misread(text))) in (Restored(text, None), None if text.isascii() else found)


def test_the_other_texts_decide_a_doubtful_one() -> None:
    doubtful = "Phó Lý"
    assert restore(doubtful) is None
    assert restore(doubtful, ".VnTime") == Restored("Phú Lý", Encoding.TCVN3, certain=False)
    beside = restore_texts([doubtful, "T©n B×nh"], [".VnTime", ".VnTime"])
    assert beside[0] == Restored("Phú Lý", Encoding.TCVN3)
    retyped = restore_texts([doubtful, "Bình Lợi"], [".VnTime", ".VnTime"])
    assert retyped[0] is None
    mixed = restore_texts([doubtful, "Bình Lợi", "T©n B×nh"], [".VnTime"] * 3)
    assert mixed[0] == Restored("Phú Lý", Encoding.TCVN3, certain=False)


def test_without_fonts_it_takes_many_and_no_unicode() -> None:
    old = ["Phó Lý", "T©n B×nh", "X· VÜnh T©n", "§¬n vÞ"]
    assert restore_texts(old, [""] * 4)[0] == Restored("Phú Lý", Encoding.TCVN3)
    assert restore_texts(old[:3], [""] * 3)[0] is None
    assert restore_texts([*old, "Điểm"], [""] * 5)[0] is None


def test_a_lone_sign_makes_it_a_question() -> None:
    assert restore("TuÇn « 3") == Restored("Tuần ô 3", Encoding.TCVN3, certain=False)
    assert restore("TuÇn · 3") == Restored("Tuần · 3", Encoding.TCVN3)
    assert restore("95®", ".VnTime") == Restored("95đ", Encoding.TCVN3, certain=False)


@given(
    st.text(st.characters(max_codepoint=0x17F), max_size=30), st.sampled_from(["", ".VnTime", "VNI-Times"])
)
def test_any_text_is_read_once(text: str, font: str) -> None:
    """What was read is Unicode: shown in a common font it is never read again as something else."""
    found = restore(text, font)
    again = restore(found.text) if found and found.certain else None
    assert again is None or not again.certain
