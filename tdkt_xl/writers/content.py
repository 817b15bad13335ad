"""The bytes of a finished workbook, with what had to be changed to write it."""

from collections.abc import Mapping, Sequence

from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import outputs


class BookContent(bytes):
    """Bytes of a workbook that remember what Excel could not have held as it was.

    ``altered`` are cells whose text had characters shown as □ or its end cut; ``renamed`` are sheets that
    wanted another name. ``lists`` are the rows of its list sheets, field → value, by the layout's name of
    the sheet.
    """

    altered: Sequence[Place] = ()
    renamed: Sequence[tuple[str, str]] = ()
    lists: Mapping[str, Sequence[Mapping[str, object]]] = {}


def remarks_on(content: bytes, file: str) -> list[Finding]:
    """What to tell the clerk about a workbook that is now called ``file`` (KT-851, KT-853)."""
    if not isinstance(content, BookContent):
        return []
    remarks = [
        outputs.SHEET_RENAMED.at(Place(file, name), text=wanted, name=name)
        for wanted, name in content.renamed
    ]
    return [*remarks, *text_altered(file, content.altered)]


def text_altered(file: str, altered: Sequence[Place]) -> list[Finding]:
    """Say once for a workbook that some of its cells differ from the text they came from (KT-851)."""
    if not altered:
        return []
    first = altered[0]
    place = Place(file, first.sheet, first.row, first.column)
    return [outputs.TEXT_ALTERED.at(place, count=len(altered))]
