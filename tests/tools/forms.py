"""A tiny organisation and its clean received files, ready for one fault each.

Every clean scoring sheet has its headings in row 11 and, from row 12, the rows of the catalogue::

    12 I    13 I.1   14 I.2   15 I.3   16 II   17 II.1   18 III   19 III.1   20 IV   21 IV.1   22 total

columns A number, B text, C maximum, D target, E result, F self, G evidence, H cluster, I appraised,
J reason; rows 6 … 9 hold period, cluster, unit code and unit in column C. The summary and the lists
have their headings in row 8 and their rows from row 9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.domain.criteria import RowKind, ScoringRule
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding
from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.grid import Grid, ReceivedBook
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import Round, check_round
from tdkt_xl.writers.book import Organisation
from tdkt_xl.writers.forms import build_cluster_book
from tdkt_xl.writers.master_book import build_master_book
from tdkt_xl.writers.score_sheet import SheetContent, SheetRow
from tests.tools.grids import Draft, Spot, spots, write_book
from tests.tools.sample_district import summary_rows

OFFICE = Organisation("ỦY BAN NHÂN DÂN HUYỆN MẪU", "PHÒNG NỘI VỤ", "Mẫu")
Row = dict[str, str]
Tables = dict[str, list[Row]]
Typed = Mapping[tuple[str, str, str], object]
"""Values typed over the clean ones: (unit code, path of the criterion, field) → value."""


def rows(columns: str, *lines: str) -> list[Row]:
    """Rows of a table written with one line a row and a bar between cells."""
    names = columns.split()
    return [dict(zip(names, map(str.strip, line.split("|")), strict=True)) for line in lines]


_KINDS = {kind.value: kind.label for kind in RowKind}
_RULES = {rule.value: rule.label for rule in ScoringRule}


def criteria(catalogue: str, *lines: str) -> list[Row]:
    """Rows of a criteria catalogue: path | text | kind | rule | maximum | step | evidence."""
    made = rows("path text kind rule maximum step evidence", *lines)
    return [
        {
            **row,
            "catalogue": catalogue,
            "number": row["path"].rpartition("/" if "/" in row["path"] else ".")[2],
            "kind": _KINDS[row["kind"]],
            "rule": _RULES.get(row["rule"], ""),
            "per_minus": "0.5" if row["rule"] == "deduction" else "",
        }
        for row in made
    ]


def master_tables() -> Tables:
    """The tiny master data, without a fault: change the tables to plant one."""
    return {
        "parameters": rows(
            "key name value",
            "active_periods | Kỳ đang làm | 2023",
            "rounding_tolerance | Dung sai làm tròn | 0,3",
        ),
        "units": rows(
            "code name short_name kind valid_from valid_to",
            "DV-01 | Xã An Bình | An Bình | Xã và thị trấn | |",
            "DV-02 | Xã Bình Hòa | Bình Hòa | Xã và thị trấn | |",
            "DV-03 | Thị trấn Cẩm Sơn | Cẩm Sơn | Xã và thị trấn | |",
            "DV-04 | Trường Tiểu học Đông Hà | TH Đông Hà | Tiểu học | 2001-09-01 |",
            "DV-05 | Trường Tiểu học Gia Lộc | TH Gia Lộc | Tiểu học | |",
            "DV-06 | Xã Hưng Thịnh | Hưng Thịnh | Xã và thị trấn | | 2020-12-31",
        ),
        "clusters": rows(
            "period code name description catalogue leader deputy",
            "2023 | C01 | Cụm thi đua số 1 | khối xã | TD-2023 | DV-01 | DV-02",
            "2023 | C02 | Cụm thi đua số 2 | khối trường | TD-2023 | DV-04 | DV-05",
            "2022 | C01 | Cụm thi đua số 1 | khối xã | TD-2023 | DV-01 | DV-02",
        ),
        "members": rows(
            "period cluster unit",
            "2023 | C01 | DV-01",
            "2023 | C01 | DV-02",
            "2023 | C01 | DV-03",
            "2023 | C02 | DV-04",
            "2023 | C02 | DV-05",
            "2022 | C01 | DV-01",
            "2022 | C01 | DV-02",
        ),
        "catalogues": rows("code name period total", "TD-2023 | Bảng tiêu chí thi đua năm 2023 | 2023 | 20"),
        "criteria": criteria(
            "TD-2023",
            "I    | Phát triển kinh tế, xã hội            | group         |           | 12 |      |  ",
            "I.1  | Thu ngân sách trên địa bàn            | criterion     | direct    | 5  | 0.25 |  ",
            "I.2  | Đạt chuẩn về y tế                     | criterion     | pass_fail | 4  | 4    |  ",
            "I.3  | Giải quyết việc làm mới               | criterion     | quantity  | 3  | 0.5  |  ",
            "II   | Cải cách hành chính                   | group         |           | 8  |      |  ",
            "II.1 | Giải quyết hồ sơ đúng hạn             | criterion     | direct    | 8  | 0.5  | x",
            "III  | Điểm thưởng                           | bonus_group   |           | 2  |      |  ",
            "III.1| Mô hình mới được tỉnh công nhận       | bonus         | direct    | 2  | 0.5  | x",
            "IV   | Điểm trừ                              | penalty_group |           | -3 |      |  ",
            "IV.1 | Nộp báo cáo muộn                      | penalty       | deduction | -3 | 0.5  |  ",
        ),
        "bands": rows(
            "catalogue band lower_bound",
            "TD-2023 | Xuất sắc | 18",
            "TD-2023 | Tốt | 14",
            "TD-2023 | Khá | 10",
            "TD-2023 | Yếu | 0",
        ),
        "aliases": rows("alias unit", "UBND xã An Bình | DV-01"),
    }


def write_master(folder: Path, tables: Tables | None = None, name: str = "danh-muc.xlsx") -> Path:
    """Write a master-data workbook."""
    path = folder / name
    path.write_bytes(build_master_book(tables or master_tables(), OFFICE))
    return path


def master_from(tables: Tables) -> Master:
    """The master data of some tables, read back from their workbook."""
    with TemporaryDirectory() as folder:
        return load_master(write_master(Path(folder), tables))


@cache
def tiny_master() -> Master:
    """The clean tiny master data."""
    return master_from(master_tables())


# Self and cluster scores of I.1, I.2, I.3, II.1, III.1, IV.1: no two totals alike.
_SCORES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "DV-01": ((5, 4, 3, 7.5, 1, 0), (4.5, 4, 2.5, 7, 1, 0)),
    "DV-02": ((4.25, 4, 2, 7, 0, 0), (4, 4, 2, 6.5, 0, -0.5)),
    "DV-03": ((3.5, 0, 2, 6, 0, 0), (3.25, 0, 2, 6, 0, 0)),
    "DV-04": ((5, 4, 2.5, 8, 0, 0), (5, 4, 2.5, 7.5, 0, 0)),
    "DV-05": ((4, 4, 2, 7, 0, 0), (4, 4, 1.5, 7, 0, 0)),
}


def content_of(
    code: str, typed: Typed | None = None, master: Master | None = None, cluster: Cluster | None = None
) -> SheetContent:
    """The clean scoring sheet of a unit in its cluster, with values typed over it."""
    chosen = master or tiny_master()
    unit = chosen.register.units[code]
    home = cluster or next(item for item in chosen.active_clusters if code in item.members)
    catalogue = chosen.catalogues[home.catalogue]
    own, given = _SCORES.get(code, ((), ()))
    lines: list[SheetRow] = []
    for criterion in catalogue.rows:
        values: dict[str, object] = {}
        if not criterion.kind.is_group:
            at = sum(not line.criterion.kind.is_group for line in lines if line.criterion)
            # A catalogue with more leaves than the tiny one: nothing is scored there.
            values = {
                "self_score": own[at] if at < len(own) else 0,
                "cluster_score": given[at] if at < len(given) else 0,
            }
            if criterion.evidence:
                values["evidence"] = "BC số 12/BC-UBND"
        values |= {
            field: value
            for (unit_code, path, field), value in (typed or {}).items()
            if (unit_code, path) == (code, criterion.path)
        }
        lines.append(SheetRow(criterion, values))
    identity = {"period": home.period.key, "cluster": home.name, "unit_code": code, "unit": unit.name}
    return SheetContent(unit.short_name, identity, lines)


COLLECTIVE: dict[str, object] = {
    "number": 1, "award": "TTLĐTT", "rating": "HTTNV", "members": 20, "members_htnv": 20,
    "members_ldtt": 15, "members_cstdcs": 2, "members_disciplined": 0, "united": "Có", "minutes": "05/BB",
}  # fmt: skip
INDIVIDUAL: dict[str, object] = {
    "number": 1, "subject": "Trần Văn Mẫu", "position": "Công chức", "award": "LĐTT", "rating": "HTTNV",
    "months_employed": 12, "discipline": "Không", "under_verification": "Không", "initiative": "Không",
    "minutes": "06/BB",
}  # fmt: skip


@dataclass
class BookDraft:
    """A workbook being spoiled."""

    name: str
    sheets: list[Draft]

    def __getitem__(self, name: str) -> Draft:
        return next(item for item in self.sheets if item.name == name)

    def drop(self, name: str) -> "BookDraft":
        """Remove a sheet."""
        self.sheets = [item for item in self.sheets if item.name != name]
        return self

    def save(self, folder: Path) -> Path:
        """Write the workbook into a folder."""
        return write_book(folder / self.name, self.sheets)


def drafts_of(data: bytes) -> list[Draft]:
    """The sheets of a workbook given as bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(data)
        return [Draft.of(grid) for grid in read_book(path).grids]


def read_book(path: Path) -> ReceivedBook:
    """Open a workbook that must be readable without a finding."""
    outcome = open_received(path, path.name)
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value


def _cluster(code: str, master: Master) -> Cluster:
    return next(item for item in master.active_clusters if item.code == code)


def cluster_book(
    code: str = "C01", typed: Typed | None = None, name: str = "", master: Master | None = None
) -> BookDraft:
    """A clean cluster book, with values typed over it before the leader adds up what Excel shows."""
    chosen = master or tiny_master()
    cluster = _cluster(code, chosen)
    contents = [content_of(unit, typed, chosen, cluster) for unit in cluster.members]
    return book_of(cluster, contents, name or f"{code.lower()}.xlsx", chosen)


def book_of(
    cluster: Cluster, contents: Sequence[SheetContent], name: str, master: Master | None = None
) -> BookDraft:
    """A cluster book of these sheets, its summary typed from them, with one proposal of each kind."""
    chosen = master or tiny_master()
    unit = contents[0].identity["unit"]
    lists: dict[str, list[dict[str, object]]] = {
        "summary": summary_rows(contents, chosen.catalogues[cluster.catalogue]),
        "collectives": [{**COLLECTIVE, "subject": unit, "unit": unit}],
        "individuals": [{**INDIVIDUAL, "unit": unit}],
    }
    identity = {"period": cluster.period.key, "cluster": cluster.name}
    return BookDraft(name, drafts_of(build_cluster_book(identity, contents, lists, OFFICE)))


def unit_sheet(typed: Typed | None = None, name: str = "an-binh.xlsx", code: str = "DV-01") -> BookDraft:
    """A clean workbook holding the scoring sheet of one unit only."""
    content = content_of(code, typed)
    data = build_cluster_book({}, [content], {}, OFFICE)
    return BookDraft(name, [item for item in drafts_of(data) if item.name == content.name])


def score_grid(typed: Typed | None = None) -> Grid:
    """The clean scoring sheet of DV-01 as a grid named "An Bình"."""
    return unit_sheet(typed)["An Bình"].grid()


def receive(folder: Path, *books: BookDraft, master: Master | None = None) -> Round:
    """Save the books in a new folder below and check it."""
    inbox = folder / "nhan"
    inbox.mkdir()
    for book in books:
        book.save(inbox)
    return check_round([inbox], master or tiny_master())


def faults(folder: Path, *books: BookDraft, master: Master | None = None) -> list[Spot]:
    """What is found in the books, as (sheet, cell, code)."""
    return spots(receive(folder, *books, master=master).findings)


def filed(findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """Findings as (file, sheet, cell, code), sorted."""
    return sorted((item.place.file, *spots([item])[0]) for item in findings)


def renamed(book: BookDraft, name: str) -> BookDraft:
    """The same workbook under another name."""
    return replace(book, name=name)
