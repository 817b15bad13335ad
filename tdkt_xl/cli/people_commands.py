"""The commands about people and collectives: check their workbook, take in lists."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.inputs import master_file, read_day, read_master
from tdkt_xl.cli.options import JSON, MASTER
from tdkt_xl.cli.printing import (
    exit_code,
    one_document,
    print_findings,
    print_json,
    print_outputs,
)
from tdkt_xl.cli.vietnamese import VietnameseCommand, VietnameseGroup
from tdkt_xl.excel.recording import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tdkt_xl.findings import Finding
    from tdkt_xl.tasks.people_import import Import
    from tdkt_xl.writers.prospects_book import Prospect

_SHOWN_CHANGES = 40


@click.group(cls=VietnameseGroup)
def people() -> None:
    """Sổ hồ sơ khen thưởng: kiểm tra, nhập danh sách của đơn vị."""


@people.command("check")
@click.argument("book", metavar="SỔ_HỒ_SƠ", type=click.Path(path_type=Path))
@MASTER
@JSON
def check(book: Path, master: Path | None, as_json: bool) -> int:
    """Kiểm tra sổ hồ sơ: từng ô, từng người, các dòng với nhau và với quy định."""
    from tdkt_xl.findings.render import as_records
    from tdkt_xl.tasks.people_book import load_people

    with one_document(as_json):
        found = load_people(book, read_master(master).register)
    if as_json:
        print_json({"findings": as_records(found.findings)})
    else:
        if found.value is not None:
            click.echo(f"{book.name}: {len(found.value.history.subjects)} cá nhân, tập thể.")
        print_findings(found.findings)
    return exit_code(found.findings)


@people.command("import")
@click.argument("files", metavar="DANH_SÁCH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--people",
    "book",
    metavar="SỔ_HỒ_SƠ",
    required=True,
    type=click.Path(path_type=Path),
    help="Sổ hồ sơ nhận dữ liệu; chưa có thì được lập mới.",
)
@click.option(
    "--apply", is_flag=True, help="Ghi phiên bản mới (bản cũ vào ban-cu); không có thì chỉ xem trước."
)
@click.option("--update", is_flag=True, help="Thay cả những giá trị khác với hồ sơ; không có thì chỉ nêu ra.")
@MASTER
@JSON
def import_lists(
    files: tuple[Path, ...], book: Path, apply: bool, update: bool, master: Path | None, as_json: bool
) -> int:
    """Nhập danh sách của đơn vị vào sổ hồ sơ; xem trước mọi thay đổi.

    Danh sách dùng các trang và tên cột của sổ hồ sơ, không cần mã: người được nhận theo tên và đơn vị.
    Có lỗi thì không ghi gì.
    """
    from tdkt_xl.tasks.organisation import organisation_of
    from tdkt_xl.tasks.people_import import import_people

    where = book.parent if apply else None
    with (
        one_document(as_json, changes=[], outputs=[]),
        recorded(where, "people-import", [*files, book], master_file(master), about=book.stem) as record,
    ):
        chosen = read_master(master)
        result = import_people(
            files, book, chosen.register, organisation_of(chosen), update=update, apply=apply
        )
        said = {"update": "yes"} if update else {}
        notes = record(result.outputs, result.findings, arguments=said)
        result = replace(result, findings=(*result.findings, *notes))
    if as_json:
        print_json(_document(result))
    else:
        _print_import(result, apply)
    return exit_code(result.findings)


def _document(result: "Import") -> dict[str, object]:
    from tdkt_xl.findings.render import as_records

    return {
        "changes": [
            {
                "kind": item.kind,
                "sheet": item.sheet,
                "subject": item.subject,
                "what": item.what,
                "source": str(item.place),
            }
            for item in result.changes
        ],
        "findings": as_records(result.findings),
        "outputs": [str(path) for path in result.outputs],
    }


def _print_import(result: "Import", apply: bool) -> None:
    for item in result.changes[:_SHOWN_CHANGES]:
        click.echo(f"{item.kind:<8} {item.sheet} · {item.subject}: {item.what}")
    if len(result.changes) > _SHOWN_CHANGES:
        click.echo(f"… và {len(result.changes) - _SHOWN_CHANGES} thay đổi nữa: thêm --json để xem đủ.")
    print_findings(result.findings)
    click.echo(f"{len(result.changes)} thay đổi.")
    if result.outputs:
        print_outputs(result.outputs)
    elif apply:
        click.echo(
            "Chưa ghi gì: " + ("còn lỗi, xin sửa rồi nhập lại." if result.is_refused else "không có gì mới.")
        )
    else:
        click.echo("Mới là xem trước, chưa ghi gì. Thêm --apply để ghi.")


def _prospects_document(
    found: "Sequence[Prospect]", notes: "Sequence[Finding]", outputs: "Sequence[Path]"
) -> dict[str, object]:
    from tdkt_xl.findings.render import as_records

    return {
        "prospects": [
            {
                "code": item.nomination.subject.code if item.nomination.subject else None,
                "subject": item.nomination.candidate.subject,
                "award": item.nomination.award_name,
                "by_history": item.by_history.value,
                "outcome": item.nomination.judgement.outcome.value,
                "needed": list(item.needed_labels),
                "reasons": [
                    {"rule": reason.rule, "citation": reason.citation, "text": reason.text}
                    for reason in item.nomination.judgement.reasons
                ],
                "sources": [str(place) for place in item.nomination.places],
            }
            for item in found
        ],
        "findings": as_records(notes),
        "outputs": [str(path) for path in outputs],
    }


@click.command(cls=VietnameseCommand)
@click.argument("book", metavar="SỔ_HỒ_SƠ", type=click.Path(path_type=Path))
@click.option("--period", required=True, metavar="KỲ", help="Kỳ xét: 2023, hoặc 2022-2023.")
@click.option("--on", "day", required=True, metavar="NĂM-THÁNG-NGÀY", help="Ngày quyết định khen thưởng.")
@click.option(
    "--award", "awards", multiple=True, metavar="DANH_HIỆU", help="Chỉ xét danh hiệu, hình thức này."
)
@click.option("--unit", "units", multiple=True, metavar="ĐƠN_VỊ", help="Chỉ xét đơn vị này.")
@click.option(
    "--out", metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Thư mục ghi co-the-de-nghi.xlsx."
)
@MASTER
@JSON
def eligible(
    book: Path,
    period: str,
    day: str,
    awards: tuple[str, ...],
    units: tuple[str, ...],
    out: Path | None,
    master: Path | None,
    as_json: bool,
) -> int:
    """Ai có thể đủ điều kiện: xét mọi người trong sổ hồ sơ cho mọi danh hiệu.

    Kết luận chỉ theo hồ sơ; cột cuối nói còn phải có gì (biên bản, xác nhận không bị xem xét …).
    """
    from tdkt_xl.rules.judging import Outcome
    from tdkt_xl.tasks.eligible import chosen_awards, chosen_units, find_prospects, read_chosen_period
    from tdkt_xl.tasks.eligible import write_prospects as write
    from tdkt_xl.tasks.people_book import load_usable

    said = {"period": period, "on": day, "awards": ", ".join(awards), "units": ", ".join(units)}
    with (
        one_document(as_json, prospects=[], outputs=[]),
        recorded(out, "eligible", [book], master_file(master)) as record,
    ):
        data, on = read_master(master), read_day(day)
        history = load_usable(book, data.register).history
        found = find_prospects(
            history, data, read_chosen_period(period), on, chosen_awards(awards), chosen_units(units, data)
        )
        written, notes = write(found, data, on, out) if out else (None, [])
        outputs = [written] if written else []
        notes = [*notes, *record(outputs, notes, arguments=said)]
    if as_json:
        print_json(_prospects_document(found, notes, outputs))
        return exit_code(notes)
    for item in found:
        if item.by_history is not Outcome.NOT_ELIGIBLE:
            one = item.nomination
            click.echo(f"{item.by_history.label:<26} {one.award_name:<14} {one.candidate.subject}")
    refused = sum(item.by_history is Outcome.NOT_ELIGIBLE for item in found)
    click.echo(f"Đã xét {len(found)} trường hợp, {refused} chưa đủ điều kiện theo hồ sơ.")
    print_findings(notes)
    print_outputs(outputs)
    return exit_code(notes)
