"""When a workbook says it was last saved.

The day a copy was written on this machine says nothing about the sender's: it is never used.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from tdkt_xl.readers.ooxml_gate import read_relationships, resolve
from tdkt_xl.readers.sniff import Kind
from tdkt_xl.readers.zip_gate import Package

_MODIFIED = re.compile(rb"<(?:[a-z]+:)?modified[^<>]*>([0-9T:Z.+-]{10,40})</")
_VIETNAM = timezone(timedelta(hours=7))


def saved_day(package: Package, kind: Kind) -> date | None:
    """The day of the last save told by an Excel package; None where it tells none."""
    if kind not in {Kind.XLSX, Kind.XLSB}:
        return None
    links = read_relationships(package, "")
    part = next((link for link in links if link.kind == "core-properties" and not link.external), None)
    data = package.read(resolve("", part.target)) if part else None
    match = _MODIFIED.search(data or b"")
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(match[1].decode())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_VIETNAM).date()
