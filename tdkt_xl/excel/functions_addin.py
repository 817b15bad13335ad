"""Build ``tdkt-ham.xlam``, the optional add-in with worksheet functions, without Excel.

It holds three things: the VBA runtime of the installed xlwings package, hardened; wrappers written by
xlwings' own generator (``macros/TdktUdfs.bas``); and ``macros/TdktHam.bas``, which turns marked answers
into Excel errors. ``python -m tdkt_xl.excel.functions_addin`` prints the wrappers and their help as JSON;
it is run in a process of its own, where stand-ins for pywin32 do no harm.
"""

import functools
import importlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_xl.excel.addin import assemble
from tdkt_xl.excel.addin_parts import CONF_SHEET, INTERPRETER, macros_folder
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine

FUNCTIONS_ADDIN = "tdkt-ham.xlam"
FUNCTIONS_MODULE = "tdkt_xl.excel.functions"
WRAPPERS, SUPPORT = "TdktUdfs", "TdktHam"
HELP_SHEET = "tdkt.ham"
XLWINGS = "0.37.8"
"""The version of xlwings whose runtime is built in: its DLL carries it in its name."""
REASON_FUNCTION = "TDKT_LYDO"
HELP_HEADING = ("function", "description", "category", "arguments")

SETTINGS: Mapping[str, str] = {
    INTERPRETER: r"%LOCALAPPDATA%\tdkt\Scripts\python.exe",
    "PYTHONPATH": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
    "UDF MODULES": FUNCTIONS_MODULE,
    "USE UDF SERVER": "True",
    "DEBUG UDFS": "False",
    "SHOW CONSOLE": "False",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
}
"""Settings of the runtime, all of them here, so that no file or workbook is asked for one."""

_PROJECT = 'Public Const PROJECT_NAME As String = "{}"'
_HARDENING: Sequence[tuple[str, str, int]] = (
    # The sheet tdkt.conf of any open workbook would choose the interpreter …
    (
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then 'tdkt: no settings from the user's workbook",
        1,
    ),
    # … and so would the file tdkt.conf in its folder.
    (
        'If source = "" Or source = "directory" Then',
        'If source = "directory" Then \'tdkt: no settings from the folder of the workbook',
        1,
    ),
    # An empty last part would put the current folder first on sys.path; the workbook is not needed.
    (
        'PYTHONPATH = AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" & '
        'GetConfig("ONEDRIVE_CONSUMER_WIN") & ";" & GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & '
        'GetConfig("SHAREPOINT_WIN") & ";" & GetConfig("PYTHONPATH")',
        "PYTHONPATH = \"false;;;;;\" 'tdkt: no folder but Python's own",
        1,
    ),
    # Python must not import from the folder Excel happens to be in.
    (" -B -c ", " -I -B -c ", 2),
)
_TEXT_LIMIT = 255  # of a description in the wizard


@dataclass(frozen=True, slots=True)
class Generated:
    """The VBA wrappers, and for each function its name, description, category and argument help."""

    source: str
    help: tuple[tuple[str, ...], ...]


def shipped_functions_addin() -> bytes:
    """Return the add-in that travels with the package; raises TdktError KT-809 when it was lost."""
    path = macros_folder() / FUNCTIONS_ADDIN
    if not path.is_file():
        raise TdktError(machine.DATA_FILE_MISSING, path=f"macros/{FUNCTIONS_ADDIN}")
    return path.read_bytes()


def build_functions_addin(out: Path, *, harden: bool = True) -> Path:
    """Write the add-in to ``out`` and return it; raises TdktError KT-831 without pyOpenVBA.

    ``harden=False`` leaves xlwings' runtime as shipped, for the tests that show what it would do.
    """
    generated = generate()
    modules = [
        ("xlwings", runtime(harden=harden)),
        (WRAPPERS, generated.source),
        (SUPPORT, (macros_folder() / f"{SUPPORT}.bas").read_text(encoding="ascii")),
    ]
    dictionary = (_xlwings_folder() / "addin" / "Dictionary.cls").read_text(encoding="ascii")
    sheets = functools.partial(_write_sheets, generated=generated)
    return assemble(out, sheets, modules, classes=[("Dictionary", dictionary)])


def runtime(*, harden: bool = True) -> str:
    """Return xlwings' VBA module under our project name, its licence included.

    Raises ValueError when the installed xlwings no longer has a line that is replaced.
    """
    source = (_xlwings_folder() / "xlwings_custom_addin.bas").read_text(encoding="ascii")
    source = _replaced(source, _PROJECT.format("myaddin"), _PROJECT.format("tdkt"), 1)
    for old, new, count in _HARDENING if harden else ():
        source = _replaced(source, old, new, count)
    return source


def generate() -> Generated:
    """Return the wrappers of our functions, generated in a fresh process."""
    code = f"import runpy; runpy.run_module({__name__!r}, run_name='__main__')"
    command = [sys.executable, "-X", "utf8", "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603 -- ours
    answer = json.loads(done.stdout)
    return Generated(answer["source"], tuple(tuple(row) for row in answer["help"]))


def _replaced(text: str, old: str, new: str, count: int) -> str:
    if text.count(old) != count:
        msg = f"expected {old!r} {count} times in the VBA of xlwings"
        raise ValueError(msg)
    return text.replace(old, new)


def _xlwings_folder() -> Path:
    found = importlib.util.find_spec("xlwings")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _write_sheets(path: Path, generated: Generated) -> None:
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    about = {"title": FUNCTIONS_ADDIN, "author": "tdkt_xl", "created": datetime(2000, 1, 1)}  # noqa: DTZ001
    book.set_properties(about)
    help_sheet = book.add_worksheet(HELP_SHEET)
    for row_index, row in enumerate([HELP_HEADING, *generated.help]):
        help_sheet.write_row(row_index, 0, row)
    settings = book.add_worksheet(CONF_SHEET)
    for row_index, pair in enumerate(SETTINGS.items()):
        settings.write_row(row_index, 0, pair)
    book.close()


class _StandIn(types.ModuleType):
    """A module of pywin32 that is only imported, never used, while the wrappers are written."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {"__init__": lambda *_, **__: None})


def _generator() -> Any:
    """Import xlwings with its real decorators; off Windows it has some that do nothing."""
    if not sys.platform.startswith("win"):
        for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
            sys.modules[name] = _StandIn(name)
    import xlwings

    udfs = importlib.import_module("xlwings.udfs")
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return udfs


def _print_generated() -> None:
    udfs = _generator()
    module = importlib.import_module(FUNCTIONS_MODULE)
    written = io.StringIO()
    udfs.generate_vba_wrapper(FUNCTIONS_MODULE, module, written, types.SimpleNamespace(Name=FUNCTIONS_ADDIN))
    functions = [item.__xlfunc__ for item in vars(module).values() if hasattr(item, "__xlfunc__")]
    rows = [
        [
            item["name"],
            *(
                " ".join(text.split())
                for text in (item["ret"]["doc"], item["category"], *(one["doc"] for one in item["args"]))
            ),
        ]
        for item in functions
    ]
    assert all(len(text) <= _TEXT_LIMIT for row in rows for text in row), "too long for the wizard"
    json.dump({"source": _finished(written.getvalue()), "help": rows}, sys.stdout)


def _finished(wrappers: str) -> str:
    """Return the generated text as a module whose errors are Excel errors and that names no workbook.

    A call that never reached Python gives #N/A; only TDKT_LYDO then shows what Windows said. The workbook
    is left out because xlwings would look for Python code in its sheets, and we need none.
    """
    text = wrappers.replace(", ActiveWorkbook, Application.Caller)", ", Nothing, Application.Caller)")
    text = re.sub(r"(TDKT_\w+) = (XLPy\.CallUDF\(.*\))$", r"\1 = TdktAnswer(\2)", text, flags=re.MULTILINE)
    text = re.sub(rf"(?!{REASON_FUNCTION})\b(TDKT_\w+) = Err\.Description", r"\1 = CVErr(xlErrNA)", text)
    text = text.replace("    Dim argsArray() As Variant\n", "    Dim argsArray() As Variant, k As Long\n")
    head = (
        f'Attribute VB_Name = "{WRAPPERS}"',
        "Option Explicit",
        f"'Written by the generator of xlwings from {FUNCTIONS_MODULE}: build again instead of editing.",
        '#Const App = "Microsoft Excel"',
        "",
    )
    return "\n".join([*head, text.rstrip(), ""])


if __name__ == "__main__":
    _print_generated()
