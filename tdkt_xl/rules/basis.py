"""What a statement of the law rests on: the legal text, the article, and how well it is known."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Status(Enum):
    """How well a statement of the law is known; only SOURCED and OFFICE may decide alone.

    OFFICE is what the office has entered with its own text, article and first day; no pack holds it.
    """

    SOURCED = "sourced"
    MEMORY = "memory"
    PROVINCE = "province"
    DRAFT = "draft"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {
            "sourced": "có nguồn",
            "memory": "chưa có văn bản nguồn",
            "province": "theo quy định của tỉnh",
            "draft": "dự thảo",
            "office": "cơ quan đã nhập văn bản",
        }[self.value]

    @property
    def decides(self) -> bool:
        """Tell whether a statement of this status may decide alone."""
        return self is Status.SOURCED or self is Status.OFFICE


@dataclass(frozen=True, slots=True)
class Instrument:
    """One legal text, registered once; ``until`` is its last day in force, None while it stands."""

    id: str
    short: str
    number: str
    title: str
    issuer: str
    in_force: date
    until: date | None
    amended_by: tuple[str, ...]
    replaces: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on: instrument, article, how well it is known, mark in the fact base."""

    instrument: Instrument
    article: str
    status: Status
    source: str

    @property
    def citation(self) -> str:
        """The citation printed with a decision: ``Luật TĐKT 2003, Điều 24``."""
        return f"{self.instrument.short}, {self.article}"
