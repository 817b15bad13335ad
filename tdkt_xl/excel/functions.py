"""Worksheet functions of the optional add-in: pure cores over cells, and the functions Excel sees.

A core takes rectangles of cells and returns one, with a ``Fault`` where no answer can be given. Excel
shows a fault as a real error value: Python cannot send one through COM, so ``shown`` sends a marked text
and the VBA module TdktHam turns it into ``CVErr``. The sentence behind an error is asked for by
``TDKT_LYDO("TDKT_SO", …)`` with the same arguments; no state is kept anywhere.

Names of functions and of their arguments are Vietnamese without marks: Excel shows them while one types.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import xlwings as xw

from tdkt_xl.domain.criteria import Band, band_of
from tdkt_xl.domain.ranking import rank_totals
from tdkt_xl.excel.function_cells import (
    NA,
    NUM,
    VALUE,
    Answer,
    Cells,
    Fault,
    fault_of,
    number_of,
    only,
)
from tdkt_xl.excel.rule_functions import decoded, proportional, rewards
from tdkt_xl.vietnamese.numbers import format_number
from tdkt_xl.vietnamese.text import tidy
from tdkt_xl.vietnamese.words import LIMIT, Odd, in_words

CATEGORY = "Thi đua - Khen thưởng"
FAULT_MARK = "\x01"
"""Opens the text that stands for an error; no answer can hold it, ``tidy`` drops control characters."""
_COLUMNS_OF_BANDS = 2


def total(areas: Iterable[Cells | None]) -> Answer:
    """Add the numbers exactly; blank when there is none, a fault when one cell cannot be read."""
    numbers: list[Decimal] = []
    for area_number, area in enumerate(areas, start=1):
        for row_number, row in enumerate(area or (), start=1):
            for column_number, cell in enumerate(row, start=1):
                number = number_of(cell)
                if isinstance(number, Fault):
                    where = f"vùng {area_number}, dòng {row_number}, cột {column_number}"
                    return [[Fault(number.code, f"{where}: {number.reason}")]]
                if number is not None:
                    numbers.append(number)
    return [[sum(numbers, Decimal(0)) if numbers else None]]


def ranks(totals: Cells) -> Answer:
    """Rank every number of the rectangle, equal totals equally; none while one total cannot be read."""
    numbers = [[number_of(cell) for cell in row] for row in totals]
    if any(isinstance(number, Fault) for row in numbers for number in row):
        waiting = Fault(VALUE, "chưa xếp hạng vì trong vùng còn ô không đọc được là số")
        return [[waiting if isinstance(number, Decimal) else number for number in row] for row in numbers]
    placed = rank_totals(
        {
            f"{row_index},{column_index}": number
            for row_index, row in enumerate(numbers)
            for column_index, number in enumerate(row)
            if isinstance(number, Decimal)
        }
    )
    places = {key: place.rank for key, place in placed.items()}
    return [
        [places.get(f"{row_index},{column_index}") for column_index in range(len(row))]
        for row_index, row in enumerate(numbers)
    ]


def levels(totals: Cells, table: Cells) -> Answer:
    """Return the level of every total by a table of two columns: level, from this total up."""
    bands = read_bands(table)
    if isinstance(bands, Fault):
        return [[bands for _ in row] for row in totals]
    return [[_level(number_of(cell), bands) for cell in row] for row in totals]


def _level(number: Decimal | Fault | None, bands: Sequence[Band]) -> object:
    if not isinstance(number, Decimal):
        return number
    band = band_of(number, bands)
    return band.name if band else Fault(NA, f"{format_number(number)} thấp hơn mức thấp nhất của bảng mức")


def read_bands(table: Cells) -> list[Band] | Fault:
    """Read the table of levels; blank rows are skipped, anything unclear is a fault."""
    if any(len(row) != _COLUMNS_OF_BANDS for row in table):
        return Fault(VALUE, "bảng mức phải có đúng hai cột: tên mức, từ điểm")
    bands: list[Band] = []
    for row_number, (name_cell, lower_cell) in enumerate(table, start=1):
        name = tidy("" if name_cell is None else str(name_cell))
        lower = number_of(lower_cell)
        if lower is None and not name:
            continue
        reason = ""
        if isinstance(lower, Fault):
            reason = f"{lower.reason} (mời chọn bảng không gồm dòng tiêu đề)"
        elif lower is None or not name:
            reason = "thiếu tên mức hoặc điểm"
        elif lower in {band.lower for band in bands}:
            reason = f"điểm {format_number(lower)} đã có ở mức khác"
        if reason or not isinstance(lower, Decimal):
            return Fault(VALUE, f"dòng {row_number} của bảng mức: {reason}")
        bands.append(Band(name, lower))
    return bands or Fault(VALUE, "bảng mức không có mức nào")


def numbers(texts: Cells, maximum: Cells | None = None) -> Answer:
    """Read every cell as a number; ``maximum`` decides between readings and gives 8/10 its meaning."""
    given = only(maximum)
    limit = given if isinstance(given, Fault) else number_of(given)
    if isinstance(limit, Decimal) and limit <= 0:
        limit = Fault(VALUE, "điểm tối đa phải lớn hơn 0")
    if isinstance(limit, Fault):
        return [[limit for _ in row] for row in texts]
    return [[number_of(cell, limit) for cell in row] for row in texts]


def tidied(texts: Cells) -> Answer:
    """Return texts in NFC with single spaces; other cells as they are."""
    return [
        [fault_of(cell) or (tidy(cell) if isinstance(cell, str) else cell) for cell in row] for row in texts
    ]


def amounts(cells: Cells, unit: Cells | None = None, odd: Cells | None = None) -> Answer:
    """Return whole amounts in words with a capital, "đồng" behind them unless another unit is named."""
    said_unit, said_odd = only(unit), only(odd)
    fault = next((item for item in (said_unit, said_odd) if isinstance(item, Fault)), None)
    chosen: Odd = "lẻ" if said_odd == "lẻ" else "linh"
    if not fault and said_odd not in (None, "linh", "lẻ"):
        fault = Fault(VALUE, "cách đọc hàng chục trống chỉ có thể là “linh” hoặc “lẻ”")
    if fault:
        return [[fault for _ in row] for row in cells]
    after = "đồng" if said_unit is None else tidy(str(said_unit))
    return [[_amount(number_of(cell), after, chosen) for cell in row] for row in cells]


def _amount(number: Decimal | Fault | None, unit: str, odd: Odd) -> object:
    if not isinstance(number, Decimal):
        return number
    if number != number.to_integral_value():
        return Fault(NUM, f"{format_number(number)} có phần lẻ; chỉ đọc số nguyên")
    if abs(number) >= LIMIT:
        return Fault(NUM, "số quá lớn để đọc thành chữ")
    words = in_words(int(number), odd=odd)
    return f"{words[0].upper()}{words[1:]} {unit}".strip()


_CORES: Mapping[str, Callable[..., Answer]] = {
    "TDKT_TONGDIEM": lambda *areas: total(areas),
    "TDKT_XEPHANG": ranks,
    "TDKT_XEPLOAI": levels,
    "TDKT_SO": numbers,
    "TDKT_CHUANHOA": tidied,
    "TDKT_BANGCHU": amounts,
    "TDKT_TCVN3": decoded,
    "TDKT_DIEMTYLE": proportional,
    "TDKT_TIENTHUONG": rewards,
}


def reasons(function: Cells, arguments: Sequence[Cells | None]) -> Answer:
    """Return the sentences behind the errors of a function with these arguments, "" where it has none."""
    name = only(function)
    core = _CORES.get(name.upper()) if isinstance(name, str) else None
    if core is None:
        return [['không có hàm tên này; mời gõ, ví dụ, =TDKT_LYDO("TDKT_SO"; A2)']]
    try:
        answer = core(*arguments)
    except TypeError:
        return [["số đối số không đúng với hàm này"]]
    return [[cell.reason if isinstance(cell, Fault) else "" for cell in row] for row in answer]


def shown(answer: Answer) -> Answer:
    """Return what travels to Excel: plain values, and marked texts for faults."""
    return [list(_shown(row)) for row in answer]


def _shown(row: Iterable[object]) -> Iterator[object]:
    for cell in row:
        if isinstance(cell, Fault):
            yield f"{FAULT_MARK}{cell.code}"
        elif isinstance(cell, Decimal):
            yield float(cell)
        else:
            yield "" if cell is None else cell


# The type is named because xlwings takes it from hints otherwise, and knows no ``Sequence`` or ``| None``.
_cells = functools.partial(xw.arg, convert=list, ndim=2, err_to_str=True)


@xw.func(category=CATEGORY)
@_cells("diem", doc="Ô hoặc vùng điểm cần cộng; ô trống được bỏ qua.")
@_cells("them", doc="Các ô hoặc vùng khác cần cộng thêm.")
def TDKT_TONGDIEM(diem: Cells, *them: Cells) -> Answer:  # noqa: N802
    """Cộng điểm đúng từng số thập phân, kể cả điểm gõ dạng chữ như 9,5.

    Có ô không đọc được là số thì báo lỗi, không bỏ qua; toàn ô trống thì để trống.
    """
    return shown(total([diem, *them]))


@xw.func(category=CATEGORY)
@_cells("tong_diem", doc="Vùng tổng điểm cần xếp hạng; ô trống không xếp.")
def TDKT_XEPHANG(tong_diem: Cells) -> Answer:  # noqa: N802
    """Xếp hạng cả vùng theo tổng điểm giảm dần; bằng điểm thì đồng hạng (1, 1, 3)."""
    return shown(ranks(tong_diem))


@xw.func(category=CATEGORY)
@_cells("tong_diem", doc="Ô hoặc vùng tổng điểm cần xếp loại.")
@_cells("bang_muc", doc="Bảng hai cột không gồm tiêu đề: tên mức, từ điểm.")
def TDKT_XEPLOAI(tong_diem: Cells, bang_muc: Cells) -> Answer:  # noqa: N802
    """Xếp loại theo bảng mức: mức có cận dưới lớn nhất mà tổng điểm đạt tới, tính cả cận dưới."""
    return shown(levels(tong_diem, bang_muc))


@xw.func(category=CATEGORY)
@_cells("van_ban", doc="Ô hoặc vùng chứa số gõ dạng chữ, như 9,5 hoặc 8/10.")
@_cells("diem_toi_da", doc="Có thể bỏ. Điểm tối đa, để hiểu 8/10 và 9.500.")
def TDKT_SO(van_ban: Cells, diem_toi_da: Cells | None = None) -> Answer:  # noqa: N802
    """Đọc số gõ dạng chữ theo cách viết Việt Nam; số có hai cách hiểu thì báo lỗi chứ không đoán."""
    return shown(numbers(van_ban, diem_toi_da))


@xw.func(category=CATEGORY)
@_cells("van_ban", doc="Ô hoặc vùng chữ cần chuẩn hoá.")
def TDKT_CHUANHOA(van_ban: Cells) -> Answer:  # noqa: N802
    """Đưa chữ về Unicode dựng sẵn, bỏ khoảng trắng thừa và ký tự ẩn; ô không phải chữ giữ nguyên."""
    return shown(tidied(van_ban))


@xw.func(category=CATEGORY)
@_cells("so_tien", doc="Ô hoặc vùng số nguyên cần đọc thành chữ.")
@_cells("don_vi", doc='Có thể bỏ. Chữ đứng sau, mặc định “đồng”; gõ " " để bỏ.')
@_cells("hang_chuc", doc="Có thể bỏ. Đọc hàng chục trống: “linh” hoặc “lẻ”.")
def TDKT_BANGCHU(  # noqa: N802
    so_tien: Cells, don_vi: Cells | None = None, hang_chuc: Cells | None = None
) -> Answer:
    """Đọc số tiền thành chữ: 1050000 thành “Một triệu không trăm năm mươi nghìn đồng”."""
    return shown(amounts(so_tien, don_vi, hang_chuc))


@xw.func(category=CATEGORY)
@_cells("van_ban", doc="Ô hoặc vùng chữ gõ bằng phông .Vn… (TCVN3) hoặc VNI.")
@_cells("bang_ma", doc='Có thể bỏ. Bảng mã: "TCVN3" (mặc định) hoặc "VNI".')
def TDKT_TCVN3(van_ban: Cells, bang_ma: Cells | None = None) -> Answer:  # noqa: N802
    """Chuyển chữ ở bảng mã TCVN3 hoặc VNI sang Unicode; chữ đã là Unicode giữ nguyên."""
    return shown(decoded(van_ban, bang_ma))


@xw.func(category=CATEGORY)
@_cells("diem_toi_da", doc="Điểm tối đa của tiêu chí.")
@_cells("chi_tieu", doc="Ô hoặc vùng chỉ tiêu, lớn hơn 0.")
@_cells("ket_qua", doc="Ô hoặc vùng kết quả; ô trống thì để trống.")
@_cells("diem_khi_dat", doc="Có thể bỏ. Điểm khi đạt đúng chỉ tiêu; mặc định điểm tối đa.")
@_cells("cong_moi_phan_tram", doc="Có thể bỏ. Điểm cộng cho mỗi 1% trọn vượt chỉ tiêu.")
@_cells("san_phan_tram", doc="Có thể bỏ. Dưới mức % chỉ tiêu này thì 0 điểm.")
def TDKT_DIEMTYLE(  # noqa: N802
    diem_toi_da: Cells,
    chi_tieu: Cells,
    ket_qua: Cells,
    diem_khi_dat: Cells | None = None,
    cong_moi_phan_tram: Cells | None = None,
    san_phan_tram: Cells | None = None,
) -> Answer:
    """Điểm theo tỷ lệ kết quả trên chỉ tiêu, không quá điểm tối đa; chưa làm tròn."""
    return shown(
        proportional(diem_toi_da, chi_tieu, ket_qua, diem_khi_dat, cong_moi_phan_tram, san_phan_tram)
    )


@xw.func(category=CATEGORY)
@_cells("danh_hieu", doc="Ô hoặc vùng danh hiệu, hình thức khen thưởng, như CSTĐCS.")
@_cells("ngay_quyet_dinh", doc="Ngày quyết định khen thưởng; một ô, hoặc vùng cùng cỡ.")
@_cells("doi_tuong", doc='Có thể bỏ. "cá nhân", "tập thể" hoặc "hộ gia đình".')
def TDKT_TIENTHUONG(  # noqa: N802
    danh_hieu: Cells, ngay_quyet_dinh: Cells, doi_tuong: Cells | None = None
) -> Answer:
    """Tiền thưởng (đồng) theo quy định của ngày quyết định; mức chưa có văn bản nguồn thì báo lỗi."""
    return shown(rewards(danh_hieu, ngay_quyet_dinh, doi_tuong))


@xw.func(category=CATEGORY)
@_cells("ham", doc="Tên hàm đang báo lỗi, trong ngoặc kép, như “TDKT_SO”.")
@_cells("doi_so", doc="Các đối số như đã gõ cho hàm ấy.")
def TDKT_LYDO(ham: Cells, *doi_so: Cells) -> Answer:  # noqa: N802
    """Cho biết lý do một hàm TDKT báo lỗi: gõ tên hàm rồi các đối số như cũ; không có lỗi thì để trống."""
    return shown(reasons(ham, doi_so))
