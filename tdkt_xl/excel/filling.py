"""Fill the standard lists of nominations that are open in Excel; the clerk looks at them and saves.

Only the columns of the form are written, found by their headings. Rows that do not fit are inserted inside
the table, above its last row: Excel then moves the signatures and widens print area and filter by itself.
"""

import re
import traceback
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.checking import is_received, load_master, say_counts, say_remarks
from tdkt_xl.excel.marks import unlocked
from tdkt_xl.excel.session import (
    ExplainedError,
    Session,
    as_text,
    is_online,
    path_of,
    save_copy,
    state_folder,
    stop,
)
from tdkt_xl.excel.tracing import grid_of
from tdkt_xl.tables.cells import is_blank, plain_text
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import SheetLayout, load_layout
from tdkt_xl.tables.locate import HEADER_SEARCH_ROWS, Table, find_stamp, find_table, is_ending
from tdkt_xl.writers.book import lines_needed, safe_text
from tdkt_xl.writers.publish import BACKUP_FOLDER

if TYPE_CHECKING:
    import xlwings as xw

    from tdkt_xl.tasks.nominate import Judged

_TOP = f"A1:AZ{HEADER_SEARCH_ROWS}"
_UNCHANGED = "Chưa có gì thay đổi."
_ROW_OF_DATA = 4
"""A row with so many cells filled is one of the list; a line of signatures has fewer."""
_LIKE_A_VALUE = re.compile(
    r"(?:true|false)$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg|tháng)\w*[\W_]*\d", re.IGNORECASE
)
_LONGEST_NAME = 90
_LINE, _MARGIN, _TALLEST, _FONT_SIZE = 15.0, 3.0, 400.0, 11.0

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Part:
    """One list of the form: where its rows begin and how far they may go."""

    sheet: "xw.Sheet"
    table: Table

    @property
    def first(self) -> int:
        """First row of the list."""
        return self.table.first_row

    @cached_property
    def last(self) -> int:
        """Last row before the signatures and the blank row above them; ``first - 1`` when there is none."""
        grid = self.table.grid
        for row in range(self.first, grid.height + 1):
            if self._ends(row):
                gap = row > self.first and all(is_blank(cell) for cell in grid.row(row - 1))
                return row - 1 - gap
        return max(grid.height, self.first - 1)

    def _ends(self, row: int) -> bool:
        """Signatures may have been reworded: whatever is no row of the list ends it."""
        cells = self.table.grid.row(row)
        if all(is_blank(cell) for cell in cells):
            return False
        if is_ending(cells, self.table.layout.signatures):
            return True
        if re.fullmatch(r"\d+([.,]0+)?", self.table.text(row, "number")):
            return False
        filled = sum(bool(self.table.text(row, field)) for field in self.table.columns)
        return filled < _ROW_OF_DATA

    @property
    def filled(self) -> int:
        """Rows that name somebody now."""
        return sum(bool(self.table.text(row, "subject")) for row in range(self.first, self.last + 1))

    @property
    def has_own_columns(self) -> bool:
        """Tell whether the clerk's own columns hold anything beside the rows."""
        ours = set(self.table.columns.values())
        return any(
            not is_blank(cell)
            for row in range(self.first, self.last + 1)
            for column, cell in enumerate(self.table.grid.row(row), start=1)
            if column not in ours
        )


def is_lists_form(book: "xw.Book") -> bool:
    """Tell the standard lists by the version stamps of their sheets."""
    return bool(_stamped(book))


def fill(session: Session) -> None:
    """Ask the decision day, judge the last consolidated workbook, confirm, back up, fill the open lists."""
    book = session.book
    _refuse_received(session, book)
    parts = find_parts(book)
    path = _consolidated(session)
    if path is None:
        return
    given = session.ask_line(
        f"Lấy số liệu từ “{path.name[:_LONGEST_NAME]}”.\n\n"
        "Ngày quyết định khen thưởng (ngày/tháng/năm; quy định của ngày này được áp dụng):"
    )
    if given is None:
        return
    from tdkt_xl.excel.nominating import read_day
    from tdkt_xl.writers.nominations_book import list_rows, list_subtitles

    day = read_day(given)
    judged = _judge(session, path, day)
    rows = list_rows(judged.nominations)
    if not session.ask(_question(book, parts, rows, path, day)):
        return
    session.settings.keep(consolidated=str(path), results=str(path.parent))
    subtitles = list_subtitles(judged.nominations, judged.regime, day)
    with session.working("Đang điền danh sách đề nghị …"):
        with _unlocked_parts(parts):
            pass  # a password is refused before anything is written
        backup = back_up(book, path.parent)
        _fill_all(parts, rows, subtitles, backup)
        session.app.cut_copy_mode = False
    session.status = f"Đã điền {len(judged.nominations)} đề nghị, chưa lưu"
    session.tell(_report(book, parts, judged, day, backup))


# ---- what is asked and said


def _question(
    book: "xw.Book", parts: Mapping[str, Part], rows: Mapping[str, Rows], path: Path, day: date
) -> str:
    replaced = sum(part.filled for name, part in parts.items() if name != "reasons")
    return (
        f"Điền vào “{book.name}” đang mở:\n"
        f"{len(rows['leaders'])} tập thể dẫn đầu cụm, {len(rows['collectives'])} tập thể, "
        f"{len(rows['individuals'])} cá nhân, kèm {len(rows['reasons'])} dòng căn cứ.\n"
        f"{replaced} dòng đang có trong ba danh sách sẽ được thay.\n\n"
        f"Xét theo quy định của ngày {day:%d/%m/%Y}, số liệu từ “{path}”.\n\n"
        f"Bản hiện nay được sao vào “{path.parent / BACKUP_FOLDER}” trước khi điền. Tiêu đề, chữ ký, "
        "phông chữ, độ rộng cột, các cột và trang khác giữ nguyên. Phần mềm không lưu sổ. Điền?"
    )


def _report(book: "xw.Book", parts: Mapping[str, Part], judged: "Judged", day: date, backup: Path) -> str:
    own = [part.sheet.name for part in parts.values() if part.has_own_columns]
    warning = (
        f"\n\nLưu ý: cột riêng ở trang {', '.join(own)} được giữ nguyên, có thể không còn khớp với dòng mới."
        if own
        else ""
    )
    return (
        f"Đã điền {len(judged.nominations)} đề nghị vào “{book.name}”, xét theo quy định của ngày "
        f"{day:%d/%m/%Y}. {say_counts(judged.findings).capitalize()}.{warning}\n\n"
        "Sổ CHƯA được lưu: xin xem lại rồi tự lưu (Ctrl+S).\n\n"
        f"Bản trước khi điền: {backup}{say_remarks(judged.findings)}"
    )


# ---- what is found before anything is changed


def _stamped(book: "xw.Book") -> dict[str, list["xw.Sheet"]]:
    """Sheets of the book by identifier of the list whose stamp they carry."""
    forms = {sheet.form: sheet.id for sheet in load_layout("danh-sach-de-nghi").sheets}
    found: dict[str, list[xw.Sheet]] = {}
    for sheet in book.sheets:
        values = sheet[_TOP].options(ndim=2).value
        stamp = find_stamp(Grid(book.name, sheet.name, tuple(map(tuple, values))), HEADER_SEARCH_ROWS)
        if stamp and stamp[0] in forms:
            found.setdefault(forms[stamp[0]], []).append(sheet)
    return found


def find_parts(book: "xw.Book") -> dict[str, Part]:
    """The four lists of the form; explains the first thing that keeps them from being filled."""
    stamped = _stamped(book)
    parts = {}
    for layout in load_layout("danh-sach-de-nghi").sheets:
        sheets = stamped.get(layout.id, [])
        if not sheets:
            stop(f"Sổ “{book.name}” thiếu trang “{layout.name}” (dòng “{layout.stamp}”). {_UNCHANGED}")
        if len(sheets) > 1:
            names = ", ".join(f"“{sheet.name}”" for sheet in sheets)
            stop(f"Các trang {names} cùng ghi “{layout.stamp}”. Xin chỉ giữ một trang. {_UNCHANGED}")
        parts[layout.id] = _part(sheets[0], layout)
    return parts


def _part(sheet: "xw.Sheet", layout: SheetLayout) -> Part:
    table = find_table(grid_of(sheet), [layout]).value
    if table is None:
        stop(f"Chưa thấy dòng tiêu đề cột ở trang “{sheet.name}”. {_UNCHANGED}")
    missing = [item.heading for item in layout.columns if item.required and item.field not in table.columns]
    if missing:
        names = ", ".join(f"“{heading}”" for heading in missing)
        stop(
            f"Trang “{sheet.name}” thiếu cột {names} (hoặc có hai cột cùng tên). {_UNCHANGED}\n\n"
            "Xin ghi lại tiêu đề cột như trong mẫu rồi bấm lại."
        )
    part = Part(sheet, table)
    if sheet.api.FilterMode:
        stop(f"Trang “{sheet.name}” đang lọc. Xin bỏ lọc (thẻ Dữ liệu, nút Xoá) rồi bấm lại. {_UNCHANGED}")
    width = max(table.columns.values())
    if (
        part.last >= part.first
        and sheet[part.first - 1, 0].resize(part.last - part.first + 1, width).merge_cells is not False
    ):
        stop(f"Bảng ở trang “{sheet.name}” có ô gộp. Xin bỏ gộp ô trong bảng rồi bấm lại. {_UNCHANGED}")
    return part


def _refuse_received(session: Session, book: "xw.Book") -> None:
    path = path_of(book)
    if path is not None and is_received(session, path):
        stop(
            f"“{book.name}” nằm trong thư mục đã nhận nên được giữ nguyên. "
            "Xin lưu thành tệp khác (F12) rồi bấm lại."
        )


def _consolidated(session: Session) -> Path | None:
    """The last consolidated workbook, else the one the clerk chooses; None when there is no choice."""
    last = session.settings.text("consolidated")
    if last and Path(last).is_file():
        return Path(last)
    return session.choose_file("Chọn sổ tổng hợp (tong-hop-huyen.xlsx)")


def _judge(session: Session, path: Path, day: date) -> "Judged":
    """Judge the file, or what Excel shows of it when it is open there with changes."""
    import tempfile

    from tdkt_xl.excel.nominating import as_seen
    from tdkt_xl.tasks.nominate import judge_consolidated

    shown = session.find_open(path)
    with session.working("Đang xét đề nghị …"), tempfile.TemporaryDirectory(prefix="tdkt-") as folder:
        source = path if shown is None else as_seen(shown, path, Path(folder))
        return judge_consolidated(source, load_master(session), day)


def _unlocked_parts(parts: Mapping[str, Part]) -> ExitStack:
    """Lift the protection of every list; explains, with all of it put back, when there is a password."""
    with ExitStack() as stack:
        for part in parts.values():
            try:
                stack.enter_context(unlocked(part.sheet))
            except ExplainedError:
                stop(
                    f"Trang “{part.sheet.name}” được khoá bằng mật khẩu nên chưa điền được. {_UNCHANGED}\n\n"
                    "Xin bỏ khoá trang (thẻ Xem lại, nút Bảo vệ trang tính) rồi bấm lại."
                )
        return stack.pop_all()


def back_up(book: "xw.Book", folder: Path) -> Path:
    """Copy the workbook as Excel shows it now into the folder's ban-cu; explains when that fails."""
    name = str(book.name)
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, f".{suffix}") if dot and (path_of(book) or is_online(book)) else (name, ".xlsx")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        again = f" ({number})" if number > 1 else ""
        target = folder / BACKUP_FOLDER / f"{stem}.{stamp}{again}{suffix}"
        if not target.exists():
            break
        number += 1
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        save_copy(book, target)
    except Exception:  # the disk or Excel refuses: nothing may be changed without a copy
        stop(f"Chưa sao được bản hiện nay vào “{target.parent}” nên chưa điền. {_UNCHANGED}")
    return target


# ---- writing


def _fill_all(
    parts: Mapping[str, Part], rows: Mapping[str, Rows], subtitles: Mapping[str, str], backup: Path
) -> None:
    try:
        with _unlocked_parts(parts):
            for name, part in parts.items():
                _fill_part(part, rows[name], subtitles[name])
    except Exception as error:
        _log(error)
        words = (
            f"Chưa điền xong: Excel không nhận lệnh ({type(error).__name__}). "
            "Sổ đang mở có thể đã đổi một phần.\n\n"
            "Xin đóng sổ mà KHÔNG lưu rồi mở lại, hoặc dùng bản trước khi điền:\n"
            f"{backup}\n\nNhật ký: {state_folder() / 'tdkt.log'}"
        )
        raise ExplainedError(words) from error


def _log(error: Exception) -> None:
    with suppress(OSError), (state_folder() / "tdkt.log").open("a", encoding="utf-8") as file:
        file.write(f"--- {datetime.now(UTC).isoformat(timespec='seconds')} filling\n")
        file.write("".join(traceback.format_exception(error)))


def _fill_part(part: Part, rows: Rows, subtitle: str) -> None:
    made_here = _row_colour(part) is not None
    last = _make_room(part, len(rows))
    height = last - part.first + 1
    if height < 1:
        return
    for field, column in part.table.columns.items():
        values = [_cell(row.get(field)) for row in rows]
        values += [None] * (height - len(values))
        part.sheet[part.first - 1, column - 1].resize(height, 1).value = [[value] for value in values]
    _set_heights(part, rows)
    if made_here:
        _recolour(part, rows, height)
    _write_subtitle(part, subtitle)


def _make_room(part: Part, count: int) -> int:
    """Insert the rows that lack, looking like the first row of the list; returns its last row."""
    lacking = count - (part.last - part.first + 1)
    if lacking <= 0:
        return part.last
    sheet, first = part.sheet, part.first
    at = max(part.last, first)
    sheet[f"{at}:{at + lacking - 1}"].insert("down")
    new = sheet[f"{at}:{at + lacking - 1}"]
    if part.last < first:  # not one row to take the looks from
        new.clear_formats()
        return at + lacking - 1
    width = len(part.table.grid.row(part.table.header_row))
    model = first if at > first else first + lacking
    sheet[model - 1, 0].resize(1, width).copy(sheet[at - 1, 0].resize(lacking, width))
    new.clear_contents()
    for note in list(sheet.notes):
        if at <= note.location.row < at + lacking:
            note.delete()
    return part.last + lacking


def _cell(value: object) -> object:
    """A value as the cell shall show it: Excel reads a typed “=…”, “1-2” or “TRUE” as something else."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return value
    text = safe_text(value)
    if not text[0].isalpha() or _LIKE_A_VALUE.match(text):
        return f"'{text}"
    return as_text(text)


def _set_heights(part: Part, rows: Rows) -> None:
    """Rows high enough for their texts, at the clerk's own widths and size of letters."""
    columns = part.table.columns
    widths = {field: float(part.sheet[0, at - 1].column_width or 0) for field, at in columns.items()}
    size = part.sheet[part.first - 1, columns["subject"] - 1].font.size or _FONT_SIZE
    scale = float(size) / _FONT_SIZE
    for number, row in enumerate(rows):
        texts = [(row.get(field), width) for field, width in widths.items()]
        lines = max(lines_needed(text, width / scale) for text, width in texts if isinstance(text, str))
        part.sheet[part.first - 1 + number, 0].row_height = min(_LINE * scale * lines + _MARGIN, _TALLEST)


def _row_colour(part: Part) -> tuple[int, int, int] | None:
    """The fill of the first row when it is one that tells a conclusion: then the list was written by us."""
    from tdkt_xl.writers.nominations_book import ROW_COLOURS

    colour = part.sheet[part.first - 1, part.table.columns["subject"] - 1].color
    return colour if colour in ROW_COLOURS.values() else None


def _recolour(part: Part, rows: Rows, height: int) -> None:
    """Colours that tell a conclusion must tell the new one."""
    from tdkt_xl.writers.nominations_book import ROW_COLOURS

    for number in range(height):
        outcome = rows[number].get("outcome") if number < len(rows) else None
        for column in part.table.columns.values():
            cell = part.sheet[part.first - 1 + number, column - 1]
            cell.color = ROW_COLOURS[str(outcome)] if outcome else None


def _write_subtitle(part: Part, subtitle: str) -> None:
    """Bring the line of an earlier run up to date; the empty form has none."""
    from tdkt_xl.writers.nominations_book import SUBTITLE_START

    grid = part.table.grid
    for row in range(1, part.table.header_row):
        for column, value in enumerate(grid.row(row), start=1):
            if isinstance(value, str) and plain_text(value).startswith(SUBTITLE_START):
                part.sheet[row - 1, column - 1].value = subtitle
                return
