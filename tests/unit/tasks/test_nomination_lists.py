"""The lists of the nominated: blocks by award, recorded columns, statistics, the export."""

from pathlib import Path

import openpyxl

from tdkt_xl.tasks.nominate import nominate
from tdkt_xl.writers.nominations_book import BLOCK_COLOUR, list_rows
from tests.tools.forms import master_from, master_tables
from tests.tools.judged import (
    AN,
    AN_BINH,
    BINH,
    BINH_HOA,
    ON,
    consolidated,
    history,
    master,
    person,
    with_history,
)
from tests.tools.people import change

# The lists


def test_list_has_a_block_for_every_award(tmp_path: Path) -> None:
    result = with_history(
        tmp_path,
        person(1, **AN, rating="HTXSNV"),
        person(2, subject="Trần Văn 2", unit=AN_BINH, award="GK huyện"),
        person(3, **BINH),
    )
    rows = list_rows(result.nominations)["individuals"]
    assert [(row["number"], row["subject"]) for row in rows] == [
        (None, "LAO ĐỘNG TIÊN TIẾN"),
        (1, "Trần Văn An"),
        (2, "Lê Thị Bình"),
        (None, "GIẤY KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN"),
        (3, "Trần Văn 2"),
    ]


def test_recorded_columns_of_the_list(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(**BINH))
    row = list_rows(result.nominations)["individuals"][1]
    assert (row["salutation"], row["female"], row["direct"], row["category"]) == (
        "Bà",
        "x",
        "Trực tiếp",
        "Người trực tiếp",
    )
    assert row["held"] == "LĐTT 2022 (11/QĐ-UBND, 20/01/2023)"


def test_statistics_count_whom_the_plan_favours(tmp_path: Path) -> None:
    workers = change("people", 0, labour="Công nhân", ethnicity="Chơ Ro", remote="Có")
    result = with_history(
        tmp_path,
        person(1, **AN, rating="HTXSNV"),
        person(2, **BINH),
        person(3, subject="Người Lạ", unit=AN_BINH),
        person(4, subject="Trần Văn 4", unit=AN_BINH, months_employed=3),
        plants=[workers],
    )
    (row,) = (row for row in list_rows(result.nominations)["statistics"] if row["kind"] == "Cá nhân")
    numbers = {
        name: row[name] for name in ("total", "direct", "workers", "farmers", "women", "minority", "remote")
    }
    assert numbers == {
        "total": 3, "direct": 2, "workers": 1, "farmers": 0, "women": 1, "minority": 1, "remote": 1,
    }  # fmt: skip
    assert (str(row["women_share"]), row["unknown"]) == ("33.33", 1)


def test_field_of_work_comes_from_the_unit_and_a_blank_one_is_noted(tmp_path: Path) -> None:
    tables = master_tables()
    tables["units"][0]["work_field"] = "Quản lý nhà nước"
    chosen = master_from(tables)
    consolidated(
        tmp_path, individuals=[person(1, **AN), person(2, subject="Trần Văn 2", unit=BINH_HOA)], chosen=chosen
    )
    result = nominate(tmp_path / "ra", chosen, ON, tmp_path / "ra", export=True)
    book, export = (openpyxl.load_workbook(path) for path in result.outputs)
    listed = [(row[2], row[8]) for row in book["Cá nhân"].iter_rows(values_only=True) if row[0] in {1, 2}]
    assert listed == [("Trần Văn An", "Quản lý nhà nước"), ("Trần Văn 2", None)]
    assert export.active is not None
    fields = {row[2]: row[8] for row in export.active.iter_rows(min_row=2, values_only=True)}
    assert (fields["Trần Văn An"], fields["Trần Văn 2"]) == ("Quản lý nhà nước", None)
    (note,) = (item for item in result.findings if item.code.id == "KT-727")
    assert (note.params["count"], note.params["units"]) == (1, [BINH_HOA])


def test_export_has_exactly_the_nine_columns_and_no_refused(tmp_path: Path) -> None:
    consolidated(
        tmp_path,
        individuals=[
            person(1, **AN, rating="HTXSNV"),
            person(2, subject="Trần Văn 2", unit=AN_BINH, months_employed=3),
        ],
    )
    result = nominate(tmp_path / "ra", master(), ON, tmp_path / "ra", history(tmp_path), export=True)
    sheet = openpyxl.load_workbook(result.outputs[1]).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [
        "STT",
        "Tên gọi (Ông/Bà/Chức danh)",
        "Tên tập thể/cá nhân/hộ gia đình",
        "Chức vụ",
        "Đơn vị công tác",
        "Phân loại khen thưởng",
        "Danh hiệu/Hình thức",
        "Phân loại đối tượng",
        "Lĩnh vực hoạt động",
    ]
    assert rows[2] == [
        2,
        "Ông",
        "Trần Văn An",
        "Công chức",
        AN_BINH,
        "Cá nhân",
        "Lao động tiên tiến",
        "Người trực tiếp công tác, lao động, học tập, chiến đấu, phục vụ chiến đấu",
        None,
    ]
    assert len(rows) == 3
    (left,) = (item for item in result.findings if item.code.id == "KT-756")
    assert left.params == {"count": 1, "names": ["Trần Văn 2"]}


def test_block_colour_is_the_one_written(tmp_path: Path) -> None:
    result = with_history(tmp_path, person(**AN, rating="HTXSNV"))
    page = openpyxl.load_workbook(result.outputs[0])["Cá nhân"]
    head = next(row for row in page.iter_rows() if row[2].value == "LAO ĐỘNG TIÊN TIẾN")
    assert head[2].fill.fgColor.rgb == "FF" + "".join(f"{part:02X}" for part in BLOCK_COLOUR)
