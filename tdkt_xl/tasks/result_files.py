"""Which workbook is the result of a folder of results: that of a small round, or that of a large one."""

import json
from pathlib import Path

from tdkt_xl.readers.own_files import RECORDS

SMALL_NAME = "tong-hop-huyen.xlsx"
LARGE_NAME = "tong-hop-lon.xlsx"


def result_in(out: Path, first: str = "") -> Path:
    """The result in a folder: ``first`` where it is there; of two, the one made last.

    A folder without any gives the path of a small one.
    """
    there = [name for name in (LARGE_NAME, SMALL_NAME) if (out / name).is_file()]
    if first in there or len(there) < 2:
        return out / (first if first in there else [*there, SMALL_NAME][0])
    return out / _made_last(out)


def result_book(path: Path) -> Path:
    """The workbook of a result: the path itself, or the result in a folder."""
    return result_in(path) if path.is_dir() else path


def _made_last(out: Path) -> str:
    """Of the two, the one the last consolidation wrote; where no record tells, the younger file."""
    try:
        record = json.loads((out / RECORDS / "consolidate.json").read_bytes())
        written = [Path(item["path"]).stem for item in record["outputs"]]
    except (OSError, ValueError, KeyError, TypeError):  # no record of ours
        written = []
    for name in (LARGE_NAME, SMALL_NAME):
        # "tong-hop-lon (1)" is what is written while the workbook itself is open in Excel
        if any(stem.startswith(Path(name).stem) for stem in written):
            return name
    return max((LARGE_NAME, SMALL_NAME), key=lambda name: (out / name).stat().st_mtime_ns)
