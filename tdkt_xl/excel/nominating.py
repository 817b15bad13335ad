"""Judge the nominations of a consolidated workbook by the law of the decision day, and open the lists.

When the active workbook is the standard form of the lists, it is filled instead (``filling``).
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel.calls import as_seen
from tdkt_xl.excel.checking import load_master, master_path, say_counts, say_remarks
from tdkt_xl.excel.consolidated_book import JUDGED_SHEETS, find_consolidated
from tdkt_xl.excel.decision_day import read_day
from tdkt_xl.excel.filling import fill
from tdkt_xl.excel.list_form import is_lists_form
from tdkt_xl.excel.people_history import find_people, load_history, say_people
from tdkt_xl.excel.recording import recorded, said_of_copy
from tdkt_xl.excel.session import Session
from tdkt_xl.excel.tracing import grid_of
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table

if TYPE_CHECKING:
    import xlwings as xw


def nominate(session: Session) -> None:
    """Fill the lists that are open; else write danh-sach-de-nghi.xlsx beside the consolidated workbook."""
    if len(session.app.books) and is_lists_form(session.book):
        fill(session)
        return
    book, path = find_consolidated(session)
    counts = count_rows(book)
    given = session.ask_text(
        f"Sổ “{path.name}” có {counts['overview']} cụm, {counts['collectives']} tập thể và "
        f"{counts['individuals']} cá nhân được đề nghị.\n\n"
        f"Danh sách đề nghị sẽ ghi vào “{path.parent}”; bản cũ chuyển vào thư mục ban-cu.\n\n"
        "Bước sau: ghi ngày quyết định khen thưởng; quy định của ngày này được áp dụng.",
        "Ngày quyết định khen thưởng (ngày/tháng/năm):",
    )
    if given is None:
        return
    day = read_day(given)
    from tdkt_xl.tasks.nominate import nominate as run

    people = find_people(session, path)
    with (
        session.working("Đang xét đề nghị …"),
        tempfile.TemporaryDirectory(prefix="tdkt-") as folder,
        recorded(
            path.parent, "nominate", [path, people] if people else [path], master_path(session)
        ) as record,
    ):
        master, seen = load_master(session), as_seen(book, path, Path(folder))
        result = run(seen, master, day, path.parent, load_history(session, path, master))
        said = {"on": day.isoformat(), **said_of_copy(seen, path)}
        notes = record(result.outputs, result.findings, arguments=said, removed=result.removed)
        result = replace(result, findings=(*result.findings, *notes))
    session.settings.keep(results=str(path.parent))
    session.open(result.outputs[0])
    session.status = f"Đã xét {len(result.nominations)} đề nghị"
    outcomes: dict[str, int] = {}
    for item in result.nominations:
        label = item.judgement.outcome.label
        outcomes[label] = outcomes.get(label, 0) + 1
    counted = "\n".join(f"{count} {label.lower()}" for label, count in outcomes.items())
    session.tell(
        f"Đã xét {len(result.nominations)} đề nghị theo quy định của ngày {day:%d/%m/%Y}:\n{counted}\n\n"
        f"{say_counts(result.findings).capitalize()}.\n\n"
        f"Kết quả: {result.outputs[0]}{say_people(session, path)}{say_remarks(result.findings)}"
    )


def count_rows(book: "xw.Book") -> dict[str, int]:
    """Rows of the sheets that are judged."""
    layout = load_layout("tong-hop-huyen")
    counts = {}
    for name in JUDGED_SHEETS:
        table = find_table(grid_of(book.sheets[layout.sheet(name).name]), [layout.sheet(name)]).value
        counts[name] = sum(1 for _ in table.rows()) if table else 0
    return counts
