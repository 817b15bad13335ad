"""Every button that a message names is called as on the ribbon."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tdkt_xl
from tdkt_xl.excel.addin_parts import TEXTS
from tdkt_xl.excel.ribbon_labels import labels, named
from tests.excel_addin.ribbon import BUTTONS, DROPDOWNS

SOURCES = sorted((Path(tdkt_xl.__file__).parent / "excel").glob("*.py"))
OF_EXCEL = {"Bật chỉnh sửa", "Enable Editing"}
CALLED = {labels()[control] for control in (*BUTTONS, *DROPDOWNS)}
NAMED = re.compile(r"(?:[Bb]ấm|[Nn]út|hoặc|ô) “([^”{]+)”")


def texts(path: Path) -> Iterator[str]:
    """The texts of a module, those cut by a {…} in their parts; documentation left out."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def foreign(text: str) -> list[str]:
    return [name for name in NAMED.findall(text) if name not in {*CALLED, *OF_EXCEL} and name[0].isupper()]


def test_every_button_and_list_has_a_label() -> None:
    assert set(BUTTONS) | set(DROPDOWNS) <= labels().keys()
    assert named("tdktConsolidate") == "“Tổng hợp các cụm”"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.stem))
def test_messages_name_buttons_as_the_ribbon_does(path: Path) -> None:
    assert [name for text in texts(path) for name in foreign(text)] == []


def test_words_of_the_addin_name_buttons_as_the_ribbon_does() -> None:
    assert [name for text in TEXTS.values() for name in foreign(text)] == []


def test_tips_name_only_what_is_on_the_ribbon() -> None:
    assert foreign("Xin bấm “Tổng hợp” trước") == ["Tổng hợp"]
    assert foreign("Xin bấm “Tổng hợp các cụm” trước") == []


def test_script_for_windows_names_buttons_as_the_ribbon_does() -> None:
    page = (Path(tdkt_xl.__file__).parent / "manual" / "thu-tren-windows.md").read_text("utf-8")
    said = re.findall(r"[Bb]ấm \*\*([^*]+)\*\*", page)
    assert said
    assert [word for word in said if word not in CALLED] == []


def test_manual_has_every_button_and_its_pictures() -> None:
    folder = Path(tdkt_xl.__file__).parent / "manual"
    page = (folder / "excel.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| \*\*([^*]+)\*\* \|", page, re.MULTILINE)) == sorted(
        labels()[name] for name in BUTTONS
    )
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", page)
    assert pictures == ["images/ribbon.png", "images/danh-dau.png"]
    assert [name for name in pictures if not (folder / name).is_file()] == []
    assert "Chưa ai mở công cụ này bằng Excel thật" in page
