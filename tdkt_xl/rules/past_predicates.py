"""Tests over the recorded history: earlier awards, the years since, streaks already rewarded, penalties.

A number counted from records that are not complete is a lower bound: it may pass, it never fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tdkt_xl.domain.awards import Discipline, Rating
from tdkt_xl.domain.past import Found, Past
from tdkt_xl.domain.people import AwardRecord, Merit
from tdkt_xl.findings import Place
from tdkt_xl.findings.render import say
from tdkt_xl.rules.evidence import Answer, Evidence, Verdict, doubtful, missing_facts

Reach = Literal["co_so", "tinh", "toan_quoc"]

_LASTING = tuple(merit for merit in Merit if merit not in {Merit.CHUYEN_DE, Merit.DOT_XUAT})
"""Thematic and sudden awards are no step to a higher one (NĐ 91/2017, Điều 3; NĐ 152/2025)."""


def _unknown(what: str) -> Verdict:
    return Verdict(Answer.MISSING, f"chưa có {what} trong hồ sơ")


def _counted(found: Found[int], least: int, unit: str, places: Iterable[Place] = ()) -> Verdict:
    """Compare a number of the history with the least wanted; a lower bound cannot fail."""
    value = found.value or 0
    text = f"{value} {unit}, yêu cầu từ {least} {unit}"
    every = (*places, *found.places)
    if value >= least:
        return Verdict(Answer.PASS, text, places=every)
    if found.gap:
        return Verdict(Answer.MISSING, f"mới ghi nhận {text}; {found.gap}", places=every)
    return Verdict(Answer.FAIL, text, places=every)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The earlier award and the first year that counts after it.

    ``sure`` is False when only the day of decision is known: the year of that day may count or not.
    """

    award: AwardRecord
    place: Place
    first: int
    sure: bool


def _clock(past: Past, award: str) -> _Clock | None:
    """Return from when achievements count after an earlier award, or None when it is not recorded.

    From the end of the achievement the decision names, else from the day of decision (TT 08/2017).
    """
    found = past.last_award(award, merits=_LASTING)
    if found.value is None:
        return None
    record, place = found.value, found.places[0]
    if record.until is not None:
        return _Clock(record, place, record.until + 1, sure=True)
    if record.day is None:
        return _Clock(record, place, record.year + 1, sure=False)
    return _Clock(record, place, record.day.year + 1, sure=False)


def _since(clock: _Clock) -> str:
    return f"từ năm {clock.first}"


def _softened(verdict: Verdict, clock: _Clock) -> Verdict:
    """Turn a fail that rests on an unsure first year into a question."""
    if verdict.answer is not Answer.FAIL or clock.sure:
        return verdict
    text = f"{verdict.text}; quyết định trước không ghi thời gian lập thành tích nên mốc tính chưa chắc"
    return Verdict(Answer.MISSING, text, places=verdict.places)


def title_run(evidence: Evidence, *, title: str, times: int) -> Verdict:
    """Pass with ``times`` consecutive titles in the recorded history, the year under review included."""
    if evidence.past is None:
        return _unknown(f"lịch sử {evidence.short(title)}")
    return _counted(evidence.past.award_run(title), times, f"lần liên tục đạt {evidence.short(title)}")


def prior_award(evidence: Evidence, *, award: str) -> Verdict:
    """Pass when a lower award of lasting merit is recorded; absence is never proved."""
    clock = _clock(evidence.past, award) if evidence.past else None
    if clock is None:
        return _unknown(f"{evidence.short(award)} đã được tặng")
    decision = clock.award.decision or "quyết định chưa ghi số"
    text = f"đã có {evidence.short(award)} năm {clock.award.year} ({decision})"
    return Verdict(Answer.PASS, text, places=(clock.place,))


def years_since_award(evidence: Evidence, *, award: str, years: int) -> Verdict:
    """Pass when ``years`` whole years have gone by since the achievement of the earlier award."""
    clock = _clock(evidence.past, award) if evidence.past else None
    if clock is None or evidence.past is None:
        return _unknown(f"{evidence.short(award)} đã được tặng")
    gone = Found(max(0, evidence.past.year - clock.first + 1), (clock.place,))
    return _softened(_counted(gone, years, f"năm {_since(clock)} sau {evidence.short(award)}"), clock)


def rated_since_award(evidence: Evidence, *, award: str, rating: Rating, years: int) -> Verdict:
    """Pass with ``years`` consecutive years rated ``rating`` or better, all after the earlier award."""
    clock = _clock(evidence.past, award) if evidence.past else None
    if clock is None or evidence.past is None:
        return _unknown(f"{evidence.short(award)} đã được tặng")
    run = evidence.past.rated_run(rating)
    after = max(0, evidence.past.year - clock.first + 1)
    kept = Found(min(run.value or 0, after), run.places, run.gap if (run.value or 0) < after else "")
    unit = f"năm liên tục xếp loại từ “{rating.label}” sau {evidence.short(award)}"
    return _softened(_counted(kept, years, unit, (clock.place,)), clock)


def rated_times_since_award(evidence: Evidence, *, award: str, rating: Rating, count: int) -> Verdict:
    """Pass with ``count`` years rated ``rating`` or better since the earlier award."""
    clock = _clock(evidence.past, award) if evidence.past else None
    if clock is None or evidence.past is None:
        return _unknown(f"{evidence.short(award)} đã được tặng")
    found = evidence.past.rated_years(rating, clock.first, evidence.past.year)
    unit = f"năm xếp loại từ “{rating.label}” {_since(clock)}"
    return _softened(_counted(found, count, unit, (clock.place,)), clock)


def titles_since_award(evidence: Evidence, *, award: str, title: str, count: int) -> Verdict:
    """Pass with ``count`` titles since the earlier award, the year under review included."""
    clock = _clock(evidence.past, award) if evidence.past else None
    if clock is None or evidence.past is None:
        return _unknown(f"{evidence.short(award)} đã được tặng")
    found = evidence.past.award_count(title, first=clock.first, last=evidence.past.year)
    return _softened(
        _counted(found, count, f"lần {evidence.short(title)} {_since(clock)}", (clock.place,)), clock
    )


def initiatives_since_award(evidence: Evidence, *, award: str, reach: Reach, count: int) -> Verdict:
    """Pass with ``count`` recognised works of this reach since the earlier award, none used for it before."""
    clock = _clock(evidence.past, award) if evidence.past else None
    if clock is None or evidence.past is None:
        return _unknown(f"{evidence.short(award)} đã được tặng")
    found = evidence.past.initiative_count(
        reach, clock.first, evidence.past.year, unused_for=(evidence.award,) if evidence.award else ()
    )
    return _softened(_counted(found, count, f"sáng kiến, đề tài {_since(clock)}", (clock.place,)), clock)


def title_streak(evidence: Evidence, *, title: str, years: int) -> Verdict:
    """Pass with ``years`` consecutive titles of which none was already rewarded with the award asked for.

    A year rewarded once is consumed: the next streak begins after it (NĐ 122/2018 as explained there).
    """
    past = evidence.past
    if past is None:
        return _unknown(f"lịch sử {evidence.short(title)}")
    run = past.award_run(title)
    rewarded = [item for item in past.awards(evidence.award) if item.year < past.year]
    if not rewarded:
        return _counted(run, years, f"năm liên tục {evidence.short(title)}")
    last = rewarded[-1]
    fresh = max(0, past.year - (last.until or last.year))
    kept = Found(min(run.value or 0, fresh), run.places, run.gap if (run.value or 0) < fresh else "")
    unit = f"năm liên tục {evidence.short(title)} chưa tính khen (đã khen năm {last.year})"
    return _counted(kept, years, unit, (last.source.cell("award"),))


def penalty_served(evidence: Evidence) -> Verdict:
    """Pass without a measure in the year; with one, achievements count from the end of its time.

    The whole year under penalty fails; a part of the year is for the council to weigh.
    """
    level = evidence.get("discipline", Discipline)
    if level is None:
        return missing_facts(evidence, "discipline")
    if level is Discipline.NONE:
        return Verdict(Answer.PASS, "không bị kỷ luật", ("discipline",))
    past = evidence.past
    taken = [] if past is None else [item for item in past.records.penalties if item.start <= past.period.end]
    ends = [item.end for item in taken if item.end is not None]
    if past is None or not taken or len(ends) < len(taken):
        return doubtful(
            f"bị kỷ luật “{level.label}”, chưa có ngày hết thời hạn kỷ luật trong hồ sơ", "discipline"
        )
    end = max(ends)
    places = tuple(item.source.cell("end") for item in taken)
    text = f"bị kỷ luật “{level.label}”, thành tích tính từ sau ngày {say(end)}"
    if end >= past.period.end:
        return Verdict(Answer.FAIL, f"{text}, sau ngày cuối kỳ xét", ("discipline",), places=places)
    return Verdict(
        Answer.MISSING, f"{text}; hội đồng xét phần còn lại của kỳ", ("discipline",), places=places
    )
