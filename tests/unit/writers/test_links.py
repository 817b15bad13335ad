from pathlib import Path

import pytest

from tdkt_xl.findings import Place
from tdkt_xl.writers.book import Link
from tdkt_xl.writers.links import SourceLinks

OUT, INBOX = Path("/data/ra"), Path("/data/nhan")


def link(file: str, place: Place) -> Link | str:
    return SourceLinks(OUT, {"cum.xlsx": INBOX / file}).to(place, "mở")


@pytest.mark.parametrize(
    ("place", "url"),
    [
        (Place("cum.xlsx", "Tổng hợp", 12, 5), "external:../nhan/a.xlsx#'Tổng hợp'!E12"),
        (Place("cum.xlsx", "Tổng hợp", 12), "external:../nhan/a.xlsx#'Tổng hợp'!A1"),
        (Place("cum.xlsx", "Tổng hợp"), "external:../nhan/a.xlsx#'Tổng hợp'!A1"),
        (Place("cum.xlsx", "D'Ran", 1, 1), "external:../nhan/a.xlsx#'D''Ran'!A1"),
        (Place("cum.xlsx"), "external:../nhan/a.xlsx"),
    ],
)
def test_link_leads_from_the_result_to_the_place(place: Place, url: str) -> None:
    assert link("a.xlsx", place) == Link(url, "mở")


@pytest.mark.parametrize(
    "name", ["cụm 100%.xlsx", "a & b.xlsx", "a' b.xlsx", "cụm (1) [x].xlsx", "a" * 180 + ".xlsx"]
)
def test_usual_names_can_be_linked(name: str) -> None:
    assert isinstance(link(name, Place("cum.xlsx")), Link)


@pytest.mark.parametrize(
    "name", ["cum #3.xlsx", "cum%20x.xlsx", "cum-\udcff.xlsx", "cum\x01.xlsx", "a" * 250 + ".xlsx"]
)
def test_path_that_cannot_stand_in_a_link_is_shown_as_text(name: str) -> None:
    assert link(name, Place("cum.xlsx", "S", 1, 1)) == "mở"


def test_unknown_file_is_shown_as_text() -> None:
    assert link("a.xlsx", Place("khac.xlsx")) == "mở"


def test_other_drive_is_linked_by_its_full_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_common_root(*_: object) -> str:
        msg = "path is on mount 'D:', start on mount 'C:'"
        raise ValueError(msg)

    monkeypatch.setattr("os.path.relpath", no_common_root)
    assert link("a.xlsx", Place("cum.xlsx")) == Link(f"external:{INBOX / 'a.xlsx'}", "mở")
