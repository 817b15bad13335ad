"""Keep checked master data in the user's own folder, so that an unchanged workbook is not checked again.

What is kept counts only for the very bytes of the workbook and the very files of the program it was made
from; whatever does not fit, or cannot be read, is passed over and the workbook itself is read.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.tasks.program_marks import program_digest

KEPT = "danh-muc.json"


def load_master(path: Path, folder: Path | None) -> Master:
    """Load master data that must be usable, as kept in ``folder`` when nothing has changed since.

    Only data that were read and found usable are kept; without a folder, none. Raises TdktError as
    tasks.master.load_master.
    """
    key, kept = _find(path, folder)
    if kept is not None:
        return kept
    from tdkt_xl.tasks.master import load_master as load

    master = load(path)
    if folder and key and _key_of(path) == key:  # else the workbook was saved while it was read
        _keep(folder / KEPT, key, master)
    return master


def find_kept(path: Path, folder: Path | None) -> Master | None:
    """The master data as kept in ``folder``; None when they have to be read from their workbook."""
    return _find(path, folder)[1]


def _find(path: Path, folder: Path | None) -> tuple[str, Master | None]:
    key = _key_of(path) if folder else ""
    return key, _read(folder / KEPT, key) if folder and key else None


def _key_of(path: Path) -> str:
    """Digest of the workbook's bytes and name and of the program; "" when the file cannot be read."""
    digest = hashlib.sha256(program_digest().encode())
    digest.update(f"\n{path.name}\n".encode())
    try:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError:
        return ""
    return digest.hexdigest()


def _read(file: Path, key: str) -> Master | None:
    """The kept data of this key; None when there are none or the file was cut short or changed."""
    try:
        found, digest, text = file.read_text("utf-8").split("\n", 2)
    except (OSError, ValueError):
        return None
    if found != key or digest != _digest(text):
        return None
    from tdkt_xl.tasks.master_json import from_json

    return from_json(json.loads(text))


def _keep(file: Path, key: str, master: Master) -> None:
    """Keep what comes back equal; anything else is read from its workbook each time."""
    from tdkt_xl.tasks.master_json import as_json, from_json

    try:
        text = json.dumps(as_json(master), ensure_ascii=False, separators=(",", ":"))
    except TypeError:  # a value that JSON cannot hold
        return
    if from_json(json.loads(text)) != master:
        return
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    with suppress(OSError):  # a full or locked disk: the workbook is read again next time
        try:
            temporary.write_text(f"{key}\n{_digest(text)}\n{text}", "utf-8", newline="\n")
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
