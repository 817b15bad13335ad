import errno
import os
import re
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.writers.book import Book
from tdkt_xl.writers.publish import BACKUP_FOLDER, publish, reason_of, sweep

OLD, NEW, NEWER = b"old " * 500, b"new " * 500, b"newer " * 500


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "ra" / "kết quả.xlsx"


@pytest.fixture
def existing(target: Path) -> Path:
    publish(OLD, target)
    return target


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def backups(target: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in (target.parent / BACKUP_FOLDER).glob("*"))


def test_first_version_is_written_whole_and_alone(target: Path) -> None:
    assert publish(NEW, target) == (target, [])
    assert files(target.parent) == {target.name: NEW}


def test_new_version_replaces_the_old_which_is_kept(existing: Path) -> None:
    os.utime(existing, (1_700_000_000, 1_700_000_000))
    assert publish(NEW, existing) == (existing, [])
    stamp = datetime.fromtimestamp(1_700_000_000, UTC).strftime("%Y%m%d-%H%M%S")
    assert files(existing.parent) == {
        existing.name: NEW,
        f"{BACKUP_FOLDER}/kết quả.{stamp}.xlsx": OLD,
    }


def test_unchanged_content_is_not_rewritten(existing: Path) -> None:
    before = existing.stat()
    assert publish(OLD, existing) == (existing, [])
    after = existing.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert files(existing.parent) == {existing.name: OLD}


def test_versions_of_one_second_are_all_kept(existing: Path) -> None:
    for content in (NEW, NEWER):
        os.utime(existing, (1_700_000_000, 1_700_000_000))
        publish(content, existing)
    assert backups(existing) == [NEW, OLD]


# A target that is open elsewhere


@pytest.fixture
def locked(existing: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    replace = Path.replace

    def refuse(self: Path, new: Path) -> Path:
        if new == existing:
            raise PermissionError(errno.EACCES, "in use")
        return replace(self, new)

    monkeypatch.setattr(Path, "replace", refuse)
    return existing


def test_locked_target_is_left_alone(locked: Path) -> None:
    beside, findings = publish(NEW, locked)
    assert beside == locked.with_name("kết quả (2).xlsx")
    assert [(item.code.id, item.place.file, dict(item.params)) for item in findings] == [
        ("KT-802", locked.name, {"path": locked.name, "saved": beside.name})
    ]
    assert (locked.read_bytes(), beside.read_bytes()) == (OLD, NEW)


def test_name_beside_is_a_free_one(locked: Path) -> None:
    publish(NEW, locked)
    beside, _ = publish(NEWER, locked)
    assert beside.name == "kết quả (3).xlsx"


def test_old_version_is_kept_once_however_often_it_is_locked(locked: Path) -> None:
    publish(NEW, locked)
    publish(NEWER, locked)
    assert backups(locked) == [OLD]


# Faults at each step

STEPS: dict[str, tuple[Any, str]] = {
    "mkdir": (Path, "mkdir"),
    "open": (Path, "open"),
    "fsync": (os, "fsync"),
    "copy2": (shutil, "copy2"),
    "replace": (Path, "replace"),
    "unlink": (Path, "unlink"),
    "open folder": (os, "open"),
}
TAKEN = ["mkdir", "open", "fsync", "mkdir", "copy2", "replace", "unlink", "replace"]
TAKEN += ["open folder", "fsync", "unlink"]
HARMLESS = {6, 8, 9, 10}
"""Tidying up, and making the rename durable: the new version is in place all the same."""


def fail_at(step: int, fault: Callable[[], BaseException], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the given step fail, once; returns the names of the steps as they are taken."""
    taken: list[str] = []

    def watched(step_name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            if step_name == "open" and "xb" not in arguments:
                return call(*arguments, **options)
            taken.append(step_name)
            if len(taken) - 1 != step:
                return call(*arguments, **options)
            if step_name == "copy2":
                Path(arguments[1]).write_bytes(OLD[:100])
            raise fault()

        return run

    for step_name, (owner, attribute) in STEPS.items():
        monkeypatch.setattr(owner, attribute, watched(step_name, getattr(owner, attribute)))
    return taken


def full() -> OSError:
    return OSError(errno.ENOSPC, "full")


def steps(*numbers: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("step", numbers, ids=[f"{at}-{TAKEN[at]}" for at in numbers])


def assert_tidy(target: Path) -> None:
    assert set(backups(target)) <= {OLD}
    assert not list(target.parent.rglob("*.tmp"))


def test_steps_of_a_replacement(existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = fail_at(-1, full, monkeypatch)
    publish(NEW, existing)
    assert taken == TAKEN


@steps(*(at for at in range(len(TAKEN)) if at not in HARMLESS))
def test_fault_leaves_the_old_version_whole(
    step: int, existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(step, full, monkeypatch)
    with pytest.raises(TdktError) as caught:
        publish(NEW, existing)
    finding = caught.value.finding
    assert (finding.code.id, dict(finding.params)) == (
        "KT-803",
        {"path": str(existing), "reason": "ổ đĩa đầy"},
    )
    assert existing.read_bytes() == OLD
    assert_tidy(existing)


@steps(*HARMLESS)
def test_fault_after_the_work_leaves_the_new_version_whole(
    step: int, existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(step, full, monkeypatch)
    assert publish(NEW, existing) == (existing, [])
    assert existing.read_bytes() == NEW
    assert backups(existing) == [OLD]
    assert_tidy(existing)


@steps(*range(6))
def test_interruption_leaves_nothing_half_written(
    step: int, existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(step, KeyboardInterrupt, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        publish(NEW, existing)
    assert existing.read_bytes() == OLD
    assert_tidy(existing)


def test_folder_that_cannot_be_flushed_is_no_fault(existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync, calls = os.fsync, []

    def network_disk(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.EINVAL, "no such thing here")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", network_disk)
    assert publish(NEW, existing) == (existing, [])
    assert existing.read_bytes() == NEW


class LostShareError(OSError):
    """What Windows raises for a share out of reach; Python makes EINVAL of ERROR_NETNAME_DELETED."""

    winerror = 64

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "the specified network name is no longer available")


@steps(*(at for at in range(len(TAKEN)) if at not in HARMLESS))
def test_share_lost_at_any_step(step: int, existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(step, LostShareError, monkeypatch)
    with pytest.raises(TdktError) as caught:
        publish(NEW, existing)
    finding = caught.value.finding
    assert (finding.code.id, finding.params["reason"]) == ("KT-803", "mất kết nối với ổ mạng")
    assert existing.read_bytes() == OLD
    assert_tidy(existing)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_share_that_cannot_flush_a_file_gets_the_whole_result(
    number: int, existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(TAKEN.index("fsync"), lambda: OSError(number, "not here"), monkeypatch)
    assert publish(NEW, existing) == (existing, [])
    assert existing.read_bytes() == NEW
    assert backups(existing) == [OLD]


def test_share_that_loses_the_end_of_a_file_leaves_the_old_version(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write-behind cache that says yes and keeps half: the half never becomes the result."""
    truncate = os.ftruncate

    def lose(handle: int) -> None:
        truncate(handle, len(NEW) // 2)

    monkeypatch.setattr(os, "fsync", lose)
    with pytest.raises(TdktError) as caught:
        publish(NEW, existing)
    assert caught.value.finding.code.id == "KT-803"
    assert existing.read_bytes() == OLD
    assert_tidy(existing)


# What the clerk is told


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "ổ đĩa đầy"),
        (errno.EROFS, "ổ đĩa chỉ đọc"),
        (errno.EACCES, "không có quyền ghi"),
        (errno.EPERM, "không có quyền ghi"),
        (errno.ENAMETOOLONG, "đường dẫn quá dài"),
        (errno.ENOTDIR, "đường dẫn đi qua một tệp, không phải thư mục"),
        (errno.EEXIST, "đã có tệp trùng tên thư mục"),
        (errno.ENOENT, "thư mục không tồn tại"),
        (errno.EIO, "hệ thống từ chối"),
        (None, "hệ thống từ chối"),
    ],
)
def test_reason(number: int | None, words: str) -> None:
    assert reason_of(OSError(number, "x") if number else OSError("x")) == words


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "ra").write_text("x", encoding="utf-8")
    with pytest.raises(TdktError, match="đã có tệp trùng tên thư mục"):
        publish(NEW, tmp_path / "ra" / "a.xlsx")


def test_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(TdktError, match="đường dẫn quá dài"):
        publish(NEW, tmp_path / ("a" * 300 + ".xlsx"))


def test_refusal_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(TdktError, match=re.escape("không có quyền ghi")):
        publish(NEW, tmp_path / "ra" / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


# A target held for a moment (Windows)


class HeldError(PermissionError):
    """What Windows raises while a virus scanner looks at a file."""

    winerror = 32


@pytest.mark.parametrize(
    ("refusals", "name"), [(1, "kết quả.xlsx"), (5, "kết quả.xlsx"), (6, "kết quả (2).xlsx")]
)
def test_target_held_for_a_moment_is_tried_again(
    refusals: int, name: str, existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace
    left = [refusals]
    pauses: list[float] = []

    def refuse(self: Path, new: Path) -> Path:
        if new == existing and left[0]:
            left[0] -= 1
            raise HeldError(errno.EACCES, "in use")
        return replace(self, new)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(time, "sleep", pauses.append)
    written, findings = publish(NEW, existing)
    assert (written.name, written.read_bytes()) == (name, NEW)
    assert [item.code.id for item in findings] == (["KT-802"] if refusals > 5 else [])
    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8][:refusals]


# What a killed run left behind


def test_leftovers_of_a_killed_run_are_swept(existing: Path) -> None:
    folder, old = existing.parent, existing.parent / BACKUP_FOLDER
    old.mkdir()
    leftovers = [folder / ".kết quả.0123abcd.tmp", old / ".kết quả.20231215-080000.xlsx.tmp"]
    others = [folder / ".của tôi.tmp", folder / "a.0123abcd.tmp", old / "kết quả.20231215-080000.xlsx"]
    for path in (*leftovers, *others):
        path.write_bytes(b"x")
    assert sweep(folder) == 2
    assert [path.exists() for path in (*leftovers, *others)] == [False, False, True, True, True]


# What a workbook could not hold


def test_what_a_workbook_could_not_hold_is_said(tmp_path: Path) -> None:
    book = Book("Thử")
    sheet = book.add_sheet("Một tên trang dài hơn ba mươi mốt ký tự")
    book.put(sheet, 1, 2, "a\x00b", book.style("text"))
    book.put_row(sheet, 3, ["được", "x" * 40_000], [book.style("text")] * 2)
    _, findings = publish(book.content(), tmp_path / "a.xlsx")
    name = sheet.get_name()
    assert [(item.place.file, item.place.sheet, item.place.cell, item.code.id) for item in findings] == [
        ("a.xlsx", name, None, "KT-853"),
        ("a.xlsx", name, "C2", "KT-851"),
    ]
    assert findings[1].params == {"count": 2}
