"""Results too many for one workbook: tables in parquet files, one per part of the round."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from typing import Any

from tdkt_xl.domain.scores import Origin, ScoreLine
from tdkt_xl.domain.standings import ClusterStandings, Standing
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.render import fix, message

_PLACES = 15
_POINTS = f"decimal({_PLACES})"
_TEXT, _WHOLE = "text", "whole"
_SOURCE = {"file": _TEXT, "sheet": _TEXT, "cell": _TEXT}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "diem-chi-tiet": {
        "cluster": _TEXT,
        "unit_code": _TEXT,
        "unit": _TEXT,
        "path": _TEXT,
        "maximum": _POINTS,
        "self_score": _POINTS,
        "cluster_score": _POINTS,
        "appraised_score": _POINTS,
        "final": _POINTS,
        "origin": _TEXT,
        "reason": _TEXT,
        **_SOURCE,
    },
    "xep-hang": {
        "cluster": _TEXT,
        "cluster_name": _TEXT,
        "period": _TEXT,
        "unit_code": _TEXT,
        "unit": _TEXT,
        "rank": _WHOLE,
        "tied": _WHOLE,
        "total": _POINTS,
        "base": _POINTS,
        "self_total": _POINTS,
        "band": _TEXT,
        "state": _TEXT,
        **_SOURCE,
    },
    "ket-qua-kiem-tra": {
        "severity": _TEXT,
        "code": _TEXT,
        **_SOURCE,
        "message": _TEXT,
        "fix": _TEXT,
    },
}
"""Tables of a large round and the types of their columns; points are exact decimals of 15 places."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A parquet file of a result: where it lies below the result folder, its rows, its digest."""

    path: str
    rows: int
    sha256: str


def score_rows(clusters: Iterable[ClusterStandings]) -> list[Row]:
    """Every score with its cell, as the detail sheet of a workbook would list it."""
    rows: list[Row] = []
    for cluster in clusters:
        for item in cluster.standings:
            rows += [_line_row(cluster.code, item, line) for line in item.sheet.lines] if item.sheet else []
            decided = dict(item.wide.settled) if item.wide else {}
            for path, cell in item.wide.cells if item.wide else ():
                rows.append(
                    {
                        **_unit(cluster.code, item),
                        "path": path,
                        "cluster_score": None if path in decided else cell.value,
                        "final": cell.value,
                        "origin": (Origin.DECIDED if path in decided else Origin.CLUSTER).value,
                        **_source(cell.place),
                    }
                )
    return rows


def _unit(cluster: str, item: Standing) -> dict[str, object]:
    return {"cluster": cluster, "unit_code": item.unit_code, "unit": item.unit_name}


def _source(place: Place) -> dict[str, object]:
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell}


def _line_row(cluster: str, item: Standing, line: ScoreLine) -> Row:
    return {
        **_unit(cluster, item),
        "path": line.criterion.path,
        "maximum": line.criterion.maximum,
        "self_score": line.self_score.value,
        "cluster_score": line.cluster_score.value,
        "appraised_score": line.appraised_score.value,
        "final": line.final.value,
        "origin": line.origin.value,
        "reason": line.reason.text,
        **_source(line.final.place),
    }


def ranking_rows(clusters: Iterable[ClusterStandings]) -> Iterator[Row]:
    """Every unit with its total and rank."""
    for cluster in clusters:
        for item in cluster.standings:
            yield {
                **_unit(cluster.code, item),
                "cluster_name": cluster.name,
                "period": cluster.period.key if cluster.period else "",
                "rank": item.rank,
                "tied": int(item.tied),
                "total": item.total,
                "base": item.base,
                "self_total": item.self_total,
                "band": item.band,
                "state": item.state.value,
                **_source(item.place),
            }


def finding_rows(findings: Iterable[Finding]) -> Iterator[Row]:
    """Every finding in words."""
    for finding in findings:
        yield {
            "severity": finding.severity.label,
            "code": finding.code.id,
            **_source(finding.place),
            "message": message(finding),
            "fix": fix(finding),
        }


def write_part(out: Path, table: str, number: int, rows: Sequence[Row]) -> WrittenPart:
    """Write one part of a table, whole or not at all: ``out/TABLE/phan-00001.parquet``.

    The same rows give the same bytes with the same libraries. Raises ValueError for points with more
    than fifteen decimal places, which no rule of rounding leaves.
    """
    import polars

    types: dict[str, Any] = {_TEXT: polars.String, _WHOLE: polars.Int64, _POINTS: polars.Decimal(38, _PLACES)}
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
        if not isinstance(exponent, int) or exponent < -_PLACES:
            msg = f"{value} does not fit {_PLACES} decimal places"
            raise ValueError(msg)
    return value
