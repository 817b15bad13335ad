"""Make the sample district: ten cluster books as offices send them, with planted faults.

Deterministic: the same code gives the same bytes. ``python -m tests.tools.sample_district`` writes
workbooks/samples and the list of what was planted, tests/data/planted.txt.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from tdkt_xl.domain.criteria import Catalogue, Criterion, RowKind, ScoringRule, band_of
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scoring.totals import base_of
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import column_letters
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.build_workbooks import starter_organisation
from tdkt_xl.tasks.master import load_master
from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.writers.book import header_row, sheet_name
from tdkt_xl.writers.forms import build_cluster_book
from tdkt_xl.writers.score_sheet import SheetContent, SheetRow, group_sum, typed_value
from tests.tools.sample_people import People
from tests.tools.sample_rules import FREE, SCORED_BY_RULE, score_by_rule

ROOT = Path(__file__).resolve().parents[2]
LAYOUT = load_layout("so-cum")
SCORES = LAYOUT.sheet("scores")
SUMMARY = LAYOUT.sheet("summary")
NOTICE = "Nhân vật, số liệu hư cấu để làm mẫu."

FILE_NAMES = {
    "C01": "cum-01.xlsx",
    "C02": "Cụm 2 - tổng hợp điểm thi đua 2023.xlsx",
    "C03": "cum-03.xlsx",
    "C04": "CUM 4 (gui Phong Noi vu).xlsx",
    "C05": "cum-05 ban chinh thuc.xlsx",
    "C06": "cum-06.xlsx",
    "C07": "Cụm số 7 - năm 2023.xlsx",
    "C08": "cum 8 mam non 2022-2023.xlsx",
    "C09": "cum-09.xlsx",
    "C10": "cum-10 (sua lan cuoi).xlsx",
}


@dataclass
class SampleBook:
    """A cluster book under construction; faults are planted in it before it is written."""

    cluster: Cluster
    file: str
    sheets: list[SheetContent]
    summary: list[dict[str, object]]
    collectives: list[dict[str, object]]
    individuals: list[dict[str, object]]
    sheet_names: dict[str, str] = field(default_factory=dict)

    def build(self) -> bytes:
        """The workbook's bytes."""
        identity = {"period": self.cluster.period.key, "cluster": self.cluster.name}
        lists = {"summary": self.summary, "collectives": self.collectives, "individuals": self.individuals}
        return build_cluster_book(
            identity, self.sheets, lists, starter_organisation(), self.sheet_names, NOTICE
        )


@dataclass(frozen=True, order=True)
class Planted:
    """A fault that must be found: exactly this code at exactly this cell ("" for a whole file or sheet)."""

    file: str
    sheet: str
    cell: str
    code: str
    what: str

    def line(self) -> str:
        """As written in planted.txt."""
        return " | ".join((self.file, self.sheet, self.cell, self.code, self.what))


def _score(random: Random, criterion: Criterion, level: float) -> Decimal:
    """A plausible score: most of the maximum, on the criterion's step."""
    if criterion.kind is RowKind.BONUS:
        return criterion.maximum if random.random() < 0.2 else Decimal(0)
    if criterion.kind is RowKind.PENALTY:
        return -(criterion.step or Decimal(1)) if random.random() < 0.1 else Decimal(0)
    if criterion.rule is ScoringRule.PASS_FAIL:
        return criterion.maximum if random.random() < 0.93 else Decimal(0)
    step = max(criterion.step or Decimal("0.25"), Decimal("0.05"))
    share = Decimal(str(round(min(1.0, max(0.4, random.gauss(level, 0.08))), 4)))
    return (criterion.maximum * share / step).quantize(Decimal(1)) * step


def _lower(random: Random, criterion: Criterion, score: Decimal) -> Decimal:
    """The cluster's score: sometimes one step under the self score."""
    keeps = random.random() < 0.85 or score <= 0 or criterion.rule is ScoringRule.PASS_FAIL
    if keeps or criterion.kind is not RowKind.CRITERION:
        return score
    return max(Decimal(0), score - max(criterion.step or Decimal("0.25"), Decimal("0.25")))


def _proportional_result(score: object) -> Decimal:
    """The result that earns a score when the target is a hundred times the maximum."""
    return Decimal(str(score).replace(",", ".")) * 100


def _row(random: Random, criterion: Criterion, level: float, number: int) -> SheetRow:
    if criterion.kind.is_group:
        return SheetRow(criterion)
    own = _score(random, criterion, level)
    values: dict[str, object] = {"self_score": own, "cluster_score": _lower(random, criterion, own)}
    if criterion.rule is ScoringRule.PROPORTIONAL:
        values |= {"target": criterion.maximum * 100, "result": _proportional_result(values["cluster_score"])}
    if criterion.evidence and own != 0:
        values["evidence"] = f"BC số {number + 10}/BC, {criterion.path}"
    return SheetRow(criterion, values)


def _sheet(random: Random, master: Master, cluster: Cluster, code: str, catalogue: Catalogue) -> SheetContent:
    unit = master.register.units[code]
    level = random.uniform(0.86, 0.97)
    rows = [_row(random, criterion, level, at) for at, criterion in enumerate(catalogue.rows)]
    identity = {
        "period": cluster.period.key,
        "cluster": cluster.name,
        "unit_code": unit.code,
        "unit": unit.name,
    }
    name = sheet_name(unit.short_name or unit.name, [])
    return SheetContent(
        name, identity, rows, subtitle=f"{catalogue.name}. {NOTICE}", office=unit.name.upper()
    )


def summary_rows(sheets: Sequence[SheetContent], catalogue: Catalogue) -> list[dict[str, object]]:
    """What a careful cluster leader types from the sheets as Excel shows them."""
    rows: list[dict[str, object]] = []
    for number, sheet in enumerate(sheets, start=1):
        total = group_sum(sheet, "", "cluster_score")
        base = base_of(catalogue, dropped(sheet))
        band = band_of(Fraction(total) / Fraction(base) * Fraction(base_of(catalogue, ())), catalogue.bands)
        rows.append(
            {
                "number": number,
                "unit_code": sheet.identity["unit_code"],
                "unit": sheet.identity["unit"],
                "self_total": group_sum(sheet, "", "self_score"),
                "cluster_total": total,
                "band": band.name if band else "",
            }
        )
    shares = [
        Fraction(group_sum(sheet, "", "cluster_score")) / Fraction(base_of(catalogue, dropped(sheet)))
        for sheet in sheets
    ]
    for row, share in zip(rows, shares, strict=True):
        row["rank"] = sorted(shares, reverse=True).index(share) + 1
    return rows


def dropped(sheet: SheetContent) -> list[str]:
    """Paths of the criteria a sheet says do not apply to the unit."""
    return [row.criterion.path for row in sheet.rows if row.criterion and row.values.get("target") == FREE]


def _collectives(random: Random, master: Master, cluster: Cluster, leader: object) -> list[dict[str, object]]:
    """The leading unit for a commendation, then three others for titles."""
    names = [master.register.units[code].name for code in cluster.members]
    rows: list[dict[str, object]] = []
    for name in (str(leader), *random.sample([name for name in names if name != leader], 3)):
        members = random.randint(12, 40)
        award = "GK huyện" if name == leader else random.choice(("TTLĐTT", "TTLĐTT", "TTLĐXS"))
        rows.append(
            {
                "number": len(rows) + 1,
                "subject": name,
                "unit": name,
                "award": award,
                "rating": random.choice(("HTXSNV", "HTTNV")) if award != "TTLĐXS" else "HTXSNV",
                "members": members,
                "members_htnv": members - (random.random() < 0.2),
                "members_ldtt": round(members * random.uniform(0.45, 0.95)),
                "members_cstdcs": random.randint(0, 3),
                "members_disciplined": 0,
                "united": "Có",
                "minutes": f"{random.randint(3, 60):02d}/BB",
            }
        )
    return rows


def _individuals(random: Random, master: Master, cluster: Cluster, people: People) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for _ in range(8):
        unit = master.register.units[random.choice(cluster.members)]
        award = random.choice(("LĐTT", "LĐTT", "LĐTT", "CSTĐCS", "CSTĐCS", "CSTĐ cấp tỉnh", "GK huyện"))
        rated = random.choice(
            ("HTXSNV", "HTTNV", "HTTNV", "HTNV") if award == "LĐTT" else ("HTXSNV", "HTTNV")
        )
        has_initiative = award != "LĐTT" or random.random() < 0.3
        rows.append(
            {
                "number": len(rows) + 1,
                "subject": people.next_name(),
                "position": random.choice(
                    ("Chuyên viên", "Giáo viên", "Công chức", "Phó Trưởng phòng", "Viên chức")
                ),
                "unit": unit.name,
                "award": award,
                "rating": rated,
                "months_employed": random.choice((12, 12, 12, 12, 10, 8)),
                "discipline": "Khiển trách" if random.random() < 0.04 else "Không",
                "under_verification": "Không",
                "initiative": f"{random.randint(100, 999)}/QĐ-UBND" if has_initiative else "Không",
                "initiative_reach": ("Tỉnh" if award == "CSTĐ cấp tỉnh" else "Cơ sở")
                if has_initiative
                else None,
                "consecutive_cstdcs": random.choice((2, 3)) if award == "CSTĐ cấp tỉnh" else None,
                "minutes": f"{random.randint(3, 60):02d}/BB" if random.random() < 0.9 else None,
            }
        )
    return rows


def clean_book(master: Master, cluster: Cluster, seed: int, people: People) -> SampleBook:
    """A cluster book without a fault, and without a tie."""
    random = Random(seed)
    catalogue = master.catalogues[cluster.catalogue]
    sheets: list[SheetContent] = []
    while len({group_sum(sheet, "", "cluster_score") for sheet in sheets}) < len(cluster.members):
        sheets = [_sheet(random, master, cluster, code, catalogue) for code in cluster.members]
    if cluster.code == SCORED_BY_RULE:
        sheets = score_by_rule(sheets)
    summary = summary_rows(sheets, catalogue)
    leader = next(row["unit"] for row in summary if row["rank"] == 1)
    return SampleBook(
        cluster,
        FILE_NAMES[cluster.code],
        sheets,
        summary,
        _collectives(random, master, cluster, leader),
        _individuals(random, master, cluster, people),
    )


def score_cell(sheet: SheetContent, path: str, name: str) -> str:
    """A1 address of a score in a scoring sheet."""
    at = next(i for i, row in enumerate(sheet.rows) if row.criterion and row.criterion.path == path)
    first = header_row(SCORES, sheet.subtitle) + 2
    return f"{column_letters(SCORES.position(name))}{first + at}"


def summary_cell(row: int, name: str) -> str:
    """A1 address of a cell of the summary's n-th row (0-based) in a sample book."""
    return f"{column_letters(SUMMARY.position(name))}{header_row(SUMMARY, NOTICE) + 2 + row}"


def set_value(sheet: SheetContent, path: str, name: str, value: object) -> SheetContent:
    """The sheet with one typed value changed; a result that follows from the score changes with it."""
    rows = []
    for row in sheet.rows:
        if row.criterion and row.criterion.path == path:
            changed = {**row.values, name: value}
            if name == "cluster_score" and row.criterion.rule is ScoringRule.PROPORTIONAL:
                changed["result"] = _proportional_result(value)
            rows.append(replace(row, values=changed))
        else:
            rows.append(row)
    return replace(sheet, rows=rows)


def leaf(sheet: SheetContent, number: int) -> Criterion:
    """The n-th plainly scored criterion of a sheet."""
    direct = [
        row.criterion
        for row in sheet.rows
        if row.criterion
        and row.criterion.kind is RowKind.CRITERION
        and row.criterion.rule is not ScoringRule.PASS_FAIL
        and typed_value(row.values.get("cluster_score")) > 0
    ]
    return direct[number]


def value_of(sheet: SheetContent, path: str, name: str) -> Decimal:
    """A typed score of a clean sheet."""
    value = next(row.values[name] for row in sheet.rows if row.criterion and row.criterion.path == path)
    assert isinstance(value, Decimal)
    return value


def _plant_text_number(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    """A comma decimal typed as text: the total loses it, and with it the unit loses its rank."""
    order = sorted(range(len(book.sheets)), key=lambda at: -group_sum(book.sheets[at], "", "cluster_score"))
    at = order[0]
    sheet = book.sheets[at]
    path = leaf(sheet, 0).path
    lower = value_of(sheet, path, "cluster_score") - Decimal("0.25")
    text = f"{lower.normalize():f}".replace(".", ",")
    correct = set_value(sheet, path, "cluster_score", Decimal(text.replace(",", ".")))
    book.sheets[at] = set_value(sheet, path, "cluster_score", text)
    book.summary = summary_rows(book.sheets, catalogue)
    true_rows = summary_rows([*book.sheets[:at], correct, *book.sheets[at + 1 :]], catalogue)
    planted = [
        Planted(
            book.file, sheet.name, score_cell(sheet, path, "cluster_score"), "KT-201", f"“{text}” dạng chữ"
        ),
        Planted(
            book.file, SUMMARY.name, summary_cell(at, "cluster_total"), "KT-408", "tổng bỏ sót ô dạng chữ"
        ),
    ]
    for row, (typed, true) in enumerate(zip(book.summary, true_rows, strict=True)):
        if typed["rank"] != true["rank"]:
            planted.append(
                Planted(book.file, SUMMARY.name, summary_cell(row, "rank"), "KT-404", "hạng theo tổng sai")
            )
        if typed["band"] != true["band"]:
            planted.append(
                Planted(
                    book.file, SUMMARY.name, summary_cell(row, "band"), "KT-405", "xếp loại theo tổng sai"
                )
            )
    return planted


def _plant_inserted_row(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    """A unit adds a criterion of its own between two others; its SUM grows with it."""
    at = 2
    sheet = book.sheets[at]
    index = next(
        i
        for i, row in enumerate(sheet.rows[:-1])
        if row.criterion
        and not row.criterion.kind.is_group
        and (below := sheet.rows[i + 1].criterion)
        and below.parent_path == row.criterion.parent_path
        and not below.kind.is_group
    )
    own = {"number": "", "text": "Tham gia phong trào do đơn vị tự đề xuất", "maximum": Decimal(2)}
    inserted = SheetRow(None, {**own, "self_score": Decimal(2), "cluster_score": Decimal("1.5")})
    rows = [*sheet.rows[: index + 1], inserted, *sheet.rows[index + 1 :]]
    true_ranks = [row["rank"] for row in book.summary]
    true_bands = [row["band"] for row in book.summary]
    book.sheets[at] = replace(sheet, rows=rows)
    book.summary = summary_rows(book.sheets, catalogue)
    text_column = column_letters(SCORES.position("text"))
    first = header_row(SCORES, sheet.subtitle) + 2
    planted = [
        Planted(book.file, sheet.name, f"{text_column}{first + index + 1}", "KT-121", "dòng đơn vị tự chèn"),
        Planted(book.file, SUMMARY.name, summary_cell(at, "self_total"), "KT-403", "tổng gồm cả dòng chèn"),
        Planted(
            book.file, SUMMARY.name, summary_cell(at, "cluster_total"), "KT-403", "tổng gồm cả dòng chèn"
        ),
    ]
    for row, item in enumerate(book.summary):
        if item["rank"] != true_ranks[row]:
            planted.append(
                Planted(book.file, SUMMARY.name, summary_cell(row, "rank"), "KT-404", "hạng theo tổng sai")
            )
        if item["band"] != true_bands[row]:
            planted.append(
                Planted(
                    book.file, SUMMARY.name, summary_cell(row, "band"), "KT-405", "xếp loại theo tổng sai"
                )
            )
    return planted


def _plant_typed_total(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    """A self total typed with two digits exchanged."""
    at = 5
    true = book.summary[at]["self_total"]
    assert isinstance(true, Decimal)
    book.summary[at]["self_total"] = true + Decimal("0.9")
    return [Planted(book.file, SUMMARY.name, summary_cell(at, "self_total"), "KT-403", "tổng gõ tay sai")]


def _plant_renamed_sheet(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    book.sheet_names["summary"] = "Sheet1 (2)"
    return [Planted(book.file, "Sheet1 (2)", "", "KT-113", "trang Tổng hợp đổi tên")]


def _plant_decomposed_names(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    """Unit names typed in decomposed Unicode: matched all the same, only noted."""
    planted = []
    for at in (1, 4):
        sheet = book.sheets[at]
        name = unicodedata.normalize("NFD", sheet.identity["unit"])
        book.sheets[at] = replace(sheet, identity={**sheet.identity, "unit": name})
        row = header_row(SCORES, sheet.subtitle) - 1
        cell = f"{column_letters(3)}{row}"
        planted.append(Planted(book.file, sheet.name, cell, "KT-220", "tên gõ Unicode tổ hợp"))
        book.summary[at]["unit"] = name
        sheet_name = book.sheet_names.get("summary", SUMMARY.name)
        cell = summary_cell(at, "unit")
        planted.append(Planted(book.file, sheet_name, cell, "KT-220", "tên gõ Unicode tổ hợp"))
    return planted


def _plant_hidden_row(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    sheet = book.sheets[3]
    path = leaf(sheet, 5).path
    rows = [replace(row, hidden=bool(row.criterion and row.criterion.path == path)) for row in sheet.rows]
    book.sheets[3] = replace(sheet, rows=rows)
    return [Planted(book.file, sheet.name, score_cell(sheet, path, "number"), "KT-119", "dòng ẩn có điểm")]


def _plant_missing_unit(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    at = 7
    gone = book.sheets.pop(at).identity["unit"]
    book.summary = summary_rows(book.sheets, catalogue)
    book.collectives = [row for row in book.collectives if row["unit"] != gone]
    book.individuals = [row for row in book.individuals if row["unit"] != gone]
    return [Planted(book.file, "", "", "KT-504", f"thiếu phiếu {gone}")]


def _plant_tie(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    """Two units level at the second place."""
    order = sorted(range(len(book.sheets)), key=lambda at: -group_sum(book.sheets[at], "", "cluster_score"))
    second, third = order[1], order[2]
    gap = group_sum(book.sheets[second], "", "cluster_score") - group_sum(
        book.sheets[third], "", "cluster_score"
    )
    sheet = book.sheets[third]
    for row in sheet.rows:
        criterion = row.criterion
        if criterion is None or criterion.kind is not RowKind.CRITERION or gap == 0:
            continue
        own, given = row.values["self_score"], row.values["cluster_score"]
        assert isinstance(own, Decimal)
        assert isinstance(given, Decimal)
        step = criterion.step or Decimal("0.25")
        room = min(criterion.maximum - given, gap) // step * step
        if criterion.rule is ScoringRule.PASS_FAIL or room <= 0:
            continue
        sheet = set_value(sheet, criterion.path, "cluster_score", given + room)
        sheet = set_value(sheet, criterion.path, "self_score", max(own, given + room))
        gap -= room
    assert gap == 0
    book.sheets[third] = sheet
    book.summary = summary_rows(book.sheets, catalogue)
    first = min((second, third), key=lambda at: sort_key(book.sheets[at].identity["unit"]))
    return [Planted(book.file, SUMMARY.name, summary_cell(first, "rank"), "KT-406", "hai đơn vị đồng hạng 2")]


def _plant_double(book: SampleBook, catalogue: Catalogue) -> list[Planted]:
    """One unit's sheet sent twice, the second with another score."""
    sheet = book.sheets[4]
    path = leaf(sheet, 2).path
    step = leaf(sheet, 2).step or Decimal("0.25")
    again = set_value(sheet, path, "cluster_score", value_of(sheet, path, "cluster_score") - step)
    name = sheet_name(sheet.name, [sheet.name])
    book.sheets.append(replace(again, name=name))
    cell = f"{column_letters(3)}{header_row(SCORES, sheet.subtitle) - 1}"
    return [Planted(book.file, name, cell, "KT-411", "phiếu của một đơn vị gửi hai lần")]


Fault = Callable[[SampleBook, Catalogue], list[Planted]]
FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "C02": (_plant_text_number,),
    "C05": (_plant_inserted_row, _plant_typed_total),
    "C07": (_plant_renamed_sheet, _plant_decomposed_names),
    "C08": (_plant_missing_unit, _plant_hidden_row),
    "C09": (_plant_tie,),
    "C10": (_plant_double,),
}


def make_district(master: Master) -> tuple[list[SampleBook], list[Planted]]:
    """Ten books and everything planted in them."""
    people = People(Random(2023))
    books, planted = [], []
    for number, cluster in enumerate(master.active_clusters, start=1):
        book = clean_book(master, cluster, 20_230_000 + number, people)
        for fault in FAULTS.get(cluster.code, ()):
            planted += fault(book, master.catalogues[cluster.catalogue])
        books.append(book)
    return books, sorted(planted)


def main() -> None:
    """Write the samples and the list of what was planted."""
    master = load_master(ROOT / "workbooks" / "danh-muc.xlsx")
    books, planted = make_district(master)
    folder = ROOT / "workbooks" / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.xlsx"):
        old.unlink()
    for book in books:
        (folder / book.file).write_bytes(book.build())
    text = "".join(f"{item.line()}\n" for item in planted)
    (ROOT / "tests" / "data" / "planted.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
