"""The names, texts and lists of the add-in, and where it travels with the package."""

from collections.abc import Mapping
from pathlib import Path

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine

ADDIN = "tdkt.xlam"
UI_SHEET, STATE_SHEET, CONF_SHEET = "tdkt.ui", "tdkt.state", "tdkt.conf"
INTERPRETER = "INTERPRETER_WIN"

TEXTS: Mapping[str, str] = {
    "title": "Thi đua - Khen thưởng",
    "no_workbook": "Chưa có tệp nào đang mở. Mời ông/bà mở tệp rồi bấm lại.",
    "protected_view": "Tệp đang ở chế độ bảo vệ (Protected View) nên công cụ chưa đọc được. "
    "Nếu tin cậy nơi gửi, mời ông/bà bấm “Enable Editing” (Bật chỉnh sửa) rồi bấm lại.",
    "unexpected": "Có lỗi ngoài dự kiến trong Excel nên việc này chưa chạy; dữ liệu không bị thay đổi. "
    "Mời ông/bà thử lại; nếu vẫn vậy, gửi dòng dưới đây cho người hỗ trợ.",
    "no_python": "Không tìm thấy Python của công cụ ở đường dẫn dưới đây. "
    "Mời ông/bà đóng Excel, chạy tdkt install rồi mở lại.",
    "not_started": "Windows không cho Excel chạy công cụ, thường do chính sách an toàn hoặc phần mềm diệt "
    "vi-rút. Mời ông/bà chạy tdkt doctor để biết lý do; trong lúc chờ, dùng lệnh tdkt ngoài Excel.",
    "python_failed": "Công cụ không chạy được đến cùng. Mời ông/bà chạy tdkt doctor để kiểm tra bản cài, "
    "rồi gửi dòng dưới đây cho người hỗ trợ.",
}
"""What VBA may have to say when Python cannot."""

LISTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "tdktPeriod": (("auto", "Theo danh mục"),),
    "tdktCluster": (("all", "Tất cả các cụm"),),
}
"""Drop-down → its first item (id, label); those of the master data follow."""

STATE: Mapping[str, str | int] = {
    "tdktPeriod": 0,
    "tdktPeriod.id": "auto",
    "tdktCluster": 0,
    "tdktCluster.id": "all",
    "tdktStatus": "Sẵn sàng",
}

_PACKAGE = Path(__file__).resolve().parent.parent


def macros_folder() -> Path:
    """Folder of the VBA, the ribbon and the committed add-in; raises TdktError KT-809 when it was lost."""
    for folder in (_PACKAGE / "_macros", _PACKAGE.parent / "macros"):
        if (folder / "customUI14.xml").is_file():
            return folder
    raise TdktError(machine.DATA_FILE_MISSING, path="macros/customUI14.xml")


def shipped_addin() -> bytes:
    """Return the add-in that travels with the package; raises TdktError KT-809 when it was lost."""
    path = macros_folder() / ADDIN
    if not path.is_file():
        raise TdktError(machine.DATA_FILE_MISSING, path=f"macros/{ADDIN}")
    return path.read_bytes()
