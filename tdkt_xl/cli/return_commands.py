"""The commands of the way back to the sender: marks, letters, comparison of what comes again."""

from dataclasses import replace
from pathlib import Path

import click

from tdkt_xl.cli.inputs import kept_for, master_file, read_day, read_day_of_decision, read_master
from tdkt_xl.cli.options import FRESH, JSON, MASTER, OUT
from tdkt_xl.cli.printing import (
    exit_code,
    one_document,
    print_findings,
    print_json,
    print_notes,
    print_outputs,
    progress,
)
from tdkt_xl.cli.vietnamese import VietnameseCommand
from tdkt_xl.excel.recording import recorded, today


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

    where = (out or file.parent) if file.exists() else None
    with one_document(as_json, output=[]), recorded(where, "unmark", [file], about=file.stem) as record:
        result = run(file, out)
        notes = record([result.path] if result.path else [], result.findings)
        result = replace(result, findings=(*result.findings, *notes))
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


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@click.option("--deadline", required=True, metavar="NĂM-THÁNG-NGÀY", help="Hạn gửi lại ghi trong phiếu.")
@click.option("--on", "day", metavar="NĂM-THÁNG-NGÀY", help="Ngày của phiếu; bỏ trống thì để chỗ ghi tay.")
@FRESH
@MASTER
@JSON
def letters(
    folder: Path,
    out: Path,
    deadline: str,
    day: str | None,
    fresh: bool,
    master: Path | None,
    as_json: bool,
) -> int:
    """Lập phiếu đề nghị bổ sung, chỉnh sửa cho từng đơn vị, từng cụm.

    Ghi mỗi phiếu một tệp Word, phieu-tra-lai.xlsx (bản in, nơi chưa gửi, tin nhắn) và tin-nhan.txt. Mỗi nơi
    chỉ thấy vấn đề của mình.
    """
    from tdkt_xl.tasks.letters import write_letters as run
    from tdkt_xl.tasks.result_files import result_in
    from tdkt_xl.writers.letter import Terms

    with one_document(as_json, letters=[], missing=[], outputs=[]):
        terms = Terms(read_day(deadline), read_day(day) if day else None)
    inputs = [folder, result_in(out)]
    with (
        one_document(as_json, letters=[], missing=[], outputs=[]),
        recorded(out, "letters", inputs, master_file(master)) as record,
    ):
        data = read_master(master)
        bar, kept = progress("Lập phiếu"), kept_for(data, fresh)
        result = run(folder, data, out, terms, bar, kept=kept, today=today())
        terms_said = {"deadline": deadline, **({"on": day} if day else {})}
        moved = result.aside.moved
        notes = record(result.outputs, result.findings, arguments=terms_said, removed=moved)
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
        return exit_code(result.findings)
    for letter in result.letters:
        click.echo(f"{len(letter.faults):>4} nội dung · {letter.addressee} · {letter.role}")
    for item in result.missing:
        click.echo(f"Chưa gửi: {item.name} · {item.what} {item.period}")
    print_notes([*result.aside.findings, *notes])
    print_outputs(result.outputs)
    return exit_code(result.findings)


@click.command(cls=VietnameseCommand)
@click.argument("old", metavar="BẢN_TRƯỚC", type=click.Path(path_type=Path))
@click.argument("new", metavar="BẢN_SAU", type=click.Path(path_type=Path))
@OUT
@MASTER
@JSON
def compare(old: Path, new: Path, out: Path | None, master: Path | None, as_json: bool) -> int:
    """So sánh hai bản nộp của một nơi: ô nào đổi, vấn đề nào đã sửa, còn lại, mới.

    Báo các ô thay đổi mà không có vấn đề nào yêu cầu. Có --out thì ghi so-sanh.xlsx.
    """
    from tdkt_xl.tasks.compare import compare as run

    with (
        one_document(as_json, changes=[], resolved=[], remaining=[], new_findings=[], outputs=[]),
        recorded(out, "compare", [old, new], master_file(master)) as record,
    ):
        result = run(old, new, read_master(master), out)
        notes = record(result.outputs, result.findings)
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
    else:
        for line in result.lines():
            click.echo(line)
        print_findings(result.findings)
        print_outputs(result.outputs)
    return exit_code((*result.findings, *result.remaining, *result.fresh))


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục kết quả."
)
@click.option("--use", "version", metavar="BẢN", help="Bản được dùng, ghi tên như khi xem các bản.")
@click.option("--by", "who", metavar="NGƯỜI", help="Người quyết định; cần khi có --use.")
@click.option("--reason", "why", metavar="CĂN_CỨ", help="Căn cứ, lý do; cần khi có --use.")
@click.option("--on", "day", metavar="NĂM-THÁNG-NGÀY", help="Ngày quyết định; mặc định hôm nay.")
@FRESH
@MASTER
@JSON
def choose(
    folder: Path,
    out: Path,
    version: str | None,
    who: str | None,
    why: str | None,
    day: str | None,
    fresh: bool,
    master: Path | None,
    as_json: bool,
) -> int:
    """Xem các cụm, đơn vị gửi nhiều bản khác nhau; có --use thì ghi bản được chọn.

    Ghi chon-ban.xlsx để đối chiếu. Lựa chọn ghi vào trang “Chờ quyết định” của sổ tổng hợp cùng
    người, ngày, căn cứ; lần tổng hợp sau áp dụng và ghi lại trong kết quả.
    """
    from tdkt_xl.findings import TdktError
    from tdkt_xl.findings.codes import machine
    from tdkt_xl.tasks.choose import Choice
    from tdkt_xl.tasks.choose import choose as run
    from tdkt_xl.tasks.result_files import result_in

    with one_document(as_json, doubles=[], outputs=[]):
        if version and not (who and why):
            raise TdktError(machine.CHOICE_INCOMPLETE)
        on = read_day_of_decision(day) if day else today()
    choice = Choice(version, who, on, why) if version and who and why else None
    inputs = [folder, result_in(out)]
    with (
        one_document(as_json, doubles=[], outputs=[]),
        recorded(out, "choose", inputs, master_file(master)) as record,
    ):
        data = read_master(master)
        bar, kept = progress("Xem các bản"), kept_for(data, fresh)
        result = run(folder, data, out, choice, bar, kept, today=today())
        said = {"use": version, "on": on.isoformat()} if version else {}
        notes = record(result.outputs, result.findings, arguments=said)
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
        return exit_code(result.findings)
    for line in result.lines():
        click.echo(line)
    print_notes(notes)
    print_outputs(result.outputs)
    return exit_code(result.findings)
