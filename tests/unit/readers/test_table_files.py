"""Tables of a large result in folders whose names mean something to a search pattern."""

from pathlib import Path

import pytest

from tdkt_xl.readers.table_files import read_repeated, read_table
from tdkt_xl.writers.part_files import keep_files, write_part

ROWS = [{"unit": "A", "file": "mot.xlsx"}, {"unit": "B", "file": "hai.xlsx"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people name it: as a pattern it is one letter of 2, 0, 4."""
    return tmp_path / "Kết quả [2024]"


def test_rows_are_read(folder: Path) -> None:
    part = write_part(folder, "xep-hang", 1, ROWS)
    assert [row["unit"] for row in read_table([folder / part.path], ["unit"])] == ["A", "B"]


def test_repeated_keys_are_found(folder: Path) -> None:
    part = write_part(folder, "de-nghi", 1, [{"key": 1}, {"key": 2}, {"key": 1}])
    assert [row["key"] for row in read_repeated([folder / part.path], "key")] == [1, 1]


def test_rows_of_other_files_are_left_out(folder: Path) -> None:
    part = keep_files(folder, write_part(folder, "xep-hang", 1, ROWS), {"hai.xlsx"})
    assert [row["unit"] for row in read_table([folder / part.path], ["unit"])] == ["B"]
