"""Kept files: the same as read anew, and given up after any change of what they were made from."""

import os
import pickle
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.periods import find_period
from tdkt_xl.findings import Finding
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.tasks import program_marks
from tdkt_xl.tasks import round as rounds
from tdkt_xl.tasks.checked_files import CheckedFile, check_files
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.kept_files import FOLDER, KeptFiles, kept_in
from tdkt_xl.tasks.round import Opened, Round, check_round
from tests.tools.forms import cluster_book, tiny_master, unit_sheet
from tests.tools.runs import SAMPLES, tdkt


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "nhan"
    folder.mkdir()
    for book in (
        cluster_book(typed={("DV-01", "I.1", "cluster_score"): "4,5"}),
        cluster_book("C02"),
        unit_sheet(),
    ):
        book.save(folder)
    return folder


def run(inbox: Path, state: Path, master: Master | None = None, reading: Reading | None = None) -> Round:
    """Check the folder with what is kept in ``state``; a fresh run otherwise."""
    chosen = master or tiny_master()
    return check_round([inbox], chosen, reading=reading, kept=KeptFiles(state, chosen))


def test_second_run_reads_nothing_and_finds_the_same(inbox: Path, tmp_path: Path) -> None:
    first, again = run(inbox, tmp_path), run(inbox, tmp_path)
    assert (first.unchanged, again.unchanged) == (0, 3)
    assert replace(again, unchanged=0) == first
    assert again.findings
    assert all(one.code is two.code for one, two in zip(first.findings, again.findings, strict=True))


def test_every_sample_comes_back_equal(master: Master, tmp_path: Path) -> None:
    fresh = check_round([SAMPLES], master)
    check_round([SAMPLES], master, kept=KeptFiles(tmp_path, master))
    again = check_round([SAMPLES], master, kept=KeptFiles(tmp_path, master))
    assert again.unchanged == len(fresh.files) == 10
    assert replace(again, unchanged=0) == fresh


def test_results_are_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    outputs = []
    for name in ("mot", "hai"):
        made = consolidate(inbox, tiny_master(), tmp_path / name, kept=KeptFiles(tmp_path, tiny_master()))
        outputs.append([path.read_bytes() for path in made.outputs])
    assert outputs[0] == outputs[1]


def test_any_changed_byte_reads_that_file_again(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path)
    cluster_book(typed={("DV-01", "I.1", "cluster_score"): "4,75"}).save(inbox)
    changed = run(inbox, tmp_path)
    assert changed.unchanged == 2
    assert replace(changed, unchanged=0) == check_round([inbox], tiny_master())


def test_renamed_file_is_read_again(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path)
    (inbox / "c01.xlsx").rename(inbox / "cum 1.xlsx")
    again = run(inbox, tmp_path)
    assert again.unchanged == 2
    assert "cum 1.xlsx" in {finding.place.file for finding in again.findings}


def test_other_master_data_read_all_again(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path)
    master = tiny_master()
    period = find_period("2024")
    assert period
    other = replace(master, parameters=replace(master.parameters, active_periods=(period,)))
    assert run(inbox, tmp_path, other).unchanged == 0
    assert run(inbox, tmp_path).unchanged == 3


def test_any_changed_file_of_the_program_reads_all_again(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "goi"
    package.mkdir()
    (package / "kiem_tra.py").write_text("1", "utf-8")
    monkeypatch.setattr(program_marks, "_PACKAGE", package)
    run(inbox, tmp_path)
    assert run(inbox, tmp_path).unchanged == 3
    (package / "kiem_tra.py").write_text("2 ", "utf-8")
    assert run(inbox, tmp_path).unchanged == 0


@pytest.mark.parametrize("reading", [Reading(passwords=("mật khẩu",)), Reading(wider=2)])
def test_passwords_and_wider_limits_read_all_again(inbox: Path, tmp_path: Path, reading: Reading) -> None:
    run(inbox, tmp_path)
    assert run(inbox, tmp_path, reading=reading).unchanged == 0


def test_unreadable_file_is_tried_each_time(tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    (inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 hong")
    run(inbox, tmp_path)
    again = run(inbox, tmp_path)
    assert again.unchanged == 0
    assert [finding.code.id for finding in again.findings] == ["KT-101"]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-7], lambda data: data[:40] + b"?" + data[41:], lambda _: b""]
)
def test_damaged_keeping_is_passed_over(
    inbox: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    fresh = run(inbox, tmp_path)
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(damage(path.read_bytes()))
    again = run(inbox, tmp_path)
    assert again == fresh


class Harmful:
    """What an attacker would like to be made on reading."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.target),)


def test_nothing_but_our_values_is_ever_made(inbox: Path, tmp_path: Path) -> None:
    fresh = run(inbox, tmp_path)
    body = zlib.compress(pickle.dumps(Harmful(tmp_path / "hai")))
    pickle.loads(zlib.decompress(body))  # it would work
    (tmp_path / "hai").rmdir()
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(sha256(body).digest() + body)
    assert run(inbox, tmp_path) == fresh
    assert not (tmp_path / "hai").exists()


def test_full_disk_only_means_reading_again(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        first = run(inbox, tmp_path)
    assert [item.code.id for item in first.findings] == [
        item.code.id for item in run(inbox, tmp_path).findings
    ]
    assert list((tmp_path / FOLDER).glob("*.tmp")) == []


def test_what_no_run_asks_for_is_forgotten(inbox: Path, tmp_path: Path) -> None:
    run(inbox, tmp_path)
    old, *others = sorted((tmp_path / FOLDER).iterdir())
    long_ago = old.stat().st_mtime - 61 * 86_400
    os.utime(old, (long_ago, long_ago))
    kept_in(tmp_path, tiny_master())
    assert sorted((tmp_path / FOLDER).iterdir()) == others


def test_command_says_what_it_did_not_read_again(tmp_path: Path) -> None:
    book = SAMPLES / "cum-01.xlsx"
    tdkt("validate", book)
    assert tdkt("validate", book).stdout.count("1 tệp không đổi từ lần trước") == 1
    assert "không đổi" not in tdkt("validate", book, "--fresh").stdout


def test_only_changed_files_are_opened(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(inbox, tmp_path)
    opened: list[str] = []

    def counted(pairs: Iterable[Opened], master: Master) -> tuple[list[CheckedFile], list[Finding]]:
        taken = list(pairs)
        opened.extend(file.name for file, _ in taken)
        return check_files(taken, master)

    monkeypatch.setattr(rounds, "check_files", counted)
    cluster_book("C02", {("DV-04", "I.1", "cluster_score"): 4.5}).save(inbox)
    run(inbox, tmp_path)
    assert opened == ["c02.xlsx"]
