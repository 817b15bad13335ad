"""A real form whose sheets claim, or are formatted, far beyond their data gives the findings of the form.

Excel leaves such sheets behind after a whole column was formatted or far rows were deleted.
"""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from zipfile import ZipFile

import pytest

from tests.tools.corpus.case import repacked
from tests.tools.measured import measured_command
from tests.tools.runs import ROOT, SAMPLES, tdkt

SAMPLE = SAMPLES / "Cụm 2 - tổng hợp điểm thi đua 2023.xlsx"
LAST_ROW = 200_000
ALL = 99
MEBIBYTE = 1 << 20
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_SHEET = re.compile("xl/worksheets/sheet[0-9]+[.]xml")
_LAST_ROW_OF = re.compile(rb'.*<row r="([0-9]+)"', re.DOTALL)


def _claimed(sheet: bytes) -> bytes:
    return _DIMENSION.sub(b'<dimension ref="A1:AMJ1048576"/>', sheet)


def _far_cell(sheet: bytes) -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    return _DIMENSION.sub(b'<dimension ref="A1:XFD1048576"/>', sheet).replace(b"</sheetData>", far)


def _formatted_rows(sheet: bytes) -> bytes:
    last = _LAST_ROW_OF.match(sheet)
    assert last
    rows = "".join(
        f'<row r="{at}" s="1" customFormat="1" ht="15" customHeight="1"><c r="A{at}" s="1"/></row>'
        for at in range(int(last[1]) + 1, LAST_ROW + 1)
    )
    return _DIMENSION.sub(f'<dimension ref="A1:J{LAST_ROW}"/>'.encode(), sheet).replace(
        b"</sheetData>", f"{rows}</sheetData>".encode()
    )


@pytest.fixture(scope="module")
def plain() -> object:
    """What is found in the form as it was received."""
    findings: object = tdkt("validate", SAMPLE, "--json", "--fresh").document["findings"]
    assert findings
    return findings


@pytest.mark.parametrize(
    ("change", "sheets", "ceiling", "marking"),
    [
        (_claimed, ALL, (192, 6), (192, 8)),
        (_far_cell, ALL, (192, 6), (192, 8)),
        (_formatted_rows, 3, (192, 12), (768, 40)),
    ],
    ids=["claimed range", "one far cell", "formatted rows"],
)
def test_findings_are_those_of_the_form(
    change: Callable[[bytes], bytes],
    sheets: int,
    ceiling: tuple[int, int],
    marking: tuple[int, int],
    plain: object,
    tmp_path: Path,
) -> None:
    with ZipFile(SAMPLE) as form:
        parts = [name for name in form.namelist() if _SHEET.fullmatch(name)][:sheets]
    received = tmp_path / SAMPLE.name
    received.write_bytes(repacked(SAMPLE.read_bytes(), dict.fromkeys(parts, change)))
    assert _found(received, *ceiling) == plain
    assert _found(received, *marking, "--out", tmp_path / "ra", "--annotate") == plain
    assert len(list((tmp_path / "ra" / "danh-dau").glob("*.xlsx"))) == 1


def _found(received: Path, memory: int, seconds: int, *options: object) -> object:
    """The findings of a workbook, if they take no more than so many megabytes and processor seconds."""
    output, peak = received.with_name("ra.json"), received.with_name("bo-nho")
    with output.open("wb") as out:
        command = measured_command(peak, "validate", received, "--json", "--fresh", *options)
        process = subprocess.Popen(command, cwd=ROOT, stdout=out)
        stop = Timer(10 * seconds, process.kill)
        stop.start()
        _, status, used = os.wait4(process.pid, 0)  # of this process and those it waited for
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    assert int(peak.read_text(encoding="ascii")) <= memory * MEBIBYTE
    assert used.ru_utime + used.ru_stime <= seconds
    return json.loads(output.read_bytes())["findings"]
