"""Put a case into a folder, run its command, and say what was found the way .findings files do."""

import re
import shlex
from collections.abc import Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import check_round
from tdkt_xl.writers.master_book import build_master_book
from tests.tools.corpus.case import Case, masters
from tests.tools.forms import OFFICE, master_from
from tests.tools.runs import Run, tdkt

STARTER = "mau"
"""The master data that travel with the product."""
_TOLD = re.compile(r"(?:Lỗi|Cảnh báo|Ghi chú) (KT-\d{3}) · ")


@cache
def master_of(name: str) -> Master:
    """Master data of the corpus by name."""
    if name == STARTER:
        return load_master(Path(__file__).resolve().parents[3] / "workbooks" / "danh-muc.xlsx")
    return master_from(masters()[name])


@cache
def _master_book(name: str) -> bytes:
    return build_master_book(masters()[name], OFFICE)


def found(case: Case) -> list[str]:
    """Every finding of a case, sorted."""
    if case.lines:
        with TemporaryDirectory() as folder:
            return sorted(said(last_run(case, Path(folder))))
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / "nhan"
        inbox.mkdir()
        for name, data in case.files.items():
            (inbox / name).write_bytes(data)
        master = master_of(case.master)
        if case.command == "consolidate":
            findings = consolidate(inbox, master, Path(folder) / "ra").findings
        else:
            paths = (
                [inbox]
                if len(case.files) > 1 or case.command == "folder"
                else [inbox / next(iter(case.files))]
            )
            reading = Reading(("không biết",)) if case.command == "password" else None
            findings = check_round(paths, master, reading=reading).findings
    return sorted(line(finding, one_file=len(case.files) == 1) for finding in findings)


def last_run(case: Case, folder: Path) -> Run:
    """Lay out the files, type the command lines there, and return what the last one printed."""
    for name, data in {**case.files, "danh-muc.xlsx": _master_book(case.master)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with chdir(folder):
        *before, last = [tdkt(*shlex.split(line)[1:]) for line in case.lines]
    assert [run.stderr for run in before if run.code == 2] == []
    return last


def said(run: Run) -> list[str]:
    """The findings of a run: of its JSON document, else of what it told a person."""
    if run.stdout.startswith("{"):
        return [_recorded(record) for record in run.document["findings"]]
    return _TOLD.findall(run.stdout + run.stderr)


def _recorded(record: Mapping[str, str | None]) -> str:
    file = f"[{record['path']}]" if record["path"] else ""
    spot = "!".join(part for part in (record["sheet"], record["cell"]) if part)
    return f"{file}{spot} {record['code']}".strip()


def line(finding: Finding, *, one_file: bool) -> str:
    """A finding as one line; the file is left out where there is only one."""
    place = str(finding.place)
    if one_file:
        place = place.removeprefix(f"[{finding.place.file}]")
    return f"{place} {finding.code.id}".strip()
