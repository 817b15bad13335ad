"""A proposed subject with the facts it is judged on, each fact with the cell it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.findings import NOWHERE, Place

T_co = TypeVar("T_co", covariant=True)

_PEOPLE = frozenset({SubjectKind.INDIVIDUAL})
_COLLECTIVES = frozenset({SubjectKind.COLLECTIVE})
_ALL = frozenset(SubjectKind)


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make ``Fact[int](9)`` of a frozen slotted class
class Fact(Generic[T_co]):
    """One fact; ``value`` is None when its cell is blank or was already reported as wrong.

    ``place`` is the cell that states it, ``also`` the cells of the history it was counted from or
    compared with. A number with a ``gap`` is a lower bound: the words say what is not recorded.
    """

    value: T_co | None
    place: Place = NOWHERE
    also: tuple[Place, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class FactInfo:
    """What a fact is called in front of people, the type of its value, and whom it is asked of."""

    label: str
    type: type
    kinds: frozenset[SubjectKind]


FACTS: Mapping[str, FactInfo] = {
    "rating": FactInfo("Mức xếp loại", Rating, _PEOPLE | _COLLECTIVES),
    "months_employed": FactInfo("Số tháng công tác", int, _PEOPLE),
    "discipline": FactInfo("Kỷ luật", Discipline, _PEOPLE),
    "under_verification": FactInfo("Đang bị xem xét, xác minh", bool, _PEOPLE),
    "initiative": FactInfo("Sáng kiến, đề tài (số QĐ công nhận)", str, _PEOPLE),
    "initiative_reach": FactInfo("Phạm vi ảnh hưởng", str, _PEOPLE),
    "consecutive_cstdcs": FactInfo("Số lần liên tục CSTĐCS", int, _PEOPLE),
    "htxs_years": FactInfo("Số năm liên tục HTXSNV (kể cả năm xét)", int, _PEOPLE | _COLLECTIVES),
    "initiatives_count": FactInfo("Số sáng kiến được công nhận trong các năm đó", int, _PEOPLE),
    "minutes": FactInfo("Biên bản họp xét", str, _ALL),
    "direct_worker": FactInfo("Trực tiếp lao động, công tác", bool, _PEOPLE),
    "members": FactInfo("Tổng số thành viên", int, _COLLECTIVES),
    "members_htnv": FactInfo("Số đạt HTNV trở lên", int, _COLLECTIVES),
    "members_ldtt": FactInfo("Số đạt LĐTT", int, _COLLECTIVES),
    "members_cstdcs": FactInfo("Số đạt CSTĐCS", int, _COLLECTIVES),
    "members_disciplined": FactInfo("Số bị kỷ luật từ cảnh cáo", int, _COLLECTIVES),
    "united": FactInfo("Nội bộ đoàn kết, chấp hành pháp luật", bool, _COLLECTIVES),
    "leads_cluster": FactInfo("Dẫn đầu cụm thi đua", bool, _COLLECTIVES),
    "leads_province_cluster": FactInfo("Dẫn đầu cụm, khối do tỉnh tổ chức", bool, _COLLECTIVES),
}
"""Every fact a rule may ask for; the columns of the nomination sheets carry these labels."""

FACT_LABELS: Mapping[str, str] = {name: info.label for name, info in FACTS.items()}

REACH_LABELS: Mapping[str, str] = {"co_so": "cơ sở", "tinh": "toàn tỉnh", "toan_quoc": "toàn quốc"}
"""Values of the fact ``initiative_reach``, narrowest first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposal: a subject, the award asked for, and the facts given in its support.

    ``award`` is a code of the rule pack, ``place`` the row of the proposal. A fact that is absent
    and a fact whose value is None mean the same: it is not known.
    """

    subject: str
    kind: SubjectKind
    unit_code: str
    unit_name: str
    cluster_code: str
    award: str
    position: str
    place: Place
    facts: Mapping[str, Fact[object]]

    def __post_init__(self) -> None:
        unknown = sorted(self.facts.keys() - FACTS.keys())
        if unknown:
            msg = f"unknown facts {unknown}"
            raise ValueError(msg)
        for name, fact in self.facts.items():
            if fact.value is not None and type(fact.value) is not FACTS[name].type:
                msg = f"fact {name!r} holds {fact.value!r}, not {FACTS[name].type.__name__}"
                raise TypeError(msg)
