"""Hyperlinks from a result workbook to a cell of a received file."""

import os
import re
from pathlib import Path

from tdkt_xl.findings import Place
from tdkt_xl.writers.book import Link, safe_text

# "#" begins the cell, "%20" would be taken for a space, and a link holds 255 characters with its cell.
_NO_LINK = re.compile(r"#|%[0-9a-f]{2}|.{201}", re.IGNORECASE | re.DOTALL)


class SourceLinks:
    """Makes links relative to the folder of the result, so that both can move together."""

    def __init__(self, out: Path, sources: dict[str, Path]) -> None:
        self._out = out
        self._sources = sources
        self._targets: dict[str, str] = {}

    def to(self, place: Place, text: str) -> Link | str:
        """Link to a place; plain text when the file is unknown or its path cannot stand in a link."""
        if place.file not in self._targets:
            self._targets[place.file] = self._target(place.file)
        target = self._targets[place.file]
        if not target:
            return text
        sheet = place.sheet.replace("'", "''")
        spot = f"#'{sheet}'!{place.cell or 'A1'}" if sheet else ""
        return Link(f"external:{target}{spot}", text)

    def _target(self, file: str) -> str:
        """The path of a file as a link writes it; "" when there is none."""
        path = self._sources.get(file)
        if path is None:
            return ""
        try:
            relative = os.path.relpath(path, self._out)
        except ValueError:  # another drive on Windows
            relative = str(path)
        return "" if _NO_LINK.search(relative) or safe_text(relative) != relative else relative


def source_columns(place: Place, links: SourceLinks) -> dict[str, object]:
    """The columns file, sheet and row of a result row, the row linked to its source."""
    return {
        "file": place.file,
        "sheet": place.sheet,
        "row": links.to(place, str(place.row)) if place.row else "",
    }
