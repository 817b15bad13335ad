"""Open what belongs to the product: results, master data, help, the machine's report."""

import html
import os
import shutil
from pathlib import Path

from tdkt_xl.excel.marks import PREFIX
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.excel.settings import documents_folder, state_folder

_LONGEST_MESSAGE = 900
_REPORT = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Thi đua: {title}</title>'
    '<body style="max-width:60em;margin:2em auto;font:16px/1.5 Segoe UI,sans-serif">'
    '<pre style="white-space:pre-wrap;font:inherit">{text}</pre></body></html>'
)


def open_outside(path: Path) -> None:
    """Open a folder or page with the program the system has for it."""
    start = getattr(os, "startfile", None)
    if start is not None:
        start(str(path))
    else:
        import webbrowser

        webbrowser.open(path.as_uri())


def open_results(session: Session) -> None:
    """Open the folder of the last results."""
    folder = session.settings.text("results")
    if not folder or not Path(folder).is_dir():
        stop(
            "Chưa có thư mục kết quả nào. "
            f"Xin bấm {named('tdktCheckFolder')} hoặc {named('tdktConsolidate')} trước."
        )
    open_outside(Path(folder))


def open_master(session: Session) -> None:
    """Open the organisation's own master data; the first time, offer to make it from the packaged one."""
    own = session.settings.text("master")
    if own and Path(own).is_file():
        session.open(Path(own))
        return
    from tdkt_xl.tasks.resources import default_master

    packaged = default_master()
    target = documents_folder() / packaged.name
    if target.is_file():
        question = f"Dùng danh mục dùng chung đã có tại “{target}”?"
    else:
        question = (
            "Cơ quan chưa có danh mục riêng. Tạo 1 bản từ danh mục đi kèm phần mềm để sửa?\n\n"
            f"Bản riêng: {target}\nTừ nay mọi lần kiểm tra, tổng hợp dùng bản này."
        )
    if not session.ask(question):
        return
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packaged, target)
    session.settings.keep(master=str(target))
    session.open(target)


def show_help(session: Session) -> None:
    """Explain the mark of the selected cell, else open the manual."""
    code = _code_of_selection(session)
    if code:
        from tdkt_xl.tasks.explain import explain

        session.tell(explain(code))
        return
    from tdkt_xl.excel.help_page import build_help

    page = state_folder() / "tro-giup.html"
    page.write_text(build_help(), "utf-8")
    open_outside(page)


def _code_of_selection(session: Session) -> str:
    """The first code in our note on the selected cell, "" without one."""
    import re

    if not session.has_excel or not len(session.app.books):
        return ""
    selected = session.app.selection
    note = selected[0, 0].note if selected is not None else None
    text = str(note.text) if note is not None else ""
    found = re.search(r"KT-\d{3}", text) if text.startswith(PREFIX) else None
    return found[0] if found else ""


def show_doctor(session: Session) -> None:
    """Show the report on this machine; a long one opens as a file."""
    from tdkt_xl.excel.doctor import doctor_report

    show_report(session, doctor_report(), "kiem-tra-may", "kiểm tra máy")


def show_report(session: Session, text: str, name: str, title: str) -> None:
    """Show a text in a dialog, or as a page of its own when it is too long for one."""
    if len(text) <= _LONGEST_MESSAGE:
        session.tell(text)
        return
    page = state_folder() / f"{name}.html"
    page.write_text(_REPORT.format(title=title, text=html.escape(text)), "utf-8")
    open_outside(page)
