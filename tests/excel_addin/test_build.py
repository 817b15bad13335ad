"""The built package: the same bytes every time, our parts and nothing else."""

import importlib
import zipfile
from pathlib import Path

import pytest
from pyopenvba import ExcelFile, check_file
from pyopenvba.cfb import CFB
from python_calamine import CalamineWorkbook

from tdkt_xl.excel.addin import MODULES, build_addin
from tdkt_xl.excel.addin_parts import (
    ADDIN,
    CONF_SHEET,
    LISTS,
    STATE,
    STATE_SHEET,
    TEXTS,
    UI_SHEET,
    macros_folder,
    shipped_addin,
)
from tdkt_xl.findings import TdktError
from tests.excel_addin.host import PYTHON

REBUILD = (
    "macros/tdkt.xlam không khớp nguồn: dựng lại bằng build_addin với đúng phiên bản XlsxWriter, pyOpenVBA"
)


def test_two_builds_are_the_same_bytes(addin: Path, tmp_path: Path) -> None:
    assert build_addin(tmp_path / "new" / "again.xlam").read_bytes() == addin.read_bytes()


def test_committed_addin_is_a_fresh_build(addin: Path) -> None:
    assert shipped_addin() == addin.read_bytes(), REBUILD


def test_package_is_a_sound_addin_with_our_ribbon(addin: Path) -> None:
    assert check_file(addin).ok
    with zipfile.ZipFile(addin) as package:
        types = package.read("[Content_Types].xml").decode()
        assert types.count("application/vnd.ms-excel.addin.macroEnabled.main+xml") == 1
        assert 'Extension="xml"' in types
        assert package.read("customUI/customUI14.xml") == (macros_folder() / "customUI14.xml").read_bytes()
        assert 'Target="customUI/customUI14.xml"' in package.read("_rels/.rels").decode()
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_modules_are_the_sources(addin: Path, sources: dict[str, str]) -> None:
    with ExcelFile(addin) as package:
        assert package.validate() == []
        for name in MODULES:
            assert package.get_module(name).replace("\r\n", "\n").strip() == sources[name].strip()


def test_office_compiles_the_source_itself(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        project = CFB.from_bytes(package.read("xl/vbaProject.bin"))
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("cc61ffff000000")


def test_sheets_hold_texts_lists_and_state(addin: Path) -> None:
    book = CalamineWorkbook.from_path(str(addin))
    assert book.sheet_names == [UI_SHEET, STATE_SHEET, CONF_SHEET]
    cells = book.get_sheet_by_name(UI_SHEET).to_python()
    assert {row[0]: row[1] for row in cells if row[0]} == dict(TEXTS)
    heads = cells[0][3:]
    assert heads == [f"{name}.{part}" for name in LISTS for part in ("id", "label")]
    assert cells[1][3:] == [value for items in LISTS.values() for value in items[0]]
    assert [(row[3], row[4]) for row in cells[2:5]] == [
        ("2023", "Năm 2023"),
        ("2022-2023", "Năm học 2022-2023"),
        ("", ""),
    ]
    assert [row[5] for row in cells[2:]] == [f"C{number:02}" for number in range(1, 11)]
    assert cells[2][6] == "C01 – Cụm thi đua số 1"
    assert {row[0]: row[1] for row in book.get_sheet_by_name(STATE_SHEET).to_python()} == dict(STATE)


def test_nothing_of_the_building_machine_is_inside(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        content = b"".join(package.read(name) for name in package.namelist())
    assert [
        word for word in (b"/tmp/", b"/home/", b"C:\\Users", b"Felix", b"William") if word in content
    ] == []


def test_installed_copy_differs_in_its_settings_only(addin: Path, installed: Path) -> None:
    with zipfile.ZipFile(addin) as built, zipfile.ZipFile(installed) as written:
        assert built.namelist() == written.namelist()
        changed = [name for name in built.namelist() if built.read(name) != written.read(name)]
    assert changed == ["xl/worksheets/sheet3.xml"]
    rows = CalamineWorkbook.from_path(str(installed)).get_sheet_by_name(CONF_SHEET).to_python()
    assert rows == [["INTERPRETER_WIN", PYTHON]]
    assert check_file(installed).ok


def test_vba_that_is_not_ascii_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in macros_folder().glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "TdktLaunch.bas").write_text("'Tiếng Việt", encoding="utf-8")
    monkeypatch.setattr("tdkt_xl.excel.addin.macros_folder", lambda: tmp_path)
    with pytest.raises(UnicodeDecodeError):
        build_addin(tmp_path / "out" / ADDIN)


def test_missing_tool_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(TdktError, match=r"^KT-831: Dựng tdkt\.xlam cần gói pyOpenVBA\."):
        build_addin(tmp_path / ADDIN)


def test_lost_macros_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tdkt_xl.excel.addin_parts._PACKAGE", tmp_path / "tdkt_xl")
    with pytest.raises(TdktError, match="KT-809"):
        shipped_addin()
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "customUI14.xml").write_text("<customUI/>")
    with pytest.raises(TdktError, match="KT-809"):
        shipped_addin()
