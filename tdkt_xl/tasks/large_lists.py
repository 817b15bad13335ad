"""The lists of a large result that nominations are judged from, as the sheets of a small result hold them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from tdkt_xl.readers.table_files import Values
from tdkt_xl.tables.grid import CellValue, Grid
from tdkt_xl.tables.layout import SheetLayout, load_layout
from tdkt_xl.tasks.large_rows import LargeRows, tied_words
from tdkt_xl.writers.score_parts import KINDS, PROPOSALS, RANKING

_LAYOUT = load_layout("tong-hop-huyen")
_CLUSTERS = load_layout("tong-hop-lon").sheet("clusters")


def listed_sheets(large: LargeRows) -> Iterator[Grid]:
    """Yield clusters, ranking and proposals. Raises TdktError KT-806, KT-870."""
    clusters = large.sheet(_CLUSTERS)
    yield replace(clusters.grid, sheet=_LAYOUT.sheet("overview").name)
    yield _grid(_LAYOUT.sheet("ranking"), large.table(RANKING))
    proposals = list(large.table(PROPOSALS))
    for sheet_id, kind in KINDS.items():
        yield _grid(_LAYOUT.sheet(sheet_id), (row for row in proposals if row["kind"] == kind))


def _grid(layout: SheetLayout, rows: Iterable[Values]) -> Grid:
    fields = [column.field for column in layout.columns]
    heads = tuple(column.heading for column in layout.columns)
    return Grid(layout.name, layout.name, (heads, *(_cells(row, fields) for row in rows)))


def _cells(row: Values, fields: Iterable[str]) -> tuple[CellValue, ...]:
    line = "".join(letter for letter in str(row["cell"] or "") if letter.isdigit())
    own: dict[str, CellValue] = {"row": int(line) if line else None}
    if "decided" in row:
        own["tied"] = tied_words(row)
    return tuple(own[name] if name in own else _cell(row.get(name)) for name in fields)


def _cell(value: object) -> CellValue:
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, (str, int)) and value != "" else None
