"""People and collectives with their history: who they are, and every record about them with its cells.

A record never stands for more than was written: what is not recorded is not known, except in the years for
which the file says that it is complete (``known_since`` … ``known_until``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import NOWHERE, Finding, Place
from tdkt_xl.vietnamese.text import comparison_key

T = TypeVar("T")


class _Worded(Enum):
    """A closed list whose value is the Vietnamese words of the workbook."""

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return str(self.value)


class Category(_Worded):
    """Whom an award counts for in the statistics (TT 02/2023/TT-BNV, forms 0602 and 0603)."""

    LANH_DAO_BO_TINH = "Lãnh đạo cấp bộ và cấp tỉnh"
    LANH_DAO_VU_SO = "Lãnh đạo cấp vụ và sở ngành"
    DOANH_NHAN = "Doanh nhân"
    LANH_DAO_PHONG = "Lãnh đạo từ phó phòng trở lên"
    NGUOI_TRUC_TIEP = "Người trực tiếp"
    DANG_DOAN_THE = "Đảng và đoàn thể"
    TRUNG_UONG = "Cơ quan trung ương"
    HANH_CHINH = "Cơ quan hành chính"
    SU_NGHIEP = "Đơn vị sự nghiệp"
    DOANH_NGHIEP = "Doanh nghiệp"
    HOP_TAC_XA = "Hợp tác xã"
    DOI_TUONG_KHAC = "Đối tượng khác"
    HO_GIA_DINH = "Hộ gia đình"

    @property
    def official(self) -> str:
        """The words of the circular and of the provincial software (law.md §5.3, §9)."""
        return _OFFICIAL.get(self.name, self.label)


_OFFICIAL = {
    "LANH_DAO_BO_TINH": "Lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên",
    "LANH_DAO_VU_SO": "Lãnh đạo cấp vụ, sở, ngành và tương đương",
    "LANH_DAO_PHONG": "Các cấp lãnh đạo từ phó phòng trở lên",
    "NGUOI_TRUC_TIEP": "Người trực tiếp công tác, lao động, học tập, chiến đấu, phục vụ chiến đấu",
    "DANG_DOAN_THE": "Cơ quan Đảng và tổ chức chính trị - xã hội",
    "TRUNG_UONG": "Cơ quan trung ương trên địa bàn",
}


class Labour(_Worded):
    """The kind of work the plan asks to honour."""

    CONG_NHAN = "Công nhân"
    NONG_DAN = "Nông dân"
    TRUC_TIEP_KHAC = "Lao động trực tiếp khác"
    KHAC = "Khác"


class Merit(_Worded):
    """Kind of commendation by the achievement it rewards (TT 02/2023/TT-BNV, form 0603, rows 11-17)."""

    THUONG_XUYEN = "Thường xuyên"
    CHUYEN_DE = "Chuyên đề"
    DOT_XUAT = "Đột xuất"
    DOI_NGOAI = "Đối ngoại"
    CONG_HIEN = "Cống hiến"
    NIEN_HAN = "Niên hạn"
    KHANG_CHIEN = "Kháng chiến"


class StretchKind(_Worded):
    """What a person did during a stretch of time: employment, or leave from it."""

    HOP_DONG = "Hợp đồng lao động"
    TUYEN_DUNG = "Tuyển dụng"
    THAI_SAN = "Nghỉ thai sản"
    DI_HOC = "Đi học và bồi dưỡng"
    DIEU_TRI = "Nghỉ điều trị"
    VIEC_RIENG = "Nghỉ việc riêng"

    @property
    def is_employment(self) -> bool:
        """Tell employment from leave."""
        return self in {StretchKind.HOP_DONG, StretchKind.TUYEN_DUNG}


class WorkKind(_Worded):
    """What was recognised: an initiative, or a research work that may stand in its place."""

    SANG_KIEN = "Sáng kiến"
    DE_TAI = "Đề tài khoa học"
    DE_AN = "Đề án khoa học"
    CONG_TRINH = "Công trình khoa học và công nghệ"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record stands: its row, and the columns of the fields that were read."""

    row: Place = NOWHERE
    columns: Mapping[str, int] = field(default_factory=dict)

    def cell(self, name: str) -> Place:
        """Place of a field's cell; of the row when the column is not there."""
        return self.row.at(self.row.row, self.columns.get(name, 0))


@dataclass(frozen=True, slots=True)
class Person:
    """One person under a code that never changes; name, unit and position may."""

    code: str
    name: str
    unit_code: str
    birth: date | None = None
    female: bool | None = None
    ethnicity: str = ""
    position: str = ""
    category: Category | None = None
    labour: Labour | None = None
    remote: bool | None = None
    known_since: int | None = None
    known_until: int | None = None
    """In these years everything is recorded: what is absent did not happen."""
    source: Source = field(default=Source(), compare=False)

    @property
    def kind(self) -> SubjectKind:
        """A person is nominated as an individual."""
        return SubjectKind.INDIVIDUAL

    @property
    def direct_worker(self) -> bool | None:
        """Tell whether the person works directly, not as a leader; None when not recorded."""
        return None if self.category is None else self.category is Category.NGUOI_TRUC_TIEP

    @property
    def minority(self) -> bool | None:
        """Tell whether the person belongs to an ethnic minority; None when not recorded."""
        return None if not self.ethnicity else comparison_key(self.ethnicity) != comparison_key("Kinh")


@dataclass(frozen=True, slots=True)
class Collective:
    """A collective or a household under a code that never changes."""

    code: str
    name: str
    unit_code: str
    kind: SubjectKind = SubjectKind.COLLECTIVE
    category: Category | None = None
    small: bool | None = None
    remote: bool | None = None
    known_since: int | None = None
    known_until: int | None = None
    source: Source = field(default=Source(), compare=False)


Subject = Person | Collective


@dataclass(frozen=True, slots=True)
class YearRating:
    """The rating of a subject for one period."""

    subject: str
    period: Period
    rating: Rating
    decision: str = ""
    source: Source = field(default=Source(), compare=False)

    @property
    def year(self) -> int:
        """The year the period ends in: the school year 2022-2023 counts as 2023."""
        return self.period.last


@dataclass(frozen=True, slots=True)
class AwardRecord:
    """An award received: for which period, by which decision, in which position then.

    ``award`` is a code of the rule packs; ``since`` and ``until`` are the first and last year of the
    achievement the decision names, or None when it names none.
    """

    subject: str
    award: str
    period: Period
    decision: str = ""
    day: date | None = None
    issuer: str = ""
    title: str = ""
    """The award as it was called then."""
    position: str = ""
    since: int | None = None
    until: int | None = None
    merit: Merit = Merit.THUONG_XUYEN
    source: Source = field(default=Source(), compare=False)

    @property
    def year(self) -> int:
        """The year the period ends in."""
        return self.period.last


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an initiative: for which award, of which year."""

    award: str
    year: int


@dataclass(frozen=True, slots=True)
class Author:
    """An author of an initiative, the share in per cent, and what the author already used it for."""

    person: str
    share: Decimal | None = None
    uses: tuple[Use, ...] = ()
    source: Source = field(default=Source(), compare=False)


@dataclass(frozen=True, slots=True)
class Initiative:
    """A recognised initiative or research work; ``reach`` is a key of ``candidates.REACH_LABELS``."""

    code: str
    name: str
    kind: WorkKind
    reach: str
    period: Period
    decision: str = ""
    day: date | None = None
    issuer: str = ""
    authors: tuple[Author, ...] = ()
    source: Source = field(default=Source(), compare=False)

    @property
    def year(self) -> int:
        """The year the period ends in."""
        return self.period.last

    def author(self, person: str) -> Author | None:
        """The author's line of a person, or None."""
        return next((author for author in self.authors if author.person == person), None)


@dataclass(frozen=True, slots=True)
class Penalty:
    """A disciplinary measure; ``end`` is the last day it has effect, None when not recorded."""

    person: str
    level: Discipline
    start: date
    end: date | None = None
    decision: str = ""
    source: Source = field(default=Source(), compare=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of employment or of leave, both days included; ``end`` None while it lasts."""

    person: str
    kind: StretchKind
    unit_code: str
    start: date
    end: date | None = None
    decision: str = ""
    source: Source = field(default=Source(), compare=False)

    def overlaps(self, other: "Stretch") -> bool:
        """Tell whether the two have a day in common."""
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything recorded about one subject: ratings by year, the rest in the order of time."""

    subject: Subject
    ratings: Mapping[int, YearRating] = field(default_factory=dict)
    awards: tuple[AwardRecord, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class History:
    """All subjects by code, with their records."""

    subjects: Mapping[str, Records] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()
    """Warnings about the records, repeated with every result made from them."""
    _by_name: dict[tuple[str, str], list[Subject]] = field(default_factory=dict, repr=False)

    @classmethod
    def build(
        cls,
        subjects: Iterable[Subject],
        *,
        ratings: Iterable[YearRating] = (),
        awards: Iterable[AwardRecord] = (),
        initiatives: Iterable[Initiative] = (),
        penalties: Iterable[Penalty] = (),
        stretches: Iterable[Stretch] = (),
    ) -> "History":
        """Put records with their subjects; a record of an unknown subject is left out.

        Of two ratings of one year the first stays: the reader has reported the second.
        """
        known = {subject.code: subject for subject in subjects}
        by_year: dict[str, dict[int, YearRating]] = {}
        for rating in ratings:
            by_year.setdefault(rating.subject, {}).setdefault(rating.year, rating)
        held = _grouped((award.subject, award) for award in awards)
        works = _grouped((author.person, work) for work in initiatives for author in work.authors)
        measures = _grouped((penalty.person, penalty) for penalty in penalties)
        times = _grouped((stretch.person, stretch) for stretch in stretches)
        found = {
            code: Records(
                subject,
                by_year.get(code, {}),
                tuple(sorted(held.get(code, ()), key=lambda item: (item.year, item.day or date.max))),
                tuple(sorted(works.get(code, ()), key=lambda item: (item.year, item.code))),
                tuple(sorted(measures.get(code, ()), key=lambda item: item.start)),
                tuple(sorted(times.get(code, ()), key=lambda item: item.start)),
            )
            for code, subject in known.items()
        }
        history = cls(found)
        for subject in known.values():
            key = (comparison_key(subject.name), subject.unit_code)
            history._by_name.setdefault(key, []).append(subject)
        return history

    def find(self, name: str, unit_code: str, kind: SubjectKind) -> tuple[Subject, ...]:
        """Subjects of a kind with this name in this unit: none, one, or several (then ask, never guess)."""
        found = self._by_name.get((comparison_key(name), unit_code), ())
        return tuple(subject for subject in found if subject.kind is kind)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups
