"""Put a case into a folder, run its command, and say what was found the way .findings files do."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import check_round
from tests.tools.corpus.case import Case, masters
from tests.tools.forms import master_from

STARTER = "mau"
"""The master data that travel with the product."""


@cache
def master_of(name: str) -> Master:
    """Master data of the corpus by name."""
    if name == STARTER:
        return load_master(Path(__file__).resolve().parents[3] / "workbooks" / "danh-muc.xlsx")
    return master_from(masters()[name])


def found(case: Case) -> list[str]:
    """Every finding of a case, sorted."""
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
            findings = check_round(paths, master).findings
    return sorted(line(finding, one_file=len(case.files) == 1) for finding in findings)


def line(finding: Finding, *, one_file: bool) -> str:
    """A finding as one line; the file is left out where there is only one."""
    place = str(finding.place)
    if one_file:
        place = place.removeprefix(f"[{finding.place.file}]")
    return f"{place} {finding.code.id}".strip()
