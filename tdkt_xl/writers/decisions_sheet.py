"""Write the sheet "Chờ quyết định": open questions to answer, rulings applied, answers without a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tdkt_xl.domain.decisions import Question, Ruling
from tdkt_xl.findings import Place
from tdkt_xl.tables.layout import WorkbookLayout
from tdkt_xl.writers.book import Book, header_row
from tdkt_xl.writers.links import SourceLinks, source_columns
from tdkt_xl.writers.list_sheet import ListContent, choice_list, fit_a_choice_list, write_list

WAITING, INVALID, APPLIED, GONE = "Chờ trả lời", "Trả lời chưa hợp lệ", "Đã áp dụng", "Câu hỏi không còn"
STATES = (WAITING, INVALID, APPLIED, GONE)


@dataclass(frozen=True)
class DecisionRow:
    """A question with what was typed beside it; ``question`` is None when it is no longer asked."""

    state: str
    question: Question | None
    ruling: Ruling | None


def write_decisions(
    book: Book, layout: WorkbookLayout, rows: Sequence[DecisionRow], links: SourceLinks
) -> None:
    """Write the sheet; every open question has a drop-down with its own answers."""
    sheet_layout = layout.sheet("decisions")
    subtitle = _counted(rows)
    values = [_values(number, row, links) for number, row in enumerate(rows, start=1)]
    sheet = write_list(book, layout, sheet_layout, ListContent(values, subtitle=subtitle))
    first, column = header_row(sheet_layout, subtitle) + 1, sheet_layout.position("answer") - 1
    heading = sheet_layout.column("answer").heading
    for at, row in enumerate(rows):
        answers = row.question.answers if row.question else ()
        if answers and fit_a_choice_list(answers):
            sheet.data_validation(first + at, column, first + at, column, choice_list(answers, heading))


def places_of(layout: WorkbookLayout, rows: Sequence[DecisionRow], file: str) -> dict[Place, Place]:
    """Where what was typed stands in the sheet written from these rows: its place as read → its new one."""
    sheet = layout.sheet("decisions")
    first = header_row(sheet, _counted(rows)) + 2
    return {
        place: Place(file, sheet.name, number, sheet.position(field))
        for number, row in enumerate(rows, start=first)
        if row.ruling
        for field, place in row.ruling.places.items()
    }


def _counted(rows: Sequence[DecisionRow]) -> str:
    if not rows:
        return "Không có việc nào chờ quyết định."
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    return " · ".join(f"{count} {state.lower()}" for state, count in counts.items() if count)


def _values(number: int, row: DecisionRow, links: SourceLinks) -> dict[str, object]:
    question, ruling = row.question, row.ruling
    shown: Mapping[str, object] = ruling.shown if ruling else {}
    if question is not None:
        shown = {**question.shown, **source_columns(question.place, links)}
    typed: dict[str, object] = {}
    if ruling is not None:
        day = ruling.day or ruling.typed_day
        typed = {"answer": ruling.answer, "who": ruling.who, "day": day, "why": ruling.why}
    code = question.id if question else ruling.id if ruling else ""
    return {"number": number, **shown, **typed, "state": row.state, "code": code}
