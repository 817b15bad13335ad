"""The native reader behind the gate: binary packages, panics, disagreement."""

import struct
from pathlib import Path

import pytest

from tdkt_xl.readers import cells as cells_module
from tdkt_xl.readers import gate
from tdkt_xl.readers.cells import SheetCells, read_cells
from tdkt_xl.readers.refusal import RefusedError
from tdkt_xl.readers.sniff import Kind
from tdkt_xl.tables.grid import SheetState

from .vectors import LINKS, PACKAGE, book, found, opened, zipped

UNSAFE, BROKEN = "KT-107", "KT-101"


def record(code: int, content: bytes = b"") -> bytes:
    head = bytes([code]) if code < 0x80 else bytes([(code & 0x7F) | 0x80, code >> 7])
    assert len(content) < 0x80
    return head + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row_head(row: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBB", row, 0, 300, 0, 0x10 if hidden else 0) + bytes(5))


def real(column: int, value: float) -> bytes:
    return record(5, struct.pack("<IId", column, 0, value))


def xlsb(
    *body: bytes, size: bytes = bytes(16), ended: bool = True, strings: bytes = b"", styles: bytes = b""
) -> bytes:
    """A binary package with one sheet of these records."""
    sheet = record(0x81) + record(0x94, size) + record(0x91) + b"".join(body)
    sheet += record(0x92) + record(0x82) if ended else b""
    bundle = record(0x9C, struct.pack("<II", 1, 7) + wide("rId1") + wide("Phiếu"))
    link = '<Relationship Id="rId1" Type="{}/{}" Target="{}"/>'
    root = link.format(LINKS, "officeDocument", "xl/workbook.bin")
    own = link.format(LINKS, "worksheet", "worksheets/sheet1.bin")
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>'.encode(),
        "xl/workbook.bin": record(0x83) + bundle + record(0x90) + record(0x84),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">{own}</Relationships>'.encode(),
        "xl/worksheets/sheet1.bin": sheet,
    }
    optional = {"xl/sharedStrings.bin": strings, "xl/styles.bin": styles}
    return zipped(parts | {name: content for name, content in optional.items() if content})


def test_small_xlsb(tmp_path: Path) -> None:
    strings = record(0x9F, struct.pack("<II", 1, 1)) + record(0x13, b"\0" + wide("chữ")) + record(0xA0)
    body = (
        row_head(1, hidden=True),
        real(1, 9.5),
        record(7, struct.pack("<III", 2, 0, 0)),
        record(3, struct.pack("<IIB", 3, 0, 0x17)),
        row_head(2),
        record(9, struct.pack("<IIdHI", 1, 0, 3.0, 0, 0)),
    )
    outcome = opened(tmp_path, xlsb(*body, strings=strings), "bai-nop.xlsb")
    assert found(outcome) == []
    assert outcome.value is not None
    (grid,) = outcome.value.grids
    assert (grid.sheet, grid.state) == ("Phiếu", SheetState.HIDDEN)
    assert grid.rows[1:] == ((None, 9.5, "chữ", None), (None, 3.0, None, None))
    assert grid.errors == {(2, 4): "#REF!"}
    assert grid.formulas == {(3, 2)}
    assert grid.hidden_rows == {2}


HOSTILE: dict[str, tuple[bytes, str]] = {
    "two far cells": (xlsb(row_head(0), real(0, 1), row_head(1_048_575), real(16_383, 1)), UNSAFE),
    "row beyond any sheet": (xlsb(row_head(2**31), real(0, 1)), BROKEN),
    "column beyond any sheet": (xlsb(row_head(0), real(2**31, 1)), BROKEN),
    "cell before any row": (xlsb(real(0, 1)), BROKEN),
    "no end": (xlsb(row_head(0), real(0, 1), ended=False), BROKEN),
    "record cut": (xlsb(row_head(0), b"\x05\x7f"), BROKEN),
    "cell too short": (xlsb(row_head(0), record(5, b"\0")), BROKEN),
    "row too short": (xlsb(record(0, b"\0\0\0\0")), BROKEN),
    "no such string": (xlsb(row_head(0), record(7, struct.pack("<III", 0, 0, 9))), BROKEN),
    "fewer strings than declared": (xlsb(strings=record(0x9F, struct.pack("<II", 9, 2**31))), BROKEN),
    "infinite number": (xlsb(row_head(0), real(0, float("nan"))), BROKEN),
}


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_xlsb_is_refused(tmp_path: Path, case: tuple[bytes, str]) -> None:
    data, code = case
    outcome = opened(tmp_path, data, "bai-nop.xlsb")
    assert outcome.value is None
    assert [finding.code.id for finding in outcome.findings] == [code]


class Panic(BaseException):
    """As a panic of the native reader arrives: not an Exception."""


class Failing:
    """A native reader that fails as told, on opening or on a sheet."""

    fault: BaseException = Panic()

    @classmethod
    def from_filelike(cls, _file: object) -> object:
        raise cls.fault


@pytest.mark.parametrize("fault", [Panic(), RuntimeError(), MemoryError()])
def test_any_failure_of_the_native_reader_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    monkeypatch.setattr(cells_module, "CalamineWorkbook", Failing)
    monkeypatch.setattr(Failing, "fault", fault)
    assert found(opened(tmp_path, book())) == [("", BROKEN)]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit])
def test_interruptions_pass(monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]) -> None:
    monkeypatch.setattr(cells_module, "CalamineWorkbook", Failing)
    monkeypatch.setattr(Failing, "fault", fault())
    with pytest.raises(fault):
        read_cells(b"", Kind.XLSX)


def test_native_reader_alone_refuses_garbage() -> None:
    with pytest.raises(RefusedError):
        read_cells(b"garbage", Kind.XLSX)


@pytest.mark.parametrize("filled", [1, 3])
def test_readers_must_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: int) -> None:
    def other(_data: bytes, _kind: Kind) -> list[SheetCells]:
        return [SheetCells("Sheet1", SheetState.VISIBLE, (("xin chào", 42.0),), (), filled)]

    monkeypatch.setattr(gate, "read_cells", other)
    assert found(opened(tmp_path, book())) == [("Sheet1", BROKEN)]


def test_readers_must_see_the_same_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = SheetCells("Sheet2", SheetState.VISIBLE, (), (), 2)
    monkeypatch.setattr(gate, "read_cells", lambda _data, _kind: [sheet])
    assert found(opened(tmp_path, book())) == [("Sheet2", BROKEN)]
    monkeypatch.setattr(gate, "read_cells", lambda _data, _kind: [sheet, sheet])
    assert found(opened(tmp_path, book())) == [("", BROKEN)]
