"""Read the result of the round before from its consolidated workbook."""

from decimal import Decimal
from pathlib import Path

from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import read_rows
from tdkt_xl.tables.locate import find_table
from tdkt_xl.writers.statistics_sheets import LastResult

_RANKING = load_layout("tong-hop-huyen").sheet("ranking")


def read_last_round(path: Path) -> dict[str, LastResult]:
    """Unit code → result of the round before, from the sheet "Xếp hạng" of its tong-hop-huyen.xlsx.

    Raises TdktError KT-801 (no such file) and KT-806 (not a consolidated workbook).
    """
    if not path.is_file():
        raise TdktError(machine.PATH_MISSING, path=str(path))
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
