"""The typed columns a schema checks and the failures it gives back, as they pass between two processes.

Neither needs pandas: the product builds columns and reads failures, a process of its own runs pandera.
"""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from math import nan
from typing import Any


class ColumnKind(Enum):
    """What a column holds, one value a row."""

    NUMBER = "number"
    """A float; None where the check does not apply."""
    FLAG = "flag"
    """A bool."""
    TEXT = "text"
    """A text, or None."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the frame a schema checks."""

    kind: ColumnKind
    values: Sequence[float | bool | str | None]


@dataclass(frozen=True, slots=True)
class FailureCase:
    """One failed value: ``check`` is the code given to the check, or pandera's own name of it."""

    index: int | None
    column: str
    check: str


def encode_columns(schema: str, columns: Mapping[str, Column]) -> bytes:
    """A request: one line that names schema and columns, then the bytes of each column; None becomes NaN."""
    packed = {name: _packed(column) for name, column in columns.items()}
    heads = [[name, columns[name].kind.value, len(data)] for name, data in packed.items()]
    return b"\n".join((json.dumps([schema, heads]).encode(), b"".join(packed.values())))


def decode_columns(request: bytes) -> tuple[str, dict[str, Column]]:
    """The reverse of ``encode_columns``."""
    line, _, data = request.partition(b"\n")
    schema, heads = json.loads(line)
    ends = list(accumulate(size for _, _, size in heads))
    return schema, {
        name: Column(ColumnKind(kind), _unpacked(ColumnKind(kind), data[end - size : end]))
        for (name, kind, size), end in zip(heads, ends, strict=True)
    }


def _packed(column: Column) -> bytes:
    values: Sequence[Any] = column.values
    if column.kind is ColumnKind.NUMBER:
        return array("d", [nan if value is None else value for value in values]).tobytes()
    return bytes(values) if column.kind is ColumnKind.FLAG else json.dumps(values).encode()


def _unpacked(kind: ColumnKind, data: bytes) -> Sequence[float | bool | str | None]:
    if kind is ColumnKind.NUMBER:
        numbers = array("d")
        numbers.frombytes(data)
        return numbers
    if kind is ColumnKind.FLAG:
        return [value != 0 for value in data]
    texts: list[str | None] = json.loads(data)
    return texts


def encode_cases(cases: Sequence[FailureCase]) -> bytes:
    """The answer to one request."""
    return json.dumps([[case.index, case.column, case.check] for case in cases]).encode()


def decode_cases(answer: bytes) -> list[FailureCase] | None:
    """The reverse of ``encode_cases``; None for an answer that is not one."""
    found = json.loads(answer)
    return None if found is None else [FailureCase(*case) for case in found]


NO_ANSWER = b"null"
"""The answer of a process that could not run the check."""
