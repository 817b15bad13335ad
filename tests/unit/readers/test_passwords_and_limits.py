"""Workbooks with a password typed for the run, and limits widened on request."""

import io
import struct
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile

from tdkt_xl.cli import reading_options, tdkt
from tdkt_xl.readers import limits
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.gate import open_behind_gate
from tdkt_xl.readers.isolation import IsolatedReader
from tdkt_xl.readers.protocol import Reading
from tests.tools.runs import ROOT

from .vectors import book, compound, found, zipped

SECRET = "bí mật 123"


def plain(**replace: bytes) -> bytes:
    """A small workbook as XlsxWriter makes it, some parts replaced."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet("Phiếu").write_row(0, 0, ["xin chào", 9.5])
    with zipfile.ZipFile(made) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped(parts | {f"xl/{name}.xml": content for name, content in replace.items()})


def encrypted(data: bytes) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(SECRET, target)
    return target.getvalue()


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted(plain()))
    return path


def test_password_opens_the_file_in_the_reading_process(locked: Path) -> None:
    with IsolatedReader(Reading(("sai", SECRET))) as reader:
        (outcome,) = reader.read([ReceivedFile(locked, "a.xlsx")])
    assert found(outcome) == [("", "KT-169")]
    assert outcome.value is not None
    assert [(grid.sheet, grid.rows) for grid in outcome.value.grids] == [("Phiếu", (("xin chào", 9.5),))]


@pytest.mark.parametrize(("passwords", "code"), [((), "KT-102"), (("sai",), "KT-168")])
def test_without_the_right_password_it_stays_shut(
    passwords: tuple[str, ...], code: str, locked: Path
) -> None:
    outcome = open_behind_gate(locked, "a.xlsx", passwords)
    assert (outcome.value, found(outcome)) == (None, [("", code)])


def test_what_comes_out_goes_through_the_gate(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(encrypted(plain(styles=b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet/>')))
    assert found(open_behind_gate(path, "a.xlsx", (SECRET,))) == [("", "KT-169"), ("", "KT-107")]


def test_file_that_asks_for_endless_computing(tmp_path: Path) -> None:
    xml = b'<e><k><p:encryptedKey xmlns:p="p" spinCount="4000000000"/></k></e>'
    info = struct.pack("<HHI", 4, 4, 0x40) + xml
    path = tmp_path / "a.xlsx"
    path.write_bytes(compound({"EncryptionInfo": info, "EncryptedPackage": b"x"}))
    outcome = open_behind_gate(path, "a.xlsx", (SECRET,))
    assert [(item.code.id, dict(item.params)) for item in outcome.findings] == [
        ("KT-170", {"count": "4.000.000.000"})
    ]


def test_missing_package_is_named(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    assert found(open_behind_gate(locked, "a.xlsx", (SECRET,))) == [("", "KT-171")]


def test_password_is_typed_and_kept_nowhere(locked: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    arguments = ["validate", str(locked), "--out", str(out), "--password"]
    result = CliRunner().invoke(tdkt, arguments, input=f"{SECRET}\n", standalone_mode=False)
    assert "KT-169" in result.output
    assert SECRET not in result.output
    assert SECRET not in repr(Reading((SECRET,)))
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes()
    assert list(out.glob("nhat-ky.jsonl")) != []


def test_password_is_no_argument_of_the_reading_process(locked: Path) -> None:
    with IsolatedReader(Reading((SECRET,))) as reader:
        list(reader.read([ReceivedFile(locked, "a.xlsx")]))
        assert reader._process is not None
        assert SECRET not in repr(reader._process.child.popen.args)


# Wider limits


def test_wider_limits_let_a_larger_file_in_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(replace={f"xl/media/{number}.png": b"" for number in range(limits.MEMBERS)}))
    with IsolatedReader() as usual, IsolatedReader(Reading(wider=2)) as wider:
        (refused,) = usual.read([ReceivedFile(path, "a.xlsx")])
        (taken,) = wider.read([ReceivedFile(path, "a.xlsx")])
        assert (refused.value is None, taken.value is None) == (True, False)
        assert [(item.code.id, dict(item.params)) for item in wider.notes] == [("KT-167", {"count": 2})]
        assert usual.notes == []


def test_wider_limits_are_recorded_with_the_run(tmp_path: Path) -> None:
    samples = ROOT / "workbooks" / "so-cum.xlsx"
    arguments = ["validate", str(samples), "--out", str(tmp_path / "ra"), "--wider-limits", "3"]
    result = CliRunner().invoke(tdkt, arguments, standalone_mode=False)
    assert "KT-167" in result.output
    assert '"wider_limits": "3"' in (tmp_path / "ra" / "ho-so-chay" / "validate.json").read_text("utf-8")


def test_limits_can_be_widened_so_far_and_no_further() -> None:
    assert reading_options._LARGEST == limits.LARGEST_FACTOR
    result = CliRunner().invoke(tdkt, ["validate", "a", "--wider-limits", "11"])
    assert result.exit_code != 0
