"""What goes into a consolidation comes out of it, or is refused with a reason: rows and points, cell by cell.

Random districts of two clusters are written as workbooks, spoiled, and taken through ``consolidate``; what
was typed is compared with what openpyxl reads from the result. TDKT_DISTRICTS sets how many districts.
"""

import os
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Severity, column_letters
from tdkt_xl.tasks.consolidate import consolidate
from tests.tools.forms import BookDraft, Typed, book_of, content_of, master_from, master_tables, rows
from tests.tools.grids import Draft

DISTRICTS = int(os.environ.get("TDKT_DISTRICTS", "16"))
TEXT, SCORE = 2, 8
FIRST_ROW = 12
"""Columns and the first row of a scoring sheet; see tests.tools.forms."""
FOREIGN = "Dòng tự thêm"
_REFUSES_FILE = {"KT-501", "KT-502", "KT-506", "KT-601"}
"""The same file twice, a cluster twice, a file of another period, a period without a catalogue."""
_REFUSES_SHEET = {"KT-115", "KT-133"}
"""A column, or all headings, missing."""
_REFUSES_ROW = {"KT-121", "KT-203", "KT-205", "KT-206"}
"""A row of no criterion; a score that is text, an error, or a formula without a result."""
_READABLE = {"2,5": Decimal("2.5"), "1.5": Decimal("1.5"), " 3 ": Decimal(3)}


class Typing(NamedTuple):
    """Where points were typed: file, sheet, cell."""

    file: str
    sheet: str
    cell: str


@cache
def district(first: int, second: int) -> Master:
    """Master data of two clusters with so many units."""
    tables = master_tables()
    codes = [f"DV-{number:02}" for number in range(1, first + second + 1)]
    tables["units"] = rows(
        "code name short_name kind valid_from valid_to",
        *(f"{code} | Xã Số {code[3:]} | Số {code[3:]} | Xã và thị trấn | |" for code in codes),
    )
    tables["clusters"] = rows(
        "period code name description catalogue leader deputy",
        f"2023 | C01 | Cụm thi đua số 1 | a | TD-2023 | {codes[0]} | ",
        f"2023 | C02 | Cụm thi đua số 2 | b | TD-2023 | {codes[first]} | ",
    )
    homes = ["C01"] * first + ["C02"] * second
    tables["members"] = rows(
        "period cluster unit", *(f"2023 | {home} | {code}" for home, code in zip(homes, codes, strict=True))
    )
    tables["aliases"] = []
    return master_from(tables)


def typed_for(cluster: Cluster, master: Master, chance: Random) -> Typed:
    """Scores as a cluster would give them, each in its range and by its step."""
    typed: dict[tuple[str, str, str], object] = {}
    for code in cluster.members:
        for criterion in master.catalogues[cluster.catalogue].leaves:
            steps = int((criterion.upper - criterion.lower) / (criterion.step or Decimal("0.25")))
            score = criterion.lower + chance.randint(0, steps) * (criterion.step or Decimal("0.25"))
            for field in ("self_score", "cluster_score"):
                typed[code, criterion.path, field] = float(score)
    return typed


def clean_book(cluster: Cluster, master: Master, chance: Random) -> BookDraft:
    typed = typed_for(cluster, master, chance)
    contents = [content_of(code, typed, master, cluster) for code in cluster.members]
    return book_of(cluster, contents, f"{cluster.code.lower()}.xlsx", master)


# Faults of one scoring sheet, and of a whole round


def _leaf_rows(page: Draft) -> list[int]:
    leaves = {criterion.text for criterion in district(1, 1).catalogues["TD-2023"].leaves}
    return [row for (row, column), value in page.cells.items() if column == TEXT and value in leaves]


def _put(value: str | None) -> Callable[[Draft, Random], object]:
    return lambda page, chance: page.put(f"H{chance.choice(_leaf_rows(page))}", value)


def _foreign_row(page: Draft, chance: Random) -> None:
    at = chance.choice(_leaf_rows(page)) + 1
    page.insert_row(at).put(f"B{at}", FOREIGN).put(f"H{at}", chance.randint(1, 9) / 2)


def _hide(page: Draft, chance: Random) -> None:
    page.hidden_rows.add(chance.choice(_leaf_rows(page)))


SHEET_FAULTS: tuple[Callable[[Draft, Random], object], ...] = (
    *map(_put, (*_READABLE, "bốn", None, "đạt")),
    lambda page, chance: page.put_error(f"H{chance.choice(_leaf_rows(page))}", "#REF!"),
    lambda page, chance: page.put_result(f"H{chance.choice(_leaf_rows(page))}", None),
    lambda page, chance: page.delete_row(chance.choice(_leaf_rows(page))),
    lambda page, chance: page.insert_row(chance.randint(FIRST_ROW, FIRST_ROW + 9)),
    lambda page, chance: page.put("H10", None),
    _foreign_row,
    _hide,
)


def _sheets(book: BookDraft) -> list[Draft]:
    return [page for page in book.sheets if _leaf_rows(page)]


def _any_sheet(books: list[BookDraft], chance: Random) -> Draft:
    return chance.choice([page for book in books for page in _sheets(book)])


def _twice_in_a_book(books: list[BookDraft], chance: Random) -> None:
    book = next(book for book in books if _sheets(book))
    page = chance.choice(_sheets(book))
    book.sheets.append(page.copy(f"{page.name} (2)"))


def _in_both_clusters(books: list[BookDraft], chance: Random) -> None:
    books[1].sheets.append(_any_sheet(books[:1], chance).copy("Đơn vị thêm"))


def _sent_twice(books: list[BookDraft], chance: Random) -> None:
    book = chance.choice(books[:2])
    books.append(BookDraft("gui-lai.xlsx", [page.copy(page.name) for page in book.sheets]))


def _unknown_unit(books: list[BookDraft], chance: Random) -> None:
    page = _any_sheet(books, chance)
    page.put("C8", "DV-99").put("C9", "Xã Không Có")


def _other_period(books: list[BookDraft], chance: Random) -> None:
    for page in chance.choice(books).sheets:
        page.put("C6" if _leaf_rows(page) else "C5", "2022")


def _dropped(books: list[BookDraft], chance: Random) -> None:
    gone = _any_sheet(books, chance)
    for book in books:
        book.sheets = [page for page in book.sheets if page is not gone]


def _headings_lost(books: list[BookDraft], chance: Random) -> None:
    page = _any_sheet(books, chance)
    for column in range(1, 11):
        page.put(f"{column_letters(column)}11", None)


def _score_column_renamed(books: list[BookDraft], chance: Random) -> None:
    _any_sheet(books, chance).put("H11", "Cột lạ")


ROUND_FAULTS: tuple[Callable[[list[BookDraft], Random], None], ...] = (
    _twice_in_a_book,
    _sent_twice,
    _unknown_unit,
    _other_period,
    _headings_lost,
    _score_column_renamed,
    _in_both_clusters,
    _dropped,
)


def spoiled_round(master: Master, chance: Random) -> list[BookDraft]:
    """Two cluster books with some faults in sheets and perhaps one of the round."""
    books = [clean_book(cluster, master, chance) for cluster in master.active_clusters]
    for fault in chance.sample(SHEET_FAULTS, chance.randint(0, 4)):
        fault(_any_sheet(books, chance), chance)
    for spoil in chance.sample(ROUND_FAULTS, chance.randint(0, 2)):
        spoil(books, chance)
    return books


def typed_points(books: list[BookDraft]) -> dict[Typing, Decimal | None]:
    """Every typed score of the clusters; None for one that is no number."""
    found: dict[Typing, Decimal | None] = {}
    for book in books:
        for page in _sheets(book):
            rows_with_points = [
                *_leaf_rows(page),
                *(row for (row, column), value in page.cells.items() if column == TEXT and value == FOREIGN),
            ]
            for row in rows_with_points:
                value = page.cells.get((row, SCORE))
                place = Typing(book.name, page.name, f"H{row}")
                if isinstance(value, float):
                    found[place] = Decimal(str(value))
                elif isinstance(value, str):
                    found[place] = _READABLE.get(value)
                elif (row, SCORE) in page.errors or (row, SCORE) in page.formulas:
                    found[place] = None
    return found


def points_in_result(path: Path) -> dict[Typing, Decimal]:
    """The scores in the sheet of details, by the cell they are said to come from."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Điểm chi tiết"]
    lines = list(sheet.iter_rows(values_only=True))
    at = next(number for number, line in enumerate(lines) if "Ô nguồn" in line)
    head = lines[at].index
    found: dict[Typing, Decimal] = {}
    for line in lines[at + 1 :]:
        if line[head("Điểm tính")] is None:
            continue
        place = Typing(*(str(line[head(name)]) for name in ("Tệp nguồn", "Trang nguồn", "Ô nguồn")))
        assert place not in found, f"{place} twice"
        found[place] = Decimal(str(line[head("Điểm tính")]))
    return found


def is_refused(place: Typing, findings: tuple[Finding, ...]) -> bool:
    """Tell whether a finding says that this cell, its row, its sheet or its file is not counted."""
    return any(_refuses(finding, place) for finding in findings if finding.severity is not Severity.NOTE)


def _refuses(finding: Finding, place: Typing) -> bool:
    where, code = finding.place, finding.code.id
    if code in _REFUSES_FILE:
        return place.file in {where.file, *finding.params.values()}
    if (where.file, where.sheet) != (place.file, place.sheet):
        return False
    return code in _REFUSES_SHEET or (code in _REFUSES_ROW and where.row == int(place.cell[1:]))


@given(st.integers(0, 2**32), st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=DISTRICTS)
def test_points_typed_are_points_consolidated_and_points_refused(seed: int, first: int, second: int) -> None:
    master = district(first, second)
    books = spoiled_round(master, Random(seed))
    with TemporaryDirectory() as folder:
        received = Path(folder) / "nhan"
        received.mkdir()
        for book in books:
            book.save(received)
        made = consolidate(received, master, Path(folder) / "ra")
        counted = points_in_result(made.outputs[0])
    typed = typed_points(books)
    assert counted.keys() <= typed.keys()
    assert counted == {place: points for place, points in typed.items() if place in counted}
    refused = {place for place in typed if place not in counted and is_refused(place, made.findings)}
    assert typed.keys() == counted.keys() | refused
    assert sum(points or 0 for points in typed.values()) == sum(counted.values()) + sum(
        typed[place] or 0 for place in refused
    )
