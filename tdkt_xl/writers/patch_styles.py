"""Cell styles of a workbook under change: clones of a cell's own style with another fill or font.

A clone keeps number format, font, border, alignment and protection. Its named style says what the fill
means; the styles of the workbook itself are never altered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tdkt_xl.findings import Severity
from tdkt_xl.writers.xml_spans import Element, XmlPart, attribute, odd, with_attributes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_SEEDS = {  # what the first items of a missing list must be
    "cellStyleXfs": (b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellStyles": (b'<cellStyle name="Normal" xfId="0" builtinId="0"/>',),
    "fonts": (b'<font><sz val="11"/><name val="Calibri"/></font>',),
    "fills": (
        b'<fill><patternFill patternType="none"/></fill>',
        b'<fill><patternFill patternType="gray125"/></fill>',
    ),
    "borders": (b"<border/>",),
}
_FIRST_FREE_FORMAT = 164
_OWN = ("applyNumberFormat", "applyFont", "applyBorder", "applyAlignment", "applyProtection")
_ONLY_FILL = "".join(f' {name}="0"' for name in _OWN)


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """A named cell style of ours and its fill (RRGGBB)."""

    name: str
    colour: str


MARK_STYLES: Mapping[Severity, MarkStyle] = {
    Severity.ERROR: MarkStyle("TĐ_Lỗi", "FFC7CE"),
    Severity.WARNING: MarkStyle("TĐ_Cảnh báo", "FFEB9C"),
    Severity.NOTE: MarkStyle("TĐ_Ghi chú", "DDEBF7"),
}
MARK_NAMES = frozenset(style.name for style in MARK_STYLES.values())


@dataclass(frozen=True, slots=True)
class Fill:
    """The fill of a cell: "none", "solid", or "other" that cannot be told in one colour.

    A solid one has either ``rgb`` (RRGGBB) or ``theme`` (from 0) with ``tint``.
    """

    kind: str
    rgb: str = ""
    theme: int = -1
    tint: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a mark hides of a cell: its fill, the name of its cell style, whether there was a cell at all."""

    fill: Fill
    style: str
    absent: bool = False


_TEXT_FORMAT = "49"
"""Number of the format "@" built into Excel."""


@dataclass(frozen=True, slots=True)
class Restyle:
    """What to change in the style of a cell: None and "" leave it.

    ``mark`` sets a fill and named style of ours, ``look`` those of the workbook again.
    ``number_format`` is the identifier of a format built into Excel (0 is General) or of the workbook's own.
    """

    mark: Severity | None = None
    font: str = ""
    number_format: int | None = None
    look: Look | None = None


class Styles:
    """The styles part of a workbook under change."""

    def __init__(self, part: XmlPart) -> None:
        self.part = part
        self._made: dict[tuple[int, Restyle], int] = {}
        self._named: dict[Severity, int] = {}
        self._missing: dict[str, list[bytes]] = {}
        if part.root.space != MAIN or part.root.name != "styleSheet":
            raise odd("phần định dạng ghi lạ")

    @cached_property
    def cell_formats(self) -> list[Element]:
        """The formats cells refer to by their index."""
        return self._items("cellXfs", "xf")

    def _items(self, container: str, name: str) -> list[Element]:
        found = self.part.root.first(container)
        return found.all(name) if found else []

    def _append(self, container: str, item: str, fragment: bytes) -> int:
        """Add an item; return its index."""
        box = self.part.root.first(container)
        if box is None:
            items = self._missing.setdefault(container, list(_SEEDS.get(container, ())))
            items.append(fragment)
            return len(items) - 1
        return len(box.all(item)) + self.part.append(box, _in_main_space(self.part, fragment))

    def finish(self) -> None:
        """Put in the lists the workbook had none of, each in its place."""
        for name in sorted(self._missing, key=_ORDER.index):
            items = self._missing[name]
            later = _ORDER[_ORDER.index(name) + 1 :]
            known = self.part.root.children
            at = next((item.start for item in known if item.name in later), None)
            if at is None:
                at = next((item.start for item in known if item.name not in _ORDER), self.part.root.closing)
            made = b'<%s count="%d">%s</%s>' % (name.encode(), len(items), b"".join(items), name.encode())
            self.part.replace(at, at, _in_main_space(self.part, made))

    def format_of(self, index: int) -> Element:
        """The format with this index."""
        if not 0 <= index < len(self.cell_formats):
            raise odd("một ô trỏ tới kiểu không có")
        return self.cell_formats[index]

    def format_for_numbers(self, index: int) -> int | None:
        """The number format a cell needs to hold a number; None when that of its style will do.

        It will not if the style is for text ("@"), or was typed with an apostrophe.
        """
        given = self.format_of(index).attributes
        number = given.get("numFmtId", "0")
        custom = {
            item.attributes.get("numFmtId"): item.attributes for item in self._items("numFmts", "numFmt")
        }
        if number == _TEXT_FORMAT or custom.get(number, {}).get("formatCode") == "@":
            return 0
        return int(number) if given.get("quotePrefix") in {"1", "true"} else None

    def restyled(self, index: int, change: Restyle) -> int:
        """The index of a clone of a format with the change; the same clone for the same request."""
        if change == Restyle():
            return index
        key = (index, change)
        if key not in self._made:
            self._made[key] = self._clone(index, change)
        return self._made[key]

    def _clone(self, index: int, change: Restyle) -> int:
        original = self.format_of(index)
        values: dict[str, str | None] = {}
        if change.mark:
            fill = self._add_fill(MARK_STYLES[change.mark].colour)
            values |= {"fillId": str(fill), "applyFill": "1", "xfId": str(self._mark_style(change.mark))}
            values |= dict.fromkeys(_OWN, "1")  # else LibreOffice takes them from the named style
        if change.look:
            style = self.named_styles.get(change.look.style, 0)
            values |= {"fillId": str(self._fill_number(change.look.fill)), "xfId": str(style)}
        if change.font:
            font = self._renamed_font(int(original.attributes.get("fontId", "0")), change.font)
            values |= {"fontId": str(font), "applyFont": "1"}
        if change.number_format is not None:
            values |= {"numFmtId": str(change.number_format), "applyNumberFormat": "1", "quotePrefix": None}
        return self._copy(original, values)

    def _fill_number(self, fill: Fill) -> int:
        if fill.kind == "none":
            return 0
        if fill.theme < 0:
            return self._add_fill(fill.rgb)
        tint = f' tint="{fill.tint!r}"' if fill.tint else ""
        return self._add_fill_xml(f'<fgColor theme="{fill.theme}"{tint}/>')

    def look_of(self, index: int) -> Look:
        """Fill and cell style of a format."""
        number = int(self.format_of(index).attributes.get("xfId", "0"))
        names = (name for name, style in self.named_styles.items() if style == number)
        return Look(self.fill_of(index), next(names, ""))

    def _copy(self, original: Element, values: Mapping[str, str | None]) -> int:
        tag = with_attributes(self.part.tag(original), values)
        copy = tag + self.part.data[original.opened : original.end]
        box = self.part.root.first("cellXfs")
        assert box is not None  # the original lies in it
        return len(self.cell_formats) + self.part.append(box, copy)

    # ---- fills and fonts

    def _add_fill(self, colour: str) -> int:
        return self._add_fill_xml(f'<fgColor rgb="FF{colour}"/>')

    def _add_fill_xml(self, colour: str) -> int:
        made = f'<fill><patternFill patternType="solid">{colour}<bgColor indexed="64"/></patternFill></fill>'
        return self._append("fills", "fill", made.encode())

    def _renamed_font(self, index: int, name: str) -> int:
        fonts = self._items("fonts", "font")
        if index >= len(fonts):
            raise odd("một kiểu trỏ tới phông không có")
        box = self.part.root.first("fonts")
        assert box is not None  # the font lies in it
        pieces = [self.part.tag(fonts[index])]
        named = False
        for child in fonts[index].children:
            if child.name == "name":
                pieces.append(with_attributes(self.part.tag(child), {"val": name}))
                pieces.append(self.part.data[child.opened : child.end])
                named = True
            elif child.name not in {"charset", "scheme", "family"}:
                pieces.append(self.part.raw(child))
        if not named:
            raise odd("một phông không có tên")
        pieces.append(self.part.data[fonts[index].closing : fonts[index].end])
        return len(fonts) + self.part.append(box, b"".join(pieces))

    def fill_of(self, index: int) -> Fill:
        """The fill of a format."""
        number = int(self.format_of(index).attributes.get("fillId", "0"))
        fills = self._items("fills", "fill")
        pattern = fills[number].first("patternFill") if number < len(fills) else None
        if pattern is None:
            return Fill("none" if number >= len(fills) else "other")
        kind = pattern.attributes.get("patternType", "none")
        if kind != "solid":
            return Fill("none" if kind == "none" else "other")
        return _solid(pattern.first("fgColor"))

    # ---- named styles

    def _mark_style(self, level: Severity) -> int:
        """The index of our named style in the formats of named styles, made on first use."""
        if level not in self._named:
            style = MARK_STYLES[level]
            self._named[level] = self.named_styles.get(style.name, -1)
            if self._named[level] < 0:
                self._named[level] = self._make_mark_style(style)
        return self._named[level]

    @cached_property
    def named_styles(self) -> dict[str, int]:
        """Name of a cell style → index of its format."""
        return {
            item.attributes.get("name", ""): int(item.attributes.get("xfId", "0"))
            for item in self._items("cellStyles", "cellStyle")
        }

    def _make_mark_style(self, style: MarkStyle) -> int:
        fill = self._add_fill(style.colour)
        xf = f'<xf numFmtId="0" fontId="0" fillId="{fill}" borderId="0"{_ONLY_FILL}/>'.encode()
        number = self._append("cellStyleXfs", "xf", xf)
        name = b"<cellStyle" + attribute("name", style.name) + attribute("xfId", number) + b"/>"
        self._append("cellStyles", "cellStyle", name)
        return number

    def mark_formats(self) -> frozenset[int]:
        """Indexes of the formats whose named style is one of ours."""
        ours = {number for name, number in self.named_styles.items() if name in MARK_NAMES}
        formats = enumerate(self.cell_formats)
        return frozenset(at for at, item in formats if int(item.attributes.get("xfId", "0")) in ours)

    def drop_mark_styles(self) -> None:
        """Take our named styles out of the list; no cell may use them."""
        box = self.part.root.first("cellStyles")
        ours = [
            item for item in self._items("cellStyles", "cellStyle") if item.attributes["name"] in MARK_NAMES
        ]
        if box is None or not ours:
            return
        for index in self.mark_formats():
            self.part.set_attributes(self.cell_formats[index], xfId=0)
        for item in ours:
            self.part.drop(item)
        if "count" in box.attributes:
            self.part.set_attributes(box, count=int(box.attributes["count"]) - len(ours))

    # ---- formats of a sheet of ours

    def graft(self, source: bytes) -> list[int]:
        """Take over all formats of another styles part; return their new indexes in order."""
        other = Styles(XmlPart(source))
        shifts = {
            kind: self._take_over(other, container, item)
            for kind, container, item in (
                ("fontId", "fonts", "font"),
                ("fillId", "fills", "fill"),
                ("borderId", "borders", "border"),
            )
        }
        formats = self._take_over_formats(other)
        indexes = []
        for xf in other.cell_formats:
            values = {kind: str(shift + int(xf.attributes[kind])) for kind, shift in shifts.items()}
            number = int(xf.attributes["numFmtId"])
            values |= {"numFmtId": str(formats.get(number, number)), "xfId": "0"}
            copy = with_attributes(other.part.tag(xf), values) + other.part.data[xf.opened : xf.end]
            indexes.append(self._append("cellXfs", "xf", copy))
        return indexes

    def _take_over(self, other: "Styles", container: str, item: str) -> int:
        indexes = [
            self._append(container, item, other.part.raw(element))
            for element in other._items(container, item)
        ]
        return indexes[0]

    def _take_over_formats(self, other: "Styles") -> dict[int, int]:
        """Number formats that are not built in: their identifier there → here."""
        known = [int(item.attributes.get("numFmtId", "0")) for item in self._items("numFmts", "numFmt")]
        free = max([_FIRST_FREE_FORMAT, *(number + 1 for number in known)])
        formats: dict[int, int] = {}
        for item in other._items("numFmts", "numFmt"):
            formats[int(item.attributes["numFmtId"])] = free
            code = attribute("numFmtId", free) + attribute("formatCode", item.attributes["formatCode"])
            self._append("numFmts", "numFmt", b"<numFmt" + code + b"/>")
            free += 1
        return formats


def _in_main_space(part: XmlPart, fragment: bytes) -> bytes:
    """A fragment written without prefix, made to belong to the part's namespace."""
    if not part.prefix(part.root):
        return fragment
    end = min(at for mark in (b" ", b">", b"/") if (at := fragment.find(mark)) > 0)
    return fragment[:end] + attribute("xmlns", MAIN) + fragment[end:]


def _solid(colour: Element | None) -> Fill:
    given = colour.attributes if colour else {}
    if "rgb" in given and len(given["rgb"]) in {6, 8}:
        return Fill("solid", rgb=given["rgb"][-6:].upper())
    if given.get("theme", "").isdecimal():
        return Fill("solid", theme=int(given["theme"]), tint=float(given.get("tint", "0")))
    return Fill("other")
