"""Put aside the files of earlier runs that the results of this run do not stand for any more.

A letter whose number shifted, the marked copy of a book that is right by now: left beside the new files
they would be sent by mistake. Only a file that still is, byte for byte, what the record of a run says may
be moved; what people changed or put there is named and left.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import outputs
from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.tasks.manifest import digest_of, read_record, where_from
from tdkt_xl.writers.publish import retire

_NAMED = 8
_EDITED_BY_PEOPLE = frozenset({".docx", ".xlsx", ".xlsm"})
_FOREIGN = "không do phần mềm lập"
_CHANGED = "đã được sửa sau khi lập"
_HELD = "đang mở hoặc bị khoá"


@dataclass(frozen=True, slots=True)
class PutAside:
    """Where the files moved away were, and what to tell: KT-883, KT-884."""

    moved: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def put_aside(out: Path, old: Iterable[Path]) -> PutAside:
    """Move files of ``old`` that earlier runs into ``out`` wrote to ``ban-cu`` beside them.

    Only for the run that holds the lock of ``out``, after it wrote its own files, which are not among
    ``old``. Raises TdktError KT-803.
    """
    present = sorted(path for path in dict.fromkeys(old) if path.is_file())
    digests = _digests(out) if present else {}
    moved: list[Path] = []
    left: dict[str, list[Path]] = {}
    for path in present:
        known = digests.get(where_from(out, path))
        if known is None:
            left.setdefault(_FOREIGN, []).append(path)
        elif digest_of(path) not in known:
            left.setdefault(_CHANGED, []).append(path)
        elif retire(path):
            moved.append(path)
        else:
            left.setdefault(_HELD, []).append(path)
    findings = [outputs.OLD_FILES_MOVED.at(count=len(moved), names=_names(out, moved))] if moved else []
    findings += [
        outputs.OLD_FILES_LEFT.at(count=len(paths), reason=reason, names=_names(out, paths))
        for reason, paths in left.items()
    ]
    return PutAside(tuple(moved), tuple(findings))


def edited_files(out: Path) -> dict[Path, str]:
    """Letters and copies in folders of ``out`` that people changed since a run wrote them, with SHA-256."""
    found = {}
    for name, known in _digests(out).items():
        path = out / name
        if "/" in name and path.suffix.lower() in _EDITED_BY_PEOPLE:
            digest = digest_of(path)
            if digest is not None and digest not in known:
                found[path] = digest
    return found


def is_untouched(out: Path, path: Path) -> bool:
    """Tell whether a file still is what the record of a run into ``out`` says it wrote there."""
    return digest_of(path) in _digests(out).get(where_from(out, path), ())


def about_replaced(out: Path, edited: Mapping[Path, str], written: Iterable[Path]) -> list[Finding]:
    """Say which files people had changed were written anew (KT-886); what they changed is in ``ban-cu``."""
    paths = sorted(path for path in written if path in edited and digest_of(path) != edited[path])
    if not paths:
        return []
    return [outputs.EDITED_FILES_REPLACED.at(count=len(paths), names=_names(out, paths))]


def other_documents(folder: Path, written: Iterable[Path]) -> list[Path]:
    """The documents of a folder, as people send them, besides those just written."""
    ours = set(written)
    return [
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.suffix.lower() in {".doc", ".docm", ".docx", ".odt", ".pdf", ".rtf"}
        and not path.name.startswith(("~$", "."))
        and path not in ours
    ]


def other_copies(
    out: Path, folder: Path, mark: str, sources: Mapping[str, Path], written: Iterable[Path]
) -> list[Path]:
    """Copies "<tên><mark>" in a folder of ``out`` that this run did not write though it was theirs to write.

    ``sources`` are the files of this run by their shown names; a file an earlier run had that is gone by
    now, or was renamed, counts too. A received file is never among the copies.
    """
    spared = {path.resolve() for path in (*sources.values(), *written)}
    names = {*sources, *_gone(out)}
    wanted = {(folder / name).with_name(f"{Path(name).stem.removesuffix(mark)}{mark}") for name in names}
    homes = {path.parent for path in wanted}
    stems = {(path.parent, path.name) for path in wanted}
    return [
        path
        for home in homes
        for path in (home.iterdir() if home.is_dir() else ())
        if (home, path.stem) in stems and path.resolve() not in spared
    ]


def _names(out: Path, paths: list[Path]) -> str:
    shown = [where_from(out, path) for path in paths[:_NAMED]]
    more = len(paths) - len(shown)
    return "; ".join([*shown, *([f"và {more} tệp nữa"] if more else [])])


def _records(out: Path) -> Iterator[Mapping[str, Any]]:
    """The records of runs in a folder of results; one that cannot be read is empty."""
    for path in sorted((out / RECORDS).glob("*.json")):
        yield read_record(path)


def _digests(out: Path) -> dict[str, set[str]]:
    """Where each result lies → every SHA-256 that a run recorded of it."""
    found: dict[str, set[str]] = {}
    for record in _records(out):
        for item in [*record.get("outputs", ()), *record.get("earlier", ())]:
            found.setdefault(item["path"], set()).add(item["sha256"])
    return found


def _gone(out: Path) -> set[str]:
    """Shown names of the files that runs read and that are no longer where they were."""
    inputs = (item for record in _records(out) for item in record.get("inputs", ()))
    return {item["name"] for item in inputs if not (out / item["path"]).exists()}
