"""The command that compares a results folder with the records of its runs."""

from pathlib import Path

import click

from tdkt_xl.cli.vietnamese import VietnameseCommand


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
def verify(folder: Path) -> int:
    """Đối chiếu bài nộp, kết quả và hồ sơ chạy của một thư mục kết quả.

    Tính lại mã SHA-256 của từng tệp và nêu tên tệp đã khác; không ghi gì.
    """
    from tdkt_xl.cli.printing import exit_code, print_findings
    from tdkt_xl.tasks.verify import verify as run

    found = run(folder).findings
    print_findings(found)
    return exit_code(found)
