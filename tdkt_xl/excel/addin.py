"""Build ``tdkt.xlam`` from the texts in ``macros/``, without Excel and with the same bytes every time.

XlsxWriter writes the hidden sheets, pyOpenVBA (a package of the developers, not of the clerks) adds
the VBA project, and a last pass over the parts turns the workbook into an add-in with our ribbon.
"""

import importlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_xl.excel.addin_parts import (
    ADDIN,
    CONF_SHEET,
    INTERPRETER,
    STATE,
    STATE_SHEET,
    TEXTS,
    UI_SHEET,
    macros_folder,
)
from tdkt_xl.excel.ribbon_state import Items, lists_of
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine

MODULES = ("TdktRibbon", "TdktLaunch")
_FIRST_LIST_INDEX = 3  # column D of tdkt.ui, as the VBA has it
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    '<Relationship Id="rIdCustomUI14" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{_RIBBON_PART}"/>'
)
_WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_WORKBOOK_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_SOURCE_ONLY = bytes.fromhex(
    "cc61ffff000000"
)  # [MS-OVBA] 2.3.4.1 as a writer leaves it: Office compiles itself


def build_addin(out: Path) -> Path:
    """Write the add-in to ``out`` and return it; raises TdktError KT-831 without pyOpenVBA."""
    sources = macros_folder()
    modules = [(name, (sources / f"{name}.bas").read_text(encoding="ascii")) for name in MODULES]
    ribbon = (sources / "customUI14.xml").read_bytes().replace(b"\r\n", b"\n")
    return assemble(out, _write_sheets, modules, ribbon=ribbon)


def assemble(
    out: Path,
    write_sheets: Callable[[Path], None],
    modules: Iterable[tuple[str, str]],
    *,
    classes: Iterable[tuple[str, str]] = (),
    ribbon: bytes | None = None,
) -> Path:
    """Write an add-in of these sheets, VBA modules (name, text) and ribbon; raises TdktError KT-831."""
    tool, excel, cfb = (_vba_tool(name) for name in ("pyopenvba", "pyopenvba.excel", "pyopenvba.cfb"))
    with tempfile.TemporaryDirectory() as folder:
        plain, macro, finished = (Path(folder) / name for name in ("1.xlsx", "2.xlsm", "3.xlsm"))
        write_sheets(plain)
        parts = _parts_of(plain)
        parts["[Content_Types].xml"] = _retype(parts, _WORKBOOK_TYPE, _MACRO_WORKBOOK_TYPE)
        _write_parts(macro, parts)
        with excel.ExcelFile(macro) as book:
            project = book.add_vba_project()
            for name, text in modules:
                project.add_module(name, text.replace("\n", "\r\n"))
            for name, text in classes:
                project.add_module(name, text.replace("\n", "\r\n"), kind=tool.VBAModuleKind.other)
            book.save(finished)
        parts = _parts_of(finished)
    parts["[Content_Types].xml"] = _retype(parts, _MACRO_WORKBOOK_TYPE, _ADDIN_TYPE)
    parts["xl/vbaProject.bin"] = _source_only(cfb, parts["xl/vbaProject.bin"])
    if ribbon is not None:
        end = b"</Relationships>"
        parts["_rels/.rels"] = _once(parts["_rels/.rels"], end, _RIBBON_RELATION.encode() + end)
        parts[_RIBBON_PART] = ribbon
    out.parent.mkdir(parents=True, exist_ok=True)
    _write_parts(out, parts)
    return out


def _vba_tool(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise TdktError(machine.BUILD_TOOL_MISSING, name="pyOpenVBA") from error


def _write_sheets(path: Path) -> None:
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    book.set_properties({"title": ADDIN, "author": "tdkt_xl", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    texts = book.add_worksheet(UI_SHEET)
    for row_index, pair in enumerate(TEXTS.items()):
        texts.write_row(row_index, 0, pair)
    for number, (name, items) in enumerate(_first_lists().items()):
        column_index = _FIRST_LIST_INDEX + 2 * number
        for row_index, pair in enumerate([(f"{name}.id", f"{name}.label"), *items]):
            texts.write_row(row_index, column_index, pair)
    state = book.add_worksheet(STATE_SHEET)
    for row_index, state_pair in enumerate(STATE.items()):
        state.write_row(row_index, 0, state_pair)
    book.add_worksheet(CONF_SHEET).write_row(0, 0, [INTERPRETER, r"%LOCALAPPDATA%\tdkt\Scripts\python.exe"])
    book.close()


def _first_lists() -> Mapping[str, Items]:
    """The lists of the master data that travel with the product: shown until the first click."""
    from tdkt_xl.tasks.master import load_master
    from tdkt_xl.tasks.resources import default_master

    return lists_of(load_master(default_master()))


def _source_only(cfb: Any, project: bytes) -> bytes:
    storage = cfb.CFB.from_bytes(project)
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", _SOURCE_ONLY)
    return bytes(storage.to_bytes())


def _retype(parts: Mapping[str, bytes], old: bytes, new: bytes) -> bytes:
    return _once(parts["[Content_Types].xml"], old, new)


def _once(text: bytes, old: bytes, new: bytes) -> bytes:
    """Replace the only occurrence; anything else means that a package changed what it writes."""
    if text.count(old) != 1:
        msg = f"expected {old!r} exactly once"
        raise ValueError(msg)
    return text.replace(old, new)


def _parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _write_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write the parts in a fixed order, without clock and without compression.

    Deflated bytes differ between builds of zlib; stored ones are the same everywhere.
    """
    first = ["[Content_Types].xml", "_rels/.rels"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name in [*first, *sorted(parts.keys() - set(first))]:
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 0
            package.writestr(entry, parts[name])
