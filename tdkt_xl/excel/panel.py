"""tdkt panel: the ribbon's buttons in a small window, for machines where macros are blocked.

Each click starts the same Python action the ribbon starts, attached to the workbook active in Excel.
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tdkt_xl.excel.addin_parts import macros_folder

if TYPE_CHECKING:
    import tkinter

_NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
_IDLE = "Sẵn sàng. Mở sổ trong Excel rồi bấm một nút."
_WIDTH = 30
_ACROSS = 2
"""Buttons beside each other: the window must fit a screen of 768 lines."""
_WRAP = 470


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the ribbon: its action, label and explanation."""

    action: str
    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the ribbon with its buttons in order."""

    label: str
    buttons: tuple[Button, ...]


def read_groups(ribbon: bytes) -> list[Group]:
    """Read groups and buttons from our own ribbon XML, so that panel and ribbon never differ."""
    tree = ElementTree.fromstring(ribbon)  # noqa: S314  # a file of this package, not received
    return [
        Group(
            group.get("label", ""),
            tuple(
                Button(button.get("id", ""), button.get("label", ""), button.get("supertip", ""))
                for button in group.iter(f"{_NAMESPACE}button")
            ),
        )
        for group in tree.iter(f"{_NAMESPACE}group")
    ]


def action_command(action: str) -> list[str]:
    """The command a click starts: the ribbon's, without a workbook name, so the active one is taken."""
    return [sys.executable, "-I", "-m", "tdkt_xl.excel.run", action]


def start_action(action: str, when_done: Callable[[int], None]) -> threading.Thread:
    """Run an action in a process of its own; ``when_done`` gets its exit code in another thread."""

    def work() -> None:
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        done = subprocess.run(action_command(action), check=False, creationflags=flags)  # noqa: S603  # our own module
        when_done(done.returncode)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


class Panel:
    """The window. One action at a time: buttons are grey while one runs."""

    def __init__(self, root: "tkinter.Tk", groups: list[Group]) -> None:
        import tkinter
        from tkinter import ttk

        self._root = root
        self._buttons: list[ttk.Button] = []
        self._status = tkinter.StringVar(value=_IDLE)
        root.title("Thi đua - Khen thưởng")
        root.resizable(width=False, height=False)
        for group in groups:
            frame = ttk.LabelFrame(root, text=group.label, padding=6)
            frame.pack(fill="x", padx=8, pady=4)
            for number, button in enumerate(group.buttons):
                widget = ttk.Button(frame, text=button.label, width=_WIDTH)
                row, column = divmod(number, _ACROSS)
                widget.grid(row=row, column=column, padx=1, pady=1)
                self._add(widget, button)
        self._add_status(max((item.explanation for group in groups for item in group.buttons), key=len))

    def _add(self, widget: "tkinter.ttk.Button", button: Button) -> None:
        """Explain the button under the mouse, and the one the keyboard has come to."""
        widget.configure(command=lambda: self._click(button))
        for event in ("<Enter>", "<FocusIn>"):
            widget.bind(event, lambda _event: self._explain(button.explanation))
        for event in ("<Leave>", "<FocusOut>"):
            widget.bind(event, lambda _event: self._explain(_IDLE))
        self._buttons.append(widget)

    def _add_status(self, longest: str) -> None:
        """The line below the buttons, with room for the longest text: the window must not jump."""
        from tkinter import ttk

        place = ttk.Frame(self._root)
        label = ttk.Label(place, textvariable=self._status, wraplength=_WRAP, padding=8)
        label.pack(fill="x")
        place.pack(fill="x")
        self._status.set(longest)
        self._root.update_idletasks()
        place.configure(height=label.winfo_reqheight())
        place.pack_propagate(False)
        self._status.set(_IDLE)

    def _explain(self, text: str) -> None:
        if not self._buttons[0].instate(["disabled"]):
            self._status.set(text)

    def _click(self, button: Button) -> None:
        for widget in self._buttons:
            widget.state(["disabled"])
        self._status.set(f"Đang chạy: {button.label} …")
        start_action(button.action, self._report)

    def _report(self, code: int) -> None:
        """Called in the worker's thread; Tk is touched by its own thread only, hence after()."""
        self._root.after(0, self._finished, code)

    def _finished(self, code: int) -> None:
        for widget in self._buttons:
            widget.state(["!disabled"])
        failed = "Công cụ không chạy được đến cùng. Mời chạy tdkt doctor để kiểm tra máy."
        self._status.set(failed if code else _IDLE)


def open_panel() -> None:
    """Open the window and wait until it is closed."""
    import tkinter

    root = tkinter.Tk()
    Panel(root, read_groups((macros_folder() / "customUI14.xml").read_bytes()))
    root.mainloop()
