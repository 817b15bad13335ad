"""The add-in of worksheet functions built once, and Excel sessions over it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tdkt_xl.excel.functions_addin import Generated, build_functions_addin, generate
from tests.excel_functions.host import Excel

Session = Callable[..., Excel]


@pytest.fixture(scope="session")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh build."""
    return build_functions_addin(tmp_path_factory.mktemp("functions") / "tdkt-ham.xlam")


@pytest.fixture(scope="session")
def as_shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with xlwings' runtime as xlwings ships it."""
    return build_functions_addin(tmp_path_factory.mktemp("as-shipped") / "tdkt-ham.xlam", harden=False)


@pytest.fixture(scope="session")
def generated() -> Generated:
    """The wrappers as generated now."""
    return generate()


@pytest.fixture
def session(addin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Open Excel with a workbook whose first sheet holds these rows; an Excel error is its text."""

    def start(
        rows: Sequence[Sequence[object]] = (),
        *,
        sheets: dict[str, list[list[str]]] | None = None,
        addin: Path = addin,
        runtime: bool = False,
    ) -> Excel:
        path = tmp_path / "Chấm điểm.xlsx"
        with Workbook(str(path)) as book:
            sheet = book.add_worksheet("Điểm")
            for row_index, row in enumerate(rows):
                for column_index, value in enumerate(row):
                    if value == "#DIV/0!":
                        sheet.write_formula(row_index, column_index, "=1/0", value="#DIV/0!")
                    else:
                        sheet.write(row_index, column_index, value)
            for title, lines in (sheets or {}).items():
                extra = book.add_worksheet(title)
                for row_index, line in enumerate(lines):
                    extra.write_row(row_index, 0, line)
        return Excel(addin, path, monkeypatch, runtime=runtime)

    return start
