"""What tells one state of the program from another, so that nothing kept outlives a change of it."""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tdkt_xl import __version__

_PACKAGE = Path(__file__).resolve().parent.parent
_READER = "python_calamine"
_LATER_SUFFIXES = (".pyc", ".pyo")


def program_digest() -> str:
    """Digest of what makes another reading of the same workbook possible.

    Every file of ours by path, size and time, the installed packages, Python.
    """
    return hashlib.sha256("\n".join(_marks()).encode()).hexdigest()


def _marks() -> Iterator[str]:
    yield f"{__version__} {sys.version}"
    reader = importlib.util.find_spec(_READER)
    if reader is not None and reader.origin:  # its folder changes when any package beside it is replaced
        yield str(Path(reader.origin).parent.parent.stat().st_mtime_ns)
    yield from _files(str(_PACKAGE))


def _files(folder: str) -> Iterator[str]:
    """Path, size and time of every file that is no by-product of running."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if entry.is_dir():
                if entry.name not in {"__pycache__", "manual"}:
                    yield from _files(entry.path)
            elif not entry.name.endswith(_LATER_SUFFIXES):
                facts = entry.stat()
                yield f"{entry.path} {facts.st_size} {facts.st_mtime_ns}"
