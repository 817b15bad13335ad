"""Write the list provincial software imports: exactly nine columns, headings in the first row."""

from collections.abc import Sequence

from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, lines_needed
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.recorded import recorded_columns

FILE_NAME = "danh-sach-nhap-phan-mem-tinh.xlsx"
COLUMNS = (
    "number",
    "salutation",
    "subject",
    "position",
    "unit",
    "kind",
    "award",
    "category",
    "field",
)
"""The nine visible columns of the provincial import (law.md §5.3), fields of the standard list."""


def exported(nominations: Sequence[Nomination]) -> list[Nomination]:
    """What is submitted: everything but the refused."""
    return [item for item in nominations if item.judgement.outcome is not Outcome.NOT_ELIGIBLE]


def build_export(nominations: Sequence[Nomination]) -> bytes:
    """Build the import file: one row per submitted nomination, the award by its full name.

    A blank cell stays blank: the software of some provinces puts a default where a code is missing, so the
    clerk must see and fill it.
    """
    layout = load_layout("danh-sach-de-nghi").sheet("individuals")
    with Book("Danh sách đề nghị khen thưởng") as book:
        sheet = book.add_sheet("Danh sách đề nghị khen thưởng")
        widths = {name: layout.column(name).width for name in COLUMNS} | {"award": 24.0, "category": 26.0}
        sheet.set_row(0, 52)
        for at, name in enumerate(COLUMNS):
            column = layout.column(name)
            sheet.set_column(at, at, widths[name])
            sheet.write_string(0, at, column.heading, book.style("heading"))
        for number, item in enumerate(exported(nominations), start=1):
            values = _values(number, item)
            texts = [(values.get(name), width) for name, width in widths.items()]
            lines = max(lines_needed(text, width) for text, width in texts if isinstance(text, str))
            sheet.set_row(number, 15.0 * lines + 3)
            for at, name in enumerate(COLUMNS):
                style = book.style("whole" if name == "number" else "text")
                book.put(sheet, number, at, values.get(name), style)
        sheet.freeze_panes(1, 0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return book.content()


def _values(number: int, item: Nomination) -> dict[str, object]:
    candidate = item.candidate
    category = item.subject.category if item.subject else None
    return {
        "number": number,
        "subject": candidate.subject,
        "position": candidate.position,
        "unit": candidate.unit_name,
        "kind": candidate.kind.label.capitalize(),
        "award": item.award_title or item.award_name,
        "salutation": recorded_columns(item).get("salutation"),
        "category": category.official if category else None,
        "field": item.work_field or None,
    }
