"""Write phieu-tra-lai.xlsx: who gets a letter, who has not sent, messages to paste, each letter to print."""

from collections.abc import Mapping, Sequence
from typing import Any

from tdkt_xl.findings import Severity
from tdkt_xl.findings.render import message, repair
from tdkt_xl.tables.layout import SheetLayout, load_layout
from tdkt_xl.tables.page_checks import MOTTO, NATION
from tdkt_xl.writers.book import (
    Book,
    Link,
    Organisation,
    lines_needed,
    merge,
    set_up_page,
    sheet_name,
)
from tdkt_xl.writers.letter import (
    Letter,
    Missing,
    Sender,
    Terms,
    closing,
    long_day,
    members_paragraph,
    opening,
    place_and_day,
    receivers,
    reminder,
    short_text,
    where,
)
from tdkt_xl.writers.list_sheet import ListContent, write_list, write_table_head

_LINE = 16.5
_SIGNATURE_ROWS = 4
_RIGHT_HALF = 2
"""Column index at which the nation's side of a letter begins."""


def build_letters_book(
    letters: Sequence[Letter],
    missing: Sequence[Missing],
    documents: Mapping[int, str],
    sender: Sender,
    terms: Terms,
) -> bytes:
    """Build the workbook; ``documents`` maps the position of a letter to the path of its .docx from here."""
    layout = load_layout("phieu-tra-lai")
    organisation = Organisation(sender.parent, sender.office, sender.place_name)
    with Book(layout.title, organisation) as book:
        names = _Names()
        sheets = [names.take(letter) for letter in letters]
        rows = [
            _overview_row(number, letter, sheet, documents.get(number - 1, ""))
            for number, (letter, sheet) in enumerate(zip(letters, sheets, strict=True), start=1)
        ]
        subtitle = f"{len(letters)} phiếu, hạn gửi lại {long_day(terms.deadline)}. {_ONLY_HERE}"
        write_list(book, layout, layout.sheet("overview"), ListContent(rows, subtitle=subtitle))
        write_list(book, layout, layout.sheet("missing"), _missing(missing, terms))
        write_list(book, layout, layout.sheet("messages"), _messages(letters, sender, terms))
        for letter, sheet in zip(letters, sheets, strict=True):
            _write_letter(book, layout.sheet("letter"), letter, sender, terms, sheet)
        return book.content()


_ONLY_HERE = "Sổ này để cơ quan dùng; gửi đi từng phiếu, không gửi cả sổ."


class _Names:
    """Names of the letters' sheets: legal, unique, short enough to be found."""

    def __init__(self) -> None:
        layout = load_layout("phieu-tra-lai")
        self._taken = [sheet.name for sheet in layout.sheets if sheet.id != "letter"]

    def take(self, letter: Letter) -> str:
        name = letter.cluster if letter.is_cluster else f"{letter.cluster_code} {letter.addressee}"
        self._taken.append(sheet_name(name, self._taken))
        return self._taken[-1]


def _overview_row(number: int, letter: Letter, sheet: str, document: str) -> dict[str, object]:
    quoted = sheet.replace("'", "''")
    return {
        "number": number,
        "addressee": letter.addressee,
        "role": letter.role,
        "period": letter.period,
        "errors": letter.count(Severity.ERROR),
        "warnings": letter.count(Severity.WARNING),
        "sheet": Link(f"internal:'{quoted}'!A1", sheet),
        "document": Link(f"external:{document}", document.rpartition("/")[2]) if document else "",
    }


def _missing(missing: Sequence[Missing], terms: Terms) -> ListContent:
    rows = [
        {
            "number": number,
            "name": item.name,
            "what": item.what,
            "period": item.period,
            "urge": item.urge,
            "phrase": item.phrase(terms),
        }
        for number, item in enumerate(missing, start=1)
    ]
    return ListContent(rows, subtitle=reminder(missing, terms) or "Mọi cụm, đơn vị đã gửi.")


def _messages(letters: Sequence[Letter], sender: Sender, terms: Terms) -> ListContent:
    rows = [
        {"number": number, "addressee": item.addressee, "message": short_text(item, sender, terms)}
        for number, item in enumerate(letters, start=1)
    ]
    return ListContent(rows, subtitle="Chọn ô nội dung, sao chép và dán vào tin nhắn gửi đúng nơi nhận.")


# ---- one letter


def _write_letter(
    book: Book, layout: SheetLayout, letter: Letter, sender: Sender, terms: Terms, name: str
) -> None:
    sheet = book.add_sheet(name)
    last = len(layout.columns) - 1
    row = _write_head(book, sheet, layout, letter, sender, terms)
    row = _text(book, sheet, layout, row, opening(letter, sender))
    write_table_head(book, sheet, layout, row)
    header = row
    for number, item in enumerate(letter.faults, start=1):
        row += 1
        texts = (number, where(item), message(item), repair(item))
        styles = [book.style("text_center"), *[book.style("text")] * 3]
        for index, (value, style) in enumerate(zip(texts, styles, strict=True)):
            book.put(sheet, row, index, value, style)
        pairs = zip(texts, layout.columns, strict=True)
        lines = max(lines_needed(str(value), column.width) for value, column in pairs)
        sheet.set_row(row, 15.5 * lines + 3)
    row += 2
    for paragraph in (members_paragraph(letter), closing(letter, terms), "Trân trọng./."):
        if paragraph:
            row = _text(book, sheet, layout, row, paragraph)
    right = _RIGHT_HALF
    merge(sheet, row, right, last, sender.signer_title, book.style("signature"))
    merge(sheet, row, 0, right - 1, "Nơi nhận:", book.style("receivers_head"))
    for offset, line in enumerate(receivers(letter), start=1):
        merge(sheet, row + offset, 0, right - 1, line, book.style("receivers"))
    set_up_page(sheet, layout, header, row + _SIGNATURE_ROWS + 1)
    sheet.set_start_page(1)


def _write_head(
    book: Book, sheet: Any, layout: SheetLayout, letter: Letter, sender: Sender, terms: Terms
) -> int:
    """Issuer, number and subject on the left; nation, motto, place and day on the right; then to whom."""
    last, right = len(layout.columns) - 1, _RIGHT_HALF
    left = sum(column.width for column in layout.columns[:right])
    subject = f"V/v {letter.subject}"
    rows = (
        (sender.parent, "parent", NATION, "nation"),
        (sender.office, "office", MOTTO, "motto"),
        ("Số:          /", "parent", place_and_day(sender, terms), "subtitle"),
        (subject, "subject", "", "plain"),
    )
    for number, (one, one_style, other, other_style) in enumerate(rows):
        merge(sheet, number, 0, right - 1, one, book.style(one_style))
        merge(sheet, number, right, last, other, book.style(other_style))
    sheet.set_row(3, _LINE * lines_needed(subject, left))
    merge(sheet, 5, 0, last, f"Kính gửi: {letter.addressee}", book.style("addressee"))
    sheet.set_row(5, 20)
    if letter.is_cluster:
        merge(sheet, 6, 0, last, f"({letter.role})", book.style("subtitle"))
    return 8


def _text(book: Book, sheet: Any, layout: SheetLayout, row: int, text: str) -> int:
    """Write a paragraph over the whole width; returns the next row."""
    width = sum(column.width for column in layout.columns)
    merge(sheet, row, 0, len(layout.columns) - 1, text, book.style("paragraph"))
    sheet.set_row(row, _LINE * lines_needed(text, width * 0.9) + 4)
    return row + 1
