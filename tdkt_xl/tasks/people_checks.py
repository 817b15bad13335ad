"""Check the records of people against each other: names and codes, ratings, awards, initiatives, service."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.domain.known_facts import facts_of
from tdkt_xl.domain.past import Past
from tdkt_xl.domain.people import (
    Author,
    AwardRecord,
    History,
    Initiative,
    Merit,
    Person,
    Records,
    Stretch,
    Subject,
)
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells, nominations
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.rules.judging import Outcome, judge
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tasks.people_names import check_names
from tdkt_xl.tasks.people_rows import Interpreted, joined_works
from tdkt_xl.tasks.standard_book import Rows
from tdkt_xl.vietnamese.text import comparison_key

_YOUNGEST = 15
"""Nobody works before this age (Bộ luật Lao động 2019, Điều 3.1)."""
_HUNDRED = Decimal(100)


def check_records(records: Interpreted, rows: Rows) -> None:
    """Add to the findings of the records everything that does not fit together in them."""
    findings = records.findings
    findings += _check_subjects(records, rows)
    findings += check_names([item for item in records.subjects if isinstance(item, Person)])
    findings += _check_ratings(records)
    findings += _check_works(records)
    history = records.history()
    for known in history.subjects.values():
        findings += _check_one(known, records)
    findings += _check_against_law(history)


def _unit_name(code: str, records: Interpreted) -> str:
    unit = records.register.units.get(code)
    return unit.name if unit else code


def _cell(place: Place) -> str:
    """A cell of the same workbook, as the message names it."""
    return str(replace(place, file=""))


def _check_subjects(records: Interpreted, rows: Rows) -> Iterable[Finding]:
    """Every row must name a declared subject, and by its own name."""
    known = {subject.code: subject for subject in records.subjects}
    for sheet in ("ratings", "awards", "initiatives", "penalties", "stretches"):
        for row in rows.get(sheet, ()):
            code = row.text("subject")
            if not code:
                continue
            subject, name = known.get(code), row.text("name")
            if subject is None:
                heading = row.table.heading("subject")
                yield codes.UNKNOWN_SUBJECT.at(
                    row.place("subject"), column=heading, text=code, suggestion=_maybe(name, known.values())
                )
            elif name and comparison_key(name) != comparison_key(subject.name):
                yield codes.NAME_OF_ANOTHER.at(row.place("name"), text=name, code=code, name=subject.name)


def _maybe(name: str, subjects: Iterable[Subject]) -> str:
    same = [item.code for item in subjects if name and comparison_key(item.name) == comparison_key(name)]
    return f" Có phải mã {' hoặc '.join(same[:3])}?" if same else ""


def _check_ratings(records: Interpreted) -> Iterable[Finding]:
    names = {subject.code: subject.name for subject in records.subjects}
    first: dict[tuple[str, int], Place] = {}
    for rating in records.ratings:
        place = rating.source.cell("period")
        other = first.setdefault((rating.subject, rating.year), place)
        if other is not place:
            name = names.get(rating.subject, rating.subject)
            yield codes.RATED_TWICE.at(place, name=name, year=rating.year, other=_cell(other))


# ---- initiatives


def _check_works(records: Interpreted) -> Iterable[Finding]:
    groups: dict[str, list[tuple[Initiative, Author]]] = defaultdict(list)
    for work, author in records.works:
        groups[work.code].append((work, author))
    names = {subject.code: subject.name for subject in records.subjects}
    for code, lines in groups.items():
        yield from _differing_rows(lines)
        yield from _shares(code, [author for _, author in lines])
        seen: dict[str, Author] = {}
        for _, author in lines:
            twin = seen.setdefault(author.person, author)
            if author.person and twin is not author:
                other = _cell(twin.source.cell("subject"))
                name = names.get(author.person, author.person)
                yield codes.AUTHOR_TWICE.at(author.source.cell("subject"), name=name, work=code, other=other)
    for work in joined_works(records.works):
        if work.day and work.day < work.period.start:
            yield _too_early(work.source.cell("day"), work.day, work)


def _too_early(place: Place, day: date, item: Initiative | AwardRecord) -> Finding:
    return cells.DECISION_TOO_EARLY.at(
        place, column="Ngày quyết định", day=day, period=item.period.key, start=item.period.start
    )


_WORK_COLUMNS = {
    "title": "Tên sáng kiến, đề tài",
    "kind": "Loại",
    "reach": "Phạm vi ảnh hưởng",
    "period": "Năm",
    "decision": "Số quyết định công nhận",
    "day": "Ngày quyết định",
}


def _differing_rows(lines: Sequence[tuple[Initiative, Author]]) -> Iterable[Finding]:
    first = lines[0][0]
    for work, _ in lines[1:]:
        for name, column in _WORK_COLUMNS.items():
            attribute = "name" if name == "title" else name
            mine, theirs = getattr(work, attribute), getattr(first, attribute)
            same = mine == theirs
            if isinstance(mine, str) and isinstance(theirs, str):
                same = comparison_key(mine) == comparison_key(theirs)
            if not same:
                yield codes.WORK_DIFFERS.at(
                    work.source.cell(name),
                    work=work.code,
                    column=column,
                    other=_cell(first.source.cell(name)),
                )


def _shares(code: str, authors: Sequence[Author]) -> Iterable[Finding]:
    stated = [author for author in authors if author.share is not None]
    bad = [author for author in stated if not 0 < (author.share or 0) <= _HUNDRED]
    for author in bad:
        yield cells.SHARE_OUT_OF_RANGE.at(
            author.source.cell("share"), column="Tỷ lệ đóng góp (%)", value=author.share
        )
    if bad or not stated:
        return
    total = sum((author.share for author in stated if author.share is not None), Decimal(0))
    place = stated[-1].source.cell("share")
    if total > _HUNDRED:
        yield cells.SHARES_OVER.at(place, work=code, total=total)
    elif total < _HUNDRED and len(stated) == len(authors):
        yield cells.SHARES_UNDER.at(place, work=code, total=total)


# ---- one subject


def _check_one(known: Records, records: Interpreted) -> Iterable[Finding]:
    yield from _check_birth(known)
    yield from _check_gaps(known)
    yield from _check_awards(known, records)
    yield from _check_uses(known, records)
    yield from _check_units(known, records)


def _check_birth(known: Records) -> Iterable[Finding]:
    person = known.subject
    if not isinstance(person, Person) or person.birth is None:
        return
    dated = [(rating.year, rating.source.cell("period")) for rating in known.ratings.values()]
    dated += [(award.year, award.source.cell("period")) for award in known.awards]
    dated += [(stretch.start.year, stretch.source.cell("start")) for stretch in known.stretches]
    if not dated:
        return
    year, place = min(dated, key=lambda item: item[0])
    if year - person.birth.year < _YOUNGEST:
        yield cells.BORN_TOO_LATE.at(
            person.source.cell("birth"),
            name=person.name,
            day=person.birth,
            period=year,
            other=_cell(place),
            age=_YOUNGEST,
        )


def _check_gaps(known: Records) -> Iterable[Finding]:
    since, until = known.subject.known_since, known.subject.known_until
    if since is None or until is None:
        return
    lacking = [year for year in range(since, until + 1) if year not in known.ratings]
    if lacking:
        place = known.subject.source.cell("known_since")
        years = ", ".join(map(str, lacking))
        yield codes.RATING_GAP.at(place, name=known.subject.name, since=since, end=until, years=years)


def _check_awards(known: Records, records: Interpreted) -> Iterable[Finding]:
    name, kind = known.subject.name, known.subject.kind
    first: dict[tuple[str, int, Merit], AwardRecord] = {}
    for award in known.awards:
        told = records.names.awards[award.award]
        place = award.source.cell("award")
        if kind not in told.kinds:
            expected = [item.label for item in told.kinds]
            yield nominations.WRONG_KIND.at(
                place, award=told.abbreviation, expected=expected, kind=kind.label
            )
        if award.day and award.day < award.period.start:
            yield _too_early(award.source.cell("day"), award.day, award)
        elif award.day and not records.names.existed(award.award, award.day):
            yield codes.AWARD_DID_NOT_EXIST.at(
                award.source.cell("day"), day=award.day, award=told.abbreviation
            )
        yield from _check_years(award)
        twin = first.setdefault((award.award, award.year, award.merit), award)
        if twin is not award:
            other = _cell(twin.source.cell("award"))
            yield codes.AWARD_TWICE.at(
                place, name=name, award=told.abbreviation, year=award.year, other=other
            )


def _check_years(award: AwardRecord) -> Iterable[Finding]:
    """The years of an achievement run forwards, and end no later than the year of the award."""
    start, end = award.since or award.year, award.until or award.year
    if award.since and award.until and start > end:
        name, reason = "since", "năm bắt đầu sau năm kết thúc"
    elif start > award.year:
        name, reason = "since", "năm bắt đầu sau năm được khen"
    elif end > award.year:
        name, reason = "until", "năm kết thúc sau năm được khen"
    else:
        return
    place = award.source.cell(name)
    yield cells.YEARS_REVERSED.at(place, start=start, end=end, period=award.period.key, reason=reason)


def _check_uses(known: Records, records: Interpreted) -> Iterable[Finding]:
    since, until = known.subject.known_since, known.subject.known_until
    held = {(award.award, award.year) for award in known.awards}
    for work in known.initiatives:
        author = work.author(known.subject.code)
        for use in author.uses if author else ():
            complete = since is not None and until is not None and since <= use.year <= until
            if complete and (use.award, use.year) not in held:
                award = records.names.awards[use.award].abbreviation
                yield codes.USED_WITHOUT_AWARD.at(
                    author.source.cell("uses") if author else work.source.row,
                    name=known.subject.name,
                    award=award,
                    year=use.year,
                )


def _check_units(known: Records, records: Interpreted) -> Iterable[Finding]:
    person = known.subject
    served = [item for item in known.stretches if item.kind.is_employment]
    for early, late in combinations(served, 2):
        if early.unit_code != late.unit_code and early.overlaps(late):
            yield codes.TWO_UNITS.at(
                late.source.cell("start"),
                name=person.name,
                first=_unit_name(late.unit_code, records),
                second=_unit_name(early.unit_code, records),
                other=_cell(early.source.cell("start")),
            )
    if served and person.unit_code:
        last: Stretch = max(served, key=lambda item: (item.end or date.max, item.start))
        open_units = {item.unit_code for item in served if item.end is None} or {last.unit_code}
        if person.unit_code not in open_units:
            yield codes.UNIT_DIFFERS.at(
                person.source.cell("unit"),
                name=person.name,
                first=_unit_name(person.unit_code, records),
                second=_unit_name(last.unit_code, records),
                other=_cell(last.source.cell("unit")),
            )


# ---- awards against the law of their day


def _check_against_law(history: History) -> Iterable[Finding]:
    """Judge every recorded award by the law of its day, on what is recorded alone.

    Only a condition the records plainly fail is told; what is not recorded fails nobody.
    """
    packs = load_packs()
    nothing_entered = Office((), packs.parameters)
    for known in history.subjects.values():
        for award in known.awards:
            pack = packs.find_on(award.day) if award.day else None
            if pack is None or award.day is None or award.merit is not Merit.THUONG_XUYEN:
                continue
            past = Past(known, award.period, award.day)
            facts = facts_of(past)
            told = next((item for item in pack.awards if item.code == award.award), None)
            name = told.abbreviation if told else award.award
            if known.subject.kind.value == "individual" and "rating" not in facts and known.ratings:
                yield codes.AWARD_WITHOUT_RATING.at(
                    award.source.cell("period"), name=known.subject.name, award=name, year=award.year
                )
            candidate = Candidate(
                known.subject.name,
                known.subject.kind,
                known.subject.unit_code,
                "",
                "",
                award.award,
                award.position,
                award.source.cell("award"),
                facts,
            )
            reasons_given = judge(candidate, pack, nothing_entered, past).reasons
            failed = [item for item in reasons_given if item.outcome is Outcome.NOT_ELIGIBLE]
            if failed:
                reasons = "; ".join(f"{item.text} ({item.citation})" for item in failed)
                yield codes.AWARD_AGAINST_HISTORY.at(
                    award.source.cell("award"),
                    name=known.subject.name,
                    award=name,
                    year=award.year,
                    reasons=reasons,
                )
