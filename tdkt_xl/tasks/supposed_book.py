"""Read suppositions from a workbook (gia-dinh.xlsx): one changed fact a row, each fault at its cell."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tdkt_xl.findings import Finding, Outcome, TdktError, has_errors
from tdkt_xl.findings.codes import files, machine
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.standard_book import read_sheets
from tdkt_xl.tasks.suppositions import Misread, Supposition, understand

LAYOUT = load_layout("gia-dinh")
_NEEDED = ("subject", "fact", "value")


def load_suppositions(path: Path) -> Outcome[list[Supposition]]:
    """Return the suppositions of a workbook, or no value after an error.

    May report what reading a workbook may, KT-114 (no such sheet), KT-222 (blank) and KT-755 (not
    understood). Raises TdktError KT-801 when there is no such file.
    """
    if not path.is_file():
        raise TdktError(machine.PATH_MISSING, path=str(path))
    received = open_received(path, path.name)
    if received.value is None:
        return Outcome(None, received.findings)
    findings: list[Finding] = list(received.findings)
    rows = read_sheets(received.value, LAYOUT, findings)
    sheet = LAYOUT.sheet("suppositions")
    if sheet.id not in rows:
        findings.append(files.SHEET_MISSING.at(expected=sheet.name))
        return Outcome(None, tuple(findings))
    found = list(_supposed(rows[sheet.id], findings))
    return Outcome(None if has_errors(findings) else found, tuple(findings))


def _supposed(rows: list[ListRow], findings: list[Finding]) -> Iterator[Supposition]:
    for row in rows:
        subject, what, value = (row.text(name) for name in _NEEDED)
        if not (subject and what and value) or row.bad:
            continue  # a blank cell was reported
        year = row.values.get("year")
        told = f"{subject}: {what}{f' {year}' if year else ''}={value}"
        read = understand(subject, what, year if isinstance(year, int) else 0, value, told)
        if isinstance(read, Misread):
            findings.append(
                codes.UNKNOWN_SUPPOSITION.at(row.place(read.field), text=told, reason=read.reason)
            )
        else:
            yield replace(read, place=row.place("subject"))
