"""A district of one cluster book with proposals, and what is told when they are judged."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.people import History
from tdkt_xl.findings import Finding
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tasks.consolidate import Consolidation, consolidate
from tdkt_xl.tasks.nominate import Nominating, nominate
from tdkt_xl.tasks.people_book import load_usable
from tdkt_xl.writers.forms import build_cluster_book
from tests.tools.forms import (
    COLLECTIVE,
    INDIVIDUAL,
    OFFICE,
    Typed,
    content_of,
    master_from,
    master_tables,
)
from tests.tools.people import Plant, people_tables, write_people
from tests.tools.sample_district import summary_rows

ON = date(2023, 12, 15)
AN_BINH, BINH_HOA, CAM_SON = "Xã An Bình", "Xã Bình Hòa", "Thị trấn Cẩm Sơn"
# DV-02 has 16 points; these make it level with DV-01 at 19.
LEVEL: Typed = {
    ("DV-02", "I.1", "cluster_score"): 5,
    ("DV-02", "I.3", "cluster_score"): 3,
    ("DV-02", "II.1", "cluster_score"): 7,
    ("DV-02", "IV.1", "cluster_score"): 0,
}

Row = Mapping[str, object]


def master(leader_award: str = "GK huyện", **entered: str) -> Master:
    """The tiny master data; ``entered`` are values of the sheet "Quy định của tỉnh" by their code."""
    tables = master_tables()
    name = "Hình thức khen đơn vị dẫn đầu cụm"
    tables["parameters"] += [{"key": "leader_award", "name": name, "value": leader_award}]
    tables["office_rules"] = [
        {"key": key, "value": value, "instrument": "QĐ 1/QĐ-UBND", "article": "Điều 2", "since": "2020-01-01"}
        for key, value in entered.items()
    ]
    return master_from(tables)


def person(number: int = 1, **facts: object) -> Row:
    return {**INDIVIDUAL, "number": number, "subject": f"Trần Văn {number}", "unit": AN_BINH, **facts}


def people(award: str, count: int, first: int = 1, **facts: object) -> list[Row]:
    extra = {"initiative": "12/QĐ-UBND", "initiative_reach": "Cơ sở"} if award == "CSTĐCS" else {}
    return [person(number, award=award, **extra, **facts) for number in range(first, first + count)]


def group(unit: str = AN_BINH, **facts: object) -> Row:
    return {**COLLECTIVE, "subject": unit, "unit": unit, **facts}


def consolidated(
    folder: Path,
    *,
    individuals: Sequence[Row] = (),
    collectives: Sequence[Row] = (),
    typed: Typed | None = None,
    units: Sequence[str] = ("DV-01", "DV-02", "DV-03"),
    chosen: Master | None = None,
) -> Consolidation:
    """A district of one cluster book with these proposals."""
    folder.mkdir(exist_ok=True)
    given = chosen or master()
    cluster = next(item for item in given.active_clusters if item.code == "C01")
    contents = [content_of(code, typed) for code in units]
    lists: dict[str, Sequence[Row]] = {
        "summary": summary_rows(contents, given.catalogues[cluster.catalogue]),
        "collectives": list(collectives),
        "individuals": list(individuals),
    }
    inbox = folder / "nhan"
    inbox.mkdir()
    identity = {"period": "2023", "cluster": cluster.name}
    (inbox / "cum-01.xlsx").write_bytes(build_cluster_book(identity, contents, lists, OFFICE))
    return consolidate(inbox, given, folder / "ra")


def nominated(folder: Path, *, chosen: Master | None = None, **case: Any) -> Nominating:
    given = chosen or master()
    consolidated(folder, chosen=given, **case)
    return nominate(folder / "ra", given, ON, folder / "ra")


def told(findings: Sequence[Finding], *skipped: str) -> list[tuple[str, str]]:
    """(code, place) of the findings; the coming change of law and what is not entered yet are told every
    time, see their own tests."""
    return [
        (item.code.id, str(item.place))
        for item in findings
        if item.code.id not in {"KT-612", "KT-640", "KT-704", *skipped}
    ]


def params(findings: Sequence[Finding], code: str) -> dict[str, object]:
    (finding,) = (item for item in findings if item.code.id == code)
    return dict(finding.params)


def outcome_of(result: Nominating, subject: str) -> Outcome:
    return next(
        item.judgement.outcome
        for item in result.nominations
        if item.candidate.subject == subject and not item.leads_cluster
    )


def on_day(folder: Path, day: date, chosen: Master | None = None, **case: Any) -> Nominating:
    given = chosen or master()
    consolidated(folder, chosen=given, **case)
    return nominate(folder / "ra", given, day, folder / "ra")


AN: dict[str, Any] = {"subject": "Trần Văn An", "unit": AN_BINH}
BINH: dict[str, Any] = {"subject": "Lê Thị Bình", "unit": BINH_HOA}


def history(folder: Path, *plants: Plant) -> History:
    tables = people_tables()
    for plant in plants:
        plant(tables)
    return load_usable(write_people(folder, tables), master().register).history


def with_history(folder: Path, *individuals: Row, plants: Sequence[Plant] = (), **case: Any) -> Nominating:
    consolidated(folder, individuals=list(individuals), **case)
    return nominate(folder / "ra", master(), ON, folder / "ra", history(folder, *plants))
