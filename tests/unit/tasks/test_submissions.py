"""Whose a workbook is and what its sheets say: one fault in an otherwise clean workbook each."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Finding
from tdkt_xl.findings.render import message
from tdkt_xl.tables.grid import CellValue, SheetState
from tdkt_xl.tasks.submissions import Kind, Submission, interpret, is_own_output
from tdkt_xl.writers.forms import build_cluster_book, build_empty_result, build_unit_form
from tests.tools.forms import (
    OFFICE,
    BookDraft,
    Typed,
    book_of,
    cluster_book,
    content_of,
    drafts_of,
    faults,
    master_from,
    master_tables,
    read_book,
    receive,
    tiny_master,
    unit_sheet,
)
from tests.tools.grids import Draft, Spot, draft

SHEETS = ("Tổng hợp", "An Bình", "Bình Hòa", "Cẩm Sơn", "Đề nghị tập thể", "Đề nghị cá nhân")


def interpreted(folder: Path, book: BookDraft) -> tuple[Submission, list[Finding]]:
    found: list[Finding] = []
    submission = interpret(read_book(book.save(folder)), tiny_master(), found)
    assert submission is not None
    return submission, found


def test_clean_cluster_book_is_read_whole(tmp_path: Path) -> None:
    submission, found = interpreted(tmp_path, cluster_book())
    assert found == []
    assert submission.cluster is not None
    assert (submission.kind, submission.cluster.code, submission.period) == (
        Kind.CLUSTER_BOOK,
        "C01",
        Period(2023, 2023),
    )
    assert [(sheet.unit_name, len(sheet.lines)) for sheet in submission.sheets] == [
        ("Xã An Bình", 6),
        ("Xã Bình Hòa", 6),
        ("Thị trấn Cẩm Sơn", 6),
    ]
    assert [(row.unit_text, row.cluster_total.value, row.rank.value) for row in submission.summary] == [
        ("Xã An Bình", Decimal(19), Decimal(1)),
        ("Xã Bình Hòa", Decimal(16), Decimal(2)),
        ("Thị trấn Cẩm Sơn", Decimal("11.25"), Decimal(3)),
    ]
    assert [row.text("award") for row in submission.proposals] == ["TTLĐTT", "LĐTT"]


def test_clean_files_have_no_finding(tmp_path: Path) -> None:
    assert faults(tmp_path, cluster_book(), cluster_book("C02"), unit_sheet()) == []


def test_sheet_of_one_unit_is_no_cluster_book(tmp_path: Path) -> None:
    submission, found = interpreted(tmp_path, unit_sheet())
    assert (submission.kind, len(submission.sheets), found) == (Kind.UNIT_SHEET, 1, [])


def test_own_results_are_recognised_by_their_stamp(tmp_path: Path) -> None:
    for number, name in enumerate(("tong-hop-huyen", "danh-sach-de-nghi", "ket-qua-kiem-tra", "sua-an-toan")):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(build_empty_result(name, OFFICE))
        assert is_own_output(read_book(path))
    assert not is_own_output(read_book(cluster_book().save(tmp_path)))


Plant = Callable[[BookDraft], object]


def put(sheet: str, **cells: CellValue) -> Plant:
    """Type values over cells of a sheet."""

    def plant(book: BookDraft) -> None:
        for cell, value in cells.items():
            book[sheet].put(cell, value)

    return plant


def everywhere(**cells: CellValue) -> Plant:
    """Type values over the same cells of all scoring sheets."""

    def plant(book: BookDraft) -> None:
        for name in SHEETS[1:4]:
            put(name, **cells)(book)

    return plant


def rename(sheet: str, name: str) -> Plant:
    def plant(book: BookDraft) -> None:
        book[sheet].name = name

    return plant


def hide_row(book: BookDraft) -> None:
    book["An Bình"].hidden_rows.add(14)


def hide_column(book: BookDraft) -> None:
    book["An Bình"].hidden_columns.add(7)


def hide_sheet(book: BookDraft) -> None:
    book["Cẩm Sơn"].state = SheetState.HIDDEN


def hide_deeply(book: BookDraft) -> None:
    book["Cẩm Sơn"].state = SheetState.VERY_HIDDEN


def insert_row(book: BookDraft) -> None:
    book["An Bình"].insert_row(14).put("B14", "Tiêu chí tự thêm")


FAULTS: dict[str, tuple[Plant, list[Spot]]] = {
    "no stamp": (put("An Bình", E3=None), [("An Bình", "", "KT-111")]),
    "old stamp": (put("An Bình", E3="Mẫu TĐ-01 · phiên bản 0"), [("An Bình", "E3", "KT-112")]),
    "summary renamed": (rename("Tổng hợp", "Sheet1 (2)"), [("Sheet1 (2)", "", "KT-113")]),
    "list renamed": (rename("Đề nghị cá nhân", "Ca nhan"), [("Ca nhan", "", "KT-113")]),
    "scoring sheet renamed": (rename("An Bình", "Sheet 7"), []),
    "no summary": (lambda book: book.drop("Tổng hợp"), [("", "", "KT-114")]),
    "column missing": (put("An Bình", H11="Màu cờ"), [("An Bình", "", "KT-115")]),
    "column twice": (put("An Bình", J11="Điểm cụm chấm"), [("An Bình", "J11", "KT-116")]),
    "synonym": (put("An Bình", H11="Cụm chấm"), [("An Bình", "H11", "KT-117")]),
    "hidden sheet": (hide_sheet, [("Cẩm Sơn", "", "KT-118")]),
    "very hidden sheet": (hide_deeply, [("Cẩm Sơn", "", "KT-118")]),
    "hidden row": (hide_row, [("An Bình", "A14", "KT-119")]),
    "hidden column": (hide_column, [("An Bình", "G11", "KT-120")]),
    "row of the sender's own": (insert_row, [("An Bình", "B14", "KT-121")]),
    "wording changed": (put("An Bình", B14="Y tế đạt chuẩn"), [("An Bình", "B14", "KT-123")]),
    "maximum changed": (put("An Bình", C13=6), [("An Bình", "C13", "KT-124")]),
    "label without value": (put("An Bình", C6=None), [("An Bình", "", "KT-126")]),
    "name in decomposed Unicode": (
        put("Bình Hòa", C9=unicodedata.normalize("NFD", "Xã Bình Hòa")),
        [("Bình Hòa", "C9", "KT-220")],
    ),
    "alias": (put("An Bình", C9="UBND xã An Bình"), [("An Bình", "C9", "KT-305")]),
    "period of one sheet": (put("Bình Hòa", C6="2022"), [("Bình Hòa", "C6", "KT-412")]),
    "cluster of one sheet": (put("Bình Hòa", C7="Cụm thi đua số 2"), [("Bình Hòa", "C7", "KT-412")]),
    "unit of the summary unknown": (
        put("Tổng hợp", B11=None, C11="Thị trấn Cẩm Sơm"),
        [("Cẩm Sơn", "C9", "KT-410"), ("Tổng hợp", "C11", "KT-301")],
    ),
    "total of the summary blank": (put("Tổng hợp", E11=None), [("Tổng hợp", "E11", "KT-222")]),
    "rank of the summary in words": (put("Tổng hợp", F11="ba"), [("Tổng hợp", "F11", "KT-203")]),
    "rating outside the list": (put("Đề nghị cá nhân", F9="Tốt lắm"), [("Đề nghị cá nhân", "F9", "KT-221")]),
    "name of a person blank": (put("Đề nghị cá nhân", B9=None), [("Đề nghị cá nhân", "B9", "KT-222")]),
    "half a month": (put("Đề nghị cá nhân", G9=10.5), [("Đề nghị cá nhân", "G9", "KT-225")]),
    "cluster unknown": (
        lambda book: [
            put(name, **{"C7" if name in SHEETS[1:4] else "C6": "Cụm thi đua số 11"})(book) for name in SHEETS
        ],
        [("Tổng hợp", "C6", "KT-304")],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_of_a_cluster_book(name: str, tmp_path: Path) -> None:
    plant, expected = FAULTS[name]
    book = cluster_book()
    plant(book)
    assert faults(tmp_path, book) == sorted(expected)


def test_merged_scores_leave_the_second_blank(tmp_path: Path) -> None:
    book = cluster_book(typed={("DV-01", "I.2", "cluster_score"): None})
    book["An Bình"].merge("H13:H14")
    assert faults(tmp_path, book) == [("An Bình", "H13", "KT-125"), ("An Bình", "H14", "KT-207")]


def test_deleted_criterion_is_missed_and_its_unit_is_not_ranked(tmp_path: Path) -> None:
    content = content_of("DV-01")
    rows = [row for row in content.rows if row.criterion and row.criterion.path != "I.3"]
    cluster = tiny_master().active_clusters[0]
    contents = [
        type(content)(content.name, content.identity, rows),
        *(content_of(code) for code in ("DV-02", "DV-03")),
    ]
    checked = receive(tmp_path, book_of(cluster, contents, "c01.xlsx"))
    assert [(item.place.sheet, item.place.cell, item.code.id) for item in checked.findings] == [
        ("An Bình", "A15", "KT-122")
    ]
    assert [(item.unit_name, item.total, item.rank) for item in checked.standings[0].standings] == [
        ("Xã Bình Hòa", Decimal(16), 1),
        ("Thị trấn Cẩm Sơn", Decimal("11.25"), 2),
        ("Xã An Bình", None, None),
    ]


def test_deleted_criterion_that_typed_totals_still_count_is_reported_once(tmp_path: Path) -> None:
    book = cluster_book()
    book["An Bình"].delete_row(15)
    assert faults(tmp_path, book) == [("An Bình", "A15", "KT-122")]


UNIT_FAULTS: dict[str, tuple[Plant, list[Spot]]] = {
    "period unreadable": (put("An Bình", C6="quý I"), [("An Bình", "C6", "KT-127")]),
    "no rows": (
        lambda book: [book["An Bình"].delete_row(12) for _ in range(10)],
        [("An Bình", "", "KT-128")],
    ),
    "number as text": (put("An Bình", F15="3,0"), [("An Bình", "F15", "KT-201")]),
    "ambiguous": (put("An Bình", F15="(3)"), [("An Bình", "F15", "KT-202")]),
    "word": (put("An Bình", F15="ba"), [("An Bình", "F15", "KT-203")]),
    "error": (lambda book: book["An Bình"].put_error("F15", "#REF!"), [("An Bình", "F15", "KT-205")]),
    "no result": (lambda book: book["An Bình"].put_result("F15", None), [("An Bình", "F15", "KT-206")]),
    "subtotal without result": (
        lambda book: book["An Bình"].put_result("F12", None),
        [("An Bình", "", "KT-132")],
    ),
    "evidence missing": (put("An Bình", G17=None), [("An Bình", "G17", "KT-214")]),
    "appraisal without reason": (put("An Bình", I13=4), [("An Bình", "J13", "KT-213")]),
    "unit unknown": (put("An Bình", C8=None, C9="Xã An Bin"), [("An Bình", "C9", "KT-301")]),
    "code and name differ": (put("An Bình", C8="DV-02"), [("An Bình", "C8", "KT-414")]),
    "other period": (put("An Bình", C6="2022"), [("An Bình", "C6", "KT-506")]),
    "period without catalogue": (put("An Bình", C6="2021"), [("An Bình", "C6", "KT-601")]),
    "cluster unknown": (put("An Bình", C7="Cụm thi đua số 11"), [("An Bình", "C7", "KT-304")]),
    "unit not named": (put("An Bình", C8=None, C9=None), [("An Bình", "", "KT-126")]),
}


@pytest.mark.parametrize("name", UNIT_FAULTS)
def test_one_fault_of_a_units_own_sheet(name: str, tmp_path: Path) -> None:
    plant, expected = UNIT_FAULTS[name]
    book = unit_sheet()
    plant(book)
    assert faults(tmp_path, book) == sorted(expected)


SCORES: dict[str, tuple[str, object, str, str]] = {
    "number as text": ("I.1", "5", "F13", "KT-201"),
    "blank": ("I.1", None, "F13", "KT-207"),
    "negative": ("I.1", -1, "F13", "KT-208"),
    "above the maximum": ("I.1", 5.5, "F13", "KT-209"),
    "off the step": ("I.1", 3.3, "F13", "KT-210"),
    "half passed": ("I.2", 2, "F14", "KT-211"),
    "penalty with the wrong sign": ("IV.1", 2, "F21", "KT-212"),
}


@pytest.mark.parametrize("name", SCORES)
def test_one_wrong_score_whose_sheet_adds_up(name: str, tmp_path: Path) -> None:
    path, value, cell, code = SCORES[name]
    typed: Typed = {("DV-01", path, "self_score"): value}
    assert faults(tmp_path, unit_sheet(typed)) == [("An Bình", cell, code)]


def test_date_in_a_score_is_reported_with_the_likely_score(tmp_path: Path) -> None:
    made = draft("| 2023-05-04 |", at="F13")
    book = unit_sheet()
    book["An Bình"].put("F13", made.cells[13, 6])
    (finding,) = receive(tmp_path, book).findings
    assert (finding.place.cell, finding.code.id) == ("F13", "KT-204")
    assert finding.params["likely"] == "4,5 (hoặc 5,4)"


def test_near_unit_name_is_asked_about(tmp_path: Path) -> None:
    book = unit_sheet()
    put("An Bình", C8=None, C9="Xã An Bin")(book)
    (finding,) = receive(tmp_path, book).findings
    assert message(finding).endswith("Có phải ý ông/bà là “Xã An Bình”?")


def test_unit_that_ended_before_the_period_is_reported(tmp_path: Path) -> None:
    tables = master_tables()
    tables["units"][2]["valid_to"] = "2022-12-31"
    assert faults(tmp_path, cluster_book(), master=master_from(tables)) == [("Cẩm Sơn", "C9", "KT-302")]


def test_unit_of_another_cluster_is_listed_not_ranked(tmp_path: Path) -> None:
    master = tiny_master()
    cluster = master.active_clusters[0]
    guest = content_of("DV-05", {("DV-05", "II.1", "cluster_score"): 0})
    guest = type(guest)(guest.name, {**guest.identity, "cluster": cluster.name}, guest.rows)
    contents = [*(content_of(code) for code in cluster.members), guest]
    checked = receive(tmp_path, book_of(cluster, contents, "c01.xlsx"))
    assert [(item.place.sheet, item.place.cell, item.code.id) for item in checked.findings] == [
        ("TH Gia Lộc", "C9", "KT-303")
    ]
    ranked = [item.unit_code for item in checked.standings[0].ranked]
    assert ranked == ["DV-01", "DV-02", "DV-03"]


@pytest.mark.parametrize(
    "sheets",
    [
        [draft("| Họ tên | Điện thoại |\n| Trần Văn A | 0901 |", name="Danh bạ")],
        [draft("| |", name="Trang trắng")],
    ],
)
def test_workbook_without_any_form_is_unknown(sheets: list[Draft], tmp_path: Path) -> None:
    assert faults(tmp_path, BookDraft("danh-ba.xlsx", sheets)) == [("", "", "KT-110")]


def test_forms_nobody_filled_are_only_noted(tmp_path: Path) -> None:
    catalogue = tiny_master().catalogues["TD-2023"]
    form = BookDraft("phieu.xlsx", drafts_of(build_unit_form(catalogue, OFFICE)))
    blank = content_of("DV-01")
    empty = type(blank)("Phiếu", {}, [type(row)(row.criterion) for row in blank.rows])
    book = BookDraft("so-cum.xlsx", drafts_of(build_cluster_book({}, [empty], {}, OFFICE)))
    checked = receive(tmp_path, form, book)
    assert [(item.place.file, item.code.id) for item in checked.findings] == [
        ("phieu.xlsx", "KT-129"),
        ("so-cum.xlsx", "KT-129"),
    ]
    assert {report.status for report in checked.files} == {"Mẫu trống"}


def test_two_faults_are_both_found(tmp_path: Path) -> None:
    book = cluster_book()
    put("An Bình", H13="bốn", C14=6)(book)
    put("Cẩm Sơn", B15="Việc làm mới")(book)
    assert faults(tmp_path, book) == [
        ("An Bình", "C14", "KT-124"),
        ("An Bình", "H13", "KT-203"),
        ("Cẩm Sơn", "B15", "KT-123"),
    ]


# Sheets that are not read, or read and not used


def test_sheet_that_is_no_form_is_noted(tmp_path: Path) -> None:
    book = cluster_book()
    book.sheets.append(draft("| Việc cần nhớ | Ai làm |\n| gọi điện | Lan |", name="Ghi chú"))
    _, found = interpreted(tmp_path, book)
    assert [(item.place.sheet, item.place.cell, item.code.id) for item in found] == [
        ("Ghi chú", None, "KT-130")
    ]


def test_empty_sheet_is_passed_over(tmp_path: Path) -> None:
    book = cluster_book()
    book.sheets.append(Draft("Sheet3"))
    _, found = interpreted(tmp_path, book)
    assert found == []


def test_second_summary_is_not_used_and_said_so(tmp_path: Path) -> None:
    book = cluster_book()
    again = cluster_book()["Tổng hợp"]
    again.name = "Tổng hợp (2)"
    book.sheets.append(again)
    submission, found = interpreted(tmp_path, book)
    assert [(item.place.sheet, item.code.id) for item in found] == [("Tổng hợp (2)", "KT-131")]
    assert len(submission.summary) == 3


def test_wide_table_beside_scoring_sheets_is_not_used_and_said_so(tmp_path: Path) -> None:
    book = cluster_book()
    wide = "| Đơn vị | TC1 | TC2 | TC3 | Tổng điểm |\n| Xã An Bình | 1 | 2 | 3 | 6 |"
    book.sheets.append(draft(wide, name="Bảng ngang"))
    submission, found = interpreted(tmp_path, book)
    assert [(item.place.sheet, item.code.id) for item in found] == [("Bảng ngang", "KT-131")]
    assert (submission.kind, submission.wide_rows) == (Kind.CLUSTER_BOOK, ())
