"""What the recorded history of one subject says at the end of a period, each answer with its cells.

Every question has three answers: yes, no, and "not recorded". A number that stops at a year nothing is
recorded of is a lower bound: it may satisfy a condition, it can never fail one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from tdkt_xl.domain.awards import Discipline, Rating
from tdkt_xl.domain.candidates import REACH_LABELS
from tdkt_xl.domain.people import (
    AwardRecord,
    Initiative,
    Merit,
    Records,
    Stretch,
    StretchKind,
    Subject,
    WorkKind,
    YearRating,
)
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Place

T_co = TypeVar("T_co", covariant=True)

_DAY = timedelta(days=1)


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make ``Found[int](9)`` of a frozen slotted class
class Found(Generic[T_co]):
    """An answer from the history with the cells it rests on.

    ``gap`` says in words what is not recorded. With a gap, a number is a lower bound and None is unknown;
    without one, the answer is complete.
    """

    value: T_co | None
    places: tuple[Place, ...] = ()
    gap: str = ""

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing that is not recorded could change the answer."""
        return not self.gap


@dataclass(frozen=True)
class Past:
    """The records of a subject seen from the period under review.

    ``day`` is the day of the award decision. ``pending`` are the awards proposed for this very period with
    the cell of each proposal: a title that is decided together with this one counts for it.
    """

    records: Records
    period: Period
    day: date
    pending: Mapping[str, Place] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        """Whose past it is."""
        return self.records.subject

    @property
    def year(self) -> int:
        """The year under review: the one the period ends in."""
        return self.period.last

    def knows(self, year: int) -> bool:
        """Tell whether the records of a year are complete: then what is absent did not happen."""
        return self._knows_all(year, year)

    def _knows_all(self, first: int, last: int) -> bool:
        since, until = self.subject.known_since, self.subject.known_until
        return since is not None and until is not None and since <= first and last <= until

    # ---- ratings

    def rating(self, year: int | None = None) -> Found[Rating]:
        """The rating of a year (the year under review when none is given)."""
        wanted = self.year if year is None else year
        found = self.records.ratings.get(wanted)
        if found is None:
            return Found(None, (), f"chưa có xếp loại năm {wanted}")
        return Found(found.rating, (found.source.cell("rating"),))

    def rated_run(self, least: Rating, until: int | None = None) -> Found[int]:
        """How many consecutive years up to ``until`` (else the year under review) reached ``least``."""
        run: list[YearRating] = []
        year = self.year if until is None else until
        while (rated := self.records.ratings.get(year)) is not None and rated.rating >= least:
            run.append(rated)
            year -= 1
        places = tuple(item.source.cell("rating") for item in run)
        if rated is None:
            return Found(len(run), places, f"chưa có xếp loại năm {year}")
        return Found(len(run), (*places, rated.source.cell("rating")))

    def rated_years(self, least: Rating, first: int, last: int) -> Found[int]:
        """How many of the years ``first`` … ``last`` were rated ``least`` or better."""
        rated = [self.records.ratings.get(year) for year in range(first, last + 1)]
        lacking = [
            str(year) for year, item in zip(range(first, last + 1), rated, strict=True) if item is None
        ]
        good = [item for item in rated if item is not None and item.rating >= least]
        gap = f"chưa có xếp loại năm {', '.join(lacking)}" if lacking else ""
        return Found(len(good), tuple(item.source.cell("rating") for item in good), gap)

    # ---- awards

    def awards(self, *codes: str, merits: Iterable[Merit] = Merit) -> Iterator[AwardRecord]:
        """Awards received by the day of decision, of these codes and kinds of merit, earliest first."""
        wanted = frozenset(merits)
        for award in self.records.awards:
            if (
                award.award in codes
                and award.merit in wanted
                and (award.day is None or award.day <= self.day)
            ):
                yield award

    def award_run(self, *codes: str, until: int | None = None) -> Found[int]:
        """For how many consecutive years up to ``until`` one of these awards was received.

        The year under review counts when the award is held for it or proposed together with this one.
        """
        held: dict[int, AwardRecord] = {}
        for award in self.awards(*codes):
            held.setdefault(award.year, award)
        places: list[Place] = []
        first = year = self.year if until is None else until
        while True:
            if year in held:
                places.append(held[year].source.cell("award"))
            elif year == self.year and (
                now := [self.pending[code] for code in codes if code in self.pending]
            ):
                places.append(now[0])
            else:
                break
            year -= 1
        if self.knows(year):
            return Found(first - year, (*places, self._complete_cell))
        return Found(first - year, tuple(places), f"chưa rõ năm {year} có đạt hay không")

    def award_count(self, *codes: str, first: int, last: int, merits: Iterable[Merit] = Merit) -> Found[int]:
        """How many of these awards are for the years ``first`` … ``last``, pending ones included."""
        found = [award for award in self.awards(*codes, merits=merits) if first <= award.year <= last]
        places = [award.source.cell("award") for award in found]
        if first <= self.year <= last and not any(award.year == self.year for award in found):
            places += [self.pending[code] for code in codes if code in self.pending][:1]
        ends = last if last < self.year or not self.pending else self.year - 1
        gap = "" if self._knows_all(first, ends) else f"lịch sử khen thưởng chưa đủ các năm {first}-{ends}"
        return Found(len(places), tuple(places), gap)

    def last_award(self, *codes: str, merits: Iterable[Merit] = Merit) -> Found[AwardRecord]:
        """The latest of these awards; one may have been left out, so None always means "not known"."""
        found = [award for award in self.awards(*codes, merits=merits) if award.year <= self.year]
        if found:
            return Found(found[-1], (found[-1].source.cell("award"),))
        return Found(None, (), "chưa có trong lịch sử khen thưởng")

    @property
    def _complete_cell(self) -> Place:
        """The cell that says when the records are complete: the proof that something is absent."""
        return self.subject.source.cell("known_since")

    # ---- initiatives

    def initiatives(
        self,
        reach: str,
        first: int,
        last: int,
        *,
        kinds: Iterable[WorkKind] = WorkKind,
        unused_for: Iterable[str] = (),
    ) -> tuple[Initiative, ...]:
        """Recognised works of the years ``first`` … ``last`` with at least this reach.

        ``unused_for``: works the author already used for one of these awards are left out; a use for the
        very year under review is this use, and counts.
        """
        order, wanted, barred = list(REACH_LABELS), frozenset(kinds), frozenset(unused_for)
        return tuple(
            work
            for work in self.records.initiatives
            if first <= work.year <= last
            and work.kind in wanted
            and work.reach in order
            and order.index(work.reach) >= order.index(reach)
            and not self._used(work, barred)
        )

    def _used(self, work: Initiative, barred: frozenset[str]) -> bool:
        author = work.author(self.subject.code)
        uses = author.uses if author else ()
        return any(use.award in barred and use.year != self.year for use in uses)

    def initiative_count(
        self,
        reach: str,
        first: int,
        last: int,
        *,
        kinds: Iterable[WorkKind] = WorkKind,
        unused_for: Iterable[str] = (),
    ) -> Found[int]:
        """How many works ``initiatives`` finds; a lower bound while the records are not complete."""
        works = self.initiatives(reach, first, last, kinds=kinds, unused_for=unused_for)
        gap = "" if self._knows_all(first, last) else f"danh sách sáng kiến chưa đủ các năm {first}-{last}"
        return Found(len(works), tuple(work.source.cell("decision") for work in works), gap)

    # ---- discipline

    def discipline(self, first: date | None = None, last: date | None = None) -> Found[Discipline]:
        """The heaviest measure decided between two days (within the period when none are given)."""
        start, end = first or self.period.start, last or self.period.end
        taken = [item for item in self.records.penalties if start <= item.start <= end]
        if taken:
            heaviest = max(taken, key=lambda item: item.level)
            return Found(heaviest.level, (heaviest.source.cell("level"),))
        if self._knows_all(start.year, end.year):
            return Found(Discipline.NONE, (self._complete_cell,))
        return Found(
            None, (), f"chưa rõ có bị kỷ luật trong thời gian {start:%d/%m/%Y}-{end:%d/%m/%Y} hay không"
        )

    # ---- employment

    def stretches(self, *kinds: StretchKind) -> tuple[Stretch, ...]:
        """Stretches of these kinds that have a day within the period."""
        return tuple(
            item
            for item in self.records.stretches
            if item.kind in kinds
            and item.start <= self.period.end
            and (item.end or date.max) >= self.period.start
        )

    def months_employed(self) -> Found[int]:
        """Whole months of service up to the end of the period.

        A contract counts at the agency that recruited the person afterwards, or while it is all there is
        (the Ministry's reading, law.md §7). Leave is not taken off: no text found says so, and maternity
        leave counts as working time (NĐ 91/2017, Điều 10.4).
        """
        served = [
            item
            for item in self.records.stretches
            if item.kind.is_employment and item.start <= self.period.end
        ]
        recruited = {item.unit_code for item in served if item.kind is StretchKind.TUYEN_DUNG}
        counted = [
            item
            for item in served
            if item.kind is StretchKind.TUYEN_DUNG or not recruited or item.unit_code in recruited
        ]
        if not counted:
            return Found(None, (), "chưa có thời gian công tác")
        places = tuple(item.source.cell("start") for item in counted)
        return Found(sum(map(_whole_months, self._joined(counted))), places)

    def _joined(self, stretches: Iterable[Stretch]) -> list[tuple[date, date]]:
        """First days and days after the last, joined where one follows or overlaps the other."""
        joined: list[tuple[date, date]] = []
        for item in sorted(stretches, key=lambda one: one.start):
            after = min(item.end or date.max - _DAY, self.period.end) + _DAY
            if joined and item.start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], after)
            else:
                joined.append((item.start, after))
        return joined


def _whole_months(span: tuple[date, date]) -> int:
    start, after = span
    return (after.year - start.year) * 12 + after.month - start.month - (after.day < start.day)
