"""Turn the rows of a workbook of people into records, each with its cells."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.people import (
    Author,
    AwardRecord,
    Category,
    Collective,
    History,
    Initiative,
    Labour,
    Merit,
    Penalty,
    Person,
    Source,
    Stretch,
    StretchKind,
    Subject,
    Use,
    WorkKind,
    YearRating,
)
from tdkt_xl.domain.units import Register, Unit
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import cells, nominations
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.standard_book import Rows, read_period

_USE = re.compile(r"(.+?)[ ,]*(?:năm )?(20\d\d)")
_REACH = {"Cơ sở": "co_so", "Tỉnh": "tinh", "Toàn quốc": "toan_quoc"}
_HOUSEHOLD = "Hộ gia đình"

E = TypeVar("E", bound=Enum)
T = TypeVar("T")


@dataclass
class Interpreted:
    """Every record with its place, in the order of the rows; ``names`` recognises awards."""

    register: Register
    names: AwardNames
    findings: list[Finding]
    subjects: list[Subject] = field(default_factory=list)
    ratings: list[YearRating] = field(default_factory=list)
    awards: list[AwardRecord] = field(default_factory=list)
    works: list[tuple[Initiative, Author]] = field(default_factory=list)
    """One per row: the initiative as this row gives it, and its author."""
    penalties: list[Penalty] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)

    def history(self) -> History:
        """The records put together by subject."""
        return History.build(
            self.subjects,
            ratings=self.ratings,
            awards=self.awards,
            initiatives=joined_works(self.works),
            penalties=self.penalties,
            stretches=self.stretches,
        )


def interpret_rows(rows: Rows, register: Register, findings: list[Finding]) -> Interpreted:
    """Turn rows into records; a row without what its record needs was reported and is left out."""
    found = Interpreted(register, AwardNames(load_packs().packs), findings)
    subjects: list[Subject] = [
        *_read(rows, "people", _person, found),
        *_read(rows, "collectives", _collective, found),
    ]
    first = {subject.code: subject for subject in reversed(subjects)}  # the list check reports the others
    found.subjects += [subject for subject in subjects if first[subject.code] is subject]
    found.ratings += _read(rows, "ratings", _rating, found)
    found.awards += _read(rows, "awards", _award, found)
    found.works += _read(rows, "initiatives", _work, found)
    found.penalties += _read(rows, "penalties", _penalty, found)
    found.stretches += _read(rows, "stretches", _stretch, found)
    return found


def _read(
    rows: Rows, sheet: str, read: Callable[[ListRow, Interpreted], T | None], found: Interpreted
) -> Iterator[T]:
    for row in rows.get(sheet, ()):
        record = read(row, found)
        if record is not None:
            yield record


def joined_works(works: Iterable[tuple[Initiative, Author]]) -> list[Initiative]:
    """One initiative per code, as its first row gives it, with the authors of all its rows."""
    first: dict[str, Initiative] = {}
    authors: dict[str, list[Author]] = {}
    for work, author in works:
        first.setdefault(work.code, work)
        if author.person:
            authors.setdefault(work.code, []).append(author)
    return [replace(work, authors=tuple(authors.get(code, ()))) for code, work in first.items()]


# ---- one row


def _source(row: ListRow) -> Source:
    return Source(row.table.grid.place.at(row.row, 0), row.table.columns)


def _labelled(kind: type[E], text: str) -> E | None:
    return next((item for item in kind if item.value == text), None)


def _int(row: ListRow, name: str) -> int | None:
    value = row.values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(row: ListRow, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None


def _flag(row: ListRow, name: str) -> bool | None:
    value = row.values.get(name)
    return value if isinstance(value, bool) else None


def find_unit(row: ListRow, register: Register, findings: list[Finding]) -> Unit | None:
    """The unit a row names by code, name or alias; KT-301 when it is none."""
    text = row.text("unit")
    known = register.find(text) if text else None
    if known is None and text:
        near = register.suggest(text)
        suggestion = f" Có phải ý ông/bà là “{near}”?" if near else ""
        findings.append(codes.UNKNOWN_UNIT.at(row.place("unit"), text=text, suggestion=suggestion))
    return known.unit if known else None


def _person(row: ListRow, found: Interpreted) -> Person | None:
    unit = find_unit(row, found.register, found.findings)
    if not row.text("code") or not row.text("name"):
        return None
    sex = row.text("sex")
    return Person(
        row.text("code"),
        row.text("name"),
        unit.code if unit else "",
        _day(row, "birth"),
        None if not sex else sex == "Nữ",
        row.text("ethnicity"),
        row.text("position"),
        _labelled(Category, row.text("category")),
        _labelled(Labour, row.text("labour")),
        _flag(row, "remote"),
        _int(row, "known_since"),
        _int(row, "known_until"),
        _source(row),
    )


def _collective(row: ListRow, found: Interpreted) -> Collective | None:
    unit = find_unit(row, found.register, found.findings)
    if not row.text("code") or not row.text("name") or not row.text("kind"):
        return None
    return Collective(
        row.text("code"),
        row.text("name"),
        unit.code if unit else "",
        SubjectKind.HOUSEHOLD if row.text("kind") == _HOUSEHOLD else SubjectKind.COLLECTIVE,
        _labelled(Category, row.text("category")),
        _flag(row, "small"),
        _flag(row, "remote"),
        _int(row, "known_since"),
        _int(row, "known_until"),
        _source(row),
    )


def _rating(row: ListRow, found: Interpreted) -> YearRating | None:
    period = read_period(row, found.findings)
    rating = next((item for item in Rating if item.code == row.text("rating")), None)
    if period is None or rating is None or not row.text("subject"):
        return None
    return YearRating(row.text("subject"), period, rating, row.text("decision"), _source(row))


def _award(row: ListRow, found: Interpreted) -> AwardRecord | None:
    period = read_period(row, found.findings)
    text = row.text("award")
    award = found.names.find(text)
    if award is None and text:
        found.findings.append(nominations.UNKNOWN_AWARD.at(row.place("award"), text=text, suggestion=""))
    if award is None or period is None or not row.text("subject"):
        return None
    return AwardRecord(
        row.text("subject"),
        award.code,
        period,
        row.text("decision"),
        _day(row, "day"),
        row.text("issuer"),
        text,
        row.text("position"),
        _int(row, "since"),
        _int(row, "until"),
        _labelled(Merit, row.text("merit")) or Merit.THUONG_XUYEN,
        _source(row),
    )


def _work(row: ListRow, found: Interpreted) -> tuple[Initiative, Author] | None:
    period = read_period(row, found.findings)
    kind = _labelled(WorkKind, row.text("kind"))
    if period is None or kind is None or not row.text("work") or row.text("reach") not in _REACH:
        return None
    share = row.values.get("share")
    source = _source(row)
    author = Author(
        row.text("subject"), share if isinstance(share, Decimal) else None, _uses(row, found), source
    )
    return (
        Initiative(
            row.text("work"),
            row.text("title"),
            kind,
            _REACH[row.text("reach")],
            period,
            row.text("decision"),
            _day(row, "day"),
            row.text("issuer"),
            (),
            source,
        ),
        author,
    )


def _uses(row: ListRow, found: Interpreted) -> tuple[Use, ...]:
    uses = []
    for part in filter(None, (part.strip() for part in row.text("uses").split(";"))):
        match = _USE.fullmatch(part)
        award = found.names.find(match[1]) if match else None
        if match is None or award is None:
            heading = row.table.heading("uses")
            found.findings.append(cells.BAD_USE.at(row.place("uses"), column=heading, text=part))
            continue
        uses.append(Use(award.code, int(match[2])))
    return tuple(uses)


def _penalty(row: ListRow, found: Interpreted) -> Penalty | None:
    level = _labelled(Discipline, row.text("level"))
    start = _day(row, "start")
    if level is None or start is None or not row.text("subject"):
        return None
    _check_days(row, found)
    return Penalty(row.text("subject"), level, start, _day(row, "end"), row.text("decision"), _source(row))


def _stretch(row: ListRow, found: Interpreted) -> Stretch | None:
    unit = find_unit(row, found.register, found.findings)
    kind = _labelled(StretchKind, row.text("kind"))
    start = _day(row, "start")
    if (
        kind is None
        or start is None
        or unit is None
        or not row.text("subject")
        or not _check_days(row, found)
    ):
        return None
    decision = row.text("decision")
    return Stretch(row.text("subject"), kind, unit.code, start, _day(row, "end"), decision, _source(row))


def _check_days(row: ListRow, found: Interpreted) -> bool:
    start, end = _day(row, "start"), _day(row, "end")
    if start is None or end is None or start <= end:
        return True
    found.findings.append(codes.DATES_REVERSED.at(row.place("start"), start=start, end=end))
    return False
