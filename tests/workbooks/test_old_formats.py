"""The same faults at the same cells in .xls, .ods and .xlsb, and what these formats do not carry."""

from functools import cache
from pathlib import Path

import pytest

from tdkt_xl.tasks.round import check_round
from tests.tools.binary_books import binary_book
from tests.tools.corpus.case import bytes_of
from tests.tools.corpus.old_formats import books
from tests.tools.corpus.run import line, master_of

FOLDER = Path(__file__).parent / "old_formats"
FAULTS = {
    "phieu-cham-diem": {
        "An Bình!F12 KT-401",
        "An Bình!F13 KT-209",
        "An Bình!F15 KT-207",
        "An Bình!F17 KT-201",
        "An Bình!F19 KT-203",
        "An Bình!G17 KT-214",
    },
    "so-cum": {
        "An Bình!B14 KT-123",
        "An Bình!H11 KT-117",
        "An Bình!H12 KT-401",
        "An Bình!H13 KT-210",
        "Tổng hợp!A11 KT-142",
        "Tổng hợp!E9 KT-403",
        "Tổng hợp!F11 KT-404",
        "Tổng hợp!G11 KT-405",
        "Đề nghị cá nhân!E9 KT-705",
        "Đề nghị cá nhân!F9 KT-221",
    },
    # hidden rows, columns, sheets, old fonts, errors and formulas are told in every format
    "so-cum-la": {
        "An Bình!A14 KT-119",
        "An Bình!G11 KT-120",
        "Bình Hòa!B14 KT-240",
        "Bình Hòa!F14 KT-205",
        "Bình Hòa!H17 KT-226",
        "Cẩm Sơn KT-118",
        "Tổng hợp!E10 KT-201",
        "Đề nghị cá nhân!D9 KT-246",
    },
}
ONLY_XLSX = {"An Bình KT-144", "An Bình KT-146", "Bình Hòa KT-141", "Bình Hòa!H20 KT-416"}
"""Page set-up, protection and the text of formulas are read from .xlsx and .xlsm alone."""


def said(path: Path) -> list[str]:
    findings = check_round([path], master_of("danh-muc")).findings
    return sorted(line(finding, one_file=True) for finding in findings)


@cache
def drafts() -> dict[str, bytes]:
    return {name: bytes_of(book) for name, book in books().items()}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_the_xlsx_they_were_saved_from(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(drafts()[name])
    assert said(path) == sorted(FAULTS[name] | (ONLY_XLSX if name == "so-cum-la" else set()))


@pytest.mark.parametrize("extension", ["xls", "ods"])
@pytest.mark.parametrize("name", FAULTS)
def test_same_faults_in_a_book_saved_by_libreoffice(name: str, extension: str) -> None:
    assert said(FOLDER / f"{name}.{extension}") == sorted(FAULTS[name])


@pytest.mark.parametrize("name", ["phieu-cham-diem", "so-cum"])
def test_same_faults_in_a_binary_book(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsb"
    path.write_bytes(binary_book(books()[name].sheets))
    assert said(path) == sorted(FAULTS[name])
