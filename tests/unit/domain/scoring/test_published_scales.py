"""Whole scales through the engine: the example catalogue in a cluster's book, and the published ones."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tdkt_xl.domain.catalogue_check import check_catalogue
from tdkt_xl.domain.criteria import Band, Catalogue, Criterion, RowKind, ScoringRule, band_of
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scores import Amount, CellState
from tdkt_xl.domain.scoring.engine import Entry, work_out
from tdkt_xl.domain.scoring.terms import Direction, Terms
from tdkt_xl.domain.scoring.totals import base_of, find_excess, share_of
from tdkt_xl.domain.scoring.worked import Worked
from tdkt_xl.tables.starter_data import read_starter
from tdkt_xl.tasks.master import read_master
from tests.tools.forms import (
    Typed,
    cluster_book,
    master_from,
    master_tables,
    read_book,
    receive,
    rows,
    write_master,
)
from tests.tools.grids import spots
from tests.tools.published import read_csv

D = Decimal
UNITS = ("DV-01", "DV-02", "DV-03")

# Target, result and points of DV-01, DV-02, DV-03 for each criterion of the example catalogue, by hand.
BY_HAND: dict[str, tuple[tuple[object, object, str | None], ...]] = {
    "I.1": ((10, 12, "7"), (10, 15, "10"), (10, 8, "4")),
    "I.2": ((10, 8, "10"), (10, 10, "5"), (10, 20, "2.5")),
    "I.3": ((100, 107.9, "9.4"), (100, 69.99, "0"), (100, 90, "7.2")),
    "I.4": ((None, "95%", "10"), ("Không áp dụng", None, None), (None, "47,5%", "5")),
    "II.1": ((None, "92%", "10"), (None, "80%", "8"), (None, "12%", "0")),
    "II.2": ((100, 95, "10"), (100, 99, "7"), (100, 101, "0")),
    "II.3": ((None, "1; 2", "8"), (None, "2; 1; 1", "10"), (None, "3; 3", "6")),
    "III.1": ((None, "0; 2", "10"), (None, "1; 4", "6"), (None, "9; 9", "0")),
    "III.2": ((None, 4, "10"), (None, 3, "7.5"), (None, 0, "0")),
    "III.3": ((None, "2; 1", "3"), (None, "0; 1", "-3"), (None, "0; 5", "-6")),
    "IV.1": ((None, 3, "3"), (None, 0, "0"), (None, 0, "0")),
    "IV.3": ((None, "Cờ thi đua của Chính phủ", "15"), (None, "Không", "0"), (None, "Không", "0")),
    "V.1": ((None, 0, "0"), (None, 3, "-1.5"), (None, 9, "-3")),
    "V.2": ((None, 0, "0"), (None, 0, "0"), (None, 4, "-4")),
}
TYPED = {"III.4": (4, 4, 0), "IV.2": (3, 0, 0)}
TOTALS = {
    # 36,4 + 28 + 27, bonus 6 of at most 5, the flag's 15 outside the cap
    "DV-01": (D("111.4"), D(100), 1),
    # 15 + 25 + 14,5 − 1,5 of a scale without I.4
    "DV-02": (D(53), D(90), 2),
    # 18,7 + 6 − 6, penalties −7 of at most −5
    "DV-03": (D("13.7"), D(100), 3),
}


def example() -> Master:
    """The tiny clusters scored by the example catalogue."""
    tables = master_tables()
    tables["criteria"] = [
        {**row, "catalogue": "TD-2023"} for row in read_starter("criteria") if row["catalogue"] == "VD-2023"
    ]
    tables["catalogues"][0]["total"] = "100"
    tables["parameters"] += rows(
        "key name value", "score_rounding_unit | Đơn vị | 0,01", "score_rounding_way | Cách | gan_nhat"
    )
    return master_from(tables)


def filled() -> Typed:
    typed: dict[tuple[str, str, str], object] = {}
    for path, units in BY_HAND.items():
        for code, (target, result, _) in zip(UNITS, units, strict=True):
            values = {"target": target, "result": result, "self_score": None, "cluster_score": None}
            typed |= {(code, path, field): value for field, value in values.items()}
    for path, scores in TYPED.items():
        for code, score in zip(UNITS, scores, strict=True):
            typed |= {(code, path, field): score for field in ("self_score", "cluster_score")}
    return typed


def test_every_way_of_scoring_in_one_cluster(tmp_path: Path) -> None:
    master = example()
    checked = receive(tmp_path, cluster_book(typed=filled(), master=master), master=master)
    assert [spot[2] for spot in spots(checked.findings) if spot[2] != "KT-238"] == ["KT-430", "KT-430"]
    finals = {
        (line.criterion.path, sheet.unit.code): line.final.value
        for sheet in checked.submissions[0].sheets
        for line in sheet.lines
        if sheet.unit
    }
    for path, units in BY_HAND.items():
        for code, (_, _, points) in zip(UNITS, units, strict=True):
            assert finals[path, code] == (None if points is None else D(points)), (path, code)
    ranked = {item.unit_code: (item.total, item.base, item.rank) for item in checked.standings[0].standings}
    assert ranked == TOTALS


# The 1,000-point scale of a police cluster: 12 quantitative leaves, 105 points


def police() -> Catalogue:
    made = []
    for row in read_csv("exA_police_commune_cluster_1000"):
        group = row["type"] == "parent"
        rule = {"quantitative": ScoringRule.QUANTITY, "pass_fail": ScoringRule.PASS_FAIL}.get(row["type"])
        kind = RowKind.GROUP if group else RowKind.CRITERION
        made.append(
            Criterion(row["path"], row["code"], row["group_name"], kind, D(row["max_points"]),
                      None if group else rule or ScoringRule.DIRECT)
        )  # fmt: skip
    return Catalogue("CA-1000", "Công an cấp xã", None, D(1000), tuple(made))


def entry(target: str | None, result: str) -> Entry:
    given = Amount() if target is None else Amount(state=CellState.NUMBER, numbers=(D(target),))
    return Entry(given, Amount(state=CellState.NUMBER, numbers=(D(result),)))


def test_quantitative_leaves_of_the_thousand_point_scale() -> None:
    quantitative = [leaf for leaf in police().leaves if leaf.rule is ScoringRule.QUANTITY]
    assert (len(quantitative), sum(leaf.maximum for leaf in quantitative)) == (12, 105)
    units = {
        "best": entry("10", "20"),
        "half": entry("10", "15"),
        "met": entry("10", "10"),
        "short": entry("10", "8"),
    }
    sums: dict[str, Fraction] = dict.fromkeys(units, Fraction(0))
    for leaf in quantitative:
        for key, worked in work_out(leaf, units).items():
            assert isinstance(worked, Worked)
            sums[key] += worked.points
    assert sums == {
        "best": 105,
        "half": Fraction(105) * 3 / 4,
        "met": Fraction(105, 2),
        "short": Fraction(105) * 2 / 5,
    }


def test_criterion_not_assigned_leaves_a_base_of_990() -> None:
    catalogue = police()
    ten = next(leaf for leaf in catalogue.leaves if leaf.maximum == 10)
    base = base_of(catalogue, [ten.path])
    assert (base_of(catalogue, ()), base) == (D(1000), D(990))
    assert share_of(D(930), D(990)) > share_of(D(935), D(1000))  # type: ignore[operator]  # both have a base


# Mẫu 03: bonus 1 + 2 + 2 + 2 of at most 7, deductions 1 + 2 + 2 of at most 5, bands from 90, 80, 50


def staff(number: str = "03") -> Catalogue:
    kinds = {kind.value: kind for kind in RowKind}
    made = tuple(
        Criterion(row["path"], row["number"], row["text"], kinds[row["kind"]], D(row["maximum"]))
        for row in read_csv(f"catalogue_form{number}")
    )
    bands = (Band("xuất sắc", D(90)), Band("tốt", D(80)), Band("hoàn thành", D(50)), Band("không", D(0)))
    return Catalogue(f"MAU-{number}", f"Mẫu {number}", None, D(100), made, bands)


@pytest.mark.parametrize(("form", "base"), [("02", "95"), ("03", "100.5")])
def test_full_marks_of_a_form_are_all_of_its_own_leaves_whatever_it_declares(form: str, base: str) -> None:
    """Mẫu 02 declares 70 for B where 65 can be had; Mẫu 03 30 for A where its leaves make 30,5."""
    catalogue = staff(form)
    scale = [leaf for leaf in catalogue.leaves if leaf.kind is RowKind.CRITERION]
    full = sum((leaf.maximum for leaf in scale), D(0))
    assert (base_of(catalogue, ()), full) == (D(base), D(base))
    assert share_of(full, base_of(catalogue, ())) == 1
    steps = {leaf.maximum % D("0.25") for leaf in scale}
    assert steps == {D(0)}  # every maximum can be reached by steps of 0,25


def test_half_of_the_leaders_form_reaches_half_and_its_band() -> None:
    catalogue = staff("02")
    scale = [leaf for leaf in catalogue.leaves if leaf.kind is RowKind.CRITERION]
    total = sum((leaf.maximum / 2 for leaf in scale), D(0))
    share = share_of(total, base_of(catalogue, ()))
    assert share == Fraction(1, 2)
    band = band_of(share * 100, catalogue.bands)
    assert band is not None
    assert band.name == "hoàn thành"


@pytest.mark.parametrize("form", ["02", "03"])
def test_caps_of_the_staff_form_hold_its_items(form: str) -> None:
    catalogue = staff(form)
    full = {leaf.path: leaf.maximum for leaf in catalogue.leaves}
    assert find_excess(catalogue, full) == []
    bonus = next(leaf for leaf in catalogue.leaves if leaf.kind is RowKind.BONUS)
    (excess,) = find_excess(catalogue, {**full, bonus.path: bonus.maximum + D("0.25")})
    assert (excess.points, excess.group.kind) == (D("0.25"), RowKind.BONUS_GROUP)


@pytest.mark.parametrize(
    ("total", "band"), [("90", "xuất sắc"), ("89.995", "tốt"), ("79.999", "hoàn thành"), ("49.99", "không")]
)
def test_no_total_falls_between_two_bands(total: str, band: str) -> None:
    reached = band_of(Fraction(total), staff().bands)
    assert reached is not None
    assert reached.name == band


def test_rules_without_a_source_are_noted_once_a_catalogue() -> None:
    with_place = {"I.1": (ScoringRule.PROPORTIONAL, Terms()), "I.2": (ScoringRule.PROPORTIONAL, Terms())}
    with_place |= {"I.3": (ScoringRule.QUANTITY, Terms(direction=Direction.LOWER))}
    with_place |= {"I.4": (ScoringRule.QUANTITY, Terms())}
    leaves = [
        Criterion(path, "", path, RowKind.CRITERION, D(1), rule, terms=terms)
        for path, (rule, terms) in with_place.items()
    ]
    group = Criterion("I", "I", "Nhóm", RowKind.GROUP, D(4))
    bands = (Band("Đạt", D(0)),)
    found = check_catalogue(Catalogue("TD", "", None, D(4), (group, *leaves), bands))
    assert [(item.code.id, item.params.get("codes")) for item in found] == [
        ("KT-613", None),
        ("KT-625", ["I.1", "I.2"]),
        ("KT-625", ["I.3"]),
    ]


# The catalogue check, as tdkt validate shows it


def spoiled(folder: Path, **cells: str) -> list[tuple[str, str, str]]:
    tables = master_tables()
    for row in tables["criteria"]:
        if row["path"] == "IV.1":
            row |= cells
    findings = read_master(read_book(write_master(folder, tables))).findings
    return [spot for spot in spots(findings) if spot[2] >= "KT-620"]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"per_minus": ""}, "S", "KT-620"),
        ({"per_plus": "1"}, "R", "KT-621"),
        ({"per_minus": "-1"}, "S", "KT-622"),
        ({"conversion": "ba lần tính một"}, "T", "KT-622"),
        ({"rule": "Định lượng", "per_minus": ""}, "F", "KT-623"),
        ({"maximum": "3"}, "G", "KT-624"),
    ],
)
def test_terms_are_reported_at_their_cells(
    cells: dict[str, str], column: str, code: str, tmp_path: Path
) -> None:
    assert spoiled(tmp_path, **cells) == [("Tiêu chí", f"{column}16", code)]
