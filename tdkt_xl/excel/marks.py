"""Marks in a workbook: notes that begin with [TĐ], a fill, and a results sheet; all can be taken away.

The former fill of a cell is written in the last line of its note, so that it travels with the cell when
rows are inserted or sorted. A cell with somebody else's note, or a fill that could not be restored exactly
(gradient, hatching), is left as it is.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from tdkt_xl.excel.calls import as_text, draw_borders, set_up_page
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.session import ExplainedError, stop
from tdkt_xl.findings.code import Finding, Severity
from tdkt_xl.findings.render import fix, message, repair

if TYPE_CHECKING:
    import xlwings as xw

PREFIX = "[TĐ]"
RESULT_SHEET = "Kết quả kiểm tra"
FIRST_ROW = 5
_HEADINGS = ("STT", "Mức", "Mã", "Trang", "Ô", "Vấn đề", "Cách sửa")
_WIDTHS = (5, 10, 8, 18, 7, 52, 40)
_FONT = "Times New Roman"
_HEAD_HEIGHT = 21
_LINE_COLOUR = (166, 166, 166)
_COLOURS = {Severity.ERROR: (255, 199, 206), Severity.WARNING: (255, 235, 156)}
_FORMER = re.compile(
    r"\(màu cũ: (?:(không)|(giữ nguyên)|RGB (\d+) (\d+) (\d+)|chủ đề (\d+) (-?[\d.e-]+))\)\s*$"
)
_SOLID, _NO_PATTERN = 1, -4142
_PERMISSIONS = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


@dataclass(frozen=True)
class Marked:
    """How many cells were marked, and how many were left because their note is somebody else's."""

    cells: int
    left: int


def cells_to_mark(findings: Sequence[Finding]) -> dict[tuple[str, int, int], list[Finding]]:
    """Errors and warnings by cell: (sheet, row, column)."""
    found: dict[tuple[str, int, int], list[Finding]] = {}
    for finding in findings:
        for place in (finding.place, *finding.also):
            if place.cell and finding.severity in _COLOURS:
                found.setdefault((place.sheet, place.row, place.column), []).append(finding)
    return found


def put_marks(book: "xw.Book", findings: Sequence[Finding]) -> Marked:
    """Replace our marks in a workbook by those of the findings, and write the results sheet.

    Raises ExplainedError, with nothing changed, when the workbook or a sheet is locked by a password.
    """
    cells = cells_to_mark(findings)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    touched = {name for name, _, _ in cells} | {sheet.name for sheet, _ in _our_notes(book)}
    _refuse_locked_structure(book)
    marked = left = 0
    with ExitStack() as stack:
        for name in touched & sheets.keys():
            stack.enter_context(unlocked(sheets[name]))
        _clear_notes(book)
        for (name, row, column), found in cells.items():
            done = name in sheets and _mark(sheets[name][row - 1, column - 1], found)
            marked, left = marked + done, left + (not done)
    _write_results(book, findings, left)
    return Marked(marked, left)


def count_marks(book: "xw.Book") -> tuple[int, int]:
    """How many of our notes and results sheets a workbook holds."""
    return sum(1 for _ in _our_notes(book)), len(result_sheets(book))


def clear_marks(book: "xw.Book") -> int:
    """Take away exactly our notes, fills and results sheets; returns how many cells were restored."""
    if result_sheets(book):
        _refuse_locked_structure(book)
    with ExitStack() as stack:
        for name in {sheet.name for sheet, _ in _our_notes(book)}:
            stack.enter_context(unlocked(book.sheets[name]))
        count = _clear_notes(book)
    for sheet in result_sheets(book):
        sheet.delete()
    return count


# ---- notes and fills


def _our_notes(book: "xw.Book") -> Iterator[tuple["xw.Sheet", Any]]:
    for sheet in book.sheets:
        for note in list(sheet.notes):
            if str(note.text).startswith(PREFIX):
                yield sheet, note


def _clear_notes(book: "xw.Book") -> int:
    count = 0
    for _, note in list(_our_notes(book)):
        cell, text = note.location, str(note.text)
        note.delete()
        _restore_fill(cell, text)
        count += 1
    return count


def _mark(cell: "xw.Range", findings: Sequence[Finding]) -> bool:
    if cell.merge_cells:
        cell = cell.merge_area[0, 0]
    if cell.note is not None:
        return False
    worst = Severity.ERROR if any(item.severity is Severity.ERROR for item in findings) else Severity.WARNING
    lines = [
        f"{item.severity.label} {item.code.id}: {message(item)} Cách sửa: {fix(item)}" for item in findings
    ]
    former = _fill_of(cell)
    cell.add_note(f"{PREFIX} " + "\n".join(lines) + f"\n(màu cũ: {former})")
    if former != "giữ nguyên":
        cell.color = _COLOURS[worst]
    return True


def _fill_of(cell: "xw.Range") -> str:
    """The fill in words that can be read back; xlwings has colours but no patterns and themes."""
    fill = cell.api.Interior
    if fill.Pattern == _NO_PATTERN:
        return "không"
    if fill.Pattern != _SOLID or cell.color is None:
        return "giữ nguyên"
    theme = fill.ThemeColor
    if isinstance(theme, (int, float)) and theme > 0:
        return f"chủ đề {int(theme)} {float(fill.TintAndShade or 0)!r}"
    return "RGB {} {} {}".format(*cell.color)


def _restore_fill(cell: "xw.Range", text: str) -> None:
    former = _FORMER.search(text)
    if former is None or former[2]:
        return
    if former[1]:
        cell.color = None
    elif former[6]:
        cell.api.Interior.Pattern = _SOLID
        cell.api.Interior.ThemeColor = int(former[6])
        cell.api.Interior.TintAndShade = float(former[7])
    else:
        cell.color = (int(former[3]), int(former[4]), int(former[5]))


# ---- protection


def _refuse_locked_structure(book: "xw.Book") -> None:
    if book.api.ProtectStructure:
        stop(
            f"Sổ “{book.name}” đang khoá cấu trúc nên không thêm hay bỏ trang được. Chưa có gì thay đổi.\n\n"
            "Xin bỏ khoá ở thẻ Xem lại (Review), nút Bảo vệ sổ làm việc (Protect Workbook), rồi bấm lại."
        )


@contextmanager
def unlocked(sheet: "xw.Sheet") -> Iterator[None]:
    """Lift a protection without password, and set it again with the same permissions."""
    api = sheet.api
    if not api.ProtectContents:
        yield
        return
    permissions = [bool(getattr(api.Protection, name)) for name in _PERMISSIONS]
    drawings, scenarios = bool(api.ProtectDrawingObjects), bool(api.ProtectScenarios)
    try:
        api.Unprotect("")
    except Exception:
        raise _locked(sheet) from None
    if api.ProtectContents:
        raise _locked(sheet)
    try:
        yield
    finally:
        # By position: password, drawings, contents, scenarios, interface only, then the permissions.
        api.Protect("", drawings, True, scenarios, False, *permissions)


def _locked(sheet: "xw.Sheet") -> ExplainedError:
    return ExplainedError(
        f"Trang “{sheet.name}” được khoá bằng mật khẩu nên không ghi được. Chưa có gì thay đổi.\n\n"
        "Xin bỏ khoá trang (thẻ Xem lại, nút Bảo vệ trang tính) rồi bấm lại."
    )


# ---- the results sheet


def result_sheets(book: "xw.Book") -> list["xw.Sheet"]:
    """The results sheets that checks of this workbook have left."""
    return [
        sheet
        for sheet in book.sheets
        if sheet.name.startswith(RESULT_SHEET) and str(sheet["A1"].value or "").startswith(PREFIX)
    ]


def _write_results(book: "xw.Book", findings: Sequence[Finding], left: int) -> None:
    for sheet in result_sheets(book):
        sheet.delete()
    sheet = book.sheets.add(_free_name(book), after=book.sheets[-1])
    counts = ", ".join(
        f"{sum(item.severity is level for item in findings)} {level.label.lower()}" for level in Severity
    )
    remark = f" {left} ô đã có ghi chú của người khác nên chỉ ghi ở đây." if left else ""
    sheet["A1"].value = f"{PREFIX} KẾT QUẢ KIỂM TRA"
    sheet["A2"].value = f"{counts}. Bấm vào cột Ô để đến đúng chỗ.{remark}"
    sheet["A3"].value = f"Nút {named('tdktClearMarks')} bỏ trang này, các ghi chú và màu đã đánh dấu."
    sheet[FIRST_ROW - 2, 0].value = list(_HEADINGS)
    rows = [_result_row(number, item) for number, item in enumerate(findings, start=1)]
    if rows:
        sheet[FIRST_ROW - 1, 0].value = rows
    for number, item in enumerate(findings):
        _link(sheet[FIRST_ROW - 1 + number, 4], item, book)
    _dress(sheet, len(rows))


def _free_name(book: "xw.Book") -> str:
    names = {sheet.name.casefold() for sheet in book.sheets}
    number, name = 1, RESULT_SHEET
    while name.casefold() in names:
        number += 1
        name = f"{RESULT_SHEET} ({number})"
    return name


def _result_row(number: int, finding: Finding) -> list[object]:
    place = finding.place
    spot = place.cell or (f"dòng {place.row}" if place.row else "")
    words = (finding.severity.label, finding.code.id, place.sheet, spot, message(finding), repair(finding))
    return [number, *(as_text(text) for text in words)]


def _link(cell: "xw.Range", finding: Finding, book: "xw.Book") -> None:
    place = finding.place
    if not place.sheet or place.sheet not in [sheet.name for sheet in book.sheets]:
        return
    sheet = place.sheet.replace("'", "''")
    spot = place.cell or f"A{place.row or 1}"
    shown = place.cell or (f"dòng {place.row}" if place.row else "mở trang")
    cell.add_hyperlink(f"#'{sheet}'!{spot}", shown, f"Đến {place.sheet}, {shown}")


def _dress(sheet: "xw.Sheet", rows: int) -> None:
    table = sheet[FIRST_ROW - 2, 0].resize(rows + 1, len(_HEADINGS))
    sheet["A1"].resize(FIRST_ROW - 1 + rows, len(_HEADINGS)).font.name = _FONT
    draw_borders(table, _LINE_COLOUR)
    set_up_page(sheet, FIRST_ROW - 1, _FONT)
    for index, width in enumerate(_WIDTHS):
        sheet[0, index].column_width = width
    sheet["A1"].font.bold = True
    sheet["A1"].font.size = 14
    head = sheet[FIRST_ROW - 2, 0].resize(1, len(_HEADINGS))
    head.font.bold = True
    head.color = (217, 225, 242)
    head.horizontal_alignment = head.vertical_alignment = "center"
    sheet[FIRST_ROW - 2, 0].row_height = _HEAD_HEIGHT
    if not rows:
        return
    body = sheet[FIRST_ROW - 1, 0].resize(rows, len(_HEADINGS))
    body.vertical_alignment = "top"
    sheet[FIRST_ROW - 2, 0].resize(rows + 1, 1).horizontal_alignment = "center"
    sheet[FIRST_ROW - 1, 3].resize(rows, 4).wrap_text = True
    for number, words in enumerate(body.options(ndim=2).value):
        texts = zip(_WIDTHS, words, strict=True)
        lines = max(ceil(len(str(text or "")) / width) for width, text in texts)
        sheet[FIRST_ROW - 1 + number, 0].row_height = min(15 * lines + 3, 300)
