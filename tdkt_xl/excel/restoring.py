"""Bring back an earlier version of a result, keeping the present one as a backup."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tdkt_xl.excel.session import Session, stop
from tdkt_xl.writers.publish import BACKUP_FOLDER, publish

_NAME = re.compile(r"(?P<stem>.+)\.(?P<stamp>\d{8}-\d{6})(?: \(\d+\))?")
_SHOWN = 12


@dataclass(frozen=True)
class Backup:
    """An earlier version: its file, what it is a version of, and when that was written (UTC)."""

    path: Path
    target: Path
    written: datetime

    @property
    def shown(self) -> str:
        """The line of the list."""
        return f"{self.target.name}, bản lúc {self.written.astimezone():%H:%M:%S ngày %d/%m/%Y}"


def find_backups(folder: Path) -> list[Backup]:
    """Earlier versions kept beside the outputs of a folder, newest first."""
    found = []
    for path in sorted((folder / BACKUP_FOLDER).glob("*.xls*")):
        name = _NAME.fullmatch(path.stem)
        if name:
            stamp = datetime.strptime(name["stamp"], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
            found.append(Backup(path, folder / f"{name['stem']}{path.suffix}", stamp))
    return sorted(found, key=lambda item: (item.written, item.path.name), reverse=True)


def restore(session: Session) -> None:
    """List the backups beside the last results, restore the chosen one."""
    folder = session.settings.text("results")
    backups = find_backups(Path(folder)) if folder else []
    if not backups:
        stop("Chưa có bản cũ nào để khôi phục. Bản cũ chỉ có khi một tệp kết quả được ghi lần thứ hai.")
    lines = "\n".join(f"{number}. {item.shown}" for number, item in enumerate(backups[:_SHOWN], start=1))
    more = f"\n… và {len(backups) - _SHOWN} bản cũ hơn trong thư mục ban-cu." if len(backups) > _SHOWN else ""
    given = session.ask_text(
        f"Có {len(backups)} bản cũ trong “{folder}”:\n\n{lines}{more}\n\nBản hiện nay được giữ trong ban-cu.",
        "Khôi phục bản số mấy?",
    )
    if given is None:
        return
    if not given.isdigit() or not 1 <= int(given) <= min(len(backups), _SHOWN):
        stop(f"Không có bản số “{given}”. Chưa có gì thay đổi.")
    _restore(session, backups[int(given) - 1])


def _restore(session: Session, chosen: Backup) -> None:
    if session.find_open(chosen.target) is not None:
        stop(f"“{chosen.target.name}” đang mở. Xin đóng sổ đó rồi bấm lại; chưa có gì thay đổi.")
    written, notes = publish(chosen.path.read_bytes(), chosen.target)
    if notes:
        session.tell(f"“{chosen.target.name}” đang bị khoá; bản cũ đã lưu ở “{written.name}”.")
    session.open(written)
