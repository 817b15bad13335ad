"""Annotate a copy of a received workbook: coloured cells, notes, and a sheet with everything found."""

from collections.abc import Sequence
from typing import Any

from tdkt_xl.findings import Finding, Outcome, Place, Severity
from tdkt_xl.findings.codes.copies import NOTE_OF_OTHERS
from tdkt_xl.findings.render import message, repair
from tdkt_xl.tables.layout import Column, SheetLayout
from tdkt_xl.writers.book import Book, Link, lines_needed, set_up_page, sheet_name
from tdkt_xl.writers.list_sheet import write_table_head
from tdkt_xl.writers.marks import note_text, worst
from tdkt_xl.writers.own_marks import PREFIX, RESULT_SHEET
from tdkt_xl.writers.patch_styles import Restyle
from tdkt_xl.writers.patching import BookPatch, open_patch
from tdkt_xl.writers.xml_spans import UNPATCHABLE, refusal_of

_COLUMNS = (
    Column("number", "STT", width=6),
    Column("severity", "Mức", width=11),
    Column("code", "Mã", width=9),
    Column("sheet", "Trang", width=20),
    Column("cell", "Ô", width=8),
    Column("message", "Vấn đề", width=58),
    Column("fix", "Cách sửa", width=46),
)
_LAYOUT = SheetLayout("marks", RESULT_SHEET, f"{PREFIX} KẾT QUẢ KIỂM TRA", _COLUMNS)
_TONES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_FIRST_ROW_INDEX = 4


def annotate(content: bytes, file: str, findings: Sequence[Finding]) -> Outcome[bytes]:
    """Mark the cells of the findings in a copy of an .xlsx or .xlsm workbook shown to people as ``file``.

    Findings beside a value: KT-185 for cells left alone because of somebody's note. Without a value:
    KT-180 … KT-182, why no copy can be written.
    """
    opened = open_patch(content, file)
    patch = opened.value
    if patch is None:
        return Outcome(None, opened.findings)
    try:
        others = [
            NOTE_OF_OTHERS.at(Place(file, sheet, *position))
            for sheet in patch.sheets
            for position in _mark_sheet(patch, sheet, findings)
        ]
    except UNPATCHABLE as fault:
        return Outcome(None, (refusal_of(fault, file),))
    name = sheet_name(RESULT_SHEET, patch.sheets)
    patch.add_sheet(_results(findings, patch.sheets, len(others)), name)
    outcome = patch.finish(record=True)
    return Outcome(outcome.value, (*others, *outcome.findings))


def _mark_sheet(patch: BookPatch, sheet: str, findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """Mark the cells of one sheet; returns those left alone because they hold somebody's note."""
    own = [item for item in findings if item.place.sheet == sheet and item.place.cell]
    if not own:
        return []
    anchor = patch.anchors(sheet)
    cells: dict[tuple[int, int], list[Finding]] = {}
    for item in own:
        for at in dict.fromkeys(anchor((place.row, place.column)) for place in (item.place, *item.also)):
            cells.setdefault(at, []).append(item)
    taken = {note.position for note in patch.notes(sheet)}
    looks = patch.looks(sheet, cells.keys() - taken)
    for position, look in looks.items():
        place = Place("", sheet, *position)
        if look.fill.kind != "other":
            patch.restyle(place, Restyle(mark=worst(cells[position])))
        patch.add_note(place, note_text(cells[position], look))
    return sorted(cells.keys() & taken)


def _results(findings: Sequence[Finding], sheets: Sequence[str], left: int) -> bytes:
    """A workbook whose one sheet lists the findings, each with a link to its cell."""
    counts = ", ".join(
        f"{sum(item.severity is level for item in findings)} {level.label.lower()}" for level in Severity
    )
    remark = f" {left} ô đã có ghi chú của người khác nên chỉ ghi ở đây." if left else ""
    with Book(_LAYOUT.title) as book:
        sheet = book.add_sheet(RESULT_SHEET)
        book.put(sheet, 0, 0, _LAYOUT.title, book.style("title_left"))
        book.put(sheet, 1, 0, f"{counts}. Bấm vào cột Ô để đến đúng chỗ.{remark}", book.style("plain"))
        note = "Nút Xoá đánh dấu trên thẻ Thi đua, hoặc lệnh tdkt unmark, bỏ trang này và các dấu trong sổ."
        book.put(sheet, 2, 0, note, book.style("plain"))
        write_table_head(book, sheet, _LAYOUT, _FIRST_ROW_INDEX - 1)
        for number, item in enumerate(findings, start=1):
            _write_row(book, sheet, number, item, sheets)
        last = _FIRST_ROW_INDEX + len(findings) - 1
        set_up_page(sheet, _LAYOUT, _FIRST_ROW_INDEX - 1, last)
        sheet.freeze_panes(_FIRST_ROW_INDEX, 0)
        return book.content()


def _write_row(book: Book, sheet: Any, number: int, item: Finding, sheets: Sequence[str]) -> None:
    place, tone = item.place, _TONES.get(item.severity)
    spot = place.cell or (f"dòng {place.row}" if place.row else "")
    link: Link | str = spot
    if place.sheet in sheets:
        name = place.sheet.replace("'", "''")
        link = Link(f"internal:'{name}'!{place.cell or f'A{place.row or 1}'}", spot or "mở trang")
    center = book.style("text_center", *([tone] if tone else []))
    row = _FIRST_ROW_INDEX + number - 1
    values = (number, item.severity.label, item.code.id, place.sheet, link, message(item), repair(item))
    for index, value in enumerate(values):
        style = center if index < 3 else book.style("text")
        book.put(sheet, row, index, value, style)
    texts = zip(values, _COLUMNS, strict=True)
    lines = max(lines_needed(str(value), column.width) for value, column in texts if isinstance(value, str))
    sheet.set_row(row, 15.5 * lines + 3)
