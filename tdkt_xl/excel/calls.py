"""The calls xlwings does not have, each behind one function, and its import without the analysis packages."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlwings as xw

TITLE = "Thi đua"
_FILE_PICKER = 3
_FOLDER_PICKER = 4
_TEXT = 2
_MACROS_OFF = 3
_ESCAPE = 0x1B
_CONTINUOUS, _THIN = 1, 2
_A4, _ACROSS = 9, 2
_CENTIMETRE = 72 / 2.54
"""In the points Excel measures margins in."""
_OPTIONAL = ("pandas", "numpy", "matplotlib", "PIL", "plotly", "polars")

_MESSAGE_IN_FRONT = 0x10040
"""The box of Windows with its information sign, before other windows."""


def load_xlwings() -> Any:
    """Import xlwings without the analysis packages it would load with it.

    They cost most of a click and nothing here hands it a frame; a task that needs them imports them
    afterwards as usual.
    """
    if "xlwings" not in sys.modules:
        with without_analysis():
            import xlwings  # noqa: F401 - kept in sys.modules
    import xlwings as loaded

    return loaded


@contextmanager
def without_analysis() -> Iterator[None]:
    """Make optional imports of the analysis packages fail for a while; those loaded already stay."""
    absent = [name for name in _OPTIONAL if name not in sys.modules]
    blocked: dict[str, Any] = dict.fromkeys(absent)
    sys.modules.update(blocked)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def as_text(text: str) -> str:
    """Keep Excel from taking a text for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "'")) else text


def show_message(text: str, hwnd: int | None = None) -> None:
    """A message of the system, for when there is no Excel to show it."""
    import ctypes

    windll = getattr(ctypes, "windll", None)
    if windll is not None:
        windll.user32.MessageBoxW(hwnd or 0, text, TITLE, _MESSAGE_IN_FRONT)
    elif sys.stderr is not None:
        sys.stderr.write(text + "\n")


def same_path(one: Path | str, other: Path | str) -> bool:
    """Tell whether two paths name the same file, as Windows compares them."""
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def is_inside(path: Path, folder: str) -> bool:
    """Tell whether a file lies below a folder."""
    parents = [os.path.normcase(os.path.realpath(item)) for item in path.parents]
    return os.path.normcase(os.path.realpath(folder)) in parents


def path_of(book: "xw.Book") -> Path | None:
    """Where a workbook lies on this machine; None when never saved or opened from a web address.

    Asks Excel itself: xlwings would look for settings in the workbook to translate a web address.
    """
    full = str(book.api.FullName)
    if "://" in full or not book.api.Path:
        return None
    return Path(full)


def is_online(book: "xw.Book") -> bool:
    """Tell a workbook opened straight from OneDrive or SharePoint."""
    return "://" in str(book.api.FullName)


def save_copy(book: "xw.Book", target: Path) -> None:
    """Write a copy of the workbook as it now stands in Excel; the workbook keeps its name and state."""
    book.api.SaveCopyAs(str(target))


def as_seen(book: "xw.Book", path: Path, folder: Path) -> Path:
    """The file itself, or a copy of what Excel shows: it recalculates our results when it opens them."""
    if book.api.Saved:
        return path
    copy = folder / path.name
    save_copy(book, copy)
    return copy


# ---- Excel and its dialogs


def protected_views(app: "xw.App") -> int:
    """How many windows are in Protected View."""
    return int(app.api.ProtectedViewWindows.Count)


@contextmanager
def macros_off(app: "xw.App") -> Iterator[None]:
    """Files opened by a program run their macros unless this is set."""
    former = app.api.AutomationSecurity
    app.api.AutomationSecurity = _MACROS_OFF
    try:
        yield
    finally:
        app.api.AutomationSecurity = former


def input_box(app: "xw.App", text: str, default: str) -> str | None:
    """A line of text; None when the clerk cancels."""
    given = app.api.InputBox(Prompt=text, Title=TITLE, Default=default, Type=_TEXT)
    return None if given is False or given is None else str(given).strip()


def folder_dialog(app: "xw.App", title: str, start: str) -> Path | None:
    """A folder, the dialog opened at ``start``; None when the clerk cancels."""
    dialog = app.api.FileDialog(_FOLDER_PICKER)
    dialog.Title = title
    if start:
        dialog.InitialFileName = start
    return Path(str(dialog.SelectedItems(1))) if dialog.Show() == -1 else None


def file_dialog(app: "xw.App", title: str, start: str) -> Path | None:
    """One file, the dialog opened at ``start``; None when the clerk cancels."""
    dialog = app.api.FileDialog(_FILE_PICKER)
    dialog.Title = title
    dialog.AllowMultiSelect = False
    if start:
        dialog.InitialFileName = start
    return Path(str(dialog.SelectedItems(1))) if dialog.Show() == -1 else None


def save_dialog(app: "xw.App", title: str, initial: Path) -> Path | None:
    """Where to save a workbook; None when the clerk cancels."""
    given = app.api.GetSaveAsFilename(str(initial), "Sổ Excel (*.xlsx), *.xlsx", 1, title)
    return Path(str(given)) if given else None


def scroll_of(app: "xw.App") -> tuple[int, int]:
    """First row and column that the window shows; it has none when a chart is in front."""
    window = app.api.ActiveWindow
    try:
        return int(window.ScrollRow), int(window.ScrollColumn)
    except Exception:
        return 0, 0


def scroll_to(app: "xw.App", corner: tuple[int, int]) -> None:
    """Show the window from this row and column."""
    if all(corner):
        app.api.ActiveWindow.ScrollRow, app.api.ActiveWindow.ScrollColumn = corner


def draw_borders(cells: "xw.Range", colour: tuple[int, int, int]) -> None:
    """Thin lines round every cell."""
    red, green, blue = colour
    lines = cells.api.Borders
    lines.LineStyle, lines.Weight, lines.Color = _CONTINUOUS, _THIN, red + 256 * green + 65536 * blue


def set_up_page(sheet: "xw.Sheet", header_row: int, font: str) -> None:
    """A4 across, one page wide, margins of NĐ 30, the headings repeated, the number on top from page 2.

    Excel refuses page set-up on a machine without a printer; the sheet is then as good on the screen.
    """
    with suppress(Exception):
        page = sheet.api.PageSetup
        page.PaperSize, page.Orientation = _A4, _ACROSS
        page.Zoom, page.FitToPagesWide, page.FitToPagesTall = False, 1, False
        page.TopMargin = page.BottomMargin = page.LeftMargin = 2 * _CENTIMETRE
        page.RightMargin, page.HeaderMargin = 1.5 * _CENTIMETRE, _CENTIMETRE
        page.CenterHorizontally = True
        page.PrintTitleRows = f"${header_row}:${header_row}"
        page.CenterHeader = f'&"{font},Regular"&13&P'
        page.DifferentFirstPageHeaderFooter = True


def escape_held(app: "xw.App") -> bool:
    """Esc is down while Excel is in front; only Windows can tell."""
    import ctypes

    user32 = getattr(getattr(ctypes, "windll", None), "user32", None)
    if user32 is None or user32.GetForegroundWindow() != app.hwnd:
        return False
    return bool(user32.GetAsyncKeyState(_ESCAPE) & 0x8000)
