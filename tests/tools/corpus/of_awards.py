"""Awards of the day, quotas, rewards and the fund: what the law or the office has not settled."""

from tests.tools.corpus.case import Shelf
from tests.tools.corpus.of_proposals import Row, proposals
from tests.tools.corpus.of_returns import CONSOLIDATE

_PEOPLE = "[c01.xlsx]Đề nghị cá nhân"
_BEFORE, _AFTER, _NO_DISTRICT, _TO_COME = "2023-10-20", "2024-10-20", "2025-12-15", "2026-11-15"
_TITLE: Row = {"award": "CSTĐCS", "rating": "HTXSNV", "initiative": "12/QĐ-UBND", "initiative_reach": "Cơ sở"}


def add_quotas(shelf: Shelf) -> None:
    """Titles beyond a quota, a quota and a fund nobody has entered."""
    four = _people(4, **_TITLE)
    _judged(shelf, "binh-xet-o-vach", four, _BEFORE, f"{_PEOPLE}!B9 KT-701", f"{_PEOPLE}!B9 KT-749")
    _judged(shelf, "chua-co-ty-le", four, _AFTER, f"{_PEOPLE}!B9 KT-721")
    _judged(shelf, "chua-ghi-quy", [], _BEFORE, "KT-640", master="xet-chua-ghi-quy")


def add_laws(shelf: Shelf) -> None:
    """Awards and days that the law of the day does not settle."""
    one = _people(1, award="GK huyện")
    late = f"{_PEOPLE}!E9 KT-713"
    _judged(shelf, "danh-hieu-het-hieu-luc", one, _NO_DISTRICT, late, leading="GK xã", master="xet-het-huyen")
    waiting = _people(1, award="LĐTT")
    unknown = "[c01.xlsx]An Bình KT-714", f"{_PEOPLE}!B9 KT-714"  # the leader's award, and the person's
    _judged(shelf, "cho-van-ban-moi", waiting, _TO_COME, *unknown, leading="GK xã", master="xet-het-huyen")
    _judged(shelf, "hai-che-do-quy-dinh", [], _AFTER, "KT-724", master="xet-hai-che-do")
    _judged(shelf, "chua-khai-hinh-thuc-dan-dau", [], _BEFORE, "Tham số KT-308", master="xet-thieu-hinh-thuc")


def add_rewards(shelf: Shelf) -> None:
    """Rewards that are not known, not confirmed, rounded, counted once or beyond the fund."""
    one = _people(1, award="LĐTT")
    _paid(shelf, "chua-co-muc-thuong", [], _TO_COME, "KT-715")
    _paid(shelf, "cach-lam-tron-khac-nhau", [], _AFTER, "KT-716")
    _paid(shelf, "vuot-quy", one, _BEFORE, "KT-717", master="xet-it-quy")
    both = [*one, *_people(1, **_TITLE)]
    _paid(shelf, "chi-tinh-muc-cao-nhat", both, _BEFORE, f"{_PEOPLE}!B9 KT-719")
    _paid(shelf, "he-so-chua-doi-chieu", _people(1, award="GK huyện"), _BEFORE, "KT-720")


def _people(count: int, **facts: object) -> list[Row]:
    names = ("Ba", "Bốn", "Năm", "Sáu")[:count]
    return [{"subject": f"Phạm Văn {name}", "unit": "Xã An Bình", **facts} for name in names]


def _judged(
    shelf: Shelf,
    name: str,
    people: list[Row],
    day: str,
    *findings: str,
    leading: str = "GK huyện",
    master: str = "xet",
) -> None:
    shelf.typed(name, proposals(people, leading=leading), _lines("nominate", day), *findings, master=master)


def _paid(shelf: Shelf, name: str, people: list[Row], day: str, *findings: str, master: str = "xet") -> None:
    shelf.typed(name, proposals(people), _lines("money", day), *findings, master=master)


def _lines(command: str, day: str) -> str:
    return f"{CONSOLIDATE}\ntdkt {command} ra --out ra --on {day} --master danh-muc.xlsx --json"
