"""Sheets of a workbook under change: find them, add one at the end, take one away."""

import re
from dataclasses import dataclass

from tdkt_xl.findings.codes.copies import STRICT_BOOK
from tdkt_xl.writers.package_edit import OFFICE, Link, Package
from tdkt_xl.writers.patch_styles import EMPTY_STYLES, MAIN, Styles
from tdkt_xl.writers.xml_spans import (
    Element,
    NotPatchableError,
    attribute,
    element_text,
    odd,
)

_STRICT = "http://purl.oclc.org/ooxml/"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_AFTER_NAMES = frozenset(
    [
        "calcPr",
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    ]
)
_STYLE = re.compile(rb'(<(?:c|row|col)\b[^>]*? (?:s|style)=")(\d+)(")')
_SHARED = re.compile(rb'(<c\b[^>]*?) t="s"([^>]*)><v>(\d+)</v></c>')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its place in the order, its name and its part ("" for a chart sheet)."""

    index: int
    name: str
    part: str
    element: Element


class WorkbookSheets:
    """The workbook part with its sheets."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles: Styles | None = None
        main = next((link for link in package.links("") if link.kind == "officeDocument"), None)
        if main is None:
            raise odd("tệp không có phần mục lục sổ")
        self.main = main.target
        self.part = package.xml(self.main)
        if self.part.root.space.startswith(_STRICT):
            raise NotPatchableError(STRICT_BOOK)
        box = self.part.root.first("sheets")
        if self.part.root.space != MAIN or box is None:
            raise odd("phần mục lục sổ ghi lạ")
        self._box = box
        self._links = {link.id: link for link in package.links(self.main)}
        self.sheets = tuple(self._sheet(index, item) for index, item in enumerate(box.all("sheet")))

    def _sheet(self, index: int, element: Element) -> SheetPart:
        link = self._links.get(element.attributes.get(f"{OFFICE} id", ""))
        part = link.target if link and link.kind == "worksheet" and not link.external else ""
        return SheetPart(index, element.attributes.get("name", ""), part, element)

    def find(self, name: str) -> SheetPart | None:
        """The worksheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name and sheet.part), None)

    def link(self, kind: str) -> Link | None:
        """The first relationship of that kind."""
        return self._package.link(self.main, kind)

    @property
    def styles(self) -> Styles:
        """The styles of the workbook, made when it has none."""
        if self._styles is None:
            self._styles = self._open_styles()
        return self._styles

    def finish_styles(self) -> None:
        """Complete the styles, if any were asked for."""
        if self._styles is not None:
            self._styles.finish()

    def _open_styles(self) -> Styles:
        found = self.link("styles")
        if found is not None:
            return Styles(self._package.xml(found.target))
        usual = "xl/styles.xml"  # openpyxl looks nowhere else
        name = self._package.free_name("xl/styles{}.xml") if self._package.holds(usual) else usual
        self._package.add(name, EMPTY_STYLES, _STYLES_TYPE)
        self._package.add_link(self.main, "styles", name)
        return Styles(self._package.xml(name))

    def sheet_id(self, sheet: SheetPart) -> str:
        """The number by which the calculation chain knows a sheet."""
        return sheet.element.attributes.get("sheetId", "")

    def recalculate_when_opened(self) -> None:
        """Set the switch by which Excel computes every formula when it opens the workbook."""
        calculation = self.part.root.first("calcPr")
        if calculation is not None:
            self.part.set_attributes(calculation, fullCalcOnLoad="1")
            return
        made = f'<{self.part.prefix(self.part.root)}calcPr fullCalcOnLoad="1"/>'.encode()
        after = next((item for item in self.part.root.children if item.name in _AFTER_NAMES), None)
        if after is None:
            self.part.append(self.part.root, made)
        else:
            self.part.replace(after.start, after.start, made)

    # ---- adding

    def add_last(self, source: bytes, name: str) -> None:
        """Add the first sheet of a workbook of ours as the last one, with its look and page set-up.

        ``source`` was written by writers/book.py: no pictures, no charts, links inside the workbook only.
        """
        theirs = Package(source)
        book = WorkbookSheets(theirs)
        look = book.link("styles")
        sheet = theirs.read(book.sheets[0].part)
        assert look is not None
        assert sheet is not None
        formats = self.styles.graft(theirs.read(look.target) or b"")
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        content = _with_own_texts(_with_formats(_not_selected(sheet), formats), _texts(theirs, book))
        self._package.add(part, content, _SHEET_TYPE)
        id_ = self._package.add_link(self.main, "worksheet", part)
        number = 1 + max(int(item.element.attributes.get("sheetId", "0")) for item in self.sheets)
        prefix = self.part.prefix(self._box)
        head = f"<{prefix}sheet".encode() + attribute("name", name) + attribute("sheetId", number)
        self.part.append(self._box, head + f' xmlns:r="{OFFICE}" r:id="{id_}"/>'.encode())
        self._add_names(book, name)

    def _add_names(self, source: "WorkbookSheets", sheet_name: str) -> None:
        """Take over what is printed and repeated, which Excel keeps as names of the sheet."""
        theirs = source.part.root.first("definedNames")
        quoted = sheet_name.replace("'", "''")
        old = re.compile(r"(?:'(?:[^']|'')*'|[^'!,]+)!")
        prefix = self.part.prefix(self.part.root)
        made = []
        for item in theirs.all("definedName") if theirs else ():
            text = old.sub(lambda _: f"'{quoted}'!", item.text)
            given = {**item.attributes, "localSheetId": str(len(self.sheets))}
            head = b"".join(attribute(name, value) for name, value in given.items())
            made.append(f"<{prefix}definedName".encode() + head + b">" + element_text(text))
            made.append(f"</{prefix}definedName>".encode())
        if not made:
            return
        names = self.part.root.first("definedNames")
        if names is not None:
            self.part.append(names, b"".join(made))
            return
        whole = f"<{prefix}definedNames>".encode() + b"".join(made) + f"</{prefix}definedNames>".encode()
        after = next((item for item in self.part.root.children if item.name in _AFTER_NAMES), None)
        if after is not None:
            self.part.replace(after.start, after.start, whole)
        else:
            self.part.append(self.part.root, whole)

    # ---- taking away

    def remove(self, sheet: SheetPart) -> None:
        """Take one sheet away, with its part, its names and what only it refers to."""
        link = self._links[sheet.element.attributes[f"{OFFICE} id"]]
        for own in self._package.links(sheet.part):
            if not own.external and self._users(own.target) == 1:
                self._package.remove(own.target)
        self._package.remove(sheet.part)
        self._package.drop_link(self.main, link)
        self.part.drop(sheet.element)
        self._renumber(sheet.index)

    def _users(self, target: str) -> int:
        """How many parts refer to one."""
        sources = [sheet.part for sheet in self.sheets if sheet.part]
        return sum(link.target == target for part in sources for link in self._package.links(part))

    def _renumber(self, index: int) -> None:
        """Close the gap a sheet leaves in what counts sheets: names of a sheet, the tab shown first."""
        names = self.part.root.first("definedNames")
        own = names.all("definedName") if names else []
        gone = [item for item in own if item.attributes.get("localSheetId") == str(index)]
        if names is not None and len(gone) == len(own):
            self.part.drop(names)
            own = []
        for item in own:
            number = item.attributes.get("localSheetId")
            if item in gone:
                self.part.drop(item)
            elif number is not None and int(number) > index:
                self.part.set_attributes(item, localSheetId=int(number) - 1)
        views = self.part.root.first("bookViews")
        for view in views.all("workbookView") if views else ():
            for name in ("activeTab", "firstSheet"):
                number = view.attributes.get(name)
                if number is not None and int(number) >= index and int(number) > 0:
                    self.part.set_attributes(view, **{name: int(number) - 1})

    def forget_formulas(self, lost: dict[str, set[str]]) -> None:
        """Take cells (sheetId → addresses) out of the calculation chain."""
        link = self.link("calcChain")
        if link is None or not any(lost.values()):
            return
        part = self._package.xml(link.target)
        sheet, told = "", ""
        cells = part.root.all("c")
        gone = []
        for cell in cells:
            sheet = cell.attributes.get("i", sheet)
            if cell.attributes.get("r", "") in lost.get(sheet, ()):
                gone.append(cell)
                part.drop(cell)
                continue
            if sheet != told and "i" not in cell.attributes:
                part.set_attributes(cell, i=sheet)
            told = sheet
        if len(gone) == len(cells):  # an empty chain is not valid
            self._package.remove(link.target)
            self._package.drop_link(self.main, link)


def _not_selected(sheet: bytes) -> bytes:
    """Two selected sheets would be edited together."""
    return sheet.replace(b' tabSelected="1"', b"", 1)


def _with_formats(sheet: bytes, formats: list[int]) -> bytes:
    return _STYLE.sub(lambda found: found[1] + str(formats[int(found[2])]).encode() + found[3], sheet)


def _texts(package: Package, book: WorkbookSheets) -> list[bytes]:
    """The content of each shared string."""
    link = book.link("sharedStrings")
    if link is None:
        return []
    part = package.xml(link.target)
    return [part.data[item.opened : item.closing] for item in part.root.all("si")]


def _with_own_texts(sheet: bytes, texts: list[bytes]) -> bytes:
    """The sheet with its strings in the cells."""
    return _SHARED.sub(
        lambda found: b'%b t="inlineStr"%b><is>%b</is></c>' % (found[1], found[2], texts[int(found[3])]),
        sheet,
    )
