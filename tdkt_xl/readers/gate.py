"""Take one received file through the gate: bytes once, checks, values, facts, in that order."""

import hashlib
import os
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes.files import ACTIVE_CONTENT, EMPTY_FILE, NOT_A_WORKBOOK, PASSWORD, WRONG_EXTENSION
from tdkt_xl.findings.codes.intake import OPENED_WITH_PASSWORD
from tdkt_xl.readers import limits
from tdkt_xl.readers.active_content import active_content
from tdkt_xl.readers.cells import SheetCells, read_cells
from tdkt_xl.readers.decryption import decrypt
from tdkt_xl.readers.facts import SheetFacts
from tdkt_xl.readers.ods_gate import check_ods
from tdkt_xl.readers.ooxml_gate import check_xlsx, workbook_links
from tdkt_xl.readers.refusal import RefusedError, broken, unsafe
from tdkt_xl.readers.saved import saved_day
from tdkt_xl.readers.sniff import READABLE, Kind, sniff, sniff_members
from tdkt_xl.readers.xls_gate import Compound, check_xls
from tdkt_xl.readers.xlsb_gate import check_xlsb
from tdkt_xl.readers.zip_gate import Package
from tdkt_xl.tables.grid import Grid, ReceivedBook

_EXTENSIONS: dict[Kind, frozenset[str]] = {
    Kind.XLSX: frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"}),
    Kind.XLSB: frozenset({".xlsb"}),
    Kind.XLS: frozenset({".xls", ".xlt"}),
    Kind.ODS: frozenset({".ods", ".ots"}),
}
_GATES = {Kind.XLSX: check_xlsx, Kind.XLSB: check_xlsb, Kind.ODS: check_ods}


def open_behind_gate(path: Path, name: str, passwords: Sequence[str] = ()) -> Outcome[ReceivedBook]:
    """Open a received file in this process; it is read once and never written.

    Callers want ``open_received``, which does this in a process of its own.

    Findings: CANNOT_OPEN, PASSWORD, NOT_A_WORKBOOK, EMPTY_FILE or UNSAFE_FILE (no value then),
    WRONG_EXTENSION and ACTIVE_CONTENT (beside a value).
    """
    findings: list[Finding] = []
    try:
        data = _read_bytes(path)
        grids, saved_on = _open(data, path.suffix, name, findings, passwords)
    except RefusedError as refusal:
        return Outcome(None, (*findings, refusal.finding(name)))
    digest = hashlib.sha256(data).hexdigest()
    return Outcome(ReceivedBook(name, digest, grids, len(data), saved_on), tuple(findings))


def _read_bytes(path: Path) -> bytes:
    """Bytes of the file, which must stand still while it is read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise broken(reason="đây không phải là tệp")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(limits.FILE_BYTES + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError as fault:
        raise broken(reason="tệp không còn ở chỗ cũ") from fault
    except PermissionError as fault:
        raise broken(reason="tệp đang bị khoá hoặc máy không cho phép đọc") from fault
    except OSError as fault:
        raise broken(reason="ổ đĩa hoặc mạng báo lỗi khi đọc tệp") from fault
    if len(data) > limits.FILE_BYTES:
        raise unsafe(reason=f"tệp lớn hơn {limits.FILE_BYTES // limits.MEBIBYTE} MB")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise broken(reason="tệp đang được ghi dở, hãy lưu và đóng Excel")
    return data


def _open(
    data: bytes, extension: str, name: str, findings: list[Finding], passwords: Sequence[str] = ()
) -> tuple[tuple[Grid, ...], date | None]:
    """Take the bytes through the gate of their kind: the sheets and the day of the last save.

    Warnings are added to ``findings``.
    """
    kind = sniff(data)
    package = compound = None
    if kind is Kind.ZIP:
        package = Package(data)
        kind = _package_kind(package)
    elif kind is Kind.OLE:
        compound = Compound(data)
        kind = compound.kind
        if kind is Kind.ENCRYPTED and passwords:
            content = decrypt(data, compound, passwords)
            findings.append(OPENED_WITH_PASSWORD.at(Place(name)))
            return _open(content, extension, name, findings)
    shown = extension or "(trống)"
    if kind not in READABLE:
        raise _not_a_workbook(kind, shown)
    place = Place(name)
    if extension.lower() not in _EXTENSIONS[kind]:
        findings.append(WRONG_EXTENSION.at(place, extension=shown, content=kind.value))
    if package is not None:
        active = active_content(package.names, workbook_links(package) if kind is not Kind.ODS else ())
        readable, facts = _GATES[kind](package)
    else:
        assert compound is not None  # XLS is the only readable kind that is not a package
        active = active_content(compound.names)
        readable, facts = check_xls(compound)
    if active:
        findings.append(ACTIVE_CONTENT.at(place, content=", ".join(active)))
    saved_on = saved_day(package, kind) if package is not None else None
    return _grids(name, read_cells(readable, kind), facts), saved_on


def _package_kind(package: Package) -> Kind:
    """Kind of a ZIP container; a workbook's directory is checked before any part is inflated."""
    names = package.names
    kind = sniff_members(names, b"")
    if kind is Kind.ZIP and "mimetype" not in names:
        return kind
    package.check()
    return sniff_members(names, package.read("mimetype") or b"")


def _not_a_workbook(kind: Kind, extension: str) -> RefusedError:
    if kind is Kind.EMPTY:
        return RefusedError(EMPTY_FILE)
    if kind is Kind.ENCRYPTED:
        return RefusedError(PASSWORD)
    if kind is Kind.ZEROS:
        return broken(reason="tệp chỉ gồm byte 0, có thể tải về hoặc đồng bộ dở dang")
    return RefusedError(NOT_A_WORKBOOK, extension=extension, content=kind.value)


def _grids(file: str, sheets: Sequence[SheetCells], all_facts: Sequence[SheetFacts]) -> tuple[Grid, ...]:
    """Join values and facts; both readers must have seen the same sheets and as many cells."""
    if not sheets:
        raise broken(reason="sổ không có trang số liệu nào")
    if len(sheets) != len(all_facts):
        raise broken(reason="hai cách đọc cho kết quả khác nhau")
    return tuple(_grid(file, cells, facts) for cells, facts in zip(sheets, all_facts, strict=True))


def _grid(file: str, cells: SheetCells, facts: SheetFacts) -> Grid:
    agreed = facts.filled <= cells.filled <= facts.filled + facts.doubtful
    if not agreed or facts.name not in ("", cells.name):
        raise broken(reason="hai cách đọc cho kết quả khác nhau", sheet=cells.name)
    return Grid(
        file,
        cells.name,
        cells.rows,
        cells.state,
        tuple(facts.merges) or cells.merges,
        frozenset(facts.hidden_rows),
        frozenset(facts.hidden_columns),
        frozenset(facts.formulas),
        frozenset(facts.uncached),
        facts.errors,
        fonts=facts.fonts,
        setup=facts.setup,
        looks=facts.looks,
        main_font=facts.main_font,
        percents=frozenset(facts.percents),
    )
