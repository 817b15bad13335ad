"""Consolidate a folder of received cluster books and open the result."""

from tdkt_xl.excel.checking import choose_received, load_master, remember, say_counts, say_remarks
from tdkt_xl.excel.ribbon_state import chosen_master, say_period
from tdkt_xl.excel.session import Session
from tdkt_xl.excel.settings import state_folder
from tdkt_xl.findings.render import message


def consolidate(session: Session) -> None:
    """Ask for the folder, confirm with its numbers, consolidate, open tong-hop-huyen.xlsx."""
    received = choose_received(session, "Chọn thư mục chứa các sổ cụm đã nhận")
    if received is None:
        return
    master = chosen_master(session, load_master(session))
    periods = ", ".join(period.key for period in master.parameters.active_periods)
    question = (
        f"Thư mục “{received.folder.name}” có {received.books} sổ. "
        f"Kỳ đang làm: {periods}, {len(master.active_clusters)} cụm."
        f"{say_period(session)}\n\n"
        f"Tổng hợp và ghi 2 tệp kết quả vào “{received.out}”? "
        "Bản kết quả cũ, nếu có, chuyển vào thư mục ban-cu. Các sổ đã nhận chỉ đọc, không bị sửa."
    )
    if not session.ask(question):
        return
    remember(session, received, received.out)
    from tdkt_xl.readers.received import prepare_reading

    prepare_reading()
    from tdkt_xl.tasks.consolidate import consolidate as run
    from tdkt_xl.tasks.kept_files import kept_in

    with session.working("Đang tổng hợp …"):
        kept = kept_in(state_folder(), master)
        result = run(received.folder, master, received.out, session.progress("Tổng hợp"), kept=kept)
    if not result.outputs:
        session.tell("\n".join(message(item) for item in result.findings))
        return
    session.settings.keep(consolidated=str(result.outputs[0]))
    session.open(result.outputs[0])
    clusters = result.consolidated.clusters
    ranked = sum(len(cluster.ranked) for cluster in clusters)
    session.status = f"Tổng hợp xong: {len(clusters)} cụm, {ranked} đơn vị"
    session.tell(
        f"Đã tổng hợp {len(clusters)} cụm, xếp hạng {ranked} đơn vị; {len(result.consolidated.missing)} cụm "
        f"chưa có sổ. {say_counts(result.findings).capitalize()}.\n\n"
        f"Kết quả: {result.outputs[0]}{say_remarks(result.findings)}"
    )
