"""Read what the blocks of a pack have in common: identifier, citation, first day, awards."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from tdkt_xl.rules.basis import Basis, Instrument, Status
from tdkt_xl.rules.model import Award, ExpectedChange
from tdkt_xl.rules.parameters import Parameters
from tdkt_xl.rules.source import Block

BASIS = ("instrument", "article", "status", "source")
STATEMENT = ("id", "since", "paraphrase", *BASIS)
"""Keys every statement has."""

_RULE_ID = re.compile(r"QT-\d{3,4}")
_MARKS = {
    Status.SOURCED: re.compile(r"S\d+b?( S\d+b?)*"),
    Status.MEMORY: re.compile(r"mem-[HM]"),
    Status.PROVINCE: re.compile(r"NOT FOUND|[^ ].*"),
    Status.DRAFT: re.compile(r"S\d+b?( S\d+b?)*"),
}

Instruments = Mapping[str, Instrument]


@dataclass(frozen=True)
class Regime:
    """Head of a pack, read before the files that must agree with it; ``taken`` are the ids used so far."""

    key: str
    name: str
    since: date
    until: date
    continues: str
    expected: tuple[ExpectedChange, ...]
    instruments: Instruments
    parameters: Parameters
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Common:
    """What every statement has."""

    id: str
    since: date
    basis: Basis
    paraphrase: str


def read_common(block: Block, regime: Regime) -> Common:
    """Return the identifier, first day, citation and paraphrase of a block."""
    identifier = read_id(block, regime.taken)
    basis = read_basis(block, regime.instruments)
    since = read_since(block, regime, basis)
    return Common(identifier, since, basis, block.text("paraphrase"))


def read_id(block: Block, taken: set[str]) -> str:
    """Return a permanent identifier, and remember it: none is used twice."""
    identifier = block.text("id")
    if not _RULE_ID.fullmatch(identifier):
        raise block.fail("id", f"mã “{identifier}” phải có dạng QT-101")
    if identifier in taken:
        raise block.fail("id", f"mã {identifier} đã dùng")
    taken.add(identifier)
    return identifier


def read_basis(block: Block, instruments: Instruments) -> Basis:
    """Return what a block rests on; the source mark must agree with the status."""
    instrument, source = block.text("instrument"), block.text("source")
    if instrument not in instruments:
        raise block.fail("instrument", f"văn bản “{instrument}” chưa khai trong instruments.toml")
    status = block.choice("status", Status)
    if status not in _MARKS:
        raise block.fail("status", f"“status” không có giá trị “{status.value}”")
    if not _MARKS[status].fullmatch(source):
        raise block.fail("source", f"dấu nguồn “{source}” không hợp với tình trạng “{status.value}”")
    return Basis(instruments[instrument], block.text("article"), status, source)


def read_since(block: Block, regime: Regime, basis: Basis) -> date:
    """Return the first day of a statement, within its instrument's time and before the regime's end."""
    since = block.day("since")
    if since < basis.instrument.in_force:
        raise block.fail("since", f"ngày áp dụng trước ngày {basis.instrument.short} có hiệu lực")
    if since > regime.until:
        raise block.fail("since", "ngày áp dụng sau ngày cuối của gói quy tắc")
    if basis.instrument.until and basis.instrument.until < max(since, regime.since):
        raise block.fail("instrument", f"{basis.instrument.short} đã hết hiệu lực trước ngày áp dụng")
    return since


def read_award(block: Block, key: str, code: str, awards: Mapping[str, Award]) -> Award:
    """Return a declared award."""
    if code not in awards:
        raise block.fail(key, f"danh hiệu “{code}” chưa khai trong awards.toml")
    return awards[code]


def read_awards(block: Block, awards: Mapping[str, Award]) -> tuple[str, ...]:
    """Return the codes of declared awards, at least one."""
    codes = block.choices("awards", str)
    return tuple(read_award(block, "awards", code, awards).code for code in codes)


def read_parameter(block: Block, key: str, identifier: str, parameters: Collection[str]) -> str:
    """Return the id of a registered parameter."""
    if identifier not in parameters:
        raise block.fail(key, f"tham số “{identifier}” chưa khai trong parameters.toml")
    return identifier
