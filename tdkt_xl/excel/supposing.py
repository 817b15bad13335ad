"""Thử thay đổi: what a corrected workbook would move in its cluster, before anything is accepted."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tdkt_xl.excel.checking import as_file, choose_received, load_master
from tdkt_xl.excel.consolidated_book import is_consolidated, last_consolidated, received_for
from tdkt_xl.excel.opening import show_report
from tdkt_xl.excel.recording import today
from tdkt_xl.excel.ribbon_state import chosen_master, say_period
from tdkt_xl.excel.session import Session
from tdkt_xl.excel.settings import state_folder


def try_correction(session: Session) -> None:
    """Put the open workbook, or a chosen one, in the place of its book; say what moves, write nothing."""
    book = session.book
    chosen: AbstractContextManager[Path] = as_file(book)
    if is_consolidated(book):
        file = session.choose_file("Chọn sổ cụm hoặc phiếu đã sửa")
        if file is None:
            return
        chosen = nullcontext(file)
    last = last_consolidated(session)
    folder = received_for(session, last) if last else None
    if folder is None:
        received = choose_received(session, "Chọn thư mục chứa các sổ đã nhận")
        folder, last = (received.folder, None) if received else (None, None)
    if folder is None:
        return
    decided = f"\n\nÁp dụng các quyết định đã ghi trong “{last}”." if last else ""
    with chosen as path:
        question = (
            f"Thử thay bằng “{path.name}” trong các sổ của “{folder}”, xem điểm và thứ hạng đổi ra sao?"
            f"{say_period(session)}{decided}\n\nKhông ghi tệp nào, không sửa sổ nào."
        )
        if session.ask(question):
            _try(session, path, folder, last)


def _try(session: Session, path: Path, folder: Path, decisions: Path | None) -> None:
    master = chosen_master(session, load_master(session))
    from tdkt_xl.tasks.prepare import prepare

    prepare()
    from tdkt_xl.tasks.kept_files import kept_in
    from tdkt_xl.tasks.what_if import what_if

    with session.working("Đang thử thay đổi …"):
        kept, progress = kept_in(state_folder(), master), session.progress("Thử")
        result = what_if(path, folder, master, decisions, progress, today=today(), kept=kept)
    moved = sum(not move.is_still for move in result.moves)
    session.status = f"Thử thay đổi: {moved} đơn vị đổi"
    show_report(session, "\n".join(result.lines()), "thu-thay-doi", "thử thay đổi")
