"""Scores that follow from targets and results, in the books of a whole cluster.

Rows of the tiny catalogue: 13 I.1 direct 5, 14 I.2 pass or fail 4, 15 I.3 quantity 3, 17 II.1 direct 8,
19 III.1 bonus, 21 IV.1 deduction −3 by 0.5. Columns: D target, E result, F self, H cluster.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scores import Origin, ScoreLine
from tdkt_xl.domain.standings import State
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes.cells import COMPUTED_TAKEN
from tdkt_xl.tasks.master import read_master
from tdkt_xl.tasks.round import Round
from tests.tools.forms import (
    Typed,
    cluster_book,
    criteria,
    master_from,
    master_tables,
    read_book,
    receive,
    rows,
    unit_sheet,
    write_master,
)
from tests.tools.grids import Spot, spots

D = Decimal


def rounding(master_rows: list[str]) -> Master:
    """The tiny master data with parameters that round computed scores."""
    tables = master_tables()
    tables["parameters"] += rows("key name value", *master_rows)
    return master_from(tables)


def by_cents() -> Master:
    return rounding(
        ["score_rounding_unit | Đơn vị làm tròn | 0,01", "score_rounding_way | Cách làm tròn | gan_nhat"]
    )


def with_terms(path: str, **terms: str) -> Master:
    """The tiny master data with terms added to one criterion."""
    tables = master_tables()
    for row in tables["criteria"]:
        if row["path"] == path:
            row |= terms
    return master_from(tables)


def faults(checked: Round) -> list[Finding]:
    """What was found, without the notes on blanks that the rules fill, which most of these books leave."""
    return [item for item in checked.findings if item.code is not COMPUTED_TAKEN]


def given(path: str, **units: tuple[object, object, object]) -> Typed:
    """Target, result and cluster score of a criterion, unit by unit; self scores are left blank."""
    typed: dict[tuple[str, str, str], object] = {}
    for code, (target, result, score) in units.items():
        unit = code.replace("_", "-")
        typed |= {
            (unit, path, "target"): target,
            (unit, path, "result"): result,
            (unit, path, "cluster_score"): score,
            (unit, path, "self_score"): score,
        }
    return typed


def check(folder: Path, typed: Typed, master: Master | None = None) -> Round:
    return receive(folder, cluster_book(typed=typed, master=master), master=master)


def line(checked: Round, path: str, code: str = "DV-01") -> ScoreLine:
    (found,) = [
        line
        for submission in checked.submissions
        for sheet in submission.sheets
        for line in sheet.lines
        if sheet.unit and sheet.unit.code == code and line.criterion.path == path
    ]
    return found


def finals(checked: Round, path: str) -> dict[str, Decimal | None]:
    codes = ("DV-01", "DV-02", "DV-03")
    return {code: line(checked, path, code).final.value for code in codes}


def totals(checked: Round) -> dict[str, tuple[Decimal | None, Decimal | None, int | None]]:
    return {
        item.unit_code: (item.total, item.base, item.rank)
        for item in checked.standings[0].standings
        if item.unit_code
    }


# Quantity across the cluster

LEADS = {"DV_01": (10, 20, None), "DV_02": (10, 15, None), "DV_03": (10, 8, None)}


def test_scores_nobody_typed_are_computed(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", **LEADS))
    assert spots(faults(checked)) == []
    assert finals(checked, "I.3") == {"DV-01": D(3), "DV-02": D("2.25"), "DV-03": D("1.2")}
    assert line(checked, "I.3").origin is Origin.COMPUTED
    assert line(checked, "I.3", "DV-02").computed == line(checked, "I.3", "DV-02").computed
    computed = line(checked, "I.3", "DV-02").computed
    assert computed is not None
    assert computed.leans_on == "Xã An Bình"


def test_computed_score_rests_on_the_cell_of_the_result(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", **LEADS))
    assert line(checked, "I.3").final.place.cell == "E15"


def test_computed_scores_count_in_total_and_rank(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", **LEADS))
    assert totals(checked) == {
        "DV-01": (D("19.5"), D(20), 1),
        "DV-02": (D("16.25"), D(20), 2),
        "DV-03": (D("10.45"), D(20), 3),
    }


def test_typed_score_that_agrees_is_silent_and_counts(tmp_path: Path) -> None:
    typed = given("I.3", DV_01=(10, 20, 3), DV_02=(10, 15, 2.25), DV_03=(10, 8, 1.2))
    checked = check(tmp_path, typed)
    assert [item.code.id for item in faults(checked) if item.code.id != "KT-210"] == []
    assert line(checked, "I.3").origin is Origin.CLUSTER


def test_typed_score_that_differs_is_an_error_and_ranks_nobody(tmp_path: Path) -> None:
    typed = given("I.3", DV_01=(10, 20, 3), DV_02=(10, 15, 2.5), DV_03=(10, 8, None))
    checked = check(tmp_path, typed)
    assert spots(faults(checked)) == [("Bình Hòa", "H15", "KT-253")]
    assert faults(checked)[0].params["computed"] == D("2.25")
    state = {item.unit_code: item.state for item in checked.standings[0].standings}
    assert state["DV-02"] is State.INCOMPLETE
    assert state["DV-01"] is State.RANKED


def test_scores_left_to_the_rule_are_named_once_a_sheet(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", DV_01=(10, 20, None), DV_02=(10, 10, 1.5), DV_03=(9, 6, 1)))
    assert spots(checked.findings) == [("An Bình", "H15", "KT-238")]
    assert checked.findings[0].params == {"column": "Điểm cụm chấm", "count": 1, "items": "I.3 3"}


def test_score_of_an_unfinished_cluster_accuses_nobody(tmp_path: Path) -> None:
    """Without the third unit nobody knows who leads, so a typed score cannot be called wrong."""
    checked = check(tmp_path, given("I.3", DV_01=(10, 20, 3), DV_02=(10, 15, 2.5)))
    assert spots(checked.findings) == [("", "", "KT-254")]


def test_appraisal_decides_over_the_rule(tmp_path: Path) -> None:
    typed = {
        **given("I.3", DV_01=(10, 20, 2), DV_02=(10, 15, None), DV_03=(10, 8, None)),
        ("DV-01", "I.3", "appraised_score"): 2.5,
        ("DV-01", "I.3", "reason"): "số liệu chưa được xác nhận",
    }
    checked = check(tmp_path, typed)
    assert spots(faults(checked)) == []
    assert (line(checked, "I.3").origin, line(checked, "I.3").final.value) == (Origin.APPRAISED, D("2.5"))


def test_target_zero_is_refused_even_beside_a_typed_score(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", DV_01=(0, 20, 3), DV_02=(10, 15, None), DV_03=(10, 8, None)))
    assert spots(faults(checked)) == [("", "", "KT-254"), ("An Bình", "D15", "KT-250")]
    assert totals(checked)["DV-01"][2] is None


def test_score_that_leans_on_an_unfinished_cluster_is_provisional(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", DV_01=(10, 20, None), DV_02=(10, 15, None)))
    assert spots(faults(checked)) == [("", "", "KT-254")]
    assert faults(checked)[0].params == {"path": ["I.3"], "units": ("Thị trấn Cẩm Sơn",)}


def test_unit_s_own_sheet_is_not_measured_against_a_cluster(tmp_path: Path) -> None:
    typed = {("DV-01", "I.3", "target"): 10, ("DV-01", "I.3", "result"): 20}
    assert spots(receive(tmp_path, unit_sheet(typed)).findings) == []


# What cannot be read

UNREADABLE: dict[str, tuple[object, object, object, list[Spot]]] = {
    "words beside a typed score": (10, "gần đạt", 2.5, [("An Bình", "E15", "KT-251")]),
    "words and no score": (10, "gần đạt", None, [("An Bình", "E15", "KT-252")]),
    "target in words": ("theo kế hoạch", 8, None, [("An Bình", "D15", "KT-252")]),
    "two numbers": (10, "8; 9", None, [("An Bình", "E15", "KT-252")]),
    "percent beside a number": ("100%", 95, None, [("An Bình", "E15", "KT-252")]),
    "below nothing": (10, -1, None, [("An Bình", "E15", "KT-252")]),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_result_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    target, result, score, expected = UNREADABLE[name]
    typed = given("I.3", DV_01=(target, result, score), DV_02=(10, 15, None), DV_03=(10, 8, None))
    checked = check(tmp_path, typed)
    assert spots(faults(checked)) == [("", "", "KT-254"), *expected]


@pytest.mark.parametrize(("target", "result"), [("100%", "80%"), ("100%", 0.8), (1, "80%"), ("50", "40")])
def test_percentages_and_numbers_are_read_as_excel_counts_them(
    target: object, result: object, tmp_path: Path
) -> None:
    typed = given("I.3", DV_01=(target, result, None), DV_02=(10, 15, None), DV_03=(10, 8, None))
    checked = check(tmp_path, typed)
    assert spots(faults(checked)) == []
    assert finals(checked, "I.3")["DV-01"] == D("1.2")


# Rounding

SEVENTHS = {"DV_01": (None, 7, None), "DV_02": (None, 5, None), "DV_03": (None, 3.5, None)}


def test_endless_fraction_needs_the_rule_of_rounding(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", **SEVENTHS))
    assert spots(faults(checked)) == [("Bình Hòa", "E15", "KT-258")]
    assert faults(checked)[0].params["computed"] == "15/7 (≈ 2,1429)"
    assert totals(checked)["DV-02"][2] is None


def test_rule_of_rounding_is_applied(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.3", **SEVENTHS), by_cents())
    assert spots(faults(checked)) == []
    assert finals(checked, "I.3") == {"DV-01": D(3), "DV-02": D("2.14"), "DV-03": D("1.5")}


def test_typed_score_rounded_as_typed_agrees_without_a_rule(tmp_path: Path) -> None:
    typed = given("I.3", DV_01=(None, 9, 3), DV_02=(None, 7, 2.333), DV_03=(None, 3, 1))
    checked = check(tmp_path, typed)
    assert {item.code.id for item in faults(checked)} <= {"KT-210"}


@pytest.mark.parametrize(
    ("unit", "way", "cell"),
    [("một", "gan_nhat", "C9"), ("0", "gan_nhat", "C9"), ("0,01", "cao", "C10"), ("0,01", "", "C10")],
)
def test_rule_of_rounding_must_be_whole(unit: str, way: str, cell: str, tmp_path: Path) -> None:
    tables = master_tables()
    tables["parameters"] += rows(
        "key name value", f"score_rounding_unit | Đơn vị | {unit}", f"score_rounding_way | Cách | {way}"
    )
    findings = read_master(read_book(write_master(tmp_path, tables))).findings
    assert [spot for spot in spots(findings) if spot[2] == "KT-309"] == [("Tham số", cell, "KT-309")]


# Not applicable


def test_criterion_that_may_fall_away_leaves_points_and_base(tmp_path: Path) -> None:
    master = with_terms("I.2", may_not_apply="x")
    checked = check(tmp_path, given("I.2", DV_03=("Không áp dụng", None, None)), master)
    assert spots(faults(checked)) == []
    assert totals(checked)["DV-03"] == (D("11.25"), D(16), 3)
    assert line(checked, "I.2", "DV-03").origin is Origin.NOT_APPLICABLE


def test_units_with_different_bases_are_ranked_by_percentage(tmp_path: Path) -> None:
    # DV-02 loses the 4 of I.2 from points and base: 12/16 = 75% is less than 16/20 = 80%.
    master = with_terms("II.1", may_not_apply="x")
    typed = given("II.1", DV_03=("Không giao", None, None))
    checked = check(tmp_path, {**typed, ("DV-03", "I.2", "cluster_score"): 4}, master)
    # DV-03: 3.25 + 4 + 2 = 9.25 of 12 = 77.1%; DV-02: 16 of 20 = 80%; DV-01: 19 of 20 = 95%.
    assert totals(checked) == {
        "DV-01": (D(19), D(20), 1),
        "DV-02": (D(16), D(20), 2),
        "DV-03": (D("9.25"), D(12), 3),
    }
    bands = {item.unit_code: item.band for item in checked.standings[0].standings}
    assert bands["DV-03"] == "Tốt"  # 77.1% of 20 is 15.4


def test_tie_of_different_bases_names_the_share_not_one_total(tmp_path: Path) -> None:
    master = with_terms("II.1", may_not_apply="x")
    scores = {"I.1": 4, "I.2": 4, "I.3": 2, "II.1": 5, "III.1": 0, "IV.1": 0}
    typed: Typed = {
        **{("DV-02", path, "cluster_score"): score for path, score in scores.items()},
        **given("II.1", DV_03=("Không giao", None, None)),
        ("DV-03", "I.1", "cluster_score"): 3,
        ("DV-03", "I.2", "cluster_score"): 4,
    }
    found = [item for item in check(tmp_path, typed, master).findings if item.code.id == "KT-406"]
    # DV-02: 15 of 20; DV-03: 3 + 4 + 2 = 9 of 12.
    assert [item.params["level"] for item in found] == ["75% thang điểm áp dụng: 9/12; 15/20"]


def test_smaller_base_can_lead(tmp_path: Path) -> None:
    master = with_terms("II.1", may_not_apply="x")
    typed = {
        **given("II.1", DV_03=("Không áp dụng", None, None)),
        ("DV-03", "I.1", "cluster_score"): 5,
        ("DV-03", "I.2", "cluster_score"): 4,
        ("DV-03", "I.3", "cluster_score"): 3,
    }
    checked = check(tmp_path, typed, master)
    assert totals(checked)["DV-03"] == (D(12), D(12), 1)


def test_not_applicable_where_the_catalogue_does_not_allow_it(tmp_path: Path) -> None:
    checked = check(tmp_path, given("I.2", DV_03=("Không áp dụng", None, None)))
    assert spots(faults(checked)) == [("Cẩm Sơn", "D14", "KT-255")]
    assert totals(checked)["DV-03"][2] is None


def test_not_applicable_with_points(tmp_path: Path) -> None:
    master = with_terms("I.2", may_not_apply="x")
    checked = check(tmp_path, given("I.2", DV_03=("Không áp dụng", None, 4)), master)
    assert spots(faults(checked)) == [("Cẩm Sơn", "H14", "KT-256")]
    assert totals(checked)["DV-03"][2] is None


def test_zero_beside_not_applicable_says_nothing_else(tmp_path: Path) -> None:
    master = with_terms("I.2", may_not_apply="x")
    checked = check(tmp_path, given("I.2", DV_03=("Không áp dụng", None, 0)), master)
    assert spots(faults(checked)) == []


# Other rules, each through a whole book


def one_rule(line_: str, **terms: str) -> Master:
    """The tiny master data with I.1 scored another way."""
    tables = master_tables()
    (row,) = criteria("TD-2023", line_)
    tables["criteria"] = [row | terms if item["path"] == "I.1" else item for item in tables["criteria"]]
    return master_from(tables)


RULES: dict[str, tuple[str, dict[str, str], dict[str, tuple[object, object]], dict[str, str]]] = {
    "proportional with a common target": (
        "proportional",
        {"target": "95%"},
        {"DV-01": (None, "95%"), "DV-02": ("50%", "40%"), "DV-03": (None, "19%")},
        {"DV-01": "5", "DV-02": "4", "DV-03": "1"},
    ),
    "tiers": (
        "tiers",
        {"steps": "90%: 5; 80%: 3; 0: 1"},
        {"DV-01": (None, "92%"), "DV-02": (None, 0.8), "DV-03": (None, "12%")},
        {"DV-01": "5", "DV-02": "3", "DV-03": "1"},
    ),
    "ranks of several raters": (
        "rank",
        {"steps": "1: 5; 2: 3; 3: 1"},
        {"DV-01": (None, "2; 1"), "DV-02": (None, "1; 1"), "DV-03": (None, "3; 3")},
        {"DV-01": "3", "DV-02": "5", "DV-03": "1"},
    ),
    "deduction with conversion": (
        "deduction",
        {"per_minus": "2", "conversion": "nghỉ: 1; muộn: 3"},
        {"DV-01": (None, "0; 2"), "DV-02": (None, "nghỉ: 1; muộn: 2"), "DV-03": (None, "1; 4")},
        {"DV-01": "5", "DV-02": "3", "DV-03": "1"},
    ),
    "addition": (
        "addition",
        {"per_plus": "1.5"},
        {"DV-01": (None, 2), "DV-02": (None, 9), "DV-03": (None, 0)},
        {"DV-01": "3", "DV-02": "5", "DV-03": "0"},
    ),
    "plus and minus": (
        "balance",
        {"per_plus": "3", "per_minus": "3", "lowest": "-5"},
        {"DV-01": (None, "1; 0"), "DV-02": (None, "0; 1"), "DV-03": (None, "0; 4")},
        {"DV-01": "3", "DV-02": "-3", "DV-03": "-5"},
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_rule_through_a_book(name: str, tmp_path: Path) -> None:
    rule, terms, results, expected = RULES[name]
    master = one_rule(f"I.1 | Tiêu chí thử | criterion | {rule} | 5 | 0.25 | ", **terms)
    typed = given(
        "I.1",
        **{code.replace("-", "_"): (target, result, None) for code, (target, result) in results.items()},
    )
    checked = check(tmp_path, typed, master)
    assert spots(faults(checked)) == []
    assert finals(checked, "I.1") == {code: D(value) for code, value in expected.items()}


REFUSED: dict[str, tuple[str, dict[str, str], object, list[str]]] = {
    "plain result, common target in percent": ("proportional", {"target": "90%"}, 95, ["E13"]),
    "result in percent, plain common target": ("proportional", {"target": "90"}, "95%", ["E13"]),
    "result in percent, plain tiers": ("tiers", {"steps": "85: 5; 70: 3; 0: 0"}, "87%", ["E13"]),
    "plain result without a target, others in percent": ("quantity", {}, 95, ["E13"]),
    "one of several ranks left out": ("rank", {"steps": "1: 5; 2: 3; 3: 1"}, "1; ", ["E13"]),
    "rank 0 among several": ("rank", {"steps": "1: 5; 2: 3; 3: 1"}, "0; 1", ["E13"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_result_the_rule_must_not_take(name: str, tmp_path: Path) -> None:
    rule, terms, result, expected = REFUSED[name]
    others = {"rank": "2; 2", "quantity": "80%"}.get(rule)
    master = one_rule(f"I.1 | Tiêu chí thử | criterion | {rule} | 5 | 0.25 | ", **terms)
    typed = given("I.1", DV_01=(None, result, None), DV_02=(None, others, 5), DV_03=(None, others, 5))
    found = [item for item in check(tmp_path, typed, master).findings if item.code.id == "KT-252"]
    assert [item.place.cell for item in found] == expected


def test_score_below_the_lowest_of_plus_and_minus(tmp_path: Path) -> None:
    terms = {"per_plus": "3", "per_minus": "3", "lowest": "-5"}
    master = one_rule("I.1 | Tiêu chí thử | criterion | balance | 5 | 0.25 | ", **terms)
    typed = {("DV-01", "I.1", "cluster_score"): -6, ("DV-02", "I.1", "cluster_score"): -5}
    checked = check(tmp_path, typed, master)
    assert spots(faults(checked)) == [("An Bình", "H13", "KT-259")]


# Caps


def capped() -> Master:
    """A second bonus item: 2 + 2 over a cap of 2, and an award outside the cap."""
    tables = master_tables()
    at = next(number for number, row in enumerate(tables["criteria"]) if row["path"] == "IV")
    more = criteria(
        "TD-2023",
        "III.2 | Sáng kiến | bonus | direct | 2 | 0.5 | ",
        "III.3 | Được tặng cờ | bonus | award | 15 | 1 | ",
    )
    more[1] |= {"steps": "Cờ thi đua tỉnh: 10; Cờ Chính phủ: 15", "outside_cap": "x"}
    tables["criteria"] = [*tables["criteria"][:at], *more, *tables["criteria"][at:]]
    return master_from(tables)


def bonus_of(first: float, second: float, award: str | None) -> Typed:
    typed: dict[tuple[str, str, str], object] = {}
    for code in ("DV-01", "DV-02", "DV-03"):
        mine = code == "DV-01"
        for path, score in (("III.1", first), ("III.2", second)):
            for field in ("self_score", "cluster_score"):
                typed[code, path, field] = score if mine else 0
        typed[code, "III.3", "result"] = (award if mine else None) or "Không"
        points = {"Cờ thi đua tỉnh": 10}.get(award or "", 0) if mine else 0
        typed |= {(code, "III.3", field): points for field in ("self_score", "cluster_score")}
    return typed


def tiny_scores() -> Typed:
    """The cluster's clean scores without bonus, for a catalogue with more leaves than the tiny one."""
    scores = {"DV-01": (4.5, 4, 2.5, 7, 0), "DV-02": (4, 4, 2, 6.5, -0.5), "DV-03": (3.25, 0, 2, 6, 0)}
    return {
        (code, path, field): value
        for code, values in scores.items()
        for path, value in zip(("I.1", "I.2", "I.3", "II.1", "IV.1"), values, strict=True)
        for field in ("self_score", "cluster_score")
    }


def capped_book(folder: Path, typed: Typed) -> Round:
    return check(folder, {**tiny_scores(), **typed}, capped())


def test_bonus_beyond_the_cap_is_said_and_not_counted(tmp_path: Path) -> None:
    checked = capped_book(tmp_path, bonus_of(2, 1, None))
    (finding,) = faults(checked)
    assert spots([finding]) == [("An Bình", "H18", "KT-430")]
    assert (finding.params["computed"], finding.params["limit"]) == (3, 2)
    assert totals(checked)["DV-01"][0] == D(20)


def test_award_counts_outside_the_cap(tmp_path: Path) -> None:
    checked = capped_book(tmp_path, bonus_of(2, 0, "Cờ thi đua tỉnh"))
    assert spots(faults(checked)) == []
    assert totals(checked)["DV-01"][0] == D(30)
