"""Consolidate a folder of received cluster books and open the result."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.checking import (
    choose_received,
    load_master,
    master_path,
    remember,
    say_counts,
    say_remarks,
)
from tdkt_xl.excel.recording import recorded, today
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.ribbon_state import chosen_master, say_period
from tdkt_xl.excel.session import Session
from tdkt_xl.excel.settings import state_folder
from tdkt_xl.findings.render import message

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.tasks.consolidate import Consolidation


def consolidate(session: Session) -> None:
    """Ask for the folder, confirm with its numbers, consolidate, open tong-hop-huyen.xlsx."""
    _choose_and_run(session, None)


def consolidate_compared(session: Session) -> None:
    """Ask for the result of the round before, then consolidate with what changed since."""
    last = session.choose_file("Chọn tong-hop-huyen.xlsx của kỳ trước")
    if last is not None:
        _choose_and_run(session, last)


def _choose_and_run(session: Session, last_round: Path | None) -> None:
    received = choose_received(session, "Chọn thư mục chứa các sổ cụm đã nhận")
    if received is None:
        return
    master = chosen_master(session, load_master(session))
    periods = ", ".join(period.key for period in master.parameters.active_periods)
    compared = f"\n\nSo với kỳ trước: {last_round}" if last_round else ""
    question = (
        f"Thư mục “{received.folder.name}” có {received.books} sổ. "
        f"Kỳ đang làm: {periods}, {len(master.active_clusters)} cụm."
        f"{say_period(session)}{compared}\n\n"
        f"Tổng hợp và ghi 2 tệp kết quả vào “{received.out}”? "
        "Bản kết quả cũ, nếu có, chuyển vào thư mục ban-cu. Các sổ đã nhận chỉ đọc, không bị sửa."
    )
    if session.ask(question):
        remember(session, received, received.out)
        run(session, received.folder, master, received.out, last_round)


def run(
    session: Session,
    folder: Path,
    master: "Master",
    out: Path,
    last_round: Path | None,
    decisions: Path | None = None,
) -> None:
    """Consolidate, open the result and say what it holds; remember what it was made from."""
    from tdkt_xl.tasks.prepare import prepare

    prepare()
    from tdkt_xl.tasks.consolidate import consolidate as task
    from tdkt_xl.tasks.kept_files import kept_in

    inputs = [folder, *(path for path in (last_round, decisions) if path)]
    with (
        session.working("Đang tổng hợp …"),
        recorded(out, "consolidate", inputs, master_path(session)) as record,
    ):
        kept, progress = kept_in(state_folder(), master), session.progress("Tổng hợp")
        result = task(
            folder, master, out, progress, last_round, decisions=decisions, kept=kept, today=today()
        )
        notes = record(result.written, result.findings, read=result.read)
        result = replace(result, findings=(*result.findings, *notes))
    if not result.outputs:
        session.tell("\n".join(message(item) for item in result.findings))
        return
    session.settings.keep(
        consolidated=str(result.outputs[0]),
        consolidated_from=str(folder),
        last_round=str(last_round or ""),
        results=str(out),
    )
    session.open(result.outputs[0])
    _say_result(session, result)


def _say_result(session: Session, result: "Consolidation") -> None:
    from tdkt_xl.tasks.rulings import not_applied
    from tdkt_xl.writers.decisions_sheet import APPLIED, INVALID, WAITING

    clusters = result.consolidated.clusters
    ranked = sum(len(cluster.ranked) for cluster in clusters)
    states = [row.state for row in result.consolidated.decisions]
    waiting, applied = sum(state in {WAITING, INVALID} for state in states), states.count(APPLIED)
    decided = f"\n\n{waiting} việc chờ quyết định: bấm {named('tdktDecisions')}." if waiting else ""
    decided += f" Đã áp dụng {applied} quyết định." if applied else ""
    wrong = not_applied(result.consolidated.decisions, result.findings).words
    decided += f"\n\n{wrong}" if wrong else ""
    session.status = f"Tổng hợp xong: {len(clusters)} cụm, {ranked} đơn vị"
    session.tell(
        f"Đã tổng hợp {len(clusters)} cụm, xếp hạng {ranked} đơn vị; {len(result.consolidated.missing)} cụm "
        f"chưa có sổ. {say_counts(result.findings).capitalize()}.{decided}\n\n"
        f"Kết quả: {result.outputs[0]}{say_remarks(result.findings)}"
    )
