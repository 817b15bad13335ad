"""The way back to the sender: letters with everybody's own faults, who has not sent, what came again."""

from dataclasses import replace

from tdkt_xl.excel.checking import (
    choose_received,
    load_master,
    master_path,
    remember,
    results_folder,
    say_counts,
    say_findings,
    say_remarks,
)
from tdkt_xl.excel.decision_day import read_day
from tdkt_xl.excel.recording import recorded, today
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.ribbon_state import chosen_master, say_period
from tdkt_xl.excel.session import Session
from tdkt_xl.excel.settings import state_folder

_LISTED = 20


def write_letters(session: Session) -> None:
    """Ask the folder and the deadline, write the letters beside it, open their workbook."""
    received = choose_received(session, "Chọn thư mục chứa các sổ đã nhận")
    if received is None:
        return
    master = chosen_master(session, load_master(session))
    given = session.ask_text(
        f"Thư mục “{received.folder.name}” có {received.books} sổ.{say_period(session)}\n\n"
        "Lập phiếu trả lại cho từng đơn vị, từng cụm trưởng; mỗi nơi chỉ thấy vấn đề của mình. Ghi vào "
        f"“{received.out}”: phieu-tra-lai.xlsx, mỗi phiếu một tệp Word, tin-nhan.txt. Bản cũ chuyển vào "
        "thư mục ban-cu; các sổ đã nhận chỉ đọc, không gửi đi đâu.\n\nBước sau: ghi hạn gửi lại.",
        "Hạn gửi lại ghi trong phiếu (ngày/tháng/năm):",
    )
    if given is None:
        return
    deadline = read_day(given, "hạn gửi lại")
    remember(session, received, received.out)
    from tdkt_xl.tasks.prepare import prepare

    prepare()
    from tdkt_xl.tasks.letters import write_letters as run
    from tdkt_xl.tasks.result_files import result_in
    from tdkt_xl.writers.letter import Terms

    inputs = [received.folder, result_in(received.out)]
    with (
        session.working("Đang lập phiếu trả lại …"),
        recorded(received.out, "letters", inputs, master_path(session)) as record,
    ):
        progress = session.progress("Lập phiếu")
        result = run(received.folder, master, received.out, Terms(deadline), progress, today=today())
        said = {"deadline": deadline.isoformat()}
        notes = record(result.outputs, result.findings, arguments=said, removed=result.aside.moved)
        result = replace(result, findings=(*result.findings, *notes))
    book = next(path for path in result.outputs if path.suffix == ".xlsx")
    session.open(book)
    session.status = f"Đã lập {len(result.letters)} phiếu trả lại"
    session.tell(
        f"Đã lập {len(result.letters)} phiếu, hạn gửi lại {deadline:%d/%m/%Y}; "
        f"{len(result.missing)} nơi chưa gửi. {say_counts(result.findings).capitalize()}.\n\n"
        "Số, ngày của phiếu để trống để văn thư ghi.\n\n"
        f"Kết quả: {book}{say_remarks(result.findings)}"
    )


def list_missing(session: Session) -> None:
    """Read a folder and say which clusters and units have not sent; nothing is written."""
    received = choose_received(session, "Chọn thư mục chứa các sổ đã nhận")
    if received is None:
        return
    master = chosen_master(session, load_master(session))
    from tdkt_xl.tasks.prepare import prepare

    prepare()
    from tdkt_xl.tasks.kept_files import kept_in
    from tdkt_xl.tasks.letters import find_missing
    from tdkt_xl.tasks.round import check_round

    with session.working("Đang xem nơi chưa gửi …"):
        progress, kept = session.progress("Đọc"), kept_in(state_folder(), master)
        missing = find_missing(check_round([received.folder], master, progress, kept=kept), master)
    session.settings.keep(last_folder=str(received.folder))
    session.status = f"{len(missing)} nơi chưa gửi"
    head = f"Thư mục “{received.folder.name}” có {received.books} sổ.{say_period(session)}\n\n"
    if not missing:
        session.tell(f"{head}Mọi cụm, đơn vị đã gửi.")
        return
    lines = [f"• {item.name}: {item.what} {item.period} – {item.urge}" for item in missing[:_LISTED]]
    more = len(missing) - _LISTED
    if more > 0:
        lines.append(f"… và {more} nơi nữa.")
    listed = "\n".join(lines)
    session.tell(
        f"{head}{len(missing)} nơi chưa gửi (sau dấu – là nơi đôn đốc):\n\n{listed}\n\n"
        f"Cần bảng để in và lời nhắc: bấm {named('tdktLetters')}, xem trang “Chưa gửi”."
    )


def compare(session: Session) -> None:
    """Ask for the two versions, confirm, write so-sanh.xlsx with the results and open it."""
    old = session.choose_file("Chọn bản nhận trước")
    new = session.choose_file("Chọn bản gửi lại") if old is not None else None
    if old is None or new is None:
        return
    out = results_folder(session)
    question = (
        f"So sánh “{old.name}” (bản trước) với “{new.name}” (bản gửi lại) và ghi so-sanh.xlsx vào "
        f"“{out}”?\n\n"
        "Bản so sánh cũ, nếu có, chuyển vào thư mục ban-cu. Hai sổ đã nhận chỉ đọc, không bị sửa."
    )
    if not session.ask(question):
        return
    master = load_master(session)
    from tdkt_xl.tasks.compare import compare as run

    with (
        session.working("Đang so sánh …"),
        recorded(out, "compare", [old, new], master_path(session)) as record,
    ):
        result = run(old, new, master, out)
        notes = record(result.outputs, result.findings)
    session.settings.keep(last_folder=str(new.parent), results=str(out))
    if not result.outputs:
        session.tell(say_findings(result.findings))
        return
    session.open(result.outputs[0])
    session.status = f"{len(result.changes)} chỗ thay đổi"
    settled = f"{len(result.resolved)} đã sửa, {len(result.remaining)} còn, {len(result.fresh)} mới"
    told = f"\n\n{say_findings(result.findings)}" if result.findings else ""
    session.tell(
        f"{len(result.changes)} chỗ thay đổi. Vấn đề của bản trước: {settled}.{told}\n\n"
        f"Kết quả: {result.outputs[0]}{say_remarks(notes)}"
    )
