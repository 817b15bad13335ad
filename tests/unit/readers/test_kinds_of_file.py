"""Files that are something else than their name says, and files that cannot be read at all."""

import os
import struct
from pathlib import Path

import pytest

from tdkt_xl.findings.render import message
from tdkt_xl.readers import limits
from tdkt_xl.readers.gate import open_behind_gate
from tdkt_xl.readers.sniff import Kind, sniff
from tdkt_xl.readers.xls_gate import Compound, pack_workbook

from .vectors import biff, book, compound, found, number, ods, opened, row, sheet

UNSAFE, BROKEN, PASSWORD, NOT_A_BOOK, WRONG_NAME, EMPTY = (
    "KT-107",
    "KT-101",
    "KT-102",
    "KT-103",
    "KT-104",
    "KT-106",
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><body><table></table></body></html>", Kind.HTML),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", Kind.HTML),
        ("<html>Điểm</html>".encode("utf-16"), Kind.HTML),
        (b"MIME-Version: 1.0\r\n", Kind.MHTML),
        (b"ho ten\tdiem\nNguyen A\t95\n", Kind.TEXT),
        ("Mã,Điểm\nA01,9\n".encode(), Kind.TEXT),
        (b"BM,x\n", Kind.TEXT),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Kind.XML_2003,
        ),
        (b'<?xml version="1.0"?><a/>', Kind.XML),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"{\\rtf1", Kind.RTF),
        (b"\x89PNG\r\n\x1a\n\0", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0\0", Kind.IMAGE),
        (b"MZ\x90\x00\x03", Kind.PROGRAM),
        (b"Rar!\x1a\x07\x00", Kind.ARCHIVE),
        (b"\x01\x02\x00\xff" * 9, Kind.UNKNOWN),
    ],
)
def test_other_content_is_named(tmp_path: Path, data: bytes, kind: Kind) -> None:
    assert sniff(data) is kind
    outcome = opened(tmp_path, data, "bao-cao.xls")
    assert outcome.value is None
    assert found(outcome) == [("", NOT_A_BOOK)]
    assert outcome.findings[0].params == {"extension": ".xls", "content": kind.value}


def test_empty_file_and_zeros(tmp_path: Path) -> None:
    assert found(opened(tmp_path, b"")) == [("", EMPTY)]
    assert found(opened(tmp_path, bytes(5_000))) == [("", BROKEN)]


@pytest.mark.parametrize("name", ["bai-nop.xls", "bai-nop.XLSB", "bai-nop", "bai-nop.docx"])
def test_excel_package_under_another_name_is_read(tmp_path: Path, name: str) -> None:
    outcome = opened(tmp_path, book(), name)
    assert found(outcome) == [("", WRONG_NAME)]
    assert outcome.findings[0].params["content"] == Kind.XLSX.value
    assert outcome.value is not None


@pytest.mark.parametrize("stream", ["EncryptedPackage", "EncryptionInfo"])
def test_encrypted_package(tmp_path: Path, stream: str) -> None:
    assert found(opened(tmp_path, compound({stream: b"x"}))) == [("", PASSWORD)]


def test_old_word_document(tmp_path: Path) -> None:
    outcome = opened(tmp_path, compound({"WordDocument": b"x"}), "bai-nop.xls")
    assert [finding.params["content"] for finding in outcome.findings] == [Kind.DOC.value]


BOF = 0x0809, bytes.fromhex("0006050000000000")
EOF = 0x000A, b""
CELL = 0x0203, struct.pack("<HHHd", 0, 0, 0, 1.5)


def xls(*records: tuple[int, bytes], globals_: tuple[tuple[int, bytes], ...] = ()) -> bytes:
    """A compound file with one worksheet of these records."""
    name = b"\x05\x00Phieu"
    head = (BOF, *globals_)
    place = len(biff(*head, (0x0085, bytes(6) + name), EOF))
    bound = 0x0085, struct.pack("<IBB", place, 0, 0) + name
    return compound({"Workbook": biff(*head, bound, EOF) + biff(*records)})


def test_small_xls(tmp_path: Path) -> None:
    error = 0x0205, struct.pack("<HHHBB", 1, 1, 0, 0x17, 1)
    formula = 0x0006, struct.pack("<HHH", 1, 2, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(8)
    hidden_row = 0x0208, struct.pack("<8H", 1, 0, 3, 255, 0, 0, 0x20, 0)
    hidden_column = 0x007D, struct.pack("<5H", 4, 5, 0, 0, 1)
    outcome = opened(tmp_path, xls(BOF, hidden_column, hidden_row, CELL, error, formula, EOF), "bai-nop.xls")
    assert found(outcome) == []
    assert outcome.value is not None
    (grid,) = outcome.value.grids
    assert (grid.sheet, grid.value(1, 1), grid.value(2, 2)) == ("Phieu", 1.5, None)
    assert grid.errors == {(2, 2): "#REF!", (2, 3): "#N/A"}
    assert (set(grid.hidden_rows), set(grid.hidden_columns), set(grid.formulas)) == ({2}, {5, 6}, {(2, 3)})


def test_embedded_workbooks_are_not_the_workbook(tmp_path: Path) -> None:
    data = bytearray(compound({"Workbook": b"not even records", "WORKBOOK ": b"x"}))
    assert found(opened(tmp_path, bytes(data), "bai-nop.xls")) == [("", BROKEN)]
    assert Compound(compound({"Book": b"5"})).stream("workbook", "book")[:1] == b"5"
    struct.pack_into("<I", data, 1024 + 76, 2)  # the root now only knows the second stream
    assert found(opened(tmp_path, bytes(data), "bai-nop.xls")) == [("", NOT_A_BOOK)]


def test_workbook_of_many_sectors() -> None:
    stream = bytes(range(256)) * 40_000
    copy = Compound(pack_workbook(stream))
    assert copy.kind is Kind.XLS
    assert copy.stream("workbook")[: len(stream)] == stream


def test_mini_sector_count_is_bounded(tmp_path: Path) -> None:
    data = bytearray(xls(BOF, CELL, EOF))
    struct.pack_into("<I", data, 64, 0x7FFF)
    assert found(opened(tmp_path, bytes(data), "bai-nop.xls")) == [("", UNSAFE)]


def cell(value: str, attributes: str = "") -> str:
    start = f'<table:table-cell office:value-type="string" {attributes}>'
    return f"{start}<text:p>{value}</text:p></table:table-cell>"


def test_small_ods(tmp_path: Path) -> None:
    title = cell("Điểm", 'table:number-columns-spanned="2"')
    rows = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        f"<table:table-row>{title}<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2"><table:table-cell '
        'table:number-columns-repeated="2" office:value-type="float" office:value="9.5"/></table:table-row>'
        '<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048572"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    outcome = opened(tmp_path, ods(rows), "bai-nop.ods")
    assert found(outcome) == []
    assert outcome.value is not None
    (grid,) = outcome.value.grids
    assert grid.rows == (("Điểm", None), (9.5, 9.5), (9.5, 9.5), (None, None))
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({2, 3}, {2, 3})
    assert grid.errors == {(4, 1): "#DIV/0!"}
    assert grid.formulas == {(4, 1)}
    assert [(merge.left, merge.right) for merge in grid.merges] == [(1, 2)]


@pytest.mark.parametrize("size", range(0, 1200, 37))
def test_every_cut_is_refused(tmp_path: Path, size: int) -> None:
    outcome = opened(tmp_path, book()[:size])
    assert outcome.value is None
    assert len(outcome.findings) == 1


def test_too_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    assert found(opened(tmp_path, book())) == [("", UNSAFE)]


def test_vanished_file_and_folder(tmp_path: Path) -> None:
    assert found(open_behind_gate(tmp_path / "mất.xlsx", "mất.xlsx")) == [("", BROKEN)]
    assert found(open_behind_gate(tmp_path, "thư mục")) == [("", BROKEN)]


@pytest.mark.parametrize("fault", [PermissionError(13, "x"), OSError(5, "x")])
def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())

    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(Path, "open", refuse)
    outcome = open_behind_gate(path, "a.xlsx")
    assert found(outcome) == [("", BROKEN)]
    assert "x" not in message(outcome.findings[0]).split(": ", 1)[1].replace("xlsx", "").split()


def test_file_that_changes_while_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())
    real = os.fstat
    calls = iter([0, 1])

    def moving(handle: int) -> os.stat_result:
        values = list(real(handle))
        values[6] += next(calls, 0)
        return os.stat_result(values)

    monkeypatch.setattr(os, "fstat", moving)
    assert found(open_behind_gate(path, "a.xlsx")) == [("", BROKEN)]


def test_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    assert found(open_behind_gate(tmp_path / "a.xlsx", "a.xlsx")) == [("", BROKEN)]


def test_reasons_are_vietnamese_phrases(tmp_path: Path) -> None:
    text = message(opened(tmp_path, book(sheet(row(1, number("A1", "x"))))).findings[0])
    assert text == "Tệp không mở được: ô kiểu số nhưng ghi “x”."
