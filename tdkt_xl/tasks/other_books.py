"""Tell the other standard workbooks among the received files, without loading what reads them."""

from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_stamp, find_table
from tdkt_xl.vietnamese.text import comparison_key

_MASTER = load_layout("danh-muc")
_PEOPLE = load_layout("ho-so-khen-thuong").sheet("people")


def holds_master_data(book: ReceivedBook) -> bool:
    """Tell whether a workbook is master data, or at least a criteria catalogue.

    A sheet's name is not enough (units name their scoring sheet "Tiêu chí" too): its headings or its
    version stamp must be the master data's.
    """
    wanted = {comparison_key(sheet.name): sheet for sheet in map(_MASTER.sheet, ("units", "criteria"))}
    for grid in book.grids:
        sheet = wanted.get(comparison_key(grid.sheet))
        if sheet and (find_stamp(grid, 4) or ("",))[0] == sheet.form:
            return True
        if sheet and find_table(grid, [sheet]).value is not None:
            return True
    return False


def holds_people(book: ReceivedBook) -> bool:
    """Tell a workbook of people by the version stamp or the headings of its sheet of people."""
    for grid in book.grids:
        if (find_stamp(grid, 4) or ("",))[0] == _PEOPLE.form:
            return True
        if comparison_key(grid.sheet) == comparison_key(_PEOPLE.name) and find_table(grid, [_PEOPLE]).value:
            return True
    return False
