"""What a user would write: pandas reads each file with openpyxl, sums, ranks, writes with openpyxl.

``python -m tests.benchmarks.plain_loop plain|styled OUT.xlsx FILE…``. It checks nothing, knows one
layout only, and does not link a number to its cell.
"""

import sys
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet


def _lines(file: str, name: str, sheet: pd.DataFrame) -> list[dict[str, Any]]:
    """Score lines of a sheet: rows with a maximum below the headings."""
    heads = [at for at in sheet.index if "Điểm cụm chấm" in set(sheet.loc[at])]
    if not heads:
        return []
    columns = {str(value): at for at, value in sheet.loc[heads[0]].items()}
    found = []
    for at in range(heads[0] + 1, len(sheet)):
        row = sheet.loc[at]
        own, given = row[columns["Điểm tự chấm"]], row[columns["Điểm cụm chấm"]]
        if pd.notna(given):
            found.append(
                {
                    "Tệp nguồn": file,
                    "Trang nguồn": name,
                    "Dòng": at + 1,
                    "Tiêu chí": row[0],
                    "Nội dung": row[1],
                    "Điểm tối đa": row[2],
                    "Tự chấm": own,
                    "Cụm chấm": given,
                    "Điểm tính": pd.to_numeric(given, errors="coerce"),
                }
            )
    return found


def consolidate(paths: list[str]) -> dict[str, pd.DataFrame]:
    """Ranking and detail of all files."""
    lines: list[dict[str, Any]] = []
    for path in paths:
        sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
        for name, sheet in sheets.items():
            lines += _lines(Path(path).name, str(name), sheet)
    detail = pd.DataFrame(lines)
    totals = detail.groupby(["Tệp nguồn", "Trang nguồn"], sort=False)["Điểm tính"].sum().reset_index()
    totals["Hạng"] = totals.groupby("Tệp nguồn")["Điểm tính"].rank(method="min", ascending=False)
    return {"Xếp hạng": totals, "Điểm chi tiết": detail}


def write_plain(tables: dict[str, pd.DataFrame], out: str) -> None:
    """Write with to_excel."""
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=name, index=False)


def write_styled(tables: dict[str, pd.DataFrame], out: str) -> None:
    """Write cell by cell, with styles made for each cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        sheet: Worksheet = book.create_sheet(name)
        rows = [list(table.columns), *table.to_numpy().tolist()]
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, value)
                side = Side(style="thin")
                cell.font = Font(name="Times New Roman", size=11, bold=number == 1)
                cell.border = Border(left=side, right=side, top=side, bottom=side)
                cell.alignment = Alignment(vertical="center", wrap_text=True)
                if number == 1:
                    cell.fill = PatternFill("solid", fgColor="DCE6F1")
    book.save(out)


def main() -> None:
    """Run the loop."""
    style, out, *paths = sys.argv[1:]
    write = {"plain": write_plain, "styled": write_styled}[style]
    write(consolidate(paths), out)


if __name__ == "__main__":
    main()
