"""What the commands are given: master data, days, and what earlier runs found."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.tasks.kept_files import KeptFiles


def prepare(master: Path | None) -> None:
    """Start the reading process, which reads the master data while the heavy packages load."""
    from tdkt_xl.findings import TdktError
    from tdkt_xl.readers.received import prepare_reading

    try:
        path = master_file(master)
    except TdktError:  # said when the master data are asked for
        return
    prepare_reading(path if path.is_file() else None)


def master_file(path: Path | None) -> Path:
    """The chosen master data, else the one that travels with the product."""
    from tdkt_xl.tasks.resources import default_master

    return path or default_master()


def read_master(path: Path | None) -> "Master":
    """Load the chosen master data, else the one that travels with the product."""
    from tdkt_xl.tasks.master import load_master

    return load_master(master_file(path))


def kept_for(master: "Master", fresh: bool) -> "KeptFiles | None":
    """What earlier runs found in files that have not changed since; None to read every file again."""
    from tdkt_xl.excel.settings import state_folder
    from tdkt_xl.tasks.kept_files import kept_in

    try:
        return None if fresh else kept_in(state_folder(), master)
    except OSError:  # no folder of the user's own: every file is read, as with --fresh
        return None


def read_day(text: str) -> date:
    """A day typed as year-month-day; raises TdktError KT-808."""
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.codes import machine

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TdktError(machine.BAD_DAY, text=text) from None
