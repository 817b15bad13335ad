"""Faults of the master data, each planted in the otherwise clean tiny master data."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.tables.grid import CellValue
from tdkt_xl.tasks.master import LAYOUT, load_master, read_master
from tdkt_xl.tasks.other_books import holds_master_data
from tests.tools.forms import (
    Tables,
    drafts_of,
    master_tables,
    read_book,
    rows,
    tiny_master,
    unit_sheet,
    write_master,
)
from tests.tools.grids import Spot, spots, write_book

NOTED = ("Danh mục", "D7", "KT-613")
"""The note that a catalogue adds up; it is gone when the catalogue itself has the fault."""


def found_in(folder: Path, tables: Tables) -> tuple[Finding, ...]:
    return read_master(read_book(write_master(folder, tables))).findings


def test_clean_master_data_is_read_whole(tmp_path: Path) -> None:
    outcome = read_master(read_book(write_master(tmp_path)))
    assert spots(outcome.findings) == [NOTED]
    master = outcome.value
    assert master is not None
    assert list(master.register.units) == [f"DV-0{number}" for number in range(1, 7)]
    assert master.register.units["DV-04"].valid_from == date(2001, 9, 1)
    first = master.clusters[0]
    assert (first.period, first.members, first.leader) == (
        Period(2023, 2023),
        ("DV-01", "DV-02", "DV-03"),
        "DV-01",
    )
    catalogue = master.catalogue_of(first)
    assert catalogue is not None
    assert (len(catalogue.leaves), catalogue.total) == (6, Decimal(20))
    assert [criterion.evidence for criterion in catalogue.leaves] == [False, False, False, True, True, False]
    assert master.parameters.rounding_tolerance == Decimal("0.3")


def change(sheet: str, at: int, **values: str) -> Callable[[Tables], None]:
    """Type other values in the n-th row (0-based) of a table."""

    def plant(tables: Tables) -> None:
        tables[sheet][at].update(values)

    return plant


def add(sheet: str, columns: str, line: str) -> Callable[[Tables], None]:
    """Add a row to a table."""

    def plant(tables: Tables) -> None:
        tables.setdefault(sheet, []).extend(rows(columns, line))

    return plant


def remove(sheet: str, at: int) -> Callable[[Tables], None]:
    """Delete the n-th row (0-based) of a table."""

    def plant(tables: Tables) -> None:
        del tables[sheet][at]

    return plant


CRITERION = "catalogue path number text kind rule maximum step"
_RULES = "Quy định của tỉnh"
_RULE = "key value instrument article since award scope"

FAULTS: dict[str, tuple[Callable[[Tables], None], list[Spot]]] = {
    "unit code blank": (
        add("units", "name kind", "Xã Lạc An | Xã và thị trấn"),
        [("Đơn vị", "A13", "KT-222"), NOTED],
    ),
    "unit code twice": (
        add("units", "code name kind", "DV-01 | Xã Lạc An | Xã và thị trấn"),
        [("Đơn vị", "A13", "KT-224"), NOTED],
    ),
    "unit in no cluster": (
        add("units", "code name kind", "DV-07 | Xã Lạc An | Xã và thị trấn"),
        [("Đơn vị", "B13", "KT-315"), NOTED],
    ),
    "kind of unit unknown": (
        change("units", 0, kind="Hợp tác xã"),
        [("Đơn vị", "D7", "KT-221"), NOTED],
    ),
    "lower bound is text": (
        change("bands", 1, lower_bound="mười bốn"),
        [("Mức xếp loại", "C8", "KT-203"), NOTED],
    ),
    "member unknown": (
        change("members", 4, unit="DV-77"),
        [("Thành viên", "C11", "KT-306"), NOTED],
    ),
    "member of an unknown cluster": (
        add("members", "period cluster unit", "2023 | C09 | DV-06"),
        [("Thành viên", "B14", "KT-306"), NOTED],
    ),
    "cluster with an unknown catalogue": (
        change("clusters", 1, catalogue="TD-2020"),
        [("Cụm thi đua", "E8", "KT-306"), NOTED],
    ),
    "leader unknown": (
        change("clusters", 1, leader="DV-77"),
        [("Cụm thi đua", "F8", "KT-306"), NOTED],
    ),
    "alias of an unknown unit": (
        add("aliases", "alias unit", "UBND xã Lạ | DV-77"),
        [("Tên gọi khác", "B8", "KT-306"), NOTED],
    ),
    "criterion of an unknown catalogue": (
        change("criteria", 2, catalogue="TD-2020"),
        [("Tiêu chí", "A9", "KT-306")],
    ),
    "band of an unknown catalogue": (
        change("bands", 3, catalogue="TD-2020"),
        [("Mức xếp loại", "A10", "KT-306"), NOTED],
    ),
    "lowest bound is text": (
        change("bands", 3, lower_bound="không"),
        [("Mức xếp loại", "C10", "KT-203"), NOTED],
    ),
    "no bands": (
        lambda tables: tables["bands"].clear(),
        [NOTED, ("Danh mục", "D7", "KT-619")],
    ),
    "maximum of a criterion is text": (
        change("criteria", 1, maximum="năm điểm"),
        [("Tiêu chí", "G8", "KT-203")],
    ),
    "maximum of a group is text": (
        change("criteria", 4, maximum="tám điểm"),
        [("Tiêu chí", "G11", "KT-203")],
    ),
    "maximum left out": (change("criteria", 5, maximum=""), [("Tiêu chí", "G12", "KT-222")]),
    "path left out": (change("criteria", 4, path=""), [("Tiêu chí", "B11", "KT-222")]),
    "kind of a row unknown": (change("criteria", 4, kind="Mục lớn"), [("Tiêu chí", "E11", "KT-221")]),
    "group called a criterion": (
        change("criteria", 4, kind="Tiêu chí"),
        [("Tiêu chí", "E11", "KT-630")],
    ),
    "criterion called a group": (change("criteria", 1, kind="Nhóm"), [("Tiêu chí", "F8", "KT-623")]),
    "way of scoring left out": (change("criteria", 1, rule=""), [("Tiêu chí", "F8", "KT-614")]),
    "way of scoring unknown": (
        change("criteria", 1, rule="Chấm tay"),
        [("Tiêu chí", "F8", "KT-221"), NOTED],
    ),
    "item above the cap": (change("criteria", 6, maximum="1"), [("Tiêu chí", "G14", "KT-615")]),
    "cap of nothing": (change("criteria", 6, maximum="0"), [("Tiêu chí", "G13", "KT-616")]),
    "cap out of reach": (change("criteria", 8, maximum="-5"), [("Tiêu chí", "G15", "KT-617"), NOTED]),
    "bound out of reach": (
        change("bands", 0, lower_bound="23"),
        [("Mức xếp loại", "C7", "KT-606")],
    ),
    "deduction off the step": (
        change("criteria", 9, per_minus="0,75"),
        [("Tiêu chí", "S16", "KT-622")],
    ),
    "number off its path": (change("criteria", 2, number="3"), [("Tiêu chí", "C9", "KT-618")]),
    "days reversed": (
        change("units", 0, valid_from="2024-01-01", valid_to="2023-12-31"),
        [("Đơn vị", "F7", "KT-307"), NOTED],
    ),
    "rule for a cluster that is none": (
        add("office_rules", _RULE, "cstdcs_percent | 12 | QĐ 8 | Điều 2 | 2021-03-01 | | C09"),
        [(_RULES, "H8", "KT-626"), NOTED],
    ),
    "rule that cannot be for one cluster": (
        add("office_rules", _RULE, "vote_percent | 70 | QĐ 8 | Điều 2 | 2021-03-01 | | C01"),
        [(_RULES, "H8", "KT-627"), NOTED],
    ),
    "limit without its award": (
        add("office_rules", _RULE, "cluster_limit | 1 | QĐ 8 | Điều 2 | 2021-03-01 | | C01"),
        [(_RULES, "G8", "KT-628"), NOTED],
    ),
    "exempt from a national percentage": (
        add("office_rules", _RULE, "quota_exempt | Không tính | QĐ 8 | Điều 2 | 2021-03-01 | CSTĐCS | C01"),
        [(_RULES, "C8", "KT-629"), NOTED],
    ),
    "parameter missing": (remove("parameters", 0), [("Tham số", "", "KT-308"), NOTED]),
    "period parameter unreadable": (
        change("parameters", 0, value="quý I"),
        [("Tham số", "C7", "KT-309"), NOTED],
    ),
    "one of two periods unreadable": (
        change("parameters", 0, value="2023; quý I"),
        [("Tham số", "C7", "KT-309"), NOTED],
    ),
    "tolerance unreadable": (
        change("parameters", 1, value="một ít"),
        [("Tham số", "C8", "KT-309"), NOTED],
    ),
    "period of a cluster unreadable": (
        change("clusters", 2, period="quý I"),
        [("Cụm thi đua", "A9", "KT-127"), NOTED],
    ),
    "unit in two clusters": (
        add("members", "period cluster unit", "2023 | C02 | DV-01"),
        [("Thành viên", "C14", "KT-310"), NOTED],
    ),
    "alias is another unit's name": (
        add("aliases", "alias unit", "Xã  Bình Hoà | DV-01"),
        [("Tên gọi khác", "A8", "KT-311"), NOTED],
    ),
    "rows still marked as examples": (
        change("units", 2, note="ví dụ"),
        [NOTED, ("", "", "KT-312")],
    ),
    "group does not add up": (change("criteria", 0, maximum="11"), [("Tiêu chí", "G7", "KT-602")]),
    "catalogue does not add up": (change("catalogues", 0, total="21"), [("Danh mục", "D7", "KT-603")]),
    "path twice": (change("criteria", 2, path="I.1"), [("Tiêu chí", "G9", "KT-604")]),
    "group missing": (remove("criteria", 6), [("Tiêu chí", "G13", "KT-605")]),
    "band below zero": (change("bands", 3, lower_bound="-1"), [("Mức xếp loại", "C10", "KT-606")]),
    "step does not divide": (change("criteria", 1, step="0,3"), [("Tiêu chí", "G8", "KT-607")]),
    "catalogue without criteria": (
        add("catalogues", "code name total", "TD-X | Bảng trống | 100"),
        [NOTED, ("Danh mục", "D8", "KT-608")],
    ),
    "group without criteria": (
        add("criteria", CRITERION, "TD-2023 | V | V | Văn hóa | Nhóm | | 0 |"),
        [("Tiêu chí", "G17", "KT-609")],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_gives_one_finding_at_its_cell(name: str, tmp_path: Path) -> None:
    plant, expected = FAULTS[name]
    tables = master_tables()
    plant(tables)
    assert spots(found_in(tmp_path, tables)) == sorted(expected)


@pytest.mark.parametrize("sheet", ["criteria", "bands"])
def test_catalogue_sheet_without_its_headings_is_told_by_its_columns_only(sheet: str, tmp_path: Path) -> None:
    name = LAYOUT.sheet(sheet).name
    drafts = drafts_of(write_master(tmp_path).read_bytes())
    lost = next(item for item in drafts if item.name == name)
    lost.cells = {(row, column): value for (row, column), value in lost.cells.items() if row != 6}
    findings = read_master(read_book(write_book(tmp_path / "sua.xlsx", drafts))).findings
    told = {(spot[0], spot[2]) for spot in spots(findings)} - {("Danh mục", "KT-613")}
    assert told == {(name, "KT-115")}


def test_missing_sheet_is_reported_and_gives_no_master(tmp_path: Path) -> None:
    tables = master_tables()
    del tables["aliases"]
    outcome = read_master(read_book(write_master(tmp_path, tables)))
    assert outcome.value is None
    assert spots(outcome.findings) == [("", "", "KT-114"), NOTED]
    assert outcome.findings[-1].params == {"expected": "Tên gọi khác"}


EDITS: dict[str, tuple[str, str, CellValue, Spot]] = {
    "column missing": ("Đơn vị", "D6", "Màu cờ", ("Đơn vị", "", "KT-115")),
    "day that does not exist": ("Đơn vị", "G7", "31/02/2023", ("Đơn vị", "G7", "KT-223")),
    "scale typed as text": ("Danh mục", "D7", "20", ("Danh mục", "D7", "KT-201")),
}


@pytest.mark.parametrize("name", EDITS)
def test_one_edited_cell_gives_one_finding(name: str, tmp_path: Path) -> None:
    sheet, cell, value, expected = EDITS[name]
    sheets = drafts_of(write_master(tmp_path).read_bytes())
    next(item for item in sheets if item.name == sheet).put(cell, value)
    book = read_book(write_book(tmp_path / "sua.xlsx", sheets))
    assert spots(read_master(book).findings) == sorted([expected, NOTED])


def test_said_about_a_unit_in_two_clusters(tmp_path: Path) -> None:
    tables = master_tables()
    add("members", "period cluster unit", "2023 | C02 | DV-01")(tables)
    finding = next(item for item in found_in(tmp_path, tables) if item.code.id == "KT-310")
    assert finding.params == {"unit": "DV-01", "first": "C01", "second": "C02", "period": "2023"}


def test_unit_may_change_cluster_from_period_to_period(tmp_path: Path) -> None:
    tables = master_tables()
    tables["clusters"] += rows("period code name catalogue", "2022 | C02 | Cụm thi đua số 2 | TD-2023")
    change("members", 5, cluster="C02")(tables)
    assert spots(found_in(tmp_path, tables)) == [NOTED]


def test_example_rows_are_counted_by_sheet(tmp_path: Path) -> None:
    tables = master_tables()
    for sheet in ("units", "criteria"):
        tables[sheet] = [{**row, "note": "ví dụ, số liệu giả"} for row in tables[sheet]]
    finding = next(item for item in found_in(tmp_path, tables) if item.code.id == "KT-312")
    assert finding.params == {"count": 16, "sheets": ["Đơn vị", "Tiêu chí"]}


def test_catalogue_sheets_alone_are_checked_as_a_catalogue(tmp_path: Path) -> None:
    tables = {name: master_tables()[name] for name in ("catalogues", "criteria", "bands")}
    book = read_book(write_master(tmp_path, tables))
    assert holds_master_data(book)
    outcome = read_master(book)
    assert (outcome.value, spots(outcome.findings)) == (None, [NOTED])


def test_criteria_sheet_alone_is_a_catalogue_without_a_declared_total(tmp_path: Path) -> None:
    tables = {"criteria": master_tables()["criteria"]}
    assert spots(found_in(tmp_path, tables)) == [("", "", "KT-613")]


def test_sheet_renamed_by_its_owner_is_found_by_its_headings(tmp_path: Path) -> None:
    sheets = drafts_of(write_master(tmp_path).read_bytes())
    next(item for item in sheets if item.name == "Tên gọi khác").name = "Sheet1"
    book = read_book(write_book(tmp_path / "sua.xlsx", sheets))
    assert spots(read_master(book).findings) == [NOTED]


def test_unusable_master_data_names_its_first_error(tmp_path: Path) -> None:
    tables = master_tables()
    change("criteria", 0, maximum="11")(tables)
    with pytest.raises(TdktError) as caught:
        load_master(write_master(tmp_path, tables))
    finding = caught.value.finding
    assert finding.code.id == "KT-805"
    assert finding.params["count"] == 1
    assert str(finding.params["first"]).startswith("[danh-muc.xlsx]Tiêu chí!G7: Danh mục TD-2023, nhóm I")


def test_unreadable_master_data_says_why(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.xlsx"
    path.write_bytes(b"")
    with pytest.raises(TdktError) as caught:
        load_master(path)
    assert caught.value.finding.code.id == "KT-805"
    assert "0 byte" in str(caught.value.finding.params["first"])


def test_missing_master_data(tmp_path: Path) -> None:
    with pytest.raises(TdktError) as caught:
        load_master(tmp_path / "khong-co.xlsx")
    assert caught.value.finding.code.id == "KT-801"


def test_cluster_is_recognised_by_code_name_or_description() -> None:
    master = tiny_master()
    for text in (
        "C02",
        "Cụm thi đua số 2",
        "cụm thi đua số II",
        "Khối trường",
        "Cụm thi đua số 2 (khối trường)",
    ):
        cluster = master.find_cluster(text, Period(2023, 2023))
        assert cluster is not None
        assert cluster.code == "C02"
    assert master.find_cluster("C02", Period(2022, 2022)) is None
    assert master.find_cluster("", Period(2023, 2023)) is None


def test_scoring_sheet_called_criteria_is_no_master_data(tmp_path: Path) -> None:
    book = unit_sheet()
    book.sheets[0].name = "Tiêu chí"
    assert not holds_master_data(read_book(book.save(tmp_path)))


def test_sheet_without_its_headings_is_told_by_its_columns(tmp_path: Path) -> None:
    drafts = drafts_of(write_master(tmp_path).read_bytes())
    aliases = next(item for item in drafts if item.name == "Tên gọi khác")
    aliases.cells = {
        at: "Tên" if value == "Tên gọi khác" else "Mã" if value == "Mã đơn vị" else value
        for at, value in aliases.cells.items()
    }
    found = read_master(read_book(write_book(tmp_path / "a.xlsx", drafts))).findings
    missing = [(item.place.sheet, item.params["column"]) for item in found if item.code.id == "KT-115"]
    assert missing == [("Tên gọi khác", "Tên gọi khác"), ("Tên gọi khác", "Mã đơn vị")]
    assert "KT-114" not in {item.code.id for item in found}
