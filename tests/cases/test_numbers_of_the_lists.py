"""Every number of the law in a list or an estimate is found by `tdkt rules show` with its article."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests.tools.runs import ROOT, District, tdkt

DAYS = ("2023-06-30", "2023-12-15", "2024-02-23", "2024-12-15", "2025-12-15")
PEOPLE = ROOT / "workbooks" / "ho-so-khen-thuong.xlsx"
NUMBER = re.compile(r"(?<![\w/])\d+(?:,\d+)?(?![\w/])")
Row = dict[str, object]


@cache
def shown(code: str) -> str:
    """What the command prints for a code."""
    done = tdkt("rules", "show", code)
    assert (done.code, done.stderr) == (0, ""), code
    return done.stdout


def stated(page: str) -> list[str]:
    """The numbers of the content and the value of a rule; its article and dates do not count."""
    lines = [line for line in page.splitlines() if line.strip().startswith(("Nội dung:", "Giá trị:"))]
    return NUMBER.findall(" ".join(lines).replace("%", " "))


def rows(path: Path, sheet: str, heading: str) -> Iterator[Row]:
    """Rows below the headings, by heading."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    heads: list[object] = []
    for row in page.iter_rows(values_only=True):
        if heading in row:
            heads = list(row)
        elif heads:
            yield {str(name): value for name, value in zip(heads, row, strict=True)}


@pytest.fixture(scope="module", params=DAYS)
def outputs(
    request: pytest.FixtureRequest, district: District, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The lists and the estimate of the sample district for a decision on a day."""
    out = tmp_path_factory.mktemp(f"ra-{request.param}")
    for command in ("nominate", "money"):
        done = tdkt(command, district.out, "--on", request.param, "--out", out, "--people", PEOPLE)
        assert done.code in {0, 1}, done.stderr
    return out


def test_threshold_of_every_condition_stands_in_its_rule(outputs: Path) -> None:
    seen = 0
    lacking = []
    for row in rows(outputs / "danh-sach-de-nghi.xlsx", "Căn cứ từng điều kiện", "Diễn giải"):
        code, text = row["Quy tắc"], str(row["Diễn giải"])
        if not code:
            assert row["Kết quả"] in {None, "Cần quy định của tỉnh"}
            continue
        page = shown(str(code))
        assert str(row["Căn cứ"]).split("; ")[0] in page
        for clause in text.split("yêu cầu")[1:]:
            for number in NUMBER.findall(clause.split(";")[0]):
                seen += 1
                if number not in stated(page):
                    lacking.append((code, number, text))
    assert lacking == []
    assert seen > 20


def test_percentage_of_every_quota_stands_in_its_rule(outputs: Path) -> None:
    for row in rows(outputs / "danh-sach-de-nghi.xlsx", "Tỷ lệ, số lượng", "Cách tính"):
        if isinstance(row["STT"], int) and row["Quy tắc"]:
            page = shown(str(row["Quy tắc"]))
            assert str(row["Căn cứ"]) in page
            percent = re.match(r"([\d,]+)% của", str(row["Cách tính"]))
            assert percent is None or f"{percent[1]}%" in page


def test_multiplier_and_base_salary_of_every_reward_stand_in_their_rules(
    outputs: Path, request: pytest.FixtureRequest
) -> None:
    day = request.node.callspec.params["outputs"]
    salaries = tdkt("rules", "list", "--on", day, "--json").document["rules"]
    (salary,) = (item for item in salaries if item["kind"] == "Lương cơ sở")
    seen = 0
    for row in rows(outputs / "du-toan-tien-thuong.xlsx", "Dự toán tiền thưởng", "Tiền thưởng"):
        if not isinstance(row["STT"], int) or row["Hệ số"] is None:
            continue
        seen += 1
        page = shown(str(row["Quy tắc"]))
        factor = str(row["Hệ số"]).replace(".", ",")
        assert f"Giá trị:    {factor}" in page
        paid, base = str(row["Căn cứ"]).split("; ")[0], str(row["Căn cứ"]).split("; ")[-1]
        assert paid in page
        assert base == salary["citation"]
        assert f"{row['Lương cơ sở']:,}".replace(",", ".") in salary["value"]
    assert seen > 20
