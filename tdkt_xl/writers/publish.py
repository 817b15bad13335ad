"""Put finished bytes on disk: whole or not at all, the previous version kept."""

import errno
import filecmp
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import machine, outputs
from tdkt_xl.writers.content import remarks_on
from tdkt_xl.writers.file_names import LONGEST_PATH, path_length

BACKUP_FOLDER = "ban-cu"
_EXCEL_FILES = frozenset({".xlsx", ".xlsm", ".xls"})
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
_IN_USE = frozenset({5, 32, 33})
"""Windows errors of a file that someone holds: ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION."""
_HELD = _IN_USE - {5}
_NETWORK = frozenset({51, 53, 54, 59, 64, 65, 67, 121, 1231, 1232, 1236})
"""Windows errors of a share out of reach: BAD_NETPATH, UNEXP_NET_ERR, NETNAME_DELETED, SEM_TIMEOUT …"""
_NO_FLUSH = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
_TEMPORARY = re.compile(r"\..+\.(?:[0-9a-f]{8}|\d{8}-\d{6}(?: \(\d+\))?\.\w+)\.tmp")
_REASONS = {
    errno.ENOSPC: "ổ đĩa đầy",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "hết dung lượng được cấp",
    errno.EROFS: "ổ đĩa chỉ đọc",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.ENAMETOOLONG: "đường dẫn quá dài",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EEXIST: "đã có tệp trùng tên thư mục",
    errno.ENOENT: "thư mục không tồn tại",
}


def reason_of(error: OSError) -> str:
    """Say in Vietnamese why the system refused.

    A share out of reach is told by the Windows error: Python maps it to "no such file" or "invalid".
    """
    if _is_network(error):
        return "mất kết nối với ổ mạng"
    if getattr(error, "winerror", None) in _HELD:
        return "tệp đang mở trong chương trình khác"
    return _REASONS.get(error.errno or 0, "hệ thống từ chối")


def publish(content: bytes, target: Path) -> tuple[Path, list[Finding]]:
    """Write bytes to ``target`` atomically; returns the path used and what to tell the clerk.

    The old file stays until the new one is complete on disk, then moves to ``ban-cu/`` under its own
    time; unchanged content is not rewritten. A target that is open in Excel is left alone: the result
    is saved beside it under a new name (KT-802). Also tells of a path too long for Excel (KT-850) and of
    what a workbook could not hold (KT-851, KT-853). Raises TdktError KT-803 when nothing can be written.
    """
    path, findings = _put_in_place(content, target)
    length = path_length(path)
    if length > LONGEST_PATH and path.suffix in _EXCEL_FILES:
        findings.append(outputs.PATH_TOO_LONG.at(Place(path.name), count=length, limit=LONGEST_PATH))
    return path, findings + remarks_on(content, path.name)


def _put_in_place(content: bytes, target: Path) -> tuple[Path, list[Finding]]:
    with _refusals(target):
        if _has(target, content):
            return target, []
        with _written(content, target) as temporary:
            return _replace(temporary, target)


def put(content: bytes, target: Path) -> None:
    """Write bytes to ``target``, whole or not at all; nothing of an earlier version is kept.

    For files that are made anew from others. Raises TdktError KT-803, also for a target that another
    program holds.
    """
    with _refusals(target):
        if _has(target, content):
            return
        with _written(content, target) as temporary:
            _patiently(lambda: temporary.replace(target))
        _flush_folder(target.parent)


def remove(path: Path) -> None:
    """Remove a file of an earlier run; raises TdktError KT-803 when another program keeps holding it."""
    with _refusals(path):
        _patiently(lambda: path.unlink(missing_ok=True))


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TdktError(machine.CANNOT_WRITE, path=str(target), reason=reason_of(error)) from error


def _has(target: Path, content: bytes) -> bool:
    return target.is_file() and target.read_bytes() == content


@contextmanager
def _written(content: bytes, target: Path) -> Iterator[Path]:
    """The bytes whole in a temporary file beside the target, gone afterwards."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.stem}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        _write_whole(temporary, content)
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def retire(path: Path) -> bool:
    """Move a file into the ``ban-cu`` beside it, under its own time; False while another program holds it.

    Raises TdktError KT-803.
    """
    try:
        _keep_previous(path)
        path.unlink()
    except PermissionError:
        return False
    except OSError as error:
        raise TdktError(machine.CANNOT_WRITE, path=str(path), reason=reason_of(error)) from error
    return True


def carry_origin(source: Path, target: Path) -> None:
    """Give a copy the mark Windows put on a file from the internet, so that it is trusted no more."""
    with suppress(OSError):  # no mark, or a disk that knows none
        mark = Path(f"{source}:Zone.Identifier").read_bytes()
        Path(f"{target}:Zone.Identifier").write_bytes(mark)


def _is_network(error: OSError) -> bool:
    return getattr(error, "winerror", None) in _NETWORK


def _write_whole(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        try:
            os.fsync(file.fileno())
        except OSError as error:  # some shares cannot flush: whether they hold the whole is read back
            if error.errno not in _NO_FLUSH or _is_network(error):
                raise
    if path.stat().st_size != len(content):
        raise OSError(errno.EIO, "not written whole")


def _replace(temporary: Path, target: Path) -> tuple[Path, list[Finding]]:
    try:
        _keep_previous(target)
        _patiently(lambda: temporary.replace(target))
    except PermissionError:
        # Windows refuses to replace a file that Excel holds open.
        beside = _free_name(target)
        temporary.replace(beside)
        return beside, [machine.OUTPUT_LOCKED.at(Place(target.name), path=target.name, saved=beside.name)]
    _flush_folder(target.parent)
    return target, []


def _patiently(deed: Callable[[], object]) -> None:
    """Do it to a file; on Windows a virus scanner may hold that for a moment, so try again for a while."""
    for pause in _PAUSES:
        try:
            deed()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
            time.sleep(pause)
        else:
            return
    deed()


def sweep(folder: Path) -> int:
    """Remove what a run that was cut off left half-written in the folder and its ``ban-cu``; count it.

    Only for the run that holds the folder's lock.
    """
    removed = 0
    for place in (folder, folder / BACKUP_FOLDER):
        for path in place.glob(".*.tmp"):
            if _TEMPORARY.fullmatch(path.name):
                with suppress(OSError):
                    path.unlink()
                    removed += 1
    return removed


def _keep_previous(target: Path) -> None:
    if not target.is_file():
        return
    stamp = datetime.fromtimestamp(target.stat().st_mtime, UTC).strftime("%Y%m%d-%H%M%S")
    backup = target.parent / BACKUP_FOLDER / f"{target.stem}.{stamp}{target.suffix}"
    backup.parent.mkdir(exist_ok=True)
    if backup.exists():
        if filecmp.cmp(target, backup, shallow=False):
            return
        backup = _free_name(backup)  # two versions within one second
    partial = backup.with_name(f".{backup.name}.tmp")
    try:
        shutil.copy2(target, partial)
        partial.replace(backup)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _free_name(target: Path) -> Path:
    number = 2
    while (beside := target.with_stem(f"{target.stem} ({number})")).exists():
        number += 1
    return beside


def _flush_folder(folder: Path) -> None:
    """Make the rename durable where the system can; the new file is in place already.

    Windows has no such call for folders, and some network disks refuse it.
    """
    flush: Callable[[int], None] = os.fsync
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            flush(handle)
        finally:
            os.close(handle)
