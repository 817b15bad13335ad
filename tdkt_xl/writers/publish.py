"""Put finished bytes on disk: whole or not at all, the previous version kept."""

import errno
import filecmp
import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import machine

BACKUP_FOLDER = "ban-cu"
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
    """Say in Vietnamese why the system refused."""
    return _REASONS.get(error.errno or 0, "hệ thống từ chối")


def publish(content: bytes, target: Path) -> tuple[Path, list[Finding]]:
    """Write bytes to ``target`` atomically; returns the path used and what to tell the clerk.

    The old file stays until the new one is complete on disk, then moves to ``ban-cu/`` under its own
    time; unchanged content is not rewritten. A target that is open in Excel is left alone: the result
    is saved beside it under a new name (KT-802). Raises TdktError KT-803 when nothing can be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file() and target.read_bytes() == content:
            return target, []
        temporary = target.with_name(f".{target.stem}.{uuid.uuid4().hex[:8]}.tmp")
        try:
            _write_whole(temporary, content)
            return _replace(temporary, target)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise TdktError(machine.CANNOT_WRITE, path=str(target), reason=reason_of(error)) from error


def carry_origin(source: Path, target: Path) -> None:
    """Give a copy the mark Windows put on a file from the internet, so that it is trusted no more."""
    with suppress(OSError):  # no mark, or a disk that knows none
        mark = Path(f"{source}:Zone.Identifier").read_bytes()
        Path(f"{target}:Zone.Identifier").write_bytes(mark)


def _write_whole(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(temporary: Path, target: Path) -> tuple[Path, list[Finding]]:
    try:
        _keep_previous(target)
        temporary.replace(target)
    except PermissionError:
        # Windows refuses to replace a file that Excel holds open.
        beside = _free_name(target)
        temporary.replace(beside)
        return beside, [machine.OUTPUT_LOCKED.at(Place(target.name), path=target.name, saved=beside.name)]
    _flush_folder(target.parent)
    return target, []


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
