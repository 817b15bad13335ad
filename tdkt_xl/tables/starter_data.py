"""The master data a new office starts from: real communes, everything else marked "ví dụ"."""

import csv
import io
from importlib import resources

from tdkt_xl.domain.criteria import RowKind, ScoringRule
from tdkt_xl.domain.scoring.terms import Direction, Measure

_LABELS: dict[str, dict[str, str]] = {
    "units.kind": {
        "xa": "Xã và thị trấn",
        "dang": "Cơ quan Đảng",
        "doan_the": "MTTQ và đoàn thể",
        "co_quan": "Cơ quan nhà nước",
        "nganh_doc": "Ngành dọc và nội chính",
        "mam_non": "Mầm non",
        "tieu_hoc": "Tiểu học",
        "thcs_thpt": "THCS và THPT",
    },
    "criteria.kind": {kind.value: kind.label for kind in RowKind},
    "criteria.rule": {rule.value: rule.label for rule in ScoringRule},
    "criteria.direction": {item.value: item.label for item in Direction},
    "criteria.measure": {item.value: item.label for item in Measure},
}
"""Codes of the source files → the words the workbook shows."""


def read_starter(name: str) -> list[dict[str, str]]:
    """Rows of a starter table (units, clusters, members, …), codes turned into Vietnamese words."""
    text = resources.files("tdkt_xl.tables").joinpath("starter", f"{name}.csv").read_text(encoding="utf-8")
    return with_labels(name, list(csv.DictReader(io.StringIO(text))))


def with_labels(name: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Turn the codes of a table into the words the workbook shows."""
    for field_path, labels in _LABELS.items():
        table, _, field = field_path.partition(".")
        if table == name:
            rows = [{**row, field: labels.get(row[field], row[field])} for row in rows]
    return rows
