"""Check what a rule pack writes as ``predicate`` and ``arguments`` against the predicate's signature."""

import inspect
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Literal, get_args, get_origin, get_type_hints

from tdkt_xl.rules.model import Condition, FromOffice
from tdkt_xl.rules.parameters import Parameters
from tdkt_xl.rules.predicates import PREDICATES
from tdkt_xl.rules.source import Block


def expected_arguments(predicate: str) -> dict[str, object]:
    """Return the argument names of a predicate with their types."""
    function = PREDICATES[predicate]
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    return {item.name: hints[item.name] for item in parameters if item.kind is item.KEYWORD_ONLY}


def _fits(value: object, wanted: object, parameters: Parameters) -> object | None:
    """Return the value as the type a predicate wants, or None when it is not of that type."""
    if isinstance(value, dict):
        return _from_office(value, wanted, parameters)
    if get_origin(wanted) is Literal:
        return value if value in get_args(wanted) else None
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted.__members__.get(value) if isinstance(value, str) else None
    if wanted is Decimal:
        return Decimal(value) if type(value) is int or isinstance(value, Decimal) else None
    return value if type(value) is wanted and value != "" else None


def _from_office(value: dict[str, object], wanted: object, parameters: Parameters) -> FromOffice | None:
    """Return what the office may or must enter: ``{ parameter = "…", default = … }``."""
    parameter = parameters.get(str(value.get("parameter")))
    if parameter is None or not parameter.fits(wanted) or not value.keys() <= {"parameter", "default"}:
        return None
    if "default" not in value:
        return FromOffice(parameter.id)
    default = _fits(value["default"], wanted, {})
    return None if default is None else FromOffice(parameter.id, default)


def parse_condition(block: Block, given: object, parameters: Parameters, at: str = "") -> Condition:
    """Return one condition, typed; a wrong predicate, name or value is refused at the key ``at``."""
    if not isinstance(given, dict) or not {"predicate"} <= given.keys() <= {"predicate", "arguments"}:
        raise block.fail(at, "mỗi điều kiện phải có “predicate”, và “arguments” nếu cần")
    predicate, values = given["predicate"], given.get("arguments", {})
    if predicate not in PREDICATES:
        raise block.fail(at or "predicate", f"không có phép thử “{predicate}”")
    wanted = expected_arguments(predicate)
    if not isinstance(values, dict) or values.keys() != wanted.keys():
        names = ", ".join(wanted) or "không có tham số nào"
        raise block.fail(at or "arguments", f"phép thử “{predicate}” cần đúng các tham số: {names}")
    typed: Mapping[str, object] = {name: _fits(values[name], wanted[name], parameters) for name in wanted}
    for name, value in typed.items():
        if value is None:
            raise block.fail(
                at or "arguments", f"tham số “{name}” có giá trị không hợp lệ “{_shown(values[name])}”"
            )
    return Condition(predicate, typed)


def _shown(value: object) -> object:
    return value.get("parameter", value) if isinstance(value, dict) else value
