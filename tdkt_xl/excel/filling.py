"""Fill the standard lists of nominations that are open in Excel; the clerk looks at them and saves.

Only the columns of the form are written, found by their headings.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import as_seen, is_online, path_of, save_copy
from tdkt_xl.excel.checking import load_master, master_path, refuse_received, say_counts, say_remarks
from tdkt_xl.excel.decision_day import read_day
from tdkt_xl.excel.list_form import UNCHANGED, Part, find_parts
from tdkt_xl.excel.list_rows import Rows, fill_part
from tdkt_xl.excel.marks import unlocked
from tdkt_xl.excel.people_history import load_history
from tdkt_xl.excel.recording import recorded
from tdkt_xl.excel.session import ExplainedError, Session, stop
from tdkt_xl.excel.settings import write_log
from tdkt_xl.findings import Place
from tdkt_xl.writers.content import text_altered
from tdkt_xl.writers.publish import BACKUP_FOLDER

if TYPE_CHECKING:
    import xlwings as xw

    from tdkt_xl.tasks.nominate import Judged

_LONGEST_NAME = 90


def fill(session: Session) -> None:
    """Ask the decision day, judge the last consolidated workbook, confirm, back up, fill the open lists."""
    book = session.book
    refuse_received(session, book)
    parts = find_parts(book)
    path = _consolidated(session)
    if path is None:
        return
    given = session.ask_line(
        f"Lấy số liệu từ “{path.name[:_LONGEST_NAME]}”.\n\n"
        "Ngày quyết định khen thưởng (ngày/tháng/năm; quy định của ngày này được áp dụng):"
    )
    if given is None:
        return
    from tdkt_xl.writers.nominations_book import list_rows, list_subtitles

    day = read_day(given)
    judged = _judge(session, path, day)
    rows = list_rows(judged.nominations, judged.quotas)
    if rows["households"] and "households" not in parts:
        stop(
            f"Có hộ gia đình được đề nghị mà sổ “{book.name}” chưa có trang “Hộ gia đình”. {UNCHANGED}\n\n"
            "Xin dùng mẫu danh-sach-de-nghi.xlsx mới rồi bấm lại."
        )
    home = backup_home(book, path.parent)
    if not session.ask(_question(book, parts, rows, path, day, home)):
        return
    session.settings.keep(consolidated=str(path), results=str(path.parent))
    subtitles = list_subtitles(judged.nominations, judged.regime, day)
    with (
        session.working("Đang điền danh sách đề nghị …"),
        recorded(home, "fill", [path], master_path(session), about=str(book.name)) as record,
    ):
        with _unlocked_parts(parts):
            pass  # a password is refused before anything is written
        backup = back_up(book, home)
        session.settings.add("filled", str(home))
        altered = _fill_all(parts, rows, subtitles, backup)
        session.app.cut_copy_mode = False
        judged = replace(judged, findings=(*judged.findings, *text_altered(str(book.name), altered)))
        record([backup], judged.findings, arguments={"on": day.isoformat()})
    session.status = f"Đã điền {len(judged.nominations)} đề nghị, chưa lưu"
    session.tell(_report(book, parts, judged, day, backup))


# ---- what is asked and said


def _question(
    book: "xw.Book", parts: Mapping[str, Part], rows: Mapping[str, Rows], path: Path, day: date, home: Path
) -> str:
    from tdkt_xl.writers.nominations_book import LISTS, heads_block

    replaced = sum(parts[name].filled for name in LISTS if name in parts)
    leaders, collectives, individuals, households = (
        sum(not heads_block(row) for row in rows[name]) for name in LISTS
    )
    families = f", {households} hộ gia đình" if households else ""
    return (
        f"Điền vào “{book.name}” đang mở:\n"
        f"{leaders} tập thể dẫn đầu cụm, {collectives} tập thể, {individuals} cá nhân{families}, "
        f"kèm {len(rows['reasons'])} dòng căn cứ.\n"
        f"{replaced} dòng đang có trong các danh sách sẽ được thay.\n\n"
        f"Xét theo quy định của ngày {day:%d/%m/%Y}, số liệu từ “{path}”.\n\n"
        f"Bản hiện nay được sao vào “{home / BACKUP_FOLDER}” trước khi điền. Tiêu đề, chữ ký, "
        "phông chữ, độ rộng cột, các cột và trang khác giữ nguyên. Phần mềm không lưu sổ. Điền?"
    )


def _report(book: "xw.Book", parts: Mapping[str, Part], judged: "Judged", day: date, backup: Path) -> str:
    own = [part.sheet.name for part in parts.values() if part.has_own_columns]
    warning = (
        f"\n\nLưu ý: cột riêng ở trang {', '.join(own)} được giữ nguyên, có thể không còn khớp với dòng mới."
        if own
        else ""
    )
    return (
        f"Đã điền {len(judged.nominations)} đề nghị vào “{book.name}”, xét theo quy định của ngày "
        f"{day:%d/%m/%Y}. {say_counts(judged.findings).capitalize()}.{warning}\n\n"
        "Sổ CHƯA được lưu: xin xem lại rồi tự lưu (Ctrl+S).\n\n"
        f"Bản trước khi điền: {backup}{say_remarks(judged.findings)}"
    )


def _consolidated(session: Session) -> Path | None:
    """The last consolidated workbook, else the one the clerk chooses; None when there is no choice."""
    last = session.settings.text("consolidated")
    if last and Path(last).is_file():
        return Path(last)
    return session.choose_file("Chọn sổ tổng hợp (tong-hop-huyen.xlsx)")


def _judge(session: Session, path: Path, day: date) -> "Judged":
    """Judge the file, or what Excel shows of it when it is open there with changes."""
    import tempfile

    from tdkt_xl.tasks.nominate import judge_consolidated

    shown = session.find_open(path)
    with session.working("Đang xét đề nghị …"), tempfile.TemporaryDirectory(prefix="tdkt-") as folder:
        source = path if shown is None else as_seen(shown, path, Path(folder))
        master = load_master(session)
        return judge_consolidated(source, master, day, load_history(session, path, master))


def _unlocked_parts(parts: Mapping[str, Part]) -> ExitStack:
    """Lift the protection of every list; explains, with all of it put back, when there is a password."""
    with ExitStack() as stack:
        for part in parts.values():
            try:
                stack.enter_context(unlocked(part.sheet))
            except ExplainedError:
                stop(
                    f"Trang “{part.sheet.name}” được khoá bằng mật khẩu nên chưa điền được. {UNCHANGED}\n\n"
                    "Xin bỏ khoá trang (thẻ Xem lại, nút Bảo vệ trang tính) rồi bấm lại."
                )
        return stack.pop_all()


def backup_home(book: "xw.Book", results: Path) -> Path:
    """The folder whose ban-cu takes the copy: the form's own, so that it can be restored where it came from.

    A form never saved, or opened from a web address, has none; its copy goes with the results.
    """
    path = path_of(book)
    return results if path is None else path.parent


def back_up(book: "xw.Book", folder: Path) -> Path:
    """Copy the workbook as Excel shows it now into the folder's ban-cu; explains when that fails."""
    name = str(book.name)
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, f".{suffix}") if dot and (path_of(book) or is_online(book)) else (name, ".xlsx")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        again = f" ({number})" if number > 1 else ""
        target = folder / BACKUP_FOLDER / f"{stem}.{stamp}{again}{suffix}"
        if not target.exists():
            break
        number += 1
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        save_copy(book, target)
    except Exception:  # the disk or Excel refuses: nothing may be changed without a copy
        stop(f"Chưa sao được bản hiện nay vào “{target.parent}” nên chưa làm gì. {UNCHANGED}")
    return target


# ---- writing


def _fill_all(
    parts: Mapping[str, Part], rows: Mapping[str, Rows], subtitles: Mapping[str, str], backup: Path
) -> list[Place]:
    """Fill every list; returns the cells whose text Excel could not hold as it was."""
    try:
        with _unlocked_parts(parts):
            return [
                place
                for name, part in parts.items()
                for place in fill_part(part, rows[name], subtitles[name])
            ]
    except Exception as error:
        log = write_log(f"tdktNominate {backup.name}", error)
        words = (
            f"Chưa điền xong: Excel không nhận lệnh ({type(error).__name__}). "
            "Sổ đang mở có thể đã đổi một phần.\n\n"
            "Xin đóng sổ mà KHÔNG lưu rồi mở lại, hoặc dùng bản trước khi điền:\n"
            f"{backup}\n\nNhật ký: {log}"
        )
        raise ExplainedError(words) from error
