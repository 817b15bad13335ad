"""What if one fact were different: put suppositions in place of what is stated or recorded."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tdkt_xl.domain.awards import Discipline, Rating
from tdkt_xl.domain.candidates import FACTS, REACH_LABELS, Fact
from tdkt_xl.domain.known_facts import facts_of
from tdkt_xl.domain.people import AwardRecord, History, Records, YearRating
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import NOWHERE, Finding, Place, TdktError
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.judging import Judgement
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tasks.known_past import Proposal, split_mark
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.nomination import Nomination

_SHAPE = re.compile(r"(?P<subject>[^:]+):(?P<what>[^=]+)=(?P<value>.*)")
_WITH_YEAR = re.compile(r"(.+?)\s+(20\d\d)")
_YES_NO = {"có": True, "không": False}
_RATING = FACTS["rating"].label


@dataclass(frozen=True, slots=True)
class Supposition:
    """One fact supposed: a fact of the proposal, the rating of a year, or an award of a year.

    ``place`` is the cell that names the subject, when the supposition was read from a workbook.
    """

    text: str
    subject: str
    fact: str = ""
    award: str = ""
    year: int = 0
    value: object = None
    place: Place = NOWHERE

    def is_about(self, name: str, code: str = "") -> bool:
        """Tell whether a subject of this name or code is meant."""
        wanted, mark = split_mark(self.subject)
        if code and code in {self.subject, mark}:
            return True
        return not mark and comparison_key(wanted) == comparison_key(name)


@dataclass(frozen=True, slots=True)
class Move:
    """A proposal and what is concluded of it before and after."""

    before: Nomination
    after: Nomination


@dataclass(frozen=True, slots=True)
class Effect:
    """What one supposition moves, or all of them together (``text`` is "")."""

    text: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a supposition is not understood; ``field`` is the part that is wrong: fact or value."""

    field: str
    reason: str


def read_supposition(text: str) -> Supposition:
    """Read "Tên: thông tin=giá trị"; raises TdktError KT-755 saying what is not understood."""
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise TdktError(codes.UNKNOWN_SUPPOSITION, text=text, reason="chưa đủ tên, thông tin, giá trị")
    subject, what, value = (shape[name].strip() for name in ("subject", "what", "value"))
    dated = _WITH_YEAR.fullmatch(what)
    found = understand(subject, dated[1] if dated else what, int(dated[2]) if dated else 0, value, text)
    if isinstance(found, Misread):
        raise TdktError(codes.UNKNOWN_SUPPOSITION, text=text, reason=found.reason)
    return found


def understand(subject: str, what: str, year: int, value: str, text: str) -> Supposition | Misread:
    """Return what is supposed of a subject: ``what`` is a fact, or with a year a rating or an award."""
    if year:
        return _of_year(text, subject, what, year, value)
    fact = next(
        (
            name
            for name, info in FACTS.items()
            if comparison_key(what) in {comparison_key(name), comparison_key(info.label)}
        ),
        "",
    )
    if not fact:
        return Misread("fact", f"không có thông tin “{what}”")
    found = _value(fact, value)
    return found if isinstance(found, Misread) else Supposition(text, subject, fact=fact, value=found)


def _of_year(text: str, subject: str, what: str, year: int, value: str) -> Supposition | Misread:
    if comparison_key(what) in {comparison_key(_RATING), comparison_key("Xếp loại"), "rating"}:
        rating = _value("rating", value)
        if isinstance(rating, Misread):
            return rating
        return Supposition(text, subject, fact="rating", year=year, value=rating)
    award = AwardNames(load_packs().packs).find(what)
    if award is None:
        return Misread("fact", f"không có danh hiệu “{what}”")
    if comparison_key(value) not in _YES_NO:
        return Misread("value", "danh hiệu của một năm ghi có hoặc không")
    return Supposition(text, subject, award=award.code, year=year, value=_YES_NO[comparison_key(value)])


def _value(fact: str, value: str) -> object | Misread:
    kind, key = FACTS[fact].type, comparison_key(value)
    found: object = None
    if kind is bool:
        found = _YES_NO.get(key)
    elif kind is int:
        found = int(value) if value.isdecimal() else None
    elif kind in {Rating, Discipline}:
        names = {comparison_key(word): item for item in kind for word in (item.code, item.label)}
        found = names.get(key)
    elif fact == "initiative_reach":
        found = next(
            (code for code, label in REACH_LABELS.items() if key in {code, comparison_key(label)}), None
        )
    elif value:
        found = value
    if found is None:
        return Misread("value", f"“{value}” không phải giá trị của “{FACTS[fact].label}”")
    return found


def suppose_records(history: History, suppositions: Iterable[Supposition], day: date) -> History:
    """The history with ratings and awards of other years as supposed."""
    changed = dict(history.subjects)
    for item in suppositions:
        if item.year:
            for code, known in history.subjects.items():
                if item.is_about(known.subject.name, code):
                    changed[code] = _with(changed[code], item, day)
    return replace(history, subjects=changed)


def _with(known: Records, item: Supposition, day: date) -> Records:
    code, period = known.subject.code, Period(item.year, item.year)
    if isinstance(item.value, Rating):
        rating = YearRating(code, period, item.value, source=known.subject.source)
        return replace(known, ratings={**known.ratings, item.year: rating})
    kept = tuple(award for award in known.awards if (award.award, award.year) != (item.award, item.year))
    if not item.value:
        return replace(known, awards=kept)
    supposed = AwardRecord(code, item.award, period, item.text, day, source=known.subject.source)
    return replace(known, awards=tuple(sorted((*kept, supposed), key=lambda award: award.year)))


def suppose_facts(proposals: Iterable[Proposal], suppositions: Iterable[Supposition]) -> list[Proposal]:
    """The proposals with facts of the year under review as supposed."""
    items = list(proposals)
    for given in suppositions:
        if given.fact and not given.year:
            items = [_with_fact(item, given) for item in items]
    return items


def _with_fact(item: Proposal, given: Supposition) -> Proposal:
    code = item.subject.code if item.subject else ""
    if not given.is_about(item.candidate.subject, code) or given.fact not in FACTS:
        return item
    if item.candidate.kind not in FACTS[given.fact].kinds:
        return item
    facts = {**item.candidate.facts, given.fact: Fact(given.value, item.candidate.place)}
    past = item.past
    if past is not None and isinstance(given.value, Rating):
        records = _with(past.records, replace(given, year=item.period.last), past.day)
        past = replace(past, records=records)
        supposed = facts_of(past)
        facts |= {name: supposed[name] for name in ("htxs_years", "initiatives_count") if name in supposed}
    return replace(item, candidate=replace(item.candidate, facts=facts), past=past)


def about_nobody(suppositions: Iterable[Supposition], nominations: Sequence[Nomination]) -> list[Finding]:
    """Report each supposition about nobody who is proposed (KT-755)."""
    return [
        codes.UNKNOWN_SUPPOSITION.at(
            item.place, text=item.text, reason=f"không có đề nghị nào của “{item.subject}”"
        )
        for item in suppositions
        if not any(
            item.is_about(one.candidate.subject, one.subject.code if one.subject else "")
            for one in nominations
        )
    ]


def moves(before: Sequence[Nomination], after: Sequence[Nomination]) -> tuple[Move, ...]:
    """The proposals of which another outcome, or other reasons, come out."""
    return tuple(
        Move(old, new)
        for old, new in zip(before, after, strict=True)
        if _gist(old.judgement) != _gist(new.judgement)
    )


def _gist(judgement: Judgement) -> tuple[object, ...]:
    return (judgement.outcome, *((reason.rule, reason.verdict, reason.text) for reason in judgement.reasons))
