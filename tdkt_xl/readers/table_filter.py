"""Filters of the tables of a worksheet (Insert › Table): each table stands in a part of its own."""

from bisect import bisect_right
from collections.abc import Iterable

from tdkt_xl.readers.reference import merged_range
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes
from tdkt_xl.tables.grid import Range


class TableScan(PartScan):
    """Find the range of a table that has a filter with a condition."""

    part = "phần bảng của trang"

    def __init__(self) -> None:
        super().__init__()
        self.filtered: Range | None = None
        self._area = ""

    def element(self, name: str, pairs: Attributes) -> None:
        """Take the range of the filter, once a column of it has a condition."""
        if name == "autoFilter":
            self._area = attributes(pairs).get("ref", "")
        elif name == "filterColumn":
            self.filtered = merged_range(self._area)


def table_filter(data: bytes) -> Range | None:
    """The range a table part filters, if it does."""
    scan = TableScan()
    scan.scan(data)
    return scan.filtered


def most_hidden(areas: Iterable[Range], hidden_rows: Iterable[int]) -> Range | None:
    """The filtered range with the most hidden rows; a sheet tells of one, the first of several alike."""
    rows = sorted(hidden_rows)
    return max(
        areas,
        key=lambda area: bisect_right(rows, area.bottom) - bisect_right(rows, area.top),
        default=None,
    )
