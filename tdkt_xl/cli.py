"""tdkt: the command line, twin of every ribbon button. Heavy packages load inside the commands."""

import json
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tdkt_xl import __version__
from tdkt_xl.findings import Finding, Severity, TdktError, has_errors

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.tasks.demo import Demo

CLEAN, FOUND_ERRORS, COULD_NOT_RUN = 0, 1, 2
_SHOWN_FINDINGS = 30


def _in_vietnamese(text: str) -> str:
    """The help of an option, with click's own remarks translated."""
    return text.replace("[required]", "[bắt buộc]").replace("[default: ", "[mặc định: ")


class VietnameseCommand(click.Command):
    """A command whose help page speaks Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Vietnamese heading."""
        records = [record for item in self.get_params(ctx) if (record := item.get_help_record(ctx))]
        if records:
            with formatter.section("Tuỳ chọn"):
                formatter.write_dl([(name, _in_vietnamese(text)) for name, text in records if text])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help, described in Vietnamese."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Xem hướng dẫn này."
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return [piece.replace("[OPTIONS]", "[TUỲ CHỌN]") for piece in super().collect_usage_pieces(ctx)]


class VietnameseGroup(VietnameseCommand, click.Group):
    """The group of all commands."""

    command_class = VietnameseCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        VietnameseCommand.format_options(self, ctx, formatter)
        rows = [
            (name, command.get_short_help_str(90))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name))
        ]
        with formatter.section("Lệnh"):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return ["[TUỲ CHỌN]", "LỆNH …"]


OUT = click.option("--out", metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả.")
MASTER = click.option(
    "--master",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Danh mục dùng chung; mặc định danh-muc.xlsx đi kèm.",
)
JSON = click.option(
    "--json", "as_json", is_flag=True, help="In một tài liệu JSON ra màn hình, không in gì khác."
)


@click.group(
    cls=VietnameseGroup, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="tdkt", message="%(prog)s %(version)s", help="Xem phiên bản.")
def tdkt() -> None:
    """Kiểm tra, tổng hợp và lập danh sách đề nghị khen thưởng từ các sổ chấm điểm thi đua.

    Tệp nhận được chỉ đọc, không bao giờ bị sửa. Mã kết thúc: 0 không có lỗi, 1 có lỗi trong dữ liệu,
    2 không chạy được.
    """


@tdkt.command()
@click.argument(
    "paths", metavar="TỆP_HOẶC_THƯ_MỤC…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@OUT
@MASTER
@JSON
def validate(paths: tuple[Path, ...], out: Path | None, master: Path | None, as_json: bool) -> int:
    """Kiểm tra các tệp đã nhận, chỉ đúng ô có lỗi và cách sửa.

    Có --out thì ghi ket-qua-kiem-tra.xlsx, mỗi lỗi một dòng, bấm vào ô để mở đúng chỗ.
    """
    from tdkt_xl.tasks.validate import validate as run

    result = run(paths, _master(master), out, _progress("Kiểm tra"))
    if as_json:
        _print_json(result.as_document())
    else:
        for report in result.round.files:
            click.echo(f"{report.status:<16} {report.name}")
        _print_findings(result.findings)
        _print_outputs(result.outputs)
    return _exit_code(result.findings)


@tdkt.command()
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@MASTER
@JSON
def consolidate(folder: Path, out: Path, master: Path | None, as_json: bool) -> int:
    """Tổng hợp các sổ cụm, cộng lại từ từng ô điểm, xếp hạng từng cụm.

    Ghi tong-hop-huyen.xlsx và ket-qua-kiem-tra.xlsx vào thư mục --out.
    """
    from tdkt_xl.tasks.consolidate import consolidate as run

    result = run(folder, _master(master), out, _progress("Tổng hợp"))
    if as_json:
        _print_json(result.as_document())
    else:
        for cluster in result.consolidated.clusters:
            leaders = ", ".join(item.unit_name for item in cluster.leaders) or "chưa xác định"
            click.echo(f"{cluster.code}: {len(cluster.ranked)} đơn vị đã xếp hạng · dẫn đầu: {leaders}")
        _print_findings(result.findings)
        _print_outputs(result.outputs)
    return _exit_code(result.findings)


@tdkt.command()
@click.argument("consolidated", metavar="TỔNG_HỢP", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@click.option("--on", "day", required=True, metavar="NĂM-THÁNG-NGÀY", help="Ngày quyết định khen thưởng.")
@MASTER
@JSON
def nominate(consolidated: Path, out: Path, day: str, master: Path | None, as_json: bool) -> int:
    """Xét đơn vị dẫn đầu, tập thể, cá nhân được đề nghị theo quy định của ngày --on.

    TỔNG_HỢP là tong-hop-huyen.xlsx (hoặc thư mục chứa nó). Ghi danh-sach-de-nghi.xlsx kèm lý do, điều
    luật và ô nguồn.
    """
    from tdkt_xl.tasks.nominate import nominate as run

    result = run(consolidated, _master(master), _day(day), out)
    if as_json:
        _print_json(result.as_document())
    else:
        for item in result.nominations:
            outcome = item.judgement.outcome.label
            click.echo(f"{outcome:<26} {item.award_name:<10} {item.candidate.subject}")
        _print_findings(result.findings)
        _print_outputs(result.outputs)
    return _exit_code(result.findings)


@tdkt.command()
@click.option(
    "--out",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    default=Path("ket-qua-demo"),
    show_default=True,
    help="Thư mục ghi kết quả.",
)
def demo(out: Path) -> int:
    """Chạy trọn quy trình trên huyện mẫu gồm 10 sổ cụm, cuối cùng tóm tắt kết quả."""
    from tdkt_xl.tasks.demo import demo as run

    _print_demo(run(out, _master(None), _progress("Huyện mẫu")))
    return CLEAN


@tdkt.command()
@click.argument("code", metavar="MÃ")
def explain(code: str) -> int:
    """Giải thích một mã trong bảng kết quả, ví dụ KT-201."""
    from tdkt_xl.tasks.explain import explain as run

    click.echo(run(code))
    return CLEAN


@tdkt.command("build-workbooks")
@click.option(
    "--out",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    default=Path("workbooks"),
    show_default=True,
    help="Thư mục ghi mẫu.",
)
def build_workbooks(out: Path) -> int:
    """Dựng lại các mẫu chuẩn và danh mục khởi đầu từ mô tả của phần mềm."""
    from tdkt_xl.tasks.build_workbooks import build_workbooks as run

    paths, findings = run(out)
    _print_findings(findings)
    _print_outputs(paths)
    return CLEAN


def _master(path: Path | None) -> "Master":
    from tdkt_xl.tasks.master import load_master
    from tdkt_xl.tasks.resources import default_master

    return load_master(path or default_master())


def _day(text: str) -> date:
    from tdkt_xl.findings.codes import machine

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TdktError(machine.BAD_DAY, text=text) from None


def _progress(label: str) -> Callable[[int, int, str], None]:
    """A progress line on stderr; silent when stderr is not a terminal."""

    def show(done: int, total: int, name: str) -> None:
        if sys.stderr.isatty():
            filled = 20 * done // total
            bar = "█" * filled + "·" * (20 - filled)
            end = "\n" if done == total else ""
            click.echo(f"\r{label} {bar} {done}/{total} {name[:50]:<50}{end}", err=True, nl=False)

    return show


def _exit_code(findings: Iterable[Finding]) -> int:
    return FOUND_ERRORS if has_errors(findings) else CLEAN


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _print_findings(findings: Sequence[Finding]) -> None:
    from tdkt_xl.findings.render import sentence

    shown = [finding for finding in findings if finding.severity is not Severity.NOTE]
    for finding in shown[:_SHOWN_FINDINGS]:
        click.echo(sentence(finding))
    if len(shown) > _SHOWN_FINDINGS:
        click.echo(f"… và {len(shown) - _SHOWN_FINDINGS} vấn đề nữa, xem tệp kết quả.")
    counts = [f"{sum(f.severity is level for f in findings)} {level.label.lower()}" for level in Severity]
    click.echo(f"Tổng cộng: {', '.join(counts)}.")


def _print_outputs(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(f"Đã ghi: {path}")


def _print_demo(result: "Demo") -> None:
    for line in result.summary():
        click.echo(line)


def _usage_sentence(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = (
            error.param.opts[0]
            if error.param.param_type_name == "option"
            else error.param.human_readable_name
        )
        return f"Thiếu “{name}”."
    if isinstance(error, click.NoSuchOption):
        return f"Không có tuỳ chọn “{error.option_name}”."
    if isinstance(error, click.BadOptionUsage):
        return f"Tuỳ chọn “{error.option_name}” thiếu giá trị hoặc thừa giá trị."
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"Giá trị của “{error.param.human_readable_name}” không hợp lệ."
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return "Không có lệnh này."
    return "Lệnh gõ chưa đúng."


def _report_crash(error: Exception) -> str:
    """Write the traceback to a log and return one Vietnamese sentence about it."""
    from tdkt_xl.findings.codes import ours
    from tdkt_xl.findings.render import sentence

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="tdkt-", suffix=".log", delete=False
        ) as log:
            log.write("".join(traceback.format_exception(error)))
        name = log.name
    except OSError:
        name = "(không ghi được nhật ký)"
    return sentence(ours.INTERNAL.at(kind=type(error).__name__, log=name))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure is one Vietnamese sentence on stderr."""
    from tdkt_xl.findings.render import sentence

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
        click.echo(f"{_usage_sentence(error)}{hint}", err=True)
    except TdktError as error:
        click.echo(sentence(error.finding), err=True)
    except Exception as error:  # the last line of defence: a log instead of a traceback
        click.echo(_report_crash(error), err=True)
    else:
        return result if isinstance(result, int) else CLEAN
    return COULD_NOT_RUN


def main() -> None:
    """Entry point of the ``tdkt`` command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())


if __name__ == "__main__":
    main()
