"""The preview of a conversion: what changes, into what, by which encoding, and whether it is certain."""

from tdkt_xl.tables.grid import CellValue
from tdkt_xl.tasks.convert_text import Conversion, preview_conversion
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.legacy_text import misread, typed


def test_a_selection_of_all_kinds() -> None:
    values: list[CellValue] = [
        "STT",
        9.5,
        None,
        typed("Đơn vị", Encoding.TCVN3),
        typed("Xã Phú Lý", Encoding.VNI),
        misread("Cộng hòa"),
        "Thị trấn Vĩnh An",
    ]
    assert preview_conversion(values) == [
        Conversion(3, "§¬n vÞ", "Đơn vị", "TCVN3 (ABC)", True),
        Conversion(4, "Xaõ Phuù Lyù", "Xã Phú Lý", "VNI-Windows", True),
        Conversion(5, misread("Cộng hòa"), "Cộng hòa", "UTF-8 mở sai bảng mã", True),
    ]


def test_fonts_decide_and_doubts_are_told() -> None:
    values = [typed("cộng hòa", Encoding.TCVN3), "Phó Lý", "Phó Lý"]
    assert preview_conversion(values, [".VnTimeH", "Times New Roman", ""]) == [
        Conversion(0, "céng hßa", "CỘNG HÒA", "TCVN3 (ABC)", True)
    ]
    assert preview_conversion(["Phó Lý"], [".VnTime"]) == [
        Conversion(0, "Phó Lý", "Phú Lý", "TCVN3 (ABC)", False)
    ]


def test_nothing_to_convert() -> None:
    assert preview_conversion([]) == []
    assert preview_conversion(["Đã là Unicode", "abc"], [".VnTime", ".VnTimeH"]) == []
