"""Keep what was found in each received file, so that an unchanged file is not read and checked again.

What is kept lies in the user's own folder, never among results or received files. It counts only for the
very bytes and name of the file, the very master data and the very program; anything else, and anything
that cannot be read back whole, is passed over and the file itself is read.
"""

import hashlib
import io
import json
import os
import pickle
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Code
from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.tables.layout import LAYOUT_IDS, load_layout
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.master_json import as_json
from tdkt_xl.tasks.program_marks import program_digest

FOLDER = "so-da-doc"
_UNUSED_DAYS = 60
_DAY = 86_400
_VALUES = {("decimal", "Decimal"), ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time")}
_VALUES |= {("datetime", "timedelta"), ("datetime", "timezone"), ("fractions", "Fraction")}
_DIGEST_BYTES = 32

Reference = tuple[str, ...]


class KeptFiles:
    """Checked files of earlier runs with the same master data and program."""

    def __init__(self, folder: Path, master: Master) -> None:
        self._folder = folder / FOLDER
        self._parts = _Parts(master)
        marks = [program_digest(), json.dumps(as_json(master), ensure_ascii=False)]
        self._base = hashlib.sha256("\n".join(marks).encode())

    def find(self, file: ReceivedFile) -> CheckedFile | None:
        """What is kept of a file as it now is; None when nothing is, or it cannot be read."""
        try:
            with file.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            path = self._path(digest, file.name)
            packed = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        seal, body = packed[:_DIGEST_BYTES], packed[_DIGEST_BYTES:]
        if hashlib.sha256(body).digest() != seal:  # cut short by a full disk, or changed
            return None
        try:
            found = _Reader(io.BytesIO(zlib.decompress(body)), self._parts).load()
        except pickle.UnpicklingError:  # something that is no value of ours
            return None
        return found if isinstance(found, CheckedFile) else None

    def keep(self, files: Iterable[CheckedFile]) -> None:
        """Keep readable files; a full or locked disk only means that they are read again next time."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                if file.report is not None and file.report.sha256:
                    self._write(self._path(file.report.sha256, file.name), file)

    def forget_unused(self, now: float) -> None:
        """Delete what no run has asked for in sixty days; ``now`` in seconds since 1970."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if now - entry.stat().st_mtime > _UNUSED_DAYS * _DAY:
                    Path(entry.path).unlink(missing_ok=True)

    def _path(self, digest: str, name: str) -> Path:
        key = self._base.copy()
        key.update(f"\n{digest}\n{name}".encode(errors="surrogatepass"))
        return self._folder / f"{key.hexdigest()}.bin"

    def _write(self, path: Path, file: CheckedFile) -> None:
        if path.exists():
            return
        content = io.BytesIO()
        _Writer(content, self._parts).dump(file)
        body = zlib.compress(content.getvalue(), 1)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            temporary.write_bytes(hashlib.sha256(body).digest() + body)
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


class _Parts:
    """What every file shares, kept by name: units, clusters, catalogues, criteria, layouts."""

    def __init__(self, master: Master) -> None:
        named: dict[Reference, object] = {}
        for unit in master.register.units.values():
            named["unit", unit.code] = unit
        for cluster in master.clusters:
            named["cluster", cluster.period.key, cluster.code] = cluster
        for catalogue in master.catalogues.values():
            named["catalogue", catalogue.code] = catalogue
            for number, criterion in enumerate(catalogue.rows):
                named["criterion", catalogue.code, str(number)] = criterion
        for layout in map(load_layout, LAYOUT_IDS):
            for sheet in layout.sheets:
                named["sheet", layout.id, sheet.id] = sheet
        self.by_name = named
        self.names = {id(part): name for name, part in named.items()}


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, parts: _Parts) -> None:
        super().__init__(file, protocol=5)
        self._names = parts.names

    def persistent_id(self, obj: Any) -> Reference | None:
        return ("code", obj.id) if type(obj) is Code else self._names.get(id(obj))

    def reducer_override(self, obj: Any) -> Any:
        """Data classes are made again from their fields: twice as fast as by their state."""
        if not is_dataclass(obj) or isinstance(obj, type):
            return NotImplemented
        return type(obj), tuple([getattr(obj, name) for name in _made_from(type(obj))])


@cache
def _made_from(kind: Any) -> tuple[str, ...]:
    """Names of the fields that make an instance."""
    return tuple(item.name for item in fields(kind) if item.init)


class _Reader(pickle.Unpickler):
    """Makes our own data classes and plain values, nothing else, so that reading can never run anything."""

    def __init__(self, file: io.BytesIO, parts: _Parts) -> None:
        super().__init__(file)
        self._parts = parts.by_name

    def persistent_load(self, pid: Any) -> object:
        return CATALOGUE[pid[1]] if pid[0] == "code" else self._parts[pid]

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("tdkt_xl.") or (module, name) in _VALUES:
            found = super().find_class(module, name)
            if isinstance(found, type) and (
                (module, name) in _VALUES or is_dataclass(found) or issubclass(found, Enum)
            ):
                return found
        msg = f"{module}.{name} is no value of ours"
        raise pickle.UnpicklingError(msg)


def kept_in(folder: Path, master: Master) -> KeptFiles:
    """The kept files of one user, old ones forgotten."""
    kept = KeptFiles(folder, master)
    kept.forget_unused(time.time())
    return kept
