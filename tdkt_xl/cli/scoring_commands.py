"""The commands around scores: trace a number, try a correction, freeze a cluster."""

from pathlib import Path

import click

from tdkt_xl.cli.inputs import kept_for, master_file, read_day_of_decision, read_master
from tdkt_xl.cli.options import JSON, MASTER
from tdkt_xl.cli.printing import CLEAN, exit_code, one_document, print_json, print_notes, progress
from tdkt_xl.cli.vietnamese import VietnameseCommand
from tdkt_xl.excel.recording import recorded, today

OUT_RESULTS = click.option(
    "--out",
    required=True,
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Thư mục kết quả, nơi có tong-hop-huyen.xlsx.",
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
    help="tong-hop-huyen.xlsx, tong-hop-lon.xlsx hoặc thư mục chứa nó.",
)
@JSON
def trace(unit: str, criterion: str, result: Path, as_json: bool) -> int:
    """Cho biết một con số từ đâu ra: ô nguồn, cách tính, làm tròn, quyết định.

    ĐƠN_VỊ là mã hoặc tên như trang Xếp hạng; TIÊU_CHÍ là đường dẫn như I.2.a, hoặc của một nhóm như I;
    bỏ trống để xem tổng điểm, thứ hạng và mọi tiêu chí.
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


@click.command("what-if", cls=VietnameseCommand)
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--folder",
    required=True,
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Thư mục các sổ đã nhận.",
)
@click.option(
    "--decisions",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="tong-hop-huyen.xlsx có các quyết định, áp dụng cho cả hai bên.",
)
@MASTER
@JSON
def what_if(file: Path, folder: Path, decisions: Path | None, master: Path | None, as_json: bool) -> int:
    """Xem trước một tệp sửa làm đổi những gì: điểm, thứ hạng, xếp loại, đơn vị dẫn đầu; không ghi gì.

    TỆP là sổ cụm đã sửa, hoặc phiếu đã sửa của một đơn vị.
    """
    from tdkt_xl.tasks.what_if import what_if as run

    with one_document(as_json, units=[]):
        data, bar = read_master(master), progress("Xem trước")
        kept = kept_for(data, fresh=False)
        found = run(file, folder, data, decisions, bar, today=today(), kept=kept)
    if as_json:
        print_json(found.as_document())
    else:
        for line in found.lines():
            click.echo(line)
    return exit_code((*found.findings, *found.unread))


_WORD = (
    click.option("--who", required=True, metavar="NGƯỜI", help="Người, hội đồng quyết định."),
    click.option("--why", required=True, metavar="CĂN_CỨ", help="Căn cứ, ví dụ số biên bản."),
    click.option("--on", "day", required=True, metavar="NĂM-THÁNG-NGÀY", help="Ngày quyết định."),
)


@click.command(cls=VietnameseCommand)
@click.argument("clusters", metavar="MÃ_CỤM…", nargs=-1, required=True)
@click.option(
    "--folder",
    required=True,
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Thư mục các sổ đã nhận.",
)
@OUT_RESULTS
@_WORD[0]
@_WORD[1]
@_WORD[2]
@MASTER
def freeze(
    clusters: tuple[str, ...], folder: Path, out: Path, who: str, why: str, day: str, master: Path | None
) -> int:
    """Chốt kết quả các cụm: sổ gửi lại sau đó được báo, không tự tính lại.

    Giữ bản sao sổ, mã SHA-256, danh mục, quyết định và kết quả từng đơn vị trong thư mục --out.
    """
    from tdkt_xl.tasks.freeze import freeze as run
    from tdkt_xl.tasks.freezing import Word, paths_of
    from tdkt_xl.tasks.result_files import result_in

    inputs = [folder, result_in(out)]
    with recorded(out, "freeze", inputs, master_file(master), about=" ".join(clusters)) as record:
        word = Word(who, read_day_of_decision(day), why)
        data, bar = read_master(master), progress("Chốt cụm")
        kept = kept_for(data, fresh=False)
        frozen = run(folder, out, data, clusters, word, bar, today=today(), kept=kept)
        notes = record([path for one in frozen for path in paths_of(out, one)], arguments={"on": day})
    for one in frozen:
        open_ = len(one.waiting)
        left = f"; còn {open_} việc chờ quyết định chưa trả lời, chốt theo số hiện nay" if open_ else ""
        click.echo(f"Đã chốt {one.cluster} {one.name}: {len(one.units)} đơn vị{left}")
    print_notes(notes)
    return exit_code(notes)


@click.command(cls=VietnameseCommand)
@click.argument("cluster", metavar="MÃ_CỤM")
@OUT_RESULTS
@_WORD[0]
@_WORD[1]
@_WORD[2]
def unfreeze(cluster: str, out: Path, who: str, why: str, day: str) -> int:
    """Mở chốt một cụm để tổng hợp lại; bản ghi chốt cũ được giữ kèm người, ngày, lý do mở."""
    from tdkt_xl.tasks.freeze import unfreeze as run
    from tdkt_xl.tasks.freezing import Word

    with recorded(out, "unfreeze", about=cluster) as record:
        opened = run(out, cluster, Word(who, read_day_of_decision(day), why))
        notes = record([opened.kept], arguments={"on": day}, removed=[opened.removed])
    click.echo(f"Đã mở chốt {cluster}; tổng hợp lại để tính theo các sổ đang có.")
    print_notes(notes)
    return exit_code(notes)
