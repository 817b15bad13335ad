"""A small office for commands that go wrong: master data, a folder with one clean book, where results go."""

from pathlib import Path

import pytest

from tests.tools.forms import cluster_book, write_master


@pytest.fixture
def master_file(tmp_path: Path) -> Path:
    """The tiny master data."""
    return write_master(tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with one clean book of cluster C01."""
    folder = tmp_path / "nhan"
    folder.mkdir()
    cluster_book("C01", name="cum-01.xlsx").save(folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where results go; not made yet."""
    return tmp_path / "ra"
