"""A cluster book of the sample district being spoiled, and what must be found in it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, ScoringRule
from tdkt_xl.domain.master import Master
from tdkt_xl.findings import column_letters
from tdkt_xl.writers.book import header_row
from tdkt_xl.writers.score_sheet import SheetContent, SheetRow
from tests.tools.corpus.case import repacked
from tests.tools.grids import Spot
from tests.tools.sample_district import (
    SCORES,
    SampleBook,
    clean_book,
    summary_rows,
)
from tests.tools.sample_people import People

SCORE_FIELDS = ("self_score", "cluster_score")
_SCORED = frozenset(SCORE_FIELDS)
"""A score left to its rule is not typed at all."""
Patch = Callable[[bytes], bytes]


@dataclass
class Spoiled:
    """The book with its faults; places are worked out last, when every row stands where it will stand.

    ``rows`` are sheets whose rows may not be moved again, ``used`` cells and columns already taken,
    ``open_totals`` sheets whose total no longer exists, so that nothing may rest on it.
    """

    book: SampleBook
    catalogue: Catalogue
    master: Master
    random: Random
    expected: list[tuple[str, Callable[[], Spot]]] = field(default_factory=list)
    used: set[object] = field(default_factory=set)
    open_totals: set[int] = field(default_factory=set)
    true_rows: dict[int, SheetContent] = field(default_factory=dict)
    summary_changes: list[Callable[[list[dict[str, object]]], None]] = field(default_factory=list)
    patches: dict[str, list[Patch]] = field(default_factory=dict)

    @classmethod
    def clean(cls, master: Master, seed: int) -> "Spoiled":
        """A clean book of a random cluster."""
        random = Random(seed)
        cluster = random.choice(master.active_clusters[:7])
        made = clean_book(master, cluster, random.randrange(1 << 30), People(Random(seed)))
        while len({str(row["subject"]) for row in made.individuals}) < len(made.individuals):
            made = clean_book(master, cluster, random.randrange(1 << 30), People(random))
        return cls(made, master.catalogues[cluster.catalogue], master, random)

    def take(self, *keys: object) -> bool:
        """Reserve what a fault touches; False when another fault has any of it."""
        if self.used & set(keys):
            return False
        self.used |= set(keys)
        return True

    def sheet(self) -> int:
        """A random scoring sheet."""
        return self.random.randrange(len(self.book.sheets))

    def leaves(self, at: int, *, direct: bool = False) -> list[Criterion]:
        """Scored criteria of a sheet; ``direct`` ones are bound by no rule but their step."""
        rows = [
            row.criterion
            for row in self.book.sheets[at].rows
            if row.criterion and row.values.keys() >= _SCORED
        ]
        return [
            item
            for item in rows
            if item.kind is RowKind.CRITERION and (not direct or item.rule is ScoringRule.DIRECT)
        ]

    def value(self, at: int, path: str, name: str) -> Decimal:
        """A typed score."""
        values = next(
            row.values for row in self.book.sheets[at].rows if row.criterion and row.criterion.path == path
        )
        value = values[name]
        assert isinstance(value, Decimal)
        return value

    def type(self, at: int, path: str, name: str, value: object, true: object = None) -> None:
        """Type over a cell; ``true`` is what the leader adds up for it (the old value by default)."""
        sheet = self.book.sheets[at]
        truth = self.true_rows.setdefault(at, sheet)
        if name == "appraised_score":
            true = value
        if true is not None:
            self.true_rows[at] = replace(truth, rows=_typed(truth.rows, path, name, true))
        self.book.sheets[at] = replace(sheet, rows=_typed(sheet.rows, path, name, value))

    def ties(self, at: int, path: str, name: str, value: Decimal) -> bool:
        """Tell whether a unit would draw level with another by this score."""
        totals = [self._total(number, {}) for number in range(len(self.book.sheets)) if number != at]
        return self._total(at, {(path, name): value}) in totals

    def _total(self, at: int, changes: dict[tuple[str, str], Decimal]) -> Decimal:
        total = Decimal(0)
        for row in self.true_rows.get(at, self.book.sheets[at]).rows:
            if row.criterion and not row.criterion.kind.is_group:
                typed = {**row.values}
                path = row.criterion.path
                typed |= {name: value for (where, name), value in changes.items() if where == path}
                score = typed.get("appraised_score", typed.get("cluster_score"))
                total += score if isinstance(score, Decimal) else Decimal(0)
        return total

    def expect(self, kind: str, code: str, at: int, path: str, name: str) -> None:
        """Expect a code at a criterion's cell of a scoring sheet."""
        self.expected.append((kind, lambda: (self.book.sheets[at].name, self.cell(at, path, name), code)))

    def expect_at(self, kind: str, code: str, at: int, cell: str) -> None:
        """Expect a code at a fixed cell ("" for the sheet) of a scoring sheet."""
        self.expected.append((kind, lambda: (self.book.sheets[at].name, cell, code)))

    def expect_in(self, kind: str, code: str, sheet: str, cell: str) -> None:
        """Expect a code at a cell of another sheet."""
        self.expected.append((kind, lambda: (sheet, cell, code)))

    def cell(self, at: int, path: str, name: str) -> str:
        """A1 address of a criterion's cell; "" is the total row."""
        sheet = self.book.sheets[at]
        first = header_row(SCORES, sheet.subtitle) + 2
        rows = [row.criterion.path if row.criterion else None for row in sheet.rows]
        row = first + (rows.index(path) if path else len(rows))
        return f"{column_letters(SCORES.position(name))}{row}"

    def identity_cell(self, at: int, label: int) -> str:
        """A1 address of the n-th labelled value (0-based) of a scoring sheet."""
        first = header_row(SCORES, self.book.sheets[at].subtitle) - len(SCORES.identity)
        return f"C{first + label}"

    def build(self) -> bytes:
        """The bytes of the workbook."""
        truths = [self.true_rows.get(at, sheet) for at, sheet in enumerate(self.book.sheets)]
        self.book.summary = summary_rows(truths, self.catalogue)
        for row, sheet in zip(self.book.summary, self.book.sheets, strict=True):
            row["unit_code"], row["unit"] = sheet.identity["unit_code"], sheet.identity["unit"]
        for change in self.summary_changes:
            change(self.book.summary)
        data = self.book.build()
        parts = {name: _all(patches) for name, patches in self.patches.items()}
        return repacked(data, parts) if parts else data

    def spots(self) -> list[tuple[str, Spot]]:
        """Kind and spot of every planted fault."""
        return [(kind, spot()) for kind, spot in self.expected]


def part_of(at: int) -> str:
    """The part of the n-th scoring sheet, which stands behind the summary."""
    return f"xl/worksheets/sheet{at + 2}.xml"


def _all(patches: list[Patch]) -> Patch:
    def change(data: bytes) -> bytes:
        for patch in patches:
            data = patch(data)
        return data

    return change


def _typed(rows: object, path: str, name: str, value: object) -> list[SheetRow]:
    assert isinstance(rows, (list, tuple))
    return [
        replace(row, values={**row.values, name: value})
        if row.criterion and row.criterion.path == path
        else row
        for row in rows
    ]
