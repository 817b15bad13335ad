"""Several tables in one sheet of a received workbook: all are read, or the one that is not is named."""

from pathlib import Path

from tdkt_xl.tasks.round import check_round
from tests.tools.forms import BookDraft, tiny_master
from tests.tools.grids import draft, spots

HEADINGS = "| TT | Đơn vị | TC1 | TC2 | TC3 | Tổng điểm | Xếp hạng |"
ABOVE = f"""
    | Kỳ chấm điểm: | 2023 |
    | Cụm thi đua: | Cụm thi đua số 1 |
    {HEADINGS}
    | 1 | Xã An Bình | 10 | 9 | 8 | 27 | 1 |
"""
BELOW = """
    | 2 | Xã Bình Hòa | 9 | 8 | 7 | 24 | 2 |
    | 3 | Thị trấn Cẩm Sơn | 8 | 8 | 6 | 22 | 3 |
"""


def ranked(folder: Path, *parts: str) -> tuple[list[str], list[object]]:
    """Units ranked and what was found in a sheet of these parts."""
    text = "".join(part.rstrip() for part in parts)
    path = BookDraft("a.xlsx", [draft(text, name="Bảng")]).save(folder)
    checked = check_round([path], tiny_master())
    names = [item.unit_name for standings in checked.standings for item in standings.ranked]
    return names, list(spots(checked.findings))


def test_wide_table_goes_on_below_headings_written_again(tmp_path: Path) -> None:
    names, findings = ranked(tmp_path, ABOVE, f"\n    {HEADINGS}", BELOW)
    assert names == ["Xã An Bình", "Xã Bình Hòa", "Thị trấn Cẩm Sơn"]
    assert findings == []


def test_wide_table_goes_on_below_a_signature(tmp_path: Path) -> None:
    """One page of a long table may be signed before the next."""
    names, _ = ranked(tmp_path, ABOVE, f"\n    | | CỤM TRƯỞNG |\n    {HEADINGS}", BELOW)
    assert names == ["Xã An Bình", "Xã Bình Hòa", "Thị trấn Cẩm Sơn"]


def test_table_of_another_period_below_is_named_and_not_counted(tmp_path: Path) -> None:
    other = f"\n    | | CỤM TRƯỞNG |\n    | Kỳ chấm điểm: | 2022 |\n    {HEADINGS}"
    names, findings = ranked(tmp_path, ABOVE, other, BELOW)
    assert names == ["Xã An Bình"]
    assert ("Bảng", "B7", "KT-154") in findings
