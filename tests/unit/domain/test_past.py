"""What a recorded history answers, and when it says that it cannot."""

from datetime import date
from decimal import Decimal

import pytest

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
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
    Stretch,
    StretchKind,
    Use,
    WorkKind,
    YearRating,
)
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Place

ON = date(2023, 12, 15)
BOOK = "ho-so-khen-thuong.xlsx"


def year(number: int) -> Period:
    return Period(number, number)


def at(sheet: str, row: int, **columns: int) -> Source:
    return Source(Place(BOOK, sheet, row), columns)


def person(known_since: int | None = 2018, known_until: int | None = 2023) -> Person:
    return Person(
        "CN-1",
        "Trần Văn An",
        "CQ-08",
        known_since=known_since,
        known_until=known_until,
        source=at("Cá nhân", 7, known_since=9),
    )


def rating(number: int, value: Rating) -> YearRating:
    return YearRating("CN-1", year(number), value, source=at("Xếp loại", number, rating=4))


def award(number: int, code: str, **more: object) -> AwardRecord:
    return AwardRecord("CN-1", code, year(number), source=at("Khen thưởng", number, award=3), **more)  # type: ignore[arg-type]


def work(number: int, reach: str = "co_so", *uses: Use, kind: WorkKind = WorkKind.SANG_KIEN) -> Initiative:
    author = Author("CN-1", Decimal(100), uses)
    return Initiative(
        f"SK-{number}",
        "Cách làm",
        kind,
        reach,
        year(number),
        authors=(author,),
        source=at("Sáng kiến", number, decision=5),
    )


def past(
    who: Person | None = None, *, on: date = ON, pending: dict[str, Place] | None = None, **records: object
) -> Past:
    history = History.build([who or person()], **records)  # type: ignore[arg-type]
    return Past(history.subjects["CN-1"], year(2023), on, pending or {})


def cells(places: tuple[Place, ...]) -> list[str]:
    return [str(place).removeprefix(f"[{BOOK}]") for place in places]


# Ratings


def test_rating_run_ends_at_a_lower_year_and_shows_it() -> None:
    given = [rating(2023, Rating.HTXSNV), rating(2022, Rating.HTXSNV), rating(2021, Rating.HTTNV)]
    found = past(ratings=given).rated_run(Rating.HTXSNV)
    assert (found.value, found.gap) == (2, "")
    assert cells(found.places) == ["Xếp loại!D2023", "Xếp loại!D2022", "Xếp loại!D2021"]


def test_rating_run_that_meets_an_unrated_year_is_a_lower_bound() -> None:
    found = past(ratings=[rating(2023, Rating.HTXSNV), rating(2021, Rating.HTXSNV)]).rated_run(Rating.HTXSNV)
    assert (found.value, found.gap, found.is_complete) == (1, "chưa có xếp loại năm 2022", False)


def test_school_year_counts_as_the_year_it_ends_in() -> None:
    school = YearRating("CN-1", Period(2022, 2023), Rating.HTTNV)
    assert past(ratings=[school]).rating().value is Rating.HTTNV


def test_rated_years_name_every_year_that_lacks() -> None:
    found = past(ratings=[rating(2022, Rating.HTTNV)]).rated_years(Rating.HTTNV, 2021, 2023)
    assert (found.value, found.gap) == (1, "chưa có xếp loại năm 2021, 2023")


# Awards


def test_award_run_is_complete_from_the_year_the_file_is_complete() -> None:
    held = [award(2021, "CSTDCS"), award(2022, "CSTDCS"), award(2023, "CSTDCS")]
    found = past(awards=held).award_run("CSTDCS")
    assert (found.value, found.gap) == (3, "")
    assert cells(found.places) == [
        "Khen thưởng!C2023",
        "Khen thưởng!C2022",
        "Khen thưởng!C2021",
        "Cá nhân!I7",
    ]


@pytest.mark.parametrize(("since", "gap"), [(2022, "chưa rõ năm 2021 có đạt hay không"), (2021, "")])
def test_award_run_before_the_file_is_complete_is_a_lower_bound(since: int, gap: str) -> None:
    found = past(person(since), awards=[award(2022, "CSTDCS"), award(2023, "CSTDCS")]).award_run("CSTDCS")
    assert (found.value, found.gap) == (2, gap)


def test_broken_run_counts_only_the_last_years() -> None:
    held = [award(2019, "CSTDCS"), award(2020, "CSTDCS"), award(2022, "CSTDCS"), award(2023, "CSTDCS")]
    assert past(awards=held).award_run("CSTDCS").value == 2


def test_award_proposed_for_the_same_year_counts() -> None:
    proposal = Place("cum-01.xlsx", "Đề nghị cá nhân", 9, 5)
    given = past(awards=[award(2021, "CSTDCS"), award(2022, "CSTDCS")], pending={"CSTDCS": proposal})
    assert (given.award_run("CSTDCS").value, given.award_run("CSTDCS").places[0]) == (3, proposal)
    assert given.award_count("CSTDCS", first=2019, last=2023).value == 3


def test_year_under_review_without_the_award_is_no_run() -> None:
    assert past(awards=[award(2022, "CSTDCS")]).award_run("CSTDCS").value == 0
    assert past(awards=[award(2022, "CSTDCS")]).award_run("CSTDCS", until=2022).value == 1


def test_award_decided_after_the_day_is_not_held_yet() -> None:
    late = award(2022, "BK_TINH", day=date(2023, 12, 16))
    assert past(awards=[late]).last_award("BK_TINH").value is None
    assert past(awards=[late], on=date(2023, 12, 16)).last_award("BK_TINH").value is late


def test_thematic_award_can_be_left_out() -> None:
    themed = award(2022, "BK_TINH", merit=Merit.CHUYEN_DE)
    given = past(awards=[themed])
    assert given.last_award("BK_TINH").value is themed
    assert given.last_award("BK_TINH", merits=(Merit.THUONG_XUYEN,)).value is None


def test_no_award_recorded_is_never_proof_that_there_was_none() -> None:
    assert past().last_award("BK_TINH").gap == "chưa có trong lịch sử khen thưởng"


@pytest.mark.parametrize(("until", "complete"), [(2023, True), (2022, False), (None, False)])
def test_count_is_complete_only_within_the_complete_years(until: int | None, complete: bool) -> None:
    found = past(person(2018, until)).award_count("CSTDCS", first=2020, last=2023)
    assert (found.value, found.is_complete) == (0, complete)


# Initiatives


def test_initiatives_count_by_reach_year_and_kind() -> None:
    given = past(initiatives=[work(2020), work(2022, "tinh"), work(2023, kind=WorkKind.DE_TAI)])
    assert given.initiative_count("co_so", 2022, 2023).value == 2
    assert given.initiative_count("tinh", 2022, 2023).value == 1
    assert given.initiative_count("co_so", 2022, 2023, kinds=(WorkKind.SANG_KIEN,)).value == 1
    assert cells(given.initiative_count("tinh", 2022, 2023).places) == ["Sáng kiến!E2022"]


def test_used_initiative_is_left_out_unless_used_for_this_year() -> None:
    given = past(
        initiatives=[work(2022, "co_so", Use("CSTDCS", 2022)), work(2023, "co_so", Use("CSTDCS", 2023))]
    )
    found = given.initiatives("co_so", 2022, 2023, unused_for=("CSTDCS",))
    assert [item.code for item in found] == ["SK-2023"]
    assert len(given.initiatives("co_so", 2022, 2023, unused_for=("BK_TINH",))) == 2


# Discipline and employment


def test_heaviest_measure_of_the_year() -> None:
    measures = [
        Penalty("CN-1", Discipline.KHIEN_TRACH, date(2023, 2, 1), source=at("Kỷ luật", 7, level=3)),
        Penalty("CN-1", Discipline.CANH_CAO, date(2022, 12, 31), source=at("Kỷ luật", 8, level=3)),
    ]
    given = past(penalties=measures)
    assert (given.discipline().value, cells(given.discipline().places)) == (
        Discipline.KHIEN_TRACH,
        ["Kỷ luật!C7"],
    )
    assert given.discipline(date(2022, 1, 1), date(2023, 12, 31)).value is Discipline.CANH_CAO


@pytest.mark.parametrize(("since", "value"), [(2023, Discipline.NONE), (2024, None), (None, None)])
def test_no_measure_recorded_is_none_only_in_a_complete_file(
    since: int | None, value: Discipline | None
) -> None:
    assert past(person(since)).discipline().value is value


def stretch(kind: StretchKind, start: date, end: date | None = None, unit: str = "CQ-08") -> Stretch:
    return Stretch("CN-1", kind, unit, start, end)


@pytest.mark.parametrize(
    ("start", "months"),
    [(date(2023, 3, 1), 10), (date(2023, 3, 2), 9), (date(2023, 7, 1), 6), (date(2023, 7, 2), 5)],
)
def test_months_are_whole_months_to_the_end_of_the_year(start: date, months: int) -> None:
    given = past(stretches=[stretch(StretchKind.TUYEN_DUNG, start)])
    assert given.months_employed().value == months


def test_contract_at_the_same_agency_counts_before_recruitment() -> None:
    served = [
        stretch(StretchKind.HOP_DONG, date(2023, 1, 1), date(2023, 8, 31)),
        stretch(StretchKind.TUYEN_DUNG, date(2023, 9, 1)),
    ]
    assert past(stretches=served).months_employed().value == 12


def test_contract_elsewhere_does_not_count() -> None:
    served = [
        stretch(StretchKind.HOP_DONG, date(2023, 1, 1), date(2023, 8, 31), "CQ-09"),
        stretch(StretchKind.TUYEN_DUNG, date(2023, 9, 1)),
    ]
    assert past(stretches=served).months_employed().value == 4


def test_leave_is_not_taken_off_and_no_service_is_not_known() -> None:
    served = [
        stretch(StretchKind.TUYEN_DUNG, date(2020, 1, 1)),
        stretch(StretchKind.THAI_SAN, date(2023, 1, 1)),
    ]
    assert past(stretches=served).months_employed().value == 48
    assert past().months_employed().gap == "chưa có thời gian công tác"


# Finding a person


def test_name_is_found_by_spelling_within_its_unit_only() -> None:
    people = [
        Person("CN-1", "Trần Thị Hòa", "CQ-08"),
        Person("CN-2", "Trần Thị Hòa", "CQ-09"),
        Person("CN-3", "Trần Thị Hoa", "CQ-08"),
    ]
    history = History.build(people)
    assert history.find("trần thị hoà", "CQ-08", SubjectKind.INDIVIDUAL) == (people[0],)
    assert history.find("Trần Thị Hòa", "CQ-10", SubjectKind.INDIVIDUAL) == ()
    assert history.find("Trần Thị Hòa", "CQ-08", SubjectKind.COLLECTIVE) == ()


def test_homonyms_of_a_unit_are_all_returned() -> None:
    people = [Person("CN-1", "Lê Văn Nam", "CQ-08"), Person("CN-2", "Lê Văn Nam", "CQ-08")]
    assert History.build(people).find("Lê Văn Nam", "CQ-08", SubjectKind.INDIVIDUAL) == tuple(people)


@pytest.mark.parametrize(
    ("ethnicity", "minority"), [("Kinh", False), ("kinh", False), ("Chơ Ro", True), ("", None)]
)
def test_minority_is_whoever_is_not_kinh(ethnicity: str, minority: bool | None) -> None:
    assert Person("CN-1", "A", "X", ethnicity=ethnicity).minority is minority
