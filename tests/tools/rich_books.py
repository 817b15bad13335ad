"""Workbooks that hold what people's workbooks hold, to prove that a change leaves the rest alone.

Written by XlsxWriter, then given by hand the parts no library here writes: x14 dropdowns, pivot tables,
threaded comments, printer settings, shared formulas, a calculation chain, prefixes, rows without numbers.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

SHEET = "Chấm điểm"
_PARTS = Mapping[str, bytes]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_parts(content: bytes) -> dict[str, bytes]:
    """Every part of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {item.filename: archive.read(item) for item in archive.infolist()}


def pack(parts: _PARTS) -> bytes:
    """A package from its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 24) * 8))
        + chunk(b"IEND", b"")
    )


def plain(**options: object) -> bytes:
    """A small scoring sheet: heading, texts, numbers, one total; a second sheet."""
    return _written(lambda book, sheet: None, **options)


def _written(dress: Callable[[Any, Any], None], **options: object) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    sheet = book.add_worksheet(SHEET)
    box = book.add_format({"border": 1, "num_format": "0.00", "font_name": "Times New Roman"})
    yellow = book.add_format({"bg_color": "#FFFF00", "border": 1, "align": "center", "locked": False})
    sheet.write_row("A1", ["STT", "Tiêu chí", "Tự chấm"], box)
    for row in range(1, 6):
        sheet.write_number(row, 0, row, box)
        sheet.write_string(row, 1, f"Tiêu chí & mục {row}", yellow)
        sheet.write_number(row, 2, row + 0.5, box)
    sheet.write_formula("C7", "=SUM(C2:C6)", box, 17.5)
    book.add_worksheet("Trang khác").write_string("A1", "giữ nguyên")
    dress(book, sheet)
    book.close()
    return target.getvalue()


def dressed() -> bytes:
    """Chart, picture, header picture, table, notes, form button, protection, rules, names, filter."""

    def dress(book: Any, sheet: Any) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{SHEET}'!$C$2:$C$6"})
        sheet.insert_chart("F2", chart)
        sheet.insert_image("F20", "anh.png", {"image_data": io.BytesIO(_png())})
        sheet.set_header("&C&G", {"image_center": "anh.png", "image_data_center": io.BytesIO(_png())})
        sheet.write_comment("B3", "ghi chú của đơn vị", {"author": "Xã A"})
        sheet.insert_button("H12", {"caption": "Bấm"})
        sheet.data_validation(
            "C2:C6", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 10}
        )
        sheet.conditional_format("C2:C6", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_table("J1:K4", {"columns": [{"header": "Mã"}, {"header": "Điểm"}]})
        sheet.write_url("B9", "https://example.org/", string="trang ngoài")
        sheet.protect("", {"objects": True})
        sheet.print_area("A1:C7")
        sheet.repeat_rows(0)
        sheet.set_row(8, 30, book.add_format({"bg_color": "#00FF00"}))
        sheet.set_column("D:D", 12, book.add_format({"num_format": "@"}))
        book.define_name("Diem", f"='{SHEET}'!$C$2:$C$6")

    return _written(dress)


def _changed(content: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "styles": "xl/styles.xml"}
    parts = read_parts(content)
    for short, change in changes.items():
        parts[names[short]] = change(parts[names[short]])
    return pack(parts)


def _with_part(parts: dict[str, bytes], name: str, content: bytes, kind: str, owner: str, link: str) -> str:
    """Add a part with its type and a relationship from its owner; return the relationship's id."""
    parts[name] = content
    if kind:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
        )
    folder, _, own = owner.rpartition("/")
    links = f"{folder}/_rels/{own}.rels"
    empty = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    data = parts.get(links, empty.encode())
    id_ = f"rIdX{data.count(b'<Relationship ')}"
    made = f'<Relationship Id="{id_}" Type="{link}" Target="/{name}"/></Relationships>'.encode()
    parts[links] = data.replace(b"</Relationships>", made)
    return id_


def with_x14_dropdown() -> bytes:
    """Excel 2010 dropdowns and printer settings: what openpyxl silently drops."""
    sheet = "xl/worksheets/sheet1.xml"
    parts = read_parts(plain())
    id_ = _with_part(
        parts,
        "xl/printerSettings/printerSettings1.bin",
        b"\0\1binary\xff",
        "",
        sheet,
        f"{_REL}/printerSettings",
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"<Default ",
        b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.printerSettings"/><Default ',
        1,
    )
    page = f'<pageSetup paperSize="9" orientation="portrait" xmlns:r="{_REL}" r:id="{id_}"/>'.encode()
    x14 = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        b"<xm:f>'Trang kh\xc3\xa1c'!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>B2:B6</xm:sqref>"
        b"</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    parts[sheet] = parts[sheet].replace(b"</worksheet>", page + x14 + b"</worksheet>")
    return pack(parts)


def with_formulas() -> bytes:
    """A shared formula over D2:D4, a single-cell array formula in E2, and the calculation chain."""
    sheet = "xl/worksheets/sheet1.xml"
    parts = read_parts(plain())
    data = parts[sheet]
    for row, formula in (
        (2, '<f t="shared" ref="D2:D4" si="0">C2*2</f>'),
        (3, '<f t="shared" si="0"/>'),
        (4, '<f t="shared" si="0"/>'),
    ):
        array = '<c r="E2"><f t="array" ref="E2">SUM(C2:C3)</f><v>4</v></c>' if row == 2 else ""
        cell = f'<c r="D{row}">{formula}<v>{2 * row}</v></c>{array}</row>'.encode()
        start = data.index(f'<row r="{row}"'.encode())
        end = data.index(b"</row>", start)
        data = data[:end] + cell + data[end + 6 :]
    parts[sheet] = data
    chain = '<c r="C7" i="1" l="1"/><c r="D2"/><c r="D3"/><c r="D4"/><c r="E2" a="1"/>'
    _with_part(
        parts,
        "xl/calcChain.xml",
        f'<calcChain xmlns="{_MAIN}">{chain}</calcChain>'.encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
        "xl/workbook.xml",
        f"{_REL}/calcChain",
    )
    return pack(parts)


def with_threaded_comment() -> bytes:
    """A threaded comment on B3 beside the note older versions show for it."""
    parts = read_parts(dressed())
    office = "http://schemas.microsoft.com/office"
    space = f"{office}/spreadsheetml/2018/threadedcomments"
    threaded = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="B3" dT="2023-11-01T08:00:00.00" '
        'personId="{11111111-1111-1111-1111-111111111111}" id="{22222222-2222-2222-2222-222222222222}">'
        "<text>xin xem lại</text></threadedComment></ThreadedComments>"
    )
    person = (
        f'<personList xmlns="{space}"><person displayName="Xã A" '
        'id="{11111111-1111-1111-1111-111111111111}" userId="a" providerId="None"/></personList>'
    )
    link = f"{office}/2017/10/relationships"
    _with_part(
        parts,
        "xl/threadedComments/threadedComment1.xml",
        threaded.encode(),
        "application/vnd.ms-excel.threadedcomments+xml",
        "xl/worksheets/sheet1.xml",
        f"{link}/threadedComment",
    )
    _with_part(
        parts,
        "xl/persons/person.xml",
        person.encode(),
        "application/vnd.ms-excel.person+xml",
        "xl/workbook.xml",
        f"{link}/person",
    )
    return pack(parts)


def with_pivot() -> bytes:
    """A pivot table on the second sheet over the first one."""
    parts = read_parts(plain())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cache = (
        f'<pivotCacheDefinition xmlns="{_MAIN}" refreshOnLoad="1" recordCount="0" saveData="0">'
        f'<cacheSource type="worksheet">'
        f'<worksheetSource ref="A1:C6" sheet="{SHEET}"/></cacheSource><cacheFields count="3">'
        + "".join(
            f'<cacheField name="{name}"><sharedItems/></cacheField>'
            for name in ("STT", "Tiêu chí", "Tự chấm")
        )
        + "</cacheFields></pivotCacheDefinition>"
    )
    table = (
        f'<pivotTableDefinition xmlns="{_MAIN}" name="PT" cacheId="1" dataCaption="Số"><location ref="D3:D4" '
        'firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/><pivotFields count="3"><pivotField/>'
        '<pivotField/><pivotField dataField="1"/></pivotFields><dataFields count="1">'
        '<dataField name="Tổng" fld="2"/></dataFields></pivotTableDefinition>'
    )
    cache_part, table_part = "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotTables/pivotTable1.xml"
    id_ = _with_part(
        parts,
        cache_part,
        cache.encode(),
        f"{kind}.pivotCacheDefinition+xml",
        "xl/workbook.xml",
        f"{_REL}/pivotCacheDefinition",
    )
    _with_part(
        parts,
        table_part,
        table.encode(),
        f"{kind}.pivotTable+xml",
        "xl/worksheets/sheet2.xml",
        f"{_REL}/pivotTable",
    )
    _with_part(parts, cache_part, cache.encode(), "", table_part, f"{_REL}/pivotCacheDefinition")
    caches = f'<pivotCaches><pivotCache cacheId="1" xmlns:r="{_REL}" r:id="{id_}"/></pivotCaches></workbook>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", caches.encode())
    return pack(parts)


def with_macros() -> bytes:
    """A workbook with a VBA project."""
    addin = Path(__file__).resolve().parents[2] / "macros" / "tdkt.xlam"
    project = read_parts(addin.read_bytes())["xl/vbaProject.bin"]
    return _written(lambda book, sheet: book.add_vba_project(io.BytesIO(project), is_stream=True))


def prefixed() -> bytes:
    """Every element under a prefix, as some programs write them."""

    def prefix(data: bytes) -> bytes:
        head, _, body = data.partition(b"?>")
        body = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", body)
        return head + b"?>" + body.replace(b'xmlns="', b'xmlns:x="', 1)

    return _changed(plain(), sheet=prefix, workbook=prefix, styles=prefix)


def without_numbers() -> bytes:
    """Rows and cells without their addresses."""
    return _changed(
        plain(),
        sheet=lambda data: re.sub(
            rb'(<(?:row|c)) r="[A-Z]*\d+"', rb"\1", re.sub(rb' spans="[\d:]+"', b"", data)
        ),
    )


def with_inline_texts() -> bytes:
    """Texts kept in the cells, and one empty row written as one tag."""

    def inline(data: bytes) -> bytes:
        data = re.sub(rb' t="s"><v>\d+</v>', b' t="inlineStr"><is><t>ch\xe1\xbb\xaf</t></is>', data)
        return data.replace(b"</sheetData>", b'<row r="9" ht="20" customHeight="1"/></sheetData>')

    return _changed(plain(), sheet=inline)


def saved_by_openpyxl() -> bytes:
    """A workbook with notes as openpyxl writes it: absolute targets, its own drawing of notes."""
    book = openpyxl.load_workbook(io.BytesIO(plain()))
    book[SHEET]["B2"].comment = Comment("của xã", "Xã A")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def of_1904() -> bytes:
    """Days counted from 1904."""
    return plain(date_1904=True)


def minimal() -> bytes:
    """No styles, no cells: the least a workbook may hold."""
    relations = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return pack(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{relations}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="{types}.worksheet+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{relations}/relationships"><Relationship Id="rId1" '
                f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name="{SHEET}" sheetId="1" '
                'r:id="rId1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{relations}/relationships"><Relationship Id="rId1" '
                f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'.encode(),
        }
    )


def strict() -> bytes:
    """Strict Open XML."""
    spaces = {
        _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        _REL: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    parts = read_parts(plain())
    for name, content in parts.items():
        for old, new in spaces.items():
            content = content.replace(old.encode(), new.encode())
        parts[name] = content
    return pack(parts)


def signed() -> bytes:
    """A workbook with a digital signature."""
    parts = read_parts(plain())
    parts["_xmlsignatures/origin.sigs"] = b""
    return pack(parts)


BOOKS: Mapping[str, Callable[[], bytes]] = {
    "plain": plain,
    "dressed": dressed,
    "x14 dropdown": with_x14_dropdown,
    "formulas": with_formulas,
    "threaded comment": with_threaded_comment,
    "pivot": with_pivot,
    "macros": with_macros,
    "prefixed": prefixed,
    "without numbers": without_numbers,
    "inline texts": with_inline_texts,
    "openpyxl": saved_by_openpyxl,
    "1904": of_1904,
    "minimal": minimal,
}
"""Books that can be changed, by what is special about them."""
