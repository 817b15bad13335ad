"""The commands of ``tdkt``: a command's module is loaded when the command is asked for."""

from importlib import import_module
from typing import NamedTuple

import click

from tdkt_xl.cli.vietnamese import VietnameseGroup


class Known(NamedTuple):
    """Where a command lives, and its line on the first help page: a test compares it with the command."""

    module: str
    attribute: str
    line: str


COMMANDS = {
    "addin": Known(
        "excel_commands", "addin", "Dựng lại phần bổ trợ Excel từ mã nguồn (dành cho người phát triển)."
    ),
    "build-workbooks": Known(
        "commands", "build_workbooks", "Dựng lại các mẫu chuẩn và danh mục khởi đầu từ mô tả của phần mềm."
    ),
    "choose": Known(
        "return_commands",
        "choose",
        "Xem các cụm, đơn vị gửi nhiều bản khác nhau; có --use thì ghi bản được chọn.",
    ),
    "compare": Known(
        "return_commands",
        "compare",
        "So sánh hai bản nộp của một nơi: ô nào đổi, vấn đề nào đã sửa, còn lại, mới.",
    ),
    "consolidate": Known(
        "commands", "consolidate", "Tổng hợp các sổ cụm, cộng lại từ từng ô điểm, xếp hạng từng cụm."
    ),
    "demo": Known(
        "commands", "demo", "Chạy trọn quy trình trên huyện mẫu gồm 10 sổ cụm, cuối cùng tóm tắt kết quả."
    ),
    "doctor": Known(
        "excel_commands",
        "doctor",
        "Kiểm tra máy: Excel, bản cài, chính sách macro; mỗi mục chưa đạt có cách sửa.",
    ),
    "eligible": Known(
        "people_commands",
        "eligible",
        "Ai có thể đủ điều kiện: xét mọi người trong sổ hồ sơ cho mọi danh hiệu.",
    ),
    "explain": Known("explain_commands", "explain", "Giải thích một mã trong bảng kết quả, ví dụ KT-201."),
    "forms": Known(
        "form_commands",
        "forms",
        "Lập sổ cụm trống từ danh mục dùng chung, mỗi đơn vị một phiếu chấm điểm.",
    ),
    "freeze": Known(
        "scoring_commands", "freeze", "Chốt kết quả các cụm: sổ gửi lại sau đó được báo, không tự tính lại."
    ),
    "install": Known(
        "excel_commands",
        "install",
        "Cài thẻ Thi đua vào Excel của người dùng này (Windows, không cần quyền quản trị).",
    ),
    "letters": Known(
        "return_commands", "letters", "Lập phiếu đề nghị bổ sung, chỉnh sửa cho từng đơn vị, từng cụm."
    ),
    "money": Known(
        "law_commands",
        "money",
        "Dự toán tiền thưởng của các đề nghị: hệ số, lương cơ sở của ngày --on, làm tròn, so với...",
    ),
    "nominate": Known(
        "commands",
        "nominate",
        "Xét đơn vị dẫn đầu, tập thể, cá nhân được đề nghị theo quy định của ngày --on.",
    ),
    "panel": Known(
        "excel_commands", "panel", "Mở cửa sổ nhỏ có các nút như thẻ Thi đua, dùng khi macro bị chặn."
    ),
    "people": Known(
        "people_commands", "people", "Sổ hồ sơ khen thưởng: kiểm tra, nhập danh sách của đơn vị."
    ),
    "repair": Known(
        "repair_commands",
        "repair",
        "Sửa an toàn: số gõ dạng chữ, bảng mã cũ, ký tự thừa, tên cột, tên đơn vị.",
    ),
    "rules": Known(
        "law_commands",
        "rules",
        "Xem quy tắc của một ngày, căn cứ của một mã, thay đổi giữa hai ngày, điều còn thiếu.",
    ),
    "run": Known(
        "excel_commands", "run", "Chạy một nút của thẻ Thi đua từ ngoài Excel, trên sổ đang mở trong Excel."
    ),
    "trace": Known(
        "scoring_commands",
        "trace",
        "Cho biết một con số từ đâu ra: ô nguồn, cách tính, làm tròn, quyết định.",
    ),
    "unfreeze": Known(
        "scoring_commands",
        "unfreeze",
        "Mở chốt một cụm để tổng hợp lại; bản ghi chốt cũ được giữ kèm người, ngày, lý do mở.",
    ),
    "uninstall": Known("excel_commands", "uninstall", "Gỡ thẻ Thi đua khỏi Excel; sổ và kết quả giữ nguyên."),
    "unmark": Known(
        "return_commands",
        "unmark",
        "Bỏ đúng các dấu do phần mềm đặt: ghi chú [TĐ], màu, trang Kết quả kiểm tra.",
    ),
    "validate": Known("commands", "validate", "Kiểm tra các tệp đã nhận, chỉ đúng ô có lỗi và cách sửa."),
    "verify": Known(
        "record_commands", "verify", "Đối chiếu bài nộp, kết quả và hồ sơ chạy của một thư mục kết quả."
    ),
    "what-if": Known(
        "scoring_commands",
        "what_if",
        "Xem trước một tệp sửa làm đổi những gì: điểm, thứ hạng, xếp loại, đơn vị dẫn đầu; không...",
    ),
}


class CommandsOnDemand(VietnameseGroup):
    """The group of all commands; its help page loads none of them, and a command only its own module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the help page."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None for a name that is none."""
        known = COMMANDS.get(cmd_name)
        if known is None:
            return None
        command: click.Command = getattr(import_module(f"tdkt_xl.cli.{known.module}"), known.attribute)
        return command

    def lines(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Names with their lines on the help page."""
        return [(name, known.line) for name, known in sorted(COMMANDS.items())]
