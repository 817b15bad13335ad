"""The command of safe repairs: preview first, copies only when asked for."""

from pathlib import Path

import click

from tdkt_xl.cli.inputs import master_file, read_master
from tdkt_xl.cli.options import JSON, MASTER
from tdkt_xl.cli.printing import (
    exit_code,
    one_document,
    print_findings,
    print_json,
    print_outputs,
    progress,
)
from tdkt_xl.cli.vietnamese import VietnameseCommand
from tdkt_xl.excel.recording import recorded

_SHOWN_CHANGES = 40


@click.command(cls=VietnameseCommand)
@click.argument(
    "paths", metavar="TỆP_HOẶC_THƯ_MỤC…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@click.option("--apply", "write", is_flag=True, help="Ghi bản sao đã sửa; không có thì chỉ xem trước.")
@MASTER
@JSON
def repair(paths: tuple[Path, ...], out: Path, write: bool, master: Path | None, as_json: bool) -> int:
    """Sửa an toàn: số gõ dạng chữ, bảng mã cũ, ký tự thừa, tên cột, tên đơn vị.

    Luôn ghi sua-an-toan.xlsx (ô nào, trước, sau). Thêm --apply để ghi bản sao "… (đã sửa)" vào thư mục
    da-sua; tệp đã nhận giữ nguyên.
    """
    from tdkt_xl.tasks.repair_report import repair as run

    about = paths[0].name if len(paths) == 1 else ""
    with (
        one_document(as_json, files=[]),
        recorded(out, "repair", paths, master_file(master), about=about) as record,
    ):
        result = run(paths, read_master(master), out, progress("Sửa an toàn"), write=write)
        said = {"apply": "yes"} if write else {}
        found, moved = result.repairs.findings, result.removed
        result = result.with_notes(record(result.outputs, found, arguments=said, removed=moved))
    if as_json:
        print_json(result.repairs.as_document())
        return exit_code(result.repairs.findings)
    for line in result.lines[:_SHOWN_CHANGES]:
        click.echo(line)
    if len(result.lines) > _SHOWN_CHANGES:
        click.echo(f"… và {len(result.lines) - _SHOWN_CHANGES} ô nữa, xem sua-an-toan.xlsx.")
    click.echo(result.summary)
    print_findings(result.repairs.findings)
    print_outputs(result.outputs)
    return exit_code(result.repairs.findings)
