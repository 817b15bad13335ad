"""Run ``tdkt`` in this process, and the runs over the sample district that many tests look at."""

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tdkt_xl.cli import run
from tdkt_xl.domain.master import Master
from tdkt_xl.tasks.build_workbooks import build_workbooks
from tdkt_xl.tasks.master import load_master
from tests.tools.sample_district import Planted, SampleBook, make_district

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "workbooks" / "samples"
DAY = "2023-12-15"


@dataclass(frozen=True)
class Run:
    """Exit code and what was printed."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document on stdout."""
        document = json.loads(self.stdout)
        assert isinstance(document, dict)
        return document

    @property
    def codes(self) -> list[str]:
        """Codes of the findings, in the order printed."""
        return [finding["code"] for finding in self.document["findings"]]


def tdkt(*arguments: object) -> Run:
    """Run one command."""
    stdout, stderr = StringIO(), StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr):
        code = run([str(argument) for argument in arguments])
    return Run(code, stdout.getvalue(), stderr.getvalue())


_RECORDED = frozenset({"ho-so-chay", "nhat-ky.jsonl", ".dang-chay.lock"})


def is_result(path: Path) -> bool:
    """Tell a result from the record of the runs that made it."""
    return _RECORDED.isdisjoint(path.parts)


def results_in(folder: Path) -> list[str]:
    """Names of the results in a folder, without the record of the runs."""
    return sorted(path.name for path in folder.iterdir() if is_result(path))


def table(book: Workbook, name: str) -> list[dict[str, Any]]:
    """Rows of a result sheet by heading; the Dòng cell's link under "link"."""
    sheet = book[name]
    head = next(row for row in sheet.iter_rows() if row[0].value in {"Mã cụm", "Loại", "Tập thể, cá nhân"})
    names = [str(cell.value) for cell in head]
    rows = []
    for cells in sheet.iter_rows(min_row=head[0].row + 1):
        if any(cell.value is not None for cell in cells):
            values: dict[str, Any] = dict(zip(names, (cell.value for cell in cells), strict=True))
            links = [cell.hyperlink for cell in cells if cell.hyperlink]
            rows.append({**values, "link": links[0] if links else None})
    return rows


@dataclass(frozen=True)
class District:
    """The three commands over the committed samples, as JSON, and their outputs."""

    out: Path
    validated: Run
    consolidated: Run
    nominated: Run


@dataclass(frozen=True)
class Regenerated:
    """The sample district and the standard workbooks, made anew."""

    books: tuple[SampleBook, ...]
    planted: tuple[Planted, ...]
    samples: dict[str, bytes]
    forms: dict[str, bytes]


@pytest.fixture(scope="session")
def master() -> Master:
    """The master data that travels with the product."""
    return load_master(ROOT / "workbooks" / "danh-muc.xlsx")


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Validate, consolidate and nominate the samples once."""
    out = tmp_path_factory.mktemp("huyen")
    validated = tdkt("validate", SAMPLES, "--json")
    consolidated = tdkt("consolidate", SAMPLES, "--out", out, "--json")
    return District(out, validated, consolidated, tdkt("nominate", out, "--out", out, "--on", DAY, "--json"))


@pytest.fixture(scope="session")
def consolidated_book(district: District) -> Workbook:
    """tong-hop-huyen.xlsx of the sample district, read back; formulas give their stored results."""
    return openpyxl.load_workbook(district.out / "tong-hop-huyen.xlsx", data_only=True)


@pytest.fixture(scope="session")
def regenerated(master: Master, tmp_path_factory: pytest.TempPathFactory) -> Regenerated:
    """Build samples and forms again."""
    books, planted = make_district(master)
    forms, _ = build_workbooks(tmp_path_factory.mktemp("mau"))
    return Regenerated(
        tuple(books),
        tuple(planted),
        {book.file: book.build() for book in books},
        {path.name: path.read_bytes() for path in forms},
    )
