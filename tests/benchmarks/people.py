"""P10: 5,000 people with ten years of history judged for every award, against a plain pandas pass.

The pandas pass answers yes or no for two titles; the product judges every award, with every reason, article
and cell.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from time import process_time

import pandas as pd

from tdkt_xl.domain.awards import Rating
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.people import (
    Author,
    AwardRecord,
    History,
    Initiative,
    Person,
    Source,
    Stretch,
    StretchKind,
    WorkKind,
    YearRating,
)
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Place
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tasks.eligible import find_prospects
from tdkt_xl.tasks.master import load_master
from tests.benchmarks.results import Row, decimal
from tests.benchmarks.timing import ROOT, Bench, interleaved, timed

PEOPLE, YEARS, LAST = 5_000, 10, 2023
ON = date(2023, 12, 15)
FILE = "ho-so-khen-thuong.xlsx"


def make_history() -> History:
    """Invented people: ratings of ten years, titles, initiatives and a day of recruitment each."""
    random = Random(17)
    people, ratings, awards, works, stretches = [], [], [], [], []
    for number in range(1, PEOPLE + 1):
        code = f"CN-{number:05d}"
        at = Source(Place(FILE, "Cá nhân", number + 6), {"name": 2, "known_since": 11})
        first = LAST - YEARS + 1
        people.append(
            Person(code, f"Người {number}", "CQ-08", known_since=first, known_until=LAST, source=at)
        )
        start = date(random.choice((2005, 2012, 2023)), random.randint(1, 12), 1)
        stretches.append(Stretch(code, StretchKind.TUYEN_DUNG, "CQ-08", start, source=at))
        for year in range(first, LAST + 1):
            period = Period(year, year)
            rating = random.choices(list(Rating), (1, 6, 60, 33))[0]
            ratings.append(YearRating(code, period, rating, source=at))
            if rating is Rating.HTXSNV:
                author = Author(code)
                works.append(
                    Initiative(
                        f"{code}-{year}", "Cách làm", WorkKind.SANG_KIEN, "co_so", period, "1/QĐ", source=at,
                        authors=(author,),
                    )
                )  # fmt: skip
                if year < LAST:
                    awards.append(
                        AwardRecord(code, "CSTDCS", period, "1/QĐ", date(year + 1, 2, 1), source=at)
                    )
    return History.build(people, ratings=ratings, awards=awards, initiatives=works, stretches=stretches)


def frames(history: History) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows as two tables: ratings, and people with their day of recruitment and initiatives."""
    known = history.subjects.values()
    ratings = pd.DataFrame(
        [(one.subject.code, item.year, item.rating.code) for one in known for item in one.ratings.values()],
        columns=["code", "year", "rating"],
    )
    people = pd.DataFrame(
        [
            (one.subject.code, one.stretches[0].start, any(work.year == LAST for work in one.initiatives))
            for one in known
        ],
        columns=["code", "start", "initiative"],
    )
    return ratings, people


def plain_pass(ratings: pd.DataFrame, people: pd.DataFrame) -> tuple[set[str], set[str]]:
    """Who meets the conditions of LĐTT and of CSTĐCS on paper: nothing but the codes."""
    this_year = ratings[ratings["year"] == LAST]
    good = set(this_year.loc[this_year["rating"].isin(["HTTNV", "HTXSNV"]), "code"])
    start = pd.to_datetime(people["start"])
    months = (LAST + 1 - start.dt.year) * 12 + 1 - start.dt.month - (start.dt.day > 1)
    long_enough = set(people.loc[months >= 10, "code"])
    ldtt = good & long_enough
    return ldtt, ldtt & set(people.loc[people["initiative"], "code"])


def judged(history: History, master: Master) -> dict[str, set[str]]:
    """Who is eligible by the history, by award."""
    found: dict[str, set[str]] = {}
    for item in find_prospects(history, master, Period(LAST, LAST), ON):
        if item.by_history is Outcome.ELIGIBLE and item.nomination.subject:
            found.setdefault(item.nomination.candidate.award, set()).add(item.nomination.subject.code)
    return found


def _processor(work: Callable[[], object]) -> float:
    """Seconds the processor worked: what a machine with nothing else to do would take."""
    begin = process_time()
    work()
    return process_time() - begin


def judging(bench: Bench) -> Iterator[Row]:
    """The rows of P10."""
    master, history = load_master(ROOT / "workbooks" / "danh-muc.xlsx"), make_history()
    ratings, people = frames(history)
    eligible = judged(history, master)
    if (eligible["LDTT"], eligible["CSTDCS"]) != plain_pass(ratings, people):
        raise RuntimeError("the two sides differ")
    taken = interleaved(
        {
            "product": lambda: timed(lambda: judged(history, master)),
            "processor": lambda: _processor(lambda: judged(history, master)),
            "pandas": lambda: timed(lambda: plain_pass(ratings, people)),
        },
        max(bench.rounds // 2, 1),
    )
    count = f"{PEOPLE:,}".replace(",", ".")
    name = f"xét {count} người, {YEARS} năm, mọi danh hiệu, kèm lý do"
    yield Row(
        "P10", f"{name}; bộ xử lý {decimal(taken['processor'])} giây", taken["product"], "≤ 10 giây", "giây"
    )
    ratio = taken["product"] / taken["pandas"]
    yield Row("", "so với một lượt pandas cho hai danh hiệu, không lý do", ratio, digits=0)
