"""The whole corpus, in the order of its folders, and where each file of it lies."""

from functools import cache
from pathlib import Path

from tests.tools.corpus import (
    of_awards,
    of_catalogues,
    of_cells,
    of_decisions,
    of_files,
    of_people,
    of_proposals,
    of_returns,
    of_rounds,
    of_scoring,
    of_texts,
    passing,
)
from tests.tools.corpus.case import Case, Shelf

ROOT = Path(__file__).resolve().parents[2] / "workbooks"
FAIL, PASS = "should_fail", "should_pass"


@cache
def all_cases() -> dict[str, tuple[Case, ...]]:
    """Cases of should_fail and should_pass."""
    files, folders, books = Shelf("tep"), Shelf("thu-muc"), Shelf("so-cum")
    sheets, wide, rounds, masters = (
        Shelf("phieu-cham-diem"),
        Shelf("bang-ngang"),
        Shelf("dot"),
        Shelf("danh-muc"),
    )
    of_files.add_files(files)
    of_files.add_folders(folders)
    of_files.add_sheets(books)
    of_files.add_rows(books)
    of_texts.add_texts(books)
    of_rounds.add_cluster_books(books)
    of_rounds.add_large_books(books)
    of_scoring.add_computed(books)
    of_rounds.add_proposals(books)
    of_cells.add_scores(sheets)
    of_cells.add_totals(sheets)
    of_cells.add_page(sheets)
    of_rounds.add_wide_tables(wide)
    of_rounds.add_below_wide_tables(wide)
    of_rounds.add_rounds(rounds)
    of_rounds.add_masters(masters)
    of_catalogues.add_terms(masters)
    of_catalogues.add_office_rules(masters)
    of_catalogues.add_forms(masters)
    of_catalogues.add_limits(books)
    people = Shelf("ho-so")
    of_people.add_people(people)
    of_people.add_imports(people)
    of_people.add_own_parts(people)
    returns, decisions = Shelf("tra-lai"), Shelf("quyet-dinh")
    of_returns.add_letters(returns)
    of_returns.add_versions(returns)
    of_returns.add_asked(returns)
    of_decisions.add_rulings(decisions)
    of_decisions.add_frozen(decisions)
    judged, paid = Shelf("de-nghi"), Shelf("tien-thuong")
    of_proposals.add_recorded(judged)
    of_proposals.add_together(judged)
    of_proposals.add_commands(judged)
    of_awards.add_quotas(judged)
    of_awards.add_laws(judged)
    of_awards.add_rewards(paid)
    received = (files, folders, books, sheets, wide, rounds, masters, people)
    shelves = (*received, returns, decisions, judged, paid)
    return {FAIL: tuple(case for shelf in shelves for case in shelf.cases), PASS: tuple(passing.cases())}


def paths_of(folder: str, case: Case) -> dict[Path, bytes]:
    """Every file of a case: the workbooks and the list of findings."""
    base = ROOT / folder / case.name
    together = len(case.files) > 1 or case.command != "validate"
    files = {(base if together else base.parent) / name: data for name, data in case.files.items()}
    return {**files, base.parent / f"{base.name}.findings": case.text.encode()}
