"""Workbooks of the corpus, mixed: a large round finds, asks and ranks what a small one does."""

from pathlib import Path
from random import Random

import pytest

from tdkt_xl.findings.render import as_records
from tdkt_xl.tasks import shared_work
from tdkt_xl.tasks.consolidate import clusters_document, consolidate
from tdkt_xl.tasks.executors import Here
from tdkt_xl.tasks.large_round import consolidate_large
from tdkt_xl.tasks.master import load_master
from tdkt_xl.writers.master_book import build_master_book
from tests.tools.corpus.case import masters
from tests.tools.corpus.shelves import all_cases
from tests.tools.forms import OFFICE

FILES = 40


def received(master: str) -> list[tuple[str, bytes]]:
    """The workbooks of the cases with these master data, each under a name of its own."""
    files = [
        (name, data)
        for cases in all_cases().values()
        for case in cases
        if case.master == master
        for name, data in case.files.items()
        if not name.startswith("ra/")
    ]
    return [(f"{number:03} {Path(name).name}", data) for number, (name, data) in enumerate(files)]


@pytest.mark.parametrize(("master", "seed"), [("danh-muc", 1), ("danh-muc", 2), ("danh-muc", 3), ("xet", 1)])
def test_mixed_workbooks_come_to_the_same(
    master: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_work, "FILES_A_PART", 3)
    files = received(master)
    inbox, book = tmp_path / "nhan", tmp_path / "danh-muc.xlsx"
    inbox.mkdir()
    for name, data in Random(seed).sample(files, min(FILES, len(files))):
        (inbox / name).write_bytes(data)
    book.write_bytes(build_master_book(masters()[master], OFFICE))
    loaded = load_master(book)
    small = consolidate(inbox, loaded, tmp_path / "nho")
    large = consolidate_large(inbox, book, loaded, tmp_path / "lon", Here(), ahead=1)
    assert as_records(large.findings) == as_records(small.findings)
    assert clusters_document(large.clusters) == clusters_document(small.consolidated.clusters)
    asked = [row.question for row in small.consolidated.decisions]
    assert asked
    assert [row.question for row in large.decisions] == asked
