"""What the clerk sees and answers: the screen in front of one Excel in memory."""

import itertools
from collections import deque
from dataclasses import dataclass, field
from typing import Any

LONGEST_LINE = 255
"""Excel refuses a longer prompt of InputBox and a longer status bar."""


class UnansweredError(BaseException):
    """A dialog came up that the test did not expect; no handler of the product may swallow it."""


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


MACRO_SECURITY = "automationsecurity"
DEFAULTS: dict[str, object] = {"interactive": True, "startuppath": "", MACRO_SECURITY: 1}
_desks: dict[int, Desk] = {}
_numbers = itertools.count(4711)


def desk_of(application: object) -> Desk:
    """The desk of an application, made on first sight."""
    if id(application) not in _desks:
        _desks[id(application)] = Desk(next(_numbers), settings=dict(DEFAULTS), kept=[application])
    return _desks[id(application)]


class FileDialog:
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
