"""Consolidate a folder of received cluster books and open the result."""

from dataclasses import dataclass
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
from tdkt_xl.excel.recording import Recorder, recorded, today
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.ribbon_state import chosen_master, say_period
from tdkt_xl.excel.session import Session
from tdkt_xl.excel.settings import state_folder
from tdkt_xl.findings.render import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tdkt_xl.domain.master import Master
    from tdkt_xl.domain.standings import ClusterStandings
    from tdkt_xl.findings import Finding
    from tdkt_xl.writers.decisions_sheet import DecisionRow


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
    written = "tong-hop-lon.xlsx và các bảng số liệu" if is_large(received.books) else "2 tệp kết quả"
    question = (
        f"Thư mục “{received.folder.name}” có {received.books} sổ. "
        f"Kỳ đang làm: {periods}, {len(master.active_clusters)} cụm."
        f"{say_period(session)}{compared}\n\n"
        f"Tổng hợp và ghi {written} vào “{received.out}”? "
        "Bản kết quả cũ, nếu có, chuyển vào thư mục ban-cu. Các sổ đã nhận chỉ đọc, không bị sửa."
    )
    if session.ask(question):
        remember(session, received, received.out)
        run(session, received.folder, master, received.out, last_round)


def is_large(books: int) -> bool:
    """Tell whether so many books go the large way, as on the command line."""
    from tdkt_xl.tasks.executors import ONE_WORKBOOK

    return books > ONE_WORKBOOK


def run(
    session: Session,
    folder: Path,
    master: "Master",
    out: Path,
    last_round: Path | None,
    decisions: Path | None = None,
) -> None:
    """Consolidate, open the result and say what it holds; remember what it was made from.

    ``decisions`` is the result whose questions were answered: one of a large round is made anew as one.
    """
    from tdkt_xl.readers.folder import find_workbooks
    from tdkt_xl.tasks.result_files import LARGE_NAME

    again = decisions is not None and decisions.name == LARGE_NAME
    large = again or is_large(len(find_workbooks([folder])[0]))
    inputs = [folder, *(path for path in (last_round, decisions) if path)]
    with (
        session.working("Đang tổng hợp …"),
        recorded(out, "consolidate", inputs, master_path(session)) as record,
    ):
        work = _in_parts if large else _at_once
        made = work(session, record, folder, master, out, last_round, decisions)
    if not made.outputs:
        session.tell("\n".join(message(item) for item in made.findings))
        return
    session.settings.keep(
        consolidated=str(made.outputs[0]),
        consolidated_from=str(folder),
        last_round=str(last_round or ""),
        results=str(out),
    )
    session.open(made.outputs[0])
    _say_result(session, made)


@dataclass(frozen=True)
class _Made:
    """What a clerk is told of a result, however many files it was made from."""

    outputs: "Sequence[Path]"
    clusters: "Sequence[ClusterStandings]"
    missing: int
    decisions: "Sequence[DecisionRow]"
    findings: "Sequence[Finding]"


def _at_once(
    session: Session,
    record: Recorder,
    folder: Path,
    master: "Master",
    out: Path,
    last_round: Path | None,
    decisions: Path | None,
) -> _Made:
    from tdkt_xl.tasks.prepare import prepare

    prepare()
    from tdkt_xl.tasks.consolidate import consolidate as task
    from tdkt_xl.tasks.kept_files import kept_in

    kept, progress = kept_in(state_folder(), master), session.progress("Tổng hợp")
    made = task(folder, master, out, progress, last_round, decisions=decisions, kept=kept, today=today())
    notes = record(made.written, made.findings, read=made.read)
    result = made.consolidated
    return _Made(
        made.outputs, result.clusters, len(result.missing), result.decisions, (*made.findings, *notes)
    )


def _in_parts(
    session: Session,
    record: Recorder,
    folder: Path,
    master: "Master",
    out: Path,
    last_round: Path | None,
    decisions: Path | None,
) -> _Made:
    from tdkt_xl.tasks.executors import executor_for, require
    from tdkt_xl.tasks.large_round import consolidate_large

    require("polars")
    with executor_for(None, None) as (executor, ahead):
        made = consolidate_large(
            folder,
            master_path(session),
            master,
            out,
            executor,
            ahead=ahead,
            progress=session.progress("Tổng hợp"),
            last_round=last_round,
            decisions=decisions,
            kept=state_folder(),
            today=today(),
        )
    notes = record(made.written(out), made.findings)
    return _Made(made.outputs, made.clusters, len(made.missing), made.decisions, (*made.findings, *notes))


def _say_result(session: Session, made: _Made) -> None:
    from tdkt_xl.tasks.rulings import not_applied
    from tdkt_xl.writers.decisions_sheet import APPLIED, INVALID, WAITING

    ranked = sum(len(cluster.ranked) for cluster in made.clusters)
    states = [row.state for row in made.decisions]
    waiting, applied = sum(state in {WAITING, INVALID} for state in states), states.count(APPLIED)
    decided = f"\n\n{waiting} việc chờ quyết định: bấm {named('tdktDecisions')}." if waiting else ""
    decided += f" Đã áp dụng {applied} quyết định." if applied else ""
    wrong = not_applied(made.decisions, made.findings).words
    decided += f"\n\n{wrong}" if wrong else ""
    session.status = f"Tổng hợp xong: {len(made.clusters)} cụm, {ranked} đơn vị"
    session.tell(
        f"Đã tổng hợp {len(made.clusters)} cụm, xếp hạng {ranked} đơn vị; {made.missing} cụm "
        f"chưa có sổ. {say_counts(made.findings).capitalize()}.{decided}\n\n"
        f"Kết quả: {made.outputs[0]}{say_remarks(made.findings)}"
    )
