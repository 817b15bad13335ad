"""Find the standard workbooks that travel with the package, installed or in a checkout."""

from pathlib import Path

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine

_PACKAGE = Path(__file__).resolve().parent.parent


def workbooks_folder() -> Path:
    """Folder of the standard workbooks and samples; raises TdktError KT-809 when it was lost."""
    for folder in (_PACKAGE / "_workbooks", _PACKAGE.parent / "workbooks"):
        if (folder / "danh-muc.xlsx").is_file():
            return folder
    raise TdktError(machine.DATA_FILE_MISSING, path="workbooks/danh-muc.xlsx")


def default_master() -> Path:
    """The master data used when the clerk names none."""
    return workbooks_folder() / "danh-muc.xlsx"


def samples_folder() -> Path:
    """The sample district: ten received cluster books."""
    return workbooks_folder() / "samples"
