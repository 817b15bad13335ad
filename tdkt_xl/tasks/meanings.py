"""What the cells of a read workbook are about: whose, which criterion, which are only sums."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from tdkt_xl.domain.scores import ScoreSheet
from tdkt_xl.findings import Place
from tdkt_xl.tasks.book_forms import SCORES, SUMMARY
from tdkt_xl.tasks.submissions import Submission
from tdkt_xl.vietnamese.text import comparison_key

_SCORES = ("self_score", "cluster_score", "appraised_score")


@dataclass
class SheetMeaning:
    """What is known of one sheet: ``key`` tells it from the others of its workbook.

    ``rows`` maps a row to what it is (equal in two workbooks when it is the same thing), ``subjects`` and
    ``units`` to words for it; ``headings`` names columns; ``sums`` are cells that follow from others.
    """

    key: Hashable
    unit: str = ""
    rows: dict[int, Hashable] = field(default_factory=dict)
    subjects: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    sums: set[tuple[int, int]] = field(default_factory=set)

    def heading(self, row: int, column: int) -> str:
        """The heading over a cell of the table; "" above and below the rows that mean something."""
        inside = self.rows and min(self.rows) <= row <= max(self.rows)
        return self.headings.get(column, "") if inside else ""


def meanings_of(submission: Submission | None) -> dict[str, SheetMeaning]:
    """What is known of each sheet, by its name; sheets of no form are not in it."""
    found: dict[str, SheetMeaning] = {}
    if submission is None:
        return found
    for sheet in submission.sheets:
        found[sheet.place.sheet] = _score_sheet(sheet)
    for row in submission.summary:
        known = found.setdefault(row.place.sheet, SheetMeaning("summary"))
        unit = row.unit.name if row.unit else row.unit_text
        _add_unit(known, row.place, row.unit.code if row.unit else comparison_key(unit), unit)
        for name, cell in (
            ("self_total", row.self_total),
            ("cluster_total", row.cluster_total),
            ("rank", row.rank),
        ):
            known.headings[cell.place.column] = SUMMARY.column(name).heading
            known.sums.add((cell.place.row, cell.place.column))
        known.headings[row.band_place.column] = SUMMARY.column("band").heading
        known.sums.add((row.band_place.row, row.band_place.column))
    _add_wide_rows(submission, found)
    _add_proposals(submission, found)
    return found


def _add_unit(known: SheetMeaning, place: Place, key: Hashable, unit: str) -> None:
    known.rows[place.row] = ("unit", key)
    known.units[place.row] = unit


def _score_sheet(sheet: ScoreSheet) -> SheetMeaning:
    key = sheet.unit.code if sheet.unit else comparison_key(sheet.unit_name)
    known = SheetMeaning(("scores", key or comparison_key(sheet.place.sheet)), sheet.unit_name)
    for line in sheet.lines:
        known.rows[line.place.row] = ("criterion", line.criterion.path)
        known.subjects[line.place.row] = f"{line.criterion.path} {line.criterion.text}"
        for name in _SCORES:
            known.headings[getattr(line, name).place.column] = SCORES.column(name).heading
    for total in sheet.typed_totals:
        place = total.cell.place
        known.rows[place.row] = ("total", total.path)
        known.subjects[place.row] = f"Cộng {total.path}".strip() if total.path else "Tổng cộng"
        known.sums.add((place.row, place.column))
    return known


def _add_wide_rows(submission: Submission, found: dict[str, SheetMeaning]) -> None:
    for row in submission.wide_rows:
        known = found.setdefault(row.place.sheet, SheetMeaning("wide"))
        unit = row.unit.name if row.unit else row.unit_text
        _add_unit(known, row.place, row.unit.code if row.unit else comparison_key(unit), unit)
        for path, cell in row.cells:
            known.headings[cell.place.column] = path
        known.sums |= {(cell.place.row, cell.place.column) for cell in (row.total, row.rank)}


def _add_proposals(submission: Submission, found: dict[str, SheetMeaning]) -> None:
    for row in submission.proposals:
        sheet = row.place("subject").sheet
        known = found.setdefault(sheet, SheetMeaning(("list", row.table.layout.id)))
        words = [row.text(name) for name in ("subject", "unit")]
        known.rows[row.row] = ("proposal", *map(comparison_key, words))
        known.subjects[row.row] = words[0]
        known.units[row.row] = words[1]
        known.headings.update({at: row.table.heading(name) for name, at in row.table.columns.items()})
