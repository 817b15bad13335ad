"""Kept master data: the same as read anew, and given up after any change of what they were made from."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes.master import SAMPLE_DATA
from tdkt_xl.tasks import master as masters
from tdkt_xl.tasks import program_marks
from tdkt_xl.tasks.kept_master import KEPT, load_master
from tdkt_xl.tasks.master_json import as_json, from_json
from tdkt_xl.tasks.resources import default_master
from tests.tools.forms import write_master


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the workbooks read in full."""
    read: list[str] = []

    def load(path: Path, load: Callable[[Path], Master] = masters.load_master) -> Master:
        read.append(path.name)
        return load(path)

    monkeypatch.setattr(masters, "load_master", load)
    return read


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "so").mkdir()
    return write_master(tmp_path / "so")


def test_the_shipped_master_data_come_back_equal(tmp_path: Path, reads: list[str]) -> None:
    first = load_master(default_master(), tmp_path)
    again = load_master(default_master(), tmp_path)
    assert reads == ["danh-muc.xlsx"]
    assert first == again
    assert repr(first) == repr(again), "types, order and derived parts too"
    known = again.register.find("Bình Lợi")
    assert known == first.register.find("Bình Lợi")
    assert known is not None
    assert known.unit is again.register.units[known.unit.code], "held once, whatever number of names it has"
    assert [item.leaves_under("") for item in again.catalogues.values()] == [
        item.leaves_under("") for item in first.catalogues.values()
    ]


def test_any_changed_byte_of_the_book_reads_it_again(tmp_path: Path, book: Path, reads: list[str]) -> None:
    load_master(book, tmp_path)
    content = book.read_bytes()
    times = book.stat().st_atime_ns, book.stat().st_mtime_ns
    changed = bytearray(content)
    changed[10] ^= 1  # the time of the first entry: no reader looks at it
    book.write_bytes(changed)
    os.utime(book, ns=times)
    load_master(book, tmp_path)
    assert len(reads) == 2


def test_another_name_is_another_workbook(tmp_path: Path, book: Path, reads: list[str]) -> None:
    """Places of remarks carry the name."""
    load_master(book, tmp_path)
    load_master(book.rename(book.with_name("khac.xlsx")), tmp_path)
    assert reads == ["danh-muc.xlsx", "khac.xlsx"]


@pytest.mark.parametrize("name", ["layouts/danh-muc.toml", "master.py", "new.py", "gone.py"])
def test_any_changed_file_of_the_program_reads_it_again(
    tmp_path: Path, book: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    package = tmp_path / "tdkt_xl"
    (package / "layouts").mkdir(parents=True)
    for present in ("layouts/danh-muc.toml", "master.py", "gone.py"):
        (package / present).write_text("a", "utf-8")
    monkeypatch.setattr(program_marks, "_PACKAGE", package)
    load_master(book, tmp_path)
    load_master(book, tmp_path)
    assert len(reads) == 1
    file = package / name
    if name == "gone.py":
        file.unlink()
    else:
        file.write_text("ab", "utf-8")
    load_master(book, tmp_path)
    assert len(reads) == 2


@pytest.mark.parametrize(("module", "name"), [(program_marks, "__version__"), (sys, "version")])
def test_another_version_reads_it_again(
    tmp_path: Path, book: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    load_master(book, tmp_path)
    monkeypatch.setattr(module, name, "9.9")
    load_master(book, tmp_path)
    assert len(reads) == 2


def spoilt(text: str) -> list[str]:
    """Ways in which the kept file may have been damaged."""
    key, digest, body = text.split("\n", 2)
    other = json.dumps(json.loads(body)[:-1])
    return [
        "",
        text[:-1],
        text.replace("Xã", "xã", 1) if "Xã" in body else text.replace("DV-01", "DV-09", 1),
        f"{key}\n{digest}\n{other}",
        f"{key}\n{digest}",
        "\x00" + text,
    ]


@pytest.mark.parametrize("way", range(6))
def test_a_spoilt_file_is_passed_over(tmp_path: Path, book: Path, reads: list[str], way: int) -> None:
    first = load_master(book, tmp_path)
    kept = tmp_path / KEPT
    good = kept.read_text("utf-8")
    kept.write_text(spoilt(good)[way], "utf-8")
    assert load_master(book, tmp_path) == first
    assert len(reads) == 2
    assert kept.read_text("utf-8") == good


def test_bytes_that_are_no_text(tmp_path: Path, book: Path, reads: list[str]) -> None:
    (tmp_path / KEPT).write_bytes(b"\xff\xfe\x00")
    load_master(book, tmp_path)
    assert len(reads) == 1


def test_unusable_master_data_are_never_kept(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.xlsx"
    path.write_bytes(b"")
    with pytest.raises(TdktError) as caught:
        load_master(path, tmp_path)
    assert caught.value.finding.code.id == "KT-805"
    with pytest.raises(TdktError) as caught:
        load_master(tmp_path / "khong-co.xlsx", tmp_path)
    assert caught.value.finding.code.id == "KT-801"
    assert not (tmp_path / KEPT).exists()


def test_a_workbook_saved_while_it_is_read_is_not_kept(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(path: Path, load: Callable[[Path], Master] = masters.load_master) -> Master:
        found = load(path)
        shutil.copyfile(default_master(), path)
        return found

    monkeypatch.setattr(masters, "load_master", load)
    load_master(book, tmp_path)
    assert not (tmp_path / KEPT).exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path, book: Path) -> None:
    assert load_master(book, tmp_path / "khong-co").register.units
    assert not (tmp_path / "khong-co").exists()


def test_a_file_that_a_virus_scanner_holds_is_no_obstacle(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(Path, "unlink", held)
    assert load_master(book, tmp_path).register.units
    assert not (tmp_path / KEPT).exists()


def test_a_value_that_would_not_come_back_equal_is_not_kept(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parameter of a finding may be anything; JSON knows no Decimal."""
    remark = Finding(SAMPLE_DATA, Place("a"), {"count": Decimal("1.0"), "sheets": ["b"]})
    master = replace(masters.load_master(book), remarks=(remark,))
    assert from_json(as_json(master)) != master
    monkeypatch.setattr(masters, "load_master", lambda _: master)
    assert load_master(book, tmp_path) is master
    assert not (tmp_path / KEPT).exists()


def test_a_value_json_cannot_hold_is_not_kept(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark = Finding(SAMPLE_DATA, Place("a"), {"count": 1, "sheets": frozenset("b")})
    master = replace(masters.load_master(book), remarks=(remark,))
    monkeypatch.setattr(masters, "load_master", lambda _: master)
    assert load_master(book, tmp_path) is master
    assert not (tmp_path / KEPT).exists()
