"""The worksheet functions in pyOpenVBA's Excel model: their wrappers run, Python answers behind ``XLPy``.

What lies between the wrapper and Python on Windows (the DLL, COM, the server process) is a stand-in; the
server's call_udf, our decorators and the conversion of arguments and answers are xlwings' own.
"""

import functools
import importlib
import importlib.util
import re
import sys
import types
from collections.abc import Sequence
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
from tests.excel.com import from_vba, to_vba
from tests.excel.engine import ENGINE, register
from tests.excel.stand_ins import stand_ins
from tests.excel_addin.host import Shell, Windows

_XLPY = """Attribute VB_Name = "xlwings"
Public Function XLPy()
    Set XLPy = CreateObject("Tdkt.Python")
End Function
"""
_MISSING_IN_COM = -2147352572


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
        assert from_vba(book) is None, "no workbook may reach xlwings"
        if self.broken:
            raise error(1000, self.broken)
        given = tuple(_in_com(argument) for argument in arguments.elements())
        return _sent(real_udfs().call_udf(str(script), str(name), given, None, from_vba(caller)))


@functools.cache
def real_udfs() -> Any:
    """xlwings' own server module, with a copy of our functions that carries xlwings' real decorators."""
    modules = stand_ins()
    modules["xlwings.com_server"] = types.ModuleType("xlwings.com_server")
    modules["xlwings.com_server"].__dict__["loop"] = None
    with pytest.MonkeyPatch.context() as patch:
        for name, module in modules.items():
            patch.setitem(sys.modules, name, module)
        udfs = importlib.import_module("xlwings.udfs")
        patch.setattr(xw, "func", udfs.xlfunc)
        patch.setattr(xw, "arg", udfs.xlarg)
        spec = importlib.util.spec_from_file_location("tdkt_functions_copy", functions.__file__)
        assert spec is not None
        assert spec.loader is not None
        copy = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, spec.name, copy)
        spec.loader.exec_module(copy)
    sys.modules["xlwings.com_server"] = modules["xlwings.com_server"]
    udfs.udf_modules[FUNCTIONS_MODULE] = {"module": copy, "filetime": None}
    register()
    xw.engines.engines_by_name["excel"] = xw.engines[ENGINE.name]
    return udfs


def _in_com(argument: Any) -> Any:
    """Return an argument as COM hands it over; a range is read here, by the same conversion later."""
    if argument is MISSING:
        return _MISSING_IN_COM
    value = from_vba(argument, float)
    return value.Value if isinstance(argument, VBAObject) else value


def _sent(rows: Any) -> Any:
    """Return the answer as pywin32 sends it: one cell alone, one row flat, and no array from 1."""
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
        self.described: list[tuple[str, ...]] = []
        self.scheduled: list[str] = []
        self.refuses_descriptions = False
        self.app = ExcelApplication.open(addin, with_vba=False)
        self._others = self.app.interpreter.host.create
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
        help_names = ("Macro", "Description", "Category", "ArgumentDescriptions")
        for spec in (
            MemberSpec("Caller", "property", lambda _: self.app.evaluate('Range("Z99")')),
            MemberSpec("OnTime", "method", self._on_time, parameters=("EarliestTime", "Procedure")),
            MemberSpec("MacroOptions", "method", self._macro_options, parameters=help_names),
        ):
            patch.setitem(Application._vba_members, spec.name.lower(), spec)
        patch.setitem(_intrinsics.INTRINSICS, "environ", lambda *_: r"C:\Users\Lan")
        patch.setitem(_intrinsics.INTRINSICS, "getattr", self._attributes)

    def _on_time(self, _: Any, time: Any, procedure: Any) -> None:
        self.scheduled.append(str(procedure))

    def _macro_options(self, _: Any, macro: Any, description: Any, category: Any, arguments: Any) -> None:
        if self.refuses_descriptions:
            raise error(1004, "Cannot edit a macro on a hidden workbook.")
        helped = [str(item) for item in arguments.elements()]
        self.described.append((str(macro), str(description), str(category), *helped))

    def _attributes(self, _: Any, arguments: Sequence[Any], __: Any) -> Any:
        if str(arguments[0]) in self.windows.files:
            return VBAInt(32, "Integer")
        raise error(53)

    def _create(self, name: str) -> Any:
        if name == "Tdkt.Python":
            return self.python
        if name.lower() == "wscript.shell":
            return Shell(self.windows)
        return self._others(name)

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
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return (value.number,) if isinstance(value, VBAErrorValue) else from_vba(value, float)


def _adapted(source: str) -> str:
    """Spelling Excel accepts and pyOpenVBA does not; every change keeps the meaning."""
    lines = source.replace("\r\n", "\n").split("\n")
    text = "\n".join(re.sub(r"\s'.*$", "", line) if line.lstrip().startswith("#") else line for line in lines)
    text = text.replace('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)')
    text = re.sub(r"(GetConfig\([^)]*\)) = True", r"CBool(\1)", text)
    return re.sub(r"(?m)^(\s*)Kill LOG_FILE$", r"\1'Kill LOG_FILE", text)
