"""From a number of the consolidated workbook back to the cell of the received file it came from."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tdkt_xl.excel.calls import path_of
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.render import message
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import Table, find_table

if TYPE_CHECKING:
    import xlwings as xw

_TRACED = frozenset({"ranking", "scores", "changes", "decisions"})


def grid_of(sheet: "xw.Sheet") -> Grid:
    """The values of a sheet as Excel shows them, row 1 first."""
    used = sheet.used_range
    values = used.options(ndim=2).value or []
    above = ((),) * (used.row - 1)
    before = (None,) * (used.column - 1)
    return Grid(sheet.book.name, sheet.name, (*above, *((*before, *row) for row in values)))


def consolidated_table(sheet: "xw.Sheet") -> Table | None:
    """The table of a sheet of a consolidated workbook, when the sheet holds one."""
    return find_table(grid_of(sheet), load_layout("tong-hop-huyen").sheets).value


@dataclass(frozen=True)
class Source:
    """Where a row came from; ``path`` is None when the result does not say where the file lies."""

    cluster: str
    file: str
    sheet: str
    cell: str
    path: Path | None

    @property
    def row(self) -> str:
        """The row number of the source cell."""
        return "".join(letter for letter in self.cell if letter.isdigit())


def trace(session: Session) -> None:
    """Say where the selected row came from; open the source there, read-only, when asked to."""
    book = session.book
    sheet = book.sheets.active
    selected = session.app.selection
    if selected is None:
        stop("Xin chọn một ô số liệu trong sổ tổng hợp rồi bấm lại.")
    how = _how(book, sheet, selected.row)
    if how and not _has_source(sheet):
        session.tell(how.strip())
        return
    source = find_source(book, sheet, selected)
    path = source.path
    place = f"Tệp: {source.file}\nTrang: {source.sheet}\nDòng: {source.row or '—'}"
    place += f" (ô {source.cell})" if source.cell else ""
    where = f"dòng {selected.row} của trang “{sheet.name}”"
    head = f"Số liệu ở {where} lấy từ:\n\nCụm: {source.cluster or '—'}\n{place}"
    head += how
    if path is None or not path.is_file():
        session.tell(f"{head}\n\nTệp nguồn không còn ở chỗ cũ nên chưa mở được: {path or source.file}")
        return
    if session.ask(f"{head}{_changed(book, source)}\n\nMở tệp nguồn ở đúng ô này, chỉ đọc?"):
        _show(session, source, path)


def _how(book: "xw.Book", sheet: "xw.Sheet", row: int) -> str:
    """How the rank or the score of a row came about, from the saved workbook; "" for other rows."""
    table = consolidated_table(sheet)
    path = path_of(book)
    if table is None or path is None or not path.is_file() or table.layout.id not in _TRACED:
        return ""
    # A question names several units where it asks about a tie; it is about one when it has a code.
    unit = table.text(row, "unit_code" if table.layout.id == "decisions" else "unit")
    if row < table.first_row or not unit:
        return ""
    from tdkt_xl.tasks.trace import trace as run

    criterion = table.text(row, "path") if "path" in table.columns else ""
    try:
        traced = run(path, unit, criterion)
    except TdktError as error:  # the row was typed here, or the workbook is of an earlier version
        return f"\n\n{message(error.finding)}"
    lines = "\n".join(traced.lines() if criterion else traced.summary())
    detail = load_layout("tong-hop-huyen").sheet("scores").name
    listed = not criterion and detail in {item.name for item in book.sheets}
    more = f"\n\nTừng tiêu chí: chọn một dòng ở trang {detail} rồi bấm lại." if listed else ""
    return f"\n\nVì sao ra số này:\n{lines}{more}"


def _has_source(sheet: "xw.Sheet") -> bool:
    table = consolidated_table(sheet)
    return table is not None and "file" in table.columns


def find_source(book: "xw.Book", sheet: "xw.Sheet", selected: "xw.Range") -> Source:
    """Read the source columns of the selected row; explains when the row has none."""
    table = consolidated_table(sheet)
    row = selected.row
    if table is None or "file" not in table.columns or row < table.first_row or not table.text(row, "file"):
        stop(
            "Ô đang chọn không có nguồn để truy. Xin chọn một dòng số liệu trong các trang của sổ tổng hợp "
            "(Xếp hạng, Điểm chi tiết, Đề nghị …) rồi bấm lại."
        )
    link_field = "row" if "row" in table.columns else "cell"
    address, spot = _link_of(sheet[row - 1, table.columns[link_field] - 1])
    cell = spot.rpartition("!")[2] or (f"A{table.text(row, 'row')}" if table.text(row, "row") else "")
    return Source(
        table.text(row, "cluster"),
        table.text(row, "file"),
        table.text(row, "sheet"),
        _exact_cell(table, row, selected.column, cell),
        _resolve(book, address),
    )


def _exact_cell(table: Table, row: int, column: int, cell: str) -> str:
    """Proposals record the source column of each of their own columns."""
    field = next((name for name, at in table.columns.items() if at == column), "")
    columns = dict(part.split("=", 1) for part in table.text(row, "source_columns").split() if "=" in part)
    number = table.text(row, "row")
    return f"{columns[field]}{number}" if field in columns and number else cell


def _link_of(cell: "xw.Range") -> tuple[str, str]:
    """Address and place of a cell's hyperlink, "" without one; xlwings gives the address only."""
    links = cell.api.Hyperlinks
    if not links.Count:
        return "", ""
    link = links(1)
    return str(link.Address or ""), str(link.SubAddress or "")


def _resolve(book: "xw.Book", address: str) -> Path | None:
    here = path_of(book)
    if here is None or not address:
        return None
    plain = address.replace("\\", os.sep) if os.sep == "/" else address
    path = here.parent / plain
    return path if path.exists() else here.parent / unquote(plain)


def _changed(book: "xw.Book", source: Source) -> str:
    """Warn when the source is not the file that was consolidated."""
    import hashlib

    layout = load_layout("tong-hop-huyen").sheet("sources")
    sheet = next((item for item in book.sheets if item.name == layout.name), None)
    table = consolidated_table(sheet) if sheet is not None else None
    if table is None or source.path is None:
        return ""
    recorded = {table.text(row, "path"): table.text(row, "sha256") for row in table.rows()}
    digest = recorded.get(source.file, "")
    if not digest or hashlib.sha256(source.path.read_bytes()).hexdigest() == digest:
        return ""
    return "\n\nLưu ý: tệp nguồn đã thay đổi sau khi tổng hợp."


def _show(session: Session, source: Source, path: Path) -> None:
    book = session.open(path, read_only=True)
    sheet = next((item for item in book.sheets if item.name == source.sheet), None)
    if sheet is None or sheet.visible not in (True, -1):
        session.tell(f"Đã mở “{path.name}” (chỉ đọc), nhưng trang “{source.sheet}” đang ẩn hoặc không còn.")
        return
    sheet.activate()
    if source.cell:
        sheet[source.cell].select()
