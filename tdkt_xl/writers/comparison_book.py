"""Write so-sanh.xlsx: every changed cell with its before and after; findings settled, left and new."""

from collections.abc import Mapping, Sequence

from tdkt_xl.findings import Finding
from tdkt_xl.findings.render import message, repair
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list

_TONES = {"Ngoài yêu cầu": "warning", "Đã sửa": "good", "Còn": "error", "Mới": "error"}


def build_comparison_book(
    changes: Sequence[Mapping[str, object]],
    findings: Sequence[tuple[str, Finding]],
    subtitle: str,
    organisation: Organisation,
) -> bytes:
    """Build the workbook; ``changes`` are rows of the first sheet, ``findings`` (state, finding) in order."""
    layout = load_layout("so-sanh")
    with Book(layout.title, organisation) as book:
        tones = [_TONES.get(str(row["nature"]), "") for row in changes]
        rows = [{"number": number, **row} for number, row in enumerate(changes, start=1)]
        write_list(book, layout, layout.sheet("changes"), ListContent(rows, subtitle=subtitle, tones=tones))
        listed = [
            {
                "number": number,
                "state": state,
                "severity": item.severity.label,
                "code": item.code.id,
                "sheet": item.place.sheet,
                "cell": item.place.cell or "",
                "message": message(item),
                "fix": repair(item),
            }
            for number, (state, item) in enumerate(findings, start=1)
        ]
        tones = [_TONES.get(state, "") for state, _ in findings]
        write_list(
            book, layout, layout.sheet("findings"), ListContent(listed, subtitle=subtitle, tones=tones)
        )
        return book.content()
