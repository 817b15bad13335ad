"""What must hold for any sheet, not only for the ones we thought of."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_xl.domain.criteria import Criterion
from tdkt_xl.domain.ranking import rank_totals
from tdkt_xl.domain.scores import ScoreCell, ScoreLine, ScoreSheet
from tdkt_xl.findings import Finding, Place
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tables.score_sheet import SheetBody, read_body
from tdkt_xl.tasks.round import Round, check_round
from tdkt_xl.tasks.totals import check_sheet_totals, leaf_cells
from tests.tools.forms import Typed, cluster_book, tiny_master, unit_sheet
from tests.tools.grids import Draft, position, spots

SCORES = load_layout("so-cum").sheet("scores")
CATALOGUE = tiny_master().catalogues["TD-2023"]
CLEAN = unit_sheet()["An Bình"]
LEAVES = CATALOGUE.leaves
FIRST_ROW = 12
"""Row of the first criterion of the clean sheet; see tests.tools.forms."""
ROW_OF = {criterion.path: FIRST_ROW + at for at, criterion in enumerate(CATALOGUE.rows)}
COLUMN_OF = {"self_score": "F", "cluster_score": "H", "appraised_score": "I"}

points = st.decimals(min_value=-50, max_value=1200, places=2)
leaves = st.sampled_from(LEAVES)
columns = st.sampled_from(["self_score", "cluster_score"])


def read(made: Draft) -> tuple[SheetBody, list[Finding]]:
    """Locate and read a scoring sheet."""
    located = find_table(made.grid(), [SCORES])
    assert located.value is not None
    outcome = read_body(located.value, CATALOGUE)
    assert outcome.value is not None
    return outcome.value, [*located.findings, *outcome.findings]


@given(st.lists(points, max_size=12), st.randoms(use_true_random=False))
def test_ranking_does_not_depend_on_order(totals: list[Decimal], random: object) -> None:
    named = {f"DV-{at}": total for at, total in enumerate(totals)}
    shuffled = list(named.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert rank_totals(dict(shuffled)) == rank_totals(named)


@given(st.lists(points, max_size=12))
def test_rank_is_one_more_than_the_number_of_better_totals(totals: list[Decimal]) -> None:
    named = {f"DV-{at}": total for at, total in enumerate(totals)}
    for code, rank in rank_totals(named).items():
        total = named[code]
        assert rank.rank == 1 + sum(other > total for other in totals)
        assert rank.tied == (totals.count(total) > 1)


values = st.one_of(
    st.none(),
    st.floats(min_value=-5, max_value=20, allow_nan=False).map(lambda number: round(number, 2)),
    st.integers(min_value=0, max_value=9).map(float),
    st.sampled_from(["4,5", "3", "đạt", "(5)", "1.234"]),
)
own_rows = st.lists(
    st.tuples(
        st.integers(min_value=13, max_value=21), st.sampled_from(["Tự thêm A", "Tự thêm B", ""]), values
    ),
    max_size=4,
)


@given(
    st.dictionaries(st.tuples(leaves, st.sampled_from(list(COLUMN_OF))), values, max_size=12),
    own_rows,
    st.sets(st.integers(min_value=12, max_value=20), max_size=2),
)
@settings(max_examples=60)
def test_points_in_are_points_out_and_points_refused(
    typed: dict[tuple[Criterion, str], float | str | None],
    added: Sequence[tuple[int, str, float | str | None]],
    deleted: set[int],
) -> None:
    made = CLEAN.copy("An Bình")
    for (criterion, field), value in typed.items():
        made.put(f"{COLUMN_OF[field]}{ROW_OF[criterion.path]}", value)
    for row in sorted(deleted, reverse=True):
        made.delete_row(row)
    for row, text, value in added:
        made.insert_row(row).put(f"B{row}", text or None).put(f"H{row}", value)
    body, _ = read(made)
    counted = {cell.place: cell.value for line in body.lines for cell in _cells(line)}
    refused = {
        row.place.at(row.place.row, position(f"{COLUMN_OF[field]}1")[1]): value
        for row in body.foreign_rows
        for field, value in row.points.items()
    }
    subtotals = {total.cell.place: total.cell.value for total in body.typed_totals}
    assert len({*counted, *refused, *subtotals}) == len(counted) + len(refused) + len(subtotals)
    taken = {**counted, **refused, **subtotals}
    last = max(place.row for place in subtotals)
    for (row, column), held in made.cells.items():
        if FIRST_ROW <= row <= last and column in {6, 8, 9} and isinstance(held, float):
            assert taken[Place("bai-nop.xlsx", "An Bình", row, column)] == Decimal(str(held))


def _cells(line: ScoreLine) -> tuple[ScoreCell, ...]:
    return line.self_score, line.cluster_score, line.appraised_score


def shape(body: SheetBody) -> list[object]:
    """Everything read, without the places."""
    return [
        *(
            (
                line.criterion.path,
                line.evidence.text,
                line.reason.text,
                *((cell.state, cell.value) for cell in _cells(line)),
            )
            for line in body.lines
        ),
        *((total.path, total.field, total.cell.value) for total in body.typed_totals),
        *((row.text, tuple(row.points.items())) for row in body.foreign_rows),
    ]


@given(st.integers(min_value=1, max_value=23), st.sampled_from([None, "An Bình lạ", 7.0]))
@settings(max_examples=40)
def test_blank_row_moves_places_and_changes_nothing_else(at: int, bad: float | str | None) -> None:
    made = CLEAN.copy("An Bình").put("H17", bad)
    before, found = read(made)
    after, moved = read(made.copy("An Bình").insert_row(at))
    assert shape(after) == shape(before)
    assert [(item.code, item.params) for item in moved] == [(item.code, item.params) for item in found]
    for one, other in zip(before.lines, after.lines, strict=True):
        row = one.cluster_score.place.row
        assert other.cluster_score.place.row == row + (row >= at)
        assert other.cluster_score.place.column == one.cluster_score.place.column


@given(st.integers(min_value=1, max_value=11))
def test_blank_column_moves_places_and_changes_nothing_else(at: int) -> None:
    before, found = read(CLEAN)
    after, moved = read(CLEAN.copy("An Bình").insert_column(at))
    assert shape(after) == shape(before)
    assert moved == found == []
    for one, other in zip(before.lines, after.lines, strict=True):
        column = one.cluster_score.place.column
        assert other.cluster_score.place.column == column + (column >= at)


@given(leaves, columns, st.integers(min_value=0, max_value=8), st.sampled_from([",", "."]))
@settings(max_examples=40)
def test_text_number_is_reported_there_only_and_counted(
    criterion: Criterion, field: str, steps: int, mark: str
) -> None:
    least = criterion.step or Decimal("0.25")
    value = min(criterion.upper - criterion.lower, steps * least) + criterion.lower
    text = f"{value:.2f}".replace(".", mark)
    cell = f"{COLUMN_OF[field]}{ROW_OF[criterion.path]}"
    made = unit_sheet({("DV-01", criterion.path, field): text})["An Bình"]
    body, findings = read(made)
    sheet = ScoreSheet(
        Place("bai-nop.xlsx", "An Bình"), "", None, "", None, CATALOGUE, body.lines, body.typed_totals
    )
    findings += check_sheet_totals(sheet, CATALOGUE, SCORES)
    assert spots(findings) == [("An Bình", cell, "KT-201")]
    others = sum(
        (
            item.value
            for item in leaf_cells(sheet, field)
            if item.place.cell != cell and item.value is not None
        ),
        Decimal(0),
    )
    clean = sum((item.value or Decimal(0) for item in leaf_cells(_clean(), field)), Decimal(0))
    replaced = next(item.value for item in leaf_cells(_clean(), field) if item.place.cell == cell)
    assert replaced is not None
    assert others + value == clean - replaced + value
    assert sum((item.value or Decimal(0) for item in leaf_cells(sheet, field)), Decimal(0)) == others + value


def _clean() -> ScoreSheet:
    body, _ = read(CLEAN)
    return ScoreSheet(Place("bai-nop.xlsx", "An Bình"), "", None, "", None, CATALOGUE, body.lines)


@cache
def _received() -> tuple[TemporaryDirectory[str], list[Path]]:
    """Two cluster books and two sheets of single units, with a fault in three of them."""
    lost: Typed = {("DV-03", "I.3", "cluster_score"): "0,5"}
    second = cluster_book("C02")
    second["TH Gia Lộc"].put("H13", "bốn")
    above: Typed = {("DV-02", "I.1", "self_score"): 5.5}
    books = [
        cluster_book(typed=lost),
        second,
        unit_sheet(name="a.xlsx"),
        unit_sheet(above, "b.xlsx", "DV-02"),
    ]
    folder = TemporaryDirectory()
    return folder, [book.save(Path(folder.name)) for book in books]


@cache
def _as_given() -> Round:
    return check_round(_received()[1], tiny_master())


@given(st.permutations(range(4)))
@settings(max_examples=12)
def test_order_of_files_changes_nothing(order: list[int]) -> None:
    _, paths = _received()
    shuffled = check_round([paths[at] for at in order], tiny_master())
    given_order = _as_given()
    assert len(given_order.findings) == 4
    assert shuffled.findings == given_order.findings
    assert {item.code: item for item in shuffled.standings if item.cluster} == {
        item.code: item for item in given_order.standings
    }
    assert {item.name: item for item in shuffled.files} == {item.name: item for item in given_order.files}
