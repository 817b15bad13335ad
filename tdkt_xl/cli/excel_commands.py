"""The commands around Excel: install and examine the add-in, run its actions from outside Excel."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.printing import CLEAN, exit_code, print_findings, print_outputs
from tdkt_xl.cli.vietnamese import VietnameseCommand, VietnameseGroup

if TYPE_CHECKING:
    from tdkt_xl.excel.install import Installed


@click.command(cls=VietnameseCommand)
@click.argument("action", metavar="NÚT")
def run(action: str) -> int:
    """Chạy một nút của thẻ Thi đua từ ngoài Excel, trên sổ đang mở trong Excel.

    NÚT là mã của nút, ví dụ tdktCheckBook; gõ tdkt run ? để xem danh sách.
    """
    from tdkt_xl.excel.actions import ACTIONS

    if action not in ACTIONS:
        click.echo("Các nút: " + ", ".join(ACTIONS))
        return CLEAN if action == "?" else 2
    from tdkt_xl.excel.run import main

    return main([action])


@click.command(cls=VietnameseCommand)
def panel() -> int:
    """Mở cửa sổ nhỏ có các nút như thẻ Thi đua, dùng khi macro bị chặn."""
    from tdkt_xl.excel.panel import open_panel

    open_panel()
    return CLEAN


@click.command(cls=VietnameseCommand)
@click.option("--functions", is_flag=True, help="Cài thêm các hàm trang tính TDKT_….")
def install(functions: bool) -> int:
    """Cài thẻ Thi đua vào Excel của người dùng này (Windows, không cần quyền quản trị)."""
    from tdkt_xl.excel.install import install as work
    from tdkt_xl.excel.machine import ThisMachine

    return _report("Đã cài", work(ThisMachine(), functions=functions))


@click.command(cls=VietnameseCommand)
def uninstall() -> int:
    """Gỡ thẻ Thi đua khỏi Excel; sổ và kết quả giữ nguyên."""
    from tdkt_xl.excel.install import uninstall as work
    from tdkt_xl.excel.machine import ThisMachine

    return _report("Đã gỡ", work(ThisMachine()))


@click.command(cls=VietnameseCommand)
def doctor() -> int:
    """Kiểm tra máy: Excel, bản cài, chính sách macro; mỗi mục chưa đạt có cách sửa."""
    from tdkt_xl.excel.doctor import examine
    from tdkt_xl.excel.machine import ThisMachine

    report = examine(ThisMachine())
    for line in report.lines:
        click.echo(line)
    return exit_code(report.findings)


@click.group(cls=VietnameseGroup)
def addin() -> None:
    """Dựng lại phần bổ trợ Excel từ mã nguồn (dành cho người phát triển)."""


@addin.command("build")
@click.option(
    "--out",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    default=Path("macros"),
    show_default=True,
    help="Thư mục ghi.",
)
def build(out: Path) -> int:
    """Dựng tdkt.xlam và tdkt-ham.xlam; cùng mã nguồn thì cùng từng byte."""
    from tdkt_xl.excel.addin import build_addin
    from tdkt_xl.excel.addin_parts import ADDIN
    from tdkt_xl.excel.functions_addin import FUNCTIONS_ADDIN, build_functions_addin

    print_outputs([build_addin(out / ADDIN), build_functions_addin(out / FUNCTIONS_ADDIN)])
    return CLEAN


def _report(done: str, result: "Installed") -> int:
    click.echo(f"{done}: {result.path}" if result.changed else f"Không có gì phải đổi: {result.path}")
    print_findings(result.findings)
    return exit_code(result.findings)
