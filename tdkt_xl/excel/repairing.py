"""Sửa an toàn: say what can be mended without doubt in the active workbook, then mend it in a copy."""

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import is_online, path_of
from tdkt_xl.excel.checking import load_master, master_path, results_folder, say_findings, say_remarks
from tdkt_xl.excel.recording import recorded
from tdkt_xl.excel.session import Session, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tdkt_xl.tasks.repair import Repairs

_SHOWN, _LONGEST = 8, 40


def repair(session: Session) -> None:
    """Preview the safe changes; as the clerk says, write the copy and the record, or the preview only."""
    book = session.book
    path = path_of(book)
    if path is None or is_online(book) or not path.is_file():
        stop(f"“{book.name}” chưa nằm trên máy này. Xin lưu vào máy (F12) rồi bấm lại.")
    from tdkt_xl.tasks.repair import plan_repairs
    from tdkt_xl.tasks.repair_report import repair as run

    master, out = load_master(session), results_folder(session)
    with session.working(f"Đang xem {book.name} …"):
        plan = plan_repairs([path], master, session.progress("Xem"))
    unsaved = "" if book.api.Saved else "\n\nXét bản đã lưu trên đĩa; phần sửa chưa lưu không tính."
    if not plan.changes:
        told = f"\n\n{say_findings(plan.findings)}" if plan.findings else ""
        session.tell(f"“{book.name}” không có ô nào sửa an toàn được.{told}{unsaved}")
        return
    answer = session.ask_how(_question(str(book.name), plan, out) + unsaved)
    if answer == "cancel":
        return
    with (
        session.working("Đang ghi …"),
        recorded(out, "repair", [path], master_path(session), about=path.name) as record,
    ):
        result = run([path], master, out, session.progress("Sửa"), write=answer == "yes")
        said = {"apply": "yes"} if answer == "yes" else {}
        found, moved = result.repairs.findings, result.removed
        result = result.with_notes(record(result.outputs, found, arguments=said, removed=moved))
    session.settings.keep(results=str(out))
    copies = result.repairs.outputs
    for copy in copies:
        session.settings.add("own_forms", str(copy))
    for made in (result.outputs[0], *copies):
        session.open(made)
    session.status = f"{len(plan.changes)} ô sửa an toàn được"
    session.tell(
        f"{result.summary}\n\n{_written(result.outputs[0], copies)}{say_remarks(result.repairs.findings)}"
    )


def _question(name: str, plan: "Repairs", out: Path) -> str:
    from tdkt_xl.tasks.repair_report import change_rows

    rows = change_rows(plan)
    lines = [
        f"{row['sheet']} {row['cell']}: “{_short(row['before'])}” → “{_short(row['after'])}”"
        for row in rows[:_SHOWN]
    ]
    more = len(rows) - _SHOWN
    lines += [f"… và {more} ô nữa."] if more > 0 else []
    shown = "\n".join(lines)
    left = f"\n\nPhải sửa tay:\n{say_findings(plan.findings)}" if plan.findings else ""
    return (
        f"“{name}” có {len(rows)} ô sửa được mà không thể hiểu khác:\n\n{shown}{left}\n\n"
        f"Yes: ghi bản sao đã sửa và bảng kê từng ô vào “{out}”.\nNo: chỉ lập bảng xem trước.\n"
        "Cancel: không làm gì.\n\nSổ đang mở giữ nguyên."
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _written(record: Path, copies: "Sequence[Path]") -> str:
    made = "".join(f"\nBản sao: {copy}" for copy in copies)
    return f"Bảng kê: {record}{made}"
