"""Bring back an earlier version of a result, keeping the present one as a backup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tdkt_xl.excel.recording import recorded
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

    @property
    def home(self) -> str:
        """Where it is put back, as the list says it."""
        return f"trong “{self.target.parent}”"


def find_backups(folders: Iterable[Path]) -> list[Backup]:
    """Earlier versions kept beside the files of these folders, newest first."""
    found = []
    for path in sorted(path for folder in folders for path in (folder / BACKUP_FOLDER).glob("*.xls*")):
        name = _NAME.fullmatch(path.stem)
        if name:
            stamp = datetime.strptime(name["stamp"], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
            found.append(Backup(path, path.parent.parent / f"{name['stem']}{path.suffix}", stamp))
    return sorted(found, key=lambda item: (item.written, item.path.name), reverse=True)


def restore(session: Session) -> None:
    """List the backups beside the last results and the forms filled here, restore the chosen one."""
    remembered = [session.settings.text("results"), *session.settings.texts("filled")]
    backups = find_backups(dict.fromkeys(Path(folder) for folder in remembered if folder))
    if not backups:
        stop(
            "Chưa có bản cũ nào để khôi phục. Bản cũ chỉ có khi một tệp kết quả được ghi lần thứ hai, "
            "hoặc khi một danh sách đang mở được điền."
        )
    several = len({item.home for item in backups}) > 1
    lines = "\n".join(
        f"{number}. {item.shown}{f', {item.home}' if several else ''}"
        for number, item in enumerate(backups[:_SHOWN], start=1)
    )
    more = f"\n… và {len(backups) - _SHOWN} bản cũ hơn trong thư mục ban-cu." if len(backups) > _SHOWN else ""
    given = session.ask_text(
        f"Có {len(backups)} bản cũ{'' if several else f' {backups[0].home}'}:\n\n{lines}{more}\n\n"
        "Bản hiện nay được giữ trong ban-cu.",
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
    with recorded(chosen.target.parent, "restore", [chosen.path], about=chosen.target.name) as record:
        written, notes = publish(chosen.path.read_bytes(), chosen.target)
        record([written], notes)
    if written != chosen.target:
        session.tell(f"“{chosen.target.name}” đang bị khoá; bản cũ đã lưu ở “{written.name}”.")
    session.open(written)
