"""The add-in as installed, built once, and an Excel session to click in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tdkt_xl.excel.addin import MODULES, build_addin
from tdkt_xl.excel.addin_parts import INTERPRETER, macros_folder
from tdkt_xl.excel.install import with_settings
from tests.excel_addin.host import PYTHON, Excel, Windows
from tests.excel_addin.ribbon import SCHEMA_NOT_READ, schema_is_at_hand

Session = Callable[..., Excel]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say when the ribbon was not held against Microsoft's schema."""
    if not schema_is_at_hand():
        terminalreporter.write_line(SCHEMA_NOT_READ)


@pytest.fixture(scope="session")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh build."""
    return build_addin(tmp_path_factory.mktemp("addin") / "tdkt.xlam")


@pytest.fixture(scope="session")
def installed(addin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build with its settings written, as it lies in XLSTART."""
    path = tmp_path_factory.mktemp("XLSTART") / "tdkt.xlam"
    path.write_bytes(with_settings(addin.read_bytes(), {INTERPRETER: PYTHON}))
    return path


@pytest.fixture(scope="session")
def sources() -> dict[str, str]:
    """The VBA modules as texts."""
    return {name: (macros_folder() / f"{name}.bas").read_text(encoding="ascii") for name in MODULES}


@pytest.fixture
def session(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Open Excel with a workbook of this name (None: with none), its extra sheets filled with rows."""

    def start(
        name: str | None = "Báo cáo 2023.xlsx",
        *,
        windows: Windows | None = None,
        sheets: dict[str, list[list[str]]] | None = None,
        addin: Path = installed,
    ) -> Excel:
        path = None
        if name is not None:
            path = tmp_path / name
            with Workbook(str(path)) as book:
                book.add_worksheet("Chấm điểm").write("A1", "Đơn vị")
                for title, rows in (sheets or {}).items():
                    sheet = book.add_worksheet(title)
                    for row_index, row in enumerate(rows):
                        sheet.write_row(row_index, 0, row)
        return Excel(addin, path, windows or Windows(), monkeypatch)

    return start
