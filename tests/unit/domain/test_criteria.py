from collections.abc import Iterable
from decimal import Decimal

import pytest

from tdkt_xl.domain.catalogue_check import check_catalogue
from tdkt_xl.domain.criteria import (
    Band,
    Catalogue,
    Criterion,
    RowKind,
    ScoringRule,
    band_of,
)
from tdkt_xl.findings import Finding, Place
from tests.tools.grids import spots

PLACE = Place("danh-muc.xlsx", "Tiêu chí")
TOTAL = Place("danh-muc.xlsx", "Danh mục", 7, 4)
KINDS = {
    "G": RowKind.GROUP,
    "C": RowKind.CRITERION,
    "BG": RowKind.BONUS_GROUP,
    "B": RowKind.BONUS,
    "PG": RowKind.PENALTY_GROUP,
    "P": RowKind.PENALTY,
}
CLEAN = (
    "I G 6",
    "I.1 C 4",
    "I.2 G 2",
    "I.2.a C 2",
    "II G 4",
    "II.1 C 4",
    "T BG 2",
    "T.1 B 3",
    "P PG -5",
    "P.1 P -2",
)
BANDS = (("Tốt", "8"), ("Yếu", "0"))


def catalogue(
    *lines: str, total: str | None = "10", bands: Iterable[tuple[str, str]] = BANDS, step: str = ""
) -> Catalogue:
    """Rows written as "path kind maximum", standing in G7, G8 …"""
    rows = []
    for at, line in enumerate(lines, start=7):
        path, kind, maximum = line.split()
        rows.append(
            Criterion(
                path,
                path.rpartition(".")[2],
                f"Nội dung {path}",
                KINDS[kind],
                Decimal(maximum),
                step=Decimal(step) if step and not KINDS[kind].is_group else None,
                place=PLACE.at(at, 7),
            )
        )
    made = tuple(
        Band(name, Decimal(lower), Place("danh-muc.xlsx", "Mức xếp loại", at, 3))
        for at, (name, lower) in enumerate(bands, start=7)
    )
    return Catalogue(
        "TD", "Bảng tiêu chí", None, None if total is None else Decimal(total), tuple(rows), made, TOTAL
    )


def found(*lines: str, **more: object) -> list[Finding]:
    return check_catalogue(catalogue(*(lines or CLEAN), **more))  # type: ignore[arg-type]  # passed through


def test_right_catalogue_is_noted_with_its_leaves_and_total() -> None:
    (finding,) = found(step="0.5")
    assert spots([finding]) == [("Danh mục", "D7", "KT-613")]
    assert finding.params == {"catalogue": "TD", "leaves": 5, "total": Decimal(10)}


def test_catalogue_without_rows() -> None:
    assert spots(check_catalogue(catalogue())) == [("Danh mục", "D7", "KT-608")]


WRONG: dict[str, tuple[tuple[str, ...], list[tuple[str, str, str]]]] = {
    "group sum": (("I G 11", "I.1 C 10"), [("Tiêu chí", "G7", "KT-602")]),
    "total": (("I G 9", "I.1 C 9"), [("Danh mục", "D7", "KT-603")]),
    "path twice": (("I G 10", "I.1 C 5", "I.1 C 5"), [("Tiêu chí", "G9", "KT-604")]),
    "no parent": (("I G 6", "I.1 C 6", "II.1 C 4"), [("Tiêu chí", "G9", "KT-605")]),
    "parent is a leaf": (("I G 10", "I.1 C 10", "I.1.a B 1"), [("Tiêu chí", "G9", "KT-605")]),
    "penalty upwards": (
        ("I G 10", "I.1 C 10", "P PG 5", "P.1 P 2"),
        [("Tiêu chí", "G10", "KT-624"), ("Tiêu chí", "G9", "KT-624")],
    ),
    "criterion downwards": (
        ("I G 10", "I.1 C 12", "I.2 C -2"),
        [("Tiêu chí", "G9", "KT-624")],
    ),
    "empty group": (("I G 10", "I.1 C 10", "II G 0"), [("Tiêu chí", "G9", "KT-609")]),
    "empty bonus group": (("I G 10", "I.1 C 10", "T BG 2"), [("Tiêu chí", "G9", "KT-609")]),
}


@pytest.mark.parametrize("name", WRONG)
def test_broken_tree_is_reported_where_it_breaks(name: str) -> None:
    lines, expected = WRONG[name]
    assert spots(found(*lines)) == expected


def test_numbers_said_about_wrong_sums() -> None:
    group, total = found("I G 11", "I.1 C 12")
    assert group.params == {
        "catalogue": "TD",
        "path": "I",
        "declared": Decimal(11),
        "computed": Decimal(12),
    }
    assert total.params == {"catalogue": "TD", "declared": Decimal(10), "computed": Decimal(12)}


def test_path_twice_names_the_other_row() -> None:
    finding = found("I G 10", "I.1 C 5", "I.1 C 5")[0]
    assert finding.params == {"catalogue": "TD", "path": "I.1", "other": "G8"}


def test_cap_of_bonus_or_penalty_group_may_differ_from_its_items() -> None:
    assert [item.code.id for item in found("I G 10", "I.1 C 10", "T BG 5", "T.1 B 3", "T.2 B 3")] == [
        "KT-613"
    ]


def test_catalogue_without_declared_total_is_not_compared() -> None:
    assert [item.code.id for item in found("I G 9", "I.1 C 9", total=None)] == ["KT-613"]


@pytest.mark.parametrize("step", ["0.3", "0", "-1"])
def test_maximum_must_be_a_multiple_of_a_positive_step(step: str) -> None:
    findings = found("I G 10", "I.1 C 10", step=step)
    assert spots(findings) == [("Tiêu chí", "G8", "KT-607")]
    assert findings[0].params["step"] == Decimal(step)


@pytest.mark.parametrize(
    ("bands", "cells"),
    [
        ((("Tốt", "8"), ("Khá", "8"), ("Yếu", "0")), ["C8"]),
        ((("Tốt", "8"), ("Yếu", "0"), ("Kém", "-5")), ["C9"]),
        ((("Tốt", "8"), ("Yếu", "5")), ["C8"]),
    ],
)
def test_bands_have_one_bound_each_down_to_zero(bands: tuple[tuple[str, str], ...], cells: list[str]) -> None:
    assert spots(found(bands=bands)) == [("Mức xếp loại", cell, "KT-606") for cell in cells]


def test_catalogue_may_have_no_bands() -> None:
    assert [item.code.id for item in found(bands=())] == ["KT-613"]


@pytest.mark.parametrize(
    ("total", "band"), [("8", "Tốt"), ("10", "Tốt"), ("7.99", "Yếu"), ("0", "Yếu"), ("-1", None)]
)
def test_lower_bound_belongs_to_its_band(total: str, band: str | None) -> None:
    reached = band_of(Decimal(total), catalogue(*CLEAN).bands)
    assert (reached.name if reached else None) == band


def test_leaves_of_a_group_at_any_depth() -> None:
    made = catalogue(*CLEAN)
    assert [row.path for row in made.leaves_under("I")] == ["I.1", "I.2.a"]
    assert [row.path for row in made.leaves_under("")] == [row.path for row in made.leaves]
    assert [row.path for row in made.base_leaves] == ["I.1", "I.2.a", "II.1"]
    assert [row.path for row in made.children("I")] == ["I.1", "I.2"]
    assert made.children("III") == []


@pytest.mark.parametrize(
    ("path", "parent"),
    [("I", ""), ("I.1", "I"), ("I.2.a", "I.2"), ("I/2/2.a)/13", "I/2/2.a)"), ("I/2", "I")],
)
def test_parent_is_written_with_dots_or_slashes(path: str, parent: str) -> None:
    assert Criterion(path, "", "", RowKind.CRITERION, Decimal(1)).parent_path == parent


@pytest.mark.parametrize(
    ("kind", "maximum", "bounds"), [("C", 5, (0, 5)), ("B", 2, (0, 2)), ("P", -3, (-3, 0))]
)
def test_bounds_of_a_score(kind: str, maximum: int, bounds: tuple[int, int]) -> None:
    row = Criterion("X", "", "", KINDS[kind], Decimal(maximum))
    assert (int(row.lower), int(row.upper)) == bounds


def test_every_kind_and_rule_has_its_own_word() -> None:
    assert len({kind.label for kind in RowKind}) == len(RowKind)
    assert len({rule.label for rule in ScoringRule}) == len(ScoringRule)
    assert {kind for kind in RowKind if kind.is_group} == {
        RowKind.GROUP,
        RowKind.BONUS_GROUP,
        RowKind.PENALTY_GROUP,
    }
