"""Hyperlinks from a result workbook to a cell of a received file."""

import os
from pathlib import Path

from tdkt_xl.findings import Place
from tdkt_xl.writers.book import Link


class SourceLinks:
    """Makes links relative to the folder of the result, so that both can move together."""

    def __init__(self, out: Path, sources: dict[str, Path]) -> None:
        self._out = out
        self._sources = sources

    def to(self, place: Place, text: str) -> Link | str:
        """Link to a place; plain text when the file is unknown or its path cannot stand in a link."""
        path = self._sources.get(place.file)
        if path is None:
            return text
        try:
            relative = os.path.relpath(path, self._out)
        except ValueError:  # another drive on Windows
            relative = str(path)
        if "#" in relative or len(relative) > 200:
            return text
        sheet = place.sheet.replace("'", "''")
        spot = f"#'{sheet}'!{place.cell or 'A1'}" if sheet else ""
        return Link(f"external:{relative}{spot}", text)
