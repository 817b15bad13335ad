"""XML that expands, nests, or hides a value from one of two readers (intake, 1.2)."""

import zipfile

from tests.faults.vectors.vector import BROKEN, MEBIBYTE, UNSAFE, Vector
from tests.tools.excel_tables import table_link, table_links
from tests.unit.readers.vectors import (
    BASIC,
    BOMB,
    MAIN,
    SHEET,
    STRINGS,
    WORKBOOK,
    book,
    number,
    parts,
    row,
    sheet,
    strings,
    workbook,
    zipped,
)

_MANY = " ".join(f'a{number}="1"' for number in range(99))


def _strings_with(doctype: str, text: str) -> bytes:
    return book(
        replace={STRINGS: f'<?xml version="1.0"?>{doctype}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'}
    )


def _entity(value: str) -> str:
    return f"<!DOCTYPE sst [<!ENTITY a {value}>]>"


def _workbook_with(doctype: str, name: str) -> bytes:
    return book(replace={WORKBOOK: workbook(name).replace("<workbook", f"{doctype}<workbook")})


def _styles(content: str) -> bytes:
    return book(replace={"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{content}</styleSheet>'})


def _stored(text: str) -> bytes:
    """A sheet stored as it is: compressed, its ratio would already be refused."""
    return zipped(parts(text), zipfile.ZIP_STORED)


def _attributes() -> bytes:
    given = " ".join(f'a{number}="1"' for number in range(1_000_000))
    return book(sheet(BASIC, before=f"<x {given}/>"))


def _prefixed() -> str:
    text = sheet(BASIC).replace("xmlns=", "xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        for before in ("<", "</"):
            text = text.replace(f"{before}{name} ", f"{before}x:{name} ").replace(
                f"{before}{name}>", f"{before}x:{name}>"
            )
    return text


def _cell(content: str, kind: str = "n") -> bytes:
    return book(sheet(f'<row r="1"><c r="A1" t="{kind}"><v>{content}</v></c></row>'))


def _with_table(table: str, links: int = 1) -> bytes:
    """A sheet with many links to one table."""
    link = table_links(*(table_link(number, "../tables/table1.xml") for number in range(links)))
    return book(
        sheet(BASIC, after="<tableParts/>"),
        replace={"xl/worksheets/_rels/sheet1.xml.rels": link, "xl/tables/table1.xml": table},
    )


_UTF_16_DTD = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE s [<!ENTITY a "b">]><sst xmlns="{MAIN}"/>'

XML = (
    Vector("b01 billion laughs in strings", lambda: _strings_with(BOMB[21:], "&i;"), UNSAFE),
    Vector(
        "b02 billion laughs in a sheet",
        lambda: book(f'{BOMB}<worksheet xmlns="{MAIN}"><sheetData><row r="1"/></sheetData></worksheet>'),
        UNSAFE,
    ),
    Vector("b03 billion laughs in the workbook", lambda: _workbook_with(BOMB[21:], "&i;"), UNSAFE),
    Vector(
        "b04 one large entity very often",
        lambda: _strings_with(_entity(f'"{"A" * 100_000}"'), "&a;" * 20_000),
        UNSAFE,
    ),
    Vector(
        "b05 entity below the parser's own limit",
        lambda: _strings_with(_entity(f'"{"A" * 1_000}"'), "&a;" * 7_000),
        UNSAFE,
    ),
    Vector("b06 entity in a text", lambda: _strings_with(_entity('"SECRET"'), "pre-&a;-post"), UNSAFE),
    Vector(
        "b07 entity of a file", lambda: _strings_with(_entity('SYSTEM "file:///etc/hostname"'), "&a;"), UNSAFE
    ),
    Vector(
        "b08 document type on the network",
        lambda: _strings_with('<!DOCTYPE s SYSTEM "http://127.0.0.1/x">', "a"),
        UNSAFE,
    ),
    Vector(
        "b09 parameter entity on the network",
        lambda: _strings_with('<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1/p.dtd"> %p;]>', "a"),
        UNSAFE,
    ),
    Vector(
        "document type in styles",
        lambda: book(replace={"xl/styles.xml": f'<!DOCTYPE s SYSTEM "x"><styleSheet xmlns="{MAIN}"/>'}),
        UNSAFE,
    ),
    Vector("document type in a table", lambda: _with_table(f"{BOMB}<table>&i;</table>"), UNSAFE),
    Vector(
        "5,000 links to a table of megabytes",
        lambda: _with_table(f"<table>{''.join(f'<x{n}/>' for n in range(300_000))}</table>", 5_000),
        reads={"A1": "xin chào", "B1": 42.0},
    ),
    Vector("document type in UTF-16", lambda: book(replace={STRINGS: _UTF_16_DTD.encode("utf-16")}), UNSAFE),
    Vector(
        "b10 two million nested elements",
        lambda: _stored(sheet(BASIC, after="<x>" * 2_000_000 + "</x>" * 2_000_000)),
        reads={"A1": "xin chào", "B1": 42.0},
        memory=640 * MEBIBYTE,
    ),
    Vector(
        "b11 200,000 nested elements in styles", lambda: _styles("<e>" * 200_000 + "</e>" * 200_000), UNSAFE
    ),
    Vector(
        "nested elements in the workbook",
        lambda: book(replace={WORKBOOK: workbook("Sheet1", more="<x>" * 100 + "</x>" * 100)}),
        UNSAFE,
    ),
    Vector(
        "b12 attribute of 20 MiB",
        lambda: _stored(sheet(BASIC).replace("<worksheet ", f'<worksheet a="{"A" * 20 * MEBIBYTE}" ')),
        UNSAFE,
    ),
    Vector(
        "one tag of megabytes",
        lambda: book(
            f'<worksheet xmlns="{MAIN}" a="{"x" * 900_000}" b="{"y" * 900_000}"><sheetData/></worksheet>'
        ),
        UNSAFE,
    ),
    Vector("b13 a million attributes", _attributes, UNSAFE),
    Vector(
        "99 attributes in the workbook",
        lambda: book(replace={WORKBOOK: workbook("S").replace("<sheets", f"<x {_MANY}/><sheets")}),
        UNSAFE,
    ),
    Vector(
        "b14 invalid UTF-8",
        lambda: book(replace={STRINGS: strings("a").encode().replace(b"<t>a", b"<t>\xff")}),
        BROKEN,
    ),
    Vector(
        "b15 UTF-16",
        lambda: book(replace={STRINGS: strings("a").replace("UTF-8", "UTF-16").encode("utf-16")}),
        BROKEN,
    ),
    Vector(
        "another encoding",
        lambda: book(replace={STRINGS: strings("a").replace("UTF-8", "windows-1258")}),
        BROKEN,
    ),
    Vector(
        "unknown encoding", lambda: book(replace={STRINGS: strings("a").replace("UTF-8", "UTF-99")}), BROKEN
    ),
    Vector(
        "b16 every element with a prefix", lambda: book(_prefixed()), reads={"A1": "xin chào", "B1": 42.0}
    ),
    Vector("b17 comment in a number", lambda: _cell("1<!--x-->00"), f"A1 {BROKEN}"),
    Vector("b18 CDATA in a number", lambda: _cell("<![CDATA[100]]>"), f"A1 {BROKEN}"),
    Vector(
        "instruction in a text",
        lambda: book(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>a<?b?>c</t></is></c></row>')),
        f"A1 {BROKEN}",
    ),
    Vector("entity in a number", lambda: _cell("1&#48;"), f"Sheet1 {BROKEN}"),
    Vector("b19 reference to the character 0", lambda: book(replace={STRINGS: strings("a&#0;b")}), BROKEN),
    Vector(
        "b20 reference to a control character", lambda: book(replace={STRINGS: strings("a&#1;b")}), BROKEN
    ),
    Vector(
        "b21 control characters in Excel's own way",
        lambda: book(replace={STRINGS: strings("a_x0000_b_x0001_c_x000D_d")}),
        reads={"A1": "a\x00b\x01c\rd"},
    ),
    Vector(
        "b22 lone surrogate in Excel's own way",
        lambda: book(replace={STRINGS: strings("a_xD83D_b")}),
        reads={"A1": "a_xD83D_b"},
    ),
    Vector(
        "b23 end of the sheet missing",
        lambda: book(sheet(BASIC).replace("</sheetData></worksheet>", "")),
        BROKEN,
    ),
    Vector(
        "b24 cut after 100 rows",
        lambda: book(sheet("".join(row(n, number(f"A{n}", n)) for n in range(1, 200)))[:6_000]),
        BROKEN,
    ),
    Vector("sheet cut in its last tag", lambda: book(sheet(BASIC)[:-20]), BROKEN),
    Vector(
        "b25 entity in the name of a sheet",
        lambda: _workbook_with('<!DOCTYPE w [<!ENTITY a "Evil">]>', "&a;"),
        UNSAFE,
    ),
    Vector("sheet that is no XML", lambda: book(replace={SHEET: b"PK\3\4"}), BROKEN),
)
