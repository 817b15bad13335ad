"""Chờ quyết định: show what waits in the consolidated workbook, and consolidate again with the answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.checking import choose_received, load_master, remember
from tdkt_xl.excel.consolidated_book import find_consolidated, received_for
from tdkt_xl.excel.consolidating import run
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.ribbon_state import chosen_master, say_period
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.excel.tracing import consolidated_table
from tdkt_xl.tables.layout import load_layout

if TYPE_CHECKING:
    import xlwings as xw

_TYPED = ("answer", "who", "day", "why")


@dataclass(frozen=True, slots=True)
class Counts:
    """Questions of a sheet: open ones, how many of these have something typed, and applied ones."""

    open: int
    answered: int
    applied: int


def decide(session: Session) -> None:
    """Show the sheet and its numbers; with answers typed, confirm and consolidate again."""
    book, path = find_consolidated(session)
    layout = load_layout("tong-hop-huyen").sheet("decisions")
    sheet = next((item for item in book.sheets if item.name == layout.name), None)
    counts = count_questions(sheet) if sheet is not None else None
    if sheet is None or counts is None:
        stop(
            f"“{book.name}” không có trang “{layout.name}” đọc được. "
            f"Xin bấm {named('tdktConsolidate')} để lập lại sổ tổng hợp."
        )
    sheet.activate()
    if not counts.answered:
        session.tell(_say_open(counts))
        return
    if book.api.ReadOnly:
        stop(f"“{book.name}” đang mở chỉ đọc nên chưa lưu được câu trả lời. Xin mở lại để sửa rồi bấm lại.")
    folder = received_for(session, path) or _choose_folder(session)
    if folder is not None and session.ask(_question(session, book, counts, folder)):
        _run_again(session, book, path, folder)


def count_questions(sheet: "xw.Sheet") -> Counts | None:
    """Count the rows of the sheet as Excel shows them; None when it holds no such table."""
    from tdkt_xl.writers.decisions_sheet import APPLIED, INVALID, WAITING

    table = consolidated_table(sheet)
    if table is None or table.layout.id != "decisions":
        return None
    states = {row: table.text(row, "state") for row in table.rows()}
    waiting = [row for row, state in states.items() if state in {WAITING, INVALID}]
    answered = sum(any(table.text(row, name) for name in _TYPED) for row in waiting)
    return Counts(len(waiting), answered, list(states.values()).count(APPLIED))


def _say_open(counts: Counts) -> str:
    applied = f"Đã áp dụng {counts.applied} quyết định. " if counts.applied else ""
    if not counts.open:
        return (
            f"{applied}Không có việc nào chờ quyết định.\n\nMuốn đổi một quyết định đã áp dụng: "
            f"sửa ở trang này, lưu, rồi bấm {named('tdktConsolidate')}."
        )
    return (
        f"{applied}Có {counts.open} việc chờ quyết định, chưa việc nào được trả lời.\n\n"
        "Ghi vào các ô nền vàng nhạt: trả lời, người quyết định, ngày, căn cứ; rồi bấm lại nút này."
    )


def _choose_folder(session: Session) -> Path | None:
    received = choose_received(session, "Chọn thư mục sổ đã nhận của sổ tổng hợp này")
    if received is not None:
        remember(session, received, received.out)
    return received.folder if received else None


def _question(session: Session, book: "xw.Book", counts: Counts, folder: Path) -> str:
    return (
        f"Có {counts.open} việc chờ quyết định, {counts.answered} việc đã ghi trả lời."
        f"{say_period(session)}\n\n"
        f"Tổng hợp lại từ “{folder}” và áp dụng các trả lời?\n\n"
        f"“{book.name}” được lưu, đóng và giữ trong ban-cu; sổ mới mở ra thay. Trả lời chưa đủ hoặc chưa "
        "hợp lệ không được áp dụng, vẫn giữ nguyên. Các sổ đã nhận chỉ đọc, không bị sửa."
    )


def _run_again(session: Session, book: "xw.Book", path: Path, folder: Path) -> None:
    """Save and close the workbook, which its new version replaces; open one of them whatever happens."""
    master = chosen_master(session, load_master(session))
    last = session.settings.text("last_round") if received_for(session, path) else ""
    book.save()
    book.close()
    try:
        run(session, folder, master, path.parent, Path(last) if last else None, path)
    finally:
        if session.find_open(path) is None and path.is_file():
            session.open(path)
