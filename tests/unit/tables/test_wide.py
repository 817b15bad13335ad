from decimal import Decimal

from tdkt_xl.domain.scores import CellState, WideRow
from tdkt_xl.findings import Finding
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.wide import WideTable, find_wide_tables, read_wide_rows
from tests.tools.grids import draft, sheet, spots
from tests.tools.published import six_provinces

SUMMARY = load_layout("so-cum").sheet("summary")
CLEAN = """
| TT | Đơn vị | I | | II | | Tổng điểm | Xếp hạng |
| | | TC1 | TC2 | TC1 | TC2 | | |
| 1 | Xã An Bình | 10 | 9.5 | 8 | 7 | 34.5 | 1 |
| 2 | Xã Bình Hòa | 9 | 9.5 | 8 | 7 | 33.5 | 2 |
"""


def found(grid: Grid) -> WideTable:
    (table,) = find_wide_tables(grid, SUMMARY)
    return table


def read(grid: Grid) -> tuple[list[WideRow], list[Finding]]:
    findings: list[Finding] = []
    return read_wide_rows(found(grid), findings), findings


def test_repeated_labels_are_told_apart_by_their_groups() -> None:
    table = found(sheet(CLEAN))
    assert (table.header_row, table.first_row, table.unit_column) == (1, 3, 2)
    assert (table.total_column, table.rank_column) == (7, 8)
    assert table.criteria == {3: "I / TC1", 4: "I / TC2", 5: "II / TC1", 6: "II / TC2"}


def test_three_stacked_header_rows_give_thirty_three_criteria() -> None:
    for merged in (True, False):
        paths = list(found(six_provinces(merged=merged).grid()).criteria.values())
        assert len(set(paths)) == len(paths) == 33
        assert (paths[0], paths[17], paths[24], paths[25], paths[32]) == (
            "A / I / TC1",
            "A / III / TC2",
            "A / IV / TC5",
            "B / TC1",
            "C / TC3",
        )


def test_rows_are_read_with_total_and_rank() -> None:
    rows, findings = read(sheet(CLEAN, at="B3"))
    assert findings == []
    first = rows[0]
    assert (first.unit_text, first.place.cell) == ("Xã An Bình", "C5")
    assert [(path, cell.value) for path, cell in first.cells] == [
        ("I / TC1", Decimal(10)),
        ("I / TC2", Decimal("9.5")),
        ("II / TC1", Decimal(8)),
        ("II / TC2", Decimal(7)),
    ]
    assert (first.total.value, first.rank.value) == (Decimal("34.5"), Decimal(1))
    assert (first.total.place.cell, first.rank.place.cell) == ("H5", "I5")


def test_one_header_row_is_enough() -> None:
    text = """
| Địa phương | Tiêu chí 1 | Tiêu chí 2 | Tiêu chí 3 | Tổng cộng |
| Xã An Bình | 10 | 9 | 8 | 27 |
"""
    table = found(sheet(text))
    assert list(table.criteria.values()) == ["Tiêu chí 1", "Tiêu chí 2", "Tiêu chí 3"]
    assert table.rank_column == 0
    (row,), findings = read(sheet(text))
    assert (row.rank.state, findings) == (CellState.BLANK, [])


def test_criteria_may_be_numbered_in_the_header() -> None:
    text = """
| Đơn vị | Nhóm 1 | | | Tổng điểm |
| | 1.1 | 1.2 | 1.3 | |
| Xã An Bình | 10 | 9 | 8 | 27 |
"""
    assert list(found(sheet(text)).criteria.values()) == ["Nhóm 1 / 1.1", "Nhóm 1 / 1.2", "Nhóm 1 / 1.3"]


def test_bad_cell_is_reported_at_its_address_under_its_path() -> None:
    made = draft(CLEAN).put("D3", "9,5").put("E4", "Đạt").put_result("G4", None).put("H4", "nhì")
    rows, findings = read(made.grid())
    assert spots(findings) == [
        ("Trang 1", "D3", "KT-201"),
        ("Trang 1", "E4", "KT-203"),
        ("Trang 1", "G4", "KT-206"),
        ("Trang 1", "H4", "KT-203"),
    ]
    assert {finding.place.cell: finding.params["column"] for finding in findings} == {
        "D3": "I / TC2",
        "E4": "II / TC1",
        "G4": "Tổng điểm",
        "H4": "Xếp hạng",
    }
    assert [len(row.cells) for row in rows] == [4, 4]


def test_rows_end_at_the_total_line_or_the_signatures() -> None:
    for ending in ("| | Tổng cộng | 19 | 19 | 16 | 14 | 68 | |", "| | | | | CỤM TRƯỞNG | | | |"):
        rows, findings = read(sheet(f"{CLEAN}{ending}\n| 3 | Xã Cẩm Sơn | 9 | 9 | 8 | 7 | 33 | 3 |"))
        assert (len(rows), findings) == (2, [])


def test_blank_rows_and_units_without_scores_are_passed_over() -> None:
    text = f"{CLEAN}| | | | | | | | |\n| 3 | Khối trường | | | | | | |\n| 4 | Xã D | 9 | 9 | 8 | 7 | 33 | 3 |"
    rows, _ = read(sheet(text))
    assert [row.unit_text for row in rows] == ["Xã An Bình", "Xã Bình Hòa", "Xã D"]


def test_labels_above_the_table_are_found() -> None:
    text = "| Kỳ: 2023 | Cụm: Cụm thi đua số 1 |\n| | |" + CLEAN
    table = found(sheet(text))
    assert {name: item.text for name, item in table.identity.items()} == {
        "period": "2023",
        "cluster": "Cụm thi đua số 1",
    }


def test_plain_summary_is_no_wide_table() -> None:
    text = """
| STT | Mã đơn vị | Tên đơn vị | Tổng điểm tự chấm | Tổng điểm cụm chấm | Xếp hạng | Xếp loại |
| 1 | DV-01 | Xã An Bình | 95 | 94 | 1 | Tốt |
"""
    assert find_wide_tables(sheet(text), SUMMARY) == []


def test_table_without_total_unit_or_data_is_no_wide_table() -> None:
    for text in (
        CLEAN.replace("Tổng điểm", "Ghi chú"),
        CLEAN.replace("Đơn vị", "Họ tên"),
        "\n".join(CLEAN.strip().splitlines()[:2]),
        "| Đơn vị | Điểm | Tổng điểm |\n| Xã A | 10 | 10 |",
    ):
        assert find_wide_tables(sheet(text), SUMMARY) == []


# Several tables in one sheet

SIGNED = "| | CỤM TRƯỞNG | | | | | | |\n"


def test_headings_written_again_do_not_become_a_unit() -> None:
    """As on every printed page: the same headings, then the units that follow."""
    more = CLEAN.replace("Xã An Bình", "Xã Cẩm Sơn").replace("Xã Bình Hòa", "Xã Đông Hà")
    tables = find_wide_tables(sheet(CLEAN + more.lstrip("\n")), SUMMARY)
    findings: list[Finding] = []
    names = [row.unit_text for table in tables for row in read_wide_rows(table, findings)]
    assert names == ["Xã An Bình", "Xã Bình Hòa", "Xã Cẩm Sơn", "Xã Đông Hà"]
    assert findings == []


def test_table_below_a_signature_is_found() -> None:
    tables = find_wide_tables(sheet(CLEAN + SIGNED + CLEAN.lstrip("\n")), SUMMARY)
    assert [(table.header_row, table.first_row, table.last_row) for table in tables] == [(1, 3, 5), (6, 8, 9)]


def test_rows_that_only_name_a_unit_begin_no_table() -> None:
    rows = "| | Đơn vị | | | | | | |\n"
    assert len(find_wide_tables(sheet(CLEAN + rows), SUMMARY)) == 1
