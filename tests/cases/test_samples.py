"""The committed sample district: what was planted is found and nothing else; rankings, JSON, whole runs."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from tdkt_xl.writers.score_sheet import SheetContent
from tests.tools.dump import assert_same_workbook, dump
from tests.tools.runs import DAY, ROOT, SAMPLES, District, Regenerated, results_in, table, tdkt
from tests.tools.sample_district import FILE_NAMES
from tests.tools.sample_rules import FREE

PLANTED = (ROOT / "tests" / "data" / "planted.txt").read_text(encoding="utf-8")
FORMS = sorted(path.name for path in (ROOT / "workbooks").glob("*.xlsx"))
FINDING_KEYS = {"code", "severity", "path", "sheet", "cell", "message", "fix"}


# What was planted


def test_validate_finds_exactly_what_was_planted(district: District) -> None:
    found = Counter(
        (item["path"], item["sheet"] or "", item["cell"] or "", item["code"])
        for item in district.validated.document["findings"]
    )
    assert found == Counter(tuple(line.split(" | ")[:4]) for line in PLANTED.splitlines())


def test_planted_list_regenerates(regenerated: Regenerated) -> None:
    assert "".join(f"{item.line()}\n" for item in regenerated.planted) == PLANTED


@pytest.mark.parametrize("name", FILE_NAMES.values(), ids=FILE_NAMES.keys())
def test_sample_regenerates(name: str, regenerated: Regenerated) -> None:
    assert_same_workbook(regenerated.samples[name], (SAMPLES / name).read_bytes())


def test_no_other_sample_is_committed() -> None:
    names = {unicodedata.normalize("NFC", path.name) for path in SAMPLES.iterdir()}
    assert names == set(FILE_NAMES.values())


@pytest.mark.parametrize("name", FORMS)
def test_standard_workbook_regenerates(name: str, regenerated: Regenerated) -> None:
    assert_same_workbook(regenerated.forms[name], (ROOT / "workbooks" / name).read_bytes())


def test_every_standard_workbook_is_committed(regenerated: Regenerated) -> None:
    assert sorted(regenerated.forms) == FORMS


def test_two_different_books_have_different_dumps(regenerated: Regenerated) -> None:
    assert dump(regenerated.samples["cum-01.xlsx"]) != dump(regenerated.samples["cum-06.xlsx"])


# Rankings


def clusters(district: District) -> dict[str, list[dict[str, Any]]]:
    return {item["code"]: item["ranking"] for item in district.consolidated.document["clusters"]}


def true_total(sheet: SheetContent) -> Decimal:
    """The leaves of a sheet added up, as a person with a pencil would."""
    leaves = [
        row.values["cluster_score"]
        for row in sheet.rows
        if row.criterion and not row.criterion.kind.is_group and row.values.get("target") != FREE
    ]
    return sum((Decimal(str(value).replace(",", ".")) for value in leaves), Decimal(0))


def test_totals_are_the_sums_of_the_leaves(district: District, regenerated: Regenerated) -> None:
    expected = {
        (book.cluster.code, sheet.identity["unit_code"], true_total(sheet))
        for book in regenerated.books
        for sheet in book.sheets
    }
    found = {
        (code, unit["unit"], Decimal(unit["total"]))
        for code, ranking in clusters(district).items()
        for unit in ranking
    }
    assert found == expected


def test_ranks_follow_the_totals(district: District) -> None:
    for ranking in clusters(district).values():
        ranked = [unit for unit in ranking if unit["rank"] is not None]
        shares = [Fraction(unit["total"]) / Fraction(unit["base"]) for unit in ranked]
        assert [unit["rank"] for unit in ranked] == [
            1 + sum(other > share for other in shares) for share in shares
        ]


def test_unit_freed_of_a_criterion_is_ranked_by_percentage(district: District) -> None:
    (free,) = [unit for unit in clusters(district)["C01"] if unit["base"] != "100.00"]
    assert free["base"] == "96.00"
    assert free["percent"] == f"{float(free['total']) / 96 * 100:.2f}"


def test_clusters_are_complete_and_in_order(district: District) -> None:
    counts = {code: len(ranking) for code, ranking in clusters(district).items()}
    assert counts == {
        "C01": 6, "C02": 6, "C03": 6, "C04": 7, "C05": 7,
        "C06": 7, "C07": 10, "C08": 14, "C09": 19, "C10": 16,
    }  # fmt: skip


def test_missing_unit_is_listed_and_not_ranked(district: District, consolidated_book: Workbook) -> None:
    assert "MN-08" not in {unit["unit"] for unit in clusters(district)["C08"]}
    rows = [row for row in table(consolidated_book, "Thiếu, trùng, lạ") if row["Loại"] == "Thiếu phiếu"]
    assert [(row["Mã cụm"], row["Mã đơn vị"], row["Điểm liên quan"]) for row in rows] == [
        ("C08", "MN-08", None)
    ]


def test_doubled_unit_is_listed_twice_and_not_ranked(district: District, consolidated_book: Workbook) -> None:
    doubled = [unit for unit in clusters(district)["C10"] if unit["unit"] == "THCS-05"]
    assert [(unit["total"], unit["rank"], unit["tied"]) for unit in doubled] == [
        ("92.25", None, False),
        ("92.24", None, False),
    ]
    rows = [row for row in table(consolidated_book, "Thiếu, trùng, lạ") if row["Loại"] == "Trùng"]
    assert [row["Mã đơn vị"] for row in rows] == ["THCS-05", "THCS-05"]


def test_tied_units_share_their_rank(district: District) -> None:
    tied = [
        (code, unit["unit"], unit["total"], unit["rank"])
        for code, ranking in clusters(district).items()
        for unit in ranking
        if unit["tied"]
    ]
    assert tied == [("C09", "TH-01", "95.40", 2), ("C09", "TH-05", "95.40", 2)]
    assert [unit["rank"] for unit in clusters(district)["C09"]][:4] == [1, 2, 2, 4]


def test_text_number_counts_for_the_rank(district: District) -> None:
    first = clusters(district)["C02"][0]
    assert (first["unit"], first["total"]) == ("X-26176", "96.40")


def test_inserted_row_is_listed_and_not_counted(consolidated_book: Workbook) -> None:
    rows = [row for row in table(consolidated_book, "Thiếu, trùng, lạ") if row["Loại"] == "Dòng không tính"]
    assert [(row["Mã cụm"], row["Điểm liên quan"]) for row in rows] == [("C05", 1.5)]


# The promised JSON


def test_exit_codes(district: District) -> None:
    runs = (district.validated, district.consolidated, district.nominated)
    assert [run.code for run in runs] == [1, 1, 0]


@pytest.mark.parametrize("name", ["validated", "consolidated", "nominated"])
def test_stdout_is_one_document_and_stderr_is_empty(name: str, district: District) -> None:
    run = getattr(district, name)
    assert json.loads(run.stdout)
    assert run.stdout.startswith("{")
    assert run.stdout.endswith("}\n")
    assert run.stderr == ""


def test_process_prints_utf8_json_on_an_ascii_console(district: District) -> None:
    command = [sys.executable, "-m", "tdkt_xl.cli", "validate", str(SAMPLES), "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout.decode("utf-8")) == district.validated.document


@pytest.mark.parametrize("name", ["validated", "consolidated", "nominated"])
def test_findings_have_the_promised_shape(name: str, district: District) -> None:
    findings = getattr(district, name).document["findings"]
    assert findings
    for item in findings:
        assert set(item) == FINDING_KEYS
        assert re.fullmatch(r"KT-\d{3}", item["code"])
        assert item["severity"] in {"error", "warning", "note"}
        assert item["cell"] is None or re.fullmatch(r"[A-Z]{1,3}[1-9]\d*", item["cell"])
        assert all(item[key] is None or item[key] for key in ("path", "sheet"))
        assert item["message"]
        assert item["fix"]


def test_validate_document(district: District) -> None:
    document = district.validated.document
    assert list(document) == ["files", "findings"]
    assert [set(item) for item in document["files"]] == [
        {"path", "sha256", "status", "unit", "cluster", "period"}
    ] * 10
    assert all(re.fullmatch(r"[0-9a-f]{64}", item["sha256"]) for item in document["files"])
    assert Counter(item["status"] for item in document["files"]) == {
        "Hợp lệ": 4, "Có cảnh báo": 2, "Có lỗi": 4,
    }  # fmt: skip


def test_consolidate_document(district: District) -> None:
    document = district.consolidated.document
    assert list(document) == ["clusters", "questions", "findings", "outputs"]
    assert [set(item) for item in document["clusters"]] == [{"code", "name", "ranking"}] * 10
    for unit in (unit for cluster in document["clusters"] for unit in cluster["ranking"]):
        assert set(unit) == {"unit", "name", "total", "base", "percent", "rank", "tied"}
        assert re.fullmatch(r"\d+\.\d\d", unit["total"])
        assert unit["rank"] is None or type(unit["rank"]) is int
        assert type(unit["tied"]) is bool
    assert document["outputs"] == [
        str(district.out / name) for name in ("tong-hop-huyen.xlsx", "ket-qua-kiem-tra.xlsx")
    ]


def test_nominate_document(district: District) -> None:
    document = district.nominated.document
    assert list(document) == ["nominations", "findings", "outputs"]
    for item in document["nominations"]:
        assert set(item) == {"subject", "kind", "award", "outcome", "reasons", "sources"}
        assert item["kind"] in {"individual", "collective", "household"}
        assert item["outcome"] in {"eligible", "not_eligible", "cannot_tell", "unconfirmed"}
        assert item["reasons"]
        assert all(set(reason) == {"rule", "citation", "text"} for reason in item["reasons"])
        assert all(reason["text"] and reason["citation"] for reason in item["reasons"])
        assert all(re.match(r"\[.+\].+!", place) for place in item["sources"])
    assert document["outputs"] == [str(district.out / "danh-sach-de-nghi.xlsx")]


# Whole runs


def test_received_files_are_not_touched(district: District, regenerated: Regenerated) -> None:
    assert json.loads(district.nominated.stdout)["outputs"]
    for name, content in regenerated.samples.items():
        assert_same_workbook((SAMPLES / name).read_bytes(), content)


def test_second_run_writes_the_same_bytes(district: District) -> None:
    names = ("tong-hop-huyen.xlsx", "ket-qua-kiem-tra.xlsx", "danh-sach-de-nghi.xlsx")
    before = [
        ((district.out / name).read_bytes(), (district.out / name).stat().st_mtime_ns) for name in names
    ]
    tdkt("consolidate", SAMPLES, "--out", district.out)
    tdkt("nominate", district.out, "--out", district.out, "--on", DAY)
    after = [((district.out / name).read_bytes(), (district.out / name).stat().st_mtime_ns) for name in names]
    assert before == after
    assert not (district.out / "ban-cu").exists()


def test_demo_tells_the_same_story(tmp_path: Path) -> None:
    run = tdkt("demo", "--out", tmp_path / "ra")
    assert (run.code, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0] == "Đã đọc 10 sổ cụm, 98 đơn vị (số liệu hư cấu)."
    assert "Đã xếp hạng 96 đơn vị; 2 đơn vị chờ xử lý." in lines
    assert "  C09 Cụm thi đua số 9: Trường Tiểu học Quang Trung (97,95 điểm)" in lines
    assert results_in(tmp_path / "ra") == [
        "danh-sach-de-nghi.xlsx",
        "ket-qua-kiem-tra.xlsx",
        "tong-hop-huyen.xlsx",
    ]
