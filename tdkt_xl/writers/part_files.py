"""Parquet files of a result too large for one workbook: each written whole or not at all."""

import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from tdkt_xl.writers.publish import put, remove, sweep
from tdkt_xl.writers.score_parts import COLUMNS, PLACES, POINTS, TEXT, WHOLE, Row

_OURS = re.compile(r"phan-\d{5,}\.(?:parquet|\d+\.tmp)")
"""A part, or what version 0.3.0 left of one half-written."""


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A parquet file of a result: where it lies below the result folder, its rows, its digest."""

    path: str
    rows: int
    sha256: str


def write_part(out: Path, table: str, number: int, rows: Sequence[Row]) -> WrittenPart:
    """Write one part of a table, whole or not at all: ``out/TABLE/phan-00001.parquet``.

    The same rows give the same bytes with the same libraries. Raises ValueError for points with more
    than fifteen decimal places, which no rule of rounding leaves, TdktError KT-803 as put does.
    """
    import polars

    types: dict[str, Any] = {TEXT: polars.String, WHOLE: polars.Int64, POINTS: polars.Decimal(38, PLACES)}
    columns = COLUMNS[table]
    frame = polars.DataFrame(
        {
            name: [_exact(row.get(name)) if kind == POINTS else row.get(name) for row in rows]
            for name, kind in columns.items()
        },
        schema={name: types[kind] for name, kind in columns.items()},
    )
    return _write(out, f"{table}/phan-{number:05}.parquet", frame)


def keep_files(out: Path, part: WrittenPart, files: Collection[str]) -> WrittenPart:
    """Leave in a written part only the rows that come from these files."""
    import polars

    # not mapped: a mapped file cannot be replaced; no glob: people write [2024] in names of folders
    frame = polars.read_parquet(out / part.path, glob=False, memory_map=False)
    left = frame.filter(polars.col("file").is_in(sorted(files)))
    return part if left.height == frame.height else _write(out, part.path, left)


def sweep_tables(out: Path) -> None:
    """Remove what a run that was cut off left half-written among the tables; as sweep."""
    for table in COLUMNS:
        sweep(out / table)


def remove_other_parts(out: Path, parts: Iterable[WrittenPart]) -> None:
    """Remove the parts of an earlier, longer result, which would be read as parts of this one.

    And what a process that died in this run left half-written. Raises TdktError KT-803 for a part that
    another program holds.
    """
    sweep_tables(out)
    wanted = {out / part.path for part in parts}
    for table in COLUMNS:
        for path in (out / table).glob("phan-*"):
            if path not in wanted and _OURS.fullmatch(path.name):
                remove(path)
        with suppress(OSError):  # still in use, or never there
            (out / table).rmdir()


def _write(out: Path, name: str, frame: Any) -> WrittenPart:
    buffer = BytesIO()
    frame.write_parquet(buffer)
    content = buffer.getvalue()
    put(content, out / name)
    return WrittenPart(name, frame.height, sha256(content).hexdigest())


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -PLACES:
            msg = f"{value} does not fit {PLACES} decimal places"
            raise ValueError(msg)
    return value
