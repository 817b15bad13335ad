"""The command line reads master data once: again only when they or the program have changed."""

import shutil
from pathlib import Path

import pytest

from tdkt_xl.cli import run
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.isolation import IsolatedReader
from tdkt_xl.tasks.resources import default_master
from tests.tools.runs import SAMPLES


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Names of the files the reading process is asked for, with nothing kept yet."""
    names: list[str] = []
    ask = IsolatedReader._ask

    def counted(self: IsolatedReader, file: ReceivedFile) -> None:
        names.append(file.name)
        ask(self, file)

    monkeypatch.setattr(IsolatedReader, "_ask", counted)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "máy"))
    return names


def test_unchanged_master_data_are_not_read_again(asked: list[str], tmp_path: Path) -> None:
    master = Path(shutil.copy(default_master(), tmp_path / "danh-mục.xlsx"))
    command = ["validate", str(SAMPLES / "cum-01.xlsx"), "--master", str(master)]
    codes = [run(command), run(command)]
    assert codes[0] == codes[1]
    assert asked.count(master.name) == 1

    with master.open("ab") as file:  # a byte behind the archive: another file, the same content
        file.write(b"\0")
    run(command)
    assert asked.count(master.name) == 2


def test_no_folder_of_the_user_s_own_means_reading_them(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    occupied = tmp_path / "tệp"
    occupied.write_text("không phải thư mục", encoding="utf-8")
    monkeypatch.setenv("LOCALAPPDATA", str(occupied))
    command = ["validate", str(SAMPLES / "cum-01.xlsx")]
    run(command)
    run(command)
    assert asked.count(default_master().name) == 2
