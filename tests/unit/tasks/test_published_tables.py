"""Faults that were printed in published tables, met again as a user would meet them."""

from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.master import Master
from tdkt_xl.findings.render import message
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.round import check_round
from tdkt_xl.tasks.validate import validate
from tests.tools.forms import BookDraft, master_from, master_tables, receive, rows, tiny_master
from tests.tools.grids import Draft, Spot, spots
from tests.tools.published import PROVINCES, catalogue_tables, police_tables, six_provinces, write_catalogue

CATALOGUES = {
    "catalogue_school_it": ("4", 10, 12, 102, "CNTT-TRUONG"),
    "catalogue_form03": ("A", 30, Decimal("30.5"), Decimal("100.5"), "MAU-03"),
    "catalogue_form02": ("B", 70, 65, 95, "MAU-02"),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_published_catalogue_whose_group_does_not_add_up(name: str, tmp_path: Path) -> None:
    path, declared, computed, total, code = CATALOGUES[name]
    tables = catalogue_tables(name, "100")
    at = next(number for number, row in enumerate(tables["criteria"], start=7) if row["path"] == path)
    checked = check_round([write_catalogue(tmp_path, tables)], tiny_master())
    assert spots(checked.findings) == [("Danh mục", "D7", "KT-603"), ("Tiêu chí", f"G{at}", "KT-602")]
    params = {finding.code.id: finding.params for finding in checked.findings}
    assert params["KT-602"] == {"catalogue": code, "path": path, "declared": declared, "computed": computed}
    assert params["KT-603"] == {"catalogue": code, "declared": 100, "computed": total}
    assert [report.status for report in checked.files] == ["Có lỗi"]


def test_published_tree_of_a_thousand_points_adds_up(tmp_path: Path) -> None:
    checked = check_round([write_catalogue(tmp_path, police_tables())], tiny_master())
    (finding,) = checked.findings
    assert spots([finding]) == [("Danh mục", "D7", "KT-613")]
    assert finding.params == {"catalogue": "CA-1000", "leaves": 176, "total": 1000}
    assert [report.status for report in checked.files] == ["Hợp lệ"]


TITLE = "KẾT QUẢ CHẤM ĐIỂM THI ĐUA CỤM THI ĐUA SỐ 9 NĂM 2023"
RANKING = [
    ("Nghệ An", "931.54", 1),
    ("Quảng Bình", "919.49", 2),
    ("Thanh Hóa", "904.58", 3),
    ("Thừa Thiên Huế", "879.08", 4),
    ("Hà Tĩnh", "861.84", 5),
    ("Quảng Trị", "783.8", 6),
]
VARIANTS: dict[str, tuple[Draft, int, int]] = {
    "as printed": (six_provinces(), 4, 1),
    "without merges": (six_provinces(merged=False), 4, 1),
    "column numbers": (six_provinces(ordinals=True), 5, 1),
    "column numbers, no merges": (six_provinces(ordinals=True, merged=False), 5, 1),
    "blank rows between units": (six_provinces(blank_rows=True), 4, 2),
    "title": (six_provinces(title=TITLE), 6, 1),
    "title, all variations": (
        six_provinces(title=TITLE, merged=False, ordinals=True, blank_rows=True),
        7,
        2,
    ),
}
"""The table, the row of the first unit, and the step from unit to unit."""


def provinces_master() -> Master:
    """The tiny master data with the six provinces as cluster 9."""
    tables = master_tables()
    codes = [f"T-{number}" for number in range(1, 7)]
    tables["units"] += [
        {"code": code, "name": name, "kind": "Cơ quan nhà nước"}
        for code, name in zip(codes, PROVINCES, strict=True)
    ]
    tables["clusters"] += rows("period code name catalogue", "2023 | C09 | Cụm thi đua số 9 | TD-2023")
    tables["members"] += rows("period cluster unit", *(f"2023 | C09 | {code}" for code in codes))
    return master_from(tables)


def of_the_table(first: int, step: int) -> list[Spot]:
    """What is wrong in the table itself, whatever stands around it."""
    third = first + 2 * step
    drifts = [first + number * step for number in (0, 1, 3, 4, 5)]
    return [
        ("Bảng điểm", f"T{third}", "KT-201"),
        ("Bảng điểm", f"AJ{third}", "KT-408"),
        *(("Bảng điểm", f"AJ{row}", "KT-407") for row in drifts),
    ]


@pytest.mark.parametrize("variant", VARIANTS)
def test_lost_cell_of_the_six_provinces_is_named(variant: str, tmp_path: Path) -> None:
    table, first, step = VARIANTS[variant]
    cluster = [("Bảng điểm", "B1" if "title" in variant else "", "KT-304")]
    checked = receive(tmp_path, BookDraft("sau-tinh.xlsx", [table]))
    assert spots(checked.findings) == sorted(cluster + of_the_table(first, step))
    lost = next(finding for finding in checked.findings if finding.code.id == "KT-408")
    assert lost.params == {
        "column": "Tổng điểm",
        "typed": Decimal("836.03"),
        "computed": Decimal("861.84"),
        "difference": Decimal("25.81"),
        "cell": [f"T{first + 2 * step}"],
        "text": ["25,67"],
        "rounding": " (còn lại 0,14 do làm tròn hiển thị)",
    }
    text = next(finding for finding in checked.findings if finding.code.id == "KT-201")
    assert text.params == {"column": "A / III / TC2", "text": "25,67", "value": Decimal("25.67")}


@pytest.mark.parametrize("variant", VARIANTS)
def test_six_provinces_are_ranked_by_their_cells(variant: str, tmp_path: Path) -> None:
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    BookDraft("sau-tinh.xlsx", [VARIANTS[variant][0]]).save(inbox)
    (cluster,) = consolidate(inbox, tiny_master(), tmp_path / "ra").consolidated.clusters
    assert [(item.unit_name, str(item.total), item.rank) for item in cluster.ranked] == RANKING
    assert not any(item.tied for item in cluster.ranked)


def test_six_provinces_of_a_known_cluster_leave_only_the_faults_of_the_table(tmp_path: Path) -> None:
    table, first, step = VARIANTS["title"]
    checked = receive(tmp_path, BookDraft("sau-tinh.xlsx", [table]), master=provinces_master())
    assert spots(checked.findings) == sorted(of_the_table(first, step))
    (standings,) = checked.standings
    assert (standings.code, [item.unit_name for item in standings.standings]) == (
        "C09",
        [name for name, _, _ in RANKING],
    )


def test_validate_tells_the_lost_cell_in_words(tmp_path: Path) -> None:
    path = BookDraft("sau-tinh.xlsx", [six_provinces()]).save(tmp_path)
    findings = validate([path], tiny_master(), None).findings
    sentence = next(message(finding) for finding in findings if finding.code.id == "KT-408")
    assert sentence == (
        "Cột “Tổng điểm”: ghi 836,03, cộng đủ các ô được 861,84. Phần lệch 25,81 đúng bằng ô T6 (“25,67”) "
        "bị bỏ sót vì nhập dạng chữ (còn lại 0,14 do làm tròn hiển thị)."
    )
