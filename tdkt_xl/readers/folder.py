"""Find the received workbooks among the given files and folders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes.between_files import FOLDER_WITHOUT_BOOKS, SKIPPED_FILE
from tdkt_xl.findings.codes.files import TEMPORARY_FILE
from tdkt_xl.findings.codes.machine import PATH_MISSING
from tdkt_xl.readers.own_files import JOURNAL, RECORDS
from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.vietnamese.text import nfc

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm"})
_SYSTEM_FILES = frozenset({"desktop.ini", "thumbs.db", JOURNAL, f"{JOURNAL}.torn"})


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file to open: where it lies, and the name people see (relative to the given folder, NFC)."""

    path: Path
    name: str


def find_workbooks(paths: Sequence[Path]) -> tuple[list[ReceivedFile], list[Finding]]:
    """List the workbooks of the given paths in natural order, each file once.

    A given file is always taken. In folders, files that are not workbooks give SKIPPED_FILE, files of
    an open Excel or LibreOffice TEMPORARY_FILE; hidden and system files are passed over; linked
    folders are not followed. A folder without workbooks gives FOLDER_WITHOUT_BOOKS. A path that does
    not exist raises TdktError.
    """
    found: dict[Path, ReceivedFile] = {}
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            files = _in_folder(path, findings)
        elif path.exists():
            files = [ReceivedFile(path, nfc(path.name))]
        else:
            raise TdktError(PATH_MISSING, path=str(path))
        for file in files:
            found.setdefault(file.path.resolve(), file)
    return list(found.values()), findings


def _in_folder(folder: Path, findings: list[Finding]) -> list[ReceivedFile]:
    """The workbooks of a folder and its folders; notes about other files are added to ``findings``."""
    files = [ReceivedFile(path, nfc(path.relative_to(folder).as_posix())) for path in _walk(folder)]
    books = []
    skipped = 0
    for file in sorted(files, key=_order):
        place = Place(file.name)
        extension = file.path.suffix.lower()
        if _is_temporary(file.path.name):
            findings.append(TEMPORARY_FILE.at(place))
        elif file.path.name.startswith(".") or file.path.name.lower() in _SYSTEM_FILES:
            continue
        elif extension in _WORKBOOKS:
            books.append(file)
        else:
            skipped += 1
            findings.append(SKIPPED_FILE.at(place, extension=extension or "không có đuôi"))
    if not books:
        place = Place(nfc(folder.name or folder.resolve().name))
        findings.append(FOLDER_WITHOUT_BOOKS.at(place, count=skipped))
    return books


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder; hidden and linked folders are not entered."""
    for path in folder.iterdir():
        if path.is_dir():
            if not path.is_symlink() and not path.name.startswith(".") and path.name != RECORDS:
                yield from _walk(path)
        else:
            yield path


def _order(file: ReceivedFile) -> tuple[object, ...]:
    """Natural order of names, folder by folder."""
    return (*(sort_key(part) for part in file.name.split("/")), file.name)


def _is_temporary(name: str) -> bool:
    return name.startswith("~$") or (name.startswith(".~lock.") and name.endswith("#"))
