from collections.abc import Iterable
from dataclasses import replace
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
from tdkt_xl.domain.scoring.terms import Terms
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
    "T.1 B 2",
    "P PG -2",
    "P.1 P -2",
)
BANDS = (("Tốt", "8"), ("Yếu", "0"))


def catalogue(
    *lines: str,
    total: str | None = "10",
    bands: Iterable[tuple[str, str]] = BANDS,
    step: str = "",
    rule: ScoringRule | None = ScoringRule.DIRECT,
    **more: object,
) -> Catalogue:
    """Rows written as "path kind maximum number", standing in G7, G8 …; number left out: as in the path."""
    rows = []
    for at, line in enumerate(lines, start=7):
        path, kind, maximum, number = (*line.split(), path_end(line.split()[0]))[:4]
        rows.append(
            Criterion(
                path,
                number,
                f"Nội dung {path}",
                KINDS[kind],
                Decimal(maximum),
                None if KINDS[kind].is_group else rule,
                step=Decimal(step) if step and not KINDS[kind].is_group else None,
                place=PLACE.at(at, 7),
                terms=Terms(
                    outside_cap="!" in line,
                    places={
                        "number": PLACE.at(at, 3),
                        "kind": PLACE.at(at, 5),
                        "rule": PLACE.at(at, 6),
                    },
                ),
            )
        )
    made = tuple(
        Band(name, Decimal(lower), Place("danh-muc.xlsx", "Mức xếp loại", at, 3))
        for at, (name, lower) in enumerate(bands, start=7)
    )
    return Catalogue(
        "TD",
        "Bảng tiêu chí",
        None,
        None if total is None else Decimal(total),
        tuple(rows),
        made,
        TOTAL,
        **more,  # type: ignore[arg-type]  # passed through
    )


def path_end(path: str) -> str:
    return path.rpartition(".")[2]


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
    "row copied": (("I G 10", "I.1 C 10", "I.1 C 10"), [("Tiêu chí", "G9", "KT-604")]),
    "row of a path that leads nowhere": (
        ("I G 10", "I.1 C 6", "X.2 C 4"),
        [("Tiêu chí", "G9", "KT-605")],
    ),
    "group within a group missing": (
        ("I G 10", "I.1 C 4", "I.2.a C 3", "I.2.b C 3"),
        [("Tiêu chí", "G9", "KT-605")],
    ),
    "path that leads nowhere, sum wrong besides": (
        ("I G 11", "I.1 C 6", "X.2 C 4"),
        [("Tiêu chí", "G7", "KT-602"), ("Tiêu chí", "G9", "KT-605")],
    ),
    "parent is a leaf": (("I G 10", "I.1 C 10", "I.1.a B 1"), [("Tiêu chí", "E8", "KT-630")]),
    "group that is called a criterion": (("I C 10", "I.1 C 10"), [("Tiêu chí", "E7", "KT-630")]),
    "path of a group mistyped": (
        ("I1 G 10 I", "I.1 C 10"),
        [("Tiêu chí", "C7", "KT-618")],
    ),
    "path of an inner group mistyped": (
        ("I G 10", "I.1 C 4", "I.21 G 6 2", "I.2.a C 6"),
        [("Tiêu chí", "C9", "KT-618")],
    ),
    "number of a group mistyped": (("I G 10 1", "I.1 C 10"), [("Tiêu chí", "C7", "KT-618")]),
    "wrong sign and nothing else": (("I G 10", "I.1 C 4", "I.2 C -6"), [("Tiêu chí", "G9", "KT-624")]),
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


def test_bound_above_what_can_be_reached_with_bonus() -> None:
    """CLEAN reaches 10 and 2 of bonus."""
    assert [item.code.id for item in found(bands=(("Tốt", "12"), ("Yếu", "0")))] == ["KT-613"]
    (finding,) = found(bands=(("Tốt", "12.5"), ("Yếu", "0")))
    assert spots([finding]) == [("Mức xếp loại", "C7", "KT-606")]
    assert finding.params["reason"] == "không đơn vị nào đạt được, điểm cao nhất là 12"


def test_bonus_outside_the_cap_raises_what_can_be_reached() -> None:
    lines = ("I G 10", "I.1 C 10", "T BG 2", "T.1 B 2 1", "T.2 B 5 2 !")
    assert [item.code.id for item in found(*lines, bands=(("Tốt", "17"), ("Yếu", "0")))] == ["KT-613"]
    over = found(*lines, bands=(("Tốt", "18"), ("Yếu", "0")))
    assert spots(over) == [("Mức xếp loại", "C7", "KT-606")]


def test_catalogue_without_bands_is_noted() -> None:
    assert spots(found(bands=())) == [("Danh mục", "D7", "KT-613"), ("Danh mục", "D7", "KT-619")]


def test_bands_that_could_not_be_read_are_not_missed() -> None:
    assert [item.code.id for item in found(bands=(), bands_read=False)] == ["KT-613"]
    assert [item.code.id for item in found(bands=(("Tốt", "8"),), bands_read=False)] == ["KT-613"]


def test_blank_rule_is_reported_at_its_cell() -> None:
    findings = found("I G 10", "I.1 C 10", rule=None)
    assert spots(findings) == [("Tiêu chí", "F8", "KT-614")]


TEN = ("I G 10", "I.1 C 10")
CAPS: dict[str, tuple[tuple[str, ...], list[tuple[str, str, str]]]] = {
    "as much as its items": (("T BG 2", "T.1 B 2"), []),
    "less than its items together": (("T BG 3", "T.1 B 2", "T.2 B 2"), []),
    "item above the cap": (("T BG 2", "T.1 B 3"), [("Tiêu chí", "G10", "KT-615")]),
    "cap below several items": (("T BG 1", "T.1 B 2", "T.2 B 2"), [("Tiêu chí", "G9", "KT-615")]),
    "deduction beyond the cap": (("P PG -2", "P.1 P -3"), [("Tiêu chí", "G10", "KT-615")]),
    "item outside the cap": (("T BG 2", "T.1 B 2", "T.2 B 15 2 !"), []),
    "cap of nothing": (("T BG 0", "T.1 B 2"), [("Tiêu chí", "G9", "KT-616")]),
    "no deduction counts": (("P PG 0", "P.1 P -2"), [("Tiêu chí", "G9", "KT-616")]),
    "cap out of reach": (("T BG 5", "T.1 B 2"), [("Tiêu chí", "G9", "KT-617")]),
    "deductions out of reach": (("P PG -5", "P.1 P -2"), [("Tiêu chí", "G9", "KT-617")]),
    "items of inner groups": (("T BG 4", "T.1 BG 4", "T.1.a B 2", "T.1.b B 2"), []),
    "cap of an inner group": (
        ("T BG 3", "T.1 BG 3", "T.1.a B 2", "T.1.b B 2"),
        [("Tiêu chí", "G10", "KT-602")],
    ),
    "negative cap": (("T BG -2", "T.1 B 2"), [("Tiêu chí", "G9", "KT-624")]),
}


@pytest.mark.parametrize("name", CAPS)
def test_cap_is_compared_with_the_items_under_it(name: str) -> None:
    lines, expected = CAPS[name]
    findings = [item for item in found(*TEN, *lines) if item.code.id != "KT-613"]
    assert spots(findings) == expected


def test_said_about_an_item_above_the_cap() -> None:
    (finding,) = found(*TEN, "P PG -2", "P.1 P -3")
    assert finding.params == {
        "catalogue": "TD",
        "path": "P",
        "limit": Decimal(-2),
        "items": ["P.1 (-3)"],
    }


@pytest.mark.parametrize(
    ("path", "number", "fits"),
    [
        ("I.2", "2", True),
        ("I.2", "2.", True),
        ("I.2", "I.2", True),
        ("I.2", "3", False),
        ("I.2", "12", False),
        ("I.2", "II.2", False),
        ("I.2", "-", True),
        ("I.2", "", True),
        ("I/2/2.a)", "2. a)", True),
        ("I/2/2.a)", "b", False),
        ("A.I.đ", "Đ", True),
        ("A.I.đ", "d", False),
    ],
)
def test_number_is_the_end_of_the_path(path: str, number: str, fits: bool) -> None:
    made = catalogue(*TEN)
    leaf = replace(made.rows[1], path=path, number=number)
    group = replace(made.rows[0], path=leaf.parent_path, number="")
    findings = check_catalogue(replace(made, rows=(group, leaf)))
    assert (("Tiêu chí", "C8", "KT-618") in spots(findings)) is not fits


# A row that was reported is not missed


UNREAD: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "leaf": (("I G 10", "I.1 C 4"), {"I.2"}),
    "only leaf": (("I G 10",), {"I.1"}),
    "group": (("I.1 C 10",), {"I"}),
    "deep leaf": (("I G 10", "I.1 C 4", "I.2 G 6", "I.2.a C 5"), {"I.2.b"}),
    "row without a path": (("I G 10", "I.1 C 4"), {""}),
    "group without a path": (("I.1 C 4",), {""}),
    "every row": ((), {"I", "I.1"}),
    "bonus item": (("I G 10", "I.1 C 10", "T BG 5", "T.1 B 2"), {"T.2"}),
}


@pytest.mark.parametrize("name", UNREAD)
def test_row_that_could_not_be_read_is_not_missed(name: str) -> None:
    lines, paths = UNREAD[name]
    assert check_catalogue(catalogue(*lines, unread=frozenset(paths))) == []


def test_other_groups_are_still_added_up() -> None:
    lines = ("I G 10", "I.1 C 4", "II G 5", "II.1 C 4")
    findings = check_catalogue(catalogue(*lines, unread=frozenset({"I.2"})))
    assert spots(findings) == [("Tiêu chí", "G9", "KT-602")]


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
