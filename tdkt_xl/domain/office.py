"""What the office enters of the province's and its own rules, each with the text it rests on."""

from dataclasses import dataclass, field
from datetime import date

from tdkt_xl.findings import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """One line of the sheet "Quy định của tỉnh": a value, as typed, with its citation.

    ``key`` is the code of a parameter, or of a rule that the office confirms, changes or sets aside.
    ``award`` is the code of the one award it is for, ``scope`` of the one unit or cluster, "" for all.
    It holds from ``since`` on.
    """

    key: str
    value: str
    instrument: str
    article: str
    since: date
    award: str = ""
    place: Place = field(default=NOWHERE, compare=False)
    scope: str = ""

    @property
    def citation(self) -> str:
        """The citation printed with a decision."""
        return f"{self.instrument}, {self.article}"
