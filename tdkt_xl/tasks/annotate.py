"""tdkt validate --annotate and tdkt unmark: mark a copy of a received workbook; take the marks out again."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import copies
from tdkt_xl.findings.codes.machine import CHANGED_MEANWHILE
from tdkt_xl.findings.render import as_records
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.readers.received import open_received
from tdkt_xl.readers.sniff import Kind, sniff, sniff_members
from tdkt_xl.readers.xls_gate import Compound
from tdkt_xl.readers.zip_gate import Package
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tasks.checked_files import FileReport
from tdkt_xl.tasks.put_aside import other_copies, put_aside
from tdkt_xl.tasks.validate import Validation, source_paths
from tdkt_xl.writers.marking import annotate as write_marks
from tdkt_xl.writers.own_marks import has_result_name, is_result_sheet
from tdkt_xl.writers.patching import open_patch
from tdkt_xl.writers.publish import carry_origin, publish
from tdkt_xl.writers.unmarking import take_marks_away

FOLDER = "danh-dau"
_MARKED, _UNMARKED = " (đã đánh dấu)", " (đã bỏ đánh dấu)"
_EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


@dataclass(frozen=True)
class Annotation:
    """Shown name of each received file that got a marked copy → that copy, and what was found on the way."""

    copies: dict[str, Path]
    findings: tuple[Finding, ...]
    moved: tuple[Path, ...] = ()
    """Copies of earlier runs that were moved away, where they were."""


def annotate(result: Validation, paths: Sequence[Path], out: Path) -> Annotation:
    """Write a marked copy of every checked workbook with findings to ``out/danh-dau``.

    ``paths`` are those that were checked; the received files stay as they are. Findings: KT-180 … KT-182
    and KT-184 for a file without a copy, KT-185 for cells left alone, KT-811 for a file that changed since,
    KT-883 and KT-884 for copies of earlier runs that have no place here any more.
    """
    sources = source_paths(paths)
    written: dict[str, Path] = {}
    findings: list[Finding] = []
    for report in result.round.files:
        own = [item for item in result.round.findings if item.place.file == report.name]
        source = sources.get(report.name)
        if not own or report.sha256 is None or source is None:
            continue
        target = _free(out / FOLDER / Path(report.name).parent, report.name, written.values())
        copy, found = _mark_copy(report, source, own, target)
        findings += found
        if copy:
            written[report.name] = copy
    aside = put_aside(out, other_copies(out, out / FOLDER, _MARKED, sources, written.values()))
    return Annotation(written, (*findings, *aside.findings), aside.moved)


def annotated(result: Validation, paths: Sequence[Path], out: Path) -> Validation:
    """The result of a check with the marked copies among its outputs."""
    done = annotate(result, paths, out)
    return replace(
        result,
        findings=(*result.findings, *done.findings),
        outputs=(*result.outputs, *done.copies.values()),
        removed=done.moved,
    )


def _mark_copy(
    report: FileReport, source: Path, own: Sequence[Finding], target: Path
) -> tuple[Path | None, Sequence[Finding]]:
    content = source.read_bytes()
    if hashlib.sha256(content).hexdigest() != report.sha256:
        return None, [CHANGED_MEANWHILE.at(Place(report.name))]
    kind = kind_of(content)
    if kind is not Kind.XLSX:
        return None, [copies.NOT_ANNOTATED.at(Place(report.name), content=kind.value)]
    clean = take_marks_away(content, report.name, _result_sheets(source, report.name, content))
    outcome = write_marks(clean.value.content, report.name, own) if clean.value else None
    if outcome is None or outcome.value is None:
        return None, clean.findings if outcome is None else outcome.findings
    copy, notes = publish(outcome.value, target.with_suffix(extension_of(content, target.suffix)))
    carry_origin(source, copy)
    return copy, [*outcome.findings, *notes]


def kind_of(content: bytes) -> Kind:
    """What a readable workbook is."""
    kind = sniff(content)
    if kind is Kind.OLE:
        return Compound(content).kind
    if kind is not Kind.ZIP:
        return kind
    package = Package(content)
    return sniff_members(package.names, package.read("mimetype") or b"")


def extension_of(content: bytes, suffix: str) -> str:
    """The ending under which Excel opens a workbook without asking."""
    types = Package(content).read("[content_types].xml") or b""
    if suffix.lower() in _EXTENSIONS:
        return suffix
    return ".xlsm" if b"macroEnabled" in types else ".xlsx"


def _free(folder: Path, name: str, taken: Iterable[Path]) -> Path:
    """Where the copy of a file goes; two files given under one name get two copies."""
    own = Path(name)
    stem = own.stem.removesuffix(_MARKED)
    used = {path.stem for path in taken if path.parent == folder}
    number, wanted = 1, f"{stem}{_MARKED}"
    while wanted in used:
        number += 1
        wanted = f"{stem} ({number}){_MARKED}"
    return folder / f"{wanted}{own.suffix}"


def _result_sheets(path: Path, name: str, content: bytes) -> frozenset[str]:
    """Names of our sheets in a workbook, which is read again only when one may be there."""
    patch = open_patch(content, name).value
    if patch is None or not any(map(has_result_name, patch.sheets)):
        return frozenset()
    book = open_received(path, name).value
    return result_sheets(book) if book else frozenset()


def result_sheets(book: ReceivedBook) -> frozenset[str]:
    """Names of the sheets that an earlier check left in a workbook."""
    return frozenset(grid.sheet for grid in book.grids if is_result_sheet(grid))


# ---- back


@dataclass(frozen=True)
class Unmarking:
    """What was taken out of one workbook; ``path`` is None when there was nothing to take."""

    path: Path | None
    notes: int
    sheets: int
    exact: bool
    findings: tuple[Finding, ...]

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt unmark --json``."""
        return {
            "output": str(self.path) if self.path else None,
            "notes": self.notes,
            "sheets": self.sheets,
            "exact": self.exact,
            "findings": as_records(self.findings),
        }


def unmark(path: Path, out: Path | None = None) -> Unmarking:
    """Write a copy of a marked workbook without our marks, to ``out`` or beside the file.

    A copy marked by ``annotate`` and not saved by another program since comes back with the bytes it was
    received with (``exact``). Findings: those of reading the file, KT-180 … KT-187. Raises TdktError KT-801,
    KT-803.
    """
    ((file,), _) = find_workbooks([path])
    outcome = open_received(file.path, file.name)
    if outcome.value is None:
        return Unmarking(None, 0, 0, False, outcome.findings)
    content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != outcome.value.sha256:
        raise TdktError(CHANGED_MEANWHILE, Place(file.name))
    kind = kind_of(content)
    if kind is not Kind.XLSX:
        found = copies.NOT_ANNOTATED.at(Place(file.name), content=kind.value)
        return Unmarking(None, 0, 0, False, (found,))
    taken = take_marks_away(content, file.name, result_sheets(outcome.value))
    if taken.value is None:
        return Unmarking(None, 0, 0, False, taken.findings)
    if not (taken.value.notes or taken.value.sheets):
        return Unmarking(None, 0, 0, False, (copies.NO_MARKS.at(Place(file.name)),))
    target = (out or path.parent) / f"{path.stem.removesuffix(_MARKED)}{_UNMARKED}{path.suffix}"
    written, notes = publish(taken.value.content, target)
    carry_origin(path, written)
    findings = (*taken.findings, *notes)
    return Unmarking(written, taken.value.notes, taken.value.sheets, taken.value.exact, findings)
