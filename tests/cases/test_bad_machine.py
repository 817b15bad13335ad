"""Disks, locks and our own faults: one sentence, the earlier result whole, no traceback."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest

from tests.tools.forms import cluster_book
from tests.tools.refusals import consolidate, content_of, refused
from tests.tools.runs import ROOT, Run, tdkt

# Writing


def test_open_result_is_left_alone_and_the_new_one_saved_beside(
    inbox: Path, out: Path, master_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    consolidate(inbox, out, master_file)
    before = content_of(out)
    cluster_book("C02", name="cum-02.xlsx").save(inbox)
    replace = Path.replace

    def refuse_open_file(self: Path, target: Path) -> Path:
        if target == out / "tong-hop-huyen.xlsx":
            raise PermissionError(errno.EACCES, "open in another program", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse_open_file)
    run = consolidate(inbox, out, master_file, "--json")
    assert run.code == 0
    assert [(item["code"], item["path"]) for item in run.document["findings"]] == [
        ("KT-802", "tong-hop-huyen.xlsx")
    ]
    assert run.document["outputs"] == [
        str(out / "tong-hop-huyen (2).xlsx"),
        str(out / "ket-qua-kiem-tra.xlsx"),
    ]
    assert (out / "tong-hop-huyen.xlsx").read_bytes() == before["tong-hop-huyen.xlsx"]
    assert (out / "tong-hop-huyen (2).xlsx").read_bytes() != before["tong-hop-huyen.xlsx"]
    assert not list(out.rglob("*.tmp"))


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_handle: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", no_space)


def test_full_disk(inbox: Path, out: Path, master_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    consolidate(inbox, out, master_file)
    before = content_of(out)
    cluster_book("C02", name="cum-02.xlsx").save(inbox)
    fill_disk(monkeypatch)
    sentence = refused(consolidate(inbox, out, master_file), "KT-803")
    assert "ổ đĩa đầy" in sentence
    assert content_of(out) == before


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of 16 kB; where none may be mounted, one that says so when written to."""
    disk = tmp_path / "dia"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    mounted = False
    with suppress(OSError):
        mounted = bool(mount) and subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not mounted:
        fill_disk(monkeypatch)
    try:
        yield disk
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=True)


def test_small_disk(inbox: Path, small_disk: Path, master_file: Path) -> None:
    sentence = refused(consolidate(inbox, small_disk, master_file), "KT-803")
    assert "ổ đĩa đầy" in sentence
    assert content_of(small_disk) == {}


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "không có quyền ghi"), (errno.EROFS, "ổ đĩa chỉ đọc"), (errno.EIO, "hệ thống từ chối")],
)
def test_unwritable_folder(
    number: int, words: str, inbox: Path, out: Path, master_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert words in refused(consolidate(inbox, out, master_file), "KT-803")
    assert not out.exists()


# Our own faults


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **named: object) -> NoReturn:
        msg = "hỏng \udcff"
        raise RuntimeError(msg)

    monkeypatch.setattr("tdkt_xl.tasks.validate.check_round", fail)


@pytest.mark.usefixtures("crash")
def test_unexpected_exception_goes_to_a_log(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sentence = refused(tdkt("validate", inbox), "KT-999")
    (log,) = tmp_path.glob("tdkt-*.log")
    assert f"gửi tệp nhật ký {log} " in sentence
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert text.endswith("builtins.RuntimeError\n")
    assert "hỏng" not in text  # its words may be data


@pytest.mark.usefixtures("crash")
def test_unexpected_exception_without_room_for_a_log(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "khong-co"))
    assert "(RuntimeError)" in refused(tdkt("validate", inbox), "KT-999")


def test_interrupted(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **named: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("tdkt_xl.tasks.validate.check_round", interrupt)
    run = tdkt("validate", inbox, "--out", out)
    assert (run.code, run.stdout) == (2, "")
    assert run.stderr.strip() == "Đã dừng theo yêu cầu."
    assert not out.exists()


def test_lost_data_files(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tdkt_xl.tasks.resources._PACKAGE", inbox / "tdkt_xl")
    assert "workbooks/danh-muc.xlsx" in refused(tdkt("validate", inbox), "KT-809")


def test_process_ends_with_the_exit_code_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tdkt_xl.cli", "validate", str(tmp_path / "khong-co")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    refused(Run(done.returncode, done.stdout, done.stderr), "KT-801")


def test_json_of_a_command_that_cannot_run_is_one_document(tmp_path: Path) -> None:
    run = tdkt("validate", tmp_path / "khong-co", "--json")
    document = json.loads(run.stdout)
    assert run.code == 2
    assert document["files"] == []
    assert [finding["code"] for finding in document["findings"]] == ["KT-801"]


def test_results_among_the_received_files_are_warned_of(tmp_path: Path, master_file: Path) -> None:
    folder = tmp_path / "nhan"
    folder.mkdir()
    (folder / "hong.xlsx").write_text("x", encoding="utf-8")
    run = tdkt("validate", folder, "--out", folder, "--master", master_file)
    assert "KT-810 · " in run.stdout
    assert "KT-810" not in tdkt("validate", folder, "--out", tmp_path, "--master", master_file).stdout


def test_skipped_files_are_named_on_the_terminal(tmp_path: Path, master_file: Path) -> None:
    (tmp_path / "nhan").mkdir()
    (tmp_path / "nhan" / "bien-ban.docx").write_bytes(b"PK")
    (tmp_path / "nhan" / "hong.xlsx").write_text("x", encoding="utf-8")
    run = tdkt("validate", tmp_path / "nhan", "--master", master_file)
    assert "Ghi chú KT-509 · [bien-ban.docx]" in run.stdout
