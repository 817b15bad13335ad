import re

import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.tasks.explain import explain, find_code


@pytest.mark.parametrize(
    "text", ["KT-201", "kt-201", "KT201", "kt 201", "201", " 201 ", "KT - 201", "kt--201"]
)
def test_code_is_found_however_it_is_typed(text: str) -> None:
    assert find_code(text).id == "KT-201"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("A-201", " Có phải ý ông/bà là KT-201?"),
        ("20x1", " Có phải ý ông/bà là KT-201?"),
        ("KT", ""),
        ("", ""),
        ("điểm", ""),
    ],
)
def test_unknown_code_is_refused_with_the_nearest(text: str, suggestion: str) -> None:
    with pytest.raises(TdktError) as caught:
        find_code(text)
    finding = caught.value.finding
    assert (finding.code.id, dict(finding.params)) == ("KT-807", {"text": text, "suggestion": suggestion})


@pytest.mark.parametrize("text", ["KT-2011", "KT-21", "KT-299"])
def test_suggested_code_exists(text: str) -> None:
    with pytest.raises(TdktError) as caught:
        find_code(text)
    (code,) = re.findall(r"KT-\d{3}", str(caught.value.finding.params["suggestion"]))
    assert code in CATALOGUE


def test_explanation_in_full() -> None:
    assert explain("801").splitlines() == [
        "KT-801 · Lỗi · Không có tệp hoặc thư mục",
        "  Câu báo:  Không tìm thấy “«đường dẫn»”.",
        "  Cách sửa: kiểm tra lại đường dẫn; khi gõ lệnh, đặt đường dẫn có dấu cách trong dấu ngoặc kép.",
        "  Chưa đúng: tdkt validate D:\\Cum thi dua",
        '  Đúng:      tdkt validate "D:\\Cum thi dua"',
    ]


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_is_explained_without_a_brace(code: str) -> None:
    text = explain(code)
    assert text.startswith(f"{code} · ")
    assert "{" not in text
