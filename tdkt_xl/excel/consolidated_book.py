"""The consolidated workbook a button works on: the active one, else the last result."""

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import is_online, path_of
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.tables.layout import load_layout

if TYPE_CHECKING:
    import xlwings as xw

JUDGED_SHEETS = ("overview", "ranking", "collectives", "individuals")


def is_consolidated(book: "xw.Book") -> bool:
    """Tell a consolidated workbook by its sheets."""
    layout = load_layout("tong-hop-huyen")
    names = {sheet.name for sheet in book.sheets}
    return all(layout.sheet(name).name in names for name in JUDGED_SHEETS)


def find_consolidated(session: Session) -> tuple["xw.Book", Path]:
    """The active workbook when it is a consolidated one, else the last result, opened; with its path."""
    active = session.book if len(session.app.books) else None
    book = active if active is not None and is_consolidated(active) else _last_result(session)
    path = path_of(book)
    if path is None or is_online(book):
        stop(f"“{book.name}” chưa nằm trên máy này. Xin lưu vào máy (F12) rồi bấm lại.")
    return book, path


def _last_result(session: Session) -> "xw.Book":
    last = last_consolidated(session)
    if last is None:
        stop(
            f"Chưa có sổ tổng hợp nào. Xin bấm {named('tdktConsolidate')} trước, "
            "hoặc mở tệp tong-hop-huyen.xlsx rồi bấm lại."
        )
    return session.open(last)


def last_consolidated(session: Session) -> Path | None:
    """The last result, when it is still there."""
    last = session.settings.text("consolidated")
    return Path(last) if last and Path(last).is_file() else None


def received_for(session: Session, consolidated: Path) -> Path | None:
    """The folder a consolidated workbook was made from, when that is known and still there."""
    known = session.settings.text("consolidated")
    folder = session.settings.text("consolidated_from")
    same = bool(known) and Path(known) == consolidated
    return Path(folder) if same and folder and Path(folder).is_dir() else None
