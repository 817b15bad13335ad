"""An Excel in memory: xlwings' own Windows engine, unchanged, over pyOpenVBA's application instead of COM.

Stand-ins for pywin32's modules, and one facade that makes a pyOpenVBA object look like a late-bound COM
object. What pyOpenVBA lacks and the product asks for (dialogs, SaveCopyAs, read-only books, Protected
View) is answered by ``Desk`` and recorded there. Green here is not green in Excel.
"""

import ctypes
import datetime as dt
import itertools
import os
import sys
import types
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyopenvba._a1 import Area
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._io import save_workbook
from pyopenvba.exceptions import VBACompileError, VBARuntimeError, VBAUnsupportedError
from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import EMPTY, MISSING, NOTHING, NULL, VBAArray, VBADate, VBAErrorValue

LONGEST_LINE = 255
"""Excel refuses a longer prompt of InputBox and a longer status bar."""
_FIRST_ERROR = -2146828288
"""COM writes an error cell as this number plus Excel's own."""


class ComError(Exception):
    """What pywin32 raises when Excel refuses."""

    def __init__(self, text: str = "") -> None:
        super().__init__(-2147352567, text, (0, "Excel", text, None, 0, -2146827284), None)
        self.hresult, self.excepinfo = self.args[0], self.args[2]


ComError.__name__ = "com_error"


class UnansweredError(BaseException):
    """A dialog came up that the test did not expect; no handler of the product may swallow it."""


# ---- the modules of pywin32 and the parts of ctypes that xlwings asks for while it is imported


class _Any:
    """Takes any call and any attribute."""

    def __getattr__(self, name: str) -> "_Any":
        return _Any()

    def __call__(self, *args: object, **named: object) -> int:
        return 0


def _stand_ins() -> dict[str, types.ModuleType]:
    base = type("CDispatch", (), {})
    message_box = {"MB_OK": 0, "MB_OKCANCEL": 1, "MB_YESNO": 4, "MB_YESNOCANCEL": 3}
    icons = {"MB_ICONINFORMATION": 64, "MB_ICONWARNING": 48}
    client = {"CDispatch": base, "CoClassBaseClass": base, "DispatchBaseClass": base}
    contents: dict[str, dict[str, object]] = {
        "pywintypes": {"com_error": ComError, "error": ComError, "TimeType": dt.datetime, "IID": str},
        "win32api": {"MessageBox": lambda *_: 1},
        "win32con": {**message_box, **icons},
        "pythoncom": {"CoInitialize": lambda: None, "ole_error": ComError, "__file__": None},
        "win32gui": {"FindWindowEx": lambda *_: 0},
        "win32process": {"GetWindowThreadProcessId": lambda hwnd: (0, hwnd)},
        "win32timezone": {"TimeZoneInfo": types.SimpleNamespace(utc=lambda: dt.UTC)},
        "win32com": {"__path__": []},
        "win32com.client": {**client, "Dispatch": None, "DispatchEx": None},
    }
    modules = {}
    for name, attributes in contents.items():
        modules[name] = types.ModuleType(name)
        modules[name].__dict__.update(attributes)
    modules["win32com"].__dict__["client"] = modules["win32com.client"]
    return modules


def _import_windows_engine() -> Any:
    """Import xlwings._xlwindows on any system, leaving sys.modules and ctypes as they were."""
    modules = _stand_ins()
    before = {name: sys.modules.get(name) for name in modules}
    fakes: dict[str, object] = {"oledll": _Any(), "windll": _Any(), "PyDLL": lambda *_: _Any()}
    fakes["byref"] = lambda value: value
    missing = object()
    former = {name: ctypes.__dict__.get(name, missing) for name in fakes}
    sys.modules.update(modules)
    ctypes.__dict__.update(fakes)
    try:
        import xlwings._xlwindows as windows
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
        for name, value in former.items():
            if value is missing:
                delattr(ctypes, name)
            else:
                setattr(ctypes, name, value)
    return windows


# ---- values


def to_vba(value: Any) -> Any:
    """A Python value as pyOpenVBA holds it."""
    if isinstance(value, Com):
        return value.vba
    if value is None:
        return EMPTY
    if isinstance(value, dt.datetime):
        return VBADate.from_datetime(value.replace(tzinfo=None))
    if isinstance(value, dt.date):
        return VBADate.from_datetime(value)
    if isinstance(value, (list, tuple)):
        rows = value if value and isinstance(value[0], (list, tuple)) else [value]
        height, width = len(rows), len(rows[0])
        items = [to_vba(rows[row][column]) for column in range(width) for row in range(height)]
        return VBAArray([(1, height), (1, width)], items=items)
    return value.item() if hasattr(value, "item") else value


def from_vba(value: Any, number: Callable[[Any], object] = int) -> Any:
    """A value of pyOpenVBA as COM hands it to Python; cells' numbers are floats."""
    if isinstance(value, VBAObject):
        return Com(value)
    if value is EMPTY or value is NOTHING or value is NULL or value is MISSING:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBAErrorValue):
        return _FIRST_ERROR + value.number
    if isinstance(value, VBAArray):
        return _from_array(value, number)
    if isinstance(value, int):
        return number(value)
    return float(value) if isinstance(value, float) else value


def _from_array(array: VBAArray, number: Callable[[Any], object]) -> tuple[object, ...]:
    if array.dimensions != 2:
        return tuple(from_vba(item, number) for item in array.elements())
    (top, bottom), (left, right) = array.bounds
    height = bottom - top + 1
    return tuple(
        tuple(
            from_vba(array.items[(column - left) * height + row - top], number) for column in _to(left, right)
        )
        for row in _to(top, bottom)
    )


def _to(first: int, last: int) -> range:
    return range(first, last + 1)


# ---- what the clerk sees and answers


@dataclass(frozen=True)
class Dialog:
    """A dialog that came up: its kind, its words, and what the clerk answered."""

    kind: str
    prompt: str
    answer: object
    buttons: str = "ok"


class PageSetup:
    """How a sheet prints, by the names of Excel; none of them can be misspelt."""

    __slots__ = (
        "BottomMargin",
        "CenterHeader",
        "CenterHorizontally",
        "DifferentFirstPageHeaderFooter",
        "FitToPagesTall",
        "FitToPagesWide",
        "HeaderMargin",
        "LeftMargin",
        "Orientation",
        "PaperSize",
        "PrintTitleRows",
        "RightMargin",
        "TopMargin",
        "Zoom",
    )

    def __getattr__(self, name: str) -> Any:
        """A property nobody has set."""
        raise AttributeError(name)


@dataclass
class Desk:
    """The screen in front of one Excel: dialogs, status bar, Protected View, and the answers to come."""

    hwnd: int
    dialogs: list[Dialog] = field(default_factory=list)
    answers: deque[object] = field(default_factory=deque)
    status_history: list[object] = field(default_factory=list)
    macros_when_opening: list[tuple[str, object]] = field(default_factory=list)
    protected_views: list[str] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)
    read_only: set[int] = field(default_factory=set)
    broken: dict[str, Exception] = field(default_factory=dict)
    """Member name → what it raises: an Excel that refuses."""
    pages: dict[int, PageSetup] = field(default_factory=dict)
    """Page set-up by id() of the sheet; pyOpenVBA has none and saves none."""
    kept: list[object] = field(default_factory=list)
    """Objects known here by their id(): kept alive, or Python gives the number to another object."""

    def answer(self, kind: str, prompt: str, buttons: str = "ok") -> object:
        """Record a dialog and return the next answer; a plain message needs none."""
        if buttons == "ok" and kind == "alert":
            self.dialogs.append(Dialog(kind, prompt, "ok"))
            return "ok"
        if not self.answers:
            raise UnansweredError(kind, prompt)
        answer = self.answers.popleft()
        self.dialogs.append(Dialog(kind, prompt, answer, buttons))
        return answer

    @property
    def told(self) -> list[str]:
        """The words of the plain messages."""
        return [item.prompt for item in self.dialogs if item.buttons == "ok" and item.kind == "alert"]

    @property
    def asked(self) -> list[str]:
        """The words of everything that wanted an answer."""
        return [item.prompt for item in self.dialogs if item.buttons != "ok" or item.kind != "alert"]


_MACRO_SECURITY = "automationsecurity"
_DEFAULTS: dict[str, object] = {"interactive": True, "startuppath": "", _MACRO_SECURITY: 1}
_desks: dict[int, Desk] = {}
_numbers = itertools.count(4711)


def desk_of(application: object) -> Desk:
    """The desk of an application, made on first sight."""
    if id(application) not in _desks:
        _desks[id(application)] = Desk(next(_numbers), settings=dict(_DEFAULTS), kept=[application])
    return _desks[id(application)]


def _page_setup(com: "Com") -> PageSetup:
    sheet: Any = com.vba
    desk = desk_of(sheet.book.application)
    if "pagesetup" in desk.broken:
        raise desk.broken["pagesetup"]
    desk.kept.append(sheet)
    return desk.pages.setdefault(id(sheet), PageSetup())


class _FileDialog:
    """Application.FileDialog, as far as the product uses it."""

    def __init__(self, desk: Desk, kind: int) -> None:
        self._desk, self._kind = desk, kind
        self.Title, self.InitialFileName, self.AllowMultiSelect = "", "", True
        self._chosen: object = None

    def Show(self) -> int:  # noqa: N802 - the name Excel gives it
        self._chosen = self._desk.answer("folder" if self._kind == 4 else "file", self.Title, "file")
        return -1 if self._chosen else 0

    def SelectedItems(self, index: int) -> str:  # noqa: N802
        assert index == 1
        return str(self._chosen)


# ---- the facade


class Com:
    """A pyOpenVBA object that answers like a late-bound COM object."""

    def __init__(self, vba: VBAObject) -> None:
        object.__setattr__(self, "vba", vba)

    vba: VBAObject

    @property
    def _kind(self) -> str:
        return str(self.vba.vba_type_name)

    def _call(self, name: str, args: Sequence[object] = (), named: Mapping[str, object] | None = None) -> Any:
        number = float if name.lower() in ("value", "value2") else int
        given = {key: to_vba(value) for key, value in (named or {}).items() if value is not None}
        positional = [MISSING if item is None else to_vba(item) for item in args]
        while positional and positional[-1] is MISSING:
            positional.pop()
        try:
            return from_vba(self.vba.vba_get(name, positional, given), number)
        except VBAUnsupportedError as error:
            raise NotImplementedError(str(error)) from error
        except VBARuntimeError as error:
            raise ComError(str(error)) from error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        extra = _EXTRAS.get((self._kind, name.lower()))
        if extra:
            return extra(self)
        spec = self.vba.vba_member(name)
        if spec is None and name.startswith("Get"):
            return lambda *args, **named: self._call(name[3:], args, named)
        indexed = spec is not None and spec.parameters and name in ("Range", "Offset", "Resize", "Item")
        if spec is not None and (spec.kind == "method" or indexed):
            return lambda *args, **named: self._call(name, args, named)
        found = self._call(name)
        if name == "TableStyle" and isinstance(found, str):
            return types.SimpleNamespace(Name=found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        if self._kind == "Application":
            desk = desk_of(self.vba)
            if name.lower() in desk.broken:
                raise desk.broken[name.lower()]
            if name.lower() in _DEFAULTS:
                desk.settings[name.lower()] = value
                return
            if name == "StatusBar":
                if isinstance(value, str) and len(value) > LONGEST_LINE:
                    raise ComError("Excel takes no longer text here")
                desk.status_history.append(value)
        try:
            self.vba.vba_set(name, to_vba(value))
        except VBAUnsupportedError as error:
            raise NotImplementedError(str(error)) from error
        except VBARuntimeError as error:
            raise ComError(str(error)) from error

    def __call__(self, *args: object, **named: object) -> Any:
        default = self.vba.vba_default_member()
        return self._call("Item" if self.vba.vba_member("Item") else default.name, args, named)

    def __iter__(self) -> Iterator[Any]:
        try:
            return iter([from_vba(item) for item in self.vba.vba_iterate()])
        except VBARuntimeError as error:
            raise ComError(str(error)) from error

    def __len__(self) -> int:
        return int(self.Count)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Com) and self.vba is other.vba

    def __hash__(self) -> int:
        return id(self.vba)

    def __repr__(self) -> str:
        return f"<Com {self.vba!r}>"


def _setting(name: str) -> Callable[[Com], object]:
    return lambda com: desk_of(com.vba).settings[name]


def _input_box(com: Com) -> Callable[..., object]:
    def show(Prompt: str, Title: str, Default: str, Type: int) -> object:  # noqa: N803 - Excel's names
        if len(Prompt) > LONGEST_LINE:
            raise ComError("Excel takes no longer prompt here")
        return desk_of(com.vba).answer("input", Prompt, "input")

    return show


def _save_as_name(com: Com) -> Callable[..., object]:
    def show(initial: str = "", kinds: str = "", index: int = 1, title: str = "") -> object:
        return desk_of(com.vba).answer("save", title, "file")

    return show


def _protected_views(com: Com) -> object:
    return types.SimpleNamespace(Count=len(desk_of(com.vba).protected_views))


def _full_name(com: Com) -> str:
    path, name = str(com.vba.path), str(com.vba.name)
    return f"{path}/{name}" if "://" in path else str(Path(path) / name) if path else name


def _run(com: Com) -> Callable[..., object]:
    def run(macro: str, *arguments: object) -> object:
        """Excel names the workbook of a macro before "!"; there is only one set of macros here."""
        try:
            return com._call("Run", (macro.rpartition("!")[2], *arguments))
        except VBACompileError as error:  # no such module
            raise ComError(str(error)) from error

    return run


def _save_copy(com: Com) -> Callable[[str], None]:
    book: Any = com.vba

    def save(path: str) -> None:
        refusal = desk_of(book.application).broken.get("savecopyas")
        if refusal:
            raise refusal
        save_workbook(book, Path(path))

    return save


def _insert(com: Com) -> Callable[..., None]:
    """Range.Insert on a sheet with merged cells, which pyOpenVBA refuses: they move like everything else."""
    target: Any = com.vba
    sheet, area = target.sheet, target.first

    def insert(*arguments: object, **named: object) -> None:
        merged = list(sheet.merged_areas)
        assert not any(item.top < area.top <= item.bottom for item in merged), "Excel would grow the merge"
        sheet.merged_areas.clear()
        com._call("Insert", arguments, named)
        for item in merged:
            by = area.rows if item.top >= area.top else 0
            moved = Area(item.top + by, item.left, item.bottom + by, item.right, sheet=item.sheet)
            sheet.merged_areas.append(moved)
        sheet.merges_dirty = True

    return insert


_EXTRAS: dict[tuple[str, str], Callable[[Com], Any]] = {
    **{("Application", name): _setting(name) for name in _DEFAULTS},
    ("Application", "hwnd"): lambda com: desk_of(com.vba).hwnd,
    ("Application", "international"): lambda _: dict.fromkeys(range(50), ","),
    ("Application", "run"): _run,
    ("Application", "inputbox"): _input_box,
    ("Application", "getsaveasfilename"): _save_as_name,
    ("Application", "filedialog"): lambda com: lambda kind: _FileDialog(desk_of(com.vba), kind),
    ("Application", "protectedviewwindows"): _protected_views,
    ("Range", "insert"): _insert,
    ("Worksheet", "pagesetup"): _page_setup,
    ("Workbook", "fileformat"): lambda _: 51,
    ("Workbook", "fullname"): _full_name,
    ("Workbook", "savecopyas"): _save_copy,
    ("Workbook", "readonly"): lambda com: id(com.vba) in desk_of(com.vba.application).read_only,
}


# ---- the engine

_windows = _import_windows_engine()
from xlwings import base_classes  # noqa: E402 - only after the Windows engine could be imported

_windows.WindowsError = OSError  # a name only Windows has


def _open(self: Any, fullname: str, update_links: object = None, read_only: object = None, *_: object) -> Any:
    """Open and calculate: a file from openpyxl has no computed values."""
    desk = desk_of(self.xl.vba.application)
    desk.macros_when_opening.append((Path(fullname).name, desk.settings[_MACRO_SECURITY]))
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
