"""The real window of ``tdkt panel`` on a screen of its own (Xvfb): drawn, pointed at, clicked, closed."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tdkt_xl.excel.addin_parts import macros_folder
from tdkt_xl.excel.panel import read_groups
from tests.tools.runs import ROOT

pytestmark = pytest.mark.display

GROUPS = read_groups((macros_folder() / "customUI14.xml").read_bytes())
BUTTONS = [button for group in GROUPS for button in group.buttons]
IDLE = "Sẵn sàng. Mở sổ trong Excel rồi bấm một nút."
SMALLEST_SCREEN = 768 - 48
"""Lines of an old notebook's screen without the task bar."""

PROBE = '''
import json, sys, tkinter
from tkinter import ttk
sys.path.insert(0, {root!r})
from tdkt_xl.excel import panel
from tdkt_xl.excel.addin_parts import macros_folder

root = tkinter.Tk()
window = panel.Panel(root, panel.read_groups((macros_folder() / "customUI14.xml").read_bytes()))
buttons = {{button.cget("text"): button for button in window._buttons}}
seen = []

def status():
    return window._status.get()

def grey():
    return sorted({{button.instate(["disabled"]) for button in buttons.values()}})

def click(text):
    """As the mouse does it."""
    button = buttons[text]
    for event in ("<Enter>", "<ButtonPress-1>", "<ButtonRelease-1>"):
        button.event_generate(event, x=5, y=5)
        root.update()

def until_idle():
    def look():
        root.quit() if grey() == [False] else root.after(20, look)

    root.after(20, look)
    root.mainloop()  # what other threads hand over is done here only

root.update()
{work}
print(json.dumps(seen))
'''


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen nobody looks at; its name for DISPLAY."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


@pytest.fixture
def at_screen(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Run work in a process that shows the window; returns what it saw."""

    def run(work: str) -> Any:
        home = str(tmp_path_factory.mktemp("home"))
        done = subprocess.run(
            [sys.executable, "-c", PROBE.format(root=str(ROOT), work=work)],
            env={"DISPLAY": screen, "HOME": home, "LOCALAPPDATA": home, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_every_button_is_drawn_whole_and_the_window_fits_a_small_screen(
    at_screen: Callable[[str], Any],
) -> None:
    found, size = at_screen("""
drawn = {}
for text, button in buttons.items():
    drawn[text] = [button.winfo_ismapped(), button.winfo_width() >= button.winfo_reqwidth(),
                   button.nametowidget(button.winfo_parent()).cget("text")]
seen += [drawn, [root.title(), root.winfo_width(), root.winfo_height()]]
""")
    assert found == {button.label: [True, True, group.label] for group in GROUPS for button in group.buttons}
    title, width, height = size
    assert title == "Thi đua - Khen thưởng"
    assert width <= 1024
    assert height <= SMALLEST_SCREEN


def test_no_label_is_wider_than_its_button(at_screen: Callable[[str], Any]) -> None:
    wide = at_screen("""
from tkinter import font
letters = font.nametofont(ttk.Style().lookup("TButton", "font") or "TkDefaultFont")
seen += [text for text, button in buttons.items() if letters.measure(text) > button.winfo_width() - 10]
""")
    assert wide == []


def test_pointing_explains_and_the_window_does_not_jump(at_screen: Callable[[str], Any]) -> None:
    told, heights, after = at_screen("""
told, heights = {}, set()
for text, button in buttons.items():
    button.event_generate("<Enter>", x=5, y=5)
    root.update()
    told[text] = status()
    heights.add(root.winfo_height())
    label = next(item for item in window._root.winfo_children()[-1].winfo_children())
    assert label.winfo_reqheight() <= label.master.winfo_height(), text
    button.event_generate("<Leave>")
    root.update()
seen += [told, sorted(heights), status()]
""")
    assert told == {button.label: button.explanation for button in BUTTONS}
    assert len(heights) == 1
    assert after == IDLE


def test_the_keyboard_comes_to_every_button_in_order(at_screen: Callable[[str], Any]) -> None:
    visited = at_screen("""
root.focus_force()
root.update()
item = root
for _ in buttons:
    item = item.tk_focusNext()
    seen.append(item.cget("text"))
""")
    assert visited == [button.label for button in BUTTONS]


def test_a_click_runs_the_action_in_its_own_process(at_screen: Callable[[str], Any]) -> None:
    """There is no Excel here, so the action says so; the panel is ready again afterwards."""
    running, done = at_screen("""
codes = []
finished = window._finished
window._finished = lambda code: (codes.append(code), finished(code))
click("Truy nguồn ô này")
running = [status(), grey()]
click("Danh mục")  # grey: nothing happens
until_idle()
seen += [running, [codes, status(), grey()]]
""")
    assert running == ["Đang chạy: Truy nguồn ô này …", [True]]
    assert done == [[0], IDLE, [False]]


def test_a_process_that_dies_is_told(at_screen: Callable[[str], Any]) -> None:
    (said,) = at_screen("""
panel.action_command = lambda action: [sys.executable, "-c", "raise SystemExit(3)"]
click("Danh mục")
until_idle()
seen.append(status())
""")
    assert "Mời chạy tdkt doctor" in said


def test_closing_the_window_ends_the_command(screen: str) -> None:
    code = (
        "import tkinter\n"
        "real = tkinter.Tk.mainloop\n"
        "def close(self):\n"
        "    self.after(300, self.destroy)\n"
        "    real(self)\n"
        "tkinter.Tk.mainloop = close\n"
        "from tdkt_xl.cli import run\n"
        "raise SystemExit(run(['panel']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"DISPLAY": screen, "PATH": "/usr/bin:/bin", "HOME": "/"},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
