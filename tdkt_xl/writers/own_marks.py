"""By what our marks in a workbook are known: how notes and titles begin, the name of the sheet."""

from tdkt_xl.tables.grid import Grid

PREFIX = "[TĐ]"
RESULT_SHEET = "Kết quả kiểm tra"


def is_ours(text: str) -> bool:
    """Tell a note of ours."""
    return text.startswith(PREFIX)


def has_result_name(sheet: str) -> bool:
    """Tell a name that a sheet of ours may have."""
    return sheet.startswith(RESULT_SHEET)


def is_result_sheet(grid: Grid) -> bool:
    """Tell the sheet that a check has left in a workbook."""
    return has_result_name(grid.sheet) and is_ours(str(grid.value(1, 1) or ""))
