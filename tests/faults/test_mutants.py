"""Thousands of damaged workbooks: none crashes or hangs the run, none is taken for something it is not.

``TDKT_MUTANTS=5000 sh .ci/test tests/faults/test_mutants.py`` for a thorough look; 240 by default.
"""

import io
import os
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter

from tdkt_xl.findings import Outcome, Severity
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.isolation import IsolatedReader
from tdkt_xl.readers.xls_gate import pack_workbook
from tdkt_xl.tables.grid import ReceivedBook
from tests.tools.grids import position
from tests.tools.runs import ROOT
from tests.unit.readers.test_kinds_of_file import BOF, CELL, EOF, xls
from tests.unit.readers.test_native_reader import real, row_head, xlsb
from tests.unit.readers.vectors import ods, zipped

MUTANTS = int(os.environ.get("TDKT_MUTANTS", "240"))
BROKE_THE_READER = {"KT-160", "KT-161", "KT-162"}
STANDARD = (ROOT / "workbooks" / "so-cum.xlsx", ROOT / "workbooks" / "samples" / "cum-03.xlsx")
_TAG = re.compile(rb"<[^<>]+>")
_VALUE = re.compile(rb"<(v|t)>([^<]+)</")
_MERGES = re.compile(rb"<mergeCells.*</mergeCells>", re.DOTALL)


def small_book() -> bytes:
    """A workbook with every kind of cell, small enough to be read twice a thousand times."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name in ("Phiếu", "Tổng hợp"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Mã", "Tên", "Điểm", "Ngày"])
            for row in range(1, 12):
                sheet.write_row(row, 0, [f"A{row:02}", f"Trường {row}", row + 0.25])
                sheet.write_datetime(row, 3, date(2023, 12, row), day)
            sheet.write_formula(12, 2, "=SUM(C2:C12)", None, 68.75)
            sheet.write_boolean(13, 2, True)
            sheet.merge_range(14, 0, 14, 3, "Ghi chú")
            sheet.set_row(3, None, None, {"hidden": True})
    return target.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes cut, zeroed at the end, flipped, or moved."""
    changed = bytearray(data)
    kind = chance.randrange(4)
    at = chance.randrange(1, len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes(len(data) - at)
    if kind == 2:
        for _ in range(chance.randrange(1, 20)):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(changed)
    piece = changed[at : at + chance.randrange(1, 200)]
    other = chance.randrange(len(data))
    changed[other : other + len(piece)] = piece
    return bytes(changed)


def rewritten(data: bytes, chance: random.Random) -> bytes:
    """The same package with one XML part changed in one place, its checksums right again."""
    parts = unpacked(data)
    name = chance.choice([name for name in parts if name.startswith(("xl/w", "xl/s", "_rels"))])
    parts[name] = _with_change(parts[name], chance)
    return zipped(parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with_change(part: bytes, chance: random.Random) -> bytes:
    tags, values = list(_TAG.finditer(part)), list(_VALUE.finditer(part))
    tag = chance.choice(tags)
    kind = chance.randrange(7)
    if kind == 0:
        return part[: tag.start()] + part[tag.end() :]
    if kind == 1:
        return part[: tag.end()] + tag[0] + part[tag.end() :]
    if kind == 2:
        other = chance.choice(tags)
        return part[: tag.start()] + other[0] + part[tag.end() :]
    if kind == 3:
        odd_number = str(chance.choice((0, -1, 7, 2**32, 10**20))).encode()
        number = re.sub(rb"[0-9]+", odd_number, tag[0], count=1)
        return part[: tag.start()] + number + part[tag.end() :]
    if kind == 4 or not values:
        return part[: chance.randrange(1, len(part))]
    value = chance.choice(values)
    odd = chance.choice((b"<!--x-->", b"<![CDATA[9]]>", b"&#48;", b"&amp;", b"1e400", b" ", b"9"))
    return part[: value.end(2)] + odd + part[value.end(2) :]


def cells(book: ReceivedBook) -> dict[tuple[str, int, int], object]:
    """Cells that hold something, with white space at the ends of texts left out."""
    return {
        (grid.sheet, row, column): value.strip() if isinstance(value, str) else value
        for grid in book.grids
        for row, line in enumerate(grid.rows, start=1)
        for column, value in enumerate(line, start=1)
        if value is not None
    }


def by_openpyxl(data: bytes) -> dict[tuple[str, int, int], object] | None:
    """The same by another reader, or None if it cannot read the file; errors as blanks.

    It empties the cells a merge covers, which are there all the same: it is not shown the merges.
    """
    parts = {name: _MERGES.sub(b"", content) for name, content in unpacked(data).items()}
    try:
        book = openpyxl.load_workbook(io.BytesIO(zipped(parts)), data_only=True)
    except Exception:  # any fault of the other reader ends the comparison
        return None
    return {
        (sheet.title, cell.row, cell.column): cell.value.strip() if cell.data_type == "s" else cell.value
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None and cell.data_type != "e"
    }


def by_plain_walk(data: bytes) -> dict[tuple[str, int, int], object]:
    """Every cell that stands in the XML, whatever the namespaces; openpyxl sees none in a strange one."""
    parts = {name: ElementTree.fromstring(part) for name, part in unpacked(data).items() if "xl/" in name}
    links = {link.get("Id"): link.get("Target") for link in parts["xl/_rels/workbook.xml.rels"]}
    texts = ["".join(item.itertext()) for item in _elements(parts["xl/sharedStrings.xml"], "si")]
    found: dict[tuple[str, int, int], object] = {}
    for sheet in _elements(parts["xl/workbook.xml"], "sheet"):
        target = next(links[value] for key, value in sheet.items() if key.endswith("}id"))
        for cell in _elements(parts[f"xl/{target}"], "c"):
            value = next((item.text for item in _elements(cell, "v")), None)
            if value is not None:
                row, column = position(cell.get("r", ""))
                text = texts[int(value)] if cell.get("t") == "s" else value
                is_text = cell.get("t") in {"s", "str"}
                found[str(sheet.get("name")), row, column] = text.strip() if is_text else float(text)
    return found


def _elements(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [item for item in root.iter() if item.tag.rpartition("}")[2] == name]


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as made:
        yield made


def opened(reader: IsolatedReader, data: bytes, path: Path) -> Outcome[ReceivedBook]:
    path.write_bytes(data)
    (outcome,) = reader.read([ReceivedFile(path, path.name)])
    assert BROKE_THE_READER.isdisjoint(item.code.id for item in outcome.findings), path.name
    refused = any(item.severity is Severity.ERROR for item in outcome.findings)
    assert (outcome.value is None) == refused
    return outcome


@pytest.mark.parametrize("source", STANDARD, ids=lambda path: path.name)
def test_damaged_bytes_are_refused_or_harmless(source: Path, reader: IsolatedReader, tmp_path: Path) -> None:
    data = source.read_bytes()
    honest = opened(reader, data, tmp_path / "a.xlsx").value
    assert honest is not None
    chance = random.Random(1)
    for _ in range(MUTANTS // 4):
        book = opened(reader, damaged(data, chance), tmp_path / "a.xlsx").value
        assert book is None or book.grids == honest.grids  # every byte that matters has a checksum


def test_rewritten_parts_are_refused_or_read_as_another_reader_does(
    reader: IsolatedReader, tmp_path: Path
) -> None:
    data, chance = small_book(), random.Random(2)
    compared = 0
    for _ in range(MUTANTS // 2):
        mutant = rewritten(data, chance)
        book = opened(reader, mutant, tmp_path / "a.xlsx").value
        other = by_openpyxl(mutant) if book else None
        if book is None or other is None:
            continue
        compared += 1
        found = cells(book)
        differing = {
            place for place in found.keys() | other.keys() if not _agree(found.get(place), other.get(place))
        }
        if differing.isdisjoint(other):  # all of them cells openpyxl does not see
            plain = by_plain_walk(mutant)
            differing = {place for place in differing if not _agree(found[place], plain.get(place))}
        assert not differing, (tmp_path / "a.xlsx", differing)
    assert compared > MUTANTS // 50


def _agree(value: object, other: object) -> bool:
    """Readers tell days and numbers apart by the format, which a mutant may have changed or lost."""
    if isinstance(value, str) or isinstance(other, str):
        return value == other
    return value == other or (value is not None and other is not None)


def test_damaged_old_workbooks_break_nothing(reader: IsolatedReader, tmp_path: Path) -> None:
    chance = random.Random(3)
    cell = '<table:table-cell office:value-type="float" office:value="9.5"/>'
    sources = {
        "a.xls": xls(BOF, CELL, EOF),
        "b.xls": pack_workbook(bytes(5_000)),
        "a.xlsb": xlsb(row_head(0), real(0, 9.5)),
        "a.ods": ods(f"<table:table-row>{cell}</table:table-row>"),
    }
    for number in range(MUTANTS // 4):
        name = list(sources)[number % len(sources)]
        opened(reader, damaged(sources[name], chance), tmp_path / name)


@pytest.mark.libreoffice
def test_cut_or_zeroed_xls_is_refused_or_unharmed(reader: IsolatedReader, tmp_path: Path) -> None:
    """The walk over the records of every sheet is why one reader is enough for .xls."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(STANDARD[1])], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "cum-03.xls").read_bytes()
    honest = opened(reader, data, tmp_path / "a.xls").value
    assert honest is not None
    chance = random.Random(4)
    for number in range(MUTANTS // 4):
        at = chance.randrange(1, len(data))
        mutant = data[:at] + bytes(len(data) - at) * (number % 2)
        book = opened(reader, mutant, tmp_path / "a.xls").value
        assert book is None or book.grids == honest.grids
