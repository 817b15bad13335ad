"""What the commands are given: master data, days, and what earlier runs found."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.tasks.kept_files import KeptFiles


def prepare(master: Path | None) -> None:
    """Start the processes of a command; the master data are read and pandera is loaded meanwhile."""
    from tdkt_xl.findings import TdktError
    from tdkt_xl.tasks.prepare import prepare as start

    try:
        path = master_file(master)
    except TdktError:  # said when the master data are asked for
        path = None
    known = path is None or not path.is_file() or _are_kept()
    start(None if known else path)


def _are_kept() -> bool:
    """Tell whether master data were kept by an earlier run: most likely they need not be read then."""
    from tdkt_xl.tasks.kept_master import KEPT

    folder = own_folder()
    return folder is not None and (folder / KEPT).is_file()


def master_file(path: Path | None) -> Path:
    """The chosen master data, else the one that travels with the product."""
    from tdkt_xl.tasks.resources import default_master

    return path or default_master()


def read_master(path: Path | None) -> "Master":
    """Load the chosen master data, else the one that travels with the product.

    Not read again when neither they nor the program have changed since an earlier run.
    """
    from tdkt_xl.tasks.kept_master import load_master

    return load_master(master_file(path), own_folder())


def own_folder() -> Path | None:
    """The folder of the user's own; None where there can be none: nothing is kept from run to run then."""
    from tdkt_xl.excel.settings import state_folder

    try:
        return state_folder()
    except OSError:
        return None


def kept_for(master: "Master", fresh: bool) -> "KeptFiles | None":
    """What earlier runs found in files that have not changed since; None to read every file again."""
    from tdkt_xl.tasks.kept_files import kept_in

    folder = None if fresh else own_folder()
    return kept_in(folder, master) if folder else None


def read_day(text: str) -> date:
    """A day typed as year-month-day; raises TdktError KT-808."""
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.codes import machine

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TdktError(machine.BAD_DAY, text=text) from None


def read_day_of_decision(text: str) -> date:
    """The day of a decision already taken; raises TdktError KT-808, KT-895 for a day to come."""
    from tdkt_xl.excel.recording import today
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.codes import machine

    day = read_day(text)
    if day > today():
        raise TdktError(machine.DAY_AHEAD, found=day, today=today())
    return day
