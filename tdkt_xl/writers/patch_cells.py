"""Cells of one worksheet part under change: values and styles of the named cells, nothing else."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal

from tdkt_xl.findings import column_letters
from tdkt_xl.writers.patch_styles import MAIN, Restyle
from tdkt_xl.writers.row_gaps import Gap, row_gaps
from tdkt_xl.writers.xml_spans import (
    Element,
    Keep,
    XmlPart,
    attribute,
    element_text,
    odd,
    with_attributes,
)

Position = tuple[int, int]
"""Excel row and column, both 1-based."""
CellContent = str | int | float | bool | Decimal | None
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class NewValue:
    """What a cell shall hold. A formula is in the way unless ``drop_formula``."""

    content: CellContent
    drop_formula: bool = False


@dataclass(slots=True)
class CellChange:
    """Everything asked for one cell."""

    value: NewValue | None = None
    result: Decimal | None = None
    style: Restyle = field(default_factory=Restyle)


def position_of(reference: str) -> Position | None:
    """Row and column of an address (B3 → 3, 2); None when it is none."""
    found = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def area_of(reference: str) -> tuple[Position, Position] | None:
    """Corners of a range (A1:B2, or one cell)."""
    first, _, last = reference.partition(":")
    top, bottom = position_of(first), position_of(last or first)
    return (top, bottom) if top and bottom else None


class RowKeeper(Keep):
    """Keep the structure of a worksheet and only the cells of the wanted rows.

    Rows that are not wanted are left out, or kept without their cells where the part is parsed whole.
    """

    def __init__(self, rows: frozenset[int]) -> None:
        self._rows = rows
        self._row = 0

    def wants(self, element: Element) -> bool:
        """See Keep."""
        if element.space != MAIN:
            return True
        if element.name == "row":
            self._row = int(element.attributes.get("r", self._row + 1))
        elif element.name == "c":
            return self._row in self._rows
        return True

    def gaps(self, data: bytes) -> list[Gap]:
        """See Keep."""
        return row_gaps(data, self._rows)


class SheetCells:
    """The cells of a worksheet part; its tree holds the cells of the rows it was read for."""

    def __init__(self, part: XmlPart) -> None:
        self.part = part
        if part.root.space != MAIN or part.root.name != "worksheet":
            raise odd("một trang ghi lạ")
        data = part.root.first("sheetData")
        if data is None:
            raise odd("một trang không có vùng ô")
        self._data = data
        self._rows: dict[int, Element] = {}
        number = 0
        for element in data.all("row"):
            number = int(element.attributes.get("r", number + 1))
            self._rows[number] = element
        self._corners = dict(self._merged())

    def _merged(self) -> list[tuple[Position, Position]]:
        """Areas of merged cells: bottom right by top left."""
        box = self.part.root.first("mergeCells")
        areas = [area_of(item.attributes.get("ref", "")) for item in (box.all("mergeCell") if box else ())]
        return [area for area in areas if area]

    def anchor(self, position: Position) -> Position:
        """The cell that shows what this one holds: the first cell of a merged area, else itself."""
        row, column = position
        for (top, left), (bottom, right) in self._corners.items():
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return position

    def _cells(self, row: Element) -> list[tuple[int, Element]]:
        cells, column = [], 0
        for cell in row.all("c"):
            place = position_of(cell.attributes.get("r", ""))
            column = place[1] if place else column + 1
            cells.append((column, cell))
        return cells

    def cell(self, position: Position) -> Element | None:
        """The element of a cell, or None when the sheet has none there."""
        row = self._rows.get(position[0])
        return next((cell for at, cell in self._cells(row) if at == position[1]), None) if row else None

    def style_at(self, position: Position) -> int:
        """The index of the format a cell shows, that of its row or column when it has no element."""
        cell, row = self.cell(position), self._rows.get(position[0])
        if cell is not None:
            return int(cell.attributes.get("s", "0"))
        if row is not None and row.attributes.get("customFormat") in {"1", "true"}:
            return int(row.attributes.get("s", "0"))
        columns = self.part.root.first("cols")
        for span in columns.all("col") if columns else ():
            if int(span.attributes["min"]) <= position[1] <= int(span.attributes["max"]):
                return int(span.attributes.get("style", "0"))
        return 0

    def is_bare(self, position: Position) -> bool:
        """Tell a cell that holds nothing."""
        cell = self.cell(position)
        return cell is not None and not cell.children

    # ---- changes

    def change(
        self, changes: dict[Position, CellChange], restyled: Callable[[int, Restyle], int]
    ) -> list[Position]:
        """Change the cells, each of which passed ``refusal``; returns those that lost a formula."""
        lost = []
        for row, found in _by_row(changes).items():
            element = self._rows.get(row)
            new: list[tuple[int, bytes]] = []
            for position, change in found:
                style = restyled(self.style_at(position), change.style)
                cell = self.cell(position)
                if cell is None:
                    new.append((position[1], self._new_cell(position, change, style)))
                    continue
                if change.value is not None and cell.first("f") is not None:
                    lost.append(position)
                self._change_cell(cell, change, style)
            self._insert(row, element, new)
        return lost

    def remove_bare(self, positions: Collection[Position]) -> None:
        """Take cells that hold nothing out of the sheet, and rows that then are as if never touched."""
        for number in {row for row, _ in positions}:
            row = self._rows[number]
            cells = self._cells(row)
            gone = [cell for column, cell in cells if (number, column) in positions]
            shaped = {"customHeight", "hidden", "customFormat"} & {
                name for name, value in row.attributes.items() if value in {"1", "true"}
            }
            for element in gone if shaped or len(gone) < len(cells) else [row]:
                self.part.drop(element)

    def refusal(self, position: Position, value: NewValue) -> str:
        """Why the value of a cell cannot be replaced, as a Vietnamese phrase; "" when it can."""
        cell = self.cell(position)
        formula = cell.first("f") if cell is not None else None
        if self.anchor(position) != position:
            return "ô nằm trong vùng gộp"
        if formula is None:
            return ""
        if not value.drop_formula:
            return "ô là công thức"
        kind, reference = formula.attributes.get("t", "normal"), formula.attributes.get("ref", "")
        alone = {"normal": True, "shared": not reference, "array": ":" not in reference}
        return "" if alone.get(kind) else "công thức của ô dùng chung cho nhiều ô"

    def _set_result(self, cell: Element, result: Decimal) -> bool:
        """Put a number in place of the stored result of a formula; tell whether there was one."""
        stored = cell.first("v")
        if stored is None or cell.first("f") is None:
            return False
        prefix = self.part.prefix(stored)
        self.part.replace(stored.start, stored.end, f"<{prefix}v>{result:f}</{prefix}v>".encode())
        return True

    def _change_cell(self, cell: Element, change: CellChange, style: int) -> None:
        values: dict[str, str | None] = {}
        if style != int(cell.attributes.get("s", "0")):
            values["s"] = str(style)
        if change.value is None:
            if change.result is not None and self._set_result(cell, change.result):
                values |= {"t": None}
            if values:
                self.part.set_attributes(cell, **values)
            return
        kind, body = _stored(change.value.content, self.part.prefix(cell))
        values |= {"t": kind, "cm": None, "vm": None}
        tag = with_attributes(self.part.tag(cell), values)
        self.part.replace(cell.start, cell.end, _closed(tag, body, self.part.prefix(cell) + "c"))

    def _new_cell(self, position: Position, change: CellChange, style: int) -> bytes:
        prefix = self.part.prefix(self._data)
        kind, body = _stored(change.value.content if change.value else None, prefix)
        tag = f"<{prefix}c".encode() + attribute("r", f"{column_letters(position[1])}{position[0]}")
        tag += attribute("s", style) if style else b""
        tag += attribute("t", kind) if kind else b""
        return _closed(tag + b"/>", body, f"{prefix}c")

    def _insert(self, number: int, row: Element | None, cells: list[tuple[int, bytes]]) -> None:
        """Put new cells, given in order of their columns, into a row, which is made when missing."""
        if not cells:
            return
        if row is None:
            prefix = self.part.prefix(self._data)
            made = f'<{prefix}row r="{number}">'.encode() + b"".join(cell for _, cell in cells)
            made += f"</{prefix}row>".encode()
            after = next((element for at, element in self._rows.items() if at > number), None)
            if after is not None:
                self.part.replace(after.start, after.start, made)
            else:
                self.part.append(self._data, made)
            return
        known = self._cells(row)
        first, _, last = row.attributes.get("spans", "").partition(":")
        if last and not all(int(first) <= column <= int(last) for column, _ in cells):
            self.part.set_attributes(row, spans=None)  # a hint that would be wrong now
        for column, cell in cells:
            later = next((element for at, element in known if at > column), None)
            if later is not None:
                self.part.replace(later.start, later.start, cell)
            else:
                self.part.append(row, cell)


def _by_row(changes: dict[Position, CellChange]) -> dict[int, list[tuple[Position, CellChange]]]:
    rows: dict[int, list[tuple[Position, CellChange]]] = {}
    for position in sorted(changes):
        rows.setdefault(position[0], []).append((position, changes[position]))
    return rows


def _stored(content: CellContent, prefix: str) -> tuple[str | None, bytes]:
    """Type and content of a cell; text is kept beside the cell, so that shared strings stay as they are."""
    if content is None or content == "":
        return None, b""
    if isinstance(content, str):
        if len(content.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            raise odd("có chữ dài hơn một ô Excel giữ được")
        text = element_text(content)
        return "inlineStr", b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (
            *(prefix.encode(),) * 2,
            text,
            *(prefix.encode(),) * 2,
        )
    if isinstance(content, bool):
        return "b", f"<{prefix}v>{int(content)}</{prefix}v>".encode()
    number = f"{content:f}" if isinstance(content, Decimal) else repr(content)
    return None, f"<{prefix}v>{number}</{prefix}v>".encode()


def _closed(tag: bytes, body: bytes, name: str) -> bytes:
    """An element from its start tag: one tag when it holds nothing."""
    bare = tag[: -2 if tag.endswith(b"/>") else -1].rstrip()
    return bare + (b"/>" if not body else b">" + body + f"</{name}>".encode())
