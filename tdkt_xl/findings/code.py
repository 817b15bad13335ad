"""What can be said: permanent codes with their sentence, repair and examples."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from string import Formatter

from tdkt_xl.findings.place import NOWHERE, Place

_IDENTIFIER = re.compile(r"KT-[1-9]\d\d")


class Severity(Enum):
    """How much a finding stops: the values are the words of the JSON output."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Vietnamese word shown to people."""
        return {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}[self.value]


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def placeholders(template: str) -> frozenset[str]:
    """Return the names a message template uses."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding. Its identifier is permanent: never renumbered, never reused.

    ``message`` and ``fix`` are templates over the same parameters; the place is never part of
    the sentence. ``good`` and ``bad`` are examples for ``tdkt explain``.
    """

    id: str
    severity: Severity
    title: str
    message: str
    fix: str
    bad: str = ""
    good: str = ""
    fixable: bool = False
    waivable: bool = False
    params: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        if not _IDENTIFIER.fullmatch(self.id):
            msg = f"bad code identifier {self.id!r}"
            raise ValueError(msg)
        object.__setattr__(self, "params", placeholders(self.message) | placeholders(self.fix))

    def __reduce__(self) -> "tuple[Callable[[str], Code], tuple[str]]":
        """A code sent to another process arrives as that process's own, so that ``is`` keeps its meaning."""
        return _code_named, (self.id,)

    def at(self, place: Place = NOWHERE, /, **params: object) -> "Finding":
        """Make a finding of this kind at a place; parameters must be exactly the declared ones."""
        return Finding(self, place, params)


def _code_named(identifier: str) -> Code:
    from tdkt_xl.findings.codes import CATALOGUE  # made of codes, so it cannot be imported above

    return CATALOGUE[identifier]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark at one place; its text is made at the last moment (see render.py).

    ``also``: the further places of a finding that says one thing of many cells, whose first is ``place``.
    """

    code: Code
    place: Place
    params: Mapping[str, object]
    also: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        if self.params.keys() != self.code.params:
            odd = sorted(self.params.keys() ^ self.code.params)
            msg = f"{self.code.id}: missing or unknown parameters {odd}"
            raise TypeError(msg)

    @property
    def severity(self) -> Severity:
        """Severity of the code."""
        return self.code.severity
