"""Read the clerk's words of the scenario files into candidates, as the nomination reader will."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACTS, REACH_LABELS, Candidate, Fact
from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.domain.past import Past
from tdkt_xl.domain.people import (
    Author,
    AwardRecord,
    History,
    Initiative,
    Merit,
    Penalty,
    Person,
    Source,
    Use,
    WorkKind,
    YearRating,
)
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Place
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.vietnamese.text import comparison_key

TESTS = Path(__file__).parents[2]
ROW = Place("cum-03.xlsx", "Đề nghị", 7)
COLUMNS = {name: number for number, name in enumerate(FACTS, start=5)}

_BY_LABEL = {info.label: name for name, info in FACTS.items()}
_YES_NO = {"Có": True, "Không": False}


def fact_value(name: str, word: str | int) -> object:
    """Return the value of a fact written as the clerk writes it; None for a blank cell."""
    wanted = FACTS[name].type
    if word == "":
        return None
    if wanted is bool:
        return _YES_NO[str(word)]
    if wanted in (Rating, Discipline):
        return next(step for step in wanted if comparison_key(step.label) == comparison_key(str(word)))
    if name == "initiative_reach":
        return next(code for code, label in REACH_LABELS.items() if label == word)
    assert type(word) is wanted
    return word


def facts(values: Mapping[str, object]) -> dict[str, Fact[object]]:
    """Return facts by English name, each at its own cell of the row of the proposal."""
    return {name: Fact(value, ROW.at(7, COLUMNS[name])) for name, value in values.items()}


def stated(words: Mapping[str, str | int]) -> dict[str, Fact[object]]:
    """Return facts from Vietnamese labels and words."""
    return facts({_BY_LABEL[label]: fact_value(_BY_LABEL[label], word) for label, word in words.items()})


def office(values: Mapping[str, str], since: date = date(2017, 10, 1)) -> Office:
    """Return the office that has entered these values, by the name of the parameter or the rule's code."""
    parameters = load_packs().parameters
    keys = {parameter.name: key for key, parameter in parameters.items()}
    rules = (
        OfficeRule(keys.get(name, name), value, "QĐ 12/QĐ-UBND", "Điều 3", since)
        for name, value in values.items()
    )
    return Office(tuple(rules), parameters)


NOTHING_ENTERED = office({})


def candidate(award: str, kind: SubjectKind, given: Mapping[str, Fact[object]]) -> Candidate:
    """Return a proposal of a made-up subject."""
    return Candidate("Đơn vị mẫu", kind, "XA01", "Xã mẫu", "CUM03", award, "", ROW, given)


def past(story: Mapping[str, Any], day: date) -> Past:
    """Return the history a scenario tells: ratings, awards, initiatives, penalties, in the clerk's words."""
    year = story.get("ky", day.year)
    who = Person(
        "CN-1",
        "Người mẫu",
        "XA01",
        known_since=story.get("day_du_tu"),
        known_until=year,
        source=_at("Cá nhân", 2),
    )
    history = History.build(
        [who],
        ratings=[
            YearRating("CN-1", Period(one, one), Rating[code], source=_at("Xếp loại", one))
            for span, code in story.get("xep_loai", {}).items()
            for one in _years(span)
        ],
        awards=[_award(item) for item in story.get("khen", ())],
        initiatives=[_initiative(item) for item in story.get("sang_kien", ())],
        penalties=[
            Penalty("CN-1", Discipline[item["muc"]], item["tu"], item.get("den"), source=_at("Kỷ luật", 3))
            for item in story.get("ky_luat", ())
        ],
    )
    pending = dict.fromkeys(story.get("de_nghi_cung", ()), ROW)
    return Past(history.subjects["CN-1"], Period(year, year), day, pending)


def _at(sheet: str, row: int) -> Source:
    return Source(Place("ho-so-khen-thuong.xlsx", sheet, row))


def _years(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def _award(item: Mapping[str, Any]) -> AwardRecord:
    year = Period(item["nam"], item["nam"])
    merit = next(merit for merit in Merit if merit.label == item.get("loai", "Thường xuyên"))
    return AwardRecord(
        "CN-1",
        item["ma"],
        year,
        "7/QĐ",
        item.get("ngay"),
        until=item.get("den"),
        merit=merit,
        source=_at("Khen thưởng", item["nam"]),
    )


def _initiative(item: Mapping[str, Any]) -> Initiative:
    uses = tuple(Use(code, year) for code, year in item.get("da_dung", ()))
    reach = next(code for code, label in REACH_LABELS.items() if label == item["pham_vi"])
    return Initiative(
        f"SK-{item['nam']}-{item['pham_vi']}",
        "Cách làm",
        WorkKind.SANG_KIEN,
        reach,
        Period(item["nam"], item["nam"]),
        authors=(Author("CN-1", uses=uses),),
        source=_at("Sáng kiến", item["nam"]),
    )
