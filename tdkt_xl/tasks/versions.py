"""One version of a file somebody sent: read and checked alone, to be laid beside another."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, in_reading_order
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.readers.received import open_received
from tdkt_xl.readers.saved_time import Saved, saved_time
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.old_text import restore_book
from tdkt_xl.tasks.checked_files import check_files
from tdkt_xl.tasks.submissions import Submission
from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True)
class Version:
    """A file, read and checked alone; ``book`` is None when it could not be read."""

    name: str
    sha256: str
    saved: Saved
    book: ReceivedBook | None
    submission: Submission | None
    findings: tuple[Finding, ...]

    @property
    def sender(self) -> tuple[str, str, str]:
        """Period, cluster and, of a single unit's file, the unit: what both versions must share."""
        item = self.submission
        if item is None:
            return "", "", ""
        unit = item.sheets[0].unit_name if len(item.sheets) == 1 and not item.summary else ""
        cluster = item.cluster.code if item.cluster else comparison_key(item.cluster_text)
        return item.period.key if item.period else "", cluster, comparison_key(unit)


def read_version(path: Path, master: Master) -> Version:
    """Read and check one file alone. Raises TdktError KT-801."""
    ((file,), _) = find_workbooks([path])
    outcome = open_received(file.path, file.name)
    ((checked,), loose) = check_files([(file, outcome)], master)
    content = path.read_bytes()
    book = restore_book(outcome.value, []) if outcome.value else None
    findings = tuple(in_reading_order([*checked.opening, *checked.findings, *loose]))
    digest = hashlib.sha256(content).hexdigest()
    return Version(file.name, digest, saved_time(content), book, checked.submission, findings)
