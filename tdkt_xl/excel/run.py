"""Entry of a click: ``python -I -m tdkt_xl.excel.run ACTION --wb=NAME --from_xl=1 --hwnd=N``."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import show_message
from tdkt_xl.excel.session import CancelledError, ExplainedError, Session, attach, stop
from tdkt_xl.excel.settings import write_log
from tdkt_xl.findings.errors import TdktError
from tdkt_xl.processes.garbage import collect_rarely

if TYPE_CHECKING:
    from tdkt_xl.findings.code import Finding

WITHOUT_BOOK = frozenset({"tdktHelp", "tdktDoctor"})
"""Buttons that work with no workbook open; the VBA has the same list."""
_READING = frozenset({"tdktCheckBook", "tdktCheckSheet", "tdktRepair"})
_READY, _STOPPED, _FAILED = "Sẵn sàng", "Đã dừng", "Chưa làm xong việc vừa bấm"


@dataclass(frozen=True)
class Click:
    """What the ribbon asked for."""

    action: str
    book: str | None
    hwnd: int | None


def parse(arguments: Sequence[str]) -> Click:
    """Read the command line; everything after the first "=" is the workbook's name."""
    action, book, hwnd = "", None, None
    for argument in arguments:
        if argument.startswith("--wb="):
            book = argument.removeprefix("--wb=") or None
        elif argument.startswith("--hwnd="):
            digits = argument.removeprefix("--hwnd=").strip()
            hwnd = int(digits) if digits.isdigit() else None
        elif not argument.startswith("--"):
            action = action or argument
    return Click(action, book, hwnd)


def start_processes(action: str) -> None:
    """Start the processes of a button that reads at once: they get ready while packages are loaded."""
    if action in _READING:
        from tdkt_xl.tasks.prepare import prepare

        prepare()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one action. Always 0: VBA would show anything else in English.

    Every failure is one Vietnamese dialog; its traceback goes to the log.
    """
    click = parse(sys.argv[1:] if arguments is None else arguments)
    session: Session | None = None
    told, status = "", _FAILED
    try:
        start_processes(click.action)
        session = attach(click.book, click.hwnd, excel_needed=click.action not in WITHOUT_BOOK)
        _act(click.action, session)
        status = session.status or _READY
    except CancelledError as error:
        told, status = str(error), _STOPPED
    except ExplainedError as error:
        told = str(error)
    except TdktError as error:
        told = _sentence(error.finding)
    except Exception as error:  # the last line of defence: a log instead of a traceback
        told = _crash(click, error)
    if session is not None:
        _show_state(session, click, status)
    if told:
        _say(session, click, told)
    return 0


def _show_state(session: Session, click: Click, status: str) -> None:
    """Bring the ribbon up to date; what was done stays done when Excel refuses that."""
    from tdkt_xl.excel.ribbon_state import show

    try:
        show(session, status)
    except Exception as error:
        write_log(f"{click.action} {click.book}", error)


def _act(action: str, session: Session) -> None:
    from tdkt_xl.excel.actions import ACTIONS, load_action

    if action not in ACTIONS:
        stop(
            f"Bản cài này chưa có chức năng “{action}”.\n\n"
            "Xin cài lại: nút trên thẻ Thi đua và phần mềm phải cùng một phiên bản."
        )
    load_action(action)(session)


def _sentence(finding: "Finding") -> str:
    from tdkt_xl.findings.render import fix, message

    return f"{message(finding)}\n\nCách sửa: {fix(finding)}\n\n({finding.code.id})"


def _crash(click: Click, error: Exception) -> str:
    from tdkt_xl.excel.packages import missing_package

    log = write_log(f"{click.action} {click.book}", error)
    missing = missing_package(error)
    if missing is not None:
        return _sentence(missing)
    if type(error).__name__ == "com_error":
        return (
            "Excel chưa nhận lệnh: có thể một ô đang được sửa hoặc một hộp thoại đang mở.\n\n"
            f"Xin bấm Esc, đóng hộp thoại rồi thử lại. Nếu vẫn vậy, xin gửi tệp nhật ký: {log}"
        )
    return (
        f"Phần mềm gặp lỗi chưa lường trước ({type(error).__name__}). Tệp nhận được không bị thay đổi.\n\n"
        f"Xin gửi tệp nhật ký cho nhóm phát triển: {log}"
    )


def _say(session: Session | None, click: Click, text: str) -> None:
    """One dialog, in Excel when there is one, else of the system."""
    try:
        if session is not None:
            session.tell(text)
        else:
            show_message(text, click.hwnd)
    except Exception as error:
        write_log("hộp thoại", error)


if __name__ == "__main__":
    collect_rarely()
    sys.exit(main())
