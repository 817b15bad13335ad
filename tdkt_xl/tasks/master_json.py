"""Master data as JSON and back: plain values only, so that reading it can never run anything.

Every dataclass becomes the list of its fields in order, without those that are no part of equality (they
are derived). The types of the fields say how to read each value back. Only the register differs: a unit
stands in it once, whatever number of names leads to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.units import Recognised, Register, Unit
from tdkt_xl.findings import Code
from tdkt_xl.findings.codes import CATALOGUE

_PLAIN = (str, int, bool, type(None))


def as_json(master: Master) -> Any:
    """The master data as lists, objects, texts and whole numbers.

    Raises TypeError for a value that would not come back the same.
    """
    return _written(master)


def from_json(value: Any) -> Master:
    """The master data again; equal to what was written."""
    found: Master = _reader(Master)(value)
    return found


def _written(value: object) -> Any:
    if isinstance(value, _PLAIN) and not isinstance(value, Enum):
        return value
    if isinstance(value, Code):
        return value.id
    if isinstance(value, Register):
        return _register(value)
    if is_dataclass(value):
        return [_written(getattr(value, item.name)) for item in fields(value) if item.compare]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (Decimal, date)):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): _written(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_written(item) for item in value]
    msg = f"master data hold a {type(value).__name__}"
    raise TypeError(msg)


def _register(register: Register) -> list[Any]:
    """The units, and by every name the code of the unit it leads to."""
    names = {name: [found.unit.code, found.by_alias] for name, found in register.by_key.items()}
    return [[_written(unit) for unit in register.units.values()], names]


def _key(key: object) -> str:
    if not isinstance(key, str):
        msg = f"master data have a {type(key).__name__} for a key"
        raise TypeError(msg)
    return key


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What turns a plain value back into this type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # X | None
        read = _reader(next(item for item in inner if item is not type(None)))
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        read = _reader(inner[0])
        return lambda value: tuple(map(read, value))
    if origin is list:
        read = _reader(inner[0])
        return lambda value: list(map(read, value))
    if origin in (dict, Mapping):
        read = _reader(inner[1])
        return lambda value: {key: read(item) for key, item in value.items()}
    if kind is Code:
        return CATALOGUE.__getitem__
    if kind is date:
        return date.fromisoformat
    if kind is Register:
        return _read_register
    if is_dataclass(kind):
        return _fields_reader(kind)
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        made: Callable[[Any], Any] = kind
        return made
    return lambda value: value


def _read_register(value: Any) -> Register:
    units = {unit.code: unit for unit in map(_reader(Unit), value[0])}
    return Register(
        units, {name: Recognised(units[code], by_alias) for name, (code, by_alias) in value[1].items()}
    )


def _fields_reader(kind: Any) -> Callable[[Any], Any]:
    types = get_type_hints(kind)
    readers = [_reader(types[item.name]) for item in fields(kind) if item.compare]
    names = [item.name for item in fields(kind) if item.compare]

    def read(values: Any) -> Any:
        given = zip(names, readers, values, strict=True)
        return kind(**{name: reader(value) for name, reader, value in given})

    return read
