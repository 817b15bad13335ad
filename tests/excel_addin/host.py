"""The add-in's VBA in pyOpenVBA's Excel model, with the edges to Windows recorded instead of crossed."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application
from pyopenvba.interpreter import VBAObject, member, method
from pyopenvba.interpreter._objects import MemberSpec, setter
from pyopenvba.interpreter._values import MISSING, VBAInt, error

PYTHON = r"C:\tdkt\Scripts\python.exe"
HWND = 4711
RIBBON_FAKE_CONTROL = 'Attribute VB_Name = "FakeControl"\nPublic ID As String\n'
RIBBON_DRIVER = """Attribute VB_Name = "Driver"
Public Sub Click(ByVal id As String)
    Dim c As New FakeControl
    c.ID = id
    TdktOnAction c
End Sub
Public Function Ask(ByVal callback As String, ByVal id As String) As Variant
    Dim c As New FakeControl, v As Variant
    c.ID = id
    Select Case callback
        Case "TdktItemCount": TdktItemCount c, v
        Case "TdktItemSelected": TdktItemSelected c, v
        Case "TdktGetLabel": TdktGetLabel c, v
    End Select
    Ask = v
End Function
Public Function AskItem(ByVal callback As String, ByVal id As String, ByVal i As Integer) As Variant
    Dim c As New FakeControl, v As Variant
    c.ID = id
    If callback = "TdktItemLabel" Then
        TdktItemLabel c, i, v
    Else
        TdktItemId c, i, v
    End If
    AskItem = v
End Function
Public Sub Choose(ByVal control As String, ByVal id As String, ByVal i As Integer)
    Dim c As New FakeControl
    c.ID = control
    TdktItemChosen c, id, i
End Sub
Public Sub Fill(ByVal r As Long, ByVal c As Long, ByVal value As Variant)
    ThisWorkbook.Worksheets("tdkt.ui").Cells(r, c).Value = value
End Sub
"""


@dataclass(frozen=True)
class Launch:
    """What Windows would have been asked to start."""

    command: str
    style: int
    wait: bool


@dataclass
class Windows:
    """What the shell of the fake machine knows, answers and records."""

    files: set[str] = field(default_factory=lambda: {PYTHON})
    variables: dict[str, str] = field(default_factory=lambda: {"LOCALAPPDATA": r"C:\Users\Lan\AppData\Local"})
    exit_code: int = 0
    blocked: bool = False
    unregistered: set[str] = field(default_factory=set)
    protected_view: bool = False
    launches: list[Launch] = field(default_factory=list)
    popups: list[tuple[str, str]] = field(default_factory=list)

    def expand(self, text: str) -> str:
        """Expand %NAME% once, as ExpandEnvironmentStrings does; unknown names stay."""
        return re.sub(r"%([^%]+)%", lambda found: self.variables.get(found[1].upper(), found[0]), text)


class ProcessVariables(VBAObject):  # type: ignore[misc]
    vba_type_name = "IWshEnvironment"

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    @member(default=True)  # type: ignore[untyped-decorator]
    def Item(self, name: Any = MISSING) -> Any:  # noqa: N802
        return self.windows.variables.get(str(name).upper(), "")

    @setter("Item")  # type: ignore[untyped-decorator]
    def set_item(self, name: Any, value: Any) -> None:
        self.windows.variables[str(name).upper()] = str(value)


class Shell(VBAObject):  # type: ignore[misc]
    vba_type_name = "IWshShell3"

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    @method  # type: ignore[untyped-decorator]
    def Run(self, command: Any = MISSING, style: Any = MISSING, wait: Any = MISSING) -> Any:  # noqa: N802
        if self.windows.blocked:
            raise error(70)
        self.windows.launches.append(Launch(self.windows.expand(str(command)), int(style), bool(wait)))
        return VBAInt(self.windows.exit_code, "Long")

    @method  # type: ignore[untyped-decorator]
    def Popup(  # noqa: N802
        self, text: Any = MISSING, seconds: Any = MISSING, title: Any = MISSING, kind: Any = MISSING
    ) -> Any:
        self.windows.popups.append((str(title), str(text)))
        return VBAInt(1, "Integer")

    @method  # type: ignore[untyped-decorator]
    def ExpandEnvironmentStrings(self, text: Any = MISSING) -> Any:  # noqa: N802
        return self.windows.expand(str(text))

    @method  # type: ignore[untyped-decorator]
    def Environment(self, scope: Any = MISSING) -> Any:  # noqa: N802
        assert scope == "PROCESS"
        return ProcessVariables(self.windows)


class FileSystem(VBAObject):  # type: ignore[misc]
    vba_type_name = "FileSystemObject"

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    @method  # type: ignore[untyped-decorator]
    def FileExists(self, path: Any = MISSING) -> Any:  # noqa: N802
        return str(path).lower() in {name.lower() for name in self.windows.files}


class Excel:
    """One Excel session with the add-in loaded, and the clerk's workbook on top when there is one."""

    def __init__(
        self, addin: Path, workbook: Path | None, windows: Windows, patch: pytest.MonkeyPatch
    ) -> None:
        self.windows = windows
        self.app = ExcelApplication.open(addin, with_vba=False)
        self.app.interpreter.host.create = self._create
        self._add_member(patch, "Hwnd", lambda _: VBAInt(HWND, "Long"))
        self._add_member(patch, "ActiveProtectedViewWindow", self._protected_view_window)
        with ExcelFile(addin) as package:
            for module in package.vba_project().modules:
                if module.kind is VBAModuleKind.standard:
                    self.app.add_module(module.source, name=module.name)
        self.app.add_module(RIBBON_FAKE_CONTROL, name="FakeControl", kind="class")
        self.app.add_module(RIBBON_DRIVER, name="Driver")
        if workbook is None:
            self.app.application.active_book = None
        else:
            self.app.open_workbook(workbook)

    @staticmethod
    def _add_member(patch: pytest.MonkeyPatch, name: str, getter: Any) -> None:
        spec = MemberSpec(name=name, kind="property", getter=getter)
        patch.setitem(Application._vba_members, name.lower(), spec)

    def _protected_view_window(self, _: object) -> Any:
        return Shell(self.windows) if self.windows.protected_view else self.app.evaluate("Nothing")

    def _create(self, name: str) -> Any:
        made = {"wscript.shell": Shell, "scripting.filesystemobject": FileSystem}.get(name.lower())
        if made is None or name.lower() in self.windows.unregistered:
            raise error(429)
        return made(self.windows)

    def run(self, macro: str, *arguments: object) -> Any:
        return self.app.run(macro, *arguments)

    def click(self, control: str) -> None:
        self.run("Click", control)

    @property
    def command(self) -> str:
        """The only command line started so far."""
        (launch,) = self.windows.launches
        return launch.command
