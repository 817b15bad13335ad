"""Exceptions: for broken programs, packs and environments, never for faults in data."""

from collections.abc import Callable

from tdkt_xl.findings.code import Code, Finding
from tdkt_xl.findings.place import NOWHERE, Place
from tdkt_xl.findings.render import fix, message


class TdktError(Exception):
    """The work cannot go on; the face prints the sentence of its finding and exits with 2."""

    def __init__(self, code: Code, place: Place = NOWHERE, /, **params: object) -> None:
        self.finding: Finding = code.at(place, **params)
        super().__init__(f"{code.id}: {message(self.finding)} {fix(self.finding)}")

    def __reduce__(self) -> "tuple[Callable[[Finding], TdktError], tuple[Finding]]":
        """Let it come back from another process as it was raised there."""
        return _raised, (self.finding,)


def _raised(finding: Finding) -> TdktError:
    return TdktError(finding.code, finding.place, **finding.params)
