"""Every fault of a workbook of people, found at its cell and nowhere else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.awards import Rating
from tdkt_xl.findings import has_errors
from tdkt_xl.findings.render import sentence
from tdkt_xl.tasks.people_names import nearness
from tests.tools.forms import tiny_master
from tests.tools.grids import Spot, spots
from tests.tools.people import Plant, Tables, add, change, drop, people_tables, read_tables

FOURTH = {"code": "CN-4", "unit": "DV-01"}

AWARD = {"decision": "12/QĐ-UBND", "day": "2023-01-25"}
SHARE = {
    "work": "SK-1",
    "title": "Hẹn giờ trả hồ sơ",
    "kind": "Sáng kiến",
    "reach": "Cơ sở",
    "period": "2022",
    "decision": "90/QĐ-UBND",
    "day": "2022-11-01",
}


def early_decision(tables: Tables) -> None:
    for row in tables["initiatives"]:
        row["day"] = "2021-11-01"


FAULTS: dict[str, tuple[Plant, list[Spot]]] = {
    # what the clerk typed: the fault planted, the exact findings
    "rating without its year": (change("ratings", 6, period=""), [("Xếp loại", "C13", "KT-222")]),
    "year that is no year": (change("ratings", 6, period="năm ngoái"), [("Xếp loại", "C13", "KT-127")]),
    "rating that is no rating": (change("ratings", 6, rating="Giỏi"), [("Xếp loại", "D13", "KT-221")]),
    "unknown title": (change("awards", 0, award="Chiến sĩ vẻ vang"), [("Khen thưởng", "C7", "KT-705")]),
    "title of collectives for a person": (
        change("awards", 0, award="TTLĐTT"),
        [("Khen thưởng", "C7", "KT-708")],
    ),
    "decision before the year began": (
        change("awards", 0, day="2020-12-31"),
        [("Khen thưởng", "F7", "KT-263")],
    ),
    "award decided before the law made it": (
        change("awards", 3, award="Xã tiêu biểu"),
        [("Khen thưởng", "F10", "KT-336")],
    ),
    "same title of one year twice": (
        add("awards", subject="CN-1", award="LĐTT", period="2021", **AWARD),
        [("Khen thưởng", "C11", "KT-341")],
    ),
    "achievement that ends before it begins": (
        change("awards", 0, since="2021", until="2020"),
        [("Khen thưởng", "I7", "KT-264")],
    ),
    "achievement after the year of the award": (
        change("awards", 0, since="2021", until="2022"),
        [("Khen thưởng", "J7", "KT-264")],
    ),
    "achievement that begins after the year of the award": (
        change("awards", 0, since="2022"),
        [("Khen thưởng", "I7", "KT-264")],
    ),
    "title in a year that is not rated": (
        add("awards", subject="CN-2", award="LĐTT", period="2020", decision="9/QĐ-UBND", day="2021-01-25"),
        [("Khen thưởng", "D11", "KT-331")],
    ),
    "title in a year rated too low": (
        change("ratings", 4, rating="HTNV"),
        [("Khen thưởng", "C9", "KT-332")],
    ),
    "provincial title without three titles in a row": (
        add("awards", subject="CN-1", award="CSTĐ cấp tỉnh", period="2022", **AWARD),
        [("Khen thưởng", "C11", "KT-332")],
    ),
    "two ratings of one year": (
        add("ratings", subject="CN-1", period="2022", rating="HTTNV"),
        [("Xếp loại", "C14", "KT-330")],
    ),
    "year missing where all is said to be recorded": (
        drop("ratings", 3),
        [("Cá nhân", "K8", "KT-342")],
    ),
    "in two units at once": (
        change("stretches", 1, end="2020-03-31"),
        [("Thời gian công tác", "E9", "KT-334")],
    ),
    "moved without a word among the people": (
        change("people", 1, unit="DV-01"),
        [("Cá nhân", "F8", "KT-335")],
    ),
    "unit nobody knows": (change("people", 2, unit="DV-77"), [("Cá nhân", "F9", "KT-301")]),
    "end before start": (
        change("stretches", 1, end="2011-12-31"),
        [("Thời gian công tác", "E8", "KT-307")],
    ),
    "penalty that ends before it begins": (
        add(
            "penalties",
            subject="CN-3",
            level="Khiển trách",
            decision="5/QĐ",
            start="2022-05-01",
            end="2022-04-01",
        ),
        [("Kỷ luật", "E7", "KT-307")],
    ),
    "day that is none": (
        change("stretches", 0, start="31/02/2010"),
        [("Thời gian công tác", "E7", "KT-223")],
    ),
    "share above a hundred": (change("initiatives", 0, share="120"), [("Sáng kiến", "K7", "KT-260")]),
    "share of nothing": (change("initiatives", 0, share="0"), [("Sáng kiến", "K7", "KT-260")]),
    "shares above a hundred together": (
        change("initiatives", 1, share="50"),
        [("Sáng kiến", "K8", "KT-261")],
    ),
    "shares below a hundred together": (
        change("initiatives", 1, share="30"),
        [("Sáng kiến", "K8", "KT-262")],
    ),
    "author twice": (
        add("initiatives", **SHARE, subject="CN-2"),
        [("Sáng kiến", "I9", "KT-339")],
    ),
    "two reaches of one initiative": (
        change("initiatives", 1, reach="Tỉnh"),
        [("Sáng kiến", "D8", "KT-337")],
    ),
    "initiative decided before its year": (
        early_decision,
        [("Sáng kiến", "G7", "KT-263")],
    ),
    "use that says nothing": (change("initiatives", 0, uses="đã dùng"), [("Sáng kiến", "L7", "KT-266")]),
    "use for a title never held": (
        change("initiatives", 1, uses="CSTĐCS 2022"),
        [("Sáng kiến", "L8", "KT-338")],
    ),
    "code nobody has": (change("ratings", 6, subject="TT-9"), [("Xếp loại", "A13", "KT-325")]),
    "name of another": (change("ratings", 0, name="Lê Thị Bình"), [("Xếp loại", "B7", "KT-326")]),
    "no code": (change("ratings", 6, subject=""), [("Xếp loại", "A13", "KT-222")]),
    "born after the service began": (
        change("people", 0, birth="2005-05-02"),
        [("Cá nhân", "C7", "KT-265")],
    ),
    "homonym": (
        add("people", **FOURTH, name="Trần Văn An", birth="1991-01-01"),
        [("Cá nhân", "B10", "KT-327")],
    ),
    "one person under two codes": (
        add("people", code="CN-4", unit="DV-02", name="Trần Văn An", birth="1980-05-02"),
        [("Cá nhân", "B10", "KT-329")],
    ),
    "name without its marks": (
        add("people", **FOURTH, name="Tran Văn An"),
        [("Cá nhân", "B10", "KT-328")],
    ),
    "name in another order": (
        add("people", **FOURTH, name="An Trần Văn", birth="1980-05-02"),
        [("Cá nhân", "B10", "KT-328")],
    ),
    "abbreviated name": (add("people", **FOURTH, name="Tr. V. An"), [("Cá nhân", "B10", "KT-328")]),
    "code used twice": (
        add("people", code="CN-1", name="Vũ Đức", unit="DV-01"),
        [("Cá nhân", "A10", "KT-224")],
    ),
}


def found(folder: Path, tables: Tables) -> list[Spot]:
    return spots(read_tables(folder, tables).findings)


def test_clean_workbook_has_no_finding(tmp_path: Path) -> None:
    outcome = read_tables(tmp_path, people_tables())
    assert outcome.findings == ()
    assert outcome.value is not None
    an = outcome.value.history.subjects["CN-1"]
    assert an.ratings[2022].rating is Rating.HTXSNV
    assert [(item.award, item.title, item.day) for item in an.awards] == [
        ("LDTT", "LĐTT", date(2022, 1, 20)),
        ("CSTDCS", "CSTĐCS", date(2023, 1, 20)),
    ]
    assert [(item.person, item.share) for item in an.initiatives[0].authors] == [
        ("CN-1", Decimal(60)),
        ("CN-2", Decimal(40)),
    ]


@pytest.mark.parametrize("what", FAULTS)
def test_fault_is_found_at_its_cell(what: str, tmp_path: Path) -> None:
    plant, expected = FAULTS[what]
    tables = people_tables()
    plant(tables)
    assert found(tmp_path, tables) == expected


def test_reason_against_a_title_cites_the_article(tmp_path: Path) -> None:
    tables = people_tables()
    change("ratings", 4, rating="HTNV")(tables)
    (finding,) = read_tables(tmp_path, tables).findings
    assert "Luật TĐKT 2003, Điều 24" in sentence(finding)


def test_thematic_award_is_not_held_against_the_yearly_conditions(tmp_path: Path) -> None:
    tables = people_tables()
    add("awards", subject="CN-1", award="CSTĐ cấp tỉnh", period="2022", merit="Chuyên đề", **AWARD)(tables)
    assert found(tmp_path, tables) == []


def test_example_rows_are_told(tmp_path: Path) -> None:
    tables = people_tables()
    change("people", 0, note="ví dụ, nhân vật hư cấu")(tables)
    outcome = read_tables(tmp_path, tables)
    assert spots(outcome.findings) == [("", "", "KT-349")]
    assert not has_errors(outcome.findings)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "chỉ khác dấu"),
        ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", ""),
        ("Trần Bình An", "An Trần Bình", "chỉ khác thứ tự"),
        ("Ng. V. An", "Nguyễn Văn An", "một tên viết tắt"),
        ("Nguyễn Văn An", "Nguyễn Vũ An", ""),
        ("Nguyễn Văn An", "Nguyễn Văn Anh", ""),
        ("Văn An", "Nguyễn Văn An", ""),
    ],
)
def test_names_resemble_each_other_in_three_ways_only(first: str, second: str, words: str) -> None:
    assert nearness(first, second) == words == nearness(second, first)


def test_two_people_of_different_birth_are_not_suggested(tmp_path: Path) -> None:
    tables = people_tables()
    add("people", **FOURTH, name="Trần Vân An", birth="1981-05-02")(tables)
    assert found(tmp_path, tables) == []


def test_units_are_recognised_by_name_too(tmp_path: Path) -> None:
    tables = people_tables()
    change("people", 0, unit="Xã An Bình")(tables)
    outcome = read_tables(tmp_path, tables)
    assert outcome.findings == ()
    assert outcome.value is not None
    assert outcome.value.history.subjects["CN-1"].subject.unit_code == "DV-01"
    assert tiny_master().register.units["DV-01"].name == "Xã An Bình"
