"""Write ket-qua-kiem-tra.xlsx: an overview of the files, then one row per finding with a link to its cell."""

from collections.abc import Mapping, Sequence

from tdkt_xl.findings import Finding, Severity
from tdkt_xl.findings.render import message, repair
from tdkt_xl.tables.layout import WorkbookLayout, load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.content import BookContent
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.list_sheet import ListContent, write_list

_TONES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: ""}


def finding_rows(findings: Sequence[Finding], links: SourceLinks) -> list[dict[str, object]]:
    """Rows of the findings sheet, in the order given."""
    return [
        {
            "number": number,
            "severity": finding.severity.label,
            "code": finding.code.id,
            "file": finding.place.file,
            "sheet": finding.place.sheet,
            "cell": links.to(finding.place, finding.place.cell or "mở tệp") if finding.place.file else "",
            "message": message(finding),
            "fix": repair(finding),
        }
        for number, finding in enumerate(findings, start=1)
    ]


def write_findings_sheet(
    book: Book, layout: WorkbookLayout, findings: Sequence[Finding], links: SourceLinks
) -> None:
    """Write the findings sheet of a workbook (its layout id is "findings")."""
    count = {level: sum(finding.severity is level for finding in findings) for level in Severity}
    subtitle = (
        f"{count[Severity.ERROR]} lỗi · {count[Severity.WARNING]} cảnh báo · {count[Severity.NOTE]} ghi chú. "
        "Bấm vào cột Ô để mở đúng chỗ trong tệp đã nhận."
    )
    tones = [_TONES[finding.severity] for finding in findings]
    content = ListContent(finding_rows(findings, links), subtitle=subtitle, tones=tones)
    write_list(book, layout, layout.sheet("findings"), content)


def build_findings_book(
    files: Sequence[Mapping[str, object]],
    findings: Sequence[Finding],
    links: SourceLinks,
    organisation: Organisation,
) -> BookContent:
    """Build the workbook; ``files`` are rows of the overview sheet, one per received file."""
    layout = load_layout("ket-qua-kiem-tra")
    with Book(layout.title, organisation) as book:
        tones = ["error" if row["errors"] else "warning" if row["warnings"] else "good" for row in files]
        overview = ListContent(files, subtitle=f"{len(files)} tệp đã nhận", tones=tones)
        write_list(book, layout, layout.sheet("files"), overview)
        write_findings_sheet(book, layout, findings, links)
        return book.content()
