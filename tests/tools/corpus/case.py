"""A case of the corpus: files as received, the master data they meet, and every finding they must give."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tdkt_xl.domain.criteria import ScoringRule
from tdkt_xl.tables.grid import CellValue
from tdkt_xl.vietnamese.text import plain
from tests.tools.forms import BookDraft, Tables, cluster_book, criteria, master_tables, rows, unit_sheet
from tests.tools.grids import Draft, book_bytes

Change = Callable[[BookDraft], object]


@dataclass(frozen=True)
class Case:
    """``name`` is ``<mẫu>/<điều-sai>``; a finding is written "Trang!E8 KT-211", a whole file "KT-114".

    With several files a finding begins with its file in brackets. ``command`` is what a clerk runs on
    the folder: a word, or the command lines as typed, of which the last one gives the findings; ``master``
    names the master data, which command lines call danh-muc.xlsx.
    """

    name: str
    files: dict[str, bytes]
    findings: tuple[str, ...]
    command: str = "validate"
    master: str = "danh-muc"

    @property
    def lines(self) -> list[str]:
        """The command lines typed, one after another; none for a command given as a word."""
        return self.command.splitlines() if self.command.startswith("tdkt ") else []

    @property
    def text(self) -> str:
        """The .findings file: the command lines, if any, then the findings."""
        typed = "".join(f"# {line}\n" for line in self.lines)
        return typed + "".join(f"{line}\n" for line in sorted(self.findings))


@dataclass
class Shelf:
    """Cases of one form under construction."""

    form: str
    cases: list[Case] = field(default_factory=list)

    def add(
        self, name: str, data: bytes, *findings: str, extension: str = ".xlsx", master: str = "danh-muc"
    ) -> None:
        """One file given as bytes."""
        stem = name.rpartition("/")[2]
        self.cases.append(Case(f"{self.form}/{name}", {f"{stem}{extension}": data}, findings, master=master))

    def book(self, name: str, book: BookDraft, *findings: str, master: str = "danh-muc") -> None:
        """One workbook given as a draft."""
        self.add(name, bytes_of(book), *findings, master=master)

    def folder(
        self,
        name: str,
        files: dict[str, bytes],
        *findings: str,
        command: str = "validate",
        master: str = "danh-muc",
    ) -> None:
        """Several files received together."""
        self.cases.append(Case(f"{self.form}/{name}", files, findings, command, master))

    def typed(
        self, name: str, files: dict[str, bytes], lines: str, *findings: str, master: str = "danh-muc"
    ) -> None:
        """Files laid out in a folder, and the command lines a clerk types there."""
        self.folder(name, files, *findings, command=lines, master=master)


def bytes_of(book: BookDraft) -> bytes:
    """The workbook of a draft."""
    return book_bytes(book.sheets)


def changed(book: BookDraft, *changes: Change) -> BookDraft:
    """A draft with changes made to it."""
    for change in changes:
        change(book)
    return book


def cluster(*changes: Change) -> BookDraft:
    """The clean cluster book C01 with changes."""
    return changed(cluster_book(), *changes)


def unit(*changes: Change) -> BookDraft:
    """The clean sheet of the unit An Bình with changes."""
    return changed(unit_sheet(), *changes)


def put(sheet: str, **cells: CellValue) -> Change:
    """Type values over cells."""

    def change(book: BookDraft) -> None:
        for cell, value in cells.items():
            book[sheet].put(cell, value)

    return change


def on(sheet: str, change: Callable[[Draft], object]) -> Change:
    """Change a sheet as a whole."""
    return lambda book: change(book[sheet])


def repacked(
    data: bytes, change: dict[str, Callable[[bytes], bytes]], more: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    """A package with some parts changed and others added; same input, same bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = change.get(item.filename, bytes)(old.read(item))
            new.writestr(_entry(item.filename), content)
        for name, content in more:
            new.writestr(_entry(name), content)
    return target.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """A part with one text replaced; the text must be there."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part, old
        return part.replace(old.encode(), new.encode())

    return change


@cache
def masters() -> dict[str, Tables]:
    """Master data of the corpus: the plain one, and some of organisations that ask for more."""
    two = master_tables()
    two["parameters"][0]["value"] = "2023; 2022-2023"
    two["clusters"] += rows("period code name catalogue", "2022-2023 | C08 | Cụm thi đua số 8 | TD-2023")
    two["members"] += rows("period cluster unit", "2022-2023 | C08 | DV-05")
    strict, explained = master_tables(), master_tables()
    strict["parameters"] += rows("key name value", "deadline | Hạn nộp | 15/12/2022")
    explained["parameters"] += rows(
        "key name value",
        "zero_needs_reason | Điểm 0 phải giải trình | Có",
        "gap_needs_reason | Chênh lệch với tự chấm phải ghi lý do (điểm) | 2",
    )
    return {
        "danh-muc": master_tables(),
        "hai-ky": two,
        "chat": strict,
        "giai-trinh": explained,
        "cach-cham": _scored_otherwise(),
        "hai-diem-thuong": _two_bonuses(),
        "xet": judging(),
        "xet-het-huyen": judging("GK xã"),
        "xet-hai-che-do": judging(criteria_day=""),
        "xet-it-quy": judging(award_fund="1000000"),
        "xet-chua-ghi-quy": judging(award_fund=""),
        "xet-thieu-hinh-thuc": judging(""),
    }


_ENTERED = {
    "quota_rounding": "Làm tròn lên",
    "new_recruit_months": "6",
    "bk_collective_years": "2",
    "vote_mode": "Bỏ phiếu kín",
    "vote_base": "Tổng số thành viên",
    "vote_percent": "80",
    "vote_comparison": "Từ tỷ lệ trở lên",
    "vote_absent": "Không lấy",
    "vote_quorum": "75",
    "award_fund": "100000000",
    "dossier_deadline": "15/3 hằng năm",
    "criteria_day": "Ngày quyết định khen thưởng",
    "gk_district_criteria": "QĐ 20/2024/QĐ-UBND, Điều 9",
    "gk_commune_criteria": "QĐ 30/2025/QĐ-UBND, Điều 9",
    **dict.fromkeys(
        ("QT-301", "QT-302", "QT-311", "QT-522", "QT-813", "QT-2104", "QT-2401", "QT-2402", "QT-2523"),
        "Áp dụng",
    ),
}


def judging(leader_award: str = "GK huyện", **entered: str) -> Tables:
    """Master data to judge proposals by, the province's rules entered but for those given as ""."""
    tables = master_tables()
    leader = {"key": "leader_award", "name": "Hình thức khen đơn vị dẫn đầu cụm", "value": leader_award}
    tables["parameters"].append(leader)
    for unit in tables["units"]:
        unit["work_field"] = "Hành chính"
    tables["office_rules"] = [
        {"key": key, "value": value, "instrument": "QĐ 1/QĐ-UBND", "article": "Điều 2", "since": "2020-01-01"}
        for key, value in {**_ENTERED, **entered}.items()
        if value
    ]
    return tables


def _scored_otherwise() -> Tables:
    """I.1 rises and falls by 3 down to -5; I.2 may not apply to a unit."""
    tables = master_tables()
    first, second = tables["criteria"][1:3]
    first |= {"rule": ScoringRule.BALANCE.label, "per_plus": "3", "per_minus": "3", "lowest": "-5"}
    second["may_not_apply"] = "x"
    return tables


def _two_bonuses() -> Tables:
    """A second item under the bonus group, whose cap stays 2."""
    tables = master_tables()
    at = next(number for number, row in enumerate(tables["criteria"]) if row["path"] == "IV")
    tables["criteria"][at:at] = criteria("TD-2023", "III.2 | Sáng kiến | bonus | direct | 2 | 0.5 | ")
    return tables


def slug(title: str) -> str:
    """A file name of a Vietnamese title: "Trùng cột" → trung-cot."""
    return re.sub("[^a-z0-9]+", "-", plain(title).lower()).strip("-")
