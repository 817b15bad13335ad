"""Words the awards are judged with: kinds of subject, yearly ratings, disciplinary measures."""

from enum import Enum
from functools import total_ordering


class SubjectKind(Enum):
    """Who may be nominated; the values are the words of the rule packs."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        """The Vietnamese word shown to people."""
        return {"individual": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}[self.value]


@total_ordering
class _Scale(Enum):
    """An ordered scale: members compare by the order they are written in; the value is the label."""

    @property
    def code(self) -> str:
        """The code officials write in a cell, as ASCII."""
        return self.name

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return str(self.value)

    def __lt__(self, other: "_Scale") -> bool:
        steps = list(type(self))
        return steps.index(self) < steps.index(other)


class Rating(_Scale):
    """Yearly rating of a person or a collective, worst first (NĐ 90/2020)."""

    KHTNV = "Không hoàn thành nhiệm vụ"
    HTNV = "Hoàn thành nhiệm vụ"
    HTTNV = "Hoàn thành tốt nhiệm vụ"
    HTXSNV = "Hoàn thành xuất sắc nhiệm vụ"


class Discipline(_Scale):
    """Heaviest disciplinary measure of the year, lightest first."""

    NONE = "Không"
    KHIEN_TRACH = "Khiển trách"
    CANH_CAO = "Cảnh cáo"
    NANG_HON = "Nặng hơn cảnh cáo"
