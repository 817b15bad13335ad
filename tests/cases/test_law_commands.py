"""The commands about the law, as typed: what they print, and how they end."""

import json
from pathlib import Path

import pytest

from tests.tools.forms import master_tables, write_master
from tests.tools.runs import District, tdkt

VOTE = ("rules", "vote", "CSTĐ cấp tỉnh", "--on", "2023-12-15", "--members", "11")


@pytest.mark.parametrize(
    ("arguments", "code", "wanted"),
    [
        (("rules", "list", "--on", "2023-12-15", "--award", "LĐTT"), 0, "QT-102"),
        (("rules", "show", "QT-102"), 0, "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"),
        (("rules", "show", "cluster_limit"), 0, "chưa nhập"),
        (("rules", "show", "Làm tròn tỷ lệ"), 0, "quota_rounding"),
        (("rules", "diff", "2024-02-23", "2024-02-24"), 0, "QT-2103"),
        (("rules", "diff", "2023-12-01", "2023-12-15"), 0, "Không có gì đổi"),
        (("rules", "missing", "--on", "2024-12-15", "--award", "CSTĐCS"), 0, "cstdcs_percent"),
        (
            ("rules", "vote", "CSTĐ cấp tỉnh", "--on", "2023-12-15", "--members", "11", "--agreed", "10"),
            0,
            "Đạt",
        ),
        (("rules", "vote", "CSTĐT", "--on", "2023-12-15", "--members", "11", "--agreed", "9"), 1, "10 phiếu"),
    ],
    ids=lambda item: item[1] if isinstance(item, tuple) else "",
)
def test_command(arguments: tuple[str, ...], code: int, wanted: str) -> None:
    done = tdkt(*arguments)
    assert done.code == code
    assert wanted in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("rules", "show", "QT-9999"), "KT-648"),
        (("rules", "list", "--on", "2030-01-01"), "KT-611"),
        (("rules", "diff", "2023", "2024-01-01"), "KT-808"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_command_that_cannot_run(arguments: tuple[str, ...], code: str) -> None:
    done = tdkt(*arguments)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Lỗi {code} · ")


def test_more_votes_than_members_is_wrong_usage() -> None:
    done = tdkt("rules", "vote", "LĐTT", "--on", "2023-12-15", "--members", "5", "--agreed", "6")
    assert (done.code, done.stdout) == (2, "")


def test_json_of_the_law_is_one_document() -> None:
    shown = json.loads(tdkt("rules", "show", "QT-503", "--json").stdout)
    assert [item["citation"] for item in shown["rules"]] == ["NĐ 91/2017/NĐ-CP, Điều 69"]
    changed = json.loads(tdkt("rules", "diff", "2023-06-30", "2023-07-01", "--json").stdout)
    assert [item["rule"] for item in changed["new"]] == ["QT-002"]
    missing = json.loads(tdkt("rules", "missing", "--on", "2026-12-15", "--json").stdout)
    assert "QT-4001" in {item["key"] for item in missing["missing"]}


def test_what_the_office_entered_is_shown_with_its_text(tmp_path: Path) -> None:
    tables = master_tables()
    cited = {"key": "cluster_limit", "instrument": "QĐ 5/QĐ-UBND", "article": "Điều 3", "since": "2023-01-01"}
    tables["office_rules"] = [
        {**cited, "value": "1", "award": "GK huyện"},
        {**cited, "value": "2", "award": "GK huyện", "scope": "C02", "since": "2024-01-01"},
    ]
    book = write_master(tmp_path, tables)
    done = tdkt("rules", "show", "cluster_limit", "--master", book)
    assert done.code == 0
    assert "Giá trị:    1" in done.stdout
    assert "Căn cứ:     QĐ 5/QĐ-UBND, Điều 3" in done.stdout
    assert "[danh-muc.xlsx]Quy định của tỉnh!C8" in done.stdout
    shown = tdkt("rules", "show", "cluster_limit", "--master", book, "--json").document["rules"]
    assert [(item["value"], item["since"]) for item in shown] == [("2", "2024-01-01"), ("1", "2023-01-01")]


def test_every_rule_named_in_the_lists_of_the_district_is_shown(district: District) -> None:
    named = {
        reason["rule"]
        for item in district.nominated.document["nominations"]
        for reason in item["reasons"]
        if reason["rule"]
    }
    assert named
    for code in sorted(named):
        assert tdkt("rules", "show", code).code == 0


def test_money_of_the_district(district: District, tmp_path: Path) -> None:
    done = tdkt("money", district.out, "--on", "2023-12-15", "--out", tmp_path, "--json")
    assert done.code == 0
    document = json.loads(done.stdout)
    assert sum(int(line["amount"]) for line in document["lines"]) == int(document["total"])
    assert {line["citation"] == "" for line in document["lines"]} == {False}
