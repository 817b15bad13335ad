"""The commands about the law: the rules of a day, what is missing, what the awards cost."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.inputs import master_file, read_day, read_master
from tdkt_xl.cli.options import JSON, MASTER, PEOPLE
from tdkt_xl.cli.printing import (
    CLEAN,
    FOUND_ERRORS,
    exit_code,
    one_document,
    print_findings,
    print_json,
    print_outputs,
)
from tdkt_xl.cli.suppositions import read_history
from tdkt_xl.cli.vietnamese import VietnameseCommand, VietnameseGroup
from tdkt_xl.excel.recording import recorded

if TYPE_CHECKING:
    from tdkt_xl.tasks.rulebook import Entry

_ON = click.option(
    "--on", "day", required=True, metavar="NĂM-THÁNG-NGÀY", help="Ngày quyết định khen thưởng."
)
_AWARD = click.option("--award", metavar="DANH_HIỆU", default="", help="Chỉ một danh hiệu, hình thức.")


@click.group(cls=VietnameseGroup)
def rules() -> None:
    """Xem quy tắc của một ngày, căn cứ của một mã, thay đổi giữa hai ngày, điều còn thiếu."""


@rules.command("list")
@_ON
@_AWARD
@JSON
def list_rules(day: str, award: str, as_json: bool) -> int:
    """Liệt kê quy tắc của ngày --on: mã, giá trị, điều luật, độ chắc."""
    from tdkt_xl.tasks.rulebook import list_entries

    with one_document(as_json, rules=[]):
        entries = list_entries(read_day(day), award)
    if as_json:
        print_json({"rules": [entry.as_record() for entry in entries], "findings": []})
    else:
        _print_entries(entries)
    return CLEAN


@rules.command("show")
@click.argument("text", metavar="MÃ_HOẶC_DANH_HIỆU")
@MASTER
@JSON
def show(text: str, master: Path | None, as_json: bool) -> int:
    """Xem trọn một quy tắc theo mã in trong danh sách (QT-102), hoặc mọi quy tắc của một danh hiệu.

    Mã của trang Quy định của tỉnh (cluster_limit) thì xem giá trị cơ quan đã nhập.
    """
    from tdkt_xl.tasks.office_entries import OfficeEntry, show_office
    from tdkt_xl.tasks.rulebook import Entry, show_entry

    with one_document(as_json, rules=[]):
        entries: Sequence[Entry | OfficeEntry] = show_office(text, lambda: read_master(master))
        entries = entries or show_entry(text)
    if as_json:
        print_json({"rules": [entry.as_record() for entry in entries], "findings": []})
    else:
        click.echo("\n\n".join("\n".join(entry.lines()) for entry in entries))
    return CLEAN


@rules.command("diff")
@click.argument("before", metavar="NGÀY_TRƯỚC")
@click.argument("after", metavar="NGÀY_SAU")
@JSON
def diff(before: str, after: str, as_json: bool) -> int:
    """So quy tắc của hai ngày: điều gì hết, điều gì mới."""
    from tdkt_xl.tasks.rulebook import compare_days

    with one_document(as_json, gone=[], new=[], moved=[]):
        found = compare_days(read_day(before), read_day(after))
    if as_json:
        gone, new = ([entry.as_record() for entry in part] for part in (found.gone, found.new))
        moved = [[entry.as_record() for entry in pair] for pair in found.moved]
        print_json({"gone": gone, "new": new, "moved": moved, "findings": []})
        return CLEAN
    if not found.gone and not found.new and not found.moved:
        click.echo("Không có gì đổi giữa hai ngày.")
    for title, entries in (("Không còn áp dụng:", found.gone), ("Mới:", found.new)):
        if entries:
            click.echo(title)
            _print_entries(entries)
    if found.moved:
        click.echo("Nội dung giữ nguyên, đổi căn cứ:")
    for old, now in found.moved:
        click.echo(f"{old.code} → {now.code}: {old.paraphrase} [{old.citation} → {now.citation}]")
    return CLEAN


@rules.command("missing")
@_ON
@_AWARD
@MASTER
@JSON
def missing(day: str, award: str, master: Path | None, as_json: bool) -> int:
    """Liệt kê quy định chưa nhập, chưa có văn bản, cần đối chiếu của ngày --on."""
    from tdkt_xl.tasks.rulebook import list_missing

    with one_document(as_json, missing=[]):
        found = list_missing(read_master(master), read_day(day), award)
    if as_json:
        records = [
            {"key": item.key, "kind": item.lack.value, "text": item.question, "citation": item.citation}
            for item in found
        ]
        print_json({"missing": records, "findings": []})
        return CLEAN
    for lack in dict.fromkeys(item.lack for item in found):
        mine = [item for item in found if item.lack is lack]
        click.echo(f"{lack.label} ({len(mine)}):")
        for item in mine:
            cited = f" [{item.citation}]" if item.citation else ""
            click.echo(f"  {item.key:<24} {item.question}{cited}")
    click.echo("Nhập ở trang Quy định của tỉnh của danh-muc.xlsx." if found else "Không thiếu gì.")
    return CLEAN


@rules.command("vote")
@click.argument("award", metavar="DANH_HIỆU")
@_ON
@click.option("--members", required=True, metavar="SỐ", type=click.IntRange(1), help="Tổng số thành viên.")
@click.option("--present", metavar="SỐ", type=click.IntRange(0), help="Số có mặt; mặc định có mặt đủ.")
@click.option(
    "--agreed",
    required=True,
    metavar="SỐ",
    type=click.IntRange(0),
    help="Số phiếu đồng ý, kể cả ý kiến bằng văn bản.",
)
@MASTER
def vote(award: str, day: str, members: int, present: int | None, agreed: int, master: Path | None) -> int:
    """Xét kết quả bỏ phiếu của hội đồng: cần bao nhiêu phiếu, theo điều nào."""
    from tdkt_xl.rules.ballots import BallotAnswer, Vote
    from tdkt_xl.tasks.rulebook import judge_vote

    there = members if present is None else present
    if there > members or agreed > members:
        raise click.UsageError("more votes than members")
    result, entry = judge_vote(read_master(master), read_day(day), award, Vote(members, there, agreed))
    click.echo(f"{result.answer.label}: {result.text} [{entry.code}, {entry.citation}; {entry.status}].")
    return CLEAN if result.answer is BallotAnswer.PASSED else FOUND_ERRORS


@click.command(cls=VietnameseCommand)
@click.argument("consolidated", metavar="TỔNG_HỢP", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi kết quả."
)
@_ON
@MASTER
@PEOPLE
@JSON
def money(
    consolidated: Path, out: Path, day: str, master: Path | None, people: Path | None, as_json: bool
) -> int:
    """Dự toán tiền thưởng của các đề nghị: hệ số, lương cơ sở của ngày --on, làm tròn, so với quỹ.

    TỔNG_HỢP là sổ tổng hợp (hoặc thư mục chứa nó). Ghi du-toan-tien-thuong.xlsx.
    """
    from tdkt_xl.tasks.money import money as run
    from tdkt_xl.tasks.result_files import result_book
    from tdkt_xl.vietnamese.numbers import format_money

    book = result_book(consolidated)
    with (
        one_document(as_json, lines=[], outputs=[]),
        recorded(out, "money", [book, people] if people else [book], master_file(master)) as record,
    ):
        data = read_master(master)
        result = run(consolidated, data, read_day(day), out, read_history(people, data))
        notes = record(result.outputs, result.findings, arguments={"on": day})
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(result.as_document())
        return exit_code(result.findings)
    for group in result.estimate.groups:
        reward = "chưa có mức" if group.reward.amount is None else format_money(group.amount)
        click.echo(
            f"{group.award_name:<18} {group.reward.kind.label:<12} {len(group.lines):>4}  {reward:>16}"
        )
    click.echo(f"Tổng cộng: {format_money(result.estimate.total)} đồng.")
    print_findings(result.findings)
    print_outputs(result.outputs)
    return exit_code(result.findings)


def _print_entries(entries: "Sequence[Entry]") -> None:
    for entry in entries:
        click.echo(f"{entry.code:<8} {entry.sort:<12} {', '.join(entry.awards) or 'mọi danh hiệu'}")
        click.echo(f"         {entry.paraphrase} [{entry.citation}; {entry.status}]")
