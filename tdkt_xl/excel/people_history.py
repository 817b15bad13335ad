"""The workbook of people that judging is compared with: found beside what is judged, never asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.session import Session
from tdkt_xl.tables.layout import load_layout

if TYPE_CHECKING:
    from tdkt_xl.domain.master import Master
    from tdkt_xl.domain.people import History


def find_people(session: Session, consolidated: Path) -> Path | None:
    """ho-so-khen-thuong.xlsx beside the consolidated workbook, else beside the organisation's master data."""
    own = session.settings.text("master")
    folders = [consolidated.parent, *([Path(own).parent] if own else [])]
    name = load_layout("ho-so-khen-thuong").file_name
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def load_history(session: Session, consolidated: Path, master: "Master") -> "History | None":
    """What is recorded there; None when there is no such workbook.

    Raises TdktError KT-757 when it cannot be used: nobody is judged on half of a history.
    """
    path = find_people(session, consolidated)
    if path is None:
        return None
    from tdkt_xl.tasks.people_book import load_usable

    return load_usable(path, master.register).history


def say_people(session: Session, consolidated: Path) -> str:
    """One sentence for the last message: which workbook was compared with; "" when none was."""
    path = find_people(session, consolidated)
    return f"\n\nĐã đối chiếu với hồ sơ: {path}" if path else ""
