"""The command that explains a code: apart from the others, as it loads next to nothing."""

import click

from tdkt_xl.cli.printing import CLEAN
from tdkt_xl.cli.vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@click.argument("code", metavar="MÃ")
def explain(code: str) -> int:
    """Giải thích một mã trong bảng kết quả, ví dụ KT-201."""
    from tdkt_xl.tasks.explain import explain as run

    click.echo(run(code))
    return CLEAN
