"""Read the clerk's words of the scenario files into candidates, as the nomination reader will."""

from collections.abc import Mapping
from pathlib import Path

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACTS, REACH_LABELS, Candidate, Fact
from tdkt_xl.findings import Place
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


def candidate(award: str, kind: SubjectKind, given: Mapping[str, Fact[object]]) -> Candidate:
    """Return a proposal of a made-up subject."""
    return Candidate("Đơn vị mẫu", kind, "XA01", "Xã mẫu", "CUM03", award, "", ROW, given)
