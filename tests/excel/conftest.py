"""The fixture ``excel``: an Excel in memory with a clerk in front of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.excel.desk import Desk
from tests.excel.engine import ENGINE, register


@dataclass
class Excel:
    """One running Excel, the clerk's answers, and the folders of the machine."""

    app: Any
    desk: Desk
    home: Path

    @property
    def state(self) -> Path:
        """Where the product keeps settings and logs."""
        return self.home / "AppData" / "tdkt"

    @property
    def documents(self) -> Path:
        """The clerk's own documents."""
        return self.home / "Documents"

    def open(self, path: Path) -> Any:
        """Open a workbook as the clerk does."""
        return self.app.books.open(str(path))

    def click(self, action: str, *answers: object, book: str | None = None) -> None:
        """Click a button of the ribbon, answering the dialogs to come in this order."""
        from tdkt_xl.excel.run import main

        self.desk.answers.extend(answers)
        active = self.app.books.active.name if len(self.app.books) else ""
        arguments = [
            action,
            f"--wb={active if book is None else book}",
            "--from_xl=1",
            f"--hwnd={self.app.hwnd}",
        ]
        assert main(arguments) == 0
        assert not self.desk.answers, f"never asked for: {list(self.desk.answers)}"

    @property
    def log(self) -> str:
        """The log written for support, "" when there is none."""
        path = self.state / "tdkt.log"
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
def excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Excel]:
    """An empty Excel whose user has an empty home."""
    home = tmp_path / "Nhà chị Lễ"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setenv("LOCALAPPDATA", str(home / "AppData"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    register()
    app = xw.App(add_book=False)
    try:
        yield Excel(app, app.impl.desk, home)
    finally:
        app.quit()
        ENGINE.apps.live.clear()
