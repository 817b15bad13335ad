"""The modules of pywin32 and the parts of ctypes that xlwings asks for while it is imported."""

import ctypes
import datetime as dt
import sys
import types
from typing import Any


class ComError(Exception):
    """What pywin32 raises when Excel refuses."""

    def __init__(self, text: str = "") -> None:
        super().__init__(-2147352567, text, (0, "Excel", text, None, 0, -2146827284), None)
        self.hresult, self.excepinfo = self.args[0], self.args[2]


ComError.__name__ = "com_error"


class _Any:
    """Takes any call and any attribute."""

    def __getattr__(self, name: str) -> "_Any":
        return _Any()

    def __call__(self, *args: object, **named: object) -> int:
        return 0


def stand_ins() -> dict[str, types.ModuleType]:
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


def import_windows_engine() -> Any:
    """Import xlwings._xlwindows on any system, leaving sys.modules and ctypes as they were."""
    modules = stand_ins()
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
