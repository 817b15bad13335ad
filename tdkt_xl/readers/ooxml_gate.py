"""Excel packages (.xlsx, .xlsm): every part the reader of values will see is scanned first.

The reader then gets a new container with only those parts, under names of our choice, so that it
cannot see anything else: other parts, other copies, other targets.
"""

import posixpath
import re
from dataclasses import replace
from html import escape

from tdkt_xl.readers.facts import SheetFacts, check_totals
from tdkt_xl.readers.main_fonts import MainFonts
from tdkt_xl.readers.package_scan import (
    Relationship,
    RelationshipScan,
    StylesScan,
    WorkbookScan,
)
from tdkt_xl.readers.percent_cells import PercentCells
from tdkt_xl.readers.plain_sheet import Places
from tdkt_xl.readers.refusal import broken, unsafe
from tdkt_xl.readers.sheet_scan import scan_sheet
from tdkt_xl.readers.strings_scan import string_lengths
from tdkt_xl.readers.table_filter import most_hidden, table_filter
from tdkt_xl.readers.text_fonts import TextFonts
from tdkt_xl.readers.text_looks import TextLooks
from tdkt_xl.readers.zip_gate import Package, member_key, pack

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KNOWN_ERRORS = frozenset(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"])
_NEW_ERROR = re.compile(
    rb'(<(?:[^\s<>/:]+:)?c\s[^<>]*t="e"[^<>]*>(?:<(?:[^\s<>/:]+:)?f\b[^<>]*(?:/>|>[^<]*</[^<>]*>))?'
    rb"<(?:[^\s<>/:]+:)?v>)(#[^<]*)<"
)


def relationships_of(found: list[tuple[str, str, str]]) -> bytes:
    """A relationships part from (id, kind, target)."""
    body = "".join(
        f'<Relationship Id="{escape(id_)}" Type="{_TYPES}/{escape(kind)}" Target="{escape(target)}"/>'
        for id_, kind, target in found
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{body}</Relationships>'.encode()


def read_relationships(package: Package, part: str) -> list[Relationship]:
    """Relationships of a part; none if it has no relationships part."""
    folder, name = posixpath.split(part)
    data = package.read(member_key(posixpath.join(folder, "_rels", f"{name}.rels")))
    scan = RelationshipScan()
    if data is not None:
        scan.scan(data)
    return scan.found


def resolve(base: str, target: str) -> str:
    """Key of the part a relationship of ``base`` points at."""
    joined = posixpath.join(posixpath.dirname(base), target.replace("\\", "/"))
    return member_key(posixpath.normpath(joined).lstrip("/"))


def main_part(package: Package, default: str) -> str:
    """Key of the workbook part."""
    for link in read_relationships(package, ""):
        if link.kind == "officeDocument" and not link.external:
            return resolve("", link.target)
    return default


def workbook_links(package: Package) -> list[str]:
    """Kinds of what the workbook part is linked to."""
    return [link.kind for link in read_relationships(package, main_part(package, "xl/workbook.xml"))]


class SheetParts:
    """The sheets of a workbook with the parts they point at; a part may serve one sheet only."""

    def __init__(self, base: str, sheets: list[tuple[str, str]], links: list[Relationship]) -> None:
        by_id = {link.id: link for link in links}
        self.worksheets: list[tuple[str, str, str]] = []
        self.others: list[str] = []
        names = {name.casefold() for name, _ in sheets}
        if not sheets:
            raise broken(reason="sổ không có trang nào")
        if len(names) != len(sheets):
            raise broken(reason="sổ có hai trang trùng tên")
        for name, id_ in sheets:
            link = by_id.get(id_)
            if link is None or link.external:
                raise broken(reason=f"trang “{name}” không có nội dung trong tệp", sheet=name)
            if link.kind == "worksheet":
                self.worksheets.append((name, id_, resolve(base, link.target)))
            else:
                self.others.append(id_)
        if len({part for _, _, part in self.worksheets}) != len(self.worksheets):
            raise unsafe(reason="nhiều trang cùng trỏ tới một nội dung")

    def relationships(self, extension: str) -> bytes:
        """Relationships that give each worksheet the part ``worksheets/sheetN`` of the new container."""
        found = [
            (id_, "worksheet", f"worksheets/sheet{number}.{extension}")
            for number, (_, id_, _) in enumerate(self.worksheets, 1)
        ]
        others = [(id_, "chartsheet", f"chartsheets/none.{extension}") for id_ in self.others]
        return relationships_of(found + others)


def check_xlsx(package: Package) -> tuple[bytes, list[SheetFacts]]:
    """Scan an .xlsx or .xlsm package; return what may be read and the facts of each worksheet."""
    main = main_part(package, "xl/workbook.xml")
    workbook = package.read(main)
    if workbook is None:
        raise broken(reason="tệp không có phần mục lục sổ")
    scan = WorkbookScan()
    scan.scan(workbook)
    links = read_relationships(package, main)
    sheets = SheetParts(main, scan.sheets, links)
    parts = {
        "_rels/.rels": relationships_of([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": sheets.relationships("xml"),
    }
    styles = _optional(package, main, links, "styles", "styles.xml")
    if styles is not None:
        StylesScan().scan(styles)
        parts["xl/styles.xml"] = styles
    lengths: list[int] = []
    table = _optional(package, main, links, "sharedStrings", "sharedStrings.xml")
    if table is not None:
        lengths = string_lengths(table)
        parts["xl/sharedStrings.xml"] = table
    facts: list[SheetFacts] = []
    places, fonts = Places(), TextFonts(styles or b"", table or b"")
    looks, main_fonts = TextLooks(styles or b"", table or b""), MainFonts(styles or b"")
    percents = PercentCells(styles or b"")
    tables: set[str] = set()
    repeating = {name for at, (name, _) in enumerate(scan.sheets) if at in scan.repeating}
    for number, (name, _, key) in enumerate(sheets.worksheets, 1):
        data = package.read(key)
        if data is None:
            raise broken(reason=f"trang “{name}” không có nội dung trong tệp", sheet=name)
        facts.append(scan_sheet(name, data, lengths, places))
        fonts.note(facts[-1], data)
        looks.note(facts[-1], data)
        percents.note(facts[-1], data)
        facts[-1].main_font = main_fonts.main_font(data)
        if b"tablePart" in data:
            _note_table_filters(package, key, facts[-1], tables)
        setup = facts[-1].setup
        if setup.page is not None and name in repeating:
            facts[-1].setup = replace(setup, page=replace(setup.page, repeated_rows=True))
        parts[f"xl/worksheets/sheet{number}.xml"] = _with_known_errors(data, facts[-1])
        check_totals(facts)
    return pack(parts), facts


def _note_table_filters(package: Package, key: str, facts: SheetFacts, seen: set[str]) -> None:
    """Let the filters of a sheet's tables count as the sheet's own; no part is read twice in a workbook."""
    areas = [facts.setup.filtered]
    for link in read_relationships(package, key):
        part = resolve(key, link.target)
        if link.kind != "table" or link.external or part in seen:
            continue
        seen.add(part)
        data = package.read(part)
        if data is not None:
            areas.append(table_filter(data))
    filtered = most_hidden([area for area in areas if area is not None], facts.hidden_rows)
    facts.setup = replace(facts.setup, filtered=filtered)


def _optional(
    package: Package, main: str, links: list[Relationship], kind: str, default: str
) -> bytes | None:
    """A part of the workbook that may be missing."""
    for link in links:
        if link.kind == kind and not link.external:
            return package.read(resolve(main, link.target))
    return package.read(resolve(main, default))


def _with_known_errors(data: bytes, facts: SheetFacts) -> bytes:
    """The sheet with newer errors (#SPILL!, …) shown as #VALUE!, else it could not be read at all.

    Both come out as an empty cell; the true error stays in the facts.
    """
    if _KNOWN_ERRORS.issuperset(facts.errors.values()):
        return data
    return _NEW_ERROR.sub(_as_known_error, data)


def _as_known_error(match: re.Match[bytes]) -> bytes:
    known = match[2].decode("utf-8", "replace") in _KNOWN_ERRORS
    return match[0] if known else match[1] + b"#VALUE!<"
