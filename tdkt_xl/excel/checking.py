"""Check the active workbook, its active sheet, or a folder of received workbooks, which stay as sent.

The workbook is read through the same gate as a received file: from disk when it is saved, else from a
temporary copy Excel writes (SaveCopyAs), so that merged cells, hidden rows and formulas are known and both
ways give the same findings. No other file is needed, and the workbook is not touched by reading.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.excel import marks, ribbon_state
from tdkt_xl.excel.calls import is_inside, is_online, path_of, same_path, save_copy
from tdkt_xl.excel.recording import recorded
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.session import Session, stop
from tdkt_xl.excel.settings import documents_folder, state_folder
from tdkt_xl.findings.code import Finding, Severity
from tdkt_xl.findings.render import fix, message

if TYPE_CHECKING:
    import xlwings as xw

    from tdkt_xl.domain.master import Master

_NOT_TO_MARK = frozenset({"Bỏ qua", "Không đọc được", "Mẫu trống"})
_LISTED = 6
_ABOUT_WRITING = frozenset(
    {"KT-545", "KT-802", "KT-840", "KT-842", "KT-843", "KT-844", "KT-850", "KT-851"}
    | {"KT-883", "KT-884", "KT-886"}
)
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@dataclass(frozen=True)
class Checked:
    """What was found in one workbook, and what the reader made of the file."""

    findings: tuple[Finding, ...]
    status: str


def load_master(session: Session) -> "Master":
    """The organisation's own master data when there is one, else the one that travels with the product."""
    from tdkt_xl.tasks.kept_master import load_master as load

    session.master = load(master_path(session), state_folder())
    return session.master


def master_path(session: Session) -> Path:
    """Which master data is used."""
    own = session.settings.text("master")
    if own and Path(own).is_file():
        return Path(own)
    from tdkt_xl.tasks.resources import default_master

    return default_master()


def say_counts(findings: Sequence[Finding]) -> str:
    """3 lỗi, 2 cảnh báo, 1 ghi chú."""
    return ", ".join(
        f"{sum(item.severity is level for item in findings)} {level.label.lower()}" for level in Severity
    )


def say_done(findings: Sequence[Finding]) -> str:
    """The status line after a check: Kiểm tra xong: 12 lỗi, 4 cảnh báo."""
    errors, warnings = (
        sum(item.severity is level for item in findings) for level in (Severity.ERROR, Severity.WARNING)
    )
    return f"Kiểm tra xong: {errors} lỗi, {warnings} cảnh báo"


# ---- one workbook


def check_book(session: Session) -> None:
    """Check the active workbook."""
    _check(session, "")


def check_sheet(session: Session) -> None:
    """Check the active sheet of the active workbook; faults of other sheets are not shown."""
    _check(session, session.book.sheets.active.name)


def _check(session: Session, sheet: str) -> None:
    book = session.book
    what = f"trang “{sheet}” của “{book.name}”" if sheet else f"“{book.name}”"
    with session.working(f"Đang kiểm tra {book.name} …"):
        checked = examine(session, book)
    results = {item.name for item in marks.result_sheets(book)}  # ours, not of the form
    findings = tuple(
        item
        for item in checked.findings
        if item.place.sheet not in results and (not sheet or item.place.sheet == sheet)
    )
    if checked.status in _NOT_TO_MARK:
        stop(_why_not(book, checked))
    session.status = say_done(findings)
    cells = len(marks.cells_to_mark(findings))
    ours = is_form_of_ours(session, book)
    if not findings:
        _nothing_found(session, book, what, ours=ours)
        return
    head = f"Đã kiểm tra {what}: {say_counts(findings)}.\n\n"
    if not cells:
        session.tell(head + say_findings(findings))
    elif ours:
        _mark_in_place(session, book, findings, head, cells)
    else:
        _mark_a_copy(session, book, findings, head, cells)


def examine(session: Session, book: "xw.Book") -> Checked:
    """Read and check a workbook as it now stands in Excel."""
    from tdkt_xl.tasks.round import check_round

    master = load_master(session)
    with as_file(book) as path:
        checked = check_round([path], master, session.progress("Kiểm tra"))
    return Checked(checked.findings, checked.files[0].status)


@contextmanager
def as_file(book: "xw.Book") -> Iterator[Path]:
    """The workbook's file, or for a while a copy of what Excel shows when that differs."""
    path = path_of(book)
    if path is not None and path.is_file() and book.api.Saved:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="tdkt-") as folder:
        copy = Path(folder) / _file_name(book)
        save_copy(book, copy)
        yield copy


def _file_name(book: "xw.Book") -> str:
    """A workbook never saved has no ending."""
    return book.name if Path(book.name).suffix.lower() in _WORKBOOKS else f"{book.name}.xlsx"


def _why_not(book: "xw.Book", checked: Checked) -> str:
    finding = next(iter(checked.findings), None)
    why = f"{message(finding)}\n\nCách sửa: {fix(finding)}" if finding else checked.status
    return f"“{book.name}” chưa kiểm tra được: {why}"


def say_findings(findings: Sequence[Finding]) -> str:
    """The first findings in words, each with its cell and its repair."""
    lines = []
    for item in findings[:_LISTED]:
        where = f"{item.place.sheet} {item.place.cell or ''}".strip()
        lines.append(f"• {where + ': ' if where else ''}{message(item)} Cách sửa: {fix(item)}")
    more = len(findings) - _LISTED
    return "\n".join([*lines, f"… và {more} mục nữa."] if more > 0 else lines)


def _nothing_found(session: Session, book: "xw.Book", what: str, *, ours: bool) -> None:
    notes, sheets = marks.count_marks(book)
    if not (ours and (notes or sheets)):
        session.tell(f"Đã kiểm tra {what}: không có lỗi, không có cảnh báo.")
    elif session.ask(f"Đã kiểm tra {what}: không có lỗi. Xoá {notes} dấu của lần kiểm tra trước?"):
        with session.working("Đang xoá đánh dấu …"):
            marks.clear_marks(book)


def is_form_of_ours(session: Session, book: "xw.Book") -> bool:
    """Tell a form being filled here: stamped, made by this user's own button or not saved yet.

    A workbook below a received folder never is, whatever it holds; nor one that is read-only.
    """
    if is_online(book) or book.api.ReadOnly or not _is_stamped(book):
        return False
    path = path_of(book)
    if path is None:
        return True
    return not is_received(session, path) and any(
        same_path(path, made) for made in session.settings.texts("own_forms")
    )


def is_received(session: Session, path: Path) -> bool:
    """Tell a file below a folder that was checked or consolidated as received."""
    return any(is_inside(path, folder) for folder in session.settings.texts("received"))


def is_foreign_form(session: Session, book: "xw.Book") -> bool:
    """Tell one of our forms that somebody else filled: stamped, on disk or the web, not made here."""
    made_here = path_of(book) is None and not is_online(book)
    return _is_stamped(book) and not made_here and not is_form_of_ours(session, book)


def refuse_received(session: Session, book: "xw.Book") -> None:
    """Explain that a workbook of a received folder is not written."""
    path = path_of(book)
    if path is not None and is_received(session, path):
        stop(
            f"“{book.name}” nằm trong thư mục đã nhận nên được giữ nguyên. "
            "Xin lưu thành tệp khác (F12) rồi bấm lại."
        )


def _is_stamped(book: "xw.Book") -> bool:
    return any("· phiên bản" in str(cell) for sheet in book.sheets for cell in _top_cells(sheet))


def _top_cells(sheet: "xw.Sheet") -> list[object]:
    rows = sheet["A1:P4"].options(ndim=2).value or []
    return [cell for row in rows for cell in row if cell is not None]


def _mark_in_place(
    session: Session, book: "xw.Book", findings: Sequence[Finding], head: str, cells: int
) -> None:
    question = (
        f"{head}Đánh dấu {cells} ô và lập trang “{marks.RESULT_SHEET}” ngay trong sổ này?\n\n"
        f"Không sửa số liệu nào. Nút {named('tdktClearMarks')} trả mọi thứ lại như cũ."
    )
    if session.ask(question):
        with session.working("Đang đánh dấu …"):
            marked = marks.put_marks(book, findings)
        _tell_left(session, marked)


def _mark_a_copy(
    session: Session, book: "xw.Book", findings: Sequence[Finding], head: str, cells: int
) -> None:
    target = _copy_path(session, book)
    question = f"{head}Tạo bản sao có đánh dấu {cells} ô?\n\nSổ đang mở được giữ nguyên. Bản sao: {target}"
    if not session.ask(question):
        return
    path = path_of(book)
    with (
        session.working("Đang tạo bản sao …"),
        recorded(target.parent.parent, "mark", [path] if path else [], about=target.stem) as record,
    ):
        _write_copy(book, target)
        copy = session.open(target)
        marked = marks.put_marks(copy, findings)
        copy.save()
        record([target], findings)
    session.settings.add("own_forms", str(target))
    copy.activate()
    _tell_left(session, marked)


def _tell_left(session: Session, marked: marks.Marked) -> None:
    if marked.left:
        session.tell(
            f"Đã đánh dấu {marked.cells} ô. {marked.left} ô đã có ghi chú của người khác nên không đánh dấu; "
            f"xem trang “{marks.RESULT_SHEET}”."
        )


def _copy_path(session: Session, book: "xw.Book") -> Path:
    """A free name outside the received folder, so that the copy is never taken for a received file."""
    base = results_folder(session)
    name = Path(_file_name(book))
    open_names = {item.name.casefold() for item in session.app.books}
    number, stem = 1, f"{name.stem} (đã đánh dấu)"
    while True:
        target = base / "danh-dau" / f"{stem}{f' {number}' if number > 1 else ''}{name.suffix}"
        if not target.exists() and target.name.casefold() not in open_names:
            return target
        number += 1


def _write_copy(book: "xw.Book", target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path = path_of(book)
    if path is not None and path.is_file() and book.api.Saved:
        shutil.copyfile(path, target)
    else:
        save_copy(book, target)
    if path is not None:
        from tdkt_xl.writers.publish import carry_origin

        carry_origin(path, target)


def clear(session: Session) -> None:
    """Take our marks out of the active workbook."""
    book = session.book
    notes, sheets = marks.count_marks(book)
    if not (notes or sheets):
        session.tell(f"“{book.name}” không có dấu nào do nút {named('tdktCheckBook')} đặt.")
        return
    refuse_received(session, book)
    question = (
        f"Xoá {notes} ghi chú {marks.PREFIX}, trả lại màu cũ của các ô và bỏ {sheets} trang kết quả "
        f"trong “{book.name}”?"
    )
    if session.ask(question):
        with session.working("Đang xoá đánh dấu …"):
            marks.clear_marks(book)
        session.status = f"Đã xoá {notes} đánh dấu"


# ---- a folder


@dataclass(frozen=True)
class Received:
    """A chosen folder with its workbooks counted, and where results go."""

    folder: Path
    books: int
    others: int
    out: Path


def choose_received(session: Session, title: str) -> Received | None:
    """Ask for the folder of received workbooks and count them; None when the clerk cancels."""
    from tdkt_xl.readers.folder import find_workbooks

    folder = session.choose_folder(title)
    if folder is None:
        return None
    found, skipped = find_workbooks([folder])
    if not found:
        stop(f"Thư mục “{folder}” không có sổ Excel nào.\n\nXin chọn thư mục chứa các sổ đã nhận.")
    return Received(folder, len(found), len(skipped), results_of(folder))


def results_of(folder: Path) -> Path:
    """Results lie beside the received folder, never in it; for a whole disk, in the clerk's documents."""
    return folder.with_name(f"{folder.name} - kết quả") if folder.name else documents_folder() / "kết quả"


def results_folder(session: Session) -> Path:
    """Where the last results lie, else the clerk's documents."""
    results = session.settings.text("results")
    return Path(results) if results and Path(results).is_dir() else documents_folder()


def remember(session: Session, received: Received, out: Path) -> None:
    """Keep the folder for the next click, and as one whose files are never written."""
    session.settings.keep(last_folder=str(received.folder), results=str(out))
    session.settings.add("received", str(received.folder))


def check_folder(session: Session) -> None:
    """Check every workbook of a folder and open the list of what was found."""
    received = choose_received(session, "Chọn thư mục chứa các sổ đã nhận")
    if received is None:
        return
    master = ribbon_state.chosen_master(session, load_master(session))
    others = f" và {received.others} tệp khác (bỏ qua, có ghi lại)" if received.others else ""
    question = (
        f"Thư mục “{received.folder.name}” có {received.books} sổ{others}."
        f"{ribbon_state.say_period(session)}\n\n"
        f"Kiểm tra tất cả và ghi kết quả vào “{received.out}”? Các sổ đã nhận chỉ đọc, không bị sửa."
    )
    if not session.ask(question):
        return
    remember(session, received, received.out)
    from tdkt_xl.tasks.prepare import prepare

    prepare()
    from tdkt_xl.tasks.kept_files import kept_in
    from tdkt_xl.tasks.validate import validate

    with (
        session.working("Đang kiểm tra …"),
        recorded(received.out, "validate", [received.folder], master_path(session)) as record,
    ):
        kept = kept_in(state_folder(), master)
        result = validate([received.folder], master, received.out, session.progress("Kiểm tra"), kept=kept)
        read = {report.name: report.sha256 for report in result.round.files}
        notes = record(result.outputs, result.findings, read=read)
    session.open(result.outputs[0])
    session.status = say_done(result.findings)
    wrong = sum(report.status in {"Có lỗi", "Không đọc được"} for report in result.round.files)
    session.tell(
        f"Đã kiểm tra {len(result.round.files)} sổ: {wrong} sổ có lỗi; {say_counts(result.findings)}."
        f"\n\nKết quả: {result.outputs[0]}{say_remarks((*result.findings, *notes))}"
    )


def say_remarks(findings: Sequence[Finding]) -> str:
    """What the clerk must know of the writing itself: an output that was open, what the record noticed."""
    remarks = [message(item) for item in findings if item.code.id in _ABOUT_WRITING]
    return "".join(f"\n\n{text}" for text in remarks)
