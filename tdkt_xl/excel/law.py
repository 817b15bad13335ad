"""The law behind the lists: judge without writing, cost the rewards, show the article behind a line."""

import re
import tempfile
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import as_seen, path_of
from tdkt_xl.excel.checking import (
    as_file,
    load_master,
    master_path,
    results_folder,
    say_counts,
    say_remarks,
)
from tdkt_xl.excel.consolidated_book import find_consolidated
from tdkt_xl.excel.decision_day import read_day
from tdkt_xl.excel.opening import show_report
from tdkt_xl.excel.people_history import load_history, say_people
from tdkt_xl.excel.recording import recorded, said_of_copy
from tdkt_xl.excel.session import Session
from tdkt_xl.tables.layout import load_layout

if TYPE_CHECKING:
    from tdkt_xl.tasks.nominate import Judged

_RULE = re.compile(r"QT-\d+")
_LONGEST_NAME = 90


def judge(session: Session) -> None:
    """Judge what the consolidated workbook proposes on a day, and say it; nothing is written."""
    book, path = find_consolidated(session)
    given = session.ask_line(
        f"Xét các đề nghị của “{path.name[:_LONGEST_NAME]}”, không ghi gì.\n\n"
        "Ngày quyết định khen thưởng (ngày/tháng/năm; quy định của ngày này được áp dụng):"
    )
    if given is None:
        return
    day = read_day(given)
    from tdkt_xl.tasks.nominate import judge_consolidated

    with session.working("Đang xét điều kiện …"), tempfile.TemporaryDirectory(prefix="tdkt-") as folder:
        master = load_master(session)
        history = load_history(session, path, master)
        judged = judge_consolidated(as_seen(book, path, Path(folder)), master, day, history)
    session.status = f"Đã xét {len(judged.nominations)} đề nghị, không ghi gì"
    head = (
        f"{len(judged.nominations)} đề nghị, xét theo quy định của ngày {day:%d/%m/%Y} ({judged.regime}). "
        f"Không ghi gì.{say_people(session, path)}\n"
    )
    show_report(session, head + _judged_lines(judged), "xet-dieu-kien", "xét điều kiện")


def _judged_lines(judged: "Judged") -> str:
    """Everybody under their conclusion, each with the reasons that decide it, the clear ones last."""
    from tdkt_xl.rules.judging import Outcome

    lines: list[str] = []
    for outcome in sorted(Outcome, key=lambda item: item is Outcome.ELIGIBLE):
        found = [item for item in judged.nominations if item.judgement.outcome is outcome]
        if not found:
            continue
        lines.append(f"\n{outcome.label} ({len(found)})")
        for item in found:
            lines.append(f"• {item.candidate.subject} · {item.award_name}")
            lines += [
                f"    {reason.text} [{reason.rule}, {reason.citation}]"
                for reason in item.judgement.reasons
                if reason.outcome is not Outcome.ELIGIBLE
            ]
    return "\n".join(lines)


def find_eligible(session: Session) -> None:
    """Judge everybody of the workbook of people for every award; write and open co-the-de-nghi.xlsx."""
    chosen = _people_book(session)
    if chosen is None:
        return
    shown, saved = chosen
    with shown as path:
        out = results_folder(session)
        period = session.ask_text(
            f"Xét mọi cá nhân, tập thể của sổ hồ sơ “{path.name}” cho mọi danh hiệu, chỉ theo hồ sơ.\n\n"
            f"Ghi co-the-de-nghi.xlsx vào “{out}”; bản cũ chuyển vào thư mục ban-cu. Không sửa sổ hồ sơ.\n\n"
            "Bước sau: ghi kỳ xét, rồi ngày quyết định.",
            "Kỳ xét (ví dụ 2023 hoặc 2022-2023):",
        )
        given = session.ask_line("Ngày quyết định khen thưởng (ngày/tháng/năm):") if period else None
        if period and given is not None:
            _write_eligible(session, path, saved, period, read_day(given), out)


def _people_book(session: Session) -> tuple[AbstractContextManager[Path], Path | None] | None:
    """The active workbook when it is one of people, else the one the clerk chooses: to read, and on disk."""
    layout = load_layout("ho-so-khen-thuong")
    names = {sheet.name for sheet in session.book.sheets}
    if {layout.sheet(name).name for name in ("people", "awards", "ratings")} <= names:
        return as_file(session.book), path_of(session.book)
    chosen = session.choose_file("Chọn sổ hồ sơ khen thưởng (ho-so-khen-thuong.xlsx)")
    return (nullcontext(chosen), chosen) if chosen else None


def _write_eligible(
    session: Session, path: Path, saved: Path | None, period: str, day: date, out: Path
) -> None:
    from tdkt_xl.rules.judging import Outcome
    from tdkt_xl.tasks.eligible import find_prospects, read_chosen_period, write_prospects
    from tdkt_xl.tasks.people_book import load_usable

    with (
        session.working("Đang xét hồ sơ …"),
        recorded(out, "eligible", [saved] if saved else [], master_path(session)) as record,
    ):
        master = load_master(session)
        history = load_usable(path, master.register).history
        found = find_prospects(history, master, read_chosen_period(period), day)
        written, notes = write_prospects(found, master, day, out)
        said = {"period": period, "on": day.isoformat(), **said_of_copy(path, saved)}
        notes = [*notes, *record([written], notes, arguments=said)]
    session.settings.keep(results=str(out))
    session.open(written)
    refused = sum(item.by_history is Outcome.NOT_ELIGIBLE for item in found)
    session.status = f"Đã xét {len(found)} trường hợp theo hồ sơ"
    session.tell(
        f"Đã xét {len(found)} trường hợp theo quy định của ngày {day:%d/%m/%Y}: "
        f"{len(found) - refused} có thể đủ điều kiện, {refused} chưa đủ theo hồ sơ. "
        "Cột cuối nói còn phải có gì.\n\n"
        f"Kết quả: {written}{say_remarks(notes)}"
    )


def estimate(session: Session) -> None:
    """Ask the day, cost the proposals, write du-toan-tien-thuong.xlsx beside the result and open it."""
    book, path = find_consolidated(session)
    given = session.ask_text(
        f"Dự toán tiền thưởng cho các đề nghị của “{path.name}”: hệ số, lương cơ sở của ngày quyết định, làm "
        "tròn, so với quỹ.\n\n"
        f"Ghi du-toan-tien-thuong.xlsx vào “{path.parent}”; bản cũ chuyển vào thư mục ban-cu. Không sửa sổ "
        "tổng hợp.\n\nBước sau: ghi ngày quyết định khen thưởng.",
        "Ngày quyết định khen thưởng (ngày/tháng/năm):",
    )
    if given is None:
        return
    day = read_day(given)
    from tdkt_xl.tasks.money import money as run
    from tdkt_xl.vietnamese.numbers import format_money

    with (
        session.working("Đang dự toán tiền thưởng …"),
        tempfile.TemporaryDirectory(prefix="tdkt-") as folder,
        recorded(path.parent, "money", [path], master_path(session)) as record,
    ):
        seen = as_seen(book, path, Path(folder))
        result = run(seen, load_master(session), day, path.parent)
        said = {"on": day.isoformat(), **said_of_copy(seen, path)}
        notes = record(result.outputs, result.findings, arguments=said)
        result = replace(result, findings=(*result.findings, *notes))
    session.settings.keep(results=str(path.parent))
    session.open(result.outputs[0])
    total = format_money(result.estimate.total)
    session.status = f"Dự toán: {total} đồng"
    unknown = sum(line.reward.amount is None for line in result.estimate.lines)
    missing = f" {unknown} đề nghị chưa có mức tiền thưởng, không nằm trong tổng." if unknown else ""
    session.tell(
        f"{len(result.estimate.lines)} đề nghị, tổng {total} đồng theo quy định của ngày {day:%d/%m/%Y}."
        f"{missing}\n\n{say_counts(result.findings).capitalize()}.\n\n"
        f"Kết quả: {result.outputs[0]}{say_remarks(result.findings)}"
    )


def show_rules(session: Session) -> None:
    """Show the rules whose codes stand in the selected row, else those of a code or award asked for."""
    from tdkt_xl.tasks.rulebook import show_entry

    wanted: list[str] = _codes_of_row(session)
    if not wanted:
        given = session.ask_line(
            "Dòng đang chọn không có mã quy tắc.\n\nXem mã quy tắc hoặc danh hiệu nào? Ví dụ: QT-102, CSTĐCS"
        )
        if not given:
            return
        wanted = [given]
    entries = [entry for text in wanted for entry in show_entry(text)]
    text = "\n\n".join("\n".join(entry.lines()) for entry in entries)
    show_report(session, text, "quy-dinh", "quy định")


def _codes_of_row(session: Session) -> list[str]:
    """Codes of rules in the row of the selected cell, in their order; the cell's own come alone."""
    selected = session.app.selection if len(session.app.books) else None
    if selected is None:
        return []
    sheet = session.book.sheets.active
    own = _RULE.findall(str(selected[0, 0].value or ""))
    if own:
        return list(dict.fromkeys(own))
    used = sheet.used_range
    row = sheet.range((selected.row, used.column), (selected.row, used.last_cell.column))
    values = row.options(ndim=1).value or []
    return list(dict.fromkeys(code for value in values for code in _RULE.findall(str(value or ""))))
