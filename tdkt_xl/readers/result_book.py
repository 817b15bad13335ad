"""Read a few sheets of a result of ours quickly: values only, as a clerk may have saved them again.

A result lies in the clerk's own folder and can be looked into hundreds of times; the reading process and
the full gate, which received files go through, would cost ten times as much. The container's directory is
checked all the same.
"""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes.machine import NOT_CONSOLIDATED_BOOK, PATH_MISSING
from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import RefusedError
from tdkt_xl.readers.zip_gate import Package
from tdkt_xl.tables.grid import Grid

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def read_result_sheets(path: Path, names: Iterable[str]) -> dict[str, Grid]:
    """The named sheets of a workbook, those it has; a damaged or foreign file raises TdktError KT-806.

    Raises KT-801 when there is no file. Formulas give their stored results.
    """
    if not path.is_file():
        raise TdktError(PATH_MISSING, path=str(path))
    from python_calamine import CalamineWorkbook  # not loaded where there is no earlier result

    try:
        data = _bytes(path)
        Package(data).check()
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: _grid(book, path.name, name) for name in names if name in set(book.sheet_names)}
    except (OSError, RefusedError) as fault:
        raise _unreadable(path) from fault
    except (KeyboardInterrupt, SystemExit, TdktError):
        raise
    except BaseException as fault:  # a panic of the native reader is not an Exception
        raise _unreadable(path) from fault


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > limits.FILE_BYTES:
        raise _unreadable(path)
    return path.read_bytes()


def _unreadable(path: Path) -> TdktError:
    return TdktError(NOT_CONSOLIDATED_BOOK, path=str(path), reason=": tệp không đọc được")


def _grid(book: "CalamineWorkbook", file: str, name: str) -> Grid:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Grid(file, name, tuple(tuple(None if cell == "" else cell for cell in row) for row in rows))
