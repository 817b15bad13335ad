"""Read the result of the round before."""

from decimal import Decimal
from pathlib import Path

from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import read_rows
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tasks.large_rows import LargeRows, read_large
from tdkt_xl.tasks.result_files import result_book
from tdkt_xl.vietnamese.numbers import exact
from tdkt_xl.writers.score_parts import RANKING
from tdkt_xl.writers.statistics_sheets import LastResult

_RANKING = load_layout("tong-hop-huyen").sheet("ranking")


def read_last_round(path: Path) -> dict[str, LastResult]:
    """Unit code → result of the round before, from its consolidated workbook (or the folder of it).

    Of a large round, from the tables beside tong-hop-lon.xlsx. Raises TdktError KT-801 (no such file),
    KT-806 (not a consolidated workbook), KT-862, KT-870 (tables that cannot be read).
    """
    path = result_book(path)
    if not path.is_file():
        raise TdktError(machine.PATH_MISSING, path=str(path))
    large = read_large(path)
    return _of_tables(large) if large else _of_workbook(path)


def _of_tables(large: LargeRows) -> dict[str, LastResult]:
    found = {}
    for row in large.table(RANKING, ["unit_code", "period", "total", "rank"]):
        total, rank = row["total"], row["rank"]
        if row["unit_code"]:
            found[str(row["unit_code"])] = LastResult(
                str(row["period"] or ""),
                exact(total) if isinstance(total, Decimal) else None,
                rank if isinstance(rank, int) else None,
            )
    return found


def _of_workbook(path: Path) -> dict[str, LastResult]:
    received = open_received(path, path.name)
    if received.value is None:
        raise TdktError(machine.NOT_CONSOLIDATED_BOOK, path=str(path), reason=": tệp không đọc được")
    tables = (find_table(grid, [_RANKING]).value for grid in received.value.grids)
    table = next((found for found in tables if found), None)
    if table is None:
        reason = f": thiếu trang {_RANKING.name}"
        raise TdktError(machine.NOT_CONSOLIDATED_BOOK, path=str(path), reason=reason)
    moot: list[Finding] = []  # our own output: what cannot be read any more is simply not known
    found = {}
    for row in read_rows(table, {}, moot):
        code, total, rank = row.text("unit_code"), row.values.get("total"), row.values.get("rank")
        if code:
            found[code] = LastResult(
                row.text("period"),
                total if isinstance(total, Decimal) else None,
                rank if isinstance(rank, int) else None,
            )
    return found
