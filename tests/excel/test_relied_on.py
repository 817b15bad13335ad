"""Names of xlwings and pyOpenVBA that are relied on: an upgrade breaks here first."""

import inspect

import pyopenvba
import pyopenvba.apps.excel._io as reader
import pytest
import xlwings as xw
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import _objects, _values
from xlwings import base_classes

from tests.excel.conftest import Excel

XLWINGS = {
    xw.App: "alert api books calculation hwnd screen_updating selection status_bar",
    xw.Book: "activate api app name save sheets",
    xw.Sheet: "activate api book delete name notes used_range visible",
    xw.Range: "add_hyperlink add_note address api color column column_width merge_area merge_cells note "
    "options resize row select value wrap_text",
    xw.Note: "delete location text",
}
MEMBERS = {
    "Workbook": "FullName Path Saved ProtectStructure Name",
    "Worksheet": "ProtectContents ProtectDrawingObjects ProtectScenarios Protection Protect Unprotect",
    "Range": "Interior Hyperlinks",
    "Application": "StatusBar ScreenUpdating Calculation",
}


def test_versions() -> None:
    assert xw.__version__ == "0.37.8"
    assert pyopenvba.__version__ == "6.5.0"


@pytest.mark.parametrize("kind", XLWINGS, ids=lambda kind: str(kind.__name__))
def test_members_of_xlwings(kind: type) -> None:
    missing = [name for name in XLWINGS[kind].split() if not hasattr(kind, name)]
    assert missing == []


def test_calls_of_xlwings() -> None:
    assert list(inspect.signature(xw.App.alert).parameters)[1:4] == ["prompt", "title", "buttons"]
    opened = inspect.signature(xw.main.Books.open).parameters
    assert {"update_links", "read_only"} <= opened.keys()
    assert {"alert", "quit", "kill"} <= vars(base_classes.App).keys()
    assert hasattr(base_classes, "Apps")


def test_members_of_pyopenvba(excel: Excel) -> None:
    book = excel.app.books.add()
    cell = book.sheets[0]["A1"]
    found = {
        "Workbook": book.api,
        "Worksheet": book.sheets[0].api,
        "Range": cell.api,
        "Application": excel.app.api,
    }
    missing = [
        (kind, name)
        for kind, names in MEMBERS.items()
        for name in names.split()
        if found[kind].vba.vba_member(name) is None
    ]
    assert missing == []
    assert callable(reader.save_workbook)
    assert isinstance(ExcelApplication().application, _objects.VBAObject)
    assert {"EMPTY", "MISSING", "NOTHING", "NULL", "VBAArray", "VBADate", "VBAErrorValue"} <= vars(
        _values
    ).keys()


def test_the_facade_leaves_no_stand_in_behind() -> None:
    import sys

    import tests.excel.engine  # noqa: F401 - imported for its effect

    names = ("pywintypes", "win32api", "pythoncom", "win32com", "win32gui")
    assert [name for name in names if name in sys.modules] == []
