"""tdkt panel: the ribbon's buttons in a window, with a tkinter that draws nothing."""

import subprocess
import sys
import threading
import types
from collections.abc import Callable, Iterator
from subprocess import CompletedProcess
from typing import Any

import pytest

from tdkt_xl.excel import panel
from tdkt_xl.excel.actions import ACTIONS
from tdkt_xl.excel.addin_parts import macros_folder
from tests.excel_addin.ribbon import controls

XML = (macros_folder() / "customUI14.xml").read_bytes()


class Widget:
    """A frame, label or button that remembers what it was told."""

    made: list["Widget"]

    def __init__(self, parent: object = None, **options: Any) -> None:
        self.parent, self.options = parent, options
        self.states: set[str] = set()
        self.events: dict[str, Callable[[object], None]] = {}
        self.made.append(self)

    def pack(self, **_: object) -> None:
        """Nothing is drawn."""

    grid = pack

    def pack_propagate(self, keep: bool) -> None:
        """Nothing has a size."""

    def winfo_reqheight(self) -> int:
        return 1

    def configure(self, **options: Any) -> None:
        self.options.update(options)

    def bind(self, event: str, work: Callable[[object], None]) -> None:
        self.events[event] = work

    def state(self, names: list[str]) -> None:
        for name in names:
            if name.startswith("!"):
                self.states.discard(name[1:])
            else:
                self.states.add(name)

    def instate(self, names: list[str]) -> bool:
        return self.states.issuperset(names)


class Button(Widget):
    """A button that can be pressed, unless it is grey."""

    def press(self) -> None:
        if "disabled" not in self.states:
            self.options["command"]()


class Text:
    def __init__(self, value: str = "") -> None:
        self.value = value

    def set(self, value: str) -> None:
        self.value = value


class Root:
    """The window; what other threads hand over is done when the test lets Tk run."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[..., None], tuple[object, ...]]] = []
        self.loops = 0

    def title(self, text: str) -> None:
        assert text == "Thi đua - Khen thưởng"

    def resizable(self, **_: bool) -> None:
        """Any size will do."""

    def after(self, delay: int, work: Callable[..., None], *given: object) -> None:
        assert delay == 0
        self.waiting.append((work, given))

    def update_idletasks(self) -> None:
        """Nothing is drawn."""

    def mainloop(self) -> None:
        self.loops += 1

    def run(self) -> None:
        while self.waiting:
            work, given = self.waiting.pop(0)
            work(*given)


class Window:
    """The panel as the clerk sees it."""

    def __init__(self) -> None:
        self.root = Root()
        panel.Panel(self.root, panel.read_groups(XML))  # type: ignore[arg-type]  # a window that is not drawn
        self.buttons = {item.options["text"]: item for item in Widget.made if isinstance(item, Button)}
        self.status: Text = next(
            item.options["textvariable"] for item in Widget.made if "textvariable" in item.options
        )

    @property
    def grey(self) -> set[bool]:
        return {"disabled" in button.states for button in self.buttons.values()}


@pytest.fixture(autouse=True)
def fake_tkinter(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Root]]:
    """A tkinter without a screen; the windows it opened."""
    opened: list[Root] = []

    def root() -> Root:
        opened.append(Root())
        return opened[-1]

    Widget.made = []
    tkinter, ttk = types.ModuleType("tkinter"), types.ModuleType("tkinter.ttk")
    ttk.__dict__.update(Button=Button, LabelFrame=Widget, Frame=Widget, Label=Widget)
    tkinter.__dict__.update(ttk=ttk, StringVar=Text, Tk=root)
    monkeypatch.setitem(sys.modules, "tkinter", tkinter)
    monkeypatch.setitem(sys.modules, "tkinter.ttk", ttk)
    yield opened
    Widget.made = []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Callable[[int], None]]]:
    """Actions that were asked for, with whom to tell their end."""
    found: list[tuple[str, Callable[[int], None]]] = []
    monkeypatch.setattr(panel, "start_action", lambda action, done: found.append((action, done)))
    return found


def test_groups_are_those_of_the_ribbon() -> None:
    groups = panel.read_groups(XML)
    found = controls(XML)
    assert [group.label for group in groups] == [
        item.attributes["label"] for item in found if item.tag == "group"
    ]
    assert [
        (button.action, button.label, button.explanation) for group in groups for button in group.buttons
    ] == [
        (item.id, item.attributes["label"], item.attributes["supertip"])
        for item in found
        if item.tag == "button"
    ]
    assert {button.action for group in groups for button in group.buttons} == ACTIONS.keys()


def test_window_has_every_button_in_its_group() -> None:
    window = Window()
    for group in panel.read_groups(XML):
        for button in group.buttons:
            parent = window.buttons[button.label].parent
            assert isinstance(parent, Widget)
            assert parent.options["text"] == group.label


def test_command_is_that_of_the_ribbon_without_a_workbook() -> None:
    assert panel.action_command("tdktCheckBook") == [
        sys.executable,
        "-I",
        "-m",
        "tdkt_xl.excel.run",
        "tdktCheckBook",
    ]


def test_process_is_started_hidden_and_its_code_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[list[str], int]] = []

    def run(command: list[str], *, check: bool, creationflags: int) -> CompletedProcess[str]:
        assert not check
        assert threading.current_thread() is not threading.main_thread()
        ran.append((command, creationflags))
        return CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    codes: list[int] = []
    panel.start_action("tdktHelp", codes.append).join(5)
    assert ran == [(panel.action_command("tdktHelp"), 0x08000000)]
    assert codes == [3]


def test_one_action_at_a_time(started: list[tuple[str, Callable[[int], None]]]) -> None:
    window = Window()
    window.buttons["Kiểm tra tệp này"].press()
    assert window.grey == {True}
    assert window.status.value == "Đang chạy: Kiểm tra tệp này …"
    window.buttons["Tổng hợp các cụm"].press()
    assert [action for action, _ in started] == ["tdktCheckBook"]
    window.buttons["Tổng hợp các cụm"].events["<Enter>"](None)
    assert window.status.value == "Đang chạy: Kiểm tra tệp này …"
    started[0][1](0)
    assert window.grey == {True}  # told in another thread: Tk has not come to it yet
    window.root.run()
    assert window.grey == {False}
    assert window.status.value.startswith("Sẵn sàng")
    window.buttons["Tổng hợp các cụm"].press()
    assert [action for action, _ in started] == ["tdktCheckBook", "tdktConsolidate"]


def test_failure_is_reported(started: list[tuple[str, Callable[[int], None]]]) -> None:
    window = Window()
    window.buttons["Danh mục"].press()
    started[0][1](1)
    window.root.run()
    assert "Mời chạy tdkt doctor" in window.status.value
    assert window.grey == {False}


def test_pointing_at_a_button_explains_it() -> None:
    window = Window()
    button = window.buttons["Truy nguồn ô này"]
    for come, go in (("<Enter>", "<Leave>"), ("<FocusIn>", "<FocusOut>")):
        button.events[come](None)
        assert window.status.value.endswith("Chỉ đọc, không sửa gì.")
        button.events[go](None)
        assert window.status.value.startswith("Sẵn sàng")


def test_the_window_is_opened_once(fake_tkinter: list[Root]) -> None:
    panel.open_panel()
    assert [root.loops for root in fake_tkinter] == [1]
