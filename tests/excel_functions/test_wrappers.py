"""Every function through its generated wrapper, arguments as Excel hands them over."""

import datetime as dt

import pytest

from tdkt_xl.excel.functions import CATEGORY
from tdkt_xl.excel.functions_addin import FUNCTIONS_ADDIN, HELP_HEADING, Generated
from tests.excel_functions.conftest import Session

ROWS = [
    ["9,5", "Xuất sắc", 90],
    [8, "Tốt", 80],
    ["x", "Đạt", "50"],
    [None, None, None],
    ["1.234", " Nguyễn  Đào ", "#DIV/0!"],
]

VALUES = {
    'TDKT_TONGDIEM(Range("A1:A2"))': 17.5,
    'TDKT_TONGDIEM(Range("A1:A2"), 1, Range("A1"), "0,25")': 28.25,
    'TDKT_TONGDIEM(Range("A4"))': "",
    'TDKT_TONGDIEM(Range("A1:A3"))': (2015,),
    'TDKT_TONGDIEM(1, Range("C1:C5"))': (2007,),
    'TDKT_XEPHANG(Range("A1:A2"))': [[1], [2]],
    'TDKT_XEPHANG(Range("A1:A4"))': [[(2015,)], [(2015,)], [(2015,)], [""]],
    'TDKT_XEPLOAI(85, Range("B1:C3"))': "Tốt",
    'TDKT_XEPLOAI(Range("C1:C4"), Range("B1:C3"))': [["Xuất sắc"], ["Tốt"], ["Đạt"], [""]],
    'TDKT_XEPLOAI(10, Range("B1:C3"))': (2042,),
    'TDKT_XEPLOAI(10, Range("A1:C3"))': (2015,),
    'TDKT_SO(Range("A1"))': 9.5,
    'TDKT_SO(Range("A1:A5"))': [[9.5], [8], [(2015,)], [""], [(2015,)]],
    'TDKT_SO(Range("A1:C1"), 10)': [9.5, (2015,), 90],
    'TDKT_SO(Range("A5"), 20)': 1.234,
    'TDKT_SO(Range("C5"))': (2007,),
    'TDKT_CHUANHOA(Range("B4:C5"))': [["", ""], ["Nguyễn Đào", (2007,)]],
    'TDKT_CHUANHOA("  a  b ")': "a b",
    "TDKT_CHUANHOA(DateSerial(2023, 5, 9))": dt.datetime(2023, 5, 9),  # noqa: DTZ001 -- Excel has none
    "TDKT_SO(DateSerial(2023, 5, 9))": (2015,),
    "TDKT_SO(True)": (2015,),
    'TDKT_SO(Array("1", "x", CVErr(2042)))': [1, (2015,), (2042,)],
    'TDKT_SO(Range("A1"), CVErr(2042))': (2042,),
    "TDKT_BANGCHU(1050000)": "Một triệu không trăm năm mươi nghìn đồng",
    'TDKT_BANGCHU(Range("A1:A2"), "điểm")': [[(2036,)], ["Tám điểm"]],
    'TDKT_BANGCHU(105, , "lẻ")': "Một trăm lẻ năm đồng",
    'TDKT_TCVN3("Céng hßa x· héi chñ nghÜa")': "Cộng hòa xã hội chủ nghĩa",
    'TDKT_TCVN3("Ñaûng boä", "VNI")': "Đảng bộ",
    'TDKT_TCVN3(Range("B4:C5"))': [["", ""], [" Nguyễn  Đào ", (2007,)]],
    'TDKT_DIEMTYLE(10, Range("C1:C2"), Range("A2"))': (2015,),
    "TDKT_DIEMTYLE(10, 100, 95)": 9.5,
    "TDKT_DIEMTYLE(10, 100, 107.9, 8, 0.2)": 9.4,
    "TDKT_DIEMTYLE(10, 100, 69.99, , , 70)": 0,
    "TDKT_DIEMTYLE(10, 0, 5)": (2036,),
    'TDKT_TIENTHUONG("CSTĐCS", DateSerial(2023, 12, 15))': 1800000,
    'TDKT_TIENTHUONG("LĐTT", "30/6/2023")': 450000,
    'TDKT_TIENTHUONG("Danh hiệu lạ", DateSerial(2023, 12, 15))': (2042,),
    'TDKT_LYDO("TDKT_TIENTHUONG", "LĐTT", "hôm nay")': "ngày quyết định phải là ngày, ví dụ 15/12/2023",
    'TDKT_LYDO("TDKT_SO", Range("A1:A3"))': [[""], [""], ["“x” không phải là số"]],
    'TDKT_LYDO("TDKT_XEPLOAI", 10, Range("B1:C3"))': "10 thấp hơn mức thấp nhất của bảng mức",
}


@pytest.mark.parametrize(("formula", "expected"), VALUES.items())
def test_function_in_a_cell(session: Session, formula: str, expected: object) -> None:
    assert session(ROWS).ask(formula) == expected


def test_every_function_is_asked(generated: Generated) -> None:
    assert {formula.partition("(")[0] for formula in VALUES} == {row[0] for row in generated.help}


def test_answer_that_never_came_is_not_available(session: Session, generated: Generated) -> None:
    excel = session(ROWS)
    excel.python.broken = "Could not load xlwings64.dll"
    for name, *_ in generated.help:
        needed = {"TDKT_XEPLOAI": "1, 2", "TDKT_TIENTHUONG": "1, 2", "TDKT_DIEMTYLE": "1, 2, 3"}
        if name != "TDKT_LYDO":
            assert excel.ask(f"{name}({needed.get(name, '1')})") == (2042,)
    assert excel.ask('TDKT_LYDO("TDKT_SO", 1)') == "Could not load xlwings64.dll"


def test_wizard_help_is_told_when_excel_is_ready(session: Session, generated: Generated) -> None:
    excel = session()
    excel.app.run("Auto_Open")
    assert excel.scheduled == [f"'{FUNCTIONS_ADDIN}'!TdktDescribe"]
    excel.app.run("TdktDescribe")
    assert excel.described == [(f"'{FUNCTIONS_ADDIN}'!{name}", *rest) for name, *rest in generated.help]


def test_refused_help_is_silent(session: Session) -> None:
    excel = session()
    excel.refuses_descriptions = True
    excel.app.run("TdktDescribe")
    assert (excel.described, excel.windows.popups) == ([], [])


def test_help_fits_the_wizard_and_is_vietnamese(generated: Generated) -> None:
    for name, description, category, *arguments in generated.help:
        assert name.startswith("TDKT_")
        assert name.isascii()
        assert category == CATEGORY
        for text in (description, *arguments):
            assert not text.isascii()
            assert text.endswith((".", "nghìn đồng”"))
            assert len(text) <= 255
            assert text == " ".join(text.split())
    assert len(HELP_HEADING) == 4
