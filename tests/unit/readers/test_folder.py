"""Which files of the given paths are opened, in which order, and what is said about the others."""

import os
import unicodedata
from pathlib import Path

import pytest

from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.readers.folder import ReceivedFile, find_workbooks


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def names(files: list[ReceivedFile]) -> list[str]:
    return [file.name for file in files]


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.place.file, finding.code.id) for finding in findings]


def test_natural_order_and_names_relative_to_the_folder(tmp_path: Path) -> None:
    fill(tmp_path, "cum-10.xlsx", "cum-2.XLSX", "Đợt 2/cum-1.xls", "Đợt 10/a.ods", "b.xlsb", "c.xltm")
    files, findings = find_workbooks([tmp_path])
    assert names(files) == [
        "b.xlsb",
        "c.xltm",
        "cum-2.XLSX",
        "cum-10.xlsx",
        "Đợt 2/cum-1.xls",
        "Đợt 10/a.ods",
    ]
    assert findings == []
    assert files[0].path == tmp_path / "b.xlsb"


def test_other_files_are_named_not_opened(tmp_path: Path) -> None:
    fill(tmp_path, "cum.xlsx", "~$cum.xlsx", ".~lock.cum.xlsx#", "bien-ban.DOCX", "diem.csv", "README")
    fill(tmp_path, ".DS_Store", "desktop.ini", "Thumbs.db", ".git/x.xlsx")
    files, findings = find_workbooks([tmp_path])
    assert names(files) == ["cum.xlsx"]
    assert sorted(said(findings)) == [
        (".~lock.cum.xlsx#", "KT-105"),
        ("README", "KT-509"),
        ("bien-ban.DOCX", "KT-509"),
        ("diem.csv", "KT-509"),
        ("~$cum.xlsx", "KT-105"),
    ]
    assert {finding.params.get("extension") for finding in findings} == {
        None,
        "không có đuôi",
        ".docx",
        ".csv",
    }


def test_names_are_composed(tmp_path: Path) -> None:
    fill(tmp_path, unicodedata.normalize("NFD", "Cụm số 1.xlsx"))
    files, _ = find_workbooks([tmp_path])
    assert names(files) == [unicodedata.normalize("NFC", "Cụm số 1.xlsx")]
    assert files[0].path.exists()


def test_given_file_is_always_taken(tmp_path: Path) -> None:
    fill(tmp_path, "bao-cao.csv", "~$a.xlsx")
    files, findings = find_workbooks([tmp_path / "bao-cao.csv", tmp_path / "~$a.xlsx"])
    assert names(files) == ["bao-cao.csv", "~$a.xlsx"]
    assert findings == []


def test_file_given_twice_is_taken_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.xlsx", "b.xlsx")
    files, _ = find_workbooks([tmp_path / "b.xlsx", tmp_path, tmp_path / "x" / ".." / "a.xlsx"][:2])
    assert names(files) == ["b.xlsx", "a.xlsx"]


def test_folder_without_workbooks(tmp_path: Path) -> None:
    folder = fill(tmp_path / "Cụm 1", "a.docx", "b.pdf", "~$c.xlsx")
    files, findings = find_workbooks([folder])
    assert files == []
    assert sorted(said(findings[:-1])) == [("a.docx", "KT-509"), ("b.pdf", "KT-509"), ("~$c.xlsx", "KT-105")]
    assert said(findings[-1:]) == [("Cụm 1", "KT-508")]
    assert findings[-1].params == {"count": 2}


def test_linked_folders_are_not_followed(tmp_path: Path) -> None:
    folder = fill(tmp_path / "nhận", "a.xlsx", "trong/b.xlsx")
    (folder / "vòng").symlink_to(folder, target_is_directory=True)
    (folder / "hỏng.xlsx").symlink_to(tmp_path / "không có")
    files, _ = find_workbooks([folder])
    assert names(files) == ["a.xlsx", "hỏng.xlsx", "trong/b.xlsx"]


def test_missing_path_stops(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        find_workbooks([tmp_path / "không có"])
    assert caught.value.finding.code.id == "KT-801"
    assert caught.value.finding.params == {"path": str(tmp_path / "không có")}


def test_order_does_not_depend_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, *(f"cum-{number}.xlsx" for number in (3, 1, 12, 2)))
    expected = names(find_workbooks([tmp_path])[0])
    real = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: sorted(real(path), reverse=True))
    assert (
        names(find_workbooks([tmp_path])[0]) == expected == [f"cum-{number}.xlsx" for number in (1, 2, 3, 12)]
    )
