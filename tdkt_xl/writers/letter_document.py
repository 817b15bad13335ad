"""Return letters as .docx in the form of Nghị định 30/2020/NĐ-CP, phụ lục I."""

import io
import zipfile
from datetime import datetime
from typing import Any

from tdkt_xl.findings.render import message, repair
from tdkt_xl.tables.page_checks import MOTTO, NATION
from tdkt_xl.writers.book import FONT, safe_text
from tdkt_xl.writers.letter import (
    Letter,
    Sender,
    Terms,
    closing,
    members_paragraph,
    opening,
    place_and_day,
    receivers,
    where,
)

_CREATED = datetime(2023, 1, 1)  # noqa: DTZ001  # a fixed stamp: same content, same bytes; docx stores no zone
_FIXED_DAY = (1980, 1, 1, 0, 0, 0)
_HEAD_WIDTHS_MM, _TABLE_WIDTHS_MM = (81, 92), (13, 34, 68, 50)
_HEADINGS = ("STT", "Trang, ô", "Nội dung cần xem lại", "Cách sửa")
_SIGNATURE_LINES = 4


def build_letter(letter: Letter, sender: Sender, terms: Terms) -> bytes:
    """Build the .docx of one letter; the same letter gives the same bytes."""
    import docx

    document = docx.Document()
    _set_up(document, letter)
    _write_head(document, letter, sender, terms)
    _paragraph(document, f"Kính gửi: {letter.addressee}", size=14, align="center", before=12, after=6)
    if letter.is_cluster:
        _paragraph(document, f"({letter.role})", size=13, align="center", italic=True, after=6)
    _body(document, opening(letter, sender))
    if letter.faults:
        _write_faults(document, letter)
    for text in (members_paragraph(letter), closing(letter, terms), "Trân trọng./."):
        if text:
            _body(document, text)
    _write_end(document, letter, sender)
    target = io.BytesIO()
    document.save(target)
    return _with_fixed_days(target.getvalue())


def _with_fixed_days(content: bytes) -> bytes:
    """python-docx stamps the parts with the present time."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for item in source.infolist():
            info = zipfile.ZipInfo(item.filename, _FIXED_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, source.read(item))
    return target.getvalue()


def _set_up(document: Any, letter: Letter) -> None:
    """A4, margins, font, page number on top from the second page."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(_qualified(name), FONT)
    _page_number(section.header.paragraphs[0])
    properties = document.core_properties
    properties.title = safe_text(letter.subject)
    properties.author = properties.last_modified_by = "tdkt_xl"
    properties.comments = ""
    properties.created = properties.modified = _CREATED


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(_qualified(f"w:{key}"), value)
    return element


def _page_number(paragraph: Any) -> None:
    _align(paragraph, "center")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        _font(run, size=13)
        if kind:
            run._r.append(_element("fldChar", fldCharType=kind))
        else:
            code = _element("instrText")
            code.text = text
            run._r.append(code)


def _align(paragraph: Any, align: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH[align.upper()]


def _font(run: Any, *, size: float, bold: bool = False, italic: bool = False) -> None:
    from docx.shared import Pt

    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _paragraph(
    container: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: str = "left",
    before: float = 0,
    after: float = 0,
    paragraph: Any = None,
) -> Any:
    """Write one paragraph, into the given one or a new one of the container."""
    from docx.shared import Pt

    made = paragraph if paragraph is not None else container.add_paragraph()
    _font(made.add_run(safe_text(text)), size=size, bold=bold, italic=italic)
    _align(made, align)
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    made.paragraph_format.line_spacing = 1.0
    return made


def _body(document: Any, text: str) -> None:
    from docx.shared import Cm

    made = _paragraph(document, text, size=14, align="justify", before=3, after=6)
    made.paragraph_format.first_line_indent = Cm(1.27)
    made.paragraph_format.line_spacing = 1.1


def _cell(cell: Any, *lines: tuple[str, dict[str, Any]]) -> None:
    """Write paragraphs into a table cell, the first into the one it already has."""
    for number, (text, look) in enumerate(lines):
        _paragraph(cell, text, paragraph=cell.paragraphs[0] if number == 0 else None, **look)


def _table(document: Any, rows: int, widths: tuple[int, ...], style: str = "") -> Any:
    from docx.shared import Mm

    table = document.add_table(rows=rows, cols=len(widths))
    if style:
        table.style = style
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _line_below(paragraph: Any, side_mm: float) -> None:
    """A solid line below a paragraph, that much shorter on both sides."""
    from docx.shared import Mm, Pt

    line = paragraph._parent.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(side_mm)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(2), Pt(0)
    line.paragraph_format.line_spacing = Pt(6)
    borders = _element("pBdr")
    borders.append(_element("top", val="single", sz="6", space="1", color="000000"))
    line._p.get_or_add_pPr().insert(0, borders)  # the schema wants it before spacing and indent


def _write_head(document: Any, letter: Letter, sender: Sender, terms: Terms) -> None:
    """Issuer, number and subject on the left; nation, motto, place and day on the right."""
    centre: dict[str, Any] = {"align": "center"}
    from docx.enum.table import WD_TABLE_ALIGNMENT

    table = _table(document, 1, _HEAD_WIDTHS_MM)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = _element("tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w="0", type="dxa"))
    table._tbl.tblPr.find(_qualified("w:tblLook")).addprevious(margins)  # the order of the schema
    left, right = table.rows[0].cells
    _cell(
        left, (sender.parent, {"size": 12, **centre}), (sender.office, {"size": 12, "bold": True, **centre})
    )
    _line_below(left.paragraphs[-1], 20)
    _cell_more(left, "Số:          /", {"size": 13, **centre})
    _cell_more(left, f"V/v {letter.subject}", {"size": 12, **centre})
    _cell(
        right, (NATION, {"size": 12, "bold": True, **centre}), (MOTTO, {"size": 13, "bold": True, **centre})
    )
    _line_below(right.paragraphs[-1], 23)
    _cell_more(right, place_and_day(sender, terms), {"size": 13, "italic": True, **centre})


def _cell_more(cell: Any, text: str, look: dict[str, Any]) -> None:
    _paragraph(cell, text, **look)


def _write_faults(document: Any, letter: Letter) -> None:
    table = _table(document, 1 + len(letter.faults), _TABLE_WIDTHS_MM, "Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))
    for cell, heading in zip(table.rows[0].cells, _HEADINGS, strict=True):
        _cell(cell, (heading, {"size": 12, "bold": True, "align": "center", "before": 2, "after": 2}))
    several = len({item.place.file for item in letter.faults}) > 1
    for number, (row, item) in enumerate(zip(table.rows[1:], letter.faults, strict=False), start=1):
        row._tr.get_or_add_trPr().append(_element("cantSplit", val="true"))
        spot = f"{item.place.file}\n{where(item)}" if several else where(item)
        texts = (str(number), spot, message(item), repair(item))
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            align = "center" if index == 0 else "left"
            _cell(cell, (text, {"size": 12, "align": align, "before": 1, "after": 1}))


def _write_end(document: Any, letter: Letter, sender: Sender) -> None:
    """Receivers on the left, title and room for the signature on the right, on one page."""
    left, right = _table(document, 1, (85, 80)).rows[0].cells
    _cell(
        left,
        ("Nơi nhận:", {"size": 12, "bold": True, "italic": True}),
        *((line, {"size": 11}) for line in receivers(letter)),
    )
    lines = [(sender.signer_title, {"size": 14, "bold": True, "align": "center"})]
    lines += [("", {"size": 14, "align": "center"})] * _SIGNATURE_LINES
    _cell(right, *lines)
    left._tc.getparent().get_or_add_trPr().append(_element("cantSplit", val="true"))
