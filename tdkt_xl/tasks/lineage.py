"""The lineage of a result, ho-so-chay/dan-nguon.bin: what ``tdkt trace`` reads, without opening the workbook.

A line of JSON tells the workbook with its digest, the short lists, and where the parts of the long ones
stand; a part is deflated JSON: the rows of one unit, or those about one sheet. It is believed only while
the record of the run names the digests of both files, and both still have them.
"""

import json
import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tdkt_xl.findings.render import say
from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.tasks.result_files import result_book
from tdkt_xl.vietnamese.numbers import exact
from tdkt_xl.vietnamese.text import tidy

LINEAGE = "dan-nguon.bin"
_FORMAT = 1
_WHOLE = ("ranking", "decisions", "sources")
_BY_PART = {"scores": "unit", "findings": "sheet"}
"""Long lists, each with the field whose values it is parted by."""
LINEAGE_SHEETS = (*_WHOLE, *_BY_PART)
Row = dict[str, str]
Cells = Sequence[str | int | float | None]


@dataclass(frozen=True)
class StoredList:
    """A list as cells hold it; a row has a value for each field."""

    fields: Sequence[str]
    rows: Sequence[Cells]


def lineage_of(name: str, digest: str, lists: Mapping[str, StoredList]) -> bytes:
    """The lineage of the workbook ``name``; ``lists`` are those of LINEAGE_SHEETS."""
    parts: list[bytes] = []
    document = {
        "format": _FORMAT,
        "result": {"name": name, "sha256": digest},
        "fields": {sheet: lists[sheet].fields for sheet in LINEAGE_SHEETS},
        "whole": {sheet: lists[sheet].rows for sheet in _WHOLE},
        "parts": {sheet: _parted(lists[sheet], field, parts) for sheet, field in _BY_PART.items()},
    }
    return _compact(document) + b"\n" + b"".join(parts)


def _compact(document: object) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _parted(stored: StoredList, field: str, parts: list[bytes]) -> dict[str, tuple[int, int]]:
    """Add the parts of a list; returns where each stands behind the first line, and its length."""
    at = stored.fields.index(field)
    grouped: dict[str, list[Cells]] = {}
    for row in stored.rows:
        grouped.setdefault(str(row[at] or ""), []).append(row)
    places = {}
    start = sum(map(len, parts))
    for value, group in grouped.items():
        part = zlib.compress(_compact(group), 1)
        parts.append(part)
        places[value] = (start, len(part))
        start += len(part)
    return places


class LineageRows:
    """The rows of a result by its lineage, as texts."""

    def __init__(self, document: Mapping[str, Any], parts: bytes) -> None:
        self._document = document
        self._parts = parts

    def rows(self, sheet: str, values: Container[str] = ()) -> Iterator[Row]:
        """The rows of a sheet; those of a long one only for these units, or about these sheets."""
        fields = self._document["fields"][sheet]
        for cells in self._cells(sheet, values):
            yield dict(zip(fields, map(_shown, cells), strict=True))

    def _cells(self, sheet: str, values: Container[str]) -> Iterator[Cells]:
        if sheet in _WHOLE:
            yield from self._document["whole"][sheet]
            return
        for value, (start, length) in self._document["parts"][sheet].items():
            if value in values:
                yield from json.loads(zlib.decompress(self._parts[start : start + length]))


def _shown(value: str | int | float | None) -> str:
    if value is None:
        return ""
    return tidy(value) if isinstance(value, str) else say(exact(value))


def read_lineage(result: Path) -> LineageRows | None:
    """The lineage of a result (or of its folder); None when it is missing or speaks of other bytes."""
    result = result_book(result)
    folder, name = result.parent, result.name
    recorded = _recorded(folder)
    try:
        content = (folder / RECORDS / LINEAGE).read_bytes()
        book = sha256((folder / name).read_bytes()).hexdigest()
    except OSError:
        return None
    told = (f"{RECORDS}/{LINEAGE}", sha256(content).hexdigest())
    if not {told, (name, book)} <= recorded:
        return None
    head, _, parts = content.partition(b"\n")
    document = json.loads(head)
    if document["format"] != _FORMAT or document["result"] != {"name": name, "sha256": book}:
        return None
    return LineageRows(document, parts)


def _recorded(folder: Path) -> set[tuple[str, str]]:
    """Path and digest of every output that a record of the folder names."""
    found: set[tuple[str, str]] = set()
    try:
        records = [path for path in (folder / RECORDS).iterdir() if path.suffix == ".json"]
    except OSError:
        return found
    for path in records:
        try:
            outputs = json.loads(path.read_bytes())["outputs"]
            found.update((item["path"], item["sha256"]) for item in outputs)
        except (OSError, ValueError, KeyError, TypeError):  # not a record of ours, so it vouches for nothing
            continue
    return found
