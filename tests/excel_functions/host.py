"""The worksheet functions in pyOpenVBA's Excel model: their wrappers run, Python answers behind ``XLPy``.

What lies between the wrapper and Python on Windows (the DLL, COM, the server process) is a stand-in; the
conversion of arguments and answers on the Python side is xlwings' own.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application
from pyopenvba.interpreter import VBAObject, _intrinsics, method
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._values import MISSING, VBAArray, VBAErrorValue, VBAInt, error

from tdkt_xl.excel import functions
from tdkt_xl.excel.functions_addin import FUNCTIONS_MODULE, SUPPORT, WRAPPERS
from tests.excel.engine import ENGINE, from_vba, register, to_vba
from tests.excel_addin.host import Shell, Windows

_XLPY = 'Attribute VB_Name = "xlwings"\nPublic Function XLPy()\nSet XLPy = CreateObject("Tdkt.Python")\nEnd Function\n'
_MISSING_IN_COM = -2147352572
_OPTIONS = {"ndim": 2, "err_to_str": True}


class Python(VBAObject):  # type: ignore[misc]
    """The server process: what xlwings' CallUDF does, without COM."""

    vba_type_name = "XLPython"

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.broken = ""

    @method  # type: ignore[untyped-decorator]
    def CallUDF(  # noqa: N802
        self,
        script: Any = MISSING,
        name: Any = MISSING,
        arguments: Any = MISSING,
        book: Any = MISSING,
        caller: Any = MISSING,
    ) -> Any:
        assert script == FUNCTIONS_MODULE
        assert from_vba(book) is None, "no workbook may reach xlwings"
        if self.broken:
            raise error(1000, self.broken)
        given = [_read(argument) for argument in arguments.elements()]
        return _sent(getattr(functions, str(name))(*given))


def _read(argument: Any) -> Any:
    if argument is MISSING:
        return None
    value = from_vba(argument, float)
    if isinstance(argument, VBAObject):
        value = value.Value
    return xw.conversion.read(None, value, _OPTIONS, engine_name=ENGINE.name)


def _sent(answer: Any) -> Any:
    """Return the answer as pywin32 sends it: one cell alone, one row flat, and no array from 1."""
    rows = xw.conversion.write(answer, None, {}, engine_name=ENGINE.name)
    if len(rows) == 1 and len(rows[0]) == 1:
        return to_vba(rows[0][0])
    if len(rows) == 1:
        return VBAArray([(0, len(rows[0]) - 1)], items=[to_vba(cell) for cell in rows[0]])
    items = [to_vba(row[column]) for column in range(len(rows[0])) for row in rows]
    return VBAArray([(0, len(rows) - 1), (0, len(rows[0]) - 1)], items=items)


class Excel:
    """One Excel session with the add-in of worksheet functions and a workbook that has cells."""

    def __init__(self, addin: Path, book: Path, patch: pytest.MonkeyPatch, *, runtime: bool = False) -> None:
        register()
        self.windows = Windows()
        self.described: list[dict[str, Any]] = []
        self.scheduled: list[str] = []
        self.app = ExcelApplication.open(addin, with_vba=False)
        self.app.interpreter.host.create = self._create
        self._fake(patch)
        with ExcelFile(addin) as package:
            sources = {module.name: module.source for module in package.vba_project().modules}
        self.app.add_module(_adapted(sources["xlwings"]) if runtime else _XLPY, name="xlwings")
        for name in (WRAPPERS, SUPPORT):
            self.app.add_module(_adapted(sources[name]), name=name)
        self.app.open_workbook(book)
        self.python = Python(self.app)
        self._probes = 0

    def _fake(self, patch: pytest.MonkeyPatch) -> None:
        caller = MemberSpec(name="Caller", kind="property", getter=lambda _: self.app.evaluate("Range(\"Z99\")"))
        patch.setitem(Application._vba_members, "caller", caller)
        patch.setitem(_intrinsics.INTRINSICS, "environ", lambda *_: r"C:\Users\Lan")
        patch.setitem(_intrinsics.INTRINSICS, "getattr", self._attributes)

    def _attributes(self, _: Any, arguments: Sequence[Any], __: Any) -> Any:
        if str(arguments[0]) in self.windows.files:
            return VBAInt(32, "Integer")
        raise error(53)

    def _create(self, name: str) -> Any:
        if name == "Tdkt.Python":
            return self.python
        if name.lower() == "wscript.shell":
            return Shell(self.windows)
        return self._dictionary(name)

    _dictionary: Callable[[str], Any]

    def ask(self, expression: str) -> Any:
        """The value of a VBA expression, errors of Excel as their number in a tuple."""
        self._probes += 1
        name = f"Probe{self._probes}"
        self.app.add_module(
            f'Attribute VB_Name = "M{name}"\nPublic Function {name}()\n{name} = {expression}\nEnd Function\n',
            name=f"M{name}",
        )
        return _plain(self.app.run(name))


def _plain(value: Any) -> Any:
    if isinstance(value, VBAErrorValue):
        return (value.number,)
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return [_plain(item) for item in value.elements()]
        (top, bottom), (left, right) = value.bounds
        height = bottom - top + 1
        return [
            [_plain(value.items[column * height + row]) for column in range(right - left + 1)]
            for row in range(height)
        ]
    return from_vba(value, float)


def _adapted(source: str) -> str:
    """Spelling Excel accepts and pyOpenVBA does not; every change keeps the meaning."""
    lines = source.replace("\r\n", "\n").split("\n")
    text = "\n".join(re.sub(r"\s'.*$", "", line) if line.lstrip().startswith("#") else line for line in lines)
    text = text.replace('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)')
    text = re.sub(r"(GetConfig\([^)]*\)) = True", r"CBool(\1)", text)
    return re.sub(r"(?m)^(\s*)Kill LOG_FILE$", r"\1'Kill LOG_FILE", text)
