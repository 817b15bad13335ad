"""Whatever comes in: one Vietnamese sentence with a code, the right exit code, nothing half-written."""

import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.tools.forms import cluster_book, master_tables, unit_sheet, write_master
from tests.tools.refusals import OUTPUTS, assert_polite, consolidate, content_of, refused
from tests.tools.runs import SAMPLES, Run, results_in, tdkt


def cell_faults(run: Run) -> list[tuple[str, str | None, str | None, str]]:
    """(file, sheet, cell, code) of the findings that are not about missing clusters."""
    return [
        (item["path"], item["sheet"], item["cell"], item["code"])
        for item in run.document["findings"]
        if item["code"] != "KT-503"
    ]


# Paths and options


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate", "{inbox}/khong-co"], "KT-801"),
        (["validate", "{inbox}", "{inbox}/khong-co.xlsx"], "KT-801"),
        (["validate", "{inbox}", "--master", "{inbox}/khong-co.xlsx"], "KT-801"),
        (["consolidate", "{inbox}/khong-co", "--out", "{out}"], "KT-801"),
        (["consolidate", "{inbox}/cum-01.xlsx", "--out", "{out}"], "KT-804"),
        (["consolidate", "{inbox}", "--out", "{inbox}/cum-01.xlsx"], "KT-803"),
        (["consolidate", "{inbox}", "--out", "{inbox}/cum-01.xlsx/ra"], "KT-803"),
        (["nominate", "{inbox}/khong-co.xlsx", "--out", "{out}", "--on", "2023-12-15"], "KT-801"),
        (["nominate", "{inbox}", "--out", "{out}", "--on", "2023-12-15"], "KT-801"),
        (["nominate", "{inbox}/cum-01.xlsx", "--out", "{out}", "--on", "2023-12-15"], "KT-806"),
        (["nominate", "{inbox}", "--out", "{out}", "--on", "15/12/2023"], "KT-808"),
        (["nominate", "{inbox}", "--out", "{out}", "--on", "2023-02-30"], "KT-808"),
        (["nominate", "{inbox}", "--out", "{out}", "--on", "2019-12-31"], "KT-611"),
        (["nominate", "{inbox}", "--out", "{out}", "--on", "2028-01-01"], "KT-611"),
        (["explain", "KT-999999"], "KT-807"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value).replace("/", "|"),
)
def test_refused(arguments: list[str], code: str, inbox: Path, out: Path) -> None:
    refused(tdkt(*(item.format(inbox=inbox, out=out) for item in arguments)), code)
    assert not out.exists()
    assert sorted(content_of(inbox)) == ["cum-01.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tong-hop"], "Không có lệnh này. Xem: tdkt --help"),
        (["validate"], "Thiếu “TỆP_HOẶC_THƯ_MỤC…”. Xem: tdkt validate --help"),
        (["validate", "a", "--sua"], "Không có tuỳ chọn “--sua”. Xem: tdkt validate --help"),
        (["validate", "a", "--out"], "Tuỳ chọn “--out” thiếu giá trị hoặc thừa giá trị."),
        (["validate", "a", "--json=1"], "Tuỳ chọn “--json” thiếu giá trị hoặc thừa giá trị."),
        (["consolidate", "a"], "Thiếu “--out”. Xem: tdkt consolidate --help"),
        (["consolidate", "a", "b", "--out", "c"], "Lệnh gõ chưa đúng. Xem: tdkt consolidate --help"),
        (["nominate", "a", "--out", "b"], "Thiếu “--on”. Xem: tdkt nominate --help"),
        (["explain"], "Thiếu “MÃ”. Xem: tdkt explain --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistyped_command(arguments: list[str], sentence: str) -> None:
    assert tdkt(*arguments) == Run(2, "", f"{sentence}\n")


def test_no_command_shows_the_help() -> None:
    run = tdkt()
    assert (run.code, run.stdout) == (2, "")
    assert run.stderr.startswith("Cách dùng: tdkt [TUỲ CHỌN] LỆNH …")


@pytest.mark.parametrize(
    "name", ["validate", "consolidate", "nominate", "demo", "explain", "build-workbooks"]
)
def test_help_speaks_vietnamese(name: str) -> None:
    run = tdkt(name, "--help")
    assert (run.code, run.stderr) == (0, "")
    assert run.stdout.startswith(f"Cách dùng: tdkt {name} ")
    assert not re.search(r"Usage|Options|Show this|PATH|required|default", run.stdout)


# Files


def test_empty_folder_writes_nothing(tmp_path: Path, out: Path, master_file: Path) -> None:
    empty = tmp_path / "trong"
    empty.mkdir()
    run = consolidate(empty, out, master_file, "--json")
    assert run.code == 1
    assert (run.codes, run.document["outputs"]) == (["KT-508"], [])
    assert not out.exists()


def test_empty_folder_names_no_table_of_a_large_round(tmp_path: Path, out: Path, master_file: Path) -> None:
    empty = tmp_path / "trong"
    empty.mkdir()
    run = consolidate(empty, out, master_file, "--workers", "1")
    assert "KT-508" in run.stdout
    assert "parquet" not in run.stdout
    assert not out.exists()


def test_empty_folder_leaves_the_earlier_result(
    inbox: Path, tmp_path: Path, out: Path, master_file: Path
) -> None:
    consolidate(inbox, out, master_file)
    before = content_of(out)
    empty = tmp_path / "trong"
    empty.mkdir()
    consolidate(empty, out, master_file)
    assert content_of(out) == before


def spoil_text(folder: Path) -> None:
    (folder / "hong.xlsx").write_text("Điểm thi đua", encoding="utf-8")


def spoil_truncated(folder: Path) -> None:
    data = (SAMPLES / "cum-03.xlsx").read_bytes()
    (folder / "hong.xlsx").write_bytes(data[: len(data) // 2])


def spoil_empty(folder: Path) -> None:
    (folder / "hong.xlsx").write_bytes(b"")


def spoil_foreign(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "hong.xlsx") as book:
        book.add_worksheet("Lịch trực").write_row(0, 0, ["Ngày", "Người trực"])


def spoil_folder(folder: Path) -> None:
    (folder / "hong.xlsx").mkdir()
    (folder / "hong.xlsx" / "ghi-chu.txt").write_text("x", encoding="utf-8")


SPOILED = [
    (spoil_text, "hong.xlsx", "KT-103", 1),
    (spoil_truncated, "hong.xlsx", "KT-101", 1),
    (spoil_empty, "hong.xlsx", "KT-106", 1),
    (spoil_foreign, "hong.xlsx", "KT-110", 1),
    (spoil_folder, "hong.xlsx/ghi-chu.txt", "KT-509", 0),
]


@pytest.mark.parametrize(
    ("spoil", "name", "code", "exit_code"), SPOILED, ids=[item[0].__name__ for item in SPOILED]
)
def test_bad_file_is_named_and_the_others_are_processed(
    spoil: Any, name: str, code: str, exit_code: int, inbox: Path, master_file: Path
) -> None:
    spoil(inbox)
    run = tdkt("validate", inbox, "--master", master_file, "--json")
    assert_polite(run)
    assert run.code == exit_code
    assert [(item["path"], item["code"]) for item in run.document["findings"]] == [(name, code)]
    statuses = {item["path"]: item["status"] for item in run.document["files"]}
    assert statuses["cum-01.xlsx"] == "Hợp lệ"


def test_bad_file_does_not_stop_the_ranking(inbox: Path, out: Path, master_file: Path) -> None:
    spoil_text(inbox)
    spoil_truncated(inbox)
    run = consolidate(inbox, out, master_file, "--json")
    assert run.code == 1
    assert [item["code"] for item in run.document["clusters"]] == ["C01"]
    assert results_in(out) == sorted(OUTPUTS)


def test_sentence_of_a_finding_names_file_code_and_repair(inbox: Path, master_file: Path) -> None:
    spoil_text(inbox)
    run = tdkt("validate", inbox, "--master", master_file)
    line = next(line for line in run.stdout.splitlines() if "KT-103" in line)
    assert line.startswith("Lỗi KT-103 · [hong.xlsx]: ")
    assert "Cách sửa: " in line
    assert run.stdout.splitlines()[-1] == "Tổng cộng: 1 lỗi, 0 cảnh báo, 0 ghi chú."


def test_long_lists_are_cut_and_say_so(tmp_path: Path, master_file: Path) -> None:
    folder = tmp_path / "nhieu"
    folder.mkdir()
    for number in range(35):
        (folder / f"hong-{number:02}.xlsx").write_text(f"{number}", encoding="utf-8")
    run = tdkt("validate", folder, "--master", master_file)
    assert run.stdout.count("KT-103 · ") == 30
    assert "… và 5 mục nữa: " in run.stdout


def test_file_name_that_is_no_text(inbox: Path, out: Path, master_file: Path) -> None:
    (inbox / "cum-01.xlsx").rename(inbox / "cum-\udcff.xlsx")
    run = consolidate(inbox, out, master_file, "--json")
    assert_polite(run)
    assert [item["code"] for item in run.document["clusters"]] == ["C01"]
    assert results_in(out) == sorted(OUTPUTS)


def test_unit_sheet_alone_is_checked_but_not_ranked(tmp_path: Path, out: Path, master_file: Path) -> None:
    folder = tmp_path / "le"
    folder.mkdir()
    unit_sheet().save(folder)
    run = consolidate(folder, out, master_file, "--json")
    assert run.document["clusters"] == []
    assert ("an-binh.xlsx", None, None, "KT-507") in cell_faults(run)


# Master data and kỳ


def test_faulty_master_data(inbox: Path, tmp_path: Path) -> None:
    tables = master_tables()
    tables["members"][0]["unit"] = "DV-99"
    tables["members"][1]["unit"] = "DV-98"
    faulty = write_master(tmp_path, tables, "sai.xlsx")
    sentence = refused(tdkt("validate", inbox, "--master", faulty), "KT-805")
    assert "có 2 lỗi" in sentence
    run = tdkt("validate", faulty, "--json")
    assert (run.code, sorted(run.codes)) == (1, ["KT-306", "KT-306", "KT-613"])


@pytest.mark.parametrize("name", ["cum-01.xlsx", "chu.xlsx"])
def test_master_that_is_no_master(name: str, inbox: Path) -> None:
    (inbox / "chu.xlsx").write_text("Điểm thi đua", encoding="utf-8")
    refused(tdkt("validate", inbox, "--master", inbox / name), "KT-805")


def test_period_without_catalogue(inbox: Path, out: Path, master_file: Path) -> None:
    book = cluster_book("C02", name="cum-02.xlsx")
    for sheet in book.sheets:
        sheet.cells = {at: "2025" if value == "2023" else value for at, value in sheet.cells.items()}
    book.save(inbox)
    run = consolidate(inbox, out, master_file, "--json")
    assert run.code == 1
    assert [(file, code) for file, _, _, code in cell_faults(run)] == [("cum-02.xlsx", "KT-601")]
    assert [item["code"] for item in run.document["clusters"]] == ["C01"]


def test_unit_that_is_not_in_the_master_data(inbox: Path, out: Path, master_file: Path) -> None:
    book = cluster_book("C01", name="cum-01.xlsx")
    book["Cẩm Sơn"].put("C8", None).put("C9", "Xã Lạ")
    book.save(inbox)
    run = consolidate(inbox, out, master_file, "--json")
    assert run.code == 1
    assert ("cum-01.xlsx", "Cẩm Sơn", "C9", "KT-301") in cell_faults(run)
    ranks = {unit["name"]: unit["rank"] for unit in run.document["clusters"][0]["ranking"]}
    assert ranks == {"Xã An Bình": 1, "Xã Bình Hòa": 2, "Xã Lạ": None}


# Results among the received files


def test_own_results_in_the_input_folder_are_passed_over(inbox: Path, master_file: Path) -> None:
    first = consolidate(inbox, inbox, master_file, "--json")
    second = consolidate(inbox, inbox, master_file, "--json")
    assert "KT-510" not in first.codes
    assert [fault for fault in cell_faults(second) if fault not in cell_faults(first)] == [
        (name, None, None, "KT-510") for name in OUTPUTS
    ]
    assert (first.code, first.document["clusters"]) == (second.code, second.document["clusters"])


def test_results_in_the_input_folder_settle(inbox: Path, master_file: Path) -> None:
    for _ in range(2):
        consolidate(inbox, inbox, master_file)
    before = content_of(inbox)
    run = consolidate(inbox, inbox, master_file, "--json")
    assert content_of(inbox) == before
    assert run.codes.count("KT-510") == 2
