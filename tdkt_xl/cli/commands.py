"""The commands that work on files. Heavy packages load inside the commands."""

from dataclasses import replace
from pathlib import Path

import click

from tdkt_xl.cli.inputs import kept_for, master_file, prepare, read_day, read_master
from tdkt_xl.cli.large import SCHEDULER, WORKERS, consolidate_large, is_large
from tdkt_xl.cli.options import FRESH, JSON, MASTER, OUT, PEOPLE
from tdkt_xl.cli.printing import (
    CLEAN,
    exit_code,
    one_document,
    print_findings,
    print_json,
    print_notes,
    print_outputs,
    print_unchanged,
    print_waiting,
    progress,
)
from tdkt_xl.cli.reading_options import PASSWORD, WIDER_LIMITS, reading_of, said_of
from tdkt_xl.cli.suppositions import print_moves, read_history
from tdkt_xl.cli.vietnamese import VietnameseCommand
from tdkt_xl.excel.recording import recorded, today


@click.command(cls=VietnameseCommand)
@click.argument(
    "paths", metavar="TỆP_HOẶC_THƯ_MỤC…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@OUT
@click.option("--annotate", is_flag=True, help="Ghi thêm bản sao có đánh dấu của từng sổ vào --out/danh-dau.")
@MASTER
@FRESH
@PASSWORD
@WIDER_LIMITS
@JSON
def validate(
    paths: tuple[Path, ...],
    out: Path | None,
    annotate: bool,
    master: Path | None,
    fresh: bool,
    password: bool,
    wider_limits: int,
    as_json: bool,
) -> int:
    """Kiểm tra các tệp đã nhận, chỉ đúng ô có lỗi và cách sửa.

    Có --out thì ghi ket-qua-kiem-tra.xlsx, mỗi lỗi một dòng, bấm vào ô để mở đúng chỗ.
    """
    reading = reading_of(password, wider_limits)
    prepare(master)
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.codes import machine
    from tdkt_xl.tasks.annotate import annotated
    from tdkt_xl.tasks.validate import validate as run

    with (
        one_document(as_json, files=[]),
        recorded(out, "validate", paths, master_file(master)) as record,
    ):
        if annotate and out is None:
            raise TdktError(machine.OUT_NEEDED)
        data = read_master(master)
        kept = None if reading else kept_for(data, fresh)
        result = run(paths, data, out, progress("Kiểm tra"), kept=kept, reading=reading)
        if annotate and out is not None:
            result = annotated(result, paths, out)
        read = {report.name: report.sha256 for report in result.round.files}
        said = said_of(reading)
        notes = record(result.outputs, result.findings, read=read, arguments=said, removed=result.removed)
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
    else:
        for report in result.round.files:
            click.echo(f"{report.status:<16} {report.name}")
        print_unchanged(result.round.unchanged)
        print_findings(result.findings)
        print_outputs(result.outputs)
    return exit_code(result.findings)


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@click.option(
    "--last-round",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Sổ tổng hợp của kỳ trước (hoặc thư mục chứa nó), để so sánh điểm và thứ hạng.",
)
@click.option(
    "--decisions",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Sổ có trang “Chờ quyết định” đã trả lời; mặc định sổ tổng hợp đã có trong --out.",
)
@WORKERS
@SCHEDULER
@MASTER
@FRESH
@PASSWORD
@WIDER_LIMITS
@JSON
def consolidate(
    folder: Path,
    out: Path,
    last_round: Path | None,
    decisions: Path | None,
    workers: int | None,
    scheduler: str | None,
    master: Path | None,
    fresh: bool,
    password: bool,
    wider_limits: int,
    as_json: bool,
) -> int:
    """Tổng hợp các sổ cụm, cộng lại từ từng ô điểm, xếp hạng từng cụm.

    Ghi tong-hop-huyen.xlsx và ket-qua-kiem-tra.xlsx vào thư mục --out. Việc phần mềm không tự quyết
    (đồng hạng, ô trống, trùng phiếu …) nằm ở trang “Chờ quyết định”; trả lời rồi chạy lại thì được áp dụng.
    Trên 400 tệp, hoặc có --workers, --scheduler: ghi tong-hop-lon.xlsx và các tệp parquet, vì một sổ Excel
    không chứa hết.
    """
    reading = reading_of(password, wider_limits)
    large = is_large(folder, workers, scheduler)
    if not large:  # the parts of a large round start processes of their own
        prepare(master)
    from tdkt_xl.tasks.consolidate import consolidate as run
    from tdkt_xl.tasks.result_files import result_book

    last_round = result_book(last_round) if last_round else None
    inputs = [folder, *(path for path in (last_round, decisions) if path)]
    with (
        one_document(as_json, clusters=[], questions=[], outputs=[]),
        recorded(out, "consolidate", inputs, master_file(master)) as record,
    ):
        if large:
            return consolidate_large(
                folder,
                master_file(master),
                out,
                record,
                workers=workers,
                scheduler=scheduler,
                as_json=as_json,
                last_round=last_round,
                decisions=decisions,
                reading=reading,
            )
        data = read_master(master)
        bar, kept = progress("Tổng hợp"), None if reading else kept_for(data, fresh)
        result = run(
            folder, data, out, bar, last_round, decisions=decisions, kept=kept, reading=reading, today=today()
        )
        notes = record(result.written, result.findings, read=result.read, arguments=said_of(reading))
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
    else:
        for cluster in result.consolidated.clusters:
            leaders = ", ".join(item.unit_name for item in cluster.leaders) or "chưa xác định"
            click.echo(f"{cluster.code}: {len(cluster.ranked)} đơn vị đã xếp hạng · dẫn đầu: {leaders}")
        print_unchanged(result.unchanged)
        print_waiting(result.consolidated.decisions, result.findings, "tong-hop-huyen.xlsx")
        print_findings(result.findings)
        print_outputs(result.outputs)
    return exit_code(result.findings)


@click.command(cls=VietnameseCommand)
@click.argument("consolidated", metavar="TỔNG_HỢP", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@click.option("--on", "day", required=True, metavar="NĂM-THÁNG-NGÀY", help="Ngày quyết định khen thưởng.")
@PEOPLE
@click.option("--export", is_flag=True, help="Ghi thêm tệp chín cột để nhập vào phần mềm của tỉnh.")
@click.option(
    "--suppose",
    multiple=True,
    metavar="GIẢ_ĐỊNH",
    help="Giả định “Tên: thông tin=giá trị”: chỉ in kết luận nào đổi, không ghi gì. Dùng được nhiều lần.",
)
@click.option(
    "--suppose-from",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Nhiều giả định trong một sổ theo mẫu gia-dinh.xlsx: in từng giả định đổi gì, rồi tất cả cùng lúc.",
)
@MASTER
@JSON
def nominate(
    consolidated: Path,
    out: Path,
    day: str,
    people: Path | None,
    export: bool,
    suppose: tuple[str, ...],
    suppose_from: Path | None,
    master: Path | None,
    as_json: bool,
) -> int:
    """Xét đơn vị dẫn đầu, tập thể, cá nhân được đề nghị theo quy định của ngày --on.

    TỔNG_HỢP là sổ tổng hợp (hoặc thư mục chứa nó). Ghi danh-sach-de-nghi.xlsx kèm lý do, điều
    luật và ô nguồn. Có --people thì đối chiếu với sổ hồ sơ.
    """
    prepare(master)
    from tdkt_xl.tasks.nominate import nominate as run
    from tdkt_xl.tasks.result_files import result_book

    if suppose or suppose_from:
        with one_document(as_json, moves=[], each=[]):
            data = read_master(master)
            history = read_history(people, data)
            return print_moves(
                consolidated, data, read_day(day), history, suppose, suppose_from, as_json=as_json
            )
    book = result_book(consolidated)
    with (
        one_document(as_json, nominations=[], outputs=[]),
        recorded(out, "nominate", [book, people] if people else [book], master_file(master)) as record,
    ):
        data = read_master(master)
        history = read_history(people, data)
        result = run(consolidated, data, read_day(day), out, history, export=export)
        notes = record(result.outputs, result.findings, arguments={"on": day}, removed=result.removed)
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
    else:
        for item in result.nominations:
            outcome = item.judgement.outcome.label
            click.echo(f"{outcome:<26} {item.award_name:<10} {item.candidate.subject}")
        print_findings(result.findings)
        print_outputs(result.outputs)
    return exit_code(result.findings)


@click.command(cls=VietnameseCommand)
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
    prepare(None)
    from tdkt_xl.tasks.demo import demo as run
    from tdkt_xl.tasks.resources import samples_folder

    with recorded(out, "demo", [samples_folder()], master_file(None)) as record:
        result = run(out, read_master(None), progress("Huyện mẫu"), today=today())
        made = (*result.consolidation.written, *result.nominating.outputs)
        found = (*result.consolidation.findings, *result.nominating.findings)
        notes = record(made, found)
    for line in result.summary():
        click.echo(line)
    print_notes(notes)
    return exit_code(notes)


@click.command("build-workbooks", cls=VietnameseCommand)
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

    with recorded(out, "build-workbooks") as record:
        paths, findings = run(out)
        findings += record(paths, findings)
    print_findings(findings)
    print_outputs(paths)
    return CLEAN
