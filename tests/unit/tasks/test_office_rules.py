"""Faults of the sheet "Quy định của tỉnh", each at its cell, and what a clean sheet gives."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Outcome, Severity
from tdkt_xl.rules.missing import Lack, find_missing
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.parameters import ParameterType
from tdkt_xl.tables.starter_data import read_starter
from tdkt_xl.tasks.master import read_master
from tdkt_xl.tasks.office_rules import office_of
from tests.tools.forms import master_tables, read_book, write_master
from tests.tools.grids import spots
from tests.tools.runs import ROOT

SHEET = "Quy định của tỉnh"
LINE = {
    "key": "cstdcs_percent",
    "name": "Tỷ lệ CSTĐCS (%)",
    "value": "12,5",
    "instrument": "QĐ 08/2021/QĐ-UBND",
    "article": "Điều 12",
    "since": "2021-03-01",
}


def outcome(
    folder: Path, *lines: dict[str, str], parameters: Sequence[dict[str, str]] = ()
) -> Outcome[Master]:
    tables = master_tables()
    tables["office_rules"] = list(lines)
    tables["parameters"] += list(parameters)
    return read_master(read_book(write_master(folder, tables)))


def read(folder: Path, *lines: dict[str, str]) -> Master:
    master = outcome(folder, *lines).value
    assert master is not None
    return master


def told(folder: Path, *lines: dict[str, str]) -> list[tuple[str, str, str]]:
    findings = outcome(folder, *lines).findings
    return spots([item for item in findings if item.severity is not Severity.NOTE])


def test_line_with_its_citation_holds_from_its_day_on(tmp_path: Path) -> None:
    master = read(tmp_path, LINE, {**LINE, "value": "10", "since": "2022-01-01"})
    assert [rule.citation for rule in master.office_rules] == ["QĐ 08/2021/QĐ-UBND, Điều 12"] * 2
    values = {}
    for day in (date(2021, 2, 28), date(2021, 3, 1), date(2021, 12, 31), date(2022, 1, 1)):
        given = office_of(master, day).find_value("cstdcs_percent", "CSTDCS")
        values[day] = None if given is None else str(given.value)
    assert list(values.values()) == [None, "12.5", "12.5", "10"]


def test_line_for_one_award_goes_before_the_line_for_all(tmp_path: Path) -> None:
    master = read(
        tmp_path,
        {**LINE, "key": "vote_percent", "value": "70", "since": "2023-01-01"},
        {**LINE, "key": "vote_percent", "value": "90", "award": "CSTĐ cấp tỉnh"},
    )
    office = office_of(master, date(2023, 12, 15))
    found = [office.find_value("vote_percent", award) for award in ("LDTT", "CSTDT")]
    assert [str(item.value) for item in found if item] == ["70", "90"]


def test_line_for_a_unit_goes_before_one_for_its_cluster_before_one_for_all(tmp_path: Path) -> None:
    master = read(
        tmp_path,
        {**LINE, "value": "12"},
        {**LINE, "value": "10", "scope": "C01"},
        {**LINE, "value": "8", "scope": "Xã Bình Hòa"},
    )
    office = office_of(master, date(2023, 12, 15))
    found = [
        office.find_value("cstdcs_percent", "CSTDCS", scopes)
        for scopes in (("DV-02", "C01"), ("DV-01", "C01"), ("DV-04", "C02"))
    ]
    assert [str(item.value) for item in found if item] == ["8", "10", "12"]


def test_units_exempt_once_the_national_percentage_has_ended(tmp_path: Path) -> None:
    line = {**LINE, "key": "quota_exempt", "value": "Không tính", "award": "CSTĐCS", "scope": "DV-01"}
    assert told(tmp_path, {**line, "since": "2023-12-31"}) == [(SHEET, "C8", "KT-629")]
    assert told(tmp_path, {**line, "since": "2024-01-01"}) == []


def test_same_rule_for_two_places_is_not_twice(tmp_path: Path) -> None:
    lines = [{**LINE, "scope": place} for place in ("C01", "DV-01")]
    assert told(tmp_path, *lines) == []
    assert told(tmp_path, *lines, {**LINE, "scope": "An Bình"}) == [(SHEET, "C10", "KT-645")]


def test_every_line_of_the_form_offers_what_it_may_hold() -> None:
    sheet = load_workbook(ROOT / "workbooks" / "danh-muc.xlsx")[SHEET]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    offered = {str(sheet[f"A{row}"].value): rules[f"C{row}"] for row in range(8, 60) if f"C{row}" in rules}
    asked = {
        key for key, parameter in load_packs().parameters.items() if parameter.type is not ParameterType.TEXT
    }
    assert offered.keys() == asked
    assert offered["quota_exempt"].formula1 == '"Không tính,Có tính"'
    assert (offered["cstdcs_percent"].formula1, offered["cstdcs_percent"].formula2) == ("0", "100")


def test_blank_lines_of_the_form_enter_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, *read_starter("office_rules")).office_rules == ()


def test_form_has_a_line_for_every_parameter() -> None:
    lines = read_starter("office_rules")
    parameters = load_packs().parameters
    assert {line["key"]: line["name"] for line in lines} == {
        key: parameter.name for key, parameter in parameters.items()
    }


@pytest.mark.parametrize(
    ("change", "spot"),
    [
        ({"key": "ty_le"}, "A8 KT-641"),
        ({"key": "QT-999"}, "A8 KT-641"),
        ({"value": "mười"}, "C8 KT-642"),
        ({"value": "0"}, "C8 KT-642"),
        ({"value": "100,1"}, "C8 KT-642"),
        ({"key": "quota_rounding", "value": "lên trên"}, "C8 KT-642"),
        ({"key": "new_recruit_months", "value": "6,5"}, "C8 KT-642"),
        ({"key": "award_fund", "value": "-1"}, "C8 KT-642"),
        ({"key": "province_flag_rule", "value": "Không"}, "C8 KT-642"),
        ({"key": "QT-122", "value": "có"}, "C8 KT-642"),
        ({"value": "15,01"}, "C8 KT-643"),
        ({"instrument": ""}, "D8 KT-644"),
        ({"article": ""}, "E8 KT-644"),
        ({"since": ""}, "F8 KT-644"),
        ({"value": ""}, "C8 KT-644"),
        ({"key": "QT-102", "value": "Không áp dụng"}, "C8 KT-646"),
        ({"award": "CSTDXX"}, "G8 KT-705"),
        ({"scope": "C09"}, "H8 KT-626"),
        ({"scope": "Xã Bình"}, "H8 KT-626"),
        ({"key": "quota_rounding", "value": "Làm tròn lên", "scope": "C01"}, "H8 KT-627"),
        ({"key": "QT-122", "value": "Áp dụng", "scope": "C01"}, "H8 KT-627"),
        ({"key": "cluster_limit", "value": "1", "award": "GK huyện", "scope": "DV-01"}, "H8 KT-627"),
        ({"key": "cluster_limit", "value": "1"}, "G8 KT-628"),
        ({"key": "quota_exempt", "value": "Không tính", "award": "GK huyện"}, "H8 KT-628"),
        ({"key": "quota_exempt", "value": "Không tính", "scope": "C01"}, "G8 KT-628"),
        ({"key": "quota_exempt", "value": "Không tính", "award": "CSTĐCS", "scope": "C01"}, "C8 KT-629"),
        ({"key": "cluster_limit", "value": "1,5", "award": "GK huyện"}, "C8 KT-642"),
        ({"key": "quota_exempt", "value": "miễn", "award": "GK huyện", "scope": "C01"}, "C8 KT-642"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_fault_is_told_at_its_cell(change: dict[str, str], spot: str, tmp_path: Path) -> None:
    cell, code = spot.split()
    assert told(tmp_path, {**LINE, **change}) == [(SHEET, cell, code)]


def test_percentage_above_the_national_one_may_hold_when_no_national_one_does(tmp_path: Path) -> None:
    assert told(tmp_path, {**LINE, "value": "20", "since": "2024-01-01"}) == []


def test_two_lines_of_one_day_are_told(tmp_path: Path) -> None:
    assert told(tmp_path, LINE, {**LINE, "value": "10"}) == [(SHEET, "C9", "KT-645")]


def test_value_left_on_the_old_sheet_is_told(tmp_path: Path) -> None:
    old = {"key": "quota_rounding", "name": "Làm tròn tỷ lệ", "value": "xuong"}
    assert ("Tham số", "C9", "KT-647") in spots(outcome(tmp_path, parameters=[old]).findings)


def test_word_on_an_unsourced_rule_is_kept(tmp_path: Path) -> None:
    master = read(tmp_path, {**LINE, "key": "QT-122", "value": "áp dụng"})
    assert office_of(master, date(2023, 12, 15)).confirms("QT-122") is not None


# What is missing


def lacking(master: Master, day: date, *awards: str) -> dict[str, set[str]]:
    packs = load_packs()
    found: dict[str, set[str]] = {}
    for item in find_missing(packs.on(day), office_of(master, day, packs), awards):
        found.setdefault(item.lack.value, set()).add(item.key)
    return found


def test_missing_names_what_to_enter_what_to_find_and_what_to_confirm(tmp_path: Path) -> None:
    found = lacking(read(tmp_path), date(2024, 12, 15), "CSTDCS", "HCLD1", "GK_XA")
    votes = {"vote_mode", "vote_base", "vote_percent", "vote_comparison", "vote_absent", "vote_quorum"}
    assert found[Lack.TO_ENTER.value] == {
        "cstdcs_percent",
        "quota_rounding",
        "gk_commune_criteria",
        "award_fund",
        "dossier_deadline",
        *votes,
    }
    assert {"QT-2342", "QT-2343"} <= found[Lack.NO_TEXT.value]
    assert {"QT-2104", "QT-2401"} <= found[Lack.TO_CONFIRM.value]


def test_what_was_entered_or_confirmed_is_missing_no_more(tmp_path: Path) -> None:
    day = date(2024, 12, 15)
    lines = [
        {**LINE, "key": "QT-2401", "value": "Áp dụng", "since": "2024-01-01"},
        {**LINE, "value": "15", "since": "2024-01-01"},
    ]
    before, after = lacking(read(tmp_path), day, "CSTDCS"), lacking(read(tmp_path, *lines), day, "CSTDCS")
    assert before["to_enter"] - after["to_enter"] == {"cstdcs_percent"}
    assert before["to_confirm"] - after["to_confirm"] == {"QT-2401"}


def test_ballot_of_the_decree_needs_no_rules_of_the_council(tmp_path: Path) -> None:
    found = lacking(read(tmp_path), date(2023, 12, 15), "CSTDT")
    assert not {key for key in found["to_enter"] if key.startswith("vote_")} - {"vote_quorum"}
