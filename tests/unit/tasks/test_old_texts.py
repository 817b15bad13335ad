"""A book typed in an old encoding is read like its Unicode twin, and told so without a flood."""

from dataclasses import replace
from pathlib import Path

import pytest

from tdkt_xl.findings import Place
from tdkt_xl.findings.codes import texts as codes
from tdkt_xl.findings.render import message
from tdkt_xl.tasks.folding import areas, fold_repeated
from tdkt_xl.tasks.round import Round
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.forms import (
    cluster_book,
    faults,
    master_from,
    master_tables,
    receive,
)
from tests.tools.grids import Draft, position
from tests.tools.legacy_text import typed

FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}
SHEET = "An Bình"


def old(page: Draft, encoding: Encoding, *, font: bool) -> Draft:
    """The same sheet as it would have been typed before Unicode."""
    page.cells = {
        at: typed(cell, encoding) if isinstance(cell, str) else cell for at, cell in page.cells.items()
    }
    return page.in_font(FONTS[encoding]) if font else page


def standing(checked: Round) -> list[tuple[object, ...]]:
    return [
        (item.unit_code, item.unit_name, item.self_total, item.cluster_total, item.rank)
        for cluster in checked.standings
        for item in cluster.standings
    ]


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("font", [True, False])
def test_whole_book_is_read_like_its_twin(tmp_path: Path, encoding: Encoding, font: bool) -> None:
    book = cluster_book()
    (tmp_path / "twin").mkdir()
    twin = receive(tmp_path / "twin", cluster_book())
    checked = receive(
        tmp_path, replace(book, sheets=[old(page, encoding, font=font) for page in book.sheets])
    )
    assert standing(checked) == standing(twin)
    assert twin.findings == ()
    assert {finding.code.id for finding in checked.findings} == {"KT-247"}
    assert sorted(finding.place.sheet for finding in checked.findings) == sorted(
        page.name for page in book.sheets
    )


@pytest.mark.parametrize("encoding", Encoding)
def test_one_sheet_of_a_unicode_book(tmp_path: Path, encoding: Encoding) -> None:
    book = cluster_book()
    old(book[SHEET], encoding, font=True)
    (tmp_path / "twin").mkdir()
    checked = receive(tmp_path, book)
    assert standing(checked) == standing(receive(tmp_path / "twin", cluster_book()))
    (finding,) = checked.findings
    assert (finding.code.id, finding.place.sheet) == ("KT-247", SHEET)
    assert finding.params["code"] == {"TCVN3": "KT-240", "VNI": "KT-241"}[encoding.name]
    assert "C9" in str(finding.params["cells"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("C9", "Xã An Bình"),
        ("B14", "Đạt chuẩn về y tế"),
        ("H11", "Điểm cụm chấm"),
        ("C7", "Cụm thi đua số 1"),
    ],
)
@pytest.mark.parametrize("encoding", Encoding)
def test_one_cell(tmp_path: Path, cell: str, text: str, encoding: Encoding) -> None:
    """Unit, criterion, heading, cluster: recognised all the same, told at the cell."""
    book = cluster_book()
    assert book[SHEET].cells[position(cell)] == text
    book[SHEET].put(cell, typed(text, encoding)).in_font(FONTS[encoding], cell)
    code = {"TCVN3": "KT-240", "VNI": "KT-241"}[encoding.name]
    assert faults(tmp_path, book) == [(SHEET, cell, code)]


def test_a_name_without_marks_is_asked_about(tmp_path: Path) -> None:
    book = cluster_book()
    book[SHEET].put("C9", "Xa An Binh")
    checked = receive(tmp_path, book)
    (finding,) = checked.findings
    assert (finding.place.cell, finding.code.id) == ("C9", "KT-244")
    assert "Có phải “Xã An Bình”?" in message(finding)


def test_a_name_without_marks_alone_names_no_unit(tmp_path: Path) -> None:
    book = cluster_book()
    book[SHEET].put("C8", None).put("C9", "Xa An Binh")
    findings = [finding for finding in receive(tmp_path, book).findings if finding.code.id == "KT-301"]
    assert ["Có phải ý ông/bà là “Xã An Bình”?" in message(finding) for finding in findings] == [True]


def test_master_data_in_an_old_encoding_is_read_and_told(tmp_path: Path) -> None:
    tables = master_tables()
    tables["units"][0]["name"] = typed("Xã An Bình", Encoding.TCVN3)
    master = master_from(tables)
    assert master.register.units["DV-01"].name == "Xã An Bình"
    assert [remark.code.id for remark in master.remarks] == ["KT-240"]


def test_ten_are_told_one_by_one_eleven_together() -> None:
    told = [
        codes.TCVN3_TEXT.at(Place("a.xlsx", "Trang 1", row, 2), text=f"{row}", meant="", reason="")
        for row in range(1, 12)
    ]
    other = codes.TCVN3_TEXT.at(Place("a.xlsx", "Trang 2", 1, 1), text="", meant="", reason="")
    assert fold_repeated([*told[:10], other]) == [*told[:10], other]
    (kept, folded) = fold_repeated([*told, other])[::-1]
    assert (folded.code.id, folded.place, folded.params["count"]) == ("KT-247", told[0].place, 11)
    assert folded.params["cells"] == "B1:B11"
    assert folded.also == tuple(finding.place for finding in told[1:])
    assert kept == other


def test_stray_characters_are_folded_as_a_note() -> None:
    told = [
        codes.STRAY_CHARACTERS.at(Place("a.xlsx", "Trang 1", row, 2), text="", reason="")
        for row in range(1, 12)
    ]
    assert [finding.code.id for finding in fold_repeated(told)] == ["KT-248"]


def test_areas() -> None:
    assert areas([(1, 1)]) == ["A1"]
    assert areas([(2, 3), (1, 3), (4, 3), (1, 4), (2, 4), (9, 28)]) == ["C1:D2", "C4", "AB9"]
    assert areas([]) == []
