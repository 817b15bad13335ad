"""Parquet files of a result too large for one workbook: each written whole or not at all."""

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from typing import Any

from tdkt_xl.writers.score_parts import COLUMNS, PLACES, POINTS, TEXT, WHOLE, Row


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A parquet file of a result: where it lies below the result folder, its rows, its digest."""

    path: str
    rows: int
    sha256: str


def write_part(out: Path, table: str, number: int, rows: Sequence[Row]) -> WrittenPart:
    """Write one part of a table, whole or not at all: ``out/TABLE/phan-00001.parquet``.

    The same rows give the same bytes with the same libraries. Raises ValueError for points with more
    than fifteen decimal places, which no rule of rounding leaves.
    """
    import polars

    types: dict[str, Any] = {TEXT: polars.String, WHOLE: polars.Int64, POINTS: polars.Decimal(38, PLACES)}
    columns = COLUMNS[table]
    frame = polars.DataFrame(
        {name: [_exact(row.get(name)) for row in rows] for name in columns},
        schema={name: types[kind] for name, kind in columns.items()},
    )
    return _write(out, f"{table}/phan-{number:05}.parquet", frame)


def keep_files(out: Path, part: WrittenPart, files: Collection[str]) -> WrittenPart:
    """Leave in a written part only the rows that come from these files."""
    import polars

    frame = polars.read_parquet(out / part.path)
    left = frame.filter(polars.col("file").is_in(sorted(files)))
    return part if left.height == frame.height else _write(out, part.path, left)


def _write(out: Path, name: str, frame: Any) -> WrittenPart:
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            frame.write_parquet(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    with path.open("rb") as written:
        digest = file_digest(written, "sha256").hexdigest()
    return WrittenPart(name, frame.height, digest)


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -PLACES:
            msg = f"{value} does not fit {PLACES} decimal places"
            raise ValueError(msg)
    return value
