"""Start the processes a command will need, before its packages are loaded."""

from pathlib import Path

from tdkt_xl.readers.received import prepare_reading
from tdkt_xl.schemas.apart import prepare_checking


def prepare(first: Path | None = None) -> None:
    """Start the reading and the checking process now, without waiting for either.

    ``first`` is what will be opened first, under its own name: it is read meanwhile.
    """
    prepare_reading(first)
    prepare_checking()
