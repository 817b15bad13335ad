"""Check what a rule pack writes as ``predicate`` and ``arguments`` against the predicate's signature."""

import inspect
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Literal, get_args, get_origin, get_type_hints

from tdkt_xl.rules.predicates import PREDICATES
from tdkt_xl.rules.source import Block


def expected_arguments(predicate: str) -> dict[str, object]:
    """Return the argument names of a predicate with their types."""
    function = PREDICATES[predicate]
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    return {item.name: hints[item.name] for item in parameters if item.kind is item.KEYWORD_ONLY}


def _fits(value: object, wanted: object) -> object | None:
    """Return the value as the type a predicate wants, or None when it is not of that type."""
    if get_origin(wanted) is Literal:
        return value if value in get_args(wanted) else None
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted.__members__.get(value) if isinstance(value, str) else None
    if wanted is Decimal:
        return Decimal(value) if type(value) is int or isinstance(value, Decimal) else None
    return value if type(value) is wanted and value != "" else None


def parse_arguments(block: Block) -> Mapping[str, object]:
    """Return a rule's arguments, typed; a wrong predicate, name or value is refused."""
    predicate, given = block.text("predicate"), block.values.get("arguments", {})
    if predicate not in PREDICATES:
        raise block.fail("predicate", f"không có phép thử “{predicate}”")
    wanted = expected_arguments(predicate)
    if not isinstance(given, dict) or given.keys() != wanted.keys():
        names = ", ".join(wanted) or "không có tham số nào"
        raise block.fail("arguments", f"phép thử “{predicate}” cần đúng các tham số: {names}")
    typed = {name: _fits(given[name], wanted[name]) for name in wanted}
    for name, value in typed.items():
        if value is None:
            raise block.fail("arguments", f"tham số “{name}” có giá trị không hợp lệ “{given[name]}”")
    return typed
