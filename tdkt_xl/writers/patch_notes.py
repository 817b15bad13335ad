"""Notes of one worksheet under change: its comments part, and the boxes Excel shows them in (VML).

Notes, boxes, buttons and threaded comments of others stay. VML written by Excel need not be well-formed
XML (an unclosed <br>), so boxes are found by their text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from tdkt_xl.findings import column_letters
from tdkt_xl.writers.package_edit import OFFICE, Package
from tdkt_xl.writers.patch_cells import Position, position_of
from tdkt_xl.writers.patch_styles import MAIN
from tdkt_xl.writers.xml_spans import Element, XmlPart, attribute, element_text, odd

_AUTHOR = "tdkt_xl"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
    "<authors></authors><commentList></commentList></comments>"
).encode()
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202"{spaces} coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}"{spaces} type="#_x0000_t202" '
    'style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;z-index:{order};'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_END = re.compile(rb"</xml\s*>\s*$")
_ROOT = re.compile(rb"<xml\b[^>]*>")
_BLOCKS = re.compile(rb"""<\w+:idmap\b[^>]*?\bdata=["']([\d,\s]+)["']""")
_IDS = re.compile(rb"""\bid=["']_x0000_s(\d+)["']""")
_SHAPES = re.compile(rb"<((?:\w+:)?)shape\b[^>]*>.*?</\1shape\s*>", re.DOTALL)
_NOTE_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*<")
_NOTE_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*<")
_IDS_IN_BLOCK = 1024
_AFTER_LEGACY_DRAWING = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    ]
)
_BOX_COLUMNS, _LETTERS_PER_LINE = 5, 58


@dataclass(frozen=True, slots=True)
class Note:
    """A note as stored."""

    position: Position
    text: str
    element: Element


class SheetNotes:
    """The notes of a worksheet."""

    def __init__(self, package: Package, sheet_part: str) -> None:
        self._package = package
        self._sheet_part = sheet_part
        self._link = package.link(sheet_part, "comments")
        self._part = package.xml(self._link.target) if self._link else None
        self.notes: tuple[Note, ...] = tuple(self._read()) if self._part else ()

    @property
    def _sheet(self) -> XmlPart:
        return self._package.xml(self._sheet_part)

    def _read(self) -> list[Note]:
        assert self._part is not None
        found = []
        if self._part.root.space != MAIN:
            raise odd("phần ghi chú ghi lạ")
        box = self._part.root.first("commentList")
        for element in box.all("comment") if box else ():
            place = position_of(element.attributes.get("ref", ""))
            texts = [item.text for item in element.below() if item.name == "t"]
            if place:
                found.append(Note(place, "".join(texts), element))
        return found

    # ---- adding

    def add(self, texts: Mapping[Position, str]) -> None:
        """Add notes to cells that have none."""
        if not texts:
            return
        authors, box = self._lists()
        part = self._part
        assert part is not None
        known = [item.text for item in authors.all("author")]
        if _AUTHOR in known:
            author = known.index(_AUTHOR)
        else:
            prefix = part.prefix(authors)
            part.append(authors, f"<{prefix}author>{_AUTHOR}</{prefix}author>".encode())
            author = len(known)
        for position in sorted(texts):
            part.append(box, _comment(position, texts[position], author, part.prefix(box)))
        self._add_boxes(texts)

    def _lists(self) -> tuple[Element, Element]:
        if self._part is None:
            name = self._package.free_name("xl/comments{}.xml")
            self._package.add(name, _NO_COMMENTS, _COMMENTS_TYPE)
            self._package.add_link(self._sheet_part, "comments", name)
            self._part = self._package.xml(name)
        authors, box = (self._part.root.first(name) for name in ("authors", "commentList"))
        if authors is None or box is None:
            raise odd("phần ghi chú ghi lạ")
        return authors, box

    def _add_boxes(self, texts: Mapping[Position, str]) -> None:
        part = self._drawing()
        end = _END.search(part.data)
        root = _ROOT.search(part.data)
        if end is None or root is None:
            raise odd("phần khung ghi chú ghi lạ")
        bound = all(f'xmlns:{name}="{space}"'.encode() in root[0] for name, space in _SPACES.items())
        spaces = "" if bound else _DECLARED
        pieces = [] if b"_x0000_t202" in part.data else [_SHAPE_TYPE.format(spaces=spaces)]
        first = self._first_free_id(part, len(texts))
        for order, position in enumerate(sorted(texts)):
            pieces.append(_box(position, texts[position], first + order, order + 1, spaces))
        part.replace(end.start(), end.start(), "".join(pieces).encode())

    def _drawing(self) -> XmlPart:
        """The VML part of the sheet, made when missing."""
        element = self._sheet.root.first("legacyDrawing")
        if element is not None:
            id_ = element.attributes.get(f"{OFFICE} id", "")
            links = self._package.links(self._sheet_part)
            target = next((link.target for link in links if link.id == id_ and not link.external), None)
            if target is None:
                raise odd("phần khung ghi chú ghi lạ")
            return self._package.xml(target)
        name = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        block = 1 + max(_used_blocks(self._package), default=0)
        self._package.add_default("vml", _VML_TYPE)
        self._package.add_untyped(name, _empty_drawing(block))
        id_ = self._package.add_link(self._sheet_part, "vmlDrawing", name)
        self._refer(id_)
        return self._package.xml(name)

    def _refer(self, id_: str) -> None:
        """Name the drawing in the sheet, at its place in the order of the schema."""
        root = self._sheet.root
        prefix = self._sheet.prefix(root)
        made = f'<{prefix}legacyDrawing xmlns:r="{OFFICE}" r:id="{id_}"/>'.encode()
        after = next((item for item in root.children if item.name in _AFTER_LEGACY_DRAWING), None)
        if after is not None:
            self._sheet.replace(after.start, after.start, made)
        else:
            self._sheet.append(root, made)

    def _first_free_id(self, part: XmlPart, wanted: int) -> int:
        """The first of so many unused shape numbers; the part's list of number blocks grows if need be."""
        found = _BLOCKS.search(part.data)
        blocks = [int(number) for number in found[1].split(b",")] if found else []
        used = [int(number) for number in _IDS.findall(part.data)]
        first = max(used, default=_IDS_IN_BLOCK * (blocks[-1] if blocks else 1)) + 1
        last_block = (first + wanted - 1) // _IDS_IN_BLOCK
        if found and last_block > max(blocks):
            more = ",".join(str(number) for number in [*blocks, *range(max(blocks) + 1, last_block + 1)])
            part.replace(found.start(1), found.end(1), more.encode())
        return first

    # ---- taking away

    def take_away(self, notes: list[Note]) -> None:
        """Take notes away with their boxes; parts that are then empty go too."""
        if not notes or self._part is None or self._link is None:
            return
        if len(notes) == len(self.notes):
            self._package.remove(self._link.target)
            self._package.drop_link(self._sheet_part, self._link)
        else:
            for note in notes:
                self._part.drop(note.element)
        self._drop_boxes({note.position for note in notes})

    def _drop_boxes(self, positions: set[Position]) -> None:
        element = self._sheet.root.first("legacyDrawing")
        if element is None:
            return
        id_ = element.attributes.get(f"{OFFICE} id", "")
        link = next((item for item in self._package.links(self._sheet_part) if item.id == id_), None)
        if link is None:
            return
        part = self._package.xml(link.target)
        shapes = list(_SHAPES.finditer(part.data))
        ours = [shape for shape in shapes if _position_of_box(shape[0]) in positions]
        if len(ours) == len(shapes):
            self._package.remove(link.target)
            self._package.drop_link(self._sheet_part, link)
            self._sheet.drop(element)
            return
        for shape in ours:
            part.replace(shape.start(), shape.end(), b"")


def _used_blocks(package: Package) -> list[int]:
    """Number blocks of shapes that drawings of the workbook have taken."""
    found = [_BLOCKS.search(package.xml(name).data) for name in package.names(".vml")]
    return [int(number) for match in found if match for number in match[1].split(b",")]


def _comment(position: Position, text: str, author: int, prefix: str) -> bytes:
    row, column = position
    head = f"<{prefix}comment".encode() + attribute("ref", f"{column_letters(column)}{row}")
    look = f'<{prefix}rPr><{prefix}sz val="9"/><{prefix}color indexed="81"/><{prefix}rFont val="Tahoma"/>'
    return (
        head
        + attribute("authorId", author)
        + f'><{prefix}text><{prefix}r>{look}<{prefix}family val="2"/></{prefix}rPr>'.encode()
        + f'<{prefix}t xml:space="preserve">'.encode()
        + element_text(text)
        + f"</{prefix}t></{prefix}r></{prefix}text></{prefix}comment>".encode()
    )


def _box(position: Position, text: str, id_: int, order: int, spaces: str) -> str:
    row, column = position
    lines = sum(max(1, ceil(len(part) / _LETTERS_PER_LINE)) for part in text.split("\n"))
    height = max(4, min(lines, 24))
    top = max(0, row - 2)
    return _SHAPE.format(
        id=id_,
        spaces=spaces,
        width=60 * _BOX_COLUMNS,
        height=15 * height,
        order=order,
        left=column,
        right=column + _BOX_COLUMNS,
        top=top,
        bottom=top + height,
        row=row - 1,
        column=column - 1,
    )


def _empty_drawing(block: int) -> bytes:
    return (
        f'<xml{_DECLARED}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/>'
        "</o:shapelayout></xml>"
    ).encode()


def _position_of_box(shape: bytes) -> Position | None:
    row, column = _NOTE_ROW.search(shape), _NOTE_COLUMN.search(shape)
    if row is None or column is None or b"Note" not in shape:
        return None
    return int(row[1]) + 1, int(column[1]) + 1
