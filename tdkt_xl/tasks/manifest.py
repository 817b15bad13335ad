"""What the record of a run says: inputs, outputs, rules and versions, each file with its SHA-256."""

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from tdkt_xl import __version__
from tdkt_xl.findings import Finding, Place, Severity
from tdkt_xl.findings.codes import between_files
from tdkt_xl.readers.folder import ReceivedFile, find_workbooks
from tdkt_xl.tables.layout import LAYOUT_IDS, load_layout
from tdkt_xl.writers.publish import BACKUP_FOLDER

_FORMAT = 2
_LIBRARIES = ("python-calamine", "openpyxl", "XlsxWriter", "pandas", "pandera", "defusedxml", "filelock")
_TIMES = frozenset({"started", "finished", "user", "modified_ns"})
"""Parts of a record that differ between two runs over the same data: when, by whom, copied when."""

_LISTS = ("inputs", "outputs", "earlier")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run used and made.

    ``inputs`` are the paths as given (files or folders), ``read`` the SHA-256 of each file by its shown
    name as it was when read; ``master`` is the master-data file; ``arguments`` other choices of the run,
    never names of people; ``removed`` are results of earlier runs that it took away.
    """

    inputs: Sequence[Path]
    outputs: Sequence[Path]
    findings: Sequence[Finding]
    read: Mapping[str, str | None] = field(default_factory=dict)
    master: Path | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    removed: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """An input as it was before the run: a file and its digest."""

    file: ReceivedFile
    sha256: str | None


def look_at(inputs: Sequence[Path]) -> list[Seen]:
    """The files of the inputs as they are now."""
    received, _ = find_workbooks(inputs)
    return [Seen(file, digest_of(file.path)) for file in received]


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def describe(
    task: str, ran: Ran, before: Sequence[Seen], folder: Path
) -> tuple[dict[str, Any], list[Finding]]:
    """The record of a run as seen from its results folder, and KT-545 for each input changed meanwhile."""
    inputs, findings = _inputs(ran, before, folder)
    levels = Counter(finding.severity.value for finding in ran.findings)
    manifest: dict[str, Any] = {
        "format": _FORMAT,
        "task": task,
        "arguments": dict(ran.arguments),
        "program": _program(),
        "rules": _rules_digest(),
        "forms": _forms(),
        "master": ran.master and _entry(ran.master.name, ran.master, digest_of(ran.master), folder),
        "inputs": inputs,
        "findings": {
            **{level.value: levels[level.value] for level in Severity},
            "codes": dict(sorted(Counter(finding.code.id for finding in ran.findings).items())),
        },
        "outputs": [
            _entry(path.name, path, digest_of(path), folder) for path in sorted(dict.fromkeys(ran.outputs))
        ],
        "removed": [where_from(folder, path) for path in sorted(ran.removed)],
    }
    return manifest, findings


def read_record(path: Path) -> dict[str, Any]:
    """A record as a run wrote it; empty for a file that is none, or is one no longer."""
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and all(_lists_files(record, name) for name in _LISTS) else {}


def _lists_files(record: Mapping[str, Any], name: str) -> bool:
    listed = record.get(name, [])
    return isinstance(listed, list) and all(
        isinstance(item, dict) and item.keys() >= {"name", "path", "sha256"} for item in listed
    )


def still_there(last: Mapping[str, Any], manifest: Mapping[str, Any], folder: Path) -> list[dict[str, Any]]:
    """What earlier runs of the task wrote that the new record neither wrote again nor took away."""
    settled = {*(item["path"] for item in manifest["outputs"]), *manifest["removed"]}
    return [
        item
        for item in [*last.get("outputs", ()), *last.get("earlier", ())]
        if item["path"] not in settled and (folder / item["path"]).is_file()
    ]


def _inputs(ran: Ran, before: Sequence[Seen], folder: Path) -> tuple[list[dict[str, object]], list[Finding]]:
    """Each input with the digest of what was read, and KT-545 for what was another file at the end.

    A file that came during the run was not read; one that is an output, or was one, is told as that.
    """
    known = {seen.file.path: seen.sha256 for seen in before}
    received, _ = find_workbooks([path for path in ran.inputs if path.exists()])
    files_ = {file.path: file for file in [*(seen.file for seen in before), *received]}
    inputs: list[dict[str, object]] = []
    findings: list[Finding] = []
    for path, file in files_.items():
        came = bool(before) and path not in known
        if _lies_in(path, ran.outputs) or (came and path.parent.name == BACKUP_FOLDER):
            continue
        now = digest_of(path)
        read = ran.read.get(file.name) or (known.get(path) if before else now)
        if read != now:
            findings.append(between_files.CHANGED_DURING_RUN.at(Place(file.name)))
        if read:
            inputs.append(_entry(file.name, path, read, folder))
    return inputs, findings


def _lies_in(path: Path, outputs_: Iterable[Path]) -> bool:
    resolved = path.resolve()
    return any(resolved == output.resolve() for output in outputs_)


def _entry(name: str, path: Path, digest: str | None, folder: Path) -> dict[str, object]:
    """A file by its shown name, where it lies as seen from the results folder, its digest and size."""
    facts = path.stat() if path.exists() else None
    return {
        "name": name,
        "path": where_from(folder, path),
        "sha256": digest,
        "bytes": facts.st_size if facts else None,
        "modified_ns": facts.st_mtime_ns if facts else None,
    }


def where_from(folder: Path, path: Path) -> str:
    """Where a file lies as seen from a folder."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return path.absolute().as_posix()


def _program() -> dict[str, object]:
    libraries = {}
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            libraries[name] = version(name)
    return {"tdkt_xl": __version__, "python": platform.python_version(), "libraries": libraries}


@cache
def _rules_digest() -> str:
    """SHA-256 over every file of the shipped rule packs."""
    digest = hashlib.sha256()
    for name, content in sorted(_below(files("tdkt_xl.rules") / "packs", "")):
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _below(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".toml"):
            yield prefix + item.name, item.read_bytes()


def _forms() -> dict[str, int]:
    """Version of each form the program knows."""
    sheets = [sheet for name in LAYOUT_IDS for sheet in load_layout(name).sheets]
    return {sheet.form: sheet.version for sheet in sheets if sheet.form}


def without_times(record: Any) -> Any:
    """A record without what may differ between two runs over the same data."""
    if isinstance(record, dict):
        return {key: without_times(value) for key, value in record.items() if key not in _TIMES}
    return [without_times(item) for item in record] if isinstance(record, list) else record


def as_bytes(manifest: Mapping[str, object]) -> bytes:
    """The record as it is written."""
    return json.dumps(manifest, ensure_ascii=True, indent=1, sort_keys=True).encode("ascii") + b"\n"
