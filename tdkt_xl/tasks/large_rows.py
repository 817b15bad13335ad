"""The rows of a large result, from the tables beside tong-hop-lon.xlsx: only those of what is asked about."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import say
from tdkt_xl.readers.result_book import read_result_sheets
from tdkt_xl.readers.table_files import Values, read_table
from tdkt_xl.tables.layout import SheetLayout, load_layout
from tdkt_xl.tables.locate import Table, find_table
from tdkt_xl.tasks.executors import require
from tdkt_xl.tasks.manifest import digest_of
from tdkt_xl.vietnamese.text import comparison_key, tidy
from tdkt_xl.writers.score_parts import COLUMNS, DECISIONS, FINDINGS, RANKING, SCORES, SOURCES

_LAYOUT = load_layout("tong-hop-lon")
_PARTS = _LAYOUT.sheet("parts")
_TABLES = {"scores": SCORES, "findings": FINDINGS, "decisions": DECISIONS, "sources": SOURCES}
"""Sheet of a small result → table of a large one."""
_CHOSEN_BY = {"scores": "unit", "findings": "sheet", "decisions": "cluster", "sources": "path"}
Row = dict[str, str]


class LargeRows:
    """The rows of a large result, as texts; numbers as Vietnamese readers write them."""

    def __init__(self, book: Path) -> None:
        self._book = book

    def rows(self, sheet: str, values: Collection[str] = ()) -> Iterator[Row]:
        """The rows of a sheet of a small result, by the tables: only those about the ``values``.

        Of the ranking, ``values`` are comparison keys of a unit's code or name; the rows are those of its
        whole clusters, or of units with a name like it when there is none. Raises TdktError KT-870.
        """
        if sheet == "ranking":
            yield from self._ranking(values)
            return
        table = _TABLES[sheet]
        for row in read_table(self._files(table), list(COLUMNS[table]), {_CHOSEN_BY[sheet]: values}):
            yield _shown(row)

    def table(self, name: str, columns: Sequence[str] = ()) -> Iterator[Values]:
        """Every row of a table, points exact. Raises TdktError KT-870."""
        return read_table(self._files(name), columns or list(COLUMNS[name]))

    def sheet(self, layout: SheetLayout) -> Table:
        """A sheet of the workbook itself. Raises TdktError KT-806 when it is not there."""
        grid = read_result_sheets(self._book, [layout.name]).get(layout.name)
        table = find_table(grid, [layout]).value if grid else None
        if table is None:
            reason = f": thiếu trang {layout.name}"
            raise TdktError(machine.NOT_CONSOLIDATED_BOOK, path=str(self._book), reason=reason)
        return table

    def _ranking(self, wanted: Collection[str]) -> Iterator[Row]:
        files = self._files(RANKING)
        clusters: set[str] = set()
        near: set[str] = set()
        for row in read_table(files, ["cluster", "unit_code", "unit"]):
            name = comparison_key(str(row["unit"] or ""))
            if name in wanted or comparison_key(str(row["unit_code"] or "")) in wanted:
                clusters.add(str(row["cluster"] or ""))
            elif not clusters and any(text and text in name for text in wanted):
                near.add(str(row["unit"]))
        chosen = {"cluster": clusters} if clusters else {"unit": near}
        for row in read_table(files, list(COLUMNS[RANKING]), chosen):
            yield _shown(row)

    def _files(self, table: str) -> list[Path]:
        """The files of a table, each with the digest the workbook names. Raises TdktError KT-870."""
        files = []
        for name, digest in self._parts.items():
            if name.startswith(f"{table}/"):
                path = self._book.parent / name
                if not path.is_file():
                    raise TdktError(machine.RESULT_TABLE_CHANGED, path=name, reason="không còn ở chỗ cũ")
                if digest_of(path) != digest:
                    raise TdktError(machine.RESULT_TABLE_CHANGED, path=name, reason="đã đổi sau khi tổng hợp")
                files.append(path)
        return files

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """Path below the result → digest. Raises TdktError KT-801, KT-806."""
        table = self.sheet(_PARTS)
        return {table.text(row, "path"): table.text(row, "sha256") for row in table.rows()}


def read_large(book: Path) -> LargeRows | None:
    """The rows of the workbook of a large result; None for any other. Raises TdktError KT-862."""
    if not (book.is_file() and book.stem.startswith(_LAYOUT.id)):
        return None
    require("polars")
    return LargeRows(book)


def _shown(row: Mapping[str, object]) -> Row:
    """A row as the sheet of a small result shows it."""
    shown = {name: _text(value) for name, value in row.items()}
    if "decided" in shown:
        shown["tied"] = tied_words(row)
        del shown["decided"]
    shown["row"] = "".join(letter for letter in shown.get("cell", "") if letter.isdigit())
    return shown


def tied_words(row: Values) -> str:
    """How the sheet of a small result says that a rank is shared, or was decided."""
    return "đồng hạng" if row["tied"] else "theo quyết định" if row["decided"] else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    return say(value) if isinstance(value, (Decimal, int)) else tidy(str(value))
