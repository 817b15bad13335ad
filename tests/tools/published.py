"""Tables that were published with faults in them, in the form a clerk has them in Excel."""

import csv
from itertools import groupby, pairwise
from pathlib import Path

from tdkt_xl.tables.grid import Range
from tdkt_xl.writers.master_book import build_master_book
from tests.tools.forms import OFFICE, Tables, criteria
from tests.tools.grids import Draft
from tests.tools.sample_district import ROOT

DATA = ROOT / "tests" / "data"
PROVINCES = ("Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên Huế")


def read_csv(name: str) -> list[dict[str, str]]:
    """Rows of a file of tests/data."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def six_provinces(
    *, title: str = "", merged: bool = True, ordinals: bool = False, blank_rows: bool = False
) -> Draft:
    """The result table of six provinces: three stacked header rows, TC1 … again under each group.

    Without a title the header stands in rows 1 to 3; TT in A, the unit in B, 33 scores in C … AI, the
    printed total in AJ, the printed rank in AK.
    """
    table = read_csv("exB_six_provinces_matrix")
    paths = [name for name in table[0] if name[1:2] == "."]
    made = Draft("Bảng điểm")
    top = 1
    if title:
        made.put("B1", title)
        top = 3
    _head(made, paths, top, merged=merged)
    row = top + 3
    if ordinals:
        for column in range(1, len(paths) + 5):
            made.cells[row, column] = f"({column})"
        row += 1
    for number, line in enumerate(table, start=1):
        made.cells[row, 1] = float(number)
        made.cells[row, 2] = line["unit"]
        for column, name in enumerate([*paths, "printed_total", "printed_rank"], start=3):
            text = line[name]
            made.cells[row, column] = text if "," in text else float(text)
        row += 2 if blank_rows else 1
    return made


def _head(made: Draft, paths: list[str], top: int, *, merged: bool) -> None:
    levels = [path.split(".") for path in paths]
    last = len(paths) + 3
    for column, text in ((1, "TT"), (2, "Đơn vị"), (last, "Tổng điểm"), (last + 1, "Xếp thứ tự")):
        _label(made, text, (top, column, top + 2, column), merged=merged)
    for depth in (0, 1):
        column = 3
        for key, group in groupby(levels, key=lambda parts: tuple(parts[: depth + 1])):
            width = len(list(group))
            if len(key) == depth + 1 and (depth == 0 or width > 1):
                deep = 1 if depth == 0 and not any(len(p) == 3 for p in levels if p[0] == key[0]) else 0
                span = (top + depth, column, top + depth + deep, column + width - 1)
                _label(made, key[-1], span, merged=merged)
            column += width
    number = 0
    for column, (before, parts) in enumerate(pairwise([[], *levels]), start=3):
        number = number + 1 if before[:-1] == parts[:-1] else 1
        made.cells[top + 2, column] = f"TC{number}"


def _label(made: Draft, text: str, span: tuple[int, int, int, int], *, merged: bool) -> None:
    made.cells[span[0], span[1]] = text
    if merged:
        made.merges.append(Range(*span))


def catalogue_tables(name: str, total: str) -> Tables:
    """The catalogue sheets of a published catalogue that has the columns of ours."""
    table = read_csv(name)
    columns = ("path", "text", "kind", "rule", "maximum", "step", "evidence")
    code = table[0]["catalogue"]
    lines = ["|".join(row[column] for column in columns) for row in table]
    rows = criteria(code, *lines)
    numbers = [row["number"] for row in table]
    return {
        "catalogues": [{"code": code, "name": f"Danh mục {code}", "total": total}],
        "criteria": [{**row, "number": number} for row, number in zip(rows, numbers, strict=True)],
    }


def police_tables() -> Tables:
    """The 1,000-point tree as catalogue sheets; leaves carry no title in print, only their number."""
    kinds = {"parent": ("group", ""), "quantitative": ("criterion", "quantity")}
    rows = []
    for row in read_csv("exA_police_commune_cluster_1000"):
        kind, rule = kinds.get(row["type"], ("criterion", row["type"]))
        text = row["group_name"] or f"Tiêu chí số {row['code']}"
        line = "|".join((row["path"], text, kind, rule, row["max_points"], "", ""))
        rows += [{**item, "number": row["code"]} for item in criteria("CA-1000", line)]
    return {
        "catalogues": [{"code": "CA-1000", "name": "Bảng điểm công an cấp xã", "total": "1000"}],
        "criteria": rows,
    }


def write_catalogue(folder: Path, tables: Tables) -> Path:
    """Write a workbook that holds only the catalogue sheets."""
    path = folder / "danh-muc-tieu-chi.xlsx"
    path.write_bytes(build_master_book(tables, OFFICE))
    return path
