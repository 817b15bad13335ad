"""The commands around scores: trace a number, try a correction, freeze a cluster."""

from pathlib import Path

import click

from tdkt_xl.cli.printing import CLEAN, one_document, print_json
from tdkt_xl.cli.vietnamese import VietnameseCommand

JSON = click.option(
    "--json", "as_json", is_flag=True, help="In một tài liệu JSON ra màn hình, không in gì khác."
)


@click.command(cls=VietnameseCommand)
@click.argument("unit", metavar="ĐƠN_VỊ")
@click.argument("criterion", metavar="[TIÊU_CHÍ]", default="", required=False)
@click.option(
    "--in",
    "result",
    required=True,
    metavar="TỔNG_HỢP",
    type=click.Path(path_type=Path),
    help="tong-hop-huyen.xlsx hoặc thư mục chứa nó.",
)
@JSON
def trace(unit: str, criterion: str, result: Path, as_json: bool) -> int:
    """Cho biết một con số từ đâu ra: ô nguồn, cách tính, làm tròn, quyết định.

    ĐƠN_VỊ là mã hoặc tên như trang Xếp hạng; TIÊU_CHÍ là đường dẫn như I.2.a, bỏ trống để xem tổng điểm,
    thứ hạng và mọi tiêu chí.
    """
    from tdkt_xl.tasks.trace import trace as run

    with one_document(as_json, units=[]):
        found = run(result, unit, criterion)
    if as_json:
        print_json(found.as_document())
    else:
        for line in found.lines():
            click.echo(line)
    return CLEAN


def add_to(group: click.Group) -> None:
    """Add these commands to the ``tdkt`` group."""
    for command in (trace,):
        group.add_command(command)
