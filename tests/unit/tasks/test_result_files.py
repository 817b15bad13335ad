"""A folder of results into which both a small and a large round were written: which one counts."""

import os
from pathlib import Path

import pytest

from tdkt_xl.tasks.result_files import LARGE_NAME, SMALL_NAME, result_in
from tests.tools.runs import SAMPLES, tdkt


def write(out: Path, *names: str) -> None:
    """Workbooks of these names, each younger than the one before."""
    for age, name in enumerate(names):
        (out / name).write_bytes(b"PK")
        os.utime(out / name, (1_700_000_000 + age, 1_700_000_000 + age))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), SMALL_NAME),
        ((SMALL_NAME,), SMALL_NAME),
        ((LARGE_NAME,), LARGE_NAME),
        ((LARGE_NAME, SMALL_NAME), SMALL_NAME),
        ((SMALL_NAME, LARGE_NAME), LARGE_NAME),
    ],
)
def test_result_of_a_folder_without_records(names: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    write(tmp_path, *names)
    assert result_in(tmp_path).name == expected


def test_wanted_result_counts_where_it_is_there(tmp_path: Path) -> None:
    write(tmp_path, LARGE_NAME)
    assert result_in(tmp_path, SMALL_NAME).name == LARGE_NAME
    write(tmp_path, SMALL_NAME, LARGE_NAME)
    assert result_in(tmp_path, SMALL_NAME).name == SMALL_NAME


@pytest.mark.parametrize(
    ("written", "expected"),
    [("tong-hop-huyen", SMALL_NAME), ("tong-hop-huyen (1)", SMALL_NAME), ("tong-hop-lon", LARGE_NAME)],
)
def test_record_tells_which_was_made_last(written: str, expected: str, tmp_path: Path) -> None:
    other = LARGE_NAME if expected == SMALL_NAME else SMALL_NAME
    write(tmp_path, expected, other)  # the other is younger: somebody saved it since
    (tmp_path / "ho-so-chay").mkdir()
    record = f'{{"outputs": [{{"path": "{written}.xlsx"}}]}}'
    (tmp_path / "ho-so-chay" / "consolidate.json").write_text(record)
    assert result_in(tmp_path).name == expected


def test_later_commands_use_the_result_made_last(tmp_path: Path) -> None:
    inbox, out = tmp_path / "nhan", tmp_path / "ra"
    inbox.mkdir()
    (inbox / "cum-01.xlsx").write_bytes((SAMPLES / "cum-01.xlsx").read_bytes())
    tdkt("consolidate", SAMPLES, "--out", out, "--workers", 1)
    tdkt("consolidate", inbox, "--out", out)
    judged = [
        tdkt("nominate", path, "--on", "2024-01-15", "--out", tmp_path / "xet", "--json").document[
            "nominations"
        ]
        for path in (out, out / SMALL_NAME)
    ]
    assert judged[0] == judged[1]
    traced = tdkt("trace", "Xã Phú Lý", "--in", out)
    assert "KT-542" in traced.stderr
    tdkt("consolidate", SAMPLES, "--out", out, "--workers", 1)
    assert tdkt("trace", "Xã Phú Lý", "--in", out).code == 0
