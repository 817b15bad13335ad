"""The commands of the way back to the sender: marks, letters, comparison of what comes again."""

from pathlib import Path

import click

from tdkt_xl.cli.commands import JSON
from tdkt_xl.cli.printing import exit_code, one_document, print_findings, print_json, print_outputs
from tdkt_xl.cli.vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--out", metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi; mặc định cạnh tệp."
)
@JSON
def unmark(file: Path, out: Path | None, as_json: bool) -> int:
    """Bỏ đúng các dấu do phần mềm đặt: ghi chú [TĐ], màu, trang Kết quả kiểm tra.

    Ghi ra tệp mới "… (đã bỏ đánh dấu)"; tệp đã cho giữ nguyên.
    """
    from tdkt_xl.tasks.annotate import unmark as run

    with one_document(as_json, output=[]):
        result = run(file, out)
    if as_json:
        print_json(result.as_document())
        return exit_code(result.findings)
    if result.path:
        click.echo(f"Đã bỏ {result.notes} ghi chú, {result.sheets} trang kết quả.")
        if result.exact:
            click.echo("Mọi phần của sổ trở lại đúng như khi nhận.")
        print_outputs([result.path])
    print_findings(result.findings)
    return exit_code(result.findings)


def add_to(group: click.Group) -> None:
    """Add these commands to the ``tdkt`` group."""
    group.add_command(unmark)
