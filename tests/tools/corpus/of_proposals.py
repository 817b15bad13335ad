"""Proposals beside the recorded history: who is meant, what contradicts it, what excludes another."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.writers.forms import build_cluster_book
from tests.tools.corpus.case import Shelf
from tests.tools.corpus.of_returns import CONSOLIDATE
from tests.tools.forms import COLLECTIVE, INDIVIDUAL, OFFICE, content_of, tiny_master
from tests.tools.people import Plant, add, change, people_tables, write_people
from tests.tools.sample_district import summary_rows

Row = Mapping[str, object]
_BOOK = "ho-so-khen-thuong.xlsx"
_INDIVIDUALS, _COLLECTIVES = "[c01.xlsx]Đề nghị cá nhân", "[c01.xlsx]Đề nghị tập thể"
_ON = "--on 2023-10-20 --master danh-muc.xlsx --json"
NOMINATE = f"{CONSOLIDATE}\ntdkt nominate ra --out ra --people {_BOOK} {_ON}"
AN: Row = {"subject": "Trần Văn An", "unit": "Xã An Bình", "rating": "HTXSNV"}
BINH: Row = {"subject": "Lê Thị Bình", "unit": "Xã Bình Hòa"}
_WORK = {
    "work": "SK-2", "title": "Sổ tay điện tử", "kind": "Sáng kiến", "reach": "Cơ sở", "period": "2023",
    "decision": "91/QĐ-UBND", "day": "2023-09-01", "share": "100",
}  # fmt: skip


def proposals(
    individuals: Sequence[Row], *, leading: str = "GK huyện", code: str = "C01"
) -> dict[str, bytes]:
    """The book of a cluster, with its leader proposed for the office's award and these proposals."""
    master = tiny_master()
    cluster = next(item for item in master.active_clusters if item.code == code)
    contents = [content_of(unit) for unit in cluster.members]
    first = tiny_master().register.units[cluster.members[0]].name
    leader: Row = {**COLLECTIVE, "subject": first, "unit": first, "award": leading}
    lists: dict[str, Sequence[Row]] = {
        "summary": summary_rows(contents, master.catalogues[cluster.catalogue]),
        "collectives": [leader],
        "individuals": [
            {**INDIVIDUAL, **row, "number": number} for number, row in enumerate(individuals, start=1)
        ],
    }
    identity = {"period": cluster.period.key, "cluster": cluster.name}
    return {f"nhan/{code.lower()}.xlsx": build_cluster_book(identity, contents, lists, OFFICE)}


def recorded(*plants: Plant) -> dict[str, bytes]:
    """The workbook of people, with what is planted."""
    tables = people_tables()
    for plant in plants:
        plant(tables)
    with TemporaryDirectory() as folder:
        return {_BOOK: write_people(Path(folder), tables).read_bytes()}


def add_recorded(shelf: Shelf) -> None:
    """One proposal each, and what the history says of it."""

    def one(name: str, row: Row, spot: str, *plants: Plant) -> None:
        _typed(shelf, name, [row], f"{_INDIVIDUALS}!{spot}", plants=plants)

    one("chua-co-ho-so", {**AN, "subject": "Ngô Văn Lạ"}, "B9 KT-740")
    twin = add("people", code="CN-4", name="Trần Văn An", unit="DV-01", birth="1991-01-01")
    one("hai-nguoi-trung-ten", AN, "B9 KT-741", twin)
    one("xep-loai-khac-ho-so", {**AN, "rating": "HTTNV"}, "F9 KT-742")
    given = add(
        "awards", subject="CN-1", award="LĐTT", period="2023", decision="99/QĐ-UBND", day="2023-10-10"
    )
    one("da-duoc-tang", AN, "B9 KT-746", given)
    basis: Row = {**AN, "award": "CSTĐCS", "initiative_reach": "Cơ sở"}
    theirs = add("initiatives", **_WORK, subject="CN-2")
    one("sang-kien-cua-nguoi-khac", {**basis, "initiative": "91/QĐ-UBND"}, "J9 KT-747", theirs)
    one("sang-kien-da-dung", {**basis, "initiative": "90/QĐ-UBND"}, "J9 KT-748")


def add_together(shelf: Shelf) -> None:
    """Proposals that exclude each other, and a unit whose numbers its people contradict."""
    moved: Row = {**AN, "subject": "Trần Văn An (CN-1)", "unit": "Trường Tiểu học Đông Hà"}
    _typed(
        shelf,
        "mot-nguoi-hai-danh-sach",
        [AN],
        "[c02.xlsx]Đề nghị cá nhân!B9 KT-743",
        more=proposals([moved], code="C02"),
    )
    commended: Row = {**AN, "award": "GK huyện"}
    mine = add("initiatives", **_WORK, subject="CN-1")
    two = [commended, {**AN, "award": "BK tỉnh"}]
    _typed(shelf, "hai-hinh-thuc-khen", two, f"{_INDIVIDUALS}!B10 KT-744", plants=[mine])
    _typed(shelf, "danh-hieu-va-hinh-thuc", [AN, commended], f"{_INDIVIDUALS}!B10 KT-745")
    punished = add("penalties", subject="CN-1", level="Cảnh cáo", decision="5/QĐ", start="2023-05-01")
    _typed(shelf, "thanh-vien-bi-ky-luat", [], f"{_COLLECTIVES}!J9 KT-753", plants=[punished])


def add_commands(shelf: Shelf) -> None:
    """What is asked of the commands about people that they cannot do."""
    weak = change("ratings", 5, rating="HTNV")
    _typed(
        shelf,
        "xuat-bo-nguoi-chua-du",
        [AN, {**BINH, "rating": None}],
        f"{_INDIVIDUALS}!B10 KT-709",
        "KT-756",
        plants=[weak],
        lines=f"{NOMINATE} --export",
    )
    vague = f'{NOMINATE} --suppose "Trần Văn An HTXSNV"'
    _typed(shelf, "gia-dinh-thieu-gia-tri", [AN], "KT-755", lines=vague)
    _typed(shelf, "ho-so-con-loi", [AN], "KT-757", plants=[change("ratings", 0, rating="Giỏi")])
    eligible = f"tdkt eligible {_BOOK} {_ON}"
    for name, options in (
        ("danh-hieu-la", "--period 2023 --award LĐTTX"),
        ("don-vi-la", '--period 2023 --unit "Xã Long Phú"'),
        ("ky-la", "--period 202x"),
    ):
        shelf.typed(name, recorded(), f"{eligible} {options}", "KT-758", master="xet")


def _typed(
    shelf: Shelf,
    name: str,
    individuals: list[Row],
    *findings: str,
    plants: Sequence[Plant] = (),
    more: Mapping[str, bytes] | None = None,
    lines: str = NOMINATE,
) -> None:
    files = {**proposals(individuals), **(more or {}), **recorded(*plants)}
    shelf.typed(name, files, lines, *findings, master="xet")
