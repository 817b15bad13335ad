"""Chuyển mã chữ: texts of the selection from TCVN3, VNI or misread UTF-8 to Unicode, after a preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import as_text
from tdkt_xl.excel.checking import is_foreign_form, refuse_received, results_folder
from tdkt_xl.excel.marks import unlocked
from tdkt_xl.excel.recording import recorded
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.vietnamese.legacy import legacy_font, unicode_font

if TYPE_CHECKING:
    import xlwings as xw

    from tdkt_xl.tasks.convert_text import Conversion

_SHOWN, _LONGEST = 8, 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell, its font, and what its text means."""

    row: int
    column: int
    font: str
    meant: "Conversion"


def convert(session: Session) -> None:
    """Show what the selection's texts would become, confirm, back up, write; formulas stay."""
    book = session.book
    sheet = book.sheets.active
    area = _selected_area(session, sheet)
    with session.working("Đang đọc vùng chọn …"):
        readings, mixed = read_selection(sheet, area)
    certain = [item for item in readings if item.meant.certain]
    if not certain:
        session.tell(_nothing(readings, mixed))
        return
    refuse_received(session, book)
    if book.api.ReadOnly or is_foreign_form(session, book):
        stop(
            f"“{book.name}” là sổ nhận được nên được giữ nguyên. "
            f"Xin dùng nút {named('tdktRepair')}: chữ được chuyển mã trong bản sao."
        )
    from tdkt_xl.excel.filling import backup_home

    home = backup_home(book, results_folder(session))
    if session.ask(_question(sheet, area, readings, mixed, home)):
        _write(session, sheet, certain, home)


def read_selection(sheet: "xw.Sheet", area: "xw.Range") -> tuple[list[Reading], int]:
    """Texts of the area that are not what they seem, and how many cells mix fonts and are left alone."""
    from tdkt_xl.tasks.convert_text import preview_conversion

    values = area.options(ndim=2).value
    formula = area.formula
    formulas = formula if isinstance(formula, (tuple, list)) else [[formula]]  # a bare one for a single cell
    places, texts, fonts, mixed = [], [], [], 0
    for row, cells in enumerate(values):
        for column, value in enumerate(cells):
            if not isinstance(value, str) or value.isascii() or str(formulas[row][column]).startswith("="):
                continue
            font = sheet[area.row - 1 + row, area.column - 1 + column].font.name
            if font is None:
                mixed += 1
                continue
            places.append((area.row + row, area.column + column))
            texts.append(value)
            fonts.append(str(font))
    found = preview_conversion(texts, fonts)
    return [Reading(*places[item.index], fonts[item.index], item) for item in found], mixed


def _selected_area(session: Session, sheet: "xw.Sheet") -> "xw.Range":
    """The part of the selection that is in use; explains what cannot be taken."""
    selected = session.app.selection
    if selected is None:
        stop("Xin chọn các ô có chữ cần chuyển mã rồi bấm lại.")
    if "," in selected.address:
        stop("Xin chọn một vùng ô liền nhau rồi bấm lại.")
    used = sheet.used_range
    top, left = max(selected.row, used.row), max(selected.column, used.column)
    bottom = min(selected.last_cell.row, used.last_cell.row)
    right = min(selected.last_cell.column, used.last_cell.column)
    if top > bottom or left > right:
        stop("Vùng đang chọn không có chữ nào. Xin chọn các ô có chữ cần chuyển mã rồi bấm lại.")
    return sheet.range((top, left), (bottom, right))


def _nothing(readings: Sequence[Reading], mixed: int) -> str:
    doubtful = f"\n\n{_doubtful(readings)}" if readings else ""
    return f"Vùng đang chọn không có chữ nào chắc chắn ở bảng mã cũ.{doubtful}{_mixed(mixed)}"


def _question(
    sheet: "xw.Sheet", area: "xw.Range", readings: Sequence[Reading], mixed: int, home: Path
) -> str:
    certain = [item for item in readings if item.meant.certain]
    lines = [_line(sheet, item) for item in certain[:_SHOWN]]
    more = len(certain) - _SHOWN
    lines += [f"… và {more} ô nữa."] if more > 0 else []
    doubtful = [item for item in readings if not item.meant.certain]
    shown = "\n".join(lines)
    return (
        f"Chuyển {len(certain)} ô của vùng {area.get_address(False, False)}, trang “{sheet.name}”, "
        f"sang Unicode:\n\n{shown}\n\n"
        f"{_doubtful(doubtful) + chr(10) * 2 if doubtful else ''}"
        "Phông của bảng mã cũ được đổi sang phông Unicode. Công thức, số và ô khác giữ nguyên. "
        f"Bản hiện nay được sao vào “{home}”; phần mềm không lưu sổ.{_mixed(mixed)} Chuyển?"
    )


def _line(sheet: "xw.Sheet", item: Reading) -> str:
    address = sheet[item.row - 1, item.column - 1].get_address(False, False)
    return f"{address}: “{_short(item.meant.before)}” → “{_short(item.meant.after)}”"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _doubtful(readings: Sequence[Reading]) -> str:
    first = readings[0].meant
    return (
        f"{len(readings)} ô đọc được cả hai cách nên giữ nguyên, ví dụ “{_short(first.before)}” "
        f"hay “{_short(first.after)}”."
    )


def _mixed(count: int) -> str:
    return f" {count} ô có nhiều phông trong một ô, chưa chuyển." if count else ""


def _write(session: Session, sheet: "xw.Sheet", certain: Sequence[Reading], home: Path) -> None:
    from tdkt_xl.excel.filling import back_up

    with (
        session.working("Đang chuyển mã chữ …"),
        unlocked(sheet),
        recorded(home, "convert-text", about=str(sheet.book.name)) as record,
    ):
        backup = back_up(sheet.book, home)
        record([backup], arguments={"sheet": sheet.name, "cells": str(len(certain))})
        session.settings.add("filled", str(home))
        for item in certain:
            cell = sheet[item.row - 1, item.column - 1]
            cell.value = as_text(item.meant.after)
            if legacy_font(item.font):
                cell.font.name = unicode_font(item.font)
    session.status = f"Đã chuyển mã {len(certain)} ô, chưa lưu"
    session.tell(
        f"Đã chuyển {len(certain)} ô sang Unicode. Sổ CHƯA được lưu: xin xem lại rồi tự lưu (Ctrl+S).\n\n"
        f"Bản trước khi chuyển: {backup}"
    )
