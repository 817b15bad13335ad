"""Open received files: always in a reading process, one for the whole run of the product."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tdkt_xl.findings import Outcome
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.isolation import IsolatedReader
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.tables.grid import ReceivedBook

_USUAL = IsolatedReader()
atexit.register(_USUAL.close)


def prepare_reading(first: Path | None = None) -> None:
    """Start the reading process now, so that it is ready once heavy packages are loaded.

    ``first`` is what will be opened first, under its own name: it is read meanwhile.
    """
    if first is None:
        _USUAL.start()
    else:
        _USUAL.expect(ReceivedFile(first, first.name))


@contextmanager
def reader_for(reading: Reading | None = None) -> Iterator[IsolatedReader]:
    """The reader of this run; one of its own when passwords or wider limits are asked for."""
    if reading is None or reading == Reading():
        yield _USUAL
        return
    with IsolatedReader(reading) as reader:
        yield reader


def open_received(path: Path, name: str) -> Outcome[ReceivedBook]:
    """Open a received file shown to people as ``name``; the file is read once and never written.

    Findings: CANNOT_OPEN, PASSWORD, NOT_A_WORKBOOK, EMPTY_FILE or UNSAFE_FILE (no value then), KT-160 …
    KT-162 for a file that broke the reader, WRONG_EXTENSION, ACTIVE_CONTENT, KT-164 … KT-166 (beside a
    value).
    """
    (outcome,) = _USUAL.read([ReceivedFile(path, name)])
    return outcome
