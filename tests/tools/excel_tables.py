"""Tables as Excel's Insert › Table makes them, added to a workbook that has none."""

from collections.abc import Sequence
from html import escape

from tests.tools.corpus.case import repacked, replaced
from tests.unit.readers.vectors import HEAD, LINKS, MAIN, PACKAGE

_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


def table_part(area: str, headings: Sequence[str], *, condition: str = "") -> bytes:
    """A table part; ``condition`` is one value its first column is filtered by."""
    columns = "".join(
        f'<tableColumn id="{number}" name="{escape(heading)}"/>' for number, heading in enumerate(headings, 1)
    )
    column = f'<filterColumn colId="0"><filters>{condition}</filters></filterColumn>' if condition else ""
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="Table1" displayName="Table1" ref="{area}">'
        f'<autoFilter ref="{area}">{column}</autoFilter>'
        f'<tableColumns count="{len(headings)}">{columns}</tableColumns></table>'
    ).encode()


def table_link(number: int, target: str) -> str:
    """One relationship of a worksheet to a table part."""
    return f'<Relationship Id="rId{number}" Type="{LINKS}/table" Target="{target}"/>'


def table_links(*relationships: str) -> str:
    """The relationships part of a worksheet."""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{"".join(relationships)}</Relationships>'


def with_table(data: bytes, sheet: int, part: bytes) -> bytes:
    """A workbook with a table on its sheet of this number, which has no relationships yet."""
    parts = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    kind = f'<Override PartName="/xl/tables/table1.xml" ContentType="{_CONTENT}"/>'
    return repacked(
        data,
        {
            f"xl/worksheets/sheet{sheet}.xml": replaced("</worksheet>", f"{parts}</worksheet>"),
            "[Content_Types].xml": replaced("</Types>", f"{kind}</Types>"),
        },
        [
            (
                f"xl/worksheets/_rels/sheet{sheet}.xml.rels",
                table_links(table_link(1, "../tables/table1.xml")).encode(),
            ),
            ("xl/tables/table1.xml", part),
        ],
    )
