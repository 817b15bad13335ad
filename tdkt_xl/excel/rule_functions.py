"""Cores of the worksheet functions that rest on a rule: old encodings, proportional points, rewards."""

import datetime as dt
import re
from contextlib import suppress
from decimal import Decimal

from tdkt_xl.excel.function_cells import NA, NUM, VALUE, Answer, Cells, Fault, fault_of, number_of, only
from tdkt_xl.vietnamese.text import comparison_key, nfc, tidy

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_FIRST_DAY = dt.date(1899, 12, 30)
"""Day 0 of Excel, as far as days after February 1900 go."""
_LAST_SERIAL = 2_958_465


def decoded(texts: Cells, encoding: Cells | None = None) -> Answer:
    """Read texts in TCVN3, or VNI, as Unicode; Unicode Vietnamese and other cells stay as they are."""
    from tdkt_xl.vietnamese.legacy import Encoding

    given = only(encoding)
    if isinstance(given, Fault):
        return [[given for _ in row] for row in texts]
    named = {"": Encoding.TCVN3, "tcvn3": Encoding.TCVN3, "vni": Encoding.VNI}
    chosen = named.get("" if given is None else comparison_key(str(given)))
    if chosen is None:
        wrong = Fault(VALUE, "bảng mã phải ghi là TCVN3 hoặc VNI")
        return [[wrong for _ in row] for row in texts]
    return [[_decoded(cell, chosen) for cell in row] for row in texts]


def _decoded(cell: object, encoding: object) -> object:
    from tdkt_xl.vietnamese.legacy import Encoding, decode, has_other_letters
    from tdkt_xl.vietnamese.restoring import is_unicode_vietnamese

    assert isinstance(encoding, Encoding)
    if not isinstance(cell, str) or fault_of(cell):
        return fault_of(cell) or cell
    if is_unicode_vietnamese(cell):
        return nfc(cell)
    if has_other_letters(cell, encoding):
        return Fault(VALUE, f"“{tidy(cell)}” có chữ không thuộc bảng mã {encoding.value}")
    return decode(cell, encoding)


def proportional(
    maximum: Cells,
    targets: Cells,
    results: Cells,
    at_target: Cells | None = None,
    over_percent: Cells | None = None,
    floor_percent: Cells | None = None,
) -> Answer:
    """Points of every result by its target, exact; one target serves all results, blank stays blank."""
    terms = [number_of(only(cells)) for cells in (maximum, at_target, over_percent, floor_percent)]
    fault = next((item for item in terms if isinstance(item, Fault)), None)
    top, base, over, floor = (item if isinstance(item, Decimal) else None for item in terms)
    if fault is None and (top is None or top <= 0):
        fault = Fault(VALUE, "điểm tối đa phải lớn hơn 0")
    if fault or top is None:
        return [[fault for _ in row] for row in results]
    return [
        [_share(target, result, top, base, over, floor) for target, result in zip(*pair, strict=True)]
        for pair in zip(_as_large(targets, results), results, strict=True)
    ]


def _share(
    target_cell: object,
    result_cell: object,
    top: Decimal,
    base: Decimal | None,
    over: Decimal | None,
    floor: Decimal | None,
) -> object:
    from tdkt_xl.domain.scoring.proportional import proportional_points
    from tdkt_xl.domain.scoring.worked import Refused, to_decimal

    target, result = number_of(target_cell), number_of(result_cell)
    for number in (result, target):
        if isinstance(number, Fault):
            return number
    if not isinstance(result, Decimal):
        return None
    if not isinstance(target, Decimal):
        return Fault(NA, "chưa có chỉ tiêu")
    worked = proportional_points(top, target, result, at_target=base, over_percent=over, floor_percent=floor)
    return Fault(NUM, worked.reason) if isinstance(worked, Refused) else to_decimal(worked.points)


def _as_large(cells: Cells, others: Cells) -> Cells:
    """A single cell repeated in the shape of the others; another shape gives a fault everywhere."""
    if [len(row) for row in cells] == [len(row) for row in others]:
        return cells
    if [len(row) for row in cells] == [1]:
        return [[cells[0][0] for _ in row] for row in others]
    return [[_OTHER_SHAPE for _ in row] for row in others]


_OTHER_SHAPE = Fault(VALUE, "hai vùng phải cùng số dòng, số cột")


def rewards(awards: Cells, days: Cells, kind: Cells | None = None) -> Answer:
    """Money of every award when decided on its day; only multipliers whose source was read give a number."""
    subject = only(kind)
    if isinstance(subject, Fault):
        return [[subject for _ in row] for row in awards]
    who = "" if subject is None else str(subject)
    return [
        [_reward(award, day, who) for award, day in zip(*pair, strict=True)]
        for pair in zip(awards, _as_large(days, awards), strict=True)
    ]


def _reward(award: object, day_cell: object, kind: str) -> object:
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.render import message
    from tdkt_xl.tasks.money import reward_on

    if fault_of(award) or award is None or (isinstance(award, str) and not tidy(award)):
        return fault_of(award)
    day = day_of(day_cell)
    if isinstance(day, Fault):
        return day
    name = tidy(str(award))
    try:
        reward = reward_on(name, day, kind)
    except TdktError as error:
        return Fault(NA, message(error.finding))
    if reward is None:
        whom = f" cho {kind}" if kind else ""
        return Fault(NA, f"không có danh hiệu, hình thức “{name}”{whom} vào ngày {day:%d/%m/%Y}")
    if reward.amount is None:
        return Fault(NA, reward.lacking)
    if not reward.status.decides:
        return Fault(
            NA, f"mức của “{name}” chưa có văn bản nguồn ({reward.rule}); xem nút Dự toán tiền thưởng"
        )
    return reward.amount


def day_of(cell: object) -> dt.date | Fault:
    """A day from a date cell, its serial number, or text as typed here."""
    fault = fault_of(cell)
    if fault:
        return fault
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 60 < cell <= _LAST_SERIAL:
        return _FIRST_DAY + dt.timedelta(days=int(cell))
    found = _DAY.fullmatch(tidy(cell)) if isinstance(cell, str) else None
    if found:
        with suppress(ValueError):  # 31/02/2023
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
    return Fault(VALUE, "ngày quyết định phải là ngày, ví dụ 15/12/2023")
