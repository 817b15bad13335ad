"""The commands about people and collectives: check their workbook, take in lists."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tdkt_xl.cli.commands import JSON, MASTER, read_master
from tdkt_xl.cli.printing import (
    exit_code,
    one_document,
    print_findings,
    print_json,
    print_outputs,
)
from tdkt_xl.cli.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from tdkt_xl.tasks.people_import import Import

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
    from tdkt_xl.tasks.build_workbooks import organisation_of
    from tdkt_xl.tasks.people_import import import_people

    with one_document(as_json, changes=[], outputs=[]):
        chosen = read_master(master)
        result = import_people(
            files, book, chosen.register, organisation_of(chosen), update=update, apply=apply
        )
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


def add_to(group: click.Group) -> None:
    """Add these commands to the ``tdkt`` group."""
    group.add_command(people)
