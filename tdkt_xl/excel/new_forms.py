"""Make an empty cluster book: one scoring sheet per member unit, with its identity filled in."""

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.checking import is_received, load_master, master_path, say_remarks
from tdkt_xl.excel.recording import recorded
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.ribbon_state import ALL, CLUSTER, PERIOD, chosen_master, read_choice
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.excel.settings import documents_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tdkt_xl.domain.master import Master
    from tdkt_xl.domain.units import Cluster


def new_forms(session: Session) -> None:
    """Ask for the cluster and where to save, write the book, open it."""
    master = chosen_master(session, load_master(session))
    cluster = _choose_cluster(session, master)
    if cluster is None:
        return
    from tdkt_xl.tasks.new_forms import file_name, what_is_lacking  # bring the writers

    if what_is_lacking(master, cluster):
        stop(
            f"{cluster.name} kỳ {cluster.period.key} chưa có danh mục tiêu chí hoặc chưa có đơn vị trong "
            f"danh mục dùng chung. Xin bấm {named('tdktMaster')}, bổ sung rồi làm lại."
        )
    initial = documents_folder().parent / file_name(cluster)
    title = f"Lưu sổ {cluster.name}: {len(cluster.members)} phiếu, kỳ {cluster.period.key}"
    target = session.choose_save(title, initial)
    if target is None:
        return
    _refuse_target(session, target)
    if target.exists() and not session.ask(
        f"“{target.name}” đã có trong thư mục này. Lập sổ mới gồm {len(cluster.members)} phiếu và "
        "chuyển bản cũ vào thư mục ban-cu?"
    ):
        return
    _write(session, master, cluster, target)


def _choose_cluster(session: Session, master: "Master") -> "Cluster | None":
    clusters = master.active_clusters
    if not clusters:
        stop(
            f"Danh mục dùng chung chưa có cụm nào của kỳ đang làm. Xin bấm {named('tdktMaster')} để bổ sung."
        )
    chosen = read_choice(session).cluster
    if chosen != ALL:
        return _of_choice(clusters, chosen)
    lines = [
        f"{cluster.code} – {cluster.name}, kỳ {cluster.period.key}: {len(cluster.members)} đơn vị"
        for cluster in clusters
    ]
    given = session.ask_text(
        "Lập sổ trống cho một cụm của kỳ đang làm:\n\n" + "\n".join(lines),
        "Lập sổ trống cho cụm nào? Xin ghi mã cụm, ví dụ C01:",
        session.settings.text("cluster"),
    )
    if given is None:
        return None
    from tdkt_xl.tasks.new_forms import find_cluster  # brings the writers

    found = find_cluster(clusters, given)
    if len(found) > 1:
        stop(f"Cụm “{given}” có ở nhiều kỳ đang làm. Xin chọn ô {named(PERIOD)} rồi bấm lại.")
    if not found:
        stop(f"Không có cụm “{given}” trong kỳ đang làm. Xin bấm lại và ghi một mã như C01.")
    session.settings.keep(cluster=found[0].code, period=found[0].period.key)
    return found[0]


def _of_choice(clusters: "Sequence[Cluster]", code: str) -> "Cluster":
    """The cluster of the drop-down; nothing is asked then."""
    found = [cluster for cluster in clusters if cluster.code == code]
    if len(found) != 1:
        why = "không thuộc kỳ đang làm" if not found else "có ở nhiều kỳ đang làm"
        stop(
            f"Cụm “{code}” đang chọn ở ô {named(CLUSTER)} {why}. "
            f"Xin chọn lại ô {named(PERIOD)} hoặc ô {named(CLUSTER)} rồi bấm lại."
        )
    return found[0]


def _refuse_target(session: Session, target: Path) -> None:
    if is_received(session, target):
        stop(f"“{target.parent}” là thư mục sổ đã nhận nên không ghi vào đó. Xin chọn thư mục khác.")
    if session.find_open(target) is not None:
        stop(f"“{target.name}” đang mở. Xin đóng sổ đó hoặc chọn tên khác.")


def _write(session: Session, master: "Master", cluster: "Cluster", target: Path) -> None:
    from tdkt_xl.tasks.new_forms import build
    from tdkt_xl.writers.publish import publish

    with (
        session.working(f"Đang lập sổ {cluster.name} …"),
        recorded(target.parent, "new-forms", [], master_path(session), about=target.stem) as record,
    ):
        content = build(master, cluster)
        written, notes = publish(content, target if target.suffix else target.with_suffix(".xlsx"))
        notes += record([written], notes, arguments={"cluster": cluster.code, "period": cluster.period.key})
    session.settings.add("own_forms", str(written))
    session.open(written)
    session.status = f"Đã lập sổ {cluster.code}: {len(cluster.members)} phiếu"
    session.tell(
        f"Đã lập sổ {cluster.name} kỳ {cluster.period.key} gồm {len(cluster.members)} phiếu chấm điểm, "
        f"bảng tổng hợp và 2 danh sách đề nghị.\n\nTệp: {written}{say_remarks(notes)}"
    )
