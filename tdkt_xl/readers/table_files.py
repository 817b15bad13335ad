"""Read chosen rows of a table kept in parquet files, without loading the others."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes.machine import RESULT_TABLE_CHANGED

Values = Mapping[str, object]


def read_table(
    paths: Sequence[Path], columns: Sequence[str], chosen: Mapping[str, Collection[str]] | None = None
) -> Iterator[Values]:
    """Yield the rows whose columns have one of the ``chosen`` texts, in their order.

    Raises TdktError KT-870 for files that are no tables or lack columns, as those of an older version do.
    """
    import polars

    def select(frame: Any) -> Any:
        for name, texts in (chosen or {}).items():
            frame = frame.filter(polars.col(name).is_in(sorted(texts)))
        return frame.select(columns)

    return _collect(paths, select)


def read_repeated(paths: Sequence[Path], key: str) -> Iterator[Values]:
    """Yield the rows whose ``key`` stands in more rows than one; raises as read_table.

    Sorting the keys alone takes a third of the memory that grouping the rows by them does.
    """
    import polars

    def select(frame: Any) -> Any:
        keys = frame.select(key).drop_nulls().collect()[key].sort()
        return frame.filter(polars.col(key).is_in(keys.filter(keys == keys.shift(1)).unique().implode()))

    return _collect(paths, select)


def _collect(paths: Sequence[Path], select: Callable[[Any], Any]) -> Iterator[Values]:
    import polars

    if not paths:
        return
    try:  # no glob: people write [2024] in names of folders
        found: Any = select(polars.scan_parquet(list(paths), glob=False)).collect()
    except (OSError, polars.exceptions.PolarsError) as fault:
        reason = "không đọc được, hoặc do bản phần mềm khác lập"
        raise TdktError(RESULT_TABLE_CHANGED, path=paths[0].parent.name, reason=reason) from fault
    yield from found.iter_rows(named=True)
