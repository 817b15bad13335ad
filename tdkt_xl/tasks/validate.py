"""tdkt validate: check received files and write what was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, Severity, severities_by_file
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_records
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.checked_files import FileReport
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.round import Progress, Round, check_round
from tdkt_xl.writers.findings_book import build_findings_book
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.publish import publish


@dataclass(frozen=True)
class Validation:
    """The checked round and the outputs written for it."""

    round: Round
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]
    removed: tuple[Path, ...] = ()
    """Marked copies of earlier runs that were moved away."""

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt validate --json``."""
        return {
            "files": [
                {
                    "path": report.name,
                    "sha256": report.sha256,
                    "status": report.status,
                    "unit": report.unit or None,
                    "cluster": report.cluster or None,
                    "period": report.period or None,
                }
                for report in self.round.files
            ],
            "findings": as_records(self.findings),
        }


def source_paths(paths: Sequence[Path]) -> dict[str, Path]:
    """Shown name → path of every received file, for hyperlinks."""
    received, _ = find_workbooks(paths)
    return {file.name: file.path.resolve() for file in received}


def output_remarks(out: Path, inputs: Sequence[Path]) -> list[Finding]:
    """Warn when results are written among the received files (KT-810)."""
    target = out.resolve()
    folders = [path.resolve() for path in inputs if path.is_dir()]
    return [machine.OUTPUT_AMONG_INPUTS.at(path=str(out)) for folder in folders if target == folder]


def file_rows(files: Sequence[FileReport], findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Rows of the overview sheet: what became of each file, with its counts."""
    counts = severities_by_file(findings)
    none: Counter[Severity] = Counter()
    return [
        {
            "number": number,
            "path": report.name,
            "status": report.status,
            "cluster": report.cluster,
            "period": report.period,
            "unit": report.unit,
            "errors": counts.get(report.name, none)[Severity.ERROR],
            "warnings": counts.get(report.name, none)[Severity.WARNING],
            "notes": counts.get(report.name, none)[Severity.NOTE],
            "sha256": report.sha256,
        }
        for number, report in enumerate(files, start=1)
    ]


def validate(
    paths: Sequence[Path],
    master: Master,
    out: Path | None,
    progress: Progress | None = None,
    *,
    kept: KeptFiles | None = None,
    reading: Reading | None = None,
) -> Validation:
    """Check files and folders; with ``out``, write ket-qua-kiem-tra.xlsx there.

    ``kept`` holds what earlier runs found in files that have not changed since, ``reading`` passwords and
    wider limits. Received files are only
    read. Raises TdktError for a missing path or an unwritable ``out``.
    """
    checked = check_round(paths, master, progress, reading, kept=kept)
    if out is None:
        return Validation(checked, checked.findings, ())
    layout = load_layout("ket-qua-kiem-tra")
    links = SourceLinks(out.resolve(), source_paths(paths))
    content = build_findings_book(
        file_rows(checked.files, checked.findings), checked.findings, links, organisation_of(master)
    )
    written, notes = publish(content, out / layout.file_name)
    remarks = [*notes, *output_remarks(out, paths)]
    return Validation(checked, (*checked.findings, *remarks), (written,))
