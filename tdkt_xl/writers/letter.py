"""What a return letter says: the words of an official letter under Nghị định 30/2020/NĐ-CP, and of a message.

The letter names only faults of its addressee; who that is was decided before (tasks/letters.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_xl.findings import Finding, Severity
from tdkt_xl.findings.render import message, repair

_IN_A_MESSAGE = 5


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes the letters, from the master data's parameters; ``office_name`` is not in capitals."""

    parent: str
    office: str
    office_name: str
    place_name: str
    signer_title: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when to answer, and the day of the letters; None leaves the day to be filled in by hand."""

    deadline: date
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of a cluster that got a letter of its own, with the number of its faults."""

    name: str
    faults: int


@dataclass(frozen=True)
class Letter:
    """One letter: to a unit about its sheet, or to a cluster's leader about the cluster's book.

    ``cluster`` is its name with the period's; ``answer_to`` is who gets the corrected file.
    """

    addressee: str
    is_cluster: bool
    cluster: str
    cluster_code: str
    period: str
    answer_to: str
    faults: tuple[Finding, ...]
    members: tuple[Member, ...] = ()

    @property
    def role(self) -> str:
        """In which quality the addressee gets the letter."""
        return f"Cụm trưởng {self.cluster}" if self.is_cluster else "Đơn vị tự chấm điểm"

    @property
    def subject(self) -> str:
        """What the letter is about, after "V/v"."""
        what = "sổ chấm điểm của cụm" if self.is_cluster else "phiếu chấm điểm"
        return f"đề nghị bổ sung, chỉnh sửa {what} thi đua {self.period}"

    def count(self, level: Severity) -> int:
        """How many faults of a level there are."""
        return sum(item.severity is level for item in self.faults)


def long_day(day: date) -> str:
    """A day in words of official letters: days below 10 and months 1 and 2 take a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_day(sender: Sender, terms: Terms) -> str:
    """The place and day of the letter; blanks to fill in when the day is not given."""
    when = long_day(terms.day) if terms.day else f"ngày …… tháng …… năm {terms.deadline.year}"
    return f"{sender.place_name}, {when}"


def where(finding: Finding) -> str:
    """The spot of a fault as a clerk looks for it."""
    place = finding.place
    spot = f"ô {place.cell}" if place.cell else (f"dòng {place.row}" if place.row else "")
    return ", ".join(part for part in (f"Trang “{place.sheet}”" if place.sheet else "Cả tệp", spot) if part)


def files_of(letter: Letter) -> str:
    """Names of the files the faults are in."""
    names = dict.fromkeys(item.place.file for item in letter.faults)
    return ", ".join(f"“{name}”" for name in names)


def opening(letter: Letter, sender: Sender) -> str:
    """The first paragraph."""
    if not letter.faults:
        return (
            f"Qua kiểm tra {_object(letter)}, {sender.office_name} đề nghị một số đơn vị trong cụm bổ sung, "
            "chỉnh sửa phiếu của mình."
        )
    return (
        f"Qua kiểm tra {_object(letter)} (tệp {files_of(letter)}), {sender.office_name} đề nghị xem lại "
        f"{len(letter.faults)} nội dung sau:"
    )


def _object(letter: Letter) -> str:
    """What was checked."""
    what, whose = ("sổ", letter.cluster) if letter.is_cluster else ("phiếu", "đơn vị")
    return f"{what} chấm điểm thi đua {letter.period} của {whose}"


def members_paragraph(letter: Letter) -> str:
    """The paragraph of a cluster's letter about units with letters of their own; "" without any."""
    if not letter.members:
        return ""
    units = "; ".join(f"{item.name} ({item.faults} nội dung)" for item in letter.members)
    return (
        f"Các đơn vị sau được đề nghị riêng về phiếu của mình: {units}. Đề nghị cụm trưởng nhận phiếu đã sửa "
        "và cập nhật vào sổ của cụm."
    )


def closing(letter: Letter, terms: Terms) -> str:
    """The paragraph with the deadline."""
    return (
        f"Đề nghị bổ sung, chỉnh sửa và gửi {letter.answer_to} chậm nhất {long_day(terms.deadline)}. "
        "Khi gửi lại, chỉ sửa các ô nêu trên; nếu sửa thêm ô khác, xin ghi rõ ô và lý do."
    )


def receivers(letter: Letter) -> tuple[str, ...]:
    """The lines below "Nơi nhận:"."""
    own = () if letter.is_cluster else (f"- Cụm trưởng {letter.cluster};",)
    return ("- Như trên;", *own, "- Lưu: VT.")


def short_text(letter: Letter, sender: Sender, terms: Terms) -> str:
    """A message to paste into Zalo: the first faults, how many more, the deadline."""
    lines = [f"Kính gửi {letter.addressee}: {_object(letter)} {_how_many(letter)}"]
    lines += [
        f"{number}. {where(item)}: {message(item)} {repair(item)}"
        for number, item in enumerate(letter.faults[:_IN_A_MESSAGE], start=1)
    ]
    more = len(letter.faults) - _IN_A_MESSAGE
    if more > 0:
        lines.append(f"Và {more} nội dung nữa trong phiếu gửi kèm.")
    if letter.members:
        lines.append(members_paragraph(letter))
    lines.append(
        f"Đề nghị sửa và gửi {letter.answer_to} chậm nhất {terms.deadline:%d/%m/%Y}. Trân trọng cảm ơn. "
        f"{sender.office_name}."
    )
    return "\n".join(lines)


def _how_many(letter: Letter) -> str:
    return f"có {len(letter.faults)} nội dung cần xem lại." if letter.faults else "cần cập nhật."


@dataclass(frozen=True, slots=True)
class Missing:
    """A cluster or unit that has not sent; ``urge`` is whom to remind."""

    name: str
    what: str
    period: str
    urge: str

    def phrase(self, terms: Terms) -> str:
        """A sentence ready for a reminding letter or message."""
        return (
            f"Đề nghị {self.urge} gửi {self.what} thi đua {self.period} của {self.name} chậm nhất "
            f"{long_day(terms.deadline)}."
        )


def reminder(missing: Sequence[Missing], terms: Terms) -> str:
    """One paragraph that reminds everybody who has not sent; "" when all have."""
    if not missing:
        return ""
    names = "; ".join(f"{item.name} ({item.what} {item.period})" for item in missing)
    return (
        f"Đến nay còn {len(missing)} nơi chưa gửi: {names}. Đề nghị gửi chậm nhất {long_day(terms.deadline)} "
        "để kịp tổng hợp, xét khen thưởng."
    )
