"""An Excel in memory: xlwings' own Windows engine, unchanged, over pyOpenVBA's application instead of COM.

``stand_ins`` takes the place of pywin32's modules, ``com`` makes a pyOpenVBA object look like a late-bound
COM object. What pyOpenVBA lacks and the product asks for (dialogs, SaveCopyAs, read-only books, Protected
View) is answered by ``desk.Desk`` and recorded there. Green here is not green in Excel.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication

from tests.excel.com import Com
from tests.excel.desk import MACRO_SECURITY, Desk, desk_of
from tests.excel.stand_ins import ComError, import_windows_engine

_windows = import_windows_engine()
from xlwings import base_classes  # noqa: E402 - only after the Windows engine could be imported

_windows.WindowsError = OSError  # a name only Windows has


def _open(self: Any, fullname: str, update_links: object = None, read_only: object = None, *_: object) -> Any:
    """Open and calculate: a file from openpyxl has no computed values."""
    desk = desk_of(self.xl.vba.application)
    desk.macros_when_opening.append((Path(fullname).name, desk.settings[MACRO_SECURITY]))
    book = _windows.Book(self.xl.Open(str(fullname)))
    vba = book.xl.vba
    for sheet in vba.sheets_:
        for cell in sheet.cells_.values():
            cell.stale = cell.stale or bool(cell.formula)
    vba.calculator.calculate_all()
    vba.saved = True
    if read_only:
        desk.read_only.add(id(vba))
        desk.kept.append(vba)
    return book


def _save(self: Any, path: object = None, password: object = None) -> None:
    assert not password, "pyOpenVBA writes no encrypted workbook"
    if path is None and self.xl.Path:
        if self.xl.ReadOnly:
            raise ComError("the workbook is read-only")
        self.xl.Save()
        return
    self.xl.SaveAs(os.path.abspath(str(path or self.xl.Name + ".xlsx")))  # noqa: PTH100 - Excel's own way


class _Apps(base_classes.Apps):
    live: list["App"]

    def __init__(self) -> None:
        self.live = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.live]

    def add(
        self, spec: object = None, add_book: object = None, xl: object = None, visible: object = None
    ) -> "App":
        host = ExcelApplication()
        app = App(xl=Com(host.application))
        app.host = host
        self.live.insert(0, app)
        if add_book:
            app.xl.Workbooks.Add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing runs outside this process."""

    def __iter__(self) -> Iterator["App"]:
        return iter(list(self.live))

    def __len__(self) -> int:
        return len(self.live)

    def __getitem__(self, pid: int) -> "App":
        return next(app for app in self.live if app.pid == pid)


class App(_windows.App):  # type: ignore[misc, name-defined]  # imported among stand-ins
    """One Excel."""

    host: ExcelApplication

    @property
    def engine(self) -> "_Engine":
        return ENGINE

    @property
    def desk(self) -> Desk:
        return desk_of(self.xl.vba)

    def quit(self) -> None:
        """Leave without asking."""
        ENGINE.apps.live[:] = [app for app in ENGINE.apps.live if app.pid != self._pid]

    kill = quit

    def activate(self, steal_focus: bool = False) -> None:
        """Bring to the front."""
        ENGINE.apps.live.sort(key=lambda app: app.pid != self._pid)

    def alert(
        self, prompt: str, title: str, buttons: str | None, mode: str | None, callback: object
    ) -> object:
        """Record the dialog; answer as the test said."""
        return self.desk.answer("alert", prompt, buttons or "ok")


class _Engine(_windows.Engine):  # type: ignore[misc, name-defined]  # see App
    name = "in-memory"
    apps = _Apps()


ENGINE = _Engine()


def _app_of(book: Any) -> App:
    return next(app for app in ENGINE.apps if app.xl == book.xl.Application)


_windows.Books.open, _windows.Book.save = _open, _save
_windows.App.engine = property(lambda _: ENGINE)
_windows.Book.app = property(_app_of)


def register() -> None:
    """Make this the engine xlwings uses."""
    import xlwings as xw

    if ENGINE.name not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=ENGINE))
    xw.engines[ENGINE.name].activate()
