"""Questions the software does not settle, and the council's or clerk's rulings on them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from tdkt_xl.findings import Place


class QuestionKind(Enum):
    """What is asked; the value is shown to people."""

    TIE = "Đồng hạng"
    BLANK = "Chưa có điểm"
    ZERO = "Điểm 0 không có lý do"
    HIDDEN = "Số liệu trong ô ẩn"
    WAIVER = "Chấp nhận điểm có lỗi"
    DIFFERENCE = "Điểm ghi khác điểm tính"
    FREE = "Xin không áp dụng"
    DOUBLE = "Trùng phiếu"
    CLUSTER_TWICE = "Trùng sổ cụm"


KEEP_TIE = "Giữ đồng hạng"
ZERO_POINTS, NOT_APPLICABLE, NOT_YET = "0 điểm", "Không áp dụng", "Chờ chấm"
COUNT, DO_NOT_COUNT = "Tính", "Chưa tính"
ACCEPT, REFUSE = "Chấp nhận", "Không chấp nhận"
TYPED, COMPUTED = "Lấy điểm đã ghi", "Lấy điểm tính"
MUST_SCORE = "Phải chấm điểm"
WAIT = "Chờ xác minh"


@dataclass(frozen=True)
class Question:
    """One question. ``subject`` is what it depends on: another total, another score, another question."""

    kind: QuestionKind
    cluster: str
    unit_code: str
    unit: str
    path: str
    text: str
    answers: tuple[str, ...]
    place: Place
    subject: tuple[str, ...] = ()
    code: str = ""
    """Code of the finding it answers, "" when there is none."""

    @cached_property
    def id(self) -> str:
        """Short, the same in every run as long as the question is the same."""
        parts = (self.kind.name, self.cluster, self.unit_code or self.unit, self.path, *self.subject)
        return f"Q-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:8].upper()}"

    @property
    def shown(self) -> dict[str, object]:
        """What lists of questions say of it, by field; where it stands is for each list to say."""
        return {
            "kind": self.kind.value,
            "cluster": self.cluster,
            "unit_code": self.unit_code,
            "unit": self.unit,
            "path": self.path,
            "question": self.text,
            "choices": "; ".join(self.answers),
        }


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of answers as typed: kept whole even when it answers nothing any more.

    ``shown`` holds the row's other texts by field; ``places`` the cells typed in.
    """

    id: str
    answer: str
    who: str
    day: date | None
    why: str
    shown: Mapping[str, str]
    places: Mapping[str, Place]
    typed_day: str = ""
    """The day as typed when it is no day."""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.answer or self.who or self.day or self.why or self.typed_day)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its valid ruling."""

    question: Question
    ruling: Ruling
    answer: str
    """One of the question's answers, as the question spells it."""
    day: date
