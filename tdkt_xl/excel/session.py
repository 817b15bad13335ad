"""One click's session with Excel: the workbook, the dialogs, progress with cancel, and state given back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tdkt_xl.excel.calls import (
    TITLE,
    escape_held,
    file_dialog,
    folder_dialog,
    input_box,
    load_xlwings,
    macros_off,
    path_of,
    protected_views,
    same_path,
    save_dialog,
    scroll_of,
    scroll_to,
    show_message,
)
from tdkt_xl.excel.settings import Settings, state_folder

if TYPE_CHECKING:
    import xlwings as xw

    from tdkt_xl.domain.master import Master

CANCEL_FILE = "huy"
_LONGEST_NAME = 150
"""Excel refuses a status bar of more than 255 characters."""

_NO_EXCEL = "Chưa thấy Excel đang chạy. Xin mở Excel và sổ cần làm rồi thử lại."

Progress = Callable[[int, int, str], None]


class ExplainedError(Exception):
    """The click ends here; its text is shown to the clerk as it is."""


def stop(text: str) -> NoReturn:
    """End the click with these words."""
    raise ExplainedError(text)


class CancelledError(Exception):
    """The clerk stopped a run between two files."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"Đã dừng theo yêu cầu sau {done}/{total} tệp. Chưa ghi kết quả nào.")


class Session:
    """The Excel a click came from, and the workbook that was active then.

    Without a workbook Excel has no window that can be spoken to; the few actions that need none run
    without Excel (``app`` None) and speak through the system.
    """

    def __init__(self, app: "xw.App | None", book: "xw.Book | None", hwnd: int | None = None) -> None:
        self._app = app
        self._book = book
        self._hwnd = hwnd
        self.settings = Settings(state_folder())
        self.master: Master | None = None
        """The master data, once an action has loaded it."""
        self.status = ""
        """What the ribbon shows after the click."""

    # ---- Excel and the workbook

    @property
    def has_excel(self) -> bool:
        """Tell whether an Excel was found."""
        return self._app is not None

    @property
    def app(self) -> "xw.App":
        """The Excel of the click; explains when there is none."""
        if self._app is None:
            stop(_NO_EXCEL)
        return self._app

    @property
    def book(self) -> "xw.Book":
        """The active workbook; explains when there is none to work on."""
        if self._book is not None:
            return self._book
        if protected_views(self.app):
            stop(
                "Sổ đang mở ở chế độ xem được bảo vệ (Protected View) nên chưa làm việc được.\n\n"
                "Xin bấm “Bật chỉnh sửa” (Enable Editing) trên dải vàng rồi bấm lại nút này. "
                "Nếu không rõ nguồn của tệp, xin đừng bật."
            )
        stop("Chưa có sổ nào đang mở. Xin mở sổ cần làm rồi bấm lại nút này.")

    def find_open(self, path: Path) -> "xw.Book | None":
        """The open workbook of a path, if any."""
        for book in self.app.books:
            where = path_of(book)
            if where is not None and same_path(where, path):
                return book
        return None

    def open(self, path: Path, *, read_only: bool = False) -> "xw.Book":
        """Open a workbook with its macros and links switched off, or bring it to the front."""
        found = self.find_open(path)
        if found is not None:
            found.activate()
            return found
        if any(book.name.casefold() == path.name.casefold() for book in self.app.books):
            stop(
                f"Excel đang mở một sổ khác cũng tên “{path.name}” nên không mở được “{path}”.\n\n"
                "Xin đóng sổ kia rồi bấm lại."
            )
        with macros_off(self.app):
            return self.app.books.open(str(path), update_links=False, read_only=read_only)

    # ---- dialogs

    def tell(self, text: str) -> None:
        """Show a message."""
        if self._app is None:
            show_message(text, self._hwnd)
        else:
            self._app.alert(text, TITLE)

    def ask(self, text: str) -> bool:
        """Ask for one confirmation."""
        return str(self.app.alert(text, TITLE, "yes_no")) == "yes"

    def ask_how(self, text: str) -> str:
        """Ask a question with two ways of doing it: "yes", "no" or "cancel"."""
        return str(self.app.alert(text, TITLE, "yes_no_cancel"))

    def ask_text(self, facts: str, question: str, default: str = "") -> str | None:
        """Show the facts, then ask for a line of text; None when the clerk cancels either.

        Two dialogs, because Excel refuses an input prompt of more than 255 characters.
        """
        if str(self.app.alert(facts, TITLE, "ok_cancel")) != "ok":
            return None
        return input_box(self.app, question, default)

    def ask_line(self, question: str) -> str | None:
        """Ask for a line of text with a short question (255 characters); None when the clerk cancels."""
        return input_box(self.app, question, "")

    def choose_file(self, title: str) -> Path | None:
        """Ask for one file; None when the clerk cancels."""
        return file_dialog(self.app, title, self.settings.text("last_folder"))

    def choose_folder(self, title: str) -> Path | None:
        """Ask for a folder, starting at the last one; None when the clerk cancels."""
        return folder_dialog(self.app, title, self.settings.text("last_folder"))

    def choose_save(self, title: str, initial: Path) -> Path | None:
        """Ask where to save a workbook; None when the clerk cancels."""
        return save_dialog(self.app, title, initial)

    # ---- work

    def progress(self, label: str) -> Progress:
        """A progress line in the status bar, told after each file; may raise CancelledError there."""
        (state_folder() / CANCEL_FILE).unlink(missing_ok=True)

        def show(done: int, total: int, name: str) -> None:
            shown = name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME:]}"
            self.app.status_bar = f"{label} {done}/{total}: {shown} (giữ phím Esc để dừng)"
            if done < total and _wants_to_stop(self.app):
                raise CancelledError(done, total)

        return show

    @contextmanager
    def working(self, label: str) -> Iterator[None]:
        """Work with a quiet screen; everything is put back whatever happens."""
        app = self.app
        undo = [_keeper(app, name) for name in ("screen_updating", "calculation", "status_bar")]
        undo.append(_front_keeper(app))
        try:
            app.status_bar = label[:_LONGEST_NAME]
            app.screen_updating = False
            yield
        finally:
            for put_back in reversed(undo):
                with suppress(Exception):  # an Excel that refuses one must still get the others
                    put_back()


def attach(book_name: str | None, hwnd: int | None, *, excel_needed: bool = True) -> Session:
    """Find the Excel and the workbook a click came from.

    The name is compared whole: it may hold "=", "&" and "%". Without it, or when no open workbook has
    it, the active workbook is meant. An Excel without any workbook cannot be found; that is explained
    when the action needs Excel.
    """
    xlwings = load_xlwings()
    try:
        apps = list(xlwings.apps)
    except xlwings.XlwingsError:  # a system that cannot have Excel
        apps = []
    if not apps:
        if excel_needed:
            stop(_NO_EXCEL)
        return Session(None, None, hwnd)
    app = _chosen_app(apps, book_name, hwnd)
    named = _named_book(app, book_name) if book_name else None
    return Session(app, named or _active_book(app))


def _chosen_app(apps: "Sequence[xw.App]", book_name: str | None, hwnd: int | None) -> "xw.App":
    """By window, then by workbook: every window of a new Excel has a number of its own."""
    for app in apps:
        if hwnd is not None and app.hwnd == hwnd:
            return app
    for app in apps:
        if book_name and _named_book(app, book_name):
            return app
    return apps[0]


def _named_book(app: "xw.App", name: str) -> "xw.Book | None":
    from tdkt_xl.vietnamese.text import nfc

    wanted = nfc(name).casefold()
    return next((book for book in app.books if nfc(book.name).casefold() == wanted), None)


def _active_book(app: "xw.App") -> "xw.Book | None":
    if not len(app.books):
        return None
    active: xw.Book = app.books.active
    return active


def _wants_to_stop(app: "xw.App") -> bool:
    """The clerk holds Esc, or the file that asks for a stop is there (for a run without a keyboard)."""
    return (state_folder() / CANCEL_FILE).exists() or escape_held(app)


# ---- giving state back


def _keeper(app: "xw.App", name: str) -> Callable[[], None]:
    """Remember a property of Excel; calculation has none while no workbook is open."""
    try:
        former = getattr(app, name)
    except Exception:
        return lambda: None
    return lambda: setattr(app, name, former)


def _front_keeper(app: "xw.App") -> Callable[[], None]:
    """Remember the active workbook, its sheet, the selection and how far the window is scrolled."""
    book = _active_book(app)
    if book is None:
        return lambda: None
    sheet, selection = book.sheets.active, app.selection
    address = selection.address if selection is not None else ""
    scroll = scroll_of(app)

    def put_back() -> None:
        if _active_book(app) != book:
            book.activate()
        if book.sheets.active != sheet:
            sheet.activate()
        if address and (app.selection is None or app.selection.address != address):
            sheet[address].select()
        if scroll_of(app) != scroll:
            scroll_to(app, scroll)

    return put_back
