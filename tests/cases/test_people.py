"""tdkt people: what is printed, what is written, with which exit code."""

import re
from pathlib import Path

import pytest

from tdkt_xl.rules.packs import load_packs
from tests.tools.forms import master_tables, write_master
from tests.tools.people import NAME, people_tables, write_people
from tests.tools.runs import DAY, ROOT, District, tdkt


def test_check_of_the_shipped_workbook() -> None:
    run = tdkt("people", "check", ROOT / "workbooks" / NAME, "--json")
    assert run.code == 0
    assert [item["code"] for item in run.document["findings"]] == ["KT-349", "KT-327"]


def test_check_says_how_many(tmp_path: Path) -> None:
    master = write_master(tmp_path, master_tables())
    run = tdkt("people", "check", write_people(tmp_path), "--master", master)
    assert run.stdout.startswith(f"{NAME}: 4 cá nhân, tập thể.")


def test_import_previews_first_then_writes(tmp_path: Path) -> None:
    master = write_master(tmp_path, master_tables())
    book, given = write_people(tmp_path), people_tables()
    given["ratings"] = [{"name": "Phạm Văn Cảnh", "period": "2023", "rating": "HTTNV"}]
    source = write_people(tmp_path, {"ratings": given["ratings"]}, "don-vi.xlsx")
    before = book.read_bytes()
    command = ("people", "import", source, "--people", book, "--master", master)
    preview = tdkt(*command)
    assert (preview.code, book.read_bytes()) == (0, before)
    assert "thêm     Xếp loại · Phạm Văn Cảnh: 2023 · HTTNV" in preview.stdout
    assert "Mới là xem trước, chưa ghi gì." in preview.stdout
    written = tdkt(*command, "--apply", "--json").document
    assert written["outputs"] == [str(book)]
    assert [item["source"] for item in written["changes"]] == ["[don-vi.xlsx]Xếp loại!B7"]
    assert book.read_bytes() != before


def test_import_with_an_error_writes_nothing(tmp_path: Path) -> None:
    master = write_master(tmp_path, master_tables())
    book = write_people(tmp_path)
    source = write_people(
        tmp_path, {"ratings": [{"name": "Lạ", "period": "2023", "rating": "HTTNV"}]}, "a.xlsx"
    )
    before = book.read_bytes()
    run = tdkt("people", "import", source, "--people", book, "--master", master, "--apply")
    assert (run.code, book.read_bytes()) == (1, before)
    assert "Chưa ghi gì: còn lỗi" in run.stdout


def test_missing_workbook_is_a_sentence(tmp_path: Path) -> None:
    run = tdkt("people", "check", tmp_path / "khong-co.xlsx")
    assert run.code == 2
    assert run.stderr.startswith("Lỗi KT-801")


def test_eligible_prints_whom_the_history_allows(tmp_path: Path) -> None:
    command = ("eligible", ROOT / "workbooks" / NAME, "--period", "2023", "--on", "2023-12-15")
    run = tdkt(*command, "--award", "CSTĐCS", "--unit", "CQ-14", "--out", tmp_path)
    assert run.code == 0
    assert "Đủ điều kiện               CSTĐCS         Lê Thị Bích Thảo" in run.stdout
    assert (tmp_path / "co-the-de-nghi.xlsx").is_file()
    found = tdkt(*command, "--award", "CSTĐCS", "--unit", "CQ-14", "--json").document["prospects"]
    thao = next(item for item in found if item["code"] == "CN-0002")
    assert (thao["by_history"], thao["outcome"]) == ("eligible", "cannot_tell")
    assert thao["needed"] == ["Đang bị xem xét, xác minh", "Biên bản họp xét"]
    assert all(reason["citation"] for reason in thao["reasons"])


def test_nominate_beside_the_history_exports_and_supposes(district: District, tmp_path: Path) -> None:
    command = (
        "nominate",
        district.out,
        "--on",
        DAY,
        "--out",
        tmp_path,
        "--people",
        ROOT / "workbooks" / NAME,
    )
    done = tdkt(*command, "--export", "--json").document
    assert [Path(path).name for path in done["outputs"]] == [
        "danh-sach-de-nghi.xlsx",
        "danh-sach-nhap-phan-mem-tinh.xlsx",
    ]
    contradicted = [item["cell"] for item in done["findings"] if item["code"] == "KT-742"]
    assert contradicted
    name = next(item["subject"] for item in done["nominations"] if item["outcome"] == "eligible")
    moved = tdkt(*command, "--suppose", f"{name}: Mức xếp loại=HTNV")
    assert moved.code == 0
    assert f"{name} · " in moved.stdout
    assert "Đủ điều kiện → Chưa đủ điều kiện" in moved.stdout
    assert tdkt(*command, "--suppose", "x").code == 2


@pytest.mark.parametrize("day", ["2023-12-15", "2024-12-15", "2025-12-15"])
def test_reasons_call_awards_by_their_names(day: str) -> None:
    book = ROOT / "workbooks" / NAME
    found = tdkt("eligible", book, "--period", day[:4], "--on", day, "--json").document["prospects"]
    codes = {
        award.code for pack in load_packs().packs for award in pack.awards if award.code != award.abbreviation
    }
    said = {reason["text"] for item in found for reason in item["reasons"]}
    assert len(said) > 20
    assert [text for text in said if codes & set(re.findall(r"\w+", text))] == []
