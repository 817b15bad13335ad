"""Characters that hide what a cell says, told at any cell of any sheet."""

import pytest

from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.hidden_texts import check_hidden_texts
from tests.tools.grids import spots


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("Xã \u202ePhú Lý", "KT-188", {"text": "Xã Phú Lý", "letters": "U+202E"}),
        ("\u2066Xã\u2069 Phú Lý", "KT-188", {"text": "Xã Phú Lý", "letters": "U+2066, U+2069"}),
        ("Xã\U000e0041\U000e0042 Phú Lý", "KT-189", {"text": "Xã Phú Lý", "content": "AB"}),
        ("Xã\U000e0100 Phú Lý", "KT-189", {"text": "Xã Phú Lý", "content": "…"}),
        ("Xã\x00 Phú Lý\x9f", "KT-190", {"text": "Xã Phú Lý", "letters": "U+0000, U+009F"}),
        ("Xã\ud800 Phú Lý", "KT-190", {"text": "Xã Phú Lý", "letters": "U+D800"}),
        ("a" * 32_768, "KT-191", {"text": "a" * 50, "count": 32_768, "limit": 32_767}),
    ],
)
def test_cell_that_hides_something(text: str, code: str, params: dict[str, object]) -> None:
    findings = check_hidden_texts([Grid("a.xlsx", "Ghi chú", ((), (5.0, text, "Xã Phú Lý")))])
    assert spots(findings) == [("Ghi chú", "B2", code)]
    assert findings[0].params == params


@pytest.mark.parametrize(
    "text", ["Xã Phú Lý", "hai\ndòng\r\nba\tcột", "a\u200bb\u00a0c\u00ad", "😀 👨‍👩‍👧", "a" * 32_767, "مرحبا"]
)
def test_text_of_every_day(text: str) -> None:
    assert check_hidden_texts([Grid("a.xlsx", "Ghi chú", ((text,),))]) == []
