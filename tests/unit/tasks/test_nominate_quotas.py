"""Quotas and limits of the proposals: what is within, above, or not known, and who stands at the line."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import TdktError
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tasks.nominate import Nominating
from tests.tools.forms import (
    master_from,
    master_tables,
)
from tests.tools.judged import (
    AN_BINH,
    BINH_HOA,
    group,
    master,
    nominated,
    on_day,
    outcome_of,
    params,
    people,
    person,
    told,
)

# Quotas: 15% of those who hold LĐTT


def quota(
    folder: Path, holders: int, proposed: int, chosen: Master | None = None, **case: Any
) -> list[tuple[str, dict[str, object]]]:
    """What is told of the quota when a unit states its holders of LĐTT."""
    result = nominated(
        folder,
        chosen=chosen,
        collectives=[group(award="GK huyện", members=60, members_ldtt=holders)],
        individuals=people("CSTĐCS", proposed),
        **case,
    )
    return [
        (item.code.id, dict(item.params)) for item in result.findings if item.code.id in {"KT-701", "KT-702"}
    ]


@pytest.mark.parametrize(("holders", "proposed"), [(20, 3), (19, 2), (20, 1), (7, 1)])
def test_within_the_quota_nothing_is_told(holders: int, proposed: int, tmp_path: Path) -> None:
    assert quota(tmp_path, holders, proposed) == []


def test_above_the_quota_is_an_error(tmp_path: Path) -> None:
    ((code, found),) = quota(tmp_path, 20, 4)
    assert (code, found["unit"], found["count"], found["limit"]) == ("KT-701", AN_BINH, 4, 3)
    assert (found["award"], found["base"], found["base_award"]) == ("CSTĐCS", 20, "LĐTT")


def test_between_two_roundings_the_province_must_say(tmp_path: Path) -> None:
    ((code, found),) = quota(tmp_path, 19, 3)
    assert (code, found["count"], str(found["exact"])) == ("KT-702", 3, "2.85")


@pytest.mark.parametrize(("rounding", "codes"), [("xuong", ["KT-701"]), ("len", []), ("gan_nhat", [])])
def test_rounding_of_the_province_decides(rounding: str, codes: list[str], tmp_path: Path) -> None:
    chosen = master(quota_rounding=rounding)
    assert [code for code, _ in quota(tmp_path, 19, 3, chosen)] == codes


@pytest.mark.parametrize(("percent", "codes"), [("10", ["KT-701"]), ("15", [])])
def test_province_may_lower_the_percentage_only(percent: str, codes: list[str], tmp_path: Path) -> None:
    chosen = master(cstdcs_percent=percent)
    assert [code for code, _ in quota(tmp_path, 20, 3, chosen)] == codes


def test_higher_percentage_of_the_province_is_refused_with_the_master_data() -> None:
    with pytest.raises(TdktError, match="cao hơn mức 15%"):
        master(cstdcs_percent="30")


def test_refused_proposals_do_not_fill_the_quota(tmp_path: Path) -> None:
    result = nominated(
        tmp_path,
        collectives=[group(award="GK huyện", members=60, members_ldtt=20)],
        individuals=[*people("CSTĐCS", 3), *people("CSTĐCS", 2, first=4, months_employed=8)],
    )
    assert "KT-701" not in dict(told(result.findings))


def test_statement_of_a_refused_collective_still_counts(tmp_path: Path) -> None:
    result = nominated(
        tmp_path,
        collectives=[group(BINH_HOA, award="TTLĐXS", members=60, members_htnv=60, members_ldtt=20)],
        individuals=people("CSTĐCS", 3, unit=BINH_HOA),
    )
    assert outcome_of(result, BINH_HOA) is Outcome.NOT_ELIGIBLE
    assert "KT-701" not in dict(told(result.findings))


def test_unknown_number_of_holders_is_asked_for(tmp_path: Path) -> None:
    result = nominated(tmp_path, collectives=[], individuals=people("CSTĐCS", 1))
    asked = [dict(item.params) for item in result.findings if item.code.id == "KT-703"]
    assert {"subject": AN_BINH, "award": "CSTĐCS", "facts": ["“Số đạt LĐTT” của đơn vị"]} in asked
    assert not {"KT-701", "KT-702"} & {finding.code.id for finding in result.findings}


def test_without_a_statement_the_proposals_are_counted(tmp_path: Path) -> None:
    result = nominated(
        tmp_path,
        individuals=[*people("LĐTT", 14, unit=BINH_HOA), *people("CSTĐCS", 3, first=20, unit=BINH_HOA)],
    )
    assert (params(result.findings, "KT-702")["base"], str(params(result.findings, "KT-702")["exact"])) == (
        14,
        "2.10",
    )


# Numbers the province or the district allows, and exemptions


def with_rules(*lines: tuple[str, str, str, str], since: str = "2020-01-01") -> Master:
    """The tiny master data with lines of "Quy định của tỉnh": key, value, award, scope."""
    tables = master_tables()
    tables["parameters"] += [
        {"key": "leader_award", "name": "Hình thức khen đơn vị dẫn đầu cụm", "value": "GK huyện"}
    ]
    tables["office_rules"] = [
        {
            **dict(zip(("key", "value", "award", "scope"), line, strict=True)),
            "instrument": "QĐ 1/QĐ-UBND",
            "article": "Điều 2",
            "since": since,
        }
        for line in lines
    ]
    return master_from(tables)


def limits_told(result: Nominating) -> list[tuple[str, object, object]]:
    return [
        (item.code.id, item.params["unit"], item.params["limit"])
        for item in result.findings
        if item.code.id in {"KT-725", "KT-749"}
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("cluster_limit", "3", "GK huyện", "")], []),
        ([("cluster_limit", "2", "GK huyện", "")], ["Cụm thi đua số 1"]),
        ([("cluster_limit", "2", "GK huyện", ""), ("cluster_limit", "3", "GK huyện", "C01")], []),
        ([("cluster_limit", "1", "BK tỉnh", "")], []),
        ([("unit_limit", "1", "GK huyện", "")], [AN_BINH]),
        ([("unit_limit", "2", "GK huyện", "")], []),
        ([("unit_limit", "1", "GK huyện", ""), ("unit_limit", "2", "GK huyện", "DV-01")], []),
        ([("unit_limit", "1", "GK huyện", "C01")], [AN_BINH]),
        ([("unit_limit", "1", "GK huyện", ""), ("quota_exempt", "Không tính", "GK huyện", "DV-01")], []),
    ],
    ids=lambda item: (
        "; ".join(" ".join(line) for line in item) if item and isinstance(item[0], tuple) else ""
    ),
)
def test_number_allowed_to_a_cluster_or_unit(
    lines: list[tuple[str, str, str, str]], expected: list[str], tmp_path: Path
) -> None:
    # GK huyện: An Bình leads its cluster, and two people, one of An Bình, one of Bình Hòa
    proposed = [person(1, award="GK huyện"), person(2, award="GK huyện", unit=BINH_HOA)]
    result = nominated(tmp_path, chosen=with_rules(*lines), individuals=proposed)
    assert [unit for code, unit, _ in limits_told(result) if code == "KT-725"] == expected


def test_number_the_law_leaves_to_the_province_is_asked_for(tmp_path: Path) -> None:
    flag = [group(award="Cờ thi đua tỉnh")]
    states = {}
    for name, lines in (("a", []), ("b", [("cluster_limit", "1", "Cờ thi đua tỉnh", "")])):
        result = nominated(tmp_path / name, chosen=with_rules(*lines), collectives=flag)
        sheet = openpyxl.load_workbook(result.outputs[0])["Tỷ lệ, số lượng"]
        listed = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Cờ thi đua tỉnh")
        asked = "Số lượng tối đa của mỗi cụm" in str(params(result.findings, "KT-640")["names"])
        states[name] = (listed[6], asked)
    assert states == {"a": ("Cần quy định của tỉnh: chưa có số lượng", True), "b": ("Trong mức", False)}


def test_line_of_a_limit_is_a_question(tmp_path: Path) -> None:
    chosen = with_rules(("unit_limit", "1", "LĐTT", ""))
    proposed = [person(1, rating="HTXSNV"), person(2), person(3), person(4, months_employed=8)]
    result = nominated(tmp_path, chosen=chosen, individuals=proposed)
    found = params(result.findings, "KT-749")
    assert (found["inside"], found["tied"]) == (["Trần Văn 1"], "không ai")
    assert found["outside"] == ["Trần Văn 2", "Trần Văn 3"]
    assert params(result.findings, "KT-725")["text"] == "QĐ 1/QĐ-UBND, Điều 2"


def test_exempt_unit_is_said_once_and_fills_no_quota(tmp_path: Path) -> None:
    chosen = with_rules(
        ("cstdcs_percent", "10", "", ""),
        ("quota_exempt", "Không tính", "CSTĐCS", "DV-01"),
        since="2024-01-01",
    )
    case: dict[str, Any] = {
        "collectives": [group(award="GK huyện", members=60, members_ldtt=20)],
        "individuals": people("CSTĐCS", 4),
    }
    result = on_day(tmp_path, date(2024, 12, 15), chosen, **case)
    assert "KT-701" not in dict(told(result.findings))
    found = params(result.findings, "KT-726")
    assert (found["units"], found["count"], found["award"]) == ([AN_BINH], 4, "CSTĐCS")


def test_percentage_of_one_unit_or_cluster(tmp_path: Path) -> None:
    chosen = with_rules(
        ("cstdcs_percent", "15", "", ""), ("cstdcs_percent", "10", "", "DV-01"), since="2024-01-01"
    )
    result = on_day(
        tmp_path,
        date(2024, 12, 15),
        chosen,
        collectives=[
            group(award="GK huyện", members=60, members_ldtt=20),
            group(BINH_HOA, award="TTLĐTT", number=2, members=60, members_htnv=60, members_ldtt=40),
        ],
        individuals=[*people("CSTĐCS", 3), *people("CSTĐCS", 6, first=4, unit=BINH_HOA)],
    )
    found = params(result.findings, "KT-701")
    assert (found["unit"], found["limit"]) == (AN_BINH, 2)


def test_sheet_of_quotas_shows_how_each_line_comes_about(tmp_path: Path) -> None:
    chosen = with_rules(("cluster_limit", "1", "GK huyện", ""))
    nominated(
        tmp_path,
        chosen=chosen,
        collectives=[group(award="GK huyện", members=60, members_ldtt=20)],
        individuals=[*people("CSTĐCS", 4), person(9, award="GK huyện", rating="HTXSNV")],
    )
    sheet = openpyxl.load_workbook(tmp_path / "ra" / "danh-sach-de-nghi.xlsx")["Tỷ lệ, số lượng"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert rows == [
        (
            1, "CSTĐCS", AN_BINH, 4, "15% của 20 LĐTT là 3", 3, "Vượt tỷ lệ", None,
            "Trần Văn 1, Trần Văn 2, Trần Văn 3, Trần Văn 4", None, "QT-901",
            "NĐ 91/2017/NĐ-CP, Điều 9 khoản 3",
        ),
        (
            2, "GK huyện", "Cụm thi đua số 1", 2, "tối đa 1", 1, "Vượt số lượng", "Trần Văn 9", None,
            AN_BINH, "cluster_limit", "QĐ 1/QĐ-UBND, Điều 2",
        ),
    ]  # fmt: skip
