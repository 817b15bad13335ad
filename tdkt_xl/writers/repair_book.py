"""Write sua-an-toan.xlsx: every safe change, before and after, with what was left to people."""

from collections.abc import Mapping, Sequence

from tdkt_xl.findings import Finding
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.findings_book import write_findings_sheet
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.list_sheet import ListContent, write_list


def build_repair_book(
    changes: Sequence[Mapping[str, object]],
    findings: Sequence[Finding],
    links: SourceLinks,
    organisation: Organisation,
    *,
    subtitle: str,
) -> bytes:
    """Build the workbook; ``changes`` are rows of its first sheet. Findings get the sheet of a check."""
    layout = load_layout("sua-an-toan")
    with Book(layout.title, organisation) as book:
        write_list(book, layout, layout.sheet("changes"), ListContent(changes, subtitle=subtitle))
        if findings:
            write_findings_sheet(book, load_layout("ket-qua-kiem-tra"), findings, links)
        return book.content()
