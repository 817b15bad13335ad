"""Describe a workbook line by line, so that two can be compared by meaning.

Ignored, because no reader of the workbook can tell: the order and compression of the parts in the
package, the order of XML attributes and of shared strings and styles, the theme, the calculation
chain, the time of creation.
"""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def dump(content: bytes) -> list[str]:
    """Return every sheet, cell, format, merge, validation, protection and print setting as lines."""
    formulas = openpyxl.load_workbook(BytesIO(content))
    values = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return [*_book(formulas), *(line for sheet in formulas for line in _sheet(sheet, values[sheet.title]))]


def assert_same_workbook(found: bytes, expected: bytes) -> None:
    """Compare two workbooks: by bytes, and where these differ (another zlib) by meaning."""
    if found != expected:
        assert dump(found) == dump(expected)


def _book(book: Workbook) -> Iterator[str]:
    yield f"title {book.properties.title!r} by {book.properties.creator!r}"
    yield f"sheets {[(sheet.title, sheet.sheet_state) for sheet in book]}"
    yield from sorted(f"name {name} = {item.value}" for name, item in book.defined_names.items())


def _sheet(sheet: Worksheet, values: Worksheet) -> Iterator[str]:
    def line(*parts: object) -> str:
        return " ".join((sheet.title, *(str(part) for part in parts)))

    setup, view, header = sheet.page_setup, sheet.sheet_view, sheet.HeaderFooter
    yield line("size", sheet.dimensions, "frozen", sheet.freeze_panes, "grid", view.showGridLines)
    yield line("paper", setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight, setup.scale)
    yield line("fit", sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    margins = sheet.page_margins
    yield line("margins", margins.left, margins.right, margins.top, margins.bottom, margins.header)
    yield line("print", sheet.print_area, sheet.print_title_rows, sheet.print_title_cols)
    yield line("centre", sheet.print_options.horizontalCentered, "breaks", len(sheet.row_breaks.brk))
    yield line("header", header.oddHeader.center.text, header.differentFirst, header.firstHeader.center.text)
    lock = sheet.protection
    yield line("protection", sorted((name, getattr(lock, name)) for name in lock.__attrs__))
    yield from sorted(line("merge", area) for area in sheet.merged_cells.ranges)
    yield from sorted(
        line("validation", rule.sqref, rule.type, rule.operator, rule.formula1, rule.formula2, rule.error)
        for rule in sheet.data_validations.dataValidation
    )
    yield from sorted(line("name", name, item.value) for name, item in sheet.defined_names.items())
    yield line("filter", sheet.auto_filter.ref)
    for letters, column in sorted(sheet.column_dimensions.items()):
        yield line("column", letters, column.width, column.hidden)
    for number, row in sorted(sheet.row_dimensions.items()):
        yield line("row", number, row.height, row.hidden)
    for chart in sheet._charts:
        yield line("chart", type(chart).__name__, [series.val.numRef.f for series in chart.series])
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None or cell.has_style:
                yield line(cell.coordinate, *_cell(cell), repr(values[cell.coordinate].value))


def _cell(cell: Cell | MergedCell) -> Iterator[object]:
    yield repr(cell.value)
    yield cell.data_type
    yield cell.number_format
    font, fill, box, place = cell.font, cell.fill, cell.border, cell.alignment
    yield (font.name, font.sz, font.b, font.i, font.u, font.color and font.color.rgb)
    yield (fill.fill_type, fill.fgColor.rgb)
    yield (box.left.style, box.right.style, box.top.style, box.bottom.style)
    yield (place.horizontal, place.vertical, place.wrap_text, place.indent)
    yield "locked" if cell.protection.locked else "open"
    if cell.hyperlink:
        yield (cell.hyperlink.target, cell.hyperlink.location)
    if cell.comment:
        yield cell.comment.text
