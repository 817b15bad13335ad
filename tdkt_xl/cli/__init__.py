"""tdkt: the command line, twin of every ribbon button."""

import sys
from collections.abc import Sequence
from typing import Any

import click

from tdkt_xl import __version__
from tdkt_xl.cli.catalogue import CommandsOnDemand
from tdkt_xl.cli.printing import CLEAN, COULD_NOT_RUN
from tdkt_xl.cli.vietnamese import usage_sentence
from tdkt_xl.processes.garbage import collect_rarely

__all__ = ["main", "run", "tdkt"]


@click.group(
    cls=CommandsOnDemand, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="tdkt", message="%(prog)s %(version)s", help="Xem phiên bản.")
def tdkt() -> None:
    """Kiểm tra, tổng hợp và lập danh sách đề nghị khen thưởng từ các sổ chấm điểm thi đua.

    Tệp nhận được chỉ đọc, không bao giờ bị sửa. Mã kết thúc: 0 không có lỗi, 1 có lỗi trong dữ liệu,
    2 không chạy được.
    """


def _report_crash(error: Exception) -> str:
    """Write the traceback to a log and return one Vietnamese sentence about it."""
    import tempfile

    from tdkt_xl.findings.codes import ours
    from tdkt_xl.findings.crash import traceback_without_data
    from tdkt_xl.findings.render import sentence

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="tdkt-", suffix=".log", delete=False
        ) as log:
            log.write(traceback_without_data(error))
        name = log.name
    except OSError:
        name = "(không ghi được nhật ký)"
    return sentence(ours.INTERNAL.at(kind=type(error).__name__, log=name))


def _failure(error: Exception) -> str:
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.render import sentence

    if isinstance(error, TdktError):
        return sentence(error.finding)
    from tdkt_xl.excel.packages import missing_package

    missing = missing_package(error)
    return sentence(missing) if missing else _report_crash(error)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure is one Vietnamese sentence on stderr."""
    try:
        result: Any = tdkt.main(args=arguments, prog_name="tdkt", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
    except click.exceptions.Abort:
        click.echo("Đã dừng theo yêu cầu.", err=True)
    except click.ClickException as error:
        hint = (
            f" Xem: {error.ctx.command_path} --help"
            if isinstance(error, click.UsageError) and error.ctx
            else ""
        )
        click.echo(f"{usage_sentence(error)}{hint}", err=True)
    except Exception as error:  # the last line of defence: a sentence, never a traceback
        click.echo(_failure(error), err=True)
    else:
        return result if isinstance(result, int) else CLEAN
    return COULD_NOT_RUN


def main() -> None:
    """Entry point of the ``tdkt`` command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    collect_rarely()
    sys.exit(run())
