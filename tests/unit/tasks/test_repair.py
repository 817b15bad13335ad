"""Safe repairs: every change told, made in a copy only, gone when checked again, nothing left to do twice."""

import json
import random
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
import xlsxwriter

from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.tasks import repair as repair_module
from tdkt_xl.tasks.repair import Repairs, apply_repairs, plan_repairs
from tdkt_xl.tasks.repair_report import repair, visible
from tdkt_xl.tasks.repair_rules import NUMBERS, RULES
from tdkt_xl.tasks.round import Round, check_round
from tdkt_xl.vietnamese.legacy import Encoding
from tdkt_xl.writers.patching import open_patch
from tests.tools.corpus.case import Case
from tests.tools.corpus.run import line, master_of
from tests.tools.corpus.shelves import FAIL, all_cases
from tests.tools.forms import BookDraft, cluster_book, tiny_master, unit_sheet, write_master
from tests.tools.grids import spots
from tests.tools.legacy_text import misread, typed
from tests.tools.rich_books import signed
from tests.tools.runs import results_in, tdkt

SHEET = "An Bình"
Plant = Callable[[BookDraft], object]
FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}


def put(sheet: str, font: str = "", **cells: str | float) -> Plant:
    def plant(book: BookDraft) -> None:
        for cell, text in cells.items():
            book[sheet].put(cell, text)
            if font:
                book[sheet].in_font(font, cell)

    return plant


def inbox(folder: Path, *books: BookDraft) -> Path:
    target = folder / "nhan"
    target.mkdir(exist_ok=True)
    for book in books:
        book.save(target)
    return target


def told(plan: Repairs) -> list[tuple[str, str, str | Decimal, tuple[str, ...]]]:
    return [(one.place.sheet, one.place.cell or "", one.after, one.codes) for one in plan.changes]


def standing(checked: Round) -> list[tuple[object, ...]]:
    return [
        (item.unit_code, item.unit_name, item.self_total, item.cluster_total, item.rank)
        for cluster in checked.standings
        for item in cluster.standings
    ]


KINDS: dict[str, tuple[Plant, list[tuple[str, str, str | Decimal, tuple[str, ...]]]]] = {
    "number as text": (
        put(SHEET, H13="4,5"),
        [(SHEET, "H13", Decimal("4.5"), ("KT-201",))],
    ),
    "decomposed name": (
        put(SHEET, C9=unicodedata.normalize("NFD", "Xã An Bình")),
        [(SHEET, "C9", "Xã An Bình", ("KT-220",))],
    ),
    "TCVN3 by font": (
        put(SHEET, ".VnTime", B14=typed("Đạt chuẩn về y tế", Encoding.TCVN3)),
        [(SHEET, "B14", "Đạt chuẩn về y tế", ("KT-240",))],
    ),
    "capital font": (
        put(SHEET, ".VnTimeH", C9=typed("xã an bình", Encoding.TCVN3)),
        [(SHEET, "C9", "XÃ AN BÌNH", ("KT-240",))],
    ),
    "VNI by font": (
        put(SHEET, "VNI-Helve", H11=typed("Điểm cụm chấm", Encoding.VNI)),
        [(SHEET, "H11", "Điểm cụm chấm", ("KT-241",))],
    ),
    "misread": (put(SHEET, C9=misread("Xã An Bình")), [(SHEET, "C9", "Xã An Bình", ("KT-242",))]),
    "without marks": (put(SHEET, C9="Xa An Binh"), [(SHEET, "C9", "Xã An Bình", ("KT-244",))]),
    "look-alikes": (put(SHEET, C9="Хã An Bình"), [(SHEET, "C9", "Xã An Bình", ("KT-245",))]),
    "stray spaces": (
        put("Tổng hợp", C9="\u00a0Xã An Bình "),
        [("Tổng hợp", "C9", "Xã An Bình", ("KT-246",))],
    ),
    "synonym": (put(SHEET, H11="Cụm chấm"), [(SHEET, "H11", "Điểm cụm chấm", ("KT-117",))]),
    "alias everywhere": (
        lambda book: [
            put(SHEET, C9="UBND xã An Bình")(book),
            put("Tổng hợp", C9="ubnd xã An  Bình")(book),
        ],
        [
            ("An Bình", "C9", "Xã An Bình", ("KT-305",)),
            ("Tổng hợp", "C9", "Xã An Bình", ("KT-305",)),
        ],
    ),
    "alias after its label": (
        lambda book: [put(SHEET, A9="Đơn vị: UBND xã An Bình")(book), book[SHEET].put("C9", None)],
        [(SHEET, "A9", "Đơn vị: Xã An Bình", ("KT-305",))],
    ),
    "motto": (
        put(SHEET, E2="Độc lập-Tự do-Hạnh phúc"),
        [(SHEET, "E2", "Độc lập - Tự do - Hạnh phúc", ("KT-149",))],
    ),
    "day without zeros": (
        put(SHEET, G25="Vĩnh Cửu, ngày 5 tháng 1 năm 2024"),
        [(SHEET, "G25", "Vĩnh Cửu, ngày 05 tháng 01 năm 2024", ("KT-234",))],
    ),
    "signing for": (put(SHEET, G25="K/T CHỦ TỊCH"), [(SHEET, "G25", "KT. CHỦ TỊCH", ("KT-235",))]),
    "running numbers": (
        put("Tổng hợp", A10="3.", A11=4),
        [
            ("Tổng hợp", "A10", "2.", ("KT-142",)),
            ("Tổng hợp", "A11", Decimal(3), ("KT-142",)),
        ],
    ),
    "noise of the machine": (
        put(SHEET, H13=4.500000000000001),
        [(SHEET, "H13", Decimal("4.5"), ("KT-233",))],
    ),
    "several in one cell": (
        put(SHEET, C9=unicodedata.normalize("NFD", "UBND хã An Bình") + "\u200b "),
        [(SHEET, "C9", "Xã An Bình", ("KT-220", "KT-245", "KT-246", "KT-305"))],
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_repaired_and_nothing_else_happens(name: str, tmp_path: Path) -> None:
    plant, expected = KINDS[name]
    book = cluster_book()
    plant(book)
    source = inbox(tmp_path, book) / book.name
    received = source.read_bytes()
    before = check_round([source], tiny_master())
    assert before.findings != ()
    plan = plan_repairs([source], tiny_master())
    assert told(plan) == expected
    assert plan.findings == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nhan"]
    done = apply_repairs(plan, tmp_path / "ra")
    (copy,) = done.outputs
    assert copy == tmp_path / "ra" / "da-sua" / "c01 (đã sửa).xlsx"
    after = check_round([copy], tiny_master())
    assert after.findings == ()
    assert standing(after) == standing(before)
    assert source.read_bytes() == received
    assert plan_repairs([copy], tiny_master()).files == ()


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("font", [True, False])
def test_a_whole_book_in_an_old_encoding(tmp_path: Path, encoding: Encoding, font: bool) -> None:
    book, count = cluster_book(), 0
    for page in book.sheets:
        for at, cell in page.cells.items():
            if isinstance(cell, str):
                page.cells[at] = typed(cell, encoding)
                count += page.cells[at] != cell
        if font:
            page.in_font(FONTS[encoding])
        else:
            page.fonts[min(page.cells)] = "Arial"  # no font of an old encoding: left as it is
    source = inbox(tmp_path, book) / book.name
    plan = plan_repairs([source], tiny_master())
    assert len(plan.changes) == count
    (copy,) = apply_repairs(plan, tmp_path / "ra").outputs
    assert check_round([copy], tiny_master()).findings == ()
    sheets = openpyxl.load_workbook(copy)
    fonts = {sheets[one.place.sheet][one.place.cell or ""].font.name for one in plan.changes}
    assert fonts == ({"Times New Roman"} if font else {"Times New Roman", "Arial"})
    assert plan_repairs([copy], tiny_master()).files == ()


def write_odd(path: Path) -> Path:
    """A clean unit sheet whose odd cells hold numbers as text: text format, apostrophe, formula, runs."""
    clean = unit_sheet()
    page = clean.sheets[0]
    with xlsxwriter.Workbook(path) as book:
        text, quoted = (
            book.add_format({"num_format": "@"}),
            book.add_format({"num_format": "0.00", "quote_prefix": 1}),
        )
        bold = book.add_format({"bold": True})
        out = book.add_worksheet(page.name)
        for (row, column), value in page.cells.items():
            if (row, column) not in page.formulas:
                out.write(row - 1, column - 1, value)
        out.write_string("F13", "5", text)
        out.write_string("F14", "4", quoted)
        out.write_formula("F15", '="3"', None, "3")
        out.write_rich_string("C9", bold, "Xã ", "An Bình ")
    return path


def test_cells_that_cannot_be_changed_safely_are_left_and_told(tmp_path: Path) -> None:
    source = write_odd(tmp_path / "an-binh.xlsx")
    plan = plan_repairs([source], tiny_master())
    assert [(one.place.cell, one.after) for one in plan.changes] == [("F13", Decimal(5)), ("F14", Decimal(4))]
    assert spots(plan.findings) == [(SHEET, "C9", "KT-183"), (SHEET, "F15", "KT-183")]
    (copy,) = apply_repairs(plan, tmp_path / "ra").outputs
    sheet = openpyxl.load_workbook(copy)[SHEET]
    assert (sheet["F13"].value, sheet["F13"].number_format) == (5, "General")
    assert (sheet["F14"].value, sheet["F14"].number_format, sheet["F14"].quotePrefix) == (4, "0.00", False)
    assert sheet["F15"].value == '="3"'
    left = [spot for spot in spots(check_round([copy], tiny_master()).findings) if spot[1]]
    assert left == [(SHEET, "C9", "KT-246"), (SHEET, "F15", "KT-201")]


def totals_book() -> BookDraft:
    """A book whose sheet adds by formulas, one score being text that SUM passed over."""
    book = cluster_book()
    page = book[SHEET]
    page.put("H13", "4,5").put_result("H12", 6.5).put_result("H22", 14.5)
    return book


def test_results_of_formulas_follow_a_repaired_number(tmp_path: Path) -> None:
    book = totals_book()
    source = inbox(tmp_path, book) / book.name
    assert spots(check_round([source], tiny_master()).findings) == [(SHEET, "H13", "KT-201")]
    plan = plan_repairs([source], tiny_master())
    assert [(one.place.cell, one.before, one.after, one.formula) for one in plan.changes] == [
        ("H12", "6,5", Decimal(11), True),
        ("H13", "4,5", Decimal("4.5"), False),
        ("H22", "14,5", Decimal(19), True),
    ]
    (copy,) = apply_repairs(plan, tmp_path / "ra").outputs
    assert check_round([copy], tiny_master()).findings == ()
    sheet = openpyxl.load_workbook(copy)
    assert sheet[SHEET]["H12"].value == "=1"
    assert sheet.calculation.fullCalcOnLoad


def test_a_formula_that_was_wrong_before_stays_wrong(tmp_path: Path) -> None:
    book = totals_book()
    book[SHEET].put_result("F12", 1)
    source = inbox(tmp_path, book) / book.name
    plan = plan_repairs([source], tiny_master())
    assert "F12" not in {one.place.cell for one in plan.changes}
    (copy,) = apply_repairs(plan, tmp_path / "ra").outputs
    assert (SHEET, "F12", "KT-401") in spots(check_round([copy], tiny_master()).findings)


def test_what_may_mean_two_things_is_left_to_people(tmp_path: Path) -> None:
    book = cluster_book()
    put(SHEET, H13="9 5", H14="mười", C9="Xã An Bìn", B14="Y tế đạt chuẩn")(book)
    put("Đề nghị cá nhân", ".VnTime", B9="Phó Lý")(book)
    assert told(plan_repairs([inbox(tmp_path, book)], tiny_master())) == []


def test_files_of_other_kinds_are_passed_over_a_broken_one_is_told(tmp_path: Path) -> None:
    folder = inbox(tmp_path, cluster_book())
    write_master(folder)
    (folder / "hong.xlsx").write_bytes(b"PK")
    repair([folder], tiny_master(), folder, write=False)
    plan = plan_repairs([folder], tiny_master())
    assert (plan.files, [(one.place.file, one.code.id) for one in plan.findings]) == (
        (),
        [("hong.xlsx", "KT-103")],
    )


def test_a_signed_workbook_gets_no_copy(tmp_path: Path) -> None:
    book = cluster_book()
    put(SHEET, C9="Xã An Bình ")(book)
    source = inbox(tmp_path, book) / book.name
    with patch.object(repair_module, "open_patch", lambda _content, name: open_patch(signed(), name)):
        plan = plan_repairs([source], tiny_master())
    assert [finding.code.id for finding in plan.findings] == ["KT-180"]
    assert len(plan.changes) == 1
    assert apply_repairs(plan, tmp_path / "ra").outputs == ()
    assert not (tmp_path / "ra").exists()


def test_a_file_that_changes_meanwhile_gets_no_copy(tmp_path: Path) -> None:
    book = cluster_book()
    put(SHEET, C9="Xã An Bình ")(book)
    source = inbox(tmp_path, book) / book.name
    plan = plan_repairs([source], tiny_master())
    cluster_book().save(source.parent)
    done = apply_repairs(plan, tmp_path / "ra")
    assert ([finding.code.id for finding in done.findings], done.outputs) == (["KT-811"], ())


def test_no_copy_takes_the_place_of_a_received_file_or_another_copy(tmp_path: Path) -> None:
    book = cluster_book()
    put(SHEET, C9="Xã An Bình ")(book)
    folder = tmp_path / "ra" / "da-sua"
    folder.mkdir(parents=True)
    for name in ("c01.xlsx", "c01 (đã sửa).xlsx"):
        replace(book, name=name).save(folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    done = apply_repairs(plan_repairs([folder], tiny_master()), tmp_path / "ra")
    assert {path.name for path in done.outputs} == {"c01 (2) (đã sửa).xlsx", "c01 (3) (đã sửa).xlsx"}
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.libreoffice
@pytest.mark.parametrize("extension", ["xls", "ods"])
def test_formats_that_cannot_be_written_are_previewed(tmp_path: Path, extension: str) -> None:
    book = cluster_book()
    put(SHEET, ".VnTime", B14=typed("Đạt chuẩn về y tế", Encoding.TCVN3), C9="Xã An Bình ")(book)
    source = inbox(tmp_path, book) / book.name
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        extension,
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    plan = plan_repairs([tmp_path / f"c01.{extension}"], tiny_master())
    assert [(one.place.cell, one.after) for one in plan.changes] == [
        ("C9", "Xã An Bình"),
        ("B14", "Đạt chuẩn về y tế"),
    ]
    assert [finding.code.id for finding in plan.findings] == ["KT-150"]
    assert apply_repairs(plan, tmp_path / "ra").outputs == ()


def test_rules_cover_what_the_catalogue_calls_fixable() -> None:
    assert {code.id for code in (*RULES, *NUMBERS)} == {
        code.id for code in CATALOGUE.values() if code.fixable
    }


def test_any_mixture_of_faults_is_repaired_whole(tmp_path: Path) -> None:
    """Random spellings of random cells: all repaired, the same standing, twice is once."""
    chance = random.Random(4)
    spellings: list[Callable[[str], str]] = [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"\u00a0{text} \n",
        lambda text: misread(text),
        lambda text: typed(text, Encoding.TCVN3),
        lambda text: typed(text, Encoding.VNI),
        lambda text: text.replace("a", "а").replace("Đ", "Ð"),
        lambda text: f"{text[:2]}\u200b{text[2:]}",
    ]
    (tmp_path / "sach").mkdir()
    clean = check_round([cluster_book().save(tmp_path / "sach")], tiny_master())
    for number in range(12):
        book = cluster_book()
        for page in book.sheets:
            cells = [at for at, cell in page.cells.items() if isinstance(cell, str) and at[0] > 4]
            for at in chance.sample(cells, 3):
                way = chance.choice(spellings)
                text = page.cells[at]
                assert isinstance(text, str)
                page.cells[at] = way(text)
                if way in spellings[3:5]:
                    page.fonts[at] = FONTS[list(Encoding)[spellings.index(way) - 3]]
        source = inbox(tmp_path, replace(book, name=f"so-{number}.xlsx")) / f"so-{number}.xlsx"
        done = apply_repairs(plan_repairs([source], tiny_master()), tmp_path / "ra")
        after = check_round(list(done.outputs), tiny_master())
        fixable = [one for one in after.findings if one.code.fixable]
        assert (number, fixable) == (number, [])
        assert standing(after) == standing(clean)
        assert plan_repairs(list(done.outputs), tiny_master()).changes == ()


def test_the_command(tmp_path: Path) -> None:
    book = cluster_book()
    put(SHEET, C9="Xã An Bình\u00a0", H13="4,5")(book)
    folder, master = inbox(tmp_path, book), write_master(tmp_path)
    preview = tdkt("repair", folder, "--out", tmp_path / "ra", "--master", master)
    assert preview.code == 0
    assert "“Xã An Bình␣” → “Xã An Bình” (KT-246: Ký tự thừa trong ô)" in preview.stdout
    assert "mới xem trước, chưa ghi bản sao nào" in preview.stdout
    assert results_in(tmp_path / "ra") == ["sua-an-toan.xlsx"]
    run = tdkt("repair", folder, "--out", tmp_path / "ra", "--apply", "--json", "--master", master)
    written = json.loads((tmp_path / "ra" / "sua-an-toan.json").read_text(encoding="utf-8"))
    assert run.document["files"] == written["files"]
    (file,) = written["files"]
    assert (file["path"], file["copy"]) == ("c01.xlsx", "c01 (đã sửa).xlsx")
    assert {change["cell"]: change["after"] for change in file["changes"]} == {
        "C9": "Xã An Bình",
        "H13": "4,5",
    }
    record = openpyxl.load_workbook(tmp_path / "ra" / "sua-an-toan.xlsx").active
    assert record is not None
    cells = {str(cell) for row in record.iter_rows(values_only=True) for cell in row}
    assert {"Xã An Bình␣", "KT-246", "Đã sửa trong bản sao"} <= cells
    again = tdkt(
        "repair", tmp_path / "ra" / "da-sua", "--out", tmp_path / "ra2", "--apply", "--master", master
    )
    assert "Không có ô nào sửa an toàn được." in again.stdout


def test_what_looks_the_same_is_told_apart(tmp_path: Path) -> None:
    """A number typed as text, and letters typed as base and mark, look as they do after the repair."""
    book = cluster_book()
    composed = unicodedata.normalize("NFD", "Xã An Bình")
    put(SHEET, C9=composed, H13="4,5")(book)
    run = repair(list(inbox(tmp_path, book).iterdir()), tiny_master(), tmp_path / "ra", write=False)
    shown = {line.partition(": ")[0].partition("!")[2]: line for line in run.lines}
    assert (
        f"“{unicodedata.normalize('NFD', 'Xã An Bình')} (chữ tổ hợp)” → “Xã An Bình (chữ dựng sẵn)”"
        in shown["C9"]
    )
    assert "“4,5 (chữ)” → “4,5 (số)”" in shown["H13"]


def test_invisible_characters_are_shown() -> None:
    assert visible(" \u00a0Xã\u00a0An\u200b Bình \n") == "␣␣Xã␣An◌ Bình␣⏎"
    assert visible("dòng 1\ndòng 2") == "dòng 1\ndòng 2"
    assert visible("  ") == "␣␣"


FIXABLE = {code.id for code in CATALOGUE.values() if code.fixable}
CASES = [
    case
    for case in all_cases()[FAIL]
    if len(case.files) == 1 and any(told.rpartition(" ")[2] in FIXABLE for told in case.findings)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_corpus_is_repaired_without_a_new_fault(case: Case, tmp_path: Path) -> None:
    """What may be repaired is gone, what is left was there before, nothing changes a second time."""
    ((name, data),) = case.files.items()
    (tmp_path / name).write_bytes(data)
    master = master_of(case.master)
    plan = plan_repairs([tmp_path / name], master)
    if not plan.changes:  # a cell that cannot be changed safely, or numbers dragged by the fill handle
        assert [finding.code.id for finding in plan.findings] == ["KT-183"] or "KT-236" in case.text
        return
    (copy,) = apply_repairs(plan, tmp_path / "ra").outputs
    left = [line(finding, one_file=True) for finding in check_round([copy], master).findings]
    kept = {line(finding, one_file=True).rpartition(" ")[0] for finding in plan.findings}
    assert [
        one for one in left if one.rpartition(" ")[2] in FIXABLE and one.rpartition(" ")[0] not in kept
    ] == []
    assert set(left) <= {one.replace("KT-408", "KT-403") for one in case.findings} | set(case.findings)
    assert plan_repairs([copy], master).changes == ()


@pytest.mark.parametrize("write", [False, True])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, write: bool) -> None:
    (tmp_path / "sai.xlsx").write_bytes(b"khong phai so")
    plan = plan_repairs([tmp_path / "sai.xlsx"], tiny_master())
    done = apply_repairs(plan, tmp_path / "ra") if write else plan
    assert [finding.code.id for finding in done.findings] == ["KT-103"]
    assert done.outputs == ()


def test_a_folder_without_workbooks_is_told(tmp_path: Path) -> None:
    plan = plan_repairs([tmp_path], tiny_master())
    assert [finding.code.id for finding in plan.findings] == ["KT-508"]
