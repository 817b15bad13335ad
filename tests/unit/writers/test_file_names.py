"""File names from received text, and the length of path Excel opens."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.writers.file_names import LONGEST_PATH, path_length, safe_file_name
from tdkt_xl.writers.publish import publish


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trường Tiểu học Lê Quý Đôn", "Trường Tiểu học Lê Quý Đôn.xlsx"),
        (unicodedata.normalize("NFD", "Sở Y tế"), "Sở Y tế.xlsx"),
        ("../../etc/passwd", "etc passwd.xlsx"),
        ("C:\\Windows\\x", "C Windows x.xlsx"),
        ("UBND xã A: phiếu*?", "UBND xã A phiếu.xlsx"),
        ("a[b]c", "a b c.xlsx"),
        ("CON", "_CON.xlsx"),
        ("con.txt", "_con.txt.xlsx"),
        ("Lpt1", "_Lpt1.xlsx"),
        ("COM¹", "_COM¹.xlsx"),
        ("conin$", "_conin$.xlsx"),
        ("Công an", "Công an.xlsx"),
        ("tên. . .", "tên.xlsx"),
        ("~$tạm", "tạm.xlsx"),
        ("-dấu trừ", "dấu trừ.xlsx"),
        (".ẩn", "ẩn.xlsx"),
        ("đảo\u202exslx.exe", "đảoxslx.exe.xlsx"),
        ("a\u200bb\ufeff", "ab.xlsx"),
        ("a\x00b\nc\ud800d", "a b c d.xlsx"),
        ("", "tep.xlsx"),
        ("???", "tep.xlsx"),
        ("x" * 100, "x" * 80 + ".xlsx"),
        ("🏆" * 60, "🏆" * 40 + ".xlsx"),
    ],
)
def test_name_is_legal_and_close_to_the_text(text: str, name: str) -> None:
    assert safe_file_name(text) == name


def test_names_differ_whatever_the_case_and_the_form_of_letters() -> None:
    taken = [unicodedata.normalize("NFD", "SỞ Y TẾ.xlsx")]
    assert safe_file_name("Sở Y tế", taken=taken) == "Sở Y tế (2).xlsx"
    assert safe_file_name("x" * 90, taken=["X" * 80 + ".xlsx"]) == "x" * 76 + " (2).xlsx"


@given(st.lists(st.text(max_size=120), max_size=6))
def test_any_texts_make_distinct_files_in_the_folder(texts: list[str]) -> None:
    names: list[str] = []
    for text in texts:
        names.append(safe_file_name(text, ".docx", names))
    folder = Path("/thư mục")
    for name in names:
        assert Path(folder, name).parent == folder
        assert unicodedata.is_normalized("NFC", name)
        assert len(name.encode("utf-16-le")) // 2 <= 80 + len("_.docx")
        assert safe_file_name(name.removesuffix(".docx"), ".docx") == name
    assert len({name.casefold() for name in names}) == len(names)


def test_path_too_long_for_excel_is_said_and_written_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("đ" * 100) / ("d" * 100)
    target = folder / "kết quả.xlsx"
    written, findings = publish(b"x", target)
    assert (written, target.read_bytes()) == (target, b"x")
    assert [(item.place.file, item.code.id, dict(item.params)) for item in findings] == [
        ("kết quả.xlsx", "KT-850", {"count": path_length(target), "limit": LONGEST_PATH})
    ]
    assert publish(b"x", folder / "nhật ký.txt")[1] == []


def test_length_is_counted_in_utf_16() -> None:
    assert path_length(Path("/🏆")) == 3
