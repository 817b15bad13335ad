"""The command that makes empty forms of the master data: twin of “Tạo phiếu cho đơn vị”."""

from dataclasses import replace
from pathlib import Path

import click

from tdkt_xl.cli.inputs import master_file, read_master
from tdkt_xl.cli.options import JSON, MASTER
from tdkt_xl.cli.printing import exit_code, one_document, print_findings, print_json, print_outputs
from tdkt_xl.cli.vietnamese import VietnameseCommand
from tdkt_xl.excel.recording import recorded


@click.command(cls=VietnameseCommand)
@click.argument("clusters", metavar="[MÃ_CỤM…]", nargs=-1)
@click.option(
    "--out",
    required=True,
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Thư mục ghi các sổ trống.",
)
@MASTER
@JSON
def forms(clusters: tuple[str, ...], out: Path, master: Path | None, as_json: bool) -> int:
    """Lập sổ cụm trống từ danh mục dùng chung, mỗi đơn vị một phiếu chấm điểm.

    Sổ có cả bảng tổng hợp và hai danh sách đề nghị. MÃ_CỤM như trang Cụm thi đua; bỏ trống thì lập cho mọi
    cụm của kỳ đang làm. Sổ đã có người ghi thì giữ nguyên.
    """
    from tdkt_xl.tasks.new_forms import write_forms

    with (
        one_document(as_json, books=[]),
        recorded(out, "new-forms", [], master_file(master), about=" ".join(clusters)) as record,
    ):
        made = write_forms(read_master(master), out, clusters)
        said = {"clusters": " ".join(clusters)} if clusters else {}
        notes = record(made.outputs, made.findings, arguments=said)
        made = replace(made, findings=(*made.findings, *notes))
    if as_json:
        print_json(made.as_document())
        return exit_code(made.findings)
    for line in made.lines():
        click.echo(line)
    print_findings(made.findings)
    print_outputs(made.outputs)
    return exit_code(made.findings)
